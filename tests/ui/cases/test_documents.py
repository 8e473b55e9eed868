"""The print centre of a case: what is printed, asked about, counted and printed again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.printing import CameOut, Printing
from app.services.papers import WhichPapers
from app.ui.cases.papers import FileDialog
from app.ui.cases.print_log import PrintLogDialog
from app.ui.cases.print_question import SpoiledDialog
from app.ui.cases.sections.documents import DocumentsSection
from app.ui.cases.workspace import Workspace
from app.ui.widgets import print_run
from app.ui.widgets.fields import LineField
from app.ui.widgets.paper_window import PaperWindow
from app.ui.widgets.print_dialog import PrintDialog
from tests.fakes import MemoryStore
from tests.ui.cases.hands import click, find, opened, press, registered, seen
from tests.ui.cases.village import person
from tests.ui.desks import Heard


@pytest.fixture
def case_id(memory: MemoryStore) -> RecordId:
    return registered(memory.unit, person(1, "唐某"), person(2, "文某"))


@pytest.fixture
def section(workspace: Workspace, case_id: RecordId) -> DocumentsSection:
    opened(workspace, case_id)
    made = workspace.page().sections["documents"]
    assert isinstance(made, DocumentsSection)
    return made


@pytest.fixture(autouse=True)
def into_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only printer writes a PDF."""
    target = tmp_path / "sheets.pdf"

    def printer(name: str) -> QPrinter:
        del name
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        return made

    monkeypatch.setattr(print_run, "new_printer", printer)
    monkeypatch.setattr(print_run, "PRINT_DPI", 20)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["HP"]))
    return target


def agree(section: DocumentsSection) -> None:
    """Presses the print dialog's own button."""
    (dialog,) = [one for one in section.findChildren(PrintDialog) if one.isVisible()]
    click(dialog.go)


def printings(memory: MemoryStore) -> list[Printing]:
    found = [one for one in memory.kept.records.values() if isinstance(one, Printing)]
    return sorted(found, key=lambda one: (one.at, one.id))


def test_the_whole_file_by_one_button(
    section: DocumentsSection, memory: MemoryStore, into_file: Path
) -> None:
    assert section._all.text() == "打印整卷"
    press(section, "print-all")
    agree(section)
    assert into_file.exists()
    (noted,) = printings(memory)
    assert noted.whole_file
    assert noted.came_out is CameOut.NOT_SAID
    assert noted.printer == "HP"
    assert [one.kind for one in noted.papers] == [one[0].value for one in section.rows]


def test_it_counts_only_when_somebody_says_so(
    section: DocumentsSection, memory: MemoryStore
) -> None:
    press(section, "print-all")
    agree(section)
    assert "纸都印好了吗" in seen(section)
    row = section.rows[next(iter(section.rows))]
    assert "印过" not in row.note.text()
    press(section, "came-out-well")
    assert printings(memory)[0].came_out is CameOut.WELL
    assert "纸都印好了吗" not in seen(section)
    row = section.rows[next(iter(section.rows))]
    assert "印过 1 份" in row.note.text()
    assert row.printed.text() == "已印"


def test_the_question_stays_after_a_restart(
    section: DocumentsSection, workspace: Workspace, case_id: RecordId
) -> None:
    press(section, "print-all")
    agree(section)
    workspace.page().put_away()
    opened(workspace, case_id)
    assert "纸都印好了吗" in seen(section)


def test_spoiled_sheets_need_a_reason_and_are_counted(
    section: DocumentsSection, memory: MemoryStore
) -> None:
    press(section, "print-all")
    agree(section)
    press(section, "came-out-spoiled")
    (dialog,) = section.findChildren(SpoiledDialog)
    press(dialog, "keep")
    assert dialog.reason.problem_text()
    assert printings(memory)[0].came_out is CameOut.NOT_SAID
    assert isinstance(dialog.reason, LineField)
    dialog.reason.line.setText("卡纸")
    dialog.sheets.line.setText("3")
    press(dialog, "keep")
    (noted,) = printings(memory)
    assert (noted.came_out, noted.spoiled_reason, noted.spoiled_sheets) == (
        CameOut.SPOILED,
        "卡纸",
        3,
    )
    assert "纸都印好了吗" not in seen(section)


