"""Ready clauses of the committee's own: kept from a clause that was written, renamed, dropped.

What can be known as a blank becomes one: names and amounts of this case have no place in the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.agreements import Clause
from app.domain.clause_bank import ANY_TYPE, BankClause, ClauseKind, names_in
from app.domain.clauses import money_words
from app.domain.dates import chinese_date
from app.domain.ids import RecordId
from app.domain.problems import Refused
from app.ui.cases import agreement_actions
from app.ui.cases.labels import label
from app.ui.widgets.fields import LineField, TextField, TickField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import button, words

if TYPE_CHECKING:
    from app.ui.runtime.desk import Desk


def as_pattern(
    clause: Clause, names: Mapping[RecordId, str], ready: BankClause | None = None
) -> str:
    """The words of `clause` with its names, amounts and days made blanks; `names` party id ->
    name. What the record does not know stays as it was written. A plan of instalments cannot be
    read out of the words again: there those of `ready` stand, which the clause was made from.
    """
    if ready is not None and clause.payment is not None and clause.payment.instalments:
        return ready.text
    text = clause.text.replace("{", "｛").replace("}", "｝")
    payment = clause.payment
    said: list[tuple[str, str]] = []
    if payment is not None:
        said += [(money_words(payment.fen), "amount")]
        said += [(chinese_date(payment.due_on), "due")] if payment.due_on else []
        said += [(names.get(payment.payer_id, ""), "payer")]
        said += [(names.get(payment.payee_id, ""), "payee")]
    for duty in clause.duties[:1]:
        said += [(chinese_date(duty.due_on), "due")] if duty.due_on else []
        said += [(names.get(duty.party_id, ""), "who")] if duty.party_id else []
    # Longer names first: 文小某 before 文某.
    for known, blank in sorted(said, key=lambda one: -len(one[0])):
        if known:
            text = text.replace(known, f"{{{blank}}}")
    return text


def made_like(text: str, clause: Clause, bank: Iterable[BankClause]) -> str:
    """The id of the ready clause whose duty the blanks of `text` can say; "" for none. The one
    that `clause` was made from comes first.
    """
    known = sorted(bank, key=lambda one: one.id != clause.from_bank)
    names = set(names_in(text))
    for one in known:
        needed = {name for use, name in (one.duty or {}).items() if use != "every"}
        own = one.id == clause.from_bank
        plain = clause.payment is not None and one.kind is ClauseKind.PAYMENT
        if needed and needed <= names and (own or plain):
            return one.id
    return ""


class OwnClauseForm(Form):
    """Its name, its words, and for which disputes."""

    def __init__(self, kind_of_dispute: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = self.tr("例如：赔牛钱")
        self.add("title", LineField(self.tr("叫什么"), hint=hint))
        self.add("text", TextField(self.tr("条款的话"), lines=4))
        note = self.tr("花括号里的是空，用的时候再填，比如 {payer} 付款人、{amount} 金额。")
        self.add_widget(words(note, "muted"))
        self.only = None
        if kind_of_dispute:
            text = self.tr("只在“{kind}”里用").format(kind=kind_of_dispute)
            self.only = self.add("only", TickField(text))


class OwnClauseDialog(QDialog):
    """One ready clause of the committee's own, new or written anew.

    Signals:
        kept(BankClause): it was stored.
        dropped(): it is no longer offered.
    """

    kept = Signal(object)
    dropped = Signal()

    def __init__(
        self,
        desk: Desk,
        dispute_type: str,
        *,
        text: str = "",
        like: str = "",
        own: BankClause | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("常用条款"))
        self.setMinimumWidth(560)
        self._desk, self._like, self._own = desk, like, own
        self._dispute_type = dispute_type
        self.form = OwnClauseForm(label(desk, "dispute_type", dispute_type))
        self.form.set_values(_values(own, text))
        self.save_button = button(self.tr("存下"), self.save, main=True)
        self.save_button.setObjectName("keep-own")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save_button)
        row.addWidget(button(self.tr("取消"), self.close, quiet=True))
        row.addStretch(1)
        if own is not None:
            drop = button(self.tr("不再用这一条"), self.drop, quiet=True)
            drop.setObjectName("drop-own")
            drop.setToolTip(self.tr("用它写过的协议不变"))
            row.addWidget(drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addWidget(self.form)
        column.addStretch(1)
        column.addLayout(row)
        self.form.focus_first()

    def save(self) -> None:
        """Stores it; the dialog stays when something is missing."""
        values = self.form.values()
        types: Sequence[str] = (self._dispute_type,) if values.get("only") else ()
        work = agreement_actions.save_own_clause(
            self._desk.practice,
            values["title"],
            values["text"],
            dispute_types=tuple(types),
            like=self._like or (self._own.id if self._own else ""),
            own_id=self._own.id if self._own else "",
        )
        self._desk.jobs.run(self, work, self._kept, self._refused)

    def drop(self) -> None:
        """Takes it out of the own clauses."""
        if self._own is not None:
            work = agreement_actions.drop_own_clause(self._own.id)
            self._desk.jobs.run(self, work, self._gone)

    def _kept(self, clause: BankClause) -> None:
        self.kept.emit(clause)
        self.close()

    def _gone(self, result: object) -> None:
        del result
        self.dropped.emit()
        self.close()

    def _refused(self, refused: Refused) -> None:
        rest = self.form.show_problems(refused)
        if rest:
            self._desk.show_problem(refused)


def _values(own: BankClause | None, text: str) -> dict[str, Any]:
    if own is None:
        return {"title": "", "text": text, "only": False}
    return {"title": own.zh, "text": own.text, "only": ANY_TYPE not in own.dispute_types}
