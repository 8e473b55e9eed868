"""What the window needs from the rest of the house; `main` fills it in. Never imported by a
workspace.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.services.lines import SyncStatus
from app.ui.runtime.office import About, Finding, StickRead

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.regions import Regions
    from app.services.contact_values import TellProgress
    from app.services.ports import Lists, OpenUnit, Practice, Preview, Printshop, UnitOfWork
    from app.services.usb import UsbExport, UsbProgress
    from app.ui.runtime.desk import PaperCraft


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What is known right after unlocking. `lists` answers case lists before the whole store is
    loaded, None when it cannot; so does `reading` with units that only read.
    """

    practice: Practice
    printshop: Printshop
    preview: Preview
    craft: PaperCraft
    status: SyncStatus
    lists: Lists | None
    set_up: bool
    role: str
    reading: OpenUnit | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What one exchange did, in numbers of entries and of files that the county now holds whole;
    `more` when the next should follow soon.
    """

    sent: int
    received: int
    pulled: int
    attention: int
    more: bool = False
    files_received: int = 0


class Backstage(Protocol):
    """Everything below is called on a worker, never on the GUI thread, unless it says otherwise."""

    @property
    def data(self) -> Path:
        """The data folder; any thread."""
        ...

    @property
    def version(self) -> str:
        """Any thread."""
        ...

    def has_vault(self) -> bool: ...

    def keyring_name(self) -> str:
        """ "" where no keyring can be trusted: then a password is needed."""
        ...

    def create(self, password: str | None) -> None:
        """A new vault and store. Doing it again after it worked is harmless. Raises `Refused`."""
        ...

    def unlock(self, password: str | None) -> None:
        """Raises `Refused` PASSWORD_NEEDED, WRONG_PASSWORD, KEY_LOST, KEY_FILES_DAMAGED,
        STORE_DAMAGED, STORE_NEWER.
        """
        ...

    def first_look(self) -> FirstLook: ...

    def unit(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work; loads the whole store the first time."""
        ...

    def warm(self, step: int) -> bool:
        """Loads what comes next into memory; False when nothing is left to load."""
        ...

    def exchange(self, open_unit: OpenUnit, tell: TellProgress) -> Sent:
        """Wire worker; `tell` hears there how far it is. Raises `Refused`."""
        ...

    def has_way_out(self) -> bool:
        """Any thread, at once: whether this computer has a network at all."""
        ...

    def usb_export(
        self, open_unit: OpenUnit, folder: Path, tell: Callable[[UsbProgress], None]
    ) -> UsbExport:
        """Stick worker. Raises `Refused`."""
        ...

    def usb_read(self, open_unit: OpenUnit, place: Path) -> StickRead:
        """Stick worker. Raises `Refused`."""
        ...

    def enrol(self, open_unit: OpenUnit, address: str, code: str) -> None:
        """Wire worker. Raises `Refused`."""
        ...

    def set_password(self, password: str) -> None: ...

    def back_up(self) -> Path: ...

    def look_over(self) -> tuple[Finding, ...]: ...

    def about(self) -> About: ...

    def regions(self) -> Regions:
        """The table of administrative divisions; needs no vault."""
        ...

    def close_quick(self) -> None:
        """Records worker: lets go of what answered the first lists."""
        ...

    def close(self) -> None:
        """Any thread, when no worker runs any more."""
        ...
