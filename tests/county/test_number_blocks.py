"""Numbers: lent, topped up in time, for the county's year, given back, and never to two laptops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from app.county.blocks import reclaim, runs
from app.county.number_book import NumberBook, number_book, spoken
from app.county.settings import set_blocks
from app.county.tables import CommitteeRow, Device, NumberBlockRow
from app.domain.ids import RecordId, new_id
from app.domain.numbering import PAPER_REGISTER, IssuedNumber, NumberBlock, NumberState
from app.domain.problems import ProblemCode
from app.wire.exchange import Block, ExchangeAnswer
from tests.county.conftest import NewLaptop
from tests.county.laptop import RawLaptop, verdicts
from tests.county.server import RunningCounty

MARCH = datetime(2026, 3, 15, 4, tzinfo=UTC)


def spans(answer: ExchangeAnswer) -> list[tuple[int, int, int]]:
    """Year, first and last of each block."""
    return [(one.year, one.first, one.last) for one in answer.blocks]


def use(
    laptop: RawLaptop, serials: Iterable[int], year: int = 2026, on: date | None = None
) -> None:
    """Register lines for these serials."""
    for serial in serials:
        write(laptop, year=year, serial=serial, text=f"第{serial}号", issued_on=on)


def write(laptop: RawLaptop, **facts: object) -> IssuedNumber:
    """A register line as the next entry; the record checks what the test puts together."""
    known = {"id": new_id(), "committee_id": laptop.committee, "year": 2026, "serial": 0}
    line = IssuedNumber(**{**known, **facts})  # type: ignore[arg-type]
    laptop.save(line)
    return line


def give_back(laptop: RawLaptop, block: Block, last: int) -> None:
    """The block without its end behind `last`, on top of what was lent."""
    lent = laptop.save(as_record(block))
    laptop.save(replace(as_record(block), last=last), base=lent.hash)


def sized(county: RunningCounty, size: int, refill: int) -> None:
    with county.session() as session:
        set_blocks(session, size, refill)
        session.commit()


def book_of(county: RunningCounty, committee: str) -> NumberBook:
    with county.session() as session:
        return number_book(session, committee, 2026)


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


# --- given back ------------------------------------------------------------------------------


def test_what_came_back_is_lent_again_before_anything_new(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    committee = county.committee()
    one = enrolled(county.mediator(committee, "甲"))
    use(one, range(1, 31))
    give_back(one, one.blocks[0], 30)
    # Not at once to the laptop that has just given it back.
    assert spans(one.exchange()) == [(2026, 1, 30)]
    two = enrolled(county.mediator(committee, "乙"))
    assert [(block.first, block.last) for block in two.blocks] == [(31, 200)]
    three = enrolled(county.mediator(committee, "丙"))
    assert [(block.first, block.last) for block in three.blocks] == [(201, 400)]


def test_a_whole_block_comes_back_and_goes_out_again(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    committee = county.committee()
    one = enrolled(county.mediator(committee, "甲"))
    give_back(one, one.blocks[0], 0)
    assert spans(one.exchange()) == []
    two = enrolled(county.mediator(committee, "乙"))
    assert [(block.first, block.last) for block in two.blocks] == [(1, 200)]
    book = book_of(county, committee)
    told = [(b.person, b.first, b.last, b.free, b.returned) for b in book.blocks]
    assert told == [("甲", 1, 200, 0, 200), ("乙", 1, 200, 200, 0)]
    assert (book.gaps, book.free_again) == ("", "")


def test_a_laptop_at_work_again_is_lent_again(county: RunningCounty, enrolled: NewLaptop) -> None:
    county.stands_still_at(MARCH)
    one = enrolled(county.mediator(county.committee()))
    give_back(one, one.blocks[0], 0)
    one.exchange()
    write(one, text="第临ab12-001号")
    assert spans(one.exchange()) == [(2026, 1, 200)]


@pytest.mark.parametrize(
    ("last", "verdict"), [(9, "refused"), (10, "applied"), (200, "applied"), (201, "refused")]
)
def test_only_what_is_unused_comes_back(
    county: RunningCounty, enrolled: NewLaptop, last: int, verdict: str
) -> None:
    county.stands_still_at(MARCH)
    one = enrolled(county.mediator(county.committee()))
    use(one, range(1, 11))
    give_back(one, one.blocks[0], last)
    assert verdicts(one.exchange())[-1][1] == verdict


def test_what_was_given_back_does_not_grow_again(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    committee = county.committee()
    one = enrolled(county.mediator(committee, "甲"))
    give_back(one, one.blocks[0], 50)
    one.save(as_record(one.blocks[0]), base=one.journal[-1].hash)
    assert [kind for _, kind, _ in verdicts(one.exchange())] == ["applied", "applied", "refused"]
    two = enrolled(county.mediator(committee, "乙"))
    assert [(block.first, block.last) for block in two.blocks] == [(51, 200)]


def test_nobody_gives_back_what_another_holds(county: RunningCounty, enrolled: NewLaptop) -> None:
    committee = county.committee()
    one, two = (enrolled(county.mediator(committee, name)) for name in ("甲", "乙"))
    two.save(replace(as_record(one.blocks[0]), last=0))
    assert verdicts(two.exchange()) == [(1, "refused", ProblemCode.VERDICT_SCOPE.value)]


def test_a_lost_laptop_keeps_its_numbers_for_ever(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    committee = county.committee()
    lost = enrolled(county.mediator(committee, "甲"))
    use(lost, range(1, 4))
    lost.exchange()
    with county.session() as session:
        device = session.get_one(Device, lost.id)
        with pytest.raises(ValueError, match="revoke"):
            reclaim(session, device, MARCH)
    county.revoke(lost.id)
    with county.session() as session:
        rows = reclaim(session, session.get_one(Device, lost.id), MARCH)
        assert [(row.first, row.kept) for row in rows] == [(1, 200)]
        session.commit()
    other = enrolled(county.mediator(committee, "乙"))
    assert [(block.first, block.last) for block in other.blocks] == [(201, 400)]
    [first, _] = book_of(county, committee).blocks
    assert (first.holder, first.used, first.free) == ("lost", 3, 197)


# --- how many --------------------------------------------------------------------------------


def test_the_county_says_how_many_are_lent(county: RunningCounty, enrolled: NewLaptop) -> None:
    county.stands_still_at(MARCH)
    sized(county, 20, 5)
    laptop = enrolled(county.mediator(county.committee()))
    use(laptop, range(1, 16))
    assert spans(laptop.exchange()) == [(2026, 1, 20)]
    use(laptop, [16])
    assert spans(laptop.exchange(laptop.journal[15:])) == [(2026, 1, 20), (2026, 21, 40)]


@pytest.mark.parametrize(("size", "refill"), [(1, 1), (5001, 1), (20, 21), (20, 0)])
def test_sizes_that_make_no_sense_are_refused(
    county: RunningCounty, size: int, refill: int
) -> None:
    with pytest.raises(ValueError, match=r"to 5000|between"):
        sized(county, size, refill)


def test_a_block_lasts_ninety_days_at_the_least(county: RunningCounty, enrolled: NewLaptop) -> None:
    county.stands_still_at(MARCH)
    sized(county, 20, 10)
    laptop = enrolled(county.mediator(county.committee()))
    use(laptop, range(1, 21), on=date(2026, 2, 20))
    write(laptop, text="第临ab12-001号", issued_on=date(2026, 3, 15))
    use(laptop, range(1, 6), year=2025, on=date(2025, 12, 30))
    use(laptop, range(6, 26), year=2025, on=date(2025, 6, 30))
    assert spans(laptop.exchange()) == [(2026, 1, 20), (2026, 21, 72)]


def test_letters_use_up_no_numbers_of_agreements(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    sized(county, 4, 2)
    laptop = enrolled(county.mediator(county.committee()))
    for serial in (1, 2, 3, 9):
        write(laptop, serial=serial, text=f"函{serial}", number_kind="letter")
    assert spans(laptop.exchange()) == [(2026, 1, 4)]


def test_the_start_that_a_village_entered_counts(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    committee = county.committee()
    laptop = enrolled(county.mediator(committee))
    write(laptop, serial=150, text="", number_kind=PAPER_REGISTER)
    assert spans(laptop.exchange()) == [(2026, 1, 200), (2026, 201, 400)]
    assert (book_of(county, committee).paper_register, book_of(county, committee).gaps) == (150, "")


# --- the book --------------------------------------------------------------------------------


def test_the_book_explains_every_number_and_asks_about_the_rest(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    county.stands_still_at(MARCH)
    sized(county, 10, 1)
    committee = county.committee()
    one, two = (enrolled(county.mediator(committee, name)) for name in ("甲", "乙"))
    use(one, [1, 2, 4])
    write(one, serial=5, text="第5号", state=NumberState.VOID, void_reason="写错了")
    write(one, text="第临ab12-001号")
    write(one, text="第033号")
    use(two, [12, 2, 35])
    one.exchange()
    two.exchange()
    book = book_of(county, committee)
    told = [(b.person, b.first, b.last, b.used, b.void, b.free, b.skipped) for b in book.blocks]
    assert told == [("甲", 1, 10, 3, 1, 6, "3"), ("乙", 11, 20, 1, 0, 9, "11")]
    assert [line.number for line in book.provisional] == ["第临ab12-001号"]
    assert [line.number for line in book.typed] == ["第033号"]
    assert [(line.person, line.serial) for line in book.outside] == [("乙", 2), ("乙", 35)]
    assert [[line.person for line in group] for group in book.twice] == [["甲", "乙"]]
    assert book.gaps == "21-32, 34"
    text = "\n".join(spoken(book))
    for words in ("block 1-10  甲", "skipped 3", "provisional  第临ab12-001号", "given twice"):
        assert words in text
    assert text.endswith("unexplained  21-32, 34")


def test_a_committee_that_nobody_knows_has_no_book(county: RunningCounty) -> None:
    with pytest.raises(ValueError, match="no such committee"):
        book_of(county, "none")


@pytest.mark.parametrize(
    ("serials", "found"),
    [([], []), ([3], [(3, 3)]), ([1, 2, 3, 5, 7, 8], [(1, 3), (5, 5), (7, 8)])],
)
def test_runs_are_unbroken(serials: list[int], found: list[tuple[int, int]]) -> None:
    assert list(runs(serials)) == found


def as_record(block: Block) -> NumberBlock:
    return NumberBlock(
        id=RecordId(block.id),
        committee_id=RecordId(block.committee_id),
        year=block.year,
        first=block.first,
        last=block.last,
    )
