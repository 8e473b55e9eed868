"""The county's tables: migrations make what the rows say, and SQLite is set so that stored means
stored.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.county.database import open_database, sqlite_url, upgrade, writing
from app.county.keys import KEY_FILE, load_key, make_key
from app.county.tables import CountyRow, Setting
from tests.county.server import POSTGRES, RunningCounty


def test_the_migrations_make_the_tables_of_the_rows(county: RunningCounty) -> None:
    with county.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, CountyRow.metadata) == []


def test_upgrading_twice_changes_nothing(county: RunningCounty) -> None:
    upgrade(county.engine)
    upgrade(county.engine)


@pytest.mark.skipif(bool(POSTGRES), reason="SQLite only")
def test_sqlite_is_set_to_keep_what_it_confirmed(county: RunningCounty) -> None:
    with county.engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1}


def test_what_is_raised_leaves_no_trace(tmp_path: Path) -> None:
    engine = open_database(sqlite_url(tmp_path))
    upgrade(engine)

    def half() -> None:
        with writing(engine) as session:
            session.add(Setting(key="a", value="1"))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        half()
    with Session(engine) as session:
        assert session.get(Setting, "a") is None
    engine.dispose()


def test_a_database_error_shows_no_values(county: RunningCounty) -> None:
    def twice() -> None:
        with writing(county.engine) as session:
            session.connection().execute(
                text("INSERT INTO setting (key, value) VALUES (:key, :value)"),
                [{"key": "k", "value": "张三 13800000000"}] * 2,
            )

    with pytest.raises(IntegrityError) as caught:
        twice()
    assert "13800000000" not in str(caught.value)


def test_the_key_is_the_owners_and_is_never_replaced(tmp_path: Path) -> None:
    made = make_key(tmp_path)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert load_key(tmp_path).public == made.public
    with pytest.raises(FileExistsError):
        make_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    with pytest.raises(PermissionError):
        load_key(tmp_path)
