"""Tables, domain and migrations say the same."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlcipher3 import dbapi2

from app.domain.records import KINDS
from app.storage.mapping import ROW_ONLY, table_of, table_text
from app.storage.migrations import LATEST, MIGRATIONS
from app.storage.rows import RECORD_ROWS, StoreRow
from tests.storage.village import opened, raw


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_columns_of_a_record_are_its_fields(kind: str) -> None:
    fields = {field.name for field in dataclasses.fields(KINDS[kind])}
    assert set(table_text(kind).columns) - set(ROW_ONLY) == fields


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_read_without_sqlalchemy_is_what_the_tables_say(kind: str) -> None:
    text, table = table_text(kind), table_of(RECORD_ROWS[kind])
    assert sorted(text.columns) == sorted(column.name for column in table.columns)
    nested = {text.columns[place] for place in text.nested}
    assert nested == {one.name for one in table.columns if one.info.get("json")}
    assert text.select.endswith(f" FROM {table.name}")


def test_every_kind_of_record_has_a_table() -> None:
    assert set(RECORD_ROWS) == set(KINDS)


def test_migrated_schema_is_the_one_that_rows_describe(folder: Path) -> None:
    opened(folder).close()
    migrated = raw(folder)
    described = dbapi2.connect(":memory:")
    engine = create_engine("sqlite://", creator=lambda: described, module=dbapi2)
    StoreRow.metadata.create_all(engine)
    try:
        for table in StoreRow.metadata.sorted_tables:
            assert _shape(migrated, table.name) == _shape(described, table.name)
    finally:
        engine.dispose()
        described.close()
        migrated.close()


def test_no_table_is_missing_in_rows(folder: Path) -> None:
    opened(folder).close()
    migrated = raw(folder)
    names = {row[0] for row in migrated.execute("SELECT name FROM pragma_table_list").fetchall()}
    migrated.close()
    kept = {one for one in names if not one.startswith(("sqlite_", "search_text"))}
    assert kept == {table.name for table in StoreRow.metadata.sorted_tables}


def test_every_table_is_strict() -> None:
    tables = [table_of(row) for row in RECORD_ROWS.values()]
    assert all(table.dialect_options["sqlite"]["strict"] for table in tables)


def test_migrations_are_numbered_without_gaps() -> None:
    assert [one.VERSION for one in MIGRATIONS] == list(range(1, LATEST + 1))


def _shape(connection: Any, table: str) -> dict[str, object]:
    """Columns, keys and indexes, whatever the wording of the statement."""

    def ask(pragma: str) -> list[tuple[Any, ...]]:
        return list(connection.execute(f"PRAGMA {pragma}").fetchall())

    indexes = {}
    for _, name, unique, origin, partial in ask(f"index_list('{table}')"):
        columns = tuple(row[2] for row in ask(f"index_info('{name}')"))
        where = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()
        condition = (where[0] or "").partition(" WHERE ")[2] if where else ""
        indexes[columns, condition] = (unique, origin, partial)
    return {
        "columns": ask(f"table_xinfo('{table}')"),
        "keys": sorted(row[2:] for row in ask(f"foreign_key_list('{table}')")),
        "indexes": indexes,
        "kind": [row[3:] for row in ask(f"table_list('{table}')") if row[0] == "main"],
    }
