"""The navigation at the left: icon and word, never an icon alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from app.ui.widgets.icons import icon


class NavigationRail(QWidget):
    """One button for each workspace.

    Signals:
        chosen(str): the key of a workspace.
    """

    chosen = Signal(str)

    def __init__(
        self, places: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """`places` are key, word and icon, from top to bottom; the last one stands at the foot."""
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        for number, (key, word, icon_name) in enumerate(places, 1):
            if number == len(places):
                column.addStretch(1)
            made = QToolButton()
            made.setObjectName("railButton")
            made.setText(word)
            made.setIcon(icon(icon_name, QPalette.ColorRole.WindowText))
            made.setIconSize(QSize(24, 24))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setCheckable(True)
            made.setAccessibleName(word)
            keys = QKeySequence(f"Ctrl+{number}").toString(QKeySequence.SequenceFormat.NativeText)
            made.setToolTip(f"{word}  {keys}")
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(lambda _=False, one=key: self.chosen.emit(one))
            self._group.addButton(made)
            self._buttons[key] = made
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)

    def mark(self, key: str) -> None:
        """Shows where we are."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> QToolButton:
        return self._buttons[key]

    def set_count(self, key: str, word: str, count: int) -> None:
        """A number below the word, for what waits."""
        self._buttons[key].setText(f"{word} {count}" if count else word)
        self._buttons[key].setAccessibleName(f"{word} {count}" if count else word)
