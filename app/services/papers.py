"""Papers of a case, made by the printshop: one, all that are needed, or the whole file in one PDF.

Never stores what it makes: a paper is made again from the record at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.agreements import Agreement, AgreementState
from app.domain.casefile import CaseFile
from app.domain.cases import Case
from app.domain.committees import Committee
from app.domain.completeness import Document, DocumentKind, Need, documents
from app.domain.ids import RecordId, new_id
from app.domain.letters import Letter
from app.domain.paper_kinds import DEFAULT_RULES, CopyFor, DocumentRule
from app.domain.paper_kinds import copies_for as originals_for
from app.domain.parties import Party
from app.domain.performances import Performance
from app.domain.problems import ProblemCode, refuse
from app.services.paper_findings import reason_of
from app.services.paper_parts import (
    AGREEMENT_PAPERS,
    Enclosures,
    digests_of,
    enclosures,
    part_of,
)
from app.services.paper_values import Printed, PrintedFile
from app.services.ports import PaperSigner, Printshop, UnitOfWork
from app.services.print_log import PaperState, states_of
from app.services.print_log import log_print as log_print
from app.services.print_log import print_states as print_states
from app.services.print_log import say_came_out as say_came_out

PaperName = tuple[DocumentKind, RecordId]
"""A paper of a case: its kind and the record it is about."""


class WhichPapers(StrEnum):
    """Which papers of the file are wanted. MISSING: never came out well. CHANGED: says something
    else since it came out well.
    """

    WHOLE = "whole"
    MISSING = "missing"
    CHANGED = "changed"
    MISSING_OR_CHANGED = "missing_or_changed"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class FileChoice:
    """Papers to be printed together; `chosen` counts with CHOSEN only."""

    which: WhichPapers = WhichPapers.WHOLE
    chosen: tuple[PaperName, ...] = ()


def make_paper(
    uow: UnitOfWork,
    printshop: Printshop,
    case_id: RecordId,
    kind: DocumentKind | str,
    subject_id: RecordId,
    signer: PaperSigner | None = None,
    *,
    rules: Iterable[DocumentRule] = DEFAULT_RULES,
) -> Printed:
    """One paper; `subject_id` is the record it is about, or the case. A frozen agreement is sealed
    when there is a `signer`.

    Raises `Refused`: NOTHING_TO_PRINT (the case has no such paper), CHARACTER_NOT_IN_FONT,
    TEMPLATE_BROKEN.
    """
    file = uow.records.case_file(case_id)
    for paper in documents(file, rules):
        if paper.kind == kind and paper.subject_id == subject_id:
            return _made(uow, printshop, file, paper, signer)
    raise refuse(ProblemCode.NOTHING_TO_PRINT)


def make_all(
    uow: UnitOfWork,
    printshop: Printshop,
    case_id: RecordId,
    signer: PaperSigner | None = None,
    *,
    rules: Iterable[DocumentRule] = DEFAULT_RULES,
) -> tuple[Printed, ...]:
    """All papers that the file must hold, each by itself, in the order of the file; the contents
    page belongs to the bound file (`make_file`). Raises as `make_paper` does.
    """
    file = uow.records.case_file(case_id)
    held = needed(documents(file, rules))
    papers = tuple(one for one in held if one.kind is not DocumentKind.CONTENTS)
    if not papers:
        raise refuse(ProblemCode.NOTHING_TO_PRINT)
    return tuple(_made(uow, printshop, file, one, signer) for one in papers)


def _made(
    uow: UnitOfWork,
    printshop: Printshop,
    file: CaseFile,
    paper: Document,
    signer: PaperSigner | None,
) -> Printed:
    made = printshop.make(file, paper.kind.value, paper.subject_id, uow.today())
    frozen = [one for one in file.agreements if one.id == paper.subject_id]
    return replace(made, pdf=_sealed(uow, signer, made.pdf, frozen))


def make_blank(
    uow: UnitOfWork,
    printshop: Printshop,
    kind: DocumentKind,
    case_id: RecordId | None = None,
) -> Printed:
    """A blank form for the field, with what the case knows already, or with the committee's name
    alone. Raises as `make_paper` does.
    """
    file = uow.records.case_file(case_id) if case_id else _empty(uow)
    return printshop.make(file, kind.value, file.case.id, uow.today())


def make_file(
    uow: UnitOfWork,
    printshop: Printshop,
    signer: PaperSigner | None,
    case_id: RecordId,
    choice: FileChoice,
    *,
    rules: Iterable[DocumentRule] = DEFAULT_RULES,
) -> PrintedFile:
    """Papers of the file in one PDF, in order, each with the pictures that belong behind it; with
    the file's page numbers when it is the whole one.

    It is sealed when there is a `signer` and it holds a frozen agreement. The digests of its parts
    are those that the print log compares. Raises `Refused`: NOTHING_TO_PRINT, and as `make_paper`.
    """
    file = uow.records.case_file(case_id)
    papers = in_file(documents(file, rules))
    behind = enclosures(uow, printshop, file, papers)
    digests = dict(zip(papers, digests_of(uow, printshop, file, papers, behind), strict=True))
    papers = _chosen(file, papers, digests, behind, choice)
    if not papers:
        raise refuse(ProblemCode.NOTHING_TO_PRINT)
    nothing = Enclosures()
    parts = [part_of(uow, one, behind.get((one.kind, one.subject_id), nothing)) for one in papers]
    bound = choice.which is WhichPapers.WHOLE
    made = printshop.make_file(file, parts, uow.today(), bound=bound)
    placed = tuple(
        replace(part, digest=digests[paper] or part.digest)
        for part, paper in zip(made.parts, papers, strict=True)
    )
    shown = {one.subject_id for one in papers if one.kind in AGREEMENT_PAPERS}
    frozen = [one for one in file.living_agreements if one.id in shown]
    return replace(made, parts=placed, pdf=_sealed(uow, signer, made.pdf, frozen))


def needed(papers: tuple[Document, ...]) -> tuple[Document, ...]:
    """The papers that must be in the file."""
    return tuple(one for one in papers if one.need is Need.MUST)


def in_file(papers: tuple[Document, ...]) -> tuple[Document, ...]:
    """The papers that are bound: all but those that this way of settling does without."""
    return tuple(one for one in papers if one.need is not Need.NOT_NEEDED)


def copies_for(
    document: Document, file: CaseFile, rules: Iterable[DocumentRule] = DEFAULT_RULES
) -> tuple[tuple[CopyFor, int], ...]:
    """For whom originals of a paper are printed: as the county's rules, the law (PML art. 29) and
    the parties that it is for ask.
    """
    subject = document.subject_id
    agreement = next((one for one in file.agreements if one.id == subject), None)
    letter = next((one for one in file.letters if one.id == subject), None)
    done = next((one for one in file.performances if one.id == subject), None)
    if letter is not None:
        file = replace(file, parties=_named(file, letter))
    rules = tuple(_known_people(one, done) for one in rules) if done else rules
    return originals_for(document.kind, file, agreement, rules)


def copies_of(
    document: Document, file: CaseFile, rules: Iterable[DocumentRule] = DEFAULT_RULES
) -> int:
    """How many originals of a paper are printed, as `copies_for` counts them."""
    return sum(count for _, count in copies_for(document, file, rules))


def _named(file: CaseFile, letter: Letter) -> tuple[Party, ...]:
    return tuple(one for one in file.parties if one.id in letter.party_ids)


def _known_people(rule: DocumentRule, done: Performance) -> DocumentRule:
    """A receipt's copies for those who paid and were paid, where that is known."""
    copies = replace(
        rule.copies,
        for_payer=rule.copies.for_payer if done.payer_id else 0,
        for_payee=rule.copies.for_payee if done.payee_id else 0,
    )
    return replace(rule, copies=copies)


