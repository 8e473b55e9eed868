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
from app.domain.records import Record, case_of
from app.services.ports import Actor, DeviceKey
from app.storage.cipher import Connection
from app.storage.journal import append, head
from app.storage.projection import Projection, RecordKey
from app.storage.records import Records
from app.wire.journal import ENTRY_LIMIT_BYTES, Change, Entry, SealedEntry, entry_bytes, entry_hash
from app.wire.records import Fields, to_fields


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
    changes, made = _changes(records)
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
    )
    sealed = _seal(entry, device)
    append(connection, entry, sealed)
    projection = Projection(connection, device.device_id)
    projection.apply_changes(entry.changes, sealed.hash, device.device_id, made)
    projection.finish()
    return projection


def _changes(records: Records) -> tuple[list[Change], dict[RecordKey, Fields]]:
    """What differs from the store, in the order in which it was put, and the whole fields of each
    changed record.
    """
    changes: list[Change] = []
    made: dict[RecordKey, Fields] = {}
    for (kind, record_id), record in records.staged.items():
        stored = records.stored(kind, record_id)
        new = to_fields(record)
        differing = _differing(stored.record, new) if stored else {**new}
        differing.pop("id", None)
        if differing:
            base = stored.touched_by if stored else ""
            changes.append(Change(kind=kind, id=record_id, base=base, set=differing))
            made[kind, record_id] = new
    return changes, made


def _differing(before: Record, new: Fields) -> Fields:
    old = to_fields(before)
    return {name: value for name, value in new.items() if old[name] != value}


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
