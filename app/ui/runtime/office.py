"""What a page may ask of the house around it: send, put on a stick, enrol, back up, look itself
over. The wiring fills it in.

Never holds a widget; each method says on which thread it may be called.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.regions import Regions
    from app.services.county_pack import PackName
    from app.services.usb import UsbExport, UsbProgress
    from app.ui.runtime.sending import Sending


@dataclass(frozen=True, slots=True)
class About:
    """What the settings page tells of this computer. `way` is ``keyring`` or ``password``;
    `keyring` the backend's name or "". `pack` is the county's data pack, None without one;
    `pack_is_new`: it came since the start and is used from the next one on.
    """

    version: str
    data: Path
    way: str
    keyring: str
    has_password: bool
    last_backup: str = ""
    pack: PackName | None = None
    pack_is_new: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the self-check: what was looked at, whether it is well, and a fact such as a
    version or a count.
    """

    key: str
    good: bool
    fact: str = ""


@dataclass(frozen=True, slots=True)
class StickRead:
    """What the answers on a stick brought, in numbers: `answers` that were read, of which `again`
    had been before; own entries newly receipted, files the county now holds whole, entries of
    others, and own ones that need a person.
    """

    answers: int
    again: int = 0
    received: int = 0
    files_received: int = 0
    pulled: int = 0
    attention: int = 0


class Office(Protocol):
    """Services of the whole house."""

    @property
    def sending(self) -> Sending:
        """GUI thread: the contact that is under way, and its signal."""
        ...

    def send_now(self) -> None:
        """GUI thread: starts an exchange, or says in words why not."""
        ...

    def usb_export(self, folder: Path, tell: Callable[[UsbProgress], None]) -> UsbExport:
        """Stick worker: what waits, onto the stick at `folder`. Raises `Refused` as
        `services.usb.export_to_usb`.
        """
        ...

    def usb_read(self, place: Path) -> StickRead:
        """Stick worker: one answer of the county, or all for this laptop in a folder. Raises
        `Refused` USB_NO_ANSWER, and as `services.usb.read_answer`.
        """
        ...

    def enrol(self, address: str, code: str) -> None:
        """Wire worker: makes this laptop known to the county. Raises `Refused`."""
        ...

    def set_password(self, password: str) -> None:
        """Records worker. Raises `Refused` PASSWORD_TOO_SHORT."""
        ...

    def back_up(self) -> Path:
        """Records worker: a whole copy of the records; returns where it lies. Raises `Refused`
        DISK_FULL.
        """
        ...

    def look_over(self) -> tuple[Finding, ...]:
        """Records worker: the self-check."""
        ...

    def about(self) -> About:
        """Records worker."""
        ...

    def regions(self) -> Regions:
        """Records worker: the table of administrative divisions, read when first asked for."""
        ...
