"""What belongs behind each paper of the bound file: photographs, scans, and the signed pages that
stand in the place of a printed agreement.

Never makes a paper and never changes a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from app.domain.agreements import Agreement
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile
from app.domain.completeness import Document, DocumentKind
from app.domain.evidence import Evidence
from app.domain.ids import RecordId
from app.services.paper_values import FilePart, Scan
from app.services.ports import Printshop, UnitOfWork

AGREEMENT_PAPERS = frozenset({DocumentKind.WRITTEN_AGREEMENT, DocumentKind.ORAL_REGISTER})
_PICTURES = frozenset({"image/jpeg", "image/png"})
_PHOTOS = frozenset({AttachmentKind.PHOTO, AttachmentKind.EVIDENCE})
# A drawing on the screen is no signature and stands in no file (see `AttachmentKind`).
_NEVER_PRINTED = frozenset({AttachmentKind.HANDWRITING})


@dataclass(frozen=True, slots=True)
class Enclosures:
    """The pictures behind one paper, in order; with `replaces` the scans are all its pages."""

    photos: tuple[Attachment, ...] = ()
    scans: tuple[Attachment, ...] = ()
    replaces: bool = False

    @property
    def all(self) -> tuple[Attachment, ...]:
        return self.photos + self.scans


def enclosures(
    uow: UnitOfWork, printshop: Printshop, file: CaseFile, papers: Sequence[Document]
) -> dict[tuple[DocumentKind, RecordId], Enclosures]:
    """What stands behind each of `papers`, by kind and subject.

    A picture follows the paper of the record that it belongs to, else the evidence list. Bytes that
    have not come in yet are left out.
    """
    pages = [
        one
        for one in file.living(Attachment)
        if one.media_type in _PICTURES
        and one.kind not in _NEVER_PRINTED
        and uow.files.has(one.sha256)
    ]
    homes: dict[tuple[DocumentKind, RecordId], list[Attachment]] = {}
    for one in pages:
        home = _home(file, papers, one)
        if home:
            homes.setdefault((home.kind, home.subject_id), []).append(one)
    return {key: _behind(uow, printshop, file, key, found) for key, found in homes.items()}


def part_of(uow: UnitOfWork, paper: Document, behind: Enclosures) -> FilePart:
    """The part with the bytes of its pictures read."""
    return FilePart(
        kind=paper.kind,
        subject_id=paper.subject_id,
        scans=tuple(_scan(uow, one) for one in behind.scans),
        photos=tuple(_scan(uow, one) for one in behind.photos),
        replaces=behind.replaces,
    )


def digests_of(
    uow: UnitOfWork,
    printshop: Printshop,
    file: CaseFile,
    papers: Sequence[Document],
    behind: dict[tuple[DocumentKind, RecordId], Enclosures],
) -> tuple[str, ...]:
    """SHA-256 of what each paper says and shows, without reading a picture or setting type; "" for
    a paper that depends on the layout of the others.
    """
    plain = [FilePart(one.kind, one.subject_id) for one in papers]
    texts = printshop.digests(file, plain, uow.today())
    return tuple(
        _digest(text, behind.get((one.kind, one.subject_id), Enclosures()))
        for one, text in zip(papers, texts, strict=True)
    )


def _digest(text: str, behind: Enclosures) -> str:
    # A scan of the signed paper is that paper: filing it changes nothing of what was printed.
    shown = behind.photos if behind.replaces else behind.all
    if not text or not shown:
        return text
    words = [text, *(f"{one.sha256} {caption_of(one)}" for one in shown)]
    return sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def caption_of(one: Attachment) -> str:
    """What stands under a picture: what it shows, where, when, who took it."""
    day = ""
    if one.taken_on:
        day = f"{one.taken_on.year}年{one.taken_on.month}月{one.taken_on.day}日"
    taken_by = f"{one.taken_by}拍摄" if one.taken_by else ""
    parts = (one.caption or one.name, one.taken_at_place, day, taken_by)
    return "，".join(part for part in parts if part)


def _scan(uow: UnitOfWork, one: Attachment) -> Scan:
    signed = one.kind is AttachmentKind.SIGNED_PAGE
    return Scan(uow.files.read(one.sha256), "" if signed else caption_of(one))


def _home(file: CaseFile, papers: Sequence[Document], one: Attachment) -> Document | None:
    pieces = {piece.id for piece in file.living(Evidence)}
    about = [paper for paper in papers if paper.subject_id == one.subject_id]
    if one.subject_id in pieces or one.subject_id in (None, file.case.id) or not about:
        about = _by_kind(papers, DocumentKind.EVIDENCE_LIST)
    if one.kind is AttachmentKind.PROOF and one.party_id:
        powers = _by_kind(papers, DocumentKind.POWER_OF_ATTORNEY)
        about = [paper for paper in powers if paper.subject_id == one.party_id] or about
    return next(iter(about), None) or next(
        (paper for paper in papers if paper.kind is DocumentKind.ACCEPTANCE_REGISTER), None
    )


def _by_kind(papers: Sequence[Document], kind: DocumentKind) -> list[Document]:
    return [paper for paper in papers if paper.kind is kind]


def _behind(
    uow: UnitOfWork,
    printshop: Printshop,
    file: CaseFile,
    key: tuple[DocumentKind, RecordId],
    found: list[Attachment],
) -> Enclosures:
    photos = tuple(one for one in found if one.kind in _PHOTOS)
    signed = [one for one in found if one.kind is AttachmentKind.SIGNED_PAGE]
    others = [one for one in found if one not in signed and one not in photos]
    agreement = next((one for one in file.agreements if one.id == key[1]), None)
    if key[0] not in AGREEMENT_PAPERS or agreement is None or not signed:
        return Enclosures(photos, (*signed, *others))
    pages = signed_pages(agreement, signed)
    # As many scans as pages are not enough: one may have been filed under a page there is not.
    if pages and _is_whole(pages, _page_count(uow, printshop, file, key)):
        return Enclosures(photos, (*pages, *others), replaces=not others)
    return Enclosures(photos, (*pages, *others))


def _is_whole(pages: Sequence[Attachment], count: int) -> bool:
    return [one.page for one in pages] == list(range(1, count + 1))


def signed_pages(agreement: Agreement, found: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """The newest scan of each page of this very text, in the order of the pages.

    Scans of another text under the same number are left out.
    """
    newest: dict[int, Attachment] = {}
    for one in found:
        if one.page and one.content_hash in ("", agreement.content_hash):
            newest[one.page] = one
    return tuple(newest[page] for page in sorted(newest))


def _page_count(
    uow: UnitOfWork, printshop: Printshop, file: CaseFile, key: tuple[DocumentKind, RecordId]
) -> int:
    """How many pages the printed text has: only then it is known that every one was scanned."""
    return printshop.make(file, key[0].value, key[1], uow.today()).pages
