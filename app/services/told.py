"""One journal entry with what the county thinks of it: what storage and services tell each other
when a record is made anew from its entries, or two people wrote the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window starts without pydantic
    from app.wire.journal import Entry


class Standing(StrEnum):
    """What became of an entry: the county's verdict, or UNJUDGED before there is one."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    REFUSED = "refused"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with its hash. `position` is its place in the county's log, None before the county
    has it; `own` whether this laptop wrote it.
    """

    entry: Entry
    hash: str
    standing: Standing
    position: int | None
    own: bool
