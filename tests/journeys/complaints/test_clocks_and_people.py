"""Complaints about clocks that are wrong, and about logins that lock people out of their own work
or show it to whoever comes next.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.problems import ProblemCode, Refused
from app.services.lines import Delivery
from app.ui.runtime.county_words import clock_words
from app.ui.widgets.fields import DateField
from app.wire.journal import read_entry
from tests.county.server import RunningCounty
from tests.county.village import Village
from tests.journeys.complaints.contacts import code_of, contact, delivery, put, reopen, status
from tests.ui.desks import type_text

LATE = datetime(2031, 6, 1, 4, 0, tzinfo=UTC)


def test_records_come_in_from_the_future(county: RunningCounty, village: Village) -> None:
    village.clock.moment = LATE
    contact(village)  # from now on its error is known
    village.new_case()
    contact(village)
    row = county.held(village.id)[-1]
    entry = read_entry(row.raw)
    # All three are kept: what the laptop claims, how far it was off, and when it arrived.
    assert entry.at == LATE
    assert entry.offset_ms is not None
    known = entry.at + timedelta(milliseconds=entry.offset_ms)
    assert abs(known - row.received_at.replace(tzinfo=UTC)) < timedelta(minutes=1)
    assert row.received_at.replace(tzinfo=UTC) < LATE
    # And papers of that laptop bear the day that it is.
    with village.store.unit() as uow:
        assert uow.today() == known.astimezone().date()


def test_records_are_dated_1980_after_the_power_was_out(
    county: RunningCounty, village: Village, chinese: None
) -> None:
    del chinese
    contact(village)
    with village.store.unit() as uow:
        before = uow.today()
    village.clock.moment = datetime(2000, 1, 1, 0, 5, tzinfo=UTC)
    reopen(village)
    # It is noticed at once, without the county: that moment has certainly passed.
    with village.store.unit() as uow:
        assert uow.today() >= before
    assert "本机时间可能不对" in clock_words(status(village), village.clock.now())
    case = village.new_case()
    with village.store.unit() as uow:
        entry = read_entry(uow.journal.tail(1)[0].raw)
    assert entry.at.year == 2000  # the claim stays what it was ...
    assert entry.offset_ms is not None
    assert (entry.at + timedelta(milliseconds=entry.offset_ms)).year >= 2026
    contact(village)
    assert delivery(village, case) is Delivery.COMPLETE
    assert len(county.held(village.id)) == 3


@pytest.mark.parametrize("typed", ["农历八月十五", "腊月初八", "乙巳年冬月初一", "闰六月初三"])
def test_a_date_of_the_local_calendar_is_taken_for_a_gregorian_one(
    qtbot: QtBot, chinese: None, typed: str
) -> None:
    del chinese
    field = DateField("哪天")
    qtbot.addWidget(field)
    type_text(field.focusProxy(), typed)
    assert field.value() is None
    problem = field.problem()
    assert problem is not None
    assert problem.code is ProblemCode.NOT_A_DATE
    assert field.draft() == typed  # and what was typed stays to be seen


def test_an_expired_login_locks_me_out_of_my_own_work(
    county: RunningCounty, village: Village
) -> None:
    case = village.new_case()
    county.revoke(village.id)
    assert code_of(lambda: contact(village)) is ProblemCode.DEVICE_REVOKED
    reopen(village)
    with village.store.unit() as uow:
        assert uow.records.get(Case, case.id) == case
    put(village, replace(case, matter="还在写"), act=Act.CASE_SAVED, case_id=case.id)
    later = village.new_case("新来的")
    with suppress(Refused):
        contact(village)
    assert {delivery(village, one) for one in (case, later)} == {Delivery.WAITING}
    assert village.is_whole()


def test_my_unsent_work_shows_under_the_name_of_whoever_comes_next(
    county: RunningCounty, village: Village
) -> None:
    case = village.new_case()
    with village.store.unit() as uow:
        first = uow.actor.name
        uow.settings.put("actor.name", "赵接班")
        uow.commit()
    put(village, replace(case, facts="后来的人补了一句"), act=Act.CASE_SAVED, case_id=case.id)
    with village.store.unit() as uow:
        assert [one.actor for one in uow.lists.history(case.id)] == ["赵接班", first]
    contact(village)
    written = [read_entry(row.raw) for row in county.held(village.id)[-2:]]
    assert [one.actor for one in written] == [first, "赵接班"]


def test_who_logged_out_offline_left_a_token_alive(county: RunningCounty, village: Village) -> None:
    # There is no token: each request is signed anew, and the county asks its own book each time.
    contact(village)
    county.revoke(village.id)
    village.new_case()
    before = len(county.held(village.id))
    for _ in range(2):
        assert code_of(lambda: contact(village)) is ProblemCode.DEVICE_REVOKED
    assert len(county.held(village.id)) == before
