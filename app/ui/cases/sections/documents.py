"""Every paper of the case.

Ready or what it lacks, seen in the window, printed in the right number, exported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.completeness import Document, DocumentKind, Need, documents
from app.ui.cases import actions
from app.ui.cases.labels import listed, named
from app.ui.cases.papers import PaperDialog, copies_of
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import document_name
from app.ui.widgets.frame import Chip, button, empty, words
from app.ui.widgets.paper import export_pdf, print_pdf

if TYPE_CHECKING:
    from app.services.ports import Printed


class DocumentsSection(CaseSection):
    """The papers in the order of the file."""

    key = "documents"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("文书"), parent)
        self._papers: tuple[Document, ...] = ()
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.content_layout.addWidget(holder)
        self._all = self.verb(self.tr("全部打印"), "print-all")
        self._all.clicked.connect(self._print_all)

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        empty(self._grid)
        self._papers = documents(view.file)
        shown = [one for one in self._papers if one.need is Need.MUST]
        for row, paper in enumerate(shown):
            self._line(row, paper)
        self._all.setVisible(bool(shown))

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        """Shows the paper of kind `field`, about `owner_id` where there are several."""
        found = [one for one in self._papers if one.kind == field]
        exact = [one for one in found if one.subject_id == owner_id]
        paper = next(iter(exact or found[-1:]), None)
        if paper is not None:
            self.preview(paper)

    def preview(self, paper: Document) -> None:
        """Opens the paper in its window."""
        if self.view is not None:
            PaperDialog(self.desk, self.view, paper, self).open()

    def _line(self, row: int, paper: Document) -> None:
        title = self._title(paper)
        self._grid.addWidget(words(title), row, 0)
        if paper.ready:
            self._grid.addWidget(Chip(self.tr("齐了"), "done"), row, 1)
        else:
            lacking = [one for one in paper.missing if one.must]
            chip = Chip(self.tr("缺 %n 样", "", len(lacking)), "attention")
            fields = dict.fromkeys(named(self.desk, one.owner, one.field) for one in lacking)
            chip.setToolTip(listed(self.desk, fields))
            self._grid.addWidget(chip, row, 1)
        verbs: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (self.tr("看"), "preview", lambda: self.preview(paper)),
            (self.tr("打印"), "print", lambda: self._print(paper)),
            (self.tr("导出 PDF"), "export", lambda: self._export(paper)),
        )
        for column, (text, name, pressed) in enumerate(verbs, 2):
            made = button(text, pressed, quiet=True)
            made.setObjectName(f"{name}-{paper.kind}")
            made.setAccessibleName(f"{text} {title}")
            self._grid.addWidget(made, row, column)

    def _title(self, paper: Document) -> str:
        title = document_name(paper.kind, self.desk.language)
        same = [one for one in self._papers if one.kind is paper.kind]
        if len(same) > 1 or paper.kind is DocumentKind.MEDIATION_RECORD:
            return self.tr("{title}（{number}）").format(title=title, number=paper.ordinal)
        return title

    def _make(self, paper: Document, done: Callable[[Printed], None]) -> None:
        if self.view is not None:
            work = actions.make_paper(
                self.desk.printshop, self.view.case_id, paper.kind, paper.subject_id
            )
            self.desk.jobs.run(self, work, done)

    def _print(self, paper: Document) -> None:
        assert self.view is not None
        copies = copies_of(self.view, paper)
        self._make(paper, lambda printed: print_pdf(self, self.desk, printed, copies))

    def _export(self, paper: Document) -> None:
        self._make(paper, lambda printed: export_pdf(self, self.desk, printed))

    def _print_all(self) -> None:
        """One after the other, each with its own number of copies."""
        if self.view is None:
            return
        view, needed = self.view, [one for one in self._papers if one.need is Need.MUST]
        work = actions.make_all(self.desk.printshop, view.case_id)

        def made(printed: tuple[Printed, ...]) -> None:
            pairs = list(zip(needed, printed, strict=False))

            def print_next(_copies: int = 0) -> None:
                if pairs:
                    paper, one = pairs.pop(0)
                    print_pdf(self, self.desk, one, copies_of(view, paper), print_next)

            print_next()

        self.desk.jobs.run(self, work, made)
