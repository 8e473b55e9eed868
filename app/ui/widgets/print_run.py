"""Papers on their way to the printer: page after page on the records worker, so that the window
goes on and every save comes in between.

Never keeps more than one page in memory. Whoever stops it before the last page prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from app.domain.printing import sides
from app.domain.problems import ProblemCode, Refused, refuse
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import button, words
from app.ui.widgets.paper import page_picture
from app.ui.widgets.print_dialog import PrintDialog, PrintOrder, PrintWish

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.ui.widgets.paper import Made

PRINT_DPI = 300
SHORT = 4  # so many sides are sent before a progress bar could be read


def print_pdf(
    parent: QWidget,
    desk: Desk,
    printed: Made,
    wish: PrintWish,
    sent: Callable[[PrintOrder], None] | None = None,
) -> None:
    """Asks how, then prints; `sent` gets what was agreed on, once all pages are with the printer.

    Shows NO_PRINTER in words when there is none.
    """
    from PySide6.QtPrintSupport import QPrinterInfo  # late: it starts the printing system

    names = QPrinterInfo.availablePrinterNames()
    if not names:
        desk.show_problem(refuse(ProblemCode.NO_PRINTER))
        return
    usual = QPrinterInfo.defaultPrinterName()
    if usual in names:
        names.sort(key=lambda name: name != usual)
    dialog = PrintDialog(names, printed.pages, wish, desk.preferences, can_duplex, parent)

    def agreed() -> None:
        PrintRun(parent, desk, printed, dialog.order(), sent).start()

    dialog.accepted.connect(agreed)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def can_duplex(printer_name: str) -> bool:
    """Whether a printer prints both sides by itself."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    modes = QPrinterInfo.printerInfo(printer_name).supportedDuplexModes()
    return QPrinter.DuplexMode.DuplexLongSide in modes


