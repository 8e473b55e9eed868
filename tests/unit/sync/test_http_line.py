"""The line carries bytes within limits, and turns everything the network can do into one plain
word.
"""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from app.domain.problems import ProblemCode, Refused
from app.sync.http_line import HttpLine, Timeouts, county_address
from app.wire.exchange import BODY_LIMIT_BYTES, CONTENT_TYPE

Script = Callable[[socket.socket], None]
OURS = f"HTTP/1.1 200 OK\r\nContent-Type: {CONTENT_TYPE}\r\n".encode()
QUICK = Timeouts(connect=2.0, stall=0.4)


@contextmanager
def answering(script: Script) -> Iterator[str]:
    """A server for one connection that reads the request and then does what `script` says."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # Whoever never comes must not hold up the test.
        listener.settimeout(5)

        def serve() -> None:
            try:
                peer, _ = listener.accept()
                with peer:
                    _read_request(peer)
                    script(peer)
            except OSError:
                return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            thread.join()


def _read_request(peer: socket.socket) -> bytes:
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += peer.recv(65536)
    head, body = raw.split(b"\r\n\r\n", 1)
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    while len(body) < length:
        body += peer.recv(65536)
    return raw


def says(raw: bytes) -> Script:
    return lambda peer: peer.sendall(raw)


def post(address: str, timeouts: Timeouts = QUICK) -> tuple[bytes, dict[str, str]]:
    line = HttpLine(address, timeouts=timeouts)
    try:
        body, headers = line.post("/v1/exchange", b"{}", {"X-Heshi-Nonce": "0" * 32})
    finally:
        line.close()
    return body, dict(headers)


def refused(script: Script, timeouts: Timeouts = QUICK) -> ProblemCode:
    with answering(script) as address, pytest.raises(Refused) as caught:
        post(address, timeouts)
    return caught.value.first.code


def with_length(body: bytes) -> bytes:
    return OURS + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


def test_a_whole_answer_comes_back_with_its_headers() -> None:
    raw = OURS + b"X-Heshi-Signature: abc\r\nContent-Length: 2\r\n\r\n[]"
    with answering(says(raw)) as address:
        body, headers = post(address)
    assert body == b"[]"
    assert headers["X-Heshi-Signature"] == "abc"


def test_a_chunked_answer_comes_back_whole() -> None:
    raw = OURS + b"Transfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n2\r\n,2\r\n1\r\n]\r\n0\r\n\r\n"
    with answering(says(raw)) as address:
        assert post(address)[0] == b"[1,2]"


def test_an_answer_of_ours_with_any_status_is_carried() -> None:
    raw = with_length(b'{"code":"busy"}').replace(b"200 OK", b"503 Busy")
    with answering(says(raw)) as address:
        assert post(address)[0] == b'{"code":"busy"}'


def test_what_is_sent_is_what_was_given() -> None:
    seen: list[bytes] = []

    def script(peer: socket.socket) -> None:
        peer.sendall(with_length(b""))

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            peer, _ = listener.accept()
            with peer:
                seen.append(_read_request(peer))
                script(peer)

        thread = threading.Thread(target=serve)
        thread.start()
        post(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()
    request = seen[0].lower()
    assert request.startswith(b"post /v1/exchange http/1.1")
    assert b"accept-encoding: identity" in request
    assert f"content-type: {CONTENT_TYPE}".encode() in request
    assert b"user-agent: heshi\r\n" in request


def portal(status: bytes, more: bytes = b"") -> bytes:
    page = b"<html>login</html>"
    length = str(len(page)).encode()
    head = b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\nContent-Length: " + length
    return head + b"\r\n" + more + b"\r\n" + page


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (portal(b"200 OK"), ProblemCode.FOREIGN_ANSWER),
        (portal(b"302 Found", b"Location: http://portal.invalid/\r\n"), ProblemCode.FOREIGN_ANSWER),
        (portal(b"401 No"), ProblemCode.FOREIGN_ANSWER),
        (portal(b"500 Oops"), ProblemCode.COUNTY_UNREACHABLE),
        (portal(b"502 Bad Gateway"), ProblemCode.COUNTY_UNREACHABLE),
        (portal(b"413 Much"), ProblemCode.COUNTY_REFUSED),
        (portal(b"507 Full"), ProblemCode.COUNTY_REFUSED),
        (portal(b"503 Busy", b"Retry-After: 2099\r\n"), ProblemCode.COUNTY_BUSY),
        (portal(b"429 Slow"), ProblemCode.COUNTY_BUSY),
        (with_length(b"{}").replace(b"200 OK", b"307 Go"), ProblemCode.FOREIGN_ANSWER),
        (OURS + b"Content-Length: 100\r\n\r\n[1,2]", ProblemCode.ANSWER_CUT),
        (OURS + b"Transfer-Encoding: chunked\r\n\r\nff\r\n[1,2]", ProblemCode.ANSWER_CUT),
        (OURS + b"Content-Length: -5\r\n\r\n", ProblemCode.FOREIGN_ANSWER),
        (OURS + b"Content-Length: 99999999999\r\n\r\n", ProblemCode.FOREIGN_ANSWER),
        (b"SSH-2.0-OpenSSH_9\r\n", ProblemCode.ANSWER_CUT),
        (b"", ProblemCode.ANSWER_CUT),
        (OURS[:20], ProblemCode.FOREIGN_ANSWER),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", ProblemCode.ANSWER_CUT),
    ],
)
def test_what_is_not_a_whole_answer_of_ours_is_refused(raw: bytes, code: ProblemCode) -> None:
    assert refused(says(raw)) is code


def test_a_packed_answer_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\0" * 10_000_000)
    raw = OURS + b"Content-Encoding: gzip\r\n" + f"Content-Length: {len(bomb)}\r\n\r\n".encode()
    assert refused(says(raw + bomb)) is ProblemCode.FOREIGN_ANSWER


def test_an_endless_answer_ends_at_the_limit() -> None:
    def flood(peer: socket.socket) -> None:
        peer.sendall(OURS + b"\r\n")
        for _ in range(BODY_LIMIT_BYTES // 65536 + 10):
            peer.sendall(b" " * 65536)

    assert refused(flood, Timeouts(stall=5.0)) is ProblemCode.FOREIGN_ANSWER


def until_hung_up(peer: socket.socket, before_each: Callable[[], None]) -> None:
    """Keeps the connection open until the client has gone."""
    peer.settimeout(0.05)
    while True:
        try:
            if not peer.recv(1):
                return
        except TimeoutError:
            before_each()


def test_silence_ends_the_request() -> None:
    assert refused(lambda peer: until_hung_up(peer, lambda: None)) is ProblemCode.ANSWER_TOO_LATE


@pytest.mark.parametrize("start", [b"", OURS + b"X-Slow: ", OURS + b"Content-Length: 900\r\n\r\n"])
def test_a_drip_ends_as_soon_as_silence(start: bytes) -> None:
    def drip(peer: socket.socket) -> None:
        peer.sendall(start or b"HTTP/1.1 200 OK\r\nX-")
        until_hung_up(peer, lambda: peer.sendall(b"x"))

    assert refused(drip) is ProblemCode.ANSWER_TOO_LATE


def test_a_county_that_is_not_running_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Refused) as caught:
        post(f"http://127.0.0.1:{port}")
    assert caught.value.first.code is ProblemCode.COUNTY_UNREACHABLE


def test_a_name_that_nobody_knows_is_no_network() -> None:
    with pytest.raises(Refused) as caught:
        post("https://county.invalid")
    assert caught.value.first.code is ProblemCode.NO_NETWORK


def test_a_plain_server_behind_https_is_not_the_county() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.recv(65536)
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(Refused) as caught:
            post(f"https://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()
    assert caught.value.first.code is ProblemCode.LINE_NOT_COUNTY


def test_the_environment_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    with answering(says(with_length(b"[]"))) as address:
        assert post(address)[0] == b"[]"


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("https://county.example", "https://county.example"),
        (" https://county.example:8443/ ", "https://county.example:8443"),
        ("https://county.example/heshi/", "https://county.example/heshi"),
        ("http://127.0.0.1:8440", "http://127.0.0.1:8440"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:1", "http://[::1]:1"),
    ],
)
def test_an_address_is_brought_into_one_form(typed: str, used: str) -> None:
    assert county_address(typed) == used


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "county.example",
        "ftp://county.example",
        "https://",
        "https://a:b@county.example",
        "https://county.example?x=1",
        "https://county.example#x",
        "https://county.example:port",
        "https://[::1",
        # What travels is personal: over a network it goes sealed or not at all.
        "http://county.example",
        "http://10.0.0.1",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        county_address(typed)
    assert caught.value.first.code is ProblemCode.ADDRESS_NOT_URL
