"""A laptop's folder that faults happen to: how an operation on it looks from outside, and how it is
made, opened and read again. Knows no fault, and must never repair anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol, cast

from app.cli.house import House, open_with
from app.domain.ids import RecordId, new_id
from app.domain.parties import PartyRole, default_side
from app.domain.people import Person
from app.security import slots
from app.services.committees import set_up
from app.services.intake import blank_case, register_case
from app.services.lines import CaseQuery
from app.services.newcomers import NewParty
from app.services.ports import ScanReader
from app.storage.backup import FOLDER_NAME
from app.storage.cipher import connect, is_sound
from tests.storage.village import COMMITTEE, MEDIATOR

ROOT = Path(__file__).resolve().parents[2]
KEY = bytes(range(48))
PRACTICE = ROOT / "resources" / "demo" / "practice-fence.json"
OLD_STORES = ROOT / "tests" / "storage" / "old_databases"
DATA = "data"  # the folder of the records inside a place

Say = Callable[[str], None]
Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at a place found, in the words that steps say; and what should not be there."""

    words: frozenset[str]
    half: str = ""
    doubled: str = ""
    false_received: str = ""


class Operation(Protocol):
    """`lives` is how many deaths one prepared place serves, `steps` how many steps one life has."""

    name: ClassVar[str]
    lives: ClassVar[int]
    steps: ClassVar[int]

    def prepare(self, place: Path) -> None:
        """Makes what is there before; called once for an empty folder."""
        ...

    def begin(self, place: Path, say: Say) -> AbstractContextManager[Step]:
        """In the process that will die: opens what is needed and gives the step."""
        ...

    def find(self, place: Path, said: Sequence[str]) -> Found:
        """Opens the place as the program would. `said` came from the steps so far. What it raises
        counts as a place that cannot be opened.
        """
        ...

    def end(self, place: Path, said: Sequence[str]) -> Found:
        """A last look, when nobody dies any more; gives back what `prepare` opened."""
        ...


class OnOneLaptop:
    """The common part of the operations that need one store and nothing else."""

    lives: ClassVar[int] = 25
    steps: ClassVar[int] = 1_000_000

    def prepare(self, place: Path) -> None:
        with open_with(place / DATA, KEY, "password") as house, house.unit() as uow:
            set_up(uow, COMMITTEE, MEDIATOR)

    def find(self, place: Path, said: Sequence[str]) -> Found:
        raise TypeError("each operation says itself how to look")

    def end(self, place: Path, said: Sequence[str]) -> Found:
        return self.find(place, said)


class Refusal(Exception):
    """Problems of an item of a report, to be told like a `Refused`."""

    def __init__(self, problems: Sequence[Any]) -> None:
        super().__init__()
        self.problems = tuple(problems)


class DayAfterDay:
    """A clock that somebody else moves."""

    def __init__(self, moment: datetime = datetime(2026, 11, 21, 4, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def today(self) -> Any:
        return self.moment.date()


class SpokenSecrets:
    """A keyring whose owner is told each secret: it outlives the process and the disk."""

    name = "spoken"

    def __init__(self, say: Say) -> None:
        self._say = say

    def get(self, account: str) -> str | None:
        return None

    def set(self, account: str, value: str) -> bool:
        self._say(f"secret {account} {value}")
        return True


FIRST_SECRET = bytes(range(32)).hex()
# What is kept here is no picture, so that nobody asks this reader anything.
NO_PICTURES = cast("ScanReader", object())


def slots_book() -> Any:
    """A vault with one slot, opened by `FIRST_SECRET`."""
    from app.security.slot_files import SlotBook

    slot = slots.wrap_keyring(KEY, bytes.fromhex(FIRST_SECRET))
    return SlotBook(generation=0, kcv=slots.check_value(KEY), slots=(slot,))


@contextmanager
def opened(data: Path) -> Iterator[House]:
    """The house, as the program opens it."""
    with open_with(data, KEY, "password") as house:
        yield house


def new_case(house: House) -> RecordId:
    """A case with two new people, as the form registers it."""
    with house.unit() as uow:
        case = replace(blank_case(uow), matter="屋檐滴水", facts="屋檐滴水" * 40)
        roles = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
        sides = [
            NewParty(role=role, side=default_side(role), person=Person(id=new_id(), name=name))
            for role, name in zip(roles, ("张三", "李四"), strict=True)
        ]
        return register_case(uow, case, sides).id


def practice_case(*marks: str, agreed: bool = True) -> bytes:
    """A file of whole cases, one for each mark, from the parties to the closing; without `agreed`
    they stop before the agreement.
    """
    document = json.loads(PRACTICE.read_text(encoding="utf-8"))
    pattern = json.dumps(document["cases"][0], ensure_ascii=False)
    document["cases"] = []
    for mark in marks:
        case = json.loads(pattern)
        case["external_id"] = case["title"] = mark
        if agreed:
            case["agreements"][0]["number"] = f"演练第{mark}号"
        else:
            for part in ("agreements", "follow_ups", "closing", "retention"):
                case.pop(part)
        document["cases"].append(case)
    return json.dumps(document, ensure_ascii=False).encode()


def whole_cases(house: House) -> tuple[list[RecordId], str]:
    """The cases of a store, and what is not whole about it: "" when each has its people and its
    entry, nothing else is there, the chain verifies, and every page holds.
    """
    half = ""
    with house.unit() as uow:
        lines = uow.lists.case_lines(uow.lists.case_keys(CaseQuery()))
        for line in lines:
            file = uow.records.case_file(line.id)
            if not len(file.names()) == len(file.parties) == 2:
                half = half or "a case without its people"
            if not uow.lists.history(line.id):
                half = half or "a case without its entry"
        verified = uow.journal.verify()
        if verified.broken_at is not None:
            half = half or f"the journal breaks at {verified.broken_at}"
    if not house.store.is_sound():
        half = half or "the file is damaged"
    return [line.id for line in lines], half


def reads(read: Callable[[str], bytes], digest: str) -> bool:
    from app.domain.problems import Refused

    try:
        return bool(read(digest))
    except Refused:
        return False


def newest_copy(data: Path) -> datetime:
    """The day of the newest copy, so that the next one is made a day later."""
    copies = sorted((data / FOLDER_NAME).glob("heshi-*.db"))
    start = datetime(2026, 11, 21, 4, tzinfo=UTC)
    if not copies:
        return start
    return datetime.fromisoformat(copies[-1].stem.removeprefix("heshi-")).replace(tzinfo=UTC)


def is_whole_copy(copy: Path) -> bool:
    connection = connect(copy, KEY, mode="ro")
    try:
        cases = connection.execute("SELECT COUNT(*) FROM case_head").fetchone()[0]
        return bool(cases) and is_sound(connection)
    finally:
        connection.close()
