"""Records of the whole file that belong to a neighbour's case: stored as sent, never taken over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import RecordId, new_id
from app.domain.printing import CameOut, PrintedPaper, Printing
from app.domain.problems import ProblemCode
from app.domain.readings import Reading
from app.domain.records import Record
from tests.county.conftest import NewLaptop
from tests.county.laptop import AT, RawLaptop, verdicts, written
from tests.county.server import RunningCounty

SCOPE = ("refused", ProblemCode.VERDICT_SCOPE.value)


def papers_of(case_id: RecordId) -> tuple[Attachment, Printing, Reading]:
    """One of each kind, whole enough to be taken over."""
    return (
        Attachment(
            id=new_id(),
            case_id=case_id,
            kind=AttachmentKind.PHOTO,
            sha256="b" * 64,
            size=7,
            media_type="image/png",
        ),
        Printing(
            id=new_id(),
            case_id=case_id,
            at=AT,
            papers=(PrintedPaper(kind="cover", subject_id=case_id, digest="a" * 64),),
        ),
        Reading(id=new_id(), case_id=case_id, agreement_id=new_id()),
    )


@pytest.fixture
def neighbour(county: RunningCounty, enrolled: NewLaptop) -> RawLaptop:
    return enrolled(county.mediator(county.committee("330108001003", "邻村")))


def verdict_of(laptop: RawLaptop, record: Record, *, base: str = "") -> tuple[str, str]:
    laptop.save(record, base=base)
    return verdicts(laptop.exchange())[-1][1:]


def test_nothing_is_added_to_a_neighbours_case(laptop: RawLaptop, neighbour: RawLaptop) -> None:
    theirs = neighbour.new_case()
    neighbour.exchange()
    for record in papers_of(theirs.id):
        assert verdict_of(laptop, record) == SCOPE
    assert written(neighbour.exchange([])) == []


def test_a_neighbours_papers_are_not_changed_or_carried_off(
    laptop: RawLaptop, neighbour: RawLaptop
) -> None:
    theirs, own = neighbour.new_case(), laptop.new_case()
    file, printing, reading = papers_of(theirs.id)
    bases = [neighbour.save(one).hash for one in (file, printing, reading)]
    assert [kind for _, kind, _ in verdicts(neighbour.exchange())][-3:] == ["applied"] * 3
    changed: tuple[Record, ...] = (
        replace(file, void_reason="不算"),
        replace(printing, came_out=CameOut.WELL),
        replace(reading, reader="别人"),
    )
    carried: tuple[Record, ...] = (
        replace(file, case_id=own.id),
        replace(printing, case_id=own.id),
        replace(reading, case_id=own.id),
    )
    for records in (changed, carried):
        for record, base in zip(records, bases, strict=True):
            assert verdict_of(laptop, record, base=base) == SCOPE
    assert written(neighbour.exchange([])) == []


def test_an_own_paper_is_not_slipped_into_a_neighbours_case(
    laptop: RawLaptop, neighbour: RawLaptop
) -> None:
    theirs, own = neighbour.new_case(), laptop.new_case()
    neighbour.exchange()
    for record in papers_of(own.id):
        base = laptop.save(record).hash
        assert verdict_of(laptop, replace(record, case_id=theirs.id), base=base) == SCOPE
