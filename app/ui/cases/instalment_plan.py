"""How a sum is divided: how many parts, when the first is due, how long until the next; with a
preview of all parts.

The sum of the parts is always that of the whole. Never fills in an amount by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.domain.agreements import Instalment
from app.domain.clause_filling import INSTALMENT_LIMIT, Plan, split_instalments
from app.domain.money import figures
from app.domain.problems import Problem, Refused
from app.ui.cases.due_field import DayOf, DueField
from app.ui.runtime.marks import override
from app.ui.widgets.fields import Choice, ChoiceField, Field, NumberField
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import empty, words

ROWS_SHOWN = 12
FIRST_SHOWN = ROWS_SHOWN - 2
MONTHS, DAYS = "months", "days"


class PlanField(Field):
    """Number, first day and step. `value()` is a `Plan`, or None without a number of parts."""

    def __init__(
        self, label: str, made_on: DayOf | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, parent=parent)
        self.count = NumberField(self.tr("分几期"), least=1, most=INSTALMENT_LIMIT)
        self.first = DueField(self.tr("第一期最晚哪一天"), made_on)
        self.every = NumberField(self.tr("每隔多少"), least=1, most=999)
        self.unit = ChoiceField(
            self.tr("月还是天"), [Choice(MONTHS, self.tr("个月")), Choice(DAYS, self.tr("天"))]
        )
        for number in (self.count, self.every):
            number.line.setFixedWidth(96)
        self.every.set_value(1)
        self.unit.set_value(MONTHS)
        holder = QWidget()
        row = FlowLayout(holder, gap=16)
        for part in self._parts().values():
            row.addWidget(part)
            part.edited.connect(self._changed_by_hand)
            part.left.connect(self.left)
        self._column.addWidget(holder)
        self._editor = self.count.line
        self.setFocusProxy(self.count.line)

    def _parts(self) -> dict[str, Field]:
        return {"count": self.count, "first": self.first, "every": self.every, "unit": self.unit}

    @override
    def value(self) -> Plan | None:
        count, every = self.count.value(), self.every.value() or 1
        if not count:
            return None
        days = self.unit.value() == DAYS
        return Plan(
            count=count,
            first_due=self.first.value(),
            every_months=0 if days else every,
            every_days=every if days else 0,
        )

    @override
    def set_value(self, value: Plan | None) -> None:
        self.count.set_value(value.count if value else None)
        self.first.set_value(value.first_due if value else None)
        self.every.set_value((value.every_days or value.every_months) if value else 1)
        self.unit.set_value(DAYS if value and value.every_days else MONTHS)
        self.clear_problem()

    @override
    def draft(self) -> Any:
        return {name: one.draft() for name, one in self._parts().items()}

    @override
    def restore(self, draft: Any) -> None:
        if isinstance(draft, Mapping):
            for name, one in self._parts().items():
                one.restore(draft.get(name))

    @override
    def problem(self) -> Problem | None:
        found = (one.problem() for one in self._parts().values())
        return next((one for one in found if one is not None), None)

    @override
    def settle(self) -> None:
        for one in self._parts().values():
            one.settle()


class InstalmentTable(QWidget):
    """The parts as they will stand in the clause; long plans show their beginning and end."""

    def __init__(self, days: Callable[[Instalment], str], parent: QWidget | None = None) -> None:
        """`days` writes the day of a part as the window's language does."""
        super().__init__(parent)
        self._days = days
        self._rows = QGridLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(24)
        self._rows.setVerticalSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(self._rows)
        row.addStretch(1)
        self.hide()

    def show_plan(self, total_fen: int | None, plan: Plan | None) -> None:
        """The parts of `total_fen` by `plan`; nothing while either is open."""
        parts: tuple[Instalment, ...] = ()
        if total_fen and plan is not None:
            try:
                parts = split_instalments(total_fen, plan)
            except Refused:
                parts = ()
        self._show(parts)

    def text(self) -> str:
        """All words on it."""
        return "\n".join(one.text() for one in self.findChildren(QLabel) if not one.isHidden())

    def _show(self, parts: tuple[Instalment, ...]) -> None:
        empty(self._rows)
        last = len(parts)
        for number, part in enumerate(parts, 1):
            if last > ROWS_SHOWN and FIRST_SHOWN < number < last:
                if number == FIRST_SHOWN + 1:
                    self._rows.addWidget(words("…", "muted"), self._rows.rowCount(), 0)
                continue
            at = self._rows.rowCount()
            title = self.tr("第 {number} 期").format(number=number)
            self._rows.addWidget(words(title, "muted", wrap=False), at, 0)
            self._rows.addWidget(words(self._days(part), wrap=False), at, 1)
            amount = words(self.tr("{amount} 元").format(amount=figures(part.fen)), wrap=False)
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._rows.addWidget(amount, at, 2)
        if parts:
            total = figures(sum(one.fen for one in parts))
            at = self._rows.rowCount()
            self._rows.addWidget(words(self.tr("合计"), "strong", wrap=False), at, 0)
            whole = words(self.tr("{amount} 元").format(amount=total), "strong", wrap=False)
            whole.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._rows.addWidget(whole, at, 2)
        self.setVisible(bool(parts))
