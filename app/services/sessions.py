"""Mediation sessions: open, write, conclude. The exemplary service: check with the domain, put,
commit, return what was stored.

Never decides how anything looks and never touches rows.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.acts import Act
from app.domain.casefile import CaseFile
from app.domain.cases import Stage, check_editable, move
from app.domain.ids import RecordId, new_id
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.domain.sessions import (
    Attendance,
    Session,
    SessionOutcome,
    check_conclusion,
    check_session,
    may_begin,
)
from app.services.ports import UnitOfWork

STAGE_AFTER = {
    SessionOutcome.ADJOURNED: Stage.ADJOURNED,
    SessionOutcome.FAILED: Stage.TERMINATED,
    SessionOutcome.WITHDRAWN: Stage.WITHDRAWN,
}


def open_session(uow: UnitOfWork, case_id: RecordId) -> Session:
    """A new session of today, with everybody present and what is known already filled in.

    Raises `Refused`: NO_RIGHTS_NOTICE, RIGHTS_NOTICE_LATE, RIGHTS_NOTICE_NOT_ALL (Decree 75 art.
    30), PARTY_REFUSED (PML art. 17), NOT_ACCEPTED_YET, CASE_CLOSED, MOVE_NOT_ALLOWED.
    """
    file = uow.records.case_file(case_id)
    check_editable(file.case)
    demand(may_begin(file.case, file.parties, file.names(), uow.today()))
    earlier = file.sessions[-1] if file.sessions else None
    session = Session(
        id=new_id(),
        case_id=case_id,
        ordinal=len(file.sessions) + 1,
        held_on=uow.today(),
        place=earlier.place if earlier else "",
        mediator_ids=file.case.mediator_ids,
        recorder=earlier.recorder if earlier else file.case.registrar,
        attendance=tuple(Attendance(party_id=party.id) for party in file.living_parties),
        participants=earlier.participants if earlier else (),
    )
    uow.records.put(session)
    uow.records.put(move(file.case, Stage.IN_SESSION))
    uow.commit(Act.SESSION_OPENED, case_id)
    return session


def save_session(uow: UnitOfWork, session: Session, *, based_on: Session) -> Session:
    """The session as it was written. `based_on` is what the form was opened with. Raises `Refused`
    with problems at their fields.
    """
    file = uow.records.case_file(session.case_id)
    check_editable(file.case)
    demand(_problems(uow, file, session))
    stored = uow.records.put(session, based_on=based_on)
    uow.commit(Act.SESSION_SAVED, session.case_id)
    assert isinstance(stored, Session)
    return stored


def conclude_session(uow: UnitOfWork, session: Session, *, based_on: Session) -> Session:
    """The session ends with its outcome, and the case moves with it: adjourned, failed
    (terminated), withdrawn; agreed waits for the agreement.

    Raises `Refused`: EMPTY, NOBODY_PRESENT, OUTCOME_NEEDED, and what `save_session` raises.
    """
    file = uow.records.case_file(session.case_id)
    check_editable(file.case)
    demand(check_conclusion(session) + _problems(uow, file, session))
    stored = uow.records.put(session, based_on=based_on)
    assert isinstance(stored, Session)
    stage = STAGE_AFTER.get(stored.outcome) if stored.outcome else None
    if stage:
        uow.records.put(
            replace(
                move(file.case, stage),
                exit_reason=stored.outcome.value
                if stored.outcome and stage is not Stage.ADJOURNED
                else "",
            )
        )
    uow.commit(Act.SESSION_CONCLUDED, session.case_id)
    return stored


def void_session(uow: UnitOfWork, session_id: RecordId, reason: str) -> Session:
    """A session entered by mistake is voided with its reason; its number stays. Raises
    REASON_NEEDED.
    """
    session = uow.records.get(Session, session_id)
    check_editable(uow.records.case_file(session.case_id).case)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    voided = replace(session, void_reason=reason)
    uow.records.put(voided)
    uow.commit(Act.SESSION_SAVED, session.case_id)
    return voided


def _problems(uow: UnitOfWork, file: CaseFile, session: Session) -> list[Problem]:
    problems = check_session(session, uow.today())
    return problems + (
        may_begin(file.case, file.parties, file.names(), session.held_on) if session.held_on else []
    )
