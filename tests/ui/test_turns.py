"""Work that is done piece by piece."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.runtime import turns
from app.ui.runtime.turns import InTurns


@pytest.fixture
def owner(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> QObject:
    """An owner; one turn has time for one piece."""
    monkeypatch.setattr(turns, "TURN_MS", 0.0)
    return QObject(qapp)


def test_pieces_come_in_order_and_others_have_their_turn(owner: QObject, qtbot: QtBot) -> None:
    done: list[str] = []
    other = QTimer(owner, interval=0)
    other.timeout.connect(lambda: done.append("other") if done[-1:] != ["other"] else None)
    other.start()
    work = InTurns(owner)
    # The name is bound now, by its default.
    work.begin([lambda name=name: done.append(name) for name in "abc"])  # type: ignore[misc]
    assert done == ["a"]
    qtbot.waitUntil(lambda: "c" in done)
    other.stop()
    assert [one for one in done if one != "other"] == ["a", "b", "c"]
    assert "other" in done[: done.index("c")]


def test_what_is_needed_now_is_finished_now(owner: QObject) -> None:
    done: list[str] = []
    work = InTurns(owner)
    # The name is bound now, by its default.
    work.begin([lambda name=name: done.append(name) for name in "abc"])  # type: ignore[misc]
    work.finish()
    assert done == ["a", "b", "c"]


def test_what_is_left_is_dropped_when_something_else_begins(owner: QObject, qtbot: QtBot) -> None:
    done: list[str] = []
    work = InTurns(owner)
    # The name is bound now, by its default.
    work.begin([lambda name=name: done.append(name) for name in "abc"])  # type: ignore[misc]
    # The name is bound now, by its default.
    work.begin([lambda name=name: done.append(name) for name in "xy"])  # type: ignore[misc]
    qtbot.waitUntil(lambda: "y" in done)
    assert done == ["a", "x", "y"]


def test_stopped_work_does_nothing_more(owner: QObject, qtbot: QtBot) -> None:
    done: list[str] = []
    work = InTurns(owner)
    # The name is bound now, by its default.
    work.begin([lambda name=name: done.append(name) for name in "abc"])  # type: ignore[misc]
    work.stop()
    QTimer.singleShot(20, owner, lambda: done.append("later"))
    qtbot.waitUntil(lambda: "later" in done)
    assert done == ["a", "later"]
