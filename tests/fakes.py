"""One fake per port, written once: small, honest, in memory.

They must never differ from what the real rooms promise in `ports`.

`MemoryStore` keeps what was committed and hands out units of work; a unit that is left without
`commit` leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm, total_fen
from app.domain.attachments import Attachment
from app.domain.casefile import CaseFile
from app.domain.cases import Case
from app.domain.clocks import ClockRules
from app.domain.codes import Code, CodeBook, CodeTable
from app.domain.committees import Committee, Mediator
from app.domain.confirmations import Confirmation
from app.domain.evidence import Evidence
from app.domain.followups import FollowUp
from app.domain.handovers import Handover
from app.domain.ids import RecordId
from app.domain.investigations import Investigation
from app.domain.letters import Letter
from app.domain.numbering import IssuedNumber
from app.domain.parties import Party, PartyRole
from app.domain.people import Organisation, Person
from app.domain.performances import Performance
from app.domain.printing import Printing
from app.domain.problems import ProblemCode, refuse
from app.domain.readings import Reading
from app.domain.records import Record, case_of, kind_of
from app.domain.reviews import Review, ReviewState, Submission
from app.domain.sessions import Session
from app.domain.settlements import Settlement
from app.domain.text import mask_id, mask_phone
from app.services.lines import (
    CaseLine,
    CaseQuery,
    Change,
    Delivery,
    DraftLine,
    FileState,
    HistoryLine,
    PersonLine,
    SyncStatus,
    WaitingLine,
)
from app.services.paper_values import FilePart, Printed, PrintedFile, PrintedPart
from app.services.ports import Actor, DeviceKey, Practice, Verified, WaitingFile
from app.services.told import Standing, Told
from app.wire.box import X25519Box
from app.wire.exchange import DeviceCard, Receipt, Verdict
from app.wire.exchange2 import FileReceipt, SpanReceipt
from app.wire.journal import FIRST_PREVIOUS, Entry, SealedEntry, entry_bytes, entry_hash
from app.wire.journal import Change as RecordChange
from app.wire.parts import bucket_sums, hashes_sum
from app.wire.records import changed_fields, from_fields, to_fields

R = TypeVar("R", bound=Record)
BEIJING = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # twelve o'clock in Beijing
PACKS = Path(__file__).resolve().parents[1] / "resources" / "packs"


@dataclass
class FixedClock:
    """A clock that stands still until somebody moves it."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.astimezone(BEIJING).date()

    def forward(self, **parts: float) -> None:
        """Moves the hands, as `timedelta` counts."""
        self.moment += timedelta(**parts)


class FakeDevice:
    """A device with a real Ed25519 key, the same in every run; `name` tells two of them apart."""

    def __init__(self, name: str = "laptop") -> None:
        seed = sha256(name.encode()).digest()
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._box = X25519Box(sha256(b"box " + seed).hexdigest())
        digits = seed.hex()
        self.device_id = "-".join(
            (digits[:8], digits[8:12], "7" + digits[13:16], "8" + digits[17:20], digits[20:32])
        )

    @property
    def public_key(self) -> str:
        return self._key.public_key().public_bytes_raw().hex()

    @property
    def box(self) -> X25519Box:
        return self._box

    @property
    def paper(self) -> None:
        """None: who tries papers gives the services a `FakePaperSeal`."""
        return None

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


class FakePaperSeal:
    """A `PaperSigner` that writes below a paper what it was asked to seal, and keeps it."""

    def __init__(self) -> None:
        self.asked: list[tuple[datetime, str]] = []

    def sign(self, pdf: bytes, *, at: datetime, reason: str) -> bytes:
        self.asked.append((at, reason))
        return pdf + f"\n%sealed {at.isoformat()} {reason}\n".encode()


