"""A village's line in user space, for tests and measurements: narrow, far away, and torn off now
and then.

What is modelled: one bottleneck each way that all connections share, the delay of one way, one
round trip for every new connection, resets on a schedule with refusal afterwards, a reset after so
many bytes upwards. What is not: lost packets, the heads of TCP and IP, a slow start. It never
leaves loopback. The sender's own kernel takes some bytes in advance, as on a real line, so "sent"
means nothing before an answer is there.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
# Payload of one usual TCP segment (bytes): the grain in which connections take turns.
GRAIN = 1448
# The same where the rate is unlimited.
HANDFUL = 64 * 1024
# Bytes that the near end takes before it has to wait: what a modem holds, not what a server holds.
NEAR_BUFFER = 4096
# The next piece is taken so much before the line is free: a loop that wakes late loses no time.
AHEAD_S = 0.01
# Pieces on their way in one direction of one connection.
WINDOW = 1024


def line_floor_seconds(payload_bytes: int, kbit: float, rtt_ms: float) -> float:
    """The least seconds in which a payload can be sent and answered: its bytes at the line's rate
    (`kbit` 0: no limit) and one round trip. A new TCP connection costs one more.
    """
    travelling = payload_bytes * 8 / (kbit * 1000) if kbit else 0.0
    return travelling + rtt_ms / 1000


@dataclass(frozen=True, slots=True)
class Carried:
    """What passed since the start. Bytes are payload, counted when they enter the line."""

    bytes_up: int
    bytes_down: int
    connections: int
    cuts: int


class SlowLine:
    """A TCP proxy before `target_port` on loopback that behaves like a bad line.

    `kbit`: rate each way, 0 = unlimited. `rtt_ms`: round trip. `cut_every_s`: counted from the
    start, all open connections are reset that often and what was under way is lost (0 = never);
    `down_s`: for so long afterwards new ones are refused. `drop_after_bytes`: a connection is reset
    once it carried so many bytes upwards, and these still arrive (0 = never).

    Lives in a thread with a loop of its own, between entering and leaving the ``with``.
    """

    def __init__(
        self,
        target_port: int,
        kbit: float = 0,
        rtt_ms: float = 0,
        *,
        cut_every_s: float = 0,
        down_s: float = 0,
        drop_after_bytes: int = 0,
    ) -> None:
        self._target = (HOST, target_port)
        self._rtt_s = rtt_ms / 1000
        self._cut_every_s, self._down_s = cut_every_s, down_s
        self._drop_after = drop_after_bytes
        self._narrow = kbit > 0
        self._up, self._down = _Way(kbit), _Way(kbit)
        self._connections = self._cuts = 0
        self._carrying: set[asyncio.Task[None]] = set()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="slow line")

    def __enter__(self) -> Self:
        # Bound for the whole time and never listening: nobody else gets the port while it is shut.
        self._place = _tcp(self._narrow)
        self._place.bind((HOST, 0))
        self.port: int = self._place.getsockname()[1]
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._place.close()

    def counters(self) -> Carried:
        """What passed so far; may be asked at any time, also afterwards."""
        return Carried(self._up.carried, self._down.carried, self._connections, self._cuts)

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        finally:
            self._started.set()

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        start = self._loop.time()
        while not self._over.is_set():
            listener = self._open()
            self._loop.add_reader(listener, self._accept, listener)
            self._started.set()
            await self._wait(self._until_cut(self._loop.time() - start))
            self._loop.remove_reader(listener)
            listener.close()
            await _end(self._carrying)
            if not self._over.is_set():
                self._cuts += 1
                await self._wait(self._down_s)

    def _until_cut(self, lived_s: float) -> float | None:
        """Seconds until the next cut; those that fall into a time without a line are none."""
        every = self._cut_every_s
        return every - lived_s % every if every else None

    async def _wait(self, seconds: float | None) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), None if seconds is None else max(seconds, 0))

    def _open(self) -> socket.socket:
        listener = _tcp(self._narrow)
        listener.bind((HOST, self.port))
        listener.listen()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        try:
            near, _ = listener.accept()
        except OSError:
            return  # Who knocked has gone already.
        near.setblocking(False)
        self._connections += 1
        task = asyncio.create_task(self._carry(near))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)
        # Not in the task itself: one that is stopped before it begins runs no line of its own.
        task.add_done_callback(lambda _: _reset(near))

    async def _carry(self, near: socket.socket) -> None:
        """One connection from its handshake to its end, both ways."""
        far = _tcp(self._narrow)
        try:
            await asyncio.sleep(self._rtt_s)
            await self._loop.sock_connect(far, self._target)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._one_way(near, far, self._up, self._drop_after))
                both.create_task(self._one_way(far, near, self._down, 0))
            # Both ends have said all: nothing is torn off.
            near.close()
            far.close()
        except* OSError:
            pass  # One end is gone; the other learns it at once.
        finally:
            _reset(far)

    async def _one_way(
        self, source: socket.socket, sink: socket.socket, way: _Way, limit: int
    ) -> None:
        """Raises ConnectionResetError after `limit` bytes (0 = none), once they have arrived."""
        flying: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(WINDOW)
        async with asyncio.TaskGroup() as ends:
            ends.create_task(self._land(flying, sink))
            ends.create_task(self._depart(flying, source, way, limit))

    async def _depart(
        self,
        flying: asyncio.Queue[tuple[float, bytes]],
        source: socket.socket,
        way: _Way,
        limit: int,
    ) -> None:
        """Takes bytes no faster than the line carries them."""
        size, taken = GRAIN if self._narrow else HANDFUL, 0
        while data := await self._loop.sock_recv(
            source, min(size, limit - taken) if limit else size
        ):
            taken += len(data)
            leaves = way.book(len(data), self._loop.time())
            await flying.put((leaves + self._rtt_s / 2, data))
            await _until(leaves - AHEAD_S)
            if limit and taken == limit:
                await flying.join()
                raise ConnectionResetError
        await flying.put((self._loop.time() + self._rtt_s / 2, b""))

    async def _land(self, flying: asyncio.Queue[tuple[float, bytes]], sink: socket.socket) -> None:
        """Hands over what has arrived; the end of the bytes too."""
        while True:
            arrives, data = await flying.get()
            await _until(arrives)
            if not data:
                with suppress(OSError):
                    sink.shutdown(socket.SHUT_WR)
                return
            await self._loop.sock_sendall(sink, data)
            flying.task_done()


class _Way:
    """One direction of the line: until when its transmitter is taken, and what it carried."""

    def __init__(self, kbit: float) -> None:
        self._seconds_a_byte = 8 / (kbit * 1000) if kbit else 0.0
        self._taken_until = 0.0
        self.carried = 0

    def book(self, size: int, now: float) -> float:
        """The next free turn for `size` bytes: when the last of them has left."""
        self._taken_until = max(self._taken_until, now) + size * self._seconds_a_byte
        self.carried += size
        return self._taken_until


async def _until(moment: float) -> None:
    late = moment - asyncio.get_running_loop().time()
    if late > 0:
        await asyncio.sleep(late)


async def _end(tasks: set[asyncio.Task[None]]) -> None:
    """Stops them and waits until they are gone; what they died of is their own business."""
    waiting = list(tasks)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


def _tcp(narrow: bool) -> socket.socket:
    """A socket that never blocks, holds little, and sends small pieces at once (no Nagle)."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if narrow:
        # Accepted connections inherit both.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NEAR_BUFFER)
        if hasattr(socket, "TCP_MAXSEG"):
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, GRAIN)
    return made


def _reset(end: socket.socket) -> None:
    """Closed so that the peer sees a reset and what it has not read is gone."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.close()
