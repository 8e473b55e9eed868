"""The vault: the store's key, wrapped once for every way in (OS keyring, password), in two copies
of one small file.

The key itself is random and never changes with a password. It must never be written unwrapped, and
a way in that is gone must never cost a record: the files stay as they are whatever fails.
"""

from __future__ import annotations

import secrets as randomness
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.domain.problems import ProblemCode, refuse
from app.security import slots
from app.security.slot_files import SlotBook, SlotFiles

KEY_LENGTH = 48  # 32 bytes of database key and 16 of its salt
PASSWORD_SHORTEST = 10
KEYRING, PASSWORD = "keyring", "password"


class Secrets(Protocol):
    """Where one short secret may be kept outside our own files.

    Whatever goes wrong there counts as "not there".
    """

    @property
    def name(self) -> str:
        """What keeps them, for the settings page; "" when there is none that can be trusted."""
        ...

    def get(self, account: str) -> str | None: ...

    def set(self, account: str, value: str) -> bool:
        """Whether `value` was kept and could be read back."""
        ...


class Vault:
    """The key slots of one data folder. `create` once, `open` at every start."""

    def __init__(self, folder: Path, secrets: Secrets) -> None:
        self._files = SlotFiles(folder)
        self._secrets = secrets
        self._way = ""

    def exists(self) -> bool:
        """Whether there is a vault, be it damaged."""
        return self._files.exist()

    def way(self) -> str:
        """How the vault was opened or made: ``keyring``, ``password``, or "" before that."""
        return self._way

    def create(self, password: str | None) -> bytes:
        """A new key of 48 bytes, kept in the keyring where one works, and behind `password` where
        one is given.

        Raises `Refused`: ALREADY_THERE, PASSWORD_TOO_SHORT, KEYRING_MISSING (neither keyring nor
        password), STORE_FOLDER_UNUSABLE, DISK_FULL.
        """
        if self.exists():
            raise refuse(ProblemCode.ALREADY_THERE, what="keys")
        if password is not None:
            _check_length(password)
        key = randomness.token_bytes(KEY_LENGTH)
        book = SlotBook(generation=0, kcv=slots.check_value(key), slots=())
        with_keyring = self._with_keyring(book, key)
        if with_keyring is None and password is None:
            raise refuse(ProblemCode.KEYRING_MISSING)
        book = with_keyring or book
        if password is not None:
            book = book.with_slot(slots.wrap_password(key, password))
        self._files.write(book)
        self._way = KEYRING if with_keyring else PASSWORD
        return key

    def open(self, password: str | None = None) -> bytes:
        """The key: by the keyring if it can, else by `password`.

        Raises `Refused`: KEY_FILES_DAMAGED, PASSWORD_NEEDED, WRONG_PASSWORD, KEY_LOST (the keyring
        forgot and no password was set).
        """
        book = self._files.read()
        key = self._by_keyring(book)
        if key is not None:
            self._way = KEYRING
            return key
        if book.slot(PASSWORD) is None:
            raise refuse(ProblemCode.KEY_LOST)
        if password is None:
            raise refuse(ProblemCode.PASSWORD_NEEDED)
        key = _checked(book, slots.unwrap_password, PASSWORD, password)
        if key is None:
            raise refuse(ProblemCode.WRONG_PASSWORD, "password")
        self._way = PASSWORD
        return key

    def has_password(self) -> bool:
        """Whether a password opens this vault too. Raises KEY_FILES_DAMAGED."""
        return self._files.read().slot(PASSWORD) is not None

    def set_password(self, key: bytes, password: str) -> None:
        """A first or another password for the same key.

        Raises PASSWORD_TOO_SHORT, WRONG_PASSWORD (not this vault's key).
        """
        _check_length(password)
        self._files.write(self._own(key).with_slot(slots.wrap_password(key, password)))

    def mend_keyring(self, key: bytes) -> bool:
        """Puts the key into the keyring again after that forgot it; False where no keyring works.

        Raises WRONG_PASSWORD.
        """
        book = self._with_keyring(self._own(key), key)
        if book is None:
            return False
        self._files.write(book)
        return True

    def _own(self, key: bytes) -> SlotBook:
        book = self._files.read()
        if book.kcv != slots.check_value(key):
            raise refuse(ProblemCode.WRONG_PASSWORD)
        return book

    def _with_keyring(self, book: SlotBook, key: bytes) -> SlotBook | None:
        """The book with a fresh keyring slot; None where the keyring did not keep a secret of real
        size.
        """
        if not self._secrets.name:
            return None
        secret = randomness.token_bytes(32)
        slot = slots.wrap_keyring(key, secret)
        return book.with_slot(slot) if self._secrets.set(slot.id, secret.hex()) else None

    def _by_keyring(self, book: SlotBook) -> bytes | None:
        slot = book.slot(KEYRING)
        kept = self._secrets.get(slot.id) if slot and self._secrets.name else None
        return None if kept is None else _checked(book, slots.unwrap_keyring, KEYRING, kept)


def _checked(
    book: SlotBook, unwrap: Callable[[slots.Slot, str], bytes | None], kind: str, secret: str
) -> bytes | None:
    slot = book.slot(kind)
    key = unwrap(slot, secret) if slot else None
    return key if key is not None and slots.check_value(key) == book.kcv else None


def _check_length(password: str) -> None:
    if len(password) < PASSWORD_SHORTEST:
        raise refuse(ProblemCode.PASSWORD_TOO_SHORT, "password", limit=PASSWORD_SHORTEST)
