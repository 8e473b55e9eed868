"""One job's view of the store: everything it changes is written with its journal entry in one
transaction, or not at all.

What needs pydantic and SQLModel is loaded when records or journal are first asked for: lists,
drafts and settings do without.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.acts import Act
from app.domain.ids import RecordId
from app.domain.moments import local_moment
from app.domain.problems import ProblemCode, refuse
from app.services.contact_values import certainly_passed
from app.services.lines import Change
from app.services.ports import Actor, Clock, DeviceKey, SignatureCheck
from app.storage.cipher import Connection, DatabaseError, is_flush_unsure, refusal
from app.storage.county_pack import Packs
from app.storage.deliveries import setting
from app.storage.lists import Lists
from app.storage.small_tables import Drafts, Settings
from app.storage.transaction import Transaction

# Of moments that two clocks have told each other.
_ROUNDING = timedelta(minutes=2)

if TYPE_CHECKING:
    from app.storage.attachments import Files
    from app.storage.journal import JournalBook
    from app.storage.records import Records


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a unit of work is given by its store."""

    folder: Path
    clock: Clock
    app_version: str
    device: DeviceKey | None
    check: SignatureCheck | None


class UnitOfWork:
    """Satisfies `services.ports.UnitOfWork` over one connection."""

    def __init__(self, connection: Connection, around: Surroundings) -> None:
        self._around = around
        self._transaction = Transaction(connection)
        self._changed: Change | None = None
        self.drafts = Drafts(self._transaction, around.clock)
        self.settings = Settings(self._transaction)
        self.lists = Lists(self._transaction.read)
        self.packs = Packs(self._transaction)

    @cached_property
    def records(self) -> Records:
        from app.storage.records import Records

        return Records(self._transaction, self._own_device)

    @cached_property
    def journal(self) -> JournalBook:
        from app.storage.journal import JournalBook

        around = self._around
        return JournalBook(self._transaction, self._own_device, around.device, around.check)

    @cached_property
    def files(self) -> Files:
        from app.storage.attachments import Files

        return Files(self._transaction, self._around.folder, self._around.clock)

    @property
    def actor(self) -> Actor:
        return self.settings.actor()

    @property
    def changed(self) -> Change | None:
        return self._changed

    @property
    def app_version(self) -> str:
        return self._around.app_version

    def now(self) -> datetime:
        return self._around.clock.now()

    def today(self) -> date:
        offset = self._offset_ms()
        if not offset:
            return self._around.clock.today()
        now = self.now()
        corrected, shown = local_moment(now, offset), local_moment(now)
        if corrected is None or shown is None:
            return self._around.clock.today()
        return self._around.clock.today() + (corrected.date() - shown.date())

    def commit(self, act: Act | None = None, case_id: RecordId | None = None) -> Change:
        if self._changed is not None:
            raise RuntimeError("a unit of work commits once")
        entry = flushing = False
        try:
            if "records" in self.__dict__ and self.records.staged:
                entry = self._write_entry(act, case_id)
            if "files" in self.__dict__:
                self.files.finish()
            if "journal" in self.__dict__:
                self.journal.finish()
            flushing = True
            self._transaction.commit()
            if "files" in self.__dict__:
                self.files.committed()
        except BaseException as error:
            self.roll_back()
            if isinstance(error, DatabaseError) and (told := refusal(error, self._around.folder)):
                typed = entry or "draft" in self._transaction.kinds
                if flushing and typed and is_flush_unsure(error, told):
                    # What somebody wrote may be found by the next start, or not.
                    told = refuse(ProblemCode.SAVE_UNSURE)
                raise told from None
            raise
        cases = frozenset(RecordId(one) for one in self._transaction.case_ids)
        self._changed = Change(kinds=frozenset(self._transaction.kinds), case_ids=cases)
        return self._changed

    def roll_back(self) -> None:
        """Leaves no trace of what was not committed."""
        self._transaction.roll_back()

    def _write_entry(self, act: Act | None, case_id: RecordId | None) -> bool:
        """Whether there was anything to write."""
        from app.storage.entries import write_entry

        if act is None:
            raise ValueError("records were put: the journal needs the name of the act")
        if self._around.device is None:
            raise RuntimeError("no device is attached to the store")
        connection, _ = self._transaction.write()
        # Asked under the lock: what the unit knows of its settings may be older.
        if setting(connection, "device.id") not in ("", self._around.device.device_id):
            # The folder was enrolled anew since this unit began.
            raise refuse(ProblemCode.CHANGED_MEANWHILE)
        projection = write_entry(
            connection,
            self.records,
            self._around.device,
            act=act,
            case_id=case_id,
            actor=self.actor,
            at=self.now(),
            offset_ms=self._offset_ms(),
            app_version=self._around.app_version,
        )
        if projection:
            self._transaction.kinds |= projection.kinds
            self._transaction.case_ids |= projection.case_ids
        return projection is not None

    @property
    def _own_device(self) -> str:
        """The attached device; before that the one that the settings name, "" if none."""
        if self._around.device:
            return self._around.device.device_id
        return self.settings.get("device.id") or ""

    def _offset_ms(self) -> int | None:
        """What is known of the clock's error. A clock that shows a moment which has passed for
        certain was set back since it was measured: an empty battery, mostly.
        """
        text = self.settings.get("county.offset_ms")
        offset = timedelta(milliseconds=int(text)) if text else None
        passed = certainly_passed(self.settings.get("county.last_contact"))
        if passed is not None and self.now() + (offset or timedelta(0)) < passed - _ROUNDING:
            offset = passed - self.now()
        return None if offset is None else round(offset.total_seconds() * 1000)
