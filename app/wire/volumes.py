"""The files that a parcel is carried in: one, or several where a stick cannot hold a large file.

Layout of each, numbers big-endian:

- 38 bytes: the mark ``heshi volume\\n``; version (1); parcel id; number from 1 on; count of
  volumes;
- a part of the parcel's bytes, as they come;
- 32 bytes: SHA-256 of that part and the 38 bytes, in this order, because the count is known last.

Pure; never opens a file. The sum finds which volume was cut or altered on the way; that it is
genuine is said by the parcel's signature alone.
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from uuid import UUID

from app.domain.problems import ProblemCode, refuse

MARK = b"heshi volume\n"
VERSION = 1
ENDING = ".heshi"
ANSWER_ENDING = ".answer"
SUM_SIZE = 32
COUNT_LIMIT = 9999
# FAT32 ends at 4 GiB; some old drivers a little earlier.
VOLUME_BYTES = 3_900_000_000
_MARK_LENGTH = 8
_HEAD = struct.Struct(">13sB16sII")
HEAD_SIZE = _HEAD.size
_NUMBERED = re.compile(r"(\.[0-9]{1,4}of[0-9]{1,4})?\.heshi$", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class VolumeHead:
    """Volume `number` of `count` (both from 1 on) of a parcel."""

    parcel_id: str
    number: int
    count: int

    @property
    def raw(self) -> bytes:
        return _HEAD.pack(MARK, VERSION, UUID(self.parcel_id).bytes, self.number, self.count)


class VolumeSum:
    """The sum at a volume's end, made while its part goes by."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, data: bytes | memoryview) -> None:
        self._sum.update(data)

    def close(self, head: VolumeHead) -> bytes:
        """The 32 bytes."""
        whole = self._sum.copy()
        whole.update(head.raw)
        return whole.digest()


def read_volume_head(raw: bytes) -> VolumeHead:
    """The head in a file's first bytes.

    Raises `Refused` PARCEL_FOREIGN for a file that is none of ours, PARCEL_NEWER, PARCEL_DAMAGED.
    """
    if not raw.startswith(MARK):
        raise refuse(ProblemCode.PARCEL_FOREIGN)
    if raw[len(MARK) : len(MARK) + 1] > bytes([VERSION]):
        raise refuse(ProblemCode.PARCEL_NEWER)
    if len(raw) < HEAD_SIZE:
        raise refuse(ProblemCode.PARCEL_DAMAGED)
    _, version, parcel, number, count = _HEAD.unpack_from(raw)
    if version != VERSION or not 1 <= number <= count <= COUNT_LIMIT:
        raise refuse(ProblemCode.PARCEL_DAMAGED)
    return VolumeHead(str(UUID(bytes=parcel)), number, count)


def volume_name(name: str, number: int, count: int) -> str:
    """What the file is called: ``name.heshi``, ``name.2of3.heshi`` where there are several."""
    return name + (f".{number}of{count}" if count > 1 else "") + ENDING


def plain_name(file_name: str) -> str:
    """A file's name without what `volume_name` added; people may have renamed it."""
    return _NUMBERED.sub("", file_name)


def answer_names(file_name: str, parcel_id: str) -> tuple[str, ...]:
    """What the answer to the parcel in that file is called, without the ending: the first name,
    and those after it where something else has it.
    """
    plain = plain_name(file_name)
    marks = ("", f".{parcel_id[-_MARK_LENGTH:]}", f".{parcel_id}")
    return tuple(plain + mark + ANSWER_ENDING for mark in marks)
