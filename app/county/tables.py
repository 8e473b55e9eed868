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
    """One value of this server: ``name``, ``epoch``, ``restored_at`` (UTC, where an epoch came
    before), ``numbers.block``, ``numbers.refill``.
    """

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

    A contact that began (`began_at`) and never reached its end is later than `last_contact`.
    `waiting` (JSON) and `clock_offset_ms` are what it last said of itself. `box_key` is what
    parcels for it are closed with. `text_bytes` is how much plain text it sent on `text_day`.
    `former` is the device that the same folder was before it was enrolled anew.
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
    began_at: datetime | None = None
    waiting: str = Field(default="", sa_type=Text)
    clock_offset_ms: int | None = Field(default=None, sa_type=BigInteger)
    box_key: str = ""
    text_day: str = ""
    text_bytes: int = Field(default=0, sa_type=BigInteger)
    former: str | None = Field(default=None, foreign_key="device.id")


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


class SpanRow(CountyRow, table=True):
    """What was signed for entries `first` to `last` of a device in one epoch, in the transaction
    that stored them; a retry gets the same bytes. Entries that came by the first protocol get
    theirs when they are first asked for.
    """

    __tablename__ = "span"
    device_id: str = Field(primary_key=True, foreign_key="device.id")
    epoch: str = Field(primary_key=True)
    first: int = Field(primary_key=True, sa_type=BigInteger)
    last: int = Field(sa_type=BigInteger)
    position: int = Field(sa_type=BigInteger)
    received_at: datetime
    raw: str = Field(sa_type=Text)
    signature: str


class MirrorSum(CountyRow, table=True):
    """How many entries of a device about one committee travel to others, and the sum of their
    hashes (256 bits, hex): what a laptop's mirror is compared with. `committee_id` is "" where an
    entry is no committee's.
    """

    __tablename__ = "mirror_sum"
    committee_id: str = Field(primary_key=True)
    region: str = Field(primary_key=True)
    device_id: str = Field(primary_key=True, foreign_key="device.id")
    entries: int = Field(sa_type=BigInteger)
    hashes: str


class VerdictRow(CountyRow, table=True):
    """What was thought of an entry: applied, refused or conflict, and of which record."""

    __tablename__ = "verdict"
    position: int = Field(primary_key=True, foreign_key="entry.position", sa_type=BigInteger)
    kind: str = Field(index=True)
    code: str = ""
    record: str = ""


class RecordState(CountyRow, table=True):
    """A record as all applied entries made it.

    `fields` and `touched` (field -> position) are JSON; `touched_by` the last entry's hash. `file`
    is the SHA-256 that an attachment names.
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
    file: str | None = Field(default=None, index=True)


class NumberBlockRow(CountyRow, table=True):
    """Serials lent to a device, `first` to `last`; it still holds those up to `kept`, the rest came
    back. Nobody else gets what it holds, also when it is lost (`lost_at`).

    `turn` counts how many times `first` has been lent.
    """

    __tablename__ = "number_block"
    __table_args__ = (
        UniqueConstraint("committee_id", "year", "first", "turn", name="number_block_lent_once"),
    )
    id: str = Field(primary_key=True)
    device_id: str = Field(foreign_key="device.id", index=True)
    committee_id: str = Field(foreign_key="committee.id")
    year: int
    first: int
    last: int
    kept: int
    turn: int
    lent_at: datetime
    lost_at: datetime | None = None


class NumberFloor(CountyRow, table=True):
    """Serials that nobody is lent, because a backup that was restored may not know who was:
    those above `after`, up to `last`.
    """

    __tablename__ = "number_floor"
    committee_id: str = Field(primary_key=True, foreign_key="committee.id")
    year: int = Field(primary_key=True)
    after: int
    last: int
    set_at: datetime


class CountyPackRow(CountyRow, table=True):
    """The data pack that laptops are given; never more than one. `mark` is the SHA-256 of
    `document`, `packed` what travels.
    """

    __tablename__ = "county_pack"
    mark: str = Field(primary_key=True)
    document: bytes
    packed: bytes
    set_at: datetime


class ParcelRow(CountyRow, table=True):
    """A genuine parcel that came on a stick.

    `taken_at` is when all of it was first taken in; `set_aside` why it waits for a person instead
    (revoked, forked), "" where it does not.
    """

    __tablename__ = "parcel"
    id: str = Field(primary_key=True)
    device_id: str = Field(foreign_key="device.id")
    first_seen_at: datetime
    taken_at: datetime | None = None
    set_aside: str = ""


class StoredFile(CountyRow, table=True):
    """A whole file, kept once whoever sent it. `name` is where it lies, `secret` its key."""

    __tablename__ = "stored_file"
    sha256: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    name: str
    secret: bytes
    whole_at: datetime


class ArrivingFile(CountyRow, table=True):
    """A file of which one device has sent only a part; how much, the disk tells."""

    __tablename__ = "arriving_file"
    sha256: str = Field(primary_key=True)
    device_id: str = Field(primary_key=True, foreign_key="device.id")
    size: int = Field(sa_type=BigInteger)
    name: str
    secret: bytes
    begun_at: datetime


class FileHolder(CountyRow, table=True):
    """Who has shown a whole file: a committee (or a device without one, `holder`), through which
    device; and what was signed for it in `epoch`. A retry gets the same bytes.
    """

    __tablename__ = "file_holder"
    sha256: str = Field(primary_key=True, foreign_key="stored_file.sha256")
    holder: str = Field(primary_key=True)
    device_id: str = Field(foreign_key="device.id")
    received_at: datetime
    epoch: str
    raw: str = Field(sa_type=Text)
    signature: str


class FileDay(CountyRow, table=True):
    """What a device sent of files on one day (UTC, ISO): bytes, and how many files it began."""

    __tablename__ = "file_day"
    device_id: str = Field(primary_key=True, foreign_key="device.id")
    day: str = Field(primary_key=True)
    bytes_taken: int = Field(default=0, sa_type=BigInteger)
    arrivals: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
