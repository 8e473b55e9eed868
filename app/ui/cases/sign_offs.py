"""Who put which hand to the paper and when: a matrix of people and ways of signing, quick with two
hundred parties.

It says what was signed on paper; a signature is never made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.agreements import Signer, SignMethod
from app.domain.dates import parse_date
from app.domain.ids import RecordId
from app.domain.problems import Refused
from app.ui.cases.hands import METHODS, Hand, may_put, restored
from app.ui.cases.ticks import TickDelegate
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import SIGN_METHOD_NAMES, SIGNER_NAMES, name_of
from app.ui.widgets.fields import Field

Index = QModelIndex | QPersistentModelIndex
WHO, DATE, BY = 0, 4, 5
ROWS_SHOWN, ROW_HEIGHT = 9, 40


class HandsModel(QAbstractTableModel):
    """The matrix. A first tick on a line dates it with `day`.

    Signals:
        edited(): a person changed something.
    """

    edited = Signal()

    def __init__(self, desk: Desk, titles: Sequence[str], day: date) -> None:
        super().__init__()
        self._language, self._titles, self._day = desk.language, titles, day
        self.hands: list[Hand] = []

    def show_hands(self, hands: Sequence[Hand]) -> None:
        self.beginResetModel()
        self.hands = list(hands)
        self.endResetModel()

    def fill_usual(self) -> None:
        """As it is usually done.

        Parties sign and fingerprint, mediator and recorder sign, the committee seals.
        """
        usual = {
            Signer.PARTY: {SignMethod.SIGNATURE, SignMethod.FINGERPRINT},
            Signer.COMMITTEE: {SignMethod.SEAL},
        }
        self.show_hands(
            [
                one
                if one.methods
                else replace(
                    one,
                    methods=frozenset(usual.get(one.signer, {SignMethod.SIGNATURE})),
                    on=one.on or self._day,
                )
                for one in self.hands
            ]
        )
        self.edited.emit()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        return 0 if parent.isValid() else len(self.hands)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        return 0 if parent.isValid() else len(self._titles)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._titles[section]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hand, column = self.hands[index.row()], index.column()
        if column in (1, 2, 3):
            return self._tick(hand, column, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(hand, column)
        if role == Qt.ItemDataRole.EditRole:
            return str(hand.by or "") if column == BY else self._text(hand, column)
        return None

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid():
            return False
        changed = self._changed(self.hands[index.row()], index.column(), value, role)
        if changed is None:
            return False
        self.hands[index.row()] = changed
        last = self.index(index.row(), len(self._titles) - 1)
        self.dataChanged.emit(self.index(index.row(), 0), last)
        self.edited.emit()
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid():
            return flags
        hand, column = self.hands[index.row()], index.column()
        if column in (1, 2, 3) and may_put(hand, METHODS[column - 1]):
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if column == DATE or (column == BY and hand.stand_ins):
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def _tick(self, hand: Hand, column: int, role: int) -> Any:
        method = METHODS[column - 1]
        if role == Qt.ItemDataRole.CheckStateRole and may_put(hand, method):
            on = method in hand.methods
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hand.name} {name_of(SIGN_METHOD_NAMES, method, self._language)}"
        return None

    def _text(self, hand: Hand, column: int) -> str:
        if column == WHO:
            if hand.signer is Signer.PARTY:
                return hand.name
            signer = name_of(SIGNER_NAMES, hand.signer, self._language)
            return f"{signer}　{hand.name}" if hand.name else signer
        if column == DATE:
            return hand.on.isoformat() if hand.on else ""
        return hand.stand_ins.get(hand.by, "") if hand.by else ""

    def _changed(self, hand: Hand, column: int, value: Any, role: int) -> Hand | None:
        if column in (1, 2, 3) and role == Qt.ItemDataRole.CheckStateRole:
            method = METHODS[column - 1]
            on = Qt.CheckState(value) is Qt.CheckState.Checked
            methods = hand.methods | {method} if on else hand.methods - {method}
            return replace(hand, methods=methods, on=hand.on or (self._day if on else None))
        if role != Qt.ItemDataRole.EditRole:
            return None
        if column == DATE:
            try:
                day = parse_date(str(value), self._day) if str(value).strip() else None
            except Refused:
                return None
            return replace(hand, on=day)
        if column == BY:
            return replace(hand, by=RecordId(str(value)) if value else None)
        return None


class _MatrixDelegate(TickDelegate):
    """Boxes in the middle of their cells, and a list of stand-ins where somebody may sign for
    another.
    """

    def __init__(self, self_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._self_text = self_text

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            super().paint(painter, option, index)
            return
        # PySide's stubs do not know the fields of style options.
        cell: Any = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        style = cell.widget.style() if cell.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        size = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
        item: Any = QStyleOptionViewItem()
        item.rect = QStyle.alignedRect(
            Qt.LayoutDirection.LeftToRight,
            Qt.AlignmentFlag.AlignCenter,
            QSize(size, size),
            cell.rect,
        )
        ticked = Qt.CheckState(state) is Qt.CheckState.Checked
        item.state = QStyle.StateFlag.State_Enabled
        item.state |= QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, item, painter, cell.widget
        )

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        if index.column() != BY or not isinstance(model, HandsModel):
            return QStyledItemDelegate.createEditor(self, parent, option, index)
        box = QComboBox(parent)
        box.addItem(self._self_text, "")
        for person, name in model.hands[index.row()].stand_ins.items():
            box.addItem(name, person)
        return box

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            found = editor.findData(index.data(Qt.ItemDataRole.EditRole))
            editor.setCurrentIndex(max(0, found))
        else:
            super().setEditorData(editor, index)

    @override
    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)
        else:
            super().setModelData(editor, model, index)


class SignOffsField(Field):
    """The matrix as a field. `value()` is a tuple of hands."""

    def __init__(self, desk: Desk, label: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(label, parent=parent)
        names = [name_of(SIGN_METHOD_NAMES, one, desk.language) for one in METHODS]
        titles = [self.tr("谁"), *names, self.tr("日期"), self.tr("谁签的")]
        self.model = HandsModel(desk, titles, day)
        self.model.setParent(self)
        self.model.edited.connect(self._changed_by_hand)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(_MatrixDelegate(self.tr("本人"), self.table))
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(WHO, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 76), (2, 76), (3, 76), (DATE, 120), (BY, 190)):
            self.table.setColumnWidth(column, max(width, header.sectionSizeHint(column) + 8))
        self._take_editor(self.table)

    @override
    def value(self) -> tuple[Hand, ...]:
        return tuple(self.model.hands)

    @override
    def set_value(self, value: Sequence[Hand] | None) -> None:
        hands = tuple(value or ())
        self.model.show_hands(hands)
        rows = min(ROWS_SHOWN, len(hands))
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + rows * ROW_HEIGHT + 4)
        self.table.setColumnHidden(BY, not any(one.stand_ins for one in hands))
        self.clear_problem()

    @override
    def draft(self) -> Any:
        return {
            one.key: {
                "methods": sorted(one.methods),
                "on": one.on.isoformat() if one.on else "",
                "by": one.by or "",
            }
            for one in self.model.hands
        }

    @override
    def restore(self, draft: Any) -> None:
        if isinstance(draft, dict):
            self.model.show_hands([restored(one, draft.get(one.key)) for one in self.model.hands])
