"""Which step comes next on a case, and what forbids it: the page's one main button. No Qt, no
words: only reasons with a cure.

The order is that of the work; the hard stops are the domain's own checks, asked before the button
is pressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.agreements import AgreementState, check_final
from app.domain.casefile import CaseFile
from app.domain.cases import Stage
from app.domain.parties import PartyRole
from app.domain.problems import Problem, ProblemCode
from app.domain.reviews import ReviewState, open_return
from app.domain.sessions import SessionOutcome, may_begin
from app.ui.cases.targets import Target, section_of


class NextStep(StrEnum):
    """What the main button does."""

    ADD_PARTIES = "add_parties"
    ACCEPT = "accept"
    TELL_RIGHTS = "tell_rights"
    OPEN_SESSION = "open_session"
    CONCLUDE_SESSION = "conclude_session"
    DRAFT_AGREEMENT = "draft_agreement"
    FINALISE = "finalise"
    SIGN = "sign"
    PERFORM = "perform"
    VISIT = "visit"
    CLOSE = "close"
    FILE = "file"
    SUBMIT = "submit"
    RESUBMIT = "resubmit"
    RESUME = "resume"
    NOTHING = "nothing"


SECTION_OF: dict[NextStep, str] = {
    NextStep.ADD_PARTIES: "parties",
    NextStep.ACCEPT: "acceptance",
    NextStep.TELL_RIGHTS: "notice",
    NextStep.OPEN_SESSION: "sessions",
    NextStep.CONCLUDE_SESSION: "sessions",
    NextStep.DRAFT_AGREEMENT: "agreement",
    NextStep.FINALISE: "agreement",
    NextStep.SIGN: "agreement",
    NextStep.PERFORM: "follow_up",
    NextStep.VISIT: "follow_up",
    NextStep.CLOSE: "closing",
    NextStep.FILE: "closing",
    NextStep.SUBMIT: "closing",
    NextStep.RESUBMIT: "closing",
    NextStep.RESUME: "closing",
    NextStep.NOTHING: "history",
}

_ENDED = frozenset(
    {Stage.TERMINATED, Stage.WITHDRAWN, Stage.TRANSFERRED_OUT, Stage.MERGED_DUPLICATE}
)


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that forbids a step.

    The problem, the law or practice behind it, and the section where it is cured.
    """

    problem: Problem
    law: str = ""
    cure: str = ""


# Citation ids are those of the pack `citations.json`; the section is where the cure stands.
_STOPS: dict[ProblemCode, tuple[str, str]] = {
    ProblemCode.NO_RIGHTS_NOTICE: ("DECREE75-30", "notice"),
    ProblemCode.RIGHTS_NOTICE_LATE: ("DECREE75-30", "notice"),
    ProblemCode.RIGHTS_NOTICE_NOT_ALL: ("DECREE75-30", "notice"),
    ProblemCode.PARTY_REFUSED: ("PML-17", "closing"),
    ProblemCode.NOT_ACCEPTED_YET: ("", "acceptance"),
    ProblemCode.TWO_SIDES_NEEDED: ("", "parties"),
    ProblemCode.PARTY_NOT_CAPABLE: ("CC-CAPACITY", "parties"),
    ProblemCode.GUARDIAN_NEEDED: ("CC-CAPACITY", "parties"),
    ProblemCode.CLAUSE_NEEDED: ("PML-29", "agreement"),
    ProblemCode.MEDIATOR_NEEDED: ("PML-19", "acceptance"),
    ProblemCode.AGREEMENT_NOT_EFFECTIVE: ("PML-29", "agreement"),
}


def next_step(file: CaseFile, today: date) -> NextStep:
    """The one thing to do now. `today` decides whether money is due."""
    case = file.case
    if open_return(file.reviews, file.submissions) is not None:
        return NextStep.RESUBMIT
    if case.stage is Stage.LEAD:
        return NextStep.ACCEPT if two_sides(file) else NextStep.ADD_PARTIES
    if case.stage is Stage.SUSPENDED:
        return NextStep.RESUME
    if case.stage is Stage.FILED:
        return NextStep.SUBMIT if file.review_state() is ReviewState.NONE else NextStep.NOTHING
    if case.stage is Stage.CLOSED:
        return NextStep.FILE
    if case.stage in _ENDED:
        return NextStep.CLOSE
    if case.stage is Stage.NOT_ACCEPTED:
        return NextStep.NOTHING
    return _working(file, today)


