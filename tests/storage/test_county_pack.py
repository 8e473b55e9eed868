"""A county's own pack, as one would write it: what it says is demanded and printed, without code.

The pack lies in `packs/jiuxi`; the county and its wishes are invented.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.documents.printshop import PdfPrintshop
from app.domain.agreements import default_copies
from app.domain.cases import Case, Retention, RightsNotice, Stage
from app.domain.completeness import DocumentKind, documents, missing
from app.domain.findings import FindingCode
from app.domain.letters import Letter, LetterKind
from app.domain.problems import ProblemCode, Refused
from app.services import papers
from app.services.agreement_help import clauses_for, fill_clause, findings
from app.services.closing import with_filing
from app.services.committees import set_up
from app.services.file_light import document_rules, file_light
from app.services.letters import blank_letter, number_letter, save_letter
from app.services.pack_texts import county_name
from app.services.ports import Practice
from app.services.visits import proposed_visits
from app.storage.packs import load_practice
from tests.fakes import MemoryStore
from tests.unit.documents.pages import whole_text
from tests.unit.documents.worked_case import rid
from tests.unit.domain.making import COMMITTEE, MEDIATOR
from tests.unit.services.good_file import good_file
from tests.unit.services.good_file import open_file as open_case
from tests.unit.services.village import TODAY, binding, finalised

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
PACK = Path(__file__).resolve().parent / "packs" / "jiuxi"
CHANGED_ON = date(2026, 3, 10)
Kind = DocumentKind


@pytest.fixture(scope="module")
def jiuxi(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    """The practice of a laptop that has the county's folder beside the national one."""
    folder = tmp_path_factory.mktemp("resources")
    shutil.copytree(RESOURCES / "packs", folder / "packs")
    shutil.copytree(PACK, folder / "packs" / "jiuxi")
    return load_practice(folder)


@pytest.fixture(scope="module")
def shop(jiuxi: Practice) -> PdfPrintshop:
    return PdfPrintshop(RESOURCES, jiuxi)


@pytest.fixture
def village() -> MemoryStore:
    made = MemoryStore()
    with made.unit() as uow:
        set_up(uow, COMMITTEE, MEDIATOR)
    return made


def test_a_county_orders_its_file_and_leaves_out_what_it_does_without(
    village: MemoryStore, jiuxi: Practice, shop: PdfPrintshop
) -> None:
    paper, rules = binding(village, jiuxi), document_rules(jiuxi)
    with village.unit() as uow:
        file = uow.records.case_file(paper.case_id)
        made = papers.make_file(uow, shop, None, file.case.id, papers.FileChoice(), rules=rules)
    kinds = [one.kind for one in made.parts]
    assert kinds[-2:] == [Kind.BACK_COVER, Kind.RIGHTS_NOTICE]
    assert Kind.CLOSING_REPORT not in kinds
    assert Kind.CLOSING_REPORT in [one.kind for one in documents(file)]
    text = whole_text(made.pdf)
    assert "九溪县调解卷宗" in text
    assert "九溪乡亲" in text
    assert f"[2026]{COMMITTEE.short_name}调字001号" in text


def test_a_must_of_the_county_is_demanded_and_binds(jiuxi: Practice) -> None:
    file, rules = replace(good_file(), follow_ups=()), document_rules(jiuxi)
    asked = [(one.document, one.field) for one in missing(file, rules) if one.must]
    assert asked == [(Kind.FOLLOW_UP_RECORD, "follow_ups")]
    assert not [one for one in missing(file) if one.must]
    waiting = replace(file.case, stage=Stage.CLOSED, filed_on=None)
    with pytest.raises(Refused) as refused:
        with_filing(replace(file, case=waiting), Retention.LONG, TODAY, rules)
    assert refused.value.problems[0].code is ProblemCode.NOT_COMPLETE
    assert with_filing(replace(file, case=waiting), Retention.LONG, TODAY).case.filed_on == TODAY


def test_a_new_name_stands_on_paper_and_in_lists(jiuxi: Practice, shop: PdfPrintshop) -> None:
    file = good_file()
    visit = file.follow_ups[-1]
    made = shop.make(file, Kind.FOLLOW_UP_RECORD.value, visit.id, TODAY)
    assert whole_text(made.pdf).startswith("回访登记表")
    assert made.name.startswith("回访登记表")
    names = [county_name(jiuxi, Kind.FOLLOW_UP_RECORD, one) for one in ("zh_CN", "en")]
    assert names == ["回访登记表", "Visit sheet"]
    assert county_name(jiuxi, Kind.MEDIATION_RECORD, "zh_CN") == ""


def test_numbers_have_the_county_s_form(village: MemoryStore, jiuxi: Practice) -> None:
    paper, short = finalised(village, jiuxi), COMMITTEE.short_name
    assert paper.number == f"[2026]{short}调字001号"
    numbers = [written(village, jiuxi, kind).number for kind in NUMBERED]
    assert numbers == [f"[2026]{short}调通字001号", f"〔2026〕{short}调终字第001号"]


NUMBERED = (LetterKind.MEDIATION_NOTICE, LetterKind.TERMINATION_NOTICE)


def written(village: MemoryStore, jiuxi: Practice, kind: LetterKind) -> Letter:
    case_id = next(one.id for one in village.kept.records.values() if isinstance(one, Case))
    with village.unit() as uow:
        letter = save_letter(uow, blank_letter(uow, case_id, kind, jiuxi))
    with village.unit() as uow:
        return number_letter(uow, letter.id, jiuxi)


