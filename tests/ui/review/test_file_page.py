"""The supervisor's file page shows all that belongs to a file, and turns what the review sheet
misses into a remark at its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget

from app.domain.attachments import AttachmentKind
from app.domain.file_review import Lacking, Place
from app.domain.ids import RecordId
from app.paths import resources
from app.services.ports import Practice
from app.storage.packs import load_practice
from app.ui.cases.targets import parse
from app.ui.review.actions import make_file, read_file
from app.ui.review.file_page import FilePage
from app.ui.review.page import Workspace
from app.ui.review.targets import target_name, target_of
from app.ui.runtime.desk import Desk
from tests.fakes import MemoryStore
from tests.ui.desks import Heard, make_desk
from tests.ui.review.whole_file import REASON, STALE, keep_foreign, whole_file
from tests.unit.documents.worked_case import rid


@pytest.fixture(scope="session")
def packs() -> Practice:
    return load_practice(resources())


@pytest.fixture
def desk(memory: MemoryStore, heard: Heard, packs: Practice) -> Desk:
    return make_desk(memory.unit, packs, heard)


@pytest.fixture
def page(memory: MemoryStore, desk: Desk, heard: Heard, packs: Practice) -> Iterator[FilePage]:
    """The page of a whole file, at a supervisor's."""
    case_id = keep_foreign(memory, whole_file(packs))
    workspace = Workspace(desk)
    workspace.resize(1600, 900)
    workspace.show()
    workspace.open_file(case_id)
    assert workspace.page is not None
    yield workspace.page
    workspace.close_page()
    workspace.close()
    workspace.deleteLater()
    assert heard.bugs == []


def section(page: FilePage, key: str) -> str:
    """All words of one section."""
    found = next(one for one in page.sections if one.key == key)
    return words_of(found)


def words_of(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def verbs(widget: QWidget, text: str) -> list[QAbstractButton]:
    return [one for one in widget.findChildren(QAbstractButton) if one.text() == text]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("acceptance", ("2026-02-28，口头申请",)),
        (
            "investigations",
            ("晒谷坪", "邻居", "问：那天您看见什么了？", "答：听见一声响", "没有写"),
        ),
        ("evidence", ("2. 买瓦的收据", "原件", "瓦的价钱", "核对人 韦丽君 2026-03-03", "碎瓦")),
        ("agreement", ("石大山 → 田有根　¥10,000.00　2026-03-15　做到了", "已付 ¥15,000.00")),
        (
            "agreement",
            (
                "田有根：每条都确认了",
                "石大山：确认了第 1 条",
                f"保留的理由：{REASON}　韦丽君",
                STALE.reason,
            ),
        ),
        ("agreement", ("第 1 页、第 2 页（未核对）",)),
        ("confirmation", ("竹溪县人民法院", "确认有效，2026-04-01", "民特5号")),
        ("follow_up", ("履行凭证，石大山 → 田有根，¥10,000.00", "回访，")),
        ("letters", ("移送函", "移字第001号", "秦所长　2026-03-04", "没有收：说要先问儿子")),
        ("letters", ("受理了　2026-03-06　秦所长　已派人看过。",)),
        ("closing", ("齐全", "韦丽君　2026-04-22")),
    ],
)
def test_everything_that_belongs_to_the_file_is_shown(
    page: FilePage, key: str, words: tuple[str, ...]
) -> None:
    said = section(page, key)
    for one in words:
        assert one in said


def test_what_was_voided_or_is_of_another_text_is_not_shown(page: FilePage) -> None:
    assert "拍错了的" not in section(page, "evidence")
    assert "第 3 页" not in section(page, "agreement")


def test_pictures_that_have_not_come_yet_are_said_to(page: FilePage) -> None:
    assert "个文件还没取到" in section(page, "evidence")
    assert page.papers is not None
    assert not page.papers.absent.isHidden()


def test_pictures_that_are_here_need_no_excuse(
    memory: MemoryStore, desk: Desk, packs: Practice
) -> None:
    file = replace(whole_file(packs), attachments=())
    case_id = keep_foreign(memory, file)
    with memory.unit() as unit:
        view = read_file(case_id, packs)(unit)
    assert view.absent == frozenset()
    made = FilePage(desk, view)
    assert "没有传来" not in words_of(made)
    made.leave()
    made.deleteLater()


def test_the_prints_are_listed_with_how_they_came_out(page: FilePage) -> None:
    assert page.prints is not None
    said = words_of(page.prints)
    assert "印坏 2 张：卡纸" in said
    assert "印好了" in said
    assert said.index("印好了") < said.index("印坏"), "newest first"


def test_a_waiver_tells_what_was_warned_of(page: FilePage, packs: Practice) -> None:
    agreement = page.view.file.agreements[0]
    assert len(page.view.waived[agreement.id]) == 1, "the stale one covers nothing any more"
    said = section(page, "agreement")
    assert "“尽快”说不清" in said
    assert "提醒过的那句话后来改了。" in said


