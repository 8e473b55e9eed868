"""The register of numbers of one year: every number from the first to the last, used, void,
provisional or free. It gives none.
"""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.paper_values import RegisterLine, RegisterState
from app.ui.papers.actions import RegisterBook, print_register, read_register
from app.ui.runtime.desk import Desk
from app.ui.widgets.fields import Choice, ChoiceField, CodeField
from app.ui.widgets.frame import EmptyState, button, words
from app.ui.widgets.paper_window import PaperWindow
from app.ui.widgets.tables import Column, LinesModel, LinesView

KINDS = frozenset({"issued_number", "number_block", "agreement", "letter", "case", "party"})
BUTTONS_AT_MOST = 4


class Register(QWidget):
    """Year, sums, table; the book as paper. Enter or a double click opens the case."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.book: RegisterBook | None = None
        self._year: int | None = None
        self.year = QWidget()
        self._years = QHBoxLayout(self.year)
        self._years.setContentsMargins(0, 0, 0, 0)
        self._field: ChoiceField | CodeField | None = None
        self.sums = words("", "muted")
        self.paper = button(self.tr("打印登记簿"), self.show_paper, icon_name="print", main=True)
        self.paper.setObjectName("print-register")
        self.model: LinesModel[RegisterLine] = LinesModel(self._columns(), self)
        self.table = LinesView("register", self.tr("编号登记簿"), desk.preferences)
        self.table.show_model(self.model)
        # The end of a number is what tells two apart.
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.opened.connect(self._open)
        self.empty = EmptyState(
            "book",
            self.tr("这一年还没有用过编号。协议定稿时自动取号，就会记在这里。"),
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.year, 1)
        row.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.sums)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self.setFocusProxy(self.table)
        self.reload()

    def reload(self) -> None:
        self._desk.jobs.run(self, read_register(self._year, self._desk.practice), self._show)

    def heard(self, kinds: Set[str]) -> None:
        """Something was stored."""
        if kinds & KINDS:
            self.reload()

    def show_paper(self) -> None:
        """The book as it prints."""
        if self.book is not None:
            title = self.tr("编号登记簿 {year} 年").format(year=self.book.year)
            work = print_register(self.book, self._desk.printshop)
            PaperWindow(self._desk, title, work, parent=self).open()

    def _columns(self) -> list[Column[RegisterLine]]:
        def serial(line: RegisterLine) -> tuple[str, int, str]:
            return (line.kind, line.serial, line.text)

        def paper(line: RegisterLine) -> str:
            return self._desk.document_name(line.document) if line.document else ""

        def day(line: RegisterLine) -> str:
            return f"{line.issued_on:%Y-%m-%d}" if line.issued_on else ""

        def spoiled(line: RegisterLine) -> str:
            return str(line.spoiled_sheets) if line.spoiled_sheets else ""

        return [
            Column("text", self.tr("编号"), lambda one: one.text, serial, width=300, strong=True),
            Column("state", self.tr("状态"), self._state, width=76),
            Column("issued_on", self.tr("日期"), day, width=116),
            Column("paper", self.tr("文书"), paper, width=130, spare=True),
            Column("parties", self.tr("当事人"), lambda one: one.parties, width=220, elastic=True),
            Column(
                "matter",
                self.tr("事由"),
                lambda one: one.matter,
                width=400,
                elastic=True,
                spare=True,
            ),
            Column(
                "mediators", self.tr("调解员"), lambda one: one.mediators, width=100, spare=True
            ),
            Column("spoiled", self.tr("打坏"), spoiled, width=84, right=True),
            Column("reason", self.tr("作废原因"), lambda one: one.reason, width=190, elastic=True),
        ]

    def _state(self, line: RegisterLine) -> str:
        if line.provisional and line.state is RegisterState.USED:
            return self.tr("临时")
        return {
            RegisterState.USED: self.tr("使用"),
            RegisterState.VOID: self.tr("作废"),
            RegisterState.FREE: self.tr("空号"),
        }[line.state]

    def _show(self, book: RegisterBook) -> None:
        self.book, self._year = book, book.year
        self._offer_years(book)
        self.model.set_lines(list(book.lines))
        self.sums.setText(self._summed(book))
        there = bool(book.lines)
        self.sums.setVisible(there)
        self.table.setVisible(there)
        self.empty.setVisible(not there)
        self.paper.setText(self.tr("打印登记簿") if there else self.tr("打印空白登记簿"))

    def _summed(self, book: RegisterBook) -> str:
        states = [one.state for one in book.lines]
        text = self.tr(
            "{committee}：使用 {used} 个，作废 {void} 个，空号 {free} 个；打坏 {spoiled} 张"
        ).format(
            committee=book.committee,
            used=states.count(RegisterState.USED),
            void=states.count(RegisterState.VOID),
            free=states.count(RegisterState.FREE),
            spoiled=sum(one.spoiled_sheets for one in book.lines),
        )
        provisional = sum(one.provisional for one in book.lines)
        if provisional:
            text += self.tr("；其中临时编号 {n} 个").format(n=provisional)
        if book.start:
            text += self.tr("；纸质登记簿用到 {n} 号").format(n=book.start)
        return text

    def _offer_years(self, book: RegisterBook) -> None:
        choices = [Choice(str(year), self._named(year)) for year in book.years]
        if self._field is None:
            kind = ChoiceField if len(choices) <= BUTTONS_AT_MOST else CodeField
            self._field = kind(self.tr("哪一年"), choices)
            self._field.edited.connect(self._chosen)
            self._years.addWidget(self._field)
        self._field.set_value(str(book.year))

    def _named(self, year: int) -> str:
        return self.tr("{year} 年").format(year=year)

    def _chosen(self) -> None:
        value = str(self._field.value()) if self._field is not None else ""
        if value.isdecimal():
            self._year = int(value)
        self.reload()

    def _open(self, line: RegisterLine) -> None:
        if line.case_id:
            self._desk.open_case(line.case_id)
