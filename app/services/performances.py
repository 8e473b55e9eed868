"""Proof that what was agreed was done: each ticks off a duty; with the last one the agreement is
performed (PML art. 31).

Never moves money and never changes the agreement's words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementState
from app.domain.casefile import CaseFile
from app.domain.cases import Stage, check_editable, move
from app.domain.duties import DutyLine, all_done, duties, progress
from app.domain.ids import RecordId, new_id
from app.domain.performances import Performance, check_performance
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.services.agreements import with_performed
from app.services.casework import agreement_of, put_changes
from app.services.ports import UnitOfWork


def blank_performance(
    uow: UnitOfWork,
    agreement_id: RecordId,
    duty_key: str = "",
    *,
    follow_up_id: RecordId | None = None,
) -> Performance:
    """What would tick off the duty today, in full: the rest of the money, or the act. Not stored.

    Raises `Refused` RECORD_NOT_FOUND.
    """
    agreement = uow.records.get(Agreement, agreement_id)
    done = tuple(
        one
        for one in uow.records.of_case(Performance, agreement.case_id)
        if one.agreement_id == agreement_id
    )
    blank = Performance(
        id=new_id(),
        case_id=agreement.case_id,
        agreement_id=agreement_id,
        duty=duty_key,
        done_on=uow.today(),
        follow_up_id=follow_up_id,
    )
    for one in progress(agreement, done, uow.today()):
        if one.duty.key == duty_key:
            return _for_duty(blank, one.duty, one.done_fen)
    return blank


def _for_duty(blank: Performance, duty: DutyLine, paid: int) -> Performance:
    fen = None if duty.fen is None else max(0, duty.fen - paid)
    return replace(
        blank, fen=fen, payer_id=duty.who, payee_id=duty.to_whom, way=duty.way, what=duty.what
    )


def record_performance(
    uow: UnitOfWork, done: Performance, *, based_on: Performance | None = None
) -> Performance:
    """What was done, new or corrected. Once all duties of the agreement are fulfilled it counts as
    performed on the day of the last one.

    More than was owed may be written down: it is what happened (`overpaid_fen` says how much).

    Raises `Refused`: AGREEMENT_NOT_EFFECTIVE, RECORD_NOT_FOUND (another case's agreement),
    NOTHING_CHOSEN (`duty`: the agreement has no such duty), SIGNER_NOT_ON_PAPER (`payer_id`,
    `payee_id`), EMPTY, DATE_IN_FUTURE, DATE_ORDER, amounts, CASE_CLOSED.
    """
    file = uow.records.case_file(done.case_id)
    check_editable(file.case)
    agreement = agreement_of(file, done.agreement_id)
    demand(_check(file, agreement, done, uow.today()))
    stored = uow.records.put(done, based_on=based_on)
    assert isinstance(stored, Performance)
    _settle(uow, file, _with(file, stored), agreement)
    uow.commit(Act.PERFORMANCE_SAVED, done.case_id)
    return stored


def void_performance(uow: UnitOfWork, performance_id: RecordId, reason: str) -> Performance:
    """It did not happen, or was written down twice. The agreement is open again if a duty is.

    Raises `Refused`: RECORD_NOT_FOUND, REASON_NEEDED, CASE_CLOSED.
    """
    done = uow.records.get(Performance, performance_id)
    file = uow.records.case_file(done.case_id)
    check_editable(file.case)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    void = replace(done, void_reason=reason.strip())
    uow.records.put(void)
    agreement = agreement_of(file, done.agreement_id)
    _settle(uow, file, _with(file, void), agreement)
    uow.commit(Act.PERFORMANCE_SAVED, done.case_id)
    return void


def overpaid_fen(agreement: Agreement, done: tuple[Performance, ...], today: date) -> int:
    """By how many fen more than owed was paid, over all duties; to be shown, never refused."""
    found = progress(agreement, done, today)
    return sum(max(0, one.done_fen - one.duty.fen) for one in found if one.duty.fen is not None)


def _check(file: CaseFile, agreement: Agreement, done: Performance, today: date) -> list[Problem]:
    if agreement.state is not AgreementState.EFFECTIVE:
        raise refuse(ProblemCode.AGREEMENT_NOT_EFFECTIVE)
    problems = check_performance(done, today)
    if done.duty not in {one.key for one in duties(agreement)} | {""}:
        problems.append(Problem(ProblemCode.NOTHING_CHOSEN, "duty"))
    if done.done_on and agreement.made_on and done.done_on < agreement.made_on:
        facts = {"earlier": "made_on", "later": "done_on"}
        problems.append(Problem(ProblemCode.DATE_ORDER, "done_on", facts))
    known = {one.id for one in file.parties}
    for name in ("payer_id", "payee_id"):
        value = getattr(done, name)
        if value is not None and value not in known:
            problems.append(Problem(ProblemCode.SIGNER_NOT_ON_PAPER, name))
    return problems


def _with(file: CaseFile, done: Performance) -> CaseFile:
    others = tuple(one for one in file.performances if one.id != done.id)
    return replace(file, performances=(*others, done))


def _finished(file: CaseFile, agreement: Agreement, today: date) -> date | None:
    done = [one for one in file.performances if one.agreement_id == agreement.id]
    return all_done(agreement, done, today)


def _settle(uow: UnitOfWork, before: CaseFile, after: CaseFile, agreement: Agreement) -> None:
    """Marks the agreement performed once all is done, and open again where what had been done was
    taken back. One that somebody marked by hand, without proof of each duty, stays as it is.
    """
    today = uow.today()
    on = _finished(after, agreement, today)
    if on is not None and agreement.performed_on != on:
        put_changes(uow, before, with_performed(before, agreement, on, today))
    elif on is None and agreement.performed_on and _finished(before, agreement, today):
        uow.records.put(replace(agreement, performed_on=None))
        if agreement.supplement_of is None and before.case.stage is Stage.PERFORMED:
            uow.records.put(move(before.case, Stage.PERFORMING))
