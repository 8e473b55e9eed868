"""What is known, to be read.

Names in grey, values beside them, and a plain word where something is still missing. Never edits.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.ui.widgets.frame import empty

LONG_TEXT = 4_000  # what is longer than this is shown cut; the form and the paper have all of it


class Reading(QWidget):
    """Rows of name and value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, rows: Sequence[tuple[str, str]], *, blanks: bool = True) -> None:
        """Name and value; an empty value is said to be missing, or left out with `blanks` False."""
        empty(self._grid)
        for number, (name, value) in enumerate((n, v) for n, v in rows if v or blanks):
            self._grid.addWidget(_name(name), number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._value(value), number, 1)

    def _value(self, value: str) -> QLabel:
        shown = QLabel(shortened(value, LONG_TEXT) if value else self.tr("还没填"))
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setWordWrap(True)
        shown.setProperty("role", "" if value else "muted")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        shown.setSizePolicy(policy)
        return shown

    def text(self) -> str:
        """All words on it."""
        return "\n".join(one.text() for one in self.findChildren(QLabel) if not one.isHidden())


def _name(name: str) -> QLabel:
    shown = QLabel(name)
    shown.setProperty("role", "muted")
    shown.setMinimumWidth(88)
    return shown


def shortened(text: str, limit: int = 200) -> str:
    """The beginning of a text, with a sign that there is more."""
    return text if len(text) <= limit else text[:limit] + " …"
