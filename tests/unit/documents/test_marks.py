"""Codes on finalised pages: every page proves itself, drafts prove nothing."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from app.documents.printshop import PdfPrintshop
from app.domain.agreements import AgreementState, FrozenNames
from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.wire.paper_mark import PaperMark, check_code, decode
from tests.unit.documents.files import HASH, frozen_case, long_case, parts_of
from tests.unit.documents.pages import MILLIMETRE, page_texts
from tests.unit.documents.worked_case import CASE_ID, NUMBER, TODAY, rid

AGREEMENT = rid(40)
SCANNER = 200  # dots per inch


def pictures(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=SCANNER / 72).to_pil().convert("L") for page in document]


def marks(pdf: bytes) -> list[PaperMark | None]:
    """What the one code of each page says; None for a page without one."""
    found: list[PaperMark | None] = []
    for picture in pictures(pdf):
        codes = zxingcpp.read_barcodes(picture)
        assert len(codes) <= 1
        found.append(decode(codes[0].text) if codes else None)
    return found


def expected(pages: int, agreement: RecordId = AGREEMENT) -> list[PaperMark]:
    return [
        PaperMark(record_id=agreement, version=1, content_hash=HASH, page=page, number=NUMBER)
        for page in range(1, pages + 1)
    ]


def with_agreement(file: CaseFile, **changes: object) -> CaseFile:
    paper = replace(file.agreements[0], **changes)  # type: ignore[arg-type]  # fields by name
    return replace(file, agreements=(paper, *file.agreements[1:]))


def test_every_page_of_a_frozen_agreement_bears_its_mark(shop: PdfPrintshop) -> None:
    made = shop.make(frozen_case(), "written_agreement", AGREEMENT, TODAY)
    assert marks(made.pdf) == expected(made.pages)
    for page, text in enumerate(page_texts(made.pdf), 1):
        assert check_code(HASH).replace(" ", "") in text
        assert f"第{page}页共{made.pages}页" in text


def test_a_paper_longer_than_guessed_still_bears_all_marks(
    shop: PdfPrintshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.documents.printshop.first_guess", lambda leaf: 1)
    case = long_case(clauses=4)
    made = shop.make(case, "written_agreement", AGREEMENT, TODAY)
    assert made.pages > 2
    assert marks(made.pdf) == expected(made.pages)


def test_in_the_bound_file_only_the_agreement_bears_marks(shop: PdfPrintshop) -> None:
    case = frozen_case()
    made = shop.make_file(case, parts_of(case), TODAY)
    agreement = made.parts[-1]
    before = agreement.first_page - 1
    assert marks(made.pdf) == [None] * before + expected(made.pages - before)


def test_a_poor_scan_of_the_page_can_be_read(shop: PdfPrintshop) -> None:
    page = pictures(shop.make(frozen_case(), "written_agreement", AGREEMENT, TODAY).pdf)[0]
    for turned in (-3, 0.6, 2):
        scan = page.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor=255)
        scan = scan.filter(ImageFilter.GaussianBlur(0.7))
        scan = ImageChops.add(scan, Image.effect_noise(scan.size, 8), 1, -128)
        codes = zxingcpp.read_barcodes(scan)
        assert [decode(one.text) for one in codes] == expected(1)


def test_the_code_is_at_least_18_mm_and_away_from_the_edges(shop: PdfPrintshop) -> None:
    page = pictures(shop.make(frozen_case(), "written_agreement", AGREEMENT, TODAY).pdf)[0]
    place = zxingcpp.read_barcodes(page)[0].position
    corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
    left, right = min(one.x for one in corners), max(one.x for one in corners)
    top, bottom = min(one.y for one in corners), max(one.y for one in corners)
    dots = SCANNER / 72 * MILLIMETRE
    assert min(right - left, bottom - top) >= 18 * dots
    assert abs((right - left) - (bottom - top)) < 0.3 * dots
    assert page.height - bottom > 6 * dots


@pytest.mark.parametrize("state", [AgreementState.DRAFT, AgreementState.VOID])
def test_drafts_and_void_papers_bear_none(shop: PdfPrintshop, state: AgreementState) -> None:
    file = with_agreement(frozen_case(), state=state)
    made = shop.make(file, "written_agreement", AGREEMENT, TODAY)
    assert marks(made.pdf) == [None] * made.pages
    word = "草稿" if state is AgreementState.DRAFT else "已作废"
    assert all(word in text for text in page_texts(made.pdf))
    blank = shop.make(file, "written_agreement", CASE_ID, TODAY)
    assert marks(blank.pdf) == [None] * blank.pages


def test_a_frozen_paper_keeps_the_names_of_those_who_made_it(shop: PdfPrintshop) -> None:
    file = frozen_case()
    paper = file.agreements[0]
    assert file.committee is not None
    names = FrozenNames(
        committee=file.committee.name,
        mediators=tuple(file.mediators[one].name for one in paper.mediator_ids),
    )
    file = with_agreement(file, frozen_names=names)
    assert file.committee is not None
    first = shop.make(file, "written_agreement", AGREEMENT, TODAY)
    later = replace(
        file,
        committee=replace(file.committee, name="另一个" + file.committee.name),
        mediators={key: replace(one, name=one.name + "改") for key, one in file.mediators.items()},
    )
    assert shop.make(later, "written_agreement", AGREEMENT, TODAY) == first
    loose = with_agreement(later, frozen_names=None)
    assert shop.make(loose, "written_agreement", AGREEMENT, TODAY).pdf != first.pdf
