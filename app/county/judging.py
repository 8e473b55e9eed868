"""What the county thinks of an authentic entry: applied, refused or in conflict.

A verdict blocks its own records only.

Judging reads; `apply` writes. Nothing here may keep an entry from being stored, and nothing that a
device claims about itself (committee, actor) is believed: what counts is its card and what the
county holds.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from app.county import blocks, jurisdiction, versions
from app.county.record_states import Drawn, State, read_state, write_state
from app.county.seals import breaks_seal
from app.county.settings import epoch
from app.county.tables import CommitteeRow, Device
from app.domain.numbering import LARGEST_SERIAL, IssuedNumber, NumberBlock
from app.domain.problems import ProblemCode
from app.domain.records import KINDS
from app.wire.journal import Change, Entry, seen_position
from app.wire.records import NotARecord, from_fields

# A file of two hundred parties has a thousand; more would keep every other writer waiting.
MOST_CHANGES = 5_000
_LOG = logging.getLogger(__name__)
# A colleague's laptop must never use up serials that were lent to this one: nobody else sees them.
_OWN_BUSINESS = {"number_block"}
# Heads before what hangs on them: a party may name a case of the same entry.
_HEADS_FIRST = {"committee": 0, "mediator": 1, "case": 2}
_BROKEN = ("refused", ProblemCode.VERDICT_SEALED)


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
    committee_id: str | None = None


@dataclass(slots=True)
class _Sitting:
    """One entry being judged: what its earlier changes made is seen by its later ones."""

    session: Session
    device: Device
    drawn: Drawn
    seen: int | None = None
    alias: str = ""
    committees: set[str] = field(default_factory=set)


def judge(session: Session, device: Device, entry: Entry) -> Judged:
    """The verdict on `entry`, written by `device`. Changes nothing."""
    session.info.pop(blocks.GIVEN_MEANWHILE, None)
    sitting = _Sitting(session, device, Drawn(), seen_position(entry.seen, epoch(session)))
    own = (device.committee_id, device.region)
    try:
        if len(entry.changes) > MOST_CHANGES:
            raise _Refusal("refused", ProblemCode.VERDICT_MALFORMED)
        for change in sorted(entry.changes, key=lambda one: _HEADS_FIRST.get(one.kind, 9)):
            _judge_change(sitting, change)
    except _Refusal as refusal:
        if refusal.kind == "conflict" and refusal.committee_id:
            # Whoever may see the record is shown what was set aside.
            committee = session.get_one(CommitteeRow, refusal.committee_id)
            own = (committee.id, committee.region)
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
        if state.kind == "number_block":
            blocks.take_back(session, state)


def _judge_change(sitting: _Sitting, change: Change) -> None:
    record = f"{change.kind}:{change.id}"
    before = read_state(sitting.session, sitting.drawn, change.kind, change.id)
    fields = {**(before.fields if before else {}), **change.set, "id": change.id}
    _check_shape(change.kind, fields, record)
    committee = _committee(sitting, change, before, fields, record)
    try:
        moved = versions.check(sitting.session, sitting.device, sitting.seen, change, before)
    except versions.Collision as collision:
        raise _Refusal(collision.kind, collision.code, record, committee.id) from None
    if breaks_seal(change.kind, before.fields if before else None, fields):
        # Who had not heard of the seal has done nothing wrong: both are shown.
        kind, code = ("conflict", ProblemCode.VERDICT_CONFLICT) if moved else _BROKEN
        raise _Refusal(kind, code, record, committee.id)
    if change.kind == "handover":
        _judge_handover(sitting, before, fields, record, committee)
    if change.kind == "settlement" and not jurisdiction.may_settle(
        sitting.session, sitting.device, fields["entry_hash"]
    ):
        raise _Refusal("refused", ProblemCode.VERDICT_SCOPE, record)
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


def _judge_handover(
    sitting: _Sitting,
    before: State | None,
    fields: dict[str, Any],
    record: str,
    committee: CommitteeRow,
) -> None:
    """Moves the case to its new laptop. A hand-over that stands on another one than the last is in
    conflict: two people gave the case to two others.
    """
    case = read_state(sitting.session, sitting.drawn, "case", fields["case_id"])
    if before or not jurisdiction.may_hand_over(
        sitting.session, sitting.device, fields, committee.id
    ):
        raise _Refusal("refused", ProblemCode.VERDICT_SCOPE, record)
    assert case is not None  # its committee was found by it
    if case.device_id not in (fields["from_device"], fields["to_device"]):
        raise _Refusal("conflict", ProblemCode.VERDICT_CONFLICT, record, committee.id)
    sitting.drawn["case", case.id] = replace(case, device_id=fields["to_device"])


def _check_shape(kind: str, fields: dict[str, Any], record: str) -> None:
    if kind not in KINDS:
        raise _Refusal("refused", ProblemCode.VERDICT_MALFORMED, record)
    try:
        made = from_fields(kind, fields)
    except NotARecord:
        raise _Refusal("refused", ProblemCode.VERDICT_MALFORMED, record) from None
    serials = []
    if isinstance(made, IssuedNumber):
        serials = [made.serial]
    elif isinstance(made, NumberBlock):
        serials = [made.first, made.last]
    if not all(0 <= one <= 2 * LARGEST_SERIAL for one in serials):
        raise _Refusal("refused", ProblemCode.VERDICT_MALFORMED, record)


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
