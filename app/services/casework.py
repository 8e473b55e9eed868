"""A case as a value.

One record of it exchanged for another, and what differs put into a unit of work.

Whole chains of steps (a card, an import) are worked out on the value first, so that nothing is put
before everything fits.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.agreements import Agreement
from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.domain.people import Organisation, Person
from app.domain.problems import ProblemCode, refuse
from app.domain.records import Record
from app.services.ports import UnitOfWork


def agreement_of(file: CaseFile, agreement_id: RecordId) -> Agreement:
    """The agreement of that id in the case. Raises `Refused` RECORD_NOT_FOUND."""
    for one in file.agreements:
        if one.id == agreement_id:
            return one
    raise refuse(ProblemCode.RECORD_NOT_FOUND)


def with_agreement(file: CaseFile, agreement: Agreement) -> CaseFile:
    """The case with this agreement in the place of the one with its id, or as its newest."""
    others = [one.id for one in file.agreements]
    if agreement.id not in others:
        return replace(file, agreements=(*file.agreements, agreement))
    changed = tuple(agreement if one.id == agreement.id else one for one in file.agreements)
    return replace(file, agreements=changed)


def put_changes(uow: UnitOfWork, before: CaseFile | None, after: CaseFile) -> None:
    """Puts every record of `after` that is new or differs from `before`, the head of the case
    first.
    """
    known = {record.id: record for record in _records(before)} if before else {}
    for record in _records(after):
        before_it = known.get(record.id)
        if before_it is None and isinstance(record, (Person, Organisation)):
            # Somebody of the village whom this case names for the first time.
            before_it = uow.records.find(type(record), record.id)
        if before_it != record:
            uow.records.put(record)


def _records(file: CaseFile) -> tuple[Record, ...]:
    return (
        file.case,
        *file.people.values(),
        *file.organisations.values(),
        *file.parties,
        *file.sessions,
        *file.agreements,
        *file.follow_ups,
        *file.investigations,
        *file.evidence,
        *file.letters,
        *file.performances,
        *file.confirmations,
    )
