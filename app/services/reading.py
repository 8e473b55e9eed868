"""What the readers of one case document share: who is who, codes, and the place of a problem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from app.domain.ids import RecordId, new_id
from app.domain.problems import Problem, ProblemCode, Refused
from app.services.case_people import People
from app.services.code_reading import Codes
from app.services.ports import Practice, UnitOfWork
from app.wire.case_document import CasePart


@dataclass(frozen=True, slots=True)
class Reading:
    """One case on its way in. `parties` names of the document -> party; `today` the local date."""

    uow: UnitOfWork
    practice: Practice
    part: CasePart
    today: date
    codes: Codes
    people: People
    parties: dict[str, RecordId] = field(default_factory=dict)

    def party(self, name: str, place: str) -> RecordId:
        """The party that the document calls so.

        One that nobody knows is noted as PERSON_UNKNOWN at `place` and gets an id of nobody: who
        calls this takes the problems of `codes` before anything is made of it.
        """
        if name not in self.parties:
            self.codes.note(Problem(ProblemCode.PERSON_UNKNOWN, place, {"name": name[:40]}))
            return new_id()
        return self.parties[name]

    def party_ids(self, names: list[str], place: str) -> tuple[RecordId, ...]:
        """Several of them, in the order of the document."""
        return tuple(self.party(name, f"{place}.{index}") for index, name in enumerate(names))


@contextmanager
def below(field: str) -> Iterator[None]:
    """Problems raised inside stand below `field`."""
    try:
        yield
    except Refused as refused:
        raise Refused(*(problem.at(field) for problem in refused.problems)) from None
