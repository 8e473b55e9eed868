"""The first list, before anything heavy is loaded: reads only, with the same SQL as the whole
store.

Imports sqlcipher3 and what lists need; a test keeps SQLAlchemy and pydantic out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.lines import CaseLine, CaseQuery, SyncStatus
from app.storage import deliveries
from app.storage.cipher import FILE_NAME, Connection, DatabaseError, connect, refusal
from app.storage.county_pack import pack_in_use
from app.storage.lists import Lists
from app.storage.migrations import LATEST, version_of

if TYPE_CHECKING:
    from app.services.ports import Clock
    from app.storage.unit_of_work import UnitOfWork


class QuickStore:
    """A read-only look into `folder` with the store's 48-byte `key`.

    Raises `Refused` for a store that cannot be read.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._connection: Connection | None = None
        self._folder = folder
        file = folder / FILE_NAME
        if not file.exists():
            return
        try:
            self._connection = connect(file, key, mode="ro")
            self._version = version_of(self._connection)
        except DatabaseError as error:
            self.close()
            if told := refusal(error, folder):
                raise told from None
            raise
        self._lists = Lists(lambda: self._connection)

    def is_current(self) -> bool:
        """Whether there is a store whose schema is today's; otherwise the whole store must be
        opened first.
        """
        return self._connection is not None and self._version == LATEST

    def case_keys(self, query: CaseQuery) -> tuple[int, ...]:
        return self._lists.case_keys(query)

    def case_lines(self, keys: Sequence[int]) -> tuple[CaseLine, ...]:
        return self._lists.case_lines(keys)

    def status(self) -> SyncStatus:
        return self._lists.status()

    def setting(self, key: str) -> str | None:
        """A setting's value; None if it is not set."""
        assert self._connection is not None
        return deliveries.setting(self._connection, key) or None

    def county_pack(self) -> bytes:
        """The county's data pack in use, as `services.ports.Packs.document`."""
        assert self._connection is not None
        return pack_in_use(self._connection)

    @contextmanager
    def unit(self, clock: Clock) -> Iterator[UnitOfWork]:
        """A unit that reads: it belongs to no device, and the file is open for reading alone.

        Raises `Refused` for a file that cannot be read.
        """
        from app.storage.unit_of_work import Surroundings, UnitOfWork

        assert self._connection is not None
        around = Surroundings(self._folder, clock, "", None, None)
        unit = UnitOfWork(self._connection, around)
        try:
            yield unit
        except DatabaseError as error:
            if told := refusal(error, self._folder):
                raise told from None
            raise
        finally:
            unit.roll_back()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
