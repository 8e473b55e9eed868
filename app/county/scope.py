"""Who may see what.

The one rule of jurisdiction: every query and every answer goes through this file.

A mediator sees what concerns the own committee; a supervisor and an administrator what lies in
their region; nobody else sees anything, and an empty region or committee never means "all".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false
from sqlmodel import col

from app.county.tables import EntryRow

SUPERVISING = frozenset({"supervisor", "administrator"})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks.

    `region` is a prefix of digits; `active` is False for revoked and frozen devices.
    """

    role: str
    region: str
    committee_id: str | None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose business something is: committee and region (12 digits) as the county keeps them."""

    committee_id: str | None
    region: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What a viewer's role opens: one committee, one region, or (both empty) nothing."""

    committee_id: str = ""
    prefix: str = ""


def sight(viewer: Viewer) -> Sight:
    """The rule itself."""
    if not viewer.active:
        return Sight()
    if viewer.role == "mediator":
        return Sight(committee_id=viewer.committee_id or "")
    return Sight(prefix=viewer.region if viewer.role in SUPERVISING else "")


def may_see(viewer: Viewer, subject: Subject) -> bool:
    """Whether the viewer may read what is the subject's business."""
    seen = sight(viewer)
    if seen.committee_id:
        return subject.committee_id == seen.committee_id
    return bool(seen.prefix) and subject.region.startswith(seen.prefix)


def seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """The same rule as a condition on entries."""
    seen = sight(viewer)
    if seen.committee_id:
        return col(EntryRow.committee_id) == seen.committee_id
    if seen.prefix:
        region: Any = col(EntryRow.region)
        starts: ColumnElement[bool] = region.startswith(seen.prefix, autoescape=True)
        return starts
    return false()


def region_prefix(code: str) -> str:
    """The digits that everything inside a region shares: ``330108000000`` (a county) gives
    ``330108``.

    Levels: province 2, prefecture 2, county 2, town 3, village 3 (GB/T 2260). Raises ValueError for
    anything else.
    """
    if not (code.isascii() and code.isdigit() and len(code) in (2, 4, 6, 9, 12)):
        raise ValueError("a region code has 2, 4, 6, 9 or 12 digits")
    whole = code.ljust(12, "0")
    for start, end in ((9, 12), (6, 9), (4, 6), (2, 4)):
        if int(whole[start:end]):
            return whole[:end]
    if not int(whole[:2]):
        raise ValueError("no province")
    return whole[:2]
