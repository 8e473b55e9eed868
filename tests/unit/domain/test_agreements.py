"""Agreements: what they must hold, when they take effect, what they cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreements import (
    DUTY_LIMIT,
    Agreement,
    AgreementForm,
    AgreementState,
    Clause,
    Duty,
    Instalment,
    Payment,
    Signer,
    check_agreement,
    default_copies,
    effective_on,
    finalise,
    missing_hands,
    sign,
    total_fen,
)
from app.domain.casefile import CaseFile
from app.domain.problems import ProblemCode, Refused
from tests.unit.domain.making import MADE_ON, agreement, case_file, codes, hand, rid

HASH = "0" * 64


def all_hands(file: CaseFile, days: list[date]) -> list[tuple[Signer, date, dict[str, object]]]:
    first, second = (one.id for one in file.parties)
    return [
        (Signer.PARTY, days[0], {"party_id": first}),
        (Signer.PARTY, days[1], {"party_id": second}),
        (Signer.MEDIATOR, days[2], {}),
        (Signer.COMMITTEE, days[3], {}),
    ]


def put(file: CaseFile, paper: Agreement, one: tuple[Signer, date, dict[str, object]]) -> Agreement:
    signer, day, more = one
    mark = hand(signer, day, **more)
    return sign(paper, mark, file.party(mark.party_id), file.people)


DAYS = st.lists(
    st.integers(0, 60).map(lambda n: MADE_ON + timedelta(days=n)), min_size=4, max_size=4
)


@given(DAYS, st.permutations(range(4)))
def test_a_written_agreement_binds_with_the_last_hand(days: list[date], order: list[int]) -> None:
    file = case_file()
    paper = finalise(agreement(file), "1", HASH)
    hands = all_hands(file, days)
    for index in order[:-1]:
        paper = put(file, paper, hands[index])
        assert (paper.state, effective_on(paper)) == (AgreementState.FINAL, None)
    paper = put(file, paper, hands[order[-1]])
    assert paper.state is AgreementState.EFFECTIVE
    assert effective_on(paper) == max(days)


def test_an_oral_agreement_binds_on_its_day() -> None:
    oral = finalise(agreement(case_file(), form=AgreementForm.ORAL), "1", HASH)
    assert (oral.state, effective_on(oral)) == (AgreementState.EFFECTIVE, MADE_ON)


def test_a_draft_binds_nobody() -> None:
    assert effective_on(agreement(case_file(), form=AgreementForm.ORAL)) is None


def test_the_paper_says_whose_hand_is_missing() -> None:
    file = case_file()
    paper = finalise(agreement(file), "1", HASH)
    first, second = (one.id for one in file.parties)
    assert missing_hands(paper) == (first, second, "mediator", "committee")
    paper = put(file, paper, all_hands(file, [MADE_ON] * 4)[0])
    assert missing_hands(paper) == (second, "mediator", "committee")


def test_a_second_signature_of_one_party_replaces_the_first() -> None:
    file = case_file()
    paper = finalise(agreement(file), "1", HASH)
    mark = all_hands(file, [MADE_ON] * 4)[0]
    paper = put(file, put(file, paper, mark), (mark[0], MADE_ON + timedelta(days=1), mark[2]))
    assert [one.on for one in paper.sign_offs] == [MADE_ON + timedelta(days=1)]


def test_copies_are_parties_and_committee_and_court() -> None:
    draft = agreement(case_file())
    assert default_copies(draft) == 3
    assert default_copies(replace(draft, for_confirmation=True)) == 4
    assert finalise(draft, "1", HASH).copies == 3
    assert finalise(replace(draft, copies=5), "1", HASH).copies == 5


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"clauses": ()}, ProblemCode.CLAUSE_NEEDED),
        ({"clauses": (Clause(id=rid(9), text="  "),)}, ProblemCode.CLAUSE_NEEDED),
        ({"party_ids": (rid(101),)}, ProblemCode.TWO_SIDES_NEEDED),
        ({"mediator_ids": ()}, ProblemCode.MEDIATOR_NEEDED),
        ({"made_on": None}, ProblemCode.EMPTY),
    ],
)
def test_what_must_be_there_before_print(changes: dict[str, object], code: ProblemCode) -> None:
    with pytest.raises(Refused) as caught:
        finalise(replace(agreement(case_file()), **changes), "1", HASH)  # type: ignore[arg-type]
    assert code in codes(caught.value)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("修\0墙", ProblemCode.UNSTORABLE_CHARACTER),
        ("修" * (DUTY_LIMIT + 1), ProblemCode.TOO_LONG),
    ],
)
def test_the_words_of_a_duty_are_looked_at(what: str, code: ProblemCode) -> None:
    duty = Duty(id=rid(301), party_id=None, what=what)
    clause = Clause(id=rid(300), text="修墙", duties=(duty,))
    blank = Agreement(id=rid(200), case_id=rid(100), form=AgreementForm.WRITTEN, clauses=(clause,))
    (problem,) = check_agreement(blank)
    assert (problem.code, problem.field) == (code, "clauses.0.duties.0.what")


def test_all_gaps_are_told_at_once() -> None:
    blank = Agreement(id=rid(200), case_id=rid(100), form=AgreementForm.WRITTEN)
    with pytest.raises(Refused) as caught:
        finalise(blank, "1", HASH)
    assert len(caught.value.problems) == 4


def payment(**changes: object) -> Payment:
    made = Payment(payer_id=rid(102), payee_id=rid(101), fen=10_000)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("promise", "code"),
    [
        (payment(fen=-1), ProblemCode.AMOUNT_NEGATIVE),
        (payment(fen=10**14), ProblemCode.AMOUNT_TOO_LARGE),
        (payment(payee_id=rid(102)), ProblemCode.PAYER_IS_PAYEE),
        (payment(instalments=(Instalment(due_on=None, fen=9_999),)), ProblemCode.INSTALMENT_SUM),
        (
            payment(
                instalments=(Instalment(due_on=None, fen=-1), Instalment(due_on=None, fen=10_001))
            ),
            ProblemCode.AMOUNT_NEGATIVE,
        ),
    ],
)
def test_what_a_promise_of_money_cannot_be(promise: Payment, code: ProblemCode) -> None:
    draft = agreement(case_file(), clauses=(Clause(id=rid(9), text="", payment=promise),))
    found = check_agreement(draft)
    assert [problem.code for problem in found] == [code]
    assert found[0].field.startswith("clauses.0.payment.")


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_instalments_that_add_up_are_fine(parts: list[int]) -> None:
    split = tuple(Instalment(due_on=None, fen=part) for part in parts)
    promise = payment(fen=sum(parts), instalments=split)
    draft = agreement(case_file(), clauses=(Clause(id=rid(9), text="", payment=promise),))
    assert check_agreement(draft) == []
    assert total_fen(draft) == sum(parts)
