"""The duties of the agreements that bind: who, what, how much, by when, and how far it is.

Never decides what is owed: `domain/duties.py` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.duties import DutyProgress, DutyState
from app.domain.money import figures
from app.ui.cases.labels import day_words
from app.ui.cases.performance_form import duty_words
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import Chip, button, empty, words
from app.ui.widgets.record_words import DUTY_TONES, duty_state_word

SHOWN = 24  # more instalments than these are opened at a press


class DutyTable(QWidget):
    """One row for each duty, with the button that ticks it off.

    Signals:
        wanted(str): the duty of this key is to be ticked off.
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._all = False
        self._view: CaseView | None = None
        self._found: tuple[DutyProgress, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(self.tr("要履行的"))

    def show_duties(self, view: CaseView, found: Sequence[DutyProgress]) -> None:
        """Everything anew, in the order of the clauses."""
        if self._view is None or self._view.case_id != view.case_id:
            self._all = False
        self._view, self._found = view, tuple(found)
        empty(self._column)
        self.setVisible(bool(found))
        if not found:
            return
        self._column.addWidget(words(self.tr("要履行的"), "strong"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._head(grid)
        shown = self._found if self._all else self._found[:SHOWN]
        for row, one in enumerate(shown, 1):
            self._row(grid, row, one)
        self._column.addWidget(holder)
        if len(shown) < len(self._found):
            text = self.tr("还有 {count} 样").format(count=len(self._found) - len(shown))
            self._column.addWidget(button(text, self._show_all, quiet=True))

    # --- inside ---

    def _head(self, grid: QGridLayout) -> None:
        titles = (self.tr("谁"), self.tr("做什么、付多少"), self.tr("到哪天"), self.tr("做到哪了"))
        for column, title in enumerate(titles):
            grid.addWidget(words(title, "muted", wrap=False), 0, column)

    def _row(self, grid: QGridLayout, row: int, one: DutyProgress) -> None:
        assert self._view is not None
        names, duty = self._view.file.names(), one.duty
        middle = Qt.AlignmentFlag.AlignVCenter
        who = names.get(duty.who, "") if duty.who else ""
        whom = names.get(duty.to_whom, "") if duty.to_whom else ""
        grid.addWidget(words(f"{who} → {whom}" if who and whom else who or whom), row, 0, middle)
        grid.addWidget(words(self._what(one)), row, 1, middle)
        grid.addWidget(words(day_words(self._desk, duty.due_on) or "—", wrap=False), row, 2, middle)
        grid.addWidget(Chip(duty_state_word(one.state), DUTY_TONES[one.state]), row, 3, middle)
        if one.state is not DutyState.DONE and not self._view.read_only:
            tick = button(self.tr("登记履行"), quiet=True)
            tick.setObjectName("tick-duty")
            said = duty_words(self._desk, self._view.file, duty)
            tick.setAccessibleName(f"{tick.text()} {said}")
            tick.clicked.connect(lambda _=False, key=duty.key: self.wanted.emit(key))
            grid.addWidget(tick, row, 4, middle)

    def _what(self, one: DutyProgress) -> str:
        if one.duty.fen is None:
            return one.duty.what
        whole = self.tr("{sum} 元").format(sum=figures(one.duty.fen))
        if not one.done_fen:
            return whole
        return self.tr("{sum} 元，已付 {paid} 元").format(
            sum=figures(one.duty.fen), paid=figures(one.done_fen)
        )

    def _show_all(self) -> None:
        self._all = True
        if self._view is not None:
            self.show_duties(self._view, self._found)
