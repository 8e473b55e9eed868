"""Files that are gone: what is left stays as it is, nothing new takes its place, and nobody is told
that all is well.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from app.cli import main
from app.domain.problems import ProblemCode, Refused
from app.main import House
from app.services.lines import CaseQuery
from app.storage.cipher import FILE_NAME
from tests.storage.village import opened, put, quarrel, settle

PASSWORD = "eine lange Probe"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that was set up, used and copied."""
    monkeypatch.setenv("HESHI_PASSWORD", PASSWORD)
    folder = tmp_path / "heshi"
    words = ["set-up", "--committee", "某村人民调解委员会", "--mediator", "王五"]
    assert main([*words, "--data", str(folder)]) == 0
    house = House(folder)
    house.unlock(PASSWORD)
    assert house.back_up().exists()
    house.close()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("empty", [False, True], ids=["no file", "empty file"])
def test_a_store_that_is_gone_is_not_replaced_by_an_empty_one(tmp_path: Path, empty: bool) -> None:
    folder = tmp_path / "data"
    store = opened(folder)
    settle(store)
    put(store, *quarrel()[1])
    copy = store.back_up_daily()
    store.close()
    for file in folder.glob(f"{FILE_NAME}*"):
        file.unlink()
    if empty:
        (folder / FILE_NAME).touch()
    with pytest.raises(Refused) as refused:
        opened(folder)
    assert refused.value.first.code is ProblemCode.STORE_GONE
    assert copy is not None
    shutil.copyfile(copy, folder / FILE_NAME)
    again = opened(folder)
    with again.unit() as unit:
        assert len(unit.lists.case_keys(CaseQuery())) == 1
    again.close()


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be taken away on Windows")
@pytest.mark.parametrize("replaced", [False, True])
def test_a_store_taken_away_under_an_open_window_takes_nothing_more(
    tmp_path: Path, replaced: bool
) -> None:
    folder = tmp_path / "data"
    store = opened(folder)
    settle(store)
    put(store, *quarrel()[1])
    copy = store.back_up_daily()
    assert copy is not None
    for file in folder.glob(f"{FILE_NAME}*"):
        file.unlink()
    if replaced:
        shutil.copyfile(copy, folder / FILE_NAME)
    with pytest.raises(Refused) as refused:
        put(store, *quarrel()[1])
    assert refused.value.first.code is ProblemCode.STORE_GONE
    store.close()


@pytest.mark.parametrize("verb", ["list", "set-up"])
def test_lost_keys_are_no_first_start(
    data: Path, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(data / "keys")
    before = contents(data)
    words = {
        "list": ["case", "list"],
        "set-up": ["set-up", "--committee", "新调委会", "--mediator", "钱八"],
    }[verb]
    capsys.readouterr()
    assert main([*words, "--data", str(data), "--lang", "zh_CN"]) == 2
    assert "钥匙文件" in capsys.readouterr().err
    assert contents(data) == before


def test_the_window_does_not_welcome_whoever_lost_the_keys(data: Path) -> None:
    shutil.rmtree(data / "keys")
    house = House(data)
    assert house.has_vault()
    with pytest.raises(Refused) as refused:
        house.unlock(PASSWORD)
    assert refused.value.first.code is ProblemCode.KEY_FILES_DAMAGED
    assert not (data / "keys").exists()


def test_the_self_check_reads_the_records_too(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["self-check", "--data", str(data), "--lang", "en"]) == 0
    assert "+ records: 1 entries" in capsys.readouterr().out
    file = data / FILE_NAME
    with file.open("r+b") as handle:
        handle.truncate(file.stat().st_size // 2)
    assert main(["self-check", "--data", str(data), "--lang", "en"]) == 1
    assert "- records: The file with the records is damaged" in capsys.readouterr().out
