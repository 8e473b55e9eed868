"""The tables, one class each: the one description that statements are made from and migrations are
compared with.

A record's columns are named exactly as the fields of its domain class; nested values are JSON text;
dates, times and moments are ISO text. Classes here describe and are never filled: `mapping` builds
rows, `sqlcipher3` stores them (dependencies: an ORM's session would cost more than the save
itself). Search index and triggers cannot be described in SQLModel and stand in the migrations only.
"""

from typing import Annotated, ClassVar

from sqlalchemy import Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

Line = Annotated[str, Field(sa_type=Text)]
MaybeLine = Annotated[str | None, Field(sa_type=Text)]
Day = Annotated[str | None, Field(sa_type=Text)]  # local date, ISO
Moment = Annotated[str, Field(sa_type=Text)]  # UTC, ISO
Flag = Annotated[bool, Field(sa_type=Integer)]
Nested = Annotated[str, Field(sa_type=Text, sa_column_kwargs={"info": {"json": True}})]
MaybeNested = Annotated[str | None, Field(sa_type=Text, sa_column_kwargs={"info": {"json": True}})]
# What a later migration added: SQLite wants a value for the rows that were there before.
LaterLine = Annotated[str, Field(sa_type=Text, sa_column_kwargs={"server_default": ""})]
LaterFlag = Annotated[bool, Field(sa_type=Integer, sa_column_kwargs={"server_default": text("0")})]
LaterCount = Annotated[int, Field(sa_type=Integer, sa_column_kwargs={"server_default": text("0")})]
LaterNested = Annotated[
    str,
    Field(sa_type=Text, sa_column_kwargs={"info": {"json": True}, "server_default": "[]"}),
]
Key = Annotated[str, Field(sa_type=Text, primary_key=True)]
Bytes = Annotated[bytes, Field(sa_type=LargeBinary)]
OfCase = Annotated[str, Field(sa_type=Text, foreign_key="case_head.id", index=True)]
STRICT = {"sqlite_strict": True}
CLUSTERED = {"sqlite_strict": True, "sqlite_with_rowid": False}


class StoreRow(SQLModel, registry=registry()):
    """What all tables have in common: metadata of their own, and SQLite's strict typing."""

    __table_args__: ClassVar[object] = STRICT


class RecordRow(StoreRow):
    """What every record has beside its fields.

    `key` counts up in the order of arrival; `touched_by` is the hash of the last entry that touched
    the record, `owner_device` the device whose entries may.
    """

    key: Annotated[int, Field(primary_key=True)]
    id: Annotated[str, Field(sa_type=Text, unique=True)]
    touched_by: Line
    owner_device: Line


class CommitteeRow(RecordRow, table=True):
    __tablename__ = "committee"
    name: Line
    short_name: Line
    kind: Line
    region_code: Line
    region_name: Line
    phone: Line
    address: Line


class MediatorRow(RecordRow, table=True):
    __tablename__ = "mediator"
    committee_id: Line
    name: Line
    role: Line
    full_time: Flag
    phone: Line


class PersonRow(RecordRow, table=True):
    __tablename__ = "person"
    name: Line
    sex: Line
    ethnicity: Line
    birth_date: Day
    stated_age: int | None
    stated_age_on: Day
    id_kind: Line
    id_no: Line
    id_reason: Line
    occupation: Line
    phone: Line
    address: Line
    region_code: Line
    cannot_read: Flag
    note: Line


class OrganisationRow(RecordRow, table=True):
    __tablename__ = "organisation"
    name: Line
    kind: Line
    credit_code: Line
    credit_reason: Line
    legal_representative: Line
    representative_post: Line
    phone: Line
    address: Line
    note: Line


class CaseRow(RecordRow, table=True):
    __tablename__ = "case_head"
    committee_id: Line
    stage: Line
    stage_before_suspension: MaybeLine
    title: Line
    matter: Line
    dispute_type: Line
    dispute_tags: Nested
    reported_on: Day
    occurred_on: Day
    occurred_place: Line
    source: Line
    source_detail: Line
    facts: Line
    requests: Nested
    amount_claimed: int | None
    difficulty: Line
    risk_grade: Line
    risk_reason: Line
    special_groups: Nested
    prevented_harms: Nested
    scope: Line
    scope_reason: Line
    accepted_on: Day
    registrar: Line
    mediator_ids: Nested
    rights_notice: MaybeNested
    refusal: MaybeNested
    exit_reason: Line
    file_no: Line
    retention: MaybeLine
    closing: MaybeNested
    filed_on: Day
    source_note: Line
    applied_on: Day
    applied_orally: LaterFlag
    file_note: MaybeNested
    subsidy_class: LaterLine
    fee_taken: LaterFlag


