"""What one contact with the county is asked to do, how far it is, and what came of it: frozen
values that may travel between threads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_NO_COUNTY_YEAR = 2090


class ContactPhase(StrEnum):
    """What a contact is busy with."""

    ASKING = "asking"  # connecting, and hearing how much the county holds
    TEXTS = "texts"
    FILES = "files"
    FETCHING = "fetching"  # what others wrote


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a contact is. `sent` of `total` plain bytes have been handed to the line; nothing of
    it is received before a receipt says so. `rate` bytes per second on the wire, where texts are
    smaller, 0 while unknown.
    """

    phase: ContactPhase
    sent: int = 0
    total: int = 0
    rate: int = 0


@dataclass(frozen=True, slots=True)
class ExchangeResult:
    """What happened.

    In numbers of entries: `sent` own ones, of which `received` are newly receipted; `pulled` of
    others that are new here; `attention` own ones that were not taken over; `doubted` of others
    that did not verify and were left out. `files_received` files that the county now holds whole,
    `files_fetched` files of others that came in. `more` waits for the next time.
    """

    sent: int = 0
    received: int = 0
    pulled: int = 0
    attention: int = 0
    doubted: int = 0
    files_received: int = 0
    files_fetched: int = 0
    more: bool = False


def certainly_passed(told: str | None) -> datetime | None:
    """The moment (UTC) of a county's signed word, as the settings keep it: no clock that shows an
    earlier one is right. None before the first contact; a county that once ran decades ahead proves
    nothing.
    """
    moment = datetime.fromisoformat(told) if told else None
    return moment if moment and moment.year < _NO_COUNTY_YEAR else None


TellProgress = Callable[[Progress], None]


def in_silence(progress: Progress) -> None:
    """Satisfies `TellProgress` for callers that show none."""
