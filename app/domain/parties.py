"""Parties to a dispute, who stands for them, and who may put a hand to paper (Civil Code art.
17-24).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.ids import RecordId
from app.domain.people import Capacity, Organisation, Person, capacity_by_age, person_age
from app.domain.problems import Problem, ProblemCode
from app.domain.text import LINE_LIMIT, check_text


class PartyRole(StrEnum):
    """Position in the dispute."""

    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    THIRD = "third"


class StandIn(StrEnum):
    """Why somebody acts for a party."""

    GUARDIAN = "guardian"  # 法定代理人
    AGENT = "agent"  # 委托代理人
    GROUP_REPRESENTATIVE = "group_representative"  # 推选代表人
    ORGANISATION_REPRESENTATIVE = (
        "organisation_representative"  # the person who attends for an organisation
    )


POWER_CLAIMS = "DISPOSE_CLAIMS"  # (4) admit, change, waive claims
POWER_SIGN = "SIGN_DOCUMENTS"  # (5) take part and sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """Somebody who acts for a party. `powers` are codes of the pack's table ``agent_power``;
    `proof` is the paper shown, `proof_id` its scan (an attachment); `given_on` and `until` bound
    the mandate.
    """

    person_id: RecordId
    kind: StandIn
    relation: str = ""
    post: str = ""
    agent_kind: str = ""
    powers: tuple[str, ...] = ()
    proof: str = ""
    given_on: date | None = None
    until: date | None = None
    licence_no: str = ""
    proof_id: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party of one case: a known person or organisation, with its place in this dispute.

    `side` is a letter (A, B, C ...): people of one side have one interest. `capacity` overrides
    what age presumes, with `capacity_reason`. A party entered by mistake is voided with
    `void_reason`, never removed.
    """

    id: RecordId
    case_id: RecordId
    ordinal: int
    role: PartyRole
    side: str
    person_id: RecordId | None = None
    organisation_id: RecordId | None = None
    group: str = ""
    capacity: Capacity | None = None
    capacity_reason: str = ""
    representations: tuple[Representation, ...] = ()
    void_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInBlock:
    """Somebody who acts for a party, as printed below it; `may_sign` tells whether a row names it
    as a signer.
    """

    person_id: RecordId
    kind: StandIn
    name: str = ""
    relation: str = ""
    post: str = ""
    phone: str = ""
    address: str = ""
    may_sign: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyBlock:
    """The block of a party as it stands on paper, frozen with an agreement so that later
    corrections of the person's record do not change what was signed. `age` in full years on the day
    of the paper; codes as in `Person`.
    """

    party_id: RecordId
    role: PartyRole
    name: str = ""
    organisation: bool = False
    sex: str = ""
    ethnicity: str = ""
    age: int | None = None
    occupation: str = ""
    phone: str = ""
    address: str = ""
    id_kind: str = ""
    id_no: str = ""
    credit_code: str = ""
    legal_representative: str = ""
    representative_post: str = ""
    stand_ins: tuple[StandInBlock, ...] = ()


def _stand_in_block(one: Representation, people: Mapping[RecordId, Person]) -> StandInBlock:
    person = people.get(one.person_id)
    return StandInBlock(
        person_id=one.person_id,
        kind=one.kind,
        name=person.name if person else "",
        relation=one.relation,
        post=one.post,
        phone=person.phone if person else "",
        address=person.address if person else "",
        may_sign=may_sign_for(one),
    )


def party_block(
    party: Party,
    people: Mapping[RecordId, Person],
    organisations: Mapping[RecordId, Organisation],
    day: date,
) -> PartyBlock:
    """The block of `party` on a paper of local date `day`."""
    block = PartyBlock(
        party_id=party.id,
        role=party.role,
        name=party_name(party, people, organisations),
        stand_ins=tuple(_stand_in_block(one, people) for one in party.representations),
    )
    person = people.get(party.person_id) if party.person_id else None
    unit = organisations.get(party.organisation_id) if party.organisation_id else None
    if person:
        return replace(
            block,
            sex=person.sex,
            ethnicity=person.ethnicity,
            age=person_age(person, day),
            occupation=person.occupation,
            phone=person.phone,
            address=person.address,
            id_kind=person.id_kind,
            id_no=person.id_no,
        )
    if unit:
        return replace(
            block,
            organisation=True,
            phone=unit.phone,
            address=unit.address,
            credit_code=unit.credit_code,
            legal_representative=unit.legal_representative,
            representative_post=unit.representative_post,
        )
    return block