class PartyRow(RecordRow, table=True):
    __tablename__ = "party"
    __table_args__ = (
        Index("party_person", "person_id", sqlite_where=text("person_id IS NOT NULL")),
        Index("party_unit", "organisation_id", sqlite_where=text("organisation_id IS NOT NULL")),
        Index("party_represented", "case_id", sqlite_where=text("representations <> '[]'")),
        STRICT,
    )
    case_id: OfCase
    ordinal: int
    role: Line
    side: Line
    person_id: MaybeLine
    organisation_id: MaybeLine
    group: Line
    capacity: MaybeLine
    capacity_reason: Line
    representations: Nested
    void_reason: Line


class SessionRow(RecordRow, table=True):
    __tablename__ = "session"
    case_id: OfCase
    ordinal: int
    held_on: Day
    begun_at: MaybeLine
    ended_at: MaybeLine
    place: Line
    mediator_ids: Nested
    recorder: Line
    attendance: Nested
    participants: Nested
    steps: Nested
    outcome: MaybeLine
    outcome_text: Line
    next_on: Day
    void_reason: Line


class AgreementRow(RecordRow, table=True):
    """Triggers keep everything that is on a finalised paper from changing."""

    __tablename__ = "agreement"
    case_id: OfCase
    form: Line
    state: Line
    supplement_of: MaybeLine
    number: Line
    party_ids: Nested
    mediator_ids: Nested
    recorder: Line
    facts: Line
    responsibility: Line
    clauses: Nested
    manner: Line
    manner_code: Line
    deadline: Line
    place: Line
    copies: int | None
    for_confirmation: Flag
    made_on: Day
    content_hash: Line
    party_blocks: Nested
    sign_offs: Nested
    performed_on: Day
    void_reason: Line
    frozen_names: MaybeNested
    version: LaterCount
    frozen_at: MaybeLine
    waivers: LaterNested


class FollowUpRow(RecordRow, table=True):
    __tablename__ = "follow_up"
    case_id: OfCase
    agreement_id: MaybeLine
    visited_on: Day
    method: Line
    party_id: MaybeLine
    visitor: Line
    performance: Line
    satisfaction: Line
    findings: Line
    new_risk: Flag
    next_on: Day
    void_reason: Line


class ReviewRow(RecordRow, table=True):
    __tablename__ = "review"
    case_id: OfCase
    decision: Line
    at: Moment
    author: Line
    text: Line
    target: Line
    answers: MaybeLine


class SubmissionRow(RecordRow, table=True):
    __tablename__ = "submission"
    case_id: OfCase
    at: Moment
    author: Line
    note: Line
    answers: MaybeLine


class IssuedNumberRow(RecordRow, table=True):
    __tablename__ = "issued_number"
    committee_id: Line
    year: int
    serial: int
    text: Line
    agreement_id: MaybeLine
    state: Line
    void_reason: Line
    letter_id: MaybeLine
    number_kind: Annotated[
        str, Field(sa_type=Text, sa_column_kwargs={"server_default": "agreement"})
    ]
    issued_on: Day
    spoiled_sheets: LaterCount


class NumberBlockRow(RecordRow, table=True):
    __tablename__ = "number_block"
    committee_id: Line
    year: int
    first: int
    last: int


class AttachmentRow(RecordRow, table=True):
    __tablename__ = "attachment"
    __table_args__ = (Index("attachment_of_file", "sha256", "case_id"), STRICT)
    case_id: OfCase
    kind: Line
    sha256: Line
    size: int
    media_type: Line
    subject_id: MaybeLine
    party_id: MaybeLine
    name: Line
    caption: Line
    taken_on: Day
    taken_at_place: Line
    taken_by: Line
    width: int
    height: int
    page: int | None
    content_hash: Line
    version: int
    ordinal: int
    void_reason: Line


class InvestigationRow(RecordRow, table=True):
    __tablename__ = "investigation"
    case_id: OfCase
    ordinal: int
    held_on: Day
    begun_at: MaybeLine
    ended_at: MaybeLine
    place: Line
    person_id: MaybeLine
    relation: Line
    others: Line
    matter: Line
    exchanges: Nested
    investigator_ids: Nested
    recorder: Line
    void_reason: Line


class EvidenceRow(RecordRow, table=True):
    __tablename__ = "evidence"
    case_id: OfCase
    ordinal: int
    name: Line
    kind: Line
    given_by: MaybeLine
    source: Line
    submitted_on: Day
    copies: int
    pages: int
    original: Flag
    proves: Line
    received_by: Line
    compared_by: Line
    compared_on: Day
    returned_on: Day
    void_reason: Line


