"""The mark on every page of a finalised paper: what its code says, and the check code beside it.

Another Heshi reads it without a network: which text the page belongs to, and whether it is the text
on record. Pure; never draws and never decides whether a mark is genuine.

Written in capitals, digits and colons, which a QR code packs tightly; the number stands last
because it alone holds other characters. Programs of later years read this layout: a change gets
another purpose word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from app.domain.ids import RecordId

PURPOSE = "HESHI1"
GROUPS = 8  # of four characters, 160 bits together: fewer would fall to a search for two texts
_GROUP = 4
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NUMBER_LIMIT = 120
_LAYOUT = re.compile(
    rf"{PURPOSE}:([0-9A-F]{{32}}):([1-9]\d{{0,3}}):([0-9A-F]{{64}}):([1-9]\d{{0,3}}):(.*)",
    re.ASCII | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMark:
    """One page: of which record, in which version (from 1) with which content (SHA-256, 64 lower
    hex digits), which page (from 1), under which printed number (may be empty).
    """

    record_id: RecordId
    version: int
    content_hash: str
    page: int
    number: str = ""


def encode(mark: PaperMark) -> str:
    """The text of the page's code. Raises ValueError for values that could not be read back."""
    text = ":".join(
        (
            PURPOSE,
            UUID(mark.record_id).hex.upper(),
            str(mark.version),
            mark.content_hash.upper(),
            str(mark.page),
            mark.number,
        )
    )
    if decode(text) != mark:
        raise ValueError("not a mark that can be read back")
    return text


def decode(text: str) -> PaperMark | None:
    """The mark in the text of a code; None for any other text."""
    found = _LAYOUT.fullmatch(text)
    if found is None or len(found[5]) > _NUMBER_LIMIT:
        return None
    return PaperMark(
        record_id=RecordId(str(UUID(hex=found[1]))),
        version=int(found[2]),
        content_hash=found[3].lower(),
        page=int(found[4]),
        number=found[5],
    )


def check_code(content_hash: str) -> str:
    """The first 160 bits of a SHA-256 (64 hex digits) as eight groups of four characters of
    Crockford's base 32, joined by spaces.

    Raises ValueError for anything else.
    """
    if not re.fullmatch("[0-9a-fA-F]{64}", content_hash):
        raise ValueError("not a SHA-256")
    bits = int(content_hash[:40], 16)
    places = range(5 * (GROUPS * _GROUP - 1), -1, -5)
    code = "".join(_CROCKFORD[bits >> place & 31] for place in places)
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
