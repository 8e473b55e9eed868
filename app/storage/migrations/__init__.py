"""From any earlier schema to this one: numbered modules with plain SQL, forward only, a copy made
first, newer files refused.

Never names today's types: a migration must mean tomorrow what it means today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.domain.problems import ProblemCode, refuse
from app.storage.cipher import Connection
from app.storage.migrations import m0001_first, m0002_whole_file, m0003_sync


class Migration(Protocol):
    """One module of this folder."""

    @property
    def VERSION(self) -> int: ...  # noqa: N802 - a constant of a module

    @property
    def STATEMENTS(self) -> tuple[str, ...]: ...  # noqa: N802 - a constant of a module


MIGRATIONS: tuple[Migration, ...] = (m0001_first, m0002_whole_file, m0003_sync)
LATEST = MIGRATIONS[-1].VERSION


def version_of(connection: Connection) -> int:
    """The schema that the file has; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_not_newer(connection: Connection) -> None:
    """Raises `Refused` STORE_NEWER for a file that a later Heshi has written."""
    found = version_of(connection)
    if found > LATEST:
        raise refuse(ProblemCode.STORE_NEWER, "", version=found)


def migrate(
    connection: Connection,
    at: datetime,
    app_version: str,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> None:
    """Runs what is missing, each step in one transaction with its record. `at` UTC moment."""
    for step in migrations:
        connection.execute("BEGIN EXCLUSIVE")
        try:
            # Asked again under the lock: another start may have been quicker.
            if version_of(connection) < step.VERSION:
                for statement in step.STATEMENTS:
                    connection.execute(statement)
                connection.execute(
                    "INSERT INTO schema_version (version, applied_at, app_version) "
                    "VALUES (?, ?, ?)",
                    (step.VERSION, at.isoformat(), app_version),
                )
                connection.execute(f"PRAGMA user_version = {step.VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
