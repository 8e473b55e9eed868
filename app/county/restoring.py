"""What must happen once after the database came back from a backup: laptops offer again what is
lost, and numbers that may have been lent meanwhile are left alone.

Laptops know which numbers they were lent, and their journals bring it back (`blocks.take_back`). A
laptop that never returns tells nothing: therefore new numbers begin far enough behind what the
backup knows.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, select

from app.county.blocks import blocks_of, highest_known, usual_block, years_at
from app.county.number_lines import given_numbers, paper_register
from app.county.settings import new_epoch, set_restored
from app.county.tables import CommitteeRow, Device, NumberFloor


def begin_again(session: Session, now: datetime) -> str:
    """Begins another epoch and leaves a gap in every committee's numbers. Returns the epoch."""
    for committee in session.exec(select(CommitteeRow)):
        for year in years_at(now):
            _leave_gap(session, committee, year, now)
    set_restored(session, now)
    return new_epoch(session)


def _leave_gap(session: Session, committee: CommitteeRow, year: int, now: datetime) -> None:
    """Twice a block for each laptop of the committee and for one that the backup may not know.

    A block is at least what the committee uses in 180 days, so that this is more than could be lent
    since any backup of the last quarter.
    """
    given = given_numbers(session, committee.id)
    after = paper_register(committee, given, year)
    known = highest_known(blocks_of(session, committee.id, year), given, year, after)
    row = session.get(NumberFloor, (committee.id, year))
    if row is None:
        row = NumberFloor(committee_id=committee.id, year=year, after=known, last=known, set_at=now)
    # A second restore may bring back a state from before the first gap was filled.
    known = max(known, row.last)
    laptops = session.exec(
        select(func.count()).select_from(Device).where(col(Device.committee_id) == committee.id)
    ).one()
    row.last = known + 2 * (laptops + 1) * usual_block(session, given, now)
    row.set_at = now
    session.add(row)
    session.flush()
