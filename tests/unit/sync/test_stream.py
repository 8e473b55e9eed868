"""A body made while it travels: lazily, in little memory, over one kept connection, as slowly as
the line likes.
"""

from __future__ import annotations

import socket
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.domain.problems import ProblemCode, Refused, refuse
from app.sync.connections import SEND_BUFFER, Wires
from app.sync.http_line import HttpLine, Timeouts
from app.sync.paced_socket import PacedSocket
from tests.unit.sync.scripted import OURS, Authority, Peer, county, whole

PATH = "/v2/exchange"
QUICK = Timeouts(connect=2.0, stall=0.4)  # for what must end
STEADY = Timeouts(connect=2.0, stall=0.8)  # for what must go on, on a busy computer too
SIGNED = b"X-Heshi-Signature: ab\r\n"


class Parts:
    """Hands out `count` parts of `size` bytes and knows how many were taken."""

    def __init__(self, count: int, size: int) -> None:
        self.taken = 0
        self._count = count
        self._size = size

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self._count):
            self.taken += 1
            yield bytes(self._size)


def stream(
    line: HttpLine, parts: Parts | list[bytes] | Iterator[bytes]
) -> tuple[bytes, Mapping[str, str]]:
    return line.stream(PATH, parts, {"X-Heshi-Nonce": "0" * 32})


def word(line: HttpLine, parts: Parts | list[bytes]) -> ProblemCode:
    with pytest.raises(Refused) as caught:
        stream(line, parts)
    return caught.value.first.code


def echo(peer: Peer) -> None:
    """Answers every request of one connection with its body."""
    while True:
        peer.sock.sendall(whole(peer.request()))


def last_words(peer: Peer) -> None:
    """One answer, and good-bye."""
    peer.sock.sendall(whole(peer.request()))


# --- what arrives ---


def test_the_parts_arrive_as_one_body_in_chunks() -> None:
    heads: list[bytes] = []

    def script(peer: Peer) -> None:
        heads.append(peer.head())
        peer.sock.sendall(whole(b"".join(iter(peer.chunk, b""))))

    parts = [b"H", b"", bytes(range(256)) * 1000, b"Z"]
    with county(script) as here:
        line = HttpLine(here.address)
        body, _ = stream(line, parts)
        line.close()
    assert body == b"".join(parts)
    assert b"transfer-encoding: chunked" in heads[0]
    assert b"content-length" not in heads[0]
    assert b"accept-encoding: identity" in heads[0]


def test_no_parts_are_an_empty_body() -> None:
    with county(echo) as here:
        line = HttpLine(here.address)
        assert stream(line, [])[0] == b""
        line.close()


def test_the_socket_sends_small_parts_at_once_and_notices_a_dead_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[bool, bool, int]] = []
    take = Wires.take

    def spy(self: Wires, sock: socket.socket) -> PacedSocket:
        asked = (socket.IPPROTO_TCP, socket.TCP_NODELAY), (socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        no_delay, alive = (bool(sock.getsockopt(*one)) for one in asked)
        seen.append((no_delay, alive, sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)))
        return take(self, sock)

    monkeypatch.setattr(Wires, "take", spy)
    with county(echo) as here:
        line = HttpLine(here.address)
        stream(line, [b"H"])
        line.close()
    ((no_delay, alive, buffer),) = seen
    assert no_delay
    assert alive
    assert buffer <= 2 * SEND_BUFFER  # Linux doubles for its own records


# --- memory and laziness ---


def test_a_large_body_needs_the_memory_of_one_part() -> None:
    def swallow(peer: Peer) -> None:
        peer.head()
        size = sum(len(chunk) for chunk in iter(peer.chunk, b""))
        peer.sock.sendall(whole(str(size).encode()))

    with county(swallow) as here:
        line = HttpLine(here.address)
        tracemalloc.start()
        try:
            body, _ = stream(line, Parts(256, 64 * 1024))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        line.close()
    assert body == str(16 * 1024 * 1024).encode()
    assert peak < 1024 * 1024


