"""A form with something that belongs to it: at its right where there is room, and then always in
sight while the page scrolls; else below it.

Never changes either of them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from app.ui.runtime.marks import override
from app.ui.widgets.forms import COLUMN_WIDTH

ROOM_FOR_BOTH = 880
MARGIN_WIDTH = 320
GAP = 24


class FormAndMargin(QWidget):
    """Holds a form; `put` adds what belongs to it."""

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        self._box.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        self._margin: _Margin | None = None

    def put(self, made: QWidget) -> None:
        """`made` beside or below the form."""
        self._margin = _Margin(made)
        self._box.addWidget(self._margin)
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._margin is None:
            return
        beside = self.width() >= ROOM_FOR_BOTH
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._box.direction() or not self._margin.placed:
            self._box.setDirection(way)
            self._margin.stand(beside)


class _Margin(QWidget):
    """Follows the eye down a long form: its top is where the page's top is seen."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside, self._beside, self.placed = inside, False, False
        inside.setParent(self)
        inside.show()
        inside.installEventFilter(self)

    def stand(self, beside: bool) -> None:
        """At the side, `MARGIN_WIDTH` wide, or below at full width."""
        self.placed, self._beside = True, beside
        self.setMinimumWidth(MARGIN_WIDTH if beside else 0)
        self.setMaximumWidth(MARGIN_WIDTH if beside else COLUMN_WIDTH)
        self._place()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        area = self._area()
        if area is not None:
            area.verticalScrollBar().valueChanged.connect(self._place)
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        high = self._inside.heightForWidth(self.width())
        high = high if high > 0 else self._inside.sizeHint().height()
        if self.minimumHeight() != high:
            self.setMinimumHeight(high)
        self._inside.setGeometry(0, self._top(high), self.width(), high)

    def _top(self, high: int) -> int:
        area = self._area()
        if not self._beside or area is None or high > area.viewport().height():
            return 0  # what is higher than the page scrolls with it
        above = -self.mapTo(area.viewport(), QPoint(0, 0)).y()
        return max(0, min(above, self.height() - high))

    def _area(self) -> QScrollArea | None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around
