"""A line whose middle is hidden until somebody presses the eye: identity and telephone numbers.
Never shows more than was asked for.

It hides again by the eye, when another record is shown, and when the page goes out of sight.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.ui.runtime.marks import override
from app.ui.widgets.fields import LineField
from app.ui.widgets.icons import icon


class MaskedField(LineField):
    """A line that is shown through `mask` (of ``domain.text``). Hidden it cannot be written in; an
    empty one has nothing to hide.

    `value()` is always the whole number.
    """

    def __init__(
        self,
        label: str,
        mask: Callable[[str], str],
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self._mask = mask
        self._hidden_text: str | None = None
        self._read_only = False
        self.eye = QToolButton()
        self.eye.clicked.connect(self._turn)
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        self._column.removeWidget(self.line)
        inside.addWidget(self.line, 1)
        inside.addWidget(self.eye)
        self._column.addWidget(row)
        self._show_state()

    @property
    def masked(self) -> bool:
        """Whether the middle is hidden now."""
        return self._hidden_text is not None

    def reveal(self) -> None:
        """Shows the whole number and lets it be changed."""
        if self._hidden_text is not None:
            text, self._hidden_text = self._hidden_text, None
            self.line.setText(text)
            self._show_state()

    def conceal(self) -> None:
        """Hides the middle, if there is anything to hide."""
        if self._hidden_text is None and self.line.text().strip():
            self._hidden_text = self.line.text()
            self.line.setText(self._mask(self._hidden_text.strip()))
            self.line.setCursorPosition(0)
            self._show_state()

    def set_shown(self, value: str) -> None:
        """Shows a value whole, because the person at the screen has just typed it."""
        self._hidden_text = None
        self.line.setText(value)
        self._show_state()

    @override
    def value(self) -> str:
        return (self.line.text() if self._hidden_text is None else self._hidden_text).strip()

    @override
    def set_value(self, value: str) -> None:
        self._hidden_text = None
        super().set_value(value)
        self.conceal()
        self._show_state()

    @override
    def draft(self) -> Any:
        return self.line.text() if self._hidden_text is None else self._hidden_text

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show_state()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.conceal()

    def _turn(self) -> None:
        if self.masked:
            self.reveal()
            self.line.setFocus()
        else:
            self.conceal()

    def _show_state(self) -> None:
        self.line.setReadOnly(self.masked or self._read_only)
        self.eye.setIcon(icon("eye" if self.masked else "eye-off"))
        reveal = QCoreApplication.translate("MaskedField", "{label}：看全号")
        conceal = QCoreApplication.translate("MaskedField", "{label}：遮住")
        said = (reveal if self.masked else conceal).format(label=self.label_text)
        self.eye.setToolTip(said)
        self.eye.setAccessibleName(said)
