"""A person decides about a double edit: the chosen values and the decision go into one entry, based
on what is in force now.

Never merges what is sealed: of two papers a supervisor says which one holds, and the text of
neither is touched. Never drops what came with a collision: records and fields that nobody else
wrote are taken over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementState
from app.domain.handovers import Handover
from app.domain.ids import RecordId, new_id
from app.domain.problems import Problem, ProblemCode, Refused, demand, refuse
from app.domain.records import KINDS
from app.domain.settlements import Choice, FieldChoice, Settlement
from app.domain.text import check_text
from app.services.conflicts import (
    ConflictLine,
    OpenConflict,
    RecordKey,
    conflict_of,
    known_to,
    seals,
)
from app.services.handovers import SUPERVISING, assignment
from app.services.ports import UnitOfWork
from app.services.told import Standing, Told
from app.wire.journal import Change
from app.wire.records import Fields, NotARecord, from_fields, to_fields


def settle(
    uow: UnitOfWork,
    entry_hash: str,
    choices: Mapping[str, Choice],
    own: Mapping[str, str] | None = None,
) -> Settlement:
    """Settles the conflict of that entry: `choices` by `ConflictLine.key`. Lines that do not
    collide need no choice; what is not named of them is taken over. `own` are the texts of lines
    for which OWN was chosen.

    Raises `Refused`: RECORD_NOT_FOUND (settled by somebody else meanwhile), NOTHING_CHOSEN (a line
    that collides, its key in the fact ``key``), NOT_YOURS (another laptop has the case, or it is
    for a supervisor), AGREEMENT_FROZEN (a text on paper cannot be exchanged for another:
    a supplement can be made), TOO_LONG and other faults of an own text (at ``kind.field``),
    CHANGED_MEANWHILE (the values do not fit together any more).
    """
    waiting = uow.journal.set_aside()
    told = next((one for one in waiting if one.hash == entry_hash), None)
    if told is None:
        raise refuse(ProblemCode.RECORD_NOT_FOUND)
    conflict = conflict_of(uow, told)
    chosen = _chosen(conflict, choices)
    if conflict.for_supervisor:
        if uow.actor.role not in SUPERVISING:
            raise refuse(ProblemCode.NOT_YOURS)
        put: set[RecordKey] = set()
    else:
        put = _put_values(uow, told, conflict, chosen, _own_texts(conflict, chosen, own or {}))
    settlement = _settlement(uow, conflict, told, chosen)
    uow.records.put(settlement)
    for other in waiting:
        if other.hash != entry_hash and _is_in_force(uow, other, put):
            uow.records.put(_settlement(uow, conflict_of(uow, other), other, {}))
    uow.commit(Act.CONFLICT_SETTLED, conflict.case_id)
    return settlement


def _chosen(conflict: OpenConflict, choices: Mapping[str, Choice]) -> dict[str, Choice]:
    """A choice for every line."""
    missing = [line for line in conflict.lines if line.collides and line.key not in choices]
    if missing:
        raise Refused(
            *(
                Problem(ProblemCode.NOTHING_CHOSEN, f"{line.kind}.{line.field}", {"key": line.key})
                for line in missing
            )
        )
    return {line.key: choices.get(line.key, Choice.OTHER) for line in conflict.lines}


def _own_texts(
    conflict: OpenConflict, chosen: Mapping[str, Choice], own: Mapping[str, str]
) -> dict[str, str]:
    """What was written instead of both, by line. Only a text can be."""
    texts = {}
    for line in conflict.lines:
        if chosen[line.key] is not Choice.OWN:
            continue
        place = f"{line.kind}.{line.field}"
        if line.key not in own or not isinstance(line.in_force.value, str):
            raise Refused(Problem(ProblemCode.NOTHING_CHOSEN, place, {"key": line.key}))
        demand(check_text(own[line.key], place))
        texts[line.key] = own[line.key]
    return texts


def _put_values(
    uow: UnitOfWork,
    told: Told,
    conflict: OpenConflict,
    chosen: Mapping[str, Choice],
    own: Mapping[str, str],
) -> set[RecordKey]:
    """Puts what was chosen, and what the entry would have added."""
    put: set[RecordKey] = set()
    # A case before what hangs on it.
    for change in sorted(told.entry.changes, key=lambda one: one.kind != "case"):
        lines = [one for one in conflict.lines if (one.kind, one.record_id) == _key(change)]
        taken = [one for one in lines if chosen[one.key] is not Choice.IN_FORCE]
        if change.kind == "handover":
            if taken:
                uow.records.put(_given_again(uow, change))
            continue
        if f"{change.kind}:{change.id}" in conflict.adds:
            fields = _added(uow, change)
        elif taken:
            fields = _with(uow, told, change, taken, own)
        else:
            continue
        try:
            uow.records.put(from_fields(change.kind, fields))
        except NotARecord:
            raise refuse(ProblemCode.CHANGED_MEANWHILE) from None
        put.add(_key(change))
    return put


def _given_again(uow: UnitOfWork, change: Change) -> Handover:
    """The hand-over once more, from who has the case now. Raises NOT_YOURS where that is not for
    this laptop to give away.
    """
    before = cast(Handover, from_fields("handover", {**change.set, "id": change.id}))
    now = assignment(uow, before.case_id)
    if not now.may_hand_over:
        raise refuse(ProblemCode.NOT_YOURS)
    return replace(
        before,
        id=new_id(),
        from_device=now.device,
        from_name=now.name,
        by_name=uow.actor.name,
        on=uow.today(),
    )


def _key(change: Change) -> RecordKey:
    return change.kind, change.id


def _added(uow: UnitOfWork, change: Change) -> Fields:
    """A record that is nowhere in force: as it stands here, or as the entry tells it."""
    found = uow.records.find(KINDS[change.kind], RecordId(change.id))
    return to_fields(found) if found else {**change.set, "id": change.id}


def _with(
    uow: UnitOfWork,
    told: Told,
    change: Change,
    taken: Sequence[ConflictLine],
    own: Mapping[str, str],
) -> Fields:
    now = uow.records.get(KINDS[change.kind], RecordId(change.id))
    if isinstance(now, Agreement):
        if now.state is not AgreementState.DRAFT:
            raise refuse(ProblemCode.AGREEMENT_FROZEN, "", number=now.number)
        if seals(change):
            if any(one.key in own for one in taken):
                raise refuse(ProblemCode.AGREEMENT_FROZEN, "", number=now.number)
            return _as_sealed(uow, told, change)
    values = {one.field: own.get(one.key, change.set[one.field]) for one in taken}
    return {**to_fields(now), **values}


def _as_sealed(uow: UnitOfWork, told: Told, change: Change) -> Fields:
    """The text exactly as its writer sealed it: a sealed text is taken as a whole, or not at
    all.
    """
    others = uow.journal.entries_of(change.kind, change.id)
    fields: Fields = {"id": change.id}
    for one in (*known_to(told, others), told):
        for it in one.entry.changes:
            if _key(it) == _key(change):
                fields.update(it.set)
    return fields


def _is_in_force(uow: UnitOfWork, other: Told, put: set[RecordKey]) -> bool:
    """Whether everything in another entry that was set aside now holds: it stood on the one that
    was settled.
    """
    touched = {_key(change) for change in other.entry.changes}
    if not touched & put or other.standing is not Standing.CONFLICT:
        return False
    conflict = conflict_of(uow, other)
    added = {(kind, one) for kind, _, one in (name.partition(":") for name in conflict.adds)}
    return not conflict.lines and added <= put


def _settlement(
    uow: UnitOfWork, conflict: OpenConflict, told: Told, chosen: Mapping[str, Choice]
) -> Settlement:
    lines = {line.key: line for line in conflict.lines}
    names = [*conflict.adds, *(f"{one.kind}:{one.id}" for one in told.entry.changes)]
    record = next((f"{one.kind}:{one.record_id}" for one in conflict.lines), names[0])
    return Settlement(
        id=new_id(),
        entry_hash=told.hash,
        record=record,
        case_id=conflict.case_id,
        choices=tuple(
            FieldChoice(
                record=f"{lines[key].kind}:{lines[key].record_id}",
                field=lines[key].field,
                choice=choice,
            )
            for key, choice in chosen.items()
        ),
        settled_by=uow.actor.name,
        on=uow.today(),
    )
