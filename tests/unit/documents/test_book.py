"""The bound file: order, page numbers, contents that agree with them, pictures in their places."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from app.documents.book import leaf_of
from app.documents.paper_data import Paper
from app.documents.pictures import read_picture
from app.documents.printshop import PdfPrintshop
from app.domain.completeness import DocumentKind
from app.domain.problems import ProblemCode, Refused
from app.services.paper_values import FilePart, PrintedFile, Scan
from tests.unit.documents.files import frozen_case, long_case, parts_of, scanned_page, with_scans
from tests.unit.documents.pages import MILLIMETRE, Box, boxes, page_texts
from tests.unit.documents.worked_case import (
    CASE_ID,
    RESOURCES,
    TODAY,
    blank_case,
    full_case,
    rid,
)

UNPAGED = 2  # cover and contents stand before the first counted page


@pytest.fixture(scope="module")
def file(shop: PdfPrintshop) -> PrintedFile:
    case = long_case()
    return shop.make_file(case, parts_of(case), TODAY)


def corner_number(page: list[Box]) -> tuple[str, float]:
    """The number in the upper corner of a page and its left edge in millimetres."""
    corner = [one for one in page if one.bottom < 25]
    return "".join(one.character for one in corner), min((one.left for one in corner), default=0.0)


def test_every_part_stands_where_the_result_says(file: PrintedFile) -> None:
    assert file.pages == len(page_texts(file.pdf)) >= 36
    assert file.parts[0].first_page == 1
    assert file.parts[-1].last_page == file.pages
    for earlier, later in zip(file.parts, file.parts[1:], strict=False):
        assert later.first_page == earlier.last_page + 1
    texts = page_texts(file.pdf)
    for part in file.parts:
        assert part.title.split("（")[0] in texts[part.first_page - 1]


def test_the_file_counts_every_page_but_cover_and_contents(file: PrintedFile) -> None:
    for index, page in enumerate(boxes(file.pdf)):
        number, left = corner_number(page)
        counted = index + 1 - UNPAGED
        assert number == (str(counted) if counted > 0 else "")
        if counted > 0:
            assert left > 170 if counted % 2 else left < 40


def test_each_paper_counts_its_own_pages_from_one(file: PrintedFile) -> None:
    texts = page_texts(file.pdf)
    for part in file.parts[UNPAGED:]:
        pages = part.last_page - part.first_page + 1
        for own, text in enumerate(texts[part.first_page - 1 : part.last_page], 1):
            assert f"—{own}—" in text
            assert f"第{own}页共{pages}页" in text


def test_the_contents_agree_with_the_pages(file: PrintedFile) -> None:
    expected = ""
    for number, part in enumerate(file.parts[UNPAGED:], 1):
        first, last = part.first_page - UNPAGED, part.last_page - UNPAGED
        expected += f"{number}{part.title}{first}—{last}"
    assert page_texts(file.pdf)[1].endswith("备注" + expected)


def test_many_papers_run_over_pages_of_contents_under_the_same_head(shop: PdfPrintshop) -> None:
    case = full_case()
    notice = FilePart(DocumentKind.RIGHTS_NOTICE, CASE_ID, replaces=True)
    page = scanned_page("1", 124, 175)
    parts = [
        FilePart(DocumentKind.CONTENTS, CASE_ID),
        *(replace(notice, title=f"证明材料之{n}", scans=(Scan(page),)) for n in range(60)),
    ]
    made = shop.make_file(case, parts, TODAY)
    contents = page_texts(made.pdf)[: made.parts[0].last_page]
    assert len(contents) >= 3
    assert all("序号文书名称页号备注" in text for text in contents)
    assert "60证明材料之5960扫描件" in contents[-1]


def test_scans_stand_behind_the_text_or_in_its_place(shop: PdfPrintshop) -> None:
    case = full_case()
    tall, wide = scanned_page("1"), scanned_page("2", 1754, 1240)
    drawn = scanned_page("3", 400, 500, "PNG")
    parts = [
        FilePart(DocumentKind.CONTENTS, CASE_ID),
        FilePart(DocumentKind.RIGHTS_NOTICE, CASE_ID, scans=(Scan(tall),), replaces=True),
        FilePart(
            DocumentKind.ACCEPTANCE_REGISTER, CASE_ID, scans=(Scan(wide), Scan(drawn, "现场示意图"))
        ),
    ]
    made = shop.make_file(case, parts, TODAY)
    texts = page_texts(made.pdf)
    assert [(one.first_page, one.last_page) for one in made.parts] == [(1, 1), (2, 2), (3, 6)]
    assert "告知书1扫描件2" in texts[0]
    assert "登记表2—5附扫描件2页" in texts[0]
    assert texts[1] == "1"  # the file's number and nothing of the printed notice
    assert texts[4:] == ["4", "现场示意图5"]
    assert tall in made.pdf  # bit by bit as it came
    assert wide in made.pdf


def test_photos_stand_four_or_two_on_a_page_with_their_captions(shop: PdfPrintshop) -> None:
    tall, wide = scanned_page("1", 300, 400), scanned_page("2", 400, 300)
    for image, pages in ((tall, 2), (wide, 3)):
        photos = tuple(Scan(image, f"三组水渠边，第{number}张") for number in range(5))
        part = FilePart(DocumentKind.ACCEPTANCE_REGISTER, CASE_ID, photos=photos)
        made = shop.make_file(full_case(), [part], TODAY)
        shown = [text for text in page_texts(made.pdf) if "三组水渠边" in text]
        assert len(shown) == pages
        assert [n for text in shown for n in re.findall(r"第(\d)张", text)] == list("01234")


def test_a_picture_that_is_none_is_told_with_its_place(shop: PdfPrintshop) -> None:
    good = scanned_page("1", 60, 80)
    for bad in (b"", b"GIF89a", good[:30], b"\xff\xd8\xff\xff", b"\x89PNG\r\n\x1a\n"):
        part = FilePart(DocumentKind.COVER, CASE_ID, scans=(Scan(good), Scan(bad)))
        with pytest.raises(Refused) as refused:
            shop.make_file(full_case(), [part], TODAY)
        problem = refused.value.first
        assert problem.code is ProblemCode.PICTURE_UNREADABLE
        assert problem.facts == {"title": "调解卷宗", "number": 2}


def test_sizes_are_read_from_the_first_bytes() -> None:
    for form, kind in (("JPEG", "image/jpeg"), ("PNG", "image/png")):
        picture = read_picture(scanned_page("1", 70, 90, form))
        assert (picture.media_type, picture.width, picture.height) == (kind, 70, 90)


def test_a_character_without_a_glyph_is_found_in_captions_and_titles(shop: PdfPrintshop) -> None:
    strange = "\U0001f600"
    page = Scan(scanned_page("1", 60, 80), strange)
    for part in (
        FilePart(DocumentKind.COVER, CASE_ID, scans=(page,)),
        FilePart(DocumentKind.COVER, CASE_ID, title=strange),
    ):
        with pytest.raises(Refused) as refused:
            shop.make_file(full_case(), [part], TODAY)
        assert refused.value.first.code is ProblemCode.CHARACTER_NOT_IN_FONT


def test_marks_that_nobody_sees_keep_no_remark_off_the_contents() -> None:
    data: dict[str, object] = {"title": "通知书", "number": ""}
    paper = Paper("cover", "通知书", "x.pdf", TODAY, data, tail="一\u200b", remark="田\u202e有根")
    leaf = leaf_of(paper)
    assert (leaf.title, leaf.paper.remark) == ("通知书（一）", "田有根")


def test_the_same_file_gives_the_same_bytes(shop: PdfPrintshop) -> None:
    case = frozen_case()
    parts = with_scans(parts_of(case), 1)
    first = shop.make_file(case, parts, TODAY)
    assert shop.make_file(case, parts, TODAY) == first


def test_a_digest_changes_with_what_a_part_says_and_with_nothing_else(shop: PdfPrintshop) -> None:
    case = frozen_case()
    parts = parts_of(case)
    before = {one.kind: one for one in shop.make_file(case, parts, TODAY).parts}
    longer = replace(case, case=replace(case.case, facts="新的事实。" * 900))
    after = {one.kind: one for one in shop.make_file(longer, parts, TODAY).parts}
    changed = {kind for kind, one in after.items() if one.digest != before[kind].digest}
    assert changed == {DocumentKind.ACCEPTANCE_REGISTER, DocumentKind.CONTENTS}
    scanned = shop.make_file(case, with_scans(parts, 1), TODAY).parts[-1]
    assert scanned.digest != before[DocumentKind.WRITTEN_AGREEMENT].digest


def test_loose_sheets_bear_no_number_of_a_file(shop: PdfPrintshop) -> None:
    case = full_case()
    made = shop.make_file(case, parts_of(case), TODAY, bound=False)
    assert {corner_number(page)[0] for page in boxes(made.pdf)} <= {"", "草稿，不作签名用"}


def test_an_empty_case_and_no_parts(shop: PdfPrintshop) -> None:
    case = blank_case()
    parts = [
        FilePart(kind, CASE_ID)
        for kind in (DocumentKind.COVER, DocumentKind.CONTENTS, DocumentKind.MEDIATION_RECORD)
    ]
    assert shop.make_file(case, parts, TODAY).parts[-1].first_page == 3
    with pytest.raises(Refused, match="nothing_to_print"):
        shop.make_file(case, [], TODAY)
    with pytest.raises(Refused, match="record_not_found"):
        shop.make_file(case, [FilePart(DocumentKind.WRITTEN_AGREEMENT, rid(99))], TODAY)


def test_a_loose_paper_takes_any_template(shop: PdfPrintshop) -> None:
    entries = {"title": "登记簿", "entries": []}
    made = shop.make_loose("contents", entries, TODAY)
    assert (made.pages, made.name) == (1, "登记簿.pdf")
    assert "登记簿" in page_texts(made.pdf)[0]
    with pytest.raises(Refused, match="template_broken"):
        shop.make_loose("no_such_template", entries, TODAY)


def test_templates_read_nothing_but_their_argument() -> None:
    shared = {"boxes", "form", "lines", "main", "scan_pages"}
    papers = [one for one in (RESOURCES / "templates").glob("*.typ") if one.stem not in shared]
    assert len(papers) > 20
    for template in papers:
        text = template.read_text(encoding="utf-8")
        assert text.count("#let document(data)") == 1, template.stem
        for word in ("sys.inputs", "set page(", "set document(", "counter(page)"):
            assert word not in text, (template.stem, word)


def test_nothing_is_cut_at_the_edges(file: PrintedFile) -> None:
    for page in boxes(file.pdf):
        assert all(one.left > 20 and one.right < 190 and one.bottom < 290 for one in page)


@pytest.mark.parametrize(
    "command",
    [
        ("pdfinfo", "{}"),
        ("pdftotext", "{}", "-"),
        ("qpdf", "--check", "{}"),
        ("mutool", "draw", "-o", "/dev/null", "-F", "text", "{}"),
    ],
    ids=lambda command: command[0],
)
def test_other_programs_open_the_file(
    shop: PdfPrintshop, tmp_path: Path, command: tuple[str, ...]
) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here")
    case = frozen_case()
    made = shop.make_file(case, with_scans(parts_of(case), 2), TODAY)
    path = tmp_path / "file.pdf"
    path.write_bytes(made.pdf)
    done = subprocess.run(
        [part.format(path) for part in command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    if command[0] == "pdfinfo":
        assert re.search(rf"Pages:\s+{made.pages}\b", done.stdout)
    if command[0] == "pdftotext":
        assert done.stdout.count("\f") == made.pages
        assert "人民调解协议书" in done.stdout


def test_pages_are_a4_and_bookmarked(file: PrintedFile) -> None:
    with pypdfium2.PdfDocument(file.pdf) as document:
        sizes = {tuple(round(one / MILLIMETRE) for one in page.get_size()) for page in document}
        titles = [one.get_title() for one in document.get_toc()]
    assert sizes == {(210, 297)}
    assert titles == [one.title for one in file.parts]
