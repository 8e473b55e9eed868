"""A session of a case document becomes a record, through the same gate as one held today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.casefile import CaseFile
from app.domain.cases import Stage, move
from app.domain.ids import new_id
from app.domain.problems import Problem, ProblemCode, demand
from app.domain.sessions import (
    Attendance,
    Participant,
    Session,
    SessionOutcome,
    SessionStep,
    StepText,
    check_conclusion,
    check_session,
    may_begin,
)
from app.services.reading import Reading
from app.services.sessions import STAGE_AFTER
from app.wire.case_document import SessionPart


def with_session(reading: Reading, file: CaseFile, part: SessionPart) -> CaseFile:
    session = _session(reading, file, part)
    demand(reading.codes.take_problems())
    problems = check_session(session, reading.today)
    if file.case.accepted_on is None and part.held_on is None:
        # What is told about a talk of unknown day is kept with the lead; it opens no gate.
        demand(problems)
        return replace(file, sessions=(*file.sessions, session))
    day = part.held_on or date.max
    problems += may_begin(file.case, file.parties, file.names(), day)
    refusal = reading.part.refusal
    if refusal and part.held_on and part.held_on > refusal.on:
        problems.append(Problem(ProblemCode.PARTY_REFUSED, "held_on", {"name": refusal.party}))
    if session.outcome:
        problems += check_conclusion(session)
    demand(problems)
    case = move(file.case, Stage.IN_SESSION)
    if session.outcome in STAGE_AFTER:
        case = move(case, STAGE_AFTER[session.outcome])
    if session.outcome in (SessionOutcome.FAILED, SessionOutcome.WITHDRAWN):
        case = replace(case, exit_reason=session.outcome.value)
    return replace(file, case=case, sessions=(*file.sessions, session))


def _session(reading: Reading, file: CaseFile, part: SessionPart) -> Session:
    return Session(
        id=new_id(),
        case_id=file.case.id,
        ordinal=len(file.sessions) + 1,
        held_on=part.held_on,
        begun_at=part.begun_at,
        ended_at=part.ended_at,
        place=part.place,
        mediator_ids=reading.people.mediators(part.mediators),
        recorder=part.recorder,
        attendance=tuple(
            Attendance(
                party_id=reading.party(one.party, f"attendance.{index}.party"),
                present=one.present,
                through=reading.people.person(one.through, f"attendance.{index}.through"),
            )
            for index, one in enumerate(part.attendance)
        ),
        participants=tuple(
            Participant(name=one.name, kind=one.kind, relation=one.relation)
            for one in part.participants
        ),
        steps=tuple(
            StepText(step=step, text=getattr(part.steps, step.value))
            for step in SessionStep
            if getattr(part.steps, step.value)
        ),
        outcome=part.outcome,
        outcome_text=part.outcome_text,
        next_on=part.next_on,
    )
