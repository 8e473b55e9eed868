"""The session's form.

What it opens with it gives back; absence is written down; phrases are offered, never made up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from app.domain.ids import RecordId
from app.domain.sessions import (
    Attendance,
    Participant,
    ParticipantKind,
    Session,
    SessionOutcome,
    SessionStep,
    StepText,
)
from app.ui.cases.session_form import BY, SessionForm, session_from, session_values
from app.ui.cases.workspace import Workspace
from app.ui.widgets.fields import TextField
from tests.fakes import MemoryStore
from tests.ui.cases.hands import opened, registered
from tests.ui.cases.village import person

A, B = RecordId("a"), RecordId("b")
SESSION = Session(
    id=RecordId("s"),
    case_id=RecordId("k"),
    ordinal=1,
    held_on=date(2026, 3, 15),
    begun_at=time(9, 0),
    place="村委会",
    mediator_ids=(RecordId("m"),),
    recorder="盘大姐",
    attendance=(Attendance(party_id=A), Attendance(party_id=B, present=False)),
    participants=(Participant(name="老支书", kind=ParticipantKind.INVITED, relation="乡亲"),),
    steps=(StepText(step=SessionStep.RESULT, text="愿意赔。"),),
    outcome=SessionOutcome.ADJOURNED,
    next_on=date(2026, 3, 20),
)


def test_what_it_opens_with_it_gives_back() -> None:
    assert session_from(session_values(SESSION), SESSION, (A, B)) == SESSION


def test_who_came_for_somebody_is_written_down() -> None:
    values = session_values(SESSION) | {"attendance": (f"{B}{BY}p",)}
    session = session_from(values, SESSION, (A, B))
    assert session.attendance == (
        Attendance(party_id=A, present=False),
        Attendance(party_id=B, present=True, through=RecordId("p")),
    )


def test_a_next_day_only_where_there_is_a_next_time() -> None:
    values = session_values(SESSION) | {"outcome": SessionOutcome.AGREED.value}
    assert session_from(values, SESSION, (A, B)).next_on is None


@pytest.fixture
def form(workspace: Workspace, memory: MemoryStore) -> SessionForm:
    case_id = registered(memory.unit, person(1, "唐某"), person(2, "文某"))
    opened(workspace, case_id)
    view = workspace.page().view
    assert view is not None
    made = SessionForm(workspace._desk, view)
    made.setParent(workspace)
    return made


def test_the_form_reads_back_what_it_shows(form: SessionForm) -> None:
    shown = replace(SESSION, attendance=(), mediator_ids=())
    form.set_values(session_values(shown))
    assert session_from(form.values(), shown, ()) == shown
    draft = form.draft()
    form.set_values(session_values(replace(shown, steps=(), participants=(), place="")))
    form.restore(draft)
    assert session_from(form.values(), shown, ()) == shown


def test_the_seven_steps_stand_in_order_with_what_to_write(form: SessionForm) -> None:
    names = [name for name in form.fields if name.startswith("steps.")]
    assert names == [f"steps.{step.value}" for step in SessionStep]
    field = form.fields["steps.accounts"]
    assert isinstance(field, TextField)
    assert field.label_text.startswith("3. ")
    assert field.hint
    assert field.value() == ""
