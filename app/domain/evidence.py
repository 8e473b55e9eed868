"""Pieces of evidence (证据材料): what was handed in, by whom, and what it shows (CPL art. 66).

Originals go back to their owner; the file keeps copies. Never judges what a piece proves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode
from app.domain.text import LINE_LIMIT, NAME_LIMIT, check_text

COUNT_LIMIT = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One line of the evidence list. `kind` is a code of ``evidence_kind``; dates are local.

    `original` tells an original from a copy; a copy was compared with it by `compared_by` on
    `compared_on` (与原件核对无异).
    """

    id: RecordId
    case_id: RecordId
    ordinal: int
    name: str = ""
    kind: str = ""
    given_by: RecordId | None = None
    source: str = ""
    submitted_on: date | None = None
    copies: int = 1
    pages: int = 1
    original: bool = False
    proves: str = ""
    received_by: str = ""
    compared_by: str = ""
    compared_on: date | None = None
    returned_on: date | None = None
    void_reason: str = ""


def check_evidence(piece: Evidence, today: date) -> list[Problem]:
    """What keeps a piece of evidence from being stored."""
    problems = check_text(piece.name, "name", limit=LINE_LIMIT, required=True)
    for name in ("submitted_on", "compared_on", "returned_on"):
        problems += check_past(getattr(piece, name), today, name)
    problems += check_text(piece.proves, "proves", limit=2000)
    problems += check_text(piece.source, "source", limit=LINE_LIMIT)
    for name in ("received_by", "compared_by"):
        problems += check_text(getattr(piece, name), name, limit=NAME_LIMIT)
    for name in ("copies", "pages"):
        if not 0 <= getattr(piece, name) <= COUNT_LIMIT:
            text = str(getattr(piece, name))
            problems.append(Problem(ProblemCode.NOT_A_NUMBER, name, {"text": text}))
    return problems
