"""What the page *Waiting* asks of the store: the tail and the status, read together. Changes
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.services.lines import SyncStatus, WaitingLine
from app.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Tail:
    """The entries that wait or need a person, and how things stand with the county."""

    lines: tuple[WaitingLine, ...]
    status: SyncStatus


def read_tail(unit: UnitOfWork) -> Tail:
    """Both at one moment."""
    return Tail(unit.lists.waiting(), unit.lists.status())
