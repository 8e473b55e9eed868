"""How a file lies on the disk: a mark of the format, then the content in pieces, each sealed by
ChaCha20-Poly1305 with its number and whether it is the last, so that cutting, reordering and
swapping are found.

Knows no database and never writes a plain byte. Nothing here holds more than a piece of a file.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

PIECE = 64 * 1024  # plain bytes
SECRET = 32
_MARK = b"heshi file 1\n"
_TAG = 16


def sealed_size(size: int) -> int:
    """How large a file of `size` plain bytes is on the disk."""
    return len(_MARK) + size + _TAG * _count(size)


def write_sealed(place: Path, secret: bytes, size: int, plain: Iterable[bytes]) -> None:
    """Makes the file and flushes it. `plain` is the content of `size` bytes, cut anywhere.

    Raises FileExistsError, OSError, and ValueError where `plain` is not of that size.
    """
    cipher, last = _cipher(secret), _count(size) - 1
    handle = os.open(
        place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    with os.fdopen(handle, "wb") as file:
        file.write(_MARK)
        written = 0
        for number, piece in enumerate(_recut(plain)):
            if number > last:
                raise ValueError("more than the size that was told")
            file.write(cipher.encrypt(_nonce(number, last=number == last), piece, _MARK))
            written += len(piece)
        if written != size:
            raise ValueError("less than the size that was told")
        file.flush()
        os.fsync(file.fileno())


def opened(place: Path, secret: bytes, size: int, offset: int = 0) -> Iterator[bytes]:
    """The content from `offset` on, piece by piece.

    Raises OSError where the file cannot be read, and ValueError at the first piece that is not what
    was written.
    """
    with place.open("rb") as file:
        if os.fstat(file.fileno()).st_size != sealed_size(size):
            raise ValueError("not as long as it was")
        yield from _unsealed(file, secret, size, offset)


def _unsealed(file: BinaryIO, secret: bytes, size: int, offset: int) -> Iterator[bytes]:
    if file.read(len(_MARK)) != _MARK:
        raise ValueError("not the mark")
    cipher, last = _cipher(secret), _count(size) - 1
    first = offset // PIECE
    file.seek(len(_MARK) + first * (PIECE + _TAG))
    for number in range(first, last + 1):
        sealed = file.read(PIECE + _TAG)
        try:
            piece = cipher.decrypt(_nonce(number, last=number == last), sealed, _MARK)
        except InvalidTag:
            raise ValueError("not what was written") from None
        skipped = offset - number * PIECE
        piece = piece[skipped:] if skipped > 0 else piece
        if piece:
            yield piece


def _recut(plain: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of the size that is sealed; one empty piece for none."""
    waiting = bytearray()
    some = False
    for data in plain:
        waiting += data
        while len(waiting) > PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
            some = True
    if waiting or not some:
        yield bytes(waiting)


def _count(size: int) -> int:
    return max(1, -(-size // PIECE))


def _cipher(secret: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(hmac.digest(secret, b"heshi file content 1", "sha256"))


def _nonce(number: int, *, last: bool) -> bytes:
    """Never twice under one key: a secret belongs to one content."""
    return number.to_bytes(11, "big") + bytes([last])
