"""The oral-case card.

A small quarrel from first word to payment on one page, stored in one commit.

The card makes the same records as the long way and passes the same gates; it never writes words
that nobody entered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.domain.acts import Act
from app.domain.agreements import (
    Agreement,
    AgreementForm,
    Clause,
    Payment,
    Signer,
    SignMethod,
    SignOff,
)
from app.domain.casefile import CaseFile
from app.domain.cases import (
    Acceptance,
    Case,
    Manner,
    RightsNotice,
    Stage,
    accept,
    check_case,
    move,
)
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.domain.sessions import (
    Attendance,
    Session,
    SessionOutcome,
    check_conclusion,
    check_session,
    may_begin,
)
from app.services.agreements import demand_final, with_final, with_hand, with_performed
from app.services.casework import agreement_of, put_changes
from app.services.intake import with_parties
from app.services.newcomers import NewParty
from app.services.numbers import issue_number
from app.services.ports import Practice, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CardClause:
    """What was agreed, in words and, if it is money, in fen.

    `payer` and `payee` are places in the card's `parties`, from 0.
    """

    text: str
    fen: int | None = None
    payer: int | None = None
    payee: int | None = None
    way: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OralCard:
    """All that the page asks. Codes as in `Case`; all dates local.

    `on` is the day on which it was settled.

    `rights_told`: the mediator says that rights and duties were told before the talk (Decree 75
    art. 30). `performed_on` is None when it is still to be done; `signed_on` is the day the lead
    mediator signed the register, None if not yet.
    """

    parties: tuple[NewParty, ...]
    facts: str
    on: date
    clauses: tuple[CardClause, ...]
    place: str = ""
    occurred_place: str = ""
    matter: str = ""
    dispute_type: str = ""
    dispute_tags: tuple[str, ...] = ()
    source: str = "ON_APPLICATION"
    mediator_ids: tuple[RecordId, ...] = ()
    recorder: str = ""
    rights_told: bool = False
    manner: str = ""
    manner_code: str = ""
    deadline: str = ""
    performed_on: date | None = None
    signed_on: date | None = None
    number: str | None = None


def record_oral_case(uow: UnitOfWork, card: OralCard, practice: Practice) -> RecordId:
    """The whole case out of one card; returns its id.

    Raises `Refused` with problems at the card's fields: NO_RIGHTS_NOTICE (`rights_told`),
    TWO_SIDES_NEEDED (`parties`), CLAUSE_NEEDED, PAYER_IS_PAYEE, MEDIATOR_NEEDED, EMPTY, dates,
    NUMBER_TAKEN.
    """
    actor = uow.actor
    if actor.committee_id is None:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "committee_id")
    if not card.rights_told:
        raise refuse(ProblemCode.NO_RIGHTS_NOTICE, "rights_told")
    if len(card.parties) < 2:
        raise refuse(ProblemCode.TWO_SIDES_NEEDED, "parties")
    today = uow.today()
    file = with_parties(CaseFile(case=_head(uow, card, actor.committee_id)), card.parties, today)
    file = replace(file, case=replace(file.case, rights_notice=_notice(card, file.parties)))
    demand(may_begin(file.case, file.parties, file.names(), card.on))
    session = _session(card, file, today)
    file = replace(file, case=move(file.case, Stage.IN_SESSION), sessions=(session,))
    put_changes(uow, None, _with_agreement(uow, card, practice, file))
    uow.commit(Act.ORAL_CASE_RECORDED, file.case.id)
    return file.case.id


def _head(uow: UnitOfWork, card: OralCard, committee_id: RecordId) -> Case:
    case = Case(
        id=new_id(),
        committee_id=committee_id,
        matter=card.matter,
        dispute_type=card.dispute_type,
        dispute_tags=card.dispute_tags,
        reported_on=card.on,
        occurred_place=card.occurred_place,
        facts=card.facts,
    )
    demand(check_case(case, uow.today()))
    return accept(
        case,
        Acceptance(
            accepted_on=card.on,
            source=card.source,
            registrar=uow.actor.name,
            mediator_ids=card.mediator_ids,
        ),
        uow.today(),
    )


def _notice(card: OralCard, parties: tuple[Party, ...]) -> RightsNotice:
    return RightsNotice(
        told_on=card.on,
        manner=Manner.ORAL,
        party_ids=tuple(party.id for party in parties),
        told_by=card.mediator_ids[0] if card.mediator_ids else None,
    )


def _session(card: OralCard, file: CaseFile, today: date) -> Session:
    session = Session(
        id=new_id(),
        case_id=file.case.id,
        ordinal=1,
        held_on=card.on,
        place=card.place,
        mediator_ids=card.mediator_ids,
        recorder=card.recorder,
        attendance=tuple(Attendance(party_id=party.id) for party in file.living_parties),
        outcome=SessionOutcome.AGREED,
    )
    demand(check_conclusion(session) + check_session(session, today))
    return session


def _with_agreement(
    uow: UnitOfWork, card: OralCard, practice: Practice, file: CaseFile
) -> CaseFile:
    today = uow.today()
    agreement = Agreement(
        id=new_id(),
        case_id=file.case.id,
        form=AgreementForm.ORAL,
        party_ids=tuple(party.id for party in file.living_parties),
        mediator_ids=card.mediator_ids,
        recorder=card.recorder,
        facts=card.facts,
        clauses=_clauses(card, file.living_parties),
        manner=card.manner,
        manner_code=card.manner_code,
        deadline=card.deadline,
        place=card.place,
        made_on=card.on,
    )
    demand_final(file, agreement, today, practice)
    line = issue_number(uow, file.case.committee_id, agreement, practice, card.number)
    file = with_final(file, agreement, line.text, uow.now())
    if card.signed_on:
        hand = SignOff(
            signer=Signer.MEDIATOR,
            methods=(SignMethod.SIGNATURE,),
            on=card.signed_on,
            mediator_id=card.mediator_ids[0],
        )
        file = with_hand(file, agreement_of(file, agreement.id), hand, today)
    if card.performed_on:
        final = agreement_of(file, agreement.id)
        file = with_performed(file, final, card.performed_on, today)
    return file


def _clauses(card: OralCard, parties: tuple[Party, ...]) -> tuple[Clause, ...]:
    problems: list[Problem] = []
    clauses = []
    for index, line in enumerate(card.clauses):
        payment = None
        if line.fen is not None:
            ends = [place for place in (line.payer, line.payee) if place is not None]
            if len(ends) < 2 or not all(0 <= place < len(parties) for place in ends):
                problems.append(Problem(ProblemCode.NOTHING_CHOSEN, f"clauses.{index}.payer"))
                continue
            payer, payee = (parties[place].id for place in ends)
            payment = Payment(
                payer_id=payer, payee_id=payee, fen=line.fen, due_on=line.due_on, way=line.way
            )
        due_on = None if payment else line.due_on
        clauses.append(Clause(id=new_id(), text=line.text, payment=payment, due_on=due_on))
    demand(problems)
    return tuple(clauses)
