"""One clause of an agreement: its words, the money it promises, what else is to be done by whom.

The words of a money clause are suggested from what was entered and from nothing else; a person may
write them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.domain.agreements import Clause, Payment
from app.domain.clauses import payment_words
from app.domain.ids import RecordId, new_id
from app.domain.problems import Problem, ProblemCode
from app.ui.cases.due_field import DayOf, DueField
from app.ui.cases.duties_field import DutiesField, nothing_typed
from app.ui.cases.payment_form import PaymentForm
from app.ui.cases.vague import vague_notes
from app.ui.runtime.desk import Desk
from app.ui.widgets.fields import Choice, Field, TextField
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import button, words
from app.ui.widgets.tab_order import chain_after

NEEDED_FOR_MONEY = ("payer_id", "payee_id", "fen")


class ClauseCard(QFrame):
    """One clause.

    Signals:
        edited(): a person changed it.
        moved(int): one place up (-1) or down (1).
        unwanted(): take it away.
        to_keep(): keep its words among the own ready clauses.
    """

    edited = Signal()
    moved = Signal(int)
    unwanted = Signal()
    to_keep = Signal()

    def __init__(
        self, desk: Desk, parties: Sequence[Choice], money: bool, made_on: DayOf | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("recordCard")
        self._desk, self._choices, self._made_on = desk, tuple(parties), made_on
        self._parties = {one.code: one.label for one in parties}
        self._id, self._suggested, self._from_bank = new_id(), "", ""
        self._banked: Payment | None = None
        self.title = words("", "strong")
        self.text = TextField("", hint=self.tr("谁、做什么、做到什么样、哪一天之前"), lines=2)
        self.text.text.setAccessibleName(self.tr("条款文字"))
        self.due_on = None if money else DueField(self.tr("哪一天之前做到"), made_on)
        self.payment_form: PaymentForm | None = None
        self.duties: DutiesField | None = None
        self.rewrite = button(self.tr("按上面的付款重写文字"), self._rewrite, quiet=True)
        self.rewrite.setObjectName("rewrite")
        self.rewrite.setParent(self)
        self.rewrite.hide()
        self._vague = QLabel()
        self._vague.setWordWrap(True)
        self._vague.setProperty("role", "muted")
        self._vague.hide()
        self._build()
        if money:
            self._open_payment()
        self.suit()

    def fields(self) -> dict[str, Field]:
        """Its fields by the names that problems use."""
        found: dict[str, Field] = {"text": self.text}
        if self.payment_form is not None:
            found |= {f"payment.{name}": one for name, one in self.payment_form.fields.items()}
        if self.due_on is not None:
            found["due_on"] = self.due_on
        if self.duties is not None:
            found["duties"] = self.duties
        return found

    def field_at(self, path: str) -> Field:
        """The field of ``payment.due_on`` or ``duties.0.what``; the words for any other path. What
        the clause does not have yet is opened where the path asks for it.
        """
        if path.startswith("payment") and self.payment_form is None:
            self._open_payment()
        found = self.fields()
        parts = path.split(".")
        names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        name = next((one for one in names if one in found), "")
        if not name and parts[0] == "payment" and self.payment_form is not None:
            return self.payment_form.payer
        return found[name or "text"]

    def is_blank(self) -> bool:
        """Whether nothing at all was entered."""
        typed = [one for name, one in self.fields().items() if name != "duties"]
        if self.duties is not None and self.duties.says_something():
            return False
        return all(nothing_typed(field.draft()) for field in typed)

    def problems(self) -> list[Problem]:
        """What cannot be read, and what a payment still lacks; nothing of a blank card."""
        if self.is_blank():
            return []
        found = []
        for name, field in self.fields().items():
            problem = field.problem()
            needed = name.removeprefix("payment.") in NEEDED_FOR_MONEY
            if problem is None and needed and nothing_typed(field.draft()):
                problem = Problem(ProblemCode.EMPTY)
            if problem is not None:
                found.append(problem.at(name))
        return found

    def clause(self) -> Clause:
        return Clause(
            id=self._id,
            text=self.text.value(),
            payment=self.payment_form.payment() if self.payment_form is not None else None,
            due_on=self.due_on.value() if self.due_on is not None else None,
            duties=self.duties.value() if self.duties is not None else (),
            from_bank=self._from_bank,
        )

    def show_clause(self, clause: Clause) -> None:
        self._id, self._from_bank = clause.id, clause.from_bank
        self.text.set_value(clause.text)
        if self.due_on is not None:
            self.due_on.set_value(clause.due_on)
        if clause.payment is not None:
            self._open_payment().show_payment(clause.payment)
            self._banked = clause.payment if clause.from_bank else None
            if self._words() == clause.text:
                self._suggested = clause.text
        if clause.duties:
            self._open_duties().set_value(clause.duties)
        self.suit()

    def draft(self) -> dict[str, Any]:
        """What was typed, as plain JSON."""
        money = self.payment_form.draft() if self.payment_form is not None else None
        due_on = self.due_on.draft() if self.due_on is not None else ""
        duties = self.duties.draft() if self.duties is not None else None
        kept = {"id": self._id, "text": self.text.draft(), "due_on": due_on, "duties": duties}
        return kept | {
            "payment": money,
            "suggested": self._suggested,
            "from_bank": self._from_bank,
        }

    def restore(self, draft: Mapping[str, Any]) -> None:
        self._id = RecordId(str(draft.get("id") or self._id))
        self.text.restore(draft.get("text"))
        if self.due_on is not None:
            self.due_on.restore(draft.get("due_on"))
        self._suggested = str(draft.get("suggested") or "")
        self._from_bank = str(draft.get("from_bank") or "")
        if isinstance(draft.get("payment"), dict):
            self._open_payment().restore(draft["payment"])
        if draft.get("duties"):
            self._open_duties().restore(draft["duties"])
        self.suit()

    def suit(self) -> None:
        """Shows what the clause now needs, and nothing else."""
        if self.payment_form is not None:
            self.payment_form.count()
        self.rewrite.setVisible(self._may_rewrite())
        notes = vague_notes(self._desk, self.text.value())
        self._vague.setText("\n".join(notes))
        self._vague.setVisible(bool(notes))
        self._add_money.setVisible(self.payment_form is None)
        self._add_duty.setVisible(self.duties is None)
        self._keep.setEnabled(bool(self.text.value()))

    def _may_rewrite(self) -> bool:
        """Words of a ready clause are left alone until its payment is another one."""
        suggestion = self._words()
        payment = self.payment_form.payment() if self.payment_form is not None else None
        if self._banked is not None and payment == self._banked:
            return False
        return bool(suggestion) and suggestion != self.text.value()

    def _build(self) -> None:
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(12, 8, 12, 12)
        self._body.setSpacing(10)
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
        self._body.addLayout(head)
        self._money_place = QVBoxLayout()
        self._money_place.setSpacing(10)
        self._body.addLayout(self._money_place)
        self._body.addWidget(self.rewrite, 0, Qt.AlignmentFlag.AlignLeft)
        self._body.addWidget(self.text)
        self._body.addWidget(self._vague)
        self.text.edited.connect(self._touched)
        if self.due_on is not None:
            self._body.addWidget(self.due_on)
            self.due_on.edited.connect(self._touched)
        self._duty_place = QVBoxLayout()
        self._body.addLayout(self._duty_place)
        self._build_foot()

    def _build_foot(self) -> None:
        holder = QFrame()
        foot = FlowLayout(holder, gap=8)
        self._add_money = button(self.tr("登记付款"), self._add_payment, quiet=True)
        self._add_money.setObjectName("add-money")
        self._add_duty = button(self.tr("登记谁做什么"), self._add_duties, quiet=True)
        self._add_duty.setObjectName("add-duties")
        self._add_duty.setToolTip(self.tr("登记了，到期才会提醒，做完才好打勾"))
        self._keep = button(self.tr("存为常用条款"), self.to_keep.emit, quiet=True)
        self._keep.setObjectName("keep-clause")
        for made in (self._add_money, self._add_duty, self._keep):
            foot.addWidget(made)
        self._body.addWidget(holder)

    def _open_payment(self) -> PaymentForm:
        if self.payment_form is None:
            self.payment_form = PaymentForm(self._desk, self._choices, self._made_on)
            self.payment_form.changed.connect(self._money_edited)
            self._money_place.addWidget(self.payment_form)
            if self.due_on is not None:
                self.due_on.setVisible(bool(self.due_on.draft()))
        return self.payment_form

    def _open_duties(self) -> DutiesField:
        if self.duties is None:
            label = self.tr("谁做什么、最晚哪一天")
            self.duties = DutiesField(label, self._choices, self._made_on)
            self.duties.edited.connect(self._touched)
            self._duty_place.addWidget(self.duties)
            if self.due_on is not None and not self.due_on.draft():
                self.due_on.hide()
        return self.duties

    def _add_payment(self) -> None:
        form = self._open_payment()
        chain_after(self.text.text, form)
        form.payer.setFocus()
        self._touched()

    def _add_duties(self) -> None:
        field = self._open_duties()
        first = next(iter(field.add_row().values()))
        chain_after(self.text.text, field)
        first.setFocus()
        self._touched()

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
        self._suggested, self._banked = self._words(), None
        self.text.set_value(self._suggested)
        self._touched()

    def _touched(self) -> None:
        self.suit()
        self.edited.emit()
