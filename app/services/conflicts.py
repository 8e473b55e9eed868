"""Two people wrote the same: both values with names and times, and what a person decides.

Reads the entry that the county has set aside beside what is in force. Never chooses by itself, and
nothing that was written goes away: the entry stays in the journal, settled or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.agreements import Agreement, AgreementState
from app.domain.cases import Case
from app.domain.ids import RecordId
from app.domain.people import Organisation, Person
from app.domain.records import KINDS, Record
from app.services.handovers import SUPERVISING, assignment
from app.services.ports import UnitOfWork
from app.services.told import Standing, Told
from app.wire.canonical import Json
from app.wire.journal import Change
from app.wire.records import Fields, to_fields

RecordKey = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A value, who wrote it, and when by the clock of that laptop (UTC). `clock_error_ms` is what
    it knew then of county time minus its own; None if nothing. `by` "" and `at` None where no entry
    tells.
    """

    value: Json
    by: str = ""
    at: datetime | None = None
    clock_error_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """One field of one record that was written twice. `key` names it in `settle`.

    `in_force` holds now; `other` was set aside. `collides`: two people wrote this very field and
    somebody must choose; otherwise it only came in the same entry, and is taken over when nothing
    is said about it.
    """

    key: str
    kind: str
    record_id: RecordId
    title: str
    field: str
    in_force: Written
    other: Written
    collides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConflict:
    """An entry that was set aside and that nobody has settled.

    `own`: written on this laptop. `lines` may be empty: then everything in it is in force by now,
    or it only adds the records of `adds` (``kind:id``). `sealed`: two sealed texts of one
    agreement, or a sealed one and another. `for_supervisor`: only a supervisor may settle it.
    `may_settle`: whether who is at the keyboard may, as far as this laptop can tell.
    """

    entry_hash: str
    case_id: RecordId | None
    case_title: str
    act: str
    by: str
    at: datetime
    clock_error_ms: int | None
    own: bool
    lines: tuple[ConflictLine, ...]
    adds: tuple[str, ...]
    sealed: bool
    for_supervisor: bool
    may_settle: bool


def open_conflicts(uow: UnitOfWork, case_id: RecordId | None = None) -> tuple[OpenConflict, ...]:
    """What waits for a person, in the order of the county's log; of one case, or of all."""
    return tuple(conflict_of(uow, told) for told in uow.journal.set_aside(case_id))


def to_settle(uow: UnitOfWork) -> int:
    """How many entries of others wait for who is at the keyboard (own ones need attention anyway:
    `SyncStatus.attention`).
    """
    count = 0
    for told in uow.journal.set_aside():
        if told.own:
            continue
        # Journals are read through only where two papers may be sealed.
        sealing = any(seals(change) for change in told.entry.changes)
        papers = sealing and conflict_of(uow, told).for_supervisor
        count += _may_settle(uow, told, for_supervisor=papers)
    return count


def conflict_of(uow: UnitOfWork, told: Told) -> OpenConflict:
    """One entry that was set aside, beside what is in force now."""
    entry, lines, adds, sealed, papers = told.entry, [], [], False, False
    for change in told.entry.changes:
        if change.kind not in KINDS:
            continue
        if change.kind == "handover":
            lines.append(_handover_line(uow, told, change))
            continue
        others = uow.journal.entries_of(change.kind, change.id)
        held = [one for one in others if one.standing not in (Standing.CONFLICT, Standing.REFUSED)]
        now = uow.records.find(KINDS[change.kind], RecordId(change.id))
        if now is None or not held:
            adds.append(f"{change.kind}:{change.id}")
            continue
        fields = to_fields(now)
        lines += _lines(told, change, now, fields, held)
        if isinstance(now, Agreement) and any(line.kind == "agreement" for line in lines):
            frozen = now.state is not AgreementState.DRAFT
            sealed = sealed or frozen or seals(change)
            papers = papers or (frozen and seals(change))
    case = uow.records.find(Case, RecordId(entry.case_id)) if entry.case_id else None
    return OpenConflict(
        entry_hash=told.hash,
        case_id=RecordId(entry.case_id) if entry.case_id else None,
        case_title=_title(case) if case else "",
        act=entry.act,
        by=entry.actor,
        at=entry.at,
        clock_error_ms=entry.offset_ms,
        own=told.own,
        lines=tuple(lines),
        adds=tuple(adds),
        sealed=sealed,
        for_supervisor=papers,
        may_settle=_may_settle(uow, told, for_supervisor=papers),
    )


