"""Operations that move files: a laptop sends them to the county piece by piece, and a supervisor's
laptop fetches them from there.

A file counts once it is whole: *Complete* may stand nowhere else, and a death may cost no more than
the piece that was on its way.
"""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from sqlmodel import select

from app.cli.house import House, practice
from app.county.file_cipher import is_file
from app.county.files import FOLDER
from app.county.tables import ArrivingFile, FileHolder, StoredFile
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import RecordId, new_id
from app.domain.problems import Refused
from app.services.attachments import add_attachment
from app.services.exchange import exchange_once
from app.services.importing import import_cases
from app.services.lines import CaseQuery
from app.services.ports import CountyLine
from app.services.reviews import submit_file
from app.storage.cipher import FILE_NAME, connect
from app.sync.http_line import HttpLine
from app.ui.runtime.marks import override
from tests.county.server import RunningCounty
from tests.faults.exchanging import LOST_ON_THE_WAY, NEIGHBOUR, Exchanging, receipts_of
from tests.faults.places import (
    DATA,
    KEY,
    NO_PICTURES,
    Found,
    Refusal,
    Say,
    Step,
    new_case,
    opened,
    practice_case,
)

SIZES = (900, 40_000, 90_000, 200_000)
# Seconds between two parts: what takes a village a minute takes a trial a moment.
BREATH = 0.002


class SlowLine:
    """A line that takes its time over each part. Satisfies `CountyLine`."""

    def __init__(self, house: House) -> None:
        with house.unit() as uow:
            self._line = HttpLine(uow.settings.get("county.url") or "")

    def close(self) -> None:
        self._line.close()

    def post(
        self, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[bytes, Mapping[str, str]]:
        return self._line.post(path, body, headers)

    def stream(
        self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]
    ) -> tuple[bytes, Mapping[str, str]]:
        return self._line.stream(path, _slowly(parts), headers)


def _slowly(parts: Iterable[bytes]) -> Iterator[bytes]:
    for one in parts:
        threading.Event().wait(BREATH)
        yield one


class SendingFiles(Exchanging):
    """A case with a few files each time; what a death left over goes on in the next life."""

    name: ClassVar[str] = "send files"
    lives: ClassVar[int] = 20

    def __init__(self) -> None:
        super().__init__()
        self.neighbour_writes = False

    @override
    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        chance = random.Random()
        with opened(place / DATA) as house:
            line = SlowLine(house)

            def step(number: int) -> None:
                _speak(house, line)
                say(f"received {receipts_of(house)}")
                for digest in complete(place / DATA):
                    say(f"complete {digest}")
                case_id = new_case(house)
                added = [attach(house, case_id, chance) for _ in range(3)]
                say(f"case {case_id}")
                for one in added:
                    say(f"file {one.id} {one.sha256}")

            yield step
            line.close()

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        assert self.county is not None
        found = super().find(place, said)
        half = found.half
        words = set(found.words)
        with opened(place / DATA) as house:
            for one in attachments(house):
                words.add(f"file {one.id} {one.sha256}")
                half = half or ("" if reads_right(house, one) else "a file is not here")
        received = complete(place / DATA)
        words |= {f"complete {digest}" for digest in received}
        there = whole_at(self.county)
        untrue = "" if received <= there else "a file is called complete and is not"
        return replace(
            found,
            words=frozenset(words),
            half=half,
            false_received=found.false_received or untrue,
        )

    @override
    def _difference(self, place: Path) -> str:
        assert self.county is not None
        with opened(place / DATA) as house:
            own = {one.sha256 for one in attachments(house)}
        if not own == whole_at(self.county) == complete(place / DATA):
            return "the county does not hold all files"
        return left_over(self.county) or super()._difference(place)


