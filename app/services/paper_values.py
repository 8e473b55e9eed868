"""What goes to paper and what comes back from it: values between services, printshop and scanner.

Apart from `ports`, because the window starts without a single one of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.ids import RecordId
    from app.domain.paper_kinds import DocumentKind


@dataclass(frozen=True, slots=True)
class Printed:
    """One made document: PDF/A-2b bytes, number of pages, and a file name without personal data
    beyond the file's number.
    """

    pdf: bytes = field(repr=False)
    pages: int
    name: str


@dataclass(frozen=True, slots=True)
class Scan:
    """One picture for paper: JPEG or PNG bytes and what stands under it (of a photo: where, when,
    who took it).
    """

    image: bytes = field(repr=False)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class FilePart:
    """One paper of the bound file and what belongs behind it: `photos` two to four on a page, then
    `scans` a page each.

    `title` is for the contents where the paper's own does not serve. With `replaces` the scans
    stand in the place of the printed text.
    """

    kind: DocumentKind
    subject_id: RecordId
    title: str = ""
    scans: tuple[Scan, ...] = ()
    photos: tuple[Scan, ...] = ()
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """Where a part stands in the PDF: first and last page, counted from 1 with covers.

    `digest` (SHA-256, 64 hex digits) tells whether what it says or shows has changed since an
    earlier print; page numbers do not count.
    """

    kind: DocumentKind
    subject_id: RecordId
    title: str
    first_page: int
    last_page: int
    digest: str


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """Papers in one PDF/A-2b, with bookmarks, in the order given."""

    pdf: bytes = field(repr=False)
    pages: int
    name: str
    parts: tuple[PrintedPart, ...]


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a picture: 24-bit RGB, `stride` bytes a line."""

    width: int
    height: int
    stride: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page, cleaned: picture bytes, size in pixels, by how many degrees it was turned (counter
    clockwise), and the texts of all codes on it.
    """

    image: bytes
    media_type: str
    width: int
    height: int
    angle: float
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenPhoto:
    """A photograph without what its camera wrote into it (place, device), but the local date on
    which it was taken, where it told one.
    """

    image: bytes
    media_type: str
    width: int
    height: int
    taken_on: date | None


class RegisterState(StrEnum):
    """A line of the register book of numbers."""

    USED = "used"
    VOID = "void"
    FREE = "free"  # lent by the county and not given yet


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One number of the register book. `kind` is a kind of the pack's ``number_format``, `serial` 0
    for a number typed from a paper register and for a `provisional` one; `issued_on` local date.

    Of a free number only `kind`, `serial` and `text` are known. `document` is the DocumentKind
    value of its paper; `reason` why it is void; `spoiled_sheets` papers printed under it and thrown
    away.
    """

    kind: str
    serial: int
    text: str
    state: RegisterState
    issued_on: date | None = None
    document: str = ""
    case_id: RecordId | None = None
    parties: str = ""
    matter: str = ""
    dispute_type: str = ""
    mediators: str = ""
    reason: str = ""
    spoiled_sheets: int = 0
    provisional: bool = False
