"""Received and Complete are different words: which files wait, in which order, and what is said
about a case whose photographs are not there yet.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Case
from app.domain.ids import new_id
from app.domain.problems import ProblemCode
from app.domain.reviews import Decision, Review
from app.services.lines import CaseQuery, Delivery, FileState
from app.services.ports import WaitingFile
from app.storage.store import Store
from app.wire.exchange2 import FileReceipt
from tests.fakes import NOON, FakeDevice
from tests.storage.test_attachments import files
from tests.storage.test_journal import OTHER, pull
from tests.storage.village import enrol, put, quarrel, receive_all, settle, written_by

EPOCH = "e1"
SLOWEST_FIRST = (
    Delivery.ATTENTION,
    Delivery.WAITING,
    Delivery.HERE,
    Delivery.RECEIVED,
    Delivery.COMPLETE,
)


def photo(case: Case, data: bytes, **more: object) -> Attachment:
    given: dict[str, object] = {
        "id": new_id(),
        "case_id": case.id,
        "kind": AttachmentKind.PHOTO,
        "sha256": sha256(data).hexdigest(),
        "size": len(data),
        "media_type": "image/jpeg",
    }
    return Attachment(**(given | more))  # type: ignore[arg-type]


def add(store: Store, case: Case, data: bytes, **more: object) -> Attachment:
    """A file as somebody puts it into a case."""
    file = photo(case, data, **more)
    with store.unit() as unit:
        unit.files.keep(data)
        unit.records.put(file)
        unit.commit(Act.ATTACHMENT_ADDED, case.id)
    return file


def new_case(store: Store, name: str = "张三") -> Case:
    head, records = quarrel(name)
    with store.unit() as unit:
        for record in records:
            unit.records.put(record)
        unit.commit(Act.CASE_REGISTERED, head.id)
    return head


def word(file: Attachment, epoch: str = EPOCH, size: int = 0) -> tuple[FileReceipt, str, str]:
    """The county's word, as if its signature had been verified."""
    said = FileReceipt(
        sha256=file.sha256,
        size=size or file.size,
        epoch=epoch,
        received_at=datetime(2026, 11, 21, 5, 0, tzinfo=UTC),
    )
    return said, said.model_dump_json(), "0" * 128


def hear(store: Store, *words: tuple[FileReceipt, str, str]) -> int:
    with store.unit() as unit:
        new = unit.files.add_receipts(words)
        unit.commit()
    return new


def waiting(store: Store, **wishes: bool) -> list[str]:
    with store.unit() as unit:
        return [one.sha256 for one in unit.files.waiting(100, **wishes)]


def put_off(store: Store, file: Attachment, problem: str, next_try: datetime | None) -> None:
    with store.unit() as unit:
        unit.files.put_off(file.sha256, problem, next_try)
        unit.commit()


def delivery(store: Store) -> Delivery:
    """Of the only case; list, filter and history must tell the same."""
    with store.unit() as unit:
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
        found = [
            one
            for one in Delivery
            if unit.lists.case_keys(CaseQuery(deliveries=frozenset({one})))
            and one is not Delivery.SENDING
        ]
        assert found == [line.delivery]
        entries = {one.delivery for one in unit.lists.history(line.id)}
    assert line.delivery is next(one for one in SLOWEST_FIRST if one in entries)
    return line.delivery


@pytest.fixture
def village(store: Store) -> Store:
    enrol(store)
    with store.unit() as unit:
        unit.settings.put("county.epoch", EPOCH)
        unit.commit()
    return store


def test_received_and_complete_are_different_words(village: Store) -> None:
    case = new_case(village)
    first, second = add(village, case, b"one"), add(village, case, b"two")
    assert delivery(village) is Delivery.WAITING
    receive_all(village)
    assert delivery(village) is Delivery.RECEIVED
    assert hear(village, word(first)) == 1
    assert delivery(village) is Delivery.RECEIVED
    hear(village, word(second))
    assert delivery(village) is Delivery.COMPLETE


def test_a_case_without_files_is_complete_when_it_is_received(village: Store) -> None:
    new_case(village)
    receive_all(village)
    assert delivery(village) is Delivery.COMPLETE


def test_status_counts_files_and_their_bytes_once(village: Store) -> None:
    case, other = new_case(village), new_case(village, "王五")
    same = add(village, case, b"same")
    add(village, other, b"same")
    add(village, case, b"another one")
    with village.unit() as unit:
        status = unit.lists.status()
        assert (status.waiting_files, status.waiting_file_bytes) == (2, 15)
        assert unit.files.waiting_size() == (2, 15)
    hear(village, word(same))
    with village.unit() as unit:
        assert unit.files.waiting_size() == (1, 11)


