"""What others wrote that this device may see, in the order of the county's log, page by page.

Absence is never deletion: a page only ever adds. What was refused or is in conflict stays with its
writer.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.county.ingest import verdict_of
from app.county.jurisdiction import viewer_of
from app.county.scope import Subject, may_see, seen_by
from app.county.tables import Device, EntryRow, VerdictRow
from app.wire.canonical import LARGEST_INTEGER
from app.wire.exchange import LogEntry, SignedCard, Verdict, WireEntry

PAGE_ENTRIES = 200
# Beyond this a page ends early: at 50 kbit/s it is some three minutes.
PAGE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """One page: entries with the cards of their writers, and verdicts on own entries, up to
    `cursor`.
    """

    log: tuple[LogEntry, ...]
    cards: tuple[SignedCard, ...]
    verdicts: tuple[Verdict, ...]
    cursor: int
    more: bool


def read_page(session: Session, device: Device, cursor: int) -> Page:
    """The page after `cursor`; from the start for a cursor beyond the log's end (a county restored
    from a backup).
    """
    end = session.exec(select(func.max(col(EntryRow.position)))).one() or 0
    start = cursor if cursor <= end else 0
    rows = _visible(session, device, start, end)
    fitting = _fitting(rows)
    more = len(fitting) < len(rows)
    reached = fitting[-1].position if more else end
    return Page(
        log=tuple(_travelling(row) for row in fitting),
        cards=cards_of(session, {row.device_id for row in fitting}),
        verdicts=own_verdicts(session, device, start, reached),
        cursor=reached,
        more=more,
    )


def _visible(session: Session, device: Device, start: int, end: int) -> list[EntryRow]:
    viewer = viewer_of(device)
    query = (
        select(EntryRow)
        .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
        .where(
            col(EntryRow.position) > start,
            col(EntryRow.position) <= end,
            col(EntryRow.device_id) != device.id,
            col(VerdictRow.kind) == "applied",
            seen_by(viewer),
        )
        .order_by(col(EntryRow.position))
        .limit(PAGE_ENTRIES + 1)
    )
    # The same rule once more on every row: a fault in the query must not open a neighbour's file.
    return [
        row for row in session.exec(query) if may_see(viewer, Subject(row.committee_id, row.region))
    ]


def _fitting(rows: list[EntryRow]) -> list[EntryRow]:
    size = 0
    fitting: list[EntryRow] = []
    for row in rows[:PAGE_ENTRIES]:
        size += len(row.raw)
        if fitting and size > PAGE_BYTES:
            break
        fitting.append(row)
    return fitting


def _travelling(row: EntryRow) -> LogEntry:
    raw = base64.b64encode(row.raw).decode()
    return LogEntry(position=row.position, entry=WireEntry(raw=raw, signature=row.signature))


def cards_of(session: Session, writers: set[str]) -> tuple[SignedCard, ...]:
    """The cards of these devices."""
    devices = session.exec(select(Device).where(col(Device.id).in_(sorted(writers))))
    return tuple(SignedCard(raw=one.card, signature=one.card_signature) for one in devices)


def own_verdicts(
    session: Session, device: Device, start: int, reached: int | None
) -> tuple[Verdict, ...]:
    """What was not applied of this device's own entries on this stretch of the log (None: to its
    end): told until its cursor has passed.
    """
    query = (
        select(EntryRow, VerdictRow)
        .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
        .where(
            col(EntryRow.device_id) == device.id,
            col(EntryRow.position) > start,
            col(EntryRow.position) <= (LARGEST_INTEGER if reached is None else reached),
            col(VerdictRow.kind) != "applied",
        )
        .order_by(col(EntryRow.position))
    )
    return tuple(verdict_of(entry, verdict) for entry, verdict in session.exec(query))
