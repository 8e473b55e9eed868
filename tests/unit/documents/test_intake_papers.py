"""Application and power of attorney: who asks, who acts for whom, and what that person may do."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from app.documents.printshop import PdfPrintshop
from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.domain.parties import PartyRole
from app.domain.problems import ProblemCode, Refused
from tests.unit.documents.company import (
    assert_in_company,
    assert_inside,
    assert_no_heading_last,
)
from tests.unit.documents.pages import boxes, page_texts, whole_text
from tests.unit.documents.whole_case import whole_case
from tests.unit.documents.worked_case import (
    CASE_ID,
    TODAY,
    blank_case,
    crowd_case,
    named_case,
    rid,
)

APPLICANT_LABEL = "申请人（签名、盖章或按指印）："
STATEMENT = "人民调解委员会已经把申请人民调解的规定告诉我，我自愿申请调解。"


def text(shop: PdfPrintshop, file: CaseFile, kind: str, subject: RecordId = CASE_ID) -> str:
    return whole_text(shop.make(file, kind, subject, TODAY).pdf)


def test_an_application_says_who_asks_whom_for_what(shop: PdfPrintshop) -> None:
    said = text(shop, whole_case(), "application")
    assert "申请人姓名田有根性别男民族苗族年龄57" in said
    assert "被申请人姓名石大山" in said
    assert "第三人名称清溪县宏远装饰有限公司" in said
    assert "纠纷简要情况：2026年3月4日，石大山家装修时" in said
    assert "当事人申请事项：1．赔偿修瓦费用3,200元2．今后施工做好防护" in said
    assert STATEMENT in said
    assert "2026年3月4日" in said.split(APPLICANT_LABEL)[1]
    assert "代填人" not in said


def test_only_applicants_sign_an_application(shop: PdfPrintshop) -> None:
    signed = text(shop, whole_case(), "application").split(APPLICANT_LABEL)[1]
    assert signed.count("（指印）") == 1
    assert "田有根" in signed
    assert "石大山" not in signed
    assert "（印章）" not in signed


def test_a_spoken_application_names_its_writer_and_leaves_the_last_word_to_a_hand(
    shop: PdfPrintshop,
) -> None:
    file = whole_case()
    said = text(shop, replace(file, case=replace(file.case, applied_orally=True)), "application")
    assert "本申请由申请人口头提出，韦丽君代为填写，已读给申请人听" in said
    assert "（由申请人亲笔写“已读给我听，没有错”" in said
    assert "代填人（签名）韦丽君" in said


def test_a_side_that_is_not_known_yet_has_its_block(shop: PdfPrintshop) -> None:
    file = whole_case()
    alone = [one for one in file.parties if one.role is PartyRole.APPLICANT]
    said = text(shop, replace(file, parties=tuple(alone)), "application")
    assert "被申请人姓名性别民族年龄" in said


@pytest.mark.parametrize("kind", ["application", "power_of_attorney"])
def test_blank_forms_are_one_sheet_and_say_nothing_made_up(shop: PdfPrintshop, kind: str) -> None:
    printed = shop.make(blank_case(), kind, CASE_ID, TODAY)
    assert printed.pages == 1
    said = whole_text(printed.pdf)
    assert "☑" not in said
    assert "None" not in said
    assert_inside(printed.pdf)


@pytest.mark.parametrize("count", [1, 2, 7, 200])
def test_each_applicant_of_a_crowd_has_a_place(shop: PdfPrintshop, count: int) -> None:
    file = crowd_case(count)
    only = replace(file.parties[0], role=PartyRole.APPLICANT)
    file = replace(file, parties=(only, *file.parties[1:]))
    printed = shop.make(file, "application", CASE_ID, TODAY)
    said = whole_text(printed.pdf)
    assert said.count("（指印）") == max(count - 1, 1)
    for party in file.parties:
        assert file.name_of(party) in said
    assert_inside(printed.pdf)
    assert_in_company(printed.pdf, APPLICANT_LABEL)


def test_there_is_real_room_to_sign(shop: PdfPrintshop) -> None:
    for page in boxes(shop.make(crowd_case(30), "application", CASE_ID, TODAY).pdf):
        marks = [box.top for box in page if box.character == "指" and box.left > 120]
        marks = [top for top in marks if top > min(marks) + 1]
        assert all(below - above >= 18 for above, below in itertools.pairwise(marks))


@pytest.mark.parametrize("size", range(0, 1000, 83))
def test_hands_and_headings_have_company_wherever_the_text_ends(
    shop: PdfPrintshop, size: int
) -> None:
    file = whole_case()
    case = replace(file.case, facts="字" * size, requests=("求" * (size // 2 + 1),) * 2)
    for oral in (False, True):
        shown = replace(file, case=replace(case, applied_orally=oral))
        pdf = shop.make(shown, "application", CASE_ID, TODAY).pdf
        assert_in_company(pdf, APPLICANT_LABEL)
        assert_no_heading_last(pdf, "纠纷简要情况：", "当事人申请事项：")


def test_each_agent_has_a_sheet_with_the_powers_that_were_given(shop: PdfPrintshop) -> None:
    printed = shop.make(whole_case(), "power_of_attorney", rid(20), TODAY)
    son, lawyer = page_texts(printed.pdf)
    assert "委托人姓名田有根" in son
    assert "受托人姓名田小满" in son
    assert "与委托人的关系儿子（近亲属）" in son
    assert "在田有根与石大山邻里纠纷中，委托田小满作为代理人" in son
    assert "□一般代理☑特别代理" in son
    assert "☑代为承认、变更、放弃请求" in son
    assert "□代为签收文书" in son
    assert "从2026年3月5日起，到2026年6月5日为止" in son
    assert "户口簿" in son
    assert "身份证件号码" not in son  # not known, so not asked for
    assert "☑一般代理□特别代理" in lawyer
    assert lawyer.count("☑") == 2
    assert "15301201010999999" in lawyer
    assert son.count("（指印）") == lawyer.count("（指印）") == 2


def test_an_agents_identity_number_stands_where_it_is_known(shop: PdfPrintshop) -> None:
    file = whole_case()
    known = replace(file.people[rid(12)], id_kind="111", id_no="110101196803061234")
    file = replace(file, people={**file.people, rid(12): known})
    assert "110101196803061234" in text(shop, file, "power_of_attorney", rid(20))


def test_an_organisation_seals_and_its_representative_is_certified(shop: PdfPrintshop) -> None:
    printed = shop.make(whole_case(), "power_of_attorney", rid(22), TODAY)
    *sheets, certificate = page_texts(printed.pdf)
    assert "法定代表人（签名）冯宏远" in "".join(sheets)
    assert "清溪县宏远装饰有限公司（印章）" in "".join(sheets)
    assert certificate.startswith("法定代表人身份证明书")
    assert "冯宏远在我单位担任经理，是我单位的法定代表人" in certificate


def test_a_party_without_an_agent_gets_a_sheet_to_fill(shop: PdfPrintshop) -> None:
    said = text(shop, whole_case(), "power_of_attorney", rid(21))
    assert "委托人姓名石大山" in said
    assert "受托人姓名性别" in said
    assert "☑" not in said


def test_a_party_that_is_not_there_is_refused(shop: PdfPrintshop) -> None:
    with pytest.raises(Refused) as caught:
        shop.make(whole_case(), "power_of_attorney", rid(999), TODAY)
    assert caught.value.problems[0].code is ProblemCode.RECORD_NOT_FOUND


def test_long_and_short_names_stay_inside(shop: PdfPrintshop) -> None:
    for name in ("龘", "阿卜杜热合曼·" + "买买提吐尔逊" * 9, "x" * 60):
        file = named_case(name, "㙍大山")
        file = replace(file, parties=whole_case().parties[:2])
        file = replace(file, people={**file.people, rid(14): file.people[rid(10)]})
        for kind, subject in (("application", CASE_ID), ("power_of_attorney", rid(20))):
            pdf = shop.make(file, kind, subject, date(2026, 3, 20)).pdf
            assert_inside(pdf)
