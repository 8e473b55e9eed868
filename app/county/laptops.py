"""How things stand with the laptops of a county: for supervisors, and for the administrator.

Numbers and moments only; never a word of what anybody wrote.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError
from sqlmodel import Session, col, func, select

from app.county.jurisdiction import viewer_of
from app.county.scope import SUPERVISING, Subject, may_see
from app.county.tables import Account, CommitteeRow, Device, EntryRow, VerdictRow
from app.domain.moments import believable
from app.wire.exchange import SignedCard
from app.wire.exchange2 import LaptopState, Waiting

NOT_APPLIED = ("refused", "conflict")


def colleague_cards(session: Session, device: Device) -> tuple[SignedCard, ...]:
    """The cards of all laptops of the device's committee; for supervisors, of their region."""
    return tuple(
        SignedCard(raw=one.card, signature=one.card_signature) for one in _in_sight(session, device)
    )


def laptops_in_sight(session: Session, device: Device) -> tuple[LaptopState, ...]:
    """The laptops in the region of a supervising device; nothing for anybody else."""
    if device.role not in SUPERVISING:
        return ()
    return laptop_states(session, _in_sight(session, device))


def all_laptops(session: Session) -> tuple[LaptopState, ...]:
    """Every laptop, oldest first."""
    query = select(Device).order_by(col(Device.enrolled_at), col(Device.id))
    return laptop_states(session, list(session.exec(query)))


def laptop_states(session: Session, devices: Sequence[Device]) -> tuple[LaptopState, ...]:
    """How things stand with these laptops."""
    people = {one.id: one.name for one in session.exec(select(Account))}
    committees = {one.id: one.name for one in session.exec(select(CommitteeRow))}
    refused = _refused(session)
    return tuple(
        LaptopState(
            device=one.id,
            person=people[one.account_id],
            committee=committees.get(one.committee_id or "", ""),
            region=one.region,
            state="revoked" if one.revoked_at else one.frozen or "active",
            app=one.app,
            last_contact=one.last_contact,
            began_at=one.began_at,
            clock_offset_ms=one.clock_offset_ms,
            waiting=waiting_of(one),
            entries=one.head_seq,
            refused=refused.get(one.id, 0),
        )
        for one in devices
    )


def waiting_of(device: Device) -> Waiting:
    """What the laptop said at its last contact; without a moment that cannot be believed."""
    try:
        said = Waiting.model_validate_json(device.waiting) if device.waiting else Waiting()
    except ValidationError:
        return Waiting()
    return said.model_copy(update={"oldest_at": believable(said.oldest_at)})


def refused_entries(session: Session, device_id: str) -> list[tuple[EntryRow, VerdictRow]]:
    """The entries of a device that were not applied, in order."""
    query = (
        select(EntryRow, VerdictRow)
        .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
        .where(col(EntryRow.device_id) == device_id, col(VerdictRow.kind).in_(NOT_APPLIED))
        .order_by(col(EntryRow.seq))
    )
    return list(session.exec(query))


def _in_sight(session: Session, device: Device) -> list[Device]:
    viewer = viewer_of(device)
    query = select(Device).order_by(col(Device.enrolled_at), col(Device.id))
    return [
        one for one in session.exec(query) if may_see(viewer, Subject(one.committee_id, one.region))
    ]


def _refused(session: Session) -> dict[str, int]:
    query = (
        select(EntryRow.device_id, func.count())
        .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
        .where(col(VerdictRow.kind).in_(NOT_APPLIED))
        .group_by(EntryRow.device_id)
    )
    return dict(session.exec(query).all())
