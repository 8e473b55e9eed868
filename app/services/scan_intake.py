"""Signed pages that come back from the table: whose page a scan is, by the code printed on it, and
filing it there. Never files a page of another text than the one on record, and never takes a page
without a code for proven.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementState
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile
from app.domain.cases import check_editable
from app.domain.ids import RecordId, new_id
from app.domain.investigations import Investigation
from app.domain.problems import Fact, Problem, ProblemCode, Refused, refuse
from app.domain.sessions import Session
from app.services.attachments import put_file, voided
from app.services.paper_values import ScannedPage
from app.services.ports import ScanReader, UnitOfWork
from app.wire.paper_mark import PaperMark, decode

PAGE_LIMIT = 999
_SignedRecord = Agreement | Session | Investigation
_FROZEN = (AgreementState.FINAL, AgreementState.EFFECTIVE)


@dataclass(frozen=True, slots=True)
class ScanFinding:
    """What a scan shows: the cleaned page, our mark on it (None without one), the agreement and the
    case that it belongs to, and what stands in the way of filing it.

    SCAN_OTHER_CASE does not: such a page may be filed to `case_id`.
    """

    page: ScannedPage
    mark: PaperMark | None = None
    agreement_id: RecordId | None = None
    case_id: RecordId | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ScanStatus:
    """Pages of a paper, counted from 1: with a scan whose code fits, with one filed by hand, and
    without any.
    """

    proven: tuple[int, ...]
    unproven: tuple[int, ...]
    missing: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Every page is there, proven or not."""
        return not self.missing


def look_at_scan(
    uow: UnitOfWork, reader: ScanReader, data: bytes, *, here: RecordId | None = None
) -> ScanFinding:
    """Reads one page and finds where it belongs; `here` is the case that is open. Changes nothing.

    The problem, if any, is one of SCAN_NO_MARK, SCAN_TWO_SHEETS, SCAN_UNKNOWN_TEXT,
    SCAN_OLD_VERSION, SCAN_GIVEN_UP, SCAN_OTHER_CASE. Raises `Refused` for what is no readable
    picture (see `ScanReader`).
    """
    page = reader.read(data)
    found = [mark for mark in map(decode, page.marks) if mark is not None]
    if not found:
        return ScanFinding(page, problem=Problem(ProblemCode.SCAN_NO_MARK))
    if len(set(found)) > 1:
        return ScanFinding(page, problem=Problem(ProblemCode.SCAN_TWO_SHEETS))
    mark = found[0]
    agreement = uow.records.find(Agreement, mark.record_id)
    problem = _problem_of(mark, agreement)
    if agreement is None:
        return ScanFinding(page, mark, problem=problem)
    if problem is None and here is not None and agreement.case_id != here:
        problem = Problem(ProblemCode.SCAN_OTHER_CASE, "", {"number": agreement.number})
    return ScanFinding(page, mark, agreement.id, agreement.case_id, problem)


def _problem_of(mark: PaperMark, agreement: Agreement | None) -> Problem | None:
    """Why a page with this mark is not filed. None where its text is the one on record."""
    number = mark.number or (agreement.number if agreement else "")
    unknown = Problem(ProblemCode.SCAN_UNKNOWN_TEXT, "", {"number": number})
    if agreement is None or mark.page > PAGE_LIMIT:
        return unknown
    # What was frozen by an earlier Heshi has no version of its own; its paper says 1.
    newest = max(agreement.version, 1)
    if agreement.state is AgreementState.VOID:
        return Problem(ProblemCode.SCAN_GIVEN_UP, "", {"number": number})
    if agreement.state in _FROZEN and mark.content_hash == agreement.content_hash:
        return None if mark.version == newest else unknown
    spoiled = agreement.state is AgreementState.DRAFT and mark.version == newest
    if mark.version < newest or spoiled:
        facts: dict[str, Fact] = {
            "number": number,
            "version": mark.version,
            "newest": newest,
        }
        return Problem(ProblemCode.SCAN_OLD_VERSION, "", facts)
    return unknown


