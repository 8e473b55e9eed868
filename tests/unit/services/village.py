"""Walks a case through the services, so that a test can begin where it is interested."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.agreements import (
    Agreement,
    AgreementForm,
    Clause,
    Payment,
    Signer,
    SignMethod,
    SignOff,
)
from app.domain.cases import Acceptance, Manner, RightsNotice
from app.domain.ids import RecordId, new_id
from app.domain.parties import PartyRole
from app.domain.people import Person
from app.services import agreements, intake
from app.services.newcomers import NewParty
from app.services.ports import Practice, UnitOfWork
from tests.fakes import MemoryStore
from tests.unit.domain.making import MEDIATOR

TODAY = date(2026, 11, 21)


def newcomer(name: str, role: PartyRole, **more: Any) -> NewParty:
    """A party who is a new person, grown up."""
    person = Person(id=new_id(), name=name, birth_date=date(1980, 1, 1))
    return NewParty(role=role, person=person, **more)


TWO = (PartyRole.APPLICANT, PartyRole.RESPONDENT)


def registered(store: MemoryStore, *parties: NewParty) -> RecordId:
    """A lead with two parties, or those that are given."""
    chosen = parties or tuple(
        newcomer(name, role) for name, role in zip(("张三", "李四"), TWO, strict=True)
    )
    with store.unit() as uow:
        blank = intake.blank_case(uow)
        return intake.register_case(uow, blank, chosen).id


def acceptance(**more: Any) -> Acceptance:
    values: dict[str, Any] = {
        "accepted_on": TODAY,
        "source": "ON_APPLICATION",
        "registrar": "王五",
        "mediator_ids": (MEDIATOR.id,),
    }
    return Acceptance(**{**values, **more})


def accepted(store: MemoryStore, *parties: NewParty) -> RecordId:
    """A case whose parties were told their rights today."""
    case_id = registered(store, *parties)
    with store.unit() as uow:
        intake.accept_case(uow, case_id, acceptance())
    with store.unit() as uow:
        intake.tell_rights(uow, case_id, notice(uow, case_id))
    return case_id


def notice(uow: UnitOfWork, case_id: RecordId, told_on: date = TODAY) -> RightsNotice:
    """All parties were told."""
    parties = uow.records.case_file(case_id).living_parties
    ids = tuple(one.id for one in parties)
    return RightsNotice(told_on=told_on, manner=Manner.ORAL, party_ids=ids, told_by=MEDIATOR.id)


def drafted(store: MemoryStore, form: AgreementForm = AgreementForm.WRITTEN) -> Agreement:
    """A case with a draft by which the second party pays 400 yuan."""
    case_id = accepted(store)
    with store.unit() as uow:
        draft = agreements.draft_agreement(uow, case_id, form)
    return with_clause(store, draft)


def with_clause(store: MemoryStore, draft: Agreement) -> Agreement:
    from dataclasses import replace

    payee, payer = draft.party_ids[:2]
    promise = Payment(payer_id=payer, payee_id=payee, fen=40_000)
    clause = Clause(id=new_id(), text="赔四百元。", payment=promise)
    with store.unit() as uow:
        return agreements.save_agreement(uow, replace(draft, clauses=(clause,)), based_on=draft)


def finalised(
    store: MemoryStore, county: Practice, form: AgreementForm = AgreementForm.WRITTEN
) -> Agreement:
    draft = drafted(store, form)
    with store.unit() as uow:
        return agreements.finalise_agreement(uow, draft.id, county)


def binding(store: MemoryStore, county: Practice) -> Agreement:
    """A written agreement with all hands on it."""
    paper = finalised(store, county)
    for hand in hands(paper):
        with store.unit() as uow:
            paper = agreements.sign_agreement(uow, paper.id, hand)
    return paper


def hands(paper: Agreement) -> list[SignOff]:
    """Everybody's hand, today."""
    marks: list[tuple[Signer, dict[str, Any]]] = [
        *((Signer.PARTY, {"party_id": one}) for one in paper.party_ids),
        (Signer.MEDIATOR, {"mediator_id": MEDIATOR.id}),
        (Signer.COMMITTEE, {}),
    ]
    return [
        SignOff(signer=signer, methods=(SignMethod.SIGNATURE,), on=TODAY, **who)
        for signer, who in marks
    ]
