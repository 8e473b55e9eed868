"""Whatever a proxy writes there, the next try is between a second and an hour away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.retry_after import retry_after

DATE = "Sun, 22 Nov 2026 03:00:00 GMT"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 1),
        ("-5", 1),
        ("2099", 2099),
        ("3601", 3600),
        ("9" * 5000, 3600),
        ("Sun, 22 Nov 2026 03:02:00 GMT", 120),
        ("Sun, 22 Nov 2026 02:00:00 GMT", 1),
        ("Thu, 31 Dec 2099 23:59:59 GMT", 3600),
        ("Sunday, 22-Nov-26 03:02:00 GMT", 120),
        ("Sun, 99 Nov 2026 03:02:00 GMT", None),
        ("abc", None),
        ("1.5", None),
        ("", None),
        ("１２０", None),
    ],
)
def test_seconds_and_dates_are_kept_within_bounds(said: str, seconds: int | None) -> None:
    assert retry_after({"Retry-After": said, "Date": DATE}) == seconds


def test_without_the_header_there_is_nothing() -> None:
    assert retry_after({"Date": DATE}) is None


@pytest.mark.parametrize("date", [None, "abc"])
def test_a_date_with_nothing_to_count_from_says_nothing(date: str | None) -> None:
    headers = {"Retry-After": "Sun, 22 Nov 2026 03:02:00 GMT"} | ({"Date": date} if date else {})
    assert retry_after(headers) is None


@given(st.text(), st.text())
def test_no_text_gets_out_of_bounds(said: str, date: str) -> None:
    seconds = retry_after({"Retry-After": said, "Date": date})
    assert seconds is None or 1 <= seconds <= 3600
