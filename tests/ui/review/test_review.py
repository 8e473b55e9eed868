"""The review workspace between two real stores: read, returned, seen, mended, approved; and who may
not decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, Refused
from app.domain.reviews import Decision, ReviewState
from app.services.lines import CaseQuery
from app.services.ports import UnitOfWork
from app.services.reviews import submit_file
from app.ui.review import actions
from app.ui.review.file_page import FilePage
from app.ui.review.page import Workspace
from app.ui.review.targets import target_name
from app.ui.review.view import talk
from tests.ui.laptops import Laptop, agreed_case, card_number, carry, laptop, person

ID_NO = card_number()
PIN = "说说这里"


@pytest.fixture
def village(tmp_path: Path, qtbot: QtBot) -> Iterator[Laptop]:
    del qtbot
    made = laptop(tmp_path, "village")
    yield made
    made.close()
    assert made.doors.errors == []


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Laptop]:
    del qtbot
    made = laptop(tmp_path, "office", role="supervisor")
    yield made
    made.close()
    assert made.doors.errors == []


@pytest.fixture
def case_id(village: Laptop, office: Laptop) -> RecordId:
    """A case that was handed in and has reached the office."""
    made = agreed_case(village, person("韦石生", id_no=ID_NO), person("莫山雀", sex="2"))
    carry(village, office)
    return made


def workspace_of(qtbot: QtBot, one: Laptop, width: int = 1600) -> Workspace:
    made = Workspace(one.desk)
    qtbot.addWidget(made)
    one.windows.append(made)
    made.resize(width, 900)
    made.show()
    return made


def opened(qtbot: QtBot, workspace: Workspace, case_id: RecordId) -> FilePage:
    workspace.focus_target(f"case:{case_id}")
    qtbot.waitUntil(lambda: workspace.page is not None)
    assert workspace.page is not None
    return workspace.page


def words_of(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def press(qtbot: QtBot, widget: QWidget, accessible: str) -> None:
    found = [
        one for one in widget.findChildren(QAbstractButton) if one.accessibleName() == accessible
    ]
    assert len(found) == 1
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def state_of(one: Laptop, case_id: RecordId) -> ReviewState:
    return one.do(lambda unit: unit.records.case_file(case_id).review_state())


def test_the_queue_shows_what_was_handed_in_and_filters(
    village: Laptop, office: Laptop, case_id: RecordId, qtbot: QtBot
) -> None:
    agreed_case(village, person("赵一"), person("钱二"), handed_in=False)
    carry(village, office)
    workspace = workspace_of(qtbot, office)
    model = workspace.list.model
    fail = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fail)
    qtbot.waitUntil(lambda: [one.id for one in model.lines()] == [case_id])
    workspace.focus_target("approved")
    qtbot.waitUntil(lambda: model.lines() == [])
    assert not workspace.list.none.isHidden()
    workspace.focus_target("submitted")
    qtbot.waitUntil(lambda: len(model.lines()) == 1)
    del tester


def test_the_queue_is_searched_by_initials(office: Laptop, case_id: RecordId, qtbot: QtBot) -> None:
    workspace = workspace_of(qtbot, office)
    workspace.list.search.setText("wss")
    workspace.list.refresh()
    qtbot.waitUntil(lambda: [one.id for one in workspace.list.model.lines()] == [case_id])
    workspace.list.search.setText("没有")
    qtbot.waitUntil(lambda: workspace.list.model.lines() == [])


def test_the_queue_can_show_one_committee(office: Laptop, case_id: RecordId) -> None:
    asked = CaseQuery(review_states=actions.UNDER_REVIEW)
    queue = office.do(actions.read_queue(asked))
    assert len(queue.committees) == 1
    assert [one.id for one in queue.lines] == [case_id]
    assert office.do(actions.read_queue(asked, queue.committees[0])).lines == queue.lines
    assert office.do(actions.read_queue(asked, "别的调委会")).lines == ()


def test_the_file_is_read_whole_and_numbers_are_masked(
    office: Laptop, case_id: RecordId, qtbot: QtBot
) -> None:
    page = opened(qtbot, workspace_of(qtbot, office), case_id)
    said = words_of(page)
    for words in (
        "韦石生与莫山雀",
        "讲了相邻关系",
        "第 1 条",
        "肆佰元整",
        "还缺：调委会（盖章）",
        "报送审核",
    ):
        assert words in said
    assert ID_NO not in said
    assert "13800001234" not in said
    assert ID_NO[:6] + "*" * 8 + ID_NO[-4:] in said


def test_the_file_says_what_is_missing(office: Laptop, case_id: RecordId, qtbot: QtBot) -> None:
    page = opened(qtbot, workspace_of(qtbot, office), case_id)
    said = words_of(page.missing)
    assert "说明调解方式和纪律" in said
    assert "调委会盖章" in said


def test_a_return_needs_words(office: Laptop, case_id: RecordId, qtbot: QtBot) -> None:
    page = opened(qtbot, workspace_of(qtbot, office), case_id)
    assert page.remark is not None
    QTest.mouseClick(page.remark.send_back, Qt.MouseButton.LeftButton)
    text = page.remark.text
    qtbot.waitUntil(lambda: text.problem_text() != "")
    assert state_of(office, case_id) is ReviewState.SUBMITTED


def test_a_return_pinned_to_a_clause_reaches_the_mediator_and_is_mended_and_approved(
    village: Laptop, office: Laptop, case_id: RecordId, qtbot: QtBot
) -> None:
    desk = workspace_of(qtbot, office)
    page = opened(qtbot, desk, case_id)
    assert page.remark is not None
    press(qtbot, page, "在这里留意见：第 1 条")
    assert page.remark.target.value() == "agreement.clauses.0"
    page.remark.text.text.setPlainText("写清楚什么时候付。")
    QTest.mouseClick(page.remark.send_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.state.text() == "退回修改")
    assert page.sending.text() == "您的意见：待上报"
    assert not page.remark.approve.isEnabled()
    assert page.remark.text.value() == ""

    carry(office, village)
    own = opened(qtbot, workspace_of(qtbot, village), case_id)
    assert own.remark is None
    assert own.sections == []
    assert "写清楚什么时候付。" in words_of(own.talk)
    press(qtbot, own, "去改这一处：调解协议 · 协议内容（第 1 条）")
    assert village.opened == [(case_id, "agreement.clauses.0")]

    village.do(lambda unit: submit_file(unit, case_id, "改好了。"))
    carry(village, office)
    desk.close_page()
    again = opened(qtbot, desk, case_id)
    assert "改好了。" in words_of(again.talk)
    assert again.remark is not None
    QTest.mouseClick(again.remark.approve, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: again.state.text() == "审核通过")
    carry(office, village)
    assert state_of(village, case_id) is ReviewState.APPROVED


def test_a_remark_leaves_the_file_waiting(office: Laptop, case_id: RecordId, qtbot: QtBot) -> None:
    page = opened(qtbot, workspace_of(qtbot, office), case_id)
    assert page.remark is not None
    page.remark.text.text.setPlainText("事实写得清楚。")
    QTest.mouseClick(page.remark.remark, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "事实写得清楚。" in words_of(page.talk))
    assert state_of(office, case_id) is ReviewState.SUBMITTED
    assert page.remark.approve.isEnabled()


def test_words_not_given_yet_are_kept(office: Laptop, case_id: RecordId, qtbot: QtBot) -> None:
    workspace = workspace_of(qtbot, office)
    page = opened(qtbot, workspace, case_id)
    assert page.remark is not None
    page.remark.point_at("parties")
    page.remark.text.text.setPlainText("还没写完")
    workspace.close_page()
    key = f"review:{case_id}"
    qtbot.waitUntil(lambda: bool(office.do(lambda unit: unit.drafts.find(key))))
    draft = office.do(lambda unit: unit.drafts.find(key))
    assert draft is not None
    assert "还没写完" in draft.body
    assert "parties" in draft.body


def test_a_mediator_has_no_verbs_and_is_refused(
    village: Laptop, case_id: RecordId, qtbot: QtBot
) -> None:
    workspace = workspace_of(qtbot, village)
    page = opened(qtbot, workspace, case_id)
    assert page.remark is None
    texts = {one.text() for one in page.findChildren(QAbstractButton)}
    assert not texts & {"审核通过", "退回修改", "留意见", PIN}
    with pytest.raises(Refused) as refused:
        village.do(actions.decide(case_id, Decision.APPROVED, "", ""))
    assert refused.value.first.code is ProblemCode.NOT_YOURS
    assert state_of(village, case_id) is ReviewState.SUBMITTED


def test_only_a_supervisor_sees_the_verbs_on_a_strangers_file(
    office: Laptop, case_id: RecordId, qtbot: QtBot
) -> None:
    def hire(unit: UnitOfWork) -> None:
        unit.settings.put("actor.role", "mediator")
        unit.commit()

    office.do(hire)
    page = opened(qtbot, workspace_of(qtbot, office), case_id)
    assert page.view.foreign
    assert page.remark is None
    assert all(one.isHidden() for one in page.findChildren(QAbstractButton) if one.text() == PIN)


def test_a_refused_decision_says_why_and_keeps_the_words(
    office: Laptop, case_id: RecordId, qtbot: QtBot
) -> None:
    page = opened(qtbot, workspace_of(qtbot, office), case_id)
    assert page.remark is not None
    office.do(actions.decide(case_id, Decision.APPROVED, "", ""))  # decided elsewhere meanwhile
    page.remark.text.text.setPlainText("退回去")
    QTest.mouseClick(page.remark.send_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.remark is not None and page.remark.text.problem_text() != "")
    assert page.remark.text.value() == "退回去"
    page.remark.keeper.drop()


def test_a_paper_is_shown_as_it_prints(office: Laptop, case_id: RecordId, qtbot: QtBot) -> None:
    page = opened(qtbot, workspace_of(qtbot, office), case_id)
    assert page.papers is not None
    preview = page.papers.preview
    with qtbot.waitSignal(preview.shown):
        found = [
            one for one in page.papers.findChildren(QAbstractButton) if one.text() == "调解协议书"
        ]
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    assert [kind for kind, _ in office.shop.asked] == ["written_agreement"]
    assert preview.page_count() == 1


def test_what_arrives_meanwhile_is_shown(
    village: Laptop, office: Laptop, case_id: RecordId, qtbot: QtBot
) -> None:
    office.do(actions.decide(case_id, Decision.RETURNED, "请补回访。", "follow_up"))
    workspace = workspace_of(qtbot, village)
    page = opened(qtbot, workspace, case_id)
    assert page.state.text() == "等待审核"
    carry(office, village)
    change = village.do(lambda unit: unit.lists.status())
    assert change.returned == 1
    from app.services.lines import Change

    village.desk.changes.happened.emit(Change(kinds=frozenset({"review"})))
    qtbot.waitUntil(lambda: page.state.text() == "退回修改")
    qtbot.waitUntil(lambda: workspace.list.model.lines()[0].review_state is ReviewState.RETURNED)


def test_remarks_and_answers_stand_in_the_order_of_their_links(
    village: Laptop, office: Laptop, case_id: RecordId
) -> None:
    office.do(actions.decide(case_id, Decision.RETURNED, "一", ""))
    carry(office, village)
    village.do(lambda unit: submit_file(unit, case_id, "二"))
    carry(village, office)
    office.do(actions.decide(case_id, Decision.APPROVED, "三", ""))
    said = talk(office.do(lambda unit: unit.records.case_file(case_id)))
    assert [getattr(one, "text", "") or getattr(one, "note", "") for one in said] == [
        "请审核。",
        "一",
        "二",
        "三",
    ]


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("", "整个卷"),
        ("parties", "当事人"),
        ("agreement.clauses.1", "调解协议 · 协议内容（第 2 条）"),
        ("session.steps.accounts", "调解会 · 双方各自陈述"),
        ("written_agreement", "调解协议书"),
        ("something.newer", "something · newer"),
    ],
)
def test_every_target_has_a_name(target: str, name: str) -> None:
    assert target_name(target, "zh_CN") == name


def test_in_a_narrow_window_the_list_gives_way(
    office: Laptop, case_id: RecordId, qtbot: QtBot
) -> None:
    workspace = workspace_of(qtbot, office, width=1024)
    page = opened(qtbot, workspace, case_id)
    assert workspace.list.isHidden()
    QTest.mouseClick(page.back_button, Qt.MouseButton.LeftButton)
    assert not workspace.list.isHidden()


def test_nothing_to_review_says_what_happens_next(office: Laptop, qtbot: QtBot) -> None:
    workspace = workspace_of(qtbot, office)
    qtbot.waitUntil(lambda: workspace.list.queue.supervises)
    assert "还没有报上来的卷" in workspace.list.none.text.text()
    assert workspace.list.contact.text() == "还没有和县局联系上过。"


@pytest.mark.parametrize("width", [1040, 1180, 1266])
def test_no_column_is_cut_in_a_small_window(
    office: Laptop, case_id: RecordId, qtbot: QtBot, width: int
) -> None:
    del case_id
    table = workspace_of(qtbot, office, width).list.table
    qtbot.waitUntil(lambda: table.lines_model().rowCount() > 0)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
