"""A case on the day on which its agreement was signed, put into a store: what comes after it can be
done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.domain.acts import Act
from app.domain.agreements import SignOff
from app.domain.casefile import CaseFile
from app.domain.cases import Case
from app.domain.ids import RecordId
from app.domain.records import Record
from tests.fakes import MemoryStore
from tests.unit.services.good_file import MADE_ON, open_file

NEXT_DAY = 1


def signed_case(memory: MemoryStore, *, days_later: int = NEXT_DAY) -> RecordId:
    """Keeps the case as it was signed; the clock stands `days_later`. Returns its id."""
    return keep(memory, open_file(), days_later=days_later)


def keep(memory: MemoryStore, file: CaseFile, *, days_later: int = NEXT_DAY) -> RecordId:
    """Keeps every record of a file."""
    moment = memory.clock.moment
    gone = MADE_ON + timedelta(days=days_later) - moment.date()
    memory.clock.moment = moment + gone
    with memory.unit() as unit:
        for record in records_of(file):
            unit.records.put(record)
        unit.commit(Act.CASE_SAVED, file.case.id)
    return file.case.id


def records_of(file: CaseFile) -> list[Record]:
    """All records that a file is made of, as the store keeps them."""
    single: list[Record] = [file.case, *([file.committee] if file.committee else [])]
    groups = (
        *(file.people.values(), file.organisations.values(), file.mediators.values()),
        *(file.parties, file.sessions, file.agreements, file.follow_ups, file.evidence),
        *(file.investigations, file.letters, file.performances, file.confirmations),
        *(file.attachments, file.printings),
    )
    return [*single, *(record for group in groups for record in group)]


def with_case(file: CaseFile, **changes: object) -> CaseFile:
    """The file with a changed head."""
    case: Case = replace(file.case, **changes)  # type: ignore[arg-type]  # fields by name
    return replace(file, case=case)


def without_hand(file: CaseFile, unwanted: SignOff) -> CaseFile:
    """The file whose agreement lacks one hand."""
    made = file.agreements[0]
    hands = tuple(one for one in made.sign_offs if one != unwanted)
    return replace(file, agreements=(replace(made, sign_offs=hands),))