def test_nothing_waits_without_a_county(store: Store) -> None:
    add(store, new_case(store), b"one")
    with store.unit() as unit:
        assert unit.lists.status().waiting_files == 0


def test_a_new_epoch_makes_every_file_wait_again(village: Store) -> None:
    file = add(village, new_case(village), b"one")
    receive_all(village)
    hear(village, word(file))
    with village.unit() as unit:
        unit.settings.put("county.epoch", "e2")
        unit.commit()
    assert delivery(village) is Delivery.RECEIVED
    assert waiting(village) == [file.sha256]
    assert hear(village, word(file, "e2")) == 1
    assert hear(village, word(file, "e2")) == 0
    assert delivery(village) is Delivery.COMPLETE


def test_words_about_other_files_or_another_size_are_left_out(village: Store) -> None:
    case = new_case(village)
    file = add(village, case, b"one")
    assert hear(village, word(photo(case, b"unknown")), word(file, size=4)) == 0
    assert waiting(village) == [file.sha256]


def test_returned_cases_go_first_then_what_came_first(village: Store) -> None:
    cases = [new_case(village, name) for name in ("张三", "李四", "王五")]
    added = [
        add(village, case, name) for case in cases for name in (b"%d" % id(case), case.id.encode())
    ]
    voided = replace(added[0], void_reason="拍糊了")
    put(village, voided)
    remark = Review(
        id=new_id(),
        case_id=cases[1].id,
        decision=Decision.RETURNED,
        at=NOON,
        author="李",
        text="缺",
    )
    pull(village, 1, *written_by(OTHER, 1, remark, case_id=cases[1].id))
    wanted = [added[one].sha256 for one in (2, 3, 0, 1, 4, 5)]
    assert waiting(village) == wanted  # the voided one too: its record says so
    with village.unit() as unit:
        first, second = unit.files.waiting(2)
    assert first == WaitingFile(
        sha256=added[2].sha256, size=added[2].size, case_id=cases[1].id, returned=True
    )
    assert second.sha256 == wanted[1]


def test_what_was_put_off_waits_until_its_time(village: Store) -> None:
    file = add(village, new_case(village), b"one")
    put_off(village, file, ProblemCode.COUNTY_BUSY.value, NOON + timedelta(hours=1))
    assert waiting(village) == []
    with village.unit() as unit:
        (one,) = unit.files.waiting(9, put_off=True)
        assert unit.lists.status().attention == 0
    assert (one.tries, one.problem) == (1, "county_busy")
    put_off(village, file, ProblemCode.COUNTY_BUSY.value, NOON)
    assert waiting(village) == [file.sha256]
    with village.unit() as unit:
        (one,) = unit.files.waiting(9)
        assert one.tries == 2


def test_a_clock_that_ran_ahead_holds_nothing_back(village: Store) -> None:
    file = add(village, new_case(village), b"one")
    put_off(village, file, "county_busy", datetime(2099, 1, 1, tzinfo=UTC))
    assert waiting(village) == [file.sha256]


def test_a_file_that_cannot_be_sent_needs_a_person(village: Store) -> None:
    case = new_case(village)
    file = add(village, case, b"one")
    receive_all(village)
    put_off(village, file, ProblemCode.ATTACHMENT_MISSING.value, None)
    assert delivery(village) is Delivery.ATTENTION
    assert waiting(village) == []
    assert waiting(village, put_off=True) == [file.sha256]
    with village.unit() as unit:
        status = unit.lists.status()
        (line,) = unit.lists.waiting()
    assert (status.attention, status.waiting_files) == (1, 1)
    assert (line.act, line.case_id, line.problem) == (
        Act.ATTACHMENT_ADDED,
        case.id,
        "attachment_missing",
    )
    with village.unit() as unit:
        unit.files.try_again(file.sha256)
        unit.commit()
    assert delivery(village) is Delivery.RECEIVED
    assert waiting(village) == [file.sha256]


def test_the_county_having_it_after_all_ends_the_trouble(village: Store) -> None:
    file = add(village, new_case(village), b"one")
    receive_all(village)
    put_off(village, file, ProblemCode.ATTACHMENT_DAMAGED.value, None)
    hear(village, word(file))
    assert delivery(village) is Delivery.COMPLETE


