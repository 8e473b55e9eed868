"""A page that holds one form for something that does not exist yet: a new dispute, an oral case.

Knows nothing of what is made; a page below says what is asked and what becomes of it.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.cases.editor import Editor
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import Page, ScrollColumn, words


class OneFormPage(Page):
    """A title, a sentence, and one editor that comes and goes.

    Signals:
        made(str): the record is stored; carries its id.
        closed(): put away.
    """

    made = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, title: str, said: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._desk = desk
        self.editor: Editor | None = None
        self._place = QVBoxLayout()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 16)
        column.setSpacing(12)
        column.addWidget(words(said, "muted"))
        column.addLayout(self._place)
        column.addStretch(1)
        self.set_content(ScrollColumn(holder))

    def resume(self) -> bool:
        """Goes on with the form that is open already; False when there is none."""
        if self.editor is None:
            return False
        self.editor.form.focus_first()
        return True

    def flush(self) -> None:
        """Keeps what is typed."""
        if self.editor is not None:
            self.editor.flush()

    def save(self) -> None:
        """Ctrl+S."""
        if self.editor is not None:
            self.editor.save()

    def undo(self) -> None:
        """Ctrl+Z outside a field."""
        if self.editor is not None:
            self.editor.undo()

    def show_editor(self, editor: Editor) -> None:
        """Puts a fresh editor on the page."""
        self.editor = editor
        self._place.addWidget(editor)
        editor.closed.connect(self._closed)

    def finish(self, record_id: str) -> None:
        """The record is stored: the form goes, the id is told."""
        self._drop()
        self.made.emit(record_id)

    def _closed(self) -> None:
        self._drop()
        self.closed.emit()

    def _drop(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
