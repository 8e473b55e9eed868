"""Forms: problems at their fields, drafts kept within two seconds and offered again."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem, ProblemCode, Refused
from app.services.drafts import find_draft, keep_draft
from app.ui.runtime.desk import Desk
from app.ui.widgets.fields import DateField, LineField, TextField
from app.ui.widgets.forms import KEEP_AFTER_MS, DraftKeeper, Form, PlacesNote
from app.ui.widgets.frame import ScrollColumn, Section, words
from app.ui.widgets.tab_order import chain_before
from tests.fakes import MemoryStore
from tests.ui.desks import type_text


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form()
    qtbot.addWidget(form)
    form.add_group("什么事")
    form.add("matter", LineField("为什么事"))
    form.add("clauses", TextField("协议内容"))
    form.add_row([("held_on", DateField("日期")), ("place", LineField("地点"))])
    form.show()
    return form


def kept(memory: MemoryStore, key: str) -> str | None:
    with memory.unit() as unit:
        draft = find_draft(unit, key)
    return draft.body if draft else None


def test_values_by_name(form: Form) -> None:
    form.set_values({"matter": "屋檐滴水", "held_on": date(2026, 3, 15), "unknown": 1})
    values = form.values()
    assert (values["matter"], values["held_on"]) == ("屋檐滴水", date(2026, 3, 15))


def test_problems_go_to_their_fields_and_the_rest_comes_back(form: Form) -> None:
    problems = (
        Problem(ProblemCode.EMPTY, "matter"),
        Problem(ProblemCode.PAYER_IS_PAYEE, "clauses.0.payment.payee_id"),
        Problem(ProblemCode.CASE_CLOSED),
    )
    elsewhere = form.show_problems(Refused(*problems))
    assert [one.code for one in elsewhere] == [ProblemCode.CASE_CLOSED]
    assert form.fields["matter"].problem_text()
    assert form.fields["clauses"].problem_text()
    assert form.focusWidget() is form.fields["matter"].focusProxy()
    form.show_problems([])
    assert form.fields["matter"].problem_text() == ""


def test_what_cannot_be_read_is_never_taken_for_nothing(form: Form, qtbot: QtBot) -> None:
    line = form.fields["held_on"].focusProxy()
    assert line is not None
    type_text(line, "上周")
    assert form.values()["held_on"] is None
    assert [(one.code, one.field) for one in form.problems()] == [
        (ProblemCode.NOT_A_DATE, "held_on")
    ]
    assert not form.check()


def test_a_draft_is_kept_within_two_seconds(
    form: Form, desk: Desk, memory: MemoryStore, qtbot: QtBot
) -> None:
    assert KEEP_AFTER_MS < 2000
    keeper = DraftKeeper(desk, form, "case:new")
    keeper._timer.setInterval(1)
    keeper.start()
    line = form.fields["matter"].focusProxy()
    assert line is not None
    type_text(line, "屋")
    qtbot.waitUntil(lambda: kept(memory, "case:new") is not None)
    assert json.loads(kept(memory, "case:new") or "")["matter"] == "屋"


def test_typing_without_pause_does_not_put_the_keeping_off(
    form: Form, desk: Desk, qtbot: QtBot
) -> None:
    keeper = DraftKeeper(desk, form, "case:new")
    keeper.start()
    line = form.fields["matter"].focusProxy()
    assert line is not None
    type_text(line, "甲")
    before = keeper._timer.remainingTime()
    qtbot.wait(20)
    type_text(line, "乙")
    assert keeper._timer.remainingTime() < before
    keeper.drop()


def test_an_unsaved_draft_is_offered_and_taken_up(
    form: Form, desk: Desk, memory: MemoryStore, qtbot: QtBot
) -> None:
    body = {"matter": "写到一半", "clauses": "", "held_on": "上周", "place": ""}
    with memory.unit() as unit:
        keep_draft(unit, "case:new", json.dumps(body))
    keeper = DraftKeeper(desk, form, "case:new")
    keeper.start()
    offer = form.findChildren(QPushButton)
    assert [button.text() for button in offer] == ["接着写", "不要了"]
    with qtbot.waitSignal(keeper.restored):
        offer[0].click()
    assert form.values()["matter"] == "写到一半"
    assert form.fields["held_on"].draft() == "上周"  # even what could not be read
    keeper.drop()
    assert kept(memory, "case:new") is None


def test_a_draft_that_nobody_wants_goes(form: Form, desk: Desk, memory: MemoryStore) -> None:
    with memory.unit() as unit:
        keep_draft(unit, "k", json.dumps({"matter": "旧的"}))
    DraftKeeper(desk, form, "k").start()
    form.findChildren(QPushButton)[1].click()
    assert kept(memory, "k") is None
    assert form.values()["matter"] == ""


def test_closing_keeps_what_the_timer_held_back(
    form: Form, desk: Desk, memory: MemoryStore, qtbot: QtBot
) -> None:
    keeper = DraftKeeper(desk, form, "k")
    keeper.start()
    line = form.fields["place"].focusProxy()
    assert line is not None
    type_text(line, "村部")
    keeper.flush()
    assert json.loads(kept(memory, "k") or "")["place"] == "村部"
    keeper.drop()


def test_a_draft_of_another_version_harms_nobody(
    form: Form, desk: Desk, memory: MemoryStore
) -> None:
    with memory.unit() as unit:
        keep_draft(unit, "k", "not json")
    DraftKeeper(desk, form, "k").start()
    form.findChildren(QPushButton)[0].click()
    assert form.values()["matter"] == ""


def test_fields_keep_their_height_where_a_section_is_narrower_than_the_page(qtbot: QtBot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    form = Form()
    for number in range(6):
        form.add(str(number), LineField("字段"))
    long = [words("很长的一句话，要折成好几行才放得下。" * 8) for _ in range(4)]
    for inside in (form, *long):  # Qt takes what is lacking from the highest: the form
        section = Section("")
        section.setMaximumWidth(260)
        section.add(inside)
        column.addWidget(section)
    area = ScrollColumn(content)
    qtbot.addWidget(area)
    area.resize(1200, 200)
    area.show()
    assert form.height() >= form.minimumSizeHint().height()
    for one in long:
        assert one.height() >= one.heightForWidth(one.width())


def test_what_is_refused_is_brought_into_sight_and_counted(qtbot: QtBot) -> None:
    form = Form()
    fields = [form.add(str(number), LineField("字段")) for number in range(30)]
    note = PlacesNote(form)
    area = ScrollColumn(form)
    qtbot.addWidget(area)
    qtbot.addWidget(note)
    area.resize(500, 300)
    area.show()
    form.show_problems([Problem(ProblemCode.EMPTY, "25"), Problem(ProblemCode.EMPTY, "20")])

    def seen() -> bool:
        top = fields[20].mapTo(area.viewport(), fields[20].rect().topLeft()).y()
        return 0 <= top < area.viewport().height() - fields[20].height()

    qtbot.waitUntil(seen)
    assert area.focusWidget() is fields[20].line
    assert "2" in note.text()
    type_text(fields[20].line, "写上了")
    assert "1" in note.text()
    type_text(fields[25].line, "写上了")
    assert note.text() == ""


def test_what_comes_later_stands_in_front_of_its_button_also_behind_words(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    first, said, button = LineField("先"), QLabel("说明"), QPushButton("加一条")
    for one in (first, said, button):
        column.addWidget(one)
    cards = [LineField("一"), LineField("二")]
    for card in cards:
        column.addWidget(card)
        chain_before(button, card)
    holder.show()
    first.line.setFocus()
    for expected in (cards[0].line, cards[1].line, button):
        holder.focusNextChild()
        assert holder.focusWidget() is expected
