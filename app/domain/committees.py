"""The people's mediation committee and its mediators (PML art. 7-16)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import RecordId
from app.domain.people import check_phone
from app.domain.problems import Problem, ProblemCode
from app.domain.text import LINE_LIMIT, check_name, check_person_name, check_text


class CommitteeRole(StrEnum):
    """Place in the committee; ENGAGED is a mediator the committee has engaged (PML art. 13)."""

    DIRECTOR = "director"
    DEPUTY = "deputy"
    MEMBER = "member"
    ENGAGED = "engaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A committee. `name` as it stands on the seal; `short_name` as it stands in numbers; `kind` a
    code of ``committee_kind``;
    `region_code` of 12 digits (province 2, prefecture 2, county 2, town 3, village 3) decides who
    may see its cases.
    """

    id: RecordId
    name: str
    short_name: str = ""
    kind: str = "VILLAGE"
    region_code: str = ""
    region_name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator:
    """A people's mediator of a committee."""

    id: RecordId
    committee_id: RecordId
    name: str
    role: CommitteeRole = CommitteeRole.MEMBER
    full_time: bool = False
    phone: str = ""


def check_committee(committee: Committee) -> list[Problem]:
    """What keeps a committee from being stored."""
    problems = check_name(committee.name, "name") + check_text(
        committee.short_name, "short_name", limit=40
    )
    region = committee.region_code
    if region and not (region.isascii() and region.isdigit() and len(region) == 12):
        problems.append(Problem(ProblemCode.NOT_A_NUMBER, "region_code", {"text": region[:40]}))
    return (
        problems
        + check_text(committee.address, "address", limit=500)
        + check_phone(committee.phone)
    )


def check_mediator(mediator: Mediator) -> list[Problem]:
    """What keeps a mediator from being stored."""
    return (
        check_person_name(mediator.name, "name")
        + check_text(mediator.phone, "phone", limit=LINE_LIMIT)
        + check_phone(mediator.phone)
    )
