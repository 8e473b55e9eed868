"""What the page *Waiting* asks of the store: what waits and how things stand, read together; trying
a file again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain.problems import ProblemCode
from app.services.identities import is_taken_in
from app.services.lines import Delivery, SyncStatus, WaitingLine

if TYPE_CHECKING:
    from app.services.conflicts import OpenConflict
    from app.services.ports import UnitOfWork

# More than anybody reads; how many there are in all stands in the status.
MOST_FILES = 300


@dataclass(frozen=True, slots=True)
class Tail:
    """Entries and files that wait or need a person, those first; how things stand with the county;
    and what two people wrote, by the hash of the entry that was set aside. `names` are of the
    records that these are about or mention, by their ids. `taken_in`: an enrolment anew broke off
    after the county had taken this laptop in.
    """

    lines: tuple[WaitingLine, ...]
    status: SyncStatus
    conflicts: Mapping[str, OpenConflict] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    taken_in: bool = False


def read_tail(unit: UnitOfWork) -> Tail:
    """All at one moment."""
    status = unit.lists.status()
    files = unit.lists.waiting_files(MOST_FILES)
    entries = entries_apart(unit.lists.waiting(), files, unit.journal.receipted())
    conflicts, names = _conflicts(unit) if status.conflicts else ({}, {})
    shown = {line.hash for line in entries}
    others = [_line_of(one) for one in conflicts.values() if one.entry_hash not in shown]
    return Tail(in_order([*entries, *others, *files]), status, conflicts, names, is_taken_in(unit))


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


def _conflicts(unit: UnitOfWork) -> tuple[dict[str, OpenConflict], dict[str, str]]:
    """Those written here, and those that who is at the keyboard may settle; names as
    `conflict_names` has them.
    """
    # Late: what reads journals is loaded with the first conflict, on the worker.
    from app.services.conflicts import open_conflicts
    from app.ui.widgets.conflict_words import conflict_names

    found = [one for one in open_conflicts(unit) if one.own or one.may_settle]
    return {one.entry_hash: one for one in found}, conflict_names(unit, found)


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
        record=f"{first.kind}:{first.record_id}" if first else next(iter(one.adds), ""),
        hash=one.entry_hash,
    )
