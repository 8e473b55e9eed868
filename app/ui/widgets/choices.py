"""Fields for choosing: a few visible buttons, or a searchable box for long lists. Never hide what
was chosen before a list changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QModelIndex, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPushButton, QWidget

from app.domain.problems import Problem, ProblemCode
from app.ui.runtime.marks import override
from app.ui.widgets.field import Field
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.search import matches, search_words

SHOWN_AT_ONCE = 200


class Choice(NamedTuple):
    """One line to choose: its code, what people read, and more words by which it is found (pinyin
    is known anyway).
    """

    code: str
    label: str
    search: str = ""


class SteadyButton(QPushButton):
    """Stays as wide when it is chosen: its words are bold then, and Latin ones grow with that."""

    @override
    def sizeHint(self) -> QSize:
        hint, bold = super().sizeHint(), QFont(self.font())
        bold.setBold(True)
        usual = self.fontMetrics().horizontalAdvance(self.text())
        grown = QFontMetrics(bold).horizontalAdvance(self.text()) - usual
        return QSize(hint.width() + max(0, grown), hint.height())


class _ChoiceButton(SteadyButton):
    """A button that stays down; of a single choice, a click or Delete on the chosen one lifts it.

    Signals:
        lifted(): it was let go again by hand (Qt's own `clicked` cannot be emitted in an event).
    """

    lifted = Signal()

    def __init__(self, choice: Choice, *, single: bool) -> None:
        super().__init__(choice.label)
        self.code = choice.code
        self._single = single
        self.setCheckable(True)
        self.setAutoExclusive(single)
        self.setObjectName("choice")
        self.setAutoDefault(False)

    def lift(self) -> None:
        self.setAutoExclusive(False)
        self.setChecked(False)
        self.setAutoExclusive(self._single)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._single and self.isChecked() and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.lift()
            self.lifted.emit()
            return
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.isChecked():
            self.lift()
            self.lifted.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class ChoiceField(Field):
    """Visible buttons. `value()` is a code ("" for none), or a tuple of codes when `multi`."""

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice] = (),
        *,
        multi: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.multi = multi
        self._buttons: list[_ChoiceButton] = []
        self._row = QWidget()
        self._flow = FlowLayout(self._row)
        self._row.setAccessibleName(label)
        self._row.setToolTip(hint)
        self._column.addWidget(self._row)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offers other choices; what was chosen stays chosen where it is still offered."""
        kept = self.value() if self._buttons else () if self.multi else ""
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for choice in choices:
            self._add(choice)
        self.set_value(kept)

    def buttons(self) -> list[QPushButton]:
        return list(self._buttons)

    @override
    def value(self) -> Any:
        chosen = tuple(button.code for button in self._buttons if button.isChecked())
        return chosen if self.multi else (chosen[0] if chosen else "")

    @override
    def set_value(self, value: Any) -> None:
        """A code that is not offered gets a button of its own, so that nothing is hidden."""
        wanted = tuple(value or ()) if self.multi else ((str(value),) if value else ())
        known = {button.code for button in self._buttons}
        for code in wanted:
            if code not in known:
                self._add(Choice(code, code))
        for button in self._buttons:
            if button.code in wanted:
                button.setChecked(True)
            elif button.isChecked():
                button.lift()
        self.clear_problem()

    @override
    def draft(self) -> Any:
        return list(self.value()) if self.multi else self.value()

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._row.setEnabled(not read_only)

    def _add(self, choice: Choice) -> None:
        button = _ChoiceButton(choice, single=not self.multi)
        button.setAccessibleName(
            QCoreApplication.translate("ChoiceField", "{field}：{choice}").format(
                field=self.label_text, choice=choice.label
            )
        )
        button.clicked.connect(self._chosen)
        button.lifted.connect(self._chosen)
        self._flow.addWidget(button)
        self._buttons.append(button)
        if len(self._buttons) == 1:
            self._editor = button
            self.setFocusProxy(button)
            self._label.setBuddy(button)

    def _chosen(self) -> None:
        self._changed_by_hand()
        self.left.emit()

    @override
    def _mark(self, wrong: bool) -> None:
        for button in self._buttons:
            button.setProperty("wrong", wrong)
            button.style().unpolish(button)
            button.style().polish(button)


class _CodeLine(QLineEdit):
    """A line that offers everything when the cursor comes or arrow down is pressed."""

    def __init__(self, owner: CodeField) -> None:
        super().__init__()
        self._owner = owner

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (
            Qt.FocusReason.MouseFocusReason,
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            self.selectAll()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._owner.offer_all()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._owner.offer_all()
            return
        super().keyPressEvent(event)


class CodeField(Field):
    """A searchable box: by characters, full pinyin or initials. `value()` is a code or ""."""

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice] = (),
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self._choices: tuple[Choice, ...] = tuple(choices)
        self._code = ""
        self.line = _CodeLine(self)
        self.line.setPlaceholderText(
            hint or QCoreApplication.translate("CodeField", "打字或拼音首字母来找")
        )
        self.line.setMaxLength(200)
        self._offered = QStringListModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._completer.setWidget(self.line)
        self._completer.popup().setAccessibleName(label)
        self._take_editor(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._leave)
        self.line.returnPressed.connect(self._entered)
        picked = self._completer.activated[QModelIndex]  # type: ignore[index]  # overloads
        picked.connect(self._picked)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        self._choices = tuple(choices)
        self.set_value(self._code)

    def offered(self) -> list[str]:
        """The labels that the typed text would offer now."""
        return [choice.label for choice in self._found(self.line.text())]

    @override
    def value(self) -> str:
        return self._code

    @override
    def set_value(self, value: str) -> None:
        self._code = value or ""
        self.line.setText(self._label_of(self._code))
        self.line.setCursorPosition(0)
        self.clear_problem()

    @override
    def problem(self) -> Problem | None:
        text = self.line.text().strip()
        return (
            Problem(ProblemCode.UNKNOWN_CODE, "", {"code": text[:40]})
            if text and not self._code
            else None
        )

    @override
    def draft(self) -> Any:
        return {"code": self._code, "text": self.line.text()}

    @override
    def restore(self, draft: Any) -> None:
        if isinstance(draft, dict):
            self.set_value(str(draft.get("code", "")))
            if not self._code:
                self.line.setText(str(draft.get("text", "")))
        else:
            self.set_value(str(draft or ""))

    @override
    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def offer_all(self) -> None:
        if not self.line.isReadOnly():
            self._show(self._choices[:SHOWN_AT_ONCE])

    def _label_of(self, code: str) -> str:
        return next((choice.label for choice in self._choices if choice.code == code), code)

    def _found(self, text: str) -> tuple[Choice, ...]:
        wanted = text.strip().lower()
        if not wanted:
            return self._choices[:SHOWN_AT_ONCE]
        return tuple(
            one
            for one in self._choices
            if matches(wanted, f"{search_words(one.label)} {one.search.lower()} {one.code.lower()}")
        )[:SHOWN_AT_ONCE]

    def _typed(self, text: str) -> None:
        exact = next((choice for choice in self._choices if choice.label == text.strip()), None)
        self._code = exact.code if exact else ""
        self._show(self._found(text))
        self._changed_by_hand()

    def _show(self, choices: Sequence[Choice]) -> None:
        self._offered.setStringList([choice.label for choice in choices])
        if choices:
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _picked(self, index: QModelIndex) -> None:
        label = index.data()
        choice = next((one for one in self._choices if one.label == label), None)
        if choice:
            self._take(choice)

    def _take(self, choice: Choice) -> None:
        self._code = choice.code
        self.line.setText(choice.label)
        self._changed_by_hand()
        self.left.emit()

    def _entered(self) -> None:
        """Enter takes the only or first choice that fits what was typed, then moves on."""
        if not self._code and self.line.text().strip():
            found = self._found(self.line.text())
            if found:
                self._take(found[0])
        self._completer.popup().hide()
        self._move_on()

    @override
    def _leave(self) -> None:
        if not self._completer.popup().isVisible():
            super()._leave()
