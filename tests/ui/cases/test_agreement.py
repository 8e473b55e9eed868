"""The agreement's form.

Clauses from payments, instalments that add up, vague words named; and who may sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    Clause,
    Payment,
    Signer,
    SignMethod,
)
from app.domain.cases import Acceptance, Manner, RightsNotice
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party, Representation, StandIn
from app.domain.people import Person
from app.services.agreements import draft_agreement, finalise_agreement, save_agreement
from app.services.intake import accept_case, tell_rights
from app.services.ports import Practice
from app.ui.cases.agreement_steps import SignForm
from app.ui.cases.clause_card import ClauseCard
from app.ui.cases.clauses import ClausesField
from app.ui.cases.sign_offs import HandsModel
from app.ui.cases.workspace import Workspace
from app.ui.runtime.desk import Desk
from app.ui.widgets.fields import Choice
from tests.fakes import MemoryStore
from tests.ui.cases.hands import opened, press, registered, seen
from tests.ui.cases.village import person, person_id

PARTIES = (Choice("a", "唐某"), Choice("b", "文某"))


@pytest.fixture
def clauses(desk: Desk) -> Iterator[ClausesField]:
    made = ClausesField(desk, "", PARTIES)
    yield made
    made.deleteLater()


def money(card: ClauseCard) -> None:
    """文某 pays 唐某 25,000 yuan."""
    form = card.payment_form
    assert form is not None
    form.set_values({"payer_id": "b", "payee_id": "a", "fen": 2_500_000})
    form.changed.emit()


def test_the_clause_is_said_from_the_payment_until_somebody_writes_it(
    clauses: ClausesField,
) -> None:
    card = clauses.add_card(True)
    money(card)
    assert card.text.value() == "文某一次性付给唐某人民币25,000.00元（大写：贰万伍仟元整）。"
    card.text.set_value("文某赔医药费和误工费，一次付清。")
    money(card)
    assert card.text.value() == "文某赔医药费和误工费，一次付清。"
    assert not card.rewrite.isHidden()
    card.rewrite.click()
    assert card.text.value().startswith("文某一次性付给唐某")
    assert card.rewrite.isHidden()


def test_what_the_instalments_leave_open_is_said(clauses: ClausesField) -> None:
    card = clauses.add_card(True)
    money(card)
    form = card.payment_form
    assert form is not None
    row = form.instalments.add_row()
    row["fen"].set_value(1_000_000)
    form.count()
    assert "15,000.00" in form.remaining.text()
    form.instalments.add_row()["fen"].set_value(1_500_000)
    form.count()
    assert "正好" in form.remaining.text()
    form.instalments.add_row()["fen"].set_value(100)
    form.count()
    assert "多了 1.00" in form.remaining.text()
    assert form.due_on.isHidden()


def test_clauses_are_read_back_and_keep_their_ids(clauses: ClausesField) -> None:
    payment = Payment(payer_id=RecordId("b"), payee_id=RecordId("a"), fen=40_000)
    told = (
        Clause(id=new_id(), text="文某付款。", payment=payment),
        Clause(id=new_id(), text="唐某不再追究。", due_on=date(2026, 12, 1)),
    )
    clauses.set_value(told)
    assert clauses.value() == told
    again = clauses.draft()
    clauses.set_value(())
    assert clauses.value() == ()
    clauses.restore(again)
    assert clauses.value() == told


def test_a_clause_moves_and_goes(clauses: ClausesField) -> None:
    clauses.set_value([Clause(id=new_id(), text=word) for word in ("一", "二", "三")])
    clauses.cards[2].moved.emit(-1)
    assert [one.text for one in clauses.value()] == ["一", "三", "二"]
    clauses.cards[0].unwanted.emit()
    assert [one.text for one in clauses.value()] == ["三", "二"]
    assert "1" in clauses.cards[0].title.text()


def test_a_new_clause_comes_before_the_buttons_for_the_keyboard(clauses: ClausesField) -> None:
    card = clauses.add_card(False)
    clauses.add_card(False)
    stops = []
    widget = card.text.text.nextInFocusChain()
    while widget is not None and widget not in (card.text.text, clauses.add_money):
        stops.append(widget)
        widget = widget.nextInFocusChain()
    assert widget is clauses.add_money
    assert clauses.cards[1].text.text in stops


def test_a_vague_word_is_named_and_nothing_forbidden(clauses: ClausesField) -> None:
    card = clauses.add_card(False)
    card.text.set_value("文某尽快修好屋瓦。")
    card.suit()
    assert "尽快" in card._vague.text()
    card.text.set_value("文某在12月1日前尽快修好屋瓦。")
    card.suit()
    assert card._vague.text() == ""
    assert len(clauses.value()) == 1


def accepted(memory: MemoryStore, *people: Person) -> RecordId:
    case_id = registered(memory.unit, *people)
    with memory.unit() as unit:
        mediator = unit.actor.mediator_id
        assert mediator is not None
        taken = Acceptance(
            accepted_on=unit.today(),
            source="ON_APPLICATION",
            registrar="王建国",
            mediator_ids=(mediator,),
        )
        accept_case(unit, case_id, taken)
    with memory.unit() as unit:
        ids = tuple(one.id for one in unit.records.case_file(case_id).living_parties)
        notice = RightsNotice(told_on=unit.today(), manner=Manner.ORAL, party_ids=ids)
        tell_rights(unit, case_id, notice)
    return case_id


def final(memory: MemoryStore, case_id: RecordId, practice: Practice) -> Agreement:
    with memory.unit() as unit:
        draft = draft_agreement(unit, case_id, AgreementForm.WRITTEN)
    with memory.unit() as unit:
        written = replace(draft, clauses=(Clause(id=new_id(), text="赔礼道歉。"),))
        save_agreement(unit, written, based_on=draft)
    with memory.unit() as unit:
        return finalise_agreement(unit, draft.id, practice)


def with_guardian(memory: MemoryStore, child: Person) -> tuple[Party, Person]:
    """The child's party, whose father stands for it."""
    father = person(3, "文某")
    memory.kept.records[("person", father.id)] = father
    party = next(
        one
        for one in memory.kept.records.values()
        if isinstance(one, Party) and one.person_id == child.id
    )
    stand_in = Representation(person_id=father.id, kind=StandIn.GUARDIAN, relation="父亲")
    memory.kept.records[("party", party.id)] = replace(party, representations=(stand_in,))
    return party, father