def _handover_line(uow: UnitOfWork, told: Told, change: Change) -> ConflictLine:
    """Who has the case, beside who was to have it; values are names."""
    case_id = RecordId(str(change.set["case_id"]))
    now = assignment(uow, case_id)
    given = next((one for one in now.handovers[::-1] if one.to_device == now.device), None)
    entries = uow.journal.entries_of("handover", given.id) if given else ()
    wrote = _written(now.name, entries[-1] if entries else None)
    return ConflictLine(
        key=f"handover:{change.id}:to_device",
        kind="handover",
        record_id=RecordId(change.id),
        title="",
        field="to_device",
        in_force=wrote,
        other=_written(str(change.set.get("to_name", "")), told),
        collides=True,
    )


def seals(change: Change) -> bool:
    """Whether the change seals the text of an agreement."""
    return change.kind == "agreement" and bool(change.set.get("content_hash"))


def known_to(told: Told, others: Sequence[Told]) -> tuple[Told, ...]:
    """Those of `others` that the writer of `told` had seen: own ones before it, and what stood in
    the log as far as it had been read.
    """
    seen = _seen(told, others)
    return tuple(
        one
        for one in others
        if one.standing is not Standing.CONFLICT
        and (
            one.entry.seq < told.entry.seq
            if one.entry.device == told.entry.device
            else one.position is not None and one.position <= seen
        )
    )


def _seen(told: Told, others: Sequence[Told]) -> int:
    """How far the writer had read the log; laptops of earlier versions tell it by the entry that
    theirs stands on.
    """
    if told.entry.seen:
        return int(told.entry.seen.partition(":")[2])
    bases = {change.base for change in told.entry.changes}
    return max((one.position or 0 for one in others if one.hash in bases), default=0)


def _lines(
    told: Told, change: Change, record: Record, now: Fields, others: Sequence[Told]
) -> list[ConflictLine]:
    known = {one.hash for one in known_to(told, others)}
    title, found = _title(record), []
    for name, value in change.set.items():
        if name not in now or now[name] == value:
            continue
        wrote = [one for one in others if _value_in(one, change, name) is not None]
        elsewhere = [one for one in wrote if one.entry.device != told.entry.device]
        found.append(
            ConflictLine(
                key=f"{change.kind}:{change.id}:{name}",
                kind=change.kind,
                record_id=RecordId(change.id),
                title=title,
                field=name,
                in_force=_written(now[name], wrote[-1] if wrote else None),
                other=_written(value, told),
                collides=any(one.hash not in known for one in elsewhere),
            )
        )
    return found


def _value_in(one: Told, change: Change, name: str) -> Change | None:
    return next(
        (
            it
            for it in one.entry.changes
            if (it.kind, it.id) == (change.kind, change.id) and name in it.set
        ),
        None,
    )


def _written(value: Json, told: Told | None) -> Written:
    if told is None:
        return Written(value=value)
    entry = told.entry
    return Written(value=value, by=entry.actor, at=entry.at, clock_error_ms=entry.offset_ms)


def _may_settle(uow: UnitOfWork, told: Told, *, for_supervisor: bool) -> bool:
    assigns = all(change.kind == "handover" for change in told.entry.changes)
    if uow.actor.role in SUPERVISING:
        return for_supervisor or assigns
    if for_supervisor:
        return False
    cases = {RecordId(told.entry.case_id)} if told.entry.case_id else set()
    return not any(uow.records.is_foreign(one) for one in cases)


def _title(record: Record) -> str:
    """What a person knows the record by; "" where only its kind tells."""
    if isinstance(record, (Person, Organisation)):
        return record.name
    if isinstance(record, Case):
        return record.matter or record.title
    for name in ("name", "number", "text", "matter"):
        if value := getattr(record, name, ""):
            return str(value)
    return ""
