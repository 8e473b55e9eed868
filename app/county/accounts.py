"""What the county's administrator does: committees, people, codes, laptops.

Functions of a session; the command line calls them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.county.scope import SUPERVISING, region_prefix
from app.county.tables import Account, CommitteeRow, Device, EntryRow, VerdictRow
from app.domain.committees import CommitteeRole
from app.domain.ids import new_id

REGION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Laptop:
    """One laptop in a list: moments are UTC; `entries` are held, `refused` of them were not
    applied.
    """

    device: str
    person: str
    role: str
    committee: str
    region: str
    enrolled_at: datetime
    last_contact: datetime | None
    entries: int
    refused: int
    state: str


def add_committee(
    session: Session,
    *,
    name: str,
    short_name: str,
    region: str,
    region_name: str = "",
    kind: str = "VILLAGE",
    numbers_year: int = 0,
    numbers_after: int = 0,
) -> str:
    """The id of a new committee.

    `region` has 12 digits. Raises ValueError for another region or an empty name.
    """
    if not name.strip():
        raise ValueError("a committee needs a name")
    if len(region) != REGION_DIGITS:
        raise ValueError("the region code of a committee has 12 digits, such as 330108001002")
    row = CommitteeRow(
        id=str(new_id()),
        name=name,
        short_name=short_name,
        kind=kind,
        region=region_prefix(region).ljust(REGION_DIGITS, "0"),
        region_name=region_name,
        numbers_year=numbers_year,
        numbers_after=numbers_after,
    )
    session.add(row)
    session.flush()
    return row.id


def add_mediator(
    session: Session, *, committee_id: str, name: str, place: str, now: datetime
) -> str:
    """The id of a new mediator's account, which is also the mediator's record.

    Raises ValueError.
    """
    committee = session.get(CommitteeRow, committee_id)
    if committee is None:
        raise ValueError("no such committee")
    if not name.strip():
        raise ValueError("a person needs a name")
    account = Account(
        id=str(new_id()),
        role="mediator",
        name=name,
        place=CommitteeRole(place).value,
        region=committee.region,
        committee_id=committee.id,
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account.id


def add_supervisor(session: Session, *, name: str, region: str, role: str, now: datetime) -> str:
    """The id of a new account that sees all of `region`. Raises ValueError."""
    if role not in SUPERVISING:
        raise ValueError("no such role")
    if not name.strip():
        raise ValueError("a person needs a name")
    account = Account(
        id=str(new_id()), role=role, name=name, region=region_prefix(region), created_at=now
    )
    session.add(account)
    session.flush()
    return account.id


def laptops(session: Session) -> list[Laptop]:
    """All laptops, oldest first."""
    devices = session.exec(select(Device).order_by(col(Device.enrolled_at), col(Device.id)))
    return [_laptop(session, device) for device in devices]


def _laptop(session: Session, device: Device) -> Laptop:
    committee = session.get(CommitteeRow, device.committee_id) if device.committee_id else None
    own = select(func.count()).select_from(EntryRow).where(col(EntryRow.device_id) == device.id)
    refused = own.join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position)).where(
        col(VerdictRow.kind) != "applied"
    )
    return Laptop(
        device=device.id,
        person=session.get_one(Account, device.account_id).name,
        role=device.role,
        committee=committee.name if committee else "",
        region=device.region,
        enrolled_at=device.enrolled_at,
        last_contact=device.last_contact,
        entries=session.exec(own).one(),
        refused=session.exec(refused).one(),
        state="revoked" if device.revoked_at else device.frozen or "active",
    )
