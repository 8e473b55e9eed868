"""The own journal, what the county said of it, and what others wrote. Entries are added and read,
never changed.

What is called verified here was verified by the caller; signatures are checked again only by
`verify`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.problems import ProblemCode, refuse
from app.services.ports import DeviceKey, SignatureCheck, Verified
from app.storage.cipher import Connection
from app.storage.mapping import insert_of, upsert_of
from app.storage.projection import Projection
from app.storage.rows import DeviceCardRow, ForeignRow, JournalRow, ReceiptRow, VerdictRow
from app.storage.transaction import Transaction
from app.storage.verification import first_break
from app.wire.exchange import DeviceCard, Receipt, Verdict
from app.wire.journal import FIRST_PREVIOUS, Entry, SealedEntry, record_key

# The index holds all that is needed to find the tail; the table itself is wide.
TAIL = (
    "SELECT e.seq FROM journal_entry e INDEXED BY journal_entry_of_case "
    "WHERE NOT EXISTS (SELECT 1 FROM receipt r WHERE r.seq = e.seq)"
)


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last own entry; (0, zeros) before the first."""
    row = connection.execute(
        "SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST_PREVIOUS)


def append(connection: Connection, entry: Entry, sealed: SealedEntry) -> None:
    """Adds the next own entry; the schema refuses any other."""
    values = {
        "seq": entry.seq,
        "device": entry.device,
        "hash": sealed.hash,
        "prev": entry.prev,
        "signature": sealed.signature,
        "act": entry.act,
        "actor": entry.actor,
        "case_id": entry.case_id,
        "at": entry.at.isoformat(),
        "size": len(sealed.raw),
        "records": json.dumps([":".join(record_key(one)) for one in entry.changes]),
        "raw": sealed.raw,
    }
    assert list(values) == list(JournalRow.model_fields)
    connection.execute(insert_of(JournalRow), tuple(values.values()))


class JournalBook:
    """One unit's view of the journal.

    `device` and `check` are None until they are attached to the store.
    """

    def __init__(
        self,
        transaction: Transaction,
        own_device: str,
        device: DeviceKey | None,
        check: SignatureCheck | None,
    ) -> None:
        self._transaction = transaction
        self._own_device = own_device
        self._device = device
        self._check = check
        self._projection: Projection | None = None

    def tail(self, limit: int) -> tuple[SealedEntry, ...]:
        return self._entries(f"seq IN ({TAIL}) ORDER BY seq LIMIT ?", (limit,))

    def own_from(self, seq: int, limit: int) -> tuple[SealedEntry, ...]:
        return self._entries("seq >= ? ORDER BY seq LIMIT ?", (seq, limit))

    def add_receipts(self, receipts: Sequence[tuple[Receipt, str, str]]) -> int:
        """Raises `Refused` RECEIPT_NOT_GENUINE for a receipt of something that this device has not
        written like that.
        """
        connection, _ = self._transaction.write()
        new = 0
        for receipt, raw, signature in receipts:
            own = connection.execute(
                "SELECT hash, case_id FROM journal_entry WHERE seq = ? AND device = ?",
                (receipt.seq, receipt.device),
            ).fetchone()
            if own is None or own[0] != receipt.entry_hash:
                raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
            if connection.execute(
                "SELECT 1 FROM receipt WHERE seq = ? AND epoch = ?", (receipt.seq, receipt.epoch)
            ).fetchone():
                continue
            received_at = receipt.received_at.isoformat()
            said = (receipt.seq, receipt.epoch, receipt.device, receipt.entry_hash)
            row = (*said, receipt.position, received_at, signature, raw)
            connection.execute(insert_of(ReceiptRow), row)
            self._note(own[1])
            new += 1
        return new

    def add_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Verdicts of entries that this device does not know are left out."""
        connection, _ = self._transaction.write()
        for verdict in verdicts:
            own = connection.execute(
                "SELECT case_id FROM journal_entry WHERE seq = ? AND device = ?",
                (verdict.seq, verdict.device),
            ).fetchone()
            if own is None:
                continue
            row = (verdict.seq, verdict.record, verdict.kind, verdict.code)
            connection.execute(upsert_of(VerdictRow, "seq", "record"), row)
            self._note(own[0])

    def add_cards(self, cards: Sequence[tuple[DeviceCard, str, str]]) -> None:
        connection, _ = self._transaction.write()
        for card, raw, signature in cards:
            connection.execute(upsert_of(DeviceCardRow, "device"), (card.device, raw, signature))
            self._transaction.kinds.add("device_card")

    def card(self, device_id: str) -> DeviceCard | None:
        row = (
            self._transaction.read()
            .execute("SELECT raw FROM device_card WHERE device = ?", (device_id,))
            .fetchone()
        )
        return DeviceCard.model_validate_json(row[0]) if row else None

    def revoked_devices(self) -> frozenset[str]:
        rows = self._transaction.read().execute(
            "SELECT device FROM device_card WHERE json_extract(raw, '$.revoked')"
        )
        return frozenset(row[0] for row in rows)

    def add_foreign(self, position: int, sealed: SealedEntry, entry: Entry) -> bool:
        """Raises `Refused` JOURNAL_BROKEN where the same device gave another entry the same number
        before.
        """
        connection, _ = self._transaction.write()
        if entry.device == self._own_device:
            return False
        known = connection.execute(
            "SELECT hash FROM foreign_entry WHERE device = ? AND seq = ?", (entry.device, entry.seq)
        ).fetchone()
        if known:
            if known[0] != sealed.hash:
                raise refuse(ProblemCode.JOURNAL_BROKEN, "", seq=entry.seq)
            return False
        seal = (entry.device, entry.seq, position, sealed.hash, sealed.signature)
        row = (*seal, entry.act, entry.actor, entry.case_id, entry.at.isoformat(), sealed.raw)
        connection.execute(insert_of(ForeignRow), row)
        self._projected(connection).apply_changes(entry.changes, sealed.hash, entry.device)
        self._note(entry.case_id)
        return True

    def finish(self) -> None:
        """Brings lists and index up to date with all foreign entries added."""
        if self._projection:
            self._projection.finish()
            self._transaction.kinds |= self._projection.kinds
            self._transaction.case_ids |= self._projection.case_ids
            self._projection = None

    def verify(self) -> Verified:
        if self._device is None or self._check is None:
            raise RuntimeError("no device is attached to the store")
        connection = self._transaction.read()
        count = int(connection.execute("SELECT COUNT(*) FROM journal_entry").fetchone()[0])
        return Verified(count, first_break(connection, self._device, self._check))

    def _projected(self, connection: Connection) -> Projection:
        if self._projection is None:
            self._projection = Projection(connection, self._own_device)
        return self._projection

    def _note(self, case_id: str | None) -> None:
        self._transaction.kinds.add("journal")
        if case_id:
            self._transaction.case_ids.add(case_id)

    def _entries(self, where: str, values: Iterable[Any]) -> tuple[SealedEntry, ...]:
        rows = self._transaction.read().execute(
            f"SELECT raw, signature, hash FROM journal_entry WHERE {where}", tuple(values)
        )
        return tuple(SealedEntry(bytes(raw), signature, mark) for raw, signature, mark in rows)
