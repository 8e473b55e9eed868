"""A case: one dispute from the first word about it to the bound file, and the moves it may make.

Each move is a function that returns the moved case or raises `Refused`. Nothing is deleted; a side
exit keeps everything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.domain.text import LINE_LIMIT, check_text

REQUEST_LIMIT = 200
REASON_LIMIT = 2000


class Stage(StrEnum):
    """Where a case stands."""

    LEAD = "lead"
    ACCEPTED = "accepted"
    INVESTIGATING = "investigating"
    IN_SESSION = "in_session"
    ADJOURNED = "adjourned"
    AGREED = "agreed"
    PERFORMING = "performing"
    PERFORMED = "performed"
    CLOSED = "closed"
    FILED = "filed"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    TRANSFERRED_OUT = "transferred_out"
    MERGED_DUPLICATE = "merged_duplicate"
    SUSPENDED = "suspended"


_WORKING = frozenset({Stage.ACCEPTED, Stage.INVESTIGATING, Stage.IN_SESSION, Stage.ADJOURNED})
_EXITS = frozenset(
    {
        Stage.WITHDRAWN,
        Stage.TERMINATED,
        Stage.TRANSFERRED_OUT,
        Stage.MERGED_DUPLICATE,
        Stage.SUSPENDED,
    }
)
MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.LEAD: frozenset(
        {
            Stage.ACCEPTED,
            Stage.NOT_ACCEPTED,
            Stage.WITHDRAWN,
            Stage.TRANSFERRED_OUT,
            Stage.MERGED_DUPLICATE,
        }
    ),
    Stage.ACCEPTED: frozenset({Stage.INVESTIGATING, Stage.IN_SESSION, Stage.AGREED}) | _EXITS,
    Stage.INVESTIGATING: frozenset({Stage.IN_SESSION, Stage.AGREED}) | _EXITS,
    Stage.IN_SESSION: frozenset({Stage.INVESTIGATING, Stage.ADJOURNED, Stage.AGREED}) | _EXITS,
    Stage.ADJOURNED: frozenset({Stage.INVESTIGATING, Stage.IN_SESSION, Stage.AGREED}) | _EXITS,
    Stage.AGREED: frozenset(
        {
            Stage.PERFORMING,
            Stage.PERFORMED,
            Stage.CLOSED,
            Stage.TERMINATED,
            Stage.SUSPENDED,
            Stage.IN_SESSION,
        }
    ),
    Stage.PERFORMING: frozenset({Stage.PERFORMED, Stage.CLOSED, Stage.TERMINATED, Stage.SUSPENDED}),
    # Back when a proof of performance was voided.
    Stage.PERFORMED: frozenset({Stage.CLOSED, Stage.PERFORMING}),
    Stage.CLOSED: frozenset({Stage.FILED}),
    Stage.FILED: frozenset(),
    Stage.NOT_ACCEPTED: frozenset({Stage.ACCEPTED}),
    Stage.WITHDRAWN: frozenset({Stage.ACCEPTED, Stage.CLOSED}),
    Stage.TERMINATED: frozenset({Stage.CLOSED}),
    Stage.TRANSFERRED_OUT: frozenset({Stage.ACCEPTED, Stage.CLOSED}),
    Stage.MERGED_DUPLICATE: frozenset({Stage.CLOSED}),
    Stage.SUSPENDED: _WORKING | {Stage.PERFORMING, Stage.TERMINATED, Stage.WITHDRAWN},
}
EXITS = _EXITS | {Stage.NOT_ACCEPTED}
OPEN_STAGES = frozenset(Stage) - {
    Stage.CLOSED,
    Stage.FILED,
    Stage.NOT_ACCEPTED,
    Stage.MERGED_DUPLICATE,
}


class Manner(StrEnum):
    """How something was told."""

    ORAL = "oral"
    WRITTEN = "written"


class RiskGrade(StrEnum):
    """Red, yellow, blue (county practice)."""

    RED = "RED"
    YELLOW = "YELLOW"
    BLUE = "BLUE"


class Retention(StrEnum):
    """How long the bound file is kept; years are the county's."""

    SHORT = "SHORT"
    LONG = "LONG"
    PERMANENT = "PERMANENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsNotice:
    """That rights and duties were told (Decree 75 art. 30): local date, how, to which parties, by
    which mediator.
    """

    told_on: date
    manner: Manner
    party_ids: tuple[RecordId, ...]
    told_by: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRefusal:
    """That a party clearly refuses mediation; it must not go on (PML art. 17)."""

    party_id: RecordId
    on: date
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How the case ended. `result` and `reason` are codes of ``mediation_result`` and
    ``termination_reason``.
    """

    on: date
    result: str
    reason: str = ""
    performance: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNote:
    """卷宗情况说明: what is missing, damaged, a copy or added later; who bound and who checked the
    file, on which local dates.
    """

    situation: str = ""
    filed_by: str = ""
    filed_on: date | None = None
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The head of a case; parties, sessions, agreements and the rest are records of their own that
    name it.

    `matter` is what it is about in a few words; codes come from the packs' tables of the same
    names; `amount_claimed` in fen; `occurred_on`, `reported_on`, `accepted_on` and `filed_on` are
    local dates; `applied_on` that of the application, `applied_orally` when the form was filled in
    for the applicant. The first of `mediator_ids` leads. `subsidy_class` is what the county graded
    the case for payment; `fee_taken` fails the file (PML art. 4).
    """

    id: RecordId
    committee_id: RecordId
    stage: Stage = Stage.LEAD
    stage_before_suspension: Stage | None = None
    title: str = ""
    matter: str = ""
    dispute_type: str = ""
    dispute_tags: tuple[str, ...] = ()
    reported_on: date | None = None
    occurred_on: date | None = None
    occurred_place: str = ""
    source: str = ""
    source_detail: str = ""
    facts: str = ""
    requests: tuple[str, ...] = ()
    amount_claimed: int | None = None
    difficulty: str = ""
    risk_grade: RiskGrade = RiskGrade.BLUE
    risk_reason: str = ""
    special_groups: tuple[str, ...] = ()
    prevented_harms: tuple[str, ...] = ()
    scope: str = ""
    scope_reason: str = ""
    accepted_on: date | None = None
    registrar: str = ""
    mediator_ids: tuple[RecordId, ...] = ()
    rights_notice: RightsNotice | None = None
    refusal: PartyRefusal | None = None
    exit_reason: str = ""
    file_no: str = ""
    retention: Retention | None = None
    closing: Closing | None = None
    filed_on: date | None = None
    source_note: str = ""
    applied_on: date | None = None
    applied_orally: bool = False
    file_note: FileNote | None = None
    subsidy_class: str = ""
    fee_taken: bool = False


