"""The county's review sheet of a case file (案卷评查): items, points, fatal defects, and what a
look at one file can find.

The sheet is the pack's (``review_sheet``); here stands its shape. Never a judgement about a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.casefile import CaseFile
from app.domain.completeness import Document
from app.domain.findings import Finding
from app.domain.ids import RecordId
from app.domain.visit_rules import ProposedVisit


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is mended: a record (`owner` its kind, as in `Missing`) and a field."""

    owner: str
    owner_id: RecordId
    field: str = ""


class Verdict(StrEnum):
    """What a test found. LACKING can be mended now; LATER is not due yet; LOST cannot be mended any
    more; ASKED only a person can tell.
    """

    PASSED = "passed"
    LACKING = "lacking"
    LATER = "later"
    LOST = "lost"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class SheetTest:
    """One line of an item: `applies` says to which files (`review_applies`)."""

    id: str
    points: int
    zh: str
    en: str
    advice_zh: str = ""
    advice_en: str = ""
    applies: str = "always"


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One item of the sheet with its tests, whose points add up to its own."""

    id: str
    zh: str
    en: str
    points: int
    tests: tuple[SheetTest, ...] = ()


@dataclass(frozen=True, slots=True)
class FatalDefect:
    """What fails a file whatever its points; not `computed` where only a person can tell."""

    id: str
    zh: str
    en: str
    advice_zh: str = ""
    advice_en: str = ""
    computed: bool = True


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade from `min` points on."""

    id: str
    zh: str
    en: str
    min: int


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """The whole sheet. `grades` from the highest; the last one is the one that fails."""

    items: tuple[SheetItem, ...] = ()
    fatal: tuple[FatalDefect, ...] = ()
    grades: tuple[Grade, ...] = ()


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that a file lacks, in the county's words: what, what to do, how many points it
    costs, and where it is mended.
    """

    code: str
    zh: str
    en: str
    advice_zh: str = ""
    advice_en: str = ""
    points: int = 0
    verdict: Verdict = Verdict.LACKING
    places: tuple[Place, ...] = ()

    @property
    def place(self) -> Place | None:
        """Where to go first."""
        return self.places[0] if self.places else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """One file and what the tests compare it with.

    `papers` with their blanks, `visits` as the rule table wants them, `findings` of the checker on
    the main agreement, `blocked` codes of ``refusal_of_scope`` that must not be mediated,
    `bind_days` from closing to binding.
    """

    file: CaseFile
    today: date
    papers: tuple[Document, ...]
    visits: tuple[ProposedVisit, ...] = ()
    findings: tuple[Finding, ...] = ()
    blocked: frozenset[str] = frozenset()
    bind_days: int = 30
