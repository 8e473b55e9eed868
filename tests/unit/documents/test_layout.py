"""Papers look as forms must: nothing cut, hands never alone on a page, pages counted right."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.documents.printshop import PdfPrintshop
from app.domain.casefile import CaseFile
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.services.paper_values import Printed
from tests.unit.documents.pages import Box, boxes, compact, page_texts, whole_text
from tests.unit.documents.worked_case import (
    CASE_ID,
    TODAY,
    blank_case,
    crowd_case,
    full_case,
    long_record_case,
    named_case,
    rid,
    scarce_case,
)

LABEL = "当事人（签名盖章或按指印）："
SUBJECTS = {
    DocumentKind.ACCEPTANCE_REGISTER: CASE_ID,
    DocumentKind.RIGHTS_NOTICE: CASE_ID,
    DocumentKind.MEDIATION_RECORD: rid(30),
    DocumentKind.WRITTEN_AGREEMENT: rid(40),
    DocumentKind.ORAL_REGISTER: rid(41),
}


def long_texts() -> CaseFile:
    """Every text longer than a page."""
    file = full_case()
    words = "某年某月某日，双方为这件事争执，说了很多话。" * 50
    long = [
        replace(
            one,
            facts=words,
            manner=words,
            place="某" * 200,
            clauses=tuple(replace(clause, text=words) for clause in one.clauses),
        )
        for one in file.agreements
    ]
    case = replace(file.case, facts=words, requests=(words, words))
    session = replace(file.sessions[0], outcome_text=words)
    return replace(file, case=case, agreements=tuple(long), sessions=(session,))


FILES: dict[str, Callable[[], CaseFile]] = {
    "full": full_case,
    "scarce": scarce_case,
    "crowd": crowd_case,
    "seven": lambda: crowd_case(7),
    "short-name": lambda: named_case("龘", "石大山"),
    "long-names": lambda: named_case("阿卜杜热合曼·" + "买买提吐尔逊" * 9, "名" * 100),
    "long-texts": long_texts,
    "long-run": lambda: named_case("x" * 100, "石大山"),
}


def make(shop: PdfPrintshop, file: CaseFile, kind: str, subject: RecordId) -> Printed:
    return shop.make(file, kind, subject, TODAY)


@pytest.mark.parametrize("kind", SUBJECTS)
@pytest.mark.parametrize("name", FILES)
def test_nothing_leaves_the_text_area(shop: PdfPrintshop, name: str, kind: DocumentKind) -> None:
    printed = make(shop, FILES[name](), kind, SUBJECTS[kind])
    for page in boxes(printed.pdf):
        for box in page:
            assert box.left >= 27.5, box
            assert box.right <= 184.8, box
            assert box.top >= 36.5 or box.character in "草稿，不作签名用", box
            assert box.bottom <= 262.5 or box.top >= 267, box
            assert box.bottom <= 287, box


@pytest.mark.parametrize("kind", SUBJECTS)
@pytest.mark.parametrize("name", FILES)
def test_pages_are_numbered_one_to_last(shop: PdfPrintshop, name: str, kind: DocumentKind) -> None:
    printed = make(shop, FILES[name](), kind, SUBJECTS[kind])
    texts = page_texts(printed.pdf)
    assert len(texts) == printed.pages
    for index, text in enumerate(texts, 1):
        assert f"—{index}—" in text
        assert re.findall(r"第(\d+)页共(\d+)页", text) == [(str(index), str(len(texts)))]


@pytest.mark.parametrize("kind", [*SUBJECTS, DocumentKind.COVER])
def test_a_blank_form_prints_without_a_made_up_word(shop: PdfPrintshop, kind: DocumentKind) -> None:
    text = whole_text(make(shop, blank_case(), kind, CASE_ID).pdf)
    assert "None" not in text
    assert "☑" not in text
    assert not re.search(r"\d年|草稿", text)


def test_the_cover_is_one_page_whatever_the_title(shop: PdfPrintshop) -> None:
    file = full_case()
    file = replace(file, case=replace(file.case, title="名" * 200, file_no="号" * 60))
    printed = make(shop, file, "cover", CASE_ID)
    assert printed.pages == 1
    assert compact("名" * 200) in page_texts(printed.pdf)[0]


def test_an_everyday_oral_case_is_one_sheet(shop: PdfPrintshop) -> None:
    file = full_case()
    file = replace(file, parties=tuple(replace(one, representations=()) for one in file.parties))
    assert make(shop, file, "oral_register", rid(41)).pages == 1


@pytest.mark.parametrize("kind", SUBJECTS)
def test_two_hundred_parties_have_two_hundred_places_to_sign(
    shop: PdfPrintshop, kind: DocumentKind
) -> None:
    file = crowd_case(200)
    file = replace(file, sessions=tuple(replace(one, participants=()) for one in file.sessions))
    text = whole_text(make(shop, file, kind, SUBJECTS[kind]).pdf)
    assert text.count("（指印）") == 200
    for party in file.parties:
        assert f"当事人{file.name_of(party)}" in text


@pytest.mark.parametrize("kind", SUBJECTS)
def test_there_is_real_room_to_sign(shop: PdfPrintshop, kind: DocumentKind) -> None:
    for page in boxes(make(shop, crowd_case(30), kind, SUBJECTS[kind]).pdf):
        marks = [box.top for box in page if box.character == "指" and box.left > 120]
        marks = [top for top in marks if top > min(marks) + 1]
        for above, below in itertools.pairwise(marks):
            assert below - above >= 18


@pytest.mark.parametrize("kind", SUBJECTS)
def test_text_fills_the_pages_before_the_hands(shop: PdfPrintshop, kind: DocumentKind) -> None:
    """What room a page leaves is no larger than the hands and the lines that travel with them."""
    printed = make(shop, everyday_case(), kind, SUBJECTS[kind])
    one_sheet = kind in (DocumentKind.ACCEPTANCE_REGISTER, DocumentKind.ORAL_REGISTER)
    assert printed.pages == (1 if one_sheet else 2)
    for page in boxes(printed.pdf)[:-1]:
        assert max(box.bottom for box in page if box.bottom < 263) > 225


def everyday_case() -> CaseFile:
    """The full case between two people, told at some length."""
    file = full_case()
    words = "双方的房子挨在一起，说好各退一步，邻居也都在场作了见证，没有别的话说。"
    parties = tuple(replace(one, representations=()) for one in file.parties[:2])
    ids = tuple(one.id for one in parties)
    written, oral = (replace(one, party_ids=ids) for one in file.agreements)
    steps = tuple(replace(one, text=one.text + words) for one in file.sessions[0].steps)
    present = file.sessions[0].attendance[:2]
    session = replace(file.sessions[0], steps=steps, attendance=present, participants=())
    case = replace(file.case, facts=file.case.facts + words)
    return replace(
        file, case=case, parties=parties, agreements=(written, oral), sessions=(session,)
    )


def test_a_record_of_twenty_pages(shop: PdfPrintshop) -> None:
    file = long_record_case()
    printed = make(shop, file, "mediation_record", rid(30))
    assert printed.pages >= 20
    spoken = next(one.text for one in file.sessions[0].steps if "问：" in one.text)
    assert compact(spoken) in re.sub(
        r"—\d+—(编号.*?号)?第\d+页共\d+页", "", whole_text(printed.pdf)
    )


@pytest.mark.parametrize("kind", SUBJECTS)
@pytest.mark.parametrize("name", FILES)
def test_hands_are_never_alone(shop: PdfPrintshop, name: str, kind: DocumentKind) -> None:
    assert_hands_in_company(make(shop, FILES[name](), kind, SUBJECTS[kind]).pdf)


@pytest.mark.parametrize("size", range(0, 900, 61))
def test_hands_are_never_alone_wherever_the_text_ends(shop: PdfPrintshop, size: int) -> None:
    file = full_case()
    written, oral = file.agreements
    words = "字" * size
    agreements = (replace(written, manner=words), replace(oral, manner=words, facts=words * 2))
    session = replace(file.sessions[0], outcome_text=words)
    case = replace(file.case, facts=words, requests=(words[:200], words[:300]))
    file = replace(file, agreements=agreements, sessions=(session,), case=case)
    for kind, subject in SUBJECTS.items():
        assert_hands_in_company(make(shop, file, kind, subject).pdf)


@pytest.mark.parametrize("count", range(2, 14))
def test_hands_are_never_alone_however_many(shop: PdfPrintshop, count: int) -> None:
    file = crowd_case(count)
    for kind, subject in SUBJECTS.items():
        assert_hands_in_company(make(shop, file, kind, subject).pdf)


def assert_hands_in_company(pdf: bytes) -> None:
    """Above the first place to sign stands text of the paper; the seal's page holds a place to sign
    as well."""
    pages = boxes(pdf)
    texts = ["".join(box.character for box in page) for page in pages]
    starts = [index for index, text in enumerate(texts) if LABEL in compact(text)]
    assert len(starts) == 1
    page = pages[starts[0]]
    label = _line_of(page, LABEL)
    above = [box for box in page if box.bottom < label - 1]
    below = [box for box in page if label + 8 < box.top < 263]
    assert len(above) >= 5, "the place for hands stands alone"
    assert below, "its heading stands alone"
    seals = [text for text in texts if "（印章）" in text]
    assert "（指印）" in seals[-1]


def _line_of(page: list[Box], words: str) -> float:
    """Top of the first character of `words` on the page, in millimetres."""
    text = "".join(box.character for box in page)
    return page[text.index(words)].top
