"""Mediation agreements, written and oral: contents, money, freezing, signing and when they take
effect (PML art. 28-31).

A finalised agreement cannot change: what is wrong before anybody signed is spoiled and made anew
under the same number; afterwards only a supplementary agreement, linked to it, helps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.domain.ids import RecordId
from app.domain.money import LARGEST_FEN
from app.domain.parties import (
    Party,
    PartyBlock,
    guardians,
    may_sign_for,
    party_capacity,
    party_name,
)
from app.domain.people import Capacity, Person, capacity_by_age, person_age
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.domain.text import LINE_LIMIT, check_text

CLAUSE_LIMIT = 200
DUTY_LIMIT = 2000  # characters of what one duty says
COPIES_LIMIT = 99


class AgreementForm(StrEnum):
    """Written (PML art. 29) or oral (art. 30)."""

    WRITTEN = "written"
    ORAL = "oral"


class AgreementState(StrEnum):
    """DRAFT may change; FINAL is frozen and printed; EFFECTIVE binds; VOID was spoiled or given up
    before it took effect.
    """

    DRAFT = "draft"
    FINAL = "final"
    EFFECTIVE = "effective"
    VOID = "void"


class SignMethod(StrEnum):
    """How a hand was put to paper."""

    SIGNATURE = "signature"
    SEAL = "seal"
    FINGERPRINT = "fingerprint"


class Signer(StrEnum):
    """In which quality somebody signs."""

    PARTY = "party"
    MEDIATOR = "mediator"
    RECORDER = "recorder"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One payment: local due date, whole fen, and the way (code of ``money_way``)."""

    due_on: date | None
    fen: int
    way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that a clause promises: who pays whom how many fen; `instalments` must add up to it
    when given.
    """

    payer_id: RecordId
    payee_id: RecordId
    fen: int
    due_on: date | None = None
    way: str = ""
    instalments: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something a clause obliges a party to do, other than paying: who, what, by which local
    date.
    """

    id: RecordId
    party_id: RecordId | None
    what: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One numbered clause. `id` stays with the clause when others move; `due_on` for acts other
    than payments; `from_bank` names the clause of the pack it was made from.
    """

    id: RecordId
    text: str
    payment: Payment | None = None
    due_on: date | None = None
    duties: tuple[Duty, ...] = ()
    from_bank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """That a warning of the checker was overridden: its code and place, why, by whom, on which
    local date. Hard stops have none.
    """

    finding: str
    place: str
    reason: str
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenNames:
    """The names of committee and mediators as they stand on the frozen paper; `mediators` in the
    order of `mediator_ids`.
    """

    committee: str = ""
    mediators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One hand on the paper: for whom (`party_id`, `mediator_id` or neither for the committee's
    seal), in which quality, how, when.

    `by_person_id` names the guardian or agent if somebody else signed for the party.
    """

    signer: Signer
    methods: tuple[SignMethod, ...]
    on: date
    party_id: RecordId | None = None
    mediator_id: RecordId | None = None
    by_person_id: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement of one case.

    `facts` main facts and disputed points; `responsibility` each party's responsibility (PML art.
    29); `manner`, `deadline`, `place` of performance in words; `copies` as printed; `made_on` local
    date on the paper; `content_hash` SHA-256 of the frozen content; `party_blocks` the parties as
    printed, filled when the text is frozen. `version` counts how often the text was frozen (0 for
    a draft that never was); `frozen_at` is the UTC moment of the last time by this device's clock.
    """

    id: RecordId
    case_id: RecordId
    form: AgreementForm
    state: AgreementState = AgreementState.DRAFT
    supplement_of: RecordId | None = None
    number: str = ""
    party_ids: tuple[RecordId, ...] = ()
    mediator_ids: tuple[RecordId, ...] = ()
    recorder: str = ""
    facts: str = ""
    responsibility: str = ""
    clauses: tuple[Clause, ...] = ()
    manner: str = ""
    manner_code: str = ""
    deadline: str = ""
    place: str = ""
    copies: int | None = None
    for_confirmation: bool = False
    made_on: date | None = None
    content_hash: str = ""
    party_blocks: tuple[PartyBlock, ...] = ()
    frozen_names: FrozenNames | None = None
    version: int = 0
    frozen_at: datetime | None = None
    waivers: tuple[Waiver, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    performed_on: date | None = None
    void_reason: str = ""


def default_copies(agreement: Agreement) -> int:
    """One for each party and one for the committee (PML art. 29), one more when judicial
    confirmation is wanted (county practice).
    """
    return len(agreement.party_ids) + 1 + (1 if agreement.for_confirmation else 0)


def total_fen(agreement: Agreement) -> int:
    """Sum of all payments, in fen."""
    return sum(clause.payment.fen for clause in agreement.clauses if clause.payment)


def effective_on(agreement: Agreement) -> date | None:
    """The local date on which it takes effect; None while something is missing.

    Written: the latest of all parties' signatures, the mediator's and the committee's seal (PML
    art. 29). Oral: the day on which the parties reached it (PML art. 30).
    """
    if agreement.state in (AgreementState.DRAFT, AgreementState.VOID):
        return None
    if agreement.form is AgreementForm.ORAL:
        return agreement.made_on
    return None if missing_hands(agreement) else max(hand.on for hand in agreement.sign_offs)


def missing_hands(agreement: Agreement) -> tuple[str, ...]:
    """What the paper still lacks: party ids, then ``mediator`` and ``committee``."""
    signed = {hand.party_id for hand in agreement.sign_offs if hand.signer is Signer.PARTY}
    qualities = {hand.signer for hand in agreement.sign_offs}
    missing: list[str] = [party for party in agreement.party_ids if party not in signed]
    return tuple(
        missing + [one.value for one in (Signer.MEDIATOR, Signer.COMMITTEE) if one not in qualities]
    )


def check_editable(agreement: Agreement) -> None:
    """Raises `Refused` AGREEMENT_FROZEN unless it is a draft."""
    if agreement.state is not AgreementState.DRAFT:
        raise refuse(ProblemCode.AGREEMENT_FROZEN, "", number=agreement.number)


def check_agreement(agreement: Agreement) -> list[Problem]:
    """What keeps a draft from being stored. Gaps are allowed in a draft."""
    problems = check_text(agreement.facts, "facts") + check_text(
        agreement.responsibility, "responsibility"
    )
    for name in ("manner", "deadline", "place", "recorder", "number"):
        problems += check_text(
            getattr(agreement, name), name, limit=2000 if name == "manner" else LINE_LIMIT
        )
    if len(agreement.clauses) > CLAUSE_LIMIT:
        problems.append(Problem(ProblemCode.TOO_MANY, "clauses", {"limit": CLAUSE_LIMIT}))
    if agreement.copies is not None and not 1 <= agreement.copies <= COPIES_LIMIT:
        problems.append(
            Problem(ProblemCode.NOT_A_NUMBER, "copies", {"text": str(agreement.copies)})
        )
    for index, clause in enumerate(agreement.clauses):
        problems += [problem.at(f"clauses.{index}") for problem in _check_clause(clause)]
    return problems


def _check_clause(clause: Clause) -> list[Problem]:
    problems = check_text(clause.text, "text", limit=20_000)
    for index, duty in enumerate(clause.duties):
        problems += check_text(duty.what, f"duties.{index}.what", limit=DUTY_LIMIT)
    payment = clause.payment
    if payment is None:
        return problems
    if not 0 <= payment.fen <= LARGEST_FEN:
        problems.append(
            Problem(
                ProblemCode.AMOUNT_NEGATIVE if payment.fen < 0 else ProblemCode.AMOUNT_TOO_LARGE,
                "payment.fen",
            )
        )
    if payment.payer_id == payment.payee_id:
        problems.append(Problem(ProblemCode.PAYER_IS_PAYEE, "payment.payee_id"))
    for index, part in enumerate(payment.instalments):
        if part.fen < 0:
            problems.append(Problem(ProblemCode.AMOUNT_NEGATIVE, f"payment.instalments.{index}"))
    parts = sum(part.fen for part in payment.instalments)
    if payment.instalments and parts != payment.fen:
        problems.append(
            Problem(
                ProblemCode.INSTALMENT_SUM,
                "payment.instalments",
                {"total": payment.fen, "sum": parts},
            )
        )
    return problems


def check_final(agreement: Agreement) -> list[Problem]:
    """What must be there before a number is given and the text is frozen for print."""
    problems = check_agreement(agreement)
    if not any(clause.text.strip() or clause.payment for clause in agreement.clauses):
        problems.append(Problem(ProblemCode.CLAUSE_NEEDED, "clauses"))
    if len(agreement.party_ids) < 2:
        problems.append(Problem(ProblemCode.TWO_SIDES_NEEDED, "party_ids"))
    if not agreement.mediator_ids:
        problems.append(Problem(ProblemCode.MEDIATOR_NEEDED, "mediator_ids"))
    if agreement.made_on is None:
        problems.append(Problem(ProblemCode.EMPTY, "made_on"))
    return problems


def finalise(agreement: Agreement, number: str, content_hash: str) -> Agreement:
    """The frozen agreement under its number. An oral one takes effect with it. Raises `Refused`
    with all gaps.
    """
    check_editable(agreement)
    demand(check_final(agreement))
    state = (
        AgreementState.EFFECTIVE if agreement.form is AgreementForm.ORAL else AgreementState.FINAL
    )
    copies = agreement.copies if agreement.copies is not None else default_copies(agreement)
    return replace(agreement, state=state, number=number, content_hash=content_hash, copies=copies)


def spoil(agreement: Agreement, reason: str) -> Agreement:
    """Back to a draft before anybody has signed; the number stays. Raises REASON_NEEDED,
    AGREEMENT_FROZEN, AGREEMENT_NOT_FINAL.
    """
    if agreement.state is not AgreementState.FINAL:
        raise refuse(
            ProblemCode.AGREEMENT_FROZEN
            if agreement.state is AgreementState.EFFECTIVE
            else ProblemCode.AGREEMENT_NOT_FINAL,
            "",
            number=agreement.number,
        )
    if agreement.sign_offs:
        raise refuse(ProblemCode.AGREEMENT_FROZEN, "", number=agreement.number)
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    return replace(
        agreement,
        state=AgreementState.DRAFT,
        content_hash="",
        party_blocks=(),
        frozen_names=None,
        frozen_at=None,
    )


def sign(
    agreement: Agreement, hand: SignOff, party: Party | None, people: Mapping[RecordId, Person]
) -> Agreement:
    """The agreement with one more hand on it; EFFECTIVE once all are there. An earlier hand of the
    same quality is replaced.

    Raises `Refused`: AGREEMENT_NOT_FINAL, AGREEMENT_FROZEN (already effective), NOTHING_CHOSEN (no
    method), SIGNER_NOT_ON_PAPER, PARTY_NOT_CAPABLE, GUARDIAN_NEEDED, AGENT_WITHOUT_POWER (Civil
    Code art. 19-23).
    """
    # An oral agreement binds before anybody writes; the register is signed afterwards (PML art. 28,
    # 30).
    spoken = agreement.form is AgreementForm.ORAL and agreement.state is AgreementState.EFFECTIVE
    if agreement.state is not AgreementState.FINAL and not spoken:
        code = (
            ProblemCode.AGREEMENT_FROZEN
            if agreement.state is AgreementState.EFFECTIVE
            else ProblemCode.AGREEMENT_NOT_FINAL
        )
        raise refuse(code, "", number=agreement.number)
    if not hand.methods:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "methods")
    if agreement.made_on and hand.on < agreement.made_on:
        raise refuse(ProblemCode.DATE_ORDER, "on", earlier="made_on", later="on")
    if hand.signer is Signer.PARTY:
        _check_hand_of_party(agreement, hand, party, people)
    if hand.signer is Signer.MEDIATOR and hand.mediator_id not in agreement.mediator_ids:
        raise refuse(ProblemCode.SIGNER_NOT_ON_PAPER, "mediator_id")
    kept = [
        one
        for one in agreement.sign_offs
        if (one.signer, one.party_id, one.mediator_id)
        != (hand.signer, hand.party_id, hand.mediator_id)
    ]
    signed = replace(agreement, sign_offs=(*kept, hand))
    return signed if missing_hands(signed) else replace(signed, state=AgreementState.EFFECTIVE)


def _check_hand_of_party(
    agreement: Agreement, hand: SignOff, party: Party | None, people: Mapping[RecordId, Person]
) -> None:
    if party is None or party.id != hand.party_id or party.id not in agreement.party_ids:
        raise refuse(ProblemCode.SIGNER_NOT_ON_PAPER, "party_id")
    name = party_name(party, people, {})
    stand_in = next(
        (one for one in party.representations if one.person_id == hand.by_person_id), None
    )
    if hand.by_person_id and hand.by_person_id != party.person_id and stand_in is None:
        raise refuse(ProblemCode.SIGNER_NOT_ON_PAPER, "by_person_id")
    capacity = party_capacity(party, people, hand.on)
    if capacity is Capacity.NONE and (stand_in is None or stand_in not in guardians(party)):
        raise refuse(ProblemCode.PARTY_NOT_CAPABLE, "by_person_id", name=name)
    if capacity is Capacity.LIMITED and (stand_in is None or stand_in not in guardians(party)):
        raise refuse(ProblemCode.GUARDIAN_NEEDED, "by_person_id", name=name)
    deputy = people.get(stand_in.person_id) if stand_in else None
    if deputy and capacity_by_age(person_age(deputy, hand.on)) is not Capacity.FULL:
        raise refuse(ProblemCode.PARTY_NOT_CAPABLE, "by_person_id", name=deputy.name)
    if stand_in and not may_sign_for(stand_in):
        raise refuse(
            ProblemCode.AGENT_WITHOUT_POWER,
            "by_person_id",
            name=people[stand_in.person_id].name if stand_in.person_id in people else "",
        )
