"""Complaints about words: "all sent" while something waits, a green light with records missing, red
without a reason, a thousand tries after one error that concerns all.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from pytestqt.qtbot import QtBot
from sqlmodel import col, delete

from app.county.database import writing
from app.county.laptops import all_laptops
from app.county.settings import new_epoch
from app.county.tables import Device, EntryRow, RecordState, SpanRow, VerdictRow
from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, Refused
from app.security.device import verify
from app.services.contact_values import Progress
from app.services.exchange import exchange_once
from app.services.lines import Delivery
from app.services.ports import CountyLine, OpenUnit
from app.ui.runtime.changes import Changes
from app.ui.runtime.county_words import trouble_words
from app.ui.runtime.problems import NEXT_STEP, sentence_of_code
from app.ui.runtime.texts import delivery_name
from app.ui.shell.backstage import Sent
from app.ui.shell.courier import Courier
from app.ui.shell.status import status_sentence
from tests.county.server import RunningCounty
from tests.county.village import Answer, Village
from tests.fakes import FixedClock
from tests.journeys.complaints.contacts import (
    Go,
    Line,
    add_photo,
    code_of,
    contact,
    deliveries,
    delivery,
    lost_once,
    put,
    says,
    status,
)
from tests.ui.desks import Heard, InstantJobs

PHOTO = b"\xff\xd8" + bytes(range(256)) * 400
NEEDS_A_PERSON = [one for one in ProblemCode if one.value.startswith("verdict_")] + [
    ProblemCode.ATTACHMENT_MISSING,
    ProblemCode.ATTACHMENT_DAMAGED,
    ProblemCode.FILE_TOO_LARGE,
]


class House:
    """What the courier needs of the house: real contacts of a village, on the line given."""

    def __init__(self, village: Village, line: CountyLine) -> None:
        self.village, self.line = village, line

    def has_way_out(self) -> bool:
        return False

    def exchange(self, open_unit: OpenUnit, tell: Callable[[Progress], None]) -> Sent:
        done = exchange_once(
            open_unit, self.line, self.village.device, verify, tell=tell,
            pause=lambda _seconds: None,
        )  # fmt: skip
        return Sent(
            done.sent, done.received, done.pulled, done.attention, done.more, done.files_received
        )


def pressed(village: Village, line: CountyLine) -> str:
    """What the window says after somebody has pressed *send now*."""
    changes = Changes()
    courier = Courier(
        InstantJobs(changes, Heard(), village.store.unit),
        changes,
        House(village, line),  # type: ignore[arg-type]  # the rest of the house is never asked
        now=village.clock.now,
    )
    told: list[str] = []
    courier.told.connect(told.append)
    courier.know(status(village))
    courier.send_now()
    courier.stop()
    [sentence] = told
    return sentence


@pytest.mark.parametrize("lost", [says(ProblemCode.ANSWER_TOO_LATE), lost_once()])
def test_send_now_said_done_after_a_timeout(
    village: Village, qtbot: QtBot, chinese: None, lost: Callable[[int, str, Go], Answer]
) -> None:
    del qtbot, chinese
    case = village.new_case()
    text = pressed(village, Line(village.line, lost))
    assert "没有" in text
    assert "已收" not in text
    assert delivery(village, case) is Delivery.WAITING
    assert pressed(village, village.line) == "县局已收 1 条。"
    assert delivery(village, case) is Delivery.COMPLETE


def test_it_says_all_sent_while_a_new_record_waits(village: Village, chinese: None) -> None:
    del chinese
    case = village.new_case()
    contact(village)
    assert delivery(village, case) is Delivery.COMPLETE
    assert "没有待上报的" in status_sentence(status(village), village.clock.now())
    # Nothing but the commit itself is needed for the other word.
    put_again(village, case.id)
    assert delivery(village, case) is Delivery.WAITING
    assert "待上报 1 条" in status_sentence(status(village), village.clock.now())


def put_again(village: Village, case_id: str) -> None:
    with village.store.unit() as uow:
        now = uow.records.get(Case, RecordId(case_id))
    put(village, replace(now, facts=now.facts + "。"), act=Act.CASE_SAVED, case_id=now.id)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_state_is_unknown(language: str) -> None:
    names = {delivery_name(one, language) for one in Delivery}
    assert len(names) == len(Delivery)
    assert not {name for name in names if "未知" in name or "nknow" in name or not name}


def test_it_says_complete_with_the_network_off(
    village: Village, qtbot: QtBot, chinese: None
) -> None:
    del qtbot, chinese
    village.new_case()
    text = pressed(village, Line(village.line, says(ProblemCode.NO_NETWORK)))
    assert text == "没有上报：没有网络"
    assert "没有网络" in trouble_words(status(village).trouble)


def test_captive_portal_means_nothing_to_me(village: Village, qtbot: QtBot, chinese: None) -> None:
    del qtbot, chinese

    def portal(number: int, path: str, go: Go) -> Answer:
        del number, path, go
        return b"<html>Welcome, please sign in</html>", {"Content-Type": "text/html"}

    village.new_case()
    assert pressed(village, Line(village.line, portal)) == "没有上报：这个网络要先登录"


def test_i_cannot_see_how_much_is_left(village: Village, chinese: None) -> None:
    del chinese
    case = village.new_case()
    add_photo(village, case, PHOTO)
    known = status(village)
    assert (known.waiting, known.waiting_files) == (2, 1)
    assert known.waiting_file_bytes == len(PHOTO)
    assert "2 条、1 个文件" in status_sentence(known, village.clock.now())
    heard: list[Progress] = []
    contact(village, tell=heard.append)
    moved = [one.sent for one in heard if one.total]
    assert moved == sorted(moved)
    assert moved[-1] == heard[0].total > len(PHOTO)


def test_green_light_with_records_missing(county: RunningCounty, village: Village) -> None:
    cases = [village.new_case(f"第{number}件") for number in range(3)]
    contact(village)
    with county.session() as session:
        device = session.get_one(Device, village.id)
        assert device.head_seq == len(county.held(village.id))
    assert set(deliveries(village).values()) == {Delivery.COMPLETE}
    # The county is set back to an older copy: what it counts now is less, and so is what is green.
    forget_after(county, village.id, 3)
    refused = Line(village.line, lost_once())
    with suppress(Refused):
        contact(village, refused)
    contact(village)
    assert set(deliveries(village).values()) == {Delivery.COMPLETE}
    held = [row.hash for row in county.held(village.id)]
    with village.store.unit() as uow:
        assert held == [one.hash for one in uow.journal.own_from(1, 1000)]
    assert len(held) == 2 + len(cases)


def forget_after(county: RunningCounty, device_id: str, seq: int) -> None:
    """What restoring an older copy does: the log's end is gone, and a new epoch begins."""
    last = county.held(device_id)[seq - 1]
    with writing(county.engine) as session:
        for table in (SpanRow, VerdictRow, EntryRow):
            session.exec(delete(table).where(col(table.position) > last.position))
        session.exec(delete(RecordState).where(col(RecordState.kind) == "case"))
        device = session.get_one(Device, device_id)
        device.head_seq, device.head_hash = last.seq, last.hash
        new_epoch(session)


