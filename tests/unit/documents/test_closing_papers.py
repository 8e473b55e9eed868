"""What is written when it is over: every sum and date comes from the case, and only from there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.documents.glyphs import strings
from app.documents.paper_data import paper_data
from app.documents.places import place_words
from app.documents.printshop import PdfPrintshop
from app.domain.casefile import CaseFile
from app.domain.cases import FileNote
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, Refused
from app.services.paper_values import FilePart
from tests.unit.documents.company import assert_in_company, assert_inside, assert_no_heading_last
from tests.unit.documents.pages import page_texts, whole_text
from tests.unit.documents.whole_case import (
    ACT,
    CALL,
    LAST_PAYMENT,
    PAYMENT,
    TALK,
    VISIT,
    whole_case,
)
from tests.unit.documents.worked_case import (
    CASE_ID,
    NUMBER,
    TODAY,
    blank_case,
    crowd_case,
    full_case,
    practice,
    rid,
)

SUBJECTS = {
    DocumentKind.APPLICATION: CASE_ID,
    DocumentKind.POWER_OF_ATTORNEY: rid(20),
    DocumentKind.INVESTIGATION_RECORD: TALK,
    DocumentKind.EVIDENCE_LIST: CASE_ID,
    DocumentKind.PERFORMANCE_RECEIPT: PAYMENT,
    DocumentKind.FOLLOW_UP_RECORD: VISIT,
    DocumentKind.CLOSING_REPORT: CASE_ID,
    DocumentKind.FILE_NOTE: CASE_ID,
    DocumentKind.BACK_COVER: CASE_ID,
}


def text(shop: PdfPrintshop, file: CaseFile, kind: str, subject: RecordId = CASE_ID) -> str:
    return whole_text(shop.make(file, kind, subject, TODAY).pdf)


# --- Receipts -------------------------------------------------------------------------------------


def test_a_receipt_says_who_paid_whom_how_much_for_what(shop: PdfPrintshop) -> None:
    said = text(shop, whole_case(), "performance_receipt", PAYMENT)
    assert said.startswith("收条")
    assert f"今收到石大山按{NUMBER}人民调解协议付给的" in said
    assert "人民币10,000.00元（大写：壹万元整）（第1条，第1期），付款方式：现金。" in said
    assert "共收到人民币10,000.00元（大写：壹万元整），还剩人民币15,000.00元" in said
    assert "（收款人亲笔写“已收到”并签名、按指印）" in said
    assert "收款人（签名、按指印）田有根" in said
    assert "付款人（签名）石大山" in said
    assert "在场人（签名）罗长顺" in said
    assert "2026年4月1日" in said


def test_the_last_instalment_says_that_all_is_paid(shop: PdfPrintshop) -> None:
    said = text(shop, whole_case(), "performance_receipt", LAST_PAYMENT)
    assert "付款方式：银行转账" in said
    assert "本条款项已全部付清" in said
    assert "还剩" not in said


def test_a_voided_payment_does_not_count_and_says_so(shop: PdfPrintshop) -> None:
    file = whole_case()
    first, *others = file.performances
    file = replace(file, performances=(replace(first, void_reason="记错了"), *others))
    assert "还剩人民币10,000.00元" in text(shop, file, "performance_receipt", LAST_PAYMENT)
    assert "已作废" in text(shop, file, "performance_receipt", PAYMENT)


def test_an_act_is_confirmed_by_the_other_party(shop: PdfPrintshop) -> None:
    said = text(shop, whole_case(), "performance_receipt", ACT)
    assert said.startswith("履行情况确认单")
    assert "第2条应做的事：石大山清理掉落的木方和碎瓦，已于2026年3月20日做完" in said
    assert "经田有根查看认可" in said
    assert "收款人" not in said


def test_what_a_payment_cannot_know_is_left_to_the_pen(shop: PdfPrintshop) -> None:
    file = whole_case()
    stray = replace(file.performances[0], duty="", way="", witness="")
    said = text(shop, replace(file, performances=(stray,)), "performance_receipt", PAYMENT)
    assert "（第条）" in said
    assert "付款方式：。" in said
    assert "付清" not in said
    assert "还剩" not in said


def test_the_blank_receipt_has_room_for_figures_and_capitals(shop: PdfPrintshop) -> None:
    said = text(shop, blank_case(), "performance_receipt")
    assert "人民币元（大写：）" in said
    assert not re.search(r"\d年", said)


# --- Follow-up ------------------------------------------------------------------------------------


def test_a_visit_says_what_was_found(shop: PdfPrintshop) -> None:
    said = text(shop, whole_case(), "follow_up_record", VISIT)
    assert "田有根" in said
    assert f"调解协议编号{NUMBER}" in said
    assert "回访事由田有根与石大山邻里纠纷" in said
    assert "☑上门□电话□其他" in said
    assert "☑已履行" in said
    assert "☑满意" in said
    assert "☑无□有" in said
    assert "下次回访2026年6月3日" in said
    assert "回访人（签名）罗和平" in said
    assert "（印章）" in said
    assert "采取的措施" not in said


def test_a_new_danger_asks_what_was_done_about_it(shop: PdfPrintshop) -> None:
    said = text(shop, whole_case(), "follow_up_record", CALL)
    assert "□无☑有对新的矛盾和隐患，已经采取的措施：" in said
    assert "☑电话" in said
    assert "田有根、石大山、清溪县宏远装饰有限公司" in said


@pytest.mark.parametrize("size", range(0, 1300, 97))
def test_hands_have_company_wherever_the_findings_end(shop: PdfPrintshop, size: int) -> None:
    file = whole_case()
    visit = replace(file.follow_ups[0], findings="字" * size)
    pdf = shop.make(replace(file, follow_ups=(visit,)), "follow_up_record", VISIT, TODAY).pdf
    assert_in_company(pdf, "被回访人（签名")
    assert_inside(pdf)


# --- Closing report -------------------------------------------------------------------------------


def test_the_closing_report_is_made_from_the_case(shop: PdfPrintshop) -> None:
    said = text(shop, whole_case(), "closing_report")
    for words in (
        f"卷号{NUMBER}",
        "填表时间2026年3月19日",
        "承办单位清溪县白石镇梨树坡村人民调解委员会",
        "承办人罗和平、韦丽君",
        "受案时间2026年3月5日",
        "结案时间2026年3月18日",
        "申请人：田有根电话：13812345670地址：清溪县白石镇梨树坡村三组17号",
        "案件来源依申请调解",
        "纠纷类型邻里纠纷",
        "木方坠落",
        "调解成功。",
        f"人民调解协议书（{NUMBER}，2026年3月6日）：",
        "石大山付给田有根人民币25,000.00元（大写：贰万伍仟元整）",
        "已履行。",
        f"{NUMBER}应付25,000.00元，已付25,000.00元。",
        "履行完毕，建议结案。",
        "审核人（签名）",
        "（印章）",
    ):
        assert words in said, words


def test_a_failed_case_says_why_it_ended(shop: PdfPrintshop) -> None:
    file = whole_case()
    codes = practice().codes.table("termination_reason").codes
    closing = file.case.closing
    assert closing is not None
    closing = replace(closing, result="NO_SUCCESS", reason=codes[0].code, performance="")
    file = replace(file, case=replace(file.case, closing=closing), agreements=(), performances=())
    said = text(shop, file, "closing_report")
    assert f"调解不成功，{codes[0].zh}。" in said
    assert "协议书" not in said


@pytest.mark.parametrize("size", range(0, 1500, 113))
def test_the_report_never_leaves_its_hands_alone(shop: PdfPrintshop, size: int) -> None:
    file = whole_case()
    file = replace(file, case=replace(file.case, facts="字" * size))
    pdf = shop.make(file, "closing_report", CASE_ID, TODAY).pdf
    assert_in_company(pdf, "承办人（签名）")
    assert_inside(pdf)


# --- Ends of the file -----------------------------------------------------------------------------


def test_the_note_tells_the_state_of_the_file_and_who_looked(shop: PdfPrintshop) -> None:
    said = text(shop, whole_case(), "file_note")
    assert "第3页为复印件，原件已退还。" in said
    assert "立卷人（签名）韦丽君2026年5月6日" in said
    assert "检查人（签名）罗和平2026年5月7日" in said
    assert "缺少的文书和原因" not in said


def test_a_note_with_nothing_to_tell_says_that(shop: PdfPrintshop) -> None:
    file = whole_case()
    file = replace(file, case=replace(file.case, file_note=FileNote(filed_by="韦丽君")))
    said = text(shop, file, "file_note")
    assert "没有需要说明的情况" in said
    assert "有下列情况" not in said


@pytest.mark.parametrize("size", range(0, 1200, 101))
def test_the_hands_of_a_note_have_company(shop: PdfPrintshop, size: int) -> None:
    file = whole_case()
    note = replace(file.case.file_note or FileNote(), situation="字" * size)
    file = replace(file, case=replace(file.case, file_note=note))
    assert_in_company(shop.make(file, "file_note", CASE_ID, TODAY).pdf, "立卷人（签名）")


def test_the_back_cover_counts_the_pages_of_a_file_that_is_set_whole(shop: PdfPrintshop) -> None:
    file = whole_case()
    kinds = (DocumentKind.COVER, DocumentKind.CLOSING_REPORT, DocumentKind.BACK_COVER)
    parts = [FilePart(kind=kind, subject_id=CASE_ID) for kind in kinds]
    report = shop.make(file, "closing_report", CASE_ID, TODAY).pages
    *_, last = page_texts(shop.make_file(file, parts, TODAY).pdf)
    assert f"本卷共{report}页（不含封面、目录、封底）" in last
    assert "本卷共页" in text(shop, file, "back_cover")
    assert "第1页" not in last


# --- All of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SUBJECTS)
def test_blank_forms_print_without_a_made_up_word(shop: PdfPrintshop, kind: DocumentKind) -> None:
    printed = shop.make(blank_case(), kind, CASE_ID, TODAY)
    said = whole_text(printed.pdf)
    assert "None" not in said
    assert "☑" not in said
    assert not re.search(r"\d年", said)
    assert printed.pages == (2 if kind is DocumentKind.INVESTIGATION_RECORD else 1)
    assert_inside(printed.pdf)
    assert b"<pdfaid:part>2</pdfaid:part>" in printed.pdf


@pytest.mark.parametrize("kind", SUBJECTS)
def test_an_unknown_subject_is_refused(shop: PdfPrintshop, kind: DocumentKind) -> None:
    with pytest.raises(Refused) as caught:
        shop.make(whole_case(), kind, rid(999), TODAY)
    assert caught.value.problems[0].code is ProblemCode.RECORD_NOT_FOUND


@pytest.mark.parametrize("kind", SUBJECTS)
def test_a_file_name_holds_no_person(shop: PdfPrintshop, kind: DocumentKind) -> None:
    name = shop.make(whole_case(), kind, SUBJECTS[kind], TODAY).name
    assert not re.search("田有根|石大山|田小满|罗和平", name)


@pytest.mark.parametrize("kind", SUBJECTS)
def test_every_place_has_a_name_in_the_forms_own_words(kind: DocumentKind) -> None:
    for file, subject in ((whole_case(), SUBJECTS[kind]), (blank_case(), CASE_ID)):
        paper = paper_data(file, practice(), kind, subject, TODAY)
        for path, _ in strings(paper.data):
            assert not re.search("[a-z_]", place_words(paper.title, path)), path


@pytest.mark.parametrize("kind", SUBJECTS)
def test_two_hundred_parties_fit(shop: PdfPrintshop, kind: DocumentKind) -> None:
    file = replace(whole_case(), parties=crowd_case(200).parties)
    file = replace(file, people={**file.people, **crowd_case(200).people})
    subject = file.parties[0].id if kind is DocumentKind.POWER_OF_ATTORNEY else SUBJECTS[kind]
    assert_inside(shop.make(file, kind, subject, TODAY).pdf)


NAMES = st.text("田石龘㙍·阿买吐x7", min_size=1, max_size=60)
TEXTS = st.one_of(
    st.text("事情是这样的，\n问答：（）。#$*_[]{}\\<>@=-+~`'\" ", max_size=60),
    st.integers(0, 3000).map(lambda size: "事情是这样的，" * (size // 7)),
)


@settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(first=NAMES, second=NAMES, words=TEXTS, more=TEXTS)
def test_whatever_is_typed_is_set_in_type(
    shop: PdfPrintshop, first: str, second: str, words: str, more: str
) -> None:
    """The printshop refuses what the typesetter only warns of, so that a paper that is made has no
    warning."""
    file = typed(first, second, words, more)
    for kind, subject in SUBJECTS.items():
        pdf = shop.make(file, kind, subject, date(2026, 3, 20)).pdf
        assert_inside(pdf)
        assert_no_heading_last(pdf, "由被调查人亲笔写：", "当事人申请事项：")


def typed(first: str, second: str, words: str, more: str) -> CaseFile:
    """The whole case with these names and texts everywhere."""
    file = whole_case()
    people = {
        one.id: replace(
            one, name=first if one.name.startswith("田") else second, address=more[:200]
        )
        for one in file.people.values()
    }
    closing = file.case.closing
    assert closing is not None
    note = replace(file.case.file_note or FileNote(), situation=more)
    case = replace(
        file.case,
        facts=words,
        requests=(words[:1900], f"求{more[:1900]}"),
        applied_orally=bool(words),
        file_note=note,
        closing=replace(closing, opinion=more[:400]),
    )
    talks = tuple(
        replace(
            one,
            place=words[:200],
            exchanges=tuple(replace(part, answer=more) for part in one.exchanges[:6]),
        )
        for one in file.investigations
    )
    pieces = tuple(
        replace(one, name=f"名{words[:190]}", source=more[:200], proves=more[:1990])
        for one in file.evidence
    )
    visits = tuple(replace(one, findings=words) for one in file.follow_ups)
    done = tuple(replace(one, what=more[:200], witness=first) for one in file.performances)
    return replace(
        file,
        case=case,
        people=people,
        investigations=talks,
        evidence=pieces,
        follow_ups=visits,
        performances=done,
        agreements=full_case().agreements,
    )
