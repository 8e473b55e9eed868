"""A small village for these tests: a committee, mediators, people. No real name, no real number."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain.committees import Committee, CommitteeRole, Mediator
from app.domain.ids import RecordId
from app.domain.people import Person

COMMITTEE = Committee(
    id=RecordId("c-1"),
    name="某县某镇某村人民调解委员会",
    short_name="某村",
    region_code="450327103201",
)
LEAD = Mediator(
    id=RecordId("m-1"), committee_id=COMMITTEE.id, name="文衍林", role=CommitteeRole.DIRECTOR
)
SECOND = Mediator(id=RecordId("m-2"), committee_id=COMMITTEE.id, name="盘大姐")


def person_id(number: int) -> RecordId:
    """The id of the person of that number."""
    return RecordId(f"00000000-0000-7000-8000-{number:012d}")


def person(number: int, name: str, **more: object) -> Person:
    """A grown-up person with all that a paper asks for."""
    facts: dict[str, object] = {
        "sex": "1",
        "ethnicity": "01",
        "stated_age": 45,
        "occupation": "农民",
        "phone": "13800000000",
        "address": "某县某镇某村",
    }
    return Person(id=person_id(number), name=name, **(facts | more))  # type: ignore[arg-type]


def moment() -> datetime:
    """One fixed UTC moment."""
    return datetime(2026, 3, 15, 1, 30, tzinfo=UTC)
