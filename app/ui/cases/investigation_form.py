"""The form of one investigation record: whom, when, where, who else was there, and what was asked
and answered. One record for each person and talk (PML art. 21, 27).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.investigations import Investigation
from app.domain.people import Person
from app.domain.problems import Problem, Refused
from app.ui.cases import actions, record_actions
from app.ui.cases.exchanges_field import ExchangesField
from app.ui.cases.labels import mediator_choices, named
from app.ui.cases.ticks import several_field
from app.ui.runtime.marks import override
from app.ui.widgets.fields import DateField, Field, LineField, TextField, TimeField
from app.ui.widgets.forms import Form
from app.ui.widgets.person import PersonField

if TYPE_CHECKING:
    from app.ui.cases.actions import Work
    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

PLAIN = (
    "held_on", "begun_at", "ended_at", "place", "relation", "others", "matter", "exchanges",
    "investigator_ids", "recorder",
)  # fmt: skip


class InvestigationForm(Form):
    """One talk."""

    def __init__(self, desk: Desk, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "investigation", field)

        self.add_group(self.tr("问的是谁"))
        self.person = self.add(
            "person_id",
            PersonField(desk, name("person_id"), organisations=False, open_details=False),
        )
        hint = self.tr("例如：邻居，当时在场")
        self.add("relation", LineField(name("relation"), hint=hint))
        self.add_group(self.tr("时间、地点、人"))
        times: list[tuple[str, Field]] = [
            ("held_on", DateField(name("held_on"))),
            ("begun_at", TimeField(name("begun_at"))),
            ("ended_at", TimeField(name("ended_at"))),
        ]
        self.add_row(times)
        self.add("place", LineField(name("place"), hint=self.tr("例如：当事人家里、现场")))
        self.add(
            "investigator_ids", several_field(name("investigator_ids"), mediator_choices(view))
        )
        self.add("recorder", LineField(name("recorder"), hint=self.tr("最好另有一人记录")))
        self.add("others", LineField(name("others"), hint=self.tr("例如：村民组长盘某")))
        self.add("matter", TextField(name("matter"), lines=2))
        self.add_group(self.tr("调查记录"))
        hint = self.tr("写完按回车，接着写下一句；同一句里换行按 Shift+回车。")
        self.exchanges = self.add("exchanges", ExchangesField(name("exchanges"), hint=hint))

    @override
    def show_problems(self, problems: Refused | Sequence[Problem]) -> list[Problem]:
        """What is wrong with the person is said at the person's own field."""
        given = list(problems.problems if isinstance(problems, Refused) else problems)
        rest = super().show_problems(given)
        if rest and all(one.field for one in rest):
            rest = self.person.show_problems(rest)
        spoken = next((one.field for one in given if one.field.startswith("exchanges.")), "")
        parts = spoken.split(".")
        if len(parts) == 3 and parts[1].isdigit():
            self.exchanges.go_to_pair(int(parts[1]), parts[2])
        return rest


def investigation_values(record: Investigation, view: CaseView) -> Values:
    """What the form opens with."""
    values: Values = {name: getattr(record, name) for name in PLAIN}
    known = view.file.people.get(record.person_id) if record.person_id else None
    return values | {"person_id": known}


def investigation_from(values: Mapping[str, Any], record: Investigation) -> Investigation:
    """The record as the form says it."""
    person = values["person_id"]
    plain = {name: values[name] for name in PLAIN if name in values}
    person_id = person.id if isinstance(person, Person) else None
    return replace(record, **plain, person_id=person_id)


def save_works(
    form: InvestigationForm, values: Values, record: Investigation, stored: Investigation | None
) -> list[Work[Any]]:
    """The person first, where anything about that person is new; then the talk."""
    person, before = values["person_id"], form.person.based_on()
    works: list[Work[Any]] = []
    if isinstance(person, Person) and person != before:
        works.append(actions.save_person(person, before if isinstance(before, Person) else None))
    works.append(record_actions.save_investigation(investigation_from(values, record), stored))
    return works
