"""What others wrote, as the second protocol sends it: as much of the log as a device takes now, and
what it found to be missing.

Absence is never deletion: a page only ever adds. Refusals stay with their writer; conflicts travel,
because both sides must see them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import zstandard
from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from app.county.jurisdiction import viewer_of
from app.county.mirror_sums import TRAVELLING
from app.county.scope import Subject, may_see, seen_by
from app.county.tables import Device, EntryRow, VerdictRow
from app.wire.journal import SealedEntry
from app.wire.parts import ENTRIES_LIMIT, LogLine

PLAIN_AT_ONCE = 4 * 1024 * 1024  # bytes of entries in one answer, beside a first one of any size
_LINE_COSTS = 73  # bytes that stand beside each entry and never shrink
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class LogPage:
    """`lines` for one answer: what was missing first, then the log behind `since`, up to
    `cursor`.
    """

    lines: tuple[LogLine, ...]
    since: int
    cursor: int
    more: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """One entry that would travel, before its text is read."""

    position: int
    verdict: str
    size: int


def read_log_page(
    session: Session, device: Device, *, since: int, missing: Sequence[str], room: int
) -> LogPage:
    """The page behind `since`; from the start for a position beyond the log's end (a county
    restored from a backup). At least one line travels where there is one, unless `room` is 0.
    """
    end = session.exec(select(func.max(col(EntryRow.position)))).one() or 0
    start = since if since <= end else 0
    found = _visible(session, device, start, end)
    wanted = _missing(session, device, missing)
    fitting = list(_fitting(session, [*wanted, *found], room))
    told = fitting[len(wanted) :]
    more = len(told) < len(found) or len(fitting) < len(wanted)
    reached = (told[-1].position if told else start) if more else end
    return LogPage(tuple(fitting), start, reached, more)


def _visible(session: Session, device: Device, start: int, end: int) -> list[_Found]:
    """What lies behind `start`: one more than travels at once."""
    return _query(session, device, col(EntryRow.position) > start, col(EntryRow.position) <= end)[
        : ENTRIES_LIMIT + 1
    ]


def _missing(session: Session, device: Device, missing: Sequence[str]) -> list[_Found]:
    if not missing:
        return []
    return _query(session, device, col(EntryRow.hash).in_(missing))[:ENTRIES_LIMIT]


def _query(session: Session, device: Device, *where: ColumnElement[bool]) -> list[_Found]:
    viewer = viewer_of(device)
    query = (
        # SQLModel's own `select` takes four columns at most.
        select_columns(
            col(EntryRow.position),
            col(EntryRow.committee_id),
            col(EntryRow.region),
            col(VerdictRow.kind),
            func.length(col(EntryRow.raw)),
        )
        .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
        .where(
            col(EntryRow.device_id) != device.id,
            col(VerdictRow.kind).in_(TRAVELLING),
            seen_by(viewer),
            *where,
        )
        .order_by(col(EntryRow.position))
        .limit(ENTRIES_LIMIT + 1)
    )
    # The same rule once more on every row: a fault in the query must not open a neighbour's file.
    return [
        _Found(position, kind, size)
        for position, committee_id, region, kind, size in session.connection().execute(query)
        if may_see(viewer, Subject(committee_id, region))
    ]


def _fitting(session: Session, found: Sequence[_Found], room: int) -> Iterator[LogLine]:
    """As many as go into `room` packed bytes. How well they pack is tried with the fastest level,
    which errs on the safe side.
    """
    packed = plain = count = 0
    squeeze = zstandard.ZstdCompressor(level=1)
    for chunk in _chunks(found):
        rows = _texts(session, chunk)
        raw = b"".join(row.sealed.raw for row in rows)
        rate = len(squeeze.compress(raw)) / len(raw)
        for row in rows:
            packed += _LINE_COSTS + round(len(row.sealed.raw) * rate)
            plain += len(row.sealed.raw)
            count += 1
            beyond = packed > room or plain > PLAIN_AT_ONCE or count > ENTRIES_LIMIT
            if room == 0 or (beyond and count > 1):
                return
            yield row


def _chunks(found: Sequence[_Found]) -> Iterator[list[_Found]]:
    chunk: list[_Found] = []
    size = 0
    for one in found:
        if chunk and size + one.size > _CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(one)
        size += one.size
    if chunk:
        yield chunk


def _texts(session: Session, chunk: Sequence[_Found]) -> list[LogLine]:
    query = select(EntryRow.position, EntryRow.raw, EntryRow.signature, EntryRow.hash).where(
        col(EntryRow.position).in_([one.position for one in chunk])
    )
    rows = {row[0]: row for row in session.exec(query)}
    lines = []
    for one in chunk:
        _, raw, signature, entry_hash = rows[one.position]
        lines.append(LogLine(one.position, one.verdict, SealedEntry(raw, signature, entry_hash)))
    return lines
