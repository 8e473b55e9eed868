"""The file is encrypted, and what must hold on a connection does hold on every one."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problems import ProblemCode, Refused
from app.storage.cipher import FILE_NAME, connect
from app.storage.store import Store, open_store
from tests.fakes import FixedClock
from tests.storage.village import KEY, opened, person, put, quarrel

WANTED = {
    "cipher_page_size": "4096",
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "busy_timeout": 5000,
    "cipher_log_level": "NONE",
}


@pytest.mark.parametrize("pragma", sorted(WANTED))
def test_pragma_is_on_in_every_connection(store: Store, folder: Path, pragma: str) -> None:
    first = connect(folder / FILE_NAME, KEY)
    second = connect(folder / FILE_NAME, KEY)
    try:
        for connection in (first, second):
            assert connection.execute(f"PRAGMA {pragma}").fetchone()[0] == WANTED[pragma]
    finally:
        first.close()
        second.close()


def test_nothing_typed_stands_in_any_file(folder: Path) -> None:
    store = opened(folder)
    planted = "卞不二zq"
    put(store, person(planted, phone="13800138000", note="只给调解员看"))
    with store.unit() as unit:
        unit.drafts.keep("session:1", planted)
        unit.commit()
        assert unit.lists.people("bbe")[0].name == planted
    store.back_up_daily()
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert {one.suffix for one in files} >= {".db", ".db-wal"}
    for file in files:
        content = file.read_bytes()
        for word in (planted, "13800138000", "只给调解员看", "SQLite format 3"):
            for encoding in ("utf-8", "utf-16-le"):
                assert word.encode(encoding) not in content, file.name
    store.close()


def test_another_key_opens_nothing(folder: Path) -> None:
    opened(folder).close()
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(Refused) as refused:
        open_store(folder, bytes(48), FixedClock(), app_version="0")
    assert refused.value.first.code is ProblemCode.STORE_DAMAGED
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_short_key_is_a_mistake_of_ours(folder: Path) -> None:
    folder.mkdir()
    with pytest.raises(ValueError, match="48 bytes"):
        connect(folder / FILE_NAME, b"short", mode="rwc")


def test_a_pragma_that_does_not_take_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(folder).close()
    monkeypatch.setattr("app.storage.cipher._PRAGMAS", (("synchronous", "NORMAL", 2),))
    with pytest.raises(RuntimeError, match="synchronous"):
        connect(folder / FILE_NAME, KEY)


def test_a_value_of_another_kind_is_refused_by_the_table(store: Store, folder: Path) -> None:
    head, records = quarrel()
    put(store, *records)
    connection = connect(folder / FILE_NAME, KEY)
    try:
        with pytest.raises(Exception, match="cannot store TEXT value in INTEGER"):
            connection.execute(
                "UPDATE case_head SET amount_claimed = '很多' WHERE id = ?", (head.id,)
            )
    finally:
        connection.close()


def test_a_party_of_no_case_cannot_be_stored(store: Store) -> None:
    _, records = quarrel()
    with pytest.raises(Exception, match="FOREIGN KEY"):
        put(store, records[-1])
