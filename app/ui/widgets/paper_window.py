"""A made paper in its own window: as it will print, with printing and export. Never makes it
itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problems import ProblemCode, Refused
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import button
from app.ui.widgets.paper import PaperPreview, export_pdf
from app.ui.widgets.print_dialog import PrintOrder, PrintWish
from app.ui.widgets.print_run import print_pdf

if TYPE_CHECKING:
    from app.services.ports import UnitOfWork
    from app.ui.widgets.paper import Made

    Work = Callable[[UnitOfWork], Made]


class PaperWindow(QDialog):
    """One paper, or several in one PDF.

    `work` makes what is seen and printed; `for_export` what goes into a file (sealed), the same
    where it is left out. `sent` hears what was printed and how.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        work: Work,
        wish: PrintWish | None = None,
        for_export: Work | None = None,
        sent: Callable[[Made, PrintOrder], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._wish = desk, wish or PrintWish()
        self._for_export, self._sent = for_export, sent
        self.setWindowTitle(title)
        self.resize(900, 760)
        self.preview = PaperPreview(desk)
        translate = QCoreApplication.translate
        text = translate("PaperWindow", "打印 {count} 份").format(count=self._wish.copies)
        self.print_button = button(text, self._print, icon_name="print", main=True)
        self.print_button.setObjectName("print")
        self.export_button = button(
            translate("PaperWindow", "导出 PDF"), self._export, icon_name="export"
        )
        self.export_button.setObjectName("export")
        for made in (self.print_button, self.export_button):
            made.setEnabled(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.export_button)
        row.addWidget(self.print_button)
        row.addWidget(button(translate("PaperWindow", "关闭"), self.close))
        column = QVBoxLayout(self)
        column.addWidget(self.preview, 1)
        column.addLayout(row)
        desk.jobs.run(self, work, self._made, self._not_made)

    def _made(self, printed: Made) -> None:
        self.preview.show_printed(printed)
        for made in (self.print_button, self.export_button):
            made.setEnabled(True)
        self.print_button.setFocus()

    def _not_made(self, refused: Refused) -> None:
        self.close()
        if refused.first.code is not ProblemCode.OUR_BUG:
            self._desk.show_problem(refused)

    def _print(self) -> None:
        made, sent = self.preview.printed, self._sent
        if made is not None:
            told = (lambda order: sent(made, order)) if sent else None
            print_pdf(self, self._desk, made, self._wish, told)

    def _export(self) -> None:
        if self._for_export is not None:
            self._desk.jobs.run(
                self, self._for_export, lambda made: export_pdf(self, self._desk, made)
            )
        elif self.preview.printed is not None:
            export_pdf(self, self._desk, self.preview.printed)
