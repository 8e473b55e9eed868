"""Moments that another computer made up: nothing raises, and what cannot be believed is said so."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.moments import believable, comparable, day_of, local_moment, put_right
from app.domain.readings import BEIJING

FARTHEST_MS = 2**53 - 1
ABSURD = (
    "0001-01-01T00:00:00+00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59+00:00",
    "9999-12-31T23:59:59-14:00",
    "2026-03-05T08:00:00",
)
GOOD = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
ZONES = st.none() | st.integers(-1439, 1439).map(lambda it: timezone(timedelta(minutes=it)))
MOMENTS = st.datetimes(timezones=ZONES)


@pytest.fixture(params=["Asia/Shanghai", "America/New_York"])
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("written", ABSURD)
def test_what_cannot_be_believed_has_no_local_moment(written: str) -> None:
    at = datetime.fromisoformat(written)
    assert believable(at) is None
    assert local_moment(at) is None
    assert day_of(at) == date.fromisoformat(written[:10])
    assert day_of(at, BEIJING) == date.fromisoformat(written[:10])


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("error_ms", [FARTHEST_MS, -FARTHEST_MS, 10**30])
def test_an_absurd_error_puts_nothing_right(error_ms: int) -> None:
    assert local_moment(GOOD, error_ms) is None
    assert put_right(GOOD, error_ms) == GOOD


@pytest.mark.usefixtures("zone")
def test_a_moment_of_today_stays_what_it_is() -> None:
    assert believable(GOOD) == local_moment(GOOD) == put_right(GOOD, None) == GOOD
    assert local_moment(GOOD, 60_000) == put_right(GOOD, 60_000) == GOOD + timedelta(minutes=1)
    assert day_of(GOOD) == GOOD.astimezone().date()
    assert believable(None) is None


@given(MOMENTS, MOMENTS, st.integers())
def test_nothing_raises(one: datetime, other: datetime, error_ms: int) -> None:
    put_right(one, error_ms)
    local_moment(one, error_ms)
    day_of(one)
    day_of(one, BEIJING)
    believable(one)
    first, second = sorted([comparable(one), comparable(other)])
    assert (GOOD - first) >= (GOOD - second)
