"""Files that belong to a case: scans of signed papers, photographs, receipts, sound. The bytes lie
encrypted in the store; this is what is known about them. Never holds the bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.problems import Problem
from app.domain.text import LINE_LIMIT, check_text

SIZE_LIMIT = 20_000_000  # bytes of one file; larger pictures are made smaller when they come in

_FIRST_BYTES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
)
_SOUND_BRANDS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"3gp4", b"3gp5")


class AttachmentKind(StrEnum):
    """What a file is in the case file."""

    SIGNED_PAGE = "signed_page"
    EVIDENCE = "evidence"
    PHOTO = "photo"
    PROOF = "proof"  # of authority, kinship, identity
    RECEIPT = "receipt"
    HANDWRITING = "handwriting"  # drawn on the screen; an image for convenience, no signature
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file. `sha256` in hex of its bytes, `size` in bytes, `width` and `height` in pixels.

    `subject_id` is the record it belongs to (an agreement, a piece of evidence, a session), or
    None. Of a scanned page of a signed paper, `page` counts from 1 and `content_hash` and
    `version` are what its mark says; `taken_on` is a local date.
    """

    id: RecordId
    case_id: RecordId
    kind: AttachmentKind
    sha256: str
    size: int
    media_type: str
    subject_id: RecordId | None = None
    party_id: RecordId | None = None
    name: str = ""
    caption: str = ""
    taken_on: date | None = None
    taken_at_place: str = ""
    taken_by: str = ""
    width: int = 0
    height: int = 0
    page: int | None = None
    content_hash: str = ""
    version: int = 0
    ordinal: int = 0
    void_reason: str = ""


def check_attachment(file: Attachment, today: date) -> list[Problem]:
    """What keeps a file's description from being stored."""
    problems = check_past(file.taken_on, today, "taken_on")
    for name in ("name", "caption", "taken_at_place", "taken_by"):
        problems += check_text(getattr(file, name), name, limit=LINE_LIMIT)
    return problems


def media_type_of(data: bytes) -> str:
    """What the first bytes say a file is; "" for what Heshi does not take. A name proves
    nothing.
    """
    for start, media_type in _FIRST_BYTES:
        if data.startswith(start):
            return media_type
    if data[4:8] == b"ftyp" and data[8:12] in _SOUND_BRANDS:
        return "audio/mp4"
    layer3 = len(data) > 1 and data[0] == 0xFF and data[1] & 0xFE == 0xFA
    return "audio/mpeg" if layer3 or data[:2] in (b"\xff\xf3", b"\xff\xf2") else ""
