"""What a case, a name and a person may hold: bounds where nobody would type more by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.cases import REASON_LIMIT, REQUEST_LIMIT, Case, Stage, check_case, leave
from app.domain.ids import new_id
from app.domain.people import Person, check_person
from app.domain.problems import ProblemCode, Refused

TODAY = date(2026, 3, 15)
CASE = Case(id=new_id(), committee_id=new_id(), matter="屋檐滴水")


@pytest.mark.parametrize(
    ("case", "code", "field"),
    [
        (replace(CASE, requests=("赔偿",) * (REQUEST_LIMIT + 1)), ProblemCode.TOO_MANY, "requests"),
        (replace(CASE, file_no="长" * 201), ProblemCode.TOO_LONG, "file_no"),
        (replace(CASE, scope_reason="长" * 2001), ProblemCode.TOO_LONG, "scope_reason"),
        (replace(CASE, exit_reason="长" * 2001), ProblemCode.TOO_LONG, "exit_reason"),
    ],
    ids=["requests", "file_no", "scope_reason", "exit_reason"],
)
def test_a_head_has_bounds(case: Case, code: ProblemCode, field: str) -> None:
    assert [(one.code, one.field) for one in check_case(case, TODAY)] == [(code, field)]
    full = replace(CASE, requests=("赔偿",) * REQUEST_LIMIT, exit_reason="长" * REASON_LIMIT)
    assert check_case(full, TODAY) == []


def test_a_reason_to_leave_has_bounds() -> None:
    with pytest.raises(Refused) as caught:
        leave(CASE, Stage.WITHDRAWN, "长" * (REASON_LIMIT + 1))
    assert caught.value.first.code is ProblemCode.TOO_LONG


@pytest.mark.parametrize("name", ["张\n三", "张\t三", "张\r三"])
def test_a_name_stands_in_one_line(name: str) -> None:
    problems = check_person(Person(id=new_id(), name=name), TODAY)
    assert [one.code for one in problems] == [ProblemCode.UNSTORABLE_CHARACTER]
    assert problems[0].facts["position"] == 2
    assert check_person(Person(id=new_id(), name="阿卜杜拉·买买提"), TODAY) == []


def test_a_region_is_no_text() -> None:
    problems = check_person(Person(id=new_id(), name="张三", region_code="1" * 13), TODAY)
    assert [one.field for one in problems] == ["region_code"]
