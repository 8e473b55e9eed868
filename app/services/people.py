"""People and organisations: written once, corrected everywhere. Never merges two of them."""

from __future__ import annotations

from dataclasses import replace

from app.domain.acts import Act
from app.domain.identity import tidy_number
from app.domain.people import (
    Organisation,
    Person,
    check_organisation,
    check_person,
    filled_from_card,
)
from app.domain.problems import demand
from app.services.lines import PersonLine
from app.services.ports import UnitOfWork


def tidy_person(person: Person) -> Person:
    """The person with its number in half-width capitals and what the number tells filled in (type
    once).
    """
    return filled_from_card(
        replace(person, name=person.name.strip(), id_no=tidy_number(person.id_no))
    )


def tidy_organisation(organisation: Organisation) -> Organisation:
    """The organisation with its credit code in half-width capitals."""
    code = tidy_number(organisation.credit_code)
    return replace(organisation, name=organisation.name.strip(), credit_code=code)


def save_person(uow: UnitOfWork, person: Person, *, based_on: Person | None = None) -> Person:
    """The person as written, new or corrected; every paper that is not frozen shows it from now on.

    An irregular card number is kept with its reason. Raises `Refused` with problems at their
    fields, NOT_YOURS.
    """
    tidy = tidy_person(person)
    demand(check_person(tidy, uow.today()))
    stored = uow.records.put(tidy, based_on=based_on)
    uow.commit(Act.PERSON_SAVED)
    assert isinstance(stored, Person)
    return stored


def save_organisation(
    uow: UnitOfWork, organisation: Organisation, *, based_on: Organisation | None = None
) -> Organisation:
    """The organisation as written, new or corrected.

    Raises `Refused` with problems at their fields, NOT_YOURS.
    """
    tidy = tidy_organisation(organisation)
    demand(check_organisation(tidy))
    stored = uow.records.put(tidy, based_on=based_on)
    uow.commit(Act.ORGANISATION_SAVED)
    assert isinstance(stored, Organisation)
    return stored


def possible_twins(uow: UnitOfWork, person: Person) -> tuple[PersonLine, ...]:
    """Known people of the same name, to be asked about before a second record of one person is
    made.
    """
    name = person.name.strip()
    if not name:
        return ()
    found = uow.lists.people(name)
    return tuple(
        line
        for line in found
        if not line.organisation and line.name == name and line.id != person.id
    )
