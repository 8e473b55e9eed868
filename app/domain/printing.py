"""The print log: which paper went to which printer, and whether it came out well. Never a paper
itself.

A print counts only when somebody said that it came out well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import RecordId


class CameOut(StrEnum):
    """What was said of the sheets."""

    NOT_SAID = "not_said"
    WELL = "well"
    SPOILED = "spoiled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPaper:
    """One paper within a print: `digest` is the SHA-256 of what it says (not of the PDF), so that a
    later change is seen; `first_page` and `last_page` are its pages in the file, 0 for a single
    paper.
    """

    kind: str
    subject_id: RecordId
    digest: str
    first_page: int = 0
    last_page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """One print. `at` UTC moment; `pages` as asked for ("" for all); `printer` "" for a PDF that
    was saved.
    """

    id: RecordId
    case_id: RecordId
    at: datetime
    papers: tuple[PrintedPaper, ...] = ()
    copies: int = 1
    pages: str = ""
    printer: str = ""
    duplex: bool = False
    whole_file: bool = False
    came_out: CameOut = CameOut.NOT_SAID
    spoiled_reason: str = ""
    spoiled_sheets: int = 0
