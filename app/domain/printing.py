"""The print log: which paper went to which printer, and whether it came out well. Never a paper
itself.

A print counts only when somebody said that it came out well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, refuse

MOST_PAGES = 99_999
_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_SAME_SIGN = str.maketrans("０１２３４５６７８９，、；;－–—~～至到", "0123456789,,,,-------")


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


def covers(printing: Printing, paper: PrintedPaper) -> bool:
    """Whether a print holds the whole of a paper: some pages of it are no paper yet."""
    if not printing.pages:
        return True
    pages = frozenset(parse_pages(printing.pages, max(paper.last_page, MOST_PAGES)))
    own = range(paper.first_page, paper.last_page + 1)
    return paper.first_page > 0 and pages.issuperset(own)


def parse_pages(text: str, pages: int) -> tuple[int, ...]:
    """The pages that ``1-3,5`` names of a paper of `pages` pages, from 1, in the order written and
    each once; all of them for an empty text.

    Full-width signs are read too. Raises `Refused` PAGES_UNCLEAR.
    """
    parts = "".join(text.split()).translate(_SAME_SIGN).strip(",")
    if not parts:
        return tuple(range(1, pages + 1))
    found: dict[int, None] = {}
    for part in parts.split(","):
        read = _RANGE.fullmatch(part)
        first = int(read[1]) if read else 0
        last = int(read[2] or first) if read else 0
        if not 1 <= first <= last <= pages:
            raise refuse(ProblemCode.PAGES_UNCLEAR, "pages", text=text.strip()[:20], pages=pages)
        found |= dict.fromkeys(range(first, last + 1))
    return tuple(found)


def sides(pages: Sequence[int], starts: Iterable[int], *, duplex: bool) -> tuple[int | None, ...]:
    """What goes on each side of the sheets: a page, or None for an empty back.

    On both sides of the sheet each paper (`starts`: their first pages) begins on a sheet of its
    own: what two families sign must not hang on one leaf.
    """
    laid: list[int | None] = []
    first = frozenset(starts)
    for page in pages:
        if duplex and page in first and len(laid) % 2:
            laid.append(None)
        laid.append(page)
    return tuple(laid)
