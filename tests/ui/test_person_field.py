"""The field for a person: known ones are found by name or pinyin and reused, new ones are written
in place.
"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.acts import Act
from app.domain.identity import citizen_check_character
from app.domain.ids import new_id
from app.domain.people import Organisation, Person
from app.domain.problems import Problem, ProblemCode
from app.ui.runtime.desk import Desk
from app.ui.widgets.person import PersonField
from app.ui.widgets.person_forms import PersonForm
from tests.fakes import MemoryStore
from tests.ui.desks import type_text

KNOWN = Person(id=new_id(), name="王建国", sex="1", phone="13800001234", address="六十亩村三组")


def card_number(birth: str = "19750315", order: str = "002") -> str:
    first = f"450327{birth}{order}"
    return first + citizen_check_character(first)


@pytest.fixture
def field(qtbot: QtBot, desk: Desk, memory: MemoryStore) -> PersonField:
    with memory.unit() as unit:
        unit.records.put(KNOWN)
        unit.commit(Act.PERSON_SAVED)
    field = PersonField(desk, "申请人")
    field._timer.setInterval(0)
    qtbot.addWidget(field)
    field.show()
    return field


def asked_for(qtbot: QtBot, field: PersonField, text: str) -> None:
    field.line.setFocus()
    type_text(field.line, text)
    qtbot.waitUntil(lambda: bool(field.offered()))


def test_somebody_known_is_offered_and_reused(qtbot: QtBot, field: PersonField) -> None:
    asked_for(qtbot, field, "王建")
    assert "王建国" in field.offered()[0]
    assert "138****1234" in "".join(field.offered())
    with qtbot.waitSignal(field.chosen):
        field.pick(0)
    assert field.value() == KNOWN
    assert field.based_on() == KNOWN
    assert field.line.isReadOnly()


def test_what_is_corrected_here_keeps_the_persons_identity(
    qtbot: QtBot, field: PersonField
) -> None:
    asked_for(qtbot, field, "王建")
    field.pick(0)
    field.details.click()
    assert field.form is not None
    field.form.set_values({"phone": "13900001234"})
    value = field.value()
    assert isinstance(value, Person)
    assert (value.id, value.phone, value.address) == (KNOWN.id, "13900001234", KNOWN.address)
    assert field.based_on() == KNOWN


def test_somebody_new_is_written_in_place(qtbot: QtBot, field: PersonField) -> None:
    asked_for(qtbot, field, "阿卜杜拉·买买提")
    field.pick(len(field.offered()) - 2)
    value = field.value()
    assert isinstance(value, Person)
    assert value.name == "阿卜杜拉·买买提"
    assert field.based_on() is None
    again = field.value()
    assert again is not None
    assert again.id == value.id  # the same new person, however often it is asked


def test_a_new_organisation(qtbot: QtBot, field: PersonField) -> None:
    asked_for(qtbot, field, "六十亩合作社")
    field.pick(len(field.offered()) - 1)
    assert isinstance(field.value(), Organisation)


def test_a_name_that_is_left_names_somebody_new(qtbot: QtBot, field: PersonField) -> None:
    type_text(field.line, "李秀英")
    field._timer.stop()
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    value = field.value()
    assert value is not None
    assert value.name == "李秀英"
    assert field.problem() is None


def test_the_card_fills_what_it_tells(qtbot: QtBot, field: PersonField) -> None:
    del qtbot
    field.line.setText("李秀英")
    field.begin_new()
    form = field.form
    assert isinstance(form, PersonForm)
    form.fields["id_no"].set_value(card_number().lower())
    form.fields["id_no"].left.emit()
    person = field.value()
    assert isinstance(person, Person)
    assert (person.birth_date, person.sex) == (date(1975, 3, 15), "2")
    assert form.fields["birth_date"].value() == date(1975, 3, 15)
    assert form.fields["id_reason"].isHidden()


def test_an_irregular_card_is_warned_of_and_never_forbidden(
    qtbot: QtBot, field: PersonField
) -> None:
    del qtbot
    field.line.setText("李秀英")
    field.begin_new()
    assert field.form is not None
    field.form.fields["id_no"].set_value("45032719750315002" + "0")
    field.form.fields["id_no"].left.emit()
    assert field.form.fields["id_no"].problem_text()
    assert not field.form.fields["id_reason"].isHidden()
    value = field.value()
    assert isinstance(value, Person)
    assert value.id_no


def test_a_draft_brings_back_everything(qtbot: QtBot, field: PersonField, desk: Desk) -> None:
    field.line.setText("李秀英")
    field.begin_new()
    assert field.form is not None
    field.form.set_values({"address": "村东头", "phone": "0771-1234567"})
    before = field.value()
    other = PersonField(desk, "申请人")
    qtbot.addWidget(other)
    other.restore(field.draft())
    assert other.value() == before
    field.set_value(KNOWN)
    other.restore(field.draft())
    assert other.value() == KNOWN


def test_problems_find_their_place_in_the_person(qtbot: QtBot, field: PersonField) -> None:
    del qtbot
    field.set_value(KNOWN)
    left = field.show_problems(
        [Problem(ProblemCode.NOT_A_PHONE, "phone"), Problem(ProblemCode.GUARDIAN_NEEDED)]
    )
    assert [one.code for one in left] == [ProblemCode.GUARDIAN_NEEDED]
    assert field.form is not None
    assert field.form.fields["phone"].problem_text()


def test_another_person_can_be_named(qtbot: QtBot, field: PersonField) -> None:
    field.set_value(KNOWN)
    with qtbot.waitSignal(field.edited):
        field.other.click()
    assert field.value() is None
    assert not field.line.isReadOnly()