def test_scanning_the_paper_again_ends_the_trouble(village: Store, folder: Path) -> None:
    file = add(village, new_case(village), b"one")
    files(folder)[0].unlink()
    put_off(village, file, ProblemCode.ATTACHMENT_MISSING.value, None)
    with village.unit() as unit:
        unit.files.keep(b"one")
        unit.commit()
    assert waiting(village) == [file.sha256]


def test_what_others_wrote_is_not_sent_and_does_not_count(village: Store) -> None:
    head, records = quarrel("周八")
    file = photo(head, b"theirs")
    pull(village, 1, *written_by(OTHER, 1, *records, file, case_id=head.id))
    with village.unit() as unit:
        unit.files.take(file.sha256, file.size, 0, b"theirs")
        unit.commit()
    with village.unit() as unit:
        assert unit.files.has(file.sha256)
        assert unit.files.waiting(9) == ()
        assert unit.files.elsewhere(9) == ()
        assert unit.files.waiting_size() == (0, 0)
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
    assert line.delivery is Delivery.FOREIGN


def test_a_file_of_an_own_case_that_was_never_here_can_only_be_asked_about(village: Store) -> None:
    case = new_case(village)
    file = photo(case, b"taken by the colleague who had the case before")
    put(village, file)
    receive_all(village)
    assert waiting(village) == []
    with village.unit() as unit:
        (one,) = unit.files.elsewhere(9)
    assert (one.sha256, one.case_id) == (file.sha256, case.id)
    assert delivery(village) is Delivery.RECEIVED
    hear(village, word(file))
    assert delivery(village) is Delivery.COMPLETE


def test_hearing_of_a_file_is_announced(village: Store) -> None:
    case = new_case(village)
    file = add(village, case, b"one")
    with village.unit() as unit:
        unit.files.add_receipts([word(file)])
        change = unit.commit()
    assert (change.kinds, change.case_ids) == (frozenset({"journal"}), frozenset({case.id}))


def test_before_the_first_contact_everything_waits(store: Store) -> None:
    enrol(store)
    settle(store)
    file = add(store, new_case(store), b"one")
    receive_all(store, FakeDevice())
    assert waiting(store) == [file.sha256]
    assert delivery(store) is Delivery.RECEIVED


def test_files_are_shown_as_people_know_them(village: Store) -> None:
    case = new_case(village)
    first = add(village, case, b"one", name="IMG_1.jpg", caption="屋檐")
    second = add(village, case, b"three", name="IMG_2.jpg")
    put_off(village, second, ProblemCode.ATTACHMENT_MISSING.value, None)
    with village.unit() as unit:
        needy, waits = unit.lists.waiting_files(9)
        entries = {one.seq: one for one in unit.lists.waiting()}
    assert (needy.file, needy.name, needy.delivery) == (
        second.sha256,
        "IMG_2.jpg",
        Delivery.ATTENTION,
    )
    assert needy.problem == "attachment_missing"
    assert (waits.file, waits.name, waits.size) == (first.sha256, "屋檐", 3)
    assert (waits.delivery, waits.kind, waits.problem) == (Delivery.WAITING, "photo", "")
    assert waits.record == f"attachment:{first.id}"
    assert entries[waits.seq].record == waits.record
    assert waits.case_title == entries[waits.seq].case_title
    hear(village, word(first))
    with village.unit() as unit:
        assert [one.file for one in unit.lists.waiting_files(9)] == [second.sha256]


def test_where_each_file_of_a_case_is(village: Store) -> None:
    case = new_case(village)
    waits, received, needy = (add(village, case, data) for data in (b"one", b"two", b"three"))
    elsewhere = photo(case, b"four")
    with village.unit() as unit:
        unit.records.put(elsewhere)
        unit.commit(Act.ATTACHMENT_ADDED, case.id)
    hear(village, word(received))
    put_off(village, needy, ProblemCode.FILE_TOO_LARGE.value, None)
    with village.unit() as unit:
        states, history = unit.files.states(case.id), unit.lists.history(case.id)
    assert states == {
        waits.sha256: FileState(here=True, received=False),
        received.sha256: FileState(here=True, received=True),
        needy.sha256: FileState(here=True, received=False, needy=True),
        elsewhere.sha256: FileState(here=False, received=False),
    }
    assert f"attachment:{waits.id}" in {one for line in history for one in line.records}
