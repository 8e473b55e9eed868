"""The county's files: whatever way the bytes come they make the same file, nothing is signed that
is not whole and on the disk, and nobody learns of a file that is not theirs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from app.county import accounts
from app.county.database import open_database, reading, sqlite_url, upgrade, writing
from app.county.file_cipher import PIECE, crypt
from app.county.file_intake import FileIntake
from app.county.files import ABANDONED, DAY_LIMIT, LEAST_COUNTED, CountyFiles
from app.county.ingest import Desk
from app.county.keys import CountyKey, genuine, make_key
from app.county.record_states import State, write_state
from app.county.settings import epoch, new_epoch, set_up
from app.county.tables import ArrivingFile, Device, FileDay, RecordState, StoredFile
from app.domain.attachments import SIZE_LIMIT, Attachment, AttachmentKind
from app.domain.ids import new_id
from app.wire.exchange2 import FileReceipt, file_receipt_message
from app.wire.parts import FilePiece
from tests.county.conftest import NewLaptop
from tests.county.laptop import RawLaptop
from tests.county.server import RunningCounty

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
PHOTO = bytes(range(256)) * 300 + b"the end"
WORDS = "张三按了指印".encode() * 5000
NAME = sha256(PHOTO).hexdigest()


@dataclass
class Room:
    """A county without its server: database, folder, key, and laptops by name."""

    engine: Engine
    folder: Path
    key: CountyKey
    files: CountyFiles
    now: datetime = NOW
    free: float = 0.5

    def device(self, name: str, role: str, region: str, committee: str | None = None) -> str:
        with writing(self.engine) as session:
            if committee:
                account = accounts.add_mediator(
                    session, committee_id=committee, name=name, place="director", now=NOW
                )
            else:
                account = accounts.add_supervisor(
                    session, name=name, region=region, role=role, now=NOW
                )
            row = Device(
                id=str(new_id()),
                public_key="",
                account_id=account,
                role=role,
                region=region,
                committee_id=committee,
                card="",
                card_signature="",
                head_hash="",
                enrolled_at=NOW,
            )
            session.add(row)
        return row.id

    def committee(self, region: str, name: str) -> str:
        with writing(self.engine) as session:
            return accounts.add_committee(session, name=name, short_name=name, region=region)

    def intake(self, device: str) -> FileIntake:
        return FileIntake(self.engine, self.files, self.key, device, lambda: self.now)

    def send(self, device: str, data: bytes, *, name: str = "", piece: int = 16_384) -> FileIntake:
        """All of a file in one request, from where the county holds it."""
        name = name or sha256(data).hexdigest()
        intake = self.intake(device)
        for at in range(self.held(device, name, len(data)), len(data), piece):
            intake.take(FilePiece(name, at, len(data), data[at : at + piece]))
        intake.close()
        return intake

    def held(self, device: str, name: str, size: int) -> int:
        with reading(self.engine) as session:
            return self.files.held(session, session.get_one(Device, device), name, size)

    def read(self, device: str, name: str = NAME, offset: int = 0) -> bytes | None:
        with reading(self.engine) as session:
            found = self.files.read(
                session, session.get_one(Device, device), name, offset, SIZE_LIMIT
            )
        return found[1] if found else None

    def record(self, device: str, committee: str, region: str, name: str = NAME) -> None:
        """An applied attachment that names the file."""
        with writing(self.engine) as session:
            state = State(
                kind="attachment",
                id=str(new_id()),
                fields={"sha256": name, "case_id": "c"},
                touched={},
                touched_by="",
                committee_id=committee,
                region=region,
                device_id=device,
            )
            write_state(session, session.get_one(Device, device), state, "", 1)

    def places(self) -> list[Path]:
        return sorted(one for one in (self.folder / "files").rglob("*") if one.is_file())


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    engine = open_database(sqlite_url(tmp_path))
    upgrade(engine)
    with writing(engine) as session:
        set_up(session, "示例县司法局")
    room = Room(engine, tmp_path, make_key(tmp_path), CountyFiles(tmp_path / "files"))
    room.files = CountyFiles(tmp_path / "files", lambda folder: room.free)
    yield room
    engine.dispose()


@pytest.fixture
def home(room: Room) -> str:
    return room.committee("330108001002", "甲村")


@pytest.fixture
def laptop(room: Room, home: str) -> str:
    return room.device("王调解", "mediator", "330108001002", home)


def test_a_file_gets_the_countys_word_and_the_same_word_again(room: Room, laptop: str) -> None:
    word = room.send(laptop, PHOTO).words[NAME]
    assert genuine(room.key.public, file_receipt_message(word.raw), word.signature)
    said = FileReceipt.model_validate_json(word.raw)
    assert (said.sha256, said.size, said.received_at) == (NAME, len(PHOTO), NOW)
    room.now += timedelta(days=9)
    assert room.held(laptop, NAME, len(PHOTO)) == len(PHOTO)
    intake = room.intake(laptop)
    intake.take(FilePiece(NAME, 0, len(PHOTO), PHOTO[:100]))
    assert intake.words == {NAME: word}


def test_nothing_lies_plain_on_the_disk(room: Room, laptop: str) -> None:
    room.send(laptop, WORDS)
    [place] = room.places()
    stored = place.read_bytes()
    assert len(stored) == len(WORDS)
    assert "张三".encode() not in stored
    assert sha256(WORDS).hexdigest()[:16] not in str(place)
    assert place.stat().st_mode & 0o077 == 0


@given(st.binary(max_size=300), st.integers(0, 100), st.integers(0, 300))
def test_the_cipher_is_the_same_wherever_it_begins(data: bytes, start: int, cut: int) -> None:
    secret = bytes(range(32))
    whole = crypt(secret, start, data)
    assert crypt(secret, start, data[:cut]) + crypt(secret, start + cut, data[cut:]) == whole or (
        cut > len(data)
    )
    assert crypt(secret, start, whole) == data


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_way_of_cutting_makes_the_same_file(
    room: Room, laptop: str, data: st.DataObject
) -> None:
    """Pieces in any order, twice, overlapping, with gaps, over many requests."""
    plain = os.urandom(data.draw(st.sampled_from((1, 15, 16, 4097))))
    name, size = sha256(plain).hexdigest(), len(plain)
    cuts = st.tuples(st.integers(0, size - 1), st.integers(1, size))
    while name not in (intake := room.intake(laptop)).words:
        for at, length in data.draw(st.lists(cuts, max_size=6)):
            intake.take(FilePiece(name, at, size, plain[at : at + length]))
        if name not in intake.words:
            at = room.held(laptop, name, size)
            step = data.draw(st.integers(-(-size // 5), size))
            intake.take(FilePiece(name, at, size, plain[at : at + step]))
            assert name in intake.words or intake.reached[name] >= min(at + step, size)
        intake.close()
        assert not intake.refused
        if name in intake.words:
            break
    with reading(room.engine) as session:
        stored = session.get_one(StoredFile, name)
        path = room.folder / "files" / stored.name[:2] / stored.name[2:]
        assert crypt(stored.secret, 0, path.read_bytes()) == plain


def test_a_cut_request_keeps_what_arrived_and_goes_on_on_another_day(
    room: Room, laptop: str
) -> None:
    intake = room.intake(laptop)
    intake.take(FilePiece(NAME, 0, len(PHOTO), PHOTO[:40_000]))  # and no word more: killed
    assert room.held(laptop, NAME, len(PHOTO)) == 40_000
    room.now += timedelta(days=30)
    room.files = CountyFiles(room.folder / "files")  # another process
    assert NAME in room.send(laptop, PHOTO).words


def test_a_death_before_the_commit_asks_for_the_last_byte_again(
    room: Room, laptop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(room.files, "finish", dies)
        with pytest.raises(KeyboardInterrupt):
            room.send(laptop, PHOTO)
    assert room.held(laptop, NAME, len(PHOTO)) == len(PHOTO) - 1
    assert NAME in room.send(laptop, PHOTO).words


def test_the_bytes_are_on_the_disk_before_anything_is_signed(
    room: Room, laptop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real, sign = os.fsync, room.key.sign

    def fsync(handle: int) -> None:
        done.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")  # noqa: PTH112 - a handle, no path
        real(handle)

    def signed(message: bytes) -> str:
        done.append("sign")
        return sign(message)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(room.key, "sign", signed)
    room.send(laptop, PHOTO)
    assert done == ["file", "folder", "folder", "sign"]


def test_wrong_bytes_are_thrown_away_altogether(room: Room, laptop: str) -> None:
    wrong = PHOTO[:50_000] + b"X" + PHOTO[50_001:]
    intake = room.send(laptop, wrong, name=NAME)
    assert (intake.words, intake.refused) == ({}, {NAME: "malformed"})
    assert room.places() == []
    assert room.held(laptop, NAME, len(PHOTO)) == 0
    assert NAME in room.send(laptop, PHOTO).words


def test_another_size_begins_anew(room: Room, laptop: str) -> None:
    intake = room.intake(laptop)
    intake.take(FilePiece(NAME, 0, 900_000, b"x" * 1000))
    intake.take(FilePiece(NAME, 1000, 900_001, b"x"))
    assert intake.refused == {NAME: "malformed"}
    assert room.held(laptop, NAME, len(PHOTO)) == 0
    assert NAME in room.send(laptop, PHOTO).words
    assert len(room.places()) == 1


def test_two_laptops_that_send_the_same_file_at_once(room: Room, home: str, laptop: str) -> None:
    other = room.device("别村", "mediator", "330108001003", room.committee("330108001003", "乙村"))
    one, two = room.intake(laptop), room.intake(other)
    for at in range(0, len(PHOTO), 10_000):
        for intake in (one, two):
            intake.take(FilePiece(NAME, at, len(PHOTO), PHOTO[at : at + 10_000]))
    assert NAME in one.words
    assert NAME in two.words
    assert len(room.places()) == 1
    with reading(room.engine) as session:
        assert session.get(ArrivingFile, (NAME, other)) is None


def test_one_laptop_in_two_requests_at_once(room: Room, laptop: str) -> None:
    first, second = room.intake(laptop), room.intake(laptop)
    for at in range(0, len(PHOTO), 10_000):
        for intake in (first, second):
            intake.take(FilePiece(NAME, at, len(PHOTO), PHOTO[at : at + 10_000]))
    assert first.words == second.words
    assert len(room.places()) == 1
    assert room.held(laptop, NAME, len(PHOTO)) == len(PHOTO)


def test_who_was_quicker_gives_the_other_its_word(room: Room, laptop: str) -> None:
    late = room.intake(laptop)
    late.take(FilePiece(NAME, 0, len(PHOTO), PHOTO[:1000]))
    word = room.send(laptop, PHOTO).words[NAME]
    late.take(FilePiece(NAME, 1000, len(PHOTO), PHOTO[1000:]))
    assert late.words == {NAME: word}
    assert len(room.places()) == 1


def test_what_others_hold_is_told_to_nobody_else(room: Room, home: str, laptop: str) -> None:
    colleague = room.device("同事", "mediator", "330108001002", home)
    stranger = room.device("乙", "mediator", "330108001003", room.committee("330108001003", "乙"))
    supervisor = room.device("李司法", "supervisor", "330108")
    half = room.intake(laptop)
    half.take(FilePiece(NAME, 0, len(PHOTO), PHOTO[:30_000]))
    held = {one: room.held(one, NAME, len(PHOTO)) for one in (colleague, stranger, supervisor)}
    assert set(held.values()) == {0}
    room.send(laptop, PHOTO)
    assert room.held(colleague, NAME, len(PHOTO)) == len(PHOTO)
    assert room.held(stranger, NAME, len(PHOTO)) == 0
    assert room.held(supervisor, NAME, len(PHOTO)) == 0
    room.now += timedelta(hours=5)
    word = FileReceipt.model_validate_json(room.send(stranger, PHOTO).words[NAME].raw)
    assert word.received_at == room.now  # not since when it has been here


SEES = {
    "own": True,
    "colleague": True,
    "neighbour": False,
    "supervisor": True,
    "town": True,
    "other county": False,
    "revoked": False,
    "nobody": False,
}


def test_who_may_have_a_file(room: Room, home: str, laptop: str) -> None:
    far = room.committee("330109001002", "丙村")
    viewers = {
        "own": laptop,
        "colleague": room.device("同事", "mediator", "330108001002", home),
        "neighbour": room.device(
            "乙", "mediator", "330108001003", room.committee("330108001003", "乙")
        ),
        "supervisor": room.device("县", "supervisor", "330108"),
        "town": room.device("镇", "supervisor", "330108001"),
        "other county": room.device("外", "supervisor", "330109"),
        "revoked": room.device("撤", "supervisor", "330108"),
        "nobody": room.device("无", "supervisor", "44"),
    }
    with writing(room.engine) as session:
        session.get_one(Device, viewers["revoked"]).revoked_at = NOW
    room.send(laptop, PHOTO)
    assert {room.read(one) for one in viewers.values()} == {None}  # no record names it yet
    room.record(laptop, home, "330108001002")
    assert {name: room.read(one) == PHOTO for name, one in viewers.items()} == SEES
    # A record that names the file of others opens nothing: the side of that record never had it.
    thief = room.device("贼", "mediator", "330109001002", far)
    room.record(thief, far, "330109001002")
    assert room.read(thief) is None
    assert room.read(viewers["other county"]) is None
    room.send(thief, PHOTO)
    assert room.read(thief) == PHOTO
    assert room.read(viewers["other county"]) == PHOTO


def test_a_file_goes_with_its_case_to_another_committee(room: Room, home: str, laptop: str) -> None:
    other = room.committee("330108001003", "乙村")
    heir = room.device("接手", "mediator", "330108001003", other)
    room.send(laptop, PHOTO)
    room.record(laptop, other, "330108001003")  # written by the first, now the second's business
    assert room.read(heir) == PHOTO


def test_reading_goes_on_from_anywhere(room: Room, home: str, laptop: str) -> None:
    room.send(laptop, PHOTO)
    room.record(laptop, home, "330108001002")
    for offset in (0, 1, 16, 17, len(PHOTO) - 1, len(PHOTO), len(PHOTO) + 5):
        assert room.read(laptop, NAME, offset) == PHOTO[offset:]
    assert room.read(laptop, NAME, -1) is None
    with reading(room.engine) as session:
        device = session.get_one(Device, laptop)
        assert room.files.read(session, device, NAME, 3, 10) == (len(PHOTO), PHOTO[3:13])


def test_a_damaged_file_is_not_given_out_and_the_next_one_mends_it(
    room: Room, home: str, laptop: str
) -> None:
    room.send(laptop, PHOTO)
    room.record(laptop, home, "330108001002")
    [place] = room.places()
    place.write_bytes(b"X" + place.read_bytes()[1:])
    assert room.read(laptop) is None
    supervisor = room.device("县", "supervisor", "330108")
    room.send(supervisor, PHOTO)
    assert room.read(laptop) == PHOTO


def test_what_the_disk_has_lost_is_not_held_whatever_the_row_says(room: Room, laptop: str) -> None:
    before = room.send(laptop, PHOTO).words[NAME]
    [place] = room.places()
    place.write_bytes(place.read_bytes()[:-1])
    assert room.held(laptop, NAME, len(PHOTO)) == 0
    place.unlink()
    assert room.held(laptop, NAME, len(PHOTO)) == 0
    assert room.send(laptop, PHOTO).words == {NAME: before}
    assert room.held(laptop, NAME, len(PHOTO)) == len(PHOTO)


def test_another_epoch_has_another_word(room: Room, laptop: str) -> None:
    room.send(laptop, PHOTO)
    with writing(room.engine) as session:
        fresh = new_epoch(session)
        desk = Desk(room.key, epoch(session), NOW)
        device = session.get_one(Device, laptop)
        word = room.files.word(session, desk, device, NAME)
        assert word
        assert FileReceipt.model_validate_json(word.raw).epoch == fresh
        assert room.files.word(session, desk, device, NAME) == word


def test_limits(room: Room, laptop: str) -> None:
    intake = room.intake(laptop)
    intake.take(FilePiece("a" * 64, 0, SIZE_LIMIT + 1, b"x"))
    intake.take(FilePiece("b" * 64, 0, 0, b""))
    room.free = 0.09
    intake.take(FilePiece("c" * 64, 0, 10, b"x"))
    assert intake.refused == {"a" * 64: "too_large", "b" * 64: "malformed", "c" * 64: "later"}
    room.free = 0.11
    assert NAME in room.send(laptop, PHOTO).words


def test_a_full_disk_refuses_the_file_for_now(
    room: Room, laptop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> int:
        raise OSError(28, "")

    with monkeypatch.context() as patch:
        patch.setattr("app.county.files.os.fdopen", full)
        assert room.send(laptop, PHOTO).refused == {NAME: "later"}
    assert NAME in room.send(laptop, PHOTO).words


def test_two_gibibytes_a_day(room: Room, laptop: str) -> None:
    with writing(room.engine) as session:
        row = FileDay(
            device_id=laptop, day="2026-11-21", bytes_taken=DAY_LIMIT - LEAST_COUNTED - 20_000
        )
        session.add(row)
    intake = room.send(laptop, PHOTO)
    assert intake.refused == {NAME: "over_quota"}
    assert room.held(laptop, NAME, len(PHOTO)) == 16_384  # what came before the limit is kept
    assert room.send(laptop, PHOTO).refused == {NAME: "over_quota"}
    room.now += timedelta(days=1)
    assert NAME in room.send(laptop, PHOTO).words
    with reading(room.engine) as session:
        day = session.get_one(FileDay, (laptop, "2026-11-22"))
        assert day.bytes_taken == len(PHOTO) - 16_384


def test_every_new_file_counts_however_small(room: Room, laptop: str) -> None:
    for content in (b"a", b"b", b"b"):
        room.send(laptop, content)
    intake = room.intake(laptop)
    for size in (7, 8, 8):  # another size is another file
        intake.take(FilePiece(NAME, 0, size, b"x"))
        intake.close()
        intake = room.intake(laptop)
    with reading(room.engine) as session:
        day = session.get_one(FileDay, (laptop, "2026-11-21"))
        assert (day.arrivals, day.bytes_taken) == (4, 4 * LEAST_COUNTED + 4)


def test_so_many_files_a_day(room: Room, laptop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.county.files.ARRIVALS_A_DAY", 2)
    intake = room.intake(laptop)
    names = [f"{number:064x}" for number in range(3)]
    for name in names:
        intake.take(FilePiece(name, 0, 20, b"x"))
    intake.close()
    assert intake.refused == {names[2]: "over_quota"}
    assert len(room.places()) == 2
    # One that had begun goes on.
    intake = room.intake(laptop)
    intake.take(FilePiece(names[0], 1, 20, b"x"))
    assert intake.reached == {names[0]: 2}
    room.now += timedelta(days=1)
    assert NAME in room.send(laptop, PHOTO).words


def test_what_was_abandoned_is_swept(room: Room, laptop: str) -> None:
    intake = room.intake(laptop)
    names = ["a" * 64, "b" * 64, "c" * 64]
    for name in names:
        intake.take(FilePiece(name, 0, 20, b"x"))
    whole = room.send(laptop, PHOTO)
    assert NAME in whole.words
    for place in room.places():
        os.utime(place, (NOW.timestamp(), NOW.timestamp()))
    with reading(room.engine) as session:
        grown = room.files._place(session.get_one(ArrivingFile, (names[0], laptop)).name)
        gone = room.files._place(session.get_one(ArrivingFile, (names[1], laptop)).name)
    late = NOW + ABANDONED + timedelta(seconds=1)
    os.utime(grown, (late.timestamp(), late.timestamp()))
    gone.unlink()
    with writing(room.engine) as session:
        assert room.files.sweep(session, NOW + ABANDONED) == 0
    with writing(room.engine) as session:
        assert room.files.sweep(session, late) == 2
    assert [room.held(laptop, name, 20) for name in names] == [1, 0, 0]
    assert len(room.places()) == 2
    assert room.held(laptop, NAME, len(PHOTO)) == len(PHOTO)


def test_a_large_file_is_flushed_on_its_way(
    room: Room, laptop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    intake = room.intake(laptop)
    plain = bytes(3 * PIECE + 5)
    for at in range(0, 3 * PIECE, 65_536):
        intake.take(FilePiece("a" * 64, at, len(plain), plain[at : at + 65_536]))
    # Besides the database's own: one for each piece of the county's size.
    assert len(flushed) == 3


def test_an_attachment_that_comes_in_the_journal_names_its_file(
    county: RunningCounty, enrolled: NewLaptop
) -> None:
    mediator: RawLaptop = enrolled(county.mediator(county.committee()))
    case = mediator.new_case()
    file = Attachment(
        id=new_id(),
        case_id=case.id,
        kind=AttachmentKind.PHOTO,
        sha256=NAME,
        size=len(PHOTO),
        media_type="image/jpeg",
    )
    mediator.save(file)
    mediator.exchange()
    with Session(county.engine) as session:
        row = session.get_one(RecordState, ("attachment", file.id))
        assert row.file == NAME
