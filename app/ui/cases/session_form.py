"""The form of one mediation session: where, when, who, and the record in its seven steps.

Phrases are offered and never written by themselves: what stands in a record somebody has chosen,
asked for or typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.domain.ids import RecordId
from app.domain.sessions import (
    Attendance,
    Participant,
    ParticipantKind,
    Session,
    SessionOutcome,
    SessionStep,
    StepText,
    step_text,
)
from app.ui.cases.labels import enum_choices, mediator_choices, named
from app.ui.cases.rows import RowsField
from app.ui.cases.ticks import several_field
from app.ui.runtime.marks import override
from app.ui.runtime.texts import PARTICIPANT_NAMES, SESSION_OUTCOME_NAMES
from app.ui.widgets.fields import (
    Choice,
    ChoiceField,
    DateField,
    Field,
    LineField,
    TextField,
    TimeField,
)
from app.ui.widgets.forms import Form

if TYPE_CHECKING:
    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

PLAIN = ("held_on", "begun_at", "ended_at", "place", "recorder", "outcome_text", "next_on")
BY = "|"  # between a party and the person through whom it was there


class SessionForm(Form):
    """One session."""

    def __init__(self, desk: Desk, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

        def name(field: str) -> str:
            return named(desk, "session", field)

        self.add_group(self.tr("时间、地点、人"))
        self.add("held_on", DateField(name("held_on")))
        self.add("begun_at", TimeField(name("begun_at")))
        self.add("ended_at", TimeField(name("ended_at")))
        self.add("place", LineField(name("place"), hint=self.tr("例如：村委会调解室")))
        self.add("mediator_ids", several_field(name("mediator_ids"), mediator_choices(view)))
        self.add("recorder", LineField(name("recorder")))
        self.add("attendance", several_field(name("attendance"), self._seats(view)))
        self.add("participants", self._participants(name("participants")))
        self.add_group(self.tr("调解记录"))
        self._add_usual()
        for number, step in enumerate(SessionStep, 1):
            self._add_step(number, step)
        self.add_group(self.tr("结果"))
        outcomes = enum_choices(desk, SESSION_OUTCOME_NAMES)
        outcome = ChoiceField(name("outcome"), outcomes)
        self.add("outcome", outcome)
        self.add("outcome_text", TextField(name("outcome_text")))
        self.next_on = DateField(self.tr("下次调解日期"))
        self.add("next_on", self.next_on)
        outcome.edited.connect(lambda: self._suit(outcome.value()))

    @override
    def set_values(self, values: Mapping[str, Any]) -> None:
        super().set_values(values)
        self._suit(values.get("outcome", ""))

    def _suit(self, outcome: str) -> None:
        self.next_on.setVisible(outcome == SessionOutcome.ADJOURNED)

    def _seats(self, view: CaseView) -> list[Choice]:
        """Each party, and each who may sit there for it."""
        seats, people = [], view.file.people
        for party in view.file.living_parties:
            name = view.file.name_of(party)
            seats.append(Choice(party.id, name))
            for one in party.representations:
                who = people[one.person_id].name if one.person_id in people else ""
                text = self.tr("{name}（由 {who} 到场）").format(name=name, who=who)
                seats.append(Choice(f"{party.id}{BY}{one.person_id}", text))
        return seats

    def _participants(self, label: str) -> RowsField:
        kinds = enum_choices(self._desk, PARTICIPANT_NAMES)

        def fields_of_row() -> Mapping[str, Field]:
            return {
                "name": LineField(self.tr("姓名")),
                "relation": LineField(self.tr("什么人"), hint=self.tr("例如：村老支书")),
                "kind": ChoiceField(self.tr("身份"), kinds),
            }

        return RowsField(label, fields_of_row, self.tr("加一位"))

    def _add_step(self, number: int, step: SessionStep) -> None:
        known = self._guide().get(step.value, {})
        english = self._desk.language.startswith("en")
        title = str(
            known.get("en" if english else "zh") or named(self._desk, "session", f"steps.{step}")
        )
        hint = str(known.get("hint_en" if english else "hint_zh", ""))
        field = TextField(f"{number}. {title}", hint=hint)
        phrases = known.get("phrases", ())
        if isinstance(phrases, (list, tuple)) and phrases:
            # A field always has its column; the stubs know only a plain QLayout.
            field.layout().addWidget(self._phrases(field, phrases), 0, Qt.AlignmentFlag.AlignLeft)  # type: ignore[union-attr, call-arg]
        self.add(f"steps.{step.value}", field)

    def _add_usual(self) -> None:
        """One press for the steps that go the same way each time; each sentence stays open to
        change, and nothing that is written already is touched.
        """
        usual = QPushButton(self.tr("照常的几步，填上通常的话"))
        usual.setObjectName("usual-words")
        usual.setToolTip(self.tr("只填还空着的：告知、方式、后果、宣读。不是这样的，自己改。"))
        usual.clicked.connect(self._fill_usual)
        self.column.addWidget(usual, 0, Qt.AlignmentFlag.AlignLeft)

    def _fill_usual(self) -> None:
        guide = self._guide()
        for step in SessionStep:
            field = self.fields[f"steps.{step.value}"]
            phrases = guide.get(step.value, {}).get("phrases", ())
            ready = "\n".join(str(one["zh"]) for one in phrases if one.get("usual"))
            if ready and not field.value():
                field.set_value(ready)
        self.changed.emit()
        empty = (f"steps.{step.value}" for step in SessionStep)
        self.focus_field(next((one for one in empty if not self.fields[one].value()), "outcome"))

    def _phrases(self, field: TextField, phrases: Any) -> QPushButton:
        """Ready questions and sentences.

        The chosen one is put where the cursor stands, in Chinese as it will print.
        """
        english = self._desk.language.startswith("en")
        button = QPushButton(self.tr("常用话"))
        button.setObjectName("phrases")
        menu = QMenu(button)
        for one in phrases:
            text = str(one["zh"])
            action = menu.addAction(str(one["en"]) if english else text)
            action.triggered.connect(lambda _=False, words=text: _put(field, words))
        button.setMenu(menu)
        return button

    def _guide(self) -> dict[str, dict[str, Any]]:
        pack = self._desk.practice.texts.get("session_steps")
        steps = pack.get("steps", ()) if isinstance(pack, dict) else ()
        return {str(one["id"]): one for one in steps}


def _put(field: TextField, words: str) -> None:
    cursor = field.text.textCursor()
    lead = "" if cursor.atBlockStart() else "\n"
    cursor.insertText(lead + words)
    field.text.setTextCursor(cursor)
    field.text.setFocus()


def session_values(session: Session) -> Values:
    """What the form opens with."""
    values: Values = {name: getattr(session, name) for name in PLAIN}
    values |= {f"steps.{step.value}": step_text(session, step) for step in SessionStep}
    there = [one for one in session.attendance if one.present]
    values["attendance"] = tuple(
        f"{one.party_id}{BY}{one.through}" if one.through else str(one.party_id) for one in there
    )
    values["mediator_ids"] = session.mediator_ids
    values["participants"] = tuple(
        {"name": one.name, "relation": one.relation, "kind": one.kind.value}
        for one in session.participants
    )
    values["outcome"] = session.outcome.value if session.outcome else ""
    return values


def session_from(values: Values, session: Session, party_ids: tuple[RecordId, ...]) -> Session:
    """The session as the form says it.

    `party_ids` are all parties, so that absence is written down too.
    """
    seats: dict[str, str] = {}
    for seat in values["attendance"]:
        party, _, through = str(seat).partition(BY)
        seats[party] = through or seats.get(party, "")
    attendance = tuple(
        Attendance(
            party_id=one,
            present=one in seats,
            through=RecordId(seats[one]) if seats.get(one) else None,
        )
        for one in party_ids
    )
    steps = tuple(
        StepText(step=step, text=values[f"steps.{step.value}"])
        for step in SessionStep
        if values[f"steps.{step.value}"]
    )
    participants = tuple(
        Participant(
            name=one["name"],
            relation=one["relation"],
            kind=ParticipantKind(one["kind"] or ParticipantKind.INVITED),
        )
        for one in values["participants"]
    )
    outcome = SessionOutcome(values["outcome"]) if values["outcome"] else None
    plain = {name: values[name] for name in PLAIN}
    if outcome is not SessionOutcome.ADJOURNED:
        plain["next_on"] = None
    return replace(
        session,
        **plain,
        mediator_ids=tuple(values["mediator_ids"]),
        attendance=attendance,
        steps=steps,
        participants=participants,
        outcome=outcome,
    )
