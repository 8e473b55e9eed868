"""What the case page shows, read together on the records worker and frozen: it may travel to the
window's thread.

Never a row, never a unit of work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.agreements import Agreement
from app.domain.casefile import CaseFile
from app.domain.committees import Mediator
from app.domain.ids import RecordId
from app.domain.reviews import ReviewState
from app.services.handovers import SUPERVISING
from app.services.lines import Delivery, FileState, HistoryLine

if TYPE_CHECKING:
    from app.domain.settlements import Settlement
    from app.domain.visit_rules import ProposedVisit
    from app.services.conflicts import OpenConflict
    from app.services.file_light import FileLight
    from app.services.handovers import Assignment, Colleague

Ticks = frozenset[tuple[RecordId, RecordId]]

_SLOWEST_FIRST = (
    Delivery.ATTENTION,
    Delivery.SENDING,
    Delivery.WAITING,
    Delivery.HERE,
    Delivery.RECEIVED,
    Delivery.COMPLETE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case as it was at one moment, and what the page needs around it.

    Attributes: `history` newest first; `foreign` written by somebody else; `today` local date;
    `mediators` of the case's committee by id; `own_mediator` who sits at the keyboard; `drafts`
    keys of what was typed and not saved; `heard` agreement id -> (clause id, party id) of what was
    read and agreed to and still stands so; `light` what the county's rules say of the file;
    `visits` the follow-up visits that are still to be made.

    `own_devices` are those of the ones that wrote here or had the case which are this person's:
    this laptop, what it was before it was enrolled anew, and others of the same person. `role` is
    who sits at it; `assignment` tells who has the case, and
    `colleagues` who could; `conflicts` wait for a person, and `names` are of the records that they
    mention; `files` where each file is, by SHA-256.
    """

    file: CaseFile
    today: date
    history: tuple[HistoryLine, ...] = ()
    foreign: bool = False
    enrolled: bool = False
    mediators: Mapping[RecordId, Mediator] = field(default_factory=dict)
    own_mediator: RecordId | None = None
    actor: str = ""
    drafts: frozenset[str] = frozenset()
    heard: Mapping[RecordId, Ticks] = field(default_factory=dict)
    light: FileLight | None = None
    visits: tuple[ProposedVisit, ...] = ()
    own_devices: frozenset[str] = frozenset()
    role: str = "mediator"
    assignment: Assignment | None = None
    colleagues: tuple[Colleague, ...] = ()
    conflicts: tuple[OpenConflict, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    settlements: tuple[Settlement, ...] = ()
    files: Mapping[str, FileState] = field(default_factory=dict)

    @property
    def case_id(self) -> RecordId:
        return self.file.case.id

    @property
    def is_colleagues(self) -> bool:
        """Whether somebody else of the own committee has the case."""
        return self.foreign and self.assignment is not None and self.assignment.own_committee

    @property
    def read_only(self) -> bool:
        """Whether nothing on the page may be changed: somebody else's case, or a bound file."""
        return self.foreign or self.file.case.filed_on is not None

    @property
    def delivery(self) -> Delivery:
        """How far the case is on its way: as far as its slowest entry."""
        if self.foreign:
            return Delivery.FOREIGN
        if self.conflicts:
            return Delivery.ATTENTION
        found = {one.delivery for one in self.history}
        if found == {Delivery.FOREIGN}:
            # It came from another laptop with everything that the county has.
            return Delivery.RECEIVED if self.files_on_the_way else Delivery.COMPLETE
        return next((one for one in _SLOWEST_FIRST if one in found), Delivery.HERE)

    @property
    def files_on_the_way(self) -> int:
        """How many files the county does not have yet."""
        return sum(not one.received for one in self.files.values())

    @property
    def may_hand_over(self) -> bool:
        return self.assignment is not None and self.assignment.may_hand_over

    @property
    def fetches_files(self) -> bool:
        """Whether files that are not here come by themselves: of an own case, and for who
        supervises of one that waits for review.
        """
        submitted = self.file.review_state() is ReviewState.SUBMITTED
        return not self.foreign or (self.role in SUPERVISING and submitted)

    def agreement(self) -> Agreement | None:
        """The agreement that is being worked on: the newest living one."""
        living = self.file.living_agreements
        return living[-1] if living else None
