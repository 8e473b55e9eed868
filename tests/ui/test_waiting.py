"""Waiting: each entry in words, what needs a person first, and never more than the journal says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.domain.ids import RecordId
from app.services.lines import Delivery, SyncStatus, WaitingLine
from app.ui.runtime.desk import Desk
from app.ui.runtime.problems import sentence_of_code
from app.ui.waiting.actions import Tail
from app.ui.waiting.page import Workspace
from app.ui.widgets.frame import Banner
from app.ui.widgets.sizes import size_words
from tests.ui.desks import Heard

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
WAITS = WaitingLine(
    seq=7,
    at=AT,
    act="case.saved",
    case_id=RecordId("0190-a"),
    case_title="王某与李某邻里纠纷",
    size=2400,
    delivery=Delivery.WAITING,
)
CONFLICT = replace(
    WAITS,
    seq=8,
    act="session.saved",
    case_id=RecordId("0190-b"),
    delivery=Delivery.ATTENTION,
    problem="verdict_conflict",
)
NO_CASE = replace(WAITS, seq=9, act="person.saved", case_id=None, case_title="", size=900_000)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Workspace:
    page = Workspace(desk)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


def show(page: Workspace, *lines: WaitingLine, **status: Any) -> None:
    page._show(Tail(lines, SyncStatus(**{"enrolled": True, **status})))


def text(page: Workspace, row: int) -> list[str]:
    model = page.model
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_entries_in_words_and_who_needs_somebody_first(page: Workspace) -> None:
    show(page, WAITS, CONFLICT, NO_CASE)
    assert text(page, 0)[0] == "改了调解记录"
    assert text(page, 1) == [
        "改了案件内容",
        "王某与李某邻里纠纷",
        "2026-11-20 12:00",
        "2 kB",
        "待上报",
    ]
    assert text(page, 2)[1] == "—"
    assert page.total.text() == "共 3 条，0.9 MB；其中 1 条需要处理，排在最前面"


def test_the_reason_and_the_way_on(page: Workspace, heard: Heard) -> None:
    show(page, WAITS, CONFLICT)
    assert page.detail.text.text() == sentence_of_code("verdict_conflict", "zh_CN")
    assert page.detail.open.text() == "打开对照"
    page.detail.open.click()
    assert heard.opened == [("0190-b", "")]
    page.table.choose_row(1)
    assert "回执" in page.detail.text.text()
    page.table.opened.emit(WAITS)
    assert heard.opened[-1] == ("0190-a", "")


def test_an_entry_without_a_case_opens_none(page: Workspace, heard: Heard) -> None:
    show(page, NO_CASE)
    page.table.choose_row(0)
    assert page.detail.open.isHidden()
    page.table.opened.emit(NO_CASE)
    assert heard.opened == []


def test_nothing_waits(page: Workspace) -> None:
    show(page)
    assert page.empty.isVisibleTo(page)
    assert "回执都齐了" in page.empty.text.text()
    assert page.send.isVisibleTo(page)


def test_not_enrolled_leads_to_the_county(page: Workspace, heard: Heard) -> None:
    show(page, enrolled=False)
    assert page.empty.isVisibleTo(page)
    assert not page.send.isVisibleTo(page)
    page.empty.button.click()
    assert heard.went == [("settings", "county")]


def test_send_now(page: Workspace, heard: Heard) -> None:
    show(page, WAITS)
    page.send.click()
    assert heard.sent == 1


def test_an_entry_is_gone_to(page: Workspace) -> None:
    page.focus_target("9")
    show(page, WAITS, NO_CASE)
    assert page.table.currentIndex().row() == 1


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 kB"), (1, "1 kB"), (2400, "2 kB"), (99_999, "100 kB"), (12_340_000, "12.3 MB")],
)
def test_sizes(size: int, words: str) -> None:
    assert size_words(size) == words


def test_records_of_a_laptop_that_is_not_enrolled_are_shown_as_what_they_are(
    page: Workspace, heard: Heard
) -> None:
    show(page, replace(WAITS, delivery=Delivery.HERE), enrolled=False)
    banner = page.findChild(Banner)
    assert isinstance(banner, Banner)
    assert "只在本机" in banner.accessibleName()
    assert text(page, 0)[-1] == "已保存在本机"
    banner.pressed.emit()
    assert heard.went == [("settings", "county")]
