"""Records as rows and back, by the one codec of `wire`; the only place where rows are built.
Statements are made from `rows` once.

Never talks to a connection.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect, insert

from app.storage.rows import RECORD_ROWS, StoreRow
from app.wire.canonical import Json
from app.wire.records import Fields

_DIALECT = dialect(paramstyle="qmark")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# What belongs to the row and is no field of the record.
ROW_ONLY = ("key", "touched_by", "owner_device")


@dataclass(frozen=True, slots=True)
class TableText:
    """The statements of one kind of record.

    `select` ends before WHERE, rows come as `columns` lie; `upsert` gives back the row's key,
    `insert` is for what is known to be new.
    """

    columns: tuple[str, ...]
    nested: tuple[int, ...]
    select: str
    by_id: str
    insert: str
    upsert: str

    def values(self, fields: Mapping[str, Json], touched_by: str, owner: str) -> list[Any]:
        """The row of a record's JSON fields."""
        whole = {**fields, "key": None, "touched_by": touched_by, "owner_device": owner}
        row = [whole[name] for name in self.columns]
        for place in self.nested:
            row[place] = _nested(row[place])
        return row

    def fields(self, row: Sequence[Any]) -> Fields:
        """The JSON fields in a row, without what belongs to the row only."""
        found = dict(zip(self.columns, row, strict=True))
        for place in self.nested:
            if (text := row[place]) is not None:
                found[self.columns[place]] = [] if text == "[]" else json.loads(text)
        for name in ROW_ONLY:
            del found[name]
        return found


def _nested(value: Json) -> str | None:
    if value is None:
        return None
    return _JSON.encode(value) if value else "[]"


@cache
def table_text(kind: str) -> TableText:
    """The statements for records of `kind` (a name of `domain.records.KINDS`)."""
    table = table_of(RECORD_ROWS[kind])
    columns = tuple(column.name for column in table.columns)
    nested = tuple(i for i, column in enumerate(table.columns) if column.info.get("json"))
    quoted = ", ".join(_DIALECT.identifier_preparer.quote(name) for name in columns)
    upsert = f"{_upsert(table, ('id',))} RETURNING {_DIALECT.identifier_preparer.quote('key')}"
    select = f"SELECT {quoted} FROM {table.name}"
    added = str(insert(table).compile(dialect=_DIALECT))
    return TableText(columns, nested, select, f"{select} WHERE id = ?", added, upsert)


def table_of(row: type[StoreRow]) -> Table:
    """The table that a row class describes."""
    # SQLModel does not declare the table that it makes.
    return cast(Table, row.__table__)  # type: ignore[attr-defined]


def _upsert(table: Table, keys: tuple[str, ...]) -> str:
    """INSERT, or UPDATE of everything but keys and owner where a row with these `keys` is there."""
    statement = insert(table)
    fixed = {*keys, "owner_device", *(column.name for column in table.primary_key)}
    changing = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in fixed}
    whole = statement.on_conflict_do_update(index_elements=keys, set_=changing)
    return str(whole.compile(dialect=_DIALECT))


@cache
def upsert_of(row: type[StoreRow], *keys: str) -> str:
    """The statement that stores one row of any table, all columns in their order."""
    return _upsert(table_of(row), keys)


@cache
def insert_of(row: type[StoreRow]) -> str:
    """The statement that adds one row of any table, all columns in their order."""
    return str(insert(table_of(row)).compile(dialect=_DIALECT))
