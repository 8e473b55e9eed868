"""Rows made from journal entries: one way for own acts and for what came from others.

After the rows it brings the lists and the search index of what they touch up to date. Never writes
an entry and never commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.storage.case_lines import refresh_line
from app.storage.cipher import Connection, DatabaseError
from app.storage.mapping import table_text
from app.storage.rows import RECORD_ROWS
from app.storage.texts import TextIndex
from app.wire.journal import Change
from app.wire.records import Fields, NotARecord, from_fields, to_fields

RecordKey = tuple[str, str]
OF_A_CASE = frozenset(kind for kind, row in RECORD_ROWS.items() if "case_id" in row.model_fields)
_NAMED = frozenset({"person", "organisation"})


class Projection:
    """Applies entries to rows within one transaction; `finish` makes lists and index follow.

    Attributes: `kinds` and `case_ids`, what was changed so far.
    """

    def __init__(self, connection: Connection, own_device: str) -> None:
        self._connection = connection
        self._own_device = own_device
        self._texts = TextIndex(connection)
        self._renamed_cases: set[str] = set()
        self._changed_cases: dict[str, None] = {}
        self._cases_with_new_names: set[str] = set()
        self._new_cases: set[str] = set()
        self.kinds: set[str] = set()

    @property
    def case_ids(self) -> set[str]:
        return self._renamed_cases | set(self._changed_cases)

    def apply_changes(
        self,
        changes: Iterable[Change],
        touched_by: str,
        device: str,
        made: Mapping[RecordKey, Fields] | None = None,
    ) -> None:
        """Makes the rows what the entry `touched_by` of `device` says.

        `made` holds the whole fields of records where the caller has them at hand. Without it a
        change that cannot be applied is left out, never the entry: one to a record that another
        device owns, one whose record or case is not known here, one to what is sealed.
        """
        # What belongs to a case comes after it, in whatever order it was put.
        for change in sorted(changes, key=lambda one: one.kind != "case"):
            if made is not None:
                fields = made[change.kind, change.id]
                self._write(fields, touched_by, device, change, new=not change.base)
            elif whole := self._merged(change, device):
                self._write_unless_sealed(whole, touched_by, device, change)

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
        """Brings list lines and search index up to date with all rows written."""
        case_keys: dict[str, int] = {}
        for case_id in self._changed_cases:
            case_keys[case_id] = self._refresh(case_id, touched=True)
        for case_id in self._renamed_cases - set(self._changed_cases):
            self._refresh(case_id, touched=False)
        self._texts.finish(case_keys)

    def _refresh(self, case_id: str, *, touched: bool) -> int:
        kinds = self.kinds if case_id in self._new_cases else None
        line = refresh_line(
            self._connection, case_id, self._own_device, touched=touched, only_kinds=kinds
        )
        if case_id in self._cases_with_new_names:
            self._texts.note_names(line.key, line.names)
        return line.key

    def _merged(self, change: Change, device: str) -> Fields | None:
        """The whole fields after a change made elsewhere; None where it cannot be applied here."""
        if change.kind not in RECORD_ROWS:
            return None
        text = table_text(change.kind)
        row = self._connection.execute(text.by_id, (change.id,)).fetchone()
        if row is not None and row[text.columns.index("owner_device")] != device:
            return None
        before = text.fields(row) if row is not None else {}
        try:
            record = from_fields(change.kind, {**before, **change.set, "id": change.id})
        except NotARecord:
            return None
        fields = to_fields(record)
        case_id = fields.get("case_id") if change.kind in OF_A_CASE else None
        if (
            case_id
            and not self._connection.execute(
                "SELECT 1 FROM case_head WHERE id = ?", (case_id,)
            ).fetchone()
        ):
            return None
        return fields

    def _write(
        self, fields: Fields, touched_by: str, device: str, change: Change, *, new: bool
    ) -> None:
        kind, text = change.kind, table_text(change.kind)
        values = text.values(fields, touched_by, device)
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
        elif kind in OF_A_CASE:
            self._changed_cases[str(fields["case_id"])] = None
            if kind == "party":
                self._cases_with_new_names.add(str(fields["case_id"]))
        elif kind in _NAMED and "name" in change.set and not new:
            self._note_renaming(kind, change.id)

    def _note_renaming(self, kind: str, record_id: str) -> None:
        column = "person_id" if kind == "person" else "organisation_id"
        rows = self._connection.execute(
            f"SELECT DISTINCT case_id FROM party WHERE {column} = ?", (record_id,)
        )
        found = {str(row[0]) for row in rows}
        self._renamed_cases |= found
        self._cases_with_new_names |= found
