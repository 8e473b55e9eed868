"""One dispute from the first word to the printed, signed agreement, by clicks and keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.agreements import AgreementState, effective_on
from app.domain.casefile import CaseFile
from app.domain.cases import Stage
from app.domain.sessions import SessionOutcome
from app.services.ports import OpenUnit, Practice
from app.storage.store import Store, open_store
from app.ui.cases.agreement_form import AgreementForm
from app.ui.cases.case_page import CasePage
from app.ui.cases.checker_panel import CheckerPanel
from app.ui.cases.editor import Editor
from app.ui.cases.papers import PaperDialog
from app.ui.cases.session_form import SessionForm
from app.ui.cases.workspace import Workspace
from app.ui.widgets.fields import ChoiceField, TextField
from app.ui.widgets.person import PersonField
from tests.fakes import FakeDevice, MemoryStore, signature_fits
from tests.ui.cases.hands import click, press, type_into, write
from tests.ui.desks import Heard, PaperStub, make_desk, settle_in


@pytest.fixture(params=["memory", "store"])
def village(
    request: pytest.FixtureRequest, memory: MemoryStore, tmp_path: Path, packs: Practice
) -> Iterator[Workspace]:
    """The workspace over a store in memory, and over a real encrypted one."""
    store: Store | None = None
    heard = Heard()
    open_unit: OpenUnit = memory.unit
    if request.param == "store":
        store = open_store(tmp_path, bytes(range(48)), memory.clock, app_version="0")
        store.attach(FakeDevice(), signature_fits)
        settle_in(store.unit)
        open_unit = store.unit
    made = Workspace(make_desk(open_unit, packs, heard))
    made.resize(1270, 736)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    if store is not None:
        store.close()
    assert heard.bugs == []
    assert heard.problems == []


def file_of(workspace: Workspace) -> CaseFile:
    """The case as the page shows it, which is as it is stored."""
    view = workspace.page().view
    assert view is not None
    return view.file


def editor_of(workspace: Workspace, section: str) -> Editor:
    editor = workspace.page().sections[section].editor
    assert editor is not None, f"no form is open in {section}"
    return editor


def test_from_the_first_word_to_the_signed_agreement(village: Workspace, qtbot: QtBot) -> None:
    workspace = village
    page = _register(workspace)
    _add_respondent(workspace)
    assert page.head.title.text() == "唐某 与 文某：砸坏屋瓦"
    press(page, "next-step")  # accept
    press(editor_of(workspace, "acceptance"), "save")
    assert file_of(workspace).case.stage is Stage.ACCEPTED
    press(page, "next-step")  # tell rights
    press(editor_of(workspace, "notice"), "save")
    notice = file_of(workspace).case.rights_notice
    assert notice is not None
    assert len(notice.party_ids) == 2
    press(page, "next-step")  # begin a session
    _write_session(workspace)
    press(page, "next-step")  # draft
    _write_agreement(workspace)
    _look_at_paper(workspace, qtbot)
    _sign(workspace)


def _register(workspace: Workspace) -> CasePage:
    workspace.new()
    assert workspace._new is not None
    editor = workspace._new.editor
    assert editor is not None
    applicant = editor.form.fields["applicant"]
    assert isinstance(applicant, PersonField)
    type_into(applicant.line, "唐某")
    # Which class stands there is known here, not to the checker.
    type_into(editor.form.fields["matter"].line, "砸坏屋瓦")  # type: ignore[attr-defined]
    facts = editor.form.fields["facts"]
    assert isinstance(facts, TextField)
    write(facts.text, "装修时掉下的东西砸坏了瓦。")
    workspace.save()  # Ctrl+S
    page = workspace.page()
    assert page.view is not None
    return page


def _add_respondent(workspace: Workspace) -> None:
    page = workspace.page()
    press(page, "next-step")
    editor = editor_of(workspace, "parties")
    role = editor.form.fields["role"]
    assert isinstance(role, ChoiceField)
    assert role.value() == "respondent"
    person = editor.form.fields["person"]
    assert isinstance(person, PersonField)
    type_into(person.line, "文某")
    press(editor, "save")


def _write_session(workspace: Workspace) -> None:
    editor = editor_of(workspace, "sessions")
    form = editor.form
    assert isinstance(form, SessionForm)
    # Which class stands there is known here, not to the checker.
    type_into(form.fields["place"].line, "油茶屋调解室")  # type: ignore[attr-defined]
    step = form.fields["steps.result"]
    assert isinstance(step, TextField)
    write(step.text, "愿意赔。")
    outcome = form.fields["outcome"]
    assert isinstance(outcome, ChoiceField)
    click(next(one for one in outcome.buttons() if one.text() == "谈成了"))
    press(editor, "conclude")
    (session,) = file_of(workspace).sessions
    assert session.outcome is SessionOutcome.AGREED
    assert session.place == "油茶屋调解室"
    assert all(one.present for one in session.attendance)


def _write_agreement(workspace: Workspace) -> None:
    editor = editor_of(workspace, "agreement")
    form = editor.form
    assert isinstance(form, AgreementForm)
    assert form.fields["facts"].value() == "装修时掉下的东西砸坏了瓦。"
    press(form, "add-payment")
    money = form.clauses.cards[0].payment_form
    assert money is not None
    for field, name in ((money.payer, "文某"), (money.payee, "唐某")):
        assert isinstance(field, ChoiceField)
        click(next(one for one in field.buttons() if one.text() == name))
    type_into(money.fen.line, "400")
    assert (
        form.clauses.cards[0].text.value() == "文某一次性付给唐某人民币400.00元（大写：肆佰元整）。"
    )
    press(editor, "save-and-finalise")
    (agreement,) = file_of(workspace).agreements
    assert agreement.state is AgreementState.DRAFT, "the checker has something to say first"
    _answer_the_checker(editor, form)
    press(editor, "save-and-finalise")
    (agreement,) = file_of(workspace).agreements
    assert agreement.state is AgreementState.FINAL
    assert agreement.number
    assert agreement.copies == 3


def _answer_the_checker(editor: Editor, form: AgreementForm) -> None:
    """Writes what can be written, and a reason for the rest."""
    money = form.clauses.cards[0].payment_form
    assert money is not None
    type_into(money.due_on.line, "签字后15天内")
    click(next(one for one in money.way.buttons() if one.text() == "现金"))
    responsibility = form.fields["responsibility"]
    assert isinstance(responsibility, TextField)
    write(responsibility.text, "文某负全部责任。")
    # Which class stands there is known here, not to the checker.
    type_into(form.fields["place"].line, "村委会")  # type: ignore[attr-defined]
    # Which class stands there is known here, not to the checker.
    type_into(form.fields["manner"].line, "一次付清")  # type: ignore[attr-defined]
    (panel,) = editor.findChildren(CheckerPanel)
    panel.look()
    while panel.warnings():
        row = next(one for one in panel._shown_rows() if one.finding.waived is None)
        press(row, "why-not")
        assert row.line is not None
        type_into(row.line.line, "双方都要这样写")
    assert not panel.stops()


def _look_at_paper(workspace: Workspace, qtbot: QtBot) -> None:
    dialogs = workspace.findChildren(PaperDialog)
    assert len(dialogs) == 1
    shop = workspace._desk.printshop
    assert isinstance(shop, PaperStub)
    assert [kind for kind, _ in shop.made] == ["written_agreement"]
    qtbot.waitUntil(dialogs[0].print_button.isEnabled)
    assert "3" in dialogs[0].print_button.text()
    dialogs[0].close()


def _sign(workspace: Workspace) -> None:
    page = workspace.page()
    assert page.view is not None
    press(page, "next-step")
    editor = editor_of(workspace, "agreement")
    press(editor, "fill-usual")
    press(editor, "save")
    (agreement,) = file_of(workspace).agreements
    assert agreement.state is AgreementState.EFFECTIVE
    assert effective_on(agreement) == page.view.today
    assert len(file_of(workspace).parties) == 2
    # What is signed can only be followed by a supplement.
    press(page, "supplement")
    assert {one.supplement_of for one in file_of(workspace).agreements} == {None, agreement.id}
