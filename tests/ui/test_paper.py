"""Paper on the screen: pages as pictures, copies as the law asks, files whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.problems import ProblemCode, Refused
from app.services.ports import Printed
from app.ui.runtime.desk import Desk
from app.ui.widgets import paper
from app.ui.widgets.paper import PaperPreview, PrintDialog, export_pdf, print_pdf, write_whole
from tests.ui.desks import Heard

PRINTED = Printed(pdf=b"%PDF-1.7 a paper", pages=2, name="012.pdf")


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


def test_the_dialog_names_the_number_of_copies(qtbot: QtBot) -> None:
    dialog = PrintDialog(["HP", "Pantum"], "Pantum", 3, 2)
    qtbot.addWidget(dialog)
    assert dialog.go.text() == "打印 3 份"
    assert dialog.printer.value() == "Pantum"
    dialog.copies.line.setText("5")
    assert dialog.go.text() == "打印 5 份"
    dialog.copies.line.setText("0")
    dialog.go.click()
    assert dialog.copies.problem_text()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_without_a_printer_there_is_a_sentence(
    qtbot: QtBot, desk: Desk, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    print_pdf(parent, desk, PRINTED, 3)
    assert [one.first.code for one in heard.problems] == [ProblemCode.NO_PRINTER]


def test_copies_go_to_the_printer(
    qtbot: QtBot, desk: Desk, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    sent: list[tuple[str, int, int, str]] = []

    def send(name: str, pictures: list[object], copies: int, title: str) -> bool:
        sent.append((name, len(pictures), copies, title))
        return True

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["HP"]))
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", staticmethod(lambda: "HP"))
    monkeypatch.setattr(paper, "_send", send)
    told: list[int] = []
    print_pdf(parent, desk, PRINTED, 3, told.append)
    dialog = parent.findChild(PrintDialog)
    assert isinstance(dialog, PrintDialog)
    dialog.copies.line.setText("4")
    dialog.go.click()
    assert sent == [("HP", 2, 4, "012.pdf")]
    assert told == [4]
    assert "4" in heard.said[-1]


def test_a_pdf_is_written_where_it_was_wished(
    qtbot: QtBot, desk: Desk, heard: Heard, tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
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