def sign_form(workspace: Workspace) -> SignForm:
    editor = workspace.page().sections["agreement"].editor
    assert editor is not None
    assert isinstance(editor.form, SignForm)
    return editor.form


def test_a_child_cannot_sign_alone_and_the_hands_before_it_are_kept(
    workspace: Workspace, memory: MemoryStore, packs: Practice
) -> None:
    child = person(2, "文小某", stated_age=None, birth_date=date(2018, 3, 1))
    case_id = accepted(memory, person(1, "唐某"), child)
    with_guardian(memory, child)
    agreement = final(memory, case_id, packs)
    opened(workspace, case_id)
    press(workspace.page(), "next-step")
    form = sign_form(workspace)
    alone = [replace(one, by=None) for one in form.hands.value()]
    form.hands.set_value(alone)
    press(form, "fill-usual")
    workspace.save()
    words = seen(workspace.page().sections["agreement"])
    assert "文小某" in words
    assert "监护人" in words
    kept = memory.kept.records[("agreement", agreement.id)]
    assert isinstance(kept, Agreement)
    assert [one.signer for one in kept.sign_offs] == [Signer.PARTY]
    assert kept.state is AgreementState.FINAL
    assert form.hands.model.hands[1].methods


def test_the_guardian_signs_for_the_child(
    workspace: Workspace, memory: MemoryStore, packs: Practice
) -> None:
    child = person(2, "文小某", stated_age=None, birth_date=date(2018, 3, 1))
    case_id = accepted(memory, person(1, "唐某"), child)
    party, father = with_guardian(memory, child)
    agreement = final(memory, case_id, packs)
    opened(workspace, case_id)
    press(workspace.page(), "next-step")
    form = sign_form(workspace)
    assert form.hands.model.hands[1].by == father.id
    press(form, "fill-usual")
    workspace.save()
    kept = memory.kept.records[("agreement", agreement.id)]
    assert isinstance(kept, Agreement)
    assert kept.state is AgreementState.EFFECTIVE
    hand = next(one for one in kept.sign_offs if one.party_id == party.id)
    assert hand.by_person_id == person_id(3)
    assert hand.methods == (SignMethod.SIGNATURE, SignMethod.FINGERPRINT)


def test_the_matrix_keeps_the_rules_of_models(
    workspace: Workspace, memory: MemoryStore, packs: Practice
) -> None:
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    final(memory, case_id, packs)
    opened(workspace, case_id)
    press(workspace.page(), "next-step")
    model: HandsModel = sign_form(workspace).hands.model
    tester = QAbstractItemModelTester(model)
    box = model.index(0, 1)
    assert model.setData(box, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.hands[0].on == memory.clock.today()
    assert model.setData(model.index(0, 4), "昨天")
    assert model.hands[0].on != memory.clock.today()
    assert not model.setData(model.index(0, 4), "哪一天")
    committee = model.rowCount() - 1
    flags = model.flags(model.index(committee, 1))
    assert not flags & Qt.ItemFlag.ItemIsUserCheckable
    tester.deleteLater()


def test_ticks_survive_a_crash(workspace: Workspace, memory: MemoryStore, packs: Practice) -> None:
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    final(memory, case_id, packs)
    opened(workspace, case_id)
    press(workspace.page(), "next-step")
    form = sign_form(workspace)
    press(form, "fill-usual")
    kept = form.draft()
    fresh = form.hands.value()
    form.hands.set_value([replace(one, methods=frozenset(), on=None) for one in fresh])
    form.restore(kept)
    assert form.hands.value() == fresh


def test_a_draft_says_what_it_lacks_before_it_is_printed(
    workspace: Workspace, memory: MemoryStore
) -> None:
    case_id = accepted(memory, person(1, "唐某"), person(2, "文某"))
    with memory.unit() as unit:
        draft_agreement(unit, case_id, AgreementForm.WRITTEN)
    opened(workspace, case_id)
    QCoreApplication.sendPostedEvents()
    section = workspace.page().sections["agreement"]
    assert "《人民调解法》第二十九条" in seen(section)
    press(workspace.page(), "next-step")
    editor = section.editor
    assert editor is not None
    press(editor, "save")
    assert section.editor is editor
    assert "条款" in seen(editor) or "内容" in seen(editor)
