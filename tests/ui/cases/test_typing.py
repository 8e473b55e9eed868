"""Whoever types loses nothing: names are taken when the field is left, forms that open take the
cursor, what is refused is brought into sight, and who only reviews is offered nothing to write.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.domain.acts import Act
from app.domain.agreements import Agreement
from app.domain.people import Person
from app.domain.problems import ProblemCode
from app.ui.cases.agreement_form import AgreementForm
from app.ui.cases.clause_card import ClauseCard
from app.ui.cases.session_form import SessionForm
from app.ui.cases.workspace import Workspace
from app.ui.runtime.problems import sentence_of_code
from app.ui.widgets.forms import PlacesNote
from app.ui.widgets.person import PersonField
from tests.fakes import MemoryStore
from tests.ui.cases.hands import find, opened, press, write
from tests.ui.cases.test_agreement import accepted
from tests.ui.cases.village import person
from tests.ui.desks import Heard
from tests.ui.laptops import agreed_case, carry, laptop
from tests.ui.laptops import person as laptop_person


def focus_of(workspace: Workspace) -> QWidget:
    found = workspace.window().focusWidget()
    assert found is not None
    return found


def in_sight(widget: QWidget) -> bool:
    """Whether the top of it can be seen in the page."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    assert isinstance(area, QAbstractScrollArea)
    top = widget.mapTo(area.viewport(), widget.rect().topLeft()).y()
    return 0 <= top < area.viewport().height()


def applicant(workspace: Workspace) -> PersonField:
    page = workspace.stack.currentWidget()
    # Which class stands there is known here, not to the checker.
    found = page.editor.form.fields["applicant"]  # type: ignore[attr-defined]
    assert isinstance(found, PersonField)
    return found


def known(memory: MemoryStore, *people: Person) -> None:
    with memory.unit() as unit:
        for one in people:
            unit.records.put(one)
        unit.commit(Act.PERSON_SAVED)


@pytest.mark.parametrize("wait", [True, False])
def test_a_new_name_is_taken_when_the_field_is_left(
    workspace: Workspace, qtbot: QtBot, wait: bool
) -> None:
    workspace.new()
    field = applicant(workspace)
    field._timer.setInterval(0)
    write(field.line, "陈大山")
    if wait:  # the list stands open below the name
        qtbot.waitUntil(lambda: bool(field.offered()))
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    value = field.value()
    assert isinstance(value, Person)
    assert value.name == "陈大山"
    assert field.problem() is None
    assert not field._completer.popup().isVisible()


def test_ctrl_s_in_the_name_takes_it_too(workspace: Workspace) -> None:
    workspace.new()
    field = applicant(workspace)
    write(field.line, "陈大山")
    workspace.save()
    assert isinstance(field.value(), Person)
    assert field.problem_text() == ""


@pytest.mark.parametrize("wait", [True, False])
def test_the_one_known_person_of_that_name_is_taken(
    workspace: Workspace, memory: MemoryStore, qtbot: QtBot, wait: bool
) -> None:
    there = person(1, "陈大山")
    known(memory, there, person(2, "陈大山林"))
    workspace.new()
    field = applicant(workspace)
    field._timer.setInterval(0)
    write(field.line, "陈大山")
    if wait:
        qtbot.waitUntil(lambda: bool(field.offered()))
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.value() == there


def test_of_two_namesakes_one_is_chosen_by_hand(
    workspace: Workspace, memory: MemoryStore, qtbot: QtBot
) -> None:
    known(memory, person(1, "陈大山"), person(2, "陈大山"))
    workspace.new()
    field = applicant(workspace)
    field._timer.setInterval(0)
    write(field.line, "陈大山")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.value() is None
    assert field.problem_text() == sentence_of_code(ProblemCode.NOTHING_CHOSEN, "zh_CN")
    QTest.mouseClick(field.line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(field.offered()) == 4)


def test_back_in_the_name_what_is_known_is_offered_again(
    workspace: Workspace, memory: MemoryStore, qtbot: QtBot
) -> None:
    known(memory, person(1, "陈大山"))
    workspace.new()
    field = applicant(workspace)
    field._timer.setInterval(0)
    write(field.line, "陈大")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert isinstance(field.value(), Person)
    QTest.mouseClick(field.line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("陈大山" in one for one in field.offered()))
    field.pick(0)
    assert field.value() == person(1, "陈大山")


def test_a_refusal_is_brought_into_sight_and_counted(workspace: Workspace, qtbot: QtBot) -> None:
    workspace.resize(1000, 420)
    workspace.new_oral()
    page = workspace.stack.currentWidget()
    save = find(page, QPushButton, "save")
    area = page.findChildren(QScrollArea)[0]
    area.ensureWidgetVisible(save)
    # Which class stands there is known here, not to the checker.
    first = page.editor.form.fields["applicant"]  # type: ignore[attr-defined]
    assert not in_sight(first)
    press(page, "save")
    qtbot.waitUntil(lambda: in_sight(first))
    note = find(page, PlacesNote, "places-note")
    assert "1" in note.text()
    write(first.who.line, "陈大山")
    assert note.text() == ""


