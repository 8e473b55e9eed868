"""What services need from outside, as Protocols. Storage, sync, security and documents satisfy
them; nobody inherits from them.

One unit of work is one job on one thread: opened, used, committed at most once, closed. Across
threads travel only its results.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:  # the window starts without the whole domain and without pydantic
    from app.domain.acts import Act
    from app.domain.casefile import CaseFile
    from app.domain.clocks import ClockRules
    from app.domain.codes import CodeBook
    from app.domain.ids import RecordId
    from app.domain.records import Record
    from app.services.lines import (
        CaseLine,
        CaseQuery,
        Change,
        DraftLine,
        FileState,
        HistoryLine,
        PersonLine,
        SyncStatus,
        WaitingLine,
    )
    from app.services.paper_values import (
        FilePart,
        PageImage,
        Printed,
        PrintedFile,
        ScannedPage,
        TakenPhoto,
    )
    from app.services.told import Told
    from app.wire.exchange import DeviceCard, Receipt, Verdict
    from app.wire.exchange2 import FileReceipt, SpanReceipt
    from app.wire.journal import Entry, SealedEntry

R = TypeVar("R", bound="Record")


class Clock(Protocol):
    """The device's clock: a claim, never a truth. Fakes stand still."""

    def now(self) -> datetime:
        """Aware UTC moment."""
        ...

    def today(self) -> date:
        """Local date."""
        ...


class PaperKey(Protocol):
    """The key with which this device seals papers (P-256); the private half never leaves it."""

    @property
    def public_key(self) -> str:
        """The uncompressed point, 130 hex digits."""
        ...

    def prove(self, device_id: str) -> str:
        """Hex of this key's own signature over `wire.exchange.paper_key_message`."""
        ...

    def fits(self, certificate: str, county_ca: str) -> bool:
        """Whether `certificate` (PEM) is the word of `county_ca` (PEM) for this very key."""
        ...


class PaperSigner(Protocol):
    """Seals a made paper, so that anybody can see whether it was changed since."""

    def sign(self, pdf: bytes, *, at: datetime, reason: str) -> bytes:
        """The same PDF with one certification signature that allows no change (PAdES-B-B).

        `at` (aware) is what this device's clock claims; `reason` is
        `services.paper_checking.reason_for`. The same three give the same bytes. Raises `Refused`
        TEMPLATE_BROKEN for what is no PDF, or is signed already.
        """
        ...


class BoxKey(Protocol):
    """The key that parcels for this device are closed with (X25519); the private half never leaves
    it.
    """

    @property
    def public_key(self) -> str:
        """64 hex digits."""
        ...

    def open(self, other: bytes) -> bytes:
        """The 32 bytes that only this key and the owner of the public key `other` (32 bytes) can
        know. Raises ValueError for a key that would let anybody know them.
        """
        ...


class DeviceKey(Protocol):
    """This device's identity; the private half never leaves it."""

    @property
    def device_id(self) -> str: ...

    @property
    def public_key(self) -> str:
        """Ed25519 public key, 64 hex digits."""
        ...

    @property
    def paper(self) -> PaperKey | None:
        """The key for papers; None on a device that makes none."""
        ...

    @property
    def box(self) -> BoxKey: ...

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes."""
        ...


class SignatureCheck(Protocol):
    """Ed25519 verification, so that storage and services need no cryptography of their own."""

    def __call__(self, public_key: str, message: bytes, signature: str) -> bool: ...


class Records(Protocol):
    """Domain records by identity. What is put is written, with its journal entry, by the unit's
    `commit`.
    """

    def find(self, kind: type[R], record_id: RecordId) -> R | None: ...

    def get(self, kind: type[R], record_id: RecordId) -> R:
        """Raises `Refused` RECORD_NOT_FOUND."""
        ...

    def put(self, record: Record, *, based_on: Record | None = None) -> Record:
        """Stages a new or changed record and returns it as it will be stored.

        With `based_on` (what the person saw when the editing began) only the fields that differ
        from it are taken over, so that what came in meanwhile stays; raises `Refused`
        CHANGED_MEANWHILE where both changed one field to different values. Raises NOT_YOURS for a
        case that another device has, and what hangs on it; people, organisations, mediators,
        committee and numbers are written by all laptops of the committee.
        """
        ...

    def of_case(self, kind: type[R], case_id: RecordId) -> tuple[R, ...]:
        """All records of one kind of one case, in their own order."""
        ...

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """All records of a small kind: committees, mediators, numbers, blocks."""
        ...

    def case_file(self, case_id: RecordId) -> CaseFile:
        """The whole case. Raises `Refused` RECORD_NOT_FOUND."""
        ...

    def is_foreign(self, case_id: RecordId) -> bool:
        """Whether another device has the case, and it is only mirrored here."""
        ...

    def is_own(self, device: str) -> bool:
        """Whether `device` is this laptop, one that it was before, or another of its person's."""
        ...

    def assignee(self, case_id: RecordId) -> str | None:
        """The id of the device that has the case now; None for an unknown case."""
        ...


