"""The fields of the oral-case card and how they become an `OralCard`.

Nothing is made up: the clause is said from what was entered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.agreements import Payment
from app.domain.clauses import payment_words
from app.domain.ids import RecordId
from app.domain.parties import PartyRole
from app.domain.people import Organisation, Person
from app.domain.problems import Problem, ProblemCode, Refused, refuse
from app.ui.cases.labels import law_name, named, table_choices
from app.ui.cases.quick_person import QuickPerson, payer_choices, whose
from app.ui.cases.ticks import several_field
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.fields import (
    AmountField,
    Choice,
    ChoiceField,
    CodeField,
    DateField,
    LineField,
    TextField,
    TickField,
)
from app.ui.widgets.forms import Form

if TYPE_CHECKING:
    from app.services.oral_card import OralCard
    from app.ui.cases.editor import Values

COLUMN_WIDTH = 900
PEOPLE = ("applicant", "respondent")
_PLACE_OF = {"parties": "applicant", "clauses": "clause", "manner": "at_once"}


class OralForm(Form):
    """One page: two people, what happened, what was agreed."""

    def __init__(
        self, desk: Desk, mediators: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._suggested = desk, ""
        self.setMaximumWidth(COLUMN_WIDTH)
        self.applicant = QuickPerson(desk, self.tr("申请人"))
        self.respondent = QuickPerson(desk, self.tr("被申请人"))
        self.add_row([("applicant", self.applicant), ("respondent", self.respondent)])
        self.add_group(self.tr("什么事"))
        hint = self.tr("例如：装修掉物砸坏屋瓦")
        matter = LineField(named(desk, "case", "matter"), hint=hint)
        types = table_choices(desk, "dispute_type")
        kind = CodeField(named(desk, "case", "dispute_type"), types)
        self.add_row([("matter", matter), ("dispute_type", kind)])
        hint = self.tr("几句话写清楚：什么时候、在哪里、怎么回事")
        self.add("facts", TextField(named(desk, "case", "facts"), hint=hint, lines=2))
        self.add("occurred_place", LineField(named(desk, "case", "occurred_place")))
        self.add_group(self.tr("怎么说定的"))
        self.fen = AmountField(self.tr("付多少钱（不付钱就空着）"))
        ways = payer_choices(self.tr("申请人"), self.tr("被申请人"))
        self.direction = ChoiceField(self.tr("谁付给谁"), ways)
        self.add_row([("fen", self.fen), ("direction", self.direction)])
        self.at_once = self.add("at_once", TickField(self.tr("当场就付清、办好了")))
        self.due_on = self.add("due_on", DateField(self.tr("哪一天之前")))
        hint = self.tr("说定了什么，一句话写清楚")
        self.clause = self.add("clause", TextField(self.tr("协议内容"), hint=hint, lines=2))
        self.add_group(self.tr("谁调的、在哪里、哪一天"))
        self.add("mediator_ids", several_field(named(desk, "case", "mediator_ids"), mediators))
        hint = self.tr("例如：村委会、当事人家里")
        place = LineField(named(desk, "session", "place"), hint=hint)
        self.add_row([("place", place), ("on", DateField(self.tr("哪一天说定的")))])
        law = law_name(desk.practice, "DECREE75-30", desk.language)
        told = self.tr("开谈之前，已经把权利义务告诉了双方")
        self.add("rights_told", TickField(f"{told}（{law}）" if law else told))
        self.changed.connect(self.suit)
        self.suit()

    @override
    def show_problems(self, problems: Refused | Sequence[Problem]) -> list[Problem]:
        """The card's own paths lead to its fields."""
        given = problems.problems if isinstance(problems, Refused) else problems
        own: list[Problem] = []
        of_people: dict[str, list[Problem]] = {}
        for one in given:
            parts = one.field.split(".")
            if parts[0] == "parties" and len(parts) > 1 and parts[1] in ("0", "1"):
                rest = ".".join(parts[3:])
                moved = Problem(one.code, rest, one.facts)
                of_people.setdefault(PEOPLE[int(parts[1])], []).append(moved)
            elif parts[0] == "clauses":
                at = {"payer": "direction", "payee": "direction", "payment": "fen"}
                name = at.get(parts[2] if len(parts) > 2 else "", "clause")
                own.append(Problem(one.code, name, one.facts))
            else:
                name = _PLACE_OF.get(parts[0], one.field)
                own.append(Problem(one.code, name, one.facts))
        elsewhere = super().show_problems(own)
        for name, found in of_people.items():
            field = self.fields[name]
            assert isinstance(field, QuickPerson)
            field.show_problems_of(found)
            if not own:
                field.setFocus()
        return elsewhere

    def suit(self) -> None:
        """Names in the choice of payer, the clause in words, and only what is still asked."""
        first = whose(self.applicant.name(), self.tr("申请人"))
        second = whose(self.respondent.name(), self.tr("被申请人"))
        ways = payer_choices(first, second)
        for made, way in zip(self.direction.buttons(), ways, strict=True):
            made.setText(way.label)
            made.setAccessibleName(f"{self.direction.label_text}：{way.label}")
        paying = self.fen.value() is not None
        self.direction.setVisible(paying)
        self.due_on.setVisible(not self.at_once.value())
        suggestion = self._words(first, second) if paying else ""
        if suggestion and self.clause.value() in ("", self._suggested):
            self.clause.set_value(suggestion)
        if suggestion:
            self._suggested = suggestion

    def _words(self, first: str, second: str) -> str:
        fen = self.fen.value()
        if not fen:
            return ""
        names, ends = (first, second), _ends(self.direction.value())
        payment = Payment(
            payer_id=RecordId(str(ends[0])),
            payee_id=RecordId(str(ends[1])),
            fen=fen,
            due_on=self.due_on.value(),
        )
        payer, payee = names[ends[0]], names[ends[1]]
        return payment_words(payment, payer, payee, {}, at_once=self.at_once.value())


