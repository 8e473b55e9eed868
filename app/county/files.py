"""The county's files: whole ones, kept once whoever sent them, and parts that are still arriving.
Bytes lie in a folder, keys and owners in the database.

Never lets a device learn of, or have, a file that its own side has not shown: to know a SHA-256 is
no right to anything. What the folder does not hold, the county does not hold, whatever a row says:
both may come from different backups.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from sqlmodel import Session, col, select

from app.county.file_cipher import PIECE, SECRET, crypt, is_file
from app.county.ingest import Desk
from app.county.jurisdiction import viewer_of
from app.county.scope import Subject, may_see
from app.county.tables import ArrivingFile, Device, FileDay, FileHolder, RecordState, StoredFile
from app.domain.attachments import SIZE_LIMIT
from app.services.parcel_files import flush_folder
from app.wire.canonical import canonical
from app.wire.exchange import SignedReceipt
from app.wire.exchange2 import FileReceipt, file_receipt_message

FOLDER = "files"
DAY_LIMIT = 2 * 1024**3  # bytes of files from one device in one day
ARRIVALS_A_DAY = 5_000  # files that one device may begin in one day
# What a file costs besides its bytes, however few: a block of the disk, a name, a row.
LEAST_COUNTED = 4096
ABANDONED = timedelta(days=90)
LEAST_FREE = 0.1  # of the disk; below it texts alone are taken
_O_BINARY = getattr(os, "O_BINARY", 0)


class NotTaken(Exception):
    """A file, or the rest of it, is not taken: `code` as in `wire.exchange2.RefusedFile`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def check_size(size: int) -> None:
    """Whether a file of so many bytes may come at all. Raises `NotTaken` malformed, too_large."""
    if size < 1:
        raise NotTaken("malformed")
    if size > SIZE_LIMIT:
        raise NotTaken("too_large")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file as one device sends it. Needs no database between its beginning and its end.

    Two requests that append the same bytes at once do no harm: they write the same.
    """

    sha256: str
    size: int
    name: str
    secret: bytes
    path: Path

    @property
    def end(self) -> int:
        """How many bytes are here, from the beginning."""
        return min(_size(self.path), self.size)

    def append(self, offset: int, data: bytes) -> int:
        """Keeps what goes on from the end, and returns how many bytes were new; what is here
        already and what leaves a gap changes nothing. Raises OSError.
        """
        end = self.end
        if not 0 <= offset <= end:
            return 0
        fresh = data[end - offset :][: self.size - end]
        if not fresh:
            return 0
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _opened(self.path) as file:
            file.seek(end)
            file.write(crypt(self.secret, end, fresh))
            file.flush()
            # Now and then: what a power cut may take from a village's line is worth a moment.
            if end // PIECE != (end + len(fresh)) // PIECE:
                os.fsync(file.fileno())
        return len(fresh)

    def is_proven(self) -> bool:
        """Whether all is here and has the SHA-256 that was told."""
        return self.end == self.size and is_file(self.path, self.secret, self.sha256)

    def settle(self) -> None:
        """To the disk, with its name: before anybody signs for it. Raises OSError."""
        with _opened(self.path) as file:
            os.fsync(file.fileno())
        for folder in (self.path.parent, self.path.parent.parent):
            flush_folder(folder)

    def grew_since(self, moment: datetime) -> bool:
        """Whether bytes came after that moment (UTC). Raises OSError."""
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC) >= moment
        except FileNotFoundError:
            return False

    def discard(self) -> None:
        """Takes the bytes away."""
        self.path.unlink(missing_ok=True)


class CountyFiles:
    """The files in `folder`. `free` tells which share of the disk is free."""

    def __init__(self, folder: Path, free: Callable[[Path], float] | None = None) -> None:
        self._folder = folder
        self._free = free or _free_share

    def held(self, session: Session, device: Device, sha256: str, size: int) -> int:
        """How many bytes of a file of `size` bytes the device need not send: all of them only where
        its own side has shown it whole before.

        Of what has all arrived and was not looked at yet, the last byte is asked for once more: it
        brings the looking.
        """
        stored = self._shown(session, device, sha256)
        if stored is not None:
            return stored.size
        row = session.get(ArrivingFile, (sha256, device.id))
        if row is None or row.size != size:
            return 0
        return min(self._arrival(row).end, size - 1)

    def word(
        self, session: Session, desk: Desk, device: Device, sha256: str
    ) -> SignedReceipt | None:
        """What was signed for a file that the device's side has shown, in the present epoch; None
        where it has not, or the bytes are gone. Writes: in another epoch it is signed anew.
        """
        stored = self._shown(session, device, sha256)
        if stored is None:
            return None
        return _word(session, desk, device, stored)

    def begin(
        self, session: Session, desk: Desk, device: Device, sha256: str, size: int
    ) -> tuple[Arrival, int]:
        """The arrival of a file, a new one or one that goes on, and how many bytes more the device
        may send today. Raises `NotTaken` too_large, malformed, over_quota, later.
        """
        check_size(size)
        day = _day(session, desk, device)
        row = session.get(ArrivingFile, (sha256, device.id))
        new = row is None or row.size != size
        left = DAY_LIMIT - day.bytes_taken - (LEAST_COUNTED if new else 0)
        if left <= 0 or (new and day.arrivals >= ARRIVALS_A_DAY):
            raise NotTaken("over_quota")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._free(self._folder) < LEAST_FREE:
            raise NotTaken("later")
        if row is None or row.size != size:
            row = row or ArrivingFile(
                sha256=sha256, device_id=device.id, size=0, name="", secret=b"", begun_at=desk.now
            )
            if row.name:
                self._arrival(row).discard()
            row.size, row.begun_at = size, desk.now
            row.name, row.secret = secrets.token_hex(16), secrets.token_bytes(SECRET)
            day.bytes_taken += LEAST_COUNTED
            day.arrivals += 1
            session.add_all((row, day))
            session.flush()
        return self._arrival(row), left

    def count(self, session: Session, desk: Desk, device: Device, taken: int) -> None:
        """Remembers that the device sent so many bytes of files today."""
        day = _day(session, desk, device)
        day.bytes_taken += taken
        session.add(day)

    def sweep(self, session: Session, now: datetime) -> int:
        """Takes away, bytes and all, what began to arrive and did not grow for `ABANDONED`, and
        returns how many. A laptop that comes back all the same sends from the beginning.
        """
        before = now - ABANDONED
        swept = 0
        for row in session.exec(select(ArrivingFile).where(col(ArrivingFile.begun_at) < before)):
            arrival = self._arrival(row)
            # The bytes first: a row without them does no harm, bytes without a row stay for ever.
            with suppress(OSError):
                if not arrival.grew_since(before):
                    arrival.discard()
                    session.delete(row)
                    swept += 1
        return swept

    def give_up(self, session: Session, device: Device, arrival: Arrival) -> bool:
        """Forgets an arrival whose bytes are not the file they were said to be. Returns whether the
        bytes may be taken away after the commit.
        """
        row = session.get(ArrivingFile, (arrival.sha256, device.id))
        if row is None or row.name != arrival.name:
            return False
        session.delete(row)
        return True

    def finish(
        self, session: Session, desk: Desk, device: Device, arrival: Arrival
    ) -> tuple[SignedReceipt, bool]:
        """Keeps a proven and settled arrival as a file of the device's side: the county's word, and
        whether the bytes were here already, so that these may be taken away after the commit.

        Raises `NotTaken` later where another request was quicker with it and failed.
        """
        row = session.get(ArrivingFile, (arrival.sha256, device.id))
        if row is None or row.name != arrival.name:
            word = self.word(session, desk, device, arrival.sha256)
            if word is None:
                raise NotTaken("later")
            return word, False
        session.delete(row)
        stored = session.get(StoredFile, arrival.sha256)
        spare = stored is not None and is_file(
            self._place(stored.name), stored.secret, arrival.sha256
        )
        if stored is None or not spare:
            stored = stored or StoredFile(
                sha256=arrival.sha256, size=0, name="", secret=b"", whole_at=desk.now
            )
            stored.size, stored.whole_at = arrival.size, desk.now
            stored.name, stored.secret = arrival.name, arrival.secret
            session.add(stored)
        session.flush()
        return _word(session, desk, device, stored), spare

    def read(
        self, session: Session, device: Device, sha256: str, offset: int, limit: int
    ) -> tuple[int, bytes] | None:
        """Size of the whole, and at most `limit` bytes from `offset` on; None for what the device
        may not see, and just the same for what is not here.

        At the beginning of a file its SHA-256 is checked: a damaged one is not here.
        """
        if offset < 0 or not _may_read(session, device, sha256):
            return None
        stored = session.get(StoredFile, sha256)
        if stored is None or not self._lies_here(stored):
            return None
        path = self._place(stored.name)
        if offset == 0 and not is_file(path, stored.secret, sha256):
            return None
        try:
            with path.open("rb") as file:
                file.seek(offset)
                return stored.size, crypt(stored.secret, offset, file.read(max(0, limit)))
        except OSError:
            return None

    def _shown(self, session: Session, device: Device, sha256: str) -> StoredFile | None:
        """The file, if it is here and the device's side has shown it whole."""
        if session.get(FileHolder, (sha256, _side(device))) is None:
            return None
        stored = session.get(StoredFile, sha256)
        return stored if stored is not None and self._lies_here(stored) else None

    def _lies_here(self, stored: StoredFile) -> bool:
        return _size(self._place(stored.name)) == stored.size

    def _arrival(self, row: ArrivingFile) -> Arrival:
        return Arrival(row.sha256, row.size, row.name, row.secret, self._place(row.name))

    def _place(self, name: str) -> Path:
        return self._folder / name[:2] / name[2:]


