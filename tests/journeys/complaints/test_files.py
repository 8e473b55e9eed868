"""Complaints about files: too large when it is too late, one long upload that always fails, "201"
for a video that is missing, a line in a log for what was dropped.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from app.county import files as county_files
from app.domain.acts import Act
from app.domain.attachments import SIZE_LIMIT, Attachment, AttachmentKind
from app.domain.ids import new_id
from app.domain.problems import ProblemCode, Refused
from app.services.attachments import add_attachment
from app.services.lines import Delivery
from app.ui.runtime.problems import sentence_of_code, sentences
from app.ui.waiting.sayings import what_words
from app.wire.parts import FILE_PIECE
from tests.county.server import RunningCounty
from tests.county.village import Village
from tests.fakes import practice
from tests.faults.places import NO_PICTURES
from tests.journeys.complaints.contacts import (
    Line,
    add_photo,
    contact,
    delivery,
    gone_after,
    lose_files,
    put,
    status,
    waiting_files,
)

LARGE = b"\xff\xd8" + bytes(range(256)) * 2000  # 512 kB


def test_too_large_is_a_page_of_the_server_with_a_number(
    village: Village, chinese: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del chinese
    monkeypatch.setattr(county_files, "SIZE_LIMIT", 300_000)
    case = village.new_case()
    add_photo(village, case, b"\xff\xd8 small", name="小的.jpg")
    add_photo(village, case, LARGE, name="院墙全景.jpg")
    line = Line(village.line)
    contact(village, line)
    # Which one, how large, and what to do; everything else went through.
    [shown] = waiting_files(village)
    assert shown.problem == ProblemCode.FILE_TOO_LARGE.value
    assert "院墙全景.jpg" in what_words(shown, "zh_CN")
    assert shown.size == len(LARGE)
    assert "413" not in sentence_of_code(shown.problem, "zh_CN")
    assert (status(village).waiting, status(village).trouble) == (0, "")
    assert delivery(village, case) is Delivery.ATTENTION
    # The county said so before anything was sent.
    assert sum(size for sizes in line.sent for size in sizes) < 100_000


def test_an_over_size_file_is_found_out_long_after_it_was_added(village: Village) -> None:
    case = village.new_case()
    described = Attachment(
        id=new_id(), case_id=case.id, kind=AttachmentKind.OTHER, sha256="", size=0, media_type=""
    )
    giant = b"%PDF-" + bytes(SIZE_LIMIT)
    with pytest.raises(Refused) as refused, village.store.unit() as uow:
        add_attachment(uow, giant, described, reader=NO_PICTURES, practice=practice())
    assert refused.value.first.code is ProblemCode.FILE_TOO_LARGE
    assert f"{SIZE_LIMIT // 1_000_000}" in sentences(refused.value, "zh_CN")
    with village.store.unit() as uow:  # and there is no record of a file that is not there
        assert uow.records.of_case(Attachment, case.id) == ()
    county_files.check_size(SIZE_LIMIT)  # what may be added is what the county takes


def test_on_a_bad_line_one_long_upload_always_fails(village: Village) -> None:
    case = village.new_case()
    add_photo(village, case, LARGE)
    with suppress(Refused):
        contact(village, Line(village.line, gone_after(1)))
    # A line that is gone again after a few pieces, every time.
    tries = 0
    while delivery(village, case) is not Delivery.COMPLETE and tries < 30:
        tries += 1
        line = Line(village.line, gone_after(2), cut_after=8)
        with suppress(Refused):
            contact(village, line)
        assert all(size <= FILE_PIECE + 200 for sizes in line.sent for size in sizes)
    assert delivery(village, case) is Delivery.COMPLETE
    assert tries <= len(LARGE) // (5 * FILE_PIECE) + 2


def test_texts_become_smaller_on_a_line_that_breaks(village: Village) -> None:
    for number in range(40):
        village.new_case(f"第{number}件")
    for _ in range(3):
        with suppress(Refused):
            contact(village, Line(village.line, gone_after(1), cut_after=2))
    line = Line(village.line)
    contact(village, line)
    assert status(village).waiting == 0
    assert max(size for sizes in line.sent for size in sizes) <= 16 * 1024


def test_created_says_the_server_and_the_video_is_missing(
    county: RunningCounty, village: Village
) -> None:
    case = village.new_case()
    add_photo(village, case, LARGE)
    contact(village)
    assert delivery(village, case) is Delivery.COMPLETE
    # The disk of the county loses it, and whoever has it shows it again.
    [held] = [one for one in (county.folder / county_files.FOLDER).rglob("*") if one.is_file()]
    before = held.stat().st_size
    held.unlink()
    other = village.new_case()
    add_photo(village, other, LARGE)
    line = Line(village.line)
    contact(village, line)
    again = [one for one in (county.folder / county_files.FOLDER).rglob("*") if one.is_file()]
    assert line.pieces == 0 or [one.stat().st_size for one in again] == [before]


def test_a_file_is_dropped_with_a_line_in_a_log(village: Village) -> None:
    case = village.new_case()
    photos = [add_photo(village, case, LARGE[number:], name=f"{number}.jpg") for number in range(3)]
    lose_files(village)
    contact(village)
    shown = waiting_files(village)
    assert {one.name for one in shown} == {one.name for one in photos}
    assert {one.delivery for one in shown} == {Delivery.ATTENTION}
    assert delivery(village, case) is Delivery.ATTENTION
    # Putting the very same picture in again ends the trouble.
    with village.store.unit() as uow:
        uow.files.keep(LARGE)
        put_again = replace(photos[0], caption="重新放入")
        uow.records.put(put_again)
        uow.commit(Act.ATTACHMENT_SAVED, case.id)
    contact(village)
    assert {one.name for one in waiting_files(village)} == {"1.jpg", "2.jpg"}


def test_one_file_that_needs_somebody_is_tried_again_by_itself(village: Village) -> None:
    case = village.new_case()
    kept = [add_photo(village, case, LARGE[number:]) for number in range(2)]
    lose_files(village)
    contact(village)
    with village.store.unit() as uow:
        uow.files.try_again(kept[0].sha256)
        uow.commit()
    with village.store.unit() as uow:
        assert [one.sha256 for one in uow.files.waiting(9)] == [kept[0].sha256]
    assert sum(one.delivery is Delivery.ATTENTION for one in waiting_files(village)) == 1


def test_a_voided_photograph_still_goes_because_the_record_says_so(
    county: RunningCounty, village: Village
) -> None:
    del county
    case = village.new_case()
    photo = add_photo(village, case, LARGE)
    put(village, replace(photo, void_reason="拍糊了"), act=Act.ATTACHMENT_SAVED, case_id=case.id)
    contact(village)
    assert delivery(village, case) is Delivery.COMPLETE
