"""The form of what was done: money that was paid, or an act that was seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.duties import DutyLine
from app.domain.money import figures
from app.domain.performances import Performance
from app.ui.cases.labels import day_words, named, party_choices, table_choices
from app.ui.cases.ticks import pick_field
from app.ui.widgets.fields import AmountField, ChoiceField, DateField, LineField
from app.ui.widgets.forms import Form

if TYPE_CHECKING:
    from app.domain.casefile import CaseFile
    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

OF_MONEY = ("done_on", "fen", "way", "payer_id", "payee_id", "witness")
OF_ACTS = ("done_on", "what", "witness")


class PerformanceForm(Form):
    """One payment, or one act; only what belongs to it is asked."""

    def __init__(
        self, desk: Desk, view: CaseView, *, money: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "performance", field)

        self.add("done_on", DateField(name("done_on")))
        if money:
            self.add("fen", AmountField(self.tr("这次付了多少（元）")))
            self.add("way", ChoiceField(self.tr("怎么付的"), table_choices(desk, "money_way")))
            people = party_choices(view.file)
            self.add("payer_id", pick_field(name("payer_id"), people))
            self.add("payee_id", pick_field(name("payee_id"), people))
        else:
            hint = self.tr("例如：当面道了歉；排水沟已经改好")
            self.add("what", LineField(self.tr("做了什么"), hint=hint))
        hint = self.tr("在场看见的人，没有就空着")
        self.add("witness", LineField(name("witness"), hint=hint))


def performance_values(done: Performance) -> Values:
    """What the form opens with."""
    values: Values = {name: getattr(done, name) for name in {*OF_MONEY, *OF_ACTS}}
    return values | {name: values[name] or "" for name in ("payer_id", "payee_id")}


def performance_from(values: Values, done: Performance) -> Performance:
    """The performance as the form says it."""
    plain: dict[str, Any] = dict(values)
    for name in ("payer_id", "payee_id"):
        if name in plain:
            plain[name] = plain[name] or None
    return replace(done, **plain)


def is_money(done: Performance) -> bool:
    return done.fen is not None


def duty_words(desk: Desk, file: CaseFile, duty: DutyLine) -> str:
    """One duty in a line: who, to whom, what or how much, by when."""
    names = file.names()
    who = names.get(duty.who, "") if duty.who else ""
    whom = names.get(duty.to_whom, "") if duty.to_whom else ""
    sum_words = QCoreApplication.translate("PerformanceForm", "{sum} 元")
    amount = sum_words.format(sum=figures(duty.fen)) if duty.fen is not None else ""
    arrow = f"{who} → {whom}" if who and whom else who or whom
    parts = (arrow, amount or duty.what, day_words(desk, duty.due_on))
    return " · ".join(one for one in parts if one)
