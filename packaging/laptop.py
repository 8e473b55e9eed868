"""One demo laptop without its window: the same store, keys, printshop and line to the county that
the program wires together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from app import paths
from app.documents.printshop import PdfPrintshop
from app.documents.scanning import PageReader
from app.domain.people import Person
from app.security.device import load_device, verify
from app.security.os_keyring import OsKeyring
from app.security.paper_seal import PaperSeal, load_paper_seal
from app.security.vault import Vault
from app.services.exchange import ExchangeResult, exchange_once
from app.services.people import save_person
from app.services.ports import DeviceKey, Practice, UnitOfWork
from app.storage.packs import load_practice
from app.storage.store import Store, open_store
from app.sync.http_line import HttpLine

T = TypeVar("T")


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now().astimezone().date()


@dataclass(frozen=True)
class Laptop:
    """An opened laptop."""

    store: Store
    device: DeviceKey
    practice: Practice
    printshop: PdfPrintshop
    reader: PageReader = field(default_factory=PageReader)

    def do(self, verb: Callable[..., T], *words: object, **named: object) -> T:
        """One service call in a unit of work of its own."""
        with self.store.unit() as unit:
            return verb(unit, *words, **named)

    def read(self, question: Callable[[UnitOfWork], T]) -> T:
        with self.store.unit() as unit:
            return question(unit)

    def today(self) -> date:
        """The local date of this laptop."""
        return self.read(lambda unit: unit.today())

    def keep(self, person: Person) -> None:
        """Somebody who is no party, in the register of people."""
        self.do(save_person, person)

    def seal(self, unit: UnitOfWork) -> PaperSeal:
        """What seals the papers of this laptop."""
        return load_paper_seal(unit.settings, self.device.device_id)

    def exchange(self) -> ExchangeResult:
        """What "send now" does. Raises `Refused`."""
        with self.store.unit() as unit:
            url = unit.settings.get("county.url") or ""
        line = HttpLine(url)
        try:
            return exchange_once(self.store.unit, line, self.device, verify)
        finally:
            line.close()


@contextmanager
def open_laptop(home: Path, password: str) -> Iterator[Laptop]:
    """The laptop in `home`, closed afterwards. Raises `Refused`."""
    key = Vault(paths.keys(home), OsKeyring()).open(password)
    store = open_store(home, key, SystemClock(), app_version="demo")
    try:
        with store.unit() as unit:
            device = load_device(unit.settings)
        store.attach(device, verify)
        practice = load_practice(paths.resources())
        yield Laptop(store, device, practice, PdfPrintshop(paths.resources(), practice))
    finally:
        store.close()
