"""What the world does to a store: full and read-only disks, damage, others at the file.

Nothing acknowledged is lost.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3.dbapi2 import OperationalError

from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, Refused
from app.services.lines import CaseQuery
from app.storage.cipher import FILE_NAME, Connection
from app.storage.quick import QuickStore
from app.storage.store import Store
from app.storage.unit_of_work import UnitOfWork
from tests.storage.village import KEY, count, opened, put, quarrel, raw, settle

ROOT = Path(__file__).resolve().parents[2]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> ProblemCode:
    return refused.value.first.code


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB; only an administrator can make one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if not mount or os.getuid() != 0:
        pytest.skip("needs an administrator")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=3m", "heshi-test", str(place)], check=False
    )
    if done.returncode:
        pytest.skip("no file systems can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_said_and_what_is_stored_stays(small_disk: Path) -> None:
    folder = small_disk / "data"
    store = opened(folder)
    settle(store)
    saved: list[RecordId] = []
    with pytest.raises(Refused) as refused:
        for _ in range(2000):
            head, records = quarrel(facts="屋檐滴水" * 2000)
            put(store, *records)
            saved.append(head.id)
    assert code_of(refused) is ProblemCode.DISK_FULL
    assert saved
    with store.unit() as unit:
        assert len(unit.lists.case_keys(CaseQuery())) == len(saved)
        assert unit.records.get(Case, saved[-1]).facts.startswith("屋檐")
        assert unit.journal.verify().broken_at is None
    with pytest.raises(Refused) as again, store.unit() as unit:
        unit.drafts.keep("case:1", "屋" * 400_000)
        unit.commit()
    assert code_of(again) is ProblemCode.DISK_FULL
    with pytest.raises(Refused) as copying:
        store.back_up_daily()
    assert code_of(copying) is ProblemCode.DISK_FULL
    assert list((folder / "backups").iterdir()) == []
    store.close()


def test_a_new_store_on_a_full_disk(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * (3 << 20))
    with pytest.raises(Refused) as refused:
        opened(small_disk / "data")
    assert code_of(refused) is ProblemCode.DISK_FULL


def test_a_read_only_disk_is_said_at_the_start(small_disk: Path) -> None:
    folder = small_disk / "data"
    store = opened(folder)
    settle(store)
    store.close()
    before = (folder / FILE_NAME).read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for attempt in (lambda: opened(folder), lambda: QuickStore(folder, KEY)):
        with pytest.raises(Refused) as refused:
            attempt()
        assert code_of(refused) is ProblemCode.STORE_READ_ONLY
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_limit_on_the_file_is_said_too(folder: Path) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from app.domain.problems import Refused;"
        "from tests.storage.village import opened, settle, put, quarrel;"
        "store = opened(Path(sys.argv[1])); settle(store);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
        "try:\n"
        "    for _ in range(2000): put(store, *quarrel(facts='屋檐' * 4000)[1])\n"
        "except Refused as refused: print(refused)\n"
    )
    command = [sys.executable, "-c", script, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("save_unsure", "disk_full")
    assert done.stderr == ""
    found = count(folder, "case_head")
    assert found == count(folder, "journal_entry") - 1 > 0


class _BadFlush:
    """A connection whose statements that begin with `words` end with `name`, as SQLite says it."""

    def __init__(self, connection: Connection, words: str, name: str) -> None:
        self._connection, self._words, self._name = connection, words, name

    def execute(self, statement: str, *values: object) -> Any:
        if statement.startswith(self._words):
            error = OperationalError("disk I/O error")
            error.sqlite_errorname = self._name
            raise error
        return self._connection.execute(statement, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _case(unit: UnitOfWork) -> Act:
    for record in quarrel()[1]:
        unit.records.put(record)
    return Act.CASE_SAVED


def _draft(unit: UnitOfWork) -> None:
    unit.drafts.keep("case:1", "屋檐滴水")


def _setting(unit: UnitOfWork) -> None:
    unit.settings.put("county.last_contact", "2026-03-15T00:00:00+00:00")


def _look(unit: UnitOfWork) -> None:
    unit.lists.status()


@pytest.mark.parametrize(
    ("work", "words", "name", "code"),
    [
        (_case, "COMMIT", "SQLITE_IOERR_FSYNC", ProblemCode.SAVE_UNSURE),
        (_draft, "COMMIT", "SQLITE_IOERR_FSYNC", ProblemCode.SAVE_UNSURE),
        (_setting, "COMMIT", "SQLITE_IOERR_FSYNC", ProblemCode.STORE_FOLDER_UNUSABLE),
        (_look, "COMMIT", "SQLITE_IOERR_READ", ProblemCode.STORE_FOLDER_UNUSABLE),
        (_case, "COMMIT", "SQLITE_CANTOPEN", ProblemCode.STORE_FOLDER_UNUSABLE),
        (
            _case,
            "INSERT INTO journal_entry",
            "SQLITE_IOERR_READ",
            ProblemCode.STORE_FOLDER_UNUSABLE,
        ),
        (_case, "COMMIT", "SQLITE_FULL", ProblemCode.DISK_FULL),
    ],
)
def test_only_what_somebody_wrote_may_be_unsure_and_only_when_the_last_step_broke(
    store: Store,
    work: Callable[[UnitOfWork], Act | None],
    words: str,
    name: str,
    code: ProblemCode,
) -> None:
    with pytest.raises(Refused) as refused, store.unit() as unit:
        act = work(unit)
        unit._transaction._connection = _BadFlush(unit._transaction._connection, words, name)
        unit.commit(act)
    assert code_of(refused) is code


def _damage(file: Path, page: int) -> None:
    with file.open("r+b") as handle:
        handle.seek(4096 * page + 1000)
        byte = handle.read(1)
        handle.seek(-1, os.SEEK_CUR)
        handle.write(bytes([byte[0] ^ 1]))


def test_one_flipped_bit_in_any_page_is_found(folder: Path) -> None:
    store = opened(folder)
    settle(store)
    put(store, *quarrel(facts="屋檐滴水" * 3000)[1])
    store.close()
    whole = (folder / FILE_NAME).read_bytes()
    pages = len(whole) // 4096
    for page in random.Random(1).sample(range(1, pages), min(pages - 1, 12)):
        (folder / FILE_NAME).write_bytes(whole)
        _damage(folder / FILE_NAME, page)
        try:
            damaged = opened(folder)
        except Refused as refused:
            assert refused.first.code is ProblemCode.STORE_DAMAGED
            continue
        assert not damaged.is_sound()
        damaged.close()


def test_damage_met_on_the_way_is_said(folder: Path) -> None:
    store = opened(folder)
    settle(store)
    head, records = quarrel(facts="屋檐滴水" * 3000)
    put(store, *records)
    store.close()
    for page in range(1, (folder / FILE_NAME).stat().st_size // 4096):
        _damage(folder / FILE_NAME, page)
    with pytest.raises(Refused) as refused:
        again = opened(folder)
        try:
            with again.unit() as unit:
                unit.records.get(Case, head.id)
        finally:
            again.close()
    assert code_of(refused) is ProblemCode.STORE_DAMAGED


@pytest.mark.parametrize("content", [b"", b"\0" * 8192, b"not a store at all" * 500])
def test_a_file_that_is_no_store(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(content)
    if not content:
        # An empty file is what a crash right after its creation leaves: it becomes a new store.
        opened(folder).close()
        return
    with pytest.raises(Refused) as refused:
        opened(folder)
    assert code_of(refused) is ProblemCode.STORE_DAMAGED
    assert (folder / FILE_NAME).read_bytes() == content


def test_somebody_else_is_writing(folder: Path) -> None:
    store = opened(folder, patience_ms=50)
    settle(store)
    other = raw(folder)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refused) as refused:
        put(store, *quarrel()[1])
    assert code_of(refused) is ProblemCode.STORE_BUSY
    with store.unit() as unit:
        assert unit.lists.case_keys(CaseQuery()) == ()
    other.execute("ROLLBACK")
    other.close()
    put(store, *quarrel()[1])
    store.close()
    assert count(folder, "case_head") == 1


def test_a_folder_that_is_a_file(folder: Path) -> None:
    folder.write_bytes(b"")
    with pytest.raises(Refused) as refused:
        opened(folder)
    assert code_of(refused) is ProblemCode.STORE_FOLDER_UNUSABLE


def test_no_exception_of_ours_holds_what_was_typed(folder: Path) -> None:
    store = opened(folder)
    settle(store)
    connection = raw(folder)
    connection.execute(
        "CREATE TRIGGER crash BEFORE INSERT ON person BEGIN SELECT RAISE(ABORT, 'crash'); END"
    )
    connection.close()
    with pytest.raises(Exception, match="crash") as caught:
        put(store, *quarrel("秘密的人")[1])
    assert "秘密的人" not in repr(caught.value) + str(caught.value.__cause__)
    store.close()
