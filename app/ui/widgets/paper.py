"""Paper on the screen: pages as they will print, printing with the right number of copies, and PDF
to a file.

Never makes a document itself, and never leaves half a file behind.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.problems import ProblemCode, refuse
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.fields import Choice, ChoiceField, CodeField, NumberField
from app.ui.widgets.frame import EmptyState, button, words

if TYPE_CHECKING:
    from app.services.ports import PageImage, Printed

SCREEN_DPI, PRINT_DPI = 110, 300
ZOOMS = (50, 75, 100, 125, 150, 200)
COPIES_MOST = 99


def page_picture(page: PageImage) -> QImage:
    """A Qt picture of its own from a page's bytes."""
    return QImage(
        page.rgb, page.width, page.height, page.stride, QImage.Format.Format_RGB888
    ).copy()


class _Pages(QWidget):
    """All pages below each other, at `zoom` percent of the natural size."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: list[QImage] = []
        self._zoom = 100

    def show_pages(self, pictures: list[QImage], zoom: int) -> None:
        self._pictures, self._zoom = pictures, zoom
        self.setFixedSize(self._fit())
        self.update()

    def page_size(self) -> QSize:
        """Of the first page, unzoomed."""
        return self._pictures[0].size() if self._pictures else QSize()

    def _scaled(self, picture: QImage) -> QSize:
        return QSize(picture.width() * self._zoom // 100, picture.height() * self._zoom // 100)

    def _fit(self) -> QSize:
        sizes = [self._scaled(picture) for picture in self._pictures]
        return QSize(
            max((size.width() for size in sizes), default=0) + 32,
            sum(size.height() + 16 for size in sizes) + 16,
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        top = 16
        for picture in self._pictures:
            size = self._scaled(picture)
            place = QRect((self.width() - size.width()) // 2, top, size.width(), size.height())
            if place.intersects(event.rect()):
                painter.drawImage(place, picture)
                painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
                painter.drawRect(place.adjusted(-1, -1, 0, 0))
            top += size.height() + 16
        painter.end()


class PaperPreview(QWidget):
    """Pages of one made document. `show_printed` asks for the pictures and shows them when they are
    there.

    Signals:
        shown(int): so many pages are on the screen.
    """

    shown = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.printed: Printed | None = None
        self._pictures: list[QImage] = []
        self._zoom = 0  # 0: as wide as the place
        self._pages = _Pages()
        self._area = QScrollArea()
        self._area.setObjectName("paper")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(self._pages)
        self._area.setAccessibleName(QCoreApplication.translate("PaperPreview", "文书预览"))
        self._empty = EmptyState(
            "file-text", QCoreApplication.translate("PaperPreview", "这里显示打印出来的样子。")
        )
        self._count = words("", "muted", wrap=False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._count, 1)
        self.smaller = button(
            QCoreApplication.translate("PaperPreview", "缩小"),
            lambda: self.zoom_by(-1),
            icon_name="zoom-out",
            quiet=True,
        )
        self.larger = button(
            QCoreApplication.translate("PaperPreview", "放大"),
            lambda: self.zoom_by(1),
            icon_name="zoom-in",
            quiet=True,
        )
        for one in (self.smaller, self.larger):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._area, 1)
        column.addWidget(self._empty, 1)
        self._show_state()

    def show_printed(self, printed: Printed) -> None:
        """Shows a document as it will print."""
        self.printed = printed
        preview = self._desk.preview
        self._desk.jobs.run_records(
            self,
            lambda: preview(printed.pdf, SCREEN_DPI),
            lambda pages: self._arrived(printed, pages),
        )

    def clear(self) -> None:
        self.printed = None
        self._pictures = []
        self._show_state()

    def zoom_by(self, steps: int) -> None:
        """To the next larger or smaller size."""
        now = self._zoom or self._fitting()
        at = min(range(len(ZOOMS)), key=lambda index: abs(ZOOMS[index] - now))
        self._zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, at + steps))]
        self._show_state()

    def page_count(self) -> int:
        return len(self._pictures)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom and self._pictures:
            self._pages.show_pages(self._pictures, self._fitting())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}.get(
            Qt.Key(event.key())
        )
        if steps:
            self.zoom_by(steps)
        else:
            super().keyPressEvent(event)

    def _arrived(self, printed: Printed, pages: Sequence[PageImage]) -> None:
        if printed is not self.printed:
            return
        self._pictures = [page_picture(page) for page in pages]
        self._show_state()
        self.shown.emit(len(self._pictures))

    def _fitting(self) -> int:
        width = (self._pictures[0].width() if self._pictures else 0) or 1
        return max(ZOOMS[0], min(ZOOMS[-1], (self._area.viewport().width() - 32) * 100 // width))

    def _show_state(self) -> None:
        there = bool(self._pictures)
        self._empty.setVisible(not there)
        self._area.setVisible(there)
        self.smaller.setEnabled(there)
        self.larger.setEnabled(there)
        self._count.setText(
            QCoreApplication.translate("PaperPreview", "共 {count} 页").format(
                count=len(self._pictures)
            )
            if there
            else ""
        )
        if there:
            self._pages.show_pages(self._pictures, self._zoom or self._fitting())


class PrintDialog(QDialog):
    """Which printer and how many copies; everything else is decided by the form."""

    def __init__(
        self,
        printers: Sequence[str],
        chosen: str,
        copies: int,
        pages: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.setWindowTitle(translate("PrintDialog", "打印"))
        self.setMinimumWidth(420)
        offered = [Choice(name, name) for name in printers]
        self.printer: ChoiceField | CodeField = (ChoiceField if len(offered) <= 4 else CodeField)(
            translate("PrintDialog", "打印机"), offered
        )
        self.printer.set_value(chosen)
        self.copies = NumberField(translate("PrintDialog", "份数"), least=1, most=COPIES_MOST)
        self.copies.set_value(copies)
        self.buttons = QDialogButtonBox()
        self.go = button("", self._accept_if_right, icon_name="print", main=True)
        self.go.setDefault(True)
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(
            button(translate("PrintDialog", "先不打"), self.reject),
            QDialogButtonBox.ButtonRole.ActionRole,
        )
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addWidget(
            words(
                translate(
                    "PrintDialog", "每份 {pages} 页。当事人各一份，调委会留一份；可以改。"
                ).format(pages=pages),
                "muted",
            )
        )
        column.addWidget(self.printer)
        column.addWidget(self.copies)
        column.addWidget(self.buttons)
        self.copies.line.textChanged.connect(self._name_button)
        self._name_button()
        self.copies.setFocus()

    def _name_button(self) -> None:
        self.go.setText(
            QCoreApplication.translate("PrintDialog", "打印 {count} 份").format(
                count=self.copies.value() or "—"
            )
        )

    def _accept_if_right(self) -> None:
        if self.copies.check() and self.copies.value():
            self.accept()
        else:
            self.copies.setFocus()


def print_pdf(
    parent: QWidget,
    desk: Desk,
    printed: Printed,
    copies: int,
    sent: Callable[[int], None] | None = None,
) -> None:
    """Asks for printer and copies (`copies` is what the law asks for), then prints. `sent` gets the
    number of copies.

    Shows NO_PRINTER in words when there is none.
    """
    from PySide6.QtPrintSupport import QPrinterInfo  # late: it starts the printing system

    names = QPrinterInfo.availablePrinterNames()
    if not names:
        desk.show_problem(refuse(ProblemCode.NO_PRINTER))
        return
    dialog = PrintDialog(
        names, QPrinterInfo.defaultPrinterName() or names[0], copies, printed.pages, parent
    )

    def agreed() -> None:
        name, count = str(dialog.printer.value()) or names[0], dialog.copies.value() or copies

        def drawn(pages: Sequence[PageImage]) -> None:
            if not _send(name, [page_picture(page) for page in pages], count, printed.name):
                desk.show_problem(refuse(ProblemCode.NO_PRINTER))
                return
            desk.say(
                QCoreApplication.translate("PrintDialog", "已送去打印 {count} 份。").format(
                    count=count
                )
            )
            if sent:
                sent(count)

        desk.jobs.run_records(parent, lambda: desk.preview(printed.pdf, PRINT_DPI), drawn)

    dialog.accepted.connect(agreed)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _send(printer_name: str, pictures: Sequence[QImage], copies: int, title: str) -> bool:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    printer = QPrinter(QPrinterInfo.printerInfo(printer_name), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for index, picture in enumerate(pictures):
        if index:
            printer.newPage()
        painter.drawImage(painter.viewport(), picture)
    return painter.end()


def export_pdf(
    parent: QWidget, desk: Desk, printed: Printed, saved: Callable[[Path], None] | None = None
) -> None:
    """Asks where to, then writes the PDF whole or not at all. Shows OUTPUT_UNWRITABLE in words when
    that does not go.
    """
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    title = QCoreApplication.translate("PaperPreview", "导出 PDF")
    dialog = QFileDialog(
        parent,
        title,
        str(Path(folder) / printed.name),
        QCoreApplication.translate("PaperPreview", "PDF 文件 (*.pdf)"),
    )
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")

    def chosen(name: str) -> None:
        def told(path: Path) -> None:
            desk.say(
                QCoreApplication.translate("PaperPreview", "已导出：{file}").format(file=path.name)
            )
            if saved:
                saved(path)

        desk.jobs.run_records(parent, lambda: write_whole(Path(name), printed.pdf), told)

    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def write_whole(path: Path, data: bytes) -> Path:
    """Writes beside the place, makes it durable, then puts it in place. Raises `Refused`
    OUTPUT_UNWRITABLE.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise refuse(ProblemCode.OUTPUT_UNWRITABLE) from None
    return path
