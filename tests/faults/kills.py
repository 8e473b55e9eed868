"""kill -9 at random moments of every operation: what was called safe is there, whole, and once.

A life is killed after a random number of words and then some milliseconds, so that deaths fall into
every part of a step. A county that is killed while it answers is one more row.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.faults.exchanging import Exchanging
from tests.faults.judging import judge
from tests.faults.mortal import Mortal, mortal
from tests.faults.places import Operation
from tests.faults.registry import OPERATIONS
from tests.faults.trials import Harm, Outcome, Tier, timed

WITHIN_S = 0.08
SHORT, FULL, FULL_COUNTY = 6, 270, 250
# Each death of these costs a second: somebody else writes, hands in or carries a stick in between.
FEWER = {
    "send files": 150,
    "fetch files": 80,
    "put on a stick": 120,
    "read an answer": 120,
    "take in parcels": 120,
}


def run(tier: Tier) -> list[Outcome]:
    """A row for each operation, and one for dying counties."""
    rows = []
    with mortal("work") as worker:
        for operation in OPERATIONS:
            count = tier.of(SHORT, FEWER.get(operation.name, FULL))
            row = Outcome(f"kill -9: {operation.name}")
            rows.append(timed(row, deaths(operation, worker, count)))
        row = Outcome("kill -9: the county while it answers")
        rows.append(timed(row, county_deaths(worker, tier.of(SHORT, FULL_COUNTY))))
    return rows


def deaths(operation: Operation, worker: Mortal, count: int) -> Iterator[Harm]:
    """`count` lives of an operation, each looked at after its death."""
    chance = random.Random()
    left = count
    while left:
        lives = min(left, operation.lives)
        left -= lives
        with tempfile.TemporaryDirectory(prefix="heshi-") as folder:
            place = Path(folder) / "place"
            operation.prepare(place)
            said: list[str] = []
            for _ in range(lives):
                worker.born(name=operation.name, place=str(place), steps=operation.steps, wait=True)
                new = worker.listen(chance.randrange(4)) + worker.killed(WITHIN_S)
                harm, said = judge(operation.find, place, [*said, *new])
                yield _worse(harm, new)
            harm, _ = judge(operation.end, place, said)
            if harm.column:  # part of the last life, which was counted
                yield harm


def county_deaths(worker: Mortal, count: int) -> Iterator[Harm]:
    """The server is killed while a laptop talks to it, and the laptop soon after."""
    chance = random.Random()
    with tempfile.TemporaryDirectory(prefix="heshi-") as folder:
        place = Path(folder) / "place"
        exchanging = Exchanging()
        exchanging.prepare(place)
        exchanging.neighbour_writes = False  # nobody answers it
        county = exchanging.county
        assert county is not None
        county.stop()
        said: list[str] = []
        with mortal("serve", str(county.folder), str(county.port)) as server:
            for _ in range(count):
                server.born()
                server.listen(1)
                worker.born(
                    name=exchanging.name, place=str(place), steps=exchanging.steps, wait=True
                )
                new = worker.listen(chance.randrange(1, 4))
                server.killed(WITHIN_S)
                new += worker.killed(0.02)
                harm, said = judge(exchanging.find, place, [*said, *new])
                yield _worse(harm, new)
        county.start()
        harm, _ = judge(exchanging.end, place, said)
        if harm.column:
            yield harm


def _worse(harm: Harm, said: list[str]) -> Harm:
    """An operation that nobody disturbed but by killing it must not stop by itself."""
    stopped = [one for one in said if one.startswith(("refused ", "broken "))]
    return harm if harm.column or not stopped else Harm("unopenable", stopped[0])
