"""Operations around a stick: a parcel is put on it, and the county's answer is read from it.

What lies on a stick under its own name is whole: the county takes in every such parcel that is
found. Volume 1 gets its name last, so that volumes without it are no parcel yet.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from sqlmodel import col, select

from app.cli.house import House
from app.county.clock import utc_now
from app.county.contact import take_parts
from app.county.database import open_database, reading, sqlite_url
from app.county.exchange import County
from app.county.inbox import Inbox, State
from app.county.keys import load_key
from app.county.tables import EntryRow
from app.services.enrolment import enrol
from app.services.exchange import exchange_once
from app.services.parcel_files import PART_ENDING, find_parcels
from app.services.usb import NOTES_KEPT, answers_in, export_to_usb, read_answer, usb_notes
from app.storage.cipher import FILE_NAME, connect
from app.sync.http_line import HttpLine
from app.ui.runtime.marks import override
from app.wire.volumes import VOLUME_BYTES
from tests.county.server import RunningCounty
from tests.faults.exchanging import receipts_of
from tests.faults.file_traffic import attach, attachments, reads_right
from tests.faults.places import DATA, KEY, Found, Say, Step, new_case, opened, whole_cases

COUNTY, STICK, ANSWERS = "county", "stick", "answers"
SMALL_VOLUMES = 40_000
TAKEN = frozenset({State.TAKEN, State.AGAIN, State.ANSWERED, State.ACCEPTED})
_MOST_ON_A_STICK = 6


class _WithStick:
    """A laptop that the county knows, and that reaches it by a stick alone. The stick lies in the
    laptop's own folder, so that one power cut takes both.
    """

    lives: ClassVar[int] = 25
    steps: ClassVar[int] = 1_000_000

    def __init__(self) -> None:
        self._home = Path()
        self._tidied: set[str] = set()

    def prepare(self, place: Path) -> None:
        self._home, self._tidied = place, set()
        enrolled(place / COUNTY, place / DATA)
        (place / DATA / STICK).mkdir()
        (place / ANSWERS).mkdir()

    def end(self, place: Path, said: Sequence[str]) -> Found:
        """The next export takes away what deaths left unfinished, and an answer brings receipts for
        all.
        """
        found = self.find(place, said)
        with opened(place / DATA) as house:
            export_to_usb(house.unit, house.device, place / DATA / STICK)
        unfinished = list((place / DATA / STICK).glob(f"*{PART_ENDING}"))
        look_through(self._county_of(place), place / DATA / STICK, place / ANSWERS)
        with opened(place / DATA) as house, house.unit() as uow:
            for path in answers_in(place / ANSWERS, house.device):
                read_answer(house.unit, house.device, house.check, path)
        with opened(place / DATA) as house, house.unit() as uow:
            waiting = uow.lists.status()
        half = "unfinished files stay on the stick" if unfinished else ""
        if waiting.waiting or waiting.waiting_files:
            half = half or "the answers do not bring every receipt"
        return replace(found, half=found.half or half)

    def find(self, place: Path, said: Sequence[str]) -> Found:
        """The county looks through the stick of whatever place this is."""
        stick = place / DATA / STICK
        parcels = find_parcels(stick)
        finished = {one.parcel_id for one in parcels if 1 in one.volumes}
        states = look_through(self._county_of(place), stick, self._answers_of(place))
        bad = [one for one in finished if states.get(one) not in TAKEN]
        half = "a parcel that looks finished is not" if bad else ""
        with opened(place / DATA) as house:
            cases, not_whole = whole_cases(house)
            with house.unit() as uow:
                notes = usb_notes(uow.settings)
            mine = _Journals.of(place / DATA, self._county_of(place), house.device.device_id)
            for one in attachments(house):
                half = half or ("" if reads_right(house, one) else "a file is not here")
            received = receipts_of(house)
        noted = {f"noted {one.parcel_id}" for one in notes}
        if len(notes) == NOTES_KEPT:
            noted |= {one for one in said if one.startswith("noted ")}
        words = {f"case {one}" for one in cases} | noted
        words |= {f"parcel {one}" for one in finished - set(bad)}
        words |= {one for one in said if _is_received(one, received)}
        words |= {f"parcel {one}" for one in self._tidied}
        if len(parcels) > _MOST_ON_A_STICK and place == self._home:
            # Somebody tidies up: what the county has taken in need not lie there for ever.
            self._tidied |= finished - set(bad)
            for volume in (one for parcel in parcels for one in parcel.volumes.values()):
                for copy in volume:
                    copy.path.unlink()
        return Found(frozenset(words), not_whole or half, mine.doubled, mine.untrue)

    def _county_of(self, place: Path) -> Path:
        own = place / COUNTY
        return own if own.exists() else self._home / COUNTY

    def _answers_of(self, place: Path) -> Path:
        own = place / ANSWERS
        return own if own.exists() else self._home / ANSWERS


class Exporting(_WithStick):
    """A case and a file, and all that waits goes onto the stick, in one volume or in several."""

    name: ClassVar[str] = "put on a stick"

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        chance, stick = random.Random(), place / DATA / STICK
        with opened(place / DATA) as house:
            _read_newest(house, place / ANSWERS)

            def step(number: int) -> None:
                case_id = new_case(house)
                say(f"case {case_id}")
                attach(house, case_id, chance)
                size = SMALL_VOLUMES if number % 3 else VOLUME_BYTES
                made = export_to_usb(house.unit, house.device, stick, volume_bytes=size)
                say(f"parcel {made.parcel_id}")
                say(f"noted {made.parcel_id}")

            yield step


class ReadingAnswers(_WithStick):
    """Answers of the county are read from the stick, again and again; each death finds a new
    one.
    """

    name: ClassVar[str] = "read an answer"
    steps: ClassVar[int] = 6

    @override
    def prepare(self, place: Path) -> None:
        super().prepare(place)
        for _ in range(3):
            self._next_answer(place)

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        folder = place / ANSWERS
        with opened(place / DATA) as house:
            answers = sorted(answers_in(folder, house.device), key=lambda one: one.stat().st_mtime)

            def step(number: int) -> None:
                path = answers[-1 - number % len(answers)]
                read_answer(house.unit, house.device, house.check, path)
                say(f"received {receipts_of(house)}")

            yield step

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        found = super().find(place, said)
        if place == self._home:
            self._next_answer(place)
        return found

    def _next_answer(self, place: Path) -> None:
        stick = place / DATA / STICK
        with opened(place / DATA) as house:
            attach(house, new_case(house), random.Random())
            export_to_usb(house.unit, house.device, stick)
        look_through(place / COUNTY, stick, place / ANSWERS)


def enrolled(county: Path, data: Path) -> None:
    """A county in one folder and a laptop in another that have spoken once; the server is gone."""
    running = RunningCounty(county)
    try:
        code = running.code(running.mediator(running.committee()))
        with opened(data) as house:
            line = HttpLine(running.address)
            enrol(house.unit, line, house.device, house.check, code, address=running.address)
            exchange_once(house.unit, line, house.device, house.check)
            line.close()
    finally:
        running.close()


@contextmanager
def desk_in(folder: Path) -> Iterator[County]:
    """A county without its server."""
    engine = open_database(sqlite_url(folder))
    try:
        yield County(engine, load_key(folder), utc_now, folder)
    finally:
        engine.dispose()


def look_through(county: Path, stick: Path, answers: Path) -> dict[str, State]:
    """One look of the county's inbox: what became of each parcel."""
    with desk_in(county) as desk:
        inbox = Inbox(desk, county, partial(take_parts, desk), stick, answers)
        return {one.parcel: one.state for one in inbox.look()}


