"""A paper in its own window.

As it will print, with printing and export. Made anew from the record each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.agreements import default_copies
from app.domain.completeness import Document, DocumentKind
from app.ui.cases import actions
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import document_name
from app.ui.widgets.frame import button
from app.ui.widgets.paper import PaperPreview, export_pdf, print_pdf

if TYPE_CHECKING:
    from app.services.ports import Printed


class PaperDialog(QDialog):
    """One paper of one case."""

    def __init__(
        self, desk: Desk, view: CaseView, paper: Document, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._copies = desk, copies_of(view, paper)
        self.setWindowTitle(document_name(paper.kind, desk.language))
        self.resize(900, 760)
        self.preview = PaperPreview(desk)
        text = self.tr("打印 {count} 份").format(count=self._copies)
        self.print_button = button(text, self._print, icon_name="print", main=True)
        self.print_button.setObjectName("print")
        self.export_button = button(self.tr("导出 PDF"), self._export, icon_name="export")
        self.export_button.setObjectName("export")
        for made in (self.print_button, self.export_button):
            made.setEnabled(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.export_button)
        row.addWidget(self.print_button)
        row.addWidget(button(self.tr("关闭"), self.close))
        column = QVBoxLayout(self)
        column.addWidget(self.preview, 1)
        column.addLayout(row)
        work = actions.make_paper(desk.printshop, view.case_id, paper.kind, paper.subject_id)
        desk.jobs.run(self, work, self._made)

    def _made(self, printed: Printed) -> None:
        self.preview.show_printed(printed)
        for made in (self.print_button, self.export_button):
            made.setEnabled(True)

    def _print(self) -> None:
        if self.preview.printed is not None:
            print_pdf(self, self._desk, self.preview.printed, self._copies)

    def _export(self) -> None:
        if self.preview.printed is not None:
            export_pdf(self, self._desk, self.preview.printed)


def copies_of(view: CaseView, paper: Document) -> int:
    """How many originals are usual.

    Of a written agreement one each and one for the committee (PML art. 29), of the notice one for
    each party and one for the file (county practice), of all else one.
    """
    if paper.kind is DocumentKind.RIGHTS_NOTICE:
        return len(view.file.living_parties) + 1
    agreement = next((one for one in view.file.agreements if one.id == paper.subject_id), None)
    if paper.kind is DocumentKind.WRITTEN_AGREEMENT and agreement is not None:
        return agreement.copies or default_copies(agreement)
    return 1
