"""The verbs of what stands beside the table: investigation records, evidence, files, scans of
signed pages. Each is a function of a unit of work, to be given to `jobs.run`. Never touches a
widget.

Services are imported when a verb runs, as in `actions.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.agreements import Agreement, AgreementForm, AgreementState
from app.domain.attachments import Attachment
from app.domain.completeness import DocumentKind
from app.domain.evidence import Evidence
from app.domain.ids import RecordId
from app.domain.investigations import Investigation
from app.ui.cases.actions import Work

if TYPE_CHECKING:
    from app.services.ports import Practice, Printshop, ScanReader, UnitOfWork
    from app.services.scan_intake import ScanFinding, ScanStatus

FROZEN = (AgreementState.FINAL, AgreementState.EFFECTIVE)
PAPERS = {
    AgreementForm.WRITTEN: DocumentKind.WRITTEN_AGREEMENT,
    AgreementForm.ORAL: DocumentKind.ORAL_REGISTER,
}


def blank_investigation(case_id: RecordId) -> Work[Investigation]:
    def work(uow: UnitOfWork) -> Investigation:
        from app.services.investigations import blank_investigation as blank

        return blank(uow, case_id)

    return work


def save_investigation(
    record: Investigation, based_on: Investigation | None = None
) -> Work[Investigation]:
    def work(uow: UnitOfWork) -> Investigation:
        from app.services.investigations import save_investigation as save

        return save(uow, record, based_on=based_on)

    return work


def void_investigation(record_id: RecordId, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.investigations import void_investigation as void

        return void(uow, record_id, reason)

    return work


def blank_evidence(case_id: RecordId) -> Work[Evidence]:
    def work(uow: UnitOfWork) -> Evidence:
        from app.services.evidence import blank_evidence as blank

        return blank(uow, case_id)

    return work


def save_evidence(piece: Evidence, based_on: Evidence | None = None) -> Work[Evidence]:
    def work(uow: UnitOfWork) -> Evidence:
        from app.services.evidence import save_evidence as save

        return save(uow, piece, based_on=based_on)

    return work


def void_evidence(piece_id: RecordId, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.evidence import void_evidence as void

        return void(uow, piece_id, reason)

    return work


# --- files -----------------------------------------------------------------------------------


def add_file(
    data: Callable[[], bytes], described: Attachment, reader: ScanReader, practice: Practice
) -> Work[Attachment]:
    """Keeps one file. `data` is asked on the worker."""

    def work(uow: UnitOfWork) -> Attachment:
        from app.services.attachments import add_attachment

        return add_attachment(uow, data(), described, reader=reader, practice=practice)

    return work


def save_file(file: Attachment, based_on: Attachment) -> Work[Attachment]:
    def work(uow: UnitOfWork) -> Attachment:
        from app.services.attachments import save_attachment

        return save_attachment(uow, file, based_on=based_on)

    return work


def void_file(file_id: RecordId, reason: str) -> Work[object]:
    def work(uow: UnitOfWork) -> object:
        from app.services.attachments import void_attachment

        return void_attachment(uow, file_id, reason)

    return work


def file_bytes(file: Attachment) -> Work[bytes]:
    """Raises `Refused` ATTACHMENT_MISSING, ATTACHMENT_DAMAGED."""

    def work(uow: UnitOfWork) -> bytes:
        from app.services.attachments import attachment_bytes

        return attachment_bytes(uow, file)

    return work


# --- signed pages ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaperScans:
    """One frozen agreement, how many pages its paper has, and which of them are scanned."""

    agreement: Agreement
    pages: int
    status: ScanStatus


def scanned_papers(printshop: Printshop, case_id: RecordId) -> Work[tuple[PaperScans, ...]]:
    """Every frozen agreement of the case, oldest first."""

    def work(uow: UnitOfWork) -> tuple[PaperScans, ...]:
        from app.services.scan_intake import scan_status

        file = uow.records.case_file(case_id)
        found = []
        for one in file.living_agreements:
            if one.state in FROZEN:
                kind = PAPERS[one.form]
                pages = printshop.make(file, kind.value, one.id, uow.today()).pages
                found.append(PaperScans(one, pages, scan_status(file, one, pages)))
        return tuple(found)

    return work


def page_count(printshop: Printshop, agreement: Agreement) -> Work[int]:
    """Of how many pages the paper of a frozen agreement is."""

    def work(uow: UnitOfWork) -> int:
        file = uow.records.case_file(agreement.case_id)
        return printshop.make(file, PAPERS[agreement.form].value, agreement.id, uow.today()).pages

    return work


def look_at_scan(reader: ScanReader, data: bytes, here: RecordId) -> Work[ScanFinding]:
    """What a page shows; `here` is the case that is open."""

    def work(uow: UnitOfWork) -> ScanFinding:
        from app.services.scan_intake import look_at_scan as look

        return look(uow, reader, data, here=here)

    return work


def file_scan(
    finding: ScanFinding,
    *,
    by_hand: tuple[RecordId, RecordId, int] | None = None,
    replacing: str = "",
) -> Work[Attachment]:
    """Files the page; `by_hand` is (case, agreement, page) for a page without a code."""

    def work(uow: UnitOfWork) -> Attachment:
        from app.services.scan_intake import file_scan as file

        return file(uow, finding, without_mark_to=by_hand, replacing=replacing)

    return work