def _read_newest(house: House, answers: Path) -> None:
    """What the county has taken in needs no second parcel."""
    if answers.exists():
        found = answers_in(answers, house.device)
        for path in sorted(found, key=lambda one: one.stat().st_mtime)[-1:]:
            read_answer(house.unit, house.device, house.check, path)


@dataclass(frozen=True, slots=True)
class _Journals:
    """What a laptop and its county do not agree on."""

    doubled: str = ""
    untrue: str = ""

    @classmethod
    def of(cls, data: Path, county: Path, device: str) -> _Journals:
        held = held_by(county, device)
        own = dict(_rows(data, "SELECT seq, hash FROM journal_entry"))
        receipts = _rows(data, "SELECT seq, entry_hash FROM receipt")
        blocks = _rows(data, "SELECT COUNT(*), '' FROM number_block")
        distinct = _rows(data, "SELECT COUNT(DISTINCT year || '/' || first), '' FROM number_block")
        doubled = ""
        if sorted(held) != list(range(1, len(held) + 1)):
            doubled = "numbers twice or gaps"
        elif any(own.get(seq) != mark for seq, mark in held.items()):
            doubled = "the county holds what was not written"
        elif blocks != distinct:
            doubled = "one block of numbers twice"
        untrue = "" if all(held.get(seq) == mark for seq, mark in receipts) else "a false receipt"
        return cls(doubled, untrue)


def held_by(county: Path, device: str) -> dict[int, str]:
    """The hashes of a device's entries that the county holds, by their numbers. Raises ValueError
    for one number that it holds twice.
    """
    with desk_in(county) as desk, reading(desk.engine) as session:
        rows = session.exec(
            select(EntryRow.seq, EntryRow.hash).where(col(EntryRow.device_id) == device)
        ).all()
    held = dict(rows)
    if len(held) != len(rows):
        raise ValueError("one number twice")
    return held


def _rows(data: Path, query: str) -> list[tuple[int, str]]:
    connection = connect(data / FILE_NAME, KEY)
    try:
        return [(seq, mark) for seq, mark in connection.execute(query).fetchall()]
    finally:
        connection.close()


def _is_received(word: str, received: int) -> bool:
    return word.startswith("received ") and int(word.split()[1]) <= received
