"""The oral case on one page.

Few keys, one commit, the register ready to print. Nothing is made up.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.agreements import Agreement, AgreementForm, AgreementState
from app.domain.cases import Case, Stage
from app.domain.people import Person
from app.ui.cases.oral_form import OralForm
from app.ui.cases.papers import PaperDialog
from app.ui.cases.workspace import Workspace
from tests.fakes import MemoryStore
from tests.ui.cases.hands import press, seen, write
from tests.ui.cases.village import person
from tests.ui.desks import PaperStub

# Keys and clicks for the 400-yuan roof tile beyond the words themselves.
STROKES_AT_MOST = 40


@pytest.fixture
def form(workspace: Workspace) -> OralForm:
    workspace.new_oral()
    assert workspace._oral is not None
    assert workspace._oral.editor is not None
    QCoreApplication.sendPostedEvents()
    made = workspace._oral.editor.form
    assert isinstance(made, OralForm)
    return made


def tab() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Tab)


def go_on_until(wanted: QObject) -> int:
    """Tab until the cursor stands there; how many it took."""
    way = []
    for count in range(30):
        focus = QApplication.focusWidget()
        way.append(focus.accessibleName() if focus else "")
        if focus is wanted:
            return count
        tab()
    raise AssertionError(f"the keyboard does not get there: {way}")


def test_the_roof_tile_takes_few_keys_and_one_commit(
    workspace: Workspace, form: OralForm, memory: MemoryStore, qtbot: QtBot
) -> None:
    before = len(memory.acts)
    with qtbot.waitActive(workspace):
        workspace.activateWindow()
    steps = 0
    texts = (
        (form.applicant.who.line, "唐某"),
        (form.respondent.who.line, "文某"),
        (form.fields["matter"].line, "砸坏屋瓦"),  # type: ignore[attr-defined]
        (form.fields["facts"].text, "文某装修时掉下的东西砸坏唐某的屋瓦。"),  # type: ignore[attr-defined]
        (form.fen.line, "400"),
        (form.fields["place"].line, "油茶屋调解室"),  # type: ignore[attr-defined]
    )
    form.applicant.who.line.setFocus()
    for place, text in texts:
        steps += go_on_until(place)
        write(place, text)
    steps += go_on_until(form.fields["rights_told"].box)  # type: ignore[attr-defined]
    QTest.keyClick(form.fields["rights_told"].box, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    workspace.save()  # Ctrl+S
    steps += 2
    assert steps <= STROKES_AT_MOST, steps
    assert memory.acts[before:] == ["case.oral_recorded"]
    (case,) = [one for one in memory.kept.records.values() if isinstance(one, Case)]
    (agreement,) = [one for one in memory.kept.records.values() if isinstance(one, Agreement)]
    assert case.stage is Stage.PERFORMED
    assert agreement.form is AgreementForm.ORAL
    assert agreement.state is AgreementState.EFFECTIVE
    assert agreement.clauses[0].text == "文某当场一次性付给唐某人民币400.00元（大写：肆佰元整）。"
    assert agreement.performed_on == memory.clock.today()
    shop = workspace._desk.printshop
    assert isinstance(shop, PaperStub)
    assert [kind for kind, _ in shop.made] == ["oral_register"]
    (dialog,) = workspace.findChildren(PaperDialog)
    dialog.close()


def test_a_known_villager_is_not_typed_again(workspace: Workspace, memory: MemoryStore) -> None:
    known = person(7, "盘某", phone="13800000007")
    memory.kept.records[("person", known.id)] = known
    workspace.new_oral()
    assert workspace._oral is not None
    assert workspace._oral.editor is not None
    form = workspace._oral.editor.form
    assert isinstance(form, OralForm)
    form.fen.line.setFocus()  # with the cursor there the list would pop up: not offscreen
    form.applicant.who.line.setText("盘")
    form.applicant.who.line.textEdited.emit("盘")
    form.applicant.who._timer.timeout.emit()
    form.applicant.who._timer.stop()
    form.applicant.who.pick(0)
    assert form.applicant.facts["phone"].value() == "13800000007"
    assert form.applicant.facts["sex"].value() == "1"
    assert form.applicant.value() == known


def test_without_the_notice_nothing_is_recorded(
    workspace: Workspace, form: OralForm, memory: MemoryStore
) -> None:
    form.set_values(
        {
            "applicant": person(1, "唐某"),
            "respondent": person(2, "文某"),
            "facts": "砸坏屋瓦。",
            "clause": "文某赔礼道歉。",
        }
    )
    before = len(memory.acts)
    workspace.save()
    assert len(memory.acts) == before
    assert form.fields["rights_told"].problem_text()
    assert "第三十条" in form.fields["rights_told"].box.text()  # type: ignore[attr-defined]
    assert form.fields["facts"].value() == "砸坏屋瓦。"


def test_problems_of_a_person_stand_at_the_person(workspace: Workspace, form: OralForm) -> None:
    form.set_values(
        {
            "applicant": person(1, "唐某"),
            "respondent": Person(id=person(2, "").id, name="文2"),
            "facts": "砸坏屋瓦。",
            "clause": "文某赔礼道歉。",
            "rights_told": True,
        }
    )
    workspace.save()
    assert form.respondent.who.problem_text()
    assert not form.applicant.who.problem_text()


def test_the_clause_follows_until_somebody_writes_it(form: OralForm) -> None:
    form.set_values({"applicant": person(1, "唐某"), "respondent": person(2, "文某")})
    form.fen.set_value(40_000)
    form.suit()
    first = form.clause.value()
    assert "文某" in first
    form.fen.set_value(50_000)
    form.suit()
    assert "500.00" in form.clause.value()
    form.clause.set_value("文某赔五百元，两家和好。")
    form.fen.set_value(60_000)
    form.suit()
    assert form.clause.value() == "文某赔五百元，两家和好。"


def test_the_page_can_be_put_away(workspace: Workspace, form: OralForm) -> None:
    assert "一页" in seen(workspace)
    press(workspace, "leave-form")
    assert not workspace.stack.isVisible()
    del form
