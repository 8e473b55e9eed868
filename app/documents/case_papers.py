"""What the papers about the whole case say: cover, acceptance register, notice of rights.

Pure functions from a case file to plain data. What is not known stays empty and prints as a blank,
never as a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.documents.making import PaperMaker, of_case
from app.documents.party_blocks import hand, party_blocks, party_hands, side_names, signing
from app.documents.wording import MANNERS, Data, day_words, paragraphs, ticked
from app.domain.casefile import CaseFile, day_of, file_title
from app.domain.cases import Case, Retention
from app.domain.codes import Code, CodeBook
from app.domain.completeness import DocumentKind
from app.domain.parties import PartyRole
from app.services.pack_texts import text_on
from app.services.ports import Practice


def file_number(file: CaseFile) -> str:
    """卷号: the number of the file, which is the agreement's where none was given."""
    agreement = file.main_agreement()
    return file.case.file_no or (agreement.number if agreement else "")


def cover(file: CaseFile, practice: Practice, today: date) -> Data:
    """卷宗封面. Who bound the file is left to the pen until the note on the file says it."""
    del today
    case, note = file.case, file.case.file_note
    known = bool(case.title or case.dispute_type or any(map(file.name_of, file.living_parties)))
    return {
        "committee": file.committee.name if file.committee else "",
        "file_title": file_title(file, practice.codes) if known else "",
        "mediators": "、".join(file.mediator_names()),
        "begun": day_words(case.accepted_on),
        "ended": day_words(case.closing.on if case.closing else None),
        "filed_by": note.filed_by if note else "",
        "filed": day_words(case.filed_on or (note.filed_on if note else None)),
        "retention": ticked(
            {code.value: practice.codes.label("retention", code) for code in Retention},
            case.retention or "",
        ),
    }


def contents(file: CaseFile, practice: Practice, today: date) -> Data:
    """卷内目录 with rows for the pen; binding fills them from the layout."""
    del file, practice, today
    return {"entries": []}


def acceptance_register(file: CaseFile, practice: Practice, today: date) -> Data:
    """人民调解受理登记表. Party blocks stand here because the sheet takes the place of an
    application."""
    case, parties = file.case, file.living_parties
    day = day_of(file) or (today if parties else None)
    source = _line(practice.codes, "case_source", case.source)
    box = str(source.extra.get("form_2010", "")) if source else ""
    officers = [hand("登记人（签名）", case.registrar)]
    return {
        "day": day_words(case.accepted_on),
        "committee": file.committee.name if file.committee else "",
        "applicants": side_names(file, PartyRole.APPLICANT),
        "respondents": side_names(file, PartyRole.RESPONDENT),
        "parties": party_blocks(file, practice.codes, parties, day),
        "dispute_type": _label(practice.codes, "dispute_type", case.dispute_type),
        "source": box,
        "source_detail": _source_detail(case, source),
        "facts": paragraphs(case.facts),
        "requests": [
            f"{index}．{request}" for index, request in enumerate(case.requests, 1) if request
        ],
        "signing": signing(file, party_hands(file, parties), officers, case.accepted_on),
    }


def _source_detail(case: Case, source: Code | None) -> str:
    """What the two boxes of the form cannot say: who referred the matter, and how it came."""
    referred = source is not None and source.extra.get("parent") == "REFERRED"
    words = [source.zh] if source and referred else []
    if source is None and case.source:
        words.append(case.source)  # a code that no pack knows: nothing is ever hidden
    return "，".join([*words, case.source_detail] if case.source_detail else words)


def rights_notice(file: CaseFile, practice: Practice, today: date) -> Data:
    """人民调解当事人权利义务告知书 in the pack's words. Raises KeyError, TypeError for a pack that
    lacks them."""
    notice = file.case.rights_notice
    text = text_on(practice, "rights_notice", (notice.told_on if notice else None) or today)
    committee = file.committee.name if file.committee else "人民调解委员会"
    teller = file.mediators.get(notice.told_by) if notice and notice.told_by else None
    parties = party_hands(file, file.living_parties)
    officers = [hand("告知人（签名）", teller.name if teller else "")]
    return {
        "dated": (notice.told_on if notice else None) or day_of(file),
        "opening": _worded(text["opening"], committee),
        "sections": [_section(one, committee) for one in text["sections"]],
        "closing": _worded(text["closing"], committee),
        "manner": ticked(
            {manner.value: label for manner, label in MANNERS.items()},
            notice.manner.value if notice else "",
        ),
        "signing": signing(file, parties, officers, notice.told_on if notice else None),
    }


def _section(section: Mapping[str, Any], committee: str) -> Data:
    return {
        "heading": section["zh"],
        "numbered": bool(section.get("numbered")),
        "paragraphs": [_worded(one, committee) for one in section["paragraphs"]],
    }


def _worded(line: Mapping[str, Any], committee: str) -> str:
    """The Chinese text of one line of a pack; the only blank it knows is the committee's name."""
    return str(line["zh"]).replace("{committee}", committee)


def _line(codes: CodeBook, table: str, code: str) -> Code | None:
    versions = codes.tables.get(table, ())
    return next((line for version in versions if (line := version.get(code))), None)


def _label(codes: CodeBook, table: str, code: str) -> str:
    return codes.label(table, code) if code else ""


PAPERS: dict[DocumentKind, PaperMaker] = {
    DocumentKind.COVER: of_case(cover),
    DocumentKind.CONTENTS: of_case(contents),
    DocumentKind.ACCEPTANCE_REGISTER: of_case(acceptance_register),
    DocumentKind.RIGHTS_NOTICE: of_case(rights_notice),
}