def new_printer(name: str) -> QPrinter:
    """The printer of that name. Records worker."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


class _Press:
    """One print job. Lives on the records worker from its first side to its last."""

    def __init__(self, order: PrintOrder, title: str) -> None:
        self._order, self._title = order, title
        self._printer: QPrinter | None = None
        self._painter = QPainter()

    def side(self, picture: QImage | None) -> None:
        """One side of a sheet; None leaves it empty. Raises `Refused` NO_PRINTER."""
        landscape = picture is not None and picture.width() > picture.height()
        turned = (
            QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
        )
        if self._printer is None:
            self._printer = self._begin()
            self._printer.setPageOrientation(turned)
            if not self._painter.begin(self._printer):
                raise refuse(ProblemCode.NO_PRINTER)
        else:
            self._printer.setPageOrientation(turned)
            if not self._printer.newPage():
                raise refuse(ProblemCode.NO_PRINTER)
        if picture is not None:
            self._painter.drawImage(_within(self._painter.viewport(), picture), picture)

    def end(self) -> None:
        """Hands the whole job over. Raises `Refused` NO_PRINTER."""
        if not self._painter.end():
            raise refuse(ProblemCode.NO_PRINTER)

    def abort(self) -> None:
        """Drops what was sent so far."""
        if self._printer is not None:
            self._printer.abort()
        if self._painter.isActive():
            self._painter.end()

    def _begin(self) -> QPrinter:
        from PySide6.QtPrintSupport import QPrinter

        printer = new_printer(self._order.printer)
        printer.setResolution(PRINT_DPI)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setDocName(self._title)
        printer.setCopyCount(self._order.copies)
        printer.setCollateCopies(True)
        one, both = QPrinter.DuplexMode.DuplexNone, QPrinter.DuplexMode.DuplexLongSide
        printer.setDuplex(both if self._order.duplex else one)
        return printer


def _within(place: QRect, picture: QImage) -> QRect:
    """Where a page stands on the sheet: as large as it fits, in the middle."""
    size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = place.left() + (place.width() - size.width()) // 2
    top = place.top() + (place.height() - size.height()) // 2
    return QRect(QPoint(left, top), size)


class _Progress(QDialog):
    """How far a long print is, and the way to stop it."""

    def __init__(self, most: int, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(QCoreApplication.translate("PrintRun", "打印"))
        self.setMinimumWidth(360)
        self.text = words("")
        self.bar = QProgressBar()
        self.bar.setRange(0, most)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(QCoreApplication.translate("PrintRun", "送到打印机的页数"))
        self.stop = button(QCoreApplication.translate("PrintRun", "停下"), self.reject)
        self.stop.setObjectName("stop")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignRight)
        self.show_done(0)

    def show_done(self, done: int) -> None:
        self.bar.setValue(done)
        self.text.setText(
            QCoreApplication.translate("PrintRun", "正在送到打印机：{done} / {all} 页").format(
                done=done, all=self.bar.maximum()
            )
        )


class PrintRun(QObject):
    """Sends one print, a side for each job of the worker, so that a save never waits for forty
    pages. Outlives the page that asked for it.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        printed: Made,
        order: PrintOrder,
        sent: Callable[[PrintOrder], None] | None = None,
    ) -> None:
        super().__init__(desk.jobs)
        self._desk, self._pdf, self._order = desk, printed.pdf, order
        self._asker, self._sent = parent, sent
        self._press = _Press(order, printed.name)
        self._sides = sides(order.wanted, first_pages(printed), duplex=order.duplex)
        self._done = 0
        self._stopped = False
        self.progress: _Progress | None = None
        if len(self._sides) > SHORT:
            self.progress = _Progress(len(self._sides), parent)
            self.progress.rejected.connect(self.stop)
            self.progress.show()

    def start(self) -> None:
        self._next()

    def stop(self) -> None:
        """After the side that is being sent; then nothing is printed."""
        self._stopped = True

    def _next(self) -> None:
        if self._stopped:
            said = QCoreApplication.translate("PrintRun", "打印停下了，没有送出去。")
            self._end(self._press.abort, said)
        elif self._done == len(self._sides):
            said = QCoreApplication.translate("PrintRun", "已送去打印 {count} 份。")
            self._end(self._press.end, said.format(count=self._order.copies), self._tell)
        else:
            page = self._sides[self._done]
            self._desk.jobs.run_records(self, lambda: self._draw(page), self._drawn, self._failed)

    def _draw(self, page: int | None) -> None:
        """Records worker."""
        pictures = self._desk.preview(self._pdf, PRINT_DPI, page - 1, 1) if page else ()
        self._press.side(page_picture(pictures[0]) if pictures else None)

    def _drawn(self, _nothing: None) -> None:
        self._done += 1
        if self.progress is not None:
            self.progress.show_done(self._done)
        self._next()

    def _end(
        self, last: Callable[[], None], said: str, told: Callable[[], None] | None = None
    ) -> None:
        def done(_nothing: None) -> None:
            self._leave()
            self._desk.say(said)
            if told is not None:
                told()

        self._desk.jobs.run_records(self, last, done, self._failed)

    def _tell(self) -> None:
        if self._sent is not None and shiboken6.isValid(self._asker):
            self._sent(self._order)

    def _failed(self, refused: Refused) -> None:
        press = self._press
        self._desk.jobs.run_records(self._desk.jobs, press.abort)
        self._leave()
        if refused.first.code is not ProblemCode.OUR_BUG:
            self._desk.show_problem(refused)

    def _leave(self) -> None:
        if self.progress is not None and shiboken6.isValid(self.progress):
            self.progress.rejected.disconnect(self.stop)
            self.progress.close()
            self.progress.deleteLater()
        self.progress = None
        self.deleteLater()


def first_pages(printed: Made) -> Sequence[int]:
    """The first page of each paper in it, from 1."""
    return [one.first_page for one in getattr(printed, "parts", ())]
