"""A mediation session (调解会) and its record in seven steps. The exemplary record of this room.

Hard stops: no session before the rights notice (Decree 75 art. 30), none against a party's clear
refusal (PML art. 17).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from app.domain.cases import Case
from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.parties import Party
from app.domain.problems import Problem, ProblemCode
from app.domain.text import LINE_LIMIT, NAME_LIMIT, check_text


class SessionOutcome(StrEnum):
    """How a session ended."""

    AGREED = "agreed"
    PARTLY_AGREED = "partly_agreed"
    ADJOURNED = "adjourned"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class SessionStep(StrEnum):
    """The seven elements that a mediation record must show, in order."""

    RIGHTS_TOLD = "rights_told"
    MANNER_TOLD = "manner_told"
    ACCOUNTS = "accounts"
    FACTS_CHECKED = "facts_checked"
    RISKS_TOLD = "risks_told"
    RESULT = "result"
    SIGNED = "signed"


class ParticipantKind(StrEnum):
    """Who else sits at the table (PML art. 20)."""

    INVITED = "invited"
    WITNESS = "witness"
    INTERPRETER = "interpreter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Whether a party was there, and through whom (`through` is a person who acts for it) if not
    itself.
    """

    party_id: RecordId
    present: bool = True
    through: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody invited to help: not mediator, party or recorder."""

    name: str
    kind: ParticipantKind = ParticipantKind.INVITED
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepText:
    """What was written under one of the seven steps."""

    step: SessionStep
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session. `held_on`, `next_on` local dates; `begun_at`, `ended_at` local times of day;
    `ordinal` from 1.
    """

    id: RecordId
    case_id: RecordId
    ordinal: int
    held_on: date | None = None
    begun_at: time | None = None
    ended_at: time | None = None
    place: str = ""
    mediator_ids: tuple[RecordId, ...] = ()
    recorder: str = ""
    attendance: tuple[Attendance, ...] = ()
    participants: tuple[Participant, ...] = ()
    steps: tuple[StepText, ...] = ()
    outcome: SessionOutcome | None = None
    outcome_text: str = ""
    next_on: date | None = None
    void_reason: str = ""


def step_text(session: Session, step: SessionStep) -> str:
    return next((one.text for one in session.steps if one.step is step), "")


def may_begin(
    case: Case, parties: tuple[Party, ...], names: dict[RecordId, str], held_on: date
) -> list[Problem]:
    """What forbids a session on local date `held_on`: refusal, no notice, notice later than the
    session or not to all parties.
    """
    if case.refusal:
        return [
            Problem(ProblemCode.PARTY_REFUSED, "", {"name": names.get(case.refusal.party_id, "")})
        ]
    if case.accepted_on is None:
        return [Problem(ProblemCode.NOT_ACCEPTED_YET)]
    notice = case.rights_notice
    if notice is None:
        return [Problem(ProblemCode.NO_RIGHTS_NOTICE, "rights_notice")]
    if notice.told_on > held_on:
        facts = {"told_on": notice.told_on.isoformat(), "held_on": held_on.isoformat()}
        return [Problem(ProblemCode.RIGHTS_NOTICE_LATE, "rights_notice", facts)]
    untold = [
        names.get(party.id, "")
        for party in parties
        if not party.void_reason and party.id not in notice.party_ids
    ]
    if untold:
        return [
            Problem(
                ProblemCode.RIGHTS_NOTICE_NOT_ALL, "rights_notice", {"names": "、".join(untold)}
            )
        ]
    return []


def check_session(session: Session, today: date) -> list[Problem]:
    """What keeps a session from being stored. Open fields are allowed: they are shown as
    missing.
    """
    problems = check_past(session.held_on, today, "held_on") + check_text(
        session.place, "place", limit=LINE_LIMIT
    )
    problems += check_text(session.recorder, "recorder", limit=NAME_LIMIT) + check_text(
        session.outcome_text, "outcome_text"
    )
    for one in session.steps:
        problems += check_text(one.text, f"steps.{one.step.value}")
    for index, participant in enumerate(session.participants):
        problems += check_text(
            participant.name, f"participants.{index}.name", limit=NAME_LIMIT, required=True
        )
        problems += check_text(
            participant.relation, f"participants.{index}.relation", limit=LINE_LIMIT
        )
    if session.held_on and session.next_on and session.next_on < session.held_on:
        problems.append(
            Problem(ProblemCode.DATE_ORDER, "next_on", {"earlier": "held_on", "later": "next_on"})
        )
    if session.begun_at and session.ended_at and session.ended_at < session.begun_at:
        problems.append(
            Problem(
                ProblemCode.DATE_ORDER, "ended_at", {"earlier": "begun_at", "later": "ended_at"}
            )
        )
    return problems


def check_conclusion(session: Session) -> list[Problem]:
    """What must be known before a session can be concluded: its date, somebody present, an
    outcome.
    """
    problems = []
    if session.held_on is None:
        problems.append(Problem(ProblemCode.EMPTY, "held_on"))
    if not any(one.present for one in session.attendance):
        problems.append(Problem(ProblemCode.NOBODY_PRESENT, "attendance"))
    if session.outcome is None:
        problems.append(Problem(ProblemCode.OUTCOME_NEEDED, "outcome"))
    return problems
