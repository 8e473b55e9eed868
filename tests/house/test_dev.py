"""The command that everybody starts with: it says what it can do, and what is missing in words."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dev
import environment
import systemlibs
import translate


def test_help_lists_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["help"]) == 0
    said = capsys.readouterr().out
    assert [verb for verb in dev.VERBS if f"  {verb} " not in said] == []


@given(verb=st.text(max_size=8).filter(lambda word: word not in {*dev.VERBS, "help", "-h"}))
def test_an_unknown_verb_is_answered_with_the_list(verb: str) -> None:
    assert dev.main([verb]) == 2


@pytest.mark.skipif(os.name != "posix", reason="system packages are a matter of Linux")
def test_without_root_the_exact_line_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(systemlibs, "LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    with pytest.raises(SystemExit) as ended:
        systemlibs.ensure()
    assert ended.value.code == 2
    line = "sudo apt-get install --no-install-recommends libnowhere9"
    assert line in capsys.readouterr().err


def test_a_python_that_does_not_fit_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "NEWEST", (3, 10))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SystemExit):
        environment._a_python()
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"this one is {here}" in capsys.readouterr().err


def test_clean_stays_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is built goes, what is written stays, and a link is not followed."""
    outside = tmp_path / "outside"
    project = tmp_path / "project"
    for folder in (outside, project / "build" / "i18n", project / "app" / "__pycache__"):
        folder.mkdir(parents=True)
        (folder / "file").touch()
    (project / "out").symlink_to(outside, target_is_directory=True)
    (project / "app" / "kept.py").touch()
    monkeypatch.setattr(dev, "ROOT", project)
    assert dev.clean([]) == 0
    assert sorted(path.name for path in project.rglob("*")) == ["app", "kept.py"]
    assert (outside / "file").exists()
    assert "removed build" in capsys.readouterr().out


def test_only_a_changed_catalogue_is_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "i18n" / "app_en.ts", tmp_path / "qm" / "app_en.qm"
    source.parent.mkdir()
    source.write_text('<!DOCTYPE TS><TS version="2.1" language="en"></TS>', encoding="utf-8")
    monkeypatch.setattr(translate, "COMPILED", target.parent)
    monkeypatch.setattr(translate, "ROOT", tmp_path)
    translate.compile_all()
    target.write_bytes(b"compiled")
    translate.compile_all()
    assert target.read_bytes() == b"compiled"
    later = target.stat().st_mtime + 5
    os.utime(source, (later, later))
    translate.compile_all()
    assert target.read_bytes() != b"compiled"
