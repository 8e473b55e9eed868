"""What people type comes out as they typed it, or is refused with its place: never a box instead of
a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from app.documents.glyphs import Coverage, first_missing, prepared, printable, read_coverage
from app.documents.printshop import TEXT_FONT, PdfPrintshop
from app.domain.problems import ProblemCode, Refused
from tests.unit.documents.pages import compact, whole_text
from tests.unit.documents.worked_case import (
    CASE_ID,
    RESOURCES,
    TODAY,
    full_case,
    named_case,
    rid,
)

FONT = RESOURCES / "fonts" / TEXT_FONT
HOSTILE = [
    '#panic("x")',
    "*粗* _斜_ = 标题",
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7}",
    r"C:\temp\new",
    "#{1+1} #let a = 1",
    "$x^2$ `code` ~ @ref <label>",
    "// 不是注释 /* 也不是 */",
    "\"引号\" '单' “中” \u2018英\u2019 -- ---",
    "- 一\n+ 二\n/ 三: 四",
    "%s %d {0} {name}",
    "]) } #]",
]


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return read_coverage(FONT)


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_never_markup(shop: PdfPrintshop, text: str) -> None:
    file = full_case()
    agreement = replace(file.agreements[0], facts=f"起{text}止", place=text)
    file = replace(file, agreements=(agreement, file.agreements[1]))
    found = whole_text(shop.make(file, "written_agreement", rid(40), TODAY).pdf)
    assert compact(f"起{text}止") in found
    assert compact(f"履行地点：{text}") in found


@pytest.mark.parametrize("name", ["𬭬㛃䶮", "阿卜杜热合曼·买买提", "龘", "〇", "Ā·ü"])
def test_rare_and_foreign_names_are_printed(shop: PdfPrintshop, name: str) -> None:
    found = whole_text(shop.make(named_case(name, "石大山"), "cover", CASE_ID, TODAY).pdf)
    assert compact(f"{name}与石大山") in found


def test_a_character_that_the_font_lacks_is_refused_with_its_place(shop: PdfPrintshop) -> None:
    with pytest.raises(Refused) as refused:
        shop.make(named_case("田有根", "李𠮷"), "written_agreement", rid(40), TODAY)
    problem = refused.value.first
    assert problem.code is ProblemCode.CHARACTER_NOT_IN_FONT
    assert problem.field == "parties.1.name"
    assert problem.facts == {
        "character": "𠮷",
        "codepoint": "U+20BB7",
        "place": "人民调解协议书，当事人 2，姓名（名称）",
    }
    assert "李" not in str(refused.value)


def test_it_is_found_in_running_text_too(shop: PdfPrintshop) -> None:
    file = full_case()
    steps = tuple(replace(one, text=f"{one.text}\n😀") for one in file.sessions[0].steps[2:3])
    file = replace(file, sessions=(replace(file.sessions[0], steps=steps),))
    with pytest.raises(Refused) as refused:
        shop.make(file, "mediation_record", rid(30), TODAY)
    assert refused.value.first.facts["place"] == "人民调解记录，调解经过 3 3"


def test_a_lone_surrogate_is_refused_and_not_passed_on(shop: PdfPrintshop) -> None:
    with pytest.raises(Refused) as refused:
        shop.make(named_case("田\ud800", "石大山"), "cover", CASE_ID, TODAY)
    assert refused.value.first.facts["codepoint"] == "U+D800"
    assert refused.value.first.facts["character"] == "\ufffd"


def test_invisible_characters_neither_break_nor_turn_the_text(shop: PdfPrintshop) -> None:
    name = "田\u200b有\ufeff根\u202e\u2066\x07\u00ad\U000e0100"
    found = whole_text(shop.make(named_case(name, "石大山"), "cover", CASE_ID, TODAY).pdf)
    assert "田有根与石大山" in found


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("一\t二\r\n三", "一 二  三"),
        ("　缩进　", "　缩进　"),
        ("a\u00a0b\u2009c", "a\u00a0b c"),
        ("\x00\x1f\x7f甲", "甲"),
        ("👨\u200d👩", "👨👩"),
    ],
)
def test_printable(typed: str, printed: str) -> None:
    assert printable(typed) == printed


@given(st.text())
def test_printable_changes_no_visible_character_and_settles(text: str) -> None:
    once = printable(text)
    assert printable(once.replace("\u200b", "")) == once
    kept = [one for one in text if one.isalnum()]
    assert [one for one in once if one.isalnum()] == kept


def test_a_run_without_breaks_stays_on_the_page() -> None:
    assert "\u200b" in printable("x" * 200)
    assert "\u200b" not in printable("13812345670/13987654320")


def test_the_character_map_is_read_as_a_font_library_reads_it(coverage: Coverage) -> None:
    with TTFont(FONT, lazy=True) as font:
        known = set(font.getBestCmap())
    every = {code for code in range(0x110000) if chr(code) in coverage}
    assert every == known


@pytest.mark.parametrize("content", [b"", b"OTTO", b"\x00\x01\x00\x00" + b"\x00" * 40])
def test_what_is_no_font_is_not_taken_for_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.ttf"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="font"):
        read_coverage(path)


def test_the_first_strange_character_is_named_every_time(coverage: Coverage) -> None:
    data = {"a": ["好", {"b": "好𠮷😀"}], "c": 1, "d": None}
    for _ in range(2):
        found = first_missing(prepared(data), coverage)
        assert found is not None
        assert (found.character, found.path) == ("𠮷", ("a", 1, "b"))
