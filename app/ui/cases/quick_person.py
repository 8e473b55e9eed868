"""Who it is and the few things that the register asks, in two lines.

For a page that must be done in two minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.people import Organisation, Person, person_age
from app.domain.problems import Problem
from app.ui.cases.labels import named, sex_name, table_choices
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said, today
from app.ui.runtime.marks import override
from app.ui.widgets.fields import Choice, ChoiceField, CodeField, Field, LineField, NumberField
from app.ui.widgets.person import PersonField


class QuickPerson(Field):
    """A person in short. `value()` is a `Person` or `Organisation`; None while nobody is named."""

    def __init__(self, desk: Desk, label: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.who = PersonField(desk, label, open_details=False)
        self.who.edited.connect(self._changed_by_hand)
        self.who.chosen.connect(self._show_known)

        def name(field: str) -> str:
            return named(desk, "person", field)

        sexes = [Choice(code, sex_name(desk, code)) for code in ("1", "2")]
        self.facts: dict[str, Field] = {
            "sex": ChoiceField(name("sex"), sexes),
            "stated_age": NumberField(self.tr("年龄"), most=150),
            "ethnicity": CodeField(name("ethnicity"), table_choices(desk, "ethnicity")),
            "phone": LineField(name("phone")),
            "address": LineField(name("address")),
        }
        self._rest = QWidget()
        grid = QGridLayout(self._rest)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, fact in enumerate(("sex", "stated_age", "ethnicity", "phone")):
            grid.addWidget(self.facts[fact], place // 2, place % 2)
        grid.addWidget(self.facts["address"], 2, 0, 1, 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self._column.addWidget(self.who)
        self._column.addWidget(self._rest)
        self._editor = self.who.line
        self.setFocusProxy(self.who)
        for field in self.facts.values():
            field.edited.connect(self._changed_by_hand)

    @override
    def value(self) -> Person | Organisation | None:
        who = self.who.value()
        if not isinstance(who, Person):
            return who
        values = {name: field.value() for name, field in self.facts.items()}
        age, known_age = values.pop("stated_age"), person_age(who, today())
        written = replace(who, **(values | {"sex": values["sex"] or "0"}))
        if age is None or age == known_age:
            return written
        return replace(written, stated_age=age, stated_age_on=today())

    @override
    def set_value(self, value: Person | Organisation | None) -> None:
        self.who.set_value(value)
        self._show_known(value)

    @override
    def problem(self) -> Problem | None:
        found = (field.problem() for field in (self.who, *self.facts.values()))
        return next((one for one in found if one is not None), None)

    @override
    def settle(self) -> None:
        self.who.settle()

    @override
    def draft(self) -> Any:
        facts = {name: field.draft() for name, field in self.facts.items()}
        return {"who": self.who.draft(), "facts": facts}

    @override
    def restore(self, draft: Any) -> None:
        if not isinstance(draft, dict):
            return
        self.who.restore(draft.get("who"))
        for name, field in self.facts.items():
            field.restore((draft.get("facts") or {}).get(name))

    @override
    def clear_problem(self) -> None:
        super().clear_problem()
        for field in self.facts.values():
            field.clear_problem()

    def name(self) -> str:
        """The name as typed, for words that speak of this person."""
        return self.who.line.text().strip()

    def show_problems_of(self, problems: Sequence[Problem]) -> list[Problem]:
        """Problems of the person by field name; returns those without a place here."""
        rest = []
        for one in problems:
            field = self.facts.get(one.field)
            if field is None:
                rest.append(one)
            else:
                field.show_problem(said(one))
        for one in rest:
            self.who.show_problem(said(one))
        return []

    def _show_known(self, who: object) -> None:
        self._rest.setVisible(not isinstance(who, Organisation))
        person = who if isinstance(who, Person) else None
        if person is None or person != self.who.based_on():
            return
        for name, field in self.facts.items():
            value = person_age(person, today()) if name == "stated_age" else getattr(person, name)
            field.set_value("" if name == "sex" and value not in ("1", "2") else value)


def whose(name: str, fallback: str) -> str:
    """A name, or the word for a place that nobody has taken yet."""
    return name or fallback


def payer_choices(first: str, second: str) -> list[Choice]:
    """Who pays whom, of two people: codes ``1-0`` and ``0-1`` are payer and payee by place."""
    return [Choice("1-0", f"{second} → {first}"), Choice("0-1", f"{first} → {second}")]
