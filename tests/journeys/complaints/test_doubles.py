"""Complaints about doubles, and about "failed" for what had arrived: a line that brings the
question and loses the answer.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from fastapi.routing import APIRoute
from sqlmodel import select

from app.county.tables import Device, EntryRow, RecordState, StoredFile
from app.domain.acts import Act
from app.domain.attachments import Attachment
from app.domain.cases import Case
from app.domain.problems import ProblemCode, Refused
from app.services.attachments import void_attachment
from app.services.handovers import colleagues, hand_over
from app.services.lines import Delivery
from app.sync.http_line import HttpLine
from app.wire.exchange import ENROL_PATH, EXCHANGE_PATH
from app.wire.exchange2 import EXCHANGE2_PATH, FILES_PATH
from tests.county.laptop import RawLaptop
from tests.county.server import RunningCounty
from tests.county.village import Village
from tests.journeys.complaints.conftest import Enrolled
from tests.journeys.complaints.contacts import (
    Line,
    add_photo,
    code_of,
    contact,
    delivery,
    gone_after,
    lost_once,
    put,
    reopen,
    says,
    status,
)

PHOTO = b"\xff\xd8" + bytes(range(256)) * 1000


def is_once(county: RunningCounty, village: Village) -> bool:
    """Whether the county holds this journal, every number once and without a gap."""
    held = [row.seq for row in county.held(village.id)]
    with village.store.unit() as uow:
        return held == list(range(1, uow.journal.own_head() + 1))


def test_every_endpoint_is_tried_with_its_answer_lost(county: RunningCounty) -> None:
    asked = {one.path for one in county.app.routes if isinstance(one, APIRoute)}
    posts = {path for path in asked if not path.endswith("health")}
    assert posts == {ENROL_PATH, EXCHANGE_PATH, EXCHANGE2_PATH, FILES_PATH}


def test_the_line_was_slow_and_now_the_case_is_there_twice(
    county: RunningCounty, village: Village
) -> None:
    case = village.new_case()
    add_photo(village, case, PHOTO)
    for _ in range(3):
        with suppress(Refused):
            contact(village, Line(village.line, lost_once(EXCHANGE2_PATH)))
    contact(village)
    assert is_once(county, village)
    with county.session() as session:
        states = session.exec(select(RecordState)).all()
        assert [one.id for one in states if one.kind == "case"] == [case.id]
        assert len([one for one in states if one.kind == "attachment"]) == 1
        assert len(session.exec(select(StoredFile)).all()) == 1
    assert delivery(village, case) is Delivery.COMPLETE


def test_enrolling_on_a_slow_line_made_two_laptops(
    county: RunningCounty, home: str, tmp_path: Path
) -> None:
    code = county.code(county.mediator(home))
    laptop = Village(tmp_path / "slow", county.address)
    try:
        good, laptop.line = laptop.line, Line(laptop.line, lost_once(ENROL_PATH))
        assert code_of(lambda: laptop.enrol(code)) is ProblemCode.ANSWER_CUT
        laptop.line = good
        laptop.enrol(code)  # the same code, which the county has seen before
        laptop.new_case()
        contact(laptop)
        with county.session() as session:
            assert [one.id for one in session.exec(select(Device))] == [laptop.id]
        assert is_once(county, laptop)
    finally:
        laptop.close()


def test_an_older_program_on_a_slow_line_made_two_cases(
    county: RunningCounty, home: str, village: Village
) -> None:
    slow = cast(HttpLine, Line(village.line, lost_once(EXCHANGE_PATH)))
    old = RawLaptop(slow, county.key.public)
    old.enrol(county.code(county.mediator(home, "旧电脑")))
    old.new_case()
    assert code_of(old.exchange) is ProblemCode.ANSWER_CUT
    assert len(old.exchange().receipts) == 1
    assert [row.seq for row in county.held(old.id)] == [1]


def test_a_photograph_that_was_fetched_on_a_slow_line_is_there_twice(
    village: Village, enrolled: Enrolled
) -> None:
    case = village.new_case()
    photo = add_photo(village, case, PHOTO)
    contact(village)
    with village.store.unit() as uow:
        submitted = replace(uow.records.get(Case, case.id), facts="请看照片")
    put(village, submitted, act=Act.CASE_SAVED, case_id=case.id)
    contact(village)
    colleague = enrolled("colleague")
    give(village, colleague, case)
    line = Line(colleague.line, lost_once(FILES_PATH))
    with suppress(Refused):
        contact(colleague, line)
    contact(colleague)
    with colleague.store.unit() as uow:
        assert uow.files.read(photo.sha256) == PHOTO
        assert len(uow.records.of_case(Attachment, case.id)) == 1
    assert FILES_PATH in line.paths


def give(village: Village, colleague: Village, case: Case) -> None:
    """The case, with its photographs, is a colleague's from now on."""
    contact(village)
    contact(colleague)
    contact(village)
    with village.store.unit() as uow:
        [to] = [one for one in colleagues(uow, case.id) if one.device == colleague.id]
        hand_over(uow, case.id, to, "老王住院")
    contact(village)


