"""Paper on the screen, page by page as it will print, and PDF to a file.

Never makes a document itself, and never leaves half a file behind. Of a long paper only a few pages
are in memory.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import OrderedDict
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
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.problems import ProblemCode, Refused, refuse
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.frame import EmptyState, button, words

if TYPE_CHECKING:
    from app.services.paper_values import PageImage, Printed, PrintedFile

    Made = Printed | PrintedFile

SCREEN_DPI = 110
ZOOMS = (50, 75, 100, 125, 150, 200)
PAGES_KEPT = 8
GAP = 16


def page_picture(page: PageImage) -> QImage:
    """A Qt picture of its own from a page's bytes."""
    return QImage(
        page.rgb, page.width, page.height, page.stride, QImage.Format.Format_RGB888
    ).copy()


class _Pages(QWidget):
    """All pages below each other, at `zoom` percent of the natural size. A page whose picture is
    not there is an empty sheet, and asked for.

    Signals:
        wanted(int): a page (from 0) is in sight without its picture.
    """

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._sizes: list[QSize] = []
        self._tops: list[int] = []
        self._zoom = 100

    def begin(self, sizes: Sequence[QSize]) -> None:
        """So many pages of such a size, all empty."""
        self._pictures.clear()
        self._sizes = list(sizes)

    def put(self, index: int, picture: QImage) -> None:
        """One picture more; those that were not looked at for longest go."""
        self._pictures[index] = picture
        self._sizes[index] = picture.size()
        while len(self._pictures) > PAGES_KEPT:
            self._pictures.popitem(last=False)
        self.lay_out(self._zoom)

    def lay_out(self, zoom: int) -> None:
        self._zoom = zoom
        self._tops, top = [], GAP
        for size in self._sizes:
            self._tops.append(top)
            top += self._shown(size).height() + GAP
        widest = max((self._shown(size).width() for size in self._sizes), default=0)
        self.setFixedSize(widest + 2 * GAP, top)
        self.update()

    def _shown(self, size: QSize) -> QSize:
        return QSize(size.width() * self._zoom // 100, size.height() * self._zoom // 100)

    def count(self) -> int:
        return len(self._sizes)

    def kept(self) -> int:
        """How many pictures are in memory."""
        return len(self._pictures)

    def first_width(self) -> int:
        return self._sizes[0].width() if self._sizes else 0

    def page_at(self, y: int) -> int:
        """The page (from 0) at a height."""
        return max(0, bisect_right(self._tops, y) - 1)

    def top_of(self, index: int) -> int:
        return self._tops[index]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        missing: list[int] = []
        for index, top in enumerate(self._tops):
            size = self._shown(self._sizes[index])
            place = QRect((self.width() - size.width()) // 2, top, size.width(), size.height())
            if not place.intersects(event.rect()):
                continue
            picture = self._pictures.get(index)
            if picture is None:
                missing.append(index)
                painter.fillRect(place, Qt.GlobalColor.white)
            else:
                self._pictures.move_to_end(index)
                painter.drawImage(place, picture)
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()
        for index in missing[:1]:
            self.wanted.emit(index)


class PaperPreview(QWidget):
    """Pages of one made document. `show_printed` asks for the first picture; the others come when
    they are in sight.

    Signals:
        shown(int): a document of so many pages is on the screen.
    """

    shown = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.printed: Made | None = None
        self._asked: int | None = None
        self._zoom = 0  # 0: as wide as the place
        self._pages = _Pages()
        # Queued: a picture is not asked for in the middle of painting.
        self._pages.wanted.connect(self._ask, Qt.ConnectionType.QueuedConnection)
        self._area = QScrollArea()
        self._area.setObjectName("paper")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(self._pages)
        self._area.setAccessibleName(QCoreApplication.translate("PaperPreview", "文书预览"))
        self._area.verticalScrollBar().valueChanged.connect(self._name_page)
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

    def show_printed(self, printed: Made) -> None:
        """Shows a document as it will print."""
        self.printed, self._asked = printed, None
        self._pages.begin(())
        self._area.verticalScrollBar().setValue(0)
        self._ask(0)

    def clear(self) -> None:
        self.printed = None
        self._pages.begin(())
        self._show_state()

    def show_page(self, index: int) -> None:
        """Scrolls to a page (from 0)."""
        if 0 <= index < self._pages.count():
            self._area.verticalScrollBar().setValue(self._pages.top_of(index) - GAP)

    def zoom_by(self, steps: int) -> None:
        """To the next larger or smaller size."""
        now = self._zoom or self._fitting()
        at = min(range(len(ZOOMS)), key=lambda index: abs(ZOOMS[index] - now))
        self._zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, at + steps))]
        self._show_state()

    def page_count(self) -> int:
        return self._pages.count()

    def pictures_kept(self) -> int:
        """How many pages are in memory."""
        return self._pages.kept()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom and self._pages.count():
            self._pages.lay_out(self._fitting())

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

    def _ask(self, index: int) -> None:
        """One picture at a time: who scrolls fast gets what is in sight, not all that went by."""
        printed = self.printed
        if printed is None or self._asked is not None:
            return
        self._asked = index
        preview = self._desk.preview

        def failed(refused: Refused) -> None:
            if printed is self.printed:
                self.clear()
            if refused.first.code is not ProblemCode.OUR_BUG:
                self._desk.show_problem(refused)

        self._desk.jobs.run_records(
            self,
            lambda: preview(printed.pdf, SCREEN_DPI, index, 1),
            lambda pages: self._arrived(printed, index, pages),
            failed,
        )

    def _arrived(self, printed: Made, index: int, pages: Sequence[PageImage]) -> None:
        if printed is not self.printed:
            return
        self._asked = None
        pictures = [page_picture(page) for page in pages]
        first = not self._pages.count()
        if first:
            self._pages.begin([picture.size() for picture in pictures] * printed.pages)
        for picture in pictures:
            self._pages.put(index, picture)
        if first:
            self._show_state()
            self.shown.emit(self._pages.count())

    def _fitting(self) -> int:
        width = self._pages.first_width() or 1
        room = self._area.viewport().width() - 2 * GAP
        return max(ZOOMS[0], min(ZOOMS[-1], room * 100 // width))

    def _show_state(self) -> None:
        there = self._pages.count() > 0
        self._empty.setVisible(not there)
        self._area.setVisible(there)
        self.smaller.setEnabled(there)
        self.larger.setEnabled(there)
        if there:
            self._pages.lay_out(self._zoom or self._fitting())
        self._name_page()

    def _name_page(self) -> None:
        count = self._pages.count()
        middle = self._area.verticalScrollBar().value() + self._area.viewport().height() // 2
        if not count:
            text = ""
        elif count == 1:
            text = QCoreApplication.translate("PaperPreview", "共 1 页")
        else:
            text = QCoreApplication.translate("PaperPreview", "第 {page} 页，共 {count} 页").format(
                page=self._pages.page_at(middle) + 1, count=count
            )
        self._count.setText(text)


def export_pdf(
    parent: QWidget, desk: Desk, printed: Made, saved: Callable[[Path], None] | None = None
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