class Lists(Protocol):
    """What lists show. Reads go straight to the store, never through domain records."""

    def case_keys(self, query: CaseQuery) -> tuple[int, ...]:
        """Keys of all cases that match, in order."""
        ...

    def case_lines(self, keys: Sequence[int]) -> tuple[CaseLine, ...]:
        """Lines for some of the keys, in the order of `keys`; keys that are gone are left out."""
        ...

    def people(self, text: str, limit: int = 50) -> tuple[PersonLine, ...]:
        """People and organisations by name, pinyin, initials, phone or address; most used first for
        an empty text.
        """
        ...

    def cases_of(self, person_id: RecordId) -> tuple[CaseLine, ...]: ...

    def history(self, case_id: RecordId) -> tuple[HistoryLine, ...]:
        """The audit trail of one case, newest first."""
        ...

    def waiting(self) -> tuple[WaitingLine, ...]:
        """The journal's tail that no receipt covers, oldest first, and entries that need
        attention.
        """
        ...

    def waiting_files(self, limit: int) -> tuple[WaitingLine, ...]:
        """Files that were put in here and that the county has not given its word for: those that
        need a person first, then in the order in which they came here.
        """
        ...

    def status(self) -> SyncStatus: ...


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking the whole own journal found: how many entries, and the first number at which
    the chain breaks (None if whole).
    """

    entries: int
    broken_at: int | None


class JournalBook(Protocol):
    """The own journal and what came from others."""

    def tail(self, limit: int) -> tuple[SealedEntry, ...]:
        """Own entries without a receipt, oldest first."""
        ...

    def own_from(self, seq: int, limit: int) -> tuple[SealedEntry, ...]:
        """Own entries from number `seq` on, receipted or not, oldest first: what a restored county
        has lost is offered again.
        """
        ...

    def receipted(self) -> int:
        """All own entries up to this number have a receipt of the present epoch; 0 before the
        first.
        """
        ...

    def own_head(self) -> int:
        """The number of the last own entry; 0 before the first."""
        ...

    def add_receipts(self, receipts: Sequence[tuple[Receipt, str, str]]) -> int:
        """Stores verified receipts (with raw text and signature); returns how many were new.
        Unknown entries and other hashes are refused.
        """
        ...

    def add_spans(self, spans: Sequence[tuple[SpanReceipt, str, str]]) -> int:
        """Stores verified receipts of several entries each; returns how many entries had none of
        that epoch yet.

        Raises `Refused` RECEIPT_NOT_GENUINE for a span that does not end in an own entry of that
        hash.
        """
        ...

    def add_verdicts(self, verdicts: Sequence[Verdict]) -> None: ...

    def add_cards(self, cards: Sequence[tuple[DeviceCard, str, str]]) -> None:
        """Stores verified device cards (with raw text and signature)."""
        ...

    def card(self, device_id: str) -> DeviceCard | None: ...

    def cards(self) -> tuple[DeviceCard, ...]:
        """All cards that this store has heard of."""
        ...

    def revoked_devices(self) -> frozenset[str]:
        """Ids of the devices that the county struck off, as far as this store has heard."""
        ...

    def add_foreign(
        self, position: int, sealed: SealedEntry, entry: Entry, *, verdict: str = "applied"
    ) -> bool:
        """Takes over a verified entry of somebody else; False if it was there already.

        `verdict` is the county's: an entry in ``conflict`` is kept and shown, and changes no
        record.
        """
        ...

    def forget_places(self) -> None:
        """While this folder is being enrolled anew: the county's log is read from its start."""
        ...

    def begin_anew(self, device: DeviceKey, lent: Collection[tuple[str, int]] = ()) -> int:
        """Makes `device` the writer of this journal. What the log, read to its end, has of the own
        entries becomes an entry of another device; the rest is written anew. Returns how many those
        are. The former journal is kept as it was signed. Of the years in `lent` (id and year of
        number blocks) only these blocks are the device's.
        """
        ...

    def tell_lost(self) -> int:
        """Writes anew what this folder told under former identities and the log of a restored
        county, read from its start, does not have. Returns how many entries those are.
        """
        ...

    def entries_of(self, kind: str, record_id: str) -> tuple[Told, ...]:
        """Every entry that tells of the record, in the order in which they count: the county's log,
        then what it has not judged. Reads both journals through: for what is rare.
        """
        ...

    def set_aside(self, case_id: str | None = None) -> tuple[Told, ...]:
        """Entries in conflict, own and of others, that no settlement names; of one case, or all."""
        ...

    def foreign_sum(self) -> tuple[int, str]:
        """How many entries of others are held, and `wire.parts.hashes_sum` of them."""
        ...

    def foreign_buckets(self) -> str:
        """`wire.parts.bucket_sums` of them."""
        ...

    def not_held(self, hashes: Sequence[str]) -> tuple[str, ...]:
        """Those of `hashes` that are neither own nor held."""
        ...

    def verify(self) -> Verified:
        """Walks the own chain from the first entry: numbers, hashes, signatures, and records
        against entries.
        """
        ...


