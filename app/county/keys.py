"""The county's signing key: one small file that only its owner may read, beside the database and
never in it.

Who has it can sign receipts: it must never be printed, logged or sent. A lost key means enrolling
every laptop anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_FILE = "county.key"


class CountyKey:
    """The key that receipts, cards and answers are signed with."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """Ed25519 signature in hex."""
        return self._private.sign(message).hex()


def make_key(folder: Path) -> CountyKey:
    """A new key in `folder`. Raises FileExistsError when there is one: it is never replaced."""
    private = Ed25519PrivateKey.generate()
    descriptor = os.open(folder / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(private.private_bytes_raw().hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return CountyKey(private)


def load_key(folder: Path) -> CountyKey:
    """The key in `folder`.

    Raises FileNotFoundError, and PermissionError when others may read it.
    """
    path = folder / KEY_FILE
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise PermissionError(f"others may read {KEY_FILE}")
    secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    return CountyKey(Ed25519PrivateKey.from_private_bytes(secret))


def genuine(public_key: str, message: bytes, signature: str) -> bool:
    """Whether `signature` (hex) over `message` was made with the private half of `public_key`
    (hex).
    """
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        public.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