class LetterRow(RecordRow, table=True):
    __tablename__ = "letter"
    case_id: OfCase
    kind: Line
    number: Line
    made_on: Day
    party_ids: Nested
    addressee: Line
    addressee_code: Line
    reason_code: Line
    reason: Line
    content: Line
    until: Day
    meeting_on: Day
    meeting_at: MaybeLine
    place: Line
    mediator_ids: Nested
    subject_id: MaybeLine
    enclosures: Nested
    decision: Line
    decided_on: Day
    deliveries: Nested
    reply: MaybeNested
    void_reason: Line


class PerformanceRow(RecordRow, table=True):
    __tablename__ = "performance"
    case_id: OfCase
    agreement_id: Line
    duty: Line
    done_on: Day
    fen: int | None
    payer_id: MaybeLine
    payee_id: MaybeLine
    way: Line
    what: Line
    witness: Line
    follow_up_id: MaybeLine
    void_reason: Line


class ConfirmationRow(RecordRow, table=True):
    __tablename__ = "confirmation"
    case_id: OfCase
    agreement_id: Line
    court: Line
    applied_on: Day
    addresses: Nested
    property_proof: Line
    case_no: Line
    accepted_on: Day
    decided_on: Day
    outcome: MaybeLine
    reason: Line
    void_reason: Line


class PrintingRow(RecordRow, table=True):
    __tablename__ = "printing"
    case_id: OfCase
    at: Moment
    papers: Nested
    copies: int
    pages: Line
    printer: Line
    duplex: Flag
    whole_file: Flag
    came_out: Line
    spoiled_reason: Line
    spoiled_sheets: int


class ReadingRow(RecordRow, table=True):
    __tablename__ = "reading"
    case_id: OfCase
    agreement_id: Line
    reader: Line
    ticks: Nested


class HandoverRow(RecordRow, table=True):
    __tablename__ = "handover"
    case_id: OfCase
    from_device: Line
    to_device: Line
    from_name: Line
    to_mediator_id: MaybeLine
    to_name: Line
    by_name: Line
    reason: Line
    on: Day


class SettlementRow(RecordRow, table=True):
    __tablename__ = "settlement"
    entry_hash: Annotated[str, Field(sa_type=Text, index=True)]
    record: Line
    case_id: Annotated[str | None, Field(sa_type=Text, foreign_key="case_head.id", index=True)]
    choices: Nested
    settled_by: Line
    on: Day


class JournalRow(StoreRow, table=True):
    """One own entry.

    `raw` are the signed bytes; the rest is read out of them for lists. `records` is a JSON list of
    ``kind:id``.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (Index("journal_entry_of_case", "case_id", "seq", "size"), STRICT)
    seq: Annotated[int, Field(primary_key=True)]
    device: Line
    hash: Line
    prev: Line
    signature: Line
    act: Line
    actor: Line
    case_id: MaybeLine
    at: Moment
    size: int
    records: Line
    raw: Bytes


class ReceiptRow(StoreRow, table=True):
    """The county's signed word that it holds an own entry, one for each of its epochs."""

    __tablename__ = "receipt"
    seq: Annotated[int, Field(primary_key=True, foreign_key="journal_entry.seq")]
    epoch: Key
    device: Line
    entry_hash: Line
    position: int
    received_at: Moment
    signature: Line
    raw: Line


class VerdictRow(StoreRow, table=True):
    """What the county thinks of an own entry; the newest word about one record of it stands."""

    __tablename__ = "verdict"
    __table_args__ = (Index("verdict_kind", "kind", "seq"), CLUSTERED)
    seq: Annotated[int, Field(primary_key=True, foreign_key="journal_entry.seq")]
    record: Key
    kind: Line
    code: Line


class ForeignRow(StoreRow, table=True):
    """One entry of somebody else, at its position in the county's log; `verdict` is the county's:
    applied, or conflict.
    """

    __tablename__ = "foreign_entry"
    __table_args__ = (
        Index("foreign_entry_position", "position"),
        Index("foreign_entry_aside", "hash", "case_id", sqlite_where=text("verdict = 'conflict'")),
        STRICT,
    )
    device: Key
    seq: Annotated[int, Field(primary_key=True)]
    position: int
    hash: Line
    signature: Line
    act: Line
    actor: Line
    case_id: Annotated[str | None, Field(sa_type=Text, index=True)]
    at: Moment
    raw: Bytes
    verdict: Annotated[str, Field(sa_type=Text, sa_column_kwargs={"server_default": "applied"})]


class FormerEntryRow(StoreRow, table=True):
    """One entry of a journal that this folder wrote under an earlier identity, as it was signed.
    Never read for a page: the evidence that nothing was lost when it was enrolled anew.
    """

    __tablename__ = "former_entry"
    __table_args__ = (STRICT,)
    device: Key
    seq: Annotated[int, Field(primary_key=True)]
    hash: Line
    signature: Line
    raw: Bytes


