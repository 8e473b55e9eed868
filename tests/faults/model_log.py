"""What the county's log as a whole must tell: nobody's value went away under the hands of somebody
who had not seen it, and what a laptop had promised under an earlier identity is there, and counts
once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.wire.canonical import canonical
from app.wire.journal import Entry, read_entry, seen_position
from tests.faults.model import Model
from tests.faults.model_laptop import ModelLaptop

Deed = tuple[object, ...]
# Lent to one device only, and in no log.
_NOT_TOLD_AGAIN = frozenset({"number_block"})


class Broken(AssertionError):
    """An invariant does not hold; `name` is I1 to I10."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(f"{name}: {words}")
        self.name = name


def demand(held: bool, name: str, words: str) -> None:
    if not held:
        raise Broken(name, words)


@dataclass
class _Field:
    """What is in force, who wrote it, and where in the log."""

    position: int
    device: str
    value: Any


@dataclass
class _Replay:
    """The log once more, from its first entry."""

    epoch: str
    laptops: dict[str, ModelLaptop]
    positions: dict[str, int]
    now: dict[tuple[str, str, str], _Field] = field(default_factory=dict)
    told: set[Deed] = field(default_factory=set)
    applied: set[Deed] = field(default_factory=set)

    def take(self, position: int, entry: Entry, verdict: str) -> None:
        deed = self.laptops[entry.device].name, *_deed(entry)
        self.told.add(deed)
        if verdict != "applied":
            return
        again = deed in self.applied
        self.applied.add(deed)
        for change in entry.changes:
            based = self.positions.get(change.base, 0)
            for name, value in change.set.items():
                key = change.kind, change.id, name
                before = self.now.get(key)
                if before and before.value != value:
                    demand(not again, "I3", f"{change.kind}.{name}: an act counts twice")
                    knew = self._knew(entry, before, based)
                    demand(knew, "I5", f"{change.kind}.{name}: a silent loser")
                self.now[key] = _Field(position, entry.device, value)

    def _knew(self, entry: Entry, before: _Field, based: int) -> bool:
        """Whether the writer had seen what it wrote over. An older copy of a laptop's records does
        not know all that the laptop wrote: only what the change stands on.
        """
        seen = seen_position(entry.seen, self.epoch)
        if seen is None or before.position <= seen or before.device == entry.device:
            return True
        same = self.laptops[before.device] is self.laptops[entry.device]
        return same and before.position <= based


def check_log(model: Model) -> None:
    """Reads the whole log."""
    rows = model.county.rows(
        "SELECT e.position, e.hash, e.raw, v.kind FROM entry e "
        "JOIN verdict v ON v.position = e.position ORDER BY e.position"
    )
    replay = _Replay(
        model.county.epoch(),
        {device: one for one in model.laptops for device in one.ids},
        {mark: position for position, mark, _, _ in rows},
    )
    for position, _, raw, verdict in rows:
        replay.take(position, read_entry(raw), verdict)
    for who in model.working:
        for raw in (raw for kept in who.promised.former.values() for _, raw in kept):
            entry = read_entry(raw)
            if {one.kind for one in entry.changes} <= _NOT_TOLD_AGAIN:
                continue
            told = (who.name, *_deed(entry)) in replay.told
            demand(told, "I1", f"{who.name} has not told what it had promised before")


def _deed(entry: Entry) -> Deed:
    """What stays the same when an entry is written anew under another name."""
    said = tuple(
        (one.kind, one.id, canonical({k: v for k, v in one.set.items() if k != "entry_hash"}))
        for one in entry.changes
    )
    return entry.at, entry.act, entry.case_id, said
