"""Old stores come forward, newer ones are left alone, and a copy is made before any change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.cases import Case
from app.domain.problems import ProblemCode, Refused
from app.services.lines import CaseQuery
from app.storage import migrations
from app.storage import store as store_module
from app.storage.cipher import FILE_NAME, connect
from app.storage.migrations import LATEST, MIGRATIONS, migrate, version_of
from app.storage.store import open_store
from tests.fakes import FixedClock
from tests.storage.old_databases.make import KEY as OLD_KEY
from tests.storage.village import KEY, opened, put, quarrel, raw, settle

OLD = sorted((Path(__file__).parent / "old_databases").glob("*.db"))
AT = datetime(2026, 11, 21, tzinfo=UTC)


@dataclass(frozen=True)
class NextStep:
    """A migration that only this test knows."""

    VERSION: int = LATEST + 1
    STATEMENTS: tuple[str, ...] = ("ALTER TABLE draft ADD COLUMN colour TEXT",)


def test_there_is_an_old_store_of_every_schema() -> None:
    assert [one.stem for one in OLD] == [f"schema_{one.VERSION:04d}" for one in MIGRATIONS]


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_old_store_opens_with_all_that_was_in_it(old: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(old.read_bytes())
    store = open_store(folder, OLD_KEY, FixedClock(), app_version="0")
    with store.unit() as unit:
        keys = unit.lists.case_keys(CaseQuery(text="zhangsan"))
        (line,) = unit.lists.case_lines(keys)
        file = unit.records.case_file(line.id)
        drafts = unit.drafts.all()
    assert (line.applicants, line.number) == ("张三", "〔2026〕九溪人调字第001号")
    assert [one.number for one in file.agreements] == [line.number]
    assert [one.key for one in drafts] == ["session:new"]
    assert store.is_sound()
    store.close()


def test_a_newer_store_is_refused_and_not_touched(folder: Path) -> None:
    opened(folder).close()
    connection = raw(folder)
    connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    connection.close()
    before = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
    with pytest.raises(Refused) as refused:
        opened(folder)
    assert refused.value.first.code is ProblemCode.STORE_NEWER
    assert refused.value.first.facts == {"version": LATEST + 1}
    after = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
    assert after[FILE_NAME] == before[FILE_NAME]
    assert not (folder / "backups").exists()


def test_the_log_of_a_newer_store_is_not_even_merged(folder: Path, tmp_path: Path) -> None:
    opened(folder).close()
    writer = raw(folder)
    writer.execute(f"PRAGMA user_version = {LATEST + 1}")
    # What is left when the newer program was killed: a file and its log.
    left = tmp_path / "left"
    left.mkdir()
    for name in (FILE_NAME, f"{FILE_NAME}-wal"):
        (left / name).write_bytes((folder / name).read_bytes())
    writer.close()
    before = [(left / name).read_bytes() for name in (FILE_NAME, f"{FILE_NAME}-wal")]
    with pytest.raises(Refused) as refused:
        opened(left)
    assert refused.value.first.code is ProblemCode.STORE_NEWER
    after = [(left / name).read_bytes() for name in (FILE_NAME, f"{FILE_NAME}-wal")]
    assert after == before


def test_a_step_forward_makes_a_copy_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(folder)
    settle(store)
    head, records = quarrel()
    put(store, *records)
    store.close()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, NextStep()))
    monkeypatch.setattr(migrations, "LATEST", LATEST + 1)
    monkeypatch.setattr(store_module, "LATEST", LATEST + 1)
    monkeypatch.setattr(migrate, "__defaults__", ((*MIGRATIONS, NextStep()),))
    again = opened(folder)
    with again.unit() as unit:
        assert unit.records.get(Case, head.id) == head
    again.close()
    connection = raw(folder)
    assert version_of(connection) == LATEST + 1
    rows = connection.execute("SELECT version FROM schema_version ORDER BY version").fetchall()
    assert rows == [(number,) for number in range(1, LATEST + 2)]
    connection.close()
    (copy,) = (folder / "backups").iterdir()
    kept = connect(copy, KEY, mode="ro")
    assert version_of(kept) == LATEST
    assert kept.execute("SELECT matter FROM case_head").fetchall() == [(head.matter,)]
    kept.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(folder: Path) -> None:
    opened(folder).close()
    connection = raw(folder)
    broken = NextStep(STATEMENTS=(*NextStep().STATEMENTS, "CREATE TABLE draft (x)"))
    with pytest.raises(Exception, match="draft"):
        migrate(connection, AT, "0", (*MIGRATIONS, broken))
    assert version_of(connection) == LATEST
    columns = [row[1] for row in connection.execute("PRAGMA table_info('draft')").fetchall()]
    assert "colour" not in columns
    connection.close()


def test_a_second_start_migrates_nothing(folder: Path) -> None:
    opened(folder).close()
    opened(folder).close()
    connection = raw(folder)
    assert connection.execute("SELECT COUNT(*) FROM schema_version").fetchone() == (LATEST,)
    connection.close()
    assert not (folder / "backups").exists()