def test_the_form_of_a_session_takes_the_cursor(
    workspace: Workspace, memory: MemoryStore, qtbot: QtBot
) -> None:
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    opened(workspace, case_id)
    press(workspace.page(), "next-step")
    editor = workspace.page().sections["sessions"].editor
    assert editor is not None
    assert isinstance(editor.form, SessionForm)
    qtbot.waitUntil(lambda: editor.form.isAncestorOf(focus_of(workspace)))
    qtbot.waitUntil(lambda: in_sight(editor.form.fields["held_on"]))


def test_the_button_of_a_section_leads_into_its_form(
    workspace: Workspace, memory: MemoryStore, qtbot: QtBot
) -> None:
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    opened(workspace, case_id)
    facts = workspace.page().sections["facts"]
    press(facts, "edit-facts")
    qtbot.waitUntil(
        lambda: facts.editor is not None and facts.editor.form.isAncestorOf(focus_of(workspace))
    )


def test_ctrl_n_goes_on_with_what_was_begun(workspace: Workspace) -> None:
    workspace.new()
    write(applicant(workspace).line, "陈")
    workspace.show_list()
    workspace.list.find()  # somewhere else
    workspace.new()
    assert focus_of(workspace) is applicant(workspace).line


def money_card(workspace: Workspace) -> ClauseCard:
    page = workspace.page()
    press(page, "draft-written")
    editor = page.sections["agreement"].editor
    assert editor is not None
    assert isinstance(editor.form, AgreementForm)
    press(editor, "add-payment")
    return editor.form.clauses.cards[-1]


def test_an_unfinished_payment_is_neither_stored_nor_dropped(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, accepted(memory, person(1, "唐某"), person(2, "文某")))
    card = money_card(workspace)
    write(card.text.text, "文某赔车篷钱。")
    workspace.save()
    editor = workspace.page().sections["agreement"].editor
    assert editor is not None
    form = card.payment_form
    assert form is not None
    lacking = sentence_of_code(ProblemCode.EMPTY, "zh_CN")
    for name in ("payer_id", "payee_id", "fen"):
        assert form.fields[name].problem_text() == lacking
    assert card.text.value() == "文某赔车篷钱。"
    assert "3" in find(editor, PlacesNote, "places-note").text()


def test_a_clause_in_which_nothing_was_entered_goes_silently(
    workspace: Workspace, memory: MemoryStore
) -> None:
    opened(workspace, accepted(memory, person(1, "唐某"), person(2, "文某")))
    money_card(workspace)
    workspace.save()
    assert workspace.page().sections["agreement"].editor is None
    stored = [one for one in memory.kept.records.values() if isinstance(one, Agreement)]
    assert [one.clauses for one in stored] == [()]


def test_the_eye_stays_with_what_was_saved(
    workspace: Workspace, memory: MemoryStore, qtbot: QtBot
) -> None:
    opened(workspace, accepted(memory, person(1, "唐某"), person(2, "文某")))
    card = money_card(workspace)
    section = workspace.page().sections["agreement"]
    qtbot.waitUntil(lambda: in_sight(card))
    workspace.save()
    assert section.editor is None
    QTest.qWait(0)  # what is asked for after the layout has run
    QTest.qWait(0)
    assert in_sight(section)
    assert focus_of(workspace) is section


def test_a_case_of_somebody_else_can_only_be_read(tmp_path: Path, qtbot: QtBot) -> None:
    mediator = laptop(tmp_path, "mediator")
    office = laptop(tmp_path, "office", role="supervisor")
    try:
        case_id = agreed_case(mediator, laptop_person("唐某"), laptop_person("文某"))
        carry(mediator, office)
        made = Workspace(office.desk)
        qtbot.addWidget(made)
        made.resize(1270, 736)
        made.show()
        with qtbot.waitSignal(made.page().shown):
            made.open_case(case_id)
        page = made.page()
        assert page.view is not None
        assert page.view.foreign
        assert not page.head.main_button.isVisible()
        for key, section in page.sections.items():
            if key == "handover":  # a supervisor may give it to another mediator
                continue
            section.begin()
            assert section.editor is None, key
            pressed = [one.text() for one in section.findChildren(QPushButton) if one.isVisible()]
            papers = key in ("documents", "notice", "history")
            assert papers or pressed == [], key
            assert "tell-rights" not in pressed
    finally:
        mediator.close()
        office.close()


def test_who_reviews_is_offered_nothing_to_write(
    workspace: Workspace, memory: MemoryStore, heard: Heard
) -> None:
    with memory.unit() as unit:
        unit.settings.put("actor.role", "supervisor")
        unit.commit()
    workspace.hide()
    workspace.show()
    QCoreApplication.sendPostedEvents()
    assert workspace.list.new_button.isHidden()
    assert workspace.list.oral_button.isHidden()
    assert not [one for one in workspace.list.welcome.findChildren(QPushButton) if one.isVisible()]
    workspace.new()
    workspace.new_oral()
    assert workspace.stack.isHidden()
    assert len(heard.said) == 2
