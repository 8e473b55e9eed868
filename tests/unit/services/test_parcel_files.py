"""Parcels on a stick: there or not, read back before they are called written, and found again among
whatever else lies there.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ids import new_id
from app.domain.problems import ProblemCode, Refused
from app.services.parcel_files import find_parcels, parcel_in, write_parcel
from app.wire.box import X25519Box
from app.wire.parcel import Address, Direction, examine, open_parcel, seal
from app.wire.volumes import HEAD_SIZE, MARK, SUM_SIZE, VolumeHead, VolumeSum
from tests.fakes import FakeDevice, signature_fits

VILLAGE, COUNTY = FakeDevice("village"), FakeDevice("county")
AROUND = HEAD_SIZE + SUM_SIZE
ROOT = Path(__file__).resolve().parents[3]


def put(
    folder: Path,
    data: bytes,
    *,
    name: str = "和事-0001",
    volume: int = 1 << 30,
    replace: bool = False,
) -> tuple[Path, ...]:
    chunks = [data[at : at + 777] for at in range(0, len(data), 777)]
    return write_parcel(
        chunks, folder, name, str(new_id()), owner="laptop", volume_bytes=volume, replace=replace
    )


def got(path: Path) -> bytes:
    return b"".join(parcel_in(path).chunks())


def code_of(path: Path) -> ProblemCode:
    with pytest.raises(Refused) as caught:
        got(path)
    return caught.value.first.code


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (1, ["和事-0001.heshi"]),
        (1000, ["和事-0001.heshi"]),
        (1001, ["和事-0001.1of2.heshi", "和事-0001.2of2.heshi"]),
        (2000, ["和事-0001.1of2.heshi", "和事-0001.2of2.heshi"]),
        (2001, [f"和事-0001.{number}of3.heshi" for number in (1, 2, 3)]),
    ],
)
def test_volumes_are_no_larger_than_allowed(tmp_path: Path, size: int, expected: list[str]) -> None:
    data = os.urandom(size)
    files = put(tmp_path, data, volume=1000 + AROUND)
    assert [one.name for one in files] == expected == names(tmp_path)
    assert all(one.stat().st_size <= 1000 + AROUND for one in files)
    assert all(got(one) == data for one in files)


@given(size=st.integers(1, 5000), room=st.integers(1, 2000))
@settings(
    max_examples=60,
    deadline=None,
    # Each example writes to a folder of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_size_and_any_volume_come_back(tmp_path: Path, size: int, room: int) -> None:
    folder = tmp_path / str(new_id())
    folder.mkdir()
    data = os.urandom(size)
    if -(-size // room) > 60:
        room = size // 60 + 1
    files = put(folder, data, volume=room + AROUND)
    assert len(files) == -(-size // room)
    assert got(files[-1]) == data


def test_a_missing_volume_is_named(tmp_path: Path) -> None:
    first, second, third = put(tmp_path, bytes(2500), volume=1000 + AROUND)
    second.unlink()
    with pytest.raises(Refused) as caught:
        got(third)
    assert caught.value.first.code is ProblemCode.PARCEL_INCOMPLETE
    assert caught.value.first.facts == {"volume": 2, "count": 3}
    assert find_parcels(tmp_path)[0].missing == (2,)
    assert parcel_in(first).missing == (2,)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_names_of_volumes_mean_nothing(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Swapped, renamed: every volume says itself which one it is."""
    data = os.urandom(2500)
    files = put(tmp_path, data, volume=1000 + AROUND)
    held = [one.read_bytes() for one in files]
    for one in files:
        one.unlink()
    for number in order:
        (tmp_path / f"{order.index(number)}-王村.HESHI").write_bytes(held[number])
    assert got(tmp_path / "0-王村.HESHI") == data


def test_volumes_of_two_parcels_do_not_mix(tmp_path: Path) -> None:
    one, other = os.urandom(2500), os.urandom(2500)
    files = put(tmp_path, one, volume=1000 + AROUND)
    others = put(tmp_path, other, name="和事-0002", volume=1000 + AROUND)
    assert (got(files[1]), got(others[1])) == (one, other)
    files[1].unlink()
    others[1].rename(files[1])
    assert code_of(files[0]) is ProblemCode.PARCEL_INCOMPLETE
    assert got(others[0]) == other


def test_a_copy_lying_beside_harms_nothing(tmp_path: Path) -> None:
    data = os.urandom(2500)
    files = put(tmp_path, data, volume=1000 + AROUND)
    held = files[1].read_bytes()
    files[1].with_name("副本.heshi").write_bytes(held[:-5] + bytes(5))
    (tmp_path / "0 副本.heshi").write_bytes(held[:200])
    assert got(files[0]) == data


