"""The clauses of an agreement: words, and for money who pays whom how much until when, in one go or
by instalments.

The words of a money clause are suggested from what was entered and from nothing else; a person may
write them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.agreements import Clause, Instalment, Payment
from app.domain.clauses import payment_words, remaining_fen
from app.domain.ids import RecordId, new_id
from app.domain.money import figures
from app.domain.problems import Problem, ProblemCode
from app.ui.cases.labels import named, table_choices
from app.ui.cases.rows import RowsField
from app.ui.cases.ticks import pick_field
from app.ui.cases.vague import vague_notes
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.runtime.marks import override
from app.ui.widgets.fields import AmountField, Choice, ChoiceField, DateField, Field, TextField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import button, words
from app.ui.widgets.tab_order import chain_before

NEEDED_FOR_MONEY = ("payer_id", "payee_id", "fen")
PAYMENT_FIELDS = ("payer_id", "payee_id", "fen", "due_on", "way")


class _PaymentForm(Form):
    """Who pays whom."""

    def __init__(self, desk: Desk, parties: Sequence[Choice]) -> None:
        super().__init__()

        def name(field: str) -> str:
            return named(desk, "agreement", field)

        self._desk = desk
        self.payer = self.add("payer_id", pick_field(name("payer_id"), parties))
        self.payee = self.add("payee_id", pick_field(name("payee_id"), parties))
        self.fen = self.add("fen", AmountField(name("fen"), hint=self.tr("例如：400 或 2.5万")))
        self.due_on = self.add("due_on", DateField(self.tr("哪一天之前付清")))
        self.ways = table_choices(desk, "money_way")
        self.way = self.add("way", ChoiceField(name("way"), self.ways))
        rows = RowsField(name("instalments"), self._fields_of_row, self.tr("加一期"))
        self.instalments = self.add("instalments", rows)
        self.remaining = words("", "muted")
        self.add_widget(self.remaining)
        self.changed.connect(self.count)

    def payment(self) -> Payment | None:
        """The payment as far as it is known; None while payer, payee or amount is open."""
        values = self.values()
        if not (values["payer_id"] and values["payee_id"]) or values["fen"] is None:
            return None
        parts = tuple(
            Instalment(due_on=one["due_on"], fen=one["fen"] or 0, way=values["way"])
            for one in values["instalments"]
        )
        return Payment(
            payer_id=RecordId(values["payer_id"]),
            payee_id=RecordId(values["payee_id"]),
            fen=values["fen"],
            due_on=None if parts else values["due_on"],
            way=values["way"],
            instalments=parts,
        )

    def count(self) -> None:
        """Says what the instalments still leave open."""
        payment = self.payment()
        parts = payment is not None and bool(payment.instalments)
        self.due_on.setVisible(not parts)
        left = remaining_fen(payment) if payment is not None else 0
        if not parts:
            text = ""
        elif left == 0:
            text = self.tr("各期加起来正好。")
        elif left > 0:
            text = self.tr("还有 {amount} 元没排进去。").format(amount=figures(left))
        else:
            text = self.tr("各期加起来多了 {amount} 元。").format(amount=figures(-left))
        self.remaining.setText(text)
        self.remaining.setVisible(bool(text))

    def _fields_of_row(self) -> Mapping[str, Field]:
        return {
            "due_on": DateField(named(self._desk, "agreement", "due_on")),
            "fen": AmountField(named(self._desk, "agreement", "fen")),
        }


class ClauseCard(QFrame):
    """One clause.

    Signals:
        edited(): a person changed it.
        moved(int): one place up (-1) or down (1).
        unwanted(): take it away.
    """

    edited = Signal()
    moved = Signal(int)
    unwanted = Signal()

    def __init__(self, desk: Desk, parties: Sequence[Choice], money: bool) -> None:
        super().__init__()
        self.setObjectName("recordCard")
        self._desk, self._parties = desk, {one.code: one.label for one in parties}
        self._id, self._suggested = new_id(), ""
        self.title = words("", "strong")
        self.text = TextField("", hint=self.tr("谁、做什么、做到什么样、哪一天之前"), lines=2)
        self.text.text.setAccessibleName(self.tr("条款文字"))
        self.due_on = None if money else DateField(self.tr("哪一天之前做到"))
        self.payment_form = _PaymentForm(desk, parties) if money else None
        self.rewrite = button(self.tr("按上面的付款重写文字"), self._rewrite, quiet=True)
        self.rewrite.setObjectName("rewrite")
        self.rewrite.setParent(self)
        self.rewrite.hide()
        self._vague = QLabel()
        self._vague.setWordWrap(True)
        self._vague.setProperty("role", "muted")
        self._vague.hide()
        self._build()
        self.suit()

    def fields(self) -> dict[str, Field]:
        """Its fields by the names that problems use."""
        found: dict[str, Field] = {"text": self.text}
        if self.payment_form is not None:
            found |= {f"payment.{name}": one for name, one in self.payment_form.fields.items()}
        if self.due_on is not None:
            found["due_on"] = self.due_on
        return found

    def is_blank(self) -> bool:
        """Whether nothing at all was entered."""
        return all(_blank(field.draft()) for field in self.fields().values())

    def problems(self) -> list[Problem]:
        """What cannot be read, and what a payment still lacks; nothing of a blank card."""
        if self.is_blank():
            return []
        found = []
        for name, field in self.fields().items():
            problem = field.problem()
            lacks = name.removeprefix("payment.") in NEEDED_FOR_MONEY and _blank(field.draft())
            if problem is None and lacks:
                problem = Problem(ProblemCode.EMPTY)
            if problem is not None:
                found.append(problem.at(name))
        return found

    def clause(self) -> Clause:
        payment = self.payment_form.payment() if self.payment_form is not None else None
        due_on = self.due_on.value() if self.due_on is not None else None
        return Clause(id=self._id, text=self.text.value(), payment=payment, due_on=due_on)

    def show_clause(self, clause: Clause) -> None:
        self._id = clause.id
        self.text.set_value(clause.text)
        if self.due_on is not None:
            self.due_on.set_value(clause.due_on)
        if self.payment_form is not None and clause.payment is not None:
            payment = clause.payment
            values: dict[str, Any] = {name: getattr(payment, name) for name in PAYMENT_FIELDS}
            values["instalments"] = tuple(
                {"due_on": one.due_on, "fen": one.fen} for one in payment.instalments
            )
            self.payment_form.set_values(values)
            if self._words() == clause.text:
                self._suggested = clause.text
        self.suit()

    def draft(self) -> dict[str, Any]:
        """What was typed, as plain JSON."""
        money = self.payment_form.draft() if self.payment_form is not None else None
        due_on = self.due_on.draft() if self.due_on is not None else ""
        kept = {"id": self._id, "text": self.text.draft(), "due_on": due_on}
        return kept | {"payment": money, "suggested": self._suggested}

    def restore(self, draft: Mapping[str, Any]) -> None:
        self._id = RecordId(str(draft.get("id") or self._id))
        self.text.restore(draft.get("text"))
        if self.due_on is not None:
            self.due_on.restore(draft.get("due_on"))
        self._suggested = str(draft.get("suggested") or "")
        if self.payment_form is not None and isinstance(draft.get("payment"), dict):
            self.payment_form.restore(draft["payment"])
        self.suit()

    def suit(self) -> None:
        """Shows what the clause now needs, and nothing else."""
        if self.payment_form is not None:
            self.payment_form.count()
        suggestion = self._words()
        self.rewrite.setVisible(bool(suggestion) and suggestion != self.text.value())
        notes = vague_notes(self._desk, self.text.value())
        self._vague.setText("\n".join(notes))
        self._vague.setVisible(bool(notes))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        verbs: tuple[tuple[str, Callable[[], None]], ...] = (
            (self.tr("上移"), lambda: self.moved.emit(-1)),
            (self.tr("下移"), lambda: self.moved.emit(1)),
            (self.tr("去掉"), self.unwanted.emit),
        )
        for text, pressed in verbs:
            made = button(text, pressed, quiet=True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            head.addWidget(made)
        column.addLayout(head)
        if self.payment_form is not None:
            column.addWidget(self.payment_form)
            self.payment_form.changed.connect(self._money_edited)
            column.addWidget(self.rewrite, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        column.addWidget(self._vague)
        self.text.edited.connect(self._touched)
        if self.due_on is not None:
            column.addWidget(self.due_on)
            self.due_on.edited.connect(self._touched)

    def _words(self) -> str:
        payment = self.payment_form.payment() if self.payment_form is not None else None
        if payment is None or payment.fen <= 0:
            return ""
        codes = self._desk.practice.codes
        ways = {one.code: one.zh for one in codes.table("money_way").codes if one.code != "OTHER"}
        payer, payee = (
            self._parties.get(payment.payer_id, ""),
            self._parties.get(payment.payee_id, ""),
        )
        return payment_words(payment, payer, payee, ways)

    def _money_edited(self) -> None:
        suggestion = self._words()
        if suggestion and self.text.value() in ("", self._suggested):
            self._suggested = suggestion
            self.text.set_value(suggestion)
        self._touched()

    def _rewrite(self) -> None:
        self._suggested = self._words()
        self.text.set_value(self._suggested)
        self._touched()

    def _touched(self) -> None:
        self.suit()
        self.edited.emit()


class ClausesField(Field):
    """All clauses in order. `value()` is a tuple of clauses, empty ones left out."""

    def __init__(
        self, desk: Desk, label: str, parties: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(label, parent=parent)
        self._desk, self._parties = desk, tuple(parties)
        self.cards: list[ClauseCard] = []
        self._holder = QWidget()
        self._list = QVBoxLayout(self._holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self._column.addWidget(self._holder)
        self.add_money = button(self.tr("加一条付钱的"), lambda: self._add_by_hand(True))
        self.add_money.setObjectName("add-payment")
        self.add_words = button(self.tr("加一条别的"), lambda: self._add_by_hand(False))
        self.add_words.setObjectName("add-clause")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add_money)
        row.addWidget(self.add_words)
        row.addStretch(1)
        self._column.addLayout(row)
        self._editor = self.add_money
        self.setFocusProxy(self.add_money)

    @override
    def value(self) -> tuple[Clause, ...]:
        found = (card.clause() for card in self.cards)
        return tuple(one for one in found if one.text or one.payment or one.due_on)

    @override
    def set_value(self, value: Sequence[Clause] | None) -> None:
        self._clear()
        for clause in value or ():
            self.add_card(clause.payment is not None).show_clause(clause)
        self.clear_problem()

    @override
    def draft(self) -> Any:
        return [card.draft() for card in self.cards]

    @override
    def restore(self, draft: Any) -> None:
        self._clear()
        for one in draft or ():
            self.add_card(one.get("payment") is not None).restore(one)

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

    def add_card(self, money: bool) -> ClauseCard:
        """One more clause, empty."""
        card = ClauseCard(self._desk, self._parties, money)
        card.edited.connect(self._changed_by_hand)
        card.moved.connect(self._move)
        card.unwanted.connect(self._take_away)
        self.cards.append(card)
        self._list.addWidget(card)
        chain_before(self.add_money, card)
        self._number()
        return card

    def _add_by_hand(self, money: bool) -> None:
        card = self.add_card(money)
        first = card.payment_form.payer if card.payment_form is not None else card.text
        first.setFocus()
        self._changed_by_hand()

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
                chain_before(self.add_money, one)
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


def _blank(typed: Any) -> bool:
    """Whether a draft holds nothing that somebody entered."""
    if isinstance(typed, Mapping):
        return all(_blank(one) for one in typed.values())
    if isinstance(typed, (list, tuple)):
        return all(_blank(one) for one in typed)
    return not typed
