"""The register book of numbers: used, void with its reason, still free. Reads only.

It explains every number from the first to the last, so that none can go missing unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.agreements import Agreement, AgreementForm
from app.domain.committees import Committee
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.letters import Letter
from app.domain.numbering import (
    AGREEMENT_NUMBER,
    PAPER_REGISTER,
    IssuedNumber,
    NumberBlock,
    NumberState,
    format_number,
    is_provisional,
)
from app.services.case_lines import lines_of
from app.services.lines import CaseLine
from app.services.numbers import short_name, start_of
from app.services.paper_values import Printed, RegisterLine, RegisterState
from app.services.ports import Practice, Printshop, UnitOfWork


def register_lines(
    uow: UnitOfWork, committee_id: RecordId, year: int, practice: Practice
) -> tuple[RegisterLine, ...]:
    """All numbers of one committee and calendar year: agreements first, then letters by kind, each
    in the order of serials; before those stand numbers typed from a paper register, then
    provisional ones.
    """
    issued = [
        one
        for one in uow.records.all(IssuedNumber)
        if (one.committee_id, one.year) == (committee_id, year)
        and one.number_kind != PAPER_REGISTER
    ]
    papers = {one.id: _paper(uow, one) for one in issued}
    wanted = {paper.case_id for paper in papers.values() if paper}
    cases = lines_of(uow, wanted)
    lines = [_line(one, papers[one.id], cases) for one in issued]
    lines += _free(uow, committee_id, year, practice, issued)
    return tuple(sorted(lines, key=_order))


def make_register(
    uow: UnitOfWork, printshop: Printshop, committee_id: RecordId, year: int, practice: Practice
) -> Printed:
    """The register book of one committee and calendar year on paper; an empty form where it holds
    no number. Raises `Refused`: CHARACTER_NOT_IN_FONT, TEMPLATE_BROKEN.
    """
    committee = uow.records.find(Committee, committee_id)
    values = {
        "committee": committee.name if committee else "",
        "year": year,
        "lines": register_lines(uow, committee_id, year, practice),
    }
    return printshop.make_loose("number_register", values, uow.today())


def _order(line: RegisterLine) -> tuple[bool, str, int, bool, str]:
    return (line.kind != AGREEMENT_NUMBER, line.kind, line.serial, line.provisional, line.text)


def _paper(uow: UnitOfWork, number: IssuedNumber) -> Agreement | Letter | None:
    if number.agreement_id:
        return uow.records.find(Agreement, number.agreement_id)
    return uow.records.find(Letter, number.letter_id) if number.letter_id else None


def _line(
    number: IssuedNumber, paper: Agreement | Letter | None, cases: dict[RecordId, CaseLine]
) -> RegisterLine:
    case = cases.get(paper.case_id) if paper else None
    sides = (case.applicants, case.respondents) if case else ()
    void = number.state is NumberState.VOID
    return RegisterLine(
        kind=number.number_kind,
        serial=number.serial,
        text=number.text,
        state=RegisterState.VOID if void else RegisterState.USED,
        issued_on=number.issued_on or (paper.made_on if paper else None),
        document=_document(paper),
        case_id=paper.case_id if paper else None,
        parties="与".join(side for side in sides if side),
        matter=case.matter if case else "",
        dispute_type=case.dispute_type if case else "",
        mediators=case.mediators if case else "",
        reason=number.void_reason,
        spoiled_sheets=number.spoiled_sheets,
        provisional=is_provisional(number),
    )


def _document(paper: Agreement | Letter | None) -> str:
    if isinstance(paper, Letter):
        return paper.kind.value
    if paper is None:
        return ""
    written = paper.form is AgreementForm.WRITTEN
    return (DocumentKind.WRITTEN_AGREEMENT if written else DocumentKind.ORAL_REGISTER).value


def _free(
    uow: UnitOfWork,
    committee_id: RecordId,
    year: int,
    practice: Practice,
    issued: Iterable[IssuedNumber],
) -> Iterator[RegisterLine]:
    """Lent and unused; serials that the village's paper register has used are not among them."""
    short, after = short_name(uow, committee_id), start_of(uow, committee_id, year)
    used = {one.serial for one in issued if one.number_kind == AGREEMENT_NUMBER}
    texts = {one.text for one in issued}
    for block in uow.records.all(NumberBlock):
        if block.committee_id != committee_id or block.year != year:
            continue
        for serial in range(max(block.first, after + 1), block.last + 1):
            pattern = practice.number_pattern
            text = format_number(pattern, year=year, short_name=short, serial=serial)
            if serial not in used and text not in texts:
                yield RegisterLine(
                    kind=AGREEMENT_NUMBER, serial=serial, text=text, state=RegisterState.FREE
                )
