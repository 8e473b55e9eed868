"""Who may write what: whose business a record is, and whether this device's role and committee
cover it.

Reading is decided in `scope`; this file decides writing with the same rule and never by what an
entry says of itself.
"""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from app.county.blocks import may_keep, may_know_better
from app.county.record_states import Drawn, State, read_state
from app.county.scope import SUPERVISING, Subject, Viewer, may_see
from app.county.tables import (
    CommitteeAlias,
    CommitteeRow,
    Device,
    EntryRow,
    NumberBlockRow,
    VerdictRow,
)
from app.county.versions import is_sealed
from app.domain.problems import ProblemCode
from app.wire.journal import Change

_OF_NOBODY = frozenset({"person", "organisation"})
# What a supervisor may write beside a case.
_BESIDE = frozenset({"review", "handover", "settlement"})
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
    if kind == "settlement" and fields.get("case_id") is None:
        settled, _, record_id = fields["record"].partition(":")
        held = read_state(session, drawn, settled, record_id)
        return held.committee_id if held else device.committee_id
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
    if kind in _BESIDE:
        own = before is None or before.device_id == device.id
        subject = Subject(committee.id, committee.region)
        if device.role in SUPERVISING:
            return own and may_see(viewer_of(device), subject)
        if kind == "review":
            return False
    if device.role != "mediator" or committee.id != device.committee_id:
        return False
    return kind != "number_block" or _was_lent(session, device, fields, committee.id)


def _resolved(session: Session, device: Device, committee_id: str) -> str | None:
    if session.get(CommitteeRow, committee_id):
        return committee_id
    alias = session.get(CommitteeAlias, committee_id)
    return alias.committee_id if alias else None


def _was_lent(session: Session, device: Device, fields: dict[str, Any], committee_id: str) -> bool:
    """The block as the county lent it to this very device, or what is left of it when its unused
    end is given back; in a restored county also one that it has forgotten.
    """
    row = session.get(NumberBlockRow, fields["id"])
    if row is None:
        return may_know_better(session, fields)
    if row.device_id != device.id:
        return False
    lent = (row.committee_id, row.year, row.first)
    same = lent == (committee_id, fields["year"], fields["first"])
    return same and may_keep(session, row, fields["last"])


def may_hand_over(
    session: Session, device: Device, fields: dict[str, Any], committee_id: str
) -> bool:
    """Whether this device may give a case of the committee to the laptop that `fields` name: its
    own person's case, or any in its region; to a laptop of the same committee that is in use.
    """
    giver = session.get(Device, fields["from_device"])
    # A mediator may have had the case on another laptop.
    same = giver is not None and giver.account_id == device.account_id
    own = device.role in SUPERVISING or same
    to = session.get(Device, fields["to_device"])
    if to is None or to.role != "mediator" or to.committee_id != committee_id:
        return False
    return own and to.revoked_at is None


def may_settle(session: Session, device: Device, entry_hash: str) -> bool:
    """Whether this device may settle the conflict of that entry. Two sealed texts of one agreement
    are for a supervisor to decide about.
    """
    found = session.exec(
        select(VerdictRow)
        .join(EntryRow, col(EntryRow.position) == col(VerdictRow.position))
        .where(col(EntryRow.hash) == entry_hash)
    ).first()
    if found is None or found.code != ProblemCode.VERDICT_SEALED or device.role in SUPERVISING:
        return True
    # The other paper was spoiled since: one text is left, and nobody has to choose.
    paper = read_state(session, Drawn(), *found.record.split(":", 1))
    return paper is None or not is_sealed(paper.fields)
