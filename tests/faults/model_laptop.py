"""One laptop of the model: the real store, key and services on a line that fails, with a stick; and
what was promised to the person in front of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.problems import ProblemCode, Refused
from app.security.device import OwnIdentities, load_device, verify
from app.services.enrolment import enrol
from app.services.exchange import ExchangeResult, exchange_once
from app.services.identities import TAKEN_IN_SETTING
from app.services.ports import DeviceKey, UnitOfWork
from app.services.renewal import enrol_or_renew, finish
from app.storage.backup import FOLDER_NAME as BACKUPS
from app.storage.cipher import FILE_NAME, Connection, connect
from app.storage.store import open_store
from tests.fakes import FixedClock
from tests.faults.model_county import Killed, ModelCounty
from tests.faults.model_line import Fault, ModelLine

KEY = bytes(range(48))
# What a line may bring that has a fault, and nothing else.
ON_THE_LINE = frozenset(
    {
        ProblemCode.ANSWER_CUT,
        ProblemCode.ANSWER_TOO_LATE,
        ProblemCode.COUNTY_UNREACHABLE,
        ProblemCode.COUNTY_BUSY,
        ProblemCode.COUNTY_REFUSED,
        ProblemCode.STORE_WENT_BACK,
        ProblemCode.FOREIGN_ANSWER,
        ProblemCode.RECEIPT_NOT_GENUINE,
    }
)


@dataclass
class Promises:
    """What the person was told is safe: own entries by number, records, and files. `former`: hash
    and bytes of the entries that were promised under an earlier identity, by device.
    """

    entries: list[str] = field(default_factory=list)
    records: set[tuple[str, str]] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    former: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)

    def copy(self) -> Promises:
        entries, records, files = list(self.entries), set(self.records), set(self.files)
        return Promises(entries, records, files, dict(self.former))


class ModelLaptop:
    """Opens the store in `folder`, or makes it. `state` is "" for a laptop that works, else why it
    does not any more (revoked, forked). `ids` are all the devices that it ever was.
    """

    device: DeviceKey

    def __init__(
        self, name: str, folder: Path, county: ModelCounty, *, account: str, side: str
    ) -> None:
        self.name, self.folder = name, folder
        self.account, self.side = account, side
        self.clock = FixedClock()
        self.line = ModelLine(county, lambda: (self.journal(), self.setting("county.epoch")))
        self.promised = Promises()
        self.state = ""
        self.restored = False
        self.dies_at: tuple[int, bool] | None = None
        self.lives = 0
        self.ids: list[str] = []
        self._promised_as = ""
        self._before: list[tuple[str, bytes]] = []
        self._open()

    def _open(self) -> None:
        self.lives += 1
        self.store = open_store(self.folder, KEY, self.clock, app_version="0.3.0")
        with self.store.unit() as uow:
            device = load_device(uow.settings)
            uow.commit()
        self._reader: Connection | None = None
        self._be(device)

    def _be(self, device: DeviceKey) -> None:
        """Who it is now. What was promised before under another identity stays promised."""
        self.device = device
        self.store.attach(device, verify)
        if device.device_id not in self.ids:
            self.ids.append(device.device_id)
        if self._promised_as not in ("", device.device_id):
            self.promised.former[self._promised_as] = self._before
            self.promised.entries = []
            self.state, self.restored = "", False
        self._promised_as = device.device_id

    @property
    def id(self) -> str:
        return self.device.device_id

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self.store.close()

    def reopen(self) -> None:
        """Another life of the program on the same files."""
        self.close()
        self.dies_at = None
        self._open()

    # A unit of work that can be interrupted.

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        with self.store.unit() as uow:
            if self.dies_at is not None:
                # The store's own unit of work is what commits; only its last step is watched.
                vars(uow)["commit"] = self._mortal(uow.commit)
            yield uow

    def _mortal(self, commit: Callable[..., Any]) -> Callable[..., Any]:
        def commit_or_die(*words: Any) -> Any:
            if self.dies_at is None:
                return commit(*words)
            left, before = self.dies_at
            self.dies_at = left - 1, before
            if left > 1:
                return commit(*words)
            if not before:
                commit(*words)
            raise Killed

        return commit_or_die

    def acknowledge(self, *records: tuple[str, str]) -> None:
        """The person was told that it is saved: from now on it must be here."""
        self.promised.entries = self.journal()
        self.promised.records |= set(records)

    # The wire.

    def enrol(self, code: str) -> None:
        self.line.begin(Fault())
        enrol(self.unit, self.line, self.device, verify, code, address="http://county")
        self.acknowledge()

    def enrol_anew(self, code: str, fault: Fault | None = None) -> None:
        """With a code from the county, as the window and the command line do it. Raises `Refused`
        as `enrol_or_renew`.
        """
        self._note_promised()
        self.line.begin(fault or Fault())
        _, device = enrol_or_renew(
            self.unit,
            self.line,
            self.device,
            OwnIdentities(),
            verify,
            code,
            address="http://county",
        )
        self._be(device)
        self.acknowledge()

    @property
    def is_taken_in(self) -> bool:
        """Whether an enrolment anew was broken off, and the next contact goes on with it."""
        return bool(self.setting(TAKEN_IN_SETTING))

    def _note_promised(self) -> None:
        """What was promised so far, with its bytes: soon it may be promised under another name."""
        rows = self.rows("SELECT hash, raw FROM journal_entry ORDER BY seq")
        promised = len(self.promised.entries)
        self._before = [(mark, bytes(raw)) for mark, raw in rows[:promised]]

    def sync(self, fault: Fault | None = None) -> ExchangeResult:
        """One contact. Raises `Refused` as `finish` and `exchange_once`."""
        self.line.begin(fault or Fault())
        if self.is_taken_in:
            self._note_promised()
        self._be(finish(self.unit, self.line, self.device, OwnIdentities(), verify))
        result = exchange_once(
            self.unit, self.line, self.device, verify, pause=lambda seconds: None
        )
        self.acknowledge()
        return result

    # Copies of the store.

    def back_up(self, place: Path) -> Promises:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        self.close()
        shutil.copytree(self.folder, place / "data", ignore=shutil.ignore_patterns(BACKUPS))
        self._open()
        return self.promised.copy()

    def restore(self, place: Path, promised: Promises) -> None:
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(place / "data", self.folder)
        self.promised, self._promised_as = promised.copy(), ""
        self._open()

    # What the checks look at.

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Read past the store and its services."""
        if self._reader is None:
            self._reader = connect(self.folder / FILE_NAME, KEY, mode="ro")
        return list(self._reader.execute(query, values).fetchall())

    def journal(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT hash FROM journal_entry ORDER BY seq")]

    def setting(self, key: str) -> str:
        rows = self.rows("SELECT value FROM setting WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""


def codes(refusal: Refused) -> set[ProblemCode]:
    return {one.code for one in refusal.problems}
