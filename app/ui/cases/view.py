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
from app.services.lines import Delivery, HistoryLine

if TYPE_CHECKING:
    from app.domain.visit_rules import ProposedVisit
    from app.services.file_light import FileLight

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

    @property
    def case_id(self) -> RecordId:
        return self.file.case.id

    @property
    def read_only(self) -> bool:
        """Whether nothing on the page may be changed: somebody else's case, or a bound file."""
        return self.foreign or self.file.case.filed_on is not None

    @property
    def delivery(self) -> Delivery:
        """How far the case is on its way: as far as its slowest entry."""
        if self.foreign:
            return Delivery.FOREIGN
        found = {one.delivery for one in self.history}
        return next((one for one in _SLOWEST_FIRST if one in found), Delivery.HERE)

    def agreement(self) -> Agreement | None:
        """The agreement that is being worked on: the newest living one."""
        living = self.file.living_agreements
        return living[-1] if living else None
