"""The papers of a file as they print, one by one or all in one, made when they are asked for. It
prints nothing, logs nothing and keeps nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.completeness import Document
from app.domain.ids import RecordId
from app.domain.problems import Refused
from app.ui.review import actions
from app.ui.review.facts import absent_words, plain
from app.ui.review.view import FileView
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import Section, button
from app.ui.widgets.paper import PaperPreview, export_pdf

if TYPE_CHECKING:
    from app.services.paper_values import PrintedFile
    from app.ui.review.actions import Work
    from app.ui.widgets.paper import Made

PREVIEW_HEIGHT = 720


class Papers(Section):
    """A button for each paper that is bound, and for the whole file; the pages below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("文书预览"))
        self._desk = desk
        self._case_id: RecordId | None = None
        self._asked = 0
        self.export = self.add_action(self.tr("导出整卷 PDF"), self.export_file, icon_name="folder")
        self.whole = self.add_action(self.tr("看整卷"), self.open_file, icon_name="file-text")
        self._row = QWidget()
        self._flow = FlowLayout(self._row)
        self.none = plain(self.tr("还没有能打印的文书。"), muted=True)
        self.problem = plain("")
        self.problem.hide()
        self.preview = PaperPreview(desk)
        self.preview.setFixedHeight(PREVIEW_HEIGHT)
        self.preview.hide()
        self.absent = plain("", muted=True)
        for one in (self._row, self.none, self.absent, self.problem, self.preview):
            self.add(one)

    def show_file(self, view: FileView) -> None:
        """Offers the papers of a file; what was open stays open while it is the same file."""
        if view.file.case.id != self._case_id:
            self._case_id = view.file.case.id
            self._asked += 1
            self.preview.clear()
            self.preview.hide()
            self.problem.hide()
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        papers = view.papers
        for paper in papers:
            self._flow.addWidget(self._verb(paper))
        for verb in (self.whole, self.export):
            verb.setEnabled(bool(papers))
        words = absent_words(len(view.absent), waiting=view.waiting)
        self.absent.setText(self.tr("{words}没取到的照片，卷里先空着。").format(words=words))
        self.absent.setVisible(bool(view.absent))
        self.none.setVisible(not papers)
        self._row.setVisible(bool(papers))

    def open_paper(self, paper: Document) -> None:
        """Makes one paper and shows its pages; a later wish wins over an earlier one."""
        if self._case_id is None:
            return
        shop, case_id = self._desk.printshop, self._case_id
        self._open(
            actions.make_paper(
                shop, case_id, paper.kind.value, paper.subject_id, self._desk.practice
            )
        )

    def open_file(self) -> None:
        """Shows the whole file as it is bound."""
        if self._case_id is not None:
            self._open(self._file_of(self._case_id))

    def export_file(self) -> None:
        """The whole file as a PDF, where the person wishes."""
        if self._case_id is None:
            return

        def made(printed: PrintedFile) -> None:
            export_pdf(self, self._desk, printed)

        self._asked += 1
        number = self._asked
        work = self._file_of(self._case_id)
        self._desk.jobs.run(self, work, made, lambda refused: self._refused(number, refused))

    def _file_of(self, case_id: RecordId) -> Work[PrintedFile]:
        return actions.make_file(self._desk.printshop, case_id, self._desk.practice)

    def _open(self, work: Work[Any]) -> None:
        self._asked += 1
        number = self._asked
        self._desk.jobs.run(
            self,
            work,
            lambda printed: self._made(number, printed),
            lambda refused: self._refused(number, refused),
        )

    def _verb(self, paper: Document) -> QWidget:
        name = self._desk.document_name(paper.kind)
        if paper.ordinal > 1:
            name = self.tr("{name}（{number}）").format(name=name, number=paper.ordinal)
        return button(name, lambda: self.open_paper(paper), icon_name="file-text")

    def _made(self, number: int, printed: Made) -> None:
        if number == self._asked:
            self.problem.hide()
            self.preview.show()
            self.preview.show_printed(printed)

    def _refused(self, number: int, refused: Refused) -> None:
        if number == self._asked:
            self.preview.hide()
            self.problem.setText("\n".join(said(one) for one in refused.problems))
            self.problem.show()
