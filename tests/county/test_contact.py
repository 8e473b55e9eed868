"""Protocol 2 against the real server: what arrives whole is kept, receipts never change, and
nothing that a laptop or a stranger sends makes the county stumble.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard
from sqlmodel import col, delete, select

from app.county import contact as contact_module
from app.county import ingest
from app.county.database import reading, writing
from app.county.settings import new_epoch
from app.county.tables import Device, EntryRow, ReceiptRow, RecordState, SpanRow, VerdictRow
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import new_id
from app.services.answers import new_nonce
from app.wire.canonical import canonical
from app.wire.exchange import DEVICE_HEADER, SIGNATURE_HEADER
from app.wire.exchange2 import Answer, Waiting
from app.wire.journal import FIRST_PREVIOUS, SealedEntry
from app.wire.parts import (
    ANSWER,
    END,
    ENTRIES,
    FILE,
    FILE_PIECE,
    HELLO,
    PART_LIMIT,
    part,
)
from tests.county.conftest import NewLaptop
from tests.county.laptop import RawLaptop
from tests.county.server import POSTGRES, RunningCounty
from tests.county.streaming import Stream, entry_parts, file_parts, post

HERE = Path(__file__).parent


@pytest.fixture
def stream(county: RunningCounty, laptop: RawLaptop) -> Stream:
    return Stream(laptop, county.address)


def with_cases(stream: Stream, count: int) -> list[SealedEntry]:
    """The whole journal after so many more cases."""
    for _ in range(count):
        stream.laptop.new_case()
    return stream.laptop.journal


def until(condition: Callable[[], bool]) -> None:
    """Waits for what another thread does; a test that waits in vain fails."""
    pause = threading.Event()
    for _ in range(500):
        if condition():
            return
        pause.wait(0.02)
    raise AssertionError("waited in vain")


def trouble(stream: Stream, parts: list[bytes]) -> tuple[int, str]:
    """Status and word (of an answer with content: its trouble) that parts get."""
    heard, nonce = stream.say(parts)
    assert stream.is_genuine(heard, nonce)
    if heard.status == 200:
        return 200, stream.read(heard, nonce)[0].trouble
    return heard.status, heard.body.decode().split('"')[3]


def test_entries_are_stored_and_one_receipt_covers_them(
    county: RunningCounty, stream: Stream
) -> None:
    journal = with_cases(stream, 7)
    answer = stream.contact(journal)
    [span] = stream.spans(answer)
    assert (span.device, span.first, span.last) == (stream.laptop.id, 1, 7)
    assert (span.entry_hash, span.epoch, span.position) == (journal[-1].hash, answer.epoch, 1)
    assert (answer.have, answer.head_hash, answer.trouble) == (7, journal[-1].hash, "")
    assert [row.raw for row in county.held(stream.laptop.id)] == [one.raw for one in journal]
    assert answer.blocks and answer.county_box_key == county.key.box.public_key


def test_each_part_has_its_own_receipt_and_a_retry_the_same_bytes(
    county: RunningCounty, stream: Stream
) -> None:
    journal = with_cases(stream, 10)
    first = stream.contact(journal, per_part=4)
    assert [(one.first, one.last) for one in stream.spans(first)] == [(1, 4), (5, 8), (9, 10)]
    county.stands_still_at(datetime(2030, 1, 1, tzinfo=UTC))
    assert stream.contact(journal, per_part=3).receipts == first.receipts
    assert stream.contact(receipted=8).receipts == first.receipts[2:]
    assert stream.contact(receipted=10).receipts == ()
    assert len(county.held(stream.laptop.id)) == 10


def test_a_stream_may_begin_in_what_is_held(county: RunningCounty, stream: Stream) -> None:
    journal = with_cases(stream, 9)
    stream.contact(journal[:6])
    for start in (0, 3, 5, 6):
        assert stream.contact(journal[start:], per_part=2).have == 9
    assert len(county.held(stream.laptop.id)) == 9


def test_a_gap_is_waited_for(county: RunningCounty, stream: Stream) -> None:
    journal = with_cases(stream, 6)
    answer = stream.contact(journal[3:])
    assert (answer.have, answer.trouble, answer.receipts) == (0, "gap", ())
    # The same, where the hello lies about where it begins.
    assert stream.contact(journal[3:], first=1).trouble == "gap"
    assert stream.contact([*journal[:2], *journal[3:]], per_part=2).have == 2
    assert stream.contact(journal).have == 6


def test_what_was_stored_before_a_false_entry_stays(
    county: RunningCounty, stream: Stream, stranger: RawLaptop
) -> None:
    journal = with_cases(stream, 5)
    false = stranger.seal(journal[3].raw)
    answer = stream.contact([*journal[:3], false, journal[4]])
    assert (answer.have, answer.trouble) == (3, "malformed")
    assert [(one.first, one.last) for one in stream.spans(answer)] == [(1, 3)]
    assert stream.contact(journal[3:]).have == 5


def test_an_entry_of_another_device_is_not_taken(
    county: RunningCounty, stream: Stream, stranger: RawLaptop
) -> None:
    theirs = stranger.write()
    assert stream.contact([theirs]).trouble == "malformed"
    assert stream.contact([stream.laptop.seal(theirs.raw)]).trouble == "malformed"
    assert county.held(stream.laptop.id) == []


@pytest.mark.parametrize("same_number", [True, False])
def test_two_journals_of_one_device_freeze_it(
    county: RunningCounty, stream: Stream, same_number: bool
) -> None:
    journal = with_cases(stream, 2)
    stream.contact(journal)
    other = (
        stream.laptop.write(seq=2, prev=journal[0].hash)
        if same_number
        else stream.laptop.write(seq=3, prev="1" * 64)
    )
    assert trouble(stream, stream.body([other])) == (409, "forked")
    assert trouble(stream, stream.body()) == (409, "forked")
    assert [row.hash for row in county.held(stream.laptop.id)] == [one.hash for one in journal[:2]]


def test_a_stream_cut_anywhere_keeps_what_arrived_whole(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    account = county.mediator(county.committee())
    writer = Stream(enrolled(account), county.address)
    parts = writer.body(with_cases(writer, 6), per_part=2)
    ends = [sum(map(len, parts[: number + 1])) for number in range(len(parts))]
    cuts = sorted({place for end in ends[:-1] for place in (end - 1, end, end + 3)})
    held = 0
    for cut in cuts:
        whole = sum(end <= cut for end in ends)
        writer.cut_off(parts, cut)
        held = max(held, 2 * max(0, whole - 1))
        until(lambda now=held: len(county.held(writer.laptop.id)) == now)  # type: ignore[misc]
    answer = writer.contact(writer.laptop.journal)
    assert answer.have == 6
    assert [(one.first, one.last) for one in writer.spans(answer)] == [(1, 2), (3, 4), (5, 6)]


def test_a_stream_without_an_end_is_answered(stream: Stream) -> None:
    parts = stream.body(with_cases(stream, 4), per_part=2)
    assert trouble(stream, parts[:-1]) == (200, "cut")
    assert trouble(stream, [*parts[:2], parts[2][:-1]]) == (200, "cut")
    assert stream.contact().have == 4


def test_a_contact_that_never_ends_is_seen(county: RunningCounty, stream: Stream) -> None:
    parts = stream.body(with_cases(stream, 2), per_part=1)
    stream.cut_off(parts, len(parts[0]) + len(parts[1]))
    until(lambda: len(county.held(stream.laptop.id)) == 1)
    with county.session() as session:
        device = session.get_one(Device, stream.laptop.id)
        assert device.began_at is not None
        assert device.last_contact is None


@pytest.mark.parametrize(
    ("broken", "word"),
    [
        (part(ENTRIES, b""), "malformed"),
        (part(ENTRIES, b"\x00\x01" + bytes(64) + b"not zstd"), "malformed"),
        (part(ENTRIES, b"\x00\x02" + bytes(128) + zstandard.compress(b"short")), "malformed"),
        (part(ENTRIES, b"\xff\xff" + bytes(64)), "malformed"),
        (part(ENTRIES, b"\x00\x01" + bytes(64) + zstandard.compress(bytes(9 << 20))), "malformed"),
        (part(ENTRIES, bytes(PART_LIMIT)), "malformed"),
        (part(FILE, b"short"), "malformed"),
        (part(FILE, bytes(PART_LIMIT)), "malformed"),
        (part(HELLO, b"{}"), "malformed"),
        (part(ANSWER, b""), "malformed"),
        (b"E" + (PART_LIMIT + 1).to_bytes(4, "big"), "malformed"),
        (b"?" + bytes(4), "malformed"),
        (part(END) + b"more", "malformed"),
    ],
)
def test_a_broken_part_stops_the_reading_and_nothing_else(
    stream: Stream, broken: bytes, word: str
) -> None:
    journal = with_cases(stream, 3)
    parts = stream.body(journal[:2], more_parts=[broken, *entry_parts(journal[2:])])
    heard, nonce = stream.say(parts)
    answer, _ = stream.read(heard, nonce)
    assert (answer.have, answer.trouble) == (2, word)
    assert stream.contact(journal).have == 3


def test_a_frame_that_unpacks_to_much_is_not_unpacked(stream: Stream) -> None:
    bomb = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(64 << 20))
    parts = stream.body(more_parts=[part(ENTRIES, b"\x00\x01" + bytes(64) + bomb)])
    assert trouble(stream, parts) == (200, "malformed")


@pytest.mark.parametrize(
    "first",
    [
        part(ENTRIES, b"{}"),
        part(END),
        part(HELLO, b"{}x"),
        part(HELLO, b'{"protocol":3}'),
        part(HELLO, b'{"first":-1}'),
        part(HELLO, b'{"cursor":9007199254740993}'),
        part(HELLO, b'{"epoch":"\\ud800"}'),
        part(HELLO, b"[" * 1000),
        part(HELLO, b'{"app":"' + b"x" * 300_000 + b'"}'),
        b"",
        b"H",
        b"?????",
    ],
)
def test_nothing_but_a_hello_opens_a_contact(
    county: RunningCounty, stream: Stream, first: bytes
) -> None:
    parts = [first, *entry_parts(with_cases(stream, 1)), part(END)]
    assert trouble(stream, parts)[0] in (400, 401)
    assert county.held(stream.laptop.id) == []


def test_a_hello_beyond_its_limit_is_not_read_to_its_end(stream: Stream) -> None:
    head = HELLO + (5 << 20).to_bytes(4, "big")
    assert trouble(stream, [head, *[bytes(64 * 1024)] * 10]) == (413, "too_large")


def test_only_the_device_itself_is_heard(
    county: RunningCounty, stream: Stream, stranger: RawLaptop
) -> None:
    parts = stream.body(with_cases(stream, 1))
    nonce = new_nonce()
    good = stream.headers(parts[0][5:], nonce)
    other = stream.body(room=5)
    for headers, sent, status in (
        ({**good, SIGNATURE_HEADER: "0" * 128}, parts, 401),
        ({**good, DEVICE_HEADER: str(new_id())}, parts, 401),
        ({**good, DEVICE_HEADER: "x"}, parts, 400),
        (good, other, 401),
        ({**good, "X-Heshi-Nonce": new_nonce()}, parts, 401),
        (Stream(stranger, "").headers(parts[0][5:], nonce), parts, 401),
    ):
        heard = post(county.address, sent, headers)
        assert heard.status == status
        assert b'"code"' in heard.body
    assert county.held(stream.laptop.id) == []
    with county.session() as session:
        assert session.get_one(Device, stream.laptop.id).began_at is None


def test_a_request_that_is_played_again_changes_nothing(
    county: RunningCounty, stream: Stream
) -> None:
    parts = stream.body(with_cases(stream, 3))
    headers = stream.headers(parts[0][5:], new_nonce())
    first = post(county.address, parts, headers)
    second = post(county.address, parts, headers)
    assert (first.status, second.status) == (200, 200)
    nonce = headers["X-Heshi-Nonce"]
    one, two = stream.read(first, nonce)[0], stream.read(second, nonce)[0]
    assert (one.receipts, one.have, one.blocks) == (two.receipts, two.have, two.blocks)
    assert len(county.held(stream.laptop.id)) == 3


def test_a_revoked_laptop_gets_nothing_more(county: RunningCounty, stream: Stream) -> None:
    county.revoke(stream.laptop.id)
    assert trouble(stream, stream.body(with_cases(stream, 1))) == (403, "revoked")
    assert county.held(stream.laptop.id) == []


def test_files_arrive_in_pieces_and_get_the_countys_word(
    county: RunningCounty, stream: Stream
) -> None:
    content = os.urandom(4 * FILE_PIECE + 4000)
    name = sha256(content).hexdigest()
    asked = [{"sha256": name, "size": len(content)}]
    pieces = list(file_parts(name, content))
    answer = stream.contact(files=asked)
    assert [(one.sha256, one.have) for one in answer.files] == [(name, 0)]
    answer = stream.contact(more_parts=pieces[:2])
    assert [(one.sha256, one.have) for one in answer.files] == [(name, 2 * FILE_PIECE)]
    whole = stream.contact(more_parts=pieces[2:])
    assert not whole.files and len(whole.file_receipts) == 1
    assert stream.contact(files=asked).file_receipts == whole.file_receipts


def test_every_byte_before_a_cut_is_kept(county: RunningCounty, stream: Stream) -> None:
    content = os.urandom(4 * FILE_PIECE + 4000)
    name = sha256(content).hexdigest()
    parts = stream.body(more_parts=file_parts(name, content))
    stream.cut_off(parts, len(b"".join(parts[:3])) + 100)

    def held() -> int:
        files = stream.contact(files=[{"sha256": name, "size": len(content)}]).files
        return sum(one.have for one in files)

    # 39 bytes of the third piece came behind its head.
    until(lambda: held() == 2 * FILE_PIECE + 39)


def test_a_laptop_of_the_first_protocol_becomes_one_of_the_second(
    county: RunningCounty, stream: Stream
) -> None:
    journal = with_cases(stream, 5)
    stream.laptop.exchange(journal[:2])
    old = stream.laptop.exchange(journal[:3])
    answer = stream.contact(journal[3:])
    spans = stream.spans(answer)
    assert [(one.first, one.last) for one in spans] == [(1, 2), (3, 3), (4, 5)]
    assert [one.position for one in spans] == [1, 3, 4]
    # And back: an earlier version asks for what came by the second.
    again = stream.laptop.exchange(journal)
    assert again.receipts[:3] == old.receipts
    assert len(again.receipts) == 5
    assert stream.laptop.exchange(journal).receipts == again.receipts
    assert stream.contact().receipts == answer.receipts


def test_spans_do_not_reach_over_what_came_between(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    committee = county.committee()
    one, two = (enrolled(county.mediator(committee, name)) for name in "甲乙")
    county.stands_still_at(datetime(2026, 3, 15, tzinfo=UTC))
    for _ in range(2):
        for laptop in (one, two):
            laptop.new_case()
            laptop.exchange(laptop.journal)
    first = Stream(one, county.address)
    assert [(s.first, s.last, s.position) for s in first.spans(first.contact())] == [
        (1, 1, 1),
        (2, 2, 3),
    ]


def test_a_restored_county_signs_in_its_new_epoch(county: RunningCounty, stream: Stream) -> None:
    journal = with_cases(stream, 6)
    before = stream.contact(journal, per_part=2)
    _forget_after(county, stream.laptop.id, 3)
    answer = stream.contact(receipted=6)
    assert answer.have == 3 and answer.epoch != before.epoch
    assert [(one.first, one.last) for one in stream.spans(answer)] == [(1, 2), (3, 3)]
    assert {one.epoch for one in stream.spans(answer)} == {answer.epoch}
    answer = stream.contact(journal[3:])
    assert [row.hash for row in county.held(stream.laptop.id)] == [one.hash for one in journal]
    assert [one.last for one in stream.spans(answer)] == [2, 3, 6]


def _forget_after(county: RunningCounty, device_id: str, seq: int) -> None:
    """What restoring an old backup does: the log's end is gone, and a new epoch begins."""
    last = county.held(device_id)[seq - 1]
    with writing(county.engine) as session:
        for table in (ReceiptRow, VerdictRow, EntryRow):
            session.exec(delete(table).where(col(table.position) > last.position))
        session.exec(delete(SpanRow).where(col(SpanRow.last) > seq))
        session.exec(delete(RecordState).where(col(RecordState.kind) == "case"))
        device = session.get_one(Device, device_id)
        device.head_seq, device.head_hash = last.seq, last.hash if seq else FIRST_PREVIOUS
        new_epoch(session)


