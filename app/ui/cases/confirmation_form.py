"""The forms of a judicial confirmation: the joint application, and what the court did with it (PML
art. 33; Fa Shi [2011] No. 5 art. 3).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.confirmations import Confirmation, ConfirmationOutcome, ServiceAddress
from app.ui.cases.labels import named
from app.ui.widgets.fields import Choice, ChoiceField, DateField, LineField, TextField
from app.ui.widgets.forms import Form
from app.ui.widgets.record_words import outcome_word

if TYPE_CHECKING:
    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

APPLIED = ("court", "applied_on", "property_proof")
DECIDED = ("case_no", "accepted_on", "decided_on", "reason")


class ApplicationForm(Form):
    """The application: which court, and where each party takes its letters."""

    def __init__(
        self, desk: Desk, view: CaseView, one: Confirmation, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        hint = self.tr("一方住地、标的物所在地或者调委会所在地的基层法院")
        self.add("court", LineField(named(desk, "confirmation", "court"), hint=hint))
        self.add("applied_on", DateField(named(desk, "confirmation", "applied_on")))
        self.add_group(self.tr("法院的信寄到哪里"))
        names = view.file.names()
        for index, place in enumerate(one.addresses):
            who = names.get(place.party_id, "")
            address = LineField(self.tr("{name} 的送达地址").format(name=who))
            phone = LineField(self.tr("{name} 的联系电话").format(name=who))
            self.add(f"addresses.{index}.address", address)
            self.add(f"addresses.{index}.phone", phone)
        self.add_group(self.tr("随附"))
        hint = self.tr("例如：房产证、土地承包合同；没有就空着")
        name = named(desk, "confirmation", "property_proof")
        self.add("property_proof", LineField(name, hint=hint))


class CourtForm(Form):
    """What the court did."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "confirmation", field)

        outcomes = [Choice(one.value, outcome_word(one)) for one in ConfirmationOutcome]
        self.add("outcome", ChoiceField(self.tr("法院怎么处理的"), outcomes))
        self.add("case_no", LineField(name("case_no")))
        self.add("accepted_on", DateField(name("accepted_on")))
        self.add("decided_on", DateField(name("decided_on")))
        self.add("reason", TextField(name("reason"), lines=2))


def application_values(one: Confirmation) -> Values:
    """What the form of the application opens with."""
    values: Values = {name: getattr(one, name) for name in APPLIED}
    for index, place in enumerate(one.addresses):
        values[f"addresses.{index}.address"] = place.address
        values[f"addresses.{index}.phone"] = place.phone
    return values


def application_from(values: Values, one: Confirmation) -> Confirmation:
    """The application as the form says it."""
    places = tuple(
        ServiceAddress(
            party_id=place.party_id,
            address=values[f"addresses.{index}.address"],
            phone=values[f"addresses.{index}.phone"],
        )
        for index, place in enumerate(one.addresses)
    )
    return replace(one, addresses=places, **{name: values[name] for name in APPLIED})


def court_values(one: Confirmation) -> Values:
    """What the form of the court's word opens with."""
    values: Values = {name: getattr(one, name) for name in DECIDED}
    return values | {"outcome": one.outcome.value if one.outcome else ""}


def court_from(values: Values, one: Confirmation) -> Confirmation:
    """The application with what the court did."""
    outcome = ConfirmationOutcome(values["outcome"]) if values["outcome"] else None
    return replace(one, outcome=outcome, **{name: values[name] for name in DECIDED})
