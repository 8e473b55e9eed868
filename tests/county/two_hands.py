"""Two laptops of one committee, a supervisor and a county that have known each other for a while;
and what must be true of them when all is quiet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import col, select

from app.county.tables import EntryRow, RecordState, VerdictRow
from app.domain.acts import Act
from app.domain.agreements import Agreement
from app.domain.cases import Case
from app.domain.committees import Mediator
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party, PartyRole
from app.domain.people import Organisation, Person
from app.domain.problems import ProblemCode, Refused
from app.domain.records import KINDS, Record
from app.domain.sessions import Session
from app.domain.settlements import Choice
from app.services.conflicts import OpenConflict, open_conflicts
from app.services.handovers import Colleague, colleagues, hand_over
from app.services.settling import settle
from app.wire.journal import Entry
from app.wire.records import from_fields, to_fields
from tests.county.server import RunningCounty
from tests.county.village import Village
from tests.storage.village import agreement, party

R = TypeVar("R", bound=Record)


@dataclass
class World:
    """`first` begins every case; the supervisor gives it to `second`, and `first` has not heard."""

    county: RunningCounty
    first: Village
    second: Village
    third: Village
    supervisor: Village

    @property
    def everybody(self) -> tuple[Village, ...]:
        return (self.first, self.second, self.third, self.supervisor)

    def quiet(self) -> None:
        """Everybody has heard of everything."""
        for _ in range(2):
            for one in self.everybody:
                one.sync()


@contextmanager
def world(folder: Path) -> Iterator[World]:
    county = RunningCounty(folder / "county")
    home = county.committee()
    made = [
        Village(folder / name, county.address) for name in ("first", "second", "third", "office")
    ]
    for one, name in zip(made, ("王调解", "赵调解", "孙调解"), strict=False):
        one.enrol(county.code(county.mediator(home, name)))
    made[-1].enrol(county.code(county.supervisor()))
    here = World(county, *made)
    here.quiet()
    try:
        yield here
    finally:
        for one in made:
            one.close()
        county.close()


@dataclass
class Hands:
    """One case in the world, both laptops about to write to it."""

    world: World
    case: Case
    people: tuple[Person, Person]
    unit: Organisation
    helper: Mediator
    parties: tuple[Party, Party]
    session: Session
    draft: Agreement

    def put(self, who: Village, *records: Record, act: Act = Act.CASE_SAVED) -> None:
        with who.store.unit() as uow:
            for one in records:
                uow.records.put(one)
            uow.commit(act, self.case.id)

    def now(self, who: Village, record: R) -> R:
        with who.store.unit() as uow:
            return uow.records.get(type(record), RecordId(record.id))

    def change(self, who: Village, record: Record, **fields: Any) -> None:
        self.put(who, replace(self.now(who, record), **fields))


def begin(here: World) -> Hands:
    """A case of the first laptop, with a little of everything."""
    first = here.first
    with first.store.unit() as uow:
        home = uow.actor.committee_id
        assert home
    case = Case(id=new_id(), committee_id=home, matter="屋檐滴水")
    people = (Person(id=new_id(), name="张三"), Person(id=new_id(), name="李四"))
    unit = Organisation(id=new_id(), name="九溪供销社")
    helper = Mediator(id=new_id(), committee_id=home, name="钱调解")
    sides = (
        party(case, people[0], PartyRole.APPLICANT, 1),
        party(case, people[1], PartyRole.RESPONDENT, 2),
    )
    session = Session(id=new_id(), case_id=case.id, ordinal=1, place="村委会")
    draft = agreement(case, sides)
    hands = Hands(here, case, people, unit, helper, sides, session, draft)
    all_of_it = (case, *people, unit, helper, *sides, session, draft)
    hands.put(first, *all_of_it, act=Act.CASE_REGISTERED)
    return hands


def assign(here: World, case: Case, to: Village) -> None:
    """The supervisor gives the case to another laptop."""
    with here.supervisor.store.unit() as uow:
        hand_over(uow, case.id, colleague(uow, case.id, to), "老王住院")


def colleague(uow: Any, case_id: RecordId, to: Village) -> Colleague:
    return next(one for one in colleagues(uow, case_id) if one.device == to.id)


def told_by(village: Village, since: int) -> list[Entry]:
    """The entries that a laptop has written after number `since`."""
    with village.store.unit() as uow:
        found = uow.journal.own_from(since + 1, 1000)
    return [Entry.model_validate_json(one.raw) for one in found]


def head(village: Village) -> int:
    with village.store.unit() as uow:
        return uow.journal.own_head()


def conflicts(village: Village, case_id: RecordId | None = None) -> tuple[OpenConflict, ...]:
    with village.store.unit() as uow:
        return open_conflicts(uow, case_id)


def aside(village: Village) -> set[str]:
    return {one.entry_hash for one in conflicts(village)}


def settle_all(here: World, choice: Choice) -> int:
    """Whoever may settles everything that waits, one after the other; returns how often the wanted
    choice could not be had, because a text is sealed or somebody else has the case.
    """
    refused = 0
    for _ in range(5):
        for one in here.everybody:
            for conflict in conflicts(one):
                if conflict.may_settle and conflict.entry_hash in aside(one):
                    refused += _settle(one, conflict, choice)
            one.sync()
        here.quiet()
        if not any(aside(one) for one in here.everybody):
            return refused
    raise AssertionError("something cannot be settled")


def _settle(who: Village, conflict: OpenConflict, choice: Choice) -> int:
    for refused, wanted in enumerate((choice, Choice.IN_FORCE)):
        try:
            with who.store.unit() as uow:
                settle(uow, conflict.entry_hash, {one.key: wanted for one in conflict.lines})
        except Refused as no:
            assert no.first.code in (ProblemCode.AGREEMENT_FROZEN, ProblemCode.NOT_YOURS)
        else:
            return refused
    raise AssertionError("nothing can be chosen")


def differing(here: World, records: Iterable[tuple[str, str]] | None = None) -> list[str]:
    """Which records are not the same on every laptop and at the county; of all records, or of some.

    What is only in an entry that was set aside is at the county in no record, and may be seen on
    the laptop that wrote it.
    """
    held, found = _held(here.county), []
    wanted = held.keys() if records is None else held.keys() & set(records)
    for one in here.everybody:
        with one.store.unit() as uow:
            for kind, record_id in wanted:
                known = uow.records.find(KINDS[kind], RecordId(record_id))
                if known is None and kind in ("number_block", "committee"):
                    continue
                if known is None or to_fields(known) != held[kind, record_id]:
                    found.append(f"{one.folder.name}: {kind}")
    return found


def check_agreed(here: World) -> None:
    """Every laptop and the county have the same records and assignees, or show the same conflicts
    (I5); and every laptop's records are what its journals say.
    """
    assert differing(here) == []
    open_ones = _open_there(here.county)
    for one in here.everybody:
        assert aside(one) == open_ones, one.folder.name
        assert one.is_whole(), one.folder.name
    with here.county.session() as session:
        rows = session.exec(select(RecordState).where(col(RecordState.kind) == "case")).all()
    for one in here.everybody:
        with one.store.unit() as uow:
            for row in rows:
                assert uow.records.assignee(RecordId(row.id)) == row.device_id


def _held(county: RunningCounty) -> dict[tuple[str, str], dict[str, Any]]:
    with county.session() as session:
        rows = session.exec(select(RecordState)).all()
        return {
            (row.kind, row.id): to_fields(from_fields(row.kind, json.loads(row.fields)))
            for row in rows
        }


def _open_there(county: RunningCounty) -> set[str]:
    with county.session() as session:
        query = (
            select(EntryRow.hash)
            .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
            .where(col(VerdictRow.kind) == "conflict")
        )
        aside_there = set(session.exec(query))
        settled = {
            json.loads(row.fields)["entry_hash"]
            for row in session.exec(
                select(RecordState).where(col(RecordState.kind) == "settlement")
            )
        }
    return aside_there - settled


def lost(here: World, entries: Iterable[Entry]) -> list[str]:
    """What was written and is neither in force nor stands beside it to be seen."""
    held = _held(here.county)
    shown: set[tuple[str, ...]] = set()
    for one in conflicts(here.supervisor):
        shown |= {(line.kind, line.record_id, line.field) for line in one.lines}
        shown |= {tuple(name.split(":")) for name in one.adds}
    return [
        f"{change.kind}.{name}"
        for entry in entries
        for change in entry.changes
        for name, value in change.set.items()
        if held.get((change.kind, change.id), {}).get(name, ...) != value
        and (change.kind, change.id, name) not in shown
        and (change.kind, change.id) not in shown
        and (change.kind, change.id, "to_device") not in shown
    ]
