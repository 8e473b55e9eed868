"""The joint application for judicial confirmation and what became of it (PML art. 33; CPL art.
205-206).

Never offered for status, real rights or intellectual property (Fa Shi [2011] No. 5 art. 4), and
never to one party alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from app.domain.acts import Act
from app.domain.agreement_checks import unconfirmable
from app.domain.agreements import Agreement, AgreementState, effective_on
from app.domain.casefile import CaseFile
from app.domain.cases import check_editable
from app.domain.confirmations import Confirmation, ServiceAddress, check_confirmation
from app.domain.ids import RecordId, new_id
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.services.agreement_help import check_rules
from app.services.casework import agreement_of
from app.services.ports import Practice, UnitOfWork

PERIOD_DAYS = 30


def last_day(agreement: Agreement, days: int = PERIOD_DAYS) -> date | None:
    """The last local date on which all parties may apply: `days` after the agreement took effect
    (PML art. 33). None while it has not.
    """
    effective = effective_on(agreement)
    return effective + timedelta(days=days) if effective else None


def may_confirm(
    file: CaseFile, agreement: Agreement, practice: Practice, today: date
) -> list[Problem]:
    """What forbids an application on local date `today`: not binding yet, the period is over, or a
    clause that no court confirms.
    """
    problems: list[Problem] = []
    end = last_day(agreement, practice.clocks.confirmation_days)
    if agreement.state is not AgreementState.EFFECTIVE or end is None:
        problems.append(Problem(ProblemCode.AGREEMENT_NOT_EFFECTIVE))
    elif today > end:
        problems.append(Problem(ProblemCode.CONFIRMATION_OVER, "", {"date": end.isoformat()}))
    for one in unconfirmable(agreement, check_rules(practice)):
        facts = {"word": one.facts.get("word", "")}
        problems.append(Problem(ProblemCode.NOT_CONFIRMABLE, one.place, facts))
    return problems


def blank_confirmation(uow: UnitOfWork, agreement_id: RecordId) -> Confirmation:
    """An application of today with the addresses that are known. Not stored.

    Raises `Refused` RECORD_NOT_FOUND.
    """
    agreement = uow.records.get(Agreement, agreement_id)
    file = uow.records.case_file(agreement.case_id)
    return Confirmation(
        id=new_id(),
        case_id=agreement.case_id,
        agreement_id=agreement_id,
        applied_on=uow.today(),
        addresses=tuple(_address(file, one) for one in agreement.party_ids),
    )


def _address(file: CaseFile, party_id: RecordId) -> ServiceAddress:
    party = file.party(party_id)
    person = file.people.get(party.person_id) if party and party.person_id else None
    unit = (
        file.organisations.get(party.organisation_id) if party and party.organisation_id else None
    )
    known = person or unit
    return ServiceAddress(
        party_id=party_id,
        address=known.address if known else "",
        phone=known.phone if known else "",
    )


def save_confirmation(
    uow: UnitOfWork,
    one: Confirmation,
    practice: Practice,
    *,
    based_on: Confirmation | None = None,
) -> Confirmation:
    """The application as written, new or with what the court did.

    A new one must be allowed on the day it bears (`may_confirm`); an old one is only corrected.
    Raises `Refused`: AGREEMENT_NOT_EFFECTIVE, CONFIRMATION_OVER, NOT_CONFIRMABLE, RECORD_NOT_FOUND
    (another case's agreement), SIGNER_NOT_ON_PAPER (`addresses`), DATE_IN_FUTURE, DATE_ORDER, texts
    at their fields, CASE_CLOSED.
    """
    file = uow.records.case_file(one.case_id)
    check_editable(file.case)
    agreement = agreement_of(file, one.agreement_id)
    today = uow.today()
    problems = check_confirmation(one, today) + _check_order(one, agreement)
    for index, place in enumerate(one.addresses):
        if place.party_id not in agreement.party_ids:
            where = f"addresses.{index}.party_id"
            problems.append(Problem(ProblemCode.SIGNER_NOT_ON_PAPER, where))
    demand(problems)
    known = uow.records.find(Confirmation, one.id)
    if known is None or known.applied_on != one.applied_on:
        demand(may_confirm(file, agreement, practice, one.applied_on or today))
    stored = uow.records.put(one, based_on=based_on)
    uow.commit(Act.CONFIRMATION_SAVED, one.case_id)
    assert isinstance(stored, Confirmation)
    return stored


def void_confirmation(uow: UnitOfWork, confirmation_id: RecordId, reason: str) -> Confirmation:
    """It was never handed in, or was written down twice. Raises `Refused`: RECORD_NOT_FOUND,
    REASON_NEEDED, CASE_CLOSED.
    """
    one = uow.records.get(Confirmation, confirmation_id)
    check_editable(uow.records.case_file(one.case_id).case)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    void = replace(one, void_reason=reason.strip())
    uow.records.put(void)
    uow.commit(Act.CONFIRMATION_SAVED, one.case_id)
    return void


def _check_order(one: Confirmation, agreement: Agreement) -> list[Problem]:
    """Effect, application, acceptance, decision: in this order."""
    steps = (
        ("effective_on", effective_on(agreement)),
        ("applied_on", one.applied_on),
        ("accepted_on", one.accepted_on),
        ("decided_on", one.decided_on),
    )
    known = [(name, day) for name, day in steps if day is not None]
    return [
        Problem(ProblemCode.DATE_ORDER, later, {"earlier": earlier, "later": later})
        for (earlier, before), (later, after) in pairwise(known)
        if after < before
    ]
