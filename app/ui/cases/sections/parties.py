"""The parties.

Who they are, on which side, who acts for them. A long list opens short and is built when it is
asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.parties import Party, PartyRole, party_capacity
from app.domain.people import Capacity, Person, person_age
from app.domain.text import mask_id, mask_phone
from app.ui.cases import actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import label, sex_name
from app.ui.cases.next_step import lacks_role
from app.ui.cases.party_form import (
    PartyForm,
    add_works,
    new_party_values,
    party_values,
    save_works,
)
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.cases.voiding import VoidForm
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import CAPACITY_NAMES, PARTY_ROLE_NAMES, STAND_IN_NAMES, name_of
from app.ui.widgets.frame import Chip, button, empty, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.cases.actions import Work

SHOWN = 10


class PartiesSection(CaseSection):
    """All parties."""

    key = "parties"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("当事人"), parent)
        self._all = False
        self._empty = words(self.tr("先把双方都登记上。认识的人打名字或拼音首字母就出来。"))
        self.content_layout.addWidget(self._empty)
        self._cards_holder, self._cards = self.column()
        self._more = button("", self._show_all, quiet=True)
        self.content_layout.addWidget(self._more)
        self._add = self.verb(self.tr("添加当事人"), "add-party")
        self._add.clicked.connect(self.begin)

    @override
    def show_case(self, view: CaseView) -> None:
        if self.view is None or self.view.case_id != view.case_id:
            self._all = False
        super().show_case(view)
        empty(self._cards)
        parties = view.file.parties if self._all else view.file.living_parties[:SHOWN]
        for party in parties:
            self._cards.addWidget(self._card(view, party))
        hidden = len(view.file.parties) - len(parties)
        self._more.setText(self.tr("显示全部 {count} 位").format(count=len(view.file.parties)))
        self._more.setProperty("needed", hidden > 0)
        self.show_reading(self.editor is None)
        if self.editor is None and not view.read_only:
            if f"party:new:{view.case_id}" in view.drafts:
                self.begin()
            else:
                kept = [one for one in view.file.parties if f"party:{one.id}" in view.drafts]
                if kept:
                    self.edit(kept[0])

    @override
    def begin(self) -> None:
        """A new party: whoever is still lacking comes first."""
        if not self.may_begin():
            return
        view = self.view
        assert view is not None
        lacking = [one for one in PartyRole if lacks_role(view.file, one)]
        role = lacking[0] if lacking and lacking[0] is not PartyRole.THIRD else PartyRole.RESPONDENT
        form = PartyForm(self.desk, None)

        def work_of(values: Values) -> Sequence[Work[Any]]:
            return add_works(form, view.case_id, values)

        key, verb = f"party:new:{view.case_id}", self.tr("添加")
        editor = Editor(self.desk, form, key, work_of, verb=verb)
        self.open_editor(editor)
        editor.open_with(new_party_values(role))
        form.person.setFocus()

    def edit(self, party: Party) -> None:
        if not self.may_begin():
            return
        assert self.view is not None
        form = PartyForm(self.desk, party)

        def work_of(values: Values) -> Sequence[Work[Any]]:
            return save_works(form, party, values)

        editor = Editor(self.desk, form, f"party:{party.id}", work_of)
        self.open_editor(editor)
        editor.open_with(party_values(self.view, party))

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        view = self.view
        wanted = None
        if view is not None:
            wanted = next(
                (
                    one
                    for one in view.file.living_parties
                    if owner_id and owner_id in (one.id, one.person_id, one.organisation_id)
                ),
                None,
            )
        if wanted is not None:
            self.edit(wanted)
            self.focus_editor(field)
        elif field == "parties":
            self.begin()

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        some = view is not None and bool(view.file.parties)
        self._cards_holder.setVisible(shown and some)
        self._empty.setVisible(shown and not some)
        self._more.setVisible(shown and bool(self._more.property("needed")))
        self._add.setVisible(shown and view is not None and not view.read_only)

    def _card(self, view: CaseView, party: Party) -> QWidget:
        card = QFrame()
        card.setObjectName("recordCard")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Chip(name_of(PARTY_ROLE_NAMES, party.role, self.desk.language)))
        head.addWidget(words(view.file.name_of(party) or "—", "strong"), 1)
        if not view.read_only and not party.void_reason:
            head.addWidget(button(self.tr("修改"), lambda: self.edit(party), quiet=True))
            head.addWidget(button(self.tr("作废"), lambda: self._void(party), quiet=True))
        column.addLayout(head)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for text in self._lines(view, party):
            grid.addWidget(words(text, "muted"), grid.rowCount(), 0)
        column.addLayout(grid)
        return card

    def _lines(self, view: CaseView, party: Party) -> list[str]:
        if party.void_reason:
            return [self.tr("已作废：{reason}").format(reason=party.void_reason)]
        person = view.file.people.get(party.person_id) if party.person_id else None
        lines = [self._about(view, person)] if person else [self._unit(view, party)]
        capacity = party_capacity(party, view.file.people, view.today)
        if capacity is not Capacity.FULL:
            name = name_of(CAPACITY_NAMES, capacity, self.desk.language)
            lines.append(self.tr("{capacity}，要由监护人签字").format(capacity=name))
        for one in party.representations:
            who = view.file.people.get(one.person_id)
            kind = name_of(STAND_IN_NAMES, one.kind, self.desk.language)
            relation = f"（{one.relation or one.post}）" if one.relation or one.post else ""
            name = f"{who.name if who else '—'}{relation}"
            lines.append(self.tr("{kind}：{name}").format(kind=kind, name=name))
        return [one for one in lines if one]

    def _about(self, view: CaseView, person: Person) -> str:
        age = person_age(person, view.today)
        parts = [
            sex_name(self.desk, person.sex),
            label(self.desk, "ethnicity", person.ethnicity),
            self.tr("{age} 岁").format(age=age) if age is not None else "",
            person.occupation,
            person.address,
            mask_phone(person.phone) if person.phone else "",
            mask_id(person.id_no) if person.id_no else "",
        ]
        return " · ".join(one for one in parts if one) or self.tr("只知道名字，其他还没填")

    def _unit(self, view: CaseView, party: Party) -> str:
        units = view.file.organisations
        unit = units.get(party.organisation_id) if party.organisation_id else None
        if unit is None:
            return ""
        head = unit.legal_representative
        parts = [
            label(self.desk, "organisation_kind", unit.kind),
            self.tr("法定代表人 {name}").format(name=head) if head else "",
            unit.address,
            mask_phone(unit.phone) if unit.phone else "",
        ]
        return " · ".join(one for one in parts if one)

    def _void(self, party: Party) -> None:
        if not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            return actions.void_party(party.id, values["void_reason"])

        editor = Editor(
            self.desk, VoidForm(), f"void:{party.id}", work_of, verb=self.tr("作废这一位")
        )
        self.open_editor(editor)
        editor.open_with({"void_reason": ""})

    def _show_all(self) -> None:
        self._all = True
        if self.view is not None:
            self.show_case(self.view)