def test_copies_and_the_log_follow_the_county(
    village: MemoryStore, jiuxi: Practice, shop: PdfPrintshop
) -> None:
    paper, rules = binding(village, jiuxi), document_rules(jiuxi)
    with village.unit() as uow:
        file = uow.records.case_file(paper.case_id)
    found = {one.kind: one for one in documents(file, rules)}
    free = replace(file, agreements=(replace(paper, copies=None),))
    assert papers.copies_of(found[Kind.WRITTEN_AGREEMENT], free) == default_copies(paper) == 3
    assert papers.copies_of(found[Kind.WRITTEN_AGREEMENT], free, rules) == 4
    assert papers.copies_of(found[Kind.RIGHTS_NOTICE], file, rules) == 4
    with village.unit() as uow, pytest.raises(Refused):
        papers.make_paper(uow, shop, file.case.id, Kind.CLOSING_REPORT, file.case.id, rules=rules)
    with village.unit() as uow:
        every = papers.make_all(uow, shop, file.case.id, rules=rules)
    assert every[-1].name.startswith("人民调解当事人权利义务告知书")


def notice_of(shop: PdfPrintshop, told_on: date) -> str:
    file = good_file()
    known = file.case.rights_notice
    assert isinstance(known, RightsNotice)
    case = replace(file.case, rights_notice=replace(known, told_on=told_on))
    return whole_text(shop.make(replace(file, case=case), Kind.RIGHTS_NOTICE, case.id, TODAY).pdf)


def test_a_paper_keeps_the_words_of_its_own_day(shop: PdfPrintshop) -> None:
    before, after = notice_of(shop, CHANGED_ON - timedelta(1)), notice_of(shop, CHANGED_ON)
    assert ("九溪乡亲" in after, "九溪乡亲" in before) == (True, False)
    assert ("各位当事人" in after, "各位当事人" in before) == (False, True)


def test_a_letter_keeps_the_sentences_of_its_own_day(shop: PdfPrintshop) -> None:
    file = good_file()
    letter = Letter(id=rid(66), case_id=file.case.id, kind=LetterKind.MEDIATION_NOTICE)

    def words(made_on: date | None) -> str:
        held = replace(file, letters=(replace(letter, made_on=made_on),))
        return whole_text(shop.make(held, letter.kind.value, letter.id, TODAY).pdf)

    assert "可以另定时间" in words(date(2026, 11, 20))
    for day in (date(2026, 11, 21), None):
        assert "提前一天打村里的电话" in words(day)
        assert "可以另定时间" not in words(day)


def test_a_title_changes_for_papers_of_later_days_only(shop: PdfPrintshop) -> None:
    file = good_file()
    visit = file.follow_ups[0]

    def head(day: date) -> str:
        held = replace(file, follow_ups=(replace(visit, visited_on=day),))
        return whole_text(shop.make(held, Kind.FOLLOW_UP_RECORD, visit.id, TODAY).pdf)[:8]

    assert head(CHANGED_ON - timedelta(1)).startswith("人民调解回访记录")
    assert head(CHANGED_ON).startswith("回访登记表")


def test_the_county_s_clauses_stand_beside_the_national_ones(jiuxi: Practice) -> None:
    file = good_file()
    ids = [one.id for one in clauses_for(jiuxi, file)]
    assert {"jiuxi_tea", "jiuxi_stone", "pay_once", "drainage"} <= set(ids)
    who, other = (one.id for one in file.living_parties[:2])
    values: dict[str, Any] = {"who": who, "other": other, "due": date(2026, 12, 1)}
    clause = fill_clause(jiuxi, "jiuxi_tea", values, file)
    assert clause.text == "田有根最迟于2026年12月1日到石大山家里敬一杯茶。"
    assert clause.duties[0].due_on == date(2026, 12, 1)


def test_the_checker_knows_the_county_s_words(jiuxi: Practice) -> None:
    file = good_file()
    paper = file.agreements[0]
    vague = replace(paper.clauses[0], text="石大山改日道歉，尽快清理。", payment=None)
    paper = replace(paper, clauses=(vague,))
    found = findings(replace(file, agreements=(paper,)), paper, jiuxi, TODAY)
    words = [one.facts["word"] for one in found if one.code is FindingCode.VAGUE_WORD]
    assert words == ["改日"]


def test_the_light_counts_by_the_county_s_sheet_and_pays_by_its_rules(jiuxi: Practice) -> None:
    file = good_file()
    light = file_light(file, jiuxi, TODAY)
    assert [(one.id, one.of) for one in light.items] == [
        ("rights_notice", 40),
        ("agreement", 40),
        ("performance", 20),
    ]
    assert (light.points, light.grade and light.grade.zh) == (100, "县级好卷")
    assert (light.subsidy_fen, light.subsidy.certain) == (8800, True)
    without = file_light(replace(file, follow_ups=()), jiuxi, TODAY)
    assert without.points == 80
    assert [one.code for one in (*without.lacking, *without.later, *without.lost)] == ["visit_made"]
    assert [one.code for one in without.subsidy_lacking] == ["follow_up_done"]


def test_visits_clocks_and_keeping_are_the_county_s(jiuxi: Practice, shop: PdfPrintshop) -> None:
    file = open_case()
    visits = proposed_visits(file, jiuxi, date(2026, 3, 7))
    assert [(one.on, one.rule) for one in visits] == [(date(2026, 3, 15), "all")]
    clocks = jiuxi.clocks
    assert (clocks.mediation_days, clocks.mediation_warn_days) == (20, 12)
    assert clocks.confirmation_days == 30
    cover = whole_text(shop.make(file, Kind.COVER, file.case.id, TODAY).pdf)
    assert "长期（二十年）" in cover
