"""A village without any network: cases go to the county on a stick, and receipts come back on it.
A real store on one side and a real county on the other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest

from app.cli.house import House, open_with
from app.county.clock import utc_now
from app.county.contact import take_parts
from app.county.exchange import County
from app.county.inbox import Inbox, State
from app.domain.acts import Act
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Case
from app.domain.ids import new_id
from app.domain.problems import ProblemCode, Refused
from app.services.enrolment import enrol
from app.services.exchange import exchange_once
from app.services.lines import CaseQuery
from app.services.usb import (
    BOX_SETTING,
    UsbProgress,
    answers_in,
    export_to_usb,
    put_on_usb_at,
    read_answer,
    usb_notes,
)
from app.sync.http_line import HttpLine
from app.wire.volumes import VOLUME_BYTES
from tests.county.server import RunningCounty

KEY = bytes(range(48))
NewVillage = Callable[[str], "Village"]
Looks = Callable[["Village"], list[State]]


@dataclass
class Village:
    """An enrolled laptop with a stick of its own, whose line can be left alone."""

    house: House
    stick: Path
    line: HttpLine

    def writes(self, matter: str = "屋檐滴水") -> None:
        with self.house.unit() as uow:
            assert uow.actor.committee_id
            case = Case(id=new_id(), committee_id=uow.actor.committee_id, matter=matter)
            uow.records.put(case)
            uow.commit(Act.CASE_SAVED)

    def keeps_file(self, data: bytes) -> str:
        """A file that belongs to a case and waits for the county."""
        with self.house.unit() as uow:
            (case,) = uow.lists.case_lines(uow.lists.case_keys(CaseQuery())[:1])
            digest = uow.files.keep(data)
            uow.records.put(
                Attachment(
                    id=new_id(),
                    case_id=case.id,
                    kind=AttachmentKind.PHOTO,
                    sha256=digest,
                    size=len(data),
                    media_type="image/jpeg",
                )
            )
            uow.commit(Act.ATTACHMENT_ADDED)
        return digest

    def exports(self, volume_bytes: int = VOLUME_BYTES) -> tuple[Path, ...]:
        house = self.house
        made = export_to_usb(house.unit, house.device, self.stick, volume_bytes=volume_bytes)
        return made.files

    def reads(self, path: Path | None = None) -> int:
        """How many entries one answer (the only one, when not told) has brought receipts for."""
        house = self.house
        path = path or answers_in(self.stick, house.device)[0]
        return read_answer(house.unit, house.device, house.check, path).stored.received

    def speaks(self) -> None:
        """An exchange over the network."""
        exchange_once(self.house.unit, self.line, self.house.device, self.house.check)

    @property
    def waiting(self) -> int:
        with self.house.unit() as uow:
            return uow.lists.status().waiting

    @property
    def cases(self) -> int:
        with self.house.unit() as uow:
            return len(uow.lists.case_keys(CaseQuery()))


@pytest.fixture
def looks(county: RunningCounty) -> Looks:
    """One look of the county's inbox at a stick."""
    desk = County(county.engine, county.key, utc_now, county.folder)
    take = partial(take_parts, desk)

    def look(village: Village) -> list[State]:
        found = Inbox(desk, county.folder, take, village.stick)
        return [one.state for one in found.look()]

    return look


@pytest.fixture
def new_village(tmp_path: Path, county: RunningCounty, looks: Looks) -> Iterator[NewVillage]:
    """Makes an enrolled laptop that knows the county's key for parcels, and of whose journal the
    county holds all.
    """
    committee = county.committee()
    with ExitStack() as rooms:

        def make(name: str) -> Village:
            house = rooms.enter_context(open_with(tmp_path / name, KEY, "password"))
            line = HttpLine(county.address)
            rooms.callback(line.close)
            code = county.code(county.mediator(committee, name))
            enrol(house.unit, line, house.device, house.check, code, address=county.address)
            stick = tmp_path / f"stick of {name}"
            stick.mkdir()
            with house.unit() as uow:  # as the first contact over the network would
                uow.settings.put(BOX_SETTING, county.key.box.public_key)
                uow.commit()
            village = Village(house, stick, line)
            while village.waiting:
                village.exports()
                looks(village)
                village.reads()
                for one in stick.iterdir():
                    one.unlink()
            return village

        yield make


