"""Receipts of the second protocol: one signed word for a stretch of a journal.

Made once and kept; whoever asks again gets the same bytes. In a new epoch, and for entries that
came by the first protocol, they are made when they are first needed, from what is stored and from
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.county.ingest import Desk
from app.county.tables import Device, EntryRow, SpanRow
from app.wire.canonical import canonical
from app.wire.exchange import SignedReceipt
from app.wire.exchange2 import SpanReceipt, span_message

SPANS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries of one device that were stored together: numbers and positions without a gap."""

    first: int
    last: int
    last_hash: str
    position: int
    received_at: datetime


def sign_span(session: Session, desk: Desk, device_id: str, stretch: Stretch) -> None:
    """Signs for a stretch, in the transaction that stored it."""
    receipt = SpanReceipt(
        device=device_id,
        first=stretch.first,
        last=stretch.last,
        entry_hash=stretch.last_hash,
        epoch=desk.epoch,
        position=stretch.position,
        received_at=stretch.received_at,
    )
    raw = canonical(receipt.model_dump(mode="json")).decode()
    session.add(
        SpanRow(
            device_id=device_id,
            epoch=desk.epoch,
            first=stretch.first,
            last=stretch.last,
            position=stretch.position,
            received_at=stretch.received_at,
            raw=raw,
            signature=desk.key.sign(span_message(raw)),
        )
    )


def sign_what_has_none(session: Session, desk: Desk, device: Device) -> None:
    """Signs for whatever is held and has no span in this epoch."""
    query = select(SpanRow.first, SpanRow.last).where(
        col(SpanRow.device_id) == device.id, col(SpanRow.epoch) == desk.epoch
    )
    signed = sorted(session.exec(query))
    covered = 0
    for first, last in [*signed, (device.head_seq + 1, device.head_seq)]:
        if first > covered + 1:
            for stretch in _stretches(session, device, covered + 1, first - 1):
                sign_span(session, desk, device.id, stretch)
        covered = max(covered, last)


def spans_after(
    session: Session, device: Device, now_epoch: str, receipted: int
) -> tuple[SignedReceipt, ...]:
    """The receipts that cover everything behind number `receipted`, as many as travel at once."""
    query = (
        select(SpanRow)
        .where(
            col(SpanRow.device_id) == device.id,
            col(SpanRow.epoch) == now_epoch,
            col(SpanRow.last) > receipted,
        )
        .order_by(col(SpanRow.first))
        .limit(SPANS_AT_ONCE)
    )
    return tuple(SignedReceipt(raw=row.raw, signature=row.signature) for row in session.exec(query))


def _stretches(session: Session, device: Device, first: int, last: int) -> Iterator[Stretch]:
    query = (
        select(EntryRow.seq, EntryRow.position, EntryRow.hash, EntryRow.received_at)
        .where(
            col(EntryRow.device_id) == device.id,
            col(EntryRow.seq) >= first,
            col(EntryRow.seq) <= last,
        )
        .order_by(col(EntryRow.seq))
    )
    run: list[tuple[int, int, str, datetime]] = []
    for row in session.exec(query):
        seq, position, _, received_at = row
        if run and (position - seq != run[0][1] - run[0][0] or received_at != run[0][3]):
            yield _stretch(run)
            run = []
        run.append(row)
    if run:
        yield _stretch(run)


def _stretch(run: Sequence[tuple[int, int, str, datetime]]) -> Stretch:
    first, position, _, received_at = run[0]
    last, _, last_hash, _ = run[-1]
    return Stretch(first, last, last_hash, position, received_at)