def test_a_part_is_made_only_when_the_line_has_taken_the_one_before() -> None:
    parts = Parts(1000, 16 * 1024)

    def deaf(peer: Peer) -> None:
        peer.head()
        hung_up.wait(5)

    hung_up = threading.Event()
    with county(deaf, room=16 * 1024) as here:
        line = HttpLine(here.address, timeouts=QUICK)
        assert word(line, parts) is ProblemCode.ANSWER_TOO_LATE
        sent = line.sent_bytes
        line.close()
        hung_up.set()
    assert parts.taken < 20
    assert sent <= parts.taken * 16 * 1024


def test_what_was_sent_is_counted_while_it_is_sent() -> None:
    seen: list[int] = []
    line_of: list[HttpLine] = []

    def parts() -> Iterator[bytes]:
        for _ in range(5):
            seen.append(line_of[0].sent_bytes)
            yield bytes(40_000)

    with county(echo) as here:
        line = HttpLine(here.address)
        line_of.append(line)
        stream(line, parts())
        line.post("/v1/enrol", b"12345", {})
        assert seen == [0, 40_000, 80_000, 120_000, 160_000]
        assert line.sent_bytes == 200_005
        line.close()


# --- whoever makes the parts may fail ---


@pytest.mark.parametrize(
    "fault",
    [
        refuse(ProblemCode.ATTACHMENT_MISSING),
        refuse(ProblemCode.ANSWER_CUT),
        BrokenPipeError(32, "not of the line"),
        TimeoutError(),
        ValueError("x"),
        KeyboardInterrupt(),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_what_the_parts_raise_comes_out_and_ends_the_connection(fault: BaseException) -> None:
    ended: list[bool] = []

    def cut(peer: Peer) -> None:
        peer.head()
        try:
            while peer.chunk():
                pass
        except EOFError:
            ended.append(True)

    def parts() -> Iterator[bytes]:
        yield b"H"
        raise fault

    with county(cut, echo) as here:
        line = HttpLine(here.address)
        with pytest.raises(type(fault)) as caught:
            stream(line, parts())
        assert caught.value is fault
        assert stream(line, [b"again"])[0] == b"again"
        assert here.connections == 2
        line.close()
        # Although somebody keeps the exception, and with it everything that it went through.
        here.after_good_bye()
        here.after_good_bye()
    assert ended == [True]


# --- pace ---


def slowly(rate: int, wanted: int, room: int = 4096) -> list[float]:
    """A county that reads `rate` bytes every twentieth of a second, answers, and says how long the
    line took.
    """
    took: list[float] = []
    pause = threading.Event()

    def script(peer: Peer) -> None:
        left = wanted
        while left > 0:
            came = len(peer.sock.recv(rate))
            if not came:
                raise EOFError
            left -= came
            pause.wait(0.05)
        peer.sock.sendall(whole(b"[]"))
        peer.until_hung_up()

    with county(script, room=room) as here:
        line = HttpLine(here.address, timeouts=STEADY)
        begun = time.monotonic()
        body, _ = stream(line, Parts(wanted // 8192, 8192))
        took.append(time.monotonic() - begun)
        line.close()
    assert body == b"[]"
    return took


def test_a_slow_upload_that_moves_is_never_too_late() -> None:
    (took,) = slowly(4096, 192 * 1024)
    assert took > 2 * STEADY.stall


def test_a_system_that_does_not_say_what_it_holds_lets_a_slow_line_move_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.sync.paced_socket.unsent", lambda sock: None)
    (took,) = slowly(16 * 1024, 640 * 1024, room=64 * 1024)
    assert took > 1.5 * STEADY.stall


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what it still holds")
def test_what_the_system_still_holds_is_not_silence() -> None:
    # All of it fits into the system's buffers: the line waits for the answer from the start.
    (took,) = slowly(1024, 24 * 1024)
    assert took > STEADY.stall


@pytest.mark.parametrize("drop", [0, 1])
def test_a_county_that_stops_listening_ends_the_upload(drop: int) -> None:
    def deaf(peer: Peer) -> None:
        peer.head()
        while not hung_up.wait(0.05):
            if drop:
                peer.sock.recv(drop)

    hung_up = threading.Event()
    with county(deaf, room=4096) as here:
        line = HttpLine(here.address, timeouts=QUICK)
        begun = time.monotonic()
        assert word(line, Parts(1000, 16 * 1024)) is ProblemCode.ANSWER_TOO_LATE
        assert time.monotonic() - begun < 8 * QUICK.stall
        line.close()
        hung_up.set()


def test_a_slow_answer_that_moves_is_read_to_its_end() -> None:
    answer = bytes(range(256)) * 160

    def script(peer: Peer) -> None:
        peer.request()
        raw = whole(answer)
        for start in range(0, len(raw), 1500):
            peer.sock.sendall(raw[start : start + 1500])
            pause.wait(0.05)

    pause = threading.Event()
    with county(script) as here:
        line = HttpLine(here.address, timeouts=STEADY)
        begun = time.monotonic()
        assert stream(line, [b"H"])[0] == answer
        assert time.monotonic() - begun > STEADY.stall
        line.close()


def test_making_a_part_may_take_longer_than_a_stall() -> None:
    def parts() -> Iterator[bytes]:
        yield b"H"
        threading.Event().wait(1.5 * STEADY.stall)
        yield b"Z"

    with county(echo) as here:
        line = HttpLine(here.address, timeouts=STEADY)
        assert stream(line, parts())[0] == b"HZ"
        line.close()


# --- one connection ---


def test_many_calls_need_one_handshake(tmp_path: Path) -> None:
    ca = Authority.root()

    def both_ways(peer: Peer) -> None:
        peer.sock.sendall(whole(peer.request()))
        peer.request()
        peer.sock.sendall(OURS + b"Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n")
        echo(peer)

    with county(both_ways, tls=ca.server(tmp_path)) as here:
        line = HttpLine(here.address, ca_file=ca.file(tmp_path))
        assert stream(line, [b"H", b"Z"])[0] == b"HZ"
        assert stream(line, [b"x"])[0] == b"[]"
        assert line.post("/v1/enrol", b"{}", {})[0] == b"{}"
        assert stream(line, [bytes(100_000)])[0] == bytes(100_000)
        line.close()
    assert here.connections == 1


def test_a_connection_closed_in_between_is_opened_again(tmp_path: Path) -> None:
    ca = Authority.root()
    for tls in (None, ca.server(tmp_path)):
        with county(last_words, last_words, tls=tls) as here:
            line = HttpLine(here.address, ca_file=ca.file(tmp_path))
            assert stream(line, [b"1"])[0] == b"1"
            here.after_good_bye()
            assert stream(line, [b"2"])[0] == b"2"
            line.close()
        assert here.connections == 2


def test_a_connection_that_proves_closed_before_the_first_part_is_opened_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As if the good-bye came in just after urllib3 had looked.
    monkeypatch.setattr("urllib3.connectionpool.is_connection_dropped", lambda connection: False)
    with county(last_words, last_words) as here:
        line = HttpLine(here.address)
        stream(line, [b"1"])
        here.after_good_bye()
        parts = Parts(3, 5)
        assert stream(line, parts)[0] == bytes(15)
        line.close()
    assert parts.taken == 3
    assert here.connections == 2


def test_once_a_part_was_taken_a_lost_connection_is_an_answer_cut() -> None:
    def hangs_up_in_the_middle(peer: Peer) -> None:
        peer.sock.sendall(whole(peer.request()))
        peer.head()
        peer.chunk()

    with county(hangs_up_in_the_middle, echo) as here:
        line = HttpLine(here.address)
        stream(line, [b"1"])
        parts = Parts(100, 16 * 1024)
        assert word(line, parts) is ProblemCode.ANSWER_CUT
        assert here.connections == 1
        assert parts.taken < 100
        line.close()


def test_a_county_that_only_hangs_up_is_not_asked_again() -> None:
    with county(lambda peer: None, echo) as here:
        line = HttpLine(here.address)
        assert word(line, Parts(1, 5)) is ProblemCode.ANSWER_CUT
        assert here.connections == 1
        line.close()


# --- early answers and what they say ---


@pytest.mark.parametrize("secure", [False, True])
def test_an_early_answer_ends_the_upload_and_its_connection(secure: bool, tmp_path: Path) -> None:
    ca = Authority.root()

    def full(peer: Peer) -> None:
        peer.head()
        peer.chunk()
        peer.sock.sendall(whole(b'{"code":"full"}', b"507 Full", SIGNED))
        peer.until_hung_up()

    parts = Parts(100_000, 16 * 1024)
    tls = ca.server(tmp_path) if secure else None
    with county(full, echo, tls=tls) as here:
        line = HttpLine(here.address, ca_file=ca.file(tmp_path))
        body, headers = stream(line, parts)
        assert body == b'{"code":"full"}'
        assert headers["x-heshi-signature"] == "ab"
        assert stream(line, [b"again"])[0] == b"again"
        line.close()
    assert parts.taken < 10_000
    assert here.connections == 2


def answers(raw: bytes, path: str = PATH) -> tuple[bytes, Mapping[str, str]]:
    def script(peer: Peer) -> None:
        peer.request()
        peer.sock.sendall(raw)

    with county(script) as here:
        line = HttpLine(here.address)
        try:
            return line.stream(path, [b"H"], {})
        finally:
            line.close()


@pytest.mark.parametrize("status", [b"401 No", b"403 No", b"413 Much", b"507 Full", b"503 Busy"])
def test_trouble_in_our_own_form_is_carried(status: bytes) -> None:
    assert answers(whole(b'{"code":"x"}', status))[0] == b'{"code":"x"}'


@pytest.mark.parametrize(
    ("raw", "path", "code"),
    [
        (whole(b"{}", b"404 Not Found"), PATH, ProblemCode.COUNTY_OLDER),
        (whole(b"{}", b"404 Not Found"), "/v2/files", ProblemCode.COUNTY_OLDER),
        (whole(b"{}", b"404 Not Found", SIGNED), PATH, None),
        (whole(b"{}", b"404 Not Found"), "/v1/exchange", None),
        (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", PATH, ProblemCode.FOREIGN_ANSWER),
        (b"HTTP/1.1 511 Sign in\r\nContent-Length: 0\r\n\r\n", PATH, ProblemCode.FOREIGN_ANSWER),
    ],
)
def test_a_county_that_does_not_know_the_path_is_older(
    raw: bytes, path: str, code: ProblemCode | None
) -> None:
    if code is None:
        assert answers(raw, path)[0] == b"{}"
        return
    with pytest.raises(Refused) as caught:
        answers(raw, path)
    assert caught.value.first.code is code


@pytest.mark.parametrize("status", [b"429 Slow", b"503 Busy"])
@pytest.mark.parametrize(
    ("said", "facts"),
    [
        (b"Retry-After: 120\r\n", {"retry_after": 120}),
        (b"Retry-After: -5\r\n", {"retry_after": 1}),
        (b"Retry-After: 86400\r\n", {"retry_after": 3600}),
        (b"Retry-After: abc\r\n", {}),
        (b"", {}),
    ],
)
def test_a_busy_county_may_say_for_how_long(
    status: bytes, said: bytes, facts: dict[str, int]
) -> None:
    with pytest.raises(Refused) as caught:
        answers(b"HTTP/1.1 " + status + b"\r\n" + said + b"Content-Length: 0\r\n\r\n")
    assert caught.value.first.code is ProblemCode.COUNTY_BUSY
    assert caught.value.first.facts == facts


@pytest.mark.parametrize(("said", "seconds"), [(b"999999", "3600"), (b"abc", None)])
def test_a_wait_in_our_own_form_is_given_in_seconds(said: bytes, seconds: str | None) -> None:
    raw = whole(b"{}", b"503 Busy", b"Retry-After: " + said + b"\r\n")
    assert answers(raw)[1].get("retry-after") == seconds


def test_the_answer_keeps_its_limit() -> None:
    with pytest.raises(Refused) as caught:
        answers(OURS + b"Content-Length: 99999999999\r\n\r\n")
    assert caught.value.first.code is ProblemCode.FOREIGN_ANSWER
