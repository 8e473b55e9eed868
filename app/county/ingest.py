"""Takes in a device's journal: stores every authentic entry with its receipt in one transaction,
and has it judged apart.

Sending twice changes nothing and gets the same bytes back. A gap is waited for; two different
entries under one number mean that a device was copied or restored, and freeze it: neither is ever
chosen silently.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.county import judging
from app.county.keys import CountyKey, genuine
from app.county.tables import Device, EntryRow, ReceiptRow, VerdictRow
from app.county.trouble import Troubled
from app.wire.canonical import canonical
from app.wire.exchange import Receipt, SignedReceipt, Verdict, WireEntry, receipt_message
from app.wire.journal import (
    Entry,
    NotAnEntry,
    SealedEntry,
    entry_hash,
    entry_message,
    read_entry,
)


@dataclass(slots=True)
class Taken:
    """What the device is told about the entries it sent."""

    receipts: list[SignedReceipt] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """What storing needs besides the entry: who signs, in which epoch, at what county time
    (UTC).
    """

    key: CountyKey
    epoch: str
    now: datetime


def take_in(session: Session, desk: Desk, device: Device, sent: Sequence[WireEntry]) -> Taken:
    """Stores `sent` as far as it follows the journal that is held.

    Raises `Troubled` malformed, forked; then nothing is kept.
    """
    taken = Taken()
    position = session.exec(select(func.max(col(EntryRow.position)))).one() or 0
    for sealed, entry in [_opened(device, wire) for wire in sent]:
        if entry.seq > device.head_seq + 1:
            # The numbers between are missing: the device offers them again from `have` on.
            break
        if entry.seq <= device.head_seq:
            row = _held(session, device, entry.seq)
            if row.hash != sealed.hash:
                raise Troubled("forked")
        else:
            if entry.prev != device.head_hash:
                raise Troubled("forked")
            position += 1
            row = _store(session, desk, device, sealed, entry, position)
        _tell(session, taken, row)
    return taken


def verdict_of(entry: EntryRow, row: VerdictRow) -> Verdict:
    """A stored verdict as it travels."""
    return Verdict.model_validate(
        {
            "device": entry.device_id,
            "seq": entry.seq,
            "kind": row.kind,
            "code": row.code,
            "record": row.record,
        }
    )


def _opened(device: Device, wire: WireEntry) -> tuple[SealedEntry, Entry]:
    """The entry, if this device wrote and signed it."""
    try:
        raw = base64.b64decode(wire.raw, validate=True)
        entry = read_entry(raw)
    except (binascii.Error, NotAnEntry):
        raise Troubled("malformed") from None
    if entry.device != device.id or not genuine(
        device.public_key, entry_message(raw), wire.signature
    ):
        raise Troubled("malformed")
    return SealedEntry(raw, wire.signature, entry_hash(raw)), entry


def _held(session: Session, device: Device, seq: int) -> EntryRow:
    query = select(EntryRow).where(col(EntryRow.device_id) == device.id, col(EntryRow.seq) == seq)
    return session.exec(query).one()


def _store(
    session: Session, desk: Desk, device: Device, sealed: SealedEntry, entry: Entry, position: int
) -> EntryRow:
    """One entry with its receipt and its verdict; the device's head moves on."""
    judged = judging.judge(session, device, entry)
    row = EntryRow(
        position=position,
        device_id=device.id,
        seq=entry.seq,
        hash=sealed.hash,
        raw=sealed.raw,
        signature=sealed.signature,
        case_id=entry.case_id,
        committee_id=judged.committee_id,
        region=judged.region,
        received_at=desk.now,
    )
    session.add(row)
    session.flush()
    session.add(_receipt(desk, row))
    session.add(
        VerdictRow(position=position, kind=judged.kind, code=judged.code, record=judged.record)
    )
    judging.apply(session, device, judged, sealed.hash, position)
    device.head_seq, device.head_hash = entry.seq, sealed.hash
    session.add(device)
    session.flush()
    return row


def _receipt(desk: Desk, row: EntryRow) -> ReceiptRow:
    receipt = Receipt(
        device=row.device_id,
        seq=row.seq,
        entry_hash=row.hash,
        epoch=desk.epoch,
        position=row.position,
        received_at=desk.now,
    )
    raw = canonical(receipt.model_dump(mode="json")).decode()
    return ReceiptRow(position=row.position, raw=raw, signature=desk.key.sign(receipt_message(raw)))


def _tell(session: Session, taken: Taken, row: EntryRow) -> None:
    receipt = session.get_one(ReceiptRow, row.position)
    taken.receipts.append(SignedReceipt(raw=receipt.raw, signature=receipt.signature))
    taken.verdicts.append(verdict_of(row, session.get_one(VerdictRow, row.position)))
