"""Whoever is connected and says nothing is sent away; whoever goes on, however slowly, is heard."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256

import pytest

from app.services.answers import new_nonce
from app.wire.exchange import DEVICE_HEADER, ENROL_PATH, NONCE_HEADER, SIGNATURE_HEADER
from app.wire.exchange2 import EXCHANGE2_PATH
from app.wire.parts import FILE_PIECE
from tests.county.laptop import RawLaptop
from tests.county.server import RunningCounty
from tests.county.streaming import Stream, file_parts

SOON = 0.3
HEALTH = b"GET /v1/health HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture
def heads_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.county.patience.HEAD_SECONDS", SOON)


@pytest.fixture
def bodies_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.county.patience.SILENCE_SECONDS", SOON)
    monkeypatch.setattr("app.county.app.SILENCE_SECONDS", SOON)


@pytest.fixture
def line(county: RunningCounty) -> Iterator[socket.socket]:
    with closing(connected(county)) as line:
        yield line


def connected(county: RunningCounty) -> socket.socket:
    return socket.create_connection(("127.0.0.1", county.port), timeout=10)


def to_the_end(line: socket.socket) -> bytes:
    """What comes until the server hangs up; a test that waits in vain fails by the time limit."""
    heard = b""
    while more := line.recv(65536):
        heard += more
    return heard


def answered(line: socket.socket) -> bytes:
    heard = b""
    while not heard.endswith(b'{"ok":true}'):
        more = line.recv(65536)
        assert more
        heard += more
    return heard


def question(path: str, length: int, headers: dict[str, str]) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: x", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.mark.usefixtures("heads_soon")
@pytest.mark.parametrize("said", [b"", b"P", HEALTH])
def test_who_sends_no_whole_head_is_sent_away(line: socket.socket, said: bytes) -> None:
    line.sendall(said)
    assert to_the_end(line) == b""


@pytest.mark.usefixtures("heads_soon")
def test_after_an_answer_the_next_head_has_its_time_too(line: socket.socket) -> None:
    for _ in range(2):
        line.sendall(HEALTH + b"\r\n")
        assert answered(line).startswith(b"HTTP/1.1 200")
    line.sendall(b"G")  # which ends the server's own waiting between two questions
    assert to_the_end(line) == b""


@pytest.mark.usefixtures("heads_soon")
def test_a_slow_body_is_heard_to_its_end(county: RunningCounty, laptop: RawLaptop) -> None:
    stream = Stream(laptop, county.address)
    laptop.new_case()
    parts = stream.body(laptop.journal)
    body, headers = b"".join(parts), stream.headers(parts[0][5:], new_nonce())
    with closing(connected(county)) as slow:
        slow.sendall(question(EXCHANGE2_PATH, len(body), headers) + body[:-1])
        with closing(connected(county)) as later:
            assert to_the_end(later) == b""
        slow.sendall(body[-1:])
        assert slow.recv(65536).startswith(b"HTTP/1.1 200")
    assert len(county.held(laptop.id)) == len(laptop.journal)


@pytest.mark.usefixtures("bodies_soon")
def test_what_came_before_a_silence_is_kept(county: RunningCounty, laptop: RawLaptop) -> None:
    stream = Stream(laptop, county.address)
    content = os.urandom(2 * FILE_PIECE)
    name = sha256(content).hexdigest()
    parts = stream.body(more_parts=file_parts(name, content))
    body, headers = b"".join(parts), stream.headers(parts[0][5:], new_nonce())
    with closing(connected(county)) as line:
        at = len(b"".join(parts[:2])) + 100
        line.sendall(question(EXCHANGE2_PATH, len(body), headers) + body[:at])
        assert to_the_end(line).startswith(b"HTTP/1.1 400")
    (held,) = stream.contact(files=[{"sha256": name, "size": len(content)}]).files
    assert held.have == FILE_PIECE + 39  # of the second piece, behind its head


@pytest.mark.usefixtures("bodies_soon")
def test_a_silent_small_question_ends(line: socket.socket) -> None:
    headers = {
        DEVICE_HEADER: "00000000-0000-7000-8000-000000000000",
        NONCE_HEADER: "0" * 32,
        SIGNATURE_HEADER: "0" * 128,
    }
    line.sendall(question(ENROL_PATH, 100, headers) + b"{")
    assert to_the_end(line).startswith(b"HTTP/1.1 400")


@pytest.mark.usefixtures("bodies_soon")
def test_who_stops_in_a_body_that_was_answered_is_sent_away(line: socket.socket) -> None:
    line.sendall(question("/nowhere", 100, {}))
    assert line.recv(65536).startswith(b"HTTP/1.1 404")
    line.sendall(b"x")
    to_the_end(line)
