"""Follow-up visits (回访): how an agreement is kept (PML art. 31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode
from app.domain.text import NAME_LIMIT, check_text


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One visit. Codes of ``visit_method``, ``performance_status``, ``satisfaction``; `visited_on`,
    `next_on` local dates.
    """

    id: RecordId
    case_id: RecordId
    agreement_id: RecordId | None = None
    visited_on: date | None = None
    method: str = ""
    party_id: RecordId | None = None
    visitor: str = ""
    performance: str = ""
    satisfaction: str = ""
    findings: str = ""
    new_risk: bool = False
    next_on: date | None = None
    void_reason: str = ""


def check_follow_up(visit: FollowUp, today: date) -> list[Problem]:
    """What keeps a visit from being stored: a date, what was found, or a performance status must be
    there.
    """
    problems = check_past(visit.visited_on, today, "visited_on")
    problems += check_text(visit.findings, "findings") + check_text(
        visit.visitor, "visitor", limit=NAME_LIMIT
    )
    if visit.visited_on is None:
        problems.append(Problem(ProblemCode.EMPTY, "visited_on"))
    if visit.visited_on and visit.next_on and visit.next_on < visit.visited_on:
        problems.append(
            Problem(
                ProblemCode.DATE_ORDER, "next_on", {"earlier": "visited_on", "later": "next_on"}
            )
        )
    return problems
