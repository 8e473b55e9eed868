"""Records as the county holds them: read, drawn anew while an entry is judged, written when it was
applied.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.county.tables import Device, RecordState
from app.wire.canonical import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A record with where each field was last changed (`touched`: field -> log position).

    `changed` names the fields that the entry being judged sets.
    """

    kind: str
    id: str
    fields: dict[str, Any]
    touched: dict[str, int]
    touched_by: str
    committee_id: str | None
    region: str
    device_id: str
    changed: frozenset[str] = frozenset()


class Drawn(dict[tuple[str, str], State]):
    """What the changes of one entry have made so far, by kind and id."""


def read_state(session: Session, drawn: Drawn, kind: str, record_id: str) -> State | None:
    """The record as this entry has made it, or as it is held; None if the county does not know
    it.
    """
    if (kind, record_id) in drawn:
        return drawn[kind, record_id]
    row = session.get(RecordState, (kind, record_id))
    if row is None:
        return None
    return State(
        kind=kind,
        id=record_id,
        fields=json.loads(row.fields),
        touched=json.loads(row.touched),
        touched_by=row.touched_by,
        committee_id=row.committee_id,
        region=row.region,
        device_id=row.device_id,
    )


def write_state(
    session: Session, device: Device, state: State, entry_hash: str, position: int
) -> None:
    """Holds the record as `state` says from the log's `position` on."""
    touched = {**state.touched, **dict.fromkeys(state.changed, position)}
    row = session.get(RecordState, (state.kind, state.id)) or RecordState(
        kind=state.kind,
        id=state.id,
        fields="",
        touched="",
        touched_by="",
        device_id=device.id,
        region=state.region,
    )
    row.fields = canonical(state.fields).decode()
    row.touched = canonical(touched).decode()
    row.touched_by = entry_hash
    row.committee_id = state.committee_id
    row.region = state.region
    row.case_id = state.id if state.kind == "case" else state.fields.get("case_id")
    session.add(row)
