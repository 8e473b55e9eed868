"""The form of an agreement.

What is known is there already; the clauses are the work (PML art. 29).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.agreements import Agreement, Clause, default_copies
from app.domain.agreements import AgreementForm as Kind
from app.domain.problems import Problem, Refused
from app.ui.cases.clauses import ClausesField
from app.ui.cases.labels import mediator_choices, named, party_choices, table_choices
from app.ui.cases.ticks import several_field
from app.ui.runtime.marks import override
from app.ui.widgets.fields import (
    ChoiceField,
    CodeField,
    DateField,
    LineField,
    NumberField,
    TextField,
    TickField,
)
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import button

if TYPE_CHECKING:
    from datetime import date

    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

PLAIN = (
    *("facts", "responsibility", "clauses", "manner_code", "manner", "deadline", "place"),
    *("made_on", "recorder", "copies", "for_confirmation"),
)
LISTS = ("party_ids", "mediator_ids")


class AgreementForm(Form):
    """One agreement, written or oral."""

    def __init__(
        self, desk: Desk, view: CaseView, agreement: Agreement, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._file, self._agreement = desk, view.file, agreement
        written = agreement.form is Kind.WRITTEN

        def name(field: str) -> str:
            return named(desk, "agreement", field)

        parties = party_choices(view.file)
        self.add_group(self.tr("谁和谁、什么事"))
        self.add("party_ids", several_field(name("party_ids"), parties))
        self.add("facts", TextField(name("facts")))
        hint = self.tr("各方各有什么责任，写事实，不评人")
        self.add("responsibility", TextField(name("responsibility"), hint=hint))
        self._ready = button(self.tr("选一句责任的写法"), self.open_responsibility, quiet=True)
        self._ready.setObjectName("ready-responsibility")
        self.column.addWidget(self._ready, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_group(self.tr("协议内容"))
        self.clauses = self.add(
            "clauses", ClausesField(desk, "", parties, view.file, self._made_on)
        )
        self.clauses.put.connect(self._follow_clause)
        self.add_group(self.tr("怎样履行"))
        manners = table_choices(desk, "performance_manner")
        field = ChoiceField if len(manners) <= 6 else CodeField
        self.add("manner_code", field(name("manner_code"), manners))
        self.add("manner", LineField(self.tr("履行方式的说明"), hint=self.tr("例如：当场付现金")))
        self.add("deadline", LineField(name("deadline"), hint=self.tr("例如：2026年3月15日前")))
        self.add("place", LineField(name("place")))
        self.add_group(self.tr("落款"))
        self.add("made_on", DateField(name("made_on")))
        self.add("mediator_ids", several_field(name("mediator_ids"), mediator_choices(view)))
        self.add("recorder", LineField(name("recorder")))
        if written:
            self.add("for_confirmation", TickField(self.tr("双方要申请司法确认（多印一份）")))
            usual = default_copies(agreement)
            hint = self.tr("不填就印 {count} 份").format(count=usual)
            self.add("copies", NumberField(name("copies"), hint=hint, least=1, most=99))

    def _made_on(self) -> date | None:
        field = self.fields.get("made_on")
        return field.value() if isinstance(field, DateField) else None

    def _follow_clause(self, clause: Clause) -> None:
        """A ready clause about money says how it is performed; what was chosen already stays."""
        field, payment = self.fields["manner_code"], clause.payment
        if payment is None or field.value() or not (payment.instalments or payment.due_on):
            return
        manner = "INSTALMENTS" if payment.instalments else "ONCE"
        if self._desk.practice.codes.table("performance_manner").get(manner) is not None:
            field.set_value(manner)

    def open_responsibility(self) -> None:
        """Ready sentences for what each party answers for (PML art. 29)."""
        from app.ui.cases.clause_picker import Bank, ClausePicker  # late: most papers need none

        bank = Bank.RESPONSIBILITY
        picker = ClausePicker(self._desk, self._file, bank, self._made_on, self)
        picker.chosen.connect(self.add_responsibility)
        picker.open()

    def add_responsibility(self, sentence: str) -> None:
        """One more sentence below what is written there."""
        field = self.fields["responsibility"]
        field.set_value("\n".join(one for one in (field.value(), sentence) if one))
        self.changed.emit()
        field.setFocus()

    @override
    def focus_field(self, name: str) -> bool:
        """Places inside a clause lead to the clause's own field."""
        if name.startswith("clauses.") and self.clauses.go_to_place(name):
            return True
        return super().focus_field(name)

    def rest_on(self, agreement: Agreement) -> None:
        """The agreement as it is stored by now, for what the form does not ask."""
        self._agreement = agreement

    def stand(self) -> Agreement:
        """The agreement as the form says it now, readable parts of it."""
        return agreement_from(self.values(), self._agreement)

    @override
    def problems(self) -> list[Problem]:
        """Each problem of a clause at its own field, not all of them at the list."""
        others = [one for one in super().problems() if self.field_for(one.field) != "clauses"]
        return others + [one.at("clauses") for one in self.clauses.problems()]

    @override
    def show_problems(self, problems: Refused | Sequence[Problem]) -> list[Problem]:
        """What is wrong in a clause is said at the clause."""
        given = list(problems.problems if isinstance(problems, Refused) else problems)
        at_clauses = [one for one in given if one.field.startswith("clauses.")]
        rest = super().show_problems([one for one in given if one not in at_clauses])
        lost = [one for one in at_clauses if not self.clauses.show_problem_at(one)]
        self.go_to_first_problem()
        return rest + lost


def agreement_values(agreement: Agreement) -> Values:
    """What the form opens with."""
    return {name: getattr(agreement, name) for name in (*PLAIN, *LISTS)}


def agreement_from(values: Values, agreement: Agreement) -> Agreement:
    """The agreement as the form says it; what the form does not ask stays."""
    plain = {name: values[name] for name in PLAIN if name in values}
    lists: dict[str, Any] = {name: tuple(values[name]) for name in LISTS}
    return replace(agreement, **plain, **lists)
