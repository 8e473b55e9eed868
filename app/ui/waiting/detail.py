"""The chosen line of *Waiting*: what it is about, why it stands there, and every way on. Decides
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.lines import Delivery, WaitingLine
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import KIND_NAMES, delivery_name, name_of
from app.ui.waiting.sayings import (
    is_of_person,
    question_text,
    state_words,
    what_words,
    whose_words,
)
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import Chip, button, words

if TYPE_CHECKING:
    from app.services.conflicts import ConflictLine, OpenConflict
    from app.ui.widgets.conflict_card import ConflictCard


class Detail(QWidget):
    """State, reason, and verbs.

    Signals:
        try_wanted(str): the file (SHA-256) is to be tried again.
        stick_wanted(): what waits is to go onto a stick.
        settled(): a person has decided between what two people wrote.
    """

    try_wanted = Signal(str)
    stick_wanted = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line: WaitingLine | None = None
        self._conflict: OpenConflict | None = None
        self._made: dict[str, ConflictCard] = {}  # by the hash of the entry
        self.card: ConflictCard | None = None
        self.chip = Chip("")
        self.what = words("", "strong")
        self.text = words("")
        self.open = button(self.tr("打开案件"), self.go, icon_name="cases")
        self.again = button(self.tr("再试一次"), self._try, icon_name="sync")
        self.stick = button(self.tr("放到U盘…"), self.stick_wanted.emit, icon_name="usb")
        self.ask = button(self.tr("问司法所…"), self._ask, icon_name="message")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.what, 1)
        self._verbs = QWidget()
        flow = FlowLayout(self._verbs)
        for one in (self.open, self.again, self.stick, self.ask):
            flow.addWidget(one)
        self._cards = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 8, 8)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addLayout(self._cards)
        column.addWidget(self._verbs)
        column.addStretch(1)

    def show_line(
        self,
        line: WaitingLine,
        delivery: Delivery,
        conflicts: Mapping[str, OpenConflict],
        names: Mapping[str, str],
    ) -> None:
        """`delivery` as it is at this moment: what is being sent, is sending. `conflicts` are all
        that are open, by the hash of their entry.
        """
        language = self._desk.language
        conflict = conflicts.get(line.hash) if line.hash else None
        self._line, self._conflict = line, conflict
        needy = delivery is Delivery.ATTENTION
        self.chip.set(delivery_name(delivery, language), "attention" if needy else "neutral")
        self.what.setText(self._about(line, names))
        self.text.setText(state_words(line, delivery, language))
        self.text.setVisible(conflict is None)  # the card says it
        self.open.setText(self._open_words(line, needy=needy))
        self.open.setVisible(line.case_id is not None or self._person(line) != "")
        self.again.setVisible(needy and bool(line.file))
        self.stick.setVisible(needy and conflict is None)
        self.ask.setVisible(needy)
        self._show_cards(conflicts, names)

    def go(self) -> None:
        """Opens the case where the fault is."""
        line = self._line
        if line is None:
            return
        target = self._target(line)
        if line.case_id is not None:
            self._desk.open_case(line.case_id, target)
        elif person := self._person(line):
            self._desk.go("people", person)

    def _about(self, line: WaitingLine, names: Mapping[str, str]) -> str:
        parts = [what_words(line, self._desk.language)]
        kind = line.record.partition(":")[0]
        if line.delivery is Delivery.ATTENTION and not line.file and kind not in ("", "case"):
            parts.append(name_of(KIND_NAMES, kind, self._desk.language))
        if whose := whose_words(line, names):
            parts.append(whose)
        return " · ".join(parts)

    def _open_words(self, line: WaitingLine, *, needy: bool) -> str:
        if needy and self._conflict is None:
            return self.tr("打开并改正")
        return self.tr("打开案件") if line.case_id is not None else self.tr("打开人员")

    def _target(self, line: WaitingLine) -> str:
        """The record at fault, and in a conflict the field that two people wrote."""
        if line.delivery is not Delivery.ATTENTION:
            return ""
        if self._conflict is not None and self._conflict.lines:
            return _place(self._conflict.lines[0])
        return line.record

    def _person(self, line: WaitingLine) -> str:
        return line.record if line.case_id is None and is_of_person(line) else ""

    def _show_cards(self, conflicts: Mapping[str, OpenConflict], names: Mapping[str, str]) -> None:
        """The card of the chosen line. One that was made keeps what was chosen and typed in it,
        also while another line is looked at, as long as what it shows is so.
        """
        for digest, made in list(self._made.items()):
            if conflicts.get(digest) != made.conflict:
                made.hide()
                made.deleteLater()
                del self._made[digest]
        self.card = None
        if self._conflict is not None:
            self.card = self._card_of(self._conflict, names)
        for made in self._made.values():
            made.setVisible(made is self.card)

    def _card_of(self, conflict: OpenConflict, names: Mapping[str, str]) -> ConflictCard:
        if conflict.entry_hash not in self._made:
            from app.ui.widgets.conflict_card import ConflictCard  # late: two hands are rare

            card = ConflictCard(self._desk, conflict, names)
            card.settled.connect(self.settled)
            self._cards.addWidget(card)
            self._made[conflict.entry_hash] = card
        return self._made[conflict.entry_hash]

    def _try(self) -> None:
        if self._line is not None:
            self.try_wanted.emit(self._line.file)

    def _ask(self) -> None:
        from app.ui.waiting.question import QuestionDialog  # late, as above

        if self._line is not None:
            QuestionDialog(question_text(self._line, self._desk.language), self).open()


def _place(line: ConflictLine) -> str:
    """As `ui.cases.targets` reads it."""
    return f"{line.kind}.{line.field}:{line.record_id}"