def test_every_flip_and_every_cut_is_found(tmp_path: Path) -> None:
    (file,) = put(tmp_path, b"two words")
    whole = file.read_bytes()
    known = {
        ProblemCode.PARCEL_FOREIGN,
        ProblemCode.PARCEL_NEWER,
        ProblemCode.PARCEL_DAMAGED,
        ProblemCode.PARCEL_INCOMPLETE,
    }
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert code_of(file) in known
        file.write_bytes(whole[:at])
        assert code_of(file) in known


@pytest.mark.parametrize(("number", "count"), [(0, 1), (2, 1), (1, 0), (1, 10_000), (1, 1 << 31)])
def test_impossible_numbers_are_refused(tmp_path: Path, number: int, count: int) -> None:
    head = VolumeHead(str(new_id()), number, count)
    file = tmp_path / "x.heshi"
    file.write_bytes(head.raw + VolumeSum().close(head))
    assert code_of(file) is ProblemCode.PARCEL_DAMAGED


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    stick = tmp_path / "stick"
    outside.mkdir()
    stick.mkdir()
    (file,) = put(outside, b"x")
    (stick / "link.heshi").symlink_to(file)
    os.mkfifo(stick / "pipe.heshi")
    (stick / "folder.heshi").mkdir()
    (stick / "note.txt").write_bytes(MARK)
    (stick / "empty.heshi").touch()
    (stick / "photo.heshi").write_bytes(os.urandom(5000))
    assert find_parcels(stick) == ()
    for name in ("link", "pipe", "folder", "empty", "photo", "gone"):
        assert code_of(stick / f"{name}.heshi") in {
            ProblemCode.PARCEL_FOREIGN,
            ProblemCode.FILE_UNREADABLE,
        }


def test_a_name_that_is_taken_is_not_overwritten(tmp_path: Path) -> None:
    put(tmp_path, b"first")
    with pytest.raises(Refused) as caught:
        put(tmp_path, b"second")
    assert caught.value.first.code is ProblemCode.OUTPUT_UNWRITABLE
    assert names(tmp_path) == ["和事-0001.heshi"]
    assert got(tmp_path / "和事-0001.heshi") == b"first"
    put(tmp_path, b"second", replace=True)
    assert got(tmp_path / "和事-0001.heshi") == b"second"


def test_a_link_under_the_name_leads_nowhere(tmp_path: Path) -> None:
    stick, victim = tmp_path / "stick", tmp_path / "victim"
    stick.mkdir()
    victim.write_bytes(b"keep")
    (stick / "和事-0001.heshi").symlink_to(victim)
    put(stick, b"x", replace=True)
    assert victim.read_bytes() == b"keep"
    assert not (stick / "和事-0001.heshi").is_symlink()


