"""A few hundred power cuts in every run of the checks, and one control that must lose something."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.wire.volumes import ENDING, HEAD_SIZE, read_volume_head
from tests.faults.crash_images import Bench, Disk, Event
from tests.faults.mortal import Mortal
from tests.faults.power_loss import CONTROLS, PARTS, SHORT, images, recorded, recorded_worker
from tests.faults.registry import operation
from tests.faults.trials import NotHere, Outcome, timed


@pytest.fixture(scope="module")
def worker() -> Iterator[Mortal]:
    try:
        workers = recorded_worker()
    except NotHere as reason:
        pytest.skip(str(reason))
    with workers as one:
        yield one


@pytest.mark.parametrize("name", PARTS)
def test_no_power_cut_takes_what_was_called_safe(name: str, worker: Mortal) -> None:
    share = PARTS[name][0] / sum(one for one, _ in PARTS.values())
    row = timed(Outcome(name), images(operation(name), worker, int(SHORT * share)))
    assert (row.harm, row.first) == (0, "")


def test_a_weaker_store_is_caught(worker: Mortal) -> None:
    """Else all of the above would prove nothing. The two others are tried by ``dev.py faults``."""
    weaker = images(operation("save a case"), worker, 40, CONTROLS["synchronous=NORMAL"])
    assert timed(Outcome("control"), weaker).lost


def test_the_first_volume_comes_after_the_others(worker: Mortal) -> None:
    """Whoever sees it takes the parcel to the county."""
    chance, seen = random.Random(1), 0
    with recorded(operation("put on a stick"), worker, 4, {}) as tape:
        disk = Disk(tape.before)
        for event in tape.events:
            disk.play(event)
            if event.kind not in "RA":
                continue
            for _ in range(30):
                there = _volumes(disk.image(chance).as_bytes())
                for number, parcel, count in there:
                    seen += count > 1
                    if number == 1:
                        assert {(n, parcel, count) for n in range(1, count + 1)} <= there
    assert seen


def _volumes(files: Mapping[str, bytes]) -> set[tuple[int, str, int]]:
    heads = [
        read_volume_head(data[:HEAD_SIZE]) for name, data in files.items() if name.endswith(ENDING)
    ]
    return {(one.number, one.parcel_id, one.count) for one in heads}


def _event(kind: str, file: int = 0, data: bytes = b"", offset: int = 0) -> Event:
    return Event(kind, file, offset, data)


REPLACED = [
    _event("C", 2, b"new"),
    _event("W", 2, b"fresh"),
    _event("S", 2),
    _event("R", data=b"new\0file"),
]


def _left_by(tmp_path: Path, events: list[Event]) -> set[bytes]:
    """What may stand in ``file`` after a cut; b"" for nothing."""
    (tmp_path / "file").write_bytes(b"old")
    disk, chance = Disk(tmp_path), random.Random(1)
    for event in events:
        disk.play(event)
    return {disk.image(chance).as_bytes().get("file", b"") for _ in range(100)}


def test_a_new_name_is_sure_only_after_its_folder_was_flushed(tmp_path: Path) -> None:
    folder = [_event("O", 1, b"")]
    assert _left_by(tmp_path, folder + REPLACED) == {b"old", b"fresh"}
    assert _left_by(tmp_path, [*folder, *REPLACED, _event("S", 1)]) == {b"fresh"}


def test_bytes_that_were_not_flushed_may_be_torn(tmp_path: Path) -> None:
    events = [_event("C", 2, b"file"), _event("S", 2), _event("W", 2, b"a" * 1024)]
    left = _left_by(tmp_path, events)
    assert {b"", b"a" * 512, b"a" * 1024} <= left
    assert bytes(512) + b"a" * 512 in left


def test_a_file_that_takes_the_place_of_a_removed_one_stays(tmp_path: Path) -> None:
    """The log of the store is removed and made again under its old name."""
    events = [_event("U", data=b"file"), _event("C", 2, b"file"), _event("W", 2, b"log")]
    assert _left_by(tmp_path, [*events, _event("S", 2)]) == {b"log"}
    root_later = [_event("O", 1, b""), *events, _event("S", 2), _event("S", 1)]
    assert _left_by(tmp_path, root_later) == {b"log"}


def test_a_bench_holds_the_image_and_nothing_else(tmp_path: Path) -> None:
    before, bench = tmp_path / "before", tmp_path / "bench"
    (before / "folder").mkdir(parents=True)
    (before / "folder" / "file").write_bytes(b"one")
    (bench / "left").mkdir(parents=True)
    (bench / "left" / "over").write_bytes(b"")
    laid = Bench(bench)
    for _ in range(2):
        laid.lay(Disk(before).everything())
        found = {str(one.relative_to(bench)): one for one in bench.rglob("*")}
        assert sorted(found) == ["folder", "folder/file"]
        assert found["folder/file"].read_bytes() == b"one"
        found["folder/file"].write_bytes(b"changed by whoever opened it")