def move(case: Case, to: Stage) -> Case:
    """The case at its next stage. Raises `Refused` MOVE_NOT_ALLOWED."""
    if to is case.stage:
        return case
    if to not in MOVES[case.stage]:
        raise refuse(ProblemCode.MOVE_NOT_ALLOWED, "stage", stage=case.stage.value, wanted=to.value)
    return replace(
        case, stage=to, stage_before_suspension=case.stage if to is Stage.SUSPENDED else None
    )


def check_editable(case: Case) -> None:
    """Raises `Refused` CASE_CLOSED when the file is bound: from then on only remarks and linked
    cases are made.
    """
    if case.stage is Stage.FILED:
        raise refuse(ProblemCode.CASE_CLOSED)


def check_case(case: Case, today: date) -> list[Problem]:
    """What keeps the head of a case from being stored."""
    problems = check_text(case.matter, "matter", limit=LINE_LIMIT) + check_text(
        case.title, "title", limit=LINE_LIMIT
    )
    problems += check_text(case.facts, "facts") + check_text(
        case.occurred_place, "occurred_place", limit=LINE_LIMIT
    )
    problems += check_text(case.source_detail, "source_detail", limit=LINE_LIMIT) + check_text(
        case.source_note, "source_note", limit=5000
    )
    problems += check_text(case.risk_reason, "risk_reason", limit=LINE_LIMIT) + check_text(
        case.registrar, "registrar", limit=LINE_LIMIT
    )
    problems += check_text(case.scope_reason, "scope_reason", limit=REASON_LIMIT) + check_text(
        case.exit_reason, "exit_reason", limit=REASON_LIMIT
    )
    problems += check_text(case.file_no, "file_no", limit=LINE_LIMIT)
    if len(case.requests) > REQUEST_LIMIT:
        problems.append(Problem(ProblemCode.TOO_MANY, "requests", {"limit": REQUEST_LIMIT}))
    for index, request in enumerate(case.requests):
        problems += check_text(request, f"requests.{index}", limit=2000)
    for name in ("reported_on", "occurred_on", "accepted_on"):
        problems += check_past(getattr(case, name), today, name)
    if case.occurred_on and case.accepted_on and case.occurred_on > case.accepted_on:
        problems.append(
            Problem(
                ProblemCode.DATE_ORDER,
                "accepted_on",
                {"earlier": "occurred_on", "later": "accepted_on"},
            )
        )
    return problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What is decided at acceptance: local date, source code, who registered, who mediates, and the
    scope check.

    `scope` is a code of ``refusal_of_scope`` if the matter looks like one that must not be
    mediated; it can be accepted only for its admissible part, with `scope_reason` (Decree 75 art.
    22). `applied_on` and `applied_orally` where somebody applied and it was not noted before.
    """

    accepted_on: date
    source: str
    registrar: str
    mediator_ids: tuple[RecordId, ...]
    scope: str = ""
    scope_reason: str = ""
    applied_on: date | None = None
    applied_orally: bool = False


def accept(case: Case, acceptance: Acceptance, today: date) -> Case:
    """The accepted case. Raises `Refused`: PARTY_REFUSED, NOTHING_CHOSEN, MEDIATOR_NEEDED,
    OUT_OF_SCOPE, dates, MOVE_NOT_ALLOWED.
    """
    if case.refusal:
        raise refuse(ProblemCode.PARTY_REFUSED)
    problems = [] if acceptance.source else [Problem(ProblemCode.NOTHING_CHOSEN, "source")]
    if not acceptance.mediator_ids:
        problems.append(Problem(ProblemCode.MEDIATOR_NEEDED, "mediator_ids"))
    if acceptance.scope and not acceptance.scope_reason.strip():
        problems.append(Problem(ProblemCode.OUT_OF_SCOPE, "scope", {"scope": acceptance.scope}))
    moved = replace(
        move(case, Stage.ACCEPTED),
        accepted_on=acceptance.accepted_on,
        source=acceptance.source,
        registrar=acceptance.registrar,
        mediator_ids=acceptance.mediator_ids,
        scope=acceptance.scope,
        scope_reason=acceptance.scope_reason,
        applied_on=acceptance.applied_on or case.applied_on,
        applied_orally=acceptance.applied_orally or case.applied_orally,
    )
    demand(problems + check_case(moved, today))
    return moved


def refuse_mediation(case: Case, refusal: PartyRefusal) -> Case:
    """A party's clear refusal ends the mediation (PML art. 17, 26); what was not accepted yet will
    not be.
    """
    end = Stage.NOT_ACCEPTED if case.stage is Stage.LEAD else Stage.TERMINATED
    return replace(move(case, end), refusal=refusal, exit_reason="PARTY_REFUSED")


def leave(case: Case, to: Stage, reason: str) -> Case:
    """A side exit (withdrawn, terminated, transferred, merged, suspended, not accepted) with its
    reason. Raises REASON_NEEDED, MOVE_NOT_ALLOWED.
    """
    if to not in EXITS:
        raise refuse(ProblemCode.MOVE_NOT_ALLOWED, "stage", stage=case.stage.value, wanted=to.value)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "exit_reason")
    demand(check_text(reason, "exit_reason", limit=REASON_LIMIT))
    return replace(move(case, to), exit_reason=reason)


def resume(case: Case) -> Case:
    """A suspended case goes on where it stood."""
    if case.stage is not Stage.SUSPENDED:
        raise refuse(ProblemCode.MOVE_NOT_ALLOWED, "stage", stage=case.stage.value, wanted="resume")
    return replace(
        case,
        stage=case.stage_before_suspension or Stage.ACCEPTED,
        stage_before_suspension=None,
        exit_reason="",
    )
