"""A disk of six megabytes that runs full in the middle.

What was called safe stays, the refusal is a sentence, and with room again all goes on.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.problems import ProblemCode, Refused
from tests.faults.judging import acknowledged, judge, told
from tests.faults.places import Operation, Refusal
from tests.faults.registry import operation
from tests.faults.trials import Harm, NotHere, Outcome, Tier, timed

TRIED = (
    "save a case", "add a file", "freeze an agreement", "backup and prune", "rewrite the key slots",
    "import a file of cases", "put on a stick",
)  # fmt: skip
MEGABYTES = 6
MOST_STEPS = 300
ROOM = 700_000  # bytes that are free at most when a life begins
SHORT, FULL = 3, 40


def run(tier: Tier) -> list[Outcome]:
    """A row for each operation. Raises `NotHere`."""
    rows = []
    with small_disk() as disk:
        for name in TRIED:
            row = Outcome(f"full disk: {name}")
            rows.append(timed(row, fillings(operation(name), disk, tier.of(SHORT, FULL))))
    return rows


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system in memory. Raises `NotHere` where none can be mounted."""
    mount = shutil.which("mount")
    if not mount or not hasattr(os, "getuid") or os.getuid() != 0:
        raise NotHere("needs an administrator, who may mount a small file system")
    with tempfile.TemporaryDirectory(prefix="heshi-") as folder:
        command = [mount, "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "heshi-test", folder]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            raise NotHere("no file system can be mounted here")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def fillings(what: Operation, disk: Path, count: int) -> Iterator[Harm]:
    """`count` lives that meet the end of the disk, each at another byte."""
    chance = random.Random()
    with tempfile.TemporaryDirectory(prefix="heshi-") as folder:
        model, place, filler = Path(folder) / "model", disk / "place", disk / "filler"
        what.prepare(model)
        for _ in range(count):
            shutil.copytree(model, place)
            room = chance.randrange(ROOM)
            filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - room)))
            said: list[str] = []
            harm = _until_full(what, place, said)
            filler.unlink()
            if not harm.column:
                harm, _ = judge(what.find, place, said)
            if not harm.column:
                harm = _goes_on(what, place, said)
            shutil.rmtree(place)
            yield harm


def _until_full(what: Operation, place: Path, said: list[str]) -> Harm:
    steps = min(MOST_STEPS, what.steps)
    try:
        with what.begin(place, said.append) as step:
            for number in range(steps):
                step(number)
                # What needs no more room each time meets a wall that comes nearer.
                with (place.parent / "more").open("ab") as more:
                    more.write(bytes(3000))
    except (Refused, Refusal) as refused:
        code = refused.problems[0].code
        full = code in (ProblemCode.DISK_FULL, ProblemCode.USB_FULL)
        return Harm() if full else Harm("unopenable", f"a full disk is called {code.value}")
    except OSError:  # our own file was the one that met the wall
        return Harm()
    except Exception as error:  # whatever it is, it is no sentence
        return Harm("unopenable", told(error))
    finally:
        (place.parent / "more").unlink(missing_ok=True)
    return Harm("unopenable", "the disk never ran full")


def _goes_on(what: Operation, place: Path, said: list[str]) -> Harm:
    before = len(acknowledged(said))
    try:
        with what.begin(place, said.append) as step:
            step(0)
    except Exception as error:  # there is room again: nothing may stop it
        return Harm("unopenable", f"with room again: {told(error)}")
    if len(acknowledged(said)) == before:
        return Harm("unopenable", "with room again nothing was called safe")
    return judge(what.find, place, said)[0]
