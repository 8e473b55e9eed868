"""Files of cases on the disk: never plain, found damaged when they are, kept once, copied along."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.acts import Act
from app.domain.problems import ProblemCode, Refused
from app.storage.file_pieces import PIECE
from app.storage.file_places import sweep
from app.storage.store import Store
from tests.fakes import NOON
from tests.storage.village import count, opened, put, quarrel, raw

WORDS = "张三按了指印".encode()
SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7)


def kept(store: Store, data: bytes) -> str:
    with store.unit() as unit:
        digest = unit.files.keep(data)
        unit.commit()
    return digest


def files(folder: Path, root: str = "attachments") -> list[Path]:
    return sorted(one for one in (folder / root).rglob("*") if one.is_file())


def refusal_of(store: Store, digest: str) -> ProblemCode:
    with store.unit() as unit, pytest.raises(Refused) as refused:
        unit.files.read(digest)
    return refused.value.first.code


@pytest.mark.parametrize("size", SIZES)
def test_what_was_kept_is_read(store: Store, size: int) -> None:
    data = os.urandom(size)
    digest = kept(store, data)
    assert digest == sha256(data).hexdigest()
    with store.unit() as unit:
        assert unit.files.read(digest) == data
        assert unit.files.has(digest)


def test_nothing_of_it_lies_plain_on_the_disk(store: Store, folder: Path) -> None:
    data = WORDS * 20_000
    digest = kept(store, data)
    store.back_up_daily()
    for place in (one for one in folder.rglob("*") if one.is_file()):
        assert WORDS not in place.read_bytes()
        assert digest[:16] not in str(place)
    assert sha256(digest.encode()).hexdigest()[:16] not in str(files(folder))
    if os.name == "posix":
        assert files(folder)[0].stat().st_mode & 0o077 == 0


def test_the_same_bytes_are_kept_once(store: Store, folder: Path) -> None:
    assert kept(store, WORDS) == kept(store, WORDS)
    assert len(files(folder)) == 1
    assert count(folder, "attachment_file") == 1


def test_without_commit_the_file_counts_for_nothing(store: Store, folder: Path) -> None:
    with store.unit() as unit:
        digest = unit.files.keep(WORDS)
        assert unit.files.read(digest) == WORDS
    with store.unit() as unit:
        assert not unit.files.has(digest)
    assert refusal_of(store, digest) is ProblemCode.ATTACHMENT_MISSING


def test_two_units_that_keep_the_same_leave_one_file(store: Store, folder: Path) -> None:
    with store.unit() as one, store.unit() as other:
        digest = one.files.keep(WORDS)
        assert other.files.keep(WORDS) == digest
        one.commit()
        other.commit()
    assert len(files(folder)) == 1
    with store.unit() as unit:
        assert unit.files.read(digest) == WORDS


def test_keeping_a_file_does_not_hide_that_a_record_changed(store: Store) -> None:
    head, records = quarrel()
    put(store, *records)
    with store.unit() as slow:
        case = slow.records.get(type(head), head.id)
        slow.files.keep(WORDS)
        put(store, replace(case, matter="地界"))
        with pytest.raises(Refused) as refused:
            slow.records.put(replace(case, matter="道路"))
            slow.commit(Act.CASE_SAVED)
    assert refused.value.first.code is ProblemCode.CHANGED_MEANWHILE


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_is_found(store: Store, folder: Path, data: st.DataObject) -> None:
    plain = bytes(range(256)) * 600  # three pieces
    digest = kept(store, plain)
    place = files(folder)[0]
    whole = place.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    place.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
    assert refusal_of(store, digest) is ProblemCode.ATTACHMENT_DAMAGED
    place.write_bytes(whole)
    with store.unit() as unit:
        assert unit.files.read(digest) == plain


def test_cutting_swapping_and_lengthening_are_found(store: Store, folder: Path) -> None:
    digest = kept(store, os.urandom(3 * PIECE))
    place = files(folder)[0]
    whole = place.read_bytes()
    head, sealed = whole[: -3 * (PIECE + 16)], whole[-3 * (PIECE + 16) :]
    pieces = [sealed[at : at + PIECE + 16] for at in range(0, len(sealed), PIECE + 16)]
    for order in ((1, 0, 2), (0, 2, 1), (0, 1), (0, 1, 1), (0, 1, 2, 2), ()):
        place.write_bytes(head + b"".join(pieces[one] for one in order))
        assert refusal_of(store, digest) is ProblemCode.ATTACHMENT_DAMAGED


def test_a_lost_or_cut_file_is_mended_by_keeping_it_again(store: Store, folder: Path) -> None:
    digest = kept(store, WORDS)
    place = files(folder)[0]
    place.unlink()
    assert refusal_of(store, digest) is ProblemCode.ATTACHMENT_MISSING
    assert kept(store, WORDS) == digest
    place.write_bytes(place.read_bytes()[:-3])
    with store.unit() as unit:
        assert not unit.files.has(digest)
    assert kept(store, WORDS) == digest
    with store.unit() as unit:
        assert unit.files.read(digest) == WORDS


def test_copies_of_the_store_have_the_files_and_step_in(store: Store, folder: Path) -> None:
    digest = kept(store, WORDS)
    store.back_up_daily()
    place = files(folder)[0]
    assert [one.name for one in files(folder, "backups/attachments")] == [place.name]
    place.unlink()
    with store.unit() as unit:
        assert unit.files.read(digest) == WORDS


def test_where_a_disk_has_no_second_names_files_are_copied(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*names: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_link)
    kept(store, WORDS)
    store.back_up_daily()
    copy = files(folder, "backups/attachments")[0]
    assert copy.read_bytes() == files(folder)[0].read_bytes()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, ProblemCode.DISK_FULL),
        (errno.EIO, ProblemCode.STORE_FOLDER_UNUSABLE),
    ],
)
def test_a_full_or_broken_disk_is_said_and_leaves_nothing(
    store: Store,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    code: ProblemCode,
) -> None:
    def no_room(handle: int) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", no_room)
    with store.unit() as unit, pytest.raises(Refused) as refused:
        unit.files.keep(WORDS)
    assert refused.value.first.code is code
    assert files(folder) == []


def test_what_a_crash_left_is_swept_later(store: Store, folder: Path) -> None:
    digest = kept(store, WORDS)
    with store.unit() as unit:
        unit.files.keep(b"never committed")
    begun = folder / "attachments" / "ab" / ".x.part"
    begun.parent.mkdir(exist_ok=True)
    begun.write_bytes(b"half")
    connection = raw(folder)
    now = NOON.timestamp()
    for place in files(folder):
        os.utime(place, (now, now))
    assert sweep(connection, folder, NOON + timedelta(hours=23)) == 0
    assert sweep(connection, folder, NOON + timedelta(days=2)) == 1
    assert sweep(connection, folder, NOON + timedelta(days=89)) == 0
    assert sweep(connection, folder, NOON + timedelta(days=91)) == 1
    connection.close()
    with store.unit() as unit:
        assert unit.files.read(digest) == WORDS
    assert len(files(folder)) == 1


def test_files_are_there_when_the_store_is_opened_again(store: Store, folder: Path) -> None:
    digest = kept(store, WORDS)
    store.close()
    again = opened(folder)
    with again.unit() as unit:
        assert unit.files.read(digest) == WORDS
    again.close()
