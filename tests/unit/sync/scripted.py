"""A county of a few lines on a real socket, plain or TLS, that keeps a connection as long as its
script wants; and certificates of every kind.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.wire.exchange import CONTENT_TYPE

OURS = f"HTTP/1.1 200 OK\r\nContent-Type: {CONTENT_TYPE}\r\n".encode()
DAY = timedelta(days=1)


def whole(body: bytes, status: bytes = b"200 OK", more: bytes = b"") -> bytes:
    """An answer of ours with its length."""
    head = OURS.replace(b"200 OK", status) + more
    return head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


class Peer:
    """The county's end of one connection."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._buffer = b""

    def head(self) -> bytes:
        """The next request up to its empty line; raises EOFError when nobody asks any more."""
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        return head.lower()

    def chunk(self) -> bytes:
        """The next chunk of its body; empty at the end."""
        while b"\r\n" not in self._buffer:
            self._more()
        size, self._buffer = self._buffer.split(b"\r\n", 1)
        length = int(size, 16)
        while len(self._buffer) < length + 2:
            self._more()
        data, self._buffer = self._buffer[:length], self._buffer[length + 2 :]
        return data

    def request(self) -> bytes:
        """A whole request; its body."""
        head = self.head()
        if b"transfer-encoding: chunked" in head:
            return b"".join(iter(self.chunk, b""))
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(self._buffer) < length:
            self._more()
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return body

    def until_hung_up(self) -> None:
        """Waits for the client to go."""
        while self.sock.recv(65536):
            pass

    def _more(self) -> None:
        came = self.sock.recv(65536)
        if not came:
            raise EOFError
        self._buffer += came


Script = Callable[[Peer], None]


@dataclass
class County:
    """Where it listens and what it has seen."""

    address: str
    connections: int = 0
    ended: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def after_good_bye(self) -> None:
        """Waits until one more connection was closed from here."""
        assert self.ended.acquire(timeout=3)  # less than a peer's own patience


@contextmanager
def county(
    *scripts: Script, tls: ssl.SSLContext | None = None, room: int | None = None
) -> Iterator[County]:
    """Serves one connection for each script, then no more. `room`: bytes of its receive buffer."""
    with socket.socket() as listener:
        if room:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(5)  # whoever never comes must not hold up the test
        scheme = "https" if tls else "http"
        here = County(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}")
        done = threading.Event()

        def serve() -> None:
            for script in scripts:
                try:
                    sock, _ = listener.accept()
                except OSError:
                    return
                if done.is_set():
                    sock.close()
                    return
                here.connections += 1
                with sock:
                    _run(script, sock, tls)
                here.ended.release()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield here
        finally:
            done.set()
            with socket.socket() as knock:
                knock.connect_ex(listener.getsockname())
            thread.join()


def _run(script: Script, sock: socket.socket, tls: ssl.SSLContext | None) -> None:
    sock.settimeout(5)
    try:
        if tls is None:
            script(Peer(sock))
            return
        with tls.wrap_socket(sock, server_side=True) as sealed:
            script(Peer(sealed))
    except (OSError, EOFError):
        return


@dataclass(frozen=True)
class Authority:
    """Something that signs certificates; dates are UTC."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    above: tuple[x509.Certificate, ...] = ()

    @staticmethod
    def root(begins: datetime | None = None, ends: datetime | None = None) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        return Authority(_certificate("root", key, "root", key, begins, ends, ca=True), key)

    def below(self, begins: datetime | None = None, ends: datetime | None = None) -> Authority:
        """An issuing authority that this one vouches for."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = "issuing"
        made = _certificate(name, key, self._name, self.key, begins, ends, ca=True)
        return Authority(made, key, (made, *self.above))

    def server(
        self,
        folder: Path,
        begins: datetime | None = None,
        ends: datetime | None = None,
        host: str = "127.0.0.1",
    ) -> ssl.SSLContext:
        """What a server needs to speak as `host`."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate("county", key, self._name, self.key, begins, ends, host=host)
        file = folder / "server.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file.write_bytes(secret + b"".join(pem(one) for one in (made, *self.above)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def file(self, folder: Path) -> Path:
        """The authority as a laptop has it."""
        path = folder / "county-ca.pem"
        path.write_bytes(pem(self.certificate))
        return path

    @property
    def _name(self) -> str:
        (attribute,) = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(attribute.value)


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    begins: datetime | None,
    ends: datetime | None,
    *,
    ca: bool = False,
    host: str = "",
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins or now - 10 * DAY)
        .not_valid_after(ends or now + 10 * DAY)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if host:
        builder = builder.add_extension(_alternative(host), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _alternative(host: str) -> x509.SubjectAlternativeName:
    if host[0].isdigit():
        return x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    return x509.SubjectAlternativeName([x509.DNSName(host)])
