"""How far each entry is on its way, read from journal, receipts and verdicts, and from what the
county says of files. Never stored.

Imports no SQLAlchemy and no pydantic: the first list is shown with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from app.domain.ids import RecordId
from app.domain.problems import ProblemCode
from app.services.lines import Delivery, HistoryLine, SyncStatus, WaitingLine
from app.storage.cipher import Connection
from app.storage.file_states import (
    file_problems,
    files_on_the_way,
    waiting_size,
    without_receipt,
)

# Cases with an own entry that no receipt covers; the index alone answers it.
WAITING_CASES = (
    "SELECT e.case_id FROM journal_entry e INDEXED BY journal_entry_of_case "
    "WHERE e.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.seq = e.seq)"
)
_TAIL = (
    "FROM journal_entry e INDEXED BY journal_entry_of_case "
    "WHERE NOT EXISTS (SELECT 1 FROM receipt r WHERE r.seq = e.seq)"
)


def settled_by_somebody(entry: str) -> str:
    """The condition that a settlement names the hash of `entry` (a table's short name). One that
    the county has not taken over settles nothing.
    """
    return (
        f"EXISTS (SELECT 1 FROM settlement s WHERE s.entry_hash = {entry}.hash AND NOT EXISTS "
        "(SELECT 1 FROM verdict said JOIN journal_entry own ON own.seq = said.seq "
        "WHERE said.kind IN ('refused', 'conflict') AND own.hash = s.touched_by))"
    )


# A conflict stands until a person has settled it; a refusal until the county has applied this entry
# or a later one of the same record. The answer that brings a receipt tells what was not applied: a
# receipt without a verdict says that it was.
_OPEN_VERDICTS = f"""
    SELECT v.seq, v.kind, v.code, e.case_id, v.record
    FROM verdict v JOIN journal_entry e ON e.seq = v.seq
    WHERE v.kind = 'conflict'
    AND NOT {settled_by_somebody("e")}
    UNION ALL
    SELECT v.seq, v.kind, v.code, e.case_id, v.record
    FROM verdict v JOIN journal_entry e ON e.seq = v.seq
    WHERE v.kind = 'refused' AND NOT EXISTS (
        SELECT 1 FROM journal_entry later LEFT JOIN verdict said ON said.seq = later.seq
        WHERE later.case_id IS e.case_id AND later.seq >= v.seq AND (
            said.kind = 'applied' OR (said.kind IS NULL AND EXISTS (
                SELECT 1 FROM receipt r WHERE r.seq = later.seq
            ))
        ) AND (
            CASE WHEN v.record <> '' THEN instr(later.records, v.record) > 0
            ELSE EXISTS (
                SELECT 1 FROM json_each(e.records) one WHERE instr(later.records, one.value) > 0
            ) END
        )
    ) ORDER BY 1
"""
# What others wrote and the county has set aside, until a person has settled it.
_FOREIGN_ASIDE = f"""
    SELECT f.device, f.seq, f.case_id FROM foreign_entry f WHERE f.verdict = 'conflict'
    AND NOT {settled_by_somebody("f")}
"""
_WAITING = f"""
    SELECT e.seq, e.at, e.act, e.case_id, e.size, l.applicants, l.respondents, l.matter,
    EXISTS (SELECT 1 FROM receipt r WHERE r.seq = e.seq), e.records, e.hash
    FROM journal_entry e LEFT JOIN case_head h ON h.id = e.case_id
    LEFT JOIN case_list l ON l.key = h.key
    WHERE e.seq IN (SELECT e.seq {_TAIL}) OR e.seq IN (SELECT value FROM json_each(?))
    ORDER BY e.seq
"""
# By the county's log where it is known; what it has not seen yet is the newest. Clocks order
# nothing.
_OWN_HISTORY = """
    SELECT device, seq, at, actor, act, raw, records,
    (SELECT MIN(position) FROM receipt r WHERE r.seq = e.seq)
    FROM journal_entry e WHERE case_id = ?
"""
_FOREIGN_HISTORY = """
    SELECT device, seq, at, actor, act, raw, position FROM foreign_entry WHERE case_id = ?
"""
_LAST = 1 << 62


@dataclass(frozen=True, slots=True)
class OpenVerdict:
    """A refusal or conflict that still stands, or a file that cannot be sent: on which own entry,
    of which case, and what it means. `record` (``kind:id``) is "" where nobody named one.
    """

    seq: int
    case_id: str | None
    problem: str
    record: str = ""


def setting(connection: Connection, key: str) -> str:
    """A setting's value, "" if there is none."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def is_enrolled(connection: Connection) -> bool:
    """Whether this laptop has a county (its key came with the enrolment); without one nothing
    waits.
    """
    return bool(setting(connection, "county.key"))


def open_verdicts(connection: Connection) -> tuple[OpenVerdict, ...]:
    """What needs a person, oldest entry first; a verdict before the trouble with a file."""
    rows = connection.execute(_OPEN_VERDICTS).fetchall()
    found = [
        OpenVerdict(seq, case_id, code or _default_problem(kind), record)
        for seq, kind, code, case_id, record in rows
    ]
    judged = {one.seq for one in found}
    found += [
        OpenVerdict(seq, case_id, problem)
        for seq, case_id, problem in file_problems(connection)
        if seq not in judged
    ]
    return tuple(sorted(found, key=lambda one: one.seq))


def cases_in_question(connection: Connection) -> frozenset[str]:
    """Cases that need a person: with an own entry that was not taken over, or with anybody's that
    is in conflict.
    """
    found = {one.case_id for one in open_verdicts(connection)}
    found |= {row[2] for row in connection.execute(_FOREIGN_ASIDE)}
    return frozenset(one for one in found if one)


def _conflicts(connection: Connection) -> int:
    own = connection.execute(
        "SELECT COUNT(DISTINCT e.hash) FROM verdict v JOIN journal_entry e ON e.seq = v.seq "
        "WHERE v.kind = 'conflict' "
        f"AND NOT {settled_by_somebody('e')}"
    ).fetchone()[0]
    return int(own) + len(connection.execute(_FOREIGN_ASIDE).fetchall())


def _default_problem(kind: str) -> str:
    conflict = kind == "conflict"
    return (ProblemCode.VERDICT_CONFLICT if conflict else ProblemCode.VERDICT_MALFORMED).value


def own_delivery(
    enrolled: bool, attention: bool, received: bool, *, files: bool = True
) -> Delivery:
    """The word for what was written here; `files`: the county has every file that belongs to it,
    or there is none.
    """
    if not enrolled:
        return Delivery.HERE
    if attention:
        return Delivery.ATTENTION
    if not received:
        return Delivery.WAITING
    return Delivery.COMPLETE if files else Delivery.RECEIVED


def waiting_lines(connection: Connection) -> tuple[WaitingLine, ...]:
    """The tail and what needs a person, oldest first; empty on a laptop without a county."""
    if not is_enrolled(connection):
        return ()
    problems = {one.seq: one for one in open_verdicts(connection)}
    rows = connection.execute(_WAITING, (json.dumps(list(problems)),))
    return tuple(_waiting_line(row, problems.get(row[0])) for row in rows.fetchall())


def _waiting_line(row: tuple[Any, ...], judged: OpenVerdict | None) -> WaitingLine:
    seq, at, act, case_id, size, applicants, respondents, matter, received, records, digest = row
    touched = json.loads(records)
    return WaitingLine(
        seq=seq,
        at=datetime.fromisoformat(at),
        act=act,
        case_id=RecordId(case_id) if case_id else None,
        case_title=_title(applicants, respondents, matter),
        size=size,
        delivery=own_delivery(True, judged is not None, bool(received)),
        problem=judged.problem if judged else "",
        record=(judged.record if judged else "") or (touched[0] if touched else ""),
        hash=digest,
    )


def _title(applicants: str | None, respondents: str | None, matter: str | None) -> str:
    names = "与".join(side for side in (applicants, respondents) if side)
    return " ".join(part for part in (names, matter) if part)


def waiting_file_lines(connection: Connection, limit: int) -> tuple[WaitingLine, ...]:
    """Files that wait or need a person, those first; none on a laptop without a county."""
    if not is_enrolled(connection):
        return ()
    return tuple(
        WaitingLine(
            seq=one.seq,
            at=datetime.fromisoformat(one.at),
            act=one.act,
            case_id=RecordId(one.case_id),
            case_title=_title(one.applicants, one.respondents, one.matter),
            size=one.size,
            delivery=Delivery.ATTENTION if one.needy else Delivery.WAITING,
            problem=one.problem,
            record=f"attachment:{one.attachment_id}",
            file=one.sha256,
            name=one.name,
            kind=one.kind,
        )
        for one in files_on_the_way(connection, limit)
    )


def status(connection: Connection) -> SyncStatus:
    """What the status line tells."""
    contact = setting(connection, "county.last_contact")
    offset = setting(connection, "county.offset_ms")
    next_try = setting(connection, "sync.next_try")
    enrolled = is_enrolled(connection)
    count, size = _tail_size(connection) if enrolled else (0, 0)
    files, file_bytes = waiting_size(connection) if enrolled else (0, 0)
    returned = "SELECT COUNT(*) FROM case_list WHERE review_state = 'returned' AND is_foreign = 0"
    return SyncStatus(
        enrolled=enrolled,
        county_name=setting(connection, "county.name"),
        waiting=count,
        waiting_bytes=size,
        attention=len(open_verdicts(connection)) if enrolled else 0,
        conflicts=_conflicts(connection) if enrolled else 0,
        returned=connection.execute(returned).fetchone()[0],
        last_contact=datetime.fromisoformat(contact) if contact else None,
        clock_offset_ms=int(offset) if offset else None,
        waiting_files=files,
        waiting_file_bytes=file_bytes,
        oldest_waiting=_oldest(connection) if count else None,
        line_rate=_number(connection, "line.rate"),
        failures=_number(connection, "sync.failures"),
        next_try=datetime.fromisoformat(next_try) if next_try else None,
        trouble=setting(connection, "sync.trouble"),
    )


def _number(connection: Connection, key: str) -> int:
    text = setting(connection, key)
    return int(text) if text.isdecimal() else 0


def _oldest(connection: Connection) -> datetime | None:
    row = connection.execute(
        f"SELECT at FROM journal_entry WHERE seq = (SELECT MIN(e.seq) {_TAIL})"
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def _tail_size(connection: Connection) -> tuple[int, int]:
    row = connection.execute(f"SELECT COUNT(*), COALESCE(SUM(e.size), 0) {_TAIL}").fetchone()
    return int(row[0]), int(row[1])


def history_lines(connection: Connection, case_id: str) -> tuple[HistoryLine, ...]:
    """The audit trail of one case, newest first, own entries and those of others."""
    enrolled = is_enrolled(connection)
    attention = {one.seq for one in open_verdicts(connection)}
    aside = {(row[0], row[1]) for row in connection.execute(_FOREIGN_ASIDE)}
    lines: list[tuple[tuple[int, int], HistoryLine]] = []
    missing = {f"attachment:{one}" for one in without_receipt(connection, case_id)}
    own = connection.execute(_OWN_HISTORY, (case_id,)).fetchall()
    for device, seq, at, actor, act, raw, records, position in own:
        files = not missing or missing.isdisjoint(json.loads(records))
        received = position is not None
        delivery = own_delivery(enrolled, seq in attention, received, files=files)
        place = _LAST if position is None else position
        lines.append(((place, seq), _history_line(device, seq, at, actor, act, raw, delivery)))
    for *parts, position in connection.execute(_FOREIGN_HISTORY, (case_id,)).fetchall():
        device, seq, at, actor, act, raw = parts
        foreign = Delivery.ATTENTION if (device, seq) in aside else Delivery.FOREIGN
        line = _history_line(device, seq, at, actor, act, raw, foreign)
        lines.append(((position, seq), line))
    return tuple(line for _, line in sorted(lines, key=lambda one: one[0], reverse=True))


def _history_line(
    device: str, seq: int, at: str, actor: str, act: str, raw: bytes, delivery: Delivery
) -> HistoryLine:
    entry = json.loads(raw)
    changes = entry["changes"]
    names = dict.fromkeys(
        f"{one['kind']}.{name}"
        for one in changes
        for name, value in one["set"].items()
        if one.get("base") or _filled(one["kind"], name, value)
    )
    return HistoryLine(
        device=device,
        seq=seq,
        at=datetime.fromisoformat(at),
        actor=actor,
        act=act,
        fields=tuple(names),
        delivery=delivery,
        clock_error_ms=entry.get("offset_ms"),
        records=tuple(f"{one['kind']}:{one['id']}" for one in changes),
    )


def _filled(kind: str, name: str, value: Any) -> bool:
    """Whether somebody wrote this field of a new record, which carries all its fields."""
    return value not in (None, "", [], {}) and value != _defaults(kind).get(name)


@cache
def _defaults(kind: str) -> dict[str, Any]:
    from app.domain.records import KINDS  # the first list is shown without the records

    return {one.name: one.default for one in fields(KINDS[kind])} if kind in KINDS else {}
