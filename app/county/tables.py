"""The county's own tables.

Rows never leave this room, and nothing that was received is ever changed or deleted.

Texts of entries stand in `raw` as they came; whatever is read out of them stands beside it.
Migrations make the tables; a test compares both.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Text, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class CountyRow(SQLModel, registry=registry()):
    """What the tables below have in common: metadata of their own."""


class Setting(CountyRow, table=True):
    """One value of this server: ``name``, ``epoch``."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True)
    value: str


class CommitteeRow(CountyRow, table=True):
    """A committee as the county keeps it.

    `region` of 12 digits decides jurisdiction.

    `numbers_after` is the last number that its paper register gave in `numbers_year`.
    """

    __tablename__ = "committee"
    id: str = Field(primary_key=True)
    name: str
    short_name: str = ""
    kind: str = ""
    region: str = Field(index=True)
    region_name: str = ""
    numbers_year: int = 0
    numbers_after: int = 0


class CommitteeAlias(CountyRow, table=True):
    """A committee id that a laptop made up before it was enrolled, and the committee that it
    meant.
    """

    __tablename__ = "committee_alias"
    id: str = Field(primary_key=True)
    committee_id: str = Field(foreign_key="committee.id")
    device_id: str


class Account(CountyRow, table=True):
    """A person who may have laptops enrolled.

    Mediators belong to a committee, supervisors to a region (a prefix of digits).
    """

    __tablename__ = "account"
    id: str = Field(primary_key=True)
    role: str
    name: str
    place: str = ""  # place in the committee, for mediators
    region: str
    committee_id: str | None = Field(default=None, foreign_key="committee.id")
    created_at: datetime


class EnrolmentCode(CountyRow, table=True):
    """A one-time code, known by its hash only. `used_by` is the device that it made known."""

    __tablename__ = "enrolment_code"
    code_hash: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    created_at: datetime
    expires_at: datetime
    used_by: str | None = None
    voided: bool = False


class EnrolmentTry(CountyRow, table=True):
    """One wrong code: by which device, from which source."""

    __tablename__ = "enrolment_try"
    id: int | None = Field(default=None, primary_key=True)
    device_id: str = Field(index=True)
    source: str
    at: datetime = Field(index=True)


class Device(CountyRow, table=True):
    """An enrolled laptop, its signed card, and how far its journal is held (`head_seq`,
    `head_hash`).
    """

    __tablename__ = "device"
    id: str = Field(primary_key=True)
    public_key: str
    account_id: str = Field(foreign_key="account.id")
    role: str
    region: str
    committee_id: str | None = Field(default=None, foreign_key="committee.id")
    card: str = Field(sa_type=Text)
    card_signature: str
    head_seq: int = Field(default=0, sa_type=BigInteger)
    head_hash: str
    app: str = ""
    enrolled_at: datetime
    last_contact: datetime | None = None
    revoked_at: datetime | None = None
    frozen: str = ""  # why it may not go on: two different entries under one number


class EntryRow(CountyRow, table=True):
    """One authentic entry.

    `position` is its place in the county's log; `committee_id` and `region` say whose business it
    is.
    """

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("device_id", "seq"),)
    position: int = Field(primary_key=True, sa_type=BigInteger)
    device_id: str = Field(foreign_key="device.id")
    seq: int = Field(sa_type=BigInteger)
    hash: str = Field(index=True)
    raw: bytes
    signature: str
    case_id: str | None = Field(default=None, index=True)
    committee_id: str | None = Field(default=None, index=True)
    region: str = Field(index=True)
    received_at: datetime


class ReceiptRow(CountyRow, table=True):
    """What was signed for an entry, in the transaction that stored it; a retry gets the same
    bytes.
    """

    __tablename__ = "receipt"
    position: int = Field(primary_key=True, foreign_key="entry.position", sa_type=BigInteger)
    raw: str = Field(sa_type=Text)
    signature: str


class VerdictRow(CountyRow, table=True):
    """What was thought of an entry: applied, refused or conflict, and of which record."""

    __tablename__ = "verdict"
    position: int = Field(primary_key=True, foreign_key="entry.position", sa_type=BigInteger)
    kind: str = Field(index=True)
    code: str = ""
    record: str = ""


class RecordState(CountyRow, table=True):
    """A record as all applied entries made it.

    `fields` and `touched` (field -> position) are JSON; `touched_by` the last entry's hash.
    """

    __tablename__ = "record_state"
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    fields: str = Field(sa_type=Text)
    touched: str = Field(sa_type=Text)
    touched_by: str
    device_id: str
    committee_id: str | None = Field(default=None, index=True)
    region: str
    case_id: str | None = Field(default=None, index=True)


class NumberBlockRow(CountyRow, table=True):
    """Serials lent to a device; nobody else gets them ever again."""

    __tablename__ = "number_block"
    __table_args__ = (UniqueConstraint("committee_id", "year", "first"),)
    id: str = Field(primary_key=True)
    device_id: str = Field(foreign_key="device.id", index=True)
    committee_id: str = Field(foreign_key="committee.id")
    year: int
    first: int
    last: int
    lent_at: datetime
