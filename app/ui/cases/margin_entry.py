"""A way to a field in the right margin: one line that may be longer than its room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.ui.runtime.marks import override

ENTRY_PADDING = 10


class MarginEntry(QPushButton):
    """A way to a field; a long name is cut to the room there is and told whole in the tool tip."""

    def __init__(self, text: str, tip: str = "") -> None:
        super().__init__(text)
        self._whole = text
        self.setObjectName("missingEntry")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{text}\n{tip}" if tip else text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip)

    @property
    def whole(self) -> str:
        """All that it says, also where there is less room."""
        return self._whole

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * ENTRY_PADDING
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
