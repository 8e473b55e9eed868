"""What is written in a file, to be read: names in grey, words beside them, and a plain word where
nothing stands. Never edits.

All text is shown as plain text, whatever signs are in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

LONG_TEXT = 4_000  # what is longer is shown cut on the screen; the paper preview has all of it
NAME_WIDTH = 104


class Facts(QWidget):
    """Rows of name and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Name and words; where there are none it says so."""
        emptied(self._grid)
        for number, (name, words) in enumerate(rows):
            title = plain(name, muted=True)
            title.setFixedWidth(NAME_WIDTH)
            self._grid.addWidget(title, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(
                plain(shortened(words) if words else self.tr("没有写"), muted=not words), number, 1
            )


def plain(text: str, *, muted: bool = False, strong: bool = False) -> QLabel:
    """A paragraph of plain, selectable text that wraps."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("muted", muted)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if strong:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def column(parent: QWidget | None = None, spacing: int = 8) -> tuple[QWidget, QVBoxLayout]:
    """A plain column without margins."""
    holder = QWidget(parent)
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return holder, layout


def emptied(layout: QGridLayout | QVBoxLayout) -> None:
    """Takes everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def absent_words(count: int, *, waiting: bool) -> str:
    """That files are not here, and what becomes of it; `waiting`: the file waits for review."""
    if waiting:
        text = QCoreApplication.translate("Facts", "有 {n} 个文件还没取到，有网时自动取。")
    else:
        text = QCoreApplication.translate(
            "Facts", "有 {n} 个文件还没取到；卷在等审核的时候，有网就自动取。"
        )
    return text.format(n=count)


def shortened(text: str) -> str:
    return text if len(text) <= LONG_TEXT else text[:LONG_TEXT] + " …"
