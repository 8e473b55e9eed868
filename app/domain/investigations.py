"""Investigation records (调查记录): what one person was asked and answered (PML art. 21, 27).

One record for each person and talk. Never a source of facts about somebody outside the dispute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode
from app.domain.text import LINE_LIMIT, NAME_LIMIT, check_text

EXCHANGE_LIMIT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question and its answer (问/答)."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """One talk. `held_on` local date, `begun_at` and `ended_at` local times of day, `ordinal` from
    1.

    `person_id` is who was asked, `relation` what that person is to the dispute; `others` names who
    else was there.
    """

    id: RecordId
    case_id: RecordId
    ordinal: int
    held_on: date | None = None
    begun_at: time | None = None
    ended_at: time | None = None
    place: str = ""
    person_id: RecordId | None = None
    relation: str = ""
    others: str = ""
    matter: str = ""
    exchanges: tuple[Exchange, ...] = ()
    investigator_ids: tuple[RecordId, ...] = ()
    recorder: str = ""
    void_reason: str = ""


def check_investigation(record: Investigation, today: date) -> list[Problem]:
    """What keeps an investigation record from being stored. Gaps are allowed and shown."""
    problems = check_past(record.held_on, today, "held_on")
    for name in ("place", "relation", "others", "matter"):
        problems += check_text(getattr(record, name), name, limit=LINE_LIMIT)
    problems += check_text(record.recorder, "recorder", limit=NAME_LIMIT)
    if len(record.exchanges) > EXCHANGE_LIMIT:
        problems.append(Problem(ProblemCode.TOO_MANY, "exchanges", {"limit": EXCHANGE_LIMIT}))
    for index, one in enumerate(record.exchanges):
        problems += check_text(one.question, f"exchanges.{index}.question", limit=5000)
        problems += check_text(one.answer, f"exchanges.{index}.answer", limit=20_000)
    if record.begun_at and record.ended_at and record.ended_at < record.begun_at:
        facts = {"earlier": "begun_at", "later": "ended_at"}
        problems.append(Problem(ProblemCode.DATE_ORDER, "ended_at", facts))
    return problems
