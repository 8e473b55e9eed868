"""A last day as people say it: 签字后15天内, 下月底, 3个月内, or any date.

Counted from the day of the agreement. Never guesses a day from words it does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.clause_filling import parse_due
from app.domain.problems import Problem, Refused
from app.ui.runtime.language import today
from app.ui.runtime.marks import override
from app.ui.widgets.fields import DateField

DUE_WIDTH = 260  # px: the example is longer than a date
DayOf = Callable[[], date | None]


class DueField(DateField):
    """A local date; when the field is left, typed words become 2026-03-15. `made_on` tells the day
    from which 签字后15天内 is counted; today where it tells none.
    """

    def __init__(
        self, label: str, made_on: DayOf | None = None, parent: QWidget | None = None
    ) -> None:
        hint = QCoreApplication.translate("DueField", "如 签字后15天内、下月底、3.15")
        super().__init__(label, hint=hint, parent=parent)
        self._made_on = made_on
        self.line.setMaximumWidth(DUE_WIDTH)

    @override
    def value(self) -> date | None:
        try:
            return self._read()
        except Refused:
            return None

    @override
    def problem(self) -> Problem | None:
        try:
            self._read()
        except Refused as refusal:
            return refusal.first
        return None

    def _read(self) -> date | None:
        text = self.line.text().strip()
        if not text:
            return None
        return parse_due(text, (self._made_on() if self._made_on else None) or today())