def test_the_sheet_shows_light_points_and_items(page: FilePage) -> None:
    assert page.light is not None
    assert page.view.light is not None
    said = words_of(page.light)
    assert f"现在 {page.view.light.points} 分" in said
    for one in page.view.light.items:
        assert one.zh in said


def test_one_press_makes_a_remark_at_its_place(page: FilePage) -> None:
    assert page.light is not None
    assert page.remark is not None
    light = page.view.light
    assert light is not None
    ways = verbs(page.light, "写成意见")
    assert len(ways) == sum(
        len(found)
        for found in (light.fatal, light.lacking, light.lost, light.asked, light.subsidy.lacking)
    )
    first = next(one for one in (*light.fatal, *light.lacking, *light.lost) if one.place)
    way = next(one for one in ways if first.zh in one.accessibleName())
    way.setFocus()
    QTest.keyClick(way, Qt.Key.Key_Space)
    assert page.remark.target.value() == target_of(first.places[0])
    assert first.zh in page.remark.text.value()
    assert first.advice_zh in page.remark.text.value()
    assert page.remark.text.text.hasFocus(), "the words can be changed at once"


def test_a_second_press_adds_a_line_that_names_its_place(page: FilePage) -> None:
    assert page.remark is not None
    page.remark.propose("agreement.clauses.0", "写清楚哪天付。")
    page.remark.propose("evidence", "缺一张照片。")
    assert page.remark.target.value() == "agreement.clauses.0"
    assert page.remark.text.value() == "写清楚哪天付。\n证据：缺一张照片。"


def test_a_lacking_place_leads_the_mediator_to_its_very_record() -> None:
    target = target_of(Place("session", rid(30), "steps.result"))
    assert target_name(target, "zh_CN") == "调解会 · 调解结果"
    there = parse(target)
    assert (there.section, there.field, there.owner_id) == ("sessions", "steps.result", rid(30))
    hand = Place("agreement", rid(40), f"sign_offs.{rid(20)}")
    assert target_name(target_of(hand), "zh_CN") == "调解协议 · 签字"
    assert target_of(Place("case", rid(1), "facts")) == "case.facts"
    assert parse("case.facts").section == "facts"


def test_a_person_is_named_in_the_remark(page: FilePage) -> None:
    assert page.light is not None
    person_id, person = next(iter(page.view.file.people.items()))
    one = Lacking(
        "x",
        "写了住址",
        "no address",
        "补上。",
        "Add it.",
        places=(Place("person", person_id, "address"),),
    )
    said = page.light._remark(page.view.file, one)
    assert said == f"{person.name}：补上。（评分表：写了住址）"


def test_every_bound_paper_has_a_button_and_the_whole_file_too(page: FilePage) -> None:
    assert page.papers is not None
    named = {one.text() for one in page.papers.findChildren(QAbstractButton)}
    assert {"卷宗封面", "调查记录", "证据材料登记表", "司法确认申请书", "看整卷"} & named >= {
        "看整卷"
    }
    assert len(page.view.papers) == len({(p.kind, p.subject_id) for p in page.view.papers})
    QTest.mouseClick(page.papers.whole, Qt.MouseButton.LeftButton)
    assert not page.papers.preview.isHidden()
    assert page.papers.preview.page_count() >= len(page.view.papers)


def test_the_whole_file_is_exported_without_a_trace(
    page: FilePage, memory: MemoryStore, packs: Practice, desk: Desk
) -> None:
    assert page.papers is not None
    before = list(memory.acts)
    QTest.mouseClick(page.papers.export, Qt.MouseButton.LeftButton)
    dialogs = page.papers.findChildren(QFileDialog)
    assert len(dialogs) == 1
    dialogs[0].reject()
    with memory.unit() as unit:
        made = make_file(desk.printshop, page.case_id, packs)(unit)
    assert made.parts
    assert memory.acts == before
    assert len(page.view.file.printings) == 2


@pytest.mark.parametrize(("width", "beside"), [(1600, True), (840, False)])
def test_the_sheet_stands_beside_or_among_the_sections(
    page: FilePage, width: int, beside: bool
) -> None:
    window = page.window()
    window.resize(width, 700)
    assert page.light is not None
    assert page.light.isVisible()
    assert page.area.isAncestorOf(page.light) is not beside


def test_signed_pages_stand_with_their_paper_not_among_the_pictures(page: FilePage) -> None:
    kinds = {one.kind for one in page.view.file.attachments}
    assert AttachmentKind.SIGNED_PAGE in kinds
    assert "签字页" not in section(page, "evidence")


def test_own_files_show_what_was_said_alone(
    memory: MemoryStore, desk: Desk, packs: Practice
) -> None:
    case_id: RecordId = keep_foreign(memory, whole_file(packs))
    with memory.unit() as unit:
        view = replace(read_file(case_id, packs)(unit), foreign=False, role="mediator")
    made = FilePage(desk, view)
    assert made.light is None
    assert made.sections == []
    assert made.papers is None
    made.deleteLater()
