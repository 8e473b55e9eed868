"""The files of cases: scans, photographs, sound. Each lies encrypted in the attachments folder
under a key of its own; the keys stand in the store.

Never writes a plain byte to a disk, and never removes a file that a copy of the store might want.

A file is a mark of the format, then the content in pieces, each sealed by ChaCha20-Poly1305 with
its number and whether it is the last, so that cutting, reordering and swapping are found. The key
of the pieces and the name of the file come out of its secret: a name says nothing about the
content.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.domain.problems import ProblemCode, refuse
from app.services.ports import Clock
from app.storage.backup import ATTACHMENTS, flush
from app.storage.backup import FOLDER_NAME as BACKUPS
from app.storage.cipher import Connection, refusal_of_disk
from app.storage.transaction import Transaction

PIECE = 64 * 1024  # plain bytes
_MARK = b"heshi file 1\n"
_TAG = 16
_SECRET = 32
_UNFINISHED = ".part"
_DAY_S = 86_400
# A crash leaves files without a key. So does going back to an older copy of the store, and then the
# newer one may turn up again.
_KEPT_WITHOUT_KEY_S = 90 * _DAY_S


class Files:
    """Satisfies `services.ports.Files` in one unit of work: a file counts once the unit commits."""

    def __init__(self, transaction: Transaction, folder: Path, clock: Clock) -> None:
        self._transaction = transaction
        self._folder = folder
        self._clock = clock
        self._staged: dict[str, tuple[bytes, int]] = {}

    def keep(self, data: bytes) -> str:
        """Keeps the bytes and returns their SHA-256 in hex; the same bytes are kept once.

        Raises `Refused` DISK_FULL, STORE_FOLDER_UNUSABLE.
        """
        digest = sha256(data).hexdigest()
        known = self._row(digest)
        if known is not None:
            # The same content under the same secret: writing again mends what was lost or cut.
            if not self._places(*known):
                self._write(known[0], data)
            return digest
        secret = secrets.token_bytes(_SECRET)
        self._write(secret, data)
        self._staged[digest] = secret, len(data)
        return digest

    def finish(self) -> None:
        """Writes the keys of what was kept; part of the unit's commit.

        Not earlier: a slow stick must not keep other writers waiting, and who takes the lock must
        be `Records`, which looks whether what it read is still so.
        """
        for digest, (secret, size) in self._staged.items():
            connection, _ = self._transaction.write()
            done = connection.execute(
                "INSERT INTO attachment_file (sha256, secret, size, kept_at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (sha256) DO NOTHING",
                (digest, secret, size, self._clock.now().isoformat()),
            )
            if not done.rowcount:  # another unit was quicker with the same content
                place_of(self._folder / ATTACHMENTS, secret).unlink(missing_ok=True)

    def read(self, digest: str) -> bytes:
        """The bytes with that SHA-256. Raises `Refused` ATTACHMENT_MISSING, ATTACHMENT_DAMAGED."""
        known = self._row(digest)
        if known is None:
            raise refuse(ProblemCode.ATTACHMENT_MISSING)
        secret, size = known
        found = False
        for place in _both(self._folder, secret):
            try:
                sealed = place.read_bytes() if place.stat().st_size <= _sealed_size(size) else b""
            except OSError:
                continue
            found = True
            data = _opened(secret, sealed, size)
            if data is not None and sha256(data).hexdigest() == digest:
                return data
        damaged, missing = ProblemCode.ATTACHMENT_DAMAGED, ProblemCode.ATTACHMENT_MISSING
        raise refuse(damaged if found else missing)

    def has(self, digest: str) -> bool:
        """Whether the bytes lie here, by their size; `read` alone proves that they are whole."""
        known = self._row(digest)
        return known is not None and bool(self._places(*known))

    def _row(self, digest: str) -> tuple[bytes, int] | None:
        """Secret and size."""
        if digest in self._staged:
            return self._staged[digest]
        found = self._transaction.read().execute(
            "SELECT secret, size FROM attachment_file WHERE sha256 = ?", (digest,)
        )
        row = found.fetchone()
        return (bytes(row[0]), int(row[1])) if row else None

    def _places(self, secret: bytes, size: int) -> list[Path]:
        return [one for one in _both(self._folder, secret) if _size(one) == _sealed_size(size)]

    def _write(self, secret: bytes, data: bytes) -> None:
        place = place_of(self._folder / ATTACHMENTS, secret)
        unfinished = place.with_name(f".{secrets.token_hex(8)}{_UNFINISHED}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                _write_sealed(unfinished, secret, data)
                unfinished.replace(place)
            finally:
                unfinished.unlink(missing_ok=True)
            for folder in (place.parent, place.parent.parent):
                flush(folder)
        except OSError as error:
            raise refusal_of_disk(error) from None


def place_of(folder: Path, secret: bytes) -> Path:
    """Where in `folder` the file with that secret lies."""
    name = hmac.digest(secret, b"heshi file name 1", "sha256").hex()
    return folder / name[:2] / name[2:]


def copy_new_files(folder: Path) -> None:
    """Brings into the copies' folder what is new among the attachments of the store in `folder`.

    Files never change once written, so a second name for one costs no room. Where the disk cannot
    do that, it is copied. Raises OSError.
    """
    source, target = folder / ATTACHMENTS, folder / BACKUPS / ATTACHMENTS
    for place in _all(source):
        copy = target / place.relative_to(source)
        if place.name.endswith(_UNFINISHED) or _size(copy) == _size(place):
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.unlink(missing_ok=True)
        try:
            os.link(place, copy)
        except OSError:
            _copy(place, copy)


def sweep(connection: Connection, folder: Path, now: datetime) -> int:
    """Removes what no key belongs to: unfinished files after a day, whole ones after 90 days.

    `now` UTC moment. Returns how many were removed; what cannot be removed now is tried again
    another day.
    """
    rows = connection.execute("SELECT secret FROM attachment_file")
    places = {place_of(Path(), bytes(secret)) for (secret,) in rows}
    removed = 0
    for root in (folder / ATTACHMENTS, folder / BACKUPS / ATTACHMENTS):
        for place in _all(root):
            kept = _DAY_S if place.name.endswith(_UNFINISHED) else _KEPT_WITHOUT_KEY_S
            try:
                if place.relative_to(root) in places or _age_s(place, now) < kept:
                    continue
                place.unlink()
                removed += 1
            except OSError:
                continue
    return removed


def _both(folder: Path, secret: bytes) -> tuple[Path, Path]:
    """The file itself and its copy."""
    return (
        place_of(folder / ATTACHMENTS, secret),
        place_of(folder / BACKUPS / ATTACHMENTS, secret),
    )


def _all(folder: Path) -> Iterator[Path]:
    return (one for one in sorted(folder.glob("*/*")) if one.is_file() and not one.is_symlink())


def _size(place: Path) -> int | None:
    try:
        return place.stat().st_size
    except OSError:
        return None


def _age_s(place: Path, now: datetime) -> float:
    return now.timestamp() - place.stat().st_mtime


def _copy(source: Path, target: Path) -> None:
    unfinished = target.with_name(f".{secrets.token_hex(8)}{_UNFINISHED}")
    try:
        unfinished.write_bytes(source.read_bytes())
        flush(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


# --- the pieces ---


def _pieces(size: int) -> int:
    return max(1, -(-size // PIECE))


def _sealed_size(size: int) -> int:
    return len(_MARK) + size + _TAG * _pieces(size)


def _cipher(secret: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(hmac.digest(secret, b"heshi file content 1", "sha256"))


def _nonce(number: int, *, last: bool) -> bytes:
    """Never twice under one key: a secret belongs to one content."""
    return number.to_bytes(11, "big") + bytes([last])


def _write_sealed(place: Path, secret: bytes, data: bytes) -> None:
    cipher, count, view = _cipher(secret), _pieces(len(data)), memoryview(data)
    handle = os.open(
        place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    with os.fdopen(handle, "wb") as file:
        file.write(_MARK)
        for number in range(count):
            piece = view[number * PIECE : (number + 1) * PIECE]
            nonce = _nonce(number, last=number == count - 1)
            file.write(cipher.encrypt(nonce, piece, _MARK))
        file.flush()
        os.fsync(file.fileno())


def _opened(secret: bytes, sealed: bytes, size: int) -> bytes | None:
    """The content; None for anything but what was written."""
    if len(sealed) != _sealed_size(size) or not sealed.startswith(_MARK):
        return None
    cipher, count, data = _cipher(secret), _pieces(size), bytearray()
    view = memoryview(sealed)[len(_MARK) :]
    try:
        for number in range(count):
            piece = view[number * (PIECE + _TAG) : (number + 1) * (PIECE + _TAG)]
            data += cipher.decrypt(_nonce(number, last=number == count - 1), piece, _MARK)
    except InvalidTag:
        return None
    return bytes(data)
