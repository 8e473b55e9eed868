"""The files of cases: scans, photographs, sound. Each lies encrypted in the attachments folder
under a key of its own; the keys stand in the store.

Never writes a plain byte to a disk, and never removes a file that a copy of the store might want.

The key of a file's pieces and its name come out of its secret: a name says nothing about the
content. What is still on its way here lies beside them until it is whole and proven.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.domain.attachments import SIZE_LIMIT
from app.domain.problems import ProblemCode, refuse
from app.services.ports import Clock
from app.storage.backup import ATTACHMENTS, flush
from app.storage.cipher import refusal_of_disk
from app.storage.file_coming import ComingFile
from app.storage.file_pieces import SECRET, opened, sealed_size, write_sealed
from app.storage.file_places import UNFINISHED, both, place_coming, place_of, size_of
from app.storage.file_states import FileStates
from app.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Known:
    """What is needed to open a file: its secret and its plain bytes."""

    secret: bytes
    size: int
    fetched: bool = False


class Files(FileStates):
    """Satisfies `services.ports.Files` in one unit of work: a file counts once the unit commits."""

    def __init__(self, transaction: Transaction, folder: Path, clock: Clock) -> None:
        super().__init__(transaction, clock)
        self._folder = folder
        self._staged: dict[str, _Known] = {}
        self._kept_again: set[str] = set()
        self._coming: dict[str, ComingFile] = {}
        self._arrived: list[ComingFile] = []

    def keep(self, data: bytes) -> str:
        """Keeps the bytes and returns their SHA-256 in hex; the same bytes are kept once.

        Raises `Refused` DISK_FULL, STORE_FOLDER_UNUSABLE.
        """
        digest = sha256(data).hexdigest()
        if self._known(digest) is not None:
            self._kept_again.add(digest)
        self._put(digest, len(data), (data,), fetched=False)
        return digest

    def finish(self) -> None:
        """Writes the keys of what was kept; part of the unit's commit.

        Not earlier: a slow stick must not keep other writers waiting, and who takes the lock must
        be `Records`, which looks whether what it read is still so.
        """
        for coming in self._coming.values():
            self._flush(coming)
        for digest, known in self._staged.items():
            connection, _ = self._transaction.write()
            done = connection.execute(
                "INSERT INTO attachment_file (sha256, secret, size, kept_at, fetched) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
                (digest, known.secret, known.size, self._clock.now().isoformat(), known.fetched),
            )
            if not done.rowcount:  # another unit was quicker with the same content
                place_of(self._folder / ATTACHMENTS, known.secret).unlink(missing_ok=True)
        for digest in self._kept_again:
            connection, _ = self._transaction.write()
            connection.execute("UPDATE attachment_file SET fetched = 0 WHERE sha256 = ?", (digest,))
            connection.execute("DELETE FROM file_outbox WHERE sha256 = ?", (digest,))

    def committed(self) -> None:
        """Takes away what became a whole file; before the commit it would have been lost with it.
        What stays behind after all is swept another day.
        """
        for coming in self._arrived:
            with suppress(OSError):
                coming.discard()

    def read(self, digest: str) -> bytes:
        """The bytes with that SHA-256. Raises `Refused` ATTACHMENT_MISSING, ATTACHMENT_DAMAGED."""
        known, places = self._found(digest)
        for place in places:
            try:
                data = b"".join(opened(place, known.secret, known.size))
            except (OSError, ValueError):
                continue
            if sha256(data).hexdigest() == digest:
                return data
        raise refuse(ProblemCode.ATTACHMENT_DAMAGED)

    def pieces(self, digest: str, offset: int = 0) -> Iterator[bytes]:
        """The bytes from `offset` on, at most 64 KiB at a time. Needs no unit of work once it is
        begun.

        Raises `Refused` ATTACHMENT_MISSING at once, ATTACHMENT_DAMAGED at the piece.
        """
        known, places = self._found(digest)
        return _pieces(known, places, offset)

    def has(self, digest: str) -> bool:
        """Whether the bytes lie here, by their size; `read` alone proves that they are whole."""
        known = self._known(digest)
        return known is not None and bool(self._places(known))

    def coming(self, digest: str, size: int) -> int:
        """How many bytes, from its beginning, are here of a file of `size` bytes; all of them where
        the file itself is.
        """
        if self.has(digest):
            return size
        if digest in self._coming:
            return self._coming[digest].end
        found = self._transaction.read().execute(
            "SELECT secret FROM file_coming WHERE sha256 = ? AND size = ?", (digest, size)
        )
        row = found.fetchone()
        return self._opened_coming(bytes(row[0])).end if row else 0

    def take(self, digest: str, size: int, offset: int, data: bytes) -> int:
        """Takes the next bytes of a file that is fetched, and returns how many are here now; bytes
        that are here already and such as leave a gap change nothing.

        They last with the unit's commit. The last ones make it a file like any other, if it has
        that SHA-256. Otherwise raises `Refused` ATTACHMENT_DAMAGED: nothing of it is kept, and the
        unit of work may go on. Raises FILE_TOO_LARGE, DISK_FULL, STORE_FOLDER_UNUSABLE besides.
        """
        if not 0 < size <= SIZE_LIMIT:
            raise refuse(ProblemCode.FILE_TOO_LARGE, "", limit_mb=SIZE_LIMIT // 1_000_000)
        if self.has(digest):
            return size
        coming = self._begun(digest, size)
        if offset > coming.end:
            return coming.end
        fresh = data[coming.end - offset :][: size - coming.end]
        try:
            coming.append(fresh)
        except OSError as error:
            raise refusal_of_disk(error) from None
        if coming.end < size:
            return coming.end
        self._arrive(digest, size, coming)
        return size

    def _begun(self, digest: str, size: int) -> ComingFile:
        """The part that is here; from its beginning where another size was told before.

        Under the write lock: two programs that fetch the same file must not mix.
        """
        if digest in self._coming:
            return self._coming[digest]
        connection, _ = self._transaction.write()
        row = connection.execute(
            "SELECT secret, size FROM file_coming WHERE sha256 = ?", (digest,)
        ).fetchone()
        secret = bytes(row[0]) if row and row[1] == size else secrets.token_bytes(SECRET)
        if row is None or row[1] != size:
            connection.execute(
                "INSERT INTO file_coming (sha256, secret, size, begun_at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (sha256) DO UPDATE SET secret = excluded.secret, "
                "size = excluded.size, begun_at = excluded.begun_at",
                (digest, secret, size, self._clock.now().isoformat()),
            )
        self._coming[digest] = self._opened_coming(secret)
        return self._coming[digest]

    def _opened_coming(self, secret: bytes) -> ComingFile:
        key = hmac.digest(secret, b"heshi file coming 1", "sha256")
        try:
            return ComingFile(place_coming(self._folder / ATTACHMENTS, secret), key)
        except OSError as error:
            raise refusal_of_disk(error) from None

    def _arrive(self, digest: str, size: int, coming: ComingFile) -> None:
        """Makes a file of what has all come. Raises `Refused` ATTACHMENT_DAMAGED."""
        proven = _is(digest, coming)
        if proven:  # where the disk is full, the part stays for another day
            self._put(digest, size, coming.pieces(), fetched=True)
        connection, _ = self._transaction.write()
        connection.execute("DELETE FROM file_coming WHERE sha256 = ?", (digest,))
        del self._coming[digest]
        if not proven:
            with suppress(OSError):
                coming.discard()
            raise refuse(ProblemCode.ATTACHMENT_DAMAGED)
        connection.execute("DELETE FROM file_outbox WHERE sha256 = ?", (digest,))
        self._arrived.append(coming)

    def _flush(self, coming: ComingFile) -> None:
        try:
            if coming.end:
                coming.flush()
        except OSError as error:
            raise refusal_of_disk(error) from None

    def _put(self, digest: str, size: int, plain: Iterable[bytes], *, fetched: bool) -> None:
        """Writes the file unless it lies here, and stages its key unless it has one.

        The same content under the same secret: writing again mends what was lost or cut.
        """
        known = self._known(digest)
        if known is not None and self._places(known):
            return
        kept = known or _Known(secrets.token_bytes(SECRET), size, fetched)
        self._write(kept, plain)
        if known is None:
            self._staged[digest] = kept

    def _known(self, digest: str) -> _Known | None:
        if digest in self._staged:
            return self._staged[digest]
        found = self._transaction.read().execute(
            "SELECT secret, size FROM attachment_file WHERE sha256 = ?", (digest,)
        )
        row = found.fetchone()
        return _Known(bytes(row[0]), int(row[1])) if row else None

    def _found(self, digest: str) -> tuple[_Known, list[Path]]:
        """The file and its copy, as far as they are there. Raises `Refused` ATTACHMENT_MISSING."""
        known = self._known(digest)
        places = [one for one in both(self._folder, known.secret) if one.is_file()] if known else []
        if known is None or not places:
            raise refuse(ProblemCode.ATTACHMENT_MISSING)
        return known, places

    def _places(self, known: _Known) -> list[Path]:
        whole = sealed_size(known.size)
        return [one for one in both(self._folder, known.secret) if size_of(one) == whole]

    def _write(self, known: _Known, plain: Iterable[bytes]) -> None:
        place = place_of(self._folder / ATTACHMENTS, known.secret)
        unfinished = place.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                write_sealed(unfinished, known.secret, known.size, plain)
                unfinished.replace(place)
            finally:
                unfinished.unlink(missing_ok=True)
            for folder in (place.parent, place.parent.parent):
                flush(folder)
        except OSError as error:
            raise refusal_of_disk(error) from None


def _pieces(known: _Known, places: Sequence[Path], offset: int) -> Iterator[bytes]:
    for place in places:
        try:
            for piece in opened(place, known.secret, known.size, offset):
                offset += len(piece)
                yield piece
            return
        except (OSError, ValueError):
            continue
    raise refuse(ProblemCode.ATTACHMENT_DAMAGED)


def _is(digest: str, coming: ComingFile) -> bool:
    """Whether what has come is the file with that SHA-256."""
    found = sha256()
    try:
        for piece in coming.pieces():
            found.update(piece)
    except (OSError, ValueError):
        return False
    return found.hexdigest() == digest
