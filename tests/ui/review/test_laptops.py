"""The villages' laptops as a supervisor sees them: worst first, sorted, searched, and never for a
mediator.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from app.domain.ids import new_id
from app.services.incoming import LAPTOPS_AT_SETTING, LAPTOPS_SETTING
from app.services.laptops import told_laptops
from app.services.ports import UnitOfWork
from app.ui.review.laptops_pane import LaptopsPane
from app.ui.review.page import Workspace
from app.ui.runtime.marks import override
from app.wire.canonical import canonical
from app.wire.exchange2 import LaptopState, Waiting
from tests.fakes import NOON
from tests.ui.laptops import Laptop, laptop

DAY = timedelta(days=1)


def state(person: str, **more: object) -> LaptopState:
    known: dict[str, object] = {
        "device": new_id(),
        "person": person,
        "committee": "莲花镇人民调解委员会",
        "region": "",
        "state": "active",
        "app": "0.3.0",
        "last_contact": NOON - timedelta(hours=1),
        "clock_offset_ms": 900,
    }
    return LaptopState.model_validate(known | more)


FINE = state("王调解")
BUSY = state("李调解", waiting=Waiting(entries=2, entry_bytes=2_000))
SILENT = state(
    "赵调解",
    last_contact=NOON - 23 * DAY,
    began_at=NOON - timedelta(hours=2),
    clock_offset_ms=-3 * 3_600_000,
    waiting=Waiting(
        entries=41, entry_bytes=300_000, files=12, file_bytes=34_000_000, oldest_at=NOON - 25 * DAY
    ),
)
REFUSED = state("韦丽君", refused=2, committee="九溪镇人民调解委员会")
FORKED = state("孙调解", state="forked")
STRUCK_OFF = state("盘大姐", state="revoked", last_contact=NOON - 90 * DAY, refused=5)
NEVER = state("莫山雀", last_contact=None, clock_offset_ms=None)
ALL = (FINE, STRUCK_OFF, BUSY, SILENT, NEVER, REFUSED, FORKED)


def tell(one: Laptop, laptops: tuple[LaptopState, ...], at: datetime = NOON) -> None:
    def put(unit: UnitOfWork) -> None:
        told = canonical([it.model_dump(mode="json") for it in laptops]).decode()
        unit.settings.put(LAPTOPS_SETTING, told)
        unit.settings.put(LAPTOPS_AT_SETTING, at.astimezone(UTC).isoformat())
        unit.commit()

    one.do(put)


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Laptop]:
    del qtbot
    made = laptop(tmp_path, "office", role="supervisor")
    yield made
    made.close()
    assert made.doors.errors == []


def pane_of(qtbot: QtBot, one: Laptop, width: int = 1366) -> LaptopsPane:
    workspace = Workspace(one.desk)
    qtbot.addWidget(workspace)
    one.windows.append(workspace)
    workspace.resize(width, 700)
    workspace.show()
    qtbot.waitUntil(lambda: workspace.tabs.isVisible())
    workspace.focus_target("laptops")
    pane = workspace.laptops
    assert pane is not None
    qtbot.waitUntil(lambda: pane.laptops is not None)
    return pane


def people(pane: LaptopsPane) -> list[str]:
    return [line.person for line in pane.model.lines()]


def cell(pane: LaptopsPane, person: str, column: str) -> str:
    row = pane.model.row_of(lambda line: line.person == person)
    at = next(at for at, one in enumerate(pane.model.columns) if one.name == column)
    return str(pane.model.index(row, at).data())


def test_where_to_look_first_stands_first(office: Laptop) -> None:
    tell(office, ALL)
    told = office.do(told_laptops)
    assert [line.person for line in told.lines] == [
        "孙调解",
        "韦丽君",
        "莫山雀",
        "赵调解",
        "李调解",
        "王调解",
        "盘大姐",
    ]


def test_each_laptop_is_told_in_words(office: Laptop, qtbot: QtBot) -> None:
    tell(office, ALL, NOON - timedelta(minutes=30))
    pane = pane_of(qtbot, office)
    assert cell(pane, "赵调解", "contact") == "23 天前，后来没完成"
    assert cell(pane, "赵调解", "waiting") == "53 件，34.3 MB"
    assert cell(pane, "赵调解", "oldest") == "25 天"
    assert cell(pane, "赵调解", "clock") == "快了约 3 小时"
    assert cell(pane, "莫山雀", "contact") == "还没联系过"
    assert cell(pane, "王调解", "clock") == "准"
    assert cell(pane, "韦丽君", "refused") == "2 条"
    assert cell(pane, "孙调解", "state") == "停住了"
    assert cell(pane, "盘大姐", "state") == "已停用"
    assert "共 7 台" in pane.told.text()
    assert "30 分钟前" in pane.told.text()


def test_the_table_is_sorted_by_its_headers_and_stays_so(office: Laptop, qtbot: QtBot) -> None:
    tell(office, ALL)
    pane = pane_of(qtbot, office)
    header = pane.table.horizontalHeader()
    at = next(at for at, one in enumerate(pane.model.columns) if one.name == "waiting")
    header.sectionClicked.emit(at)
    header.sectionClicked.emit(at)
    assert people(pane)[:2] == ["赵调解", "李调解"]
    pane.refresh()
    before = pane.laptops
    qtbot.waitUntil(lambda: pane.laptops is not before)
    assert people(pane)[:2] == ["赵调解", "李调解"]


def test_it_is_searched_by_name_committee_and_initials(office: Laptop, qtbot: QtBot) -> None:
    tell(office, ALL)
    pane = pane_of(qtbot, office)
    pane.search.setText("wlj")
    qtbot.waitUntil(lambda: people(pane) == ["韦丽君"])
    pane.search.setText("zhao")
    qtbot.waitUntil(lambda: people(pane) == ["赵调解"])
    pane.search.setText("九溪")
    qtbot.waitUntil(lambda: people(pane) == ["韦丽君"])
    pane.search.setText("没有")
    qtbot.waitUntil(lambda: pane.none.isVisible())
    assert "清空上面的搜索" in pane.none.text.text()


def test_before_the_county_told_any_it_says_what_to_do(office: Laptop, qtbot: QtBot) -> None:
    pane = pane_of(qtbot, office)
    assert pane.none.isVisible()
    assert "和县局联系一次以后再来看" in pane.none.text.text()
    assert pane.told.text() == ""


def test_a_mediator_sees_no_laptops(tmp_path: Path, qtbot: QtBot) -> None:
    made = laptop(tmp_path, "village")
    try:
        tell(made, ALL)
        assert made.do(told_laptops).lines == ()
        workspace = Workspace(made.desk)
        qtbot.addWidget(workspace)
        workspace.show()
        qtbot.waitUntil(lambda: workspace.list.queue.role == "mediator")
        assert not workspace.tabs.isVisible()
    finally:
        made.close()


def test_the_tabs_are_reached_by_the_keyboard(office: Laptop, qtbot: QtBot) -> None:
    tell(office, ALL)
    workspace = Workspace(office.desk)
    qtbot.addWidget(workspace)
    office.windows.append(workspace)
    workspace.show()
    qtbot.waitUntil(lambda: workspace.tabs.isVisible())
    tabs = workspace.tabs
    assert isinstance(tabs, QTabBar)
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert workspace.laptops is not None
    assert workspace.laptops.isVisible()
    pane = workspace.laptops
    qtbot.waitUntil(lambda: pane.laptops is not None)


RAIL = 92  # px of the window


class InEnglish(QTranslator):
    """The longest titles, and the longest word for a state."""

    WORDS: ClassVar = {
        "谁": "Who",
        "调委会": "Committee",
        "状态": "State",
        "已停用": "Withdrawn",
        "上次联系": "Last contact",
        "没报的": "Not sent",
        "最早等了": "Waited",
        "没采用的": "Refused",
        "钟": "Clock",
        "版本": "Version",
        "卷宗": "Files",
        "各村电脑": "Village laptops",
    }

    @override
    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        del context, disambiguation, n
        return self.WORDS.get(source, "")


@pytest.fixture(params=["zh", "en"])
def either_language(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[None]:
    del qtbot
    translator = InEnglish()
    if request.param == "en":
        QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.mark.usefixtures("either_language")
@pytest.mark.parametrize("width", [1024, 1366])
def test_no_title_is_cut_and_nothing_is_scrolled(office: Laptop, qtbot: QtBot, width: int) -> None:
    tell(office, ALL)
    pane = pane_of(qtbot, office, width - RAIL)
    assert pane.table.horizontalScrollBar().maximum() == 0
    header = pane.table.horizontalHeader()
    for at, column in enumerate(pane.model.columns):
        if not pane.table.isColumnHidden(at):
            assert header.sectionSize(at) >= header.sectionSizeHint(at), column.title
            assert pane.model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    states = next(at for at, one in enumerate(pane.model.columns) if one.name == "state")
    widest = max(
        pane.table.sizeHintForIndex(pane.model.index(row, states)).width()
        for row in range(pane.model.rowCount())
    )
    assert header.sectionSize(states) >= widest
    workspace = office.windows[0]
    assert isinstance(workspace, Workspace)
    assert not [one for one in workspace.tabs.findChildren(QToolButton) if one.isVisible()]


def test_in_too_narrow_a_window_it_is_scrolled_and_no_title_is_cut(
    office: Laptop, qtbot: QtBot
) -> None:
    tell(office, ALL)
    pane = pane_of(qtbot, office, 560)
    header = pane.table.horizontalHeader()
    shown = [at for at in range(len(pane.model.columns)) if not pane.table.isColumnHidden(at)]
    assert pane.model.columns[shown[-1]].name == "clock"
    assert all(header.sectionSize(at) >= header.sectionSizeHint(at) for at in shown)
    assert pane.table.horizontalScrollBar().maximum() > 0


def test_made_up_moments_do_not_break_the_list(qtbot: QtBot, office: Laptop) -> None:
    made_up = ("2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
    bad = tuple(
        state(
            f"第{number}人",
            last_contact=written,
            began_at=NOON,
            clock_offset_ms=2**53 - 1,
            waiting={"entries": 1, "oldest_at": written},
        )
        for number, written in enumerate(made_up)
    )
    tell(office, (*bad, SILENT))
    pane = pane_of(qtbot, office)
    assert len(people(pane)) == 4
    for column in pane.model.columns:
        pane.table.sort_wanted.emit(column.name, False)
    for number in range(len(made_up)):
        assert cell(pane, f"第{number}人", "oldest") == ""
        assert cell(pane, f"第{number}人", "contact") == "联系没完成"
    assert cell(pane, "赵调解", "oldest")