def test_it_says_sent_of_files_that_never_went(county: RunningCounty, village: Village) -> None:
    case = village.new_case()
    add_photo(village, case, PHOTO)
    with suppress(Refused):
        contact(village, Line(village.line, gone_after(1)))
    assert delivery(village, case) is Delivery.RECEIVED  # and never more than that
    with suppress(Refused):
        contact(village, Line(village.line, gone_after(2), cut_after=4))
    assert delivery(village, case) is not Delivery.COMPLETE
    with county.session() as session:
        assert session.exec(select(StoredFile)).all() == []
    contact(village)
    assert delivery(village, case) is Delivery.COMPLETE
    with county.session() as session:
        [whole] = session.exec(select(StoredFile)).all()
    assert whole.size == len(PHOTO)


@pytest.mark.parametrize("cut_after", [1, 2, 4])
def test_i_stopped_a_long_upload_and_wrote_on_and_now_it_is_refused(
    county: RunningCounty, village: Village, cut_after: int
) -> None:
    case = village.new_case()
    photo = add_photo(village, case, PHOTO)
    with suppress(Refused):
        contact(village, Line(village.line, gone_after(2), cut_after=cut_after))
    put(village, replace(case, matter="屋檐滴水，又添了院墙"), act=Act.CASE_SAVED, case_id=case.id)
    with village.store.unit() as uow:
        void_attachment(uow, photo.id, "拍糊了")
    better = add_photo(village, case, PHOTO[::-1])
    contact(village)
    assert (status(village).attention, status(village).waiting) == (0, 0)
    assert delivery(village, case) is Delivery.COMPLETE
    assert is_once(county, village)
    with county.session() as session:
        fields = json.loads(session.get_one(RecordState, ("case", case.id)).fields)
        sizes = {one.sha256 for one in session.exec(select(StoredFile))}
    assert fields["matter"] == "屋檐滴水，又添了院墙"
    assert better.sha256 in sizes


def test_the_program_lets_people_send_the_same_again(
    county: RunningCounty, village: Village
) -> None:
    case = village.new_case()
    add_photo(village, case, PHOTO)
    contact(village)
    with county.session() as session:
        before = len(session.exec(select(EntryRow)).all())
    for _ in range(3):
        again = Line(village.line)
        result = contact(village, again)
        assert (result.sent, result.received, again.pieces) == (0, 0, 0)
        reopen(village)
    with county.session() as session:
        assert len(session.exec(select(EntryRow)).all()) == before


def test_it_says_failed_and_yet_it_arrived(county: RunningCounty, village: Village) -> None:
    before = len(county.held(village.id))
    arrived = village.new_case()
    with suppress(Refused):
        contact(village, Line(village.line, lost_once()))
    assert len(county.held(village.id)) == before + 1
    told = delivery(village, arrived), status(village).attention
    ask = Line(village.line)
    contact(village, ask)
    assert delivery(village, arrived) is Delivery.COMPLETE
    # It was asked about first, and not sent a second time.
    assert b"E" not in ask.kinds
    # Nobody here can know which of the two it is, so both look alike, and neither is a failure.
    not_arrived = village.new_case()
    with suppress(Refused):
        contact(village, Line(village.line, says(ProblemCode.ANSWER_CUT)))
    assert len(county.held(village.id)) == before + 1
    assert (delivery(village, not_arrived), status(village).attention) == told
    assert told == (Delivery.WAITING, 0)
