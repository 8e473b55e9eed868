"""The printshop as others use it: same bytes for the same case, archive PDF, plain refusals."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import traceback
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.documents.paper_data import paper_data
from app.documents.preview import page_images
from app.documents.printshop import PdfPrintshop
from app.domain.completeness import DocumentKind
from app.domain.problems import ProblemCode, Refused
from app.services.ports import Preview, Printshop
from tests.unit.documents.worked_case import (
    CASE_ID,
    NUMBER,
    RESOURCES,
    TODAY,
    blank_case,
    full_case,
    practice,
    rid,
)


def test_it_satisfies_the_ports(shop: PdfPrintshop) -> None:
    printshop: Printshop = shop
    preview: Preview = page_images
    assert preview(printshop.make(blank_case(), "cover", CASE_ID, TODAY).pdf, 20)


def test_the_same_case_gives_the_same_bytes(shop: PdfPrintshop) -> None:
    other = PdfPrintshop(RESOURCES, practice())
    other.warm_up()
    for kind in ("cover", "rights_notice"):
        first = shop.make(full_case(), kind, CASE_ID, TODAY)
        assert shop.make(full_case(), kind, CASE_ID, TODAY) == first
        assert other.make(full_case(), kind, CASE_ID, TODAY) == first


def test_it_is_an_archive_pdf_without_a_clock_in_it(shop: PdfPrintshop) -> None:
    pdf = shop.make(full_case(), "written_agreement", rid(40), TODAY).pdf
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    with pypdfium2.PdfDocument(pdf) as document:
        facts = document.get_metadata_dict()
    assert facts["Title"] == "人民调解协议书"
    assert facts["CreationDate"].startswith("D:20260306")  # the date on the paper


def test_a_file_name_holds_the_number_and_no_person(shop: PdfPrintshop) -> None:
    assert shop.make(full_case(), "cover", CASE_ID, TODAY).name == f"调解卷宗_{NUMBER}.pdf"
    record = shop.make(full_case(), "mediation_record", rid(30), TODAY)
    assert record.name == f"人民调解记录_第1次_{NUMBER}.pdf"
    file = full_case()
    file = replace(file, case=replace(file.case, file_no="../a\\b:*?\n"))
    assert shop.make(file, "cover", CASE_ID, TODAY).name == "调解卷宗_a_b.pdf"


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("cover", rid(99)),
        ("mediation_record", rid(40)),
        ("written_agreement", rid(41)),
        ("oral_register", rid(40)),
        ("letter", CASE_ID),
    ],
)
def test_what_is_not_there_is_refused(shop: PdfPrintshop, kind: str, subject: str) -> None:
    with pytest.raises(Refused) as refused:
        shop.make(full_case(), kind, subject, TODAY)  # type: ignore[arg-type]
    assert refused.value.first.code is ProblemCode.RECORD_NOT_FOUND


def test_a_pack_without_its_text_is_refused() -> None:
    bare = PdfPrintshop(RESOURCES, replace(practice(), texts={"rights_notice": {"zh": "x"}}))
    for kind in ("rights_notice", "mediation_record"):
        with pytest.raises(Refused) as refused:
            bare.make(blank_case(), kind, CASE_ID, TODAY)
        assert refused.value.first.code is ProblemCode.TEMPLATE_BROKEN


@pytest.fixture
def shed(tmp_path: Path) -> Path:
    """Resources of our own that a test may damage; the fonts are linked."""
    shutil.copytree(RESOURCES / "templates", tmp_path / "templates")
    (tmp_path / "fonts").symlink_to(RESOURCES / "fonts", target_is_directory=True)
    return tmp_path


@pytest.mark.parametrize(
    "damage",
    [
        "#let data = json(bytes(sys.inputs.data))\n#data.file_title.nonsense",
        '#set document(date: datetime(year: 2026, month: 1, day: 1))\n#set text(font: "No")\nx',
        "#panic(sys.inputs.data)",
    ],
)
def test_a_broken_template_is_told_without_a_word_of_the_case(shed: Path, damage: str) -> None:
    (shed / "templates" / "cover.typ").write_text(damage, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        PdfPrintshop(shed, practice()).make(full_case(), "cover", CASE_ID, TODAY)
    problem = refused.value.first
    assert problem.code is ProblemCode.TEMPLATE_BROKEN
    assert "cover.typ" in str(problem.facts["place"])
    assert "田有根" not in str(problem)
    assert "田有根" not in "".join(traceback.format_exception(refused.value))


def test_a_missing_template_or_font_is_told(shed: Path) -> None:
    (shed / "templates" / "cover.typ").unlink()
    with pytest.raises(Refused, match="template_broken"):
        PdfPrintshop(shed, practice()).make(full_case(), "cover", CASE_ID, TODAY)
    (shed / "fonts").unlink()
    with pytest.raises(Refused, match="template_broken"):
        PdfPrintshop(shed, practice()).make(full_case(), "rights_notice", CASE_ID, TODAY)


def test_a_template_cannot_read_outside_its_folder(shed: Path) -> None:
    (shed / "secret.txt").write_text("秘密", encoding="utf-8")
    (shed / "templates" / "cover.typ").write_text('#read("../secret.txt")', encoding="utf-8")
    with pytest.raises(Refused, match="template_broken"):
        PdfPrintshop(shed, practice()).make(full_case(), "cover", CASE_ID, TODAY)


def test_every_kind_of_paper_has_a_template() -> None:
    for kind in DocumentKind:
        paper = paper_data(full_case(), practice(), kind.value, CASE_ID, TODAY)
        assert (RESOURCES / "templates" / f"{paper.template}.typ").is_file()


def test_two_threads_may_print_at_once(shop: PdfPrintshop) -> None:
    wanted = shop.make(full_case(), "cover", CASE_ID, TODAY).pdf
    got: list[bytes] = []

    def work() -> None:
        got.extend(shop.make(full_case(), "cover", CASE_ID, TODAY).pdf for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [wanted] * 15


def test_importing_the_printshop_loads_no_typesetter() -> None:
    code = (
        "import sys, app.documents.printshop, app.documents.preview;"
        "sys.exit(sum(name in sys.modules for name in ('typst', 'pypdfium2', 'fontTools')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_pages_become_pictures(shop: PdfPrintshop) -> None:
    printed = shop.make(full_case(), "written_agreement", rid(40), TODAY)
    pictures = page_images(printed.pdf, 72)
    assert len(pictures) == printed.pages
    for picture in pictures:
        assert (picture.width, picture.height) == (596, 842)
        assert picture.stride >= 3 * picture.width
        assert len(picture.rgb) == picture.stride * picture.height
        assert picture.rgb[:3] == b"\xff\xff\xff"
        assert min(picture.rgb) < 60  # ink
    assert page_images(printed.pdf, 72, 1, 1) == pictures[1:2]
    assert page_images(printed.pdf, 72, 9, 1) == ()


def test_a_date_of_its_own_counts_before_today(shop: PdfPrintshop) -> None:
    one = shop.make(full_case(), "written_agreement", rid(40), TODAY)
    assert shop.make(full_case(), "written_agreement", rid(40), date(2030, 1, 1)) == one
