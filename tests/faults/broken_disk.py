"""A disk that fails: the n-th write, flush or new name of an operation fails, once or for ever.

What was called safe stays, what was refused is not there, and a person is told in a sentence.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from app.domain.problems import ProblemCode
from tests.faults.judging import acknowledged, judge
from tests.faults.mortal import Mortal, mortal
from tests.faults.places import Operation
from tests.faults.preloads import environment
from tests.faults.registry import operation
from tests.faults.trials import Harm, Outcome, Tier, timed

TRIED = (
    "save a case", "freeze an agreement", "backup and prune", "rewrite the key slots", "add a file",
    "put on a stick",
)  # fmt: skip
_WRITES, _FLUSHES, _NAMES = 1, 2, 4  # as in failing_disk.c
LAST = 200
# A county looks at each of these: every third number is enough.
EVERY = {"put on a stick": 3}
SHORT = (1, 2, 4, 9, 20, 60)


@dataclass(frozen=True, slots=True)
class Failure:
    """Which calls fail, and what the system says."""

    words: str
    calls: int
    number: int
    for_ever: bool = False


FAILURES = (
    Failure("a write meets a full disk", _WRITES, errno.ENOSPC),
    Failure("all writes meet a full disk", _WRITES | _NAMES, errno.ENOSPC, for_ever=True),
    Failure("a write fails", _WRITES, errno.EIO),
    Failure("a flush fails", _FLUSHES, errno.EIO),
    Failure("a new name meets a full disk", _NAMES, errno.ENOSPC),
    Failure("the disk dies", _WRITES | _FLUSHES | _NAMES, errno.EIO, for_ever=True),
)
# A copy too many harms nobody; nor does a parcel that could not be noted, as the county takes each
# entry once. Where nothing works any more after the new name was given, it cannot
# be taken back: old and new slots open the same store.
_HARMLESS = ("copy ", "parcel ")
_HARMLESS_ON_A_DEAD_DISK = ("copy ", "parcel ", "slots ")


def run(tier: Tier) -> list[Outcome]:
    """A row for each operation. Raises `NotHere`."""
    numbers: Sequence[int] = range(1, tier.of(0, LAST) + 1) if tier.full else SHORT
    rows = []
    with failing_worker() as worker:
        for name in TRIED:
            row = Outcome(f"failing disk: {name}")
            some = numbers[:: EVERY.get(name, 1)] if tier.full else numbers
            rows.append(timed(row, failures(operation(name), worker, some)))
    return rows


def failing_worker() -> AbstractContextManager[Mortal]:
    """Workers whose disk can be told to fail. Raises `NotHere`."""
    return mortal("work", environment=environment("failing_disk"))


def failures(what: Operation, worker: Mortal, numbers: Sequence[int]) -> Iterator[Harm]:
    """One trial for each number and each failure, until the operation has fewer calls than that."""
    with tempfile.TemporaryDirectory(prefix="heshi-") as folder:
        model, place = Path(folder) / "model", Path(folder) / "place"
        what.prepare(model)
        before = what.find(model, ()).words
        for failure in FAILURES:
            for nth in numbers:
                shutil.copytree(model, place)
                harm, failed = _trial(what, worker, place, failure, nth, before)
                shutil.rmtree(place)
                yield harm
                if not failed:
                    break


def _trial(
    what: Operation, worker: Mortal, place: Path, failure: Failure, nth: int, before: frozenset[str]
) -> tuple[Harm, bool]:
    """The harm, and whether the disk failed at all."""
    disk = {
        "folder": str(place), "calls": failure.calls, "nth": nth,
        "errno": failure.number, "for_ever": failure.for_ever,
    }  # fmt: skip
    worker.born(name=what.name, place=str(place), steps=2, disk=disk)
    said = worker.left()
    failed = not {"disk 0"} & set(said)
    where = f"({failure.words}, number {nth})"
    stopped = next((one for one in said if one.startswith("broken ")), "")
    if stopped:
        return Harm("unopenable", f"{stopped} {where}"), failed
    harm, there = judge(what.find, place, said)
    if not harm.column:
        harmless = _HARMLESS_ON_A_DEAD_DISK if failure.for_ever else _HARMLESS
        surplus = {one for one in set(there) - before if not one.startswith(harmless)}
        surplus -= set(acknowledged(said))
        if failure.for_ever and f"refused {ProblemCode.SAVE_UNSURE.value}" in said:
            # A flush failed, and nothing could be taken back any more: people are told so.
            surplus.clear()
        if surplus:
            words = f"{sorted(surplus)[0].split()[0]} is there although it was refused"
            harm = Harm("doubled", words)
    return Harm(harm.column, f"{harm.words} {where}" if harm.column else ""), failed
