"""Slow goes on for ever, standing still does not, and dripping is standing still."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def paced() -> tuple[Pace, Clock]:
    clock = Clock()
    return Pace(30.0, 4096, clock), clock


def lasts(pace: Pace, clock: Clock, bytes_a_second: int, seconds: int) -> bool:
    for _ in range(seconds):
        clock.now += 1
        try:
            pace.patience()
        except TimeoutError:
            return False
        pace.moved(bytes_a_second)
    return True


@pytest.mark.parametrize(
    ("rate", "survives"), [(0, False), (1, False), (100, False), (150, True), (1000, True)]
)
def test_what_moves_a_little_goes_on_for_hours_and_a_drip_does_not(
    rate: int, survives: bool
) -> None:
    pace, clock = paced()
    assert lasts(pace, clock, rate, 6 * 3600) is survives


@given(st.lists(st.integers(0, 200), max_size=40))
def test_nobody_who_brings_too_little_lasts_longer_than_one_stall(drips: list[int]) -> None:
    pace, clock = paced()
    for drip in drips:
        pace.moved(min(drip, 100))  # 40 times at most: never a whole portion
        clock.now += 0.5
    clock.now = 1030.0
    with pytest.raises(TimeoutError):
        pace.patience()


def test_a_new_turn_begins_with_all_patience() -> None:
    pace, clock = paced()
    clock.now += 29
    pace.begin()
    clock.now += 29
    assert pace.patience() == pytest.approx(1.0)


def test_half_a_portion_before_the_turn_is_not_counted_after_it() -> None:
    pace, clock = paced()
    pace.moved(4000)
    pace.begin()
    clock.now += 20
    pace.moved(200)
    clock.now += 20
    with pytest.raises(TimeoutError):
        pace.patience()


def test_the_making_of_a_part_is_not_the_lines_fault() -> None:
    pace, clock = paced()
    clock.now += 60
    pace.waited(60)
    assert pace.patience() == 1.0


def test_what_leaves_the_systems_buffer_moves_and_what_stays_does_not() -> None:
    pace, clock = paced()
    for held in (60_000, 50_000, 40_000):
        clock.now += 20
        pace.holds(held)
        pace.patience()
    clock.now += 20
    pace.holds(40_000)
    clock.now += 20
    with pytest.raises(TimeoutError):
        pace.patience()


def test_a_system_that_says_nothing_of_its_buffer_gives_no_credit() -> None:
    pace, clock = paced()
    pace.holds(None)
    clock.now += 30
    pace.holds(None)
    with pytest.raises(TimeoutError):
        pace.patience()
