"""A page that scrolls up and down only, and gives wrapped words the height they need.

Qt forgets that wrapped words need more height in a narrow page. Never gives anything the focus.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.runtime.marks import override

ROOM = 16  # px above and below what was scrolled to


class ScrollColumn(QScrollArea):
    """Shows `content` as wide as there is room and as high as its words need at that width."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.installEventFilter(self)

    def show_child(self, child: QWidget) -> None:
        """Scrolls until `child` is seen, from its top."""
        place = child.mapTo(self.widget(), child.rect().topLeft())
        self.verticalScrollBar().setValue(max(0, place.y() - 16))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        content = self.widget()
        if content is None or not content.hasHeightForWidth():
            return
        width = max(self.viewport().width(), content.minimumSizeHint().width())
        height = content.heightForWidth(width)
        if height > 0 and content.minimumHeight() != height:
            content.setMinimumHeight(height)


class CappedColumn(QVBoxLayout):
    """A column in a widget that may be narrower than its place: its height is reckoned at the
    width that it really gets.

    Qt reckons the height of wrapped words at the width of the place, also where the widget has a
    `maximumWidth` below it, and then squeezes the fields into what is too low. Qt remembers one
    width and is asked for several in turn: all are kept until something inside changes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        self._heights: dict[int, int] = {}

    @override
    def heightForWidth(self, width: int) -> int:
        capped = self._capped(width)
        known = self._heights.get(capped)
        if known is None:
            known = self._heights[capped] = super().heightForWidth(capped)
        return known

    @override
    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    @override
    def minimumHeightForWidth(self, width: int) -> int:
        return super().minimumHeightForWidth(self._capped(width))

    def _capped(self, width: int) -> int:
        owner = self.parentWidget()
        return width if owner is None else min(width, owner.maximumWidth())


def bring_into_view(widget: QWidget) -> None:
    """Scrolls every area around `widget` until it is seen, once what was just said or opened has
    been laid out. What is higher than the area is seen from its top.
    """
    QTimer.singleShot(0, widget, lambda: _reveal(widget))


def _reveal(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and around.widget() is not None:
            _scroll_to(around, widget)
        around = around.parentWidget()


def _scroll_to(area: QScrollArea, widget: QWidget) -> None:
    content = area.widget()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    place = QRect(widget.mapTo(content, QPoint(0, 0)), widget.size())
    bar, height = area.verticalScrollBar(), area.viewport().height()
    top, bottom = place.top() - ROOM, place.bottom() + ROOM
    if bottom > bar.value() + height:
        bar.setValue(bottom - height)
    if top < bar.value():
        bar.setValue(max(0, top))
