"""Operations of the county's own computer: parcels are taken in from a stick, and files are kept.

What was answered or signed for lies on the disk: the power may go the moment after.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from sqlalchemy.exc import OperationalError
from sqlmodel import col, func, select

from app.county.contact import take_parts
from app.county.database import SQLITE_FILE, reading
from app.county.exchange import County
from app.county.file_cipher import is_file
from app.county.file_intake import FileIntake
from app.county.files import FOLDER
from app.county.inbox import Inbox
from app.county.keys import genuine
from app.county.tables import Device, EntryRow, FileHolder, ParcelRow, StoredFile
from app.services.parcel_files import find_parcels
from app.services.usb import answers_in, export_to_usb, read_answer
from app.ui.runtime.marks import override
from app.wire.exchange2 import FileReceipt, file_receipt_message
from app.wire.parts import FILE_PIECE, FilePiece
from app.wire.volumes import VOLUME_BYTES
from tests.faults.courier import SMALL_VOLUMES, STICK, TAKEN, desk_in, enrolled, held_by
from tests.faults.exchanging import receipts_of
from tests.faults.file_traffic import attach
from tests.faults.places import DATA, Found, Say, Step, new_case, opened

VILLAGE = "village"
_KEPT_ON_THE_STICK = 3
_SIZES = (10, 5_000, 70_000, 300_000, 600_000)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What one parcel brings: entries up to a number, and files."""

    last: int
    files: frozenset[str]


class _County:
    """The folder of the records is the county's own here; a village has its own beside it."""

    lives: ClassVar[int] = 25
    steps: ClassVar[int] = 1_000_000

    def __init__(self) -> None:
        self._home = Path()

    def prepare(self, place: Path) -> None:
        self._home = place
        enrolled(place / DATA, place / VILLAGE)

    def find(self, place: Path, said: Sequence[str]) -> Found:
        raise TypeError("each operation says itself how to look")

    def end(self, place: Path, said: Sequence[str]) -> Found:
        return self.find(place, said)


class TakingParcels(_County):
    """Parcels lie on a stick; the county takes them in and answers, one look after the other. Of
    what was answered an answer is lost now and then, and comes again.
    """

    name: ClassVar[str] = "take in parcels"
    steps: ClassVar[int] = 3

    def __init__(self) -> None:
        super().__init__()
        self._sent: dict[str, _Sent] = {}
        self._device = ""

    @override
    def prepare(self, place: Path) -> None:
        super().prepare(place)
        self._sent = {}
        (place / STICK).mkdir()
        for _ in range(_KEPT_ON_THE_STICK):
            self._next_parcel(place)

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        stick = place / STICK
        with desk_in(place / DATA) as desk:

            def step(number: int) -> None:
                for answer in list(stick.glob("*.answer*"))[:number]:
                    answer.unlink()
                for one in Inbox(desk, place / DATA, partial(take_parts, desk), stick).look():
                    if one.state not in TAKEN:
                        raise RuntimeError(one.state)
                    say(f"taken {one.parcel}")

            yield step

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        with desk_in(place / DATA) as desk, opened(self._home / VILLAGE) as house:
            half = sound(place / DATA) or wrong_files(desk)
            with reading(desk.engine) as session:
                taken = {
                    one.id for one in session.exec(select(ParcelRow)) if one.taken_at is not None
                }
                positions = session.exec(select(func.count(col(EntryRow.position)))).one()
                highest = session.exec(select(func.max(col(EntryRow.position)))).one()
                signed = set(session.exec(select(FileHolder.sha256)))
            held = held_by(place / DATA, self._device)
            with house.unit() as uow:
                own = {seq: one.hash for seq, one in enumerate(uow.journal.own_from(1, 100_000), 1)}
        for sent in (self._sent[one] for one in taken):
            if len(held) < sent.last or not sent.files <= signed:
                half = half or "a parcel was taken in without all that it brings"
        doubled = "" if positions == (highest or 0) else "a position is missing or there twice"
        if any(own.get(seq) != mark for seq, mark in held.items()):
            doubled = doubled or "the county holds what was not written"
        untrue = ""
        if place == self._home:
            untrue = self._read_answers(place, held)
            self._next_parcel(place)
        return Found(frozenset(f"taken {one}" for one in taken), half, doubled, untrue)

    @override
    def end(self, place: Path, said: Sequence[str]) -> Found:
        """One quiet look, and the village has the county's word for everything."""
        with self.begin(place, list[str]().append) as step:
            step(0)
        untrue = self._read_answers(place, held_by(place / DATA, self._device))
        with opened(place / VILLAGE) as house, house.unit() as uow:
            status = uow.lists.status()
        left = status.waiting or status.waiting_files
        found = self.find(place, said)
        half = found.half or ("the answers do not bring every receipt" if left else "")
        return replace(found, half=half, false_received=found.false_received or untrue)

    def _read_answers(self, place: Path, held: dict[int, str]) -> str:
        """The village reads what lies on the stick; "" when each word in it is true."""
        with opened(place / VILLAGE) as house:
            for path in answers_in(place / STICK, house.device):
                read_answer(house.unit, house.device, house.check, path)
            return "" if receipts_of(house) <= len(held) else "a false receipt"

    def _next_parcel(self, place: Path) -> None:
        """One more parcel on the stick; the oldest is taken away, its answer stays."""
        chance, stick = random.Random(), place / STICK
        here = [one for one in find_parcels(stick) if one.parcel_id in self._sent]
        here.sort(key=lambda one: self._sent[one.parcel_id].last)
        for old in here[:-_KEPT_ON_THE_STICK]:
            for volumes in old.volumes.values():
                volumes[0].path.unlink()
        with opened(place / VILLAGE) as house:
            self._device = house.device.device_id
            digest = attach(house, new_case(house), chance).sha256
            size = chance.choice((SMALL_VOLUMES, VOLUME_BYTES))
            made = export_to_usb(house.unit, house.device, stick, volume_bytes=size)
            with house.unit() as uow:
                self._sent[made.parcel_id] = _Sent(uow.journal.own_head(), frozenset({digest}))


