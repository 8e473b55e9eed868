"""A line to the county that breaks on purpose: one chosen fault in one chosen phase, then good
again.

    with FaultProxy(county.port, authority=Authority(tmp_path)) as proxy:
        proxy.arm(Fault.RESET_COMMITTED, Phase.ENTRIES)
        ...  # exchange with a line made from proxy.address, trusting authority.ca_file
        assert proxy.struck
        proxy.heal()

What each fault does where stands in `network_faults`. Linux only: it asks the kernel who knocked
at a door that nobody keeps. Everything stays on loopback, and leaving the ``with`` ends and joins
all that runs.
"""

from __future__ import annotations

import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.faults.certificates import HOST, Authority
from tests.faults.http_messages import Head, HungUp, Wire, made_reply
from tests.faults.network_faults import Fault, Kind, Phase, Target
from tests.faults.strikes import AT_THE_DOOR, PAGE, PORTAL, Armed, Plan, Talk, bomb

NOWHERE = "county.invalid"
BACKLOG = 64
HANDSHAKE = b"\x16"
# linux/sock_diag.h: nine numbers about a socket, the last is how many packets were dropped.
SO_MEMINFO, MEMINFO = 55, struct.Struct("9I")
PACKETS = Path("/proc/net/snmp")


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose head the proxy has read, at a moment of `time.monotonic`."""

    method: str
    path: str
    at: float


@dataclass(frozen=True, slots=True)
class Counters:
    """What happened since the start.

    `portal_visits`: the client went where a portal sent it. `fooled`: requests that came over a
    connection whose other end was no county.
    """

    connections: int
    requests: int
    strikes: int
    portal_visits: int
    fooled: int


class FaultProxy:
    """Stands before `target_port` on loopback. With an `authority` it speaks https to the client
    (and http to the server), which N-02 and N-13 to N-16 need; without, http.

    `drip_s`: seconds between two bytes of N-21.
    """

    def __init__(
        self, target_port: int, *, authority: Authority | None = None, drip_s: float = 0.2
    ) -> None:
        self._target = (HOST, target_port)
        self._authority = authority
        self._plan = Plan(self._show_the_door, drip_s)
        self._door = _Door(self._welcome)
        self._good = authority.good() if authority else None
        self._last: Armed | None = None
        self._false: ssl.SSLContext | None = None
        self._stranger: Armed | None = None
        self._nameless = False
        self._wires: set[Wire] = set()
        self._threads: list[threading.Thread] = []
        self._requests: list[Request] = []
        self._connections = self._visits = self._fooled = 0

    def __enter__(self) -> Self:
        self._door.open()
        self._plan.portal = f"http://{HOST}:{self.port}{PORTAL}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.heal()
        self._door.close()
        for thread in self._threads:
            while thread.is_alive():
                self._hang_up()
                thread.join(0.05)

    @property
    def port(self) -> int:
        return self._door.port

    @property
    def address(self) -> str:
        """The base URL for the next attempt: with N-02 one that no resolver knows, so ask each
        time.
        """
        if self._nameless:
            self._plan.strikes += 1
        scheme = "https" if self._authority else "http"
        return f"{scheme}://{NOWHERE if self._nameless else HOST}:{self.port}"

    def arm(
        self,
        fault: Fault,
        where: Phase | Target,
        *,
        variant: str | None = None,
        times: int | None = None,
    ) -> None:
        """From now on `fault` waits for its phase, or for a request and place of your own, and
        strikes there `times` times (usually once). Replaces what was armed before, and heals it.

        A DOOR stays until `heal`. A DOOR or TLS fault in the hello also ends all connections that
        stand open, so that the next contact meets it at once.
        """
        self.heal()
        target = where.value if isinstance(where, Phase) else where
        variant = fault.variants[0] if variant is None else variant
        if variant not in fault.variants:
            raise ValueError(f"{fault.id} has no variant {variant!r}")
        if self._authority is None and (fault.kind is Kind.TLS or fault is Fault.NO_NAME):
            raise ValueError(f"{fault.id} needs an authority")
        armed = Armed(fault, target, variant, fault.times if times is None else times)
        self._plan.strikes = 0
        self._false = self._false_context(armed)
        if fault is Fault.BOMB:
            # Packed before somebody waits for it.
            bomb()
        self._plan.armed = self._last = armed
        if fault.kind in AT_THE_DOOR and where is Phase.HELLO:
            self._show_the_door(armed)
            self._hang_up()

    def heal(self) -> None:
        """All is well again: doors open, and what was held back is let go."""
        self._plan.strikes += self._door.knocks()
        if self._last:
            self._last.over.set()
        self._plan.armed = self._stranger = None
        self._nameless = False
        self._door.become(_State.OPEN)

    @property
    def strikes(self) -> int:
        """How often the fault armed last has happened.

        A refused connection (N-01) leaves no trace but in the kernel's own count, which is the
        whole machine's; N-02 counts the addresses given out.
        """
        return self._plan.strikes + self._door.knocks()

    @property
    def struck(self) -> bool:
        """Whether the fault armed last has really happened."""
        return self.strikes > 0

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests so far, in the order in which they came."""
        return tuple(self._requests)

    def counters(self) -> Counters:
        return Counters(
            self._connections, len(self._requests), self.strikes, self._visits, self._fooled
        )

    # --- doors ---

    def _show_the_door(self, armed: Armed) -> None:
        """Whoever comes next meets the fault."""
        self._plan.armed = None
        if armed.fault is Fault.NO_NAME:
            self._nameless = True
        elif armed.fault is Fault.REFUSED:
            self._door.become(_State.SHUT)
        elif armed.fault is Fault.BLACK_HOLE:
            self._door.become(_State.HOLE)
        else:
            self._stranger = armed

    def _false_context(self, armed: Armed) -> ssl.SSLContext | None:
        authority = self._authority
        if authority is None:
            return None
        match armed.fault:
            case Fault.SELF_SIGNED:
                return authority.self_signed()
            case Fault.OTHER_AUTHORITY:
                return authority.other_authority()
            case Fault.OUT_OF_DATE:
                return authority.out_of_date(armed.variant)
            case Fault.OLD_TLS if armed.variant != "plain":
                return authority.old_protocol()
        return None

    def _hang_up(self) -> None:
        for wire in list(self._wires):
            wire.hang_up()

    # --- connections ---

    def _welcome(self, sock: socket.socket) -> None:
        self._connections += 1
        wire = Wire(sock)
        self._wires.add(wire)
        thread = threading.Thread(target=self._keep, args=[wire], name="fault proxy connection")
        self._threads.append(thread)
        thread.start()

    def _keep(self, wire: Wire) -> None:
        """One connection of the client, to its end."""
        try:
            genuine = self._greet(wire)
            while (head := wire.read_head()) is not None and self._serve(wire, head, genuine):
                pass
            wire.close()
        except (OSError, ValueError):
            wire.reset()
        finally:
            self._wires.discard(wire)

    def _greet(self, wire: Wire) -> bool:
        """Speaks TLS where the client does; whether the one it speaks to is the county."""
        if self._good is None or wire.peek() != HANDSHAKE:
            return True
        with self._plan.lock:
            armed = self._stranger
            if armed and armed.left == 1:
                self._stranger = None
        if armed is None:
            wire.secure(self._good)
            return True
        # Before it is seen: who asks afterwards whether it happened must hear yes.
        self._plan.strike(armed)
        if self._false is None:
            wire.send(made_reply("400 Bad Request", PAGE).whole())
            raise HungUp
        wire.secure(self._false)
        return False

    def _serve(self, wire: Wire, head: Head, genuine: bool) -> bool:
        """One request; whether the connection may carry another."""
        method, path, _ = head.words
        if path == PORTAL:
            self._visits += 1
            wire.send(made_reply("200 OK", PAGE).whole())
            return True
        self._requests.append(Request(method, path, time.monotonic()))
        self._fooled += not genuine
        servers: list[Wire] = []
        try:
            return Talk(self._plan, wire, head, partial(self._dial, servers)).run()
        finally:
            for server in servers:
                server.reset()
                self._wires.discard(server)

    def _dial(self, servers: list[Wire]) -> Wire:
        server = Wire(socket.create_connection(self._target))
        servers.append(server)
        self._wires.add(server)
        return server