@pytest.mark.parametrize("code", NEEDS_A_PERSON)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_red_sign_without_a_reason(code: ProblemCode, language: str) -> None:
    sentence = sentence_of_code(code.value, language)
    assert len(sentence) > 8
    assert code.value not in sentence
    # A next step: a button of its own, or what the sentence itself asks for.
    assert code in NEXT_STEP or any(word in sentence for word in ("请", "lease", "can"))


def test_it_tried_a_thousand_records_after_an_error_that_concerned_all(
    county: RunningCounty, village: Village
) -> None:
    for number in range(60):
        village.new_case(f"第{number}件")
    county.revoke(village.id)
    line = Line(village.line)
    assert code_of(lambda: contact(village, line)) is ProblemCode.DEVICE_REVOKED
    assert len(line.paths) == 1
    for code in (ProblemCode.COUNTY_BUSY, ProblemCode.NO_NETWORK, ProblemCode.FOREIGN_ANSWER):
        line = Line(village.line, says(code))
        assert code_of(partial(contact, village, line)) is code
        assert len(line.paths) == 1


def test_nobody_knows_why_some_villages_are_weeks_late(
    county: RunningCounty, village: Village
) -> None:
    assert isinstance(village.clock, FixedClock)
    began = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    county.stands_still_at(began)
    village.new_case()
    contact(village)
    # A week later, somebody writes, and whoever begins to send is cut off every time.
    village.clock.forward(days=7)
    village.new_case()
    county.stands_still_at(began + timedelta(days=9))
    for _ in range(2):
        with suppress(Refused):
            contact(village, Line(village.line, lost_once(), cut_after=1))
    with county.session() as session:
        [known] = all_laptops(session)
    assert known.last_contact is not None
    assert known.began_at is not None
    assert known.began_at >= began + timedelta(days=9)
    assert known.waiting.oldest_at is not None
