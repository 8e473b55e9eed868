"""The file of key slots in two copies, each written whole and one after the other, so that a power
cut spoils one at most.

Never decides what a slot means, and never deletes a file.
"""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.problems import ProblemCode, Refused, refuse
from app.security.slots import Slot
from app.wire.canonical import Json, canonical, strict_json

NAMES = ("slots-a.json", "slots-b.json")
LARGEST_BYTES = 64 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class SlotBook:
    """All slots of one vault; of two copies the one with the higher `generation` is the newer."""

    generation: int
    kcv: str
    slots: tuple[Slot, ...]

    def slot(self, kind: str) -> Slot | None:
        return next((one for one in self.slots if one.kind == kind), None)

    def with_slot(self, slot: Slot) -> SlotBook:
        """The book with `slot` in the place of the one of its kind."""
        others = tuple(one for one in self.slots if one.kind != slot.kind)
        return replace(self, slots=(*others, slot))


class SlotFiles:
    """Both copies in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths = tuple(folder / name for name in NAMES)

    def exist(self) -> bool:
        return any(path.exists() for path in self._paths)

    def read(self) -> SlotBook:
        """The newer good copy; the other is written anew from it where it is older, damaged or
        gone. Raises KEY_FILES_DAMAGED.
        """
        copies = [_load(path) for path in self._paths]
        newest = max(
            (copy for copy in copies if copy), key=lambda one: one.generation, default=None
        )
        if newest is None:
            raise refuse(ProblemCode.KEY_FILES_DAMAGED)
        for path, copy in zip(self._paths, copies, strict=True):
            if copy != newest:
                self._mend(path, newest)
        return newest

    def write(self, book: SlotBook) -> None:
        """Both copies, one after the other, under the next generation.

        One that is safely there is enough: it counts from now on, and the next `read` mends the
        other. To refuse then would call a password unchanged that has changed.

        Raises STORE_FOLDER_UNUSABLE, DISK_FULL.
        """
        text = _text(replace(book, generation=book.generation + 1))
        errors: list[OSError] = []
        for path in self._paths:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _replace(path, text)
            except OSError as error:
                errors.append(error)
        if len(errors) == len(self._paths):
            raise _refusal(errors[0]) from errors[0]

    def _mend(self, path: Path, book: SlotBook) -> None:
        try:
            _replace(path, _text(book))
        except OSError:
            # A disk that cannot be written still opens; the next start mends.
            return


def _text(book: SlotBook) -> bytes:
    whole: dict[str, Json] = {"v": 1, "generation": book.generation, "kcv": book.kcv}
    whole["slots"] = [asdict(slot) for slot in book.slots]
    return canonical({**whole, "checksum": hashlib.sha256(canonical(whole)).hexdigest()})


def _load(path: Path) -> SlotBook | None:
    """The book in one copy; None for anything that we did not write whole."""
    try:
        with path.open("rb") as file:
            value: Any = strict_json(file.read(LARGEST_BYTES))
        checksum = value.pop("checksum")
        if value["v"] != 1 or hashlib.sha256(canonical(value)).hexdigest() != checksum:
            return None
        slots = tuple(Slot(**slot) for slot in value["slots"])
        return SlotBook(value["generation"], value["kcv"], slots)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _replace(path: Path, text: bytes) -> None:
    """`path` holds `text` durably, or what it held before."""
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _refusal(error: OSError) -> Refused:
    full = error.errno in _FULL
    return refuse(ProblemCode.DISK_FULL if full else ProblemCode.STORE_FOLDER_UNUSABLE)
