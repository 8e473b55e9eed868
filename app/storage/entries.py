"""From what a unit has staged to one signed journal entry and its rows.

The only writer of own entries.
"""

from __future__ import annotations

from datetime import datetime

from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.committees import Committee
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, refuse
from app.domain.records import case_of
from app.services.ports import Actor, DeviceKey
from app.storage.chain import append, head
from app.storage.cipher import Connection
from app.storage.deliveries import setting
from app.storage.folding import any_not_taken_over, entries_of, fold_accepted, is_not_taken_over
from app.storage.projection import Made, Projection, RecordKey
from app.storage.records import Records
from app.wire.journal import (
    ENTRY_LIMIT_BYTES,
    Change,
    Entry,
    SealedEntry,
    entry_bytes,
    entry_hash,
    seen_mark,
)
from app.wire.records import to_fields


def write_entry(
    connection: Connection,
    records: Records,
    device: DeviceKey,
    *,
    act: Act,
    case_id: RecordId | None,
    actor: Actor,
    at: datetime,
    offset_ms: int | None,
    app_version: str,
) -> Projection | None:
    """Writes entry, rows, lists and index of all that is staged and really differs; None where
    nothing does.

    `at` UTC moment by the device's clock. Raises `Refused` TOO_LONG for an entry that could never
    be sent.
    """
    unsure = any_not_taken_over(connection)
    if unsure:
        _add_cases_unknown_there(connection, records)
    changes, made = _changes(connection, records, unsure=unsure)
    if not changes:
        return None
    seq, prev = head(connection)
    case_id = case_id or _only_case(records)
    entry = Entry(
        device=device.device_id,
        seq=seq + 1,
        prev=prev,
        at=at,
        offset_ms=offset_ms,
        actor=actor.name,
        act=act.value,
        case_id=case_id,
        committee_id=_committee(records, case_id, actor),
        changes=tuple(changes),
        app=app_version,
        seen=_seen(connection),
    )
    sealed = _seal(entry, device)
    append(connection, entry, sealed)
    projection = Projection(connection, device.device_id)
    projection.apply_changes(entry.changes, sealed.hash, device.device_id, made)
    projection.finish()
    return projection


def _changes(
    connection: Connection, records: Records, *, unsure: bool
) -> tuple[list[Change], dict[RecordKey, Made]]:
    """What differs from the store, in the order in which it was put, and the whole fields of each
    changed record.

    `unsure`: the county has not taken over everything. What it has not is told once more with the
    next change of the record, on top of what it has: so a person's mending reaches it.
    """
    changes: list[Change] = []
    made: dict[RecordKey, Made] = {}
    for (kind, record_id), record in records.staged.items():
        stored = records.stored(kind, record_id)
        new = to_fields(record)
        base, old = (stored.touched_by, to_fields(stored.record)) if stored else ("", {})
        if unsure and stored and is_not_taken_over(connection, stored.touched_by):
            held = fold_accepted(kind, record_id, entries_of(connection, kind, record_id))
            base, old = (held.touched_by, held.fields) if held else ("", {})
        differing = {
            name: value
            for name, value in new.items()
            if name != "id" and (name not in old or old[name] != value)
        }
        if differing:
            changes.append(Change(kind=kind, id=record_id, base=base, set=differing))
            made[kind, record_id] = Made(new, new=stored is None)
    return changes, made


def _add_cases_unknown_there(connection: Connection, records: Records) -> None:
    """Stages the case of what was put, where the county does not have the case."""
    for case_id in {case_of(one) for one in records.staged.values()} - {None}:
        stored = records.stored("case", str(case_id))
        if (
            stored
            and ("case", str(case_id)) not in records.staged
            and is_not_taken_over(connection, stored.touched_by)
            and fold_accepted("case", str(case_id), entries_of(connection, "case", str(case_id)))
            is None
        ):
            records.staged["case", str(case_id)] = stored.record


def _seen(connection: Connection) -> str:
    """How far this laptop has read the county's log; "" without a county."""
    epoch = setting(connection, "county.epoch")
    return seen_mark(epoch, int(setting(connection, "county.cursor") or 0)) if epoch else ""


def _seal(entry: Entry, device: DeviceKey) -> SealedEntry:
    raw = entry_bytes(entry)
    if len(raw) > ENTRY_LIMIT_BYTES:
        # A Chinese character takes three bytes.
        raise refuse(
            ProblemCode.TOO_LONG, "", limit=ENTRY_LIMIT_BYTES // 3, length=len(raw.decode())
        )
    mark = entry_hash(raw)
    return SealedEntry(raw, device.sign(bytes.fromhex(mark)).hex(), mark)


def _only_case(records: Records) -> RecordId | None:
    cases = {case_of(one) for one in records.staged.values()} - {None}
    return RecordId(str(cases.pop())) if len(cases) == 1 else None


def _committee(records: Records, case_id: RecordId | None, actor: Actor) -> RecordId | None:
    """Whose business the entry is: of the case's committee, else of the writer's, else of the one
    that is being set up.
    """
    case = records.find(Case, case_id) if case_id else None
    if case:
        return case.committee_id
    own = [one.id for one in records.staged.values() if isinstance(one, Committee)]
    return actor.committee_id or (own[0] if own else None)