def default_side(role: PartyRole) -> str:
    """Applicants are side A, respondents side B, third persons side C until somebody says
    otherwise.
    """
    return {PartyRole.APPLICANT: "A", PartyRole.RESPONDENT: "B", PartyRole.THIRD: "C"}[role]


def party_name(
    party: Party, people: Mapping[RecordId, Person], organisations: Mapping[RecordId, Organisation]
) -> str:
    """The name under which a party appears; empty if its person is not known."""
    if party.person_id and party.person_id in people:
        return people[party.person_id].name
    if party.organisation_id and party.organisation_id in organisations:
        return organisations[party.organisation_id].name
    return ""


def party_capacity(party: Party, people: Mapping[RecordId, Person], day: date) -> Capacity:
    """Capacity on local date `day`: the recorded one, else by age. Organisations act through their
    representative: FULL.
    """
    if party.capacity is not None:
        return party.capacity
    person = people.get(party.person_id) if party.person_id else None
    return capacity_by_age(person_age(person, day)) if person else Capacity.FULL


def guardians(party: Party) -> tuple[Representation, ...]:
    return tuple(one for one in party.representations if one.kind is StandIn.GUARDIAN)


def may_sign_for(representation: Representation) -> bool:
    """Whether a stand-in may sign the agreement: guardians and elected or organisation's
    representatives always, an agent only with powers (4) claims and (5) signing.
    """
    if representation.kind is StandIn.AGENT:
        return POWER_CLAIMS in representation.powers and POWER_SIGN in representation.powers
    return True


def check_party(party: Party, people: Mapping[RecordId, Person]) -> list[Problem]:
    """What keeps a party from being stored."""
    problems: list[Problem] = []
    if bool(party.person_id) == bool(party.organisation_id):
        problems.append(Problem(ProblemCode.NOTHING_CHOSEN, "person"))
    if party.capacity is not None and not party.capacity_reason.strip():
        problems.append(Problem(ProblemCode.REASON_NEEDED, "capacity_reason"))
    problems += check_text(party.capacity_reason, "capacity_reason", limit=LINE_LIMIT) + check_text(
        party.group, "group", limit=LINE_LIMIT
    )
    for index, one in enumerate(party.representations):
        problems += [
            problem.at(f"representations.{index}")
            for problem in _check_representation(one, party, people)
        ]
    return problems


def _check_representation(
    one: Representation, party: Party, people: Mapping[RecordId, Person]
) -> list[Problem]:
    problems = check_text(one.relation, "relation", limit=LINE_LIMIT) + check_text(
        one.proof, "proof", limit=LINE_LIMIT
    )
    if one.person_id == party.person_id:
        problems.append(
            Problem(
                ProblemCode.SAME_PERSON_BOTH_SIDES,
                "person",
                {"name": people[one.person_id].name if one.person_id in people else ""},
            )
        )
    return problems


def opposed(party: Party, other: Party) -> bool:
    """Whether two parties stand against each other."""
    return party.side != other.side


def check_together(parties: tuple[Party, ...], people: Mapping[RecordId, Person]) -> list[Problem]:
    """Problems between the parties of a case: one person on two sides, be it as a party or as
    somebody's agent; a guardian who is the opponent.
    """
    living = [party for party in parties if not party.void_reason]
    problems: list[Problem] = []
    for index, party in enumerate(living):
        for other in living:
            if other is party or not opposed(party, other) or other.person_id is None:
                continue
            code = _clash(party, other)
            if code is not None:
                facts = {"name": party_name(other, people, {})}
                problems.append(Problem(code, f"parties.{index}", facts))
    return problems


def _clash(party: Party, other: Party) -> ProblemCode | None:
    """What is wrong with `other`, a person of the other side, in `party`'s place or beside it."""
    if party.person_id == other.person_id:
        return ProblemCode.SAME_PERSON_BOTH_SIDES if party.ordinal < other.ordinal else None
    kinds = {one.kind for one in party.representations if one.person_id == other.person_id}
    if StandIn.GUARDIAN in kinds:
        return ProblemCode.GUARDIAN_IS_OPPONENT
    return ProblemCode.SAME_PERSON_BOTH_SIDES if kinds else None
