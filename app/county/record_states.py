"""Records as the county holds them: read, drawn anew while an entry is judged, written when it was
applied.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from app.county.tables import Device, RecordState
from app.wire.canonical import canonical

_AT_ONCE = 500  # records in one question


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A record with where each field was last changed (`touched`: field -> log position).

    `device_id` is the laptop that made it; of a case, the one that has it now. `changed` names the
    fields that the entry being judged sets.
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


def lay_out(session: Session, records: Iterable[tuple[str, str]]) -> None:
    """Reads many records at once, so that judging entry by entry finds them (or their absence)
    without asking the database again in this transaction.
    """
    near = _near(session)
    wanted = sorted(set(records) - near.keys())
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        near.update(dict.fromkeys(some))
        query = select(RecordState).where(
            col(RecordState.kind).in_(sorted({kind for kind, _ in some})),
            col(RecordState.id).in_(sorted({one for _, one in some})),
        )
        near.update({(row.kind, row.id): row for row in session.exec(query)})


def read_state(session: Session, drawn: Drawn, kind: str, record_id: str) -> State | None:
    """The record as this entry has made it, or as it is held; None if the county does not know
    it.
    """
    if (kind, record_id) in drawn:
        return drawn[kind, record_id]
    row = _held(session, kind, record_id)
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
    row = _held(session, state.kind, state.id) or RecordState(
        kind=state.kind,
        id=state.id,
        fields="",
        touched="",
        touched_by="",
        device_id=state.device_id,
        region=state.region,
    )
    row.fields = canonical(state.fields).decode()
    row.touched = canonical(touched).decode()
    if state.changed:
        row.touched_by = entry_hash
    row.device_id = state.device_id
    row.committee_id = state.committee_id
    row.region = state.region
    row.case_id = state.id if state.kind == "case" else state.fields.get("case_id")
    row.file = state.fields.get("sha256") if state.kind == "attachment" else None
    session.add(row)
    _near(session)[state.kind, state.id] = row


def _held(session: Session, kind: str, record_id: str) -> RecordState | None:
    near = _near(session)
    if (kind, record_id) in near:
        return near[kind, record_id]
    return session.get(RecordState, (kind, record_id))


def _near(session: Session) -> dict[tuple[str, str], RecordState | None]:
    """What this session has laid out; a session lives as long as its transaction."""
    found: dict[tuple[str, str], RecordState | None] = session.info.setdefault("near", {})
    return found
