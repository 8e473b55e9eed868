"""Parties of a case: add, correct, void.

Never removes one, and never touches a party whose agreement is frozen.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.acts import Act
from app.domain.agreements import AgreementState
from app.domain.casefile import CaseFile
from app.domain.cases import check_editable
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party, check_party, check_together, default_side
from app.domain.people import check_organisation, check_person
from app.domain.problems import ProblemCode, demand, refuse
from app.services.casework import put_changes
from app.services.newcomers import NewParty
from app.services.people import tidy_organisation, tidy_person
from app.services.ports import UnitOfWork

PARTY_LIMIT = 1000


def add_party(uow: UnitOfWork, case_id: RecordId, newcomer: NewParty) -> Party:
    """One more party, with its person or organisation stored along.

    Raises `Refused`: NOTHING_CHOSEN, SAME_PERSON_BOTH_SIDES, GUARDIAN_IS_OPPONENT, TOO_MANY,
    CASE_CLOSED, and problems at fields.
    """
    file = uow.records.case_file(case_id)
    check_editable(file.case)
    after = with_party(file, newcomer, uow.today())
    put_changes(uow, file, after)
    uow.commit(Act.PARTY_ADDED, case_id)
    return after.parties[-1]


def with_party(file: CaseFile, newcomer: NewParty, today: date) -> CaseFile:
    """The case with one more party and whom it is made of. Raises as `add_party` does."""
    ordinal = len(file.parties) + 1
    if ordinal > PARTY_LIMIT:
        raise refuse(ProblemCode.TOO_MANY, "", limit=PARTY_LIMIT)
    person = tidy_person(newcomer.person) if newcomer.person else None
    unit = tidy_organisation(newcomer.organisation) if newcomer.organisation else None
    problems = [one.at("person") for one in (check_person(person, today) if person else [])]
    problems += [one.at("organisation") for one in (check_organisation(unit) if unit else [])]
    demand(problems)
    party = Party(
        id=new_id(),
        case_id=file.case.id,
        ordinal=ordinal,
        role=newcomer.role,
        side=newcomer.side or default_side(newcomer.role),
        person_id=person.id if person else None,
        organisation_id=unit.id if unit else None,
        group=newcomer.group,
        capacity=newcomer.capacity,
        capacity_reason=newcomer.capacity_reason,
        representations=newcomer.representations,
    )
    people = {**file.people, **({person.id: person} if person else {})}
    units = {**file.organisations, **({unit.id: unit} if unit else {})}
    demand(check_party(party, people) + check_together((*file.parties, party), people))
    return replace(file, parties=(*file.parties, party), people=people, organisations=units)


def save_party(uow: UnitOfWork, party: Party, *, based_on: Party) -> Party:
    """The party as corrected: role, side, group, capacity, who acts for it.

    Raises `Refused`: AGREEMENT_FROZEN (who it is stands on a frozen paper), and what `add_party`
    raises.
    """
    file = uow.records.case_file(party.case_id)
    check_editable(file.case)
    party = replace(party, void_reason=based_on.void_reason, ordinal=based_on.ordinal)
    identity = (party.person_id, party.organisation_id, party.role)
    if identity != (based_on.person_id, based_on.organisation_id, based_on.role):
        _check_not_frozen(file, party.id)
    together = tuple(party if one.id == party.id else one for one in file.parties)
    demand(check_party(party, file.people) + check_together(together, file.people))
    stored = uow.records.put(party, based_on=based_on)
    uow.commit(Act.PARTY_SAVED, party.case_id)
    assert isinstance(stored, Party)
    return stored


def void_party(uow: UnitOfWork, party_id: RecordId, reason: str) -> Party:
    """A party entered by mistake leaves the case with a reason; its line stays in the history.

    Raises `Refused`: REASON_NEEDED, AGREEMENT_FROZEN, CASE_CLOSED.
    """
    party = uow.records.get(Party, party_id)
    file = uow.records.case_file(party.case_id)
    check_editable(file.case)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    _check_not_frozen(file, party_id)
    voided = replace(party, void_reason=reason.strip())
    uow.records.put(voided)
    uow.commit(Act.PARTY_VOIDED, party.case_id)
    return voided


def _check_not_frozen(file: CaseFile, party_id: RecordId) -> None:
    for agreement in file.living_agreements:
        if agreement.state is not AgreementState.DRAFT and party_id in agreement.party_ids:
            raise refuse(ProblemCode.AGREEMENT_FROZEN, "", number=agreement.number)
