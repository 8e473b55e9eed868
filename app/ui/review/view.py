"""What the review pages show, read together on the records worker and frozen: it may travel to the
window's thread.

Never a row, never a unit of work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.domain.casefile import CaseFile
from app.domain.completeness import Document
from app.domain.ids import RecordId
from app.domain.reviews import Review, ReviewState, Submission, in_order
from app.services.lines import CaseLine, Delivery, HistoryLine

if TYPE_CHECKING:
    from app.domain.findings import Finding
    from app.services.file_light import FileLight

SUPERVISOR = "supervisor"
Ticks = frozenset[tuple[RecordId, RecordId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Files to be reviewed, or own files under review, and whose they are.

    `last_contact` is the UTC moment by county time of the last verified answer; None if there was
    none.
    """

    lines: tuple[CaseLine, ...] = ()
    committees: tuple[str, ...] = ()
    role: str = ""
    enrolled: bool = False
    last_contact: datetime | None = None

    @property
    def supervises(self) -> bool:
        return self.role == SUPERVISOR


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One file as it was at one moment.

    Attributes: `history` newest first; `foreign` written by somebody else; `role` of who sits at
    the keyboard; `sending` how far the own remarks on it are, None when there are none.

    `light` is the county's review sheet worked out, `papers` those that are bound; by agreement,
    `waived` are the overridden warnings as the checker finds them today and `heard` the standing
    (clause, party) ticks of the reading. `absent` are attachments whose bytes are not here.
    """

    file: CaseFile
    today: date
    history: tuple[HistoryLine, ...] = ()
    foreign: bool = False
    role: str = ""
    sending: Delivery | None = None
    light: FileLight | None = None
    papers: tuple[Document, ...] = ()
    waived: Mapping[RecordId, tuple[Finding, ...]] = field(default_factory=dict)
    heard: Mapping[RecordId, Ticks] = field(default_factory=dict)
    absent: frozenset[RecordId] = frozenset()

    @property
    def state(self) -> ReviewState:
        return self.file.review_state()

    @property
    def waiting(self) -> bool:
        """Whether the file waits for an answer."""
        return self.state is ReviewState.SUBMITTED

    @property
    def may_decide(self) -> bool:
        """Whether returning and approving make sense: a supervisor before a file that waits for an
        answer.
        """
        return self.may_remark and self.waiting

    @property
    def may_remark(self) -> bool:
        """Whether a word can be left: a supervisor before somebody else's file."""
        return self.role == SUPERVISOR and self.foreign


def talk(file: CaseFile) -> tuple[Review | Submission, ...]:
    """Hand-ins and remarks in the order in which they answer each other."""
    return in_order(file.reviews, file.submissions)
