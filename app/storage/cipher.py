"""Opening the encrypted file: the key, what must hold on every connection, and what the file's
troubles mean to a person.

Imports sqlcipher3 and the domain only, so that the first list can be shown before anything heavy is
loaded.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import DatabaseError as DatabaseError

from app.domain.problems import ProblemCode, Refused, refuse
from app.paths import RECORDS

Connection = Any  # sqlcipher3 ships no types: a DB-API connection of `dbapi2`

FILE_NAME = RECORDS
KEY_BYTES = 32
SALT_BYTES = 16
OLDEST_SQLITE = (3, 51, 3)  # earlier ones may lose a WAL commit in a reset race
PATIENCE_MS = 5000
_TIGHT_BYTES = 1 << 20

# Set on every connection and read back: a value that did not take would be found years later.
_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("cipher_page_size", "4096", "4096"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),  # else REPLACE would delete past the triggers
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
)
_CODES = {
    "SQLITE_FULL": ProblemCode.DISK_FULL,
    "SQLITE_READONLY": ProblemCode.STORE_READ_ONLY,
    "SQLITE_PERM": ProblemCode.STORE_READ_ONLY,
    "SQLITE_BUSY": ProblemCode.STORE_BUSY,
    "SQLITE_LOCKED": ProblemCode.STORE_BUSY,
    "SQLITE_CORRUPT": ProblemCode.STORE_DAMAGED,
    "SQLITE_NOTADB": ProblemCode.STORE_DAMAGED,
    "SQLITE_IOERR": ProblemCode.STORE_FOLDER_UNUSABLE,
    "SQLITE_CANTOPEN": ProblemCode.STORE_FOLDER_UNUSABLE,
}
# The driver's `backup` raises without a name: SQLite's own words, which never change.
_NAMES = {
    "database or disk is full": "SQLITE_FULL",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "database is locked": "SQLITE_BUSY",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "disk I/O error": "SQLITE_IOERR",
    "unable to open database file": "SQLITE_CANTOPEN",
}


def connect(
    file: Path, key: bytes, *, mode: str = "rw", patience_ms: int = PATIENCE_MS
) -> Connection:
    """An open connection to `file`, in autocommit; it may move between threads but serves one at a
    time.

    `key` holds 32 bytes of key and 16 of salt. `mode` as in SQLite's URIs: ``ro``, ``rw``, ``rwc``
    (creates). Raises the driver's DatabaseError; `refusal` tells what it means.
    """
    if len(key) != KEY_BYTES + SALT_BYTES:
        raise ValueError("a store's key has 48 bytes")
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} is too old")
    connection = dbapi2.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA busy_timeout = {patience_ms}")
        for name, wanted, found in _PRAGMAS:
            if mode == "ro" and name == "journal_mode":
                continue
            connection.execute(f"PRAGMA {name} = {wanted}")
            _demand(connection, name, found)
        _demand(connection, "busy_timeout", patience_ms)
    except BaseException:
        connection.close()
        raise
    return connection


def _demand(connection: Connection, name: str, wanted: object) -> None:
    found = connection.execute(f"PRAGMA {name}").fetchone()
    if found is None or found[0] != wanted:
        raise RuntimeError(f"the store does not obey: {name}")


def refusal(error: DatabaseError, folder: Path) -> Refused | None:
    """What the world says through `error`; None where the fault is ours and must be seen."""
    if "agreement frozen" in str(error):  # the schema's last word; services have asked before
        return refuse(ProblemCode.AGREEMENT_FROZEN, "", number="")
    name = _name(error)
    code = _CODES.get("_".join(name.split("_")[:2]))
    if code is ProblemCode.STORE_FOLDER_UNUSABLE:
        code = _told_by_folder(folder)
    return refuse(code) if code else None


def is_flush_unsure(error: DatabaseError, told: Refused) -> bool:
    """Whether a COMMIT that ended with `error`, told as `told`, may have reached the disk."""
    io = _name(error).startswith("SQLITE_IOERR")
    return io and told.first.code is ProblemCode.STORE_FOLDER_UNUSABLE


def _name(error: DatabaseError) -> str:
    return str(getattr(error, "sqlite_errorname", None) or _NAMES.get(str(error), ""))


def refusal_of_disk(error: OSError) -> Refused:
    """What the disk says where SQLite is not between."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return refuse(ProblemCode.DISK_FULL if full else ProblemCode.STORE_FOLDER_UNUSABLE)


def _told_by_folder(folder: Path) -> ProblemCode:
    """Why a file could not be opened or written, where SQLite itself does not say."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return ProblemCode.STORE_FOLDER_UNUSABLE
    if not os.access(folder, os.W_OK):
        return ProblemCode.STORE_READ_ONLY
    return ProblemCode.DISK_FULL if free < _TIGHT_BYTES else ProblemCode.STORE_FOLDER_UNUSABLE


def is_sound(connection: Connection) -> bool:
    """Whether every page has its seal and the file's structure holds.

    Reads the whole file; nobody may write meanwhile.
    """
    try:
        # Unmerged pages in the log would be taken for damage.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            return False
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return False
        return not connection.execute("PRAGMA foreign_key_check").fetchall()
    except DatabaseError:
        return False


def versions(file: Path, key: bytes) -> tuple[str, str]:
    """SQLite's and SQLCipher's version, asked of an open store: what is really linked, not what was
    wished for.
    """
    connection = connect(file, key, mode="ro")
    try:
        sqlite = connection.execute("SELECT sqlite_version()").fetchone()[0]
        return str(sqlite), str(connection.execute("PRAGMA cipher_version").fetchone()[0])
    finally:
        connection.close()