def _working(file: CaseFile, today: date) -> NextStep:
    agreement = file.main_agreement()
    if agreement is None:
        return _before_agreement(file)
    if agreement.state is AgreementState.DRAFT:
        return NextStep.FINALISE
    if agreement.state is AgreementState.FINAL:
        return NextStep.SIGN
    if agreement.performed_on is None and _all_due(file, today):
        return NextStep.PERFORM
    if not any(not visit.void_reason for visit in file.follow_ups):
        return NextStep.VISIT
    return NextStep.PERFORM if agreement.performed_on is None else NextStep.CLOSE


def _before_agreement(file: CaseFile) -> NextStep:
    if not all_told(file):
        return NextStep.TELL_RIGHTS
    last = file.living_sessions[-1] if file.living_sessions else None
    if last is None:
        return NextStep.OPEN_SESSION
    if last.outcome is None:
        return NextStep.CONCLUDE_SESSION
    agreed = last.outcome in (SessionOutcome.AGREED, SessionOutcome.PARTLY_AGREED)
    return NextStep.DRAFT_AGREEMENT if agreed else NextStep.OPEN_SESSION


def _all_due(file: CaseFile, today: date) -> bool:
    """Whether every promised day has come.

    An agreement without any day is due when it takes effect.
    """
    agreement = file.main_agreement()
    days = []
    for clause in agreement.clauses if agreement else ():
        days += [clause.due_on] if clause.due_on else []
        if clause.payment:
            parts = clause.payment.instalments
            days += [part.due_on for part in parts if part.due_on]
            days += [clause.payment.due_on] if clause.payment.due_on else []
    return all(day <= today for day in days)


def two_sides(file: CaseFile) -> bool:
    """Whether somebody stands on each of two sides."""
    return len({party.side for party in file.living_parties}) >= 2


def all_told(file: CaseFile) -> bool:
    """Whether every living party was told its rights and duties (Decree 75 art. 30)."""
    notice = file.case.rights_notice
    return notice is not None and all(one.id in notice.party_ids for one in file.living_parties)


def stops(step: NextStep, file: CaseFile, today: date) -> tuple[Stop, ...]:
    """What forbids `step` now, each with the law behind it and the section of its cure.

    Empty when it may be done.
    """
    return tuple(explained(problem) for problem in _problems(step, file, today))


def explained(problem: Problem) -> Stop:
    """A problem with the law behind it and the section of its cure, where there is one."""
    law, cure = _STOPS.get(problem.code, ("", ""))
    if problem.code is ProblemCode.NOT_COMPLETE:
        owner, _, field = str(problem.facts.get("gap", "")).partition(".")
        cure = str(Target(section_of(owner, field), field, str(problem.facts.get("owner_id", ""))))
    return Stop(problem, law, cure)


def _problems(step: NextStep, file: CaseFile, today: date) -> list[Problem]:
    if step in (NextStep.OPEN_SESSION, NextStep.CONCLUDE_SESSION):
        return may_begin(file.case, file.parties, file.names(), today)
    if step is NextStep.DRAFT_AGREEMENT:
        refused = file.case.refusal
        if refused:
            name = file.names().get(refused.party_id, "")
            return [Problem(ProblemCode.PARTY_REFUSED, "", {"name": name})]
        return [] if two_sides(file) else [Problem(ProblemCode.TWO_SIDES_NEEDED)]
    if step is NextStep.FINALISE:
        draft = next(
            (one for one in file.living_agreements if one.state is AgreementState.DRAFT), None
        )
        return check_final(draft) if draft else []
    if step is NextStep.TELL_RIGHTS:
        return [] if file.living_parties else [Problem(ProblemCode.TWO_SIDES_NEEDED)]
    return []


def lacks_role(file: CaseFile, role: PartyRole) -> bool:
    """Whether nobody stands in `role` yet."""
    return not any(one.role is role for one in file.living_parties)