class Drafts(Protocol):
    """What was typed and not yet saved."""

    def keep(self, key: str, body: str) -> None: ...

    def find(self, key: str) -> DraftLine | None: ...

    def drop(self, key: str) -> None: ...

    def all(self) -> tuple[DraftLine, ...]: ...


class Settings(Protocol):
    """Small values of this device that are nobody's record: county address, cursor, epoch,
    preferences. Encrypted like all else.
    """

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, value: str | None) -> None: ...


class Packs(Protocol):
    """The county's data pack: one in use, one coming. `mark` is the SHA-256 (hex) of a document."""

    def mark(self) -> str:
        """Of the pack in use, "" for none."""
        ...

    def document(self) -> bytes:
        """The pack in use: JSON, file name -> content; empty where there is none."""
        ...

    def coming(self) -> tuple[str, int]:
        """Mark of the pack that is coming ("" for none), and how many packed bytes are here."""
        ...

    def add(self, mark: str, offset: int, data: bytes) -> bytes:
        """All that is here of a coming pack, with `data` where it joins."""
        ...

    def use(self, mark: str, document: bytes) -> None:
        """From the next start on; what was in use and what was coming goes."""
        ...

    def drop(self) -> bool:
        """Back to what Heshi brings along; False where nothing was here."""
        ...

    def forget_coming(self) -> None:
        """What has come of the next pack goes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFile:
    """A file of an attachment that the county has not given its word for. `sha256` in hex, `size`
    in plain bytes; `case_id` the case that named it first.

    `returned`: a supervisor has returned the case. `tries`: how often it was put off, the last time
    for `problem` (a ProblemCode value).
    """

    sha256: str
    size: int
    case_id: RecordId
    returned: bool = False
    tries: int = 0
    problem: str = ""


class Files(Protocol):
    """Bytes of attachments, known by their SHA-256 (64 lower hex digits), encrypted where they
    lie.
    """

    def keep(self, data: bytes) -> str:
        """Keeps the bytes, the same ones once, and returns their SHA-256. They count with the
        unit's `commit`.

        Raises `Refused` DISK_FULL, STORE_FOLDER_UNUSABLE.
        """
        ...

    def read(self, digest: str) -> bytes:
        """Raises `Refused` ATTACHMENT_MISSING, ATTACHMENT_DAMAGED."""
        ...

    def has(self, digest: str) -> bool: ...

    def pieces(self, digest: str, offset: int = 0) -> Iterator[bytes]:
        """The bytes from `offset` on, at most 64 KiB at a time; memory holds one piece. Once begun,
        it needs the unit of work no more.

        Raises `Refused` ATTACHMENT_MISSING at once, ATTACHMENT_DAMAGED at the piece.
        """
        ...

    def coming(self, digest: str, size: int) -> int:
        """How many bytes, from its beginning, are here of a file of `size` bytes that is fetched;
        all of them where the file itself is.
        """
        ...

    def take(self, digest: str, size: int, offset: int, data: bytes) -> int:
        """Takes the next bytes of a file that is fetched, and returns how many are here now; bytes
        that are here already and such as leave a gap change nothing.

        They last with the unit's `commit`. The last ones make it a file like any other, if it has
        that SHA-256. Otherwise raises `Refused` ATTACHMENT_DAMAGED: nothing of it is kept, and the
        unit of work may go on. Raises FILE_TOO_LARGE, DISK_FULL, STORE_FOLDER_UNUSABLE besides.
        """
        ...

    def waiting(self, limit: int, *, put_off: bool = False) -> tuple[WaitingFile, ...]:
        """Files that are to go to the county: those of cases that a supervisor returned first, then
        in the order in which they came here. Voided attachments count: the record says so.

        Those that were put off are left out until their time, or with `put_off` are not. Whether
        the bytes are whole is found by `pieces`; what is not is put off with its reason.
        """
        ...

    def elsewhere(self, limit: int) -> tuple[WaitingFile, ...]:
        """Files of own cases that were never here, because another laptop had the case before, and
        that the county has not given its word for to this one. Asking it is all that can be done.
        """
        ...

    def states(self, case_id: RecordId) -> Mapping[str, FileState]:
        """Where the files of a case are, by SHA-256; what came from the county is there too."""
        ...

    def lacking(self, limit: int) -> tuple[WaitingFile, ...]:
        """Files that this device is to have and has not: of own cases, and where somebody
        supervises, of cases under review, those first.
        """
        ...

    def waiting_size(self) -> tuple[int, int]:
        """How many files that were put in here the county does not have, and their bytes."""
        ...

    def add_receipts(self, receipts: Sequence[tuple[FileReceipt, str, str]]) -> int:
        """Stores verified receipts (with raw text and signature); returns how many were new. Words
        about other files or another size are left out.
        """
        ...

    def put_off(self, digest: str, problem: str, next_try: datetime | None) -> None:
        """The file could not be sent for `problem` (a ProblemCode value). It is tried again at
        `next_try` (UTC by this clock; a day from now at the latest); with None it needs a person.
        """
        ...

    def try_again(self, digest: str) -> None:
        """What stood in the way of the file is forgotten; it waits like the others."""
        ...


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is at the keyboard: name, mediator id where there is one, own committee, and role
    (mediator, supervisor, administrator).
    """

    name: str = ""
    mediator_id: RecordId | None = None
    committee_id: RecordId | None = None
    role: str = "mediator"


