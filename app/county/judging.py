"""What the county thinks of an authentic entry: applied, refused or in conflict.

A verdict blocks its own records only.

Judging reads; `apply` writes. Nothing here may keep an entry from being stored, and nothing that a
device claims about itself (committee, actor) is believed: what counts is its card and what the
county holds.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from app.county import jurisdiction
from app.county.record_states import Drawn, State, read_state, write_state
from app.county.seals import breaks_seal
from app.county.tables import CommitteeRow, Device, EntryRow, VerdictRow
from app.domain.problems import ProblemCode
from app.domain.records import KINDS
from app.wire.journal import Change, Entry
from app.wire.records import NotARecord, from_fields

_LOG = logging.getLogger(__name__)
# A colleague's laptop must never use up serials that were lent to this one: nobody else sees them.
_OWN_BUSINESS = {"number_block"}
# Heads before what hangs on them: a party may name a case of the same entry.
_HEADS_FIRST = {"committee": 0, "mediator": 1, "case": 2}


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict, whose business the entry is, and (when applied) what the records become."""

    kind: str
    committee_id: str | None
    region: str
    code: str = ""
    record: str = ""
    states: tuple[State, ...] = ()
    alias: str = ""


@dataclass(slots=True)
class _Refusal(Exception):
    kind: str
    code: ProblemCode | str
    record: str = ""


@dataclass(slots=True)
class _Sitting:
    """One entry being judged: what its earlier changes made is seen by its later ones."""

    session: Session
    device: Device
    drawn: Drawn
    alias: str = ""
    committees: set[str] = field(default_factory=set)


def judge(session: Session, device: Device, entry: Entry) -> Judged:
    """The verdict on `entry`, written by `device`. Changes nothing."""
    sitting = _Sitting(session, device, Drawn())
    own = (device.committee_id, device.region)
    try:
        for change in sorted(entry.changes, key=lambda one: _HEADS_FIRST.get(one.kind, 9)):
            _judge_change(sitting, change)
    except _Refusal as refusal:
        return Judged(refusal.kind, *own, str(refusal.code), refusal.record)
    except SQLAlchemyError:
        raise
    except Exception as error:
        # A bug in judging must not stop a village's queue: the entry is stored and looked at later.
        _LOG.error("judging broke: %s", type(error).__name__)
        return Judged("refused", *own, ProblemCode.VERDICT_MALFORMED.value)
    if {change.kind for change in entry.changes} == _OWN_BUSINESS:
        own = (None, "")
    elif sitting.committees:
        committee = session.get_one(CommitteeRow, sitting.committees.pop())
        own = (committee.id, committee.region)
    return Judged("applied", *own, states=tuple(sitting.drawn.values()), alias=sitting.alias)


def apply(session: Session, device: Device, judged: Judged, entry_hash: str, position: int) -> None:
    """Makes the records what an applied entry says; does nothing for any other verdict."""
    if judged.alias:
        jurisdiction.remember_alias(session, device, judged.alias)
    for state in judged.states:
        write_state(session, device, state, entry_hash, position)


def _judge_change(sitting: _Sitting, change: Change) -> None:
    record = f"{change.kind}:{change.id}"
    before = read_state(sitting.session, sitting.drawn, change.kind, change.id)
    fields = {**(before.fields if before else {}), **change.set, "id": change.id}
    _check_shape(change.kind, fields, record)
    committee = _committee(sitting, change, before, fields, record)
    if breaks_seal(change.kind, before.fields if before else None, fields):
        raise _Refusal("refused", ProblemCode.VERDICT_SEALED, record)
    _check_version(sitting.session, change, before, record)
    sitting.committees.add(committee.id)
    if len(sitting.committees) > 1:
        raise _Refusal("refused", ProblemCode.VERDICT_SCOPE, record)
    sitting.drawn[change.kind, change.id] = State(
        kind=change.kind,
        id=change.id,
        fields=fields,
        changed=frozenset(change.set) | (before.changed if before else frozenset()),
        touched=before.touched if before else {},
        touched_by=before.touched_by if before else "",
        committee_id=committee.id,
        region=committee.region,
        device_id=before.device_id if before else sitting.device.id,
    )


def _check_shape(kind: str, fields: dict[str, Any], record: str) -> None:
    if kind not in KINDS:
        raise _Refusal("refused", ProblemCode.VERDICT_MALFORMED, record)
    try:
        from_fields(kind, fields)
    except NotARecord:
        raise _Refusal("refused", ProblemCode.VERDICT_MALFORMED, record) from None


def _committee(
    sitting: _Sitting, change: Change, before: State | None, fields: dict[str, Any], record: str
) -> CommitteeRow:
    """The committee whose business the record is, if this device may write it."""
    committee_id = jurisdiction.committee_of(
        sitting.session, sitting.device, sitting.drawn, change.kind, fields
    )
    if committee_id is None and jurisdiction.may_alias(sitting.device, change, before):
        sitting.alias, committee_id = change.id, sitting.device.committee_id
    if committee_id is None and sitting.alias and fields.get("committee_id") == sitting.alias:
        committee_id = sitting.device.committee_id
    committee = sitting.session.get(CommitteeRow, committee_id) if committee_id else None
    moved = before is not None and committee is not None and before.committee_id != committee.id
    if (
        committee is None
        or moved
        or not jurisdiction.may_write(
            sitting.session, sitting.device, change.kind, fields, before, committee
        )
    ):
        raise _Refusal("refused", ProblemCode.VERDICT_SCOPE, record)
    return committee


def _check_version(session: Session, change: Change, before: State | None, record: str) -> None:
    """Whether the change was made on what is held: the same version, or another whose other fields
    moved meanwhile.
    """
    if before is None and not change.base:
        return
    if before is not None and change.base == before.touched_by:
        return
    known = _entry_with(session, change.base)
    if known and known[1].kind != "applied":
        # It stands on a change that was not taken over: the same answer, until a person mends it.
        raise _Refusal(known[1].kind, known[1].code, record)
    if before is None:
        raise _Refusal("conflict", ProblemCode.VERDICT_CONFLICT, record)
    since = known[0].position if known else 0
    for name, value in change.set.items():
        if before.touched.get(name, 0) > since and before.fields.get(name) != value:
            raise _Refusal("conflict", ProblemCode.VERDICT_CONFLICT, record)


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
