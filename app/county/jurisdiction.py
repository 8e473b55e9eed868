"""Who may write what: whose business a record is, and whether this device's role and committee
cover it.

Reading is decided in `scope`; this file decides writing with the same rule and never by what an
entry says of itself.
"""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from app.county.record_states import Drawn, State, read_state
from app.county.scope import SUPERVISING, Subject, Viewer, may_see
from app.county.tables import CommitteeAlias, CommitteeRow, Device, NumberBlockRow
from app.wire.journal import Change

_OF_NOBODY = frozenset({"person", "organisation"})
_NAMES_COMMITTEE = frozenset({"mediator", "case", "issued_number", "number_block"})


def viewer_of(device: Device) -> Viewer:
    """The device as somebody who asks."""
    active = device.revoked_at is None and not device.frozen
    return Viewer(device.role, device.region, device.committee_id, active)


def committee_of(
    session: Session, device: Device, drawn: Drawn, kind: str, fields: dict[str, Any]
) -> str | None:
    """The county's id of the committee that a record belongs to; None where that cannot be told."""
    if kind in _OF_NOBODY:
        held = read_state(session, drawn, kind, fields["id"])
        return held.committee_id if held else device.committee_id
    if kind == "committee" or kind in _NAMES_COMMITTEE:
        return _resolved(session, device, fields["id" if kind == "committee" else "committee_id"])
    case = read_state(session, drawn, "case", fields["case_id"])
    return case.committee_id if case else None


def may_alias(device: Device, change: Change, before: State | None) -> bool:
    """Whether a laptop's own committee, made up before it was enrolled, may stand for the one on
    its card.
    """
    return (
        change.kind == "committee"
        and before is None
        and device.role == "mediator"
        and device.committee_id is not None
    )


def remember_alias(session: Session, device: Device, committee_id: str) -> None:
    """From now on `committee_id`, in this device's entries, means the committee on its card."""
    assert device.committee_id is not None
    session.add(
        CommitteeAlias(id=committee_id, committee_id=device.committee_id, device_id=device.id)
    )


def may_write(
    session: Session,
    device: Device,
    kind: str,
    fields: dict[str, Any],
    before: State | None,
    committee: CommitteeRow,
) -> bool:
    """Whether this device may make the record, which is `committee`'s business, what `fields`
    say.
    """
    if kind == "review":
        own = before is None or before.device_id == device.id
        subject = Subject(committee.id, committee.region)
        return device.role in SUPERVISING and own and may_see(viewer_of(device), subject)
    if device.role != "mediator" or committee.id != device.committee_id:
        return False
    return kind != "number_block" or _was_lent(session, device, fields, committee.id)


def _resolved(session: Session, device: Device, committee_id: str) -> str | None:
    if session.get(CommitteeRow, committee_id):
        return committee_id
    alias = session.get(CommitteeAlias, committee_id)
    return alias.committee_id if alias else None


def _was_lent(session: Session, device: Device, fields: dict[str, Any], committee_id: str) -> bool:
    row = session.get(NumberBlockRow, fields["id"])
    if row is None or row.device_id != device.id:
        return False
    lent = (row.committee_id, row.year, row.first, row.last)
    return lent == (committee_id, fields["year"], fields["first"], fields["last"])
