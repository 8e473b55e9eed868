"""The investigation records: written from the keyboard alone, kept when the power fails, voided
with a reason, and nothing to press in somebody else's case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain.cases import Case, Stage
from app.domain.ids import RecordId
from app.domain.investigations import Exchange, Investigation
from app.services.drafts import keep_draft
from app.ui.cases.exchanges_field import ExchangesField
from app.ui.cases.investigation_form import (
    InvestigationForm,
    investigation_from,
    investigation_values,
)
from app.ui.cases.sections.investigations import InvestigationsSection
from app.ui.cases.targets import Target, parse, section_of
from app.ui.runtime.desk import Desk
from app.ui.widgets.fields import LineField
from tests.fakes import MemoryStore
from tests.ui.cases.alone import Alone, file_of, view_of
from tests.ui.cases.hands import find, press, registered, seen, write
from tests.ui.cases.village import person
from tests.ui.desks import Heard

TALK = Investigation(
    id=RecordId("i"),
    case_id=RecordId("k"),
    ordinal=1,
    held_on=date(2026, 11, 20),
    begun_at=time(9, 30),
    place="村口",
    relation="邻居",
    others="村民组长",
    matter="滴水",
    exchanges=(Exchange(question="您看见了什么？", answer="瓦是那天掉的。"),),
    recorder="盘大姐",
)


@pytest.fixture
def case_id(memory: MemoryStore) -> RecordId:
    return registered(memory.unit, person(1, "唐某"), person(2, "文某"))


@pytest.fixture
def alone(desk: Desk, heard: Heard, case_id: RecordId) -> Iterator[Alone]:
    made = Alone(desk, InvestigationsSection(desk), case_id)
    yield made
    made.close()
    made.deleteLater()
    assert heard.bugs == []


def form_of(alone: Alone) -> InvestigationForm:
    editor = alone.section.editor
    assert editor is not None
    assert isinstance(editor.form, InvestigationForm)
    return editor.form


def enter(form: InvestigationForm) -> None:
    now = form.window().focusWidget()
    assert now is not None
    QTest.keyClick(now, Qt.Key.Key_Return)


def say(form: InvestigationForm, text: str) -> None:
    now = form.window().focusWidget()
    assert now is not None
    write(now, text)


def test_what_the_form_opens_with_it_gives_back(alone: Alone, memory: MemoryStore) -> None:
    view = view_of(memory.unit, alone.section.desk.practice, alone.case_id)
    form = InvestigationForm(alone.section.desk, view, alone)
    form.set_values(investigation_values(TALK, view))
    assert investigation_from(form.values(), TALK) == TALK
    draft = form.draft()
    form.set_values(investigation_values(replace(TALK, exchanges=(), place=""), view))
    form.restore(draft)
    assert investigation_from(form.values(), TALK) == TALK


def test_questions_and_answers_need_no_mouse(alone: Alone, memory: MemoryStore) -> None:
    press(alone, "add-investigation")
    form = form_of(alone)
    person_line = form.person.line
    person_line.setFocus()
    write(person_line, "盘老汉")
    form.settle()
    alone.activateWindow()
    form.fields["exchanges"].setFocus()
    for text in ("您住哪里？", "隔壁。", "那天看见什么？", "瓦掉下来。"):
        say(form, text)
        enter(form)
    now = form.window().focusWidget()
    assert now is not None
    QTest.keyClick(now, Qt.Key.Key_Backspace)  # the third pair is empty: it goes
    assert form.window().focusWidget() is form.exchanges.pairs[1].answer
    press(alone, "save")
    assert alone.section.editor is None
    (record,) = file_of(memory.unit, alone.case_id).investigations
    assert record.exchanges == (
        Exchange(question="您住哪里？", answer="隔壁。"),
        Exchange(question="那天看见什么？", answer="瓦掉下来。"),
    )
    assert record.held_on == memory.clock.today()
    people = file_of(memory.unit, alone.case_id).people
    assert record.person_id is not None
    assert people[record.person_id].name == "盘老汉"
    assert "盘老汉" in seen(alone)
    assert "瓦掉下来" in seen(alone)


def test_shift_and_enter_begin_a_line_within_the_answer(alone: Alone) -> None:
    press(alone, "add-investigation")
    field = form_of(alone).exchanges
    answer = field.pairs[0].answer
    write(answer, "一")
    QTest.keyClick(answer, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    write(answer, "二")
    assert field.value() == (Exchange(question="", answer="一\n二"),)
    assert len(field.pairs) == 1


def test_pairs_are_counted_for_the_ear_and_one_always_stays(alone: Alone) -> None:
    field = ExchangesField("问答", parent=alone)
    field.set_value((Exchange(question="甲"), Exchange(question="乙", answer="丙")))
    assert [one.question.accessibleName() for one in field.pairs] == ["问 1", "问 2"]
    field.pairs[0].unwanted.emit()
    assert field.value() == (Exchange(question="乙", answer="丙"),)
    assert field.pairs[0].question.accessibleName() == "问 1"
    field.pairs[0].unwanted.emit()
    assert field.value() == ()
    assert len(field.pairs) == 1


def test_what_was_typed_comes_back_after_a_power_cut(
    alone: Alone, desk: Desk, memory: MemoryStore
) -> None:
    press(alone, "add-investigation")
    editor = alone.section.editor
    assert editor is not None
    write(form_of(alone).exchanges.pairs[0].question, "您是哪一年搬来的？")
    editor.flush()
    again = Alone(desk, InvestigationsSection(desk), alone.case_id)
    form = form_of(again)
    banner = next(one for one in form.findChildren(QPushButton) if one.text() == "接着写")
    QTest.mouseClick(banner, Qt.MouseButton.LeftButton)
    assert form.exchanges.value()[0].question == "您是哪一年搬来的？"
    again.close()
    again.deleteLater()
    del memory


def test_an_answer_that_is_too_long_is_refused_where_it_stands(
    alone: Alone, memory: MemoryStore
) -> None:
    press(alone, "add-investigation")
    form = form_of(alone)
    form.exchanges.set_value(
        (Exchange(question="问"), Exchange(question="又", answer="话" * 20_001))
    )
    press(alone, "save")
    assert form.exchanges.problem_text()
    assert form.window().focusWidget() is form.exchanges.pairs[1].answer
    assert file_of(memory.unit, alone.case_id).investigations == ()
    assert len(form.exchanges.value()[1].answer) == 20_001


def test_voiding_asks_why_and_the_record_stays_in_sight(alone: Alone, memory: MemoryStore) -> None:
    press(alone, "add-investigation")
    press(alone, "save")
    press(alone, "void-investigation")
    press(alone, "save")
    assert alone.section.editor is not None, "a reason is needed"
    alone.section.editor.form.set_values({"void_reason": "问错了人"})
    press(alone, "save")
    assert "问错了人" in seen(alone)
    (record,) = file_of(memory.unit, alone.case_id).investigations
    assert record.void_reason == "问错了人"


def test_a_correction_changes_the_same_record(alone: Alone, memory: MemoryStore) -> None:
    press(alone, "add-investigation")
    press(alone, "save")
    press(alone, "edit-investigation")
    place = form_of(alone).fields["place"]
    assert isinstance(place, LineField)
    place.set_value("水田边")
    press(alone, "save")
    (record,) = file_of(memory.unit, alone.case_id).investigations
    assert record.place == "水田边"
    press(alone, "see-investigation")
    assert alone.wishes[-1] == f"documents:investigation_record:{record.id}"


def test_somebody_elses_case_can_only_be_read(alone: Alone) -> None:
    press(alone, "add-investigation")
    press(alone, "save")
    view = alone.section.view
    assert view is not None
    alone.section.show_case(replace(view, foreign=True))
    QCoreApplication.sendPostedEvents()
    names = {one.objectName() for one in alone.findChildren(QPushButton) if one.isVisible()}
    assert names == {"see-investigation"}
    alone.section.begin()
    assert alone.section.editor is None


def test_what_is_missing_leads_to_its_record(alone: Alone, memory: MemoryStore) -> None:
    press(alone, "add-investigation")
    press(alone, "save")
    (record,) = file_of(memory.unit, alone.case_id).investigations
    alone.section.go_to("recorder", record.id)
    form = form_of(alone)
    assert form.fields["recorder"].focusProxy() is form.window().focusWidget()
    assert section_of("investigation", "recorder") == "investigations"
    assert parse("investigation_record") == Target("investigations")


def test_a_closed_case_says_why_nothing_opens(alone: Alone, memory: MemoryStore) -> None:
    case = memory.kept.records[("case", alone.case_id)]
    assert isinstance(case, Case)
    memory.kept.records[("case", alone.case_id)] = replace(case, stage=Stage.FILED)
    with memory.unit() as unit:
        keep_draft(unit, f"investigation:new:{alone.case_id}", "{}")
    find(alone, QPushButton, "add-investigation").click()
    assert alone.section.editor is None
    assert "归档" in seen(alone) or "结案" in seen(alone)
