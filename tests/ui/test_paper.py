"""Paper on the screen and on its way to the printer: a few pictures in memory, copies as the law
asks, files whole or not at all.
"""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, Refused
from app.services.paper_values import Printed, PrintedFile, PrintedPart
from app.ui.runtime.desk import Desk
from app.ui.runtime.preferences import Preferences
from app.ui.widgets import print_run
from app.ui.widgets.paper import PAGES_KEPT, PaperPreview, export_pdf, write_whole
from app.ui.widgets.print_dialog import PrintDialog, PrintOrder, PrintWish
from app.ui.widgets.print_run import PrintRun, print_pdf
from tests.fakes import MemoryStore, practice
from tests.ui.desks import Heard, make_desk

PRINTED = Printed(pdf=b"%PDF-1.7 a paper", pages=2, name="012.pdf")
LONG = Printed(pdf=b"%PDF-1.7 a file", pages=40, name="file.pdf")


def dialog_for(
    pages: int, wish: PrintWish, preferences: Preferences, *, duplex: bool = True
) -> PrintDialog:
    return PrintDialog(["HP", "Pantum"], pages, wish, preferences, lambda _name: duplex)


def order(**changed: object) -> PrintOrder:
    facts = {"printer": "HP", "copies": 1, "duplex": False, "pages": "", "wanted": (1, 2)}
    return PrintOrder(**{**facts, **changed})  # type: ignore[arg-type]  # checked by its use


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def into_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer that writes a PDF."""
    target = tmp_path / "sheets.pdf"

    def printer(name: str) -> QPrinter:
        del name
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        return made

    monkeypatch.setattr(print_run, "new_printer", printer)
    # A sheet of 300 dpi takes its time, and shows nothing more here.
    monkeypatch.setattr(print_run, "PRINT_DPI", 30)
    return target


def sheets(file: Path) -> int:
    with pypdfium2.PdfDocument(file.read_bytes()) as document:
        return len(document)


# --- on the screen ---------------------------------------------------------------------------


def test_pages_are_shown(qtbot: QtBot, desk: Desk) -> None:
    preview = PaperPreview(desk)
    qtbot.addWidget(preview)
    preview.resize(700, 500)
    preview.show()
    with qtbot.waitSignal(preview.shown) as told:
        preview.show_printed(PRINTED)
    assert told.args == [2]
    assert preview.page_count() == 2
    before = preview._pages.width()
    preview.zoom_by(1)
    preview.zoom_by(1)
    assert preview._pages.width() > before
    preview.clear()
    assert preview.page_count() == 0


def test_of_forty_pages_a_few_are_in_memory(qtbot: QtBot, desk: Desk) -> None:
    preview = PaperPreview(desk)
    qtbot.addWidget(preview)
    preview.resize(700, 500)
    preview.show()
    preview.show_printed(LONG)
    assert preview.page_count() == 40
    assert preview.pictures_kept() == 1
    for index in range(40):
        preview.show_page(index)
        # The name is bound now, by its default.
        qtbot.waitUntil(lambda at=index: at in preview._pages._pictures)  # type: ignore[misc]
        assert preview.pictures_kept() <= PAGES_KEPT
    assert preview._count.text() == "第 40 页，共 40 页"
    preview.show_page(0)
    qtbot.waitUntil(lambda: 0 in preview._pages._pictures)


# --- the question ----------------------------------------------------------------------------


def test_the_dialog_names_the_number_of_copies_and_why(qtbot: QtBot) -> None:
    dialog = dialog_for(2, PrintWish(3, "当事人 2 份 + 调委会 1 份。"), Preferences(None))
    qtbot.addWidget(dialog)
    assert dialog.go.text() == "打印 3 份"
    assert dialog.told.text() == "每份 2 页。当事人 2 份 + 调委会 1 份。"
    dialog.copies.line.setText("5")
    assert dialog.go.text() == "打印 5 份"
    dialog.copies.line.setText("0")
    dialog.go.click()
    assert dialog.copies.problem_text()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_some_pages(qtbot: QtBot) -> None:
    dialog = dialog_for(40, PrintWish(), Preferences(None))
    qtbot.addWidget(dialog)
    dialog.pages.line.setText("41")
    dialog.go.click()
    assert "1-3,5" in dialog.pages.problem_text()
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.pages.line.setText("1-3，5")
    dialog.go.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.order().wanted == (1, 2, 3, 5)
    assert dialog.order().pages == "1-3，5"
    dialog.pages.line.setText("1-40")
    assert dialog.order().pages == ""


def test_printer_and_sides_are_remembered(qtbot: QtBot) -> None:
    preferences = Preferences(None)
    first = dialog_for(2, PrintWish(), preferences)
    qtbot.addWidget(first)
    first.printer.set_value("Pantum")
    first.sides.set_value("both")
    first.go.click()
    again = dialog_for(2, PrintWish(), preferences)
    qtbot.addWidget(again)
    assert (again.order().printer, again.order().duplex) == ("Pantum", True)
    simple = dialog_for(2, PrintWish(), preferences, duplex=False)
    qtbot.addWidget(simple)
    assert not simple.order().duplex
    assert simple.sides.isHidden()


# --- to the printer --------------------------------------------------------------------------


def test_without_a_printer_there_is_a_sentence(
    parent: QWidget, desk: Desk, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    print_pdf(parent, desk, PRINTED, PrintWish(3))
    assert [one.first.code for one in heard.problems] == [ProblemCode.NO_PRINTER]


def test_what_was_agreed_on_is_printed_and_told(
    parent: QWidget, desk: Desk, heard: Heard, into_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["HP"]))
    told: list[PrintOrder] = []
    print_pdf(parent, desk, PRINTED, PrintWish(3), told.append)
    dialog = parent.findChild(PrintDialog)
    assert isinstance(dialog, PrintDialog)
    dialog.copies.line.setText("4")
    dialog.go.click()
    assert [one.copies for one in told] == [4]
    assert "4" in heard.said[-1]
    assert sheets(into_file) == 2


def test_papers_begin_on_sheets_of_their_own(parent: QWidget, desk: Desk, into_file: Path) -> None:
    parts = tuple(
        PrintedPart(DocumentKind.COVER, RecordId(f"r{page}"), "", page, page, "")
        for page in (1, 2, 3)
    )
    file = PrintedFile(b"%PDF", 3, "file.pdf", parts)
    PrintRun(parent, desk, file, order(duplex=True, wanted=(1, 2, 3))).start()
    assert sheets(into_file) == 5


def test_forty_pages_go_one_by_one_and_can_be_stopped(
    qtbot: QtBot, parent: QWidget, memory: MemoryStore, heard: Heard, into_file: Path
) -> None:
    desk = make_desk(memory.unit, practice(), heard, instant=False)
    told: list[PrintOrder] = []
    try:
        run = PrintRun(parent, desk, LONG, order(wanted=tuple(range(1, 41))), told.append)
        assert run.progress is not None
        run.progress.show()
        progress = run.progress
        run.start()
        qtbot.waitUntil(lambda: progress.bar.value() >= 3)
        # Between two sides whatever else was asked is done.
        asked: list[int] = []
        desk.jobs.run_records(parent, lambda: 1, asked.append)
        qtbot.waitUntil(lambda: asked == [1])
        assert progress.bar.value() < 40
        progress.stop.click()
        qtbot.waitUntil(lambda: heard.said != [])
        assert heard.said == ["打印停下了，没有送出去。"]
        assert told == []
    finally:
        desk.jobs.stop()
        desk.jobs.deleteLater()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_gives_up_is_told_in_words(
    parent: QWidget,
    desk: Desk,
    heard: Heard,
    into_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(name: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / "no" / name))
        return made

    del into_file
    monkeypatch.setattr(print_run, "new_printer", nowhere)
    told: list[PrintOrder] = []
    PrintRun(parent, desk, PRINTED, order(), told.append).start()
    assert [one.first.code for one in heard.problems] == [ProblemCode.NO_PRINTER]
    assert told == []


# --- into a file -----------------------------------------------------------------------------


def test_a_pdf_is_written_where_it_was_wished(
    parent: QWidget, desk: Desk, heard: Heard, tmp_path: Path
) -> None:
    export_pdf(parent, desk, PRINTED)
    dialog = parent.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "out.pdf"))
    dialog.reject()
    assert (tmp_path / "out.pdf").read_bytes() == PRINTED.pdf
    assert "out.pdf" in heard.said[-1]


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as refused:
        write_whole(target, b"new")
    assert refused.value.first.code is ProblemCode.OUTPUT_UNWRITABLE
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_whole(tmp_path / "no" / "a.pdf", b"x")