class UnitOfWork(Protocol):
    """One job's view of the store. Leaving without `commit` leaves no trace."""

    @property
    def records(self) -> Records: ...

    @property
    def lists(self) -> Lists: ...

    @property
    def journal(self) -> JournalBook: ...

    @property
    def drafts(self) -> Drafts: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def packs(self) -> Packs: ...

    @property
    def files(self) -> Files: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def changed(self) -> Change | None:
        """What `commit` wrote; None before it."""
        ...

    @property
    def app_version(self) -> str: ...

    def now(self) -> datetime:
        """Aware UTC moment by this device's clock."""
        ...

    def today(self) -> date:
        """Local date, corrected by what is known of the clock's error."""
        ...

    def commit(self, act: Act | None = None, case_id: RecordId | None = None) -> Change:
        """Writes everything durably in one transaction: rows, one journal entry for `act` (needed
        when records were put), drafts, settings.

        Returns what changed. Raises `Refused` DISK_FULL, STORE_READ_ONLY, STORE_BUSY; then nothing
        was written.
        """
        ...


OpenUnit = Callable[[], AbstractContextManager[UnitOfWork]]


class CountyLine(Protocol):
    """The wire to the county, one request at a time. What comes back is no evidence of anything
    until a signature verifies.

    Raises `Refused`: NO_NETWORK, COUNTY_UNREACHABLE, LINE_NOT_COUNTY, FOREIGN_ANSWER, ANSWER_CUT,
    ANSWER_TOO_LATE, COUNTY_BUSY (with the fact `retry_after` in seconds, if somebody said so),
    COUNTY_REFUSED (too much for a server before the county's), COUNTY_OLDER.
    """

    def post(
        self, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[bytes, Mapping[str, str]]:
        """Sends one body; returns body and headers of whatever answered."""
        ...

    def stream(
        self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]
    ) -> tuple[bytes, Mapping[str, str]]:
        """Sends `parts` as one body; returns body and headers of whatever answered.

        A part is asked for when the line has taken the one before, so a slow line makes few and
        memory holds one. What `parts` raises ends the request and comes out as it is. An answer
        that comes before the last part ends the sending and is returned; then parts stay unasked.
        After ANSWER_CUT and ANSWER_TOO_LATE any number of parts may have arrived. The parts are
        never asked for twice.
        """
        ...


