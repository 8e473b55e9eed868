"""Numbers: lent once, topped up in time, for the county's year, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import col, select

from app.county.tables import CommitteeRow, NumberBlockRow
from app.domain.ids import RecordId, new_id
from app.domain.numbering import IssuedNumber, NumberBlock
from app.domain.problems import ProblemCode
from app.wire.exchange import Block, ExchangeAnswer
from tests.county.conftest import NewLaptop
from tests.county.laptop import RawLaptop, verdicts
from tests.county.server import RunningCounty

MARCH = datetime(2026, 3, 15, 4, tzinfo=UTC)


def spans(answer: ExchangeAnswer) -> list[tuple[int, int, int]]:
    """Year, first and last of each block."""
    return [(one.year, one.first, one.last) for one in answer.blocks]


def use(laptop: RawLaptop, serials: range, year: int = 2026) -> None:
    """Register lines for these serials."""
    for serial in serials:
        line = IssuedNumber(
            id=new_id(), committee_id=laptop.committee, year=year, serial=serial, text=str(serial)
        )
        laptop.save(line)


def test_asking_again_lends_nothing_more(county: RunningCounty, enrolled: NewLaptop) -> None:
    county.stands_still_at(MARCH)
    laptop = enrolled(county.mediator(county.committee()))
    assert spans(laptop.exchange()) == spans(laptop.exchange()) == [(2026, 1, 200)]


def test_two_laptops_of_one_committee_never_share_a_serial(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    committee = county.committee()
    one, two = (enrolled(county.mediator(committee, name)) for name in ("甲", "乙"))
    assert spans(one.exchange()) == [(2026, 1, 200)]
    assert spans(two.exchange()) == [(2026, 201, 400)]


def test_a_half_used_block_is_followed_by_another(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    laptop = enrolled(county.mediator(county.committee()))
    use(laptop, range(1, 51))
    laptop.exchange()
    use(laptop, range(51, 101))
    assert spans(laptop.exchange(laptop.journal[50:])) == [(2026, 1, 200)]
    use(laptop, range(101, 102))
    assert spans(laptop.exchange(laptop.journal[100:])) == [(2026, 1, 200), (2026, 201, 400)]


def test_the_year_is_the_countys_and_december_lends_ahead(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    # Still November in Greenwich, already December in the village.
    county.stands_still_at(datetime(2026, 11, 30, 16, 30, tzinfo=UTC))
    laptop = enrolled(county.mediator(county.committee()))
    assert spans(laptop.exchange()) == [(2026, 1, 200), (2027, 1, 200)]


def test_a_village_goes_on_after_its_paper_register(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    committee = county.committee()
    with county.session() as session:
        row = session.get_one(CommitteeRow, committee)
        row.numbers_year, row.numbers_after = 2026, 37
        session.commit()
    assert spans(enrolled(county.mediator(committee)).exchange()) == [(2026, 38, 237)]


def test_a_supervisor_gets_no_numbers(county: RunningCounty, enrolled: NewLaptop) -> None:
    assert enrolled(county.supervisor()).exchange().blocks == ()


def test_only_the_lent_block_is_taken_into_the_record(
    county: RunningCounty, enrolled: NewLaptop, laptop: RawLaptop
) -> None:
    [block] = laptop.blocks
    laptop.save(as_record(block))
    laptop.save(as_record(block.model_copy(update={"id": new_id(), "last": 9999})))
    other = enrolled(county.mediator(county.committee("330108001003", "邻村")))
    laptop.save(as_record(other.blocks[0]))
    scope = ProblemCode.VERDICT_SCOPE.value
    assert verdicts(laptop.exchange()) == [
        (1, "applied", ""),
        (2, "refused", scope),
        (3, "refused", scope),
    ]


def test_no_serial_is_in_two_blocks(county: RunningCounty, enrolled: NewLaptop) -> None:
    committee = county.committee()
    for name in ("甲", "乙", "丙"):
        enrolled(county.mediator(committee, name)).exchange()
    with county.session() as session:
        rows = list(session.exec(select(NumberBlockRow).order_by(col(NumberBlockRow.first))))
    serials = [serial for row in rows for serial in range(row.first, row.last + 1)]
    assert len(serials) == len(set(serials)) == 600


def as_record(block: Block) -> NumberBlock:
    return NumberBlock(
        id=RecordId(block.id),
        committee_id=RecordId(block.committee_id),
        year=block.year,
        first=block.first,
        last=block.last,
    )
