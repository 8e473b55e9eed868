"""The print log: what was printed, whether it came out well, and which papers say something else
since.

A print counts only when somebody said that it came out well. Sheets that were spoiled are counted
under the number of their paper. Never prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.acts import Act
from app.domain.casefile import CaseFile
from app.domain.completeness import Document, DocumentKind, Need, documents
from app.domain.ids import RecordId
from app.domain.moments import comparable, day_of
from app.domain.paper_kinds import DEFAULT_RULES, DocumentRule
from app.domain.printing import CameOut, PrintedPaper, Printing, covers
from app.domain.problems import ProblemCode, demand, refuse
from app.domain.text import LINE_LIMIT, check_text
from app.services.numbers import add_spoiled_sheets
from app.services.paper_parts import AGREEMENT_PAPERS, Enclosures, digests_of, enclosures
from app.services.ports import Printshop, UnitOfWork

LARGEST_SHEETS = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperState:
    """One paper and its prints. `printed_on` (local date) and `copies` are those of the last print
    that came out well, None and 0 without one; `changed` tells that the paper says something else
    since.

    `printing_id` and `came_out` are of the last print of all: NOT_SAID still has to be asked.
    `scanned`: the signed pages are in the file.
    """

    document: Document
    printed_on: date | None = None
    copies: int = 0
    changed: bool = False
    printing_id: RecordId | None = None
    came_out: CameOut | None = None
    scanned: bool = False


def print_states(
    uow: UnitOfWork,
    printshop: Printshop,
    case_id: RecordId,
    *,
    rules: Iterable[DocumentRule] = DEFAULT_RULES,
) -> tuple[PaperState, ...]:
    """All papers of the bound file with their prints, in order. Raises as `Printshop.digests`."""
    file = uow.records.case_file(case_id)
    papers = [one for one in documents(file, rules) if one.need is not Need.NOT_NEEDED]
    behind = enclosures(uow, printshop, file, papers)
    digests = dict(zip(papers, digests_of(uow, printshop, file, papers, behind), strict=True))
    return states_of(file, papers, digests, behind)


def states_of(
    file: CaseFile,
    papers: Sequence[Document],
    digests: Mapping[Document, str],
    behind: Mapping[tuple[DocumentKind, RecordId], Enclosures],
) -> tuple[PaperState, ...]:
    """As `print_states`, of papers whose digests are known."""
    prints = sorted(file.printings, key=lambda one: (comparable(one.at), one.id))
    return tuple(
        _state(paper, prints, digests[paper], behind.get((paper.kind, paper.subject_id)))
        for paper in papers
    )


def _state(
    paper: Document, prints: Sequence[Printing], digest: str, behind: Enclosures | None
) -> PaperState:
    name = (paper.kind.value, paper.subject_id)
    own = [
        (one, sheet)
        for one in prints
        for sheet in one.papers
        if (sheet.kind, sheet.subject_id) == name
    ]
    well = [pair for pair in own if pair[0].came_out is CameOut.WELL and covers(*pair)]
    last = own[-1][0] if own else None
    state = PaperState(
        document=paper,
        printing_id=last.id if last else None,
        came_out=last.came_out if last else None,
        scanned=behind is not None and behind.replaces,
    )
    if not well:
        return state
    printing, sheet = well[-1]
    return replace(
        state,
        printed_on=day_of(printing.at),
        copies=printing.copies,
        changed=bool(digest) and sheet.digest != digest,
    )


def log_print(
    uow: UnitOfWork,
    printing: Printing,
    printshop: Printshop | None = None,
    *,
    rules: Iterable[DocumentRule] = DEFAULT_RULES,
) -> Printing:
    """Notes one print. Digests that are left "" are worked out when there is a `printshop`; without
    them nobody can tell later whether the paper has changed.

    A print of a bound file is noted too: it changes nothing of the case. Raises `Refused`
    NOT_A_NUMBER, NOTHING_TO_PRINT, RECORD_NOT_FOUND, NOT_YOURS.
    """
    if not printing.papers:
        raise refuse(ProblemCode.NOTHING_TO_PRINT)
    if not 1 <= printing.copies <= LARGEST_SHEETS:
        raise refuse(ProblemCode.NOT_A_NUMBER, "copies", text=str(printing.copies)[:40])
    file = uow.records.case_file(printing.case_id)
    if printshop is not None and not all(one.digest for one in printing.papers):
        printing = replace(printing, papers=_filled(uow, printshop, file, printing.papers, rules))
    printing = replace(printing, came_out=CameOut.NOT_SAID, spoiled_reason="", spoiled_sheets=0)
    uow.records.put(printing)
    uow.commit(Act.PAPERS_PRINTED, printing.case_id)
    return printing


def _filled(
    uow: UnitOfWork,
    printshop: Printshop,
    file: CaseFile,
    sheets: Sequence[PrintedPaper],
    rules: Iterable[DocumentRule],
) -> tuple[PrintedPaper, ...]:
    papers = {(one.kind.value, one.subject_id): one for one in documents(file, rules)}
    behind = enclosures(uow, printshop, file, [*papers.values()])
    filled = []
    for sheet in sheets:
        paper = papers.get((sheet.kind, sheet.subject_id))
        if paper and not sheet.digest:
            digest = digests_of(uow, printshop, file, [paper], behind)[0]
            sheet = replace(sheet, digest=digest)
        filled.append(sheet)
    return tuple(filled)


def say_came_out(
    uow: UnitOfWork,
    printing_id: RecordId,
    came_out: CameOut,
    reason: str = "",
    sheets: int = 0,
) -> Printing:
    """What somebody said of the sheets. Spoiled ones need a reason; `sheets` of them are counted
    under the number of the print's agreement, else of its first numbered letter.

    Raises `Refused`: REASON_NEEDED, NOT_A_NUMBER, ALREADY_THERE (spoiled sheets are counted once),
    TOO_LONG.
    """
    printing = uow.records.get(Printing, printing_id)
    if printing.came_out is CameOut.SPOILED:
        raise refuse(ProblemCode.ALREADY_THERE, "came_out", what="printing")
    spoiled = came_out is CameOut.SPOILED
    if spoiled and not reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "spoiled_reason")
    if not 0 <= sheets <= LARGEST_SHEETS:
        raise refuse(ProblemCode.NOT_A_NUMBER, "spoiled_sheets", text=str(sheets)[:40])
    demand(check_text(reason, "spoiled_reason", limit=LINE_LIMIT))
    said = replace(
        printing,
        came_out=came_out,
        spoiled_reason=reason.strip() if spoiled else "",
        spoiled_sheets=sheets if spoiled else 0,
    )
    uow.records.put(said)
    if said.spoiled_sheets:
        _count_spoiled(uow, said)
    uow.commit(Act.PAPERS_PRINTED, printing.case_id)
    return said


def _count_spoiled(uow: UnitOfWork, printing: Printing) -> None:
    kinds = {kind.value for kind in AGREEMENT_PAPERS}
    agreements_first = sorted(printing.papers, key=lambda one: one.kind not in kinds)
    for sheet in agreements_first:
        if add_spoiled_sheets(uow, sheet.subject_id, printing.spoiled_sheets):
            return
