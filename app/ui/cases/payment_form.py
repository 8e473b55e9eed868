"""Who pays whom how much until when, in one go or by instalments that add up to the fen.

A part of a clause's card. Never writes the words of the clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt

from app.domain.agreements import Instalment, Payment
from app.domain.clause_filling import Plan, split_instalments
from app.domain.clauses import remaining_fen
from app.domain.ids import RecordId
from app.domain.money import figures
from app.domain.problems import ProblemCode, Refused, refuse
from app.ui.cases.due_field import DayOf, DueField
from app.ui.cases.instalment_plan import PlanField
from app.ui.cases.labels import named, table_choices
from app.ui.cases.rows import RowsField
from app.ui.cases.ticks import pick_field
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.widgets.fields import AmountField, Choice, ChoiceField, Field
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import button, words

PAYMENT_FIELDS = ("payer_id", "payee_id", "fen", "due_on", "way")


class PaymentForm(Form):
    """Who pays whom."""

    def __init__(self, desk: Desk, parties: Sequence[Choice], made_on: DayOf | None = None) -> None:
        super().__init__()

        def name(field: str) -> str:
            return named(desk, "agreement", field)

        self._desk, self._made_on = desk, made_on
        self.payer = self.add("payer_id", pick_field(name("payer_id"), parties))
        self.payee = self.add("payee_id", pick_field(name("payee_id"), parties))
        self.fen = self.add("fen", AmountField(name("fen"), hint=self.tr("例如：400 或 2.5万")))
        self.due_on = self.add("due_on", DueField(self.tr("哪一天之前付清"), made_on))
        self.ways = table_choices(desk, "money_way")
        self.way = self.add("way", ChoiceField(name("way"), self.ways))
        rows = RowsField(name("instalments"), self._fields_of_row, self.tr("加一期"))
        self.instalments = self.add("instalments", rows)
        self.plan = PlanField("", made_on)
        self.plan.hide()
        self.add_widget(self.plan)
        self.share = button(self.tr("平均分"), self.share_evenly, quiet=True)
        self.share.setObjectName("share-evenly")
        self.share.setToolTip(self.tr("把总数平均分到各期，零头放在最后一期"))
        self.column.addWidget(self.share, 0, Qt.AlignmentFlag.AlignLeft)
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

    def show_payment(self, payment: Payment) -> None:
        values: dict[str, Any] = {name: getattr(payment, name) for name in PAYMENT_FIELDS}
        values["instalments"] = tuple(
            {"due_on": one.due_on, "fen": one.fen} for one in payment.instalments
        )
        self.set_values(values)
        self.count()

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

    def share_evenly(self) -> None:
        """Divides the sum over the rows there are, which keep their days; without rows it asks
        first how many parts there are to be.
        """
        total = self.fen.value()
        if not total:
            self.fen.show_problem(said(refuse(ProblemCode.EMPTY).first))
            self.fen.setFocus()
            return
        rows = self.instalments.value()
        plan = Plan(count=len(rows)) if rows else self.plan.value()
        if plan is None:
            self.plan.show()
            self.plan.setFocus()
            return
        try:
            parts = split_instalments(total, plan)
        except Refused as refused:
            self.instalments.show_problem(said(refused.first))
            return
        days = [one["due_on"] for one in rows] or [one.due_on for one in parts]
        self.instalments.set_value(
            [{"due_on": day, "fen": one.fen} for day, one in zip(days, parts, strict=True)]
        )
        self.plan.hide()
        self.changed.emit()

    def _fields_of_row(self) -> Mapping[str, Field]:
        return {
            "due_on": DueField(named(self._desk, "agreement", "due_on"), self._made_on),
            "fen": AmountField(named(self._desk, "agreement", "fen")),
        }