def _may_read(session: Session, device: Device, sha256: str) -> bool:
    """Whether a record that the device may see names the file, and the side of that record has
    shown it: else whoever knows a SHA-256 could write a record and have the file.
    """
    viewer = viewer_of(device)
    holders = set(session.exec(select(FileHolder.holder).where(col(FileHolder.sha256) == sha256)))
    query = select(RecordState).where(
        col(RecordState.kind) == "attachment", col(RecordState.file) == sha256
    )
    for record in session.exec(query):
        if not may_see(viewer, Subject(record.committee_id, record.region)):
            continue
        writer = session.get(Device, record.device_id)
        if holders & {record.committee_id, _side(writer) if writer else None}:
            return True
    return False


def _side(device: Device) -> str:
    """Whose a file is that this device sends: its committee's, or its own."""
    return device.committee_id or device.id


def _word(session: Session, desk: Desk, device: Device, stored: StoredFile) -> SignedReceipt:
    """The county's word to the device's side, signed once in each epoch."""
    row = session.get(FileHolder, (stored.sha256, _side(device)))
    if row is None or row.epoch != desk.epoch:
        receipt = FileReceipt(
            sha256=stored.sha256, size=stored.size, epoch=desk.epoch, received_at=desk.now
        )
        raw = canonical(receipt.model_dump(mode="json")).decode()
        row = row or FileHolder(
            sha256=stored.sha256,
            holder=_side(device),
            device_id=device.id,
            received_at=desk.now,
            epoch="",
            raw="",
            signature="",
        )
        row.epoch, row.raw = desk.epoch, raw
        row.signature = desk.key.sign(file_receipt_message(raw))
        session.add(row)
        session.flush()
    return SignedReceipt(raw=row.raw, signature=row.signature)


def _day(session: Session, desk: Desk, device: Device) -> FileDay:
    day = desk.now.date().isoformat()
    return session.get(FileDay, (device.id, day)) or FileDay(
        device_id=device.id, day=day, bytes_taken=0
    )


def _size(path: Path) -> int:
    """Bytes of a file; 0 for none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _opened(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | _O_BINARY, 0o600), "r+b")


def _free_share(folder: Path) -> float:
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total
