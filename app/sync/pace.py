"""When a line counts as standing still, and when it only is slow.

There is no total: over 50 kbit/s what is allowed to travel takes many minutes, and a line that
moves must not be cut for being slow. So what counts is the next small portion: `least` bytes have
to move, up or down, within `stall` seconds of the portion before. Silence ends after one stall; a
drip of a byte now and then ends just as soon, since it does not fill a portion; 140 bytes a second
are enough to go on for ever, up to the limits of size.

Must never read the clock of the device: only the monotonic one, which nobody sets.
"""

from __future__ import annotations

import time
from collections.abc import Callable

_LOOKS = 30  # times in one stall that a waiting line looks whether the system still sends for it


class Pace:
    """The patience of one line, for one request after the other.

    One thread at a time. What may wait asks `patience` before and tells `moved` after.
    """

    def __init__(
        self, stall: float, least: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`stall` in seconds, `least` in bytes."""
        self.stall = stall
        self._least = least
        self._clock = clock
        self._since = clock()
        self._bytes = 0
        self._held: int | None = None

    def begin(self) -> None:
        """A new turn: a connection stands, a request begins, or the other side has to answer."""
        self._since = self._clock()
        self._bytes = 0
        self._held = None

    def moved(self, count: int) -> None:
        """`count` bytes went up or came down."""
        self._bytes += count
        if self._bytes >= self._least:
            self._since = self._clock()
            self._bytes = 0

    def waited(self, seconds: float) -> None:
        """The line itself had nothing to do for so long: somebody was making the next part."""
        self._since += seconds

    def holds(self, count: int | None) -> None:
        """What the system had taken and not yet brought across, where it can say.

        While that shrinks the line moves, though nobody is told of single bytes.
        """
        if count is not None and self._held is not None and count < self._held:
            self.moved(self._held - count)
        self._held = count

    def patience(self) -> float:
        """Seconds to wait before looking again. Raises TimeoutError when the line stands still."""
        left = self._since + self.stall - self._clock()
        if left <= 0:
            raise TimeoutError
        return min(left, self.stall / _LOOKS)
