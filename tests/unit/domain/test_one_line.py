"""What prints in one line takes one line, and nobody pays himself."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.ids import new_id
from app.domain.numbering import check_number
from app.domain.performances import Performance, check_performance
from app.domain.problems import ProblemCode

DAY = date(2026, 5, 8)


@pytest.mark.parametrize("text", ["〔2026〕某村\n人调字第1号", "〔2026〕\t1号", "1\r2"])
def test_a_number_stands_in_one_line(text: str) -> None:
    (problem,) = check_number(text, set())
    assert (problem.code, problem.field) == (ProblemCode.UNSTORABLE_CHARACTER, "number")
    assert check_number("〔2026〕某村人调字第001号", set()) == []


def test_nobody_pays_himself() -> None:
    one, other = new_id(), new_id()
    paid = Performance(
        id=new_id(), case_id=new_id(), agreement_id=new_id(), done_on=DAY, fen=100, payer_id=one
    )
    assert check_performance(paid, DAY) == []
    codes = [
        problem.code
        for payee in (other, one)
        for problem in check_performance(
            Performance(
                id=paid.id,
                case_id=paid.case_id,
                agreement_id=paid.agreement_id,
                done_on=DAY,
                fen=100,
                payer_id=one,
                payee_id=payee,
            ),
            DAY,
        )
    ]
    assert codes == [ProblemCode.PAYER_IS_PAYEE]
