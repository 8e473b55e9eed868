"""The clauses of an agreement in their order: added, chosen from the ready ones, moved, taken away.

Each stands on its own card. Never writes a word that nobody chose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.agreements import Clause
from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.domain.problems import Problem
from app.ui.cases.clause_card import ClauseCard
from app.ui.cases.due_field import DayOf
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.runtime.marks import override
from app.ui.widgets.fields import Choice, Field
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import button
from app.ui.widgets.scrolling import bring_into_view
from app.ui.widgets.tab_order import chain_before


class ClausesField(Field):
    """All clauses in order. `value()` is a tuple of clauses, empty ones left out. Ready clauses are
    offered where `file` is known; `made_on` tells the day of the agreement.

    Signals:
        put(Clause): a ready clause has been put in.
    """

    put = Signal(object)

    def __init__(
        self,
        desk: Desk,
        label: str,
        parties: Sequence[Choice],
        file: CaseFile | None = None,
        made_on: DayOf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent=parent)
        self._desk, self._parties = desk, tuple(parties)
        self._file, self._made_on = file, made_on
        self.cards: list[ClauseCard] = []
        self._holder = QWidget()
        self._list = QVBoxLayout(self._holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self._column.addWidget(self._holder)
        self.from_bank = button(self.tr("选一条现成的"), self.open_bank, icon_name="book")
        self.from_bank.setObjectName("from-bank")
        self.from_bank.setVisible(file is not None)
        self.add_money = button(self.tr("加一条付钱的"), lambda: self._add_by_hand(True))
        self.add_money.setObjectName("add-payment")
        self.add_words = button(self.tr("加一条别的"), lambda: self._add_by_hand(False))
        self.add_words.setObjectName("add-clause")
        holder = QWidget()
        row = FlowLayout(holder)
        for made in (self.from_bank, self.add_money, self.add_words):
            row.addWidget(made)
        self._column.addWidget(holder)
        self._first_button = self.from_bank if file is not None else self.add_money
        self._editor = self._first_button
        self.setFocusProxy(self._first_button)

    @override
    def value(self) -> tuple[Clause, ...]:
        return tuple(card.clause() for card in self._saying())

    @override
    def set_value(self, value: Sequence[Clause] | None) -> None:
        self._clear()
        for clause in value or ():
            self._put_card(clause.payment is not None).show_clause(clause)
        self._order_all()
        self.clear_problem()

    @override
    def draft(self) -> Any:
        return [card.draft() for card in self.cards]

    @override
    def restore(self, draft: Any) -> None:
        self._clear()
        for one in draft or ():
            self._put_card(one.get("payment") is not None).restore(one)
        self._order_all()

    @override
    def problem(self) -> Problem | None:
        return next(iter(self.problems()), None)

    def problems(self) -> list[Problem]:
        """All of them, each at ``<place>.<field>`` of its clause."""
        return [
            problem.at(str(place))
            for place, card in enumerate(self._full())
            for problem in card.problems()
        ]

    @override
    def clear_problem(self) -> None:
        super().clear_problem()
        for card in self.cards:
            for field in card.fields().values():
                field.clear_problem()

    def show_problem_at(self, problem: Problem) -> bool:
        """A problem at ``clauses.<place>.<field>`` goes to its own field; False when there is none.

        Places count the clauses of `value()`: blank cards are passed over.
        """
        match = re.fullmatch(r"clauses\.(\d+)\.(.+)", problem.field)
        full = self._full()
        if match is None or int(match[1]) >= len(full):
            return False
        field = full[int(match[1])].fields().get(match[2])
        if field is None:
            return False
        field.show_problem(said(problem))
        return True

    def go_to_place(self, path: str) -> bool:
        """The cursor to ``clauses.<place>.<field>``; the place is that in `value()`."""
        match = re.match(r"clauses\.(\d+)\.?(.*)", path)
        cards = self._saying()
        if match is None or int(match[1]) >= len(cards):
            return False
        field = cards[int(match[1])].field_at(match[2])
        QCoreApplication.sendPostedEvents(self._holder, QEvent.Type.LayoutRequest)
        field.setFocus()
        bring_into_view(field)
        return True

    def open_bank(self) -> None:
        """The ready clauses; the chosen one becomes the last."""
        from app.ui.cases.clause_picker import Bank, ClausePicker  # late: most papers need none

        if self._file is None:
            return
        promised = any(clause.payment is not None for clause in self.value())
        picker = ClausePicker(
            self._desk, self._file, Bank.CLAUSES, self._made_on, self, promised=promised
        )
        picker.chosen.connect(self.put_in)
        picker.open()

    def put_in(self, clause: Clause) -> None:
        """A ready clause with its blanks filled, as the last one."""
        card = self.add_card(clause.payment is not None)
        card.show_clause(clause)
        self.put.emit(clause)
        self._changed_by_hand()
        card.text.setFocus()
        bring_into_view(card)

    def add_card(self, money: bool) -> ClauseCard:
        """One more clause, empty."""
        card = self._put_card(money)
        chain_before(self._first_button, card)
        self._number()
        return card

    def _put_card(self, money: bool) -> ClauseCard:
        card = ClauseCard(self._desk, self._parties, money, self._made_on)
        card.edited.connect(self._changed_by_hand)
        card.moved.connect(self._move)
        card.unwanted.connect(self._take_away)
        card.to_keep.connect(self._keep_for_others)
        self.cards.append(card)
        self._list.addWidget(card)
        return card

    def _order_all(self) -> None:
        """Tab order and numbers of all cards together: one by one costs more with every card."""
        chain_before(self._first_button, self._holder)
        self._number()

    def _add_by_hand(self, money: bool) -> None:
        card = self.add_card(money)
        first = card.payment_form.payer if card.payment_form is not None else card.text
        first.setFocus()
        self._changed_by_hand()

    def _keep_for_others(self) -> None:
        """The words of a card among the own ready clauses, for the next case."""
        from app.services.agreement_help import clause_bank
        from app.ui.cases.own_clauses import OwnClauseDialog, as_pattern, made_like

        card = self.sender()
        if not isinstance(card, ClauseCard):
            return
        clause = card.clause()
        names = {one.code: one.label for one in self._parties}
        kind = self._file.case.dispute_type if self._file is not None else ""
        bank = clause_bank(self._desk.practice)
        ready = next((one for one in bank if one.id == clause.from_bank), None)
        text = as_pattern(clause, {RecordId(code): name for code, name in names.items()}, ready)
        like = made_like(text, clause, bank)
        dialog = OwnClauseDialog(self._desk, kind, text=text, like=like, parent=self)
        kept = self.tr("存好了。下次在“选一条现成的”里就有。")
        dialog.kept.connect(lambda _: self._desk.say(kept))
        dialog.open()

    def _saying(self) -> list[ClauseCard]:
        """The cards whose clause says something that can be read."""
        return [card for card in self.cards if _says(card.clause())]

    def _full(self) -> list[ClauseCard]:
        return [card for card in self.cards if not card.is_blank()]

    def _move(self, step: int) -> None:
        card = self.sender()
        if not isinstance(card, ClauseCard):
            return
        at = self.cards.index(card)
        to = at + step
        if 0 <= to < len(self.cards):
            self.cards.insert(to, self.cards.pop(at))
            self._list.removeWidget(card)
            self._list.insertWidget(to, card)
            for one in self.cards:
                chain_before(self._first_button, one)
            self._number()
            self._changed_by_hand()

    def _take_away(self) -> None:
        card = self.sender()
        if isinstance(card, ClauseCard) and card in self.cards:
            self._drop(card)
            self._number()
            self._changed_by_hand()

    def _drop(self, card: ClauseCard) -> None:
        self.cards.remove(card)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _clear(self) -> None:
        for card in list(self.cards):
            self._drop(card)

    def _number(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.title.setText(self.tr("第 {number} 条").format(number=number))


def _says(clause: Clause) -> bool:
    return bool(clause.text or clause.payment or clause.due_on or clause.duties)
