"""The store of one laptop: opened once, asked for units of work by every thread, closed at the end.

Opening checks, copies and migrates; it never creates anything in a file that a newer Heshi wrote.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.problems import ProblemCode, refuse
from app.paths import has_records
from app.services.ports import Clock, DeviceKey, SignatureCheck
from app.storage.backup import ATTACHMENTS, BadCopy, copy_before_migration, daily_copy, has_copies
from app.storage.cipher import (
    FILE_NAME,
    PATIENCE_MS,
    Connection,
    DatabaseError,
    connect,
    is_sound,
    refusal,
    refusal_of_disk,
)
from app.storage.migrations import LATEST, check_not_newer, migrate, version_of
from app.storage.unit_of_work import Surroundings, UnitOfWork


class Store:
    """Gives units of work.

    Connections are kept for the next unit; each serves one unit at a time.
    """

    def __init__(
        self, folder: Path, key: bytes, clock: Clock, app_version: str, patience_ms: int
    ) -> None:
        self._folder = folder
        self._key = key
        self._patience_ms = patience_ms
        self._around = Surroundings(folder, clock, app_version, None, None)
        self._lock = threading.Lock()
        self._place = os.fspath(folder / FILE_NAME)
        self._file = _identity(self._place)
        self._idle: list[Connection] = []
        self._closed = False

    def attach(self, device: DeviceKey, check: SignatureCheck) -> None:
        """From now on acts are signed by `device`."""
        around = self._around
        self._around = Surroundings(around.folder, around.clock, around.app_version, device, check)

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """One unit of work, rolled back on the way out unless it has committed.

        What the file's troubles mean is raised as `Refused`.
        """
        connection = self._take()
        unit = UnitOfWork(connection, self._around)
        try:
            yield unit
        except DatabaseError as error:
            raise self._told(error) from None
        finally:
            self._give_back(connection, unit)

    def back_up_daily(self) -> Path | None:
        """Today's copy unless it is there already; with it the files that have come since the last.

        Raises `Refused` DISK_FULL, STORE_DAMAGED, STORE_FOLDER_UNUSABLE.
        """
        connection = self._take()
        try:
            today = self._around.clock.today()
            made = daily_copy(connection, self._key, self._folder, today)
            if made is not None:
                self._look_after_files(connection)
            return made
        except (DatabaseError, BadCopy, OSError) as error:
            raise self._told(error) from None
        finally:
            self._give_back(connection, None)

    def _look_after_files(self, connection: Connection) -> None:
        if (self._folder / ATTACHMENTS).is_dir():
            from app.storage.file_places import copy_new_files, sweep

            copy_new_files(self._folder)
            sweep(connection, self._folder, self._around.clock.now())

    def is_sound(self) -> bool:
        """Whether every page and every link of the file holds. Reads all of it."""
        connection = self._take()
        try:
            return is_sound(connection)
        finally:
            self._give_back(connection, None)

    def close(self) -> None:
        """Closes what is idle now and what is given back later.

        Nothing is open afterwards in a quiet program.
        """
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> Connection:
        with self._lock:
            if self._closed:
                raise RuntimeError("the store is closed")
            if _identity(self._place) != self._file:
                # Linux would go on writing into a file that nobody can ever open again.
                raise refuse(ProblemCode.STORE_GONE)
            if self._idle:
                return self._idle.pop()
        try:
            return connect(self._folder / FILE_NAME, self._key, patience_ms=self._patience_ms)
        except DatabaseError as error:
            raise self._told(error) from None

    def _give_back(self, connection: Connection, unit: UnitOfWork | None) -> None:
        broken = False
        try:
            if unit:
                unit.roll_back()
        except DatabaseError:
            broken = True
        with self._lock:
            if not (self._closed or broken):
                self._idle.append(connection)
                return
        connection.close()

    def _told(self, error: Exception) -> Exception:
        return told(error, self._folder)


def _identity(file: str) -> tuple[int, int] | None:
    """Which file stands at the place; None for none."""
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def told(error: Exception, folder: Path) -> Exception:
    """What the world says through `error`, as `Refused`; `error` itself where the fault is ours."""
    if isinstance(error, DatabaseError):
        return refusal(error, folder) or error
    if isinstance(error, BadCopy):
        return refuse(ProblemCode.STORE_DAMAGED)
    if isinstance(error, OSError):
        return refusal_of_disk(error)
    return error


def open_store(
    folder: Path, key: bytes, clock: Clock, *, app_version: str, patience_ms: int = PATIENCE_MS
) -> Store:
    """The store in `folder`, made if there is none and brought to today's schema (after a copy) if
    it is older.

    `key` 32 bytes of key and 16 of salt. `patience_ms` how long to wait for another writer. Raises
    `Refused`: STORE_GONE (no file, but copies of one), STORE_DAMAGED, STORE_NEWER (nothing was
    touched), STORE_READ_ONLY, STORE_BUSY, DISK_FULL, STORE_FOLDER_UNUSABLE.
    """
    file = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not has_records(folder) and has_copies(folder):
            # An empty store in its place would be copied every day, until no old copy is left.
            raise refuse(ProblemCode.STORE_GONE)
        if file.exists():
            _look(file, key)
        _prepare(file, key, clock, app_version, patience_ms)
    except (DatabaseError, BadCopy, OSError) as error:
        raise told(error, folder) from None
    return Store(folder, key, clock, app_version, patience_ms)


def _look(file: Path, key: bytes) -> None:
    """Reads the schema's number without a write: not even a log is merged into a newer file."""
    connection = connect(file, key, mode="ro")
    try:
        check_not_newer(connection)
    finally:
        connection.close()


def _prepare(file: Path, key: bytes, clock: Clock, app_version: str, patience_ms: int) -> None:
    connection = connect(file, key, mode="rwc", patience_ms=patience_ms)
    try:
        version = version_of(connection)
        if 0 < version < LATEST:
            copy_before_migration(connection, key, file.parent, version)
        if version < LATEST:
            migrate(connection, clock.now(), app_version)
        # A disk that cannot be written is better found now than at the first save.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    finally:
        connection.close()
