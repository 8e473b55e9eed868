"""The plug is pulled: what a process wrote is recorded, and the disks that a power cut could have
left are opened and looked at, thousands of them.

Weaker settings of the store are tried too: they must lose something, or the trial sees nothing.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.storage.cipher import FILE_NAME, connect
from tests.faults.crash_images import Bench, Disk, Event, read_tape
from tests.faults.judging import Look, judge
from tests.faults.mortal import Mortal, mortal
from tests.faults.places import DATA, KEY, Found, Operation
from tests.faults.preloads import environment
from tests.faults.registry import operation
from tests.faults.trials import Harm, Outcome, Tier, timed

# Share of the images, and how many steps are recorded at a time.
PARTS = {
    "save a case": (32, 12),
    "add a file": (16, 8),
    "freeze an agreement": (8, 3),
    "rewrite the key slots": (8, 10),
    "backup and prune": (8, 9),
    "migrate an old store": (4, 1),
    "import a file of cases": (4, 2),
    "put on a stick": (5, 4),
    "read an answer": (4, 3),
    "take in parcels": (4, 2),
    "keep a file at the county": (7, 6),
}
CONTROLS: Mapping[str, Mapping[str, str]] = {
    "synchronous=NORMAL": {"synchronous": "NORMAL"},
    "synchronous=OFF": {"synchronous": "OFF"},
    "journal_mode=DELETE": {"journal_mode": "DELETE"},
}
# Pages: the log is merged every few saves, not once in the whole tape.
SMALL_CHECKPOINTS = {"wal_autocheckpoint": "40"}
IMAGES_A_TAPE = 500
SHORT, FULL, CONTROL = 200, 10_000, 500


def run(tier: Tier) -> list[Outcome]:
    """A row for each operation and each control. Raises `NotHere`."""
    rows = []
    whole = sum(share for share, _ in PARTS.values())
    with recorded_worker() as worker:
        for name, (share, _) in PARTS.items():
            count = max(10, tier.of(SHORT, FULL) * share // whole)
            row = Outcome(f"power loss: {name}")
            rows.append(timed(row, images(operation(name), worker, count)))
        for words, pragmas in CONTROLS.items():
            row = Outcome(f"power loss, control: {words}", must_fail=True)
            count = tier.of(60, CONTROL)
            rows.append(timed(row, images(operation("save a case"), worker, count, pragmas)))
    return rows


def recorded_worker() -> AbstractContextManager[Mortal]:
    """Workers that can be told to leave a tape. Raises `NotHere`."""
    return mortal("work", environment=environment("recorder"))


def images(
    what: Operation, worker: Mortal, count: int, pragmas: Mapping[str, str] | None = None
) -> Iterator[Harm]:
    """`count` disks, a fresh tape for every few hundred of them."""
    left = count
    while left:
        now = min(left, IMAGES_A_TAPE)
        left -= now
        with recorded(what, worker, PARTS[what.name][1], pragmas or {}) as tape:
            yield from _looked_at(what, tape, now)


@dataclass(frozen=True, slots=True)
class Tape:
    """What one life did: the folder as it was before, the events, and the place of the life."""

    before: Path
    events: Sequence[Event]
    place: Path


@contextmanager
def recorded(
    what: Operation, worker: Mortal, steps: int, pragmas: Mapping[str, str]
) -> Iterator[Tape]:
    """A tape of `steps` steps of an operation. Raises RuntimeError where the recorder missed
    something.
    """
    with tempfile.TemporaryDirectory(prefix="heshi-", dir=_quick_disk()) as folder:
        place, before = Path(folder) / "place", Path(folder) / "before"
        what.prepare(place)
        shutil.copytree(place / DATA, before)
        events = _live(what, worker, place, steps, {**SMALL_CHECKPOINTS, **pragmas})
        _demand_all_seen(before, events, place / DATA)
        yield Tape(before, events, place)


def _live(
    what: Operation, worker: Mortal, place: Path, steps: int, pragmas: Mapping[str, str]
) -> Sequence[Event]:
    tape = place.parent / "tape"
    record = {"folder": str(place / DATA), "tape": str(tape)}
    worker.born(name=what.name, place=str(place), steps=steps, record=record, pragmas=pragmas)
    stopped = [one for one in worker.left() if one.startswith(("refused ", "broken "))]
    if stopped:
        raise RuntimeError(f"the recorded life stopped: {stopped[0]}")
    return read_tape(tape)


def _demand_all_seen(before: Path, events: Sequence[Event], after: Path) -> None:
    """A recorder that misses a write would call a lost record safe, or a safe one lost."""
    disk = Disk(before)
    for event in events:
        disk.play(event)
    left = {
        str(path.relative_to(after)): path.read_bytes()
        for path in after.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }
    played = disk.everything().as_bytes()
    if played != left:
        differ = [name for name in {*played, *left} if played.get(name) != left.get(name)]
        raise RuntimeError(f"the recorder missed something of {sorted(differ)}")


def _looked_at(what: Operation, tape: Tape, count: int) -> Iterator[Harm]:
    """Disks of `count` moments, in the order of the tape."""
    chance = random.Random()
    # A moment just after a word is the one that tells: what was said must be there.
    spoken = [at for at, one in enumerate(tape.events) if one.kind == "A"]
    moments = [
        chance.choice(spoken) + 1 if chance.random() < 0.3 else chance.randrange(len(tape.events))
        for _ in range(count)
    ]
    disk, played, said = Disk(tape.before), 0, list[str]()
    place = tape.place.parent / "image"
    (place / DATA).mkdir(parents=True)
    bench = Bench(place / DATA)
    for moment in sorted(moments):
        for event in tape.events[played:moment]:
            disk.play(event)
            if event.kind == "A":
                said += event.data.decode().splitlines()
        played = max(played, moment)
        bench.lay(disk.image(chance))
        harm, _ = judge(_after_recovery(what), place, said)
        yield harm


def _after_recovery(what: Operation) -> Look:
    """The program looks before it repairs, and never meets a rollback journal; the control that
    leaves one must fail for what it lost.
    """

    def look(place: Path, said: Sequence[str]) -> Found:
        file = place / DATA / FILE_NAME
        if file.with_name(f"{FILE_NAME}-journal").exists():
            connect(file, KEY).close()
        return what.find(place, said)

    return look


def _quick_disk() -> str | None:
    """Where images may lie in memory: what is tried here is not this computer's disk."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 256 << 20
    return str(memory) if roomy and os.access(memory, os.W_OK) else None
