"""The papers of the case: the whole file by one button, each paper by itself, what was printed and
what has changed since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.domain.completeness import Document, documents
from app.domain.ids import RecordId
from app.domain.printing import Printing
from app.domain.problems import Refused
from app.services.papers import FileChoice, WhichPapers, in_file
from app.ui.cases import print_actions
from app.ui.cases.paper_row import PaperRow
from app.ui.cases.papers import (
    FileDialog,
    PaperDialog,
    file_wish,
    log_file,
    log_print,
    printed_papers,
    title_of,
    wish_for,
)
from app.ui.cases.print_log import PrintLogDialog
from app.ui.cases.print_question import PrintQuestion
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.turns import InTurns
from app.ui.widgets.fields import Choice, ChoiceField
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import button, empty
from app.ui.widgets.paper import export_pdf
from app.ui.widgets.paper_window import PaperWindow
from app.ui.widgets.print_dialog import PrintOrder, PrintWish
from app.ui.widgets.print_run import print_pdf

if TYPE_CHECKING:
    from app.domain.completeness import DocumentKind
    from app.services.paper_values import Printed, PrintedFile
    from app.services.print_log import PaperState

Name = tuple["DocumentKind", RecordId]


class DocumentsSection(CaseSection):
    """The print centre of one case: its papers in the order of the file."""

    key = "documents"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("文书"), parent)
        self._papers: tuple[Document, ...] = ()
        self._ticked: set[Name] = set()
        self._asked = 0
        self._telling = InTurns(self)
        self.rows: dict[Name, PaperRow] = {}
        self.question = PrintQuestion(desk)
        self.content_layout.addWidget(self.question)
        self.which = ChoiceField(self.tr("打哪些"), self._choices())
        self.which.set_value(WhichPapers.WHOLE.value)
        self.which.edited.connect(self._name_verbs)
        self.content_layout.addWidget(self.which)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.content_layout.addWidget(holder)
        # Five verbs side by side are wider than the page on an old laptop: these may wrap.
        more = QWidget()
        self._more = FlowLayout(more)
        self.content_layout.insertWidget(self.content_layout.indexOf(holder), more)
        self._look = self._add_verb(self.tr("先看看"), "preview-all", self.preview_chosen)
        self._save = self._add_verb(self.tr("导出成一个 PDF"), "export-all", self.export_chosen)
        self._log = self._add_verb(self.tr("打印记录"), "print-log", self.show_log)
        self._scans = self._add_verb(self.tr("收扫描件"), "take-scans", self._take_scans)
        self._all = self.add_action("", icon_name="print", main=True)
        self._all.setObjectName("print-all")
        self._all.clicked.connect(self.print_chosen)
        self._name_verbs()

    @override
    def show_case(self, view: CaseView) -> None:
        from app.services.file_light import document_rules

        if self.view is None or self.view.case_id != view.case_id:
            self._ticked.clear()
            self.which.set_value(WhichPapers.WHOLE.value)
        super().show_case(view)
        self.question.show_case(view)
        self._telling.stop()
        empty(self._grid)
        for old in self.rows.values():
            old.deleteLater()
        self.rows = {}
        self._papers = in_file(documents(view.file, document_rules(self.desk.practice)))
        for row, paper in enumerate(self._papers):
            self._line(row, paper)
        self._ticked &= self.rows.keys()
        self._log.setVisible(bool(view.file.printings))
        self._scans.setVisible(not view.read_only)
        self._name_verbs()
        self._ask_states(view)

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        """Shows the paper of kind `field`, about `owner_id` where there are several."""
        found = [one for one in self._papers if one.kind == field]
        exact = [one for one in found if one.subject_id == owner_id]
        paper = next(iter(exact or found[-1:]), None)
        if paper is not None:
            self.preview(paper)

    # --- one paper ---

    def preview(self, paper: Document) -> None:
        """Opens the paper in its window."""
        if self.view is not None:
            PaperDialog(self.desk, self.view, paper, self).open()

    def print_paper(self, paper: Document, pages: str = "") -> None:
        """Asks how, prints, and notes it. `pages` are those that the question begins with."""
        if self.view is None:
            return
        view = self.view
        wish = replace(wish_for(self.desk, view, paper), pages=pages)

        def made(printed: Printed) -> None:
            def sent(order: PrintOrder) -> None:
                log_print(self.desk, view, printed_papers(printed, order, (paper,)), order)

            print_pdf(self, self.desk, printed, wish, sent)

        work = print_actions.make_paper(
            self.desk.printshop, self.desk.practice, view.case_id, paper.kind, paper.subject_id
        )
        self.desk.jobs.run(self, work, made)

    def export_paper(self, paper: Document) -> None:
        """A sealed PDF of one paper, where the person wishes."""
        if self.view is None:
            return
        work = print_actions.make_paper(
            self.desk.printshop,
            self.desk.practice,
            self.view.case_id,
            paper.kind,
            paper.subject_id,
            self.desk.craft.seal,
        )
        self.desk.jobs.run(self, work, lambda made: export_pdf(self, self.desk, made))

    def show_blank(self, paper: Document) -> None:
        """The empty form of the same kind, with the head of this case."""
        if self.view is None:
            return
        title = self.tr("空白表：{title}").format(title=title_of(paper, (), self.desk))
        work = print_actions.make_blank(self.desk.printshop, self.view.case_id, paper.kind)
        PaperWindow(self.desk, title, work, parent=self).open()

    # --- several papers ---

    def choice(self) -> FileChoice:
        """What the buttons on top are about now."""
        which = WhichPapers(str(self.which.value()) or WhichPapers.WHOLE.value)
        chosen = tuple(one for one in self.rows if one in self._ticked)
        return FileChoice(which, chosen if which is WhichPapers.CHOSEN else ())

    def print_chosen(self) -> None:
        """The main button."""
        self._print_file(self.choice(), file_wish(self.choice()))

    def preview_chosen(self) -> None:
        """All chosen papers as they will print, in one window."""
        if self.view is not None:
            title = self._all.text()
            FileDialog(self.desk, self.view, self.choice(), title, self).open()

    def export_chosen(self) -> None:
        """All chosen papers in one sealed PDF."""
        self._make_file(self.choice(), lambda made: export_pdf(self, self.desk, made), sealed=True)

    def show_log(self) -> None:
        """The prints of this case."""
        if self.view is not None:
            dialog = PrintLogDialog(self.desk, self.view, self)
            dialog.again.connect(self.print_again)
            dialog.open()

    def print_again(self, printing: Printing) -> None:
        """The same papers, copies and pages once more, as the case stands today."""
        names = {(one.kind, one.subject_id) for one in printing.papers}
        chosen = tuple(one for one in self.rows if (one[0].value, one[1]) in names)
        choice = FileChoice(WhichPapers.CHOSEN, chosen)
        if printing.whole_file:
            choice = FileChoice()
        single = [row.paper for name, row in self.rows.items() if name in chosen]
        if len(single) == 1 and not printing.whole_file:
            self.print_paper(single[0], printing.pages)
            return
        told = file_wish(choice).why
        self._print_file(choice, PrintWish(printing.copies, told, printing.pages))

    # --- inside ---

    def _line(self, row: int, paper: Document) -> None:
        title = title_of(paper, self._papers, self.desk)
        name = (paper.kind, paper.subject_id)
        made = PaperRow(self.desk, paper, title, self._grid, row)
        made.box.setChecked(name in self._ticked)
        made.ticked.connect(partial(self._tick, name))
        made.wanted.connect(partial(self._do, paper))
        self.rows[name] = made

    def _do(self, paper: Document, verb: str) -> None:
        verbs: dict[str, Callable[[Document], None]] = {
            "preview": self.preview,
            "print": self.print_paper,
            "export": self.export_paper,
            "blank": self.show_blank,
        }
        verbs[verb](paper)

    def _tick(self, name: Name, ticked: bool) -> None:
        if ticked:
            self._ticked.add(name)
            self.which.set_value(WhichPapers.CHOSEN.value)
        else:
            self._ticked.discard(name)
        self._name_verbs()

    def _choices(self) -> list[Choice]:
        return [
            Choice(WhichPapers.WHOLE.value, self.tr("整卷")),
            Choice(WhichPapers.MISSING.value, self.tr("只印还没印的")),
            Choice(WhichPapers.CHANGED.value, self.tr("只印改过的")),
            Choice(WhichPapers.CHOSEN.value, self.tr("选中的")),
        ]

    def _add_verb(self, text: str, name: str, pressed: Callable[[], object]) -> QPushButton:
        made = button(text, pressed)
        made.setObjectName(name)
        self._more.addWidget(made)
        return made

    def _take_scans(self) -> None:
        self.wanted.emit("scans")

    def _name_verbs(self) -> None:
        if not self.which.value():
            self.which.set_value(WhichPapers.WHOLE.value)
        which = WhichPapers(str(self.which.value()))
        texts = {
            WhichPapers.WHOLE: self.tr("打印整卷"),
            WhichPapers.MISSING: self.tr("打印还没印的"),
            WhichPapers.CHANGED: self.tr("打印改过的"),
            WhichPapers.CHOSEN: self.tr("打印选中的 {count} 样").format(count=len(self._ticked)),
        }
        self._all.setText(texts[which])
        there = bool(self._papers) and (which is not WhichPapers.CHOSEN or bool(self._ticked))
        for one in (self._all, self._look, self._save):
            one.setEnabled(there)

    def _ask_states(self, view: CaseView) -> None:
        """What was printed and changed takes a look at every paper: it comes after the list."""
        self._asked += 1
        number = self._asked

        def told(states: tuple[PaperState, ...]) -> None:
            if number != self._asked:
                return
            found = (
                (self.rows.get((one.document.kind, one.document.subject_id)), one) for one in states
            )
            self._telling.begin([partial(row.tell, state) for row, state in found if row])

        def failed(_refused: Refused) -> None:
            """The list stands without; whoever opens the paper is told what is wrong with it."""

        work = print_actions.print_states(self.desk.printshop, self.desk.practice, view.case_id)
        self.desk.jobs.run(self, work, told, failed)

    def _print_file(self, choice: FileChoice, wish: PrintWish) -> None:
        if self.view is None:
            return
        view = self.view

        def made(printed: PrintedFile) -> None:
            print_pdf(
                self,
                self.desk,
                printed,
                wish,
                lambda order: log_file(self.desk, view, printed, order, choice),
            )

        self._make_file(choice, made)

    def _make_file(
        self, choice: FileChoice, made: Callable[[PrintedFile], None], *, sealed: bool = False
    ) -> None:
        if self.view is None:
            return
        work = print_actions.make_file(
            self.desk.printshop,
            self.desk.practice,
            self.view.case_id,
            choice,
            self.desk.craft.seal if sealed else None,
        )
        self.desk.jobs.run(self, work, made)
