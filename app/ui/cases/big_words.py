"""Words as large as their place allows: for people who sit across the table.

Grows and shrinks with the window; what is zoomed beyond its place scrolls. Never edits.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from app.ui.runtime import theme
from app.ui.runtime.marks import override

LARGEST, SMALLEST = 88, 22  # px
LEAST_ZOOM, MOST_ZOOM = 50, 250  # percent
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
_ROOM = 24


class BigWords(QScrollArea):
    """One text. `zoom` in percent of what just fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 100
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._label.setMargin(_ROOM // 2)
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_text(self, text: str) -> None:
        if text != self._label.text():
            self._label.setText(text)
            self.verticalScrollBar().setValue(0)
            self._fit()

    def text(self) -> str:
        return self._label.text()

    def zoom(self) -> int:
        return self._zoom

    def set_zoom(self, zoom: int) -> None:
        self._zoom = max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
        self._fit()

    def pixels(self) -> int:
        """The size of the letters now."""
        return self._fitting() * self._zoom // 100

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down scroll; all other keys belong to the page."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.verticalScrollBar().maximum():
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _fit(self) -> None:
        # A style sheet of the application outranks `setFont`.
        self._label.setStyleSheet(f"font-size: {max(SMALLEST // 2, self.pixels())}px;")

    def _fitting(self) -> int:
        """The largest size at which the whole text is seen at once."""
        place = self.viewport().rect().adjusted(0, 0, -2 * _ROOM, -_ROOM)
        low, high = SMALLEST, LARGEST
        while low < high:
            middle = (low + high + 1) // 2
            font = QFont()
            font.setFamilies(list(theme.FAMILIES))
            font.setPixelSize(middle)
            taken = QFontMetrics(font).boundingRect(
                QRect(0, 0, max(1, place.width()), 0), _WRAPPED, self._label.text()
            )
            if taken.height() <= place.height():
                low = middle
            else:
                high = middle - 1
        return low
