"""The county's database: SQLite in one file for trying out, PostgreSQL for a county.

One writer at a time on both.

Writers are serialised so that positions in the log are given in the order in which they become
visible: a reader that has seen position n never misses one below it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlmodel import Session

SQLITE_FILE = "county.db"
WRITER_WAITS_SECONDS = 30
# One number for all processes that write to this database (PostgreSQL advisory lock).
_WRITER_LOCK = 0x48455348


def sqlite_url(folder: Path) -> str:
    """The database that lies in the server's own folder."""
    return f"sqlite:///{(folder / SQLITE_FILE).absolute()}"


def open_database(url: str) -> Engine:
    """An engine that never shows bound values in an error or a log. Call `dispose` when done."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith("sqlite"):
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    # A connection for each unit of work: nothing stays open that another thread could meet.
    engine = create_engine(url, hide_parameters=True, poolclass=NullPool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def upgrade(engine: Engine) -> None:
    """Brings the tables up to this version. Safe to run at every start."""
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(resources.files("app.county") / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session for reading, which sees the database as it was when it began to read; whatever is
    changed in it is forgotten.
    """
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """The one writer's session: commits at the end, or leaves no trace when something is raised."""
    with Session(engine.execution_options(heshi_writer=True), expire_on_commit=False) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
        yield session
        session.commit()


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    # SQLAlchemy says BEGIN itself (below); the driver would say it too late.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={WRITER_WAITS_SECONDS * 1000}",
        "journal_mode=DELETE",
        "synchronous=EXTRA",
        "foreign_keys=ON",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writer = connection.get_execution_options().get("heshi_writer", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")