class _State(Enum):
    OPEN = "open"
    SHUT = "shut"
    HOLE = "hole"
    GONE = "gone"


class _Door:
    """A listener that can be open, shut (refuses) or a hole (swallows), on one port of its own."""

    def __init__(self, welcome: Callable[[socket.socket], None]) -> None:
        self._welcome = welcome
        self._state = self._wanted = _State.SHUT
        self._lock = threading.Lock()
        self._changed = threading.Event()
        self._thread = threading.Thread(target=self._live, name="fault proxy door")
        self._listener: socket.socket | None = None
        self._filler: socket.socket | None = None
        self._before = 0

    def open(self) -> None:
        # Bound and never listening: nobody else gets the port while the door is shut.
        self._place = _bound(0)
        self.port: int = self._place.getsockname()[1]
        self._bell, self._ear = socket.socketpair()
        self._thread.start()
        self.become(_State.OPEN)

    def close(self) -> None:
        self.become(_State.GONE)
        self._thread.join()
        for sock in (self._place, self._bell, self._ear):
            sock.close()

    def become(self, state: _State) -> None:
        """Returns when it is so. The door's own thread does it, because a listener that another
        thread waits on does not go by being closed.
        """
        with self._lock:
            self._wanted = state
            self._changed.clear()
            self._bell.send(b"!")
            self._changed.wait()

    def knocks(self) -> int:
        """Who came since the door was shut, and was refused or swallowed."""
        if self._state is _State.SHUT:
            return max(_refused_here() - self._before, 0)
        if self._state is _State.HOLE and self._listener:
            return _dropped(self._listener) - self._before
        return 0

    def _live(self) -> None:
        while self._state is not _State.GONE:
            heard: list[socket.socket] = [self._ear]
            if self._state is _State.OPEN and self._listener:
                heard.append(self._listener)
            ready = select.select(heard, [], [])[0]
            if self._ear in ready:
                self._ear.recv(1)
                self._change()
                self._changed.set()
            elif self._listener:
                self._accept(self._listener)

    def _accept(self, listener: socket.socket) -> None:
        try:
            peer, _ = listener.accept()
        except OSError:
            return  # Who knocked has gone already.
        peer.setblocking(True)
        self._welcome(peer)

    def _change(self) -> None:
        if self._wanted is self._state:
            return
        self._empty()
        if self._wanted in {_State.OPEN, _State.HOLE}:
            self._listener = _bound(self.port)
            self._listener.setblocking(False)
            # A queue of none holds one, and lets every other knock drop.
            self._listener.listen(BACKLOG if self._wanted is _State.OPEN else 0)
        if self._wanted is _State.HOLE and self._listener:
            self._filler = socket.create_connection((HOST, self.port))
            self._before = _dropped(self._listener)
        if self._wanted is _State.SHUT:
            self._before = _refused_here()
        self._state = self._wanted

    def _empty(self) -> None:
        for sock in (self._filler, self._listener):
            if sock:
                sock.close()
        self._filler = self._listener = None


def _bound(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((HOST, port))
    return sock


def _dropped(listener: socket.socket) -> int:
    """How many packets the kernel has dropped at this listener."""
    raw = listener.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, MEMINFO.size)
    return int(MEMINFO.unpack(raw)[-1])


def _refused_here() -> int:
    """How many connections of this machine were refused since it runs."""
    names, values = (
        line.split() for line in PACKETS.read_text().splitlines() if line.startswith("Tcp:")
    )
    return int(values[names.index("AttemptFails")])
