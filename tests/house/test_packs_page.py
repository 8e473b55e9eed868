"""What the page about packs promises to counties is so in the national files and in the program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.domain.paper_kinds import CopiesRule, NeedRule
from app.services import pack_reading as packs

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "resources" / "packs"
PAGE = (PACKS / "README.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`]+)`")


def national(name: str) -> Any:
    return json.loads((PACKS / "national" / f"{name}.json").read_text(encoding="utf-8"))


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(text: str) -> list[str]:
    return CODE.findall(text)


MERGED = {names(one[0])[0]: (names(one[1]), one[2]) for one in rows("What adds and what replaces")}


def test_the_table_of_lines_is_what_the_program_puts_together() -> None:
    told = {name: tuple(where) for name, (where, _) in MERGED.items() if name != "paper_texts"}
    assert told == packs._MERGED
    assert MERGED["paper_texts"][0] == [packs._PAPERS]
    by_value = {name for name, (_, words) in MERGED.items() if "only the values" in words}
    assert by_value == packs._BY_VALUE


@pytest.mark.parametrize("name", sorted(set(MERGED) - {"paper_texts"}))
def test_every_line_of_the_national_files_has_its_key(name: str) -> None:
    part, key = MERGED[name][0]
    keys = [line[key] for line in national(name)[part]]
    assert keys
    assert len(set(keys)) == len(keys)


def test_every_national_text_is_told_of() -> None:
    whole = PAGE.split("Every other text (")[1].split(")")[0]
    files = (PACKS / "national").glob("*.json")
    found = {one.stem for one in files if "table" not in national(one.stem)}
    assert {*names(whole), *MERGED} == found - {"pack", "regions"}


def test_the_keys_of_papers_are_those_of_the_program() -> None:
    told = {name: line[1] for line in rows("Papers: `document_set`") for name in names(line[0])}
    lines = national("document_set")["documents"]
    assert set(told) <= {key for line in lines for key in line}
    assert set(names(told["need"])) == {one.value for one in NeedRule}
    assert set(names(told["copies"])) == set(CopiesRule.__dataclass_fields__)


def test_the_other_names_on_the_page_are_in_the_files() -> None:
    part = PAGE.split("## Numbers, letters")[1].split("\n## ")[0]
    written = "".join(
        one.read_text(encoding="utf-8") for one in (PACKS / "national").glob("*.json")
    )
    for name in names(part):
        if re.fullmatch(r"[a-z_]+|ANY", name):
            assert f'"{name}"' in written or (PACKS / "national" / f"{name}.json").exists(), name
    for name in ("title_money", "title_act", "supplement_title", "title"):
        assert f'"{name}"' in written


def test_the_example_changes_only_what_there_is() -> None:
    example = ROOT / "tests" / "storage" / "packs" / "jiuxi"
    known = {one.name for one in (PACKS / "national").glob("*.json")}
    assert {one.name for one in example.glob("*.json")} <= known
