"""The main job from one end to the other, with real stores, a real county server and real
papers.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_a_case_written_offline_reaches_the_supervisor_and_comes_back_approved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The story of `dev.py run` without a screen: it checks each step itself and raises at the
    first that differs.
    """
    monkeypatch.setattr(sys, "path", [str(ROOT / "packaging"), *sys.path])
    walk = importlib.import_module("walk")
    world = importlib.import_module("demo_world").DemoWorld(tmp_path / "world")
    papers = tmp_path / "papers"
    papers.mkdir()
    try:
        case_id = walk.tell(world, papers)
    finally:
        world.stop_county()
    assert case_id
    made = sorted(path.name for path in papers.glob("*.pdf"))
    assert len(made) == 5
    assert all((papers / name).read_bytes().startswith(b"%PDF-1.7") for name in made)
    assert len(list(papers.glob("*.png"))) >= len(made)
