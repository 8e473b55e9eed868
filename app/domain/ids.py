"""Identity of records: UUIDv7 text made on this laptop. Never a number that a county or a printer
hands out.
"""

from __future__ import annotations

import secrets
import time
from typing import NewType
from uuid import UUID

RecordId = NewType("RecordId", str)


def new_id() -> RecordId:
    """A fresh UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits.

    The time only makes indexes compact. Nothing may be ordered or dated by it: a village laptop's
    clock may be wrong.
    """
    milliseconds = max(0, time.time_ns() // 1_000_000) & ((1 << 48) - 1)
    tail = secrets.randbits(74)
    number = (
        milliseconds << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1)
    )
    return RecordId(str(UUID(int=number)))


def is_id(text: str) -> bool:
    """Whether `text` is an identity as we write it: a UUID in lower case with hyphens."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
