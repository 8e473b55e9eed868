"""Records for tests with what matters filled in and the rest as short as the rules allow.

No real person, no real number.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

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
from app.domain.cases import Acceptance, Case, Manner, RightsNotice, accept
from app.domain.committees import Committee, Mediator
from app.domain.ids import RecordId
from app.domain.parties import Party, PartyRole, Representation, StandIn
from app.domain.people import Person
from app.domain.problems import ProblemCode, Refused

TODAY = date(2026, 11, 21)
MADE_ON = date(2026, 11, 10)


def rid(number: int) -> RecordId:
    """A readable identity."""
    return RecordId(f"00000000-0000-7000-8000-{number:012d}")


COMMITTEE = Committee(id=rid(1), name="某村人民调解委员会", short_name="某村")
MEDIATOR = Mediator(id=rid(2), committee_id=COMMITTEE.id, name="王五")
ZHANG = Person(id=rid(11), name="张三", birth_date=date(1970, 1, 1))
LI = Person(id=rid(12), name="李四", birth_date=date(1980, 1, 1))
CHILD = Person(id=rid(13), name="小明", birth_date=date(2020, 6, 1))
YOUTH = Person(id=rid(14), name="小红", birth_date=date(2012, 6, 1))
MOTHER = Person(id=rid(15), name="赵六", birth_date=date(1990, 1, 1))
PEOPLE = {one.id: one for one in (ZHANG, LI, CHILD, YOUTH, MOTHER)}


def party(person: Person, number: int, role: PartyRole, **changes: Any) -> Party:
    """A party of the case 100; applicants on side A, others on side B."""
    side = "A" if role is PartyRole.APPLICANT else "B"
    made = Party(
        id=rid(100 + number),
        case_id=rid(100),
        ordinal=number,
        role=role,
        side=side,
        person_id=person.id,
    )
    return replace(made, **changes)


def guardian(person: Person) -> Representation:
    return Representation(person_id=person.id, kind=StandIn.GUARDIAN, relation="母亲")


def case_file(*parties: Party) -> CaseFile:
    """An accepted case whose parties were told their rights ten days before the agreement."""
    parties = parties or (
        party(ZHANG, 1, PartyRole.APPLICANT),
        party(LI, 2, PartyRole.RESPONDENT),
    )
    lead = Case(id=rid(100), committee_id=COMMITTEE.id, matter="围墙", facts="围墙占了巷道。")
    acceptance = Acceptance(
        accepted_on=date(2026, 11, 1),
        source="ON_APPLICATION",
        registrar="王五",
        mediator_ids=(MEDIATOR.id,),
    )
    notice = RightsNotice(
        told_on=date(2026, 11, 1),
        manner=Manner.ORAL,
        party_ids=tuple(one.id for one in parties),
        told_by=MEDIATOR.id,
    )
    case = replace(accept(lead, acceptance, TODAY), rights_notice=notice)
    return CaseFile(
        case=case,
        committee=COMMITTEE,
        mediators={MEDIATOR.id: MEDIATOR},
        parties=parties,
        people=PEOPLE,
    )


def agreement(file: CaseFile, **changes: Any) -> Agreement:
    """A draft that can be finalised: the second party pays 400 yuan to the first."""
    first, second = file.parties[0].id, file.parties[1].id
    made = Agreement(
        id=rid(200),
        case_id=file.case.id,
        form=AgreementForm.WRITTEN,
        party_ids=(first, second),
        mediator_ids=(MEDIATOR.id,),
        facts="围墙占了巷道。",
        clauses=(
            Clause(
                id=rid(201),
                text="赔四百元。",
                payment=Payment(payer_id=second, payee_id=first, fen=40_000),
            ),
        ),
        made_on=MADE_ON,
    )
    return replace(made, **changes)


def hand(signer: Signer, on: date = MADE_ON, **changes: Any) -> SignOff:
    """A signature; the mediator's names the mediator."""
    made = SignOff(signer=signer, methods=(SignMethod.SIGNATURE,), on=on)
    if signer is Signer.MEDIATOR:
        made = replace(made, mediator_id=MEDIATOR.id)
    return replace(made, **changes)


def codes(refused: Refused) -> list[ProblemCode]:
    """The codes of a refusal, in order."""
    return [problem.code for problem in refused.problems]
