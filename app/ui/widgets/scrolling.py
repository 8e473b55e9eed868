"""A page that scrolls up and down only, and gives wrapped words the height they need.

Qt forgets that wrapped words need more height in a narrow page.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.ui.runtime.marks import override


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
