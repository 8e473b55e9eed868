"""Walks the own journal from its first entry and compares the records with it, and with what others
wrote of them. Repairs nothing.
"""

from __future__ import annotations

from typing import Any

from app.services.ports import DeviceKey, SignatureCheck
from app.storage.cipher import Connection
from app.storage.folding import entries_of, fold, records_of
from app.storage.mapping import table_text
from app.storage.rows import RECORD_ROWS
from app.wire.journal import FIRST_PREVIOUS, Entry, NotAnEntry, entry_hash, read_entry
from app.wire.records import Fields, NotARecord, from_fields, to_fields

Key = tuple[str, str]
_ENTRY = (
    "SELECT seq, device, hash, prev, signature, act, actor, case_id, at, size, raw "
    "FROM journal_entry ORDER BY seq"
)
_ASIDE = "SELECT seq FROM verdict WHERE kind = 'conflict'"


class _Fold:
    """What the own entries make of the records they tell of, and which entry touched each last."""

    def __init__(self) -> None:
        self.fields: dict[Key, Fields] = {}
        self.last: dict[Key, tuple[int, str]] = {}

    def add(self, entry: Entry, mark: str) -> None:
        for change in entry.changes:
            key = change.kind, change.id
            self.fields.setdefault(key, {"id": change.id}).update(change.set)
            self.last[key] = entry.seq, mark

    def mix(self, connection: Connection) -> set[Key]:
        """Makes of each record of which others tell as well, or which the county has not taken over
        as it was written, what all its entries say. Returns of which records others tell.
        """
        others = {
            (change.kind, change.id)
            for (raw,) in connection.execute("SELECT raw FROM foreign_entry")
            for change in Entry.model_validate_json(bytes(raw)).changes
        }
        aside = {
            one for (seq,) in connection.execute(_ASIDE) for one in records_of(connection, seq)
        }
        for kind, record_id in (aside | others) & self.fields.keys():
            folded = fold(kind, record_id, entries_of(connection, kind, record_id))
            if folded:
                self.fields[kind, record_id] = folded.fields
                self.last[kind, record_id] = self.last[kind, record_id][0], folded.touched_by
        return others


def first_break(connection: Connection, device: DeviceKey, check: SignatureCheck) -> int | None:
    """The first number at which the own journal does not hold: number, link, hash, signature, or a
    record that is not what its entries say.

    A record that no entry tells of counts as the entry that is missing after the last.
    """
    fold, expected, previous = _Fold(), 1, FIRST_PREVIOUS
    for row in connection.execute(_ENTRY):
        entry = _sound(row, expected, previous, device, check)
        if entry is None:
            return expected
        previous = row[2]
        fold.add(entry, previous)
        expected += 1
    return _first_wrong_record(connection, fold, device.device_id, expected)


def _sound(
    row: tuple[Any, ...], expected: int, previous: str, device: DeviceKey, check: SignatureCheck
) -> Entry | None:
    (seq, own, mark, prev, signature, act, actor, case_id, at, size, raw) = row
    try:
        entry = read_entry(bytes(raw))
    except NotAnEntry:
        return None
    beside = (entry.seq, entry.device, entry.prev, entry.act, entry.actor, entry.case_id)
    agrees = (
        beside == (seq, own, prev, act, actor, case_id)
        and (entry.at.isoformat(), len(raw)) == (at, size)
        and (seq, prev, own) == (expected, previous, device.device_id)
        and entry_hash(bytes(raw)) == mark
        and check(device.public_key, bytes.fromhex(mark), signature)
    )
    return entry if agrees else None


def _first_wrong_record(
    connection: Connection, fold: _Fold, own: str, after_last: int
) -> int | None:
    wrong = []
    others = fold.mix(connection)
    for kind in RECORD_ROWS:
        text = table_text(kind)
        place = {name: index for index, name in enumerate(text.columns)}
        for row in connection.execute(text.select):
            key = kind, str(row[place["id"]])
            if key not in fold.fields:
                if key not in others and row[place["owner_device"]] == own:
                    wrong.append(after_last)
            else:
                seq, mark = fold.last[key]
                told = _as_stored(kind, fold.fields.pop(key))
                if row[place["touched_by"]] != mark or text.fields(row) != told:
                    wrong.append(seq)
    # What is left was written and is gone.
    wrong += [fold.last[key][0] for key in fold.fields]
    return min(wrong, default=None)


def _as_stored(kind: str, fields: Fields) -> Fields:
    try:
        # Flags are numbers in a row.
        stored = to_fields(from_fields(kind, fields))
    except NotARecord:
        return {}
    return {
        name: int(value) if isinstance(value, bool) else value for name, value in stored.items()
    }
