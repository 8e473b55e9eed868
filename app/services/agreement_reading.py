"""An agreement of a case document becomes a record: a draft, or frozen and signed by the rules."""

from __future__ import annotations

from dataclasses import replace

from app.domain.agreements import (
    Agreement,
    AgreementState,
    Clause,
    Duty,
    Instalment,
    Payment,
    SignOff,
    check_agreement,
)
from app.domain.casefile import CaseFile
from app.domain.ids import new_id
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.services.agreements import (
    check_payers,
    demand_final,
    with_final,
    with_hand,
    with_performed,
)
from app.services.casework import agreement_of, with_agreement
from app.services.numbers import issue_number
from app.services.reading import Reading, below
from app.wire.case_document import AgreementPart, ClausePart, DutyPart, PaymentPart, SignOffPart


def with_agreement_part(reading: Reading, file: CaseFile, part: AgreementPart) -> CaseFile:
    draft = _agreement(reading, file, part)
    demand(check_agreement(draft) + check_payers(draft))
    final = part.finalised if part.finalised is not None else bool(part.number)
    if final:
        if reading.part.refusal:
            raise refuse(ProblemCode.PARTY_REFUSED, "", name=reading.part.refusal.party)
        demand_final(file, draft, reading.today, reading.practice)
    if final or part.number:
        line = issue_number(
            reading.uow, file.case.committee_id, draft, reading.practice, part.number
        )
        draft = replace(draft, number=line.text)
    file = (
        with_final(file, draft, draft.number, reading.uow.now())
        if final
        else with_agreement(file, draft)
    )
    for index, hand in enumerate(part.sign_offs):
        with below(f"sign_offs.{index}"):
            signed = _hand(reading, hand)
            demand(reading.codes.take_problems())
            file = with_hand(file, agreement_of(file, draft.id), signed, reading.today)
    if part.performed_on:
        done = agreement_of(file, draft.id)
        file = with_performed(file, done, part.performed_on, reading.today)
    return file


def _agreement(reading: Reading, file: CaseFile, part: AgreementPart) -> Agreement:
    main = file.main_agreement()
    if part.supplement and (main is None or main.state is not AgreementState.EFFECTIVE):
        raise refuse(ProblemCode.AGREEMENT_NOT_EFFECTIVE, "supplement")
    if main and not part.supplement:
        raise refuse(ProblemCode.ALREADY_THERE, "", what="agreement")
    everybody = tuple(party.id for party in file.living_parties)
    parties = everybody if part.parties is None else reading.party_ids(part.parties, "parties")
    mediators = (
        file.case.mediator_ids
        if part.mediators is None
        else reading.people.mediators(part.mediators)
    )
    manner = reading.codes.read("performance_manner", part.manner_code, "manner_code")
    agreement = Agreement(
        id=new_id(),
        case_id=file.case.id,
        form=part.form,
        supplement_of=main.id if main and part.supplement else None,
        party_ids=parties,
        mediator_ids=mediators,
        recorder=part.recorder,
        facts=file.case.facts if part.facts is None else part.facts,
        responsibility=part.responsibility,
        clauses=tuple(_clause(reading, one, index) for index, one in enumerate(part.clauses)),
        manner=part.manner,
        manner_code=manner,
        deadline=part.deadline,
        place=part.place,
        copies=part.copies,
        for_confirmation=part.for_confirmation,
        made_on=part.made_on,
    )
    demand(reading.codes.take_problems())
    return agreement


def _clause(reading: Reading, part: ClausePart, index: int) -> Clause:
    place = f"clauses.{index}.payment"
    payment = _payment(reading, part.payment, place) if part.payment else None
    duties = tuple(
        _duty(reading, one, f"clauses.{index}.duties.{number}")
        for number, one in enumerate(part.duties)
    )
    return Clause(
        id=new_id(),
        text=part.text,
        payment=payment,
        due_on=part.due_on,
        duties=duties,
        from_bank=part.from_bank,
    )


def _duty(reading: Reading, part: DutyPart, place: str) -> Duty:
    party = reading.party(part.party, f"{place}.party") if part.party else None
    return Duty(id=new_id(), party_id=party, what=part.what, due_on=part.due_on)


def _payment(reading: Reading, part: PaymentPart, place: str) -> Payment:
    parts = []
    for index, one in enumerate(part.instalments):
        here = f"{place}.instalments.{index}"
        fen = _one_amount(reading, one.amount_yuan, one.fen, here)
        way = reading.codes.read("money_way", one.way, f"{here}.way")
        parts.append(Instalment(due_on=one.due_on, fen=fen, way=way))
    return Payment(
        payer_id=reading.party(part.payer, f"{place}.payer"),
        payee_id=reading.party(part.payee, f"{place}.payee"),
        fen=_one_amount(reading, part.amount_yuan, part.fen, place),
        due_on=part.due_on,
        way=reading.codes.read("money_way", part.way, f"{place}.way"),
        instalments=tuple(parts),
    )


def _hand(reading: Reading, part: SignOffPart) -> SignOff:
    return SignOff(
        signer=part.signer,
        methods=tuple(part.methods),
        on=part.on,
        party_id=reading.party(part.party, "party") if part.party else None,
        mediator_id=reading.people.mediator(part.mediator, "mediator"),
        by_person_id=reading.people.person(part.by, "by"),
    )


def _one_amount(reading: Reading, yuan: int | None, fen: int | None, place: str) -> int:
    """Fen out of the two ways to write an amount.

    Notes NOTHING_CHOSEN unless exactly one is there.
    """
    if (yuan is None) == (fen is None):
        reading.codes.note(Problem(ProblemCode.NOTHING_CHOSEN, f"{place}.amount_yuan"))
    return yuan if yuan is not None else fen or 0
