"""The questions and answers of a talk, written from the keyboard alone: Enter goes from the
question to the answer, and from the last answer to a new question.

Shift+Enter begins a new line. Never drops a half of a pair that was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.investigations import Exchange
from app.domain.problems import Problem, ProblemCode
from app.domain.text import TEXT_LIMIT
from app.ui.runtime.language import said
from app.ui.runtime.marks import override
from app.ui.widgets.fields import Field, GrowingText
from app.ui.widgets.icons import icon
from app.ui.widgets.tab_order import chain_before

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Spoken(GrowingText):
    """What one person said.

    Signals:
        entered(): Enter; the line is said.
        emptied(): Backspace where nothing is left to take away.
    """

    entered = Signal()
    emptied = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _ENTER and not shift:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.toPlainText():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


class _Pair(QFrame):
    """One question and its answer.

    Signals:
        edited(): something was written.
        said(): Enter behind the answer.
        unwanted(): take the pair away.
        too_long(int): so many characters were to be pasted.
    """

    edited = Signal()
    said = Signal()
    unwanted = Signal()
    too_long = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("row-of-fields")
        self.question, self.answer = _Spoken(1, 8), _Spoken(1, 24)
        self.ask, self.reply = QLabel(), QLabel()
        self.ask.setBuddy(self.question)
        self.reply.setBuddy(self.answer)
        away = QToolButton()
        away.setIcon(icon("x"))
        away.setToolTip(self.tr("去掉这一问一答"))
        away.setAccessibleName(away.toolTip())
        away.clicked.connect(self.unwanted)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(6)
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, spoken) in enumerate(
            ((self.ask, self.question), (self.reply, self.answer))
        ):
            name.setContentsMargins(0, 6, 0, 0)
            grid.addWidget(name, row, 0, top)
            grid.addWidget(spoken, row, 1)
            spoken.textChanged.connect(self.edited)
            spoken.too_long.connect(self.too_long)
        grid.addWidget(away, 0, 2, top)
        grid.setColumnStretch(1, 1)
        self.question.entered.connect(self.answer.setFocus)
        self.answer.entered.connect(self.said)
        self.answer.emptied.connect(self.question.setFocus)

    def number(self, number: int) -> None:
        """Counts the pair; the ear hears the number with each place."""
        for name, spoken, word in (
            (self.ask, self.question, self.tr("问 {number}")),
            (self.reply, self.answer, self.tr("答 {number}")),
        ):
            text = word.format(number=number)
            name.setText(text)
            spoken.setAccessibleName(text)

    def exchange(self) -> Exchange:
        return Exchange(
            question=self.question.toPlainText().strip(), answer=self.answer.toPlainText().strip()
        )


class ExchangesField(Field):
    """All pairs. `value()` is a tuple of `Exchange`, empty pairs left out."""

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.pairs: list[_Pair] = []
        self._says = QLabel(hint)
        self._says.setProperty("role", "muted")
        self._says.setWordWrap(True)
        self._says.setVisible(bool(hint))
        self._column.addWidget(self._says)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._column.addLayout(self._list)
        self.add_button = QPushButton(self.tr("再问一句"))
        self.add_button.setObjectName("add-exchange")
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self._ask_more)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._editor = self.add_button
        self.set_value(())

    @override
    def value(self) -> tuple[Exchange, ...]:
        said = (one.exchange() for one in self.pairs)
        return tuple(one for one in said if one.question or one.answer)

    @override
    def set_value(self, value: Sequence[Exchange] | None) -> None:
        self._refill([(one.question, one.answer) for one in value or ()])

    @override
    def draft(self) -> Any:
        return [[one.question.toPlainText(), one.answer.toPlainText()] for one in self.pairs]

    @override
    def restore(self, draft: Any) -> None:
        self._refill([(str(one[0]), str(one[1])) for one in draft or ()])

    @override
    def set_read_only(self, read_only: bool) -> None:
        for one in self.pairs:
            one.question.setReadOnly(read_only)
            one.answer.setReadOnly(read_only)
        self.add_button.setVisible(not read_only)

    def go_to_pair(self, index: int, part: str) -> None:
        """The cursor into one question or answer."""
        if index < len(self.pairs):
            pair = self.pairs[index]
            (pair.answer if part == "answer" else pair.question).setFocus()

    def _refill(self, texts: Sequence[tuple[str, str]]) -> None:
        for one in list(self.pairs):
            self._drop(one)
        for question, answer in texts or [("", "")]:
            pair = self._add()
            for spoken, text in ((pair.question, question), (pair.answer, answer)):
                spoken.blockSignals(True)
                spoken.setPlainText(text)
                spoken.blockSignals(False)
        self.clear_problem()

    def _add(self) -> _Pair:
        pair = _Pair()
        pair.number(len(self.pairs) + 1)
        pair.edited.connect(self._changed_by_hand)
        pair.said.connect(lambda: self._go_on(pair))
        pair.unwanted.connect(lambda: self._take_away(pair))
        pair.question.emptied.connect(lambda: self._go_back(pair))
        pair.too_long.connect(self._too_much)
        self.pairs.append(pair)
        self._list.addWidget(pair)
        chain_before(self.add_button, pair)
        self.setFocusProxy(self.pairs[0].question)
        return pair

    def _go_on(self, pair: _Pair) -> None:
        """To the next question; behind the last answer a new one begins."""
        place = self.pairs.index(pair) + 1
        if place < len(self.pairs):
            self.pairs[place].question.setFocus()
        elif pair.exchange() != Exchange(question=""):
            self._ask_more()
        else:
            self.add_button.setFocus()

    def _go_back(self, pair: _Pair) -> None:
        """Backspace in an empty pair takes it away; the cursor goes to the answer before."""
        place = self.pairs.index(pair)
        if place and not pair.answer.toPlainText():
            self.pairs[place - 1].answer.setFocus()
            self._take_away(pair)

    def _ask_more(self) -> None:
        self._add().question.setFocus()

    def _take_away(self, pair: _Pair) -> None:
        if len(self.pairs) == 1:
            pair.question.setPlainText("")
            pair.answer.setPlainText("")
            pair.question.setFocus()
            return
        place = self.pairs.index(pair)
        inside = self.window().focusWidget()
        self._drop(pair)
        for number, one in enumerate(self.pairs, 1):
            one.number(number)
        if inside is not None and pair.isAncestorOf(inside):
            self.pairs[min(place, len(self.pairs) - 1)].question.setFocus()
        self._changed_by_hand()

    def _drop(self, pair: _Pair) -> None:
        self.pairs.remove(pair)
        if self.pairs:
            self.setFocusProxy(self.pairs[0].question)
        self._list.removeWidget(pair)
        pair.hide()
        pair.deleteLater()

    def _too_much(self, length: int) -> None:
        facts = {"limit": TEXT_LIMIT, "length": length}
        self.show_problem(said(Problem(ProblemCode.PASTE_LEFT_OUT, "", facts)))
