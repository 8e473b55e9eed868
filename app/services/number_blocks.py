"""The numbers that the county lent to this laptop: how many are left, and giving back what is not
needed.

Never gives a number and never changes one; what was given back cannot be given here any more.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.acts import Act
from app.domain.ids import RecordId
from app.domain.numbering import (
    AGREEMENT_NUMBER,
    IssuedNumber,
    NumberBlock,
    NumberState,
    is_provisional,
    serials_of,
    without_tail,
)
from app.services.numbers import county_lends, start_of
from app.services.ports import UnitOfWork

FEW_LEFT = 20  # county practice: some weeks in a busy village, time enough to carry a stick to town


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersLeft:
    """How the agreements' numbers of one committee and calendar year stand, as far as this laptop
    has heard of them.

    `lent` whether a county lends them here; then `free` are still to be given here, and
    `returnable` of those lie behind the last one used. `provisional` were given while there were
    none.
    """

    year: int
    lent: bool
    free: int = 0
    used: int = 0
    void: int = 0
    provisional: int = 0
    returnable: int = 0

    @property
    def dry(self) -> bool:
        """Whether the next number is a provisional one."""
        return self.lent and not self.free

    @property
    def few(self) -> bool:
        """Whether it is time to meet the county."""
        return self.lent and 0 < self.free < FEW_LEFT


def numbers_left(uow: UnitOfWork, committee_id: RecordId, year: int) -> NumbersLeft:
    """What is left of the blocks, and what was given with them or without."""
    lines = _lines(uow, committee_id, year)
    numbers = [one for one in lines if one.number_kind == AGREEMENT_NUMBER]
    blocks = _blocks(uow, committee_id, year)
    used, after = serials_of(lines), start_of(uow, committee_id, year)
    free = {
        serial
        for block in blocks
        for serial in range(max(block.first, after + 1), block.last + 1)
        if serial not in used
    }
    kept = [without_tail(block, used, after) for block in blocks]
    return NumbersLeft(
        year=year,
        lent=county_lends(uow, committee_id),
        free=len(free),
        used=sum(one.state is NumberState.USED for one in numbers),
        void=sum(one.state is NumberState.VOID for one in numbers),
        provisional=sum(is_provisional(one) for one in numbers),
        returnable=sum(block.last - cut.last for block, cut in zip(blocks, kept, strict=True)),
    )


def years_left(uow: UnitOfWork, committee_id: RecordId) -> tuple[NumbersLeft, ...]:
    """This year, and each other year of which something can still be given back, oldest first."""
    this_year = uow.today().year
    lent = {one.year for one in uow.records.all(NumberBlock) if one.committee_id == committee_id}
    known = [numbers_left(uow, committee_id, year) for year in sorted(lent | {this_year})]
    return tuple(one for one in known if one.year == this_year or one.returnable)


def return_numbers(uow: UnitOfWork, committee_id: RecordId, year: int) -> int:
    """Gives the unused ends of this year's blocks back to the county and commits; returns how many
    serials that were.

    From this commit on they cannot be given here. The county lends them to somebody only once the
    journal has told it so. A later number of that year is a provisional one, until the county lends
    again.
    """
    used = serials_of(_lines(uow, committee_id, year))
    after, count = start_of(uow, committee_id, year), 0
    for block in _blocks(uow, committee_id, year):
        kept = without_tail(block, used, after)
        if kept != block:
            uow.records.put(kept)
            count += block.last - kept.last
    if count:
        uow.commit(Act.NUMBERS_RETURNED)
    return count


def _lines(uow: UnitOfWork, committee_id: RecordId, year: int) -> list[IssuedNumber]:
    lines = uow.records.all(IssuedNumber)
    return [one for one in lines if (one.committee_id, one.year) == (committee_id, year)]


def _blocks(uow: UnitOfWork, committee_id: RecordId, year: int) -> list[NumberBlock]:
    blocks = uow.records.all(NumberBlock)
    return [one for one in blocks if (one.committee_id, one.year) == (committee_id, year)]