def test_two_contacts_of_one_laptop_at_once(county: RunningCounty, stream: Stream) -> None:
    journal = with_cases(stream, 60)
    with ThreadPoolExecutor(4) as pool:
        bodies = [stream.body(journal, per_part=size) for size in (3, 5, 7, 11)]
        heard = list(pool.map(stream.say, bodies))
    answers = [stream.read(*one)[0] for one in heard]
    assert {one.have for one in answers} == {60}
    assert len({one.receipts for one in answers}) == 1
    _is_gap_free(county, stream, answers[0])


def _is_gap_free(county: RunningCounty, stream: Stream, answer: Answer) -> None:
    rows = county.held(stream.laptop.id)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    reached = 0
    for span in stream.spans(answer):
        assert span.first == reached + 1
        positions = [row.position for row in rows[span.first - 1 : span.last]]
        assert positions == list(range(span.position, span.position + len(positions)))
        assert rows[span.last - 1].hash == span.entry_hash
        reached = span.last
    assert reached == len(rows)


def test_twenty_laptops_at_once(county: RunningCounty, enrolled: NewLaptop) -> None:
    committees = [county.committee(f"3301080010{number:02}", f"{number}村") for number in range(10)]
    streams = [
        Stream(enrolled(county.mediator(committees[number % 10], f"{number}")), county.address)
        for number in range(20)
    ]
    for one in streams:
        with_cases(one, 12)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda one: one.contact(one.laptop.journal, per_part=4), streams))
    for one, answer in zip(streams, answers, strict=True):
        assert (answer.have, answer.trouble) == (12, "")
        _is_gap_free(county, one, answer)
    with reading(county.engine) as session:
        positions = sorted(session.exec(select(EntryRow.position)))
    assert positions == list(range(1, 241))


