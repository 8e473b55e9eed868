"""Who acts for a party: guardian, agent with powers item by item, elected or organisation's
representative.

The people are those of the village: found again by name, never typed twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.parties import Party, Representation, StandIn
from app.domain.people import Person
from app.domain.problems import Problem
from app.ui.cases.labels import enum_choices, named, table_choices
from app.ui.cases.proof_field import ProofField
from app.ui.cases.ticks import several_field
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import STAND_IN_NAMES
from app.ui.widgets.fields import ChoiceField, DateField, Field, LineField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import button
from app.ui.widgets.person import PersonField
from app.ui.widgets.tab_order import chain_before

PLAIN = ("relation", "post", "agent_kind", "proof", "proof_id", "given_on", "until")


class _StandInForm(Form):
    """One who acts for a party."""

    def __init__(self, desk: Desk, party: Party | None) -> None:
        super().__init__()

        def name(field: str) -> str:
            return named(desk, "party", field)

        kinds = enum_choices(desk, STAND_IN_NAMES)
        self.kind = self.add("kind", ChoiceField(self.tr("以什么身份"), kinds))
        self.person = self.add(
            "person", PersonField(desk, self.tr("是谁"), organisations=False, open_details=False)
        )
        self.add("relation", LineField(name("relation"), hint=self.tr("例如：父亲")))
        self.add("post", LineField(self.tr("职务")))
        agents = table_choices(desk, "agent_kind")
        self.add("agent_kind", ChoiceField(name("agent_kind"), agents))
        self.add("powers", several_field(name("powers"), table_choices(desk, "agent_power")))
        self.add("given_on", DateField(self.tr("授权日期")))
        self.add("until", DateField(self.tr("授权到哪一天")))
        hint = self.tr("例如：户口簿、授权委托书")
        self.add("proof", LineField(name("proof"), hint=hint))
        self.add("proof_id", ProofField(desk, self.tr("证明材料的照片"), party))
        self.fields["proof_id"].setVisible(party is not None)
        self.kind.edited.connect(self.suit)
        self.suit()

    def suit(self) -> None:
        """Only what this kind of stand-in needs."""
        agent = self.kind.value() == StandIn.AGENT
        for name in ("agent_kind", "powers", "given_on", "until"):
            self.fields[name].setVisible(agent)
        unit = self.kind.value() == StandIn.ORGANISATION_REPRESENTATIVE
        self.fields["post"].setVisible(unit)
        self.fields["relation"].setVisible(not unit)

    def stand_in(self) -> Representation | None:
        values, person = self.values(), self.person.value()
        if not isinstance(person, Person):
            return None
        plain = {name: values[name] for name in PLAIN}
        kind = StandIn(values["kind"] or StandIn.GUARDIAN)
        return Representation(
            person_id=person.id, kind=kind, powers=tuple(values["powers"]), **plain
        )


class _Card(QFrame):
    """One stand-in with a way to take it off.

    Signals:
        unwanted(): take it away.
    """

    unwanted = Signal()

    def __init__(self, desk: Desk, party: Party | None) -> None:
        super().__init__()
        self.setObjectName("recordCard")
        self.form = _StandInForm(desk, party)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        head = QHBoxLayout()
        head.addStretch(1)
        head.addWidget(button(self.tr("去掉"), self.unwanted.emit, quiet=True))
        column.addLayout(head)
        column.addWidget(self.form)


class StandInsField(Field):
    """All who act for one party.

    `value()` is a tuple of representations; `people()` the persons behind them. Only for a `party`
    that is stored already can their proofs be photographed.
    """

    def __init__(
        self, desk: Desk, label: str, party: Party | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, parent=parent)
        self._desk, self._party = desk, party
        self.cards: list[_Card] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._column.addLayout(self._list)
        self.add_button = button(self.tr("加一位监护人或代理人"), self._add_by_hand)
        self.add_button.setObjectName("add-stand-in")
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._editor = self.add_button
        self.setFocusProxy(self.add_button)

    @override
    def value(self) -> tuple[Representation, ...]:
        found = (card.form.stand_in() for card in self.cards)
        return tuple(one for one in found if one is not None)

    def people(self) -> list[tuple[Person, Person | None]]:
        """Each person as it stands in the form, and what it was before.

        Unchanged ones are left out.
        """
        found = []
        for card in self.cards:
            person, before = card.form.person.value(), card.form.person.based_on()
            if isinstance(person, Person) and person != before:
                found.append((person, before if isinstance(before, Person) else None))
        return found

    @override
    def set_value(self, value: Sequence[tuple[Representation, Person | None]] | None) -> None:
        """Representations, each with its person."""
        self._clear()
        for one, person in value or ():
            form = self._add().form
            plain = {name: getattr(one, name) for name in PLAIN}
            form.set_values(plain | {"kind": one.kind.value, "powers": one.powers})
            form.person.set_value(person)
            form.suit()
        self.clear_problem()

    @override
    def draft(self) -> Any:
        return [card.form.draft() for card in self.cards]

    @override
    def restore(self, draft: Any) -> None:
        self._clear()
        for one in draft or ():
            form = self._add().form
            form.restore(one)
            form.suit()

    @override
    def problem(self) -> Problem | None:
        found = (one for card in self.cards for one in card.form.problems())
        return next(found, None)

    def _add(self) -> _Card:
        card = _Card(self._desk, self._party)
        card.form.changed.connect(self._changed_by_hand)
        card.unwanted.connect(self._take_away)
        self.cards.append(card)
        self._list.addWidget(card)
        chain_before(self.add_button, card)
        return card

    def _add_by_hand(self) -> None:
        card = self._add()
        card.form.set_values({"kind": StandIn.GUARDIAN.value})
        card.form.suit()
        card.form.person.setFocus()
        self._changed_by_hand()

    def _take_away(self) -> None:
        card = self.sender()
        if isinstance(card, _Card) and card in self.cards:
            self._drop(card)
            self._changed_by_hand()

    def _drop(self, card: _Card) -> None:
        self.cards.remove(card)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _clear(self) -> None:
        for card in list(self.cards):
            self._drop(card)
