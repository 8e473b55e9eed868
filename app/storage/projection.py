"""Rows made from journal entries: one way for own acts and for what came from others.

After the rows it brings the lists and the search index of what they touch up to date. What two
laptops have told of is made anew from all its entries in the order of the county's log. Never
writes an entry and never commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.storage.case_lines import refresh_line
from app.storage.cipher import Connection, DatabaseError
from app.storage.family import Family
from app.storage.folding import assignee_of, entries_of, fold, told_by_us
from app.storage.mapping import table_of, table_text
from app.storage.rows import RECORD_ROWS
from app.storage.texts import TextIndex
from app.wire.journal import Change, Entry
from app.wire.records import Fields, NotARecord, from_fields, to_fields

RecordKey = tuple[str, str]
# What may be added to a case of somebody else: it stands beside the record and never changes it.
BESIDE_CASES = frozenset({"review", "submission", "handover", "settlement"})
OF_A_CASE = frozenset(kind for kind, row in RECORD_ROWS.items() if "case_id" in row.model_fields)
_NAMED = frozenset({"person", "organisation"})


@dataclass(frozen=True, slots=True)
class Made:
    """A record's whole fields, and whether it has no row yet."""

    fields: Fields
    new: bool


class Projection:
    """Applies entries to rows within one transaction; `finish` makes lists and index follow.

    Attributes: `kinds` and `case_ids`, what was changed so far.
    """

    def __init__(self, connection: Connection, own_device: str) -> None:
        self._connection = connection
        self._own_device = own_device
        self._family = Family(connection, own_device)
        self._texts = TextIndex(connection)
        self._renamed_cases: set[str] = set()
        self._changed_cases: dict[str, None] = {}
        self._cases_with_new_names: set[str] = set()
        self._new_cases: set[str] = set()
        self._anew: dict[RecordKey, None] = {}
        self.kinds: set[str] = set()

    @property
    def case_ids(self) -> set[str]:
        return self._renamed_cases | set(self._changed_cases)

    def apply_changes(
        self,
        changes: Iterable[Change],
        touched_by: str,
        device: str,
        made: Mapping[RecordKey, Made] | None = None,
        *,
        late: bool = False,
    ) -> None:
        """Makes the rows what the entry `touched_by` of `device` says.

        `made` holds the whole fields of records where the caller has them at hand. Without it a
        change that cannot be applied is left out, never the entry: one whose record or case is not
        known here, one to what is sealed. `late`: what stands behind it in the county's log is here
        already, so its records are made anew.
        """
        # What belongs to a case comes after it, in whatever order it was put.
        for change in sorted(changes, key=lambda one: one.kind != "case"):
            if made is not None:
                one = made[change.kind, change.id]
                self._write(one.fields, touched_by, device, change, new=one.new)
            elif late or self._is_ours_too(change):
                self.make_anew(change.kind, change.id)
            elif whole := self._merged(change):
                self._write_unless_sealed(whole, touched_by, device, change)

    def make_anew(self, kind: str, record_id: str) -> None:
        """The record is made of all its entries once everything has come in."""
        self._anew[kind, record_id] = None

    def refresh_cases_of(self, device: str) -> None:
        """The lines of all cases that `device` has follow, once everything has come in."""
        rows = self._connection.execute(
            "SELECT id FROM case_head WHERE owner_device = ?", (device,)
        )
        self._renamed_cases |= {str(row[0]) for row in rows.fetchall()}

    def _write_unless_sealed(
        self, fields: Fields, touched_by: str, device: str, change: Change
    ) -> None:
        self._connection.execute("SAVEPOINT change")
        try:
            self._write(fields, touched_by, device, change, new=False)
        except DatabaseError as error:
            if "agreement frozen" not in str(error):
                raise
            self._connection.execute("ROLLBACK TO change")
        self._connection.execute("RELEASE change")

    def finish(self) -> None:
        """Makes anew what was asked for, and brings list lines and search index up to date with all
        rows written.
        """
        # What belongs to a case comes after it.
        for kind, record_id in sorted(self._anew, key=lambda one: one[0] != "case"):
            self._rebuild(kind, record_id)
        case_keys: dict[str, int] = {}
        for case_id in self._changed_cases:
            case_keys[case_id] = self._refresh(case_id, touched=True)
        for case_id in self._renamed_cases - set(self._changed_cases):
            self._refresh(case_id, touched=False)
        self._texts.finish(case_keys)

    def _refresh(self, case_id: str, *, touched: bool) -> int:
        kinds = self.kinds if case_id in self._new_cases else None
        line = refresh_line(
            self._connection, case_id, self._family, touched=touched, only_kinds=kinds
        )
        if case_id in self._cases_with_new_names:
            self._texts.note_names(line.key, line.names)
        return line.key

    def _rebuild(self, kind: str, record_id: str) -> None:
        """The row as the fold of all entries of the record; what cannot be one stays as it is."""
        folded = None
        if kind in RECORD_ROWS:
            folded = fold(kind, record_id, entries_of(self._connection, kind, record_id))
        fields = self._whole(kind, folded.fields) if folded else None
        if folded is None or fields is None:
            return
        everything = Change(kind=kind, id=record_id, set=dict(fields))
        # The county's log may have sealed another text than this laptop: the other one is in
        # conflict and is shown beside it.
        self._connection.execute("INSERT OR IGNORE INTO mending (id) VALUES (?)", (record_id,))
        self._write(fields, folded.touched_by, folded.device, everything, new=False)
        self._connection.execute("DELETE FROM mending")
        if kind == "case":
            self._bring_in(record_id)

    def _bring_in(self, case_id: str) -> None:
        """What belongs to the case and came before it."""
        waiting = self._connection.execute(
            "SELECT raw FROM foreign_entry WHERE case_id = ? ORDER BY position", (case_id,)
        ).fetchall()
        for (raw,) in waiting:
            for change in Entry.model_validate_json(bytes(raw)).changes:
                if change.kind != "case" and change.kind in RECORD_ROWS and self._lacks(change):
                    self._rebuild(change.kind, change.id)

    def _lacks(self, change: Change) -> bool:
        found = self._connection.execute(table_text(change.kind).by_id, (change.id,)).fetchone()
        return found is None

    def _is_ours_too(self, change: Change) -> bool:
        """Whether the change is to a record of which own entries tell as well."""
        if change.kind not in RECORD_ROWS:
            return False
        text = table_text(change.kind)
        row = self._connection.execute(text.by_id, (change.id,)).fetchone()
        if row is None:
            return False
        case_id = change.id if change.kind == "case" else None
        if change.kind in OF_A_CASE:
            case_id = row[text.columns.index("case_id")]
        return told_by_us(self._connection, change.kind, change.id, case_id)

    def _merged(self, change: Change) -> Fields | None:
        """The whole fields after a change made elsewhere; None where it cannot be applied here."""
        if change.kind not in RECORD_ROWS:
            return None
        text = table_text(change.kind)
        row = self._connection.execute(text.by_id, (change.id,)).fetchone()
        before = text.fields(row) if row is not None else {}
        return self._whole(change.kind, {**before, **change.set, "id": change.id})

    def _whole(self, kind: str, given: Fields) -> Fields | None:
        """All fields of the record; None where they make none, or its case is not known here."""
        try:
            fields = to_fields(from_fields(kind, given))
        except NotARecord:
            return None
        case_id = fields.get("case_id") if kind in OF_A_CASE else None
        return None if case_id and self._owner_of(str(case_id)) is None else fields

    def _owner_of(self, case_id: str) -> str | None:
        """The device that has the case; None where the case is not known here."""
        row = self._connection.execute(
            "SELECT owner_device FROM case_head WHERE id = ?", (case_id,)
        ).fetchone()
        return str(row[0]) if row else None

    def _write(
        self, fields: Fields, touched_by: str, device: str, change: Change, *, new: bool
    ) -> None:
        kind, text = change.kind, table_text(change.kind)
        case_id = str(fields["case_id"] or "") if kind in OF_A_CASE else ""
        owner = device
        if case_id and kind not in BESIDE_CASES and device != self._own_device:
            # Whoever wrote it: what hangs on a case belongs to who has the case.
            owner = self._owner_of(case_id) or device
        values = text.values(fields, touched_by, owner)
        if new:
            key = self._connection.execute(text.insert, values).lastrowid
        else:
            key = self._connection.execute(text.upsert, values).fetchone()[0]
        self.kinds.add(kind)
        self._texts.note(kind, key, fields, change.set)
        if kind == "case":
            self._changed_cases[change.id] = None
            if new:
                self._new_cases.add(change.id)
        elif case_id:
            self._changed_cases[case_id] = None
            if kind == "party":
                self._cases_with_new_names.add(case_id)
            elif kind == "handover":
                self._assign(case_id)
        elif kind in _NAMED and "name" in change.set and not new:
            self._note_renaming(kind, change.id)

    def _assign(self, case_id: str) -> None:
        """Gives the case, and all that hangs on it, to whom the hand-overs say."""
        device = assignee_of(self._connection, case_id)
        if device is None or device == self._owner_of(case_id):
            return
        values = (device, case_id)
        self._connection.execute("UPDATE case_head SET owner_device = ? WHERE id = ?", values)
        for kind in OF_A_CASE - BESIDE_CASES:
            table = table_of(RECORD_ROWS[kind]).name
            self._connection.execute(
                f"UPDATE {table} SET owner_device = ? WHERE case_id = ?", values
            )
            self.kinds.add(kind)
        self.kinds.add("case")

    def _note_renaming(self, kind: str, record_id: str) -> None:
        column = "person_id" if kind == "person" else "organisation_id"
        rows = self._connection.execute(
            f"SELECT DISTINCT case_id FROM party WHERE {column} = ?", (record_id,)
        )
        found = {str(row[0]) for row in rows}
        self._renamed_cases |= found
        self._cases_with_new_names |= found
