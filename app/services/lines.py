"""What lists and status lines show: frozen values that may travel between threads. Never a row,
never a session.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.cases import RiskGrade, Stage
from app.domain.ids import RecordId
from app.domain.reviews import ReviewState


class Delivery(StrEnum):
    """How far a record is on its way, computed from the journal and never stored (design: words on
    screen).
    """

    HERE = "here"  # saved on this computer; the laptop is not enrolled, so nothing waits
    WAITING = "waiting"
    SENDING = "sending"
    RECEIVED = "received"  # every entry has a verified receipt
    COMPLETE = "complete"  # ... and every file; without attachments the same as received
    ATTENTION = "attention"  # the county has refused it, or two people wrote the same
    FOREIGN = "foreign"  # written by somebody else and pulled from the county


class CaseSort(StrEnum):
    """Columns a case list can be sorted by."""

    TOUCHED = "touched"  # order of this store's last change
    ACCEPTED_ON = "accepted_on"
    NAMES = "names"  # by pinyin
    DISPUTE_TYPE = "dispute_type"
    STAGE = "stage"
    AMOUNT = "amount"
    NUMBER = "number"
    GRADE = "grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """What a case list is asked for. `text` finds words, names, pinyin initials and numbers; empty
    sets mean all.
    """

    text: str = ""
    stages: frozenset[Stage] = frozenset()
    dispute_types: frozenset[str] = frozenset()
    grades: frozenset[RiskGrade] = frozenset()
    deliveries: frozenset[Delivery] = frozenset()
    review_states: frozenset[ReviewState] = frozenset()
    year: int | None = None
    foreign: bool | None = None  # True: only cases of others, False: only own, None: both
    sort: CaseSort = CaseSort.TOUCHED
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case in a list. `key` is the store's own small number for paging; `amount` in fen; names
    are joined with 、.
    """

    key: int
    id: RecordId
    applicants: str
    respondents: str
    matter: str
    dispute_type: str
    stage: Stage
    grade: RiskGrade
    accepted_on: date | None
    amount: int | None
    number: str
    mediators: str
    committee: str
    delivery: Delivery
    review_state: ReviewState
    oral: bool
    own_committee: bool = False  # a colleague of the own committee has it


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person or organisation in a list; `id_masked` and `phone_masked` hide the middle."""

    id: RecordId
    organisation: bool
    name: str
    sex: str
    birth_date: date | None
    address: str
    id_masked: str
    phone_masked: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One entry of the audit trail. `at` is the writing device's claim (UTC); `clock_error_ms` what
    it knew then of county time minus its own, None if nothing; `act` a value of `Act`; `fields`
    what changed, ``kind.field``; `records` what was touched, ``kind:id``.
    """

    device: str
    seq: int
    at: datetime
    actor: str
    act: str
    fields: tuple[str, ...]
    delivery: Delivery
    clock_error_ms: int | None = None
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileState:
    """Where one file of a case is: `here` on this computer; `received` the county has it; `needy`
    it is not sent again by itself.
    """

    here: bool
    received: bool
    needy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """One entry of the journal's tail, or one file that waits. `size` in plain bytes; `problem` a
    ProblemCode value when it needs a person, or, of a file that is put off, why.

    `record` (``kind:id``) is what an entry is about: the record that the county named, or the first
    that it touched; `hash` is the entry's. Of a file, `file` is its SHA-256, `name` its own name,
    `kind` an AttachmentKind value, and `seq`, `at` and `act` tell of the entry it came with.
    """

    seq: int
    at: datetime
    act: str
    case_id: RecordId | None
    case_title: str
    size: int
    delivery: Delivery
    problem: str = ""
    record: str = ""
    hash: str = ""
    file: str = ""
    name: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """What the status line tells. `last_contact` is the UTC moment by county time of the last
    verified answer; None if there was none.

    `conflicts` counts entries, own and of others, that collided and that nobody has settled yet.
    `waiting_files` and `waiting_file_bytes` are of attachments, in plain bytes. `oldest_waiting` is
    the claim of the oldest waiting entry (UTC). `line_rate` in bytes per second as last measured, 0
    if never. After `failures` contacts that broke off in a row, `next_try` (UTC by this device's
    clock) is when the next is due, and `trouble` the ProblemCode value of the last.
    """

    enrolled: bool
    county_name: str = ""
    waiting: int = 0
    waiting_bytes: int = 0
    attention: int = 0
    returned: int = 0
    last_contact: datetime | None = None
    clock_offset_ms: int | None = None
    waiting_files: int = 0
    waiting_file_bytes: int = 0
    conflicts: int = 0
    oldest_waiting: datetime | None = None
    line_rate: int = 0
    failures: int = 0
    next_try: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """What was typed and not yet saved. `key` names the form (``session:<id>``); `body` is the
    form's own JSON; `kept_at` UTC.
    """

    key: str
    body: str
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one committed unit of work changed, announced once: kinds of record and the cases
    concerned.
    """

    kinds: frozenset[str]
    case_ids: frozenset[RecordId] = field(default_factory=frozenset)
