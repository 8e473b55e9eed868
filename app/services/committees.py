"""The committee and its mediators: the first start of a laptop, and later corrections.

Never decides what a county has enrolled: that comes with the exchange.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.acts import Act
from app.domain.committees import Committee, Mediator, check_committee, check_mediator
from app.domain.problems import ProblemCode, demand, refuse
from app.services.ports import UnitOfWork


def set_up(uow: UnitOfWork, committee: Committee, mediator: Mediator) -> None:
    """First start: stores both and makes the mediator the one at the keyboard.

    Raises `Refused`: ALREADY_THERE (this laptop has a committee), EMPTY, TOO_LONG, NOT_A_PHONE,
    NOT_A_NUMBER.
    """
    if uow.actor.committee_id:
        raise refuse(ProblemCode.ALREADY_THERE, "", what="committee")
    mediator = replace(mediator, committee_id=committee.id)
    demand(
        [one.at("committee") for one in check_committee(committee)]
        + [one.at("mediator") for one in check_mediator(mediator)]
    )
    uow.records.put(committee)
    uow.records.put(mediator)
    uow.settings.put("actor.name", mediator.name)
    uow.settings.put("actor.mediator_id", mediator.id)
    uow.settings.put("actor.committee_id", committee.id)
    uow.settings.put("actor.role", "mediator")
    uow.commit(Act.COMMITTEE_SAVED)


def save_committee(
    uow: UnitOfWork, committee: Committee, *, based_on: Committee | None = None
) -> Committee:
    """The committee as it was written, new or corrected.

    Raises `Refused` with problems at their fields.
    """
    demand(check_committee(committee))
    stored = uow.records.put(committee, based_on=based_on)
    uow.commit(Act.COMMITTEE_SAVED)
    assert isinstance(stored, Committee)
    return stored


def save_mediator(
    uow: UnitOfWork, mediator: Mediator, *, based_on: Mediator | None = None
) -> Mediator:
    """A mediator, new or corrected.

    Who sits at the keyboard is called by the corrected name at once.

    Raises `Refused` with problems at their fields, RECORD_NOT_FOUND for an unknown committee.
    """
    demand(check_mediator(mediator))
    uow.records.get(Committee, mediator.committee_id)
    stored = uow.records.put(mediator, based_on=based_on)
    assert isinstance(stored, Mediator)
    if uow.actor.mediator_id == stored.id:
        uow.settings.put("actor.name", stored.name)
    uow.commit(Act.MEDIATOR_SAVED)
    return stored
