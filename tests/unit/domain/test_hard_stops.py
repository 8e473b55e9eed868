"""The hard stops of the law, each by its name. Everything else may be passed with a reason.

These may not.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    Signer,
    check_editable,
    finalise,
    sign,
    spoil,
)
from app.domain.casefile import CaseFile
from app.domain.cases import (
    MOVES,
    Acceptance,
    Case,
    PartyRefusal,
    Stage,
    accept,
    leave,
    move,
    refuse_mediation,
)
from app.domain.parties import (
    POWER_CLAIMS,
    POWER_SIGN,
    PartyRole,
    Representation,
    StandIn,
    check_together,
)
from app.domain.people import Capacity, Person
from app.domain.problems import ProblemCode, Refused
from app.domain.sessions import may_begin
from tests.unit.domain.making import (
    CHILD,
    LI,
    MADE_ON,
    MOTHER,
    TODAY,
    YOUTH,
    ZHANG,
    agreement,
    case_file,
    codes,
    guardian,
    hand,
    party,
    rid,
)

DAY = date(2026, 11, 5)


def stops(file: CaseFile, day: date = DAY) -> list[ProblemCode]:
    return [problem.code for problem in may_begin(file.case, file.parties, file.names(), day)]


def test_a_session_may_begin_once_all_were_told() -> None:
    assert stops(case_file()) == []


def test_no_session_before_the_rights_notice() -> None:
    file = case_file()
    file = replace(file, case=replace(file.case, rights_notice=None))
    assert stops(file) == [ProblemCode.NO_RIGHTS_NOTICE]


def test_no_session_on_a_day_before_the_notice() -> None:
    assert stops(case_file(), date(2026, 10, 31)) == [ProblemCode.RIGHTS_NOTICE_LATE]


def test_no_session_while_one_party_was_not_told() -> None:
    file = case_file()
    assert file.case.rights_notice
    told = replace(file.case.rights_notice, party_ids=(file.parties[0].id,))
    file = replace(file, case=replace(file.case, rights_notice=told))
    assert stops(file) == [ProblemCode.RIGHTS_NOTICE_NOT_ALL]


def test_a_voided_party_need_not_be_told() -> None:
    file = case_file()
    assert file.case.rights_notice
    told = replace(file.case.rights_notice, party_ids=(file.parties[0].id,))
    gone = replace(file.parties[1], void_reason="录错")
    file = replace(
        file, case=replace(file.case, rights_notice=told), parties=(file.parties[0], gone)
    )
    assert stops(file) == []


def test_no_session_before_acceptance() -> None:
    file = case_file()
    file = replace(file, case=replace(file.case, accepted_on=None))
    assert stops(file) == [ProblemCode.NOT_ACCEPTED_YET]


def test_a_refusal_ends_the_mediation() -> None:
    file = case_file()
    refusal = PartyRefusal(party_id=file.parties[1].id, on=DAY)
    ended = refuse_mediation(file.case, refusal)
    assert ended.stage is Stage.TERMINATED
    assert stops(replace(file, case=ended)) == [ProblemCode.PARTY_REFUSED]


def test_a_refusal_of_a_lead_keeps_it_from_being_accepted() -> None:
    lead = Case(id=rid(100), committee_id=rid(1))
    ended = refuse_mediation(lead, PartyRefusal(party_id=rid(101), on=DAY))
    assert ended.stage is Stage.NOT_ACCEPTED
    wish = Acceptance(
        accepted_on=DAY, source="ON_APPLICATION", registrar="", mediator_ids=(rid(2),)
    )
    with pytest.raises(Refused) as caught:
        accept(ended, wish, TODAY)
    assert codes(caught.value) == [ProblemCode.PARTY_REFUSED]


def test_out_of_scope_needs_its_reason() -> None:
    lead = Case(id=rid(100), committee_id=rid(1))
    wish = Acceptance(
        accepted_on=DAY,
        source="ON_APPLICATION",
        registrar="",
        mediator_ids=(rid(2),),
        scope="STATUS",
    )
    with pytest.raises(Refused) as caught:
        accept(lead, wish, TODAY)
    assert codes(caught.value) == [ProblemCode.OUT_OF_SCOPE]
    assert accept(lead, replace(wish, scope_reason="只谈财产"), TODAY).stage is Stage.ACCEPTED


def final_with(person: Person, **changes: object) -> tuple[CaseFile, Agreement]:
    """A frozen paper whose first party is that person."""
    first = party(person, 1, PartyRole.APPLICANT, **changes)
    file = case_file(first, party(LI, 2, PartyRole.RESPONDENT))
    return file, finalise(agreement(file), "〔2026〕某村人调字第001号", "0" * 64)


def refusal_of(file: CaseFile, paper: Agreement, **changes: Any) -> list[ProblemCode]:
    with pytest.raises(Refused) as caught:
        sign(
            paper,
            hand(Signer.PARTY, party_id=file.parties[0].id, **changes),
            file.parties[0],
            file.people,
        )
    return codes(caught.value)


def test_a_small_child_never_signs_alone() -> None:
    file, paper = final_with(CHILD, representations=(guardian(MOTHER),))
    assert refusal_of(file, paper) == [ProblemCode.PARTY_NOT_CAPABLE]
    assert refusal_of(file, paper, by_person_id=CHILD.id) == [ProblemCode.PARTY_NOT_CAPABLE]


def test_a_half_grown_child_needs_its_guardian() -> None:
    file, paper = final_with(YOUTH, representations=(guardian(MOTHER),))
    assert refusal_of(file, paper) == [ProblemCode.GUARDIAN_NEEDED]


@pytest.mark.parametrize("person", [CHILD, YOUTH])
def test_the_guardian_signs_for_the_child(person: Person) -> None:
    file, paper = final_with(person, representations=(guardian(MOTHER),))
    mark = hand(Signer.PARTY, party_id=file.parties[0].id, by_person_id=MOTHER.id)
    assert sign(paper, mark, file.parties[0], file.people).sign_offs == (mark,)


def test_a_guardian_who_is_a_child_does_not_help() -> None:
    file, paper = final_with(CHILD, representations=(guardian(YOUTH),))
    assert refusal_of(file, paper, by_person_id=YOUTH.id) == [ProblemCode.PARTY_NOT_CAPABLE]


def test_an_agent_does_not_replace_the_guardian() -> None:
    powers = (POWER_CLAIMS, POWER_SIGN)
    agent = Representation(person_id=MOTHER.id, kind=StandIn.AGENT, powers=powers)
    file, paper = final_with(CHILD, representations=(agent,))
    assert refusal_of(file, paper, by_person_id=MOTHER.id) == [ProblemCode.PARTY_NOT_CAPABLE]


def test_a_grown_up_without_capacity_never_signs_alone() -> None:
    file, paper = final_with(ZHANG, capacity=Capacity.NONE, capacity_reason="鉴定")
    assert refusal_of(file, paper) == [ProblemCode.PARTY_NOT_CAPABLE]


def test_who_lives_on_own_work_signs_at_sixteen() -> None:
    file, paper = final_with(YOUTH, capacity=Capacity.FULL, capacity_reason="以自己的劳动生活")
    mark = hand(Signer.PARTY, party_id=file.parties[0].id)
    assert sign(paper, mark, file.parties[0], file.people).sign_offs


@pytest.mark.parametrize("powers", [(), (POWER_CLAIMS,), (POWER_SIGN,)])
def test_an_agent_without_both_powers_does_not_sign(powers: tuple[str, ...]) -> None:
    agent = Representation(person_id=MOTHER.id, kind=StandIn.AGENT, powers=powers)
    file, paper = final_with(ZHANG, representations=(agent,))
    assert refusal_of(file, paper, by_person_id=MOTHER.id) == [ProblemCode.AGENT_WITHOUT_POWER]


def test_somebody_who_acts_for_nobody_does_not_sign() -> None:
    file, paper = final_with(ZHANG)
    assert refusal_of(file, paper, by_person_id=MOTHER.id) == [ProblemCode.SIGNER_NOT_ON_PAPER]


def test_the_opponent_is_no_guardian() -> None:
    first = party(CHILD, 1, PartyRole.APPLICANT, representations=(guardian(LI),))
    parties = (first, party(LI, 2, PartyRole.RESPONDENT))
    found = [problem.code for problem in check_together(parties, case_file().people)]
    assert found == [ProblemCode.GUARDIAN_IS_OPPONENT]


def test_the_opponent_is_no_agent() -> None:
    agent = Representation(person_id=LI.id, kind=StandIn.AGENT, powers=(POWER_CLAIMS, POWER_SIGN))
    first = party(ZHANG, 1, PartyRole.APPLICANT, representations=(agent,))
    parties = (first, party(LI, 2, PartyRole.RESPONDENT))
    found = [problem.code for problem in check_together(parties, case_file().people)]
    assert found == [ProblemCode.SAME_PERSON_BOTH_SIDES]


@pytest.mark.parametrize("state", [AgreementState.FINAL, AgreementState.EFFECTIVE])
def test_a_frozen_text_cannot_be_edited(state: AgreementState) -> None:
    with pytest.raises(Refused) as caught:
        check_editable(agreement(case_file(), state=state))
    assert codes(caught.value) == [ProblemCode.AGREEMENT_FROZEN]


def test_a_signed_paper_cannot_be_spoiled() -> None:
    file, paper = final_with(ZHANG)
    mark = hand(Signer.PARTY, party_id=file.parties[0].id)
    signed = sign(paper, mark, file.parties[0], file.people)
    with pytest.raises(Refused) as caught:
        spoil(signed, "写错了")
    assert codes(caught.value) == [ProblemCode.AGREEMENT_FROZEN]


def test_an_unsigned_paper_is_spoiled_with_a_reason_and_keeps_its_number() -> None:
    _, paper = final_with(ZHANG)
    with pytest.raises(Refused) as caught:
        spoil(paper, " ")
    assert codes(caught.value) == [ProblemCode.REASON_NEEDED]
    draft = spoil(paper, "写错了")
    assert (draft.state, draft.number, draft.content_hash) == (
        AgreementState.DRAFT,
        paper.number,
        "",
    )


def test_a_draft_is_not_signed() -> None:
    file = case_file()
    with pytest.raises(Refused) as caught:
        sign(agreement(file), hand(Signer.COMMITTEE), None, file.people)
    assert codes(caught.value) == [ProblemCode.AGREEMENT_NOT_FINAL]


def test_nothing_binding_in_writing_is_signed_again() -> None:
    file = case_file()
    binding = agreement(file, state=AgreementState.EFFECTIVE, number="1")
    with pytest.raises(Refused) as caught:
        sign(binding, hand(Signer.MEDIATOR), None, file.people)
    assert codes(caught.value) == [ProblemCode.AGREEMENT_FROZEN]


def test_the_register_of_an_oral_agreement_is_signed_after_it_binds() -> None:
    file = case_file()
    oral = finalise(agreement(file, form=AgreementForm.ORAL), "1", "0" * 64)
    signed = sign(oral, hand(Signer.MEDIATOR), None, file.people)
    assert (oral.state, signed.state) == (AgreementState.EFFECTIVE, AgreementState.EFFECTIVE)
    assert signed.sign_offs


def test_a_mediator_who_is_not_on_the_paper_does_not_sign() -> None:
    file, paper = final_with(ZHANG)
    with pytest.raises(Refused) as caught:
        sign(paper, hand(Signer.MEDIATOR, mediator_id=rid(99)), None, file.people)
    assert codes(caught.value) == [ProblemCode.SIGNER_NOT_ON_PAPER]


def test_nobody_signs_before_the_paper_was_made() -> None:
    file, paper = final_with(ZHANG)
    with pytest.raises(Refused) as caught:
        sign(paper, hand(Signer.COMMITTEE, date(2026, 11, 9)), None, file.people)
    assert codes(caught.value) == [ProblemCode.DATE_ORDER]
    assert date(2026, 11, 10) == MADE_ON


@given(st.sampled_from(Stage), st.sampled_from(Stage))
def test_a_case_moves_along_the_map_only(here: Stage, there: Stage) -> None:
    case = Case(id=rid(100), committee_id=rid(1), stage=here)
    if there is here or there in MOVES[here]:
        assert move(case, there).stage is there
    else:
        with pytest.raises(Refused) as caught:
            move(case, there)
        assert codes(caught.value) == [ProblemCode.MOVE_NOT_ALLOWED]


def test_a_side_exit_is_no_way_to_an_agreement() -> None:
    case = Case(id=rid(100), committee_id=rid(1), stage=Stage.IN_SESSION)
    with pytest.raises(Refused) as caught:
        leave(case, Stage.AGREED, "就这样")
    assert codes(caught.value) == [ProblemCode.MOVE_NOT_ALLOWED]


def test_nothing_leads_out_of_a_bound_file() -> None:
    assert MOVES[Stage.FILED] == frozenset()
