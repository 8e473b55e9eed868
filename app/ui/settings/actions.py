"""The verbs of the settings page, each a function of a unit of work. Decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.domain.committees import Committee, Mediator
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, refuse
from app.services import committees, number_blocks, numbers
from app.services.identities import is_taken_in
from app.services.lines import SyncStatus
from app.services.number_blocks import NumbersLeft
from app.services.ports import UnitOfWork

T = TypeVar("T")
Work = Callable[[UnitOfWork], T]


@dataclass(frozen=True, slots=True)
class Home:
    """The own committee, its mediators, who sits at the keyboard, the county, the register's start
    in `year`, and how the numbers of `year` and of others with something to give back stand.
    `taken_in`: an enrolment anew broke off after the county had taken this laptop in.
    """

    committee: Committee | None
    mediators: tuple[Mediator, ...]
    own_mediator: RecordId | None
    role: str
    status: SyncStatus
    address: str
    year: int
    start: int | None
    numbers: tuple[NumbersLeft, ...] = ()
    taken_in: bool = False


def read_home(unit: UnitOfWork) -> Home:
    """All that the page shows, at one moment."""
    actor = unit.actor
    committee = unit.records.find(Committee, actor.committee_id) if actor.committee_id else None
    mediators = tuple(
        one for one in unit.records.all(Mediator) if one.committee_id == actor.committee_id
    )
    year = unit.today().year
    committee_id = actor.committee_id
    start = numbers.start_of(unit, committee_id, year) if committee_id else 0
    return Home(
        committee=committee,
        mediators=mediators,
        own_mediator=actor.mediator_id,
        role=actor.role,
        status=unit.lists.status(),
        address=unit.settings.get("county.url") or "",
        year=year,
        start=start or None,
        numbers=number_blocks.years_left(unit, committee_id) if committee_id else (),
        taken_in=is_taken_in(unit),
    )


def save_committee(committee: Committee, based_on: Committee) -> Work[Committee]:
    return lambda unit: committees.save_committee(unit, committee, based_on=based_on)


def save_mediator(mediator: Mediator, based_on: Mediator | None) -> Work[Mediator]:
    return lambda unit: committees.save_mediator(unit, mediator, based_on=based_on)


def start_numbers(year: int, serial: int) -> Work[None]:
    """The last serial of the village's paper register in `year`."""

    def work(unit: UnitOfWork) -> None:
        committee_id = unit.actor.committee_id
        if committee_id is None:
            raise refuse(ProblemCode.RECORD_NOT_FOUND)
        numbers.start_after(unit, committee_id, year, serial)

    return work


def return_numbers(year: int) -> Work[int]:
    """Gives the unused numbers of `year` back; how many that were."""

    def work(unit: UnitOfWork) -> int:
        committee_id = unit.actor.committee_id
        if committee_id is None:
            raise refuse(ProblemCode.RECORD_NOT_FOUND)
        return number_blocks.return_numbers(unit, committee_id, year)

    return work