class KeepingFiles(_County):
    """Files come in pieces; every third one breaks off and goes on. A receipt is said once it is
    signed.
    """

    name: ClassVar[str] = "keep a file at the county"

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        chance = random.Random()
        with desk_in(place / DATA) as desk:
            with reading(desk.engine) as session:
                device = session.exec(select(Device.id)).one()

            def step(number: int) -> None:
                content = chance.randbytes(chance.choice(_SIZES))
                pieces = _pieces(content)
                if number % 3 == 2:
                    _take(desk, device, pieces[: len(pieces) // 2])
                    pieces = pieces[max(0, len(pieces) // 2 - 1) :]
                for digest in _take(desk, device, pieces):
                    say(f"kept {digest} {len(content)}")

            yield step

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        with desk_in(place / DATA) as desk:
            half = sound(place / DATA) or wrong_files(desk)
            with reading(desk.engine) as session:
                signed = set(session.exec(select(FileHolder.sha256)))
                words = {
                    f"kept {one.sha256} {one.size}"
                    for one in session.exec(select(StoredFile))
                    if one.sha256 in signed
                }
        return Found(frozenset(words), half)


def wrong_files(desk: County) -> str:
    """What a county signed for and has not, in a few words; "" for nothing."""
    assert desk.data is not None
    with reading(desk.engine) as session:
        for holder in session.exec(select(FileHolder)):
            stored = session.get_one(StoredFile, holder.sha256)
            lies = desk.data / FOLDER / stored.name[:2] / stored.name[2:]
            if not is_file(lies, stored.secret, stored.sha256):
                return "a file was signed for and is not whole"
            word = FileReceipt.model_validate_json(holder.raw)
            real = genuine(desk.key.public, file_receipt_message(holder.raw), holder.signature)
            if not real or (word.sha256, word.size) != (stored.sha256, stored.size):
                return "a receipt says something else"
    return ""


def sound(folder: Path) -> str:
    """ "" for a database of a county that is whole."""
    connection = sqlite3.connect(folder / SQLITE_FILE)
    try:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    finally:
        connection.close()
    return "" if verdict == "ok" and broken is None else "the county's database is damaged"


def _pieces(content: bytes) -> list[FilePiece]:
    digest = sha256(content).hexdigest()
    return [
        FilePiece(digest, at, len(content), content[at : at + FILE_PIECE])
        for at in range(0, len(content), FILE_PIECE)
    ]


def _take(desk: County, device: str, pieces: Sequence[FilePiece]) -> list[str]:
    """What became whole in one request; nothing where the disk does not let it."""
    intake = FileIntake(desk.engine, desk.files, desk.key, device, desk.now)
    try:
        for one in pieces:
            intake.take(one)
        intake.close()
    except OperationalError:  # the laptop is told that the county is busy
        return []
    return list(intake.words)