def test_a_fault_of_ours_does_not_take_back_what_was_stored(
    county: RunningCounty,
    stream: Stream,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    journal = with_cases(stream, 4)
    calls = []

    def broken(*arguments: object) -> object:
        calls.append(1)
        if len(calls) > 1:
            raise LookupError("张三")
        return real(*arguments)  # type: ignore[arg-type]

    real = ingest.append
    monkeypatch.setattr(contact_module, "append", broken)
    answer = stream.contact(journal, per_part=2)
    assert (answer.have, answer.trouble) == (2, "fault")
    monkeypatch.setattr(contact_module, "whole_answer", broken)
    answer = stream.contact()
    assert (answer.have, answer.trouble, answer.more) == (2, "fault", True)
    monkeypatch.setattr(contact_module, "whole_answer", lambda *_: (None, ()))
    assert stream.contact().trouble == "fault"
    assert "LookupError" in caplog.text and "张三" not in caplog.text
    monkeypatch.undo()
    assert stream.contact(journal).have == 4


@pytest.mark.skipif(bool(POSTGRES), reason="one way of dying is enough")
def test_a_county_that_dies_after_the_commit_has_it_once(
    county: RunningCounty, stream: Stream
) -> None:
    parts = stream.body(with_cases(stream, 3))
    county.stop()
    dying = subprocess.Popen(
        [sys.executable, str(HERE / "dying_county.py"), str(county.folder), str(county.port)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
    )
    assert dying.stdout and dying.stdout.readline() == b"listening\n"
    with pytest.raises(OSError):
        stream.say(parts)
    assert dying.wait() == -signal.SIGKILL
    dying.stdout.close()
    assert len(county.held(stream.laptop.id)) == 3
    county.start()
    answer = stream.contact(stream.laptop.journal)
    assert [(one.first, one.last) for one in stream.spans(answer)] == [(1, 3)]
    assert len(county.held(stream.laptop.id)) == 3


def test_what_a_laptop_says_of_itself_is_kept(county: RunningCounty, stream: Stream) -> None:
    waiting = {"entries": 3, "entry_bytes": 4000, "oldest_at": "2026-03-01T00:00:00Z"}
    stream.contact(waiting=waiting, offset_ms=-7_200_000, app="0.3.0", box_key="ab" * 32)
    stream.contact(app="0.3.0")
    with county.session() as session:
        device = session.get_one(Device, stream.laptop.id)
        assert (device.app, device.box_key) == ("0.3.0", "ab" * 32)
        assert device.last_contact and device.began_at
        assert device.last_contact >= device.began_at
        assert device.waiting == canonical(Waiting().model_dump(mode="json")).decode()


def test_what_has_come_does_not_wait_any_more(county: RunningCounty, stream: Stream) -> None:
    stream.laptop.new_case()
    stream.laptop.new_case()
    size = sum(len(one.raw) for one in stream.laptop.journal)
    waiting = {"entries": 2, "entry_bytes": size, "oldest_at": "2026-03-01T00:00:00Z", "files": 1}
    for _ in range(2):
        # The second time the laptop has not heard that they were received.
        stream.contact(stream.laptop.journal, waiting=waiting)
        with county.session() as session:
            kept = session.get_one(Device, stream.laptop.id).waiting
        left = Waiting.model_validate_json(kept)
        assert (left.entries, left.entry_bytes, left.oldest_at, left.files) == (0, 0, None, 1)


def test_a_file_is_fetched_in_pieces_by_who_may_see_it(
    county: RunningCounty, enrolled: NewLaptop, stream: Stream
) -> None:
    content = os.urandom(150_000)
    name = sha256(content).hexdigest()
    case = stream.laptop.new_case()
    scan = Attachment(
        id=new_id(),
        case_id=case.id,
        kind=AttachmentKind.PHOTO,
        sha256=name,
        size=len(content),
        media_type="image/jpeg",
    )
    stream.laptop.save(scan)
    stream.contact(stream.laptop.journal, more_parts=file_parts(name, content))
    supervisor = Stream(enrolled(county.supervisor()), county.address)
    got = b""
    while len(got) < len(content):
        pieces = supervisor.fetch((name, len(got)), room=50_000)
        assert sum(len(one.data) for one in pieces) <= 50_000
        got += b"".join(one.data for one in pieces)
    assert got == content
    elsewhere = Stream(enrolled(county.mediator(county.committee("330109001002"))), county.address)
    for reader, asked in ((elsewhere, name), (supervisor, "0" * 64)):
        assert reader.fetch((asked, 0)) == []
    assert supervisor.fetch((name, len(content))) == []
    assert supervisor.fetch((name, 2**53 - 1)) == []