def _chosen(
    file: CaseFile,
    papers: tuple[Document, ...],
    digests: dict[Document, str],
    behind: dict[PaperName, Enclosures],
    choice: FileChoice,
) -> tuple[Document, ...]:
    if choice.which is WhichPapers.WHOLE:
        return papers
    if choice.which is WhichPapers.CHOSEN:
        return tuple(one for one in papers if (one.kind, one.subject_id) in choice.chosen)
    states = states_of(file, papers, digests, behind)
    return tuple(one.document for one in states if _is_wanted(one, choice.which))


def _is_wanted(state: PaperState, which: WhichPapers) -> bool:
    missing = state.printed_on is None and not state.scanned
    return (missing and which is not WhichPapers.CHANGED) or (
        state.changed and which is not WhichPapers.MISSING
    )


def _empty(uow: UnitOfWork) -> CaseFile:
    """A case of this laptop's committee of which nothing is known."""
    committee_id = uow.actor.committee_id
    if committee_id is None:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "committee_id")
    return CaseFile(
        case=Case(id=new_id(), committee_id=committee_id),
        committee=uow.records.find(Committee, committee_id),
    )


def _sealed(
    uow: UnitOfWork, signer: PaperSigner | None, pdf: bytes, agreements: Sequence[Agreement]
) -> bytes:
    """The PDF with this device's seal, if it shows a frozen text; of several the newest is named.

    The moment is that of the freezing, so that the same paper stays the same bytes.
    """
    binding = (AgreementState.FINAL, AgreementState.EFFECTIVE)
    frozen = [one for one in agreements if one.content_hash and one.state in binding]
    if signer is None or not frozen:
        return pdf
    newest = frozen[-1]
    reason = reason_of(newest.number, newest.version, newest.content_hash)
    return signer.sign(pdf, at=newest.frozen_at or uow.now(), reason=reason)
