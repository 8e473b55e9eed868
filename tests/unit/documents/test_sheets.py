"""An everyday case takes few sheets, and what belongs together stays on one page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents.printshop import PdfPrintshop
from app.domain.agreements import Instalment
from app.domain.casefile import CaseFile
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.letters import LetterKind
from app.services.paper_values import FilePart
from tests.unit.documents.files import frozen_case
from tests.unit.documents.pages import Box, boxes, compact, page_texts
from tests.unit.documents.test_confirmation_papers import ID as CONFIRMATION
from tests.unit.documents.test_confirmation_papers import applied
from tests.unit.documents.test_letter_papers import ID as LETTER
from tests.unit.documents.test_letter_papers import with_letter
from tests.unit.documents.whole_case import whole_case
from tests.unit.documents.worked_case import (
    CASE_ID,
    TODAY,
    blank_case,
    full_case,
    named_case,
    rid,
)

LONG_NAMES = ("阿卜杜热合曼·" + "买买提吐尔逊" * 9, "名" * 60)


def between_two(file: CaseFile) -> CaseFile:
    """The case between its first two parties, who act for themselves."""
    parties = tuple(replace(one, representations=()) for one in file.parties[:2])
    ids = tuple(one.id for one in parties)
    agreements = tuple(replace(one, party_ids=ids) for one in file.agreements)
    return replace(file, parties=parties, agreements=agreements)


@pytest.mark.parametrize(
    ("kind", "subject", "pages"),
    [
        ("application", CASE_ID, 1),
        ("acceptance_register", CASE_ID, 1),
        ("oral_register", rid(41), 1),
        ("written_agreement", rid(40), 2),
    ],
)
def test_a_case_between_two_people_takes_few_pages(
    shop: PdfPrintshop, kind: str, subject: RecordId, pages: int
) -> None:
    assert shop.make(between_two(whole_case()), kind, subject, TODAY).pages == pages


@pytest.mark.parametrize("kind", ["application", "acceptance_register", "oral_register"])
def test_a_form_for_the_pen_is_one_sheet(shop: PdfPrintshop, kind: str) -> None:
    assert shop.make(blank_case(), kind, CASE_ID, TODAY).pages == 1


@pytest.mark.parametrize(
    "kind", [one for one in LetterKind if one is not LetterKind.SERVICE_RECEIPT]
)
def test_a_letter_to_two_people_is_one_sheet(shop: PdfPrintshop, kind: LetterKind) -> None:
    file = with_letter(kind, between_two(full_case()))
    assert shop.make(file, kind, LETTER, TODAY).pages == 1


def test_the_longest_title_of_a_party_keeps_off_its_name(shop: PdfPrintshop) -> None:
    (page, *_) = boxes(shop.make(full_case(), "application", CASE_ID, TODAY).pdf)
    words = "被申请人姓名"
    start = "".join(one.character for one in page).index(words)
    assert page[start + 4].left - page[start + 3].right > 2


@pytest.mark.parametrize("size", [150, 400, 750])
def test_a_row_that_fits_a_page_is_never_cut(shop: PdfPrintshop, size: int) -> None:
    file = full_case()
    facts = "甲" + "字" * size + "癸"
    file = replace(file, case=replace(file.case, facts=facts))
    texts = page_texts(shop.make(file, "acceptance_register", CASE_ID, TODAY).pdf)
    assert any(facts in text for text in texts)


def test_a_row_higher_than_a_page_flows(shop: PdfPrintshop) -> None:
    file = full_case()
    file = replace(file, case=replace(file.case, facts="字" * 2000))
    texts = page_texts(shop.make(file, "acceptance_register", CASE_ID, TODAY).pdf)
    assert sum(text.count("字") for text in texts) >= 2000
    assert "字" in texts[0]


@pytest.mark.parametrize("count", range(2, 9))
def test_the_sum_stands_under_an_instalment(shop: PdfPrintshop, count: int) -> None:
    file = full_case()
    paper = file.agreements[0]
    payment = paper.clauses[0].payment
    assert payment is not None
    due = payment.instalments[0].due_on
    parts = tuple(Instalment(due_on=due, fen=100_000, way="CASH") for _ in range(count))
    clause = replace(paper.clauses[0], payment=replace(payment, instalments=parts))
    for lines in range(14):
        changed = replace(
            paper, facts=paper.facts + "\n一。" * lines, clauses=(clause, *paper.clauses[1:])
        )
        pages = page_texts(
            shop.make(replace(file, agreements=(changed,)), "written_agreement", rid(40), TODAY).pdf
        )
        (page,) = [text for text in pages if "合计25,000.00" in text]
        assert "1,000.00" in page.split("合计25,000.00")[0]


@pytest.mark.parametrize("size", range(0, 900, 30))
def test_the_list_of_enclosures_is_never_alone(shop: PdfPrintshop, size: int) -> None:
    file = named_case(*LONG_NAMES)
    paper = replace(file.agreements[0], facts="字" * size)
    file = replace(file, agreements=(paper, *file.agreements[1:]))
    pages = page_texts(
        shop.make(applied(file), "confirmation_application", CONFIRMATION, TODAY).pdf
    )
    assert "附件：" in pages[-1]
    assert "（指印）" in pages[-1]


def test_the_decision_stays_with_what_is_asked_for(shop: PdfPrintshop) -> None:
    kind = LetterKind.RECUSAL_APPLICATION
    for lines in range(0, 900, 30):
        file = with_letter(kind, named_case(*LONG_NAMES), reason="字" * lines)
        pages = page_texts(shop.make(file, kind, LETTER, TODAY).pdf)
        assert "委员会的决定" in pages[-1]
        assert "（指印）" in pages[-1]


def test_only_a_slip_under_a_letter_is_cut_off(shop: PdfPrintshop) -> None:
    kind = LetterKind.TRANSFER_LETTER
    (page,) = page_texts(
        shop.make(with_letter(kind, between_two(full_case())), kind, LETTER, TODAY).pdf
    )
    assert "沿此线剪下" in page
    long = with_letter(kind, content="做了一项工作。\n" * 12)
    assert "沿此线剪下" not in page_texts(shop.make(long, kind, LETTER, TODAY).pdf)[-1]


def test_long_titles_leave_the_contents_on_one_page(shop: PdfPrintshop) -> None:
    parts = [
        FilePart(DocumentKind.CONTENTS, CASE_ID),
        *(FilePart(DocumentKind.FILE_NOTE, CASE_ID, title="证据材料和说明" * 9) for _ in range(3)),
    ]
    file = shop.make_file(full_case(), parts, TODAY)
    assert file.parts[0].last_page == 1


def test_a_long_number_keeps_off_code_and_page_number(shop: PdfPrintshop) -> None:
    file = frozen_case()
    paper = replace(file.agreements[0], number="〔2026〕" + "号" * 70)
    pdf = shop.make(replace(file, agreements=(paper,)), "written_agreement", rid(40), TODAY).pdf
    for page in boxes(pdf):
        foot = [box for box in page if box.top > 263]
        middle = [box for box in foot if box.character == "—"]
        left, right = min(box.left for box in middle), max(box.right for box in middle)
        check = [box for box in foot if box.right < 75]
        number = [box for box in foot if box.character == "号"]
        assert check
        assert number
        assert all(box.right < left for box in check)
        assert all(box.left > right for box in number)
        assert _lowest(foot) < 290


def _lowest(page: list[Box]) -> float:
    return max(box.bottom for box in page)


def test_the_cover_names_who_bound_the_file(shop: PdfPrintshop) -> None:
    text = page_texts(shop.make(whole_case(), "cover", CASE_ID, TODAY).pdf)[0]
    assert "立卷人韦丽君" in text
    plain = page_texts(shop.make(full_case(), "cover", CASE_ID, TODAY).pdf)[0]
    assert "立卷人立卷日期" in plain


def test_a_refusal_of_a_question_of_status_cites_what_rules_mediation(shop: PdfPrintshop) -> None:
    kind = LetterKind.NON_ACCEPTANCE_NOTICE
    file = with_letter(kind, reason_code="STATUS", reason="离婚本身", addressee="")
    text = compact("".join(page_texts(shop.make(file, kind, LETTER, TODAY).pdf)))
    assert "依据：《人民调解工作若干规定》第二十二条。" in text
    assert "法释" not in text
