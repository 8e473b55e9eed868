"""Lends serials for printed numbers, takes them back and lends them again.

At no time are two laptops allowed to give the same serial: what is lent again was cut off its
block by the journal of the laptop that had it, and that laptop's journal told every number given
before. What a lost laptop holds is never lent again, because it may come back with papers. After a
restore nothing is lent at or below the floor that `restoring` has set.

A block carries its committee and year; the laptop takes the year of the paper's date, so next
year's blocks are lent in December.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy.exc import DataError
from sqlmodel import Session, col, select

from app.county.number_lines import Given, given_numbers, lent_serials, paper_register
from app.county.record_states import State
from app.county.settings import block_size, refill_below, restored_at
from app.county.tables import (
    CommitteeRow,
    Device,
    NumberBlockRow,
    NumberFloor,
    RecordState,
)
from app.domain.ids import new_id
from app.domain.numbering import AGREEMENT_NUMBER, is_provisional, serials_of
from app.wire.exchange import Block

_LOG = logging.getLogger(__name__)
# Where a session keeps the lines of a committee while it judges one entry.
GIVEN_MEANWHILE = "given_numbers"
LARGEST_BLOCK = 10_000  # whatever a laptop says of its use
USE_COUNTED = timedelta(days=90)
# All of China keeps one time, without summer time.
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lending to one device for one year looks at: `rows` are all blocks of the committee in
    that year, `after` the last serial of its paper register, `floor` the last that a restored
    county leaves alone.
    """

    session: Session
    device: Device
    committee: CommitteeRow
    year: int
    now: datetime
    given: Sequence[Given]
    rows: Sequence[NumberBlockRow]
    after: int
    floor: int

    @property
    def held(self) -> list[NumberBlockRow]:
        return [row for row in self.rows if row.device_id == self.device.id]


def lend(session: Session, device: Device, now: datetime) -> tuple[Block, ...]:
    """All blocks of this device for this county year (in December also the next), topped up before
    they run dry.

    What cannot be lent must not hold up the contact: then there are none, and the log says so.
    """
    if device.role != "mediator" or device.committee_id is None:
        return ()
    try:
        with session.begin_nested():
            return _lend(session, device, now)
    except (ValueError, OverflowError, DataError) as error:
        _LOG.error("lending broke: %s", type(error).__name__)
        return ()


def _lend(session: Session, device: Device, now: datetime) -> tuple[Block, ...]:
    committee = session.get_one(CommitteeRow, device.committee_id)
    given = given_numbers(session, committee.id)
    blocks: list[NumberBlockRow] = []
    for year in years_at(now):
        after = paper_register(committee, given, year)
        rows = blocks_of(session, committee.id, year)
        floor = floor_of(session, committee.id, year)
        desk = _Desk(session, device, committee, year, now, given, rows, after, floor)
        blocks += [*desk.held, *_topped_up(desk)]
    return tuple(
        Block(
            id=row.id, committee_id=row.committee_id, year=row.year, first=row.first, last=row.kept
        )
        for row in blocks
        if row.first <= row.kept
    )


def years_at(now: datetime) -> list[int]:
    """The years that numbers are lent for at a county moment (UTC)."""
    today = now.astimezone(CHINA)
    return [today.year, today.year + 1] if today.month == 12 else [today.year]


def blocks_of(session: Session, committee_id: str, year: int) -> list[NumberBlockRow]:
    """All blocks of a committee and year in the order of serials, those given back too."""
    query = (
        select(NumberBlockRow)
        .where(
            col(NumberBlockRow.committee_id) == committee_id,
            col(NumberBlockRow.year) == year,
        )
        .order_by(col(NumberBlockRow.first), col(NumberBlockRow.turn))
    )
    return list(session.exec(query))


def floor_of(session: Session, committee_id: str, year: int) -> int:
    """Nothing at or below this serial is lent any more; 0 in a county that was never restored."""
    row = session.get(NumberFloor, (committee_id, year))
    return row.last if row else 0


def highest_known(
    rows: Iterable[NumberBlockRow], given: Iterable[Given], year: int, after: int
) -> int:
    """The highest serial that is lent, used, or in the village's own register from before it was
    enrolled.
    """
    return max({0, after, *(row.last for row in rows)} | lent_serials(given, year))


def usual_block(session: Session, given: Iterable[Given], now: datetime) -> int:
    """How many serials are lent at once: as many as the county wants, or the committee uses in 180
    days.
    """
    return min(max(block_size(session), 2 * _use(given, now)), LARGEST_BLOCK)


def may_keep(session: Session, row: NumberBlockRow, last: int) -> bool:
    """Whether the laptop that holds the block may say that it keeps it up to `last`: as it was
    lent, or cut behind every serial that it has told as given itself: what it gave back before a
    restore a colleague may have used since.
    """
    if not row.first - 1 <= last <= row.kept:
        return False
    # One entry may tell of many blocks: the lines are read once for all of them.
    known: dict[str, list[Given]] = session.info.setdefault(GIVEN_MEANWHILE, {})
    if row.committee_id not in known:
        known[row.committee_id] = given_numbers(session, row.committee_id)
    given = known[row.committee_id]
    told = lent_serials([one for one in given if one.device == row.device_id], row.year)
    return not any(last < serial <= row.kept for serial in told)


