"""Files of a case: photographs, proofs, receipts, sound, handwriting on the screen. Signed pages
come in through `scan_intake`. Never keeps where a photograph was taken, and never changes a file
that is kept: another one is another file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.acts import Act
from app.domain.attachments import (
    SIZE_LIMIT,
    Attachment,
    AttachmentKind,
    check_attachment,
    media_type_of,
)
from app.domain.casefile import CaseFile
from app.domain.cases import check_editable
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, demand, refuse
from app.services.ports import Practice, ScanReader, UnitOfWork

CASE_LIMIT = 300  # files of one case
_RAW_LIMIT = 5 * SIZE_LIMIT  # a picture that will be made smaller
_KEPT_AS_IT_IS = (
    "case_id", "kind", "sha256", "size", "media_type", "width", "height", "page", "content_hash",
    "version", "void_reason",
)  # fmt: skip


def add_attachment(
    uow: UnitOfWork, data: bytes, described: Attachment, *, reader: ScanReader, practice: Practice
) -> Attachment:
    """Keeps one file and its description; hash, size and type in `described` are filled in here.

    Pictures lose what their camera wrote into them; its date is taken over where `described` has
    none. Raises `Refused`: ATTACHMENT_KIND_UNKNOWN, FILE_TOO_LARGE, SCAN_UNREADABLE,
    PICTURE_TOO_LARGE, TOO_MANY, HANDWRITING_NOT_HERE, RECORD_NOT_FOUND (party), CASE_CLOSED,
    DISK_FULL and problems at their fields.
    """
    if described.kind is AttachmentKind.SIGNED_PAGE:
        raise ValueError("a signed page is filed by its code")
    file = uow.records.case_file(described.case_id)
    check_editable(file.case)
    demand(check_attachment(described, uow.today()))
    if described.party_id is not None and file.party(described.party_id) is None:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "party_id")
    if described.kind is AttachmentKind.HANDWRITING:
        _check_handwriting(file, described, data, practice)
        known, data = replace(described, media_type="image/png"), data
    else:
        known, data = _taken_in(described, data, reader, uow.today())
    stored = put_file(uow, file, known, data)
    uow.commit(Act.ATTACHMENT_ADDED, stored.case_id)
    return stored


def save_attachment(
    uow: UnitOfWork, file: Attachment, *, based_on: Attachment | None = None
) -> Attachment:
    """What is said about a file, corrected; the file itself and what its code proved stay.

    Raises `Refused`: CASE_CLOSED, CHANGED_MEANWHILE and problems at their fields.
    """
    now = uow.records.get(Attachment, file.id)
    check_editable(uow.records.case_file(now.case_id).case)
    before = based_on or now
    file = replace(file, **{name: getattr(before, name) for name in _KEPT_AS_IT_IS})
    demand(check_attachment(file, uow.today()))
    stored = uow.records.put(file, based_on=based_on)
    uow.commit(Act.ATTACHMENT_SAVED, file.case_id)
    assert isinstance(stored, Attachment)
    return stored


def void_attachment(uow: UnitOfWork, attachment_id: RecordId, reason: str) -> Attachment:
    """The file counts no more; it is kept, with the reason. Raises `Refused` REASON_NEEDED,
    CASE_CLOSED.
    """
    now = uow.records.get(Attachment, attachment_id)
    check_editable(uow.records.case_file(now.case_id).case)
    void = voided(now, reason)
    uow.records.put(void)
    uow.commit(Act.ATTACHMENT_SAVED, now.case_id)
    return void


def attachment_bytes(uow: UnitOfWork, attachment: Attachment) -> bytes:
    """Raises `Refused` ATTACHMENT_MISSING, ATTACHMENT_DAMAGED."""
    return uow.files.read(attachment.sha256)


def is_status_matter(file: CaseFile, practice: Practice) -> bool:
    """Whether the case is about marriage, parentage, adoption, inheritance and the like: there no
    electronic signature counts (电子签名法 art. 3), so that nothing like one is offered.

    Which types, scopes and words these are is in the pack; rather too many than too few, because
    paper always serves.
    """
    rules = practice.texts.get("not_to_mediate")
    paper_only = rules.get("paper_only") if isinstance(rules, Mapping) else None
    if not isinstance(paper_only, Mapping):
        return True
    case = file.case
    if case.dispute_type in paper_only["types"] or case.scope in paper_only["scopes"]:
        return True
    texts = [case.matter, case.facts, *case.requests]
    for agreement in file.agreements:
        texts += [agreement.facts, *(clause.text for clause in agreement.clauses)]
    return any(word in text for word in paper_only["words"] for text in texts)


def put_file(uow: UnitOfWork, file: CaseFile, described: Attachment, data: bytes) -> Attachment:
    """Stages a file of known type behind the others of the case; the caller commits. Raises
    `Refused` TOO_MANY, FILE_TOO_LARGE, DISK_FULL.
    """
    if len(file.attachments) >= CASE_LIMIT:
        raise refuse(ProblemCode.TOO_MANY, "", limit=CASE_LIMIT)
    _check_bytes(data, SIZE_LIMIT)
    last = max((one.ordinal for one in file.attachments), default=0)
    stored = replace(
        described, sha256=uow.files.keep(data), size=len(data), ordinal=last + 1, void_reason=""
    )
    uow.records.put(stored)
    return stored


def voided(file: Attachment, reason: str) -> Attachment:
    """Raises `Refused` REASON_NEEDED."""
    if not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "void_reason")
    return replace(file, void_reason=reason.strip())


def _check_bytes(data: bytes, limit: int) -> None:
    if len(data) > limit:
        raise refuse(ProblemCode.FILE_TOO_LARGE, "", limit_mb=limit // 1_000_000)


def _check_handwriting(
    file: CaseFile, described: Attachment, data: bytes, practice: Practice
) -> None:
    if described.party_id is None:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "party_id")
    if is_status_matter(file, practice):
        raise refuse(ProblemCode.HANDWRITING_NOT_HERE)
    if media_type_of(data) != "image/png":
        raise refuse(ProblemCode.ATTACHMENT_KIND_UNKNOWN)


def _taken_in(
    described: Attachment, data: bytes, reader: ScanReader, today: date
) -> tuple[Attachment, bytes]:
    """The description with the type that the bytes have, and the bytes to keep."""
    media_type = media_type_of(data)
    if not media_type:
        raise refuse(ProblemCode.ATTACHMENT_KIND_UNKNOWN)
    if not media_type.startswith("image/"):
        return replace(described, media_type=media_type, width=0, height=0), data
    _check_bytes(data, _RAW_LIMIT)
    photo = reader.photo(data)
    by_camera = photo.taken_on if photo.taken_on and photo.taken_on <= today else None
    known = replace(
        described,
        media_type=photo.media_type,
        width=photo.width,
        height=photo.height,
        taken_on=described.taken_on or by_camera,
    )
    return known, photo.image
