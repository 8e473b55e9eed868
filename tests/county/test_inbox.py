"""The county's inbox: parcels in any order, any number of times, from anybody's hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.county import accounts, inbox
from app.county.clock import utc_now
from app.county.database import open_database, sqlite_url, upgrade, writing
from app.county.enrolment import revoke, sign_card
from app.county.exchange import County
from app.county.inbox import Inbox, Outcome, State, set_aside
from app.county.keys import BOX_FILE, CountyKey, genuine, load_key, make_key
from app.county.settings import set_up
from app.county.tables import Device
from app.county.trouble import Troubled
from app.domain.ids import new_id
from app.services.parcel_files import parcel_in, write_parcel
from app.services.usb import answers_in
from app.wire.box import X25519Box, new_secret
from app.wire.exchange2 import Answer, answer_body, read_answer
from app.wire.journal import FIRST_PREVIOUS
from app.wire.parcel import Address, Direction, examine, open_parcel, seal
from app.wire.words import WORDS
from tests.fakes import FakeDevice

VILLAGE, SECOND, STRANGER = FakeDevice("village"), FakeDevice("second"), FakeDevice("stranger")


@dataclass
class Taking:
    """A `TakeParts` that answers with what it was given, and remembers it."""

    seen: list[tuple[str, str, bytes, bool]] = field(default_factory=list)
    trouble: Exception | None = None
    stopped_by: str = ""

    def __call__(self, device: str, nonce: str, parts: Iterator[bytes], *, accepted: bool) -> bytes:
        if self.trouble:
            raise self.trouble
        body = b"".join(parts)
        self.seen.append((device, nonce, body, accepted))
        told = Answer(
            epoch=answer_to(body),
            county_time=utc_now(),
            head_hash=FIRST_PREVIOUS,
            cursor=0,
            trouble=self.stopped_by,
        )
        return answer_body(told, (), WORDS)

    @property
    def bodies(self) -> list[bytes]:
        return [one[2] for one in self.seen]


@dataclass
class Office:
    """A county without a server: database, keys, an inbox on a folder."""

    data: Path
    stick: Path
    engine: Engine
    key: CountyKey
    taking: Taking = field(default_factory=Taking)

    def __post_init__(self) -> None:
        self.county = County(self.engine, self.key, utc_now, self.data)
        self.inbox = self.new_inbox()

    def new_inbox(self, answers: Path | None = None) -> Inbox:
        return Inbox(self.county, self.data, self.taking, self.stick, answers)

    def states(self, *, settled: bool = False) -> list[State]:
        return [one.state for one in self.inbox.look(settled=settled)]

    def knows(self, laptop: FakeDevice, *, box: bool = True) -> None:
        with writing(self.engine) as session:
            account = accounts.add_supervisor(
                session, name="李司法", region="330108", role="supervisor", now=utc_now()
            )
            device = Device(
                id=laptop.device_id,
                public_key=laptop.public_key,
                account_id=account,
                role="supervisor",
                region="330108",
                card="",
                card_signature="",
                head_hash=FIRST_PREVIOUS,
                enrolled_at=utc_now(),
                box_key=laptop.box.public_key if box else "",
            )
            sign_card(session, self.key, device)

    def strikes_off(self, laptop: FakeDevice) -> None:
        with writing(self.engine) as session:
            revoke(session, self.key, session.get_one(Device, laptop.device_id), utc_now())

    def sends(
        self,
        contents: bytes,
        laptop: FakeDevice = VILLAGE,
        *,
        reader: str = "",
        name: str = "和事-1",
        volume: int = 1 << 30,
        folder: Path | None = None,
    ) -> tuple[Path, ...]:
        """A parcel as that laptop makes it, on the stick."""
        address = Address(
            direction=Direction.TO_COUNTY,
            reader=reader or self.key.box.public_key,
            parcel_id=str(new_id()),
            sender=laptop.device_id,
        )
        return write_parcel(
            seal([contents], address, laptop.sign),
            folder or self.stick,
            name,
            address.parcel_id,
            owner="laptop",
            volume_bytes=volume,
        )

    def answer(self, laptop: FakeDevice = VILLAGE, name: str = "和事-1") -> tuple[str, str]:
        """The answer beside the parcel as that laptop reads it, and which parcel it answers."""
        parcel = parcel_in(self.stick / f"{name}.answer.heshi")
        found = examine(parcel.chunks())
        assert genuine(self.key.public, found.message, found.signature)
        assert found.head.direction is Direction.TO_LAPTOP
        opened = b"".join(open_parcel(parcel.chunks(), found.head, laptop.box))
        return read_answer(opened, WORDS)[0].epoch, found.head.answers


def answer_to(contents: bytes) -> str:
    return f"answer to {contents[:20]!r}"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    data, stick = tmp_path / "county", tmp_path / "stick"
    data.mkdir()
    stick.mkdir()
    engine = open_database(sqlite_url(data))
    upgrade(engine)
    with writing(engine) as session:
        set_up(session, "示例县司法局")
    office = Office(data, stick, engine, make_key(data))
    office.knows(VILLAGE)
    yield office
    engine.dispose()


def test_a_parcel_is_taken_in_and_answered(office: Office) -> None:
    (file,) = office.sends(b"journal")
    (outcome,) = office.inbox.look()
    parcel = parcel_in(file).parcel_id
    assert outcome == Outcome(parcel, VILLAGE.device_id, State.TAKEN)
    nonce = parcel.replace("-", "")
    assert office.taking.seen == [(VILLAGE.device_id, nonce, b"journal", False)]
    assert office.answer() == (answer_to(b"journal"), parcel)


def test_looking_again_changes_nothing(office: Office) -> None:
    office.sends(b"journal")
    assert office.states() == [State.TAKEN]
    assert office.states() == []
    office.inbox = office.new_inbox()
    assert office.states() == [State.ANSWERED]
    assert len(office.taking.seen) == 1


@pytest.mark.parametrize("lost", ["gone", "cut", "foreign", "another", "forged"])
def test_a_lost_answer_is_made_again(office: Office, lost: str) -> None:
    office.sends(b"journal")
    assert office.states() == [State.TAKEN]
    file = office.stick / "和事-1.answer.heshi"
    whole = file.read_bytes()
    file.unlink()
    if lost == "cut":
        file.write_bytes(whole[:-1])
    elif lost == "foreign":
        file.write_bytes(b"hello")
    elif lost == "forged":
        address = Address(
            direction=Direction.TO_LAPTOP,
            reader=VILLAGE.box.public_key,
            parcel_id=str(new_id()),
            answers=parcel_in(office.stick / "和事-1.heshi").parcel_id,
        )
        stream = seal([b""], address, STRANGER.sign)
        name = file.name.removesuffix(".heshi")
        write_parcel(stream, office.stick, name, address.parcel_id, owner="x")
    elif lost == "another":
        office.sends(b"other", name="和事-2")
        assert office.states() == [State.TAKEN]
        (office.stick / "和事-2.answer.heshi").rename(file)
        (office.stick / "和事-2.heshi").unlink()
    lies = file.read_bytes() if file.exists() else None
    office.inbox = office.new_inbox()
    assert office.states() == [State.AGAIN]
    # What is no answer to this parcel stays as it lies.
    mark = parcel_in(office.stick / "和事-1.heshi").parcel_id[-8:]
    name = f"和事-1.{mark}" if lies else "和事-1"
    assert office.answer(name=name)[0] == answer_to(b"journal")
    assert lies is None or file.read_bytes() == lies
    office.inbox = office.new_inbox()
    assert office.states() == [State.ANSWERED]
    nonces = {seen[1] for seen in office.taking.seen if seen[2] == b"journal"}
    assert len(nonces) == 1


@pytest.mark.parametrize("first", ["a", "A"])
def test_a_parcel_that_is_called_like_an_answer_is_not_replaced(office: Office, first: str) -> None:
    office.knows(SECOND)
    (victim,) = office.sends(b"victim", name="a.answer")
    (other,) = office.sends(b"other", SECOND, name=first)
    parcels = {one: one.read_bytes() for one in (victim, other)}
    assert office.states() == [State.TAKEN, State.TAKEN]
    assert {one: one.read_bytes() for one in parcels} == parcels
    assert sorted(office.taking.bodies) == [b"other", b"victim"]
    assert office.answer(name="a.answer")[0] == answer_to(b"victim")
    office.inbox = office.new_inbox()
    assert office.states() == [State.ANSWERED, State.ANSWERED]


def test_two_parcels_of_one_plain_name_have_two_answers(office: Office) -> None:
    office.knows(SECOND)
    (one,) = office.sends(b"one", name="N")
    (two,) = office.sends(b"two", SECOND, name="N.1of1")
    assert office.states() == [State.TAKEN, State.TAKEN]
    # Whichever file the folder shows first has the plain name.
    marked = next(each for each in (one, two) if (office.stick / _marked("N", each)).exists())
    plain = two if marked is one else one
    assert office.answer({one: VILLAGE, two: SECOND}[plain], "N")[1] == parcel_in(plain).parcel_id
    name = _marked("N", marked).removesuffix(".answer.heshi")
    answer = office.answer({one: VILLAGE, two: SECOND}[marked], name)
    assert answer[1] == parcel_in(marked).parcel_id
    for laptop in (VILLAGE, SECOND):
        assert len(answers_in(office.stick, laptop)) == 1
    before = {each: each.read_bytes() for each in office.stick.iterdir()}
    office.inbox = office.new_inbox()
    assert office.states() == [State.ANSWERED, State.ANSWERED]
    assert {each: each.read_bytes() for each in office.stick.iterdir()} == before


def test_where_every_name_is_taken_nothing_is_replaced(office: Office) -> None:
    (file,) = office.sends(b"journal", name="N")
    parcel = parcel_in(file).parcel_id
    taken = [
        office.stick / f"N{mark}.answer.heshi" for mark in ("", f".{parcel[-8:]}", f".{parcel}")
    ]
    for one in taken:
        one.write_bytes(b"mine")
    assert office.states() == [State.TAKEN_UNANSWERED]
    assert {one.read_bytes() for one in taken} == {b"mine"}
    taken[2].unlink()
    office.inbox = office.new_inbox()
    assert office.states() == [State.AGAIN]
    assert office.answer(name=f"N.{parcel}")[1] == parcel


def test_an_answer_to_a_part_is_replaced_by_the_next(office: Office) -> None:
    office.sends(b"journal")
    office.taking.stopped_by = "busy"
    assert office.states() == [State.IN_PART]
    office.taking.stopped_by = ""
    office.inbox = office.new_inbox()
    assert office.states() == [State.TAKEN]
    assert len(list(office.stick.iterdir())) == 2


def _marked(name: str, parcel: Path) -> str:
    return f"{name}.{parcel_in(parcel).parcel_id[-8:]}.answer.heshi"


def test_the_same_parcel_under_another_name_is_the_same(office: Office) -> None:
    (file,) = office.sends(b"journal")
    assert office.states() == [State.TAKEN]
    file.rename(office.stick / "zz.heshi")
    assert office.states() == [State.AGAIN]
    assert office.answer(name="zz") == (answer_to(b"journal"), office.answer()[1])


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_volumes_arrive_one_by_one(office: Office, tmp_path: Path, order: tuple[int, ...]) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    contents = os.urandom(900)
    files = office.sends(contents, volume=500, folder=aside)
    assert len(files) == 3
    told = []
    for number in order:
        files[number].rename(office.stick / files[number].name)
        told += office.states()
    assert told == [State.INCOMPLETE, State.INCOMPLETE, State.TAKEN]
    assert office.taking.bodies == [contents]
    assert office.answer()[0] == answer_to(contents)


def test_a_file_that_is_still_being_copied_is_waited_for(office: Office) -> None:
    (file,) = office.sends(b"journal")
    whole = file.read_bytes()
    file.write_bytes(whole[:150])
    assert office.states(settled=True) == []
    file.write_bytes(whole[:200])
    assert office.states(settled=True) == []
    file.write_bytes(whole)
    assert office.states(settled=True) == []
    assert office.states(settled=True) == [State.TAKEN]
    assert office.states(settled=True) == []


def test_what_was_damaged_is_taken_once_it_is_copied_again(office: Office) -> None:
    (file,) = office.sends(b"journal")
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    assert office.states() == [State.DAMAGED]
    assert office.states() == []
    file.write_bytes(whole)
    assert office.states() == [State.TAKEN]


def test_two_laptops_on_one_stick_do_not_see_each_other(office: Office) -> None:
    office.knows(SECOND)
    office.sends(b"first", name="和事-1")
    office.sends(b"second", SECOND, name="和事-2")
    assert office.states() == [State.TAKEN, State.TAKEN]
    assert office.answer(VILLAGE, "和事-1")[0] == answer_to(b"first")
    assert office.answer(SECOND, "和事-2")[0] == answer_to(b"second")


def test_every_spoiled_byte_and_every_cut_is_refused(office: Office) -> None:
    (file,) = office.sends(b"x")
    whole = file.read_bytes()
    for at in range(0, len(whole), 3):
        for spoiled in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :]):
            file.write_bytes(spoiled)
            office.inbox = office.new_inbox()
            assert office.states() in ([], [State.DAMAGED], [State.NEWER], [State.INCOMPLETE])
    assert office.taking.seen == []


def test_who_alters_a_parcel_and_its_sum_is_found(office: Office) -> None:
    from app.wire.volumes import HEAD_SIZE, SUM_SIZE, VolumeSum, read_volume_head

    (file,) = office.sends(b"x" * 50)
    whole = file.read_bytes()
    inner = bytearray(whole[HEAD_SIZE:-SUM_SIZE])
    inner[-70] ^= 1
    total = VolumeSum()
    total.add(bytes(inner))
    end = total.close(read_volume_head(whole))
    file.write_bytes(whole[:HEAD_SIZE] + bytes(inner) + end)
    assert office.states() == [State.NOT_GENUINE]
    assert office.taking.seen == []


def test_each_wrong_parcel_has_its_own_word(office: Office, tmp_path: Path) -> None:
    office.sends(b"x", STRANGER, name="a")
    office.sends(b"x", reader=X25519Box(new_secret()).public_key, name="b")
    office.sends(b"x", name="c")
    (office.stick / "d.heshi").write_bytes(b"MZ")
    (office.stick / "autorun.inf").write_bytes(b"[autorun]")
    with writing(office.engine) as session:
        device = session.get_one(Device, VILLAGE.device_id)
        device.public_key = STRANGER.public_key
        session.add(device)
    assert office.states() == [State.UNKNOWN_DEVICE, State.NOT_FOR_US, State.NOT_GENUINE]
    assert office.taking.seen == []


def test_a_laptop_that_told_no_key_is_taken_and_not_answered(office: Office) -> None:
    office.knows(SECOND, box=False)
    office.sends(b"x", SECOND)
    assert office.states() == [State.TAKEN_NO_KEY]
    assert office.taking.bodies == [b"x"]


def test_answers_go_elsewhere_where_told(office: Office, tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.mkdir()
    office.inbox = office.new_inbox(answers)
    office.sends(b"x")
    before = sorted(one.name for one in office.stick.iterdir())
    assert office.states() == [State.TAKEN]
    assert sorted(one.name for one in office.stick.iterdir()) == before
    assert [one.name for one in answers.iterdir()] == ["和事-1.answer.heshi"]


def test_a_stick_that_takes_no_answer_is_told(office: Office, tmp_path: Path) -> None:
    office.sends(b"x")
    office.inbox = office.new_inbox(tmp_path / "nowhere")
    assert office.states() == [State.TAKEN_UNANSWERED]
    assert len(office.taking.seen) == 1


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (Troubled("malformed"), State.MALFORMED),
        (Troubled("forked"), State.FORKED),
        (Troubled("busy"), State.BUSY),
        (OperationalError("", {}, Exception()), State.BUSY),
    ],
)
def test_trouble_is_told_and_only_passing_trouble_is_tried_again(
    office: Office, trouble: Exception, state: State
) -> None:
    office.sends(b"x")
    office.taking.trouble = trouble
    assert office.states() == [state]
    office.taking.trouble = None
    assert office.states() == ([State.TAKEN] if state is State.BUSY else [])


def test_what_was_taken_in_part_is_taken_whole_the_next_time(office: Office) -> None:
    office.sends(b"x")
    office.taking.stopped_by = "busy"
    assert office.states() == [State.IN_PART]
    assert office.answer()[0] == answer_to(b"x")
    office.taking.stopped_by = ""
    office.inbox = office.new_inbox()
    assert office.states() == [State.TAKEN]
    office.inbox = office.new_inbox()
    assert office.states() == [State.ANSWERED]


def test_what_a_struck_off_laptop_sent_waits_for_a_person(office: Office) -> None:
    (file,) = office.sends(b"made before the loss")
    parcel = parcel_in(file).parcel_id
    office.strikes_off(VILLAGE)
    assert office.states() == [State.SET_ASIDE]
    file.unlink()  # the stick goes home
    assert office.taking.seen == []
    (aside,) = set_aside(office.county)
    assert (aside.parcel, aside.device, aside.reason) == (parcel, VILLAGE.device_id, "revoked")
    assert not list(office.stick.glob("*.answer.heshi"))

    assert office.inbox.accept(parcel).state is State.TAKEN
    assert [(one[2], one[3]) for one in office.taking.seen] == [(b"made before the loss", True)]
    assert set_aside(office.county) == []
    with pytest.raises(ValueError):
        office.inbox.accept(parcel)
    with pytest.raises(ValueError):
        office.inbox.accept(str(new_id()))


def test_what_is_set_aside_twice_waits_once(office: Office) -> None:
    office.sends(b"x")
    office.strikes_off(VILLAGE)
    assert office.states() == [State.SET_ASIDE]
    office.inbox = office.new_inbox()
    assert office.states() == [State.SET_ASIDE]
    (aside,) = set_aside(office.county)
    office.inbox.accept(aside.parcel)
    office.inbox = office.new_inbox()
    assert office.states() == [State.ACCEPTED]
    assert set_aside(office.county) == []


def test_an_altered_file_in_the_quarantine_is_not_taken(office: Office) -> None:
    office.sends(b"x")
    office.strikes_off(VILLAGE)
    office.states()
    (aside,) = set_aside(office.county)
    kept = office.data / inbox.QUARANTINE / aside.parcel / "parcel.heshi"
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1])
    assert office.inbox.accept(aside.parcel).state is State.DAMAGED
    assert len(set_aside(office.county)) == 1
    kept.unlink()
    with pytest.raises(ValueError):
        office.inbox.accept(aside.parcel)


def test_the_box_is_made_once_and_kept_like_a_key(office: Office) -> None:
    file = office.data / BOX_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_key(office.data).box.public_key == office.key.box.public_key
    file.unlink()  # a county from before there were parcels
    made = load_key(office.data).box.public_key
    assert made == load_key(office.data).box.public_key != office.key.box.public_key


def test_nothing_personal_is_in_an_outcome(office: Office) -> None:
    office.sends(b"x", name="王小明-13800000000")
    (outcome,) = office.inbox.look()
    assert "王小明" not in repr(outcome)
