"""A field that holds several rows of small fields.

Instalments, people at the table. Rows are added and taken away at will.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.ui.runtime.marks import override
from app.ui.widgets.fields import Field
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.icons import icon
from app.ui.widgets.tab_order import chain_before

RowFields = Mapping[str, Field]


class _Row(QFrame):
    """One row.

    Signals:
        edited(): one of its fields was changed.
        unwanted(): take it away.
    """

    edited = Signal()
    unwanted = Signal()

    def __init__(self, fields: RowFields) -> None:
        super().__init__()
        self.setObjectName("row-of-fields")
        self.fields = dict(fields)
        flow = FlowLayout(self, gap=8)
        flow.setContentsMargins(8, 8, 8, 8)
        for field in self.fields.values():
            field.setMinimumWidth(150)
            flow.addWidget(field)
            field.edited.connect(self.edited)
        away = QToolButton()
        away.setIcon(icon("x"))
        away.setToolTip(self.tr("去掉这一行"))
        away.setAccessibleName(away.toolTip())
        away.clicked.connect(self.unwanted)
        flow.addWidget(away)


class RowsField(Field):
    """Rows of fields. `value()` is a tuple of dicts, empty rows left out.

    Signals:
        rows_changed(): a row was added or taken away, or a field in it changed.
    """

    rows_changed = Signal()

    def __init__(
        self,
        label: str,
        fields_of_row: Callable[[], RowFields],
        add_text: str,
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self._fields_of_row = fields_of_row
        self._rows: list[_Row] = []
        self._holder = QWidget()
        self._rows_column = QVBoxLayout(self._holder)
        self._rows_column.setContentsMargins(0, 0, 0, 0)
        self._rows_column.setSpacing(8)
        self._column.addWidget(self._holder)
        self.add_button = QPushButton(add_text)
        self.add_button.clicked.connect(self._add_by_hand)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._editor = self.add_button
        self._holder.hide()

    @override
    def value(self) -> tuple[dict[str, Any], ...]:
        found = [{name: one.value() for name, one in row.fields.items()} for row in self._rows]
        return tuple(one for one in found if any(value not in (None, "") for value in one.values()))

    @override
    def set_value(self, value: Sequence[Mapping[str, Any]] | None) -> None:
        self._refill(value or (), lambda field, part: field.set_value(part))

    @override
    def draft(self) -> Any:
        return [{name: one.draft() for name, one in row.fields.items()} for row in self._rows]

    @override
    def restore(self, draft: Any) -> None:
        self._refill(draft or (), lambda field, part: field.restore(part))

    @override
    def problem(self) -> Problem | None:
        fields = (field for row in self._rows for field in row.fields.values())
        return next((found for one in fields if (found := one.problem())), None)

    def rows(self) -> list[RowFields]:
        """The fields of each row."""
        return [row.fields for row in self._rows]

    def add_row(self) -> RowFields:
        """One more empty row."""
        row = _Row(self._fields_of_row())
        row.edited.connect(self._row_edited)
        row.unwanted.connect(self._take_away)
        self._rows.append(row)
        self._rows_column.addWidget(row)
        chain_before(self.add_button, row)
        self._holder.show()
        return row.fields

    def _add_by_hand(self) -> None:
        fields = self.add_row()
        next(iter(fields.values())).setFocus()
        self._row_edited()

    def _take_away(self) -> None:
        row = self.sender()
        if isinstance(row, _Row) and row in self._rows:
            self._drop(row)
            self._row_edited()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._rows_column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._holder.setVisible(bool(self._rows))

    def _refill(
        self, parts: Sequence[Mapping[str, Any]], put: Callable[[Field, Any], None]
    ) -> None:
        for row in list(self._rows):
            self._drop(row)
        for part in parts:
            fields = self.add_row()
            for name, field in fields.items():
                put(field, part.get(name))
        self.clear_problem()
        self.rows_changed.emit()

    def _row_edited(self) -> None:
        self.rows_changed.emit()
        self._changed_by_hand()
