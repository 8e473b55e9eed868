"""Citizen numbers and credit codes: regular ones pass, one wrong character never does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.identity import (
    card_facts,
    check_citizen_number,
    check_credit_code,
    citizen_check_character,
    credit_check_character,
    tidy_number,
)
from app.domain.people import Person, check_person, filled_from_card, warn_person
from app.domain.problems import ProblemCode
from tests.unit.domain.making import TODAY, rid

REGIONS = st.sampled_from(["110105", "450327", "530403", "830000", "650101"])
BIRTHS = st.dates(date(1905, 1, 1), TODAY)
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@st.composite
def citizen_numbers(draw: st.DrawFn) -> str:
    """Numbers of nobody, with their check character computed."""
    birth, tail = draw(BIRTHS), draw(st.integers(0, 999))
    first = f"{draw(REGIONS)}{birth:%Y%m%d}{tail:03d}"
    return first + citizen_check_character(first)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    first = draw(st.text(LETTERS, min_size=17, max_size=17))
    return first + credit_check_character(first)


@given(citizen_numbers())
def test_a_computed_number_is_regular(number: str) -> None:
    assert check_citizen_number(number, TODAY) == []
    facts = card_facts(number)
    assert facts is not None
    assert f"{facts.birth_date:%Y%m%d}" == number[6:14]
    assert facts.sex == ("1" if int(number[16]) % 2 else "2")


@given(citizen_numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_always_found(number: str, place: int, other: str) -> None:
    assume(number[place] != other)
    changed = number[:place] + other + number[place + 1 :]
    assert check_citizen_number(changed, TODAY)


@given(citizen_numbers(), st.integers(0, 16))
def test_two_neighbours_exchanged_are_always_found(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    exchanged = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert check_citizen_number(exchanged, TODAY)


@given(credit_codes())
def test_a_computed_credit_code_is_regular(code: str) -> None:
    assert check_credit_code(code) == []


@given(credit_codes(), st.integers(0, 17), st.sampled_from(LETTERS))
def test_one_wrong_letter_of_a_credit_code_is_always_found(
    code: str, place: int, other: str
) -> None:
    assume(code[place] != other)
    assert check_credit_code(code[:place] + other + code[place + 1 :])


@given(st.text(max_size=25))
def test_no_text_breaks_the_checks(text: str) -> None:
    check_citizen_number(tidy_number(text), TODAY)
    check_credit_code(tidy_number(text))
    card_facts(tidy_number(text))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("1" * 15, ProblemCode.ID_OLD_STYLE),
        ("1" * 17, ProblemCode.ID_LENGTH),
        ("11010519491231002A", ProblemCode.ID_CHARACTER),
        ("99010519491231002X", ProblemCode.ID_REGION),
        ("11010519490231002X", ProblemCode.ID_BIRTH_DATE),
    ],
)
def test_each_fault_has_its_name(number: str, code: ProblemCode) -> None:
    assert code in [problem.code for problem in check_citizen_number(number, TODAY)]


def test_full_width_spaces_and_a_small_x_are_forgiven() -> None:
    assert tidy_number(" １１０１０５ 19491231002x ") == "11010519491231002X"


def test_an_irregular_number_is_kept_with_a_reason() -> None:
    person = Person(id=rid(1), name="张三", id_no="110105194912310021")
    codes = [problem.code for problem in check_person(person, TODAY)]
    assert codes == [ProblemCode.ID_CHECK_DIGIT, ProblemCode.REASON_NEEDED]
    kept = Person(id=rid(1), name="张三", id_no="110105194912310021", id_reason="卡上如此")
    assert check_person(kept, TODAY) == []
    assert warn_person(kept, TODAY)


def test_the_card_fills_in_what_it_tells() -> None:
    first = "45032719900307123"
    person = Person(id=rid(1), name="张三", id_no=first + citizen_check_character(first))
    filled = filled_from_card(person)
    assert (filled.birth_date, filled.sex) == (date(1990, 3, 7), "1")


def test_the_card_never_overwrites_what_was_said() -> None:
    first = "45032719900307123"
    number = first + citizen_check_character(first)
    person = Person(id=rid(1), name="张三", id_no=number, sex="2", birth_date=date(1991, 3, 7))
    assert filled_from_card(person).sex == "2"
    found = [problem.code for problem in warn_person(person, TODAY)]
    assert found == [ProblemCode.ID_BIRTH_DIFFERS, ProblemCode.ID_SEX_DIFFERS]
