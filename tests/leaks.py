"""Nothing a test starts may outlive it: no thread, and in window tests no timer, no open window.

Whatever is left makes some later test fail at random, which nobody can then explain. The checks
must never stop anything themselves: they only tell who left what.
"""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

# A thread that is on its way out gets this long (seconds).
GRACE = 2.0

# Qt keeps one of these for good after the first tooltip.
KEPT_BY_QT = ("QTipLabel",)


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test that leaves something behind."""
    threads = set(threading.enumerate())
    window = "qapp" in request.fixturenames
    started: list[weakref.ref[QTimer]] = []
    with pytest.MonkeyPatch.context() as patch:
        if window:
            _note_timers(patch, started)
        windows = set(_windows()) if window else set()
        yield
    left = left_threads(threads)
    if window:
        left += left_windows(windows) + left_timers(started)
    if left:
        pytest.fail("left behind: " + "; ".join(left))


def left_threads(before: set[threading.Thread]) -> list[str]:
    """Threads that would keep the program from ending, as words."""
    new = [t for t in threading.enumerate() if t not in before and not t.daemon]
    for thread in new:
        thread.join(GRACE)
    return [f"thread {thread.name!r}" for thread in new if thread.is_alive()]


def left_windows(before: set[QWidget]) -> list[str]:
    """Top-level widgets that nobody closed and gave back, as words."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if _new_windows(before):
        # A cycle may still hold a widget that nobody can reach.
        gc.collect()
    return [
        f"window {type(widget).__name__} {widget.objectName()!r}" for widget in _new_windows(before)
    ]


def left_timers(started: list[weakref.ref[QTimer]]) -> list[str]:
    """Timers that still tick, as words."""
    if _ticking(started):
        gc.collect()
    return [
        f"timer of {type(timer.parent()).__name__} every {timer.interval()} ms"
        for timer in _ticking(started)
    ]


def _ticking(started: list[weakref.ref[QTimer]]) -> list[QTimer]:
    import shiboken6

    timers = [timer for reference in started if (timer := reference()) is not None]
    return [timer for timer in timers if shiboken6.isValid(timer) and timer.isActive()]


def _new_windows(before: set[QWidget]) -> list[QWidget]:
    return [widget for widget in _windows() if widget not in before]


def _windows() -> list[QWidget]:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    import shiboken6
    from PySide6.QtWidgets import QApplication

    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if shiboken6.isValid(widget)
        and widget.parent() is None
        and not any(widget.inherits(name) for name in KEPT_BY_QT)
    ]


def _note_timers(patch: pytest.MonkeyPatch, started: list[weakref.ref[QTimer]]) -> None:
    from PySide6.QtCore import QTimer

    start: Callable[..., None] = QTimer.start

    def noted(timer: QTimer, *arguments: Any) -> None:
        started.append(weakref.ref(timer))
        start(timer, *arguments)

    patch.setattr(QTimer, "start", noted)
