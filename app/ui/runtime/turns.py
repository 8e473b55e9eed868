"""Work on widgets that is too long for one turn of the event loop, done piece by piece: between two
pieces keys and paints come through. Never leaves a piece out unless told to stop.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

TURN_MS = 5.0  # after this much of one turn the rest waits for the next


class InTurns(QObject):
    """Pieces in their order; a new row of pieces takes the place of one that is not done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: deque[Callable[[], object]] = deque()
        # A timer, not a posted event: those are sent until none is left, before any key.
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)

    def begin(self, pieces: Iterable[Callable[[], object]]) -> None:
        """Does what one turn has time for at once, and the rest in the turns that follow."""
        self._pieces = deque(pieces)
        self._timer.start()
        self._turn()

    def finish(self) -> None:
        """All that is left, now: somebody is about to use it."""
        while self._pieces:
            self._pieces.popleft()()
        self._timer.stop()

    def stop(self) -> None:
        """What is left is not wanted any more."""
        self._pieces.clear()
        self._timer.stop()

    def _turn(self) -> None:
        begun = time.perf_counter()
        while self._pieces:
            self._pieces.popleft()()
            if (time.perf_counter() - begun) * 1e3 >= TURN_MS:
                break
        if not self._pieces:
            self._timer.stop()
