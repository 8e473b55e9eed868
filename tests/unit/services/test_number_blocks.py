"""Numbers that a county lent: what is left, giving the rest back, and the start after a paper
register.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm
from app.domain.ids import new_id
from app.domain.numbering import IssuedNumber, NumberBlock, NumberState, is_provisional
from app.services.number_blocks import numbers_left, return_numbers, years_left
from app.services.number_register import register_lines
from app.services.numbers import issue_number, start_after, start_of
from app.services.paper_values import RegisterState
from app.services.ports import Practice
from tests.fakes import MemoryStore
from tests.unit.domain.making import COMMITTEE

YEAR = 2026


def lend(store: MemoryStore, first: int, last: int, year: int = YEAR) -> NumberBlock:
    block = NumberBlock(id=new_id(), committee_id=COMMITTEE.id, year=year, first=first, last=last)
    with store.unit() as uow:
        uow.records.put(block)
        uow.settings.put("device.id", "0000-ab12")
        uow.commit(Act.NUMBERS_LENT)
    return block


def give(store: MemoryStore, county: Practice, typed: str | None = None) -> IssuedNumber:
    with store.unit() as uow:
        paper = Agreement(id=new_id(), case_id=new_id(), form=AgreementForm.WRITTEN)
        line = issue_number(uow, COMMITTEE.id, paper, county, typed)
        uow.commit(Act.AGREEMENT_FINALISED)
    return line


def back(store: MemoryStore, year: int = YEAR) -> int:
    with store.unit() as uow:
        return return_numbers(uow, COMMITTEE.id, year)


def test_without_a_county_nothing_is_lent(store: MemoryStore, county: Practice) -> None:
    give(store, county)
    with store.unit() as uow:
        left = numbers_left(uow, COMMITTEE.id, YEAR)
    assert (left.lent, left.used, left.dry, left.few) == (False, 1, False, False)
    assert back(store) == 0
    assert Act.NUMBERS_RETURNED.value not in store.acts


def test_what_is_left_is_counted_and_said_in_time(store: MemoryStore, county: Practice) -> None:
    lend(store, 1, 21)
    given = [give(store, county) for _ in range(2)]
    with store.unit() as uow:
        uow.records.put(replace(given[0], state=NumberState.VOID, void_reason="写错了"))
        uow.commit(Act.AGREEMENT_SPOILED)
    with store.unit() as uow:
        left = numbers_left(uow, COMMITTEE.id, YEAR)
    assert (left.free, left.used, left.void, left.few, left.dry) == (19, 1, 1, True, False)


def test_a_dry_block_gives_provisional_numbers_that_stand_apart(
    store: MemoryStore, county: Practice
) -> None:
    lend(store, 1, 1)
    lines = [give(store, county) for _ in range(3)]
    assert [is_provisional(one) for one in lines] == [False, True, True]
    with store.unit() as uow:
        left = numbers_left(uow, COMMITTEE.id, YEAR)
        book = register_lines(uow, COMMITTEE.id, YEAR, county)
    assert (left.dry, left.provisional, left.used, left.free) == (True, 2, 3, 0)
    assert [one.provisional for one in book] == [True, True, False]
    assert {one.state for one in book} == {RegisterState.USED}
    lend(store, 5, 5)
    assert give(store, county).serial == 5
    with store.unit() as uow:
        kept = {one.id: one.text for one in uow.records.all(IssuedNumber)}
    assert [kept[one.id] for one in lines] == [one.text for one in lines]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("〔2026〕某村人调字第临ab12-001号", True),
        ("临ab12-(2026)某村人调字第1号", True),
        ("〔2026〕临平人调字第012号", False),
        ("〔2026〕临人调字第2026-012号", False),
    ],
)
def test_a_place_called_lin_is_no_provisional_number(text: str, said: bool) -> None:
    line = IssuedNumber(id=new_id(), committee_id=COMMITTEE.id, year=YEAR, serial=0, text=text)
    assert is_provisional(line) is said


def test_the_unused_end_is_given_back_and_never_given_here_again(
    store: MemoryStore, county: Practice
) -> None:
    one, two = lend(store, 1, 10), lend(store, 11, 20)
    given = [give(store, county).serial for _ in range(3)]
    assert given == [1, 2, 3]
    assert back(store) == 17
    with store.unit() as uow:
        assert uow.records.get(NumberBlock, one.id).last == 3
        assert uow.records.get(NumberBlock, two.id).last == 10
        assert numbers_left(uow, COMMITTEE.id, YEAR).dry
    assert store.acts[-1] == Act.NUMBERS_RETURNED
    assert is_provisional(give(store, county))
    assert back(store) == 0


def test_what_stands_on_paper_is_never_given_back(store: MemoryStore, county: Practice) -> None:
    block = lend(store, 1, 100)
    give(store, county)
    give(store, county, "〔2026〕某村人调字第060号")
    with store.unit() as uow:
        start_after(uow, COMMITTEE.id, YEAR, 41)
    assert back(store) == 40
    with store.unit() as uow:
        assert uow.records.get(NumberBlock, block.id).last == 60


def test_a_year_that_is_over_still_gives_back(store: MemoryStore) -> None:
    lend(store, 1, 10, YEAR - 1)
    lend(store, 1, 10)
    lend(store, 1, 10, YEAR + 1)
    with store.unit() as uow:
        assert [one.year for one in years_left(uow, COMMITTEE.id)] == [YEAR - 1, YEAR, YEAR + 1]
    assert [back(store, YEAR - 1), back(store, YEAR + 1), back(store)] == [10, 10, 10]
    with store.unit() as uow:
        assert [one.year for one in years_left(uow, COMMITTEE.id)] == [YEAR]


def test_the_start_stands_in_the_journal_and_can_be_corrected(
    store: MemoryStore, county: Practice
) -> None:
    for serial in (41, 38):
        with store.unit() as uow:
            start_after(uow, COMMITTEE.id, YEAR, serial)
    said = [
        change.set["serial"]
        for _, entry in store.kept.entries
        if entry.act == Act.NUMBERS_STARTED
        for change in entry.changes
    ]
    assert said == [41, 38]
    assert give(store, county).serial == 39
    with store.unit() as uow:
        # It is no paper's number and stands in nobody's way.
        assert [one.serial for one in register_lines(uow, COMMITTEE.id, YEAR, county)] == [39]
    lend(store, 1, 60)
    assert give(store, county).serial == 40


def test_a_start_from_before_it_was_journaled_still_holds(store: MemoryStore) -> None:
    with store.unit() as uow:
        uow.settings.put(f"numbers.start.{COMMITTEE.id}.{YEAR}", "37")
        uow.commit()
    with store.unit() as uow:
        assert start_of(uow, COMMITTEE.id, YEAR) == 37
        start_after(uow, COMMITTEE.id, YEAR, 12)
    with store.unit() as uow:
        assert start_of(uow, COMMITTEE.id, YEAR) == 12
