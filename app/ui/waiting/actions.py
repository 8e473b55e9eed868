"""What the page *Waiting* asks of the store: what waits and how things stand, read together; trying
a file again; settling what two people wrote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain.ids import RecordId
from app.domain.problems import ProblemCode
from app.services.lines import Delivery, SyncStatus, WaitingLine

if TYPE_CHECKING:
    from app.domain.settlements import Choice
    from app.services.conflicts import OpenConflict
    from app.services.ports import UnitOfWork

# More than anybody reads; how many there are in all stands in the status.
MOST_FILES = 300


@dataclass(frozen=True, slots=True)
class Tail:
    """Entries and files that wait or need a person, those first; how things stand with the county;
    and what two people wrote, by the hash of the entry that was set aside. `names` are of the
    records that its values mention, by their ids.
    """

    lines: tuple[WaitingLine, ...]
    status: SyncStatus
    conflicts: Mapping[str, OpenConflict] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def read_tail(unit: UnitOfWork) -> Tail:
    """All at one moment."""
    status = unit.lists.status()
    files = unit.lists.waiting_files(MOST_FILES)
    entries = entries_apart(unit.lists.waiting(), files, unit.journal.receipted())
    conflicts, names = _conflicts(unit) if status.conflicts else ({}, {})
    shown = {line.hash for line in entries}
    others = [_line_of(one) for one in conflicts.values() if one.entry_hash not in shown]
    return Tail(in_order([*entries, *others, *files]), status, conflicts, names)


def entries_apart(
    entries: Sequence[WaitingLine], files: Sequence[WaitingLine], receipted: int
) -> list[WaitingLine]:
    """The entries without the trouble of their files, which have lines of their own."""
    needy = {(one.seq, one.problem) for one in files if one.delivery is Delivery.ATTENTION}
    found = []
    for line in entries:
        if (line.seq, line.problem) not in needy:
            found.append(line)
        elif line.seq > receipted:
            found.append(replace(line, delivery=Delivery.WAITING, problem=""))
    return found


def in_order(lines: Sequence[WaitingLine]) -> tuple[WaitingLine, ...]:
    """What needs a person first; otherwise as given."""
    return tuple(sorted(lines, key=lambda line: line.delivery is not Delivery.ATTENTION))


def try_again(unit: UnitOfWork, files: Sequence[str]) -> None:
    """What stood in the way of these files (SHA-256) is forgotten."""
    for digest in files:
        unit.files.try_again(digest)
    unit.commit()


def settle_conflict(unit: UnitOfWork, entry_hash: str, choices: Mapping[str, Choice]) -> None:
    """A person has chosen. Raises `Refused` as `services.settling.settle`."""
    from app.services.settling import settle  # late, as below

    settle(unit, entry_hash, choices)


def _conflicts(unit: UnitOfWork) -> tuple[dict[str, OpenConflict], dict[str, str]]:
    """Those written here, and those that who is at the keyboard may settle."""
    # Late: what reads journals is loaded with the first conflict, on the worker.
    from app.services.conflicts import open_conflicts

    found = [one for one in open_conflicts(unit) if one.own or one.may_settle]
    values = [
        side.value for one in found for line in one.lines for side in (line.in_force, line.other)
    ]
    return {one.entry_hash: one for one in found}, _names(unit, values)


def _line_of(one: OpenConflict) -> WaitingLine:
    first = one.lines[0] if one.lines else None
    return WaitingLine(
        seq=0,
        at=one.at,
        act=one.act,
        case_id=one.case_id,
        case_title=one.case_title,
        size=0,
        delivery=Delivery.ATTENTION,
        problem=ProblemCode.VERDICT_CONFLICT.value,
        record=f"{first.kind}:{first.record_id}" if first else "",
        hash=one.entry_hash,
    )


def _names(unit: UnitOfWork, values: Sequence[object]) -> dict[str, str]:
    """Names of the people that values mention by their ids alone."""
    from app.domain.committees import Mediator
    from app.domain.parties import Party
    from app.domain.people import Organisation, Person

    named: dict[str, str] = {}
    for text in _texts(values):
        if len(text) != 36 or text in named:
            continue
        identity = RecordId(text)
        party = unit.records.find(Party, identity)
        if party is not None:
            identity = party.person_id or party.organisation_id or identity
        found = (
            unit.records.find(Person, identity)
            or unit.records.find(Organisation, identity)
            or unit.records.find(Mediator, identity)
        )
        if found is not None:
            named[text] = found.name
    return named


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, Sequence):
        return [text for one in value for text in _texts(one)]
    return []
