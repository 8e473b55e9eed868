"""Papers of a case, made by the printshop. Never stores what it makes.

A paper is made again from the record at any time.
"""

from __future__ import annotations

from app.domain.completeness import Document, DocumentKind, Need, documents
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, refuse
from app.services.ports import Printed, Printshop, UnitOfWork


def make_paper(
    uow: UnitOfWork,
    printshop: Printshop,
    case_id: RecordId,
    kind: DocumentKind | str,
    subject_id: RecordId,
) -> Printed:
    """One paper; `subject_id` is the session or agreement it is about, or the case.

    Raises `Refused`: NOTHING_TO_PRINT (the case has no such paper), CHARACTER_NOT_IN_FONT,
    TEMPLATE_BROKEN.
    """
    file = uow.records.case_file(case_id)
    for paper in documents(file):
        if paper.kind == kind and paper.subject_id == subject_id:
            return printshop.make(file, paper.kind.value, subject_id, uow.today())
    raise refuse(ProblemCode.NOTHING_TO_PRINT)


def make_all(uow: UnitOfWork, printshop: Printshop, case_id: RecordId) -> tuple[Printed, ...]:
    """All papers that the file must hold, in the order of the file. Raises as `make_paper` does."""
    file = uow.records.case_file(case_id)
    papers = needed(documents(file))
    if not papers:
        raise refuse(ProblemCode.NOTHING_TO_PRINT)
    today = uow.today()
    return tuple(printshop.make(file, one.kind.value, one.subject_id, today) for one in papers)


def needed(papers: tuple[Document, ...]) -> tuple[Document, ...]:
    """The papers that must be in the file."""
    return tuple(one for one in papers if one.need is Need.MUST)
