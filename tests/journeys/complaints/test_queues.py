"""Complaints about queues that stick: "sending" without an end, one bad record that blocks all, a
photograph that was taken offline, a program that stops trying.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from app.county.laptops import refused_entries
from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.ids import RecordId, new_id
from app.domain.problems import Problem, ProblemCode, Refused, refuse
from app.services.exchange import PATIENCE
from app.services.lines import Delivery, SyncStatus
from app.services.ports import OpenUnit
from app.ui.runtime.changes import Changes
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.language import said
from app.ui.shell.backstage import Backstage
from app.ui.shell.courier import FURTHEST, Courier
from app.ui.waiting.page import Workspace
from app.wire.exchange2 import EXCHANGE2_PATH, FILES_PATH
from tests.county.server import RunningCounty
from tests.county.village import Village
from tests.fakes import practice
from tests.journeys.complaints.conftest import Enrolled
from tests.journeys.complaints.contacts import (
    Line,
    add_photo,
    code_of,
    contact,
    delivery,
    gone_after,
    lose_files,
    put,
    reopen,
    says,
    status,
    waiting,
    waiting_files,
)
from tests.ui.desks import Heard, make_desk


class StuckHouse:
    """What the courier needs of the house. A contact comes back when `let_go` is set, and not
    before.
    """

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.contacts = 0

    def has_way_out(self) -> bool:
        return True

    def exchange(self, open_unit: OpenUnit, tell: object) -> None:
        del open_unit, tell
        self.contacts += 1
        self.let_go.wait(30)
        raise refuse(ProblemCode.ANSWER_CUT)


@pytest.fixture
def stuck(village: Village, qtbot: QtBot, chinese: None) -> Iterator[tuple[Courier, StuckHouse]]:
    del qtbot, chinese
    house, changes = StuckHouse(), Changes()
    jobs = Jobs(changes, Heard(), village.store.unit)
    courier = Courier(jobs, changes, cast(Backstage, house), now=village.clock.now)
    courier._silence.setInterval(50)
    yield courier, house
    courier.stop()
    house.let_go.set()
    jobs.stop()


def test_it_says_sending_for_ever(
    village: Village, stuck: tuple[Courier, StuckHouse], qtbot: QtBot
) -> None:
    # A register of births: reloading did not help, and logging in again did not either.
    courier, house = stuck
    case = village.new_case()
    told: list[str] = []
    courier.told.connect(told.append)
    courier.know(status(village))
    courier.send_now()
    assert courier.sending
    qtbot.waitUntil(lambda: not courier.sending)
    assert not courier.contact.sends(file=False)
    assert "没有上报" in told[-1] or "没有报完" in told[-1]
    assert delivery(village, case) is Delivery.WAITING
    # Only one contact at a time, and the next one is possible as soon as this one has come back.
    courier.send_now()
    assert told[-1] == said(Problem(ProblemCode.EXCHANGE_RUNNING))
    with qtbot.waitSignal(courier.finished):
        house.let_go.set()
    courier.send_now()
    assert house.contacts == 2 or courier.sending


def test_a_case_with_photographs_made_offline_is_stuck(
    county: RunningCounty, village: Village
) -> None:
    case = village.new_case()
    add_photo(village, case, b"\xff\xd8" + b"roof" * 40_000)
    with suppress(Refused):
        contact(village, Line(village.line, gone_after(1)))
    # The text is there, the photograph is on its way: nothing is wrong with either.
    assert delivery(village, case) is Delivery.RECEIVED
    assert (status(village).attention, status(village).waiting_files) == (0, 1)
    contact(village)
    assert delivery(village, case) is Delivery.COMPLETE
    assert [row.seq for row in county.held(village.id)] == list(
        range(1, len(county.held(village.id)) + 1)
    )


def test_it_tries_for_ever_to_get_a_file_that_the_county_does_not_have(
    village: Village, enrolled: Enrolled
) -> None:
    case = village.new_case()
    add_photo(village, case, b"\xff\xd8 never sent")
    with suppress(Refused):
        contact(village, Line(village.line, gone_after(1)))
    office = enrolled("office", supervisor=True)
    put(village, replace(case, facts="再说一句"), act=Act.CASE_SAVED, case_id=case.id)
    with suppress(Refused):
        contact(village, Line(village.line, gone_after(1)))
    for _ in range(2):
        line = Line(office.line)
        contact(office, line)
        assert line.paths.count(FILES_PATH) <= 1
        assert len(line.paths) <= 3
    assert status(office).trouble == ""


def test_it_tries_for_ever_to_send_a_file_that_is_gone(village: Village) -> None:
    case = village.new_case()
    add_photo(village, case, b"\xff\xd8 eaten by a disk", name="屋檐.jpg")
    lose_files(village)
    contact(village)
    [line] = waiting_files(village)
    assert (line.problem, line.name) == (ProblemCode.ATTACHMENT_MISSING.value, "屋檐.jpg")
    assert status(village).trouble == ""  # everything else went well
    again = Line(village.line)
    contact(village, again)
    assert again.pieces == 0
    assert len(again.paths) <= 2


def test_one_bad_record_blocks_every_other(county: RunningCounty, village: Village) -> None:
    # First it was deleted to free the queue, then people asked for it back.
    stranger = RecordId(county.committee("330108001009", "别村人民调解委员会"))
    bad = Case(id=new_id(), committee_id=stranger, matter="别人的事")
    put(village, bad, act=Act.CASE_REGISTERED, case_id=bad.id)
    good = [village.new_case(f"第{number}件") for number in range(3)]
    contact(village)
    assert {delivery(village, one) for one in good} == {Delivery.COMPLETE}
    assert delivery(village, bad) is Delivery.ATTENTION
    # Still here, still to be seen on both sides, and with its reason.
    [line] = waiting(village)
    assert (line.case_id, line.problem) == (bad.id, ProblemCode.VERDICT_SCOPE.value)
    with county.session() as session:
        [(entry, verdict)] = refused_entries(session, village.id)
    assert (entry.seq, verdict.code) == (line.seq, ProblemCode.VERDICT_SCOPE.value)


def test_one_bad_record_can_only_be_got_rid_of_by_wiping_all(
    county: RunningCounty, village: Village
) -> None:
    elsewhere = county.committee("330108001009", "别村人民调解委员会")
    bad = [
        Case(id=new_id(), committee_id=RecordId(elsewhere), matter=f"第{number}件")
        for number in range(2)
    ]
    for one in bad:
        put(village, one, act=Act.CASE_REGISTERED, case_id=one.id)
    contact(village)
    assert status(village).attention == 2
    with village.store.unit() as uow:
        ours = uow.actor.committee_id
    assert ours
    # One of them is put right; the other one stays as it was.
    put(village, replace(bad[0], committee_id=ours), act=Act.CASE_SAVED, case_id=bad[0].id)
    contact(village)
    assert delivery(village, bad[0]) is Delivery.COMPLETE
    assert delivery(village, bad[1]) is Delivery.ATTENTION
    assert status(village).attention == 1


def test_what_was_refused_is_in_a_table_that_no_screen_shows(
    county: RunningCounty, village: Village, qtbot: QtBot, chinese: None
) -> None:
    stranger = RecordId(county.committee("330108001009", "别村人民调解委员会"))
    bad = Case(id=new_id(), committee_id=stranger, matter="别人的事")
    put(village, bad, act=Act.CASE_REGISTERED, case_id=bad.id)
    contact(village)
    village.new_case()
    page = Workspace(make_desk(village.store.unit, practice(), Heard()))
    qtbot.addWidget(page)
    page.show()
    shown = page.model.lines()
    assert [one.delivery for one in shown] == [Delivery.ATTENTION, Delivery.WAITING]
    assert shown[0].case_id == bad.id


def test_a_sign_in_page_that_was_left_is_noticed_within_minutes(village: Village) -> None:
    village.new_case()
    for _ in range(len(PATIENCE) + 1):
        with suppress(Refused):
            contact(village, Line(village.line, says(ProblemCode.FOREIGN_ANSWER)))
    planned = status(village).next_try
    assert planned is not None
    assert planned - village.clock.now() <= timedelta(minutes=5)


def test_after_one_failure_nothing_is_tried_until_the_next_edit(
    village: Village, qtbot: QtBot, chinese: None
) -> None:
    del chinese
    village.new_case()
    with suppress(Refused):
        contact(village, Line(village.line, says(ProblemCode.COUNTY_UNREACHABLE)))
    planned = status(village).next_try
    assert planned is not None
    ahead = planned - village.clock.now()
    assert timedelta(seconds=PATIENCE[0] * 0.8) <= ahead <= timedelta(seconds=PATIENCE[0] * 1.2)
    # The computer is switched off; the next window knows when to try.
    reopen(village)
    known = status(village)
    assert (known.next_try, known.failures) == (planned, 1)
    courier = _courier(village, qtbot)
    courier.know(known)
    assert courier._timer.isActive()
    assert abs(courier._timer.remainingTime() - ahead.total_seconds() * 1000) < 1000
    courier.stop()


def test_a_clock_that_was_set_back_puts_the_next_try_off_for_years(
    village: Village, qtbot: QtBot, chinese: None
) -> None:
    del chinese
    with suppress(Refused):
        contact(village, Line(village.line, says(ProblemCode.COUNTY_UNREACHABLE)))
    village.clock.forward(days=-365)
    courier = _courier(village, qtbot)
    courier.know(status(village))
    assert 0 <= courier._timer.remainingTime() < FURTHEST.total_seconds() * 1000
    courier.stop()


def _courier(village: Village, qtbot: QtBot) -> Courier:
    del qtbot
    changes = Changes()
    jobs = Jobs(changes, Heard(), village.store.unit)
    jobs.stop()
    return Courier(jobs, changes, cast(Backstage, StuckHouse()), now=village.clock.now)


def test_a_line_that_comes_back_is_not_noticed(village: Village) -> None:
    for code in (ProblemCode.COUNTY_UNREACHABLE, ProblemCode.NO_NETWORK):
        bad = Line(village.line, says(code))
        assert code_of(partial(contact, village, bad)) is code
    case = village.new_case()
    line = Line(village.line)
    contact(village, line)  # no door is closed because something failed before
    assert set(line.paths) == {EXCHANGE2_PATH}
    known: SyncStatus = status(village)
    assert (known.failures, known.next_try, known.trouble) == (0, None, "")
    assert delivery(village, case) is Delivery.COMPLETE
