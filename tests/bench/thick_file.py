"""A case whose file holds every kind of paper that a thick one has, some forty pages in all, in
other words for every number, so that nothing of it comes out of a cache.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.casefile import CaseFile
from app.domain.completeness import Need, documents
from app.domain.confirmations import Confirmation
from app.domain.letters import Letter, LetterKind
from app.services.paper_values import FilePart
from tests.unit.documents.files import DIGITS, long_case
from tests.unit.documents.whole_case import EXCHANGES, whole_case
from tests.unit.documents.worked_case import CASE_ID, rid

LETTER, CONFIRMATION = rid(600), rid(601)
TALK_LENGTH, CLAUSES = 9, 3


def mark_of(number: int) -> str:
    """Four characters that stand for `number`."""
    return "".join(DIGITS[int(one)] for one in f"{number:04d}")


def thick_case(number: int, sessions: int = 1) -> CaseFile:
    """The whole case with long records, a letter and an application to the court."""
    mark, file, long = mark_of(number), whole_case(), long_case(number, sessions, CLAUSES)
    closing = file.case.closing
    assert closing is not None
    closing = replace(closing, opinion=f"{closing.opinion}{mark}")
    talk = replace(
        file.investigations[0],
        place=mark,
        exchanges=tuple(
            replace(one, question=one.question + mark, answer=f"{one.answer}{mark}{index}")
            for index, one in enumerate(EXCHANGES * (TALK_LENGTH // len(EXCHANGES)))
        ),
    )
    people = {
        key: replace(one, name=one.name + mark[-1], address=one.address + mark, occupation=mark)
        for key, one in file.people.items()
    }
    return replace(
        file,
        case=replace(file.case, closing=closing),
        people=people,
        sessions=long.sessions,
        agreements=long.agreements,
        investigations=(talk,),
        evidence=tuple(replace(one, name=f"{one.name}{mark}") for one in file.evidence),
        letters=(_letter(file, mark),),
        confirmations=(_confirmation(file, mark),),
    )


def thick_parts(file: CaseFile) -> list[FilePart]:
    """Every paper that stands in the file, in the order of the pack."""
    return [
        FilePart(one.kind, one.subject_id)
        for one in documents(file)
        if one.need is not Need.NOT_NEEDED
    ]


def _letter(file: CaseFile, mark: str) -> Letter:
    return Letter(
        id=LETTER,
        case_id=CASE_ID,
        kind=LetterKind.TERMINATION_NOTICE,
        party_ids=tuple(one.id for one in file.parties),
        reason=f"双方没有达成一致{mark}。",
    )


def _confirmation(file: CaseFile, mark: str) -> Confirmation:
    return Confirmation(
        id=CONFIRMATION, case_id=CASE_ID, agreement_id=file.agreements[0].id, court=mark
    )
