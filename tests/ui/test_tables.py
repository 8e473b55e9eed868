"""Tables: paged lines, sorting, hidden columns remembered, copying as text, the keyboard."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.runtime.preferences import Preferences
from app.ui.widgets.tables import LINE_ROLE, PAGE, ROW_HEIGHT, Column, LinesModel, LinesView, fitted


class Line(NamedTuple):
    name: str
    amount: int


COLUMNS = [
    Column[Line]("name", "姓名", lambda line: line.name),
    Column[Line](
        "amount",
        "金额",
        lambda line: str(line.amount),
        sort_key=lambda line: line.amount,
        right=True,
    ),
]
LINES = [Line("乙", 9), Line("甲", 100), Line("丙", 20)]


@pytest.fixture
def model(qtmodeltester: ModelTester) -> LinesModel[Line]:
    model: LinesModel[Line] = LinesModel(COLUMNS)
    model.set_lines(LINES)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    return model


@pytest.fixture
def view(qtbot: QtBot, model: LinesModel[Line]) -> LinesView:
    view = LinesView("cases", "案件", Preferences(None))
    qtbot.addWidget(view)
    view.show_model(model)
    view.resize(500, 300)
    view.show()
    return view


def test_rows_are_forty_high_and_the_table_has_a_name(view: LinesView) -> None:
    assert view.rowHeight(0) == ROW_HEIGHT == 40
    assert view.accessibleName() == "案件"


def test_lines_are_sorted_by_their_key_and_not_by_their_text(view: LinesView) -> None:
    view.horizontalHeader().sectionClicked.emit(1)
    assert [line.amount for line in view.lines_model().lines()] == [9, 20, 100]
    view.horizontalHeader().sectionClicked.emit(1)
    assert [line.amount for line in view.lines_model().lines()] == [100, 20, 9]


def test_a_header_tells_who_sorts(view: LinesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.sort_wanted) as told:
        view.horizontalHeader().sectionClicked.emit(0)
    assert told.args == ["name", False]
    with qtbot.waitSignal(view.sort_wanted) as told:
        view.horizontalHeader().sectionClicked.emit(0)
    assert told.args == ["name", True]


def test_selected_lines_are_copied_as_text(view: LinesView, qtbot: QtBot) -> None:
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "姓名\t金额\n乙\t9\n甲\t100\n丙\t20"
    QGuiApplication.clipboard().clear()


def test_enter_opens_the_line(view: LinesView, qtbot: QtBot) -> None:
    view.choose_row(1)
    with qtbot.waitSignal(view.opened) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [LINES[1]]


def test_hidden_columns_are_remembered(qtbot: QtBot, model: LinesModel[Line]) -> None:
    preferences = Preferences(None)
    first, second = (LinesView("cases", "案件", preferences) for _ in range(2))
    for view in (first, second):
        qtbot.addWidget(view)
    first.show_model(model)
    first.show_column(1, False)
    second.show_model(model)
    assert second.isColumnHidden(1)
    first.selectAll()
    assert "金额" not in first.as_text()


def test_only_pages_that_are_seen_are_asked_for(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model: LinesModel[Line] = LinesModel(COLUMNS)
    asked: list[list[int]] = []
    model.wanted.connect(asked.append)
    model.set_keys(range(1000, 11_000))
    assert model.rowCount() == 10_000
    assert model.line_at(0) is None
    assert model.line_at(3) is None  # asked for once, not again
    assert [len(keys) for keys in asked] == [PAGE]
    assert asked[0][0] == 1000
    model.put_lines([(key, Line(str(key), key)) for key in asked[0]])
    assert model.index(3, 0).data() == "1003"
    assert model.index(3, 0).data(LINE_ROLE) == Line("1003", 1003)
    del qtmodeltester, qtbot


def test_old_lines_stay_until_fresh_ones_come(qtbot: QtBot) -> None:
    del qtbot
    model: LinesModel[Line] = LinesModel(COLUMNS)
    model.set_keys([1, 2], [(1, Line("甲", 1)), (2, Line("乙", 2))])
    model.set_keys([2, 1], keep=True)
    assert [line.name for line in model.lines()] == ["乙", "甲"]
    model.set_keys([2, 1])
    assert model.lines() == []


def test_elastic_columns_give_way_first_and_take_what_is_left() -> None:
    wanted = {0: (200, True), 1: (100, False), 2: (100, False)}
    assert fitted(wanted, 400) == {0: 200, 1: 100, 2: 100}
    assert fitted(wanted, 500) == {0: 300, 1: 100, 2: 100}
    assert fitted(wanted, 320) == {0: 120, 1: 100, 2: 100}
    narrow = fitted(wanted, 260)
    assert sum(narrow.values()) <= 260
    assert narrow[1] >= 75
    assert sum(fitted(wanted, 50).values()) > 50


def test_a_spare_column_comes_back_with_the_room_and_is_not_forgotten(qtbot: QtBot) -> None:
    spare = Column[Line]("note", "备注", lambda line: line.name, width=300, spare=True)
    preferences = Preferences(None)
    view = LinesView("cases", "案件", preferences)
    qtbot.addWidget(view)
    view.show_model(LinesModel([*COLUMNS, spare]))
    view.show()
    view.resize(300, 300)
    assert view.isColumnHidden(2)
    assert view.horizontalScrollBar().maximum() == 0
    view.show_column(1, False)
    assert preferences.get("columns.cases") == "amount"
    view.show_column(1, True)
    view.resize(700, 300)
    assert not view.isColumnHidden(2)
