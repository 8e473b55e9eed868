"""The case page.

What stops somebody stands in words, what was typed comes back, and large cases open at once.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.cases import Case, Stage
from app.domain.ids import RecordId
from app.domain.parties import PartyRole
from app.domain.people import Person
from app.domain.problems import Problem, ProblemCode
from app.domain.reviews import Decision, Review
from app.services.ports import Practice
from app.ui.cases.next_step import NextStep, explained
from app.ui.cases.sections.facts import FactsForm
from app.ui.cases.targets import Target, parse, section_of
from app.ui.cases.workspace import Workspace
from app.ui.runtime.desk import Desk
from app.ui.runtime.problems import sentence
from app.ui.widgets.fields import LineField, TextField
from app.ui.widgets.forms import DraftKeeper
from app.ui.widgets.frame import Banner
from tests.fakes import MemoryStore
from tests.ui.cases.hands import opened, press, registered, seen, write
from tests.ui.cases.village import moment, person, person_id
from tests.ui.desks import Heard, make_desk

OPENS_WITHIN = 2.0  # seconds, with 200 parties


@pytest.fixture
def case_id(memory: MemoryStore) -> RecordId:
    return registered(memory.unit, person(1, "唐某"), person(2, "文某"))


def stored(memory: MemoryStore, case_id: RecordId) -> Case:
    case = memory.kept.records[("case", case_id)]
    assert isinstance(case, Case)
    return case


def facts_form(workspace: Workspace) -> FactsForm:
    editor = workspace.page().sections["facts"].editor
    assert editor is not None
    assert isinstance(editor.form, FactsForm)
    return editor.form


def line_of(form: FactsForm, name: str) -> LineField:
    field = form.fields[name]
    assert isinstance(field, LineField)
    return field


def test_one_line_says_who_against_whom_and_about_what(
    workspace: Workspace, case_id: RecordId
) -> None:
    opened(workspace, case_id)
    assert workspace.page().head.title.text() == "唐某 与 文某：装修掉物砸坏屋瓦"


def test_no_session_before_the_notice_is_said_beside_the_button_and_the_way_there(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    opened(workspace, case_id)
    page = workspace.page()
    press(page, "next-step")
    press(page.sections["acceptance"], "save")
    assert stored(memory, case_id).stage is Stage.ACCEPTED
    sessions = page.sections["sessions"]
    assert not sessions._open.isEnabled()  # type: ignore[attr-defined]
    words = seen(sessions)
    assert "告知" in words
    assert "《人民调解工作若干规定》第三十条" in words
    banner = sessions.findChildren(Banner)[-1]
    banner.pressed.emit()
    # Asked all the same (two windows, an old picture): the refusal is the same sentence.
    sessions.open_session()  # type: ignore[attr-defined]
    assert "告知" in seen(sessions)
    assert not [key for key in memory.kept.records if key[0] == "session"]


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    opened(workspace, case_id)
    workspace.page().sections["facts"].begin()
    form = facts_form(workspace)
    form.fields["occurred_on"].line.setText("2099-01-01")  # type: ignore[attr-defined]
    line_of(form, "matter").set_value("地界")
    workspace.save()
    assert form.fields["occurred_on"].problem_text()
    assert line_of(form, "matter").value() == "地界"
    assert stored(memory, case_id).matter == "装修掉物砸坏屋瓦"
    form.fields["occurred_on"].line.setText("2026-11-03")  # type: ignore[attr-defined]
    workspace.save()
    assert stored(memory, case_id).matter == "地界"
    assert workspace.page().sections["facts"].editor is None


def test_a_full_disk_keeps_the_form_open(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    opened(workspace, case_id)
    workspace.page().sections["facts"].begin()
    form = facts_form(workspace)
    line_of(form, "matter").set_value("地界")
    memory.refuse_commit = ProblemCode.DISK_FULL
    workspace.save()
    memory.refuse_commit = None
    assert "磁盘" in seen(workspace.page().sections["facts"])
    assert line_of(form, "matter").value() == "地界"
    workspace.save()
    assert stored(memory, case_id).matter == "地界"


def test_what_was_typed_comes_back_after_a_crash(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId, packs: Practice
) -> None:
    opened(workspace, case_id)
    workspace.page().sections["facts"].begin()
    editor = workspace.page().sections["facts"].editor
    assert editor is not None
    write(line_of(facts_form(workspace), "matter").line, "！")
    editor._keeper.keep()  # what the timer does within two seconds; then the power goes
    heard = Heard()
    again = Workspace(make_desk(memory.unit, packs, heard))
    again.resize(1270, 736)
    again.show()
    opened(again, case_id)
    form = facts_form(again)
    assert line_of(form, "matter").value() == "装修掉物砸坏屋瓦"
    banner = form.findChildren(Banner)[0]
    assert "还没有保存" in banner.text.text()
    banner.pressed.emit()
    assert "！" in line_of(form, "matter").value()
    again.save()
    assert "！" in stored(memory, case_id).matter
    assert memory.kept.drafts == {}
    again.close()
    again.deleteLater()
    assert heard.bugs == []


def test_leaving_the_case_keeps_what_was_typed(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    other = registered(memory.unit, person(3, "韦某"), person(4, "莫某"))
    opened(workspace, case_id)
    workspace.page().sections["facts"].begin()
    write(line_of(facts_form(workspace), "matter").line, "！")
    opened(workspace, other)
    assert workspace.page().sections["facts"].editor is None
    assert list(memory.kept.drafts) == [f"case:{case_id}"]
    opened(workspace, case_id)
    assert facts_form(workspace).findChildren(Banner)


def test_ctrl_z_says_again_what_was_saved(workspace: Workspace, case_id: RecordId) -> None:
    opened(workspace, case_id)
    workspace.page().sections["facts"].begin()
    form = facts_form(workspace)
    write(line_of(form, "matter").line, "！")
    workspace.undo()
    assert line_of(form, "matter").value() == "装修掉物砸坏屋瓦"


def test_a_missing_thing_leads_to_its_field(workspace: Workspace, case_id: RecordId) -> None:
    opened(workspace, case_id)
    page = workspace.page()
    page.go_to(str(Target("parties", "ethnicity", person_id(1))))
    editor = page.sections["parties"].editor
    assert editor is not None
    assert editor.form.fields["person"].value().name == "唐某"
    page.go_to("acceptance:accepted_on")
    assert page.sections["acceptance"].editor is not None


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("", Target("")),
        ("documents:oral_register", Target("documents", "oral_register")),
        ("agreement.clauses", Target("agreement", "clauses")),
        ("case.rights_notice", Target("notice", "rights_notice")),
        ("mediation_record", Target("sessions")),
        (str(Target("parties", "phone", "p-1")), Target("parties", "phone", "p-1")),
        (str(Target("parties", "", "p-1")), Target("parties", "", "p-1")),
    ],
)
def test_a_target_is_read_back(target: str, wanted: Target) -> None:
    assert parse(target) == wanted


def test_what_nobody_knows_stands_with_the_facts() -> None:
    assert section_of("case", "matter") == "facts"
    assert section_of("something", "else") == "facts"


def test_somebody_elses_case_can_only_be_read(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    memory.kept.owners[("case", case_id)] = "another-laptop"
    opened(workspace, case_id)
    page = workspace.page()
    assert "只能看" in seen(page.head)
    assert not page.head.main_button.isVisible()
    for section in page.sections.values():
        section.begin()
        assert section.editor is None


def test_a_returned_file_says_why_on_top_and_is_handed_in_again(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    case = stored(memory, case_id)
    memory.kept.records[("case", case_id)] = replace(
        case, stage=Stage.CLOSED, accepted_on=case.reported_on
    )
    review = Review(
        id=RecordId("r"),
        case_id=case_id,
        decision=Decision.RETURNED,
        at=moment(),
        author="某司法所 秦某",
        text="缺一方的电话，请补上。",
        target="agreement.clauses",
    )
    memory.kept.records[("review", review.id)] = review
    opened(workspace, case_id)
    page = workspace.page()
    words = seen(page.head)
    assert "某司法所 秦某" in words
    assert "缺一方的电话，请补上。" in words
    page.take_step(NextStep.RESUBMIT)
    editor = page.sections["closing"].editor
    assert editor is not None
    note = editor.form.fields["note"]
    assert isinstance(note, TextField)
    note.set_value("电话补上了。")
    press(editor, "save")
    submitted = [one for key, one in memory.kept.records.items() if key[0] == "submission"]
    assert [one.note for one in submitted] == ["电话补上了。"]  # type: ignore[union-attr]
    assert "缺一方的电话，请补上。" not in seen(page.head)


def test_two_hundred_parties_open_at_once(workspace: Workspace, memory: MemoryStore) -> None:
    people = [person(number, f"村民{'甲乙丙丁'[number % 4]}") for number in range(200)]
    case_id = registered(memory.unit, *people)
    begun = perf_counter()
    opened(workspace, case_id)
    workspace.grab()
    assert perf_counter() - begun < OPENS_WITHIN
    parties = workspace.page().sections["parties"]
    assert "200" in parties._more.text()  # type: ignore[attr-defined]
    begun = perf_counter()
    parties._more.click()  # type: ignore[attr-defined]
    workspace.page().sections["acceptance"].begin()
    workspace.page().sections["notice"].begin()
    workspace.grab()
    assert perf_counter() - begun < OPENS_WITHIN


def test_ten_megabytes_are_declined_in_words_and_at_once(
    workspace: Workspace, case_id: RecordId
) -> None:
    opened(workspace, case_id)
    workspace.page().sections["facts"].begin()
    facts = facts_form(workspace).fields["facts"]
    assert isinstance(facts, TextField)
    before = facts.value()
    data = QMimeData()
    data.setText("地界" * 2_000_000)
    begun = perf_counter()
    facts.text.insertFromMimeData(data)
    assert perf_counter() - begun < 1.0
    assert "太长" in facts.problem_text()
    assert facts.value() == before


def test_one_person_on_both_sides_is_refused_at_the_person(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId
) -> None:
    opened(workspace, case_id)
    page = workspace.page()
    press(page.sections["parties"], "add-party")
    editor = page.sections["parties"].editor
    assert editor is not None
    known = memory.kept.records[("person", person_id(1))]
    assert isinstance(known, Person)
    editor.form.set_values({"role": PartyRole.RESPONDENT.value, "person": known})
    press(editor, "save")
    assert "两边" in seen(editor) or "同一个人" in seen(editor) or "一方" in seen(editor)
    assert page.sections["parties"].editor is editor


def test_keys_reach_the_workspace(workspace: Workspace, desk: Desk) -> None:
    QTest.keySequence(workspace, QKeySequence("Ctrl+Shift+N"))
    assert workspace._oral is not None
    assert workspace._oral.isVisible()
    QTest.keySequence(workspace, QKeySequence("Esc"))
    assert not workspace.stack.isVisible()
    workspace.focus_target("new")
    assert workspace._new is not None
    assert workspace._new.isVisible()
    assert desk.language == "zh_CN"


@pytest.mark.parametrize(("width", "beside"), [(928, True), (1004, False), (1270, True)])
def test_the_margin_stands_beside_or_above_and_no_window_grows(
    workspace: Workspace, case_id: RecordId, width: int, beside: bool
) -> None:
    workspace.resize(width, 608)
    opened(workspace, case_id)
    QCoreApplication.sendPostedEvents()
    workspace.grab()
    page = workspace.page()
    assert (page._side.widget() is page.margin) is beside
    assert page.margin.isVisible()
    assert workspace.width() == width
    workspace.show_list()
    assert workspace.width() == width


def test_after_saving_the_cursor_stands_on_the_next_step(
    workspace: Workspace, case_id: RecordId
) -> None:
    opened(workspace, case_id)
    button = workspace.page().head.main_button
    workspace.page().go_to("facts:matter")
    write(line_of(facts_form(workspace), "matter").line, "滴水")
    workspace.save()
    assert workspace.page().sections["facts"].editor is None
    workspace.page().open_case(case_id)  # as the window does when it hears of the change
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert workspace.page().sections["acceptance"].editor is not None


def test_after_leaving_a_form_the_cursor_stays_at_its_section(
    workspace: Workspace, case_id: RecordId
) -> None:
    opened(workspace, case_id)
    workspace.page().go_to("facts:matter")
    press(workspace, "leave-form")
    assert workspace.page().sections["facts"].hasFocus()


def test_a_file_that_cannot_be_bound_names_the_first_gap_and_leads_to_it() -> None:
    facts: dict[str, str | int] = {"count": 2, "gap": "person.phone", "owner_id": "0199"}
    stop = explained(Problem(ProblemCode.NOT_COMPLETE, "", facts))
    said = sentence(stop.problem, "zh")
    assert "归档" in said
    assert "报送" not in said
    assert "电话" in said
    assert parse(stop.cure) == Target("parties", "phone", "0199")


def test_a_form_that_was_saved_stays_closed_though_a_draft_of_it_was_kept(
    memory: MemoryStore, packs: Practice, heard: Heard, qtbot: QtBot, case_id: RecordId
) -> None:
    """With workers of their own: the page reads the case again while the draft is being dropped."""
    desk = make_desk(memory.unit, packs, heard, instant=False)
    workspace = Workspace(desk)
    qtbot.addWidget(workspace)
    workspace.show()
    try:
        with qtbot.waitSignal(workspace.page().shown):
            workspace.open_case(case_id)
        section = workspace.page().sections["facts"]
        section.begin()
        form = facts_form(workspace)
        line_of(form, "occurred_place").line.setText("晒谷坪")
        keeper = form.findChild(DraftKeeper)
        assert keeper is not None
        keeper.keep()
        qtbot.waitUntil(lambda: bool(memory.kept.drafts))
        with qtbot.waitSignal(workspace.page().shown):
            section.save()
        qtbot.waitUntil(lambda: not memory.kept.drafts)
        assert stored(memory, case_id).occurred_place == "晒谷坪"
        assert section.editor is None
    finally:
        desk.jobs.stop()
