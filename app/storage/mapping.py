"""Records as rows and back, by the one codec of `wire`; the only place where rows are built.

What is read follows from the domain's own fields; what is written is made from `rows`, which is
loaded with the first write: SQLAlchemy and the models take 25 MB, half of what a window needs.
Never talks to a connection.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import date, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, cast, get_args, get_origin, get_type_hints

from app.domain.records import KINDS

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.dialects.sqlite import Insert

    from app.storage.rows import StoreRow
    from app.wire.canonical import Json
    from app.wire.records import Fields

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# What belongs to the row and is no field of the record.
ROW_ONLY = ("key", "touched_by", "owner_device")
# Tables that cannot bear the name of their kind: CASE is a word of SQL.
_TABLES = {"case": "case_head"}
# What one column holds as it is; everything else is JSON text. Moments are dates, too.
_PLAIN = (str, int, date, time, Enum, NoneType)


@dataclass(frozen=True, slots=True)
class TableText:
    """The statements of one kind of record.

    `select` ends before WHERE, rows come as `columns` lie.
    """

    kind: str
    columns: tuple[str, ...]
    nested: tuple[int, ...]
    select: str
    by_id: str

    @property
    def insert(self) -> str:
        """For what is known to be new; takes `values`."""
        return _writing(self.kind).insert

    @property
    def upsert(self) -> str:
        """Gives back the row's key; takes `values`."""
        return _writing(self.kind).upsert

    def values(self, fields: Mapping[str, Json], touched_by: str, owner: str) -> list[Any]:
        """The row of a record's JSON fields, as `insert` and `upsert` take it."""
        whole = {**fields, "key": None, "touched_by": touched_by, "owner_device": owner}
        for place in self.nested:
            name = self.columns[place]
            whole[name] = _nested(whole[name])
        return [whole[name] for name in _writing(self.kind).columns]

    def fields(self, row: Sequence[Any]) -> Fields:
        """The JSON fields in a row, without what belongs to the row only."""
        found = dict(zip(self.columns, row, strict=True))
        for place in self.nested:
            if (text := row[place]) is not None:
                found[self.columns[place]] = [] if text == "[]" else json.loads(text)
        for name in ROW_ONLY:
            del found[name]
        return found


@dataclass(frozen=True, slots=True)
class _Writing:
    """How one kind of record is written: the columns as the table has them."""

    columns: tuple[str, ...]
    insert: str
    upsert: str


def _nested(value: Json) -> str | None:
    if value is None:
        return None
    return _JSON.encode(value) if value else "[]"


@cache
def table_text(kind: str) -> TableText:
    """The statements for records of `kind` (a name of `domain.records.KINDS`)."""
    hints = get_type_hints(KINDS[kind])
    own = [field.name for field in fields_of(KINDS[kind]) if field.name != "id"]
    columns = ("id", *ROW_ONLY, *own)
    nested = tuple(i for i, name in enumerate(columns) if name in hints and _is_nested(hints[name]))
    quoted = ", ".join(f'"{name}"' for name in columns)
    select = f"SELECT {quoted} FROM {_TABLES.get(kind, kind)}"
    return TableText(kind, columns, nested, select, f"{select} WHERE id = ?")


def _is_nested(hint: Any) -> bool:
    """Whether values of this type are stored as JSON text."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return any(_is_nested(one) for one in get_args(hint))
    known = getattr(hint, "__supertype__", hint)  # what NewType stands for
    return origin is not None or not issubclass(known, _PLAIN)


@cache
def _writing(kind: str) -> _Writing:
    from app.storage.rows import RECORD_ROWS

    row = RECORD_ROWS[kind]
    columns = tuple(column.name for column in table_of(row).columns)
    return _Writing(columns, insert_of(row), f'{upsert_of(row, "id")} RETURNING "key"')


def table_of(row: type[StoreRow]) -> Table:
    """The table that a row class describes."""
    # SQLModel does not declare the table that it makes.
    return cast("Table", row.__table__)  # type: ignore[attr-defined]


@cache
def upsert_of(row: type[StoreRow], *keys: str) -> str:
    """The statement that stores one row of any table, all columns in their order: INSERT, or UPDATE
    of everything but keys and owner where a row with these `keys` is there.
    """
    table, statement = table_of(row), _insert(row)
    fixed = {*keys, "owner_device", *(column.name for column in table.primary_key)}
    changing = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in fixed}
    return _text(statement.on_conflict_do_update(index_elements=keys, set_=changing))


@cache
def insert_of(row: type[StoreRow]) -> str:
    """The statement that adds one row of any table, all columns in their order."""
    return _text(_insert(row))


def _insert(row: type[StoreRow]) -> Insert:
    from sqlalchemy.dialects.sqlite import insert

    return insert(table_of(row))


def _text(statement: Insert) -> str:
    from sqlalchemy.dialects.sqlite import dialect

    return str(statement.compile(dialect=dialect(paramstyle="qmark")))
