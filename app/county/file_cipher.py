"""How bytes of files lie on the county's disk: AES-256-CTR under a key of their own, so that every
byte that arrived can be kept and gone on from.

Hides content and proves nothing: whether a file is whole and unchanged, only its SHA-256 tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SECRET = 32
PIECE = 256 * 1024
_BLOCK = 16


def crypt(secret: bytes, offset: int, data: bytes) -> bytes:
    """`data`, which stands at `offset` of the file, closed or opened: both are the same."""
    # A secret belongs to one content, so the counter may begin at nought.
    counter = (offset // _BLOCK).to_bytes(_BLOCK, "big")
    stream = Cipher(algorithms.AES(secret), modes.CTR(counter)).encryptor()
    stream.update(bytes(offset % _BLOCK))
    return stream.update(data)


def opened(path: Path, secret: bytes) -> Iterator[bytes]:
    """The plain bytes of a whole file, a piece at a time. Raises OSError."""
    stream = Cipher(algorithms.AES(secret), modes.CTR(bytes(_BLOCK))).decryptor()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield stream.update(piece)


def is_file(path: Path, secret: bytes, sha256: str) -> bool:
    """Whether the plain bytes that lie there have that SHA-256 (hex)."""
    found = hashlib.sha256()
    try:
        for piece in opened(path, secret):
            found.update(piece)
    except OSError:
        return False
    return found.hexdigest() == sha256