@pytest.fixture
def village(new_village: NewVillage) -> Village:
    return new_village("village")


def test_there_and_back(village: Village, looks: Looks, county: RunningCounty) -> None:
    for number in range(5):
        village.writes(f"第{number}件")
    photo = village.keeps_file(os.urandom(200_000))
    waiting = village.waiting
    assert waiting == 6
    told: list[UsbProgress] = []
    house = village.house
    made = export_to_usb(house.unit, house.device, village.stick, tell=told.append)
    assert (made.entries, made.attachments) == (6, 1)
    assert made.size == sum(one.stat().st_size for one in made.files)
    assert told[-1].checking and told[-1].done == told[-1].total
    assert village.waiting == waiting  # a stick in a pocket is no county
    assert answers_in(village.stick, house.device) == ()

    assert looks(village) == [State.TAKEN]
    assert len(county.held(house.device.device_id)) >= 6
    assert village.reads() == 6
    assert village.waiting == 0
    with house.unit() as uow:
        assert photo not in {one.sha256 for one in uow.files.waiting(10)}


def test_what_is_on_a_stick_is_remembered_with_its_time(village: Village, looks: Looks) -> None:
    village.writes()
    village.exports()
    village.writes()
    house = village.house
    with house.unit() as uow:
        note = usb_notes(uow.settings)[-1]
        head = uow.journal.own_head()
    assert note.last == head - 1 and note.answered_at is None
    assert put_on_usb_at([note], head - 1) == note.at
    assert put_on_usb_at([note], head) is None
    looks(village)
    village.reads()
    with house.unit() as uow:
        note = usb_notes(uow.settings)[-1]
    assert note.answered_at is not None


def test_reading_an_answer_twice_changes_nothing(village: Village, looks: Looks) -> None:
    village.writes()
    village.exports()
    looks(village)
    house = village.house
    (answer,) = answers_in(village.stick, house.device)
    first = read_answer(house.unit, house.device, house.check, answer)
    second = read_answer(house.unit, house.device, house.check, answer)
    assert (first.again, first.stored.received) == (False, 1)
    assert (second.again, second.stored.received) == (True, 0)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_parcels_in_any_order(
    village: Village, looks: Looks, county: RunningCounty, order: tuple[int, ...], tmp_path: Path
) -> None:
    """Each holds what waited when it was made, so that any of them may get lost."""
    made = []
    for number in range(3):
        village.writes(f"第{number}件")
        (file,) = village.exports()
        made.append(file.rename(tmp_path / f"{number}.heshi"))
    states = []
    for number in order:
        made[number].rename(village.stick / made[number].name)
        states += looks(village)
    assert states.count(State.TAKEN) == 3
    own = [row.seq for row in county.held(village.house.device.device_id)]
    assert own == list(range(1, len(own) + 1))
    received = [village.reads(village.stick / f"{one}.answer.heshi") for one in reversed(order)]
    assert sum(received) == 3
    assert village.waiting == 0


def test_stick_and_network_may_race(village: Village, looks: Looks, county: RunningCounty) -> None:
    village.writes("上了 U 盘")
    village.exports()
    village.writes("又来了一件")
    village.speaks()
    assert village.waiting == 0
    assert looks(village) == [State.TAKEN]
    village.writes("第三件")
    village.reads()
    assert village.waiting == 1
    village.speaks()
    assert village.waiting == 0
    own = [row.seq for row in county.held(village.house.device.device_id)]
    assert own == list(range(1, len(own) + 1))


