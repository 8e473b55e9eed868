"""Takes in a device's journal: stores every authentic entry in the transaction that also signs its
receipt, and has it judged apart.

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

from sqlalchemy import insert
from sqlmodel import Session, col, func, select

from app.county import judging
from app.county.keys import CountyKey, genuine
from app.county.mirror_sums import TRAVELLING, Counted, add_to_sums
from app.county.record_states import lay_out
from app.county.tables import CommitteeRow, Device, EntryRow, ReceiptRow, Setting, VerdictRow
from app.county.trouble import Troubled
from app.wire.canonical import canonical
from app.wire.exchange import Receipt, SignedReceipt, Verdict, WireEntry, receipt_message
from app.wire.journal import (
    Entry,
    NotAnEntry,
    SealedEntry,
    entry_hash,
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


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry that its device wrote and signed: its exact bytes, and what they say."""

    sealed: SealedEntry
    entry: Entry


def opened(device_id: str, public_key: str, sealed: SealedEntry) -> Opened:
    """The entry, if that device wrote and signed it. Raises `Troubled` malformed."""
    try:
        entry = read_entry(sealed.raw)
    except NotAnEntry:
        raise Troubled("malformed") from None
    if entry.device != device_id or not genuine(
        public_key, bytes.fromhex(sealed.hash), sealed.signature
    ):
        raise Troubled("malformed")
    return Opened(sealed, entry)


def take_in(session: Session, desk: Desk, device: Device, sent: Sequence[WireEntry]) -> Taken:
    """Stores `sent` as far as it follows the journal that is held, and tells of each entry: the
    first protocol.

    Raises `Troubled` malformed, forked; then nothing is kept.
    """
    entries = [opened(device.id, device.public_key, _sealed(one)) for one in sent]
    fresh, trouble = following(session, device, entries)
    if trouble == "forked":
        raise Troubled(trouble)
    append(session, desk, device, fresh)
    seqs = [one.entry.seq for one in entries if one.entry.seq <= device.head_seq]
    if trouble:
        # After a gap nothing is told, even of what is held: the device offers it again.
        seqs = seqs[: next(i for i, one in enumerate(entries) if one.entry.seq > device.head_seq)]
    return _told(session, desk, device, seqs)


def following(session: Session, device: Device, sent: Sequence[Opened]) -> tuple[list[Opened], str]:
    """The new entries of `sent`, as far as they follow the journal that is held, and the word that
    stopped the rest: gap, forked, or "".
    """
    held = _held_hashes(session, device, sent)
    head_seq, head_hash = device.head_seq, device.head_hash
    fresh: list[Opened] = []
    for one in sent:
        if one.entry.seq > head_seq + 1:
            # The numbers between are missing: the device offers them again from `have` on.
            return fresh, "gap"
        if one.entry.seq <= head_seq:
            if held[one.entry.seq] != one.sealed.hash:
                return fresh, "forked"
            continue
        if one.entry.prev != head_hash:
            return fresh, "forked"
        fresh.append(one)
        head_seq, head_hash = one.entry.seq, one.sealed.hash
        held[head_seq] = head_hash
    return fresh, ""


def append(session: Session, desk: Desk, device: Device, fresh: Sequence[Opened]) -> int:
    """Stores and judges entries that follow the device's head; the head moves on, and the sums for
    mirrors with it. Returns the log position of the first one; the others follow without a gap.
    """
    position = (session.exec(select(func.max(col(EntryRow.position)))).one() or 0) + 1
    if not fresh:
        return position
    _lay_out(session, device, fresh)
    travelling = []
    for place, one in enumerate(fresh, position):
        judged = _store(session, desk, device, one, place)
        if judged.kind in TRAVELLING:
            travelling.append(Counted(judged.committee_id or "", judged.region, one.sealed.hash))
    add_to_sums(session, device.id, travelling)
    device.head_seq, device.head_hash = fresh[-1].entry.seq, fresh[-1].sealed.hash
    session.add(device)
    session.flush()
    return position


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


