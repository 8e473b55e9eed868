"""Dates and times as people type them."""

from __future__ import annotations

import contextlib
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import (
    EARLIEST,
    LATEST,
    add_working_days,
    age_on,
    check_past,
    chinese_date,
    parse_date,
    parse_time,
)
from app.domain.problems import ProblemCode, Refused

TODAY = date(2026, 3, 20)
DAYS = st.dates(EARLIEST, LATEST)


@given(DAYS)
def test_a_printed_date_can_be_typed(day: date) -> None:
    ways = [
        chinese_date(day),
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
    ]
    assert {parse_date(way, TODAY) for way in ways} == {day}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("昨天", date(2026, 3, 19)),
        ("今天", TODAY),
        ("3.15", date(2026, 3, 15)),
        ("3月21日", date(2025, 3, 21)),
        ("2.29", date(2024, 2, 29)),
        ("２０２６－３－１", date(2026, 3, 1)),
        ("yesterday", date(2026, 3, 19)),
    ],
)
def test_dates_as_people_type_them(typed: str, day: date) -> None:
    assert parse_date(typed, TODAY) == day


@given(st.dates(date(2017, 1, 1), TODAY))
def test_a_date_without_year_is_never_in_the_future(day: date) -> None:
    found = parse_date(f"{day.month}.{day.day}", TODAY)
    assert found <= TODAY
    assert (found.month, found.day) == (day.month, day.day)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026年2月30日", ProblemCode.DATE_IMPOSSIBLE),
        ("13.1", ProblemCode.DATE_IMPOSSIBLE),
        ("1899-12-31", ProblemCode.DATE_TOO_EARLY),
        ("9999-12-31", ProblemCode.DATE_IMPOSSIBLE),
        ("明年", ProblemCode.NOT_A_DATE),
        ("", ProblemCode.NOT_A_DATE),
    ],
)
def test_what_is_no_date_is_refused(typed: str, code: ProblemCode) -> None:
    with pytest.raises(Refused) as caught:
        parse_date(typed, TODAY)
    assert caught.value.first.code is code


@given(st.text(max_size=20) | st.text("0123456789年月日号.-/今昨", max_size=12))
def test_nothing_typed_breaks_the_reader(typed: str) -> None:
    with contextlib.suppress(Refused):
        assert EARLIEST <= parse_date(typed, TODAY) <= LATEST


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("9:30", time(9, 30)),
        ("9点半", time(9, 30)),
        ("下午3点", time(15)),
        ("1530", time(15, 30)),
        ("中午12点", time(12)),
        ("晚上8：05", time(20, 5)),
    ],
)
def test_times_as_people_type_them(typed: str, moment: time) -> None:
    assert parse_time(typed) == moment


@pytest.mark.parametrize("typed", ["25:00", "九点", "", "9:60"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        parse_time(typed)


@given(DAYS, DAYS)
def test_age_counts_full_years(birth: date, day: date) -> None:
    age = age_on(birth, day)
    birthday = date(birth.year + age, 1, 1) if 1 <= birth.year + age <= 9999 else None
    if birth <= day and birthday:
        assert timedelta(days=365.2425 * age - 2) <= day - birth
        assert day - birth < timedelta(days=365.2425 * (age + 1) + 2)


def test_a_child_of_the_29th_of_february() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_a_lagging_clock_is_forgiven_one_day() -> None:
    assert check_past(TODAY + timedelta(days=1), TODAY, "on") == []
    assert check_past(TODAY + timedelta(days=2), TODAY, "on")[0].code is ProblemCode.DATE_IN_FUTURE


def test_working_days_skip_weekends_and_holidays() -> None:
    friday = date(2026, 3, 20)
    assert add_working_days(friday, 3) == date(2026, 3, 25)
    assert add_working_days(friday, 1, frozenset({date(2026, 3, 23)})) == date(2026, 3, 24)
    assert add_working_days(friday, 1, workdays=frozenset({date(2026, 3, 21)})) == date(2026, 3, 21)
