"""The verbs of the people workspace: each is a function of a unit of work, to be given to
`jobs.run`. Never touches a widget.

Services are imported when a verb runs, on the records worker, so that the window paints without
them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from app.domain.ids import RecordId
from app.domain.people import Organisation, Person
from app.services.lines import CaseLine, PersonLine

if TYPE_CHECKING:
    from app.services.ports import UnitOfWork

T = TypeVar("T")
Work = Callable[["UnitOfWork"], T]
LIST_LIMIT = 500  # more lines than anybody reads; a few letters in the search box find the rest


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page shows of one person or organisation: the record, its cases, and who may be the
    same person.
    """

    record: Person | Organisation
    cases: tuple[CaseLine, ...] = ()
    twins: tuple[PersonLine, ...] = ()


def find(text: str) -> Work[tuple[PersonLine, ...]]:
    """People and organisations that match `text`; those used most come first when it is empty."""
    return lambda uow: uow.lists.people(text.strip(), LIST_LIMIT)


def read_person(person_id: RecordId) -> Work[Sheet]:
    """One person with cases and possible twins. Raises `Refused` RECORD_NOT_FOUND."""

    def work(uow: UnitOfWork) -> Sheet:
        from app.services.people import possible_twins

        person = uow.records.get(Person, person_id)
        return Sheet(person, uow.lists.cases_of(person_id), possible_twins(uow, person))

    return work


def read_organisation(organisation_id: RecordId) -> Work[Sheet]:
    """One organisation with its cases. Raises `Refused` RECORD_NOT_FOUND."""

    def work(uow: UnitOfWork) -> Sheet:
        organisation = uow.records.get(Organisation, organisation_id)
        return Sheet(organisation, uow.lists.cases_of(organisation_id))

    return work


def twins(person: Person) -> Work[tuple[PersonLine, ...]]:
    """Who may be the same as what stands in the form, saved or not."""

    def work(uow: UnitOfWork) -> tuple[PersonLine, ...]:
        from app.services.people import possible_twins

        return possible_twins(uow, person)

    return work


def save_person(person: Person, based_on: Person | None) -> Work[Person]:
    """`based_on` is what the form was opened with, None for a new person. Raises `Refused` with
    problems at their fields.
    """

    def work(uow: UnitOfWork) -> Person:
        from app.services.people import save_person as save

        return save(uow, person, based_on=based_on)

    return work


def save_organisation(
    organisation: Organisation, based_on: Organisation | None
) -> Work[Organisation]:
    """Like `save_person`."""

    def work(uow: UnitOfWork) -> Organisation:
        from app.services.people import save_organisation as save

        return save(uow, organisation, based_on=based_on)

    return work
