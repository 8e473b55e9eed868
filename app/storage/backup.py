"""Copies of the store: encrypted like it, and counted only after each was opened again and found
whole.

Never overwrites the store and never removes the last good copy.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from app.storage.cipher import Connection, DatabaseError, connect, is_sound

FOLDER_NAME = "backups"
ATTACHMENTS = "attachments"
DAILY_KEPT = 7
BEFORE_MIGRATION_KEPT = 3


class BadCopy(RuntimeError):
    """A copy that was just made cannot be trusted; it was taken away again."""


def has_copies(folder: Path) -> bool:
    """Whether copies of a store lie in its `folder`."""
    return any((folder / FOLDER_NAME).glob("*.db"))


def copy_store(connection: Connection, key: bytes, target: Path) -> Path:
    """A whole copy of the open store at `target`, complete or not there.

    Raises the driver's DatabaseError, OSError or `BadCopy`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    _remove(unfinished)
    try:
        _copy(connection, key, unfinished)
        if not _is_whole(connection, key, unfinished):
            raise BadCopy(target.name)
        flush(unfinished)
        unfinished.replace(target)
        flush(target.parent)
    finally:
        _remove(unfinished)
    return target


def daily_copy(connection: Connection, key: bytes, folder: Path, today: date) -> Path | None:
    """Today's copy unless it is there already; keeps the newest seven. `today` local date."""
    target = folder / FOLDER_NAME / f"heshi-{today.isoformat()}.db"
    if target.exists():
        return None
    copy_store(connection, key, target)
    _keep(target.parent, "heshi-*.db", DAILY_KEPT)
    return target


def copy_before_migration(connection: Connection, key: bytes, folder: Path, version: int) -> Path:
    """The store as schema `version` left it; keeps the newest three."""
    place = folder / FOLDER_NAME
    taken = len(list(place.glob(f"before-from-{version:04d}-*.db")))
    target = place / f"before-from-{version:04d}-{taken + 1:02d}.db"
    copy_store(connection, key, target)
    _keep(place, "before-from-*.db", BEFORE_MIGRATION_KEPT)
    return target


def _copy(connection: Connection, key: bytes, target: Path) -> None:
    copy = connect(target, key, mode="rwc")
    try:
        connection.backup(copy)
        # One file is easier to carry than three.
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()
    finally:
        copy.close()


def _is_whole(connection: Connection, key: bytes, copy: Path) -> bool:
    again = connect(copy, key, mode="ro")
    try:
        return is_sound(again) and _marks(again) == _marks(connection)
    finally:
        again.close()


def _marks(connection: Connection) -> tuple[object, ...]:
    """What must be the same in a copy: schema, number of records, end of the journal.

    A file without a schema has no more.
    """
    version = connection.execute("PRAGMA user_version").fetchone()
    try:
        found = connection.execute(
            "SELECT (SELECT COUNT(*) FROM case_head), (SELECT COUNT(*) FROM person), "
            "(SELECT MAX(seq) FROM journal_entry), (SELECT COUNT(*) FROM receipt)"
        ).fetchone()
    except DatabaseError:
        found = ()
    return (*version, *found)


def _keep(folder: Path, pattern: str, count: int) -> None:
    for old in sorted(folder.glob(pattern))[:-count]:
        _remove(old)


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def flush(path: Path) -> None:
    """To the disk. A folder cannot be flushed on Windows and need not be. Raises OSError."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
