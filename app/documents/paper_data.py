"""From a case file to what one paper says: plain values that a template sets in type.

One door for all documents: finds the session or agreement that is meant and adds what every paper
needs. Pure; never touches files and never calls the typesetter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.documents.agreement_papers import blank_number, oral_register, written_agreement
from app.documents.case_papers import acceptance_register, cover, file_number, rights_notice
from app.documents.party_blocks import CROWD
from app.documents.session_papers import mediation_record
from app.documents.wording import TITLES, Data
from app.domain.agreements import Agreement, AgreementForm
from app.domain.casefile import CaseFile, day_of
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, refuse
from app.domain.sessions import Session
from app.services.ports import Practice

_OF_CASE: dict[DocumentKind, Callable[[CaseFile, Practice, date], Data]] = {
    DocumentKind.COVER: cover,
    DocumentKind.ACCEPTANCE_REGISTER: acceptance_register,
    DocumentKind.RIGHTS_NOTICE: rights_notice,
}
_UNSAFE = re.compile(r"[^\w〔〕()（）\[\]-]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper before it is set: kind, file name without personal data, and the template's
    values."""

    kind: DocumentKind
    name: str
    data: Data


def paper_data(
    file: CaseFile, practice: Practice, document: str, subject_id: RecordId, today: date
) -> Paper:
    """What paper `document` about `subject_id` says. The case's own id gives the form without
    session or agreement.

    Raises `Refused`: RECORD_NOT_FOUND (no such paper or subject), TEMPLATE_BROKEN (the pack lacks
    its text).
    """
    try:
        kind = DocumentKind(document)
    except ValueError:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "document") from None
    try:
        data, day, tail = _of_kind(file, practice, kind, subject_id, today)
    except (KeyError, TypeError):
        raise refuse(ProblemCode.TEMPLATE_BROKEN, kind.value) from None
    day = day or today
    shared: Data = {
        "title": TITLES[kind],
        "mark": "",
        "number": file_number(file),
        "number_blank": blank_number(practice.number_pattern),
        "crowd": CROWD,
        "date": [day.year, day.month, day.day],
    }
    data = shared | data
    parts = (TITLES[kind], tail, str(data["number"]))
    name = "_".join(plain for part in parts if (plain := _UNSAFE.sub("_", part).strip("_")))
    return Paper(kind, f"{name}.pdf", data)


def _of_kind(
    file: CaseFile, practice: Practice, kind: DocumentKind, subject_id: RecordId, today: date
) -> tuple[Data, date | None, str]:
    """The values of one kind of paper, its own date, and what tells it from others of its kind."""
    if kind in _OF_CASE:
        if subject_id != file.case.id:
            raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
        notice = file.case.rights_notice
        told = notice.told_on if notice and kind is DocumentKind.RIGHTS_NOTICE else None
        return _OF_CASE[kind](file, practice, today), told or day_of(file), ""
    if kind is DocumentKind.MEDIATION_RECORD:
        session = _session(file, subject_id)
        data = mediation_record(file, session, practice, today)
        tail = f"第{session.ordinal}次" if session else ""
        return data, session.held_on if session else None, tail
    written = kind is DocumentKind.WRITTEN_AGREEMENT
    form = AgreementForm.WRITTEN if written else AgreementForm.ORAL
    agreement = _agreement(file, form, subject_id)
    make = written_agreement if written else oral_register
    data = make(file, agreement, practice, today)
    return data, agreement.made_on if agreement else None, ""


def _session(file: CaseFile, subject_id: RecordId) -> Session | None:
    found = next((one for one in file.sessions if one.id == subject_id), None)
    if found is None and subject_id != file.case.id:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
    return found


def _agreement(file: CaseFile, form: AgreementForm, subject_id: RecordId) -> Agreement | None:
    found = next((one for one in file.agreements if one.id == subject_id), None)
    if (found is None and subject_id != file.case.id) or (found and found.form is not form):
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
    return found
