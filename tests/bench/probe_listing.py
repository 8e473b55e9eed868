"""The product's window over 10,000 cases, worked as a person would. Prints for each kind of work
the longest time in ms for which the window did not answer.

A timer of one millisecond ticks in the window's own event loop; what lies between two ticks is time
in which no key and no paint would have come through.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.cases.list_page import ListPage
    from app.ui.shell.window import Window

SETTLED_MS = 2000
GIVEN_UP_MS = 60_000
ANSWERED_MS = 250
SEARCHES = ("排", "排水沟", "wang", "李", "")
PLACES = 40

Step = tuple[str, Callable[[], object], int]


class Meter:
    """The longest gap between two ticks for each kind of work."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.longest: dict[str, float] = {}
        self.kind = "opening"
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        gap, self._last = (now - self._last) * 1e3, now
        self.longest[self.kind] = max(gap, self.longest.get(self.kind, 0.0))


def steps(page: ListPage) -> Iterator[Step]:
    """What a person does, what it is called, and how long to look at what comes."""
    header = page.view.horizontalHeader()
    for index, column in enumerate(page.model.columns):
        if column.sortable:
            for _ in range(2):
                yield "sorting", partial(header.sectionClicked.emit, index), ANSWERED_MS
    for text in SEARCHES:
        yield "searching", partial(page.filters.search.setText, text), 2 * ANSWERED_MS
    bar = page.view.verticalScrollBar()
    for place in range(PLACES + 1):
        yield "scrolling", partial(bar.setValue, bar.maximum() * place // PLACES), 30
    yield "scrolling", page.view.scrollToTop, ANSWERED_MS


def work(window: Window, meter: Meter) -> None:
    """Begins when the list has come to rest, and closes the window at the end."""
    from PySide6.QtCore import QTimer

    from app.ui.cases.list_page import ListPage

    page = window.findChild(ListPage)
    if page is None or page.model.rowCount() < 10_000:
        QTimer.singleShot(ANSWERED_MS, partial(work, window, meter))
        return
    script = steps(page)

    def go_on() -> None:
        following = next(script, None)
        if following is None:
            meter.stop()
            window.close()
            return
        meter.kind, action, patience = following
        action()
        QTimer.singleShot(patience, go_on)

    go_on()


def main() -> None:
    from app import main as program
    from tests.bench.probe_heshi import when_window_is_loaded

    def watch() -> None:
        from PySide6.QtCore import QTimer

        from app.ui.shell import window

        shown = window.Window.show

        def show(self: window.Window) -> None:
            # Which class stands there is known here, not to the checker.
            meter = self.meter = Meter()  # type: ignore[attr-defined]
            self.painted.connect(meter.start)
            QTimer.singleShot(SETTLED_MS, partial(work, self, meter))
            QTimer.singleShot(GIVEN_UP_MS, self.close)
            shown(self)

        # A probe looks at the real class from outside.
        window.Window.show = show  # type: ignore[assignment, method-assign]

    watched: list[dict[str, float]] = []
    remembered = Meter.__init__

    def remember(self: Meter) -> None:
        remembered(self)
        watched.append(self.longest)

    # A probe looks at the real class from outside.
    Meter.__init__ = remember  # type: ignore[method-assign]
    when_window_is_loaded(watch)
    program.main(["--data", sys.argv[1]])
    print(json.dumps(watched[0]))


if __name__ == "__main__":
    main()
