"""What a network fault does to one request and its answer, between a client and a server.

Must never open a door or know a thread: `fault_proxy` brings the connections.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

from tests.faults.http_messages import (
    BODILESS,
    Head,
    Reply,
    Wire,
    chunk,
    made_reply,
    parts_of,
    place_in,
)
from tests.faults.network_faults import (
    Fault,
    Kind,
    Side,
    Target,
    answer_place,
    carried,
    request_place,
)

PORTAL = "/portal"
PAGE = b"<html><title>Welcome</title><form><input name='phone'></form></html>"
BOMB_BYTES = 100_000_000
# While a late answer is held: how soon it is seen that nobody waits for it any more (seconds).
GLANCE_S = 0.02
# The server gets nothing before it is sure whether the request carries the phase.
WITHHELD = {Fault.RESET_BEFORE, Fault.OUT_OF_ORDER}
AT_THE_DOOR = {Kind.DOOR, Kind.TLS}
REASONS = {
    "401": "Unauthorized",
    "403": "Forbidden",
    "413": "Content Too Large",
    "429": "Too Many Requests",
    "500": "Internal Server Error",
    "502": "Bad Gateway",
    "503": "Service Unavailable",
    "504": "Gateway Timeout",
    "507": "Insufficient Storage",
}


class Torn(OSError):
    """The line is torn off on purpose: whoever catches it resets the connection."""


@dataclass
class Armed:
    """A fault that waits for its request. `over` is set by `heal`: what is held may go."""

    fault: Fault
    target: Target
    variant: str
    left: int
    over: threading.Event = field(default_factory=threading.Event)
    fitting: int = 0


@dataclass
class Plan:
    """What the connections of one proxy share. `torn` shows the fault the door."""

    torn: Callable[[Armed], None]
    drip_s: float
    portal: str = ""
    armed: Armed | None = None
    strikes: int = 0
    replies: dict[str, Reply] = field(default_factory=dict)
    overtaken: list[tuple[str, bytes]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fits(self, armed: Armed) -> bool:
        """Whether this request is the one; counts those that could have been."""
        with self.lock:
            armed.fitting += 1
            return armed is self.armed and armed.fitting >= armed.target.nth

    def strike(self, armed: Armed) -> int:
        """Notes that it happens now: which time it is (from 0)."""
        with self.lock:
            self.strikes += 1
            armed.left -= 1
            if armed.left <= 0 and self.armed is armed:
                self.armed = None
            return self.strikes - 1


class Talk:
    """One request and its answer. `dial` connects to the server; who made this closes what `dial`
    gave.
    """

    def __init__(self, plan: Plan, client: Wire, head: Head, dial: Callable[[], Wire]) -> None:
        method, self._path, _ = head.words
        self._plan, self._client, self._head, self._dial = plan, client, head, dial
        self._server: Wire | None = None
        self._body = bytearray()
        self._sent = 0
        self._gate: int | None = None
        self._hit = self._judged = False
        armed = plan.armed
        self._armed = armed if armed and armed.target.matches(method, self._path) else None

    def run(self) -> bool:
        """Whether the connection may carry another request. Raises `Torn` and other OSErrors after
        which it may not.
        """
        armed = self._armed
        self._take_request()
        if armed and self._hit and armed.fault.kind is Kind.IMPOSTOR:
            return self._give(self._false_reply(armed))
        reply = self._settled_reply() if armed and self._hit else self._reply()
        self._deliver_overtaken()
        earlier = self._plan.replies.get(self._path)
        self._plan.replies[self._path] = reply
        if armed and not self._hit:
            place = self._place_in(reply, armed, earlier)
            if place is not None and self._plan.fits(armed):
                return self._spoil(armed, reply, place, earlier)
        return self._give(reply)

    # --- the request ---

    @property
    def _in_request(self) -> bool:
        """The armed fault strikes while the request travels."""
        if self._armed is None:
            return False
        kind, side = self._armed.fault.kind, self._armed.target.side
        return kind is Kind.REQUEST or (kind is not Kind.ANSWER and side is Side.REQUEST)

    def _take_request(self) -> None:
        whole = None if self._head.chunked else self._head.length or 0
        self._look(whole)
        for piece in self._client.body(self._head):
            self._body += piece
            self._look(whole)
            self._pass_on()
        self._look(len(self._body))
        self._pass_on(ended=True)

    def _look(self, whole: int | None) -> None:
        """Strikes once the place has come."""
        armed = self._armed
        if self._judged or armed is None or not self._in_request:
            return
        place = place_in(self._body, request_place(armed.target), whole)
        # A byte that is to be altered must be there.
        come = len(self._body) - (armed.fault is Fault.ALTERED)
        if place is None or place > come or not self._carries(armed):
            return
        if armed.fault is Fault.OLD_REPLY and self._path not in self._plan.replies:
            return
        self._judged = True
        if self._plan.fits(armed):
            self._hit = True
            self._strike_request(armed, max(place, self._sent))

    def _strike_request(self, armed: Armed, place: int) -> None:
        match armed.fault:
            case Fault.ALTERED:
                self._plan.strike(armed)
                self._body[min(place, len(self._body) - 1)] ^= 1
            case Fault.RESET_BEFORE:
                self._plan.strike(armed)
                raise Torn
            case fault if fault.kind in AT_THE_DOOR:
                self._plan.torn(armed)
                raise Torn
            case Fault.RESET_SENT:
                self._gate = place
            case fault if fault.kind is Kind.IMPOSTOR:
                self._gate = place
                self._pass_on()
                if self._server:
                    self._server.reset()

    def _carries(self, armed: Armed) -> bool:
        kinds = carried(armed.target)
        parts = parts_of(self._body)
        return not kinds or not parts or any(kind in kinds for kind, _, _ in parts)

    def _pass_on(self, *, ended: bool = False) -> None:
        """Sends the server what it may have by now."""
        if self._armed and self._armed.fault in WITHHELD and not ended:
            return
        if self._hit and self._armed and self._armed.fault is Fault.OUT_OF_ORDER:
            return
        upto = len(self._body) if self._gate is None else min(self._gate, len(self._body))
        data = bytes(self._body[self._sent : upto])
        try:
            if self._server is None:
                self._server = self._dial()
                self._server.send(self._head.raw)
            elif self._gate is None and self._server.talks(0):
                # It has answered already, or gone.
                self._gate = upto = self._sent
                return
            if data:
                self._server.send(chunk(data) if self._head.chunked else data)
            if ended and self._gate is None and self._head.chunked:
                self._server.send(chunk(b""))
        except OSError:
            # Perhaps with an answer, which is read below.
            self._gate = self._sent
        self._sent = max(self._sent, upto)

    # --- what comes back ---

    def _reply(self, server: Wire | None = None) -> Reply:
        server = server or self._server
        if server is None:
            raise Torn
        return server.read_reply()

    def _settled_reply(self) -> Reply:
        """The answer after a fault of the request that leaves one. Raises `Torn`."""
        armed = self._armed
        if armed is None or armed.fault is Fault.ALTERED:
            return self._reply()
        self._plan.strike(armed)
        if armed.fault is Fault.OUT_OF_ORDER:
            self._plan.overtaken.append((self._path, self._again()))
            raise Torn
        if armed.fault is not Fault.TWICE:
            if self._server:
                self._server.reset()
            raise Torn
        first = self._reply()
        other = self._dial()
        other.send(self._again())
        second = self._reply(other)
        return first if armed.target.side is Side.REQUEST else second

    def _again(self) -> bytes:
        """The whole request as one run of bytes."""
        body = bytes(self._body)
        if not self._head.chunked:
            return self._head.raw + body
        return self._head.raw + (chunk(body) if body else b"") + chunk(b"")

    def _deliver_overtaken(self) -> None:
        """Requests that this one has overtaken arrive now; nobody reads their answers."""
        with self._plan.lock:
            late = [raw for path, raw in self._plan.overtaken if path == self._path]
            self._plan.overtaken = [one for one in self._plan.overtaken if one[0] != self._path]
        for raw in late:
            with suppress(OSError, ValueError):
                server = self._dial()
                server.send(raw)
                server.read_reply()

    # --- the answer ---

    def _place_in(self, reply: Reply, armed: Armed, earlier: Reply | None) -> int | None:
        """Where the answer is struck; None where this is not the one."""
        if self._in_request or not self._carries(armed):
            return None
        if armed.fault is Fault.OLD_REPLY and earlier is None:
            return None
        wanted = answer_place(armed.target)
        place = place_in(reply.body, wanted, len(reply.body))
        if armed.fault is Fault.ALTERED and place is not None and place >= len(reply.body):
            return None
        return place

    def _spoil(self, armed: Armed, reply: Reply, place: int, earlier: Reply | None) -> bool:
        fault = armed.fault
        if fault.kind is Kind.IMPOSTOR:
            return self._give(self._false_reply(armed, earlier))
        if fault.kind in AT_THE_DOOR:
            self._plan.torn(armed)
            self._client.send(_begun(reply, place))
            raise Torn
        self._plan.strike(armed)
        if fault is Fault.ALTERED:
            body = bytearray(reply.body)
            body[place] ^= 1
            return self._give(Reply(reply.head, bytes(body)))
        if fault in _CUTS:
            self._client.send(_CUTS[fault](reply, place))
            return False
        # Where the phase lies in the request, nothing of the answer comes in time.
        inside = armed.target.side is Side.ANSWER
        begun = _begun(reply, place) if inside else b""
        if begun:
            self._client.send(begun)
        if fault is Fault.RESET_COMMITTED:
            raise Torn
        rest = reply.head.framed(b"Content-Length: %d" % len(reply.body)) + reply.body
        if fault is Fault.LATE:
            return self._hold(armed, rest[len(begun) :])
        return self._drip(armed, rest[len(begun) :])

    def _hold(self, armed: Armed, rest: bytes) -> bool:
        while not armed.over.is_set() and not self._client.talks(GLANCE_S):
            pass
        self._client.send(rest)
        return False

    def _drip(self, armed: Armed, rest: bytes) -> bool:
        for at in range(len(rest)):
            if armed.over.wait(self._plan.drip_s if at else 0):
                self._client.send(rest[at:])
                break
            self._client.send(rest[at : at + 1])
        return False

    def _give(self, reply: Reply) -> bool:
        self._client.send(reply.whole())
        head = reply.head
        framed = head.chunked or head.length is not None or int(head.words[1]) in BODILESS
        return framed and "close" not in {head.get("Connection"), self._head.get("Connection")}

    def _false_reply(self, armed: Armed, earlier: Reply | None = None) -> Reply:
        number = self._plan.strike(armed)
        match armed.fault:
            case Fault.OLD_REPLY:
                return earlier or self._plan.replies[self._path]
            case Fault.PORTAL_PAGE:
                return made_reply("200 OK", PAGE)
            case Fault.PORTAL_REDIRECT:
                return made_reply("302 Found", b"", Location=self._plan.portal)
            case Fault.BOMB:
                kind = self._head.get("Content-Type")
                return made_reply("200 OK", bomb(), Content_Type=kind, Content_Encoding="gzip")
            case Fault.TOO_MANY:
                return _refusal("429", Retry_After=_retry_after(armed.variant))
            case Fault.SERVER_ERRORS if not armed.variant:
                statuses = armed.fault.variants[1:]
                return _refusal(statuses[number % len(statuses)])
            case _:
                return _refusal(armed.variant)


def _refusal(status: str, **headers: str) -> Reply:
    reason = REASONS[status]
    return made_reply(f"{status} {reason}", f"<h1>{status} {reason}</h1>".encode(), **headers)


def _retry_after(variant: str) -> str:
    """The words of the header: seconds, a moment soon, one in another age, or nonsense."""
    if variant == "date":
        return format_datetime(datetime.now(UTC) + timedelta(seconds=120), usegmt=True)
    return "Thu, 31 Dec 2099 23:59:59 GMT" if variant == "2099" else variant


@cache
def bomb() -> bytes:
    """A gzip member of some 97 kB that opens to 100 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1_000_000)
    packed = [packer.compress(zeros) for _ in range(BOMB_BYTES // len(zeros))]
    return b"".join((*packed, packer.flush()))


def _begun(reply: Reply, place: int) -> bytes:
    """An answer up to its place, which promises all of it."""
    return reply.head.framed(b"Content-Length: %d" % len(reply.body)) + reply.body[:place]


def _short(reply: Reply, place: int) -> bytes:
    return reply.head.framed(b"Content-Length: %d" % (len(reply.body) + 1)) + reply.body[:place]


def _silent(reply: Reply, place: int) -> bytes:
    parts = parts_of(reply.body)
    body = b"{}" if parts is None else reply.body[: _seam(parts, place)]
    return reply.head.framed(b"Connection: close") + body


def _seam(parts: list[tuple[bytes, int, int]], place: int) -> int:
    """The end of the part with the place in it; its start where it is the last."""
    for _, start, end in parts:
        if place < end:
            return start if end == parts[-1][2] else end
    return 0


def _broken_chunk(reply: Reply, place: int) -> bytes:
    head = reply.head.framed(b"Transfer-Encoding: chunked")
    return head + b"%x\r\n" % (len(reply.body) + 1) + reply.body[:place]


_CUTS: dict[Fault, Callable[[Reply, int], bytes]] = {
    Fault.SHORT_LENGTH: _short,
    Fault.SILENT_CUT: _silent,
    Fault.CHUNK_CUT: _broken_chunk,
}