def may_know_better(session: Session, block: dict[str, Any]) -> bool:
    """Whether a laptop's word for a block that is not known here counts: only where the county was
    restored, and then its laptops know what it has lent. Such a block is the laptop's own word; it
    takes nothing from anybody, and the number book shows what it overlaps.
    """
    size = int(block["last"]) - int(block["first"]) + 1
    return restored_at(session) is not None and block["first"] >= 1 and 0 < size <= LARGEST_BLOCK


def take_back(session: Session, block: State) -> None:
    """Notes what the journal of a laptop says that it keeps of a block, and a block that a restored
    county does not know any more; called for an applied entry.
    """
    row, last = session.get(NumberBlockRow, block.id), int(block.fields["last"])
    if row is None:
        row = _known_again(session, block, last)
    row.kept = min(row.kept, last)
    session.add(row)
    session.flush()


def reclaim(session: Session, device: Device, now: datetime) -> list[NumberBlockRow]:
    """Marks the blocks of a lost laptop: the register says so, and nobody ever gets them.

    Raises ValueError while the laptop may still write.
    """
    if device.revoked_at is None:
        raise ValueError("the laptop may still write; revoke it first")
    query = select(NumberBlockRow).where(
        col(NumberBlockRow.device_id) == device.id, col(NumberBlockRow.kept) >= NumberBlockRow.first
    )
    rows = list(session.exec(query.order_by(col(NumberBlockRow.year), col(NumberBlockRow.first))))
    for row in rows:
        row.lost_at = row.lost_at or now
        session.add(row)
    session.flush()
    return rows


def free_again(rows: Iterable[NumberBlockRow], given: Iterable[Given], after: int) -> list[int]:
    """Serials that were given back and that nobody holds or has used, in order."""
    lent: set[int] = set()
    held: set[int] = set()
    years = set()
    for row in rows:
        lent.update(range(row.first, row.last + 1))
        held.update(range(row.first, row.kept + 1))
        years.add(row.year)
    used = serials_of([one.line for one in given if one.line.year in years])
    return sorted(serial for serial in lent - held - used if serial > after)


def runs(serials: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken run of ascending serials."""
    first = last = None
    for serial in serials:
        if first is None or last is None:
            first = serial
        elif serial != last + 1:
            yield first, last
            first = serial
        last = serial
    if first is not None and last is not None:
        yield first, last


def _known_again(session: Session, block: State, last: int) -> NumberBlockRow:
    moment = restored_at(session)
    assert moment is not None and block.committee_id is not None
    year, first = int(block.fields["year"]), int(block.fields["first"])
    rows = blocks_of(session, block.committee_id, year)
    return NumberBlockRow(
        id=block.id,
        device_id=block.device_id,
        committee_id=block.committee_id,
        year=year,
        first=first,
        last=last,
        kept=last,
        turn=_turn(rows, first),
        lent_at=moment,
    )


def _topped_up(desk: _Desk) -> list[NumberBlockRow]:
    """New blocks, where fewer are left than the county wants or the committee uses in 90 days."""
    if _handed_in(desk):
        return []
    use = _use(desk.given, desk.now)
    size = usual_block(desk.session, desk.given, desk.now)
    enough = min(max(refill_below(desk.session), use), LARGEST_BLOCK // 2)
    left = _left(desk)
    if left >= enough:
        return []
    above = max(desk.after, desk.floor)
    fresh = [
        _lend_one(desk, first, last)
        for first, last in runs(free_again(desk.rows, desk.given, above)[:size])
    ]
    if left + sum(row.last - row.first + 1 for row in fresh) < enough:
        first = 1 + max(desk.floor, highest_known(desk.rows, desk.given, desk.year, desk.after))
        fresh.append(_lend_one(desk, first, first + size - 1))
    return fresh


def _handed_in(desk: _Desk) -> bool:
    """Whether the laptop gave its numbers back and has not needed one since: then it is not given
    the next block at once. A provisional number after that shows that it is at work again.
    """
    returns = [_given_back_at(desk.session, row) for row in desk.held if row.kept < row.last]
    if not returns:
        return False
    return not any(
        one.device == desk.device.id
        and one.line.year == desk.year
        and one.position > max(returns)
        and is_provisional(one.line)
        for one in desk.given
    )


def _given_back_at(session: Session, row: NumberBlockRow) -> int:
    """The log position at which the end of the block came back."""
    state = session.get_one(RecordState, ("number_block", row.id))
    return int(json.loads(state.touched)["last"])


def _use(given: Iterable[Given], now: datetime) -> int:
    """Numbers of agreements that the committee says it gave in the last 90 days. Its clocks may be
    wrong; only the size of a block depends on them.
    """
    today = now.astimezone(CHINA).date()
    return sum(
        one.line.number_kind == AGREEMENT_NUMBER
        and one.line.issued_on is not None
        and today - USE_COUNTED < one.line.issued_on <= today + timedelta(days=1)
        for one in given
    )


def _left(desk: _Desk) -> int:
    """How many of the lent serials no register line that came in has used."""
    used = lent_serials(desk.given, desk.year)
    return sum(
        serial > desk.after and serial not in used
        for row in desk.held
        for serial in range(row.first, row.kept + 1)
    )


def _lend_one(desk: _Desk, first: int, last: int) -> NumberBlockRow:
    row = NumberBlockRow(
        id=str(new_id()),
        device_id=desk.device.id,
        committee_id=desk.committee.id,
        year=desk.year,
        first=first,
        last=last,
        kept=last,
        turn=_turn(desk.rows, first),
        lent_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def _turn(rows: Iterable[NumberBlockRow], first: int) -> int:
    return 1 + sum(one.first <= first <= one.last for one in rows)
