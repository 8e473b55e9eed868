"""The own journal, what the county said of it, and what others wrote. Entries are added and read,
never changed.

What is called verified here was verified by the caller; signatures are checked again only by
`verify`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from app.domain.problems import ProblemCode, refuse
from app.services.identities import FORMER_SETTING, LOST_SETTING, UPCOMING_SETTING
from app.services.ports import DeviceKey, SignatureCheck, Verified
from app.services.told import Told
from app.storage.chain import head
from app.storage.cipher import Connection
from app.storage.deliveries import setting
from app.storage.family import family_of
from app.storage.folding import entries_of, records_of, set_aside, told_by_others
from app.storage.mapping import insert_of, upsert_of
from app.storage.projection import Projection
from app.storage.renewal import begin_anew, forget_places, note_place, tell_lost
from app.storage.rows import DeviceCardRow, ForeignRow, ReceiptRow, VerdictRow
from app.storage.transaction import Transaction
from app.storage.verification import first_break
from app.wire.exchange import DeviceCard, Receipt, Verdict
from app.wire.exchange2 import SpanReceipt
from app.wire.journal import Entry, SealedEntry, record_key
from app.wire.parts import bucket_sums, hashes_sum

# The index holds all that is needed to find the tail; the table itself is wide.
TAIL = (
    "SELECT e.seq FROM journal_entry e INDEXED BY journal_entry_of_case "
    "WHERE NOT EXISTS (SELECT 1 FROM receipt r WHERE r.seq = e.seq)"
)

# A restored county signs anew: what it said in another epoch does not count here.
_FIRST_WITHOUT = (
    "SELECT MIN(e.seq) FROM journal_entry e INDEXED BY journal_entry_of_case "
    "WHERE NOT EXISTS (SELECT 1 FROM receipt r WHERE r.seq = e.seq AND r.epoch = "
    "(SELECT value FROM setting WHERE key = 'county.epoch'))"
)


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
        self._formers: frozenset[str] | None = None

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
            self._place(connection, receipt.seq, receipt.position)
            self._note(own[1])
            new += 1
        return new

    def receipted(self) -> int:
        row = self._transaction.read().execute(_FIRST_WITHOUT).fetchone()
        return self.own_head() if row[0] is None else int(row[0]) - 1

    def own_head(self) -> int:
        return head(self._transaction.read())[0]

    def add_spans(self, spans: Sequence[tuple[SpanReceipt, str, str]]) -> int:
        """One row for each entry; the county's words stand with the last one, whose hash covers
        those before it.
        """
        connection, _ = self._transaction.write()
        new = 0
        for span, raw, signature in spans:
            own = connection.execute(
                "SELECT seq, hash, case_id FROM journal_entry "
                "WHERE seq BETWEEN ? AND ? AND device = ? ORDER BY seq",
                (span.first, span.last, span.device),
            ).fetchall()
            if len(own) != span.last - span.first + 1 or own[-1][1] != span.entry_hash:
                raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
            received_at = span.received_at.isoformat()
            known = connection.execute(
                "SELECT seq FROM receipt WHERE epoch = ? AND seq BETWEEN ? AND ?",
                (span.epoch, span.first, span.last),
            )
            held = {row[0] for row in known}
            for seq, mark, case_id in own:
                if seq in held:
                    continue
                words = (signature, raw) if seq == span.last else ("", "")
                position = span.position + seq - span.first
                row = (seq, span.epoch, span.device, mark, position, received_at, *words)
                connection.execute(insert_of(ReceiptRow), row)
                self._forget_verdict(connection, seq, span.epoch)
                self._place(connection, seq, position)
                self._note(case_id)
                new += 1
        return new

    def _forget_verdict(self, connection: Connection, seq: int, epoch: str) -> None:
        """A county that judges in another epoch has judged anew; what it did not take over stands
        in the answer that brings the receipt.
        """
        before = connection.execute(
            "DELETE FROM verdict WHERE seq = ? AND EXISTS "
            "(SELECT 1 FROM receipt WHERE seq = ? AND epoch <> ?) RETURNING kind",
            (seq, seq, epoch),
        ).fetchall()
        if before:
            for kind, record_id in records_of(connection, seq):
                self._projected(connection).make_anew(kind, record_id)
            self._transaction.kinds.add("conflict")

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
            before = connection.execute(
                "DELETE FROM verdict WHERE seq = ? RETURNING kind", (verdict.seq,)
            ).fetchone()
            row = (verdict.seq, verdict.record, verdict.kind, verdict.code)
            connection.execute(upsert_of(VerdictRow, "seq", "record"), row)
            self._judged(connection, verdict, before[0] if before else "applied")
            self._note(own[0])

    def add_cards(self, cards: Sequence[tuple[DeviceCard, str, str]]) -> None:
        connection, _ = self._transaction.write()
        before = family_of(connection, self._own_device) if cards else frozenset()
        for card, raw, signature in cards:
            connection.execute(upsert_of(DeviceCardRow, "device"), (card.device, raw, signature))
            self._transaction.kinds.add("device_card")
        if cards:
            for device in family_of(connection, self._own_device) ^ before:
                self._projected(connection).refresh_cases_of(device)

    def card(self, device_id: str) -> DeviceCard | None:
        row = (
            self._transaction.read()
            .execute("SELECT raw FROM device_card WHERE device = ?", (device_id,))
            .fetchone()
        )
        return DeviceCard.model_validate_json(row[0]) if row else None

    def cards(self) -> tuple[DeviceCard, ...]:
        rows = self._transaction.read().execute("SELECT raw FROM device_card ORDER BY device")
        return tuple(DeviceCard.model_validate_json(row[0]) for row in rows.fetchall())

    def revoked_devices(self) -> frozenset[str]:
        rows = self._transaction.read().execute(
            "SELECT device FROM device_card WHERE json_extract(raw, '$.revoked')"
        )
        return frozenset(row[0] for row in rows)

    def add_foreign(
        self, position: int, sealed: SealedEntry, entry: Entry, *, verdict: str = "applied"
    ) -> bool:
        """Raises `Refused` JOURNAL_BROKEN where the same device gave another entry the same number
        before.
        """
        connection, _ = self._transaction.write()
        if entry.device == self._own_device and not self._is_known_there(position, sealed, verdict):
            return False
        if self._is_looked_for(entry.device):
            note_place(connection, sealed.hash, position, verdict)
        known = connection.execute(
            "SELECT hash, position, verdict FROM foreign_entry WHERE device = ? AND seq = ?",
            (entry.device, entry.seq),
        ).fetchone()
        if known:
            if known[0] != sealed.hash:
                raise refuse(ProblemCode.JOURNAL_BROKEN, "", seq=entry.seq)
            if known[1:] != (position, verdict):
                self._move(connection, entry, position, verdict)
            return False
        late = position < self._newest(connection)
        seal = (entry.device, entry.seq, position, sealed.hash, sealed.signature)
        said = (entry.act, entry.actor, entry.case_id, entry.at.isoformat(), sealed.raw, verdict)
        connection.execute(insert_of(ForeignRow), (*seal, *said))
        if verdict == "applied":
            self._projected(connection).apply_changes(
                entry.changes, sealed.hash, entry.device, late=late
            )
        else:
            self._transaction.kinds.add("conflict")
        self._note(entry.case_id)
        return True

    def _is_known_there(self, position: int, sealed: SealedEntry, verdict: str) -> bool:
        """While this folder is being enrolled anew the log tells of its own entries too: where they
        are; and, as entries of another device, those that an older copy of the records does not
        have (True).
        """
        connection, _ = self._transaction.write()
        if not setting(connection, UPCOMING_SETTING):
            return False
        held = connection.execute(
            "SELECT 1 FROM journal_entry WHERE hash = ?", (sealed.hash,)
        ).fetchone()
        if held is not None:
            note_place(connection, sealed.hash, position, verdict)
        return held is None

    def forget_places(self) -> None:
        connection, _ = self._transaction.write()
        forget_places(connection)

    def begin_anew(self, device: DeviceKey, lent: Collection[tuple[str, int]] = ()) -> int:
        connection, _ = self._transaction.write()
        self._transaction.kinds |= {"journal", "conflict", "number_block"}
        self.finish()
        self._projection = Projection(connection, device.device_id)
        return begin_anew(connection, self._own_device, device, self._projection, lent)

    def tell_lost(self) -> int:
        if self._device is None:
            raise RuntimeError("no device is attached to the store")
        connection, _ = self._transaction.write()
        self._transaction.kinds |= {"journal", "conflict"}
        return tell_lost(connection, self._device, self._projected(connection))

    def _is_looked_for(self, device: str) -> bool:
        """Whether the log, read from its start in a restored county, is being asked what it has of
        this folder's former identities.
        """
        if self._formers is None:
            connection = self._transaction.read()
            asked = setting(connection, LOST_SETTING)
            self._formers = frozenset(setting(connection, FORMER_SETTING).split() if asked else ())
        return device in self._formers

    def entries_of(self, kind: str, record_id: str) -> tuple[Told, ...]:
        return entries_of(self._transaction.read(), kind, record_id)

    def set_aside(self, case_id: str | None = None) -> tuple[Told, ...]:
        return set_aside(self._transaction.read(), case_id)

    def _move(self, connection: Connection, entry: Entry, position: int, verdict: str) -> None:
        """A restored county has put an entry elsewhere, or judged it anew."""
        connection.execute(
            "UPDATE foreign_entry SET position = ?, verdict = ? WHERE device = ? AND seq = ?",
            (position, verdict, entry.device, entry.seq),
        )
        for change in entry.changes:
            self._projected(connection).make_anew(*record_key(change))
        self._note(entry.case_id)

    def _place(self, connection: Connection, seq: int, position: int) -> None:
        """An own entry has its place in the log: what others wrote behind it, and is here already,
        counts after it.
        """
        told = connection.execute("SELECT position FROM receipt WHERE seq = ?", (seq,)).fetchall()
        places = {row[0] for row in told}
        # A restored county may have put it elsewhere; at first only what stands behind it counts.
        if len(places) == 1 and (len(told) > 1 or position > self._newest(connection)):
            return
        row = connection.execute(
            "SELECT case_id FROM journal_entry WHERE seq = ?", (seq,)
        ).fetchone()
        for kind, record_id in records_of(connection, seq):
            # Who has a case is told by all its hand-overs, each a record of its own.
            if kind == "handover" or told_by_others(connection, record_id, row[0]):
                self._projected(connection).make_anew(kind, record_id)

    def _judged(self, connection: Connection, verdict: Verdict, before: str) -> None:
        """What is in conflict is in no record any more; a hand-over that was refused is none."""
        moved = "conflict" in (verdict.kind, before) and verdict.kind != before
        for kind, record_id in records_of(connection, verdict.seq):
            if moved or kind == "handover":
                self._projected(connection).make_anew(kind, record_id)
        if moved:
            self._transaction.kinds.add("conflict")

    @staticmethod
    def _newest(connection: Connection) -> int:
        found = connection.execute("SELECT MAX(position) FROM foreign_entry").fetchone()[0]
        return int(found or 0)

    def foreign_sum(self) -> tuple[int, str]:
        hashes = self._foreign_hashes()
        return len(hashes), hashes_sum(hashes)

    def foreign_buckets(self) -> str:
        return bucket_sums(self._foreign_hashes())

    def not_held(self, hashes: Sequence[str]) -> tuple[str, ...]:
        rows = self._transaction.read().execute(
            "SELECT value FROM json_each(?) one WHERE NOT EXISTS "
            "(SELECT 1 FROM journal_entry WHERE hash = one.value)",
            (json.dumps(list(hashes)),),
        )
        held = set(self._foreign_hashes())
        return tuple(row[0] for row in rows if row[0] not in held)

    def _foreign_hashes(self) -> list[str]:
        rows = self._transaction.read().execute("SELECT hash FROM foreign_entry")
        return [str(row[0]) for row in rows]

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
