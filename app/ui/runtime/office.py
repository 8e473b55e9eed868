"""What a page may ask of the house around it: send, enrol, back up, look itself over. The wiring
fills it in.

Never holds a widget; each method says on which thread it may be called.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.domain.regions import Regions


@dataclass(frozen=True, slots=True)
class About:
    """What the settings page tells of this computer. `way` is ``keyring`` or ``password``;
    `keyring` the backend's name or "".
    """

    version: str
    data: Path
    way: str
    keyring: str
    has_password: bool
    last_backup: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the self-check: what was looked at, whether it is well, and a fact such as a
    version or a count.
    """

    key: str
    good: bool
    fact: str = ""


class Office(Protocol):
    """Services of the whole house."""

    def send_now(self) -> None:
        """GUI thread: starts an exchange, or says in words why not."""
        ...

    def is_sending(self) -> bool:
        """GUI thread."""
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
