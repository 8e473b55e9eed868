"""A house behind the window for tests of the start: a store in memory behind a pretended vault.
Opens no file, no wire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app.domain.problems import ProblemCode, Refused, refuse
from app.domain.regions import Regions
from app.services.contact_values import Progress, TellProgress
from app.services.lines import SyncStatus
from app.services.ports import OpenUnit, UnitOfWork
from app.services.usb import UsbExport, UsbProgress
from app.ui.runtime.office import About, Finding, StickRead
from app.ui.shell.backstage import FirstLook, Sent
from tests.fakes import MemoryStore, practice
from tests.ui.desks import REGIONS, PaperStub, paper_craft, white_pages

PASSWORD = "六十亩村的槐树"
CONTACT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@dataclass
class PretendedHouse:
    """Satisfies `Backstage`. What it answers with is set by the test."""

    store: MemoryStore
    vault: bool = True
    keyring: str = "memory"
    password: str | None = None
    stop: Refused | None = None
    data: Path = Path("data")
    version: str = "0.1.0"
    status: SyncStatus = field(default_factory=lambda: SyncStatus(enrolled=False))
    sent: list[Sent | Refused] = field(default_factory=list)
    tells: list[Progress] = field(default_factory=list)
    way_out: bool = True
    wait: Callable[[], object] = lambda: None
    exchanges: int = 0
    enrolled: list[tuple[str, str]] = field(default_factory=list)
    enrol_refusal: Refused | None = None
    warmed: list[int] = field(default_factory=list)
    closed: bool = False
    regions_read: int = 0

    def has_vault(self) -> bool:
        return self.vault

    def keyring_name(self) -> str:
        return self.keyring

    def create(self, password: str | None) -> None:
        if password is not None and len(password) < 10:
            raise refuse(ProblemCode.PASSWORD_TOO_SHORT, limit=10)
        self.vault, self.password = True, password

    def unlock(self, password: str | None) -> None:
        if self.stop is not None:
            raise self.stop
        if self.password is not None and password is None:
            raise refuse(ProblemCode.PASSWORD_NEEDED)
        if self.password is not None and password != self.password:
            raise refuse(ProblemCode.WRONG_PASSWORD, "password")

    def first_look(self) -> FirstLook:
        with self.store.unit() as unit:
            actor = unit.actor
        return FirstLook(
            practice(),
            PaperStub(),
            white_pages,
            paper_craft(),
            self.status,
            None,
            set_up=bool(actor.name),
            role=actor.role,
        )

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        with self.store.unit() as unit:
            yield unit

    def warm(self, step: int) -> bool:
        self.warmed.append(step)
        return step < 1

    def exchange(self, open_unit: OpenUnit, tell: TellProgress) -> Sent:
        del open_unit
        self.exchanges += 1
        for one in self.tells:
            tell(one)
        self.wait()
        answer = self.sent.pop(0) if self.sent else Sent(0, 0, 0, 0)
        if isinstance(answer, Refused):
            raise answer
        return answer

    def has_way_out(self) -> bool:
        return self.way_out

    def usb_export(
        self, open_unit: OpenUnit, folder: Path, tell: Callable[[UsbProgress], None]
    ) -> UsbExport:
        del open_unit, tell
        return UsbExport("p", (folder / "和事-1.heshi",), 1, 0, 10, CONTACT)

    def usb_read(self, open_unit: OpenUnit, place: Path) -> StickRead:
        del open_unit, place
        return StickRead(answers=1)

    def enrol(self, open_unit: OpenUnit, address: str, code: str) -> None:
        del open_unit
        if self.enrol_refusal is not None:
            raise self.enrol_refusal
        self.enrolled.append((address, code))

    def set_password(self, password: str) -> None:
        self.password = password

    def back_up(self) -> Path:
        return Path("heshi-2026-11-21.db")

    def look_over(self) -> tuple[Finding, ...]:
        return (Finding("store", True),)

    def about(self) -> About:
        return About(self.version, self.data, "keyring", self.keyring, False)

    def regions(self) -> Regions:
        self.regions_read += 1
        return REGIONS

    def close_quick(self) -> None:
        return

    def close(self) -> None:
        self.closed = True