class Printshop(Protocol):
    """Domain to paper. Raises `Refused` CHARACTER_NOT_IN_FONT, TEMPLATE_BROKEN,
    RECORD_NOT_FOUND.
    """

    def make(self, file: CaseFile, document: str, subject_id: RecordId, today: date) -> Printed:
        """`document` is a DocumentKind value, `subject_id` the session or agreement (or the case)
        it is about.
        """
        ...

    def make_file(
        self, file: CaseFile, parts: Sequence[FilePart], today: date, *, bound: bool = True
    ) -> PrintedFile:
        """`parts` in one PDF; nothing is added to them and blanks stand only for what they name.

        `bound`: with the file's page numbers, and a contents part that lists the others with their
        pages. Raises NOTHING_TO_PRINT without parts.
        """
        ...

    def digests(self, file: CaseFile, parts: Sequence[FilePart], today: date) -> tuple[str, ...]:
        """The `PrintedPart.digest` of each part, without setting it in type; "" where it depends on
        the layout, as a contents page does.
        """
        ...

    def make_loose(self, template: str, values: Mapping[str, object], today: date) -> Printed:
        """A paper that belongs to no case, such as a register book, in the template of that name.

        `values` are plain data (strings, numbers, lists, dicts) and hold at least ``title``; for
        ``number_register`` they are ``committee`` (its name), ``year`` and ``lines``
        (`RegisterLine`).
        """
        ...


class Preview(Protocol):
    """Pictures of a PDF's pages for the screen and the printer."""

    def __call__(
        self, pdf: bytes, dpi: int, first: int = 0, count: int | None = None
    ) -> tuple[PageImage, ...]:
        """`count` pages from page `first` (from 0) at `dpi` dots per inch; all without them. A long
        paper is drawn a few pages at a time.
        """
        ...


class ScanReader(Protocol):
    """Pictures from scanners, cameras and scanner programs. Whatever the bytes are, raises only
    `Refused`: SCAN_UNREADABLE, PICTURE_TOO_LARGE, ATTACHMENT_KIND_UNKNOWN, TOO_MANY (pages).
    """

    def pages(self, data: bytes) -> tuple[bytes, ...]:
        """Each page of a PDF or TIFF as a picture of its own; other pictures as they are."""
        ...

    def read(self, data: bytes) -> ScannedPage:
        """One page: upright, straight, on white paper, red fingerprints and seals still red."""
        ...

    def photo(self, data: bytes) -> TakenPhoto:
        """A photograph to be kept."""
        ...

    def photo_for_paper(self, data: bytes) -> bytes:
        """A JPEG as large as two to four on a page need it."""
        ...


@dataclass(frozen=True, slots=True)
class Practice:
    """What the county decides and packs hold: codes, clock rules, number pattern, and other texts
    by name (parsed JSON).
    """

    codes: CodeBook
    clocks: ClockRules
    number_pattern: str
    texts: Mapping[str, object]
