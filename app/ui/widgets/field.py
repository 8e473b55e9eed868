"""What every field of a form is: a label above, a place to write, a sentence below when something
is wrong.

Checks when it is left and never while typing. Never refuses to hold what was typed.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.problems import Problem
from app.ui.runtime.language import said


class _Message(QLabel):
    """Wrapped words that claim their whole height: layouts of rows ask for it before the width is
    known.
    """

    def say(self, text: str) -> None:
        self.setText(text)
        self._claim()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim()

    def _claim(self) -> None:
        height = self.heightForWidth(self.width()) if self.text() else 0
        if height != self.minimumHeight():
            self.setMinimumHeight(max(0, height))


class Field(QWidget):
    """A field named by its `label`; `hint` is an example in grey.

    Signals:
        edited(): a person changed it (never `set_value`).
        left(): the cursor went away or Enter was pressed.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label_text = label
        self.hint = hint
        self._problem_text = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._label = QLabel(label)
        self._label.setObjectName("fieldLabel")
        self._label.setVisible(bool(label))
        self._column.addWidget(self._label)
        self._message: _Message | None = None
        self._editor: QWidget = self
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def value(self) -> Any:
        """What is in the field, in the domain's own type; None (or "" / ()) when it is empty or
        cannot be read yet.
        """
        raise TypeError("a field says its own value")

    def set_value(self, value: Any) -> None:
        """Shows a value without announcing it."""
        raise TypeError("a field shows its own value")

    def problem(self) -> Problem | None:
        """What was typed and cannot be read as a value; None when it can."""
        return None

    def draft(self) -> Any:
        """What was typed, as plain JSON, readable or not."""
        return self.value()

    def restore(self, draft: Any) -> None:
        """Puts back what `draft` gave."""
        self.set_value(draft)

    def settle(self) -> None:
        """Takes what was typed as it stands, as if the cursor had left: the form is being read."""

    def show_problem(self, text: str) -> None:
        """One sentence under the field, with a red edge; read aloud as the field's description."""
        self._problem_text = text
        if self._message is None:
            self._message = _Message()
            self._message.setObjectName("fieldProblem")
            self._message.setWordWrap(True)
            self._column.addWidget(self._message)
        self._message.say(text)
        self._message.setVisible(bool(text))
        self._editor.setAccessibleDescription(text or self.hint)
        self._mark(bool(text))

    def clear_problem(self) -> None:
        if self._problem_text:
            self.show_problem("")

    def problem_text(self) -> str:
        """The sentence that is shown now."""
        return self._problem_text

    def check(self) -> bool:
        """Shows what cannot be read, or clears it; True when all is well."""
        problem = self.problem()
        if problem is None:
            self.clear_problem()
            return True
        self.show_problem(said(problem))
        return False

    def set_label(self, label: str) -> None:
        self.label_text = label
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self._editor.setAccessibleName(label)

    def set_read_only(self, read_only: bool) -> None:
        """Shows without letting change. Text stays selectable where there is text."""
        self._editor.setEnabled(not read_only)

    def _take_editor(self, editor: QWidget, *, below: QWidget | None = None) -> None:
        """Puts the place to write below the label and lets the field's focus, name and description
        be its own.
        """
        self._editor = editor
        self._column.addWidget(below or editor)
        editor.setAccessibleName(self.label_text)
        editor.setAccessibleDescription(self.hint)
        self._label.setBuddy(editor)
        self.setFocusProxy(editor)

    def _mark(self, wrong: bool) -> None:
        self._editor.setProperty("wrong", wrong)
        self._editor.style().unpolish(self._editor)
        self._editor.style().polish(self._editor)

    def _changed_by_hand(self) -> None:
        self.clear_problem()
        self.edited.emit()

    def _leave(self) -> None:
        """A sentence that a service put here stays until the field is changed."""
        if self.problem() is not None:
            self.check()
        self.left.emit()

    def _move_on(self) -> None:
        """Enter goes to the next field."""
        self._editor.focusNextChild()
