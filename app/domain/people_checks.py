"""What the checker says of the people on an agreement: capacity, guardians, agents, mediators
(Civil Code art. 17-24; PML art. 15).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.domain.agreements import Agreement
from app.domain.casefile import CaseFile
from app.domain.findings import Finding, FindingCode
from app.domain.ids import RecordId
from app.domain.parties import (
    Party,
    Representation,
    StandIn,
    check_together,
    guardians,
    may_sign_for,
    opposed,
    party_capacity,
)
from app.domain.people import Capacity, Person, person_age
from app.domain.problems import ProblemCode
from app.domain.sessions import ParticipantKind

ADULT = 18
_CLASHES = {
    ProblemCode.GUARDIAN_IS_OPPONENT: FindingCode.GUARDIAN_IS_OPPONENT,
    ProblemCode.SAME_PERSON_BOTH_SIDES: FindingCode.ON_BOTH_SIDES,
}


def check_people(file: CaseFile, agreement: Agreement, day: date) -> Iterator[Finding]:
    """Findings of all parties of the agreement on local date `day`, placed at ``party:<id>`` or
    ``mediator:<id>``.
    """
    parties = [one for one in file.living_parties if one.id in agreement.party_ids]
    for party in parties:
        yield from _check_capacity(file, party, day)
        yield from _check_agents(file, party, day)
        yield from _check_party(file, party)
    yield from _check_sides(file, parties)
    yield from _check_mediators(file, agreement, parties)
    if parties and all(party.organisation_id for party in parties):
        yield Finding(code=FindingCode.ONLY_UNITS, place="party_ids")


def _check_capacity(file: CaseFile, party: Party, day: date) -> Iterator[Finding]:
    capacity = party_capacity(party, file.people, day)
    if capacity is Capacity.FULL:
        return
    place, facts = f"party:{party.id}", {"name": file.name_of(party)}
    standing = guardians(party)
    if not standing:
        alone = facts | {"capacity": capacity.value}
        yield Finding(code=FindingCode.GUARDIAN_MISSING, place=place, facts=alone)
        return
    if not any(one.proof.strip() or one.proof_id for one in standing):
        yield Finding(code=FindingCode.GUARDIAN_UNPROVEN, place=place, facts=facts)
    person = file.people.get(party.person_id) if party.person_id else None
    age = person_age(person, day) if person else None
    if age is not None and age < ADULT and len(standing) == 1 and _is_parent(standing[0]):
        yield Finding(code=FindingCode.ONE_PARENT, place=place, facts=facts)


def _is_parent(one: Representation) -> bool:
    return one.relation.strip() in ("父亲", "母亲", "父", "母", "爸爸", "妈妈", "父子", "母子",
                                    "父女", "母女")  # fmt: skip


def _check_agents(file: CaseFile, party: Party, day: date) -> Iterator[Finding]:
    place = f"party:{party.id}"
    for one in party.representations:
        if one.kind is not StandIn.AGENT:
            continue
        facts: dict[str, str | int] = {
            "name": _name(file, one.person_id),
            "party": file.name_of(party),
        }
        if not may_sign_for(one):
            only = _came_only_through(file, party.id, one.person_id)
            code = FindingCode.AGENT_WITHOUT_POWER if only else FindingCode.AGENT_CANNOT_SIGN
            yield Finding(code=code, place=place, facts=facts)
        if not one.proof.strip() and one.proof_id is None:
            yield Finding(code=FindingCode.AGENT_UNPROVEN, place=place, facts=facts)
        if one.until and one.until < day:
            over = facts | {"until": one.until.isoformat()}
            yield Finding(code=FindingCode.MANDATE_OVER, place=place, facts=over)


def _came_only_through(file: CaseFile, party_id: RecordId, person_id: RecordId) -> bool:
    """Whether the party was at every session only in the person of that stand-in: then nobody with
    the power to agree ever did.
    """
    seen = [
        attendance
        for session in file.living_sessions
        for attendance in session.attendance
        if attendance.party_id == party_id and attendance.present
    ]
    return bool(seen) and all(one.through == person_id for one in seen)


def _check_party(file: CaseFile, party: Party) -> Iterator[Finding]:
    place, facts = f"party:{party.id}", {"name": file.name_of(party)}
    person = file.people.get(party.person_id) if party.person_id else None
    if person and person.cannot_read and not _has_witness(file):
        yield Finding(code=FindingCode.CANNOT_READ, place=place, facts=facts)
    unit = file.organisations.get(party.organisation_id) if party.organisation_id else None
    if unit and not unit.legal_representative.strip() and not party.representations:
        yield Finding(code=FindingCode.UNIT_UNREPRESENTED, place=place, facts=facts)


def _has_witness(file: CaseFile) -> bool:
    return any(
        one.kind is ParticipantKind.WITNESS
        for session in file.living_sessions
        for one in session.participants
    )


def _check_sides(file: CaseFile, parties: list[Party]) -> Iterator[Finding]:
    for problem in check_together(tuple(parties), file.people):
        party = parties[int(problem.field.split(".")[1])]
        code = _CLASHES[problem.code]
        yield Finding(code=code, place=f"party:{party.id}", facts=problem.facts)
    for index, party in enumerate(parties):
        for other in parties[index + 1 :]:
            for person_id in sorted(_stand_ins(party) & _stand_ins(other)):
                if opposed(party, other):
                    facts = {"name": _name(file, person_id)}
                    place = f"party:{other.id}"
                    yield Finding(code=FindingCode.ON_BOTH_SIDES, place=place, facts=facts)


def _stand_ins(party: Party) -> set[RecordId]:
    return {one.person_id for one in party.representations}


def _check_mediators(
    file: CaseFile, agreement: Agreement, parties: list[Party]
) -> Iterator[Finding]:
    """A mediator has no part in the dispute. The same name and telephone is the same person; the
    same name alone may be chance, in a village it often is.
    """
    involved = [
        file.people[one]
        for party in parties
        for one in (party.person_id, *_stand_ins(party))
        if one and one in file.people
    ]
    for mediator_id in agreement.mediator_ids:
        mediator = file.mediators.get(mediator_id)
        for person in involved:
            if mediator is None or not mediator.name or person.name != mediator.name:
                continue
            same = _phones(mediator.phone) & _phones(person.phone)
            code = FindingCode.MEDIATOR_IS_PARTY if same else FindingCode.MEDIATOR_SHARES_NAME
            yield Finding(code=code, place=f"mediator:{mediator_id}", facts={"name": person.name})
    yield from _check_recorder(agreement, involved)


def _check_recorder(agreement: Agreement, involved: list[Person]) -> Iterator[Finding]:
    name = agreement.recorder.strip()
    if name and any(person.name == name for person in involved):
        facts = {"name": name}
        yield Finding(code=FindingCode.MEDIATOR_SHARES_NAME, place="recorder", facts=facts)


def _phones(text: str) -> set[str]:
    digits = "".join(one if one.isdigit() else " " for one in text.replace("-", ""))
    return {one for one in digits.split() if len(one) >= 7}


def _name(file: CaseFile, person_id: RecordId) -> str:
    person = file.people.get(person_id)
    return person.name if person else ""