def test_a_stick_that_never_came_back_costs_nothing(village: Village, looks: Looks) -> None:
    village.writes()
    for one in village.exports():
        one.unlink()
    assert village.waiting == 1
    village.exports()
    assert looks(village) == [State.TAKEN]
    assert village.reads() == 1


def test_what_others_wrote_comes_back_on_the_stick(new_village: NewVillage, looks: Looks) -> None:
    here, there = new_village("here"), new_village("there")
    there.writes("别人写的")
    there.speaks()
    assert here.cases == 0
    here.exports()
    looks(here)
    here.reads()
    assert here.cases == 1


def test_a_neighbour_carries_what_it_cannot_read(new_village: NewVillage, looks: Looks) -> None:
    here, there = new_village("here"), new_village("there")
    here.writes("屋檐滴水")
    (file,) = here.exports()
    with pytest.raises(Refused) as caught:
        there.reads(file)
    assert caught.value.first.code is ProblemCode.PARCEL_NOT_FOR_US
    file.rename(there.stick / file.name)
    there.writes("围墙")
    there.exports()
    assert looks(there) == [State.TAKEN, State.TAKEN]
    mine = answers_in(there.stick, here.house.device)
    assert len(mine) == len(answers_in(there.stick, there.house.device)) == 1
    with pytest.raises(Refused) as caught:
        there.reads(mine[0])
    assert caught.value.first.code is ProblemCode.PARCEL_NOT_FOR_US
    assert here.reads(mine[0]) == 1
    assert there.reads() == 1


def test_many_volumes(village: Village, looks: Looks) -> None:
    village.writes()
    village.keeps_file(os.urandom(100_000))
    files = village.exports(volume_bytes=20_000)
    assert len(files) > 4
    assert looks(village) == [State.TAKEN]
    assert village.reads() == 2


def test_an_answer_of_another_county_is_not_believed(village: Village, looks: Looks) -> None:
    village.writes()
    village.exports()
    looks(village)
    (answer,) = answers_in(village.stick, village.house.device)
    with village.house.unit() as uow:
        uow.settings.put("county.key", "11" * 32)
        uow.commit()
    with pytest.raises(Refused) as caught:
        village.reads(answer)
    assert caught.value.first.code is ProblemCode.PARCEL_NOT_GENUINE
    assert village.waiting == 1


def test_every_cut_of_an_answer_stores_nothing(village: Village, looks: Looks) -> None:
    village.writes()
    village.exports()
    looks(village)
    (answer,) = answers_in(village.stick, village.house.device)
    whole = answer.read_bytes()
    for size in range(0, len(whole), 7):
        answer.write_bytes(whole[:size])
        with pytest.raises(Refused):
            village.reads(answer)
    assert village.waiting == 1
    answer.write_bytes(whole)
    assert village.reads(answer) == 1


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("county.key", ProblemCode.NOT_ENROLLED),
        (BOX_SETTING, ProblemCode.COUNTY_BOX_UNKNOWN),
    ],
)
def test_without_the_countys_keys_nothing_is_written(
    village: Village, setting: str, code: ProblemCode
) -> None:
    with village.house.unit() as uow:
        uow.settings.put(setting, None)
        uow.commit()
    with pytest.raises(Refused) as caught:
        village.exports()
    assert caught.value.first.code is code
    assert list(village.stick.iterdir()) == []


def test_who_stops_an_export_leaves_no_trace(village: Village) -> None:
    village.writes()
    house = village.house
    with house.unit() as uow:
        before = usb_notes(uow.settings)

    def enough(progress: UsbProgress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_to_usb(house.unit, house.device, village.stick, tell=enough)
    assert list(village.stick.iterdir()) == []
    with house.unit() as uow:
        assert usb_notes(uow.settings) == before


def test_nothing_on_the_stick_can_be_read_by_others(village: Village) -> None:
    village.writes("屋檐滴水闹了三年")
    village.exports()
    seen = b"".join(one.read_bytes() for one in village.stick.iterdir())
    assert "屋檐".encode() not in seen
    assert b"matter" not in seen
