"""The form of a party.

Who it is (known people are found again), on which side it stands, who acts for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.parties import Party, PartyRole
from app.domain.people import Capacity, Organisation, Person
from app.domain.problems import Problem, ProblemCode, Refused, refuse
from app.ui.cases import actions
from app.ui.cases.labels import enum_choices, named
from app.ui.cases.stand_ins import StandInsField
from app.ui.runtime.marks import override
from app.ui.runtime.texts import CAPACITY_NAMES, PARTY_ROLE_NAMES
from app.ui.widgets.fields import Choice, ChoiceField, LineField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import button
from app.ui.widgets.person import PersonField

if TYPE_CHECKING:
    from app.domain.ids import RecordId
    from app.ui.cases.actions import Work
    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

SIDES = "ABCDEF"


class PartyForm(Form):
    """One party; `stored` tells a correction from a newcomer."""

    def __init__(self, desk: Desk, stored: Party | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "party", field)

        roles = enum_choices(desk, PARTY_ROLE_NAMES)
        self.add("role", ChoiceField(name("role"), roles))
        self.person = self.add("person", PersonField(desk, self.tr("是谁")))
        self.stand_ins = self.add(
            "representations", StandInsField(desk, self.tr("谁替他说话、签字"), stored)
        )
        self.more = button(self.tr("更多（行为能力、哪一方、群体）"), self._show_more, quiet=True)
        self.add_widget(self.more)
        self._extra = ["side", "group"]
        hint = self.tr("利益一致的写同一方")
        sides = [Choice(one, one) for one in SIDES]
        self.add("side", ChoiceField(name("side"), sides, hint=hint))
        self.add("group", LineField(name("group"), hint=self.tr("例如：三组村民")))
        if stored is not None:
            self._extra += ["capacity", "capacity_reason"]
            capacities = enum_choices(desk, CAPACITY_NAMES)
            self.add("capacity", ChoiceField(name("capacity"), capacities))
            hint = self.tr("例如：已满十六岁，靠自己的劳动收入生活")
            self.add("capacity_reason", LineField(name("capacity_reason"), hint=hint))
        for field in self._extra:
            self.fields[field].hide()

    @override
    def show_problems(self, problems: Refused | Sequence[Problem]) -> list[Problem]:
        """What is wrong with the person is said at the person's own field."""
        given = list(problems.problems if isinstance(problems, Refused) else problems)
        own, inner = [], []
        for one in given:
            owner, _, field = one.field.partition(".")
            if owner in ("person", "organisation") and field:
                inner.append(Problem(one.code, field, one.facts))
            else:
                own.append(Problem(one.code, "person", one.facts) if owner == "parties" else one)
        rest = super().show_problems(own)
        names = {self.field_for(one.field) for one in own}
        if names & set(self._extra):
            self._show_more()
        return rest + (self.person.show_problems(inner) if inner else [])

    @override
    def focus_field(self, name: str) -> bool:
        """Fields of the person count as the form's own."""
        if super().focus_field(name):
            return True
        if self.person.form is None and self.person.based_on() is not None:
            self.person.details.click()
        form = self.person.form
        wanted = "birth_date" if name == "age" else name
        return form is not None and form.focus_field(wanted)

    def _show_more(self) -> None:
        self.more.hide()
        for field in self._extra:
            self.fields[field].show()


def new_party_values(role: PartyRole) -> Values:
    return {"role": role.value, "person": None, "representations": (), "side": "", "group": ""}


def party_values(view: CaseView, party: Party) -> Values:
    """What the form of a known party opens with."""
    people, units = view.file.people, view.file.organisations
    person: Person | Organisation | None = None
    if party.person_id:
        person = people.get(party.person_id)
    elif party.organisation_id:
        person = units.get(party.organisation_id)
    stand_ins = tuple((one, people.get(one.person_id)) for one in party.representations)
    return {
        "role": party.role.value,
        "person": person,
        "representations": stand_ins,
        "side": party.side,
        "group": party.group,
        "capacity": party.capacity.value if party.capacity else "",
        "capacity_reason": party.capacity_reason,
    }


def add_works(form: PartyForm, case_id: RecordId, values: Values) -> list[Work[Any]]:
    """Stand-ins who are new are stored first, then the party with its person or organisation."""
    from app.services.newcomers import NewParty

    who = values["person"]
    if who is None:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "person")
    party = NewParty(
        role=PartyRole(values["role"] or PartyRole.APPLICANT),
        person=who if isinstance(who, Person) else None,
        organisation=who if isinstance(who, Organisation) else None,
        side=values["side"],
        group=values["group"],
        representations=values["representations"],
    )
    return [*_stand_in_works(form), actions.add_party(case_id, party)]


def save_works(form: PartyForm, stored: Party, values: Values) -> list[Work[Any]]:
    """Corrections of people first (they hold everywhere), then the party's own."""
    who, before = values["person"], form.person.based_on()
    if who is None:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "person")
    works = _stand_in_works(form)
    if isinstance(who, Person) and who != before:
        works.append(actions.save_person(who, before if isinstance(before, Person) else None))
    if isinstance(who, Organisation) and who != before:
        known = before if isinstance(before, Organisation) else None
        works.append(actions.save_organisation(who, known))
    role = PartyRole(values["role"] or stored.role)
    party = replace(
        stored,
        role=role,
        person_id=who.id if isinstance(who, Person) else None,
        organisation_id=who.id if isinstance(who, Organisation) else None,
        side=values["side"] or stored.side,
        group=values["group"],
        capacity=Capacity(values["capacity"]) if values["capacity"] else None,
        capacity_reason=values["capacity_reason"],
        representations=values["representations"],
    )
    if party != stored or not works:
        works.append(actions.save_party(party, stored))
    return works


def _stand_in_works(form: PartyForm) -> list[Work[Any]]:
    return [actions.save_person(person, before) for person, before in form.stand_ins.people()]
