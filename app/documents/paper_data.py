"""From a case file to what one paper says: plain values that a template sets in type.

One door for all documents: finds the maker of the kind and adds what every paper needs. Pure; never
touches files and never calls the typesetter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from app.documents import (
    agreement_papers,
    case_papers,
    closing_papers,
    confirmation_papers,
    intake_papers,
    letter_papers,
    record_papers,
    session_papers,
)
from app.documents.agreement_papers import blank_number
from app.documents.case_papers import file_number
from app.documents.making import PaperMaker
from app.documents.party_blocks import CROWD
from app.documents.wording import Data
from app.domain.casefile import CaseFile
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, refuse
from app.services.pack_texts import paper_title
from app.services.ports import Practice
from app.wire.paper_mark import PaperMark

_PAPERS: dict[DocumentKind, PaperMaker] = {
    **case_papers.PAPERS,
    **intake_papers.PAPERS,
    **record_papers.PAPERS,
    **session_papers.PAPERS,
    **agreement_papers.PAPERS,
    **letter_papers.PAPERS,
    **closing_papers.PAPERS,
    **confirmation_papers.PAPERS,
}
_UNSAFE = re.compile(r"[^\w〔〕()（）\[\]-]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper before it is set: template, title, file name without personal data, local date, the
    template's values, and of a frozen text the mark of its first page.

    `tail` tells it from others of its kind; `remark` is for the contents.
    """

    template: str
    title: str
    name: str
    dated: date
    data: Data
    tail: str = ""
    remark: str = ""
    proof: PaperMark | None = None


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
        make = _PAPERS[kind]
    except (ValueError, KeyError):
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "document") from None
    try:
        values = make(file, practice, subject_id, today)
    except (KeyError, TypeError):
        raise refuse(ProblemCode.TEMPLATE_BROKEN, kind.value) from None
    dated = values.get("dated")
    title = paper_title(practice, kind, dated if isinstance(dated, date) else today)
    return made_paper(
        kind.value,
        {
            "title": title,
            "number": file_number(file),
            "number_blank": blank_number(practice.number_pattern),
            **values,
        },
        today,
    )


def made_paper(template: str, values: Data, today: date) -> Paper:
    """A paper of a template's values, which hold at least `title`; `today` counts where it has no
    date of its own.
    """
    data: Data = {"mark": "", "number": "", "number_blank": [None], "crowd": CROWD, **values}
    template = str(data.pop("template", template))
    dated, tail, remark, proof = (
        data.pop(key, None) for key in ("dated", "tail", "remark", "proof")
    )
    title, tail = str(data["title"]), str(tail or "")
    parts = (title, tail, str(data["number"]))
    name = "_".join(plain for part in parts if (plain := _UNSAFE.sub("_", part).strip("_")))
    return Paper(
        template=template,
        title=title,
        name=f"{name}.pdf",
        dated=dated if isinstance(dated, date) else today,
        data=data,
        tail=tail,
        remark=str(remark or ""),
        proof=replace(proof, page=1) if isinstance(proof, PaperMark) else None,
    )


def set_line(practice: Practice, kind: DocumentKind) -> dict[str, object]:
    """What the pack's ``document_set`` says of one kind; empty where it does not know it."""
    known = practice.texts.get("document_set")
    lines = known.get("documents", ()) if isinstance(known, dict) else ()
    return next((dict(one) for one in lines if one.get("kind") == kind.value), {})
