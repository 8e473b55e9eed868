"""The 400-yuan roof tile: one card, one commit, the same gates as the long way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.agreements import AgreementForm, AgreementState, effective_on, total_fen
from app.domain.casefile import is_oral
from app.domain.cases import Case, Stage
from app.domain.completeness import missing
from app.domain.ids import RecordId, new_id
from app.domain.parties import PartyRole
from app.domain.people import Person
from app.domain.problems import ProblemCode, Refused
from app.services.newcomers import NewParty
from app.services.oral_card import CardClause, OralCard, record_oral_case
from app.services.ports import Practice
from app.wire.sealing import is_intact
from tests.fakes import MemoryStore
from tests.unit.domain.making import MEDIATOR, codes
from tests.unit.services.village import TODAY, newcomer


def card(**changes: Any) -> OralCard:
    values: dict[str, Any] = {
        "parties": (
            newcomer("唐某", PartyRole.APPLICANT),
            newcomer("文某", PartyRole.RESPONDENT),
        ),
        "facts": "装修掉落物砸坏了瓦片。",
        "on": TODAY,
        "clauses": (CardClause(text="文某赔唐某四百元。", fen=40_000, payer=1, payee=0),),
        "place": "油茶屋调解室",
        "dispute_type": "DAMAGE_COMPENSATION",
        "mediator_ids": (MEDIATOR.id,),
        "rights_told": True,
        "manner_code": "ON_THE_SPOT",
        "deadline": "当场",
        "performed_on": TODAY,
        "signed_on": TODAY,
    }
    return OralCard(**{**values, **changes})


def recorded(store: MemoryStore, county: Practice, wish: OralCard) -> RecordId:
    with store.unit() as uow:
        return record_oral_case(uow, wish, county)


def refused(store: MemoryStore, county: Practice, wish: OralCard) -> Refused:
    with store.unit() as uow, pytest.raises(Refused) as caught:
        record_oral_case(uow, wish, county)
    assert store.acts == ["committee.saved"]
    return caught.value


def test_one_card_is_one_act_and_a_whole_case(store: MemoryStore, county: Practice) -> None:
    case_id = recorded(store, county, card())
    assert store.acts == ["committee.saved", "case.oral_recorded"]
    with store.unit() as uow:
        file = uow.records.case_file(case_id)
    main = file.main_agreement()
    assert main is not None
    assert (main.form, main.state) == (AgreementForm.ORAL, AgreementState.EFFECTIVE)
    assert (effective_on(main), main.performed_on) == (TODAY, TODAY)
    assert (total_fen(main), main.number) == (40_000, "〔2026〕某村人调字第001号")
    assert main.clauses[0].payment
    assert file.names()[main.clauses[0].payment.payer_id] == "文某"
    assert (file.case.stage, file.case.accepted_on) == (Stage.PERFORMED, TODAY)
    assert is_oral(file)
    assert is_intact(file, main)
    assert {one.owner for one in missing(file)} == {"person"}


def test_what_is_still_to_be_done_stays_open(store: MemoryStore, county: Practice) -> None:
    case_id = recorded(store, county, card(performed_on=None, signed_on=None))
    with store.unit() as uow:
        file = uow.records.case_file(case_id)
    assert file.case.stage is Stage.PERFORMING
    assert "sign_offs.mediator" in {one.field for one in missing(file)}


def test_words_alone_are_enough(store: MemoryStore, county: Practice) -> None:
    sorry = (CardClause(text="文某当面道歉。", due_on=TODAY),)
    case_id = recorded(store, county, card(clauses=sorry))
    with store.unit() as uow:
        main = uow.records.case_file(case_id).main_agreement()
    assert main is not None
    assert (main.clauses[0].payment, main.clauses[0].due_on) == (None, TODAY)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"rights_told": False}, ProblemCode.NO_RIGHTS_NOTICE, "rights_told"),
        ({"parties": ()}, ProblemCode.TWO_SIDES_NEEDED, "parties"),
        ({"clauses": ()}, ProblemCode.CLAUSE_NEEDED, "clauses"),
        ({"mediator_ids": ()}, ProblemCode.MEDIATOR_NEEDED, "mediator_ids"),
        ({"on": TODAY + timedelta(days=4)}, ProblemCode.DATE_IN_FUTURE, "reported_on"),
        (
            {"performed_on": TODAY - timedelta(days=1)},
            ProblemCode.DATE_ORDER,
            "performed_on",
        ),
        (
            {"clauses": (CardClause(text="", fen=1, payer=0, payee=0),)},
            ProblemCode.PAYER_IS_PAYEE,
            "clauses.0.payment.payee_id",
        ),
        (
            {"clauses": (CardClause(text="", fen=1, payer=0),)},
            ProblemCode.NOTHING_CHOSEN,
            "clauses.0.payer",
        ),
    ],
)
def test_the_card_has_the_gates_of_the_long_way(
    store: MemoryStore, county: Practice, changes: Any, code: ProblemCode, field: str
) -> None:
    refusal = refused(store, county, card(**changes))
    assert (refusal.first.code, refusal.first.field) == (code, field)


def test_two_of_one_side_agree_with_nobody(store: MemoryStore, county: Practice) -> None:
    both = (newcomer("唐某", PartyRole.APPLICANT), newcomer("文某", PartyRole.APPLICANT))
    assert codes(refused(store, county, card(parties=both))) == [ProblemCode.TWO_SIDES_NEEDED]


def test_a_party_without_a_name_is_told_at_its_place(store: MemoryStore, county: Practice) -> None:
    nameless = NewParty(
        role=PartyRole.RESPONDENT,
        person=Person(id=new_id(), name="", birth_date=date(1980, 1, 1)),
    )
    wish = card(parties=(newcomer("唐某", PartyRole.APPLICANT), nameless))
    assert refused(store, county, wish).first.field == "parties.1.person.name"


def test_a_taken_number_leaves_no_trace(store: MemoryStore, county: Practice) -> None:
    recorded(store, county, card(number="手写1号"))
    with store.unit() as uow, pytest.raises(Refused) as caught:
        record_oral_case(uow, replace(card(), number="手写1号"), county)
    assert codes(caught.value) == [ProblemCode.NUMBER_TAKEN]
    with store.unit() as uow:
        assert len(uow.records.all(Case)) == 1
