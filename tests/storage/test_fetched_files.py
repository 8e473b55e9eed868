"""Files piece by piece: sent without being loaded, fetched over days, and whole or not there."""

from __future__ import annotations

import errno
import os
import tracemalloc
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.attachments import SIZE_LIMIT
from app.domain.problems import ProblemCode, Refused
from app.storage.file_pieces import PIECE
from app.storage.file_places import sweep
from app.storage.store import Store
from tests.fakes import NOON
from tests.storage.test_attachments import files, kept
from tests.storage.village import count, opened, raw

WORDS = "张三按了指印".encode() * 3000
NAME = sha256(WORDS).hexdigest()


def take(store: Store, data: bytes, offset: int, *, name: str = NAME, size: int = 0) -> int:
    with store.unit() as unit:
        end = unit.files.take(name, size or len(WORDS), offset, data)
        unit.commit()
    return end


def coming(store: Store) -> int:
    with store.unit() as unit:
        return unit.files.coming(NAME, len(WORDS))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_pieces_from_anywhere_are_the_rest_of_the_file(store: Store, size: int) -> None:
    data = os.urandom(size)
    digest = kept(store, data)
    for offset in {0, 1, size // 2, PIECE - 1, PIECE, PIECE + 1, size - 1, size, size + 9}:
        if offset < 0:
            continue
        with store.unit() as unit:
            pieces = unit.files.pieces(digest, offset)
        got = list(pieces)  # the unit of work is over
        assert b"".join(got) == data[offset:]
        assert all(0 < len(one) <= PIECE for one in got)


def test_pieces_hold_little_memory(store: Store) -> None:
    digest = kept(store, bytes(12_000_000))
    with store.unit() as unit:
        pieces = unit.files.pieces(digest)
        tracemalloc.start()
        total = sum(len(one) for one in pieces)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert total == 12_000_000
    assert peak < 1_000_000


def test_pieces_come_from_the_copy_where_the_file_is_gone_or_damaged(
    store: Store, folder: Path
) -> None:
    data = os.urandom(3 * PIECE)
    digest = kept(store, data)
    store.back_up_daily()
    place, copy = files(folder)[0], files(folder, "backups/attachments")[0]
    whole = place.read_bytes()
    place.unlink()  # the copy has the same content under another name
    place.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with store.unit() as unit:
        assert b"".join(unit.files.pieces(digest)) == data  # from the third piece on the copy
        place.unlink()
        assert b"".join(unit.files.pieces(digest, 5)) == data[5:]
        copy.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
        with pytest.raises(Refused) as refused:
            list(unit.files.pieces(digest))
        assert refused.value.first.code is ProblemCode.ATTACHMENT_DAMAGED
        copy.unlink()
        with pytest.raises(Refused) as refused:
            unit.files.pieces(digest)
        assert refused.value.first.code is ProblemCode.ATTACHMENT_MISSING


def test_a_fetched_file_becomes_one_like_any_other(store: Store, folder: Path) -> None:
    assert coming(store) == 0
    assert take(store, WORDS[:20_000], 0) == 20_000
    with store.unit() as unit:
        assert not unit.files.has(NAME)
    assert take(store, WORDS[20_000:], 20_000) == len(WORDS)
    with store.unit() as unit:
        assert unit.files.read(NAME) == WORDS
        assert unit.files.coming(NAME, len(WORDS)) == len(WORDS)
    assert len(files(folder)) == 1
    assert (count(folder, "file_coming"), count(folder, "attachment_file")) == (0, 1)


def test_what_has_come_outlives_the_program_and_is_not_plain(store: Store, folder: Path) -> None:
    take(store, WORDS[:50_000], 0)
    store.close()
    assert all("张三".encode() not in one.read_bytes() for one in files(folder))
    assert NAME[:16] not in str(files(folder))
    again = opened(folder)
    assert coming(again) == 50_000
    assert take(again, WORDS[50_000:], 50_000) == len(WORDS)
    again.close()


def test_what_has_come_stays_without_a_commit_too(store: Store) -> None:
    with store.unit() as unit:
        unit.files.take(NAME, len(WORDS), 0, WORDS[:10])
        unit.commit()
    with store.unit() as unit:
        unit.files.take(NAME, len(WORDS), 10, WORDS[10:500])
    assert coming(store) == 500


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_way_of_cutting_makes_the_same_file(store: Store, data: st.DataObject) -> None:
    # Long enough to be another file each time: the store of the last example is still there.
    plain = os.urandom(data.draw(st.sampled_from((16, 100, PIECE + 1, 2 * PIECE))))
    name, size = sha256(plain).hexdigest(), len(plain)
    cuts = st.tuples(st.integers(0, size - 1), st.integers(1, size))
    end = take(store, b"", 0, name=name, size=size)  # begun: from here on no commit is needed
    while end < size:
        with store.unit() as unit:
            for at, length in data.draw(st.lists(cuts, max_size=4)):
                before = unit.files.coming(name, size)
                end = unit.files.take(name, size, at, plain[at : at + length])
                assert end == (min(size, max(before, at + length)) if at <= before else before)
            if end < size:
                step = data.draw(st.integers(-(-size // 5), size))
                end = unit.files.take(name, size, end, plain[end : end + step])
            if data.draw(st.booleans()) or end == size:
                unit.commit()
        with store.unit() as unit:
            assert unit.files.coming(name, size) == end
    with store.unit() as unit:
        assert unit.files.read(name) == plain


@pytest.mark.parametrize("left", [0, 3, 15, 16, 40, 20_000])
def test_a_torn_end_is_cut_off_and_comes_again(store: Store, folder: Path, left: int) -> None:
    take(store, WORDS[:10_000], 0)
    [place] = files(folder)
    whole = len(place.read_bytes())
    take(store, WORDS[10_000:40_000], 10_000)
    stored = place.read_bytes()
    place.write_bytes(stored[: whole + left])
    assert coming(store) == 10_000
    # What a power cut may leave: the length is there and the bytes are not.
    place.write_bytes(stored[: whole + 16] + bytes(len(stored) - whole - 16))
    assert coming(store) == 10_000
    place.write_bytes(stored[:whole] + bytes(len(stored) - whole))
    assert coming(store) == 10_000
    assert take(store, WORDS[10_000:10_100], 10_000) == coming(store) == 10_100
    assert place.stat().st_size < whole + 200  # nothing of the torn end is left behind it
    assert take(store, WORDS[10_100:], 10_100) == len(WORDS)


def test_wrong_bytes_are_thrown_away_altogether(store: Store, folder: Path) -> None:
    take(store, b"X" + WORDS[1:-5], 0)
    with store.unit() as unit:
        with pytest.raises(Refused) as refused:
            unit.files.take(NAME, len(WORDS), len(WORDS) - 5, WORDS[-5:])
        assert refused.value.first.code is ProblemCode.ATTACHMENT_DAMAGED
        unit.settings.put("after", "all the same")
        unit.commit()
    assert files(folder) == []
    assert (count(folder, "file_coming"), count(folder, "attachment_file")) == (0, 0)
    assert coming(store) == 0
    assert take(store, WORDS, 0) == len(WORDS)


def test_damage_on_this_disk_is_found_at_the_end(store: Store, folder: Path) -> None:
    take(store, WORDS[:10_000], 0)
    take(store, WORDS[10_000:-5], 10_000)
    [place] = files(folder)
    stored = bytearray(place.read_bytes())
    stored[500] ^= 1
    place.write_bytes(stored)
    with pytest.raises(Refused) as refused:
        take(store, WORDS[-5:], len(WORDS) - 5)
    assert refused.value.first.code is ProblemCode.ATTACHMENT_DAMAGED
    assert coming(store) == 0


def test_another_size_begins_anew(store: Store) -> None:
    take(store, b"x" * 100, 0, size=200)
    assert coming(store) == 0
    assert take(store, WORDS, 0) == len(WORDS)


@pytest.mark.parametrize("size", [0, -1, SIZE_LIMIT + 1])
def test_a_size_that_cannot_be_is_refused(store: Store, size: int) -> None:
    with store.unit() as unit, pytest.raises(Refused) as refused:
        unit.files.take(NAME, size, 0, b"x")
    assert refused.value.first.code is ProblemCode.FILE_TOO_LARGE


def test_a_file_that_was_lost_here_is_mended_from_the_county(store: Store, folder: Path) -> None:
    kept(store, WORDS)
    files(folder)[0].unlink()
    assert take(store, WORDS, 0) == len(WORDS)
    with store.unit() as unit:
        assert unit.files.read(NAME) == WORDS
    assert count(folder, "attachment_file") == 1


def test_two_programs_that_fetch_the_same_do_not_mix(store: Store) -> None:
    with store.unit() as one:
        one.files.take(NAME, len(WORDS), 0, WORDS[:1000])
        one.commit()
    with store.unit() as two:
        assert two.files.take(NAME, len(WORDS), 500, WORDS[500:3000]) == 3000
        two.commit()
    assert take(store, WORDS[3000:], 3000) == len(WORDS)


def test_a_full_disk_is_said_and_keeps_what_came(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(store, WORDS[:40_000], 0)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with store.unit() as unit, pytest.raises(Refused) as refused:
            unit.files.take(NAME, len(WORDS), 40_000, WORDS[40_000:])
            unit.commit()
    assert refused.value.first.code is ProblemCode.DISK_FULL
    with store.unit() as unit:
        assert not unit.files.has(NAME)
    assert take(store, WORDS[-1:], len(WORDS) - 1) == len(WORDS)


def test_what_is_coming_is_neither_swept_nor_copied(store: Store, folder: Path) -> None:
    take(store, WORDS[:1000], 0)
    [place] = files(folder)
    os.utime(place, (NOON.timestamp(), NOON.timestamp()))
    connection = raw(folder)
    store.back_up_daily()
    assert files(folder, "backups/attachments") == []
    assert sweep(connection, folder, NOON + timedelta(days=400)) == 0
    connection.execute("DELETE FROM file_coming")
    assert sweep(connection, folder, NOON + timedelta(days=2)) == 1
    connection.close()
