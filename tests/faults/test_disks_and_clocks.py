"""Failing and full disks, wrong clocks: a few of each in every run of the checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.county.server import POSTGRES
from tests.faults.broken_disk import FAILURES, SHORT, TRIED, failing_worker, failures
from tests.faults.clocks import moments, program_clock
from tests.faults.full_disk import TRIED as FILLED
from tests.faults.full_disk import fillings, small_disk
from tests.faults.mortal import Mortal
from tests.faults.registry import operation
from tests.faults.slow_disk import FLUSH_MS, saves
from tests.faults.trials import Harm, NotHere, Outcome, timed


@pytest.fixture(scope="module")
def worker() -> Iterator[Mortal]:
    try:
        workers = failing_worker()
    except NotHere as reason:
        pytest.skip(str(reason))
    with workers as one:
        yield one


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    try:
        with small_disk() as one:
            yield one
    except NotHere as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("name", TRIED)
def test_a_failing_disk_is_told_of_and_takes_nothing(name: str, worker: Mortal) -> None:
    row = timed(Outcome(name), failures(operation(name), worker, SHORT))
    assert (row.harm, row.first) == (0, "")
    assert row.trials > len(FAILURES)


@pytest.mark.parametrize("name", FILLED)
def test_a_full_disk_is_told_of_and_takes_nothing(name: str, disk: Path) -> None:
    row = timed(Outcome(name), fillings(operation(name), disk, 3))
    assert (row.harm, row.first) == (0, "")


def test_a_window_over_a_slow_disk_saves() -> None:
    """How long it takes is a figure of ``dev.py faults --full``, not a test."""
    told: dict[str, list[float]] = {}
    try:
        row = timed(Outcome("slow"), saves(2, told))
    except NotHere as reason:
        pytest.skip(str(reason))
    assert (row.trials, row.harm, row.first) == (2, 0, "")
    # The flushes were slow indeed.
    assert len(told["saves"]) == 2 and min(told["saves"]) >= FLUSH_MS


@pytest.mark.skipif(bool(POSTGRES), reason="what is tried is the laptop")
@pytest.mark.parametrize(("moment", "jump"), list(moments()))
def test_no_clock_stops_anything(moment: datetime, jump: timedelta) -> None:
    assert program_clock(moment, jump) == Harm()
