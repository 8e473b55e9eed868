"""HTTP/1.1 messages as bytes on a socket, read and written piece by piece and nothing hidden.

For a proxy that must be able to break any of its rules; must never repair what it reads.
"""

from __future__ import annotations

import select
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

HEAD_LIMIT = 64 * 1024
PIECE = 64 * 1024
PART_HEAD = struct.Struct(">cI")
# No part is larger: what claims more is no stream of parts.
PART_LIMIT = 8 * 1024 * 1024
BODILESS = {204, 304}


class HungUp(OSError):
    """The peer ended in the middle of a message."""


@dataclass(frozen=True, slots=True)
class Head:
    """First line and header lines of a message, and how long its body is."""

    first: bytes
    lines: tuple[bytes, ...]

    @property
    def words(self) -> list[str]:
        """Method, path and version; or version, status and reason."""
        return self.first.decode("latin-1").split(" ", 2)

    def get(self, name: str) -> str:
        """The value of a header, "" without it."""
        for line in self.lines:
            key, _, value = line.decode("latin-1").partition(":")
            if key.strip().lower() == name.lower():
                return value.strip()
        return ""

    @property
    def chunked(self) -> bool:
        return self.get("Transfer-Encoding").lower() == "chunked"

    @property
    def length(self) -> int | None:
        value = self.get("Content-Length")
        return int(value) if value.isdecimal() else None

    def framed(self, *lines: bytes) -> bytes:
        """The head with its lines on the length of the body replaced by `lines`."""
        framing = (b"content-length", b"transfer-encoding")
        kept = [line for line in self.lines if line.split(b":")[0].strip().lower() not in framing]
        return b"\r\n".join((self.first, *kept, *lines, b"", b""))

    @property
    def raw(self) -> bytes:
        return b"\r\n".join((self.first, *self.lines, b"", b""))


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    head: Head
    body: bytes

    def whole(self) -> bytes:
        """As it travels, framed as its head says."""
        if self.head.chunked:
            return self.head.raw + chunk(self.body) + (chunk(b"") if self.body else b"")
        return self.head.raw + self.body


def made_reply(status: str, body: bytes, **headers: str) -> Reply:
    """An answer by somebody who is not the server; ``Content_Type="..."`` names a header."""
    lines = {"Content-Type": "text/html", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    encoded = tuple(f"{name}: {value}".encode() for name, value in lines.items())
    return Reply(Head(f"HTTP/1.1 {status}".encode(), encoded), body)


def chunk(data: bytes) -> bytes:
    """One chunk; the last one for b""."""
    return b"%x\r\n%b\r\n" % (len(data), data)


class Wire:
    """One end of a connection. One thread reads and writes; any thread may `hang_up`."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._waiting = bytearray()

    def peek(self) -> bytes:
        """The first byte that comes, which stays to be read; b"" where none comes."""
        return self._sock.recv(1, socket.MSG_PEEK)

    def secure(self, context: ssl.SSLContext) -> None:
        """From now on TLS, as its server. Raises OSError where the peer wants none of it."""
        self._sock = context.wrap_socket(
            self._sock, server_side=True, do_handshake_on_connect=False
        )
        self._sock.do_handshake()

    def send(self, data: bytes) -> None:
        self._sock.sendall(data)

    def read_head(self) -> Head | None:
        """The next head; None where the peer has ended before it. Raises `HungUp` within it."""
        while (end := self._waiting.find(b"\r\n\r\n")) < 0:
            if len(self._waiting) > HEAD_LIMIT:
                raise HungUp
            if not self._more():
                if self._waiting:
                    raise HungUp
                return None
        first, *lines = bytes(self._waiting[:end]).split(b"\r\n")
        del self._waiting[: end + 4]
        return Head(first, tuple(lines))

    def body(self, head: Head, *, to_the_end: bool = False) -> Iterator[bytes]:
        """The body's bytes as they arrive, without their framing. Raises `HungUp` when cut.

        `to_the_end`: an answer without any length lasts until the peer closes.
        """
        if head.chunked:
            while size := int(self._line().split(b";")[0], 16):
                yield from self._exactly(size)
                self._line()
            while self._line():
                pass
        elif head.length is not None:
            yield from self._exactly(head.length)
        elif to_the_end:
            while self._waiting or self._more():
                yield self._take(PIECE)

    def read_reply(self) -> Reply:
        """A whole answer, after those that say only "go on". Raises `HungUp`."""
        while True:
            head = self.read_head()
            if head is None:
                raise HungUp
            status = int(head.words[1])
            if status >= 200:
                break
        if status in BODILESS:
            return Reply(head, b"")
        return Reply(head, b"".join(self.body(head, to_the_end=True)))

    def talks(self, seconds: float) -> bool:
        """Within so many seconds there is something to read, or the peer has ended."""
        if self._waiting:
            return True
        with suppress(OSError, ValueError):
            return bool(select.select([self._sock], [], [], seconds)[0])
        return True

    def reset(self) -> None:
        """The peer sees a reset, and loses what it has not read yet."""
        with suppress(OSError):
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()

    def close(self) -> None:
        """The peer sees a proper end, under TLS too."""
        if isinstance(self._sock, ssl.SSLSocket):
            with suppress(OSError, ValueError):
                # Only to say goodbye: nobody waits for the peer's.
                self._sock.settimeout(0)
                self._sock.unwrap()
        self._sock.close()

    def hang_up(self) -> None:
        """Wakes and ends whatever waits on this end; the thread that uses it closes it."""
        with suppress(OSError):
            # Past TLS: it would take its keys from under the other thread.
            socket.socket.shutdown(self._sock, socket.SHUT_RDWR)

    def _more(self) -> bool:
        data = self._sock.recv(PIECE)
        self._waiting += data
        return bool(data)

    def _take(self, limit: int) -> bytes:
        taken = bytes(self._waiting[:limit])
        del self._waiting[:limit]
        return taken

    def _exactly(self, size: int) -> Iterator[bytes]:
        while size:
            if not self._waiting and not self._more():
                raise HungUp
            piece = self._take(size)
            size -= len(piece)
            yield piece

    def _line(self) -> bytes:
        while (end := self._waiting.find(b"\r\n")) < 0:
            if not self._more():
                raise HungUp
        line = self._take(end)
        del self._waiting[:2]
        return line


# --- parts ---


def parts_of(body: bytes | bytearray) -> list[tuple[bytes, int, int]] | None:
    """Kind, start and end (which may not have come yet) of each part whose head is there; None for
    a body that is no stream of parts.
    """
    found, at = [], 0
    if body and not body[:1].isupper():
        return None
    while len(body) - at >= PART_HEAD.size:
        kind, length = PART_HEAD.unpack_from(body, at)
        if not kind.isupper() or length > PART_LIMIT:
            return None
        end = at + PART_HEAD.size + length
        found.append((kind, at, end))
        at = end
    return found


def place_in(body: bytes | bytearray, place: bytes | int | None, whole: int | None) -> int | None:
    """The offset of a `Target`'s place in what has come of a body; None while it is not known, or
    where the body has no such place. `whole` is the body's length where that is known.
    """
    if isinstance(place, int):
        return place if whole is None or place <= whole else None
    parts = parts_of(body) if isinstance(place, bytes) else None
    if parts is None or whole == 0:
        return None if whole is None else whole // 2
    if not isinstance(place, bytes):
        return None
    return next(((start + end) // 2 for kind, start, end in parts if kind in place), None)
