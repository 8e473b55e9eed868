"""Fields for lines, texts, amounts, numbers and ticks; dates and choices come from their own files
and are offered here too.

A field never refuses what was typed and never loses it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.domain.money import capitals, figures, parse_amount
from app.domain.problems import Problem, ProblemCode, Refused
from app.domain.text import TEXT_LIMIT
from app.ui.runtime.language import said
from app.ui.runtime.marks import override
from app.ui.widgets.choices import Choice as Choice
from app.ui.widgets.choices import ChoiceField as ChoiceField
from app.ui.widgets.choices import CodeField as CodeField
from app.ui.widgets.dates import DateField as DateField
from app.ui.widgets.dates import TimeField as TimeField
from app.ui.widgets.field import Field as Field

LINE_PASTE_LIMIT = 5000
AMOUNT_WIDTH, NUMBER_WIDTH = 260, 160


class LineField(Field):
    """One line of text. `value()` has no outer white space."""

    def __init__(
        self, label: str, *, hint: str = "", secret: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setMaxLength(LINE_PASTE_LIMIT)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._take_editor(self.line)
        self.line.textEdited.connect(self._changed_by_hand)
        # After the edit that the rest of a paste makes has cleared the old sentence.
        self.line.inputRejected.connect(self._too_much, Qt.ConnectionType.QueuedConnection)
        self.line.editingFinished.connect(self._leave)
        self.line.returnPressed.connect(self._move_on)

    @override
    def value(self) -> str:
        return self.line.text().strip()

    @override
    def set_value(self, value: str) -> None:
        self.line.setText(value or "")
        self.line.setCursorPosition(0)
        self.clear_problem()

    @override
    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    @override
    def draft(self) -> Any:
        return self.line.text()

    def _too_much(self) -> None:
        self.show_problem(
            said(Problem(ProblemCode.PASTE_CUT, "", {"limit": self.line.maxLength()}))
        )


class GrowingText(QPlainTextEdit):
    """Plain text that grows with its lines up to `most` lines, then scrolls; Tab goes on to the
    next field.

    Signals:
        too_long(int): so many characters were to be pasted; none were.
        gone(): the cursor went elsewhere.
    """

    too_long = Signal(int)
    gone = Signal()

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.gone.emit()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        length = len(source.text()) + self.document().characterCount()
        if length > TEXT_LIMIT:
            self.too_long.emit(length)
            return
        super().insertFromMimeData(source)

    def _fit(self) -> None:
        lines = max(self._least, min(self._most, round(self.document().size().height())))
        frame = round(2 * self.document().documentMargin()) + 2 * self.frameWidth() + 10
        height = lines * self.fontMetrics().lineSpacing() + frame
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)


class TextField(Field):
    """Text of any length, as it was typed."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        lines: int = 3,
        most: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.text = GrowingText(lines, most)
        self.text.setPlaceholderText(hint)
        self._take_editor(self.text)
        self.text.textChanged.connect(self._changed_by_hand)
        self.text.too_long.connect(self._too_much)
        self.text.gone.connect(self._leave)

    @override
    def value(self) -> str:
        return self.text.toPlainText().strip()

    @override
    def set_value(self, value: str) -> None:
        self.text.blockSignals(True)
        self.text.setPlainText(value or "")
        self.text.blockSignals(False)
        self.clear_problem()

    @override
    def set_read_only(self, read_only: bool) -> None:
        self.text.setReadOnly(read_only)

    @override
    def draft(self) -> Any:
        return self.text.toPlainText()

    def _too_much(self, length: int) -> None:
        self.show_problem(
            said(Problem(ProblemCode.PASTE_LEFT_OUT, "", {"limit": TEXT_LIMIT, "length": length}))
        )


class AmountField(LineField):
    """Money as whole fen; below the line its figures and capitals appear as it is typed."""

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.line.setMaximumWidth(AMOUNT_WIDTH)
        self.capitals = QLabel()
        self.capitals.setObjectName("capitals")
        self.capitals.setWordWrap(True)
        self.capitals.hide()
        self._column.addWidget(self.capitals)
        self.line.textChanged.connect(self._spell)

    @override
    def value(self) -> int | None:  # type: ignore[override]  # an amount is no text
        try:
            return parse_amount(self.line.text()) if self.line.text().strip() else None
        except Refused:
            return None

    @override
    def set_value(self, value: int | None) -> None:  # type: ignore[override]  # an amount is no text
        super().set_value("" if value is None else figures(value))

    @override
    def problem(self) -> Problem | None:
        try:
            if self.line.text().strip():
                parse_amount(self.line.text())
        except Refused as refusal:
            return refusal.first
        return None

    @override
    def restore(self, draft: Any) -> None:
        super().set_value(str(draft or ""))

    def _spell(self) -> None:
        fen = self.value()
        self.capitals.setText("" if fen is None else f"¥{figures(fen)}  {capitals(fen)}")
        self.capitals.setVisible(fen is not None)


class NumberField(LineField):
    """A whole number from `least` to `most`."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        least: int = 0,
        most: int = 10**9,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.line.setMaximumWidth(NUMBER_WIDTH)
        self._least, self._most = least, most

    @override
    def value(self) -> int | None:  # type: ignore[override]  # a number is no text
        text = self.line.text().strip()
        number = int(text) if text.isdecimal() and len(text) < 19 else None
        return number if number is not None and self._least <= number <= self._most else None

    @override
    def set_value(self, value: int | None) -> None:  # type: ignore[override]  # a number is no text
        super().set_value("" if value is None else str(value))

    @override
    def problem(self) -> Problem | None:
        text = self.line.text().strip()
        return (
            Problem(ProblemCode.NOT_A_NUMBER, "", {"text": text[:20]})
            if text and self.value() is None
            else None
        )

    @override
    def restore(self, draft: Any) -> None:
        super().set_value(str(draft or ""))


class TickField(Field):
    """Yes or no."""

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", hint=hint, parent=parent)
        self.label_text = label
        self.box = QCheckBox(label)
        self.box.setToolTip(hint)
        self._take_editor(self.box)
        self.box.clicked.connect(self._ticked)

    @override
    def value(self) -> bool:
        return self.box.isChecked()

    @override
    def set_value(self, value: bool) -> None:
        self.box.setChecked(bool(value))
        self.clear_problem()

    def _ticked(self) -> None:
        self._changed_by_hand()
        self.left.emit()