def oral_card(values: Values, actor: str) -> OralCard:
    """The card as the form says it. Raises `Refused` when somebody is not named."""
    from app.services.newcomers import NewParty
    from app.services.oral_card import CardClause, OralCard

    parties = []
    roles = zip(PEOPLE, (PartyRole.APPLICANT, PartyRole.RESPONDENT), strict=True)
    for name, role in roles:
        who = values[name]
        if who is None:
            raise refuse(ProblemCode.EMPTY, name)
        person = who if isinstance(who, Person) else None
        unit = who if isinstance(who, Organisation) else None
        parties.append(NewParty(role=role, person=person, organisation=unit))
    if values["on"] is None:
        raise refuse(ProblemCode.EMPTY, "on")
    on, at_once = values["on"], values["at_once"]
    due_on = on if at_once else values["due_on"]
    ends: tuple[int | None, int | None] = (None, None)
    if values["fen"] is not None:
        ends = _ends(values["direction"])
    clause = CardClause(
        text=values["clause"], fen=values["fen"], payer=ends[0], payee=ends[1], due_on=due_on
    )
    plain: dict[str, Any] = {
        name: values[name]
        for name in ("facts", "place", "occurred_place", "matter", "dispute_type", "rights_told")
    }
    return OralCard(
        parties=tuple(parties),
        on=on,
        clauses=(clause,) if clause.text or clause.fen is not None else (),
        mediator_ids=tuple(values["mediator_ids"]),
        recorder=actor,
        manner_code="ON_THE_SPOT" if at_once else "ONCE" if due_on else "",
        performed_on=on if at_once else None,
        **plain,
    )


def _ends(direction: str) -> tuple[int, int]:
    payer, _, payee = (direction or "1-0").partition("-")
    return int(payer), int(payee)
