"""Copies: encrypted, opened again before they count, and never too many."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.problems import ProblemCode, Refused
from app.storage import backup
from app.storage.backup import BadCopy, copy_store
from app.storage.cipher import connect, is_sound
from app.storage.store import Store, open_store
from tests.fakes import FakeDevice, FixedClock, signature_fits
from tests.storage.village import KEY, put, quarrel, raw


def test_a_copy_holds_what_is_still_in_the_log(store: Store, folder: Path) -> None:
    put(store, *quarrel()[1])
    made = store.back_up_daily()
    assert made is not None
    assert made.name == "heshi-2026-11-21.db"
    copy = connect(made, KEY, mode="ro")
    assert is_sound(copy)
    assert copy.execute("SELECT COUNT(*) FROM case_head").fetchone() == (1,)
    copy.close()
    assert store.back_up_daily() is None
    assert [one.name for one in made.parent.iterdir()] == [made.name]
    assert "张三".encode() not in made.read_bytes()


def test_seven_days_are_kept(folder: Path) -> None:
    clock = FixedClock()
    store = open_store(folder, KEY, clock, app_version="0")
    store.attach(FakeDevice(), signature_fits)
    for _ in range(10):
        store.back_up_daily()
        clock.moment += timedelta(days=1)
    names = sorted(one.name for one in (folder / "backups").iterdir())
    assert names == [f"heshi-2026-11-{day}.db" for day in range(24, 31)]
    store.close()


def test_a_store_comes_back_from_its_copy(store: Store, folder: Path, tmp_path: Path) -> None:
    head, records = quarrel()
    put(store, *records)
    made = store.back_up_daily()
    assert made is not None
    new = tmp_path / "new"
    new.mkdir()
    made.rename(new / "heshi.db")
    again = open_store(new, KEY, FixedClock(), app_version="0")
    again.attach(FakeDevice(), signature_fits)
    with again.unit() as unit:
        assert unit.records.case_file(head.id).case == head
        assert unit.journal.verify().broken_at is None
    again.close()


def test_a_copy_that_is_not_whole_does_not_count(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "is_sound", lambda connection: False)
    connection = raw(folder)
    with pytest.raises(BadCopy):
        copy_store(connection, KEY, folder / "backups" / "x.db")
    connection.close()
    assert list((folder / "backups").iterdir()) == []
    with pytest.raises(Refused) as refused:
        store.back_up_daily()
    assert refused.value.first.code is ProblemCode.STORE_DAMAGED


def test_no_room_for_a_copy_is_said(store: Store, folder: Path) -> None:
    (folder / "backups").write_bytes(b"")
    with pytest.raises(Refused) as refused:
        store.back_up_daily()
    assert refused.value.first.code is ProblemCode.STORE_FOLDER_UNUSABLE
