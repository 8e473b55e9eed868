"""How things stand with the laptops of the villages, as the county told it last: for who
supervises.

What a laptop says of itself is a claim, and as old as its last contact. Judges nobody: the order
only says where to look first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.moments import believable, put_right
from app.services.handovers import SUPERVISING

if TYPE_CHECKING:  # the window starts without pydantic
    from app.services.ports import UnitOfWork
    from app.wire.exchange2 import LaptopState

SILENT_FOR = timedelta(days=14)
CLOCK_WRONG_MS = 10 * 60 * 1000
ACTIVE, REVOKED, LOST = "active", "revoked", "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopLine:
    """One laptop. Moments are UTC by county time, but `oldest_waiting`, which is the laptop's own
    claim, None where nothing waits or it cannot be believed. `begun`: its last contact was begun
    and not finished. `waiting_bytes` are of texts and files, plain. `rank` says where to look
    first, from 0.
    """

    device: str
    person: str
    committee: str
    state: str
    last_contact: datetime | None
    begun: bool
    oldest_waiting: datetime | None
    waiting: int
    waiting_files: int
    waiting_bytes: int
    clock_error_ms: int | None
    refused: int
    app: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Laptops:
    """The list, worst first; `told_at` by county time, None if the county never told one. `now` is
    this device's clock put right by what is known of its error.
    """

    supervises: bool
    now: datetime
    told_at: datetime | None = None
    lines: tuple[LaptopLine, ...] = ()


def told_laptops(uow: UnitOfWork) -> Laptops:
    """What the county told last. Empty for who does not supervise."""
    from app.services.incoming import LAPTOPS_AT_SETTING, LAPTOPS_SETTING
    from app.wire.canonical import strict_json
    from app.wire.exchange2 import LaptopState

    supervises = uow.actor.role in SUPERVISING
    offset = int(uow.settings.get("county.offset_ms") or 0)
    now = put_right(uow.now(), offset)
    told = uow.settings.get(LAPTOPS_SETTING)
    if not supervises or not told:
        return Laptops(supervises=supervises, now=now)
    values = strict_json(told.encode())
    assert isinstance(values, list)
    found = [_line(LaptopState.model_validate(one), now) for one in values]
    at = uow.settings.get(LAPTOPS_AT_SETTING)
    return Laptops(
        supervises=True,
        now=now,
        told_at=datetime.fromisoformat(at) if at else None,
        lines=tuple(sorted(found, key=worst_first)),
    )


def worst_first(line: LaptopLine) -> tuple[int, float, str]:
    """By rank; then who was silent longest."""
    contact = line.last_contact.timestamp() if line.last_contact else 0.0
    return line.rank, contact, line.person


def _line(one: LaptopState, now: datetime) -> LaptopLine:
    waiting = one.waiting
    one = one.model_copy(
        update={"last_contact": believable(one.last_contact), "began_at": believable(one.began_at)}
    )
    begun = one.began_at is not None and (
        one.last_contact is None or one.began_at > one.last_contact
    )
    refused = max(one.refused, waiting.attention)
    return LaptopLine(
        device=one.device,
        person=one.person,
        committee=one.committee,
        state=one.state,
        last_contact=one.last_contact,
        begun=begun,
        oldest_waiting=believable(waiting.oldest_at),
        waiting=waiting.entries,
        waiting_files=waiting.files,
        waiting_bytes=waiting.entry_bytes + waiting.file_bytes,
        clock_error_ms=one.clock_offset_ms,
        refused=refused,
        app=one.app,
        rank=_rank(one, now, begun=begun, refused=refused),
    )


def _rank(one: LaptopState, now: datetime, *, begun: bool, refused: int) -> int:
    """A laptop that was struck off needs nobody any more; one that is halted needs somebody now."""
    troubles = (
        one.state not in (ACTIVE, REVOKED, LOST),
        refused > 0,
        one.last_contact is None or now - one.last_contact > SILENT_FOR,
        begun,
        abs(one.clock_offset_ms or 0) > CLOCK_WRONG_MS,
        one.waiting.entries + one.waiting.files > 0,
    )
    if one.state in (REVOKED, LOST):
        return len(troubles) + 1
    return next((place for place, so in enumerate(troubles) if so), len(troubles))
