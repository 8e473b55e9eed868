"""From the first word about a dispute to its acceptance, and the ways out of a case.

The hard stops of this room: nothing out of scope without its reason (Decree 75 art. 22), and a
party's refusal ends the mediation (PML art. 17). Never prints and never numbers anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.domain.acts import Act
from app.domain.casefile import CaseFile
from app.domain.cases import (
    Acceptance,
    Case,
    PartyRefusal,
    RightsNotice,
    Stage,
    accept,
    check_case,
    check_editable,
    leave,
    refuse_mediation,
    resume,
)
from app.domain.dates import check_past
from app.domain.ids import RecordId, new_id
from app.domain.problems import Problem, ProblemCode, Refused, demand, refuse
from app.domain.sessions import may_begin
from app.services.casework import put_changes
from app.services.newcomers import NewParty
from app.services.parties import with_party
from app.services.ports import UnitOfWork

# What only a move of its own may change; a form that saves the head of a case leaves these alone.
_MOVED = (
    "committee_id",
    "stage",
    "stage_before_suspension",
    "rights_notice",
    "refusal",
    "exit_reason",
    "closing",
    "filed_on",
)


def blank_case(uow: UnitOfWork) -> Case:
    """A new case with what is known already: today, own committee, who is at the keyboard.

    Nothing is stored.

    Raises `Refused` NOTHING_CHOSEN while this laptop has no committee.
    """
    actor = uow.actor
    if actor.committee_id is None:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "committee_id")
    return Case(
        id=new_id(),
        committee_id=actor.committee_id,
        reported_on=uow.today(),
        registrar=actor.name,
        mediator_ids=(actor.mediator_id,) if actor.mediator_id else (),
    )


def register_case(uow: UnitOfWork, case: Case, parties: Sequence[NewParty]) -> Case:
    """The lead with its parties, in one commit. Something must be known.

    A matter, facts or a party.

    Raises `Refused` with problems at their fields (parties at ``parties.0.person.name``), EMPTY,
    ALREADY_THERE.
    """
    if uow.records.find(Case, case.id):
        raise refuse(ProblemCode.ALREADY_THERE, "", what="case")
    case = replace(case, stage=Stage.LEAD)
    problems = check_case(case, uow.today())
    if not (case.matter.strip() or case.facts.strip() or parties):
        problems.append(Problem(ProblemCode.EMPTY, "matter"))
    demand(problems)
    file = with_parties(CaseFile(case=case), parties, uow.today())
    put_changes(uow, None, file)
    uow.commit(Act.CASE_REGISTERED, case.id)
    return case


def with_parties(file: CaseFile, parties: Sequence[NewParty], today: date) -> CaseFile:
    """The new case with its parties. All their problems are raised together."""
    problems: list[Problem] = []
    for index, newcomer in enumerate(parties):
        try:
            file = with_party(file, newcomer, today)
        except Refused as refused:
            problems += [_placed(one, index) for one in refused.problems]
    demand(problems)
    return file


def _placed(problem: Problem, index: int) -> Problem:
    return problem if problem.field.startswith("parties.") else problem.at(f"parties.{index}")


def save_case(uow: UnitOfWork, case: Case, *, based_on: Case) -> Case:
    """The head of the case as written.

    Its stage, notice, refusal and closing change by their own moves only.

    Raises `Refused` with problems at their fields, CASE_CLOSED, CHANGED_MEANWHILE.
    """
    check_editable(uow.records.case_file(case.id).case)
    case = replace(case, **{name: getattr(based_on, name) for name in _MOVED})
    problems = check_case(case, uow.today())
    if based_on.accepted_on and case.accepted_on is None:
        problems.append(Problem(ProblemCode.EMPTY, "accepted_on"))
    if based_on.accepted_on and not case.mediator_ids:
        problems.append(Problem(ProblemCode.MEDIATOR_NEEDED, "mediator_ids"))
    demand(problems)
    stored = uow.records.put(case, based_on=based_on)
    uow.commit(Act.CASE_SAVED, case.id)
    assert isinstance(stored, Case)
    return stored


def accept_case(uow: UnitOfWork, case_id: RecordId, acceptance: Acceptance) -> Case:
    """The committee takes the dispute on.

    Raises `Refused`: TWO_SIDES_NEEDED, PARTY_REFUSED (PML art. 17), OUT_OF_SCOPE (Decree 75 art.
    22), MEDIATOR_NEEDED, NOTHING_CHOSEN, dates, MOVE_NOT_ALLOWED.
    """
    file = uow.records.case_file(case_id)
    if len({party.side for party in file.living_parties}) < 2:
        raise refuse(ProblemCode.TWO_SIDES_NEEDED, "parties")
    return _moved(uow, accept(file.case, acceptance, uow.today()), Act.CASE_ACCEPTED)


def decline_case(uow: UnitOfWork, case_id: RecordId, scope: str, reason: str) -> Case:
    """The lead is not accepted; `scope` is a code of ``refusal_of_scope`` or "".

    Raises REASON_NEEDED, MOVE_NOT_ALLOWED.
    """
    case = leave(uow.records.case_file(case_id).case, Stage.NOT_ACCEPTED, reason)
    declined = replace(case, scope=scope, scope_reason=reason.strip())
    return _moved(uow, declined, Act.CASE_NOT_ACCEPTED)


def tell_rights(uow: UnitOfWork, case_id: RecordId, notice: RightsNotice) -> Case:
    """That rights and duties were told (Decree 75 art. 30).

    A later date may not undo the gate of a session that was held.

    Raises `Refused`: NOTHING_CHOSEN (nobody told), DATE_IN_FUTURE, RIGHTS_NOTICE_LATE,
    RIGHTS_NOTICE_NOT_ALL, CASE_CLOSED.
    """
    file = uow.records.case_file(case_id)
    check_editable(file.case)
    told = replace(file.case, rights_notice=notice)
    demand(check_notice(file, told, notice) + check_past(notice.told_on, uow.today(), "told_on"))
    return _moved(uow, told, Act.RIGHTS_TOLD)


def check_notice(file: CaseFile, told: Case, notice: RightsNotice) -> list[Problem]:
    """Problems of a notice.

    Somebody of the case must have been told, and no session may lie before it.
    """
    ids = {party.id for party in file.living_parties}
    if not notice.party_ids or not set(notice.party_ids) <= ids:
        return [Problem(ProblemCode.NOTHING_CHOSEN, "party_ids")]
    for session in file.living_sessions:
        if session.held_on:
            problems = may_begin(told, file.parties, file.names(), session.held_on)
            if problems:
                return problems
    return []


def record_refusal(uow: UnitOfWork, case_id: RecordId, refusal: PartyRefusal) -> Case:
    """A party clearly refuses: the mediation ends here (PML art. 17, 26).

    Raises `Refused`: NOTHING_CHOSEN (not a party of this case), DATE_IN_FUTURE, MOVE_NOT_ALLOWED.
    """
    file = uow.records.case_file(case_id)
    if refusal.party_id not in {party.id for party in file.living_parties}:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "party_id")
    demand(check_past(refusal.on, uow.today(), "on"))
    return _moved(uow, refuse_mediation(file.case, refusal), Act.PARTY_REFUSED)


def leave_case(uow: UnitOfWork, case_id: RecordId, to: Stage, reason: str) -> Case:
    """A side exit with its reason: withdrawn, terminated, transferred, merged, suspended.

    Raises `Refused`: REASON_NEEDED, MOVE_NOT_ALLOWED.
    """
    case = leave(uow.records.case_file(case_id).case, to, reason)
    return _moved(uow, case, Act.CASE_SUSPENDED if to is Stage.SUSPENDED else Act.CASE_LEFT)


def resume_case(uow: UnitOfWork, case_id: RecordId) -> Case:
    """A suspended case goes on where it stood. Raises MOVE_NOT_ALLOWED."""
    return _moved(uow, resume(uow.records.case_file(case_id).case), Act.CASE_RESUMED)


def _moved(uow: UnitOfWork, case: Case, act: Act) -> Case:
    stored = uow.records.put(case)
    uow.commit(act, case.id)
    assert isinstance(stored, Case)
    return stored
