"""A file of which the county has sent only a part: what is here survives, and the rest follows on
another day.

Each stretch that came is sealed by itself with its place in the file, under a nonce of its own, so
that a torn end is found and cut off. Never takes what came for the file: only the SHA-256 of the
whole proves that.
"""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

STRETCH = 64 * 1024  # plain bytes sealed at once, at most
_MARK = b"heshi file coming 1\n"
_HEAD = struct.Struct(">I12s")  # plain bytes, nonce
_PLACE = struct.Struct(">Q")
_TAG = 16


class ComingFile:
    """What has come of one file. `end`: how many plain bytes, from its beginning.

    Raises OSError, as every method here.
    """

    def __init__(self, place: Path, key: bytes) -> None:
        self._place = place
        self._cipher = ChaCha20Poly1305(key)
        self.end, self._sealed_end = self._measured()

    def append(self, data: bytes) -> None:
        """Puts `data` behind the end; what was torn there is cut off. Durable with `flush`."""
        self._place.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self._place, flags, 0o600), "r+b") as file:
            file.truncate(self._sealed_end)
            file.seek(self._sealed_end)
            for start in range(0, len(data), STRETCH):
                sealed = self._sealed(data[start : start + STRETCH], self.end + start)
                file.write(sealed)
                self._sealed_end += len(sealed)
        self.end += len(data)

    def pieces(self) -> Iterator[bytes]:
        """All that has come, in order. Raises ValueError where a stretch is not what was sealed."""
        at = 0
        with self._place.open("rb") as file:
            while at < self.end:
                piece = self._unsealed(file, at)
                at += len(piece)
                yield piece

    def flush(self) -> None:
        """To the disk."""
        with self._place.open("r+b") as file:
            os.fsync(file.fileno())

    def discard(self) -> None:
        """Takes all of it away."""
        self._place.unlink(missing_ok=True)
        self.end = self._sealed_end = 0

    def _measured(self) -> tuple[int, int]:
        """Plain bytes and bytes on the disk up to the last whole stretch."""
        plain = sealed = last = last_at = 0
        try:
            with self._place.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                while (length := _length(file)) and (sealed + _HEAD.size + length + _TAG <= size):
                    last, last_at = plain, sealed
                    plain, sealed = plain + length, sealed + _HEAD.size + length + _TAG
                    file.seek(sealed)
                if sealed:
                    file.seek(last_at)
                    self._unsealed(file, last)
        except FileNotFoundError:
            return 0, 0
        except ValueError:  # a power cut may leave room where bytes should be
            return last, last_at
        return plain, sealed

    def _sealed(self, data: bytes, at: int) -> bytes:
        nonce = secrets.token_bytes(12)
        bound = _MARK + _PLACE.pack(at)
        return _HEAD.pack(len(data), nonce) + self._cipher.encrypt(nonce, data, bound)

    def _unsealed(self, file: BinaryIO, at: int) -> bytes:
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            raise ValueError("cut")
        length, nonce = _HEAD.unpack(head)
        if not 0 < length <= STRETCH:
            raise ValueError("not a stretch")
        try:
            return self._cipher.decrypt(nonce, file.read(length + _TAG), _MARK + _PLACE.pack(at))
        except InvalidTag:
            raise ValueError("not what was sealed") from None


def _length(file: BinaryIO) -> int:
    """Plain bytes of the stretch that begins here; 0 for what is none."""
    head = file.read(_HEAD.size)
    length = int(_HEAD.unpack(head)[0]) if len(head) == _HEAD.size else 0
    return length if length <= STRETCH else 0
