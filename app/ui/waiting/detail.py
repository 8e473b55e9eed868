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
from app.ui.waiting.sayings import question_text, state_words, what_words
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import Chip, button, empty, words

if TYPE_CHECKING:
    from app.services.conflicts import ConflictLine, OpenConflict
    from app.ui.waiting.conflict_card import ConflictCard

_PEOPLE = frozenset({"person", "organisation"})


class Detail(QWidget):
    """State, reason, and verbs.

    Signals:
        try_wanted(str): the file (SHA-256) is to be tried again.
        stick_wanted(): what waits is to go onto a stick.
        settled(str, object): hash of the entry, and the choices.
    """

    try_wanted = Signal(str)
    stick_wanted = Signal()
    settled = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line: WaitingLine | None = None
        self._conflict: OpenConflict | None = None
        self._shown: tuple[object, ...] = ()
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
        conflict: OpenConflict | None,
        names: Mapping[str, str],
    ) -> None:
        """`delivery` as it is at this moment: what is being sent, is sending."""
        language = self._desk.language
        self._line = line
        needy = delivery is Delivery.ATTENTION
        self.chip.set(delivery_name(delivery, language), "attention" if needy else "neutral")
        self.what.setText(self._about(line))
        self.text.setText(state_words(line, delivery, language))
        self.text.setVisible(conflict is None)  # the card says it
        self.open.setText(self.tr("打开并改正") if needy else self.tr("打开案件"))
        self.open.setVisible(line.case_id is not None or self._person(line) != "")
        self.again.setVisible(needy and bool(line.file))
        self.stick.setVisible(needy and conflict is None)
        self.ask.setVisible(needy)
        self._show_conflict(conflict, names)

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

    def _about(self, line: WaitingLine) -> str:
        parts = [what_words(line, self._desk.language)]
        kind = line.record.partition(":")[0]
        if line.delivery is Delivery.ATTENTION and not line.file and kind not in ("", "case"):
            parts.append(name_of(KIND_NAMES, kind, self._desk.language))
        if line.case_title:
            parts.append(line.case_title)
        return " · ".join(parts)

    def _target(self, line: WaitingLine) -> str:
        """The record at fault, and in a conflict the field that two people wrote."""
        if line.delivery is not Delivery.ATTENTION:
            return ""
        if self._conflict is not None and self._conflict.lines:
            return _place(self._conflict.lines[0])
        return line.record

    def _person(self, line: WaitingLine) -> str:
        kind = line.record.partition(":")[0]
        return line.record if line.case_id is None and kind in _PEOPLE else ""

    def _show_conflict(self, conflict: OpenConflict | None, names: Mapping[str, str]) -> None:
        self._conflict = conflict
        same = (conflict, tuple(names.items()))
        if self._shown == same:  # what was chosen in it stays
            return
        self._shown = same
        empty(self._cards)
        self.card = None
        if conflict is None:
            return
        from app.ui.waiting.conflict_card import ConflictCard  # late: two hands are rare

        self.card = ConflictCard(conflict, names, self._desk)
        digest = conflict.entry_hash
        self.card.settled.connect(lambda choices: self.settled.emit(digest, choices))
        self.card.own_wanted.connect(self._write_own)
        self._cards.addWidget(self.card)

    def _write_own(self, line: ConflictLine) -> None:
        case_id = self._conflict.case_id if self._conflict is not None else None
        if case_id is not None:
            self._desk.open_case(case_id, _place(line))
        elif line.kind in _PEOPLE:
            self._desk.go("people", f"{line.kind}:{line.record_id}")
        self._desk.say(self.tr("改好以后，回到“待上报”点“用这个”。"))

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
