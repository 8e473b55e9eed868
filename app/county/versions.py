"""Whether a change was made on what the county holds: the same version, or another whose other
fields moved meanwhile. The one place that tells a double edit from two edits.

Different fields merge; the same field with another value is a conflict; a sealed agreement never
merges. Reads only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from app.county.record_states import State
from app.county.tables import Device, EntryRow, VerdictRow
from app.domain.problems import ProblemCode
from app.wire.journal import Change

# Fields of an agreement that are neither on the paper nor hands on it.
_BESIDE_PAPER = frozenset({"performed_on", "void_reason", "waivers"})
_SEALING = frozenset({"state", "content_hash"})


@dataclass(slots=True)
class Collision(Exception):
    """The change cannot be taken over as it is; `kind` and `code` of the verdict."""

    kind: str
    code: ProblemCode | str


def check(
    session: Session, device: Device, seen: int | None, change: Change, before: State | None
) -> frozenset[str]:
    """The fields that moved meanwhile without the writer's knowledge. Raises `Collision`.

    `seen` is how far the writer had read the log; None where it does not say so, as laptops of
    earlier versions: then the version that the change stands on tells it.
    """
    if before is None and not change.base:
        return frozenset()
    latest = before is not None and change.base == before.touched_by
    # What a record was touched by last was applied: it needs no question.
    known = None if latest else _entry_with(session, change.base)
    if known and known[1].kind != "applied":
        # It stands on a change that was not taken over: the same answer, until a person mends it.
        raise Collision(known[1].kind, known[1].code)
    if before is None:
        raise Collision("conflict", ProblemCode.VERDICT_CONFLICT)
    if seen is None and latest:
        return frozenset()
    based = known[0].position if known else 0
    since = seen if seen is not None else based
    moved = _moved(session, device, before, since, own_too=seen is None)
    if seen is not None and not latest:
        moved |= _moved_by_former(session, device, before, based)
    if change.kind == "agreement" and _mixes_a_seal(change, before, moved):
        both = change.set.get("content_hash") and is_sealed(before.fields)
        code = ProblemCode.VERDICT_SEALED if both else ProblemCode.VERDICT_CONFLICT
        raise Collision("conflict", code)
    if any(before.fields.get(name) != value for name, value in change.set.items() if name in moved):
        raise Collision("conflict", ProblemCode.VERDICT_CONFLICT)
    return moved


def is_sealed(agreement: dict[str, Any]) -> bool:
    """Whether these fields are of an agreement that is no draft."""
    return bool(agreement.get("state", "draft") != "draft")


def _moved(
    session: Session, device: Device, before: State, since: int, *, own_too: bool
) -> frozenset[str]:
    """The fields that the writer had not seen change: behind `since`, by other devices.

    `own_too`: `since` is the version that the change stands on; what stands behind it in the log
    was not known, whoever wrote it.
    """
    later = {name: position for name, position in before.touched.items() if position > since}
    if not later or own_too:
        return frozenset(later)
    others = session.exec(
        select(EntryRow.position).where(
            col(EntryRow.position).in_(sorted(set(later.values()))),
            col(EntryRow.device_id).not_in([device.id, *formers_of(session, device)]),
        )
    ).all()
    return frozenset(name for name, position in later.items() if position in set(others))


def formers_of(session: Session, device: Device) -> list[str]:
    """The devices that this laptop was before, the latest first."""
    found: list[str] = []
    former = device.former
    while former and former not in found:
        found.append(former)
        former = session.get_one(Device, former).former
    return found


def _moved_by_former(session: Session, device: Device, before: State, since: int) -> frozenset[str]:
    """The fields that this laptop wrote as its former device behind `since`, the version that the
    change stands on: an older copy of its records was brought back, and does not know of them.
    """
    formers = formers_of(session, device)
    later = {name: position for name, position in before.touched.items() if position > since}
    if not formers or not later:
        return frozenset()
    own = session.exec(
        select(EntryRow.position).where(
            col(EntryRow.position).in_(sorted(set(later.values()))),
            col(EntryRow.device_id).in_(formers),
        )
    ).all()
    return frozenset(name for name, position in later.items() if position in set(own))


def _mixes_a_seal(change: Change, before: State, moved: frozenset[str]) -> bool:
    """Whether a text, and a seal or hands that are of another text, would make one agreement.

    The same words twice are no change.
    """
    ours = {name for name, value in change.set.items() if before.fields.get(name) != value}
    ours, theirs = ours - _BESIDE_PAPER, moved - _BESIDE_PAPER
    return bool(ours and theirs and _SEALING & (ours | theirs))


def _entry_with(session: Session, entry_hash: str) -> tuple[EntryRow, VerdictRow] | None:
    if not entry_hash:
        return None
    query = (
        select(EntryRow, VerdictRow)
        .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
        .where(col(EntryRow.hash) == entry_hash)
    )
    found = session.exec(query).first()
    return (found[0], found[1]) if found else None