class FormerPlaceRow(StoreRow, table=True):
    """Where the county's log has an own entry, read while this folder is being enrolled anew; empty
    otherwise.
    """

    __tablename__ = "former_place"
    hash: Key
    position: int
    verdict: Line


class MendingRow(StoreRow, table=True):
    """The one agreement whose row is just being made anew from its entries; empty otherwise. Only
    there the seal of a row stands back, because the county's log has sealed another text.
    """

    __tablename__ = "mending"
    id: Key


class DeviceCardRow(StoreRow, table=True):
    """Who a device is, in the county's signed words."""

    __tablename__ = "device_card"
    device: Key
    raw: Line
    signature: Line


class DraftRow(StoreRow, table=True):
    """What was typed and not yet saved."""

    __tablename__ = "draft"
    key: Key
    body: Line
    kept_at: Moment


class SettingRow(StoreRow, table=True):
    """A small value of this device."""

    __tablename__ = "setting"
    __table_args__ = CLUSTERED
    key: Key
    value: Line


class SchemaVersionRow(StoreRow, table=True):
    """One migration that was run, and by which version of Heshi."""

    __tablename__ = "schema_version"
    version: Annotated[int, Field(primary_key=True)]
    applied_at: Moment
    app_version: Line


class AttachmentFileRow(StoreRow, table=True):
    """The key of one encrypted file of the attachments folder, known by the SHA-256 of its plain
    bytes.

    `fetched`: it came from the county and need not go there.
    """

    __tablename__ = "attachment_file"
    __table_args__ = (
        Index("attachment_file_put_in", "sha256", "size", sqlite_where=text("fetched = 0")),
        STRICT,
    )
    sha256: Key
    secret: Bytes
    size: int
    kept_at: Moment
    fetched: LaterFlag


class FileComingRow(StoreRow, table=True):
    """The key of one file of which the county has sent a part. How much is here, the disk tells."""

    __tablename__ = "file_coming"
    sha256: Key
    secret: Bytes
    size: int
    begun_at: Moment


class FileOutboxRow(StoreRow, table=True):
    """A file that could not be sent: how often, why (a ProblemCode value), and when it is tried
    again; without a moment it needs a person.
    """

    __tablename__ = "file_outbox"
    sha256: Key
    tries: int
    next_try: MaybeLine
    problem: Line


class CountyPackRow(StoreRow, table=True):
    """A data pack that the county sent: the JSON document of the one in use (`ready`), or the
    packed bytes that have come of the next one.
    """

    __tablename__ = "county_pack"
    mark: Key
    ready: Flag
    body: Bytes


class FileReceiptRow(StoreRow, table=True):
    """The county's signed word that it holds a whole file, one for each of its epochs."""

    __tablename__ = "file_receipt"
    sha256: Key
    epoch: Key
    size: int
    received_at: Moment
    signature: Line
    raw: Line


class CaseLineRow(StoreRow, table=True):
    """One case as lists show, sort and filter it; made anew whenever something in it changes.

    `touched` orders by last change.
    """

    __tablename__ = "case_list"
    __table_args__ = (
        Index("case_list_returned", "is_foreign", sqlite_where=text("review_state = 'returned'")),
        Index("case_list_touched", "touched"),
        STRICT,
    )
    key: Annotated[int, Field(primary_key=True, foreign_key="case_head.key")]
    id: Line
    committee_id: Line
    mediator_ids: Line
    applicants: Line
    respondents: Line
    names_sort: Line
    matter: Line
    dispute_type: Line
    stage: Line
    grade: Line
    accepted_on: Day
    year: int | None
    amount: int | None
    number: Line
    oral: Flag
    review_state: Line
    is_foreign: Flag
    touched: int


RECORD_ROWS: dict[str, type[RecordRow]] = {
    "committee": CommitteeRow,
    "mediator": MediatorRow,
    "person": PersonRow,
    "organisation": OrganisationRow,
    "case": CaseRow,
    "party": PartyRow,
    "session": SessionRow,
    "agreement": AgreementRow,
    "follow_up": FollowUpRow,
    "review": ReviewRow,
    "submission": SubmissionRow,
    "issued_number": IssuedNumberRow,
    "number_block": NumberBlockRow,
    "attachment": AttachmentRow,
    "investigation": InvestigationRow,
    "evidence": EvidenceRow,
    "letter": LetterRow,
    "performance": PerformanceRow,
    "confirmation": ConfirmationRow,
    "printing": PrintingRow,
    "reading": ReadingRow,
    "handover": HandoverRow,
    "settlement": SettlementRow,
}