def test_what_the_sender_raises_leaves_no_trace(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(3000)
        raise LookupError

    with pytest.raises(LookupError):
        write_parcel(
            broken(), tmp_path, "x", str(new_id()), owner="laptop", volume_bytes=1000 + AROUND
        )
    assert names(tmp_path) == []


def test_leftovers_of_this_owner_only_are_cleared(tmp_path: Path) -> None:
    for owner in ("laptop", "other"):
        (tmp_path / f"{owner}~和事-0000.1.part").write_bytes(bytes(10))
    put(tmp_path, b"x")
    assert names(tmp_path) == ["other~和事-0000.1.part", "和事-0001.heshi"]


def test_a_stick_that_alters_what_it_keeps_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a stick with less room than it claims, whose end reads as zeros."""
    honest = os.fsync

    def forgetful(descriptor: int) -> None:
        honest(descriptor)
        size = os.fstat(descriptor).st_size
        if size > 500:
            os.pwrite(descriptor, bytes(size - 500), 500)

    monkeypatch.setattr(os, "fsync", forgetful)
    with pytest.raises(Refused) as caught:
        put(tmp_path, os.urandom(3000))
    assert caught.value.first.code is ProblemCode.USB_UNRELIABLE
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EIO, ProblemCode.USB_GONE),
        (errno.ENODEV, ProblemCode.USB_GONE),
        (errno.ENOSPC, ProblemCode.USB_FULL),
        (errno.EROFS, ProblemCode.OUTPUT_UNWRITABLE),
    ],
)
@pytest.mark.parametrize("when", [1, 2, 3, 4])
def test_every_flush_may_meet_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: ProblemCode, when: int
) -> None:
    calls = 0
    honest = os.fsync

    def failing(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == when:
            raise OSError(number, "")
        honest(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(Refused) as caught:
        put(tmp_path, bytes(1500), volume=1000 + AROUND)
    assert caught.value.first.code is code
    assert names(tmp_path) == []


@pytest.mark.parametrize("where", ["folder", "volume"])
def test_a_stick_that_is_pulled(tmp_path: Path, where: str) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def pulled() -> Iterator[bytes]:
        yield bytes(1000)
        for one in stick.iterdir():
            one.unlink()
        if where == "folder":
            stick.rmdir()
        yield bytes(1000)

    with pytest.raises(Refused) as caught:
        write_parcel(pulled(), stick, "x", str(new_id()), owner="a", volume_bytes=1500 + AROUND)
    assert caught.value.first.code is ProblemCode.USB_GONE
    with pytest.raises(Refused) as caught:
        put(tmp_path / "never there", b"x")
    assert caught.value.first.code is ProblemCode.USB_GONE


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    folder.mkdir()
    tried = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if tried.returncode:
        pytest.skip("no right to mount")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs a real full disk")
def test_a_full_stick_is_left_as_it_was(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with small_disk(stick, "256k"):
        (stick / "photo.jpg").write_bytes(bytes(1000))
        with pytest.raises(Refused) as caught:
            put(stick, os.urandom(1_000_000))
        assert caught.value.first.code is ProblemCode.USB_FULL
        assert names(stick) == ["photo.jpg"]
        (stick / "laptop~和事-0000.1.part").write_bytes(bytes(200_000))
        put(stick, os.urandom(100_000))


def test_progress_tells_writing_and_then_reading_back(tmp_path: Path) -> None:
    told: list[tuple[int, bool]] = []
    write_parcel(
        [bytes(600), bytes(900)],
        tmp_path,
        "x",
        str(new_id()),
        owner="a",
        volume_bytes=1000 + AROUND,
        progress=lambda done, checking: told.append((done, checking)),
    )
    assert told == [(600, False), (1000, False), (1500, False), (1000, True), (1500, True)]


def test_fifty_megabytes_take_little_memory(tmp_path: Path) -> None:
    piece = os.urandom(1024 * 1024)
    address = Address(
        direction=Direction.TO_COUNTY,
        reader=COUNTY.box.public_key,
        parcel_id=str(new_id()),
        sender=VILLAGE.device_id,
    )
    list(seal([b""], address, VILLAGE.sign))  # loads what is loaded once
    tracemalloc.start()
    try:
        stream = seal((piece for _ in range(50)), address, VILLAGE.sign)
        files = write_parcel(
            stream, tmp_path, "x", address.parcel_id, owner="a", volume_bytes=20_000_000
        )
        parcel = parcel_in(files[0])
        head = examine(parcel.chunks()).head
        opened = open_parcel(parcel.chunks(), head, COUNTY.box)
        assert sum(len(one) for one in opened) == 50 * len(piece)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(files) == 3
    assert peak < 6 * 1024 * 1024


DYING = """
import os, sys
from pathlib import Path
from app.services.parcel_files import write_parcel
def stream():
    while True:
        yield os.urandom(5000)
        print("on", flush=True)
def told(done, checking):
    if checking:
        print("checking", flush=True)
def some(count):
    chunks = stream()
    return (next(chunks) for _ in range(count))
write_parcel(some(int(sys.argv[2])), Path(sys.argv[1]), "x", sys.argv[3], owner="dying",
             volume_bytes=20_000, progress=told)
print("done", flush=True)
"""


@pytest.mark.parametrize("word", ["on", "checking"])
@pytest.mark.parametrize("times", [1, 5, 11])
def test_a_death_leaves_nothing_that_looks_finished(tmp_path: Path, word: str, times: int) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    parcel = str(new_id())
    child = subprocess.Popen(
        [sys.executable, "-c", DYING, str(stick), "12", parcel],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    heard = 0
    for line in child.stdout:
        heard += line.strip() == word
        if heard == times or line.strip() == "done":
            break
    child.kill()
    child.wait()
    child.stdout.close()
    if any(one.endswith(".heshi") for one in names(stick)):
        # It was quicker than the kill. Then what has a name is whole, or tells that it is not.
        found = find_parcels(stick)[0]
        assert found.missing or b"".join(found.chunks())
    put(stick, b"x", name="y")
    write_parcel([b"x"], stick, "z", str(new_id()), owner="dying")
    assert not [one for one in names(stick) if one.endswith(".part")]


def test_a_parcel_of_the_first_version_is_read_for_ever() -> None:
    """Made once and kept: a village may bring a stick that lay in a drawer."""
    box = X25519Box(sha256(b"county box").hexdigest())
    parcel = parcel_in(ROOT / "tests" / "county" / "golden" / "parcel-1.heshi")
    found = examine(parcel.chunks())
    assert found.head.parcel_id == parcel.parcel_id == "01912345-6789-7abc-8def-0123456789ab"
    assert found.head.sender == VILLAGE.device_id
    assert signature_fits(VILLAGE.public_key, found.message, found.signature)
    assert b"".join(open_parcel(parcel.chunks(), found.head, box)).decode() == "屋檐滴水"
