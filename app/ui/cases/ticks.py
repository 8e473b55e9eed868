"""Choosing among the people of a case.

A list to tick that stays quick with two hundred names, or one person out of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.runtime.marks import override
from app.ui.widgets.fields import Choice, ChoiceField, CodeField, Field
from app.ui.widgets.frame import button

AT_A_GLANCE = 6
ROWS_SHOWN = 7
ROW_HEIGHT = 34

Index = QModelIndex | QPersistentModelIndex


class TickDelegate(QStyledItemDelegate):
    """A press anywhere on the name or cell ticks it, and so does the space bar.

    Nobody has to hit the small box.
    """

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if not model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            ticks = event.button() == Qt.MouseButton.LeftButton
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            ticks = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)
        else:
            return False
        if not ticks:
            return False
        was = model.data(index, Qt.ItemDataRole.CheckStateRole)
        on = was != Qt.CheckState.Checked
        now = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return model.setData(index, now, Qt.ItemDataRole.CheckStateRole)


class _TickModel(QAbstractListModel):
    """Names with ticks.

    Signals:
        ticked(): a person changed a tick.
    """

    ticked = Signal()

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.choices = tuple(choices)
        self.chosen: set[str] = set()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        return 0 if parent.isValid() else len(self.choices)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self.choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return choice.label
        if role == Qt.ItemDataRole.CheckStateRole:
            on = choice.code in self.chosen
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([self.choices[index.row()].code], Qt.CheckState(value) is Qt.CheckState.Checked)
        self.ticked.emit()
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def tick(self, codes: Sequence[str], on: bool) -> None:
        self.chosen = self.chosen | set(codes) if on else self.chosen - set(codes)
        if self.choices:
            self.dataChanged.emit(self.index(0), self.index(len(self.choices) - 1))


class TickList(Field):
    """Names to tick.

    With many of them, all or none at one press. `value()` is a tuple of codes in the list's order.
    """

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice],
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.model = _TickModel(choices)
        self.model.setParent(self)
        self.model.ticked.connect(self._changed_by_hand)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setObjectName("tick-list")
        rows = max(1, min(ROWS_SHOWN, len(self.model.choices)))
        self.list.setFixedHeight(rows * ROW_HEIGHT + 8)
        self.list.setMaximumWidth(420)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setItemDelegate(TickDelegate(self.list))
        self._take_editor(self.list)
        if len(self.model.choices) > AT_A_GLANCE:
            self._column.addLayout(self._both())

    @override
    def value(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.model.choices if one.code in self.model.chosen)

    @override
    def set_value(self, value: Sequence[str] | None) -> None:
        self.model.chosen = set()
        self.model.tick(tuple(value or ()), True)
        self.clear_problem()

    @override
    def draft(self) -> Any:
        return list(self.value())

    def tick_all(self, on: bool) -> None:
        """All or none, by hand."""
        self.model.tick([one.code for one in self.model.choices], on)
        self._changed_by_hand()

    def _both(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(self.tr("全选"), lambda: self.tick_all(True), quiet=True))
        row.addWidget(button(self.tr("都不选"), lambda: self.tick_all(False), quiet=True))
        row.addStretch(1)
        return row


def pick_field(label: str, choices: Sequence[Choice], *, hint: str = "") -> Field:
    """One of a few as buttons, one of many in a searchable box."""
    if len(choices) <= AT_A_GLANCE:
        return ChoiceField(label, choices, hint=hint)
    return CodeField(label, choices, hint=hint)


def several_field(label: str, choices: Sequence[Choice], *, hint: str = "") -> Field:
    """Some of a few as buttons, some of many in a list to tick."""
    if len(choices) <= AT_A_GLANCE:
        return ChoiceField(label, choices, multi=True, hint=hint)
    return TickList(label, choices, hint=hint)
