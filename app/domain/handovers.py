"""Hand-over of a case from one mediator's laptop to another of the same committee (移交): one case
has one assignee at a time, so that two people hardly ever write the same record.

Never an opinion about who should have a case; and never undone: a case goes back by another
hand-over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode
from app.domain.text import check_text

REASON_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One hand-over on local date `on`: who had the case, and who has it from now on.

    `from_device` is the laptop that had it when this was written: where another hand-over came
    first, this one stands on what is no longer so, and a person is asked. `by_name` is who decided:
    the mediator who gave it away, or a supervisor who assigned it anew.
    """

    id: RecordId
    case_id: RecordId
    from_device: str
    to_device: str
    from_name: str = ""
    to_mediator_id: RecordId | None = None
    to_name: str = ""
    by_name: str = ""
    reason: str = ""
    on: date | None = None


def check_handover(handover: Handover) -> list[Problem]:
    """What keeps a hand-over from being stored: who takes over a case is told why it comes."""
    problems = check_text(handover.reason, "reason", limit=REASON_LIMIT)
    if not handover.reason.strip():
        problems.append(Problem(ProblemCode.EMPTY, "reason"))
    if handover.to_device == handover.from_device:
        problems.append(Problem(ProblemCode.ALREADY_THERE, "to_device", {"what": "handover"}))
    return problems
