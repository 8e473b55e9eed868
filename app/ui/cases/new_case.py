"""Registering a dispute in a minute.

Who, against whom, about what. Everything else can follow on the case page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.cases import Case
from app.domain.parties import PartyRole
from app.domain.people import Organisation, Person
from app.domain.problems import Problem, Refused
from app.ui.cases import actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import named, table_choices
from app.ui.cases.one_form_page import OneFormPage
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.fields import CodeField, DateField, LineField, TextField
from app.ui.widgets.forms import Form
from app.ui.widgets.person import PersonField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.cases.actions import Work

KEY = "case:new"
PLAIN = ("matter", "dispute_type", "occurred_on", "occurred_place", "facts", "reported_on")
ROLES = {"applicant": PartyRole.APPLICANT, "respondent": PartyRole.RESPONDENT}


class NewCaseForm(Form):
    """The first word about a dispute."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "case", field)

        hint = self.tr("姓名或单位，认识的打拼音首字母就出来")
        self.add(
            "applicant",
            PersonField(desk, self.tr("谁来反映的（申请人）"), hint=hint, open_details=False),
        )
        self.add(
            "respondent",
            PersonField(desk, self.tr("和谁（被申请人）"), hint=hint, open_details=False),
        )
        self.add("matter", LineField(name("matter"), hint=self.tr("例如：地界、排水、赔偿")))
        self.add(
            "dispute_type", CodeField(name("dispute_type"), table_choices(desk, "dispute_type"))
        )
        hint = self.tr("听到什么写什么，后面可以补")
        self.add("facts", TextField(name("facts"), hint=hint))
        self.add("requests", TextField(name("requests"), hint=self.tr("一行写一条请求"), lines=2))
        self.add("occurred_on", DateField(name("occurred_on")))
        self.add("occurred_place", LineField(name("occurred_place")))
        self.add("reported_on", DateField(name("reported_on")))

    @override
    def show_problems(self, problems: Refused | Sequence[Problem]) -> list[Problem]:
        """Problems of the first and second party go to their fields, in the order in which they
        were given.
        """
        given = problems.problems if isinstance(problems, Refused) else problems
        named_ones = [name for name in ROLES if self.fields[name].value() is not None]
        moved = []
        for one in given:
            parts = one.field.split(".")
            if parts[0] == "parties" and len(parts) > 1 and parts[1].isdigit():
                place = int(parts[1])
                name = named_ones[place] if place < len(named_ones) else "applicant"
                one = Problem(one.code, name, one.facts)
            moved.append(one)
        return super().show_problems(moved)


class NewCasePage(OneFormPage):
    """The page for a new dispute."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        said = self.tr("知道多少写多少，一分钟登记完。缺的后面补，页边会提醒。")
        super().__init__(desk, self.tr("登记新纠纷"), said, parent)

    def begin(self) -> None:
        """A blank case of the own committee."""
        if not self.resume():
            self._desk.jobs.run(self, actions.blank_case(), self._open)

    def _open(self, blank: Case) -> None:
        if self.editor is not None:
            return

        def work_of(values: Values) -> Work[Any]:
            return _register(blank, values)

        form, verb = NewCaseForm(self._desk), self.tr("登记")
        editor = Editor(self._desk, form, KEY, work_of, verb=verb)
        self.show_editor(editor)
        editor.saved.connect(self._saved)
        editor.open_with({"reported_on": blank.reported_on})
        form.focus_first()

    def _saved(self, case: Case) -> None:
        self.finish(case.id)


def _register(blank: Case, values: Values) -> Work[Any]:
    from app.services.newcomers import NewParty

    parties = []
    for name, role in ROLES.items():
        who = values[name]
        if isinstance(who, Person):
            parties.append(NewParty(role=role, person=who))
        elif isinstance(who, Organisation):
            parties.append(NewParty(role=role, organisation=who))
    requests = tuple(one.strip() for one in values["requests"].splitlines() if one.strip())
    case = replace(blank, **{name: values[name] for name in PLAIN}, requests=requests)
    return actions.register(case, parties)
