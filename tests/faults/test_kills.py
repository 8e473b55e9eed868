"""Every operation dies a few times in each run of the checks; ``dev.py faults --full kills`` kills
it five hundred times.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.county.server import POSTGRES
from tests.faults.kills import SHORT, county_deaths, deaths
from tests.faults.mortal import Mortal, mortal
from tests.faults.places import Operation
from tests.faults.registry import OPERATIONS
from tests.faults.trials import Outcome, timed

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or bool(POSTGRES), reason="workers are forked, and serve from SQLite"
)


@pytest.fixture(scope="module")
def worker() -> Iterator[Mortal]:
    with mortal("work") as one:
        yield one


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_what_was_called_safe_survives_every_death(operation: Operation, worker: Mortal) -> None:
    row = timed(Outcome(operation.name), deaths(operation, worker, SHORT))
    assert (row.harm, row.first) == (0, "")
    assert row.trials == SHORT


def test_a_county_that_dies_while_it_answers(worker: Mortal) -> None:
    row = timed(Outcome("county"), county_deaths(worker, SHORT))
    assert (row.harm, row.first) == (0, "")