def signature_fits(public_key: str, message: bytes, signature: str) -> bool:
    """The `SignatureCheck` of the tests: real Ed25519."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


class PlainBinder:
    """The part of a printshop that binds: one page for each part, and nothing on it."""

    def make_file(
        self, file: object, parts: Sequence[FilePart], today: date, *, bound: bool = True
    ) -> PrintedFile:
        del file, today, bound
        placed = tuple(
            PrintedPart(part.kind, part.subject_id, part.title, page, page, "0" * 64)
            for page, part in enumerate(parts, 1)
        )
        return PrintedFile(b"%PDF-", len(placed), "file.pdf", placed)

    def digests(self, file: object, parts: Sequence[FilePart], today: date) -> tuple[str, ...]:
        del file, today
        return ("0" * 64,) * len(parts)

    def make_loose(self, template: str, values: Mapping[str, object], today: date) -> Printed:
        del values, today
        return Printed(b"%PDF-", 1, f"{template}.pdf")


class MemorySecrets:
    """A keyring in a dictionary; `broken` makes it refuse as a machine without one does."""

    def __init__(self, *, broken: bool = False) -> None:
        self.kept: dict[str, str] = {}
        self.broken = broken

    @property
    def name(self) -> str:
        return "" if self.broken else "memory"

    def get(self, account: str) -> str | None:
        return None if self.broken else self.kept.get(account)

    def set(self, account: str, value: str) -> bool:
        if not self.broken:
            self.kept[account] = value
        return not self.broken


Answer = tuple[bytes, Mapping[str, str]]


@dataclass
class DictLine:
    """A county line that answers out of a dictionary.

    Path -> answer, or a function of body and headers. Keeps what was sent.
    """

    answers: dict[str, Answer | Callable[[bytes, Mapping[str, str]], Answer]]
    sent: list[tuple[str, bytes]] = field(default_factory=list)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.sent.append((path, body))
        answer = self.answers.get(path)
        if answer is None:
            raise refuse(ProblemCode.COUNTY_UNREACHABLE)
        return answer(body, headers) if callable(answer) else answer


@dataclass
class _Stored:
    """What survives a unit of work."""

    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    last_entry: dict[tuple[str, str], str] = field(default_factory=dict)
    drafts: dict[str, DraftLine] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    entries: list[tuple[SealedEntry, Entry]] = field(default_factory=list)
    receipts: dict[int, Receipt] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    cards: dict[str, DeviceCard] = field(default_factory=dict)
    foreign: dict[tuple[str, int], Entry] = field(default_factory=dict)
    foreign_words: dict[tuple[str, int], tuple[Entry, int, Standing]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    coming: dict[str, bytes] = field(default_factory=dict)
    put_off: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)
    file_words: dict[tuple[str, str], FileReceipt] = field(default_factory=dict)
    packs: dict[bool, tuple[str, bytes]] = field(default_factory=dict)

    def copy(self) -> _Stored:
        """Containers of its own; what they hold is frozen."""
        return _Stored(**{one.name: copy(getattr(self, one.name)) for one in fields(self)})


class MemoryStore:
    """A store in memory. `unit()` is an `OpenUnit`; `kept` shows a test what was committed."""

    def __init__(self, device: FakeDevice | None = None, clock: FixedClock | None = None) -> None:
        self.clock = clock or FixedClock()
        self.device = device or FakeDevice()
        self.kept = _Stored()
        self.refuse_commit: ProblemCode | None = None

    @contextmanager
    def unit(self) -> Iterator[MemoryUnit]:
        yield MemoryUnit(self)

    @property
    def acts(self) -> list[str]:
        """What the journal says was done, in order."""
        return [entry.act for _, entry in self.kept.entries]


class MemoryUnit:
    """One unit of work on a `MemoryStore`; what it puts is seen by its own reads."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.draft = store.kept.copy()
        self._put: dict[tuple[str, str], Record] = {}
        self.records = MemoryRecords(self)
        self.lists = MemoryLists(self)
        self.journal = MemoryJournal(self)
        self.drafts = MemoryDrafts(self)
        self.settings = MemorySettings(self)
        self.files = MemoryFiles(self)
        self.packs = MemoryPacks(self)
        self.changed: Change | None = None

    @property
    def device_id(self) -> str:
        return self._store.device.device_id

    @property
    def actor(self) -> Actor:
        kept = self.draft.settings
        mediator, committee = kept.get("actor.mediator_id"), kept.get("actor.committee_id")
        return Actor(
            name=kept.get("actor.name", ""),
            mediator_id=RecordId(mediator) if mediator else None,
            committee_id=RecordId(committee) if committee else None,
            role=kept.get("actor.role", "mediator"),
        )

    @property
    def app_version(self) -> str:
        return "0.3.0"

    def now(self) -> datetime:
        return self._store.clock.now()

    def today(self) -> date:
        return self._store.clock.today()

    def stage(self, record: Record) -> None:
        key = (kind_of(record), record.id)
        owner = self.draft.owners.setdefault(key, self.device_id)
        case_id = case_of(record)
        if case_id and not isinstance(record, (Review, Submission, Handover, Settlement)):
            owner = self.records.assignee(RecordId(case_id)) or owner
        shared = isinstance(record, (Committee, Mediator, Person, Organisation, IssuedNumber))
        if owner != self.device_id and not (shared and self.actor.role == "mediator"):
            raise refuse(ProblemCode.NOT_YOURS)
        self.draft.records[key] = record
        self._put[key] = record

    def commit(self, act: Act | None = None, case_id: RecordId | None = None) -> Change:
        assert self.changed is None, "a unit of work is committed once"
        assert act is not None or not self._put, "records need an act"
        if self._store.refuse_commit:
            raise refuse(self._store.refuse_commit)
        if act is not None:
            self._write_entry(act, case_id)
        self._store.kept = self.draft
        cases = {RecordId(one) for one in map(case_of, self._put.values()) if one}
        kinds = frozenset(kind for kind, _ in self._put)
        self.changed = Change(
            kinds=kinds, case_ids=frozenset(cases | ({case_id} if case_id else set()))
        )
        return self.changed

    def _write_entry(self, act: Act, case_id: RecordId | None) -> None:
        before, last = self._store.kept.records, self.draft.last_entry
        changes = []
        for key, record in self._put.items():
            found = changed_fields(before.get(key), record)
            if found:
                base = last.get(key, "")
                changes.append(RecordChange(kind=key[0], id=key[1], base=base, set=dict(found)))
        written = self.draft.entries
        entry = Entry(
            device=self.device_id,
            seq=len(written) + 1,
            prev=written[-1][0].hash if written else FIRST_PREVIOUS,
            at=self.now(),
            actor=self.actor.name,
            act=act.value,
            case_id=case_id,
            committee_id=self.actor.committee_id,
            changes=tuple(changes),
        )
        raw = entry_bytes(entry)
        name = entry_hash(raw)
        signature = self._store.device.sign(bytes.fromhex(name)).hex()
        written.append((SealedEntry(raw=raw, signature=signature, hash=name), entry))
        last |= {(change.kind, change.id): name for change in changes}


