"""Where files live: what platformdirs says, what was chosen, and what the program brings along."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from app import paths


def test_the_usual_place_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HESHI_DATA", raising=False)
    assert paths.data_folder() == platformdirs.user_data_path("heshi", appauthor=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert paths.data_folder() == platformdirs.user_data_path("heshi", appauthor=False)


def test_the_chosen_place_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HESHI_DATA", str(tmp_path / "env"))
    assert paths.data_folder() == tmp_path / "env"
    assert paths.data_folder(tmp_path / "given") == tmp_path / "given"


def test_a_place_is_always_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.data_folder("here") == tmp_path / "here"


def test_nothing_is_made_by_asking(tmp_path: Path) -> None:
    data = paths.data_folder(tmp_path / "new")
    for place in (paths.cache_folder, paths.logs, paths.keys, paths.backups):
        assert place(data).parent == data
    assert not data.exists()


def test_what_the_program_brings_along_is_there() -> None:
    for name in ("fonts", "icons", "styles", "packs", "help"):
        assert (paths.resources() / name).is_dir()


def test_in_a_bundle_files_lie_where_it_was_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paths.root.cache_clear()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert paths.resources() == tmp_path / "resources"
    assert paths.translations() == tmp_path / "i18n"
    paths.root.cache_clear()
