"""Data packs as they ship, and a county's pack beside them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.clocks import ClockRules
from app.domain.numbering import format_number
from app.services.pack_texts import text_on
from app.storage.packs import load_practice

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def test_what_ships_can_be_used() -> None:
    practice = load_practice(RESOURCES)
    assert practice.codes.label("dispute_type", "NEIGHBOUR") == "邻里纠纷"
    assert practice.codes.label("dispute_type", "NEIGHBOUR", "en") == "Neighbours"
    line = practice.codes.table("dispute_type").get("NEIGHBOUR")
    assert line is not None
    assert line.extra["village"] is True
    assert practice.clocks == ClockRules()
    number = format_number(practice.number_pattern, year=2024, short_name="九溪", serial=12)
    assert number == "〔2024〕九溪人调字第012号"
    assert {"rights_notice", "session_steps", "document_set"} <= set(practice.texts)


def test_every_table_that_ships_is_read() -> None:
    practice = load_practice(RESOURCES)
    files = (RESOURCES / "packs" / "national").glob("*.json")
    contents = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    assert set(practice.codes.tables) == {one["table"] for one in contents if "table" in one}


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A national pack with one table, and an empty county pack."""
    for name in ("national", "jiuxi"):
        (tmp_path / "packs" / name).mkdir(parents=True)
    write(tmp_path, "national", "sex", table("sex", "2011-01-01", "MALE"))
    return tmp_path


def write(root: Path, pack: str, name: str, content: object) -> None:
    file = root / "packs" / pack / f"{name}.json"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def table(name: str, since: str, code: str) -> dict[str, object]:
    line = {"code": code, "zh": "男", "en": "Male", "of": ["A", "B"], "parent": None, "order": 1}
    titles = {"title_zh": "性别", "title_en": "Sex"}
    return {"table": name, "effective_from": since, "effective_to": None, "codes": [line], **titles}


def test_the_newest_version_of_a_table_comes_first(packs: Path) -> None:
    write(packs, "jiuxi", "sex", table("sex", "2027-01-01", "M"))
    codes = load_practice(packs).codes
    assert codes.table("sex").codes[0].code == "M"
    assert codes.table("sex", date(2026, 1, 1)).codes[0].code == "MALE"
    assert codes.label("sex", "MALE") == "男"
    assert codes.table("sex").codes[0].extra == {"of": "A B", "parent": "", "order": 1}


def test_a_county_changes_clocks_numbers_and_texts(packs: Path) -> None:
    days = {"id": "mediation_period", "value": 20, "notice_at": 15, "unit": "days"}
    months = {"id": "judicial_confirmation", "value": 1, "unit": "months"}
    write(packs, "jiuxi", "clocks", {"clocks": [days, months, {"id": "unknown"}]})
    formats = [
        {"kind": "transfer", "pattern": "移{serial}"},
        {"kind": "agreement", "pattern": "县{serial}号"},
    ]
    write(packs, "jiuxi", "number_format", {"formats": formats})
    write(packs, "national", "vague_words", {"words": ["尽快"]})
    write(packs, "jiuxi", "vague_words", {"words": ["适当"]})
    practice = load_practice(packs)
    assert practice.clocks == ClockRules(mediation_days=20, mediation_warn_days=15)
    assert practice.number_pattern == "县{serial}号"
    assert practice.texts["vague_words"] == {"words": ["适当"]}


def test_a_county_adds_clauses_and_changes_one_by_its_id(packs: Path) -> None:
    def bank(*lines: tuple[str, str]) -> dict[str, object]:
        return {"data": "clause_bank", "clauses": [{"id": one, "zh": zh} for one, zh in lines]}

    write(packs, "national", "clause_bank", bank(("pay", "付款"), ("sorry", "道歉")))
    write(packs, "jiuxi", "clause_bank", bank(("pay", "本县付款"), ("tea", "请喝茶")))
    found = load_practice(packs).texts["clause_bank"]
    assert isinstance(found, dict)
    names = [(one["id"], one["zh"]) for one in found["clauses"]]
    assert names == [("pay", "本县付款"), ("sorry", "道歉"), ("tea", "请喝茶")]


def test_a_line_says_only_what_is_otherwise_and_a_letter_takes_a_whole_place(packs: Path) -> None:
    copies = {"fixed": 1}
    line = {"kind": "cover", "zh": "封面", "order": 1, "copies": copies}
    write(packs, "national", "document_set", {"documents": [line]})
    write(packs, "jiuxi", "document_set", {"documents": [{"kind": "cover", "zh": "卷皮"}]})
    write(packs, "national", "letters", {"letters": [{"kind": "a", "one": 1}, {"kind": "b"}]})
    write(packs, "jiuxi", "letters", {"letters": [{"kind": "a", "two": 2}]})
    texts: Any = load_practice(packs).texts
    renamed = {"kind": "cover", "zh": "卷皮", "order": 1, "copies": copies, "renamed": True}
    assert texts["document_set"]["documents"] == [renamed]
    assert texts["letters"]["letters"] == [{"kind": "a", "two": 2}, {"kind": "b"}]


def test_a_text_is_the_one_of_the_day(packs: Path) -> None:
    (packs / "packs" / "jiuxi-2027").mkdir()
    for pack, since in (("national", "2011"), ("jiuxi", "2026"), ("jiuxi-2027", "2027")):
        text = {"effective_from": f"{since}-01-01", "by": pack}
        write(packs, pack, "rights_notice", text)
    practice = load_practice(packs)
    found = [text_on(practice, "rights_notice", date(year, 12, 31)) for year in (2025, 2026, 2027)]
    assert [one["by"] for one in found] == ["national", "jiuxi", "jiuxi-2027"]
    # The same day again: nothing is left of what it takes the place of.
    write(packs, "jiuxi", "rights_notice", {"effective_from": "2011-01-01", "by": "corrected"})
    practice = load_practice(packs)
    assert text_on(practice, "rights_notice", date(2026, 1, 1))["by"] == "corrected"


def test_a_county_s_table_of_the_same_day_comes_first(packs: Path) -> None:
    write(packs, "jiuxi", "sex", table("sex", "2011-01-01", "M"))
    assert load_practice(packs).codes.table("sex").codes[0].code == "M"


def test_a_line_that_nobody_could_find_again_is_told_at_once(packs: Path) -> None:
    write(packs, "jiuxi", "document_set", {"documents": [{"zh": "卷皮"}]})
    with pytest.raises(ValueError, match=r"document_set\.json.*kind"):
        load_practice(packs)
    (packs / "packs" / "jiuxi" / "document_set.json").unlink()
    write(packs, "jiuxi", "sex", {"table": "sex", "codes": []})
    with pytest.raises(ValueError, match=r"sex\.json.*title_zh"):
        load_practice(packs)


def test_what_a_county_wrote_wrongly_is_found_at_once(packs: Path) -> None:
    (packs / "packs" / "jiuxi" / "vague_words.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        load_practice(packs)


def test_a_text_is_parsed_once_when_it_is_asked_for(packs: Path) -> None:
    (packs / "packs" / "national" / "letters.json").write_text("{", encoding="utf-8")
    write(packs, "national", "checker", {"rules": [1]})
    texts = load_practice(packs).texts
    assert dict.fromkeys(texts) == {"checker": None, "letters": None}
    assert texts["checker"] is texts["checker"]
    assert texts.get("nothing") is None
    with pytest.raises(ValueError, match="line 1"):
        texts.get("letters")
