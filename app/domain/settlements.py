"""What a person decided where two had written the same: which of two values holds.

The entry that was not taken over stays in the journal for ever; a settlement only says that it has
been looked at, by whom, and what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.ids import RecordId


class Choice(StrEnum):
    """Which value holds."""

    IN_FORCE = "in_force"  # what the county's log had first
    OTHER = "other"  # what came second, and was kept aside
    OWN = "own"  # a third text, written by who decided


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChoice:
    """The choice for one field of one record (``kind:id``)."""

    record: str
    field: str
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A double edit that was looked at on local date `on`.

    `entry_hash` names the journal entry that was not taken over, `record` (``kind:id``) what it
    collided on. `case_id` is None where it is no case's (a person known in the village).
    """

    id: RecordId
    entry_hash: str
    record: str
    case_id: RecordId | None = None
    choices: tuple[FieldChoice, ...] = ()
    settled_by: str = ""
    on: date | None = None