def file_scan(
    uow: UnitOfWork,
    finding: ScanFinding,
    *,
    without_mark_to: tuple[RecordId, RecordId, int] | None = None,
    replacing: str = "",
) -> Attachment:
    """Files the page where its mark says.

    Only a page without any mark can be filed by hand, to (case, record, page), where the record is
    an agreement, a session or an investigation, whose papers bear no mark; it is kept without a
    content hash: nothing proves it. `replacing` is why an earlier scan of the same page is given
    up. Raises `Refused`: the finding's problem, SCAN_PAGE_THERE, AGREEMENT_NOT_FINAL,
    NOT_A_NUMBER, RECORD_NOT_FOUND, CASE_CLOSED, DISK_FULL.
    """
    scan = _proven(uow, finding) if finding.mark else _by_hand(uow, finding, without_mark_to)
    file = uow.records.case_file(scan.case_id)
    check_editable(file.case)
    # Pages under the content hash of an earlier text stay what they are: scans of that text.
    earlier = [
        one
        for one in _scans_of(file, scan.subject_id)
        if one.page == scan.page and one.content_hash in ("", scan.content_hash)
    ]
    if earlier and not replacing.strip():
        raise refuse(ProblemCode.SCAN_PAGE_THERE, "", page=scan.page or 0)
    for one in earlier:
        uow.records.put(voided(one, replacing))
    stored = put_file(uow, file, scan, finding.page.image)
    uow.commit(Act.ATTACHMENT_ADDED, stored.case_id)
    return stored


def scan_status(file: CaseFile, agreement: Agreement, pages: int) -> ScanStatus:
    """Which of the `pages` of the frozen agreement are scanned. Scans of an earlier text of it do
    not count.
    """
    scans = _scans_of(file, agreement.id)
    wanted = range(1, pages + 1)
    fitting = {one.page for one in scans if one.content_hash == agreement.content_hash}
    bare = {one.page for one in scans if not one.content_hash} - fitting
    return ScanStatus(
        proven=tuple(one for one in wanted if one in fitting),
        unproven=tuple(one for one in wanted if one in bare),
        missing=tuple(one for one in wanted if one not in fitting | bare),
    )


def _scans_of(file: CaseFile, agreement_id: RecordId | None) -> list[Attachment]:
    return [
        one
        for one in file.living(Attachment)
        if one.kind is AttachmentKind.SIGNED_PAGE and one.subject_id == agreement_id
    ]


def _proven(uow: UnitOfWork, finding: ScanFinding) -> Attachment:
    """Asked again: the agreement may have changed since the scan was looked at."""
    mark = finding.mark
    assert mark is not None
    agreement = uow.records.find(Agreement, mark.record_id)
    problem = _problem_of(mark, agreement)
    if problem is not None or agreement is None:
        raise Refused(problem or Problem(ProblemCode.RECORD_NOT_FOUND))
    return _described(
        finding.page, agreement, mark.page, content_hash=mark.content_hash, version=mark.version
    )


def _by_hand(
    uow: UnitOfWork, finding: ScanFinding, place: tuple[RecordId, RecordId, int] | None
) -> Attachment:
    no_mark = Problem(ProblemCode.SCAN_NO_MARK)
    if place is None or (finding.problem and finding.problem.code is not no_mark.code):
        raise Refused(finding.problem or no_mark)
    case_id, record_id, page = place
    paper = _paper(uow, record_id)
    if paper.case_id != case_id:
        raise refuse(ProblemCode.RECORD_NOT_FOUND)
    if isinstance(paper, Agreement) and paper.state not in _FROZEN:
        raise refuse(ProblemCode.AGREEMENT_NOT_FINAL)
    if not 1 <= page <= PAGE_LIMIT:
        raise refuse(ProblemCode.NOT_A_NUMBER, "page", text=str(page))
    return _described(finding.page, paper, page, content_hash="", version=0)


def _paper(uow: UnitOfWork, record_id: RecordId) -> _SignedRecord:
    """What people sign: a session's or an investigation's record, else an agreement."""
    talk = uow.records.find(Session, record_id) or uow.records.find(Investigation, record_id)
    if talk is not None and not talk.void_reason:
        return talk
    return uow.records.get(Agreement, record_id)


def _described(
    page: ScannedPage, paper: _SignedRecord, number: int, *, content_hash: str, version: int
) -> Attachment:
    return Attachment(
        id=new_id(),
        case_id=paper.case_id,
        kind=AttachmentKind.SIGNED_PAGE,
        sha256="",
        size=0,
        media_type=page.media_type,
        subject_id=paper.id,
        width=page.width,
        height=page.height,
        page=number,
        content_hash=content_hash,
        version=version,
    )
