"""The record of a talk and the list of evidence: all that was said and handed in, and room to sign
each page.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.documents.printshop import PdfPrintshop
from app.domain.casefile import CaseFile
from app.domain.completeness import DocumentKind
from app.domain.problems import ProblemCode, Refused
from app.services.paper_values import FilePart, Scan
from tests.unit.documents.company import (
    EACH_PAGE,
    assert_in_company,
    assert_inside,
    assert_no_heading_last,
)
from tests.unit.documents.files import scanned_page
from tests.unit.documents.pages import boxes, compact, page_texts, whole_text
from tests.unit.documents.whole_case import EXCHANGES, LONG_TALK, TALK, piece, talk, whole_case
from tests.unit.documents.worked_case import CASE_ID, TODAY, blank_case, rid

PERSON_LABEL = "被调查人（签名或按指印）："
BY_HAND = "由被调查人亲笔写："
GIVER_LABEL = "提供人（签名或按指印）："


def test_a_talk_stands_as_it_was_written_down(shop: PdfPrintshop) -> None:
    said = whole_text(shop.make(whole_case(), "investigation_record", TALK, TODAY).pdf)
    assert "2026年3月5日15时00分至15时40分" in said
    assert "地点：罗长顺家堂屋" in said
    assert "参加人：村民小组长" in said
    assert "被调查人姓名田小满" in said
    assert "与当事人的关系：邻居" in said
    assert "问：您和双方是什么关系？答：邻居，隔一条巷子。" in said
    assert "答：我在门口晒谷子" in said
    assert "答：答：" not in said
    assert "我们是" not in said  # nothing is added to what was asked
    assert "调查人（签名）罗和平" in said
    assert "记录人（签名）韦丽君" in said


def test_the_last_words_are_the_persons_own_hand(shop: PdfPrintshop) -> None:
    file = whole_case()
    said = whole_text(shop.make(file, "investigation_record", TALK, TODAY).pdf)
    assert "以上记录我看过，和我说的一样。" in said
    assert "以上记录已读给我听" not in said
    listener = replace(file.people[rid(12)], cannot_read=True)
    heard = replace(file, people={**file.people, rid(12): listener})
    said = whole_text(shop.make(heard, "investigation_record", TALK, TODAY).pdf)
    assert "以上记录已读给我听，和我说的一样。" in said
    assert "以上记录我看过" not in said


def test_twenty_pages_lose_nothing_and_each_is_signed(shop: PdfPrintshop) -> None:
    printed = shop.make(whole_case(), "investigation_record", LONG_TALK, TODAY)
    assert printed.pages >= 20
    texts = page_texts(printed.pdf)
    assert all(EACH_PAGE in one for one in texts)
    assert "".join(texts).count(compact("抬头看见木方掉下来，砸在田家屋面上。")) == 60
    assert_inside(printed.pdf)
    for page in boxes(printed.pdf):
        finger = max(box.top for box in page if box.character == "指" and box.left > 120)
        words = min(box.top for box in page if box.top > 235 and box.left < 75)
        assert 236 < words < finger < 262


def test_a_long_answer_flows(shop: PdfPrintshop) -> None:
    long = replace(EXCHANGES[0], question="问" * 4000, answer="答" * 9000)
    file = replace(whole_case(), investigations=(talk(TALK, 1, (long,)),))
    printed = shop.make(file, "investigation_record", TALK, TODAY)
    said = whole_text(printed.pdf)
    assert said.count("答") >= 9000
    assert_inside(printed.pdf)


@pytest.mark.parametrize("count", range(1, 24))
def test_hands_have_company_wherever_a_talk_ends(shop: PdfPrintshop, count: int) -> None:
    file = replace(whole_case(), investigations=(talk(TALK, 1, EXCHANGES[:1] * count),))
    pdf = shop.make(file, "investigation_record", TALK, TODAY).pdf
    assert_in_company(pdf, PERSON_LABEL)
    assert_no_heading_last(pdf, "记录：", BY_HAND)
    for text in page_texts(pdf):
        before = re.split("被调查人在每一页", text)[0]
        assert not before.endswith("您和双方是什么关系？")  # a question never ends a page


def test_the_blank_record_has_the_questions_of_every_talk(shop: PdfPrintshop) -> None:
    printed = shop.make(blank_case(), "investigation_record", CASE_ID, TODAY)
    said = whole_text(printed.pdf)
    assert printed.pages == 2
    assert "的调解员" in said
    assert "您和双方当事人是什么关系？" in said
    assert "以上记录我看过" in said
    assert "以上记录已读给我听" in said
    assert not re.search(r"\d年", said)
    assert_inside(printed.pdf)
    assert_no_heading_last(printed.pdf, BY_HAND)


def test_a_voided_talk_says_so_and_an_unknown_one_is_refused(shop: PdfPrintshop) -> None:
    file = replace(
        whole_case(), investigations=(replace(talk(TALK, 1, EXCHANGES), void_reason="重记"),)
    )
    pdf = shop.make(file, "investigation_record", TALK, TODAY).pdf
    assert all("已作废" in one for one in page_texts(pdf))
    with pytest.raises(Refused) as caught:
        shop.make(file, "investigation_record", rid(999), TODAY)
    assert caught.value.problems[0].code is ProblemCode.RECORD_NOT_FOUND


def test_the_list_says_what_was_handed_in_and_who_compared_it(shop: PdfPrintshop) -> None:
    said = whole_text(shop.make(whole_case(), "evidence_list", CASE_ID, TODAY).pdf)
    for column in ("序号", "名称", "提交日期", "份数", "页数", "证明内容", "收件人"):
        assert column in said
    assert "乙字1号材料（书证）" in said
    assert "原件2026年3月6日退还" in said
    assert "第2、3项与原件核对无异。核对人：韦丽君，日期：2026年3月5日。" in said
    assert GIVER_LABEL in said
    assert "提供人田有根" in said


def test_a_copy_that_nobody_compared_leaves_the_name_to_the_pen(shop: PdfPrintshop) -> None:
    pieces = (piece(1), replace(piece(2), compared_by="", compared_on=None), piece(3))
    file = replace(whole_case(), evidence=pieces)
    said = whole_text(shop.make(file, "evidence_list", CASE_ID, TODAY).pdf)
    assert "第2项与原件核对无异。核对人：，日期：。" in said
    assert "第3项与原件核对无异。核对人：韦丽君" in said


def evidence_case(count: int, words: int) -> CaseFile:
    """`count` pieces, of which every second shows something at length."""
    pieces = [
        replace(one, proves=f"起{one.ordinal}始{'证' * words}末{one.ordinal}尾")
        if one.ordinal % 2
        else one
        for one in map(piece, range(1, count + 1))
    ]
    return replace(whole_case(), evidence=tuple(pieces))


@pytest.mark.parametrize(("count", "words"), [(1, 0), (9, 30), (12, 90), (40, 60), (15, 600)])
def test_no_row_of_the_list_is_split(shop: PdfPrintshop, count: int, words: int) -> None:
    printed = shop.make(evidence_case(count, words), "evidence_list", CASE_ID, TODAY)
    texts = page_texts(printed.pdf)
    for number in range(1, count + 1):
        marks = (f"字{number}号材料", f"收{number}件", f"起{number}始", f"末{number}尾")
        found = {index for index, page in enumerate(texts) for mark in marks if mark in page}
        assert len(found) == 1, number
    assert_inside(printed.pdf)
    assert_in_company(printed.pdf, GIVER_LABEL)


def test_a_text_longer_than_a_page_flows_and_loses_nothing(shop: PdfPrintshop) -> None:
    printed = shop.make(evidence_case(3, 1900), "evidence_list", CASE_ID, TODAY)
    assert whole_text(printed.pdf).count("证") >= 2 * 1900
    assert_inside(printed.pdf)


def test_the_blank_list_has_rows_for_a_pen(shop: PdfPrintshop) -> None:
    printed = shop.make(blank_case(), "evidence_list", CASE_ID, TODAY)
    said = whole_text(printed.pdf)
    assert printed.pages == 1
    assert "第项与原件核对无异。核对人：，日期：。" in said
    assert not re.search(r"\d年", said)


def test_photographs_follow_the_list_with_their_captions(shop: PdfPrintshop) -> None:
    photos = tuple(
        Scan(scanned_page("瓦", 400, 300), f"屋面第{one}张（三组17号，罗和平拍摄）")
        for one in range(1, 6)
    )
    part = FilePart(kind=DocumentKind.EVIDENCE_LIST, subject_id=CASE_ID, photos=photos)
    printed = shop.make_file(whole_case(), [part], TODAY)
    texts = page_texts(printed.pdf)
    assert "证明内容" in texts[0]
    assert len(texts) - 1 in (2, 3)  # two or four to a page
    assert all(f"屋面第{one}张" in "".join(texts[1:]) for one in range(1, 6))