def _sealed(wire: WireEntry) -> SealedEntry:
    try:
        raw = base64.b64decode(wire.raw, validate=True)
    except binascii.Error:
        raise Troubled("malformed") from None
    return SealedEntry(raw, wire.signature, entry_hash(raw))


def _held_hashes(session: Session, device: Device, sent: Sequence[Opened]) -> dict[int, str]:
    seqs = [one.entry.seq for one in sent if one.entry.seq <= device.head_seq]
    if not seqs:
        return {}
    query = select(EntryRow.seq, EntryRow.hash).where(
        col(EntryRow.device_id) == device.id,
        col(EntryRow.seq) >= min(seqs),
        col(EntryRow.seq) <= max(seqs),
    )
    return dict(session.exec(query).all())


def _lay_out(session: Session, device: Device, fresh: Sequence[Opened]) -> None:
    """Reads beforehand what judging will ask for."""
    wanted = {(change.kind, change.id) for one in fresh for change in one.entry.changes}
    for one in fresh:
        wanted |= {
            ("case", str(change.set["case_id"]))
            for change in one.entry.changes
            if isinstance(change.set.get("case_id"), str)
        }
    lay_out(session, wanted)
    named = {device.committee_id, *(one.entry.committee_id for one in fresh)}
    query = select(CommitteeRow).where(col(CommitteeRow.id).in_(sorted(filter(None, named))))
    # A session forgets rows that nobody holds, and asks for them again.
    session.info["at_hand"] = [*session.exec(query), *session.exec(select(Setting))]


def _store(
    session: Session, desk: Desk, device: Device, one: Opened, position: int
) -> judging.Judged:
    """One entry with its verdict, and the records as it makes them."""
    entry, sealed = one.entry, one.sealed
    judged = judging.judge(session, device, entry)
    connection = session.connection()
    connection.execute(
        insert(EntryRow),
        {
            "position": position,
            "device_id": device.id,
            "seq": entry.seq,
            "hash": sealed.hash,
            "raw": sealed.raw,
            "signature": sealed.signature,
            "case_id": entry.case_id,
            "committee_id": judged.committee_id,
            "region": judged.region,
            "received_at": desk.now,
        },
    )
    connection.execute(
        insert(VerdictRow),
        {
            "position": position,
            "kind": judged.kind,
            "code": judged.code,
            "record": judged.record,
        },
    )
    judging.apply(session, device, judged, sealed.hash, position)
    if judged.alias:
        session.flush()
    return judged


def _told(session: Session, desk: Desk, device: Device, seqs: Sequence[int]) -> Taken:
    """Receipt and verdict of each entry, in the order of `seqs`."""
    query = (
        select(EntryRow, VerdictRow, ReceiptRow)
        .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
        .outerjoin(ReceiptRow, col(ReceiptRow.position) == col(EntryRow.position))
        .where(col(EntryRow.device_id) == device.id, col(EntryRow.seq).in_(set(seqs)))
    )
    rows = {entry.seq: (entry, verdict, receipt) for entry, verdict, receipt in session.exec(query)}
    taken = Taken()
    for seq in seqs:
        entry, verdict, receipt = rows[seq]
        if receipt is None:
            # New, or it came by the second protocol, which signs for many at once.
            receipt = _receipt(desk, entry)
            session.add(receipt)
            rows[seq] = entry, verdict, receipt
        taken.receipts.append(SignedReceipt(raw=receipt.raw, signature=receipt.signature))
        taken.verdicts.append(verdict_of(entry, verdict))
    session.flush()
    return taken


def _receipt(desk: Desk, row: EntryRow) -> ReceiptRow:
    receipt = Receipt(
        device=row.device_id,
        seq=row.seq,
        entry_hash=row.hash,
        epoch=desk.epoch,
        position=row.position,
        received_at=row.received_at,
    )
    raw = canonical(receipt.model_dump(mode="json")).decode()
    return ReceiptRow(position=row.position, raw=raw, signature=desk.key.sign(receipt_message(raw)))
