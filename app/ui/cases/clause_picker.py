"""Choosing a ready clause or a ready sentence and filling its blanks: by characters or pinyin, by
mouse or by keys alone.

Puts in nothing that nobody chose; what was left open stays a visible blank.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.agreements import Clause
from app.domain.casefile import CaseFile
from app.domain.clause_bank import BankClause
from app.domain.problems import Refused
from app.services.agreement_help import (
    clauses_for,
    fill_clause,
    fill_responsibility,
    responsibility_forms,
    usual_values,
)
from app.ui.cases import agreement_actions
from app.ui.cases.bank_list import BankModel
from app.ui.cases.blank_form import BlankForm
from app.ui.cases.labels import party_choices
from app.ui.cases.own_clauses import OwnClauseDialog
from app.ui.runtime import theme
from app.ui.runtime.marks import override
from app.ui.widgets.frame import ScrollColumn, button, words
from app.ui.widgets.search import read_dictionary

if TYPE_CHECKING:
    from app.ui.cases.due_field import DayOf
    from app.ui.runtime.desk import Desk

LIST_WIDTH = 300
SIZE = (960, 600)


class Bank(Enum):
    """What is chosen from."""

    CLAUSES = "clauses"
    RESPONSIBILITY = "responsibility"


class ClausePicker(QDialog):
    """Ready clauses at the left; the chosen one with its blanks at the right. `promised` tells that
    the agreement has a payment already.

    Signals:
        chosen(object): a `Clause`, or of sentences about responsibility their words.
    """

    chosen = Signal(object)

    def __init__(
        self,
        desk: Desk,
        file: CaseFile,
        bank: Bank,
        made_on: DayOf | None = None,
        parent: QWidget | None = None,
        *,
        promised: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._file, self._bank, self._made_on = desk, file, bank, made_on
        self._promised = promised
        self._own: tuple[BankClause, ...] = ()
        self.blanks: BlankForm | None = None
        clauses = bank is Bank.CLAUSES
        self.setWindowTitle(self.tr("选一条条款") if clauses else self.tr("选一句责任的写法"))
        self.resize(*SIZE)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("打字或拼音首字母来找"))
        self.search.setAccessibleName(self.tr("找条款"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._find)
        self.model = BankModel(desk.language, parent=self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setObjectName("bank-list")
        self.list.setAccessibleName(self.windowTitle())
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.list.clicked.connect(self._picked)
        self.list.installEventFilter(self)
        self._build()
        desk.jobs.run_records(self, read_dictionary)  # before the first key
        self._offer(())
        if clauses:
            desk.jobs.run(self, agreement_actions.own_clauses(), self._offer)
        self.search.setFocus()

    def current(self) -> BankClause | None:
        """The clause that is shown now."""
        return self.model.clause_at(self.list.currentIndex())

    def insert(self) -> None:
        """Puts the clause in as it is filled; sentences appear at blanks that cannot be."""
        clause = self.current()
        if clause is None or self.blanks is None:
            return
        if self.blanks.show_problems(self.blanks.problems()) or self.blanks.problems():
            return
        try:
            made = self._filled(clause)
        except Refused as refused:
            if self.blanks.show_problems(refused):
                self._desk.show_problem(refused)
            return
        self.chosen.emit(made)
        self.close()

    # --- inside ---

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        holder = QWidget()
        holder.setFixedWidth(LIST_WIDTH)
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self.name = words("", "heading")
        self.note = words("", "muted")
        self.preview = words("")
        self.preview.setFont(theme.paper_font(16))
        self.preview.setAccessibleName(self.tr("条款写出来的样子"))
        paper = QFrame()
        paper.setObjectName("recordCard")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.addWidget(self.preview)
        content = QWidget()
        self._right = QVBoxLayout(content)
        self._right.setContentsMargins(0, 0, 8, 0)
        self._right.setSpacing(12)
        for one in (self.name, self.note, paper):
            self._right.addWidget(one)
        self._right.addStretch(1)
        self.area = ScrollColumn(content)
        self.insert_button = button(self.tr("放进协议"), self.insert, main=True)
        self.insert_button.setObjectName("insert-clause")
        self.insert_button.setToolTip(self.tr("Ctrl+Enter"))
        self.edit_button = button(self.tr("改这条常用条款"), self._edit_own, quiet=True)
        self.edit_button.setObjectName("edit-own")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit_button)
        row.addStretch(1)
        row.addWidget(button(self.tr("关闭"), self.close))
        row.addWidget(self.insert_button)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.area, 1)
        right.addLayout(row)
        both = QHBoxLayout(self)
        both.setContentsMargins(16, 16, 16, 16)
        both.setSpacing(16)
        both.addWidget(holder)
        both.addLayout(right, 1)

    def _offer(self, own: tuple[BankClause, ...]) -> None:
        self._own = own
        kept = self.current()
        practice = self._desk.practice
        if self._bank is Bank.CLAUSES:
            found = clauses_for(practice, self._file, own)
        else:
            found = responsibility_forms(practice)
        self.model.show_bank(found, self._file.case.dispute_type)
        self.model.find(self.search.text())
        self._go_to(kept.id if kept else "")

    def _find(self, text: str) -> None:
        kept = self.current()
        self.model.find(text)
        self._go_to(kept.id if kept else "")

    def _go_to(self, clause_id: str) -> None:
        self.list.setCurrentIndex(self.model.index_of(clause_id))
        self._show_current(self.list.currentIndex())

    def _show_current(self, index: QModelIndex) -> None:
        clause = self.model.clause_at(index)
        if self.blanks is not None and clause is not None and self.blanks.clause == clause:
            return
        if self.blanks is not None:
            self._right.removeWidget(self.blanks)
            self.blanks.hide()
            self.blanks.deleteLater()
            self.blanks = None
        self.insert_button.setEnabled(clause is not None)
        self.edit_button.setVisible(clause is not None and clause.own)
        english = self._desk.language.startswith("en")
        if clause is None:
            self.name.setText(self.tr("没有找到。换几个字试试，或者直接加一条自己写。"))
            self.note.hide()
            self.preview.setText("")
            return
        self.name.setText(clause.en if english else clause.zh)
        note = clause.note_en if english else clause.note_zh
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.blanks = BlankForm(self._desk, clause, party_choices(self._file), self._made_on)
        if self._bank is Bank.CLAUSES:
            usual = usual_values(clause, self._file, promised=self._promised)
            self.blanks.set_values(usual)
        self.blanks.changed.connect(self._preview)
        self._right.insertWidget(self._right.count() - 1, self.blanks)
        self.setTabOrder(self.list, self.blanks)
        self._preview()

    def _preview(self) -> None:
        clause = self.current()
        if clause is None:
            return
        try:
            made = self._filled(clause)
        except Refused:
            return  # the field says it when the clause is put in
        self.preview.setText(made.text if isinstance(made, Clause) else made)

    def _filled(self, clause: BankClause) -> Clause | str:
        values = self.blanks.filled() if self.blanks is not None else {}
        practice = self._desk.practice
        if self._bank is Bank.RESPONSIBILITY:
            return fill_responsibility(practice, clause.id, values, self._file)
        return fill_clause(practice, clause.id, values, self._file, own=self._own)

    def _picked(self, index: QModelIndex) -> None:
        if self.model.clause_at(index) is not None:
            self._go_on()

    def _go_on(self) -> None:
        """To the first blank, or to the button where there is none."""
        if self.blanks is not None and self.blanks.fields:
            self.blanks.focus_first()
        else:
            self.insert_button.setFocus()

    def _edit_own(self) -> None:
        clause = self.current()
        if clause is None or not clause.own:
            return
        kind = self._file.case.dispute_type
        dialog = OwnClauseDialog(self._desk, kind, own=clause, parent=self)
        dialog.kept.connect(self._reload)
        dialog.dropped.connect(self._reload)
        dialog.open()

    def _reload(self) -> None:
        self._desk.jobs.run(self, agreement_actions.own_clauses(), self._offer)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if watched is self.search and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentIndex(self.model.beside(self.list.currentIndex(), step))
                return True
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.current() is not None:
                    self._go_on()
                return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes from blank to blank and presses the button at the end; Ctrl+Enter puts the
        clause in from anywhere.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            now = self.focusWidget()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.insert()
            elif isinstance(now, QPushButton) and not now.isCheckable():
                now.click()
            return
        super().keyPressEvent(event)
