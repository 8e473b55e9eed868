"""Agreements: draft, freeze under a number, sign, perform, supplement.

The hard stops of this room: no agreement without the rights notice (Decree 75 art. 30) or against a
refusal (PML art. 17), nobody without capacity signs alone (Civil Code art. 19-23), a frozen text
never changes. Never makes up text.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.domain.acts import Act
from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    SignOff,
    check_agreement,
    check_editable,
    check_final,
    default_copies,
    finalise,
    sign,
    spoil,
)
from app.domain.casefile import CaseFile
from app.domain.cases import Stage, move
from app.domain.cases import check_editable as check_case_editable
from app.domain.dates import check_past
from app.domain.ids import RecordId, new_id
from app.domain.numbering import IssuedNumber, NumberState
from app.domain.parties import check_together
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.domain.sessions import may_begin
from app.services.agreement_help import stop_problems, warning_problems
from app.services.casework import agreement_of, put_changes, with_agreement
from app.services.numbers import issue_number
from app.services.ports import Practice, UnitOfWork
from app.wire.sealing import content_hash, printed_blocks, printed_names

# What only a step of its own may change; a form that saves a draft leaves these alone.
_STEPS = (
    "case_id",
    "form",
    "state",
    "supplement_of",
    "number",
    "content_hash",
    "party_blocks",
    "frozen_names",
    "version",
    "frozen_at",
    "sign_offs",
    "performed_on",
    "void_reason",
    "waivers",
)
_BEFORE_AGREED = frozenset({Stage.ACCEPTED, Stage.INVESTIGATING, Stage.IN_SESSION, Stage.ADJOURNED})


def draft_agreement(uow: UnitOfWork, case_id: RecordId, form: AgreementForm) -> Agreement:
    """A draft with all that is known filled in: parties, mediators, recorder, facts, place, today.

    Raises `Refused`: ALREADY_THERE (the case has an agreement), NOT_ACCEPTED_YET, PARTY_REFUSED,
    NO_RIGHTS_NOTICE and its kin (Decree 75 art. 30), CASE_CLOSED, MOVE_NOT_ALLOWED.
    """
    file = uow.records.case_file(case_id)
    check_case_editable(file.case)
    if file.main_agreement():
        raise refuse(ProblemCode.ALREADY_THERE, "", what="agreement")
    demand(may_begin(file.case, file.parties, file.names(), uow.today()))
    move(file.case, Stage.AGREED)
    session = file.living_sessions[-1] if file.living_sessions else None
    agreement = Agreement(
        id=new_id(),
        case_id=case_id,
        form=form,
        party_ids=tuple(party.id for party in file.living_parties),
        mediator_ids=(session.mediator_ids if session else ()) or file.case.mediator_ids,
        recorder=session.recorder if session else "",
        facts=file.case.facts,
        place=session.place if session else "",
        made_on=uow.today(),
    )
    uow.records.put(agreement)
    uow.commit(Act.AGREEMENT_DRAFTED, case_id)
    return agreement


def draft_supplement(uow: UnitOfWork, agreement_id: RecordId) -> Agreement:
    """A supplementary agreement linked to one that binds.

    The only way to change what was signed (PML art. 33).

    Raises `Refused` AGREEMENT_NOT_EFFECTIVE, CASE_CLOSED.
    """
    original = uow.records.get(Agreement, agreement_id)
    check_case_editable(uow.records.case_file(original.case_id).case)
    if original.state is not AgreementState.EFFECTIVE:
        raise refuse(ProblemCode.AGREEMENT_NOT_EFFECTIVE)
    supplement = Agreement(
        id=new_id(),
        case_id=original.case_id,
        form=original.form,
        supplement_of=original.supplement_of or original.id,
        party_ids=original.party_ids,
        mediator_ids=original.mediator_ids,
        recorder=original.recorder,
        facts=original.facts,
        place=original.place,
        made_on=uow.today(),
    )
    uow.records.put(supplement)
    uow.commit(Act.AGREEMENT_DRAFTED, original.case_id)
    return supplement


def save_agreement(uow: UnitOfWork, agreement: Agreement, *, based_on: Agreement) -> Agreement:
    """The draft as written; gaps are allowed and shown as missing.

    Raises `Refused`: AGREEMENT_FROZEN, SIGNER_NOT_ON_PAPER (money to or from somebody who is no
    party of it), and problems at their fields.
    """
    now = uow.records.get(Agreement, agreement.id)
    check_editable(now)
    check_case_editable(uow.records.case_file(now.case_id).case)
    agreement = replace(agreement, **{name: getattr(based_on, name) for name in _STEPS})
    demand(check_agreement(agreement) + check_payers(agreement))
    stored = uow.records.put(agreement, based_on=based_on)
    uow.commit(Act.AGREEMENT_SAVED, agreement.case_id)
    assert isinstance(stored, Agreement)
    return stored


def check_payers(agreement: Agreement) -> list[Problem]:
    """Money runs between parties of the paper only."""
    problems = []
    for index, clause in enumerate(agreement.clauses):
        for name in ("payer_id", "payee_id") if clause.payment else ():
            if getattr(clause.payment, name) not in agreement.party_ids:
                place = f"clauses.{index}.payment.{name}"
                problems.append(Problem(ProblemCode.SIGNER_NOT_ON_PAPER, place))
    return problems


def finalise_agreement(
    uow: UnitOfWork,
    agreement_id: RecordId,
    practice: Practice,
    number: str | None = None,
    *,
    accept_warnings: bool = True,
) -> Agreement:
    """Gives the number, freezes the text and moves the case; an oral one binds with it (PML art.

    30).

    `number` is one typed from a paper register; without it the next free one is taken. The
    checker's stops always refuse. Its warnings do only without `accept_warnings`: the window asks
    for a reason for each, a file of old cases or a card of an oral agreement has nobody to ask.

    Raises `Refused` with every gap, NUMBER_TAKEN, AGREEMENT_FROZEN, FINDINGS_OPEN, and the gate of
    `may_begin` (Decree 75 art. 30, PML art. 17).
    """
    agreement = uow.records.get(Agreement, agreement_id)
    file = uow.records.case_file(agreement.case_id)
    check_case_editable(file.case)
    demand_final(file, agreement, uow.today(), practice)
    if not accept_warnings:
        demand(warning_problems(file, agreement, practice, uow.today()))
    line = issue_number(uow, file.case.committee_id, agreement, practice, number)
    after = with_final(file, agreement, line.text, uow.now())
    put_changes(uow, file, after)
    uow.commit(Act.AGREEMENT_FINALISED, agreement.case_id)
    return agreement_of(after, agreement_id)


def demand_final(file: CaseFile, agreement: Agreement, today: date, practice: Practice) -> None:
    """Raises `Refused` with everything that keeps the draft from being frozen, the checker's stops
    among it. Nothing gets round them, an import neither.
    """
    check_editable(agreement)
    problems = _problems_of_final(file, agreement, today)
    said = {one.code for one in problems}
    stops = stop_problems(file, agreement, practice, today)
    demand(problems + [one for one in stops if one.code not in said])


def with_final(file: CaseFile, agreement: Agreement, number: str, at: datetime) -> CaseFile:
    """The case with the agreement frozen under its number at UTC moment `at`, and moved on by
    it.
    """
    copies = agreement.copies if agreement.copies is not None else default_copies(agreement)
    numbered = replace(
        agreement,
        number=number,
        copies=copies,
        version=agreement.version + 1,
        frozen_at=at,
        frozen_names=printed_names(file, agreement),
        void_reason="",  # why an earlier print was spoiled stands in the journal
    )
    numbered = replace(numbered, party_blocks=printed_blocks(file, numbered))
    final = finalise(numbered, number, content_hash(file, numbered))
    file = with_agreement(file, final)
    if final.supplement_of is not None:
        return file
    case = replace(file.case, file_no=file.case.file_no or number)
    case = move(case, Stage.AGREED) if case.stage in _BEFORE_AGREED else case
    if final.state is AgreementState.EFFECTIVE:
        case = move(case, Stage.PERFORMING)
    return replace(file, case=case)


def _problems_of_final(file: CaseFile, agreement: Agreement, today: date) -> list[Problem]:
    problems = check_final(agreement) + check_payers(agreement)
    problems += check_past(agreement.made_on, today, "made_on")
    parties = [file.party(one) for one in agreement.party_ids]
    sides = {party.side for party in parties if party and not party.void_reason}
    if len(agreement.party_ids) >= 2 and len(sides) < 2:
        problems.append(Problem(ProblemCode.TWO_SIDES_NEEDED, "party_ids"))
    if any(party is None or party.void_reason for party in parties):
        problems.append(Problem(ProblemCode.SIGNER_NOT_ON_PAPER, "party_ids"))
    problems += check_together(file.living_parties, file.people)
    if agreement.made_on and agreement.supplement_of is None:
        problems += may_begin(file.case, file.parties, file.names(), agreement.made_on)
    return problems


def spoil_agreement(uow: UnitOfWork, agreement_id: RecordId, reason: str) -> Agreement:
    """A frozen paper that nobody has signed becomes a draft again, under the same number.

    Raises `Refused`: REASON_NEEDED, AGREEMENT_FROZEN (somebody signed), AGREEMENT_NOT_FINAL.
    """
    agreement = uow.records.get(Agreement, agreement_id)
    check_case_editable(uow.records.case_file(agreement.case_id).case)
    draft = replace(spoil(agreement, reason), void_reason=reason.strip())
    uow.records.put(draft)
    uow.commit(Act.AGREEMENT_SPOILED, agreement.case_id)
    return draft


def void_agreement(uow: UnitOfWork, agreement_id: RecordId, reason: str) -> Agreement:
    """An agreement that never took effect is given up.

    Its number stays in the register as void, with the reason.

    Raises `Refused`: REASON_NEEDED, AGREEMENT_FROZEN (it binds already).
    """
    agreement = uow.records.get(Agreement, agreement_id)
    file = uow.records.case_file(agreement.case_id)
    check_case_editable(file.case)
    if agreement.state in (AgreementState.EFFECTIVE, AgreementState.VOID):
        raise refuse(ProblemCode.AGREEMENT_FROZEN, "", number=agreement.number)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    given_up = replace(agreement, state=AgreementState.VOID, void_reason=reason.strip())
    uow.records.put(given_up)
    for line in uow.records.all(IssuedNumber):
        if line.agreement_id == agreement_id:
            void_line = replace(line, state=NumberState.VOID, void_reason=reason.strip())
            uow.records.put(void_line)
    if file.case.stage is Stage.AGREED and agreement.supplement_of is None:
        uow.records.put(move(file.case, Stage.IN_SESSION))
    uow.commit(Act.AGREEMENT_SPOILED, agreement.case_id)
    return given_up


def sign_agreement(uow: UnitOfWork, agreement_id: RecordId, hand: SignOff) -> Agreement:
    """One more hand on the paper.

    With the last one the agreement binds and the case is being performed (PML art. 29).

    Raises `Refused`: AGREEMENT_NOT_FINAL, AGREEMENT_FROZEN, NOTHING_CHOSEN, SIGNER_NOT_ON_PAPER,
    PARTY_NOT_CAPABLE, GUARDIAN_NEEDED, GUARDIAN_IS_OPPONENT, AGENT_WITHOUT_POWER, DATE_IN_FUTURE,
    DATE_ORDER, CASE_CLOSED.
    """
    agreement = uow.records.get(Agreement, agreement_id)
    file = uow.records.case_file(agreement.case_id)
    check_case_editable(file.case)
    after = with_hand(file, agreement, hand, uow.today())
    put_changes(uow, file, after)
    uow.commit(Act.AGREEMENT_SIGNED, agreement.case_id)
    return agreement_of(after, agreement_id)


def with_hand(file: CaseFile, agreement: Agreement, hand: SignOff, today: date) -> CaseFile:
    """The case with one more hand on the agreement. Raises as `sign_agreement` does."""
    demand(check_past(hand.on, today, "on"))
    demand(check_together(file.living_parties, file.people))
    signed = sign(agreement, hand, file.party(hand.party_id), file.people)
    file = with_agreement(file, signed)
    binds = signed.state is AgreementState.EFFECTIVE and agreement.state is AgreementState.FINAL
    if binds and signed.supplement_of is None:
        return replace(file, case=move(file.case, Stage.PERFORMING))
    return file


def mark_performed(uow: UnitOfWork, agreement_id: RecordId, on: date) -> Agreement:
    """What was agreed has been done, on local date `on` (PML art. 31).

    Raises `Refused`: AGREEMENT_NOT_EFFECTIVE, DATE_IN_FUTURE, DATE_ORDER (before it was made),
    CASE_CLOSED.
    """
    agreement = uow.records.get(Agreement, agreement_id)
    file = uow.records.case_file(agreement.case_id)
    check_case_editable(file.case)
    after = with_performed(file, agreement, on, uow.today())
    put_changes(uow, file, after)
    uow.commit(Act.AGREEMENT_PERFORMED, agreement.case_id)
    return agreement_of(after, agreement_id)


def with_performed(file: CaseFile, agreement: Agreement, on: date, today: date) -> CaseFile:
    """The case with the agreement performed on `on`. Raises as `mark_performed` does."""
    if agreement.state is not AgreementState.EFFECTIVE:
        raise refuse(ProblemCode.AGREEMENT_NOT_EFFECTIVE)
    demand(check_past(on, today, "performed_on"))
    if agreement.made_on and on < agreement.made_on:
        facts = {"earlier": "made_on", "later": "performed_on"}
        raise refuse(ProblemCode.DATE_ORDER, "performed_on", **facts)
    file = with_agreement(file, replace(agreement, performed_on=on))
    if agreement.supplement_of is None and file.case.stage is Stage.PERFORMING:
        return replace(file, case=move(file.case, Stage.PERFORMED))
    return file
