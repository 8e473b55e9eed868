"""One line of a read view with its verbs at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import button, words

Verb = tuple[str, str, Callable[[], object]]
"""What a verb says, the name tests know it by, and what it does."""


def line_with(text: str, verbs: Sequence[Verb] = ()) -> QWidget:
    """The line; what was voided has no verbs and stands back."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(words(text, "" if verbs else "muted"), 1)
    for made in _buttons(text, verbs):
        layout.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
    return row


def card_with(text: str, verbs: Sequence[Verb] = (), *, notes: Sequence[str] = ()) -> QWidget:
    """A line with many verbs: they stand below it, as many beside each other as there is room."""
    card = QFrame()
    card.setObjectName("row-of-fields")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(4)
    column.addWidget(words(text, "strong" if verbs else "muted"))
    for note in notes:
        column.addWidget(words(note, "muted"))
    if verbs:
        row = QWidget()
        flow = FlowLayout(row, gap=4)
        for made in _buttons(text, verbs):
            flow.addWidget(made)
        column.addWidget(row)
    return card


def _buttons(text: str, verbs: Sequence[Verb]) -> Iterator[QPushButton]:
    for title, name, pressed in verbs:
        made = button(title, quiet=True)
        made.clicked.connect(lambda _=False, do=pressed: do())
        made.setObjectName(name)
        made.setAccessibleName(f"{title} {text}")
        yield made
