"""A county that came back from a backup never gives one number to two papers, and learns again from
its laptops what it had lent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from app.county.blocks import may_know_better
from app.county.database import writing
from app.county.number_book import NumberBook, number_book, spoken
from app.county.restoring import begin_again
from app.county.settings import set_blocks
from app.county.tables import NumberBlockRow
from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm
from app.domain.ids import RecordId, new_id
from app.domain.numbering import NumberBlock
from app.domain.problems import ProblemCode
from app.services.number_blocks import return_numbers
from app.services.numbers import issue_number
from tests.county.conftest import NewLaptop
from tests.county.laptop import verdicts
from tests.county.server import RunningCounty, backed_up, restored
from tests.county.village import Village
from tests.fakes import FixedClock, practice

MARCH = datetime(2026, 3, 15, 4, tzinfo=UTC)
NewVillage = Callable[[str], Village]


@pytest.fixture
def committee(county: RunningCounty) -> str:
    county.stands_still_at(MARCH)
    with writing(county.engine) as session:
        set_blocks(session, 10, 5)
    return county.committee()


@pytest.fixture
def village(county: RunningCounty, committee: str, tmp_path: Path) -> Iterator[NewVillage]:
    """Makes a laptop of the committee, enrolled and idle."""
    made: list[Village] = []

    def make(name: str) -> Village:
        made.append(Village(tmp_path / name, county.address, FixedClock(MARCH)))
        made[-1].enrol(county.code(county.mediator(committee, name)))
        made[-1].sync()
        return made[-1]

    yield make
    for one in made:
        one.close()


def number(village: Village) -> int:
    """The serial that a paper gets, 0 for a provisional one."""
    with village.store.unit() as uow:
        committee = uow.actor.committee_id
        assert committee
        case = village.new_case()
        paper = Agreement(id=new_id(), case_id=case.id, form=AgreementForm.WRITTEN)
    with village.store.unit() as uow:
        line = issue_number(uow, committee, paper, practice())
        uow.commit(Act.AGREEMENT_FINALISED, case.id)
    return line.serial


def held(village: Village) -> set[int]:
    with village.store.unit() as uow:
        return {
            serial
            for one in uow.records.all(NumberBlock)
            for serial in range(one.first, one.last + 1)
        }


def give_back(village: Village) -> None:
    with village.store.unit() as uow:
        assert uow.actor.committee_id
        return_numbers(uow, uow.actor.committee_id, 2026)


def book(county: RunningCounty, committee: str) -> NumberBook:
    with county.session() as session:
        return number_book(session, committee, 2026)


def test_numbers_lent_after_the_backup_are_lent_to_nobody_else(
    county: RunningCounty, committee: str, village: NewVillage
) -> None:
    one, two = village("甲"), village("乙")
    assert (held(one), held(two)) == ({*range(1, 11)}, {*range(11, 21)})
    backup = backed_up(county)
    for _ in range(6):
        number(one)
    one.sync()
    assert held(one) == {*range(1, 11), *range(21, 33)}
    restored(county, backup)
    # The other one comes first, and needs numbers: the county knows nothing of 21 to 32.
    used = [number(two) for _ in range(6)]
    two.sync()
    used += [number(two) for _ in range(14)] + [number(one) for _ in range(14)]
    newcomer = village("丙")
    used += [number(newcomer) for _ in range(3)]
    assert not held(one) & held(two) and not held(newcomer) & (held(one) | held(two))
    for _ in range(2):
        for laptop in (one, two, newcomer):
            laptop.sync()
            assert (laptop.waiting(), laptop.attention()) == (0, 0)
    serials = [serial for serial in used if serial]
    assert len(set(serials)) == len(serials)
    told = book(county, committee)
    assert (told.twice, told.outside, told.gaps) == ((), (), "")
    assert {(row.first, row.last) for row in told.blocks} >= {(1, 10), (11, 20), (21, 32)}
    assert told.left_out.startswith("33-")
    assert any(line.startswith("left out after a restore  33-") for line in spoken(told))


def test_what_was_given_back_and_lent_again_meanwhile_stays_one_laptops(
    county: RunningCounty, committee: str, village: NewVillage
) -> None:
    one, two = village("甲"), village("乙")
    backup = backed_up(county)
    number(one)
    give_back(one)
    one.sync()
    for _ in range(8):
        number(two)
    two.sync()
    assert held(one) == {1}
    assert held(two) >= {*range(2, 11)}
    restored(county, backup)
    # The second laptop's next papers bear numbers that the backup gives to the first.
    for _ in range(6):
        number(two)
    for laptop in (two, one, two, one):
        laptop.sync()
        assert (laptop.waiting(), laptop.attention()) == (0, 0)
    assert not held(one) & held(two)
    told = book(county, committee)
    assert (told.twice, told.outside, told.gaps) == ((), (), "")
    assert told.free_again == ""


def test_a_second_restore_leaves_a_second_gap(county: RunningCounty, village: NewVillage) -> None:
    one, backup = village("甲"), backed_up(county)
    restored(county, backup)
    with county.session() as session:
        query = select(NumberBlockRow).order_by(col(NumberBlockRow.first))
        assert [row.last for row in session.exec(query)] == [10]
        before = session.connection().exec_driver_sql("SELECT last FROM number_floor").scalar_one()
    with writing(county.engine) as session:
        begin_again(session, MARCH)
        after = session.connection().exec_driver_sql("SELECT last FROM number_floor").scalar_one()
    assert after == before + (before - 10)
    for _ in range(6):
        number(one)
    one.sync()
    assert min(held(one) - {*range(1, 11)}) == after + 1


def test_only_a_restored_county_takes_a_laptops_word(
    county: RunningCounty, committee: str, enrolled: NewLaptop
) -> None:
    laptop = enrolled(county.mediator(committee))
    made_up = NumberBlock(
        id=new_id(), committee_id=RecordId(committee), year=2026, first=101, last=110
    )
    laptop.save(made_up)
    assert verdicts(laptop.exchange()) == [(1, "refused", ProblemCode.VERDICT_SCOPE.value)]
    with writing(county.engine) as session:
        begin_again(session, MARCH)
        assert may_know_better(session, {"first": 1, "last": 10})
        assert not may_know_better(session, {"first": 0, "last": 10})
        assert not may_know_better(session, {"first": 11, "last": 10})
        assert not may_know_better(session, {"first": 1, "last": 10_001})