class MemoryPacks:
    """The pack in use (True) and the one that is coming (False)."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._kept = unit.draft.packs

    def mark(self) -> str:
        return self._kept.get(True, ("", b""))[0]

    def document(self) -> bytes:
        return self._kept.get(True, ("", b""))[1]

    def coming(self) -> tuple[str, int]:
        mark, body = self._kept.get(False, ("", b""))
        return mark, len(body)

    def add(self, mark: str, offset: int, data: bytes) -> bytes:
        known, held = self._kept.get(False, ("", b""))
        held = held if known == mark else b""
        if offset <= len(held) < offset + len(data):
            held = held[:offset] + data
            self._kept[False] = mark, held
        return held

    def use(self, mark: str, document: bytes) -> None:
        self._kept.clear()
        self._kept[True] = mark, document

    def drop(self) -> bool:
        gone = bool(self._kept)
        self._kept.clear()
        return gone

    def forget_coming(self) -> None:
        self._kept.pop(False, None)


class MemoryRecords:
    """Records of one unit of work."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def _of(self, kind: type[R]) -> list[R]:
        return [one for one in self._unit.draft.records.values() if isinstance(one, kind)]

    def find(self, kind: type[R], record_id: RecordId) -> R | None:
        return next((one for one in self._of(kind) if one.id == record_id), None)

    def get(self, kind: type[R], record_id: RecordId) -> R:
        found = self.find(kind, record_id)
        if found is None:
            raise refuse(ProblemCode.RECORD_NOT_FOUND)
        return found

    def put(self, record: Record, *, based_on: Record | None = None) -> Record:
        now = self.find(type(record), record.id)
        if based_on is not None and now is not None and now != based_on:
            record = _merged(record, based_on, now)
        self._unit.stage(record)
        return record

    def of_case(self, kind: type[R], case_id: RecordId) -> tuple[R, ...]:
        found = [one for one in self._of(kind) if case_of(one) == case_id]
        return tuple(sorted(found, key=lambda one: getattr(one, "ordinal", 0)))

    def all(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(self._of(kind))

    def case_file(self, case_id: RecordId) -> CaseFile:
        case = self.get(Case, case_id)
        parties = self.of_case(Party, case_id)
        people = {party.person_id for party in parties} | {
            one.person_id for party in parties for one in party.representations
        }
        talks = self.of_case(Investigation, case_id)
        people |= {one.person_id for one in talks}
        units = {party.organisation_id for party in parties}
        mediators = self._of(Mediator)
        return CaseFile(
            case=case,
            committee=self.find(Committee, case.committee_id),
            mediators={one.id: one for one in mediators if one.committee_id == case.committee_id},
            parties=parties,
            people={one.id: one for one in self._of(Person) if one.id in people},
            organisations={one.id: one for one in self._of(Organisation) if one.id in units},
            sessions=self.of_case(Session, case_id),
            agreements=self.of_case(Agreement, case_id),
            follow_ups=self.of_case(FollowUp, case_id),
            reviews=self.of_case(Review, case_id),
            submissions=self.of_case(Submission, case_id),
            investigations=talks,
            evidence=self.of_case(Evidence, case_id),
            letters=self.of_case(Letter, case_id),
            performances=self.of_case(Performance, case_id),
            confirmations=self.of_case(Confirmation, case_id),
            attachments=self.of_case(Attachment, case_id),
            printings=self.of_case(Printing, case_id),
            readings=self.of_case(Reading, case_id),
            handovers=self.of_case(Handover, case_id),
        )

    def is_foreign(self, case_id: RecordId) -> bool:
        return self.assignee(case_id) not in (None, self._unit.device_id)

    def is_own(self, device: str) -> bool:
        return device == self._unit.device_id

    def assignee(self, case_id: RecordId) -> str | None:
        given = [one for one in self._of(Handover) if one.case_id == case_id]
        return given[-1].to_device if given else self._unit.draft.owners.get(("case", case_id))


def _merged(record: Record, based_on: Record, now: Record) -> Record:
    """Three ways: only what the person changed is taken over.

    One field changed twice to different values is refused.
    """
    mine: dict[str, Any] = {}
    for one in fields(record):
        new, old, here = (getattr(it, one.name) for it in (record, based_on, now))
        if new == old:
            continue
        if here not in (old, new):
            raise refuse(ProblemCode.CHANGED_MEANWHILE, one.name)
        mine[one.name] = new
    return replace(now, **mine)


class MemoryLists:
    """Just enough lists for services: names are found by their characters."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def _cases(self) -> list[Case]:
        return [one for one in self._unit.draft.records.values() if isinstance(one, Case)]

    def case_keys(self, query: CaseQuery) -> tuple[int, ...]:
        lines = [self._line(key) for key in range(len(self._cases()))]
        kept = [
            line.key
            for line in lines
            if query.text in f"{line.applicants}{line.respondents}{line.matter}{line.number}"
            and (not query.stages or line.stage in query.stages)
            and (not query.dispute_types or line.dispute_type in query.dispute_types)
        ]
        return tuple(reversed(kept) if query.descending else kept)

    def case_lines(self, keys: Sequence[int]) -> tuple[CaseLine, ...]:
        return tuple(self._line(key) for key in keys if key < len(self._cases()))

    def _line(self, key: int) -> CaseLine:
        file = self._unit.records.case_file(self._cases()[key].id)
        main = file.main_agreement()
        names = {
            role: "、".join(file.name_of(one) for one in file.living_parties if one.role is role)
            for role in PartyRole
        }
        return CaseLine(
            key=key,
            id=file.case.id,
            applicants=names[PartyRole.APPLICANT],
            respondents=names[PartyRole.RESPONDENT],
            matter=file.case.matter,
            dispute_type=file.case.dispute_type,
            stage=file.case.stage,
            grade=file.case.risk_grade,
            accepted_on=file.case.accepted_on,
            amount=total_fen(main) if main else file.case.amount_claimed,
            number=main.number if main else "",
            mediators="、".join(file.mediator_names()),
            committee=file.committee.name if file.committee else "",
            delivery=Delivery.HERE,
            review_state=file.review_state(),
            oral=main is not None and main.form is AgreementForm.ORAL,
        )

    def people(self, text: str, limit: int = 50) -> tuple[PersonLine, ...]:
        known = self._unit.draft.records.values()
        found = [
            PersonLine(
                id=one.id,
                organisation=isinstance(one, Organisation),
                name=one.name,
                sex=one.sex if isinstance(one, Person) else "",
                birth_date=one.birth_date if isinstance(one, Person) else None,
                address=one.address,
                id_masked=mask_id(one.id_no if isinstance(one, Person) else one.credit_code),
                phone_masked=mask_phone(one.phone),
                cases=0,
            )
            for one in known
            if isinstance(one, (Person, Organisation)) and text in one.name
        ]
        return tuple(found[:limit])

    def cases_of(self, person_id: RecordId) -> tuple[CaseLine, ...]:
        parties = [one for one in self._unit.draft.records.values() if isinstance(one, Party)]
        named = {
            one.case_id for one in parties if person_id in (one.person_id, one.organisation_id)
        }
        lines = [self._line(key) for key in range(len(self._cases()))]
        return tuple(line for line in lines if line.id in named)

    def history(self, case_id: RecordId) -> tuple[HistoryLine, ...]:
        lines = [
            HistoryLine(
                device=entry.device,
                seq=entry.seq,
                at=entry.at,
                actor=entry.actor,
                act=entry.act,
                fields=tuple(f"{one.kind}.{name}" for one in entry.changes for name in one.set),
                delivery=Delivery.HERE,
                clock_error_ms=entry.offset_ms,
                records=tuple(f"{one.kind}:{one.id}" for one in entry.changes),
            )
            for _, entry in self._unit.draft.entries
            if entry.case_id == case_id
        ]
        return tuple(reversed(lines))

    def waiting(self) -> tuple[WaitingLine, ...]:
        kept = self._unit.draft
        return tuple(
            WaitingLine(
                seq=entry.seq,
                at=entry.at,
                act=entry.act,
                case_id=RecordId(entry.case_id) if entry.case_id else None,
                case_title="",
                size=len(sealed.raw),
                delivery=Delivery.WAITING,
            )
            for sealed, entry in kept.entries
            if entry.seq not in kept.receipts
        )

    def waiting_files(self, limit: int) -> tuple[WaitingLine, ...]:
        kept = {one.sha256: one for one in self._unit.records.all(Attachment)}
        return tuple(
            WaitingLine(
                seq=0,
                at=self._unit.now(),
                act="attachment.added",
                case_id=one.case_id,
                case_title="",
                size=one.size,
                delivery=Delivery.WAITING,
                problem=one.problem,
                record=f"attachment:{kept[one.sha256].id}",
                file=one.sha256,
                name=kept[one.sha256].name,
                kind=kept[one.sha256].kind.value,
            )
            for one in self._unit.files.waiting(limit, put_off=True)
        )

    def status(self) -> SyncStatus:
        waiting = self.waiting()
        key = self._unit.draft.settings.get("county.key")
        returned = [one for one in self._cases() if self._state(one) is ReviewState.RETURNED]
        return SyncStatus(
            enrolled=bool(key),
            county_name=self._unit.draft.settings.get("county.name", ""),
            waiting=len(waiting),
            waiting_bytes=sum(line.size for line in waiting),
            attention=sum(one.kind != "applied" for one in self._unit.draft.verdicts),
            returned=len(returned),
        )

    def _state(self, case: Case) -> ReviewState:
        return self._unit.records.case_file(case.id).review_state()


class MemoryJournal:
    """The own chain, receipts, and what came from others."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def tail(self, limit: int) -> tuple[SealedEntry, ...]:
        kept = self._unit.draft
        open_ones = [sealed for sealed, entry in kept.entries if entry.seq not in kept.receipts]
        return tuple(open_ones[:limit])

    def receipted(self) -> int:
        kept = self._unit.draft
        waits = (entry.seq for _, entry in kept.entries if entry.seq not in kept.receipts)
        return next(waits, len(kept.entries) + 1) - 1

    def own_head(self) -> int:
        return len(self._unit.draft.entries)

    def forget_places(self) -> None:
        """There is no other identity here: what is enrolled anew is tried on real stores."""

    def begin_anew(self, device: DeviceKey, lent: Collection[tuple[str, int]] = ()) -> int:
        raise AssertionError("a folder is enrolled anew in a real store only")

    def tell_lost(self) -> int:
        raise AssertionError("a folder is enrolled anew in a real store only")

    def own_from(self, seq: int, limit: int) -> tuple[SealedEntry, ...]:
        found = [sealed for sealed, entry in self._unit.draft.entries if entry.seq >= seq]
        return tuple(found[:limit])

    def add_receipts(self, receipts: Sequence[tuple[Receipt, str, str]]) -> int:
        kept, new = self._unit.draft, 0
        for receipt, _, _ in receipts:
            known = {entry.seq: sealed for sealed, entry in kept.entries}
            sealed = known.get(receipt.seq)
            if sealed is None or sealed.hash != receipt.entry_hash:
                raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
            new += receipt.seq not in kept.receipts
            kept.receipts[receipt.seq] = receipt
        return new

    def add_spans(self, spans: Sequence[tuple[SpanReceipt, str, str]]) -> int:
        new = 0
        for span, raw, signature in spans:
            own = self._unit.draft.entries[span.first - 1 : span.last]
            last = own[-1][0].hash if len(own) == span.last - span.first + 1 else ""
            if last != span.entry_hash:
                raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
            for offset, (sealed, _) in enumerate(own):
                receipt = Receipt(
                    device=span.device,
                    seq=span.first + offset,
                    entry_hash=sealed.hash,
                    epoch=span.epoch,
                    position=span.position + offset,
                    received_at=span.received_at,
                )
                new += self.add_receipts([(receipt, raw, signature)])
        return new

    def foreign_sum(self) -> tuple[int, str]:
        hashes = self._foreign_hashes()
        return len(hashes), hashes_sum(hashes)

    def foreign_buckets(self) -> str:
        return bucket_sums(self._foreign_hashes())

    def not_held(self, hashes: Sequence[str]) -> tuple[str, ...]:
        held = {sealed.hash for sealed, _ in self._unit.draft.entries} | set(self._foreign_hashes())
        return tuple(one for one in hashes if one not in held)

    def _foreign_hashes(self) -> list[str]:
        return [entry_hash(entry_bytes(one)) for one in self._unit.draft.foreign.values()]

    def add_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        self._unit.draft.verdicts.extend(verdicts)

    def add_cards(self, cards: Sequence[tuple[DeviceCard, str, str]]) -> None:
        self._unit.draft.cards |= {card.device: card for card, _, _ in cards}

    def card(self, device_id: str) -> DeviceCard | None:
        return self._unit.draft.cards.get(device_id)

    def cards(self) -> tuple[DeviceCard, ...]:
        return tuple(self._unit.draft.cards.values())

    def entries_of(self, kind: str, record_id: str) -> tuple[Told, ...]:
        return tuple(
            one
            for one in self._told()
            if any((it.kind, it.id) == (kind, record_id) for it in one.entry.changes)
        )

    def set_aside(self, case_id: str | None = None) -> tuple[Told, ...]:
        settled = {
            one.entry_hash
            for one in self._unit.draft.records.values()
            if isinstance(one, Settlement)
        }
        return tuple(
            one
            for one in self._told()
            if one.standing is Standing.CONFLICT
            and one.hash not in settled
            and case_id in (None, one.entry.case_id)
        )

    def _told(self) -> list[Told]:
        kept = self._unit.draft
        said = {one.seq: Standing(one.kind) for one in kept.verdicts}
        told = [
            Told(entry, entry_hash(entry_bytes(entry)), standing, position, own=False)
            for entry, position, standing in kept.foreign_words.values()
        ]
        for sealed, entry in kept.entries:
            receipt = kept.receipts.get(entry.seq)
            standing = said.get(entry.seq, Standing.APPLIED if receipt else Standing.UNJUDGED)
            position = receipt.position if receipt else None
            told.append(Told(entry, sealed.hash, standing, position, own=True))
        last = len(told) + max((one.position or 0 for one in told), default=0)
        return sorted(told, key=lambda one: one.position or last + one.entry.seq)

    def revoked_devices(self) -> frozenset[str]:
        return frozenset(card.device for card in self._unit.draft.cards.values() if card.revoked)

    def add_foreign(
        self, position: int, sealed: SealedEntry, entry: Entry, *, verdict: str = "applied"
    ) -> bool:
        kept, key = self._unit.draft, (entry.device, entry.seq)
        if key in kept.foreign:
            return False
        kept.foreign[key] = entry
        kept.foreign_words[key] = (entry, position, Standing(verdict))
        if verdict != "applied":
            return True
        for change in entry.changes:
            place = (change.kind, change.id)
            before = kept.records.get(place)
            known = to_fields(before) if before else {}
            whole = {**known, "id": change.id, **change.set}
            kept.records[place] = from_fields(change.kind, whole)
            kept.owners.setdefault(place, entry.device)
        return True

    def verify(self) -> Verified:
        previous, entries = FIRST_PREVIOUS, self._unit.draft.entries
        for number, (sealed, entry) in enumerate(entries, 1):
            whole = entry.seq == number and entry.prev == previous
            if not whole or entry_hash(sealed.raw) != sealed.hash:
                return Verified(entries=len(entries), broken_at=number)
            previous = sealed.hash
        return Verified(entries=len(entries), broken_at=None)


class MemoryDrafts:
    """Drafts of one unit of work."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def keep(self, key: str, body: str) -> None:
        self._unit.draft.drafts[key] = DraftLine(key=key, body=body, kept_at=self._unit.now())

    def find(self, key: str) -> DraftLine | None:
        return self._unit.draft.drafts.get(key)

    def drop(self, key: str) -> None:
        self._unit.draft.drafts.pop(key, None)

    def all(self) -> tuple[DraftLine, ...]:
        return tuple(self._unit.draft.drafts.values())


class MemoryFiles:
    """Bytes of attachments in a dictionary."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def keep(self, data: bytes) -> str:
        digest = sha256(data).hexdigest()
        self._unit.draft.files[digest] = data
        return digest

    def read(self, digest: str) -> bytes:
        if digest not in self._unit.draft.files:
            raise refuse(ProblemCode.ATTACHMENT_MISSING)
        return self._unit.draft.files[digest]

    def has(self, digest: str) -> bool:
        return digest in self._unit.draft.files

    def pieces(self, digest: str, offset: int = 0) -> Iterator[bytes]:
        data = self.read(digest)
        return (data[at : at + 65_536] for at in range(offset, len(data), 65_536))

    def coming(self, digest: str, size: int) -> int:
        return size if self.has(digest) else len(self._unit.draft.coming.get(digest, b""))

    def take(self, digest: str, size: int, offset: int, data: bytes) -> int:
        here = self._unit.draft.coming.get(digest, b"")
        if self.has(digest) or offset > len(here):
            return self.coming(digest, size)
        whole = (here + data[len(here) - offset :])[:size]
        self._unit.draft.coming[digest] = whole
        if len(whole) == size:
            del self._unit.draft.coming[digest]
            if sha256(whole).hexdigest() != digest:
                raise refuse(ProblemCode.ATTACHMENT_DAMAGED)
            self._unit.draft.files[digest] = whole
        return len(whole)

    def waiting(self, limit: int, *, put_off: bool = False) -> tuple[WaitingFile, ...]:
        now, later = self._unit.now(), self._unit.draft.put_off
        found = [
            one
            for one in self._without_word()
            if self.has(one.sha256)
            and (
                put_off
                or one.sha256 not in later
                or (later[one.sha256][1] or datetime.max.replace(tzinfo=UTC)) <= now
            )
        ]
        return tuple(found[:limit])

    def elsewhere(self, limit: int) -> tuple[WaitingFile, ...]:
        return tuple([one for one in self._without_word() if not self.has(one.sha256)][:limit])

    def states(self, case_id: RecordId) -> dict[str, FileState]:
        kept = self._unit.draft
        epoch = kept.settings.get("county.epoch", "")
        return {
            one.sha256: FileState(
                here=self.has(one.sha256),
                received=(one.sha256, epoch) in kept.file_words,
                needy=kept.put_off.get(one.sha256, ("", kept))[1] is None,
            )
            for one in self._unit.records.of_case(Attachment, case_id)
        }

    def lacking(self, limit: int) -> tuple[WaitingFile, ...]:
        return self.elsewhere(limit)

    def waiting_size(self) -> tuple[int, int]:
        found = [one for one in self._without_word() if self.has(one.sha256)]
        return len(found), sum(one.size for one in found)

    def _without_word(self) -> list[WaitingFile]:
        """Files of own attachments, in their order."""
        draft = self._unit.draft
        named = {
            one.sha256: WaitingFile(
                sha256=one.sha256,
                size=one.size,
                case_id=one.case_id,
                problem=draft.put_off.get(one.sha256, ("", None))[0],
            )
            for one in reversed(self._unit.records.all(Attachment))
            if not self._unit.records.is_foreign(one.case_id)
        }
        epoch = draft.settings.get("county.epoch", "")
        return [
            one for one in reversed(named.values()) if (one.sha256, epoch) not in draft.file_words
        ]

    def add_receipts(self, receipts: Sequence[tuple[FileReceipt, str, str]]) -> int:
        held = self._unit.draft.file_words
        known = {one.sha256: one.size for one in self._unit.records.all(Attachment)}
        new = 0
        for receipt, _, _ in receipts:
            if known.get(receipt.sha256) == receipt.size:
                new += (receipt.sha256, receipt.epoch) not in held
                held[receipt.sha256, receipt.epoch] = receipt
                self._unit.draft.put_off.pop(receipt.sha256, None)
        return new

    def put_off(self, digest: str, problem: str, next_try: datetime | None) -> None:
        self._unit.draft.put_off[digest] = problem, next_try

    def try_again(self, digest: str) -> None:
        self._unit.draft.put_off.pop(digest, None)


class MemorySettings:
    """Settings of one unit of work."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def get(self, key: str) -> str | None:
        return self._unit.draft.settings.get(key)

    def put(self, key: str, value: str | None) -> None:
        if value is None:
            self._unit.draft.settings.pop(key, None)
        else:
            self._unit.draft.settings[key] = value


def code_book() -> CodeBook:
    """The code tables of the packs that ship, read without the storage room."""
    tables: dict[str, tuple[CodeTable, ...]] = {}
    for path in sorted(PACKS.rglob("*.json")):
        pack = json.loads(path.read_text(encoding="utf-8"))
        if "table" in pack:
            tables[pack["table"]] = (*tables.get(pack["table"], ()), _table(pack))
    return CodeBook(tables)


def _table(pack: dict[str, Any]) -> CodeTable:
    until = pack["effective_to"]
    codes = [
        Code(line["code"], line["zh"], line["en"], line.get("moj", "")) for line in pack["codes"]
    ]
    return CodeTable(
        name=pack["table"],
        title_zh=pack["title_zh"],
        title_en=pack["title_en"],
        effective_from=date.fromisoformat(pack["effective_from"]),
        effective_to=date.fromisoformat(until) if until else None,
        codes=tuple(codes),
    )


def practice(pattern: str = "〔{year}〕{short}人调字第{block}{serial:03d}号") -> Practice:
    """The practice of a county that has changed nothing."""
    return Practice(
        codes=code_book(), clocks=ClockRules(), number_pattern=pattern, texts=pack_texts()
    )


@cache
def pack_texts() -> Mapping[str, object]:
    """What the national pack holds beside its tables, by the names of the files."""
    found = {}
    for path in sorted((PACKS / "national").glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if "table" not in content and path.stem != "regions":
            found[path.stem] = content
    return found
