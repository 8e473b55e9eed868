"""The processor time that the window's own thread takes between two turns of its event loop, by
what is being done. Processor time and not the clock's: on a busy machine others' work is not ours.

A timer of one millisecond ticks in the window's own loop; what lies between two ticks is work
during which no key and no paint would have come through.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer

LOOK_MS = 20
GIVEN_UP_S = 60


class Step(NamedTuple):
    """What is done under which name, when it counts as done, and how long it is watched after."""

    kind: str
    act: Callable[[], object]
    done: Callable[[], bool] = lambda: True
    rest_ms: int = 250


class Turns(QObject):
    """The longest turn of each kind, in milliseconds of processor time."""

    def __init__(self) -> None:
        super().__init__()
        self.longest: dict[str, float] = {}
        self.kind = ""
        self._last = time.thread_time()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.thread_time()
        gap, self._last = (now - self._last) * 1e3, now
        if self.kind:
            self.longest[self.kind] = max(gap, self.longest.get(self.kind, 0.0))


class Script(QObject):
    """Does steps one after another in the window's loop, each when the one before has come to rest.
    RuntimeError for a step that never gets done.
    """

    def __init__(
        self, steps: Iterator[Step], turns: Turns, finished: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._steps, self._turns, self._finished = steps, turns, finished
        self._since = 0.0
        self._step: Step | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        self._timer.start(0)

    def _go_on(self) -> None:
        if self._step is None:
            self._step = next(self._steps, None)
            if self._step is None:
                self._finished("")
                return
            self._turns.kind, self._since = self._step.kind, time.monotonic()
            self._step.act()
        if self._step.done():
            rest, self._step = self._step.rest_ms, None
            self._timer.start(rest)
        elif time.monotonic() - self._since > GIVEN_UP_S:
            self._finished(self._step.kind)
        else:
            self._timer.start(LOOK_MS)