def test_some_papers(section: DocumentsSection, memory: MemoryStore) -> None:
    name = next(one for one in section.rows if one[0] is DocumentKind.RIGHTS_NOTICE)
    section.rows[name].box.click()
    assert section.which.value() == WhichPapers.CHOSEN.value
    assert section._all.text() == "打印选中的 1 样"
    press(section, "print-all")
    agree(section)
    (noted,) = printings(memory)
    assert [(one.kind, one.subject_id) for one in noted.papers] == [(name[0].value, name[1])]
    assert not noted.whole_file
    section.rows[name].box.click()
    assert not section._all.isEnabled()


def test_a_single_paper_says_for_whom_its_copies_are(
    section: DocumentsSection, memory: MemoryStore
) -> None:
    name = next(one for one in section.rows if one[0] is DocumentKind.RIGHTS_NOTICE)
    press(section, "print-rights_notice")
    (dialog,) = section.findChildren(PrintDialog)
    assert "共 3 份：当事人 2 份 + 调委会 1 份。" in dialog.told.text()
    agree(section)
    (noted,) = printings(memory)
    assert noted.copies == 3
    assert [one.subject_id for one in noted.papers] == [name[1]]
    assert noted.papers[0].digest


def test_what_never_came_out_is_what_is_missing(
    section: DocumentsSection, memory: MemoryStore
) -> None:
    press(section, "print-rights_notice")
    agree(section)
    press(section, "came-out-well")
    section.which.set_value(WhichPapers.MISSING.value)
    press(section, "print-all")
    agree(section)
    first, second = printings(memory)
    kinds = {one.kind for one in second.papers}
    assert first.papers[0].kind not in kinds
    assert len(kinds) == len(section.rows) - 1


def test_the_log_prints_again(section: DocumentsSection, memory: MemoryStore) -> None:
    press(section, "print-all")
    agree(section)
    press(section, "came-out-well")
    press(section, "print-log")
    (log,) = section.findChildren(PrintLogDialog)
    assert [one.id for one in log.model.lines()] == [printings(memory)[0].id]
    assert log._who[printings(memory)[0].id]
    press(log, "again")
    agree(section)
    assert [one.whole_file for one in printings(memory)] == [True, True]


def test_the_whole_file_is_seen_first_and_exported_sealed(
    section: DocumentsSection, memory: MemoryStore, tmp_path: Path
) -> None:
    press(section, "preview-all")
    (dialog,) = section.findChildren(FileDialog)
    assert dialog.preview.page_count() == len(section.rows)
    dialog.close()
    press(section, "export-all")
    (saver,) = section.findChildren(QFileDialog)
    saver.fileSelected.emit(str(tmp_path / "file.pdf"))
    saver.reject()
    assert (tmp_path / "file.pdf").read_bytes().startswith(b"%PDF")
    assert printings(memory) == []


def test_an_empty_form_of_the_same_kind(section: DocumentsSection, qtbot: QtBot) -> None:
    del qtbot
    row = section.rows[next(iter(section.rows))]
    menu = row.menu()
    blank = next(one for one in menu.actions() if one.objectName() == "blank")
    blank.trigger()
    menu.deleteLater()
    (window,) = section.findChildren(PaperWindow)
    assert window.windowTitle() == "空白表：卷宗封面"
    window.close()


def test_of_somebody_elses_case_nothing_is_noted(
    workspace: Workspace, memory: MemoryStore, case_id: RecordId, heard: Heard
) -> None:
    memory.kept.owners[("case", case_id)] = "another-laptop"
    opened(workspace, case_id)
    section = workspace.page().sections["documents"]
    assert isinstance(section, DocumentsSection)
    find(section, type(section._all), "print-all").click()
    agree(section)
    assert printings(memory) == []
    assert heard.problems == []
    assert "纸都印好了吗" not in seen(section)
