"""What others wrote, over protocol 2: pages that fit the room, sums that tell the truth, repair by
difference, and nothing that lies outside a device's sight.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import col, select

from app.county import mirror_sums
from app.county.database import reading
from app.county.jurisdiction import viewer_of
from app.county.log_pages import read_log_page
from app.county.tables import Device, EntryRow, MirrorSum
from app.domain.cases import Case
from app.domain.ids import new_id
from app.wire.exchange import DeviceCard
from app.wire.exchange2 import Answer
from app.wire.parts import bucket_sums, hashes_sum
from tests.county.conftest import NewLaptop
from tests.county.laptop import change_of
from tests.county.server import RunningCounty
from tests.county.streaming import Stream


class Two:
    """Two villages of one county with a laptop each, a colleague in the first, a supervisor."""

    def __init__(self, county: RunningCounty, enrolled: NewLaptop) -> None:
        home, away = county.committee("330108001002", "甲村"), county.committee("330109001003")
        self.county = county
        self.home = Stream(enrolled(county.mediator(home)), county.address)
        self.colleague = Stream(enrolled(county.mediator(home, "同事")), county.address)
        self.away = Stream(enrolled(county.mediator(away)), county.address)
        self.supervisor = Stream(enrolled(county.supervisor("330108")), county.address)
        self.prefecture = Stream(
            enrolled(county.supervisor("3301", "administrator")), county.address
        )

    @property
    def all(self) -> list[Stream]:
        return [self.home, self.colleague, self.away, self.supervisor, self.prefecture]

    def write(self, stream: Stream, count: int) -> Answer:
        for number in range(count):
            stream.laptop.new_case(matter=f"第{number}件")
        return stream.contact(stream.laptop.journal)


@pytest.fixture
def two(county: RunningCounty, enrolled: NewLaptop) -> Two:
    return Two(county, enrolled)


def in_conflict(stream: Stream, case: Case) -> None:
    """Writes an entry that stands on something the county has never seen."""
    stream.laptop.write(change_of(replace(case, matter="另一种说法"), base="ab" * 32))


def test_each_sees_what_lies_in_its_sight_and_the_sums_say_so(two: Two) -> None:
    two.write(two.home, 5)
    two.write(two.away, 3)
    case = two.home.laptop.new_case()
    two.write(two.home, 0)
    in_conflict(two.colleague, case)
    two.write(two.colleague, 2)
    for stream in two.all:
        answer = stream.contact()
        held = list(stream.mirror)
        assert (answer.more, answer.log_count) == (False, len(held))
        assert answer.log_sum == hashes_sum(held)
    seen = [len(stream.mirror) for stream in two.all]
    assert seen == [3, 6, 0, 9, 12]
    assert {one.verdict for one in two.home.mirror.values()} == {"applied", "conflict"}


def test_the_sums_are_those_of_the_slow_way(two: Two) -> None:
    two.write(two.home, 4)
    two.write(two.away, 4)
    with reading(two.county.engine) as session:
        for stream in two.all:
            device = session.get_one(Device, stream.laptop.id)
            page = read_log_page(session, device, since=0, missing=(), room=1 << 22)
            slow = [one.sealed.hash for one in page.lines]
            told = mirror_sums.mirror_sum(session, viewer_of(device), device.id)
            assert told == (len(slow), hashes_sum(slow))


def test_what_was_refused_is_in_no_sum(two: Two) -> None:
    two.home.laptop.save(Case(id=new_id(), committee_id=new_id(), matter="别人的"))
    answer = two.write(two.home, 1)
    assert [(one.seq, one.kind) for one in answer.verdicts] == [(1, "refused")]
    assert two.supervisor.contact().log_count == 1
    with reading(two.county.engine) as session:
        assert sum(row.entries for row in session.exec(select(MirrorSum))) == 1


def test_verdicts_are_told_until_the_cursor_has_passed(two: Two) -> None:
    two.home.laptop.save(Case(id=new_id(), committee_id=new_id(), matter="别人的"))
    body = two.home.body(two.home.laptop.journal)
    for _ in range(2):  # the first answer may be lost
        answer, _lines = two.home.read(*two.home.say(body))
        assert [(one.seq, one.kind) for one in answer.verdicts] == [(1, "refused")]
    assert two.home.contact().verdicts
    assert two.home.contact().verdicts == ()


@pytest.mark.parametrize("room", [1, 2000, 20_000])
def test_pages_fit_the_room_and_bring_everything_once(two: Two, room: int) -> None:
    two.write(two.home, 40)
    seen: list[str] = []
    reader = two.supervisor
    for _ in range(60):
        heard, nonce = reader.say(reader.body(room=room, colleagues="x"))
        answer, lines = reader.read(heard, nonce)
        assert len(lines) >= 1
        assert len(lines) == 1 or sum(len(one.sealed.raw) for one in lines) / 8 < 2 * room
        assert answer.since == reader.cursor
        reader.epoch, reader.cursor = answer.epoch, answer.cursor
        seen += [one.sealed.hash for one in lines]
        if not answer.more:
            break
        assert answer.log_count is None
    assert seen == [one.hash for one in two.home.laptop.journal]
    # Room for nothing: nothing comes, and nothing is passed over.
    assert reader.contact(room=0, cursor=0).more


def test_a_page_is_hardly_larger_than_its_room(two: Two) -> None:
    two.write(two.home, 120)
    for room in (3000, 8000):
        heard, _ = two.supervisor.say(two.supervisor.body(room=room))
        assert room / 3 < len(heard.body) < 2 * room + 2000


def test_what_is_missing_is_mended_by_difference(two: Two) -> None:
    two.write(two.home, 30)
    reader = two.supervisor
    reader.contact()
    lost = [one.hash for one in two.home.laptop.journal[4:9]]
    for one in lost:
        del reader.mirror[one]
    answer = reader.contact(sums=bucket_sums(reader.mirror))
    missing = [one for one in answer.hashes if one not in reader.mirror]
    assert sorted(missing) == sorted(lost)
    reader.contact(missing=missing)
    answer = reader.contact()
    assert answer.log_sum == hashes_sum(reader.mirror)
    assert reader.contact(sums=bucket_sums(reader.mirror)).hashes == ()


def test_hashes_of_others_open_nothing(two: Two) -> None:
    two.write(two.away, 3)
    two.write(two.home, 3)
    hashes = [one.hash for one in two.away.laptop.journal]
    two.home.contact()
    two.home.contact(missing=hashes)
    assert two.home.mirror == {}
    answer = two.home.contact(sums=bucket_sums([]))
    assert answer.hashes == () and answer.log_count == 0


def test_too_much_difference_is_read_anew(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirror_sums, "HASHES_TOLD", 3)
    two.write(two.home, 5)
    two.supervisor.contact()
    answer = two.supervisor.contact(sums=bucket_sums([]))
    assert (answer.trouble, answer.hashes) == ("too_many", ())


def test_another_epoch_is_read_from_its_start(two: Two) -> None:
    two.write(two.home, 3)
    two.supervisor.contact()
    two.supervisor.mirror.clear()
    answer = two.supervisor.contact(epoch="another", cursor=3, sums=bucket_sums([]))
    assert (answer.since, answer.hashes, len(two.supervisor.mirror)) == (0, (), 3)
    two.supervisor.mirror.clear()
    two.supervisor.contact(cursor=1000)
    assert len(two.supervisor.mirror) == 3


def test_cards_of_colleagues_come_when_they_change(two: Two) -> None:
    def people(answer: Answer) -> list[str]:
        return sorted(DeviceCard.model_validate_json(one.raw).device for one in answer.cards)

    both = sorted([two.home.laptop.id, two.colleague.laptop.id])
    first = two.home.contact()
    assert people(first) == both
    assert people(two.home.contact()) == []
    two.county.revoke(two.colleague.laptop.id)
    again = two.home.contact()
    assert again.colleagues != first.colleagues
    assert people(again) == both
    assert two.away.laptop.id not in people(two.supervisor.contact())


def test_supervisors_see_how_their_laptops_stand(two: Two) -> None:
    two.home.contact(waiting={"entries": 4, "files": 2}, offset_ms=-60_000, app="0.3.0")
    two.write(two.home, 2)
    assert two.home.contact().laptops == ()
    states = {one.device: one for one in two.supervisor.contact().laptops}
    assert set(states) == {
        two.home.laptop.id,
        two.colleague.laptop.id,
        two.supervisor.laptop.id,
    }
    home = states[two.home.laptop.id]
    assert (home.person, home.committee, home.state) == ("王调解", "甲村", "active")
    assert (home.entries, home.refused) == (2, 0)
    assert home.last_contact and home.began_at


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        ("2026-03-01T00:00:00Z", True),
        ("2026-03-01T00:00:00", False),
        ("0001-01-01T00:00:00+14:00", False),
        ("9999-12-31T23:59:59-14:00", False),
    ],
)
def test_supervisors_hear_no_moment_that_cannot_be(two: Two, said: str, believed: bool) -> None:
    two.home.contact(waiting={"entries": 4, "oldest_at": said})
    states = {one.device: one for one in two.supervisor.contact().laptops}
    waiting = states[two.home.laptop.id].waiting
    assert waiting.entries == 4
    assert (waiting.oldest_at is not None) is believed


def test_a_large_entry_of_a_stranger_does_not_hold_up_the_rest(two: Two) -> None:
    # Text that nothing shrinks, as large as an entry may nearly be.
    noise = "".join(f"{number:x}" for number in range(120_000))
    two.home.laptop.new_case(matter=noise)
    two.write(two.home, 3)
    reader, pages = two.supervisor, 0
    while pages < 5:
        pages += 1
        if not reader.contact(room=4000).more:
            break
    assert len(reader.mirror) == 4
    with reading(two.county.engine) as session:
        assert len(list(session.exec(select(EntryRow.position).where(col(EntryRow.seq) > 0)))) == 4
