"""Lends serials for printed numbers.

A serial is lent once and for ever; what a laptop leaves unused stays unused.

A block carries its committee and year; the laptop takes the year of the paper's date, so next
year's blocks are lent in December.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from sqlmodel import Session, col, func, select

from app.county.tables import CommitteeRow, Device, NumberBlockRow, RecordState
from app.domain.ids import new_id
from app.wire.exchange import Block

BLOCK_SIZE = 200
REFILL_BELOW = 100
# All of China keeps one time, without summer time.
CHINA = timezone(timedelta(hours=8))


def lend(session: Session, device: Device, now: datetime) -> tuple[Block, ...]:
    """All blocks of this device for this county year (in December also the next), topped up where
    fewer than 100 are left.
    """
    if device.role != "mediator" or device.committee_id is None:
        return ()
    today = now.astimezone(CHINA)
    years = [today.year, today.year + 1] if today.month == 12 else [today.year]
    committee = session.get_one(CommitteeRow, device.committee_id)
    blocks: list[NumberBlockRow] = []
    for year in years:
        held = _held(session, device, year)
        if _left(session, committee.id, year, held) < REFILL_BELOW:
            held = [*held, _lend_one(session, device, committee, year, now)]
        blocks += held
    return tuple(
        Block(
            id=row.id, committee_id=row.committee_id, year=row.year, first=row.first, last=row.last
        )
        for row in blocks
    )


def _held(session: Session, device: Device, year: int) -> list[NumberBlockRow]:
    query = (
        select(NumberBlockRow)
        .where(
            col(NumberBlockRow.device_id) == device.id,
            col(NumberBlockRow.committee_id) == device.committee_id,
            col(NumberBlockRow.year) == year,
        )
        .order_by(col(NumberBlockRow.first))
    )
    return list(session.exec(query))


def _left(session: Session, committee_id: str, year: int, held: list[NumberBlockRow]) -> int:
    """How many of the lent serials no register line that came in has used."""
    used = _used(session, committee_id, year)
    return sum(sum(serial not in used for serial in range(row.first, row.last + 1)) for row in held)


def _used(session: Session, committee_id: str, year: int) -> set[int]:
    """Serials in the register lines that came in, lent or not."""
    rows = session.exec(
        select(RecordState.fields).where(
            col(RecordState.kind) == "issued_number", col(RecordState.committee_id) == committee_id
        )
    )
    lines = [json.loads(fields) for fields in rows]
    return {line["serial"] for line in lines if line["year"] == year}


def _lend_one(
    session: Session, device: Device, committee: CommitteeRow, year: int, now: datetime
) -> NumberBlockRow:
    highest = session.exec(
        select(func.max(col(NumberBlockRow.last))).where(
            col(NumberBlockRow.committee_id) == committee.id, col(NumberBlockRow.year) == year
        )
    ).one()
    started = committee.numbers_after if committee.numbers_year == year else 0
    # A village that kept its own register before it was enrolled goes on after its last number.
    first = max({highest or 0, started} | _used(session, committee.id, year)) + 1
    row = NumberBlockRow(
        id=str(new_id()),
        device_id=device.id,
        committee_id=committee.id,
        year=year,
        first=first,
        last=first + BLOCK_SIZE - 1,
        lent_at=now,
    )
    session.add(row)
    session.flush()
    return row
