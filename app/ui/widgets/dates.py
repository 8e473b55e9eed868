"""Fields for local dates and times of day: typed as people write them, or picked from a calendar.
Never change what cannot be read.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from app.domain.dates import EARLIEST, LATEST, parse_date, parse_time
from app.domain.problems import Problem, Refused
from app.ui.runtime.language import today
from app.ui.runtime.marks import override
from app.ui.widgets.field import Field
from app.ui.widgets.icons import icon

DATE_WIDTH, TIME_WIDTH = 200, 140


class _DateLine(QLineEdit):
    """A line in which arrow down opens the calendar."""

    def __init__(self, owner: DateField) -> None:
        super().__init__()
        self._owner = owner

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._owner.open_calendar()
            return
        super().keyPressEvent(event)


class DateField(Field):
    """A local date. Typed as 3.15, 昨天, 20260315; when the field is left it is shown as
    2026-03-15.
    """

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.line = _DateLine(self)
        self.line.setPlaceholderText(
            hint or QCoreApplication.translate("DateField", "如 3.15、昨天、20260315")
        )
        self.line.setMaximumWidth(DATE_WIDTH)
        self.line.setMaxLength(60)
        self.button = QToolButton()
        self.button.setIcon(icon("calendar"))
        self.button.setToolTip(QCoreApplication.translate("DateField", "从日历里挑（↓）"))
        self.button.setAccessibleName(
            QCoreApplication.translate("DateField", "{label}：打开日历").format(label=label)
        )
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrow down does the same
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self.line, 1)  # up to its greatest width, for the example
        inside.addWidget(self.button)
        inside.addStretch()
        self._take_editor(self.line, below=row)
        self.line.textEdited.connect(self._changed_by_hand)
        self.line.editingFinished.connect(self._leave)
        self.line.returnPressed.connect(self._move_on)
        self.button.clicked.connect(self.open_calendar)

    @override
    def value(self) -> date | None:
        try:
            return parse_date(self.line.text(), today()) if self.line.text().strip() else None
        except Refused:
            return None

    @override
    def set_value(self, value: date | None) -> None:
        self.line.setText(value.isoformat() if value else "")
        self.clear_problem()

    @override
    def problem(self) -> Problem | None:
        try:
            if self.line.text().strip():
                parse_date(self.line.text(), today())
        except Refused as refusal:
            return refusal.first
        return None

    @override
    def draft(self) -> Any:
        return self.line.text()

    @override
    def restore(self, draft: Any) -> None:
        self.line.setText(str(draft or ""))

    @override
    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self.button.setVisible(not read_only)

    def open_calendar(self) -> None:
        """The calendar below the line, at the date that is written or today."""
        if self.line.isReadOnly():
            return
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setAccessibleName(self.label_text)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setDateRange(QDate(EARLIEST.year, 1, 1), QDate(LATEST.year, 12, 31))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self.value() or today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        calendar.clicked.connect(menu.close)
        calendar.activated.connect(menu.close)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        calendar.setFocus()

    def _picked(self, day: QDate) -> None:
        self.line.setText(date(day.year(), day.month(), day.day()).isoformat())
        self._changed_by_hand()
        self._leave()

    @override
    def _leave(self) -> None:
        found = self.value()
        if found and not self.line.isReadOnly():
            self.line.setText(found.isoformat())
        super()._leave()


class TimeField(Field):
    """A local time of day, typed as 9:30, 下午3点, 1530."""

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(
            hint or QCoreApplication.translate("TimeField", "如 9:30、下午3点")
        )
        self.line.setMaximumWidth(TIME_WIDTH)
        self.line.setMaxLength(40)
        self._take_editor(self.line)
        self.line.textEdited.connect(self._changed_by_hand)
        self.line.editingFinished.connect(self._leave)
        self.line.returnPressed.connect(self._move_on)

    @override
    def value(self) -> time | None:
        try:
            return parse_time(self.line.text()) if self.line.text().strip() else None
        except Refused:
            return None

    @override
    def set_value(self, value: time | None) -> None:
        self.line.setText(f"{value:%H:%M}" if value else "")
        self.clear_problem()

    @override
    def problem(self) -> Problem | None:
        try:
            if self.line.text().strip():
                parse_time(self.line.text())
        except Refused as refusal:
            return refusal.first
        return None

    @override
    def draft(self) -> Any:
        return self.line.text()

    @override
    def restore(self, draft: Any) -> None:
        self.line.setText(str(draft or ""))

    @override
    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    @override
    def _leave(self) -> None:
        found = self.value()
        if found and not self.line.isReadOnly():
            self.line.setText(f"{found:%H:%M}")
        super()._leave()
