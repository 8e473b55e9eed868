"""The county's keys: three small files that only their owner may read, beside the database and
never in it.

Who has them can sign receipts, and certify keys for papers: they must never be printed, logged or
sent. A lost ``county.key`` means enrolling every laptop anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.county.papers import PaperAuthority, new_authority_secret
from app.wire.box import X25519Box, new_secret

KEY_FILE = "county.key"
PAPERS_FILE = "papers.key"
BOX_FILE = "box.key"


class CountyKey:
    """The key that receipts, cards and answers are signed with; `papers` certifies the keys that
    papers are sealed with, `box` opens the parcels that come on sticks.
    """

    def __init__(self, private: Ed25519PrivateKey, papers: PaperAuthority, box: X25519Box) -> None:
        self._private = private
        self.papers = papers
        self.box = box
        self.public = private.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """Ed25519 signature in hex."""
        return self._private.sign(message).hex()


def make_key(folder: Path) -> CountyKey:
    """New keys in `folder`. Raises FileExistsError when there are some: they are never replaced."""
    private = Ed25519PrivateKey.generate()
    _write(folder / KEY_FILE, private.private_bytes_raw().hex())
    return CountyKey(private, _papers(folder), _box(folder))


def load_key(folder: Path) -> CountyKey:
    """The keys in `folder`; a county from before papers were sealed, or parcels carried, gets the
    others now.

    Raises FileNotFoundError, and PermissionError when others may read them.
    """
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_read(folder / KEY_FILE)))
    return CountyKey(private, _papers(folder), _box(folder))


def _papers(folder: Path) -> PaperAuthority:
    return PaperAuthority(_kept(folder / PAPERS_FILE, new_authority_secret))


def _box(folder: Path) -> X25519Box:
    return X25519Box(_kept(folder / BOX_FILE, new_secret))


def _kept(path: Path, new: Callable[[], str]) -> str:
    """The secret in that file, made when there is none."""
    if not path.exists():
        # Another process may have been faster; then its key counts.
        with suppress(FileExistsError):
            _write(path, new())
    return _read(path)


def _write(path: Path, secret: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> str:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise PermissionError(f"others may read {path.name}")
    return path.read_text(encoding="ascii").strip()


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
