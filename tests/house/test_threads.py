"""All threading of the client stands in one small file; the tests themselves leave none behind."""

from __future__ import annotations

import ast
import threading
import weakref

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests import leaks
from tests.house.sources import APP, called_name, calls, modules, place, tree_of

THREADS = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "Process", "Pool"}
THREADS |= {"QThread", "QThreadPool", "QRunnable", "start_new_thread", "to_thread"}
MAY_START_THREADS = {APP / "ui" / "runtime" / "worker.py"}


def thread_starters(tree: ast.Module) -> list[ast.Call]:
    """Calls that make a thread, a pool or a process."""
    return [call for call in calls(tree) if called_name(call) in THREADS]


def test_one_file_makes_threads() -> None:
    assert all(path.is_file() for path in MAY_START_THREADS)
    assert [
        place(path, call)
        for path in modules()
        if path not in MAY_START_THREADS and not path.is_relative_to(APP / "county")
        for call in thread_starters(tree_of(path))
    ] == []


def test_the_check_knows_a_thread() -> None:
    assert thread_starters(ast.parse("threading.Thread(target=f).start()"))


def test_a_left_thread_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "GRACE", 0.01)
    gate, before = threading.Event(), set(threading.enumerate())
    thread = threading.Thread(target=gate.wait, name="forgotten")
    thread.start()
    assert leaks.left_threads(before) == ["thread 'forgotten'"]
    gate.set()
    thread.join()
    assert leaks.left_threads(before) == []


def test_a_left_window_is_seen(qapp: QApplication) -> None:
    del qapp
    before = set(QApplication.topLevelWidgets())
    window = QWidget()
    window.setObjectName("forgotten")
    assert leaks.left_windows(before) == ["window QWidget 'forgotten'"]
    window.deleteLater()
    assert leaks.left_windows(before) == []


def test_a_left_timer_is_seen(qapp: QApplication) -> None:
    timer = QTimer(qapp)
    started = [weakref.ref(timer)]
    timer.start(60_000)
    assert leaks.left_timers(started)
    timer.stop()
    assert leaks.left_timers(started) == []
    timer.deleteLater()
