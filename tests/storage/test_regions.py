"""The table of divisions as it ships, a county's beside it, and that the start leaves it alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from app.storage.packs import load_practice
from app.storage.regions import load_regions

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"


def test_what_ships_names_counties() -> None:
    regions = load_regions(RESOURCES)
    assert regions.name_of("450327101220") == "广西壮族自治区桂林市灌阳县"
    assert regions.is_known("450327")
    assert not regions.is_known("450399")
    assert str(regions.as_of) == "2023-06-30"
    assert ("450327", "广西壮族自治区桂林市灌阳县") in regions.search("灌阳")


def write(root: Path, pack: str, since: str, rows: list[list[str]]) -> None:
    folder = root / "packs" / pack
    folder.mkdir(parents=True)
    table = {"data": "regions", "effective_from": since, "effective_to": None, "rows": rows}
    (folder / "regions.json").write_text(json.dumps(table), encoding="utf-8")


def test_the_newer_table_goes_first(tmp_path: Path) -> None:
    write(tmp_path, "national", "2023-06-30", [["45", "广西"], ["4503", "旧名"]])
    write(tmp_path, "guanyang", "2026-01-01", [["4503", "新名"], ["450327", "灌阳县"]])
    regions = load_regions(tmp_path)
    assert regions.name_of("450327") == "广西新名灌阳县"
    assert str(regions.as_of) == "2026-01-01"


def test_without_a_table_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "packs" / "national").mkdir(parents=True)
    regions = load_regions(tmp_path)
    assert (regions.name_of("450327"), regions.is_known("450327"), regions.as_of) == (
        "",
        False,
        None,
    )


def test_the_packs_of_the_start_leave_it_closed(tmp_path: Path) -> None:
    """A table that nobody could read does not disturb the start, because nobody reads it."""
    folder = tmp_path / "packs" / "national"
    folder.mkdir(parents=True)
    (folder / "regions.json").write_bytes(b"\xff{")
    assert load_practice(tmp_path).texts == {}
    assert "regions" not in load_practice(RESOURCES).texts


def test_nothing_of_the_start_imports_it() -> None:
    names = ("app.storage.regions", "app.domain.regions")
    script = (
        "import sys, app.main, app.storage.packs, app.storage.quick, app.ui.shell.start\n"
        "import app.ui.shell.opening\n"
        f"print([one for one in {names!r} if one in sys.modules])"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