class FetchingFiles(Exchanging):
    """A supervisor's laptop fetches the files of cases that were handed in; the mediator hands in
    one more after each death.
    """

    name: ClassVar[str] = "fetch files"
    lives: ClassVar[int] = 15
    steps: ClassVar[int] = 4

    def __init__(self) -> None:
        super().__init__()
        self.neighbour_writes = False
        self._handed_in = 0

    @override
    def prepare(self, place: Path) -> None:
        super().prepare(place)
        assert self.county is not None
        self._handed_in = 0
        self._hand_in(place)

    @override
    def _account(self, county: RunningCounty, committee: str, name: str) -> str:
        if name == DATA:
            return county.supervisor()
        return super()._account(county, committee, name)

    @override
    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        told = set[str]()
        with opened(place / DATA) as house:
            line = SlowLine(house)

            def step(number: int) -> None:
                _speak(house, line)
                for one in attachments(house):
                    if one.sha256 not in told and _has(house, one):
                        told.add(one.sha256)
                        say(f"fetched {one.sha256}")

            yield step
            line.close()

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        found = super().find(place, said)
        half, words = found.half, set(found.words)
        with opened(place / DATA) as house:
            for one in attachments(house):
                if _has(house, one):
                    words.add(f"fetched {one.sha256}")
                    half = half or ("" if reads_right(house, one) else "a fetched file is wrong")
        self._hand_in(place)
        return replace(found, words=frozenset(words), half=half)

    @override
    def _difference(self, place: Path) -> str:
        # The last case was handed in after the last exchange but one.
        with opened(place / DATA) as house:
            line = SlowLine(house)
            _speak(house, line)
            line.close()
            lacking = [one for one in attachments(house) if not reads_right(house, one)]
            count = len(attachments(house))
        if lacking or count != 2 * self._handed_in:
            return "not every file was fetched"
        return super()._difference(place)

    def _hand_in(self, place: Path) -> None:
        chance = random.Random()
        self._handed_in += 1
        with opened(place / NEIGHBOUR) as house:
            document = practice_case(f"{self._handed_in:06d}")
            (item,) = import_cases(house.unit, document, practice()).items
            if item.case_id is None:
                raise Refusal(item.problems)
            for _ in range(2):
                attach(house, item.case_id, chance)
            with house.unit() as uow:
                submit_file(uow, item.case_id)
            line = SlowLine(house)
            exchange_once(house.unit, line, house.device, house.check)
            line.close()


def attach(house: House, case_id: RecordId, chance: random.Random) -> Attachment:
    """A file of some size in a case."""
    described = Attachment(
        id=new_id(), case_id=case_id, kind=AttachmentKind.OTHER, sha256="", size=0, media_type=""
    )
    content = b"%PDF-" + chance.randbytes(chance.choice(SIZES))
    with house.unit() as uow:
        return add_attachment(uow, content, described, reader=NO_PICTURES, practice=practice())


def attachments(house: House) -> list[Attachment]:
    """All that the records name."""
    with house.unit() as uow:
        cases = [one.id for one in uow.lists.case_lines(uow.lists.case_keys(CaseQuery()))]
        return [one for case in cases for one in uow.records.of_case(Attachment, case)]


def reads_right(house: House, one: Attachment) -> bool:
    """Whether the bytes are here, and the right ones."""
    try:
        with house.unit() as uow:
            return hashlib.sha256(uow.files.read(one.sha256)).hexdigest() == one.sha256
    except Refused:
        return False


def complete(data: Path) -> set[str]:
    """The files of which a laptop holds the county's word."""
    connection = connect(data / FILE_NAME, KEY)
    try:
        return {row[0] for row in connection.execute("SELECT sha256 FROM file_receipt").fetchall()}
    finally:
        connection.close()


def whole_at(county: RunningCounty) -> set[str]:
    """The files that lie at a county with the right bytes, and were signed for."""
    with county.session() as session:
        signed = set(session.exec(select(FileHolder.sha256)))
        rows = [one for one in session.exec(select(StoredFile)) if one.sha256 in signed]
        return {
            one.sha256
            for one in rows
            if is_file(county.folder / FOLDER / one.name[:2] / one.name[2:], one.secret, one.sha256)
        }


def left_over(county: RunningCounty) -> str:
    """What lies in a quiet county's folder of files and is nobody's; "" for nothing."""
    with county.session() as session:
        known = set(session.exec(select(StoredFile.name)))
        coming = set(session.exec(select(ArrivingFile.name)))
    folder = county.folder / FOLDER
    lying = {f"{one.parent.name}{one.name}" for one in folder.rglob("*") if one.is_file()}
    if coming:
        return "an arrival that never ends"
    return "" if lying == known else "a file lies there twice, or for nobody"


def _has(house: House, one: Attachment) -> bool:
    with house.unit() as uow:
        return uow.files.has(one.sha256)


def _speak(house: House, line: CountyLine) -> None:
    try:
        exchange_once(house.unit, line, house.device, house.check)
    except Refused as refused:
        if refused.first.code not in LOST_ON_THE_WAY:
            raise
