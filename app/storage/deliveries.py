"""How far each entry is on its way, read from journal, receipts and verdicts. Never stored.

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

# Cases with an own entry that no receipt covers; the index alone answers it.
WAITING_CASES = (
    "SELECT e.case_id FROM journal_entry e INDEXED BY journal_entry_of_case "
    "WHERE e.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.seq = e.seq)"
)
_TAIL = (
    "FROM journal_entry e INDEXED BY journal_entry_of_case "
    "WHERE NOT EXISTS (SELECT 1 FROM receipt r WHERE r.seq = e.seq)"
)
# A refusal stands until the county has applied this entry or a later one of the same record.
_OPEN_VERDICTS = """
    SELECT v.seq, v.kind, v.code, e.case_id FROM verdict v JOIN journal_entry e ON e.seq = v.seq
    WHERE v.kind IN ('refused', 'conflict') AND NOT EXISTS (
        SELECT 1 FROM journal_entry later JOIN verdict said ON said.seq = later.seq
        WHERE later.case_id IS e.case_id AND later.seq >= v.seq AND said.kind = 'applied' AND (
            CASE WHEN v.record <> '' THEN instr(later.records, v.record) > 0
            ELSE EXISTS (
                SELECT 1 FROM json_each(e.records) one WHERE instr(later.records, one.value) > 0
            ) END
        )
    ) ORDER BY v.seq
"""
_WAITING = f"""
    SELECT e.seq, e.at, e.act, e.case_id, e.size, l.applicants, l.respondents, l.matter,
    EXISTS (SELECT 1 FROM receipt r WHERE r.seq = e.seq)
    FROM journal_entry e LEFT JOIN case_head h ON h.id = e.case_id
    LEFT JOIN case_list l ON l.key = h.key
    WHERE e.seq IN (SELECT e.seq {_TAIL}) OR e.seq IN (SELECT value FROM json_each(?))
    ORDER BY e.seq
"""
# By the county's log where it is known; what it has not seen yet is the newest. Clocks order
# nothing.
_OWN_HISTORY = """
    SELECT device, seq, at, actor, act, raw,
    (SELECT MIN(position) FROM receipt r WHERE r.seq = e.seq)
    FROM journal_entry e WHERE case_id = ?
"""
_FOREIGN_HISTORY = """
    SELECT device, seq, at, actor, act, raw, position FROM foreign_entry WHERE case_id = ?
"""
_LAST = 1 << 62


@dataclass(frozen=True, slots=True)
class OpenVerdict:
    """A refusal or conflict that still stands: on which own entry, of which case, and what it
    means.
    """

    seq: int
    case_id: str | None
    problem: str


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
    """What needs a person, oldest entry first."""
    rows = connection.execute(_OPEN_VERDICTS).fetchall()
    return tuple(
        OpenVerdict(seq, case_id, code or _default_problem(kind))
        for seq, kind, code, case_id in rows
    )


def _default_problem(kind: str) -> str:
    conflict = kind == "conflict"
    return (ProblemCode.VERDICT_CONFLICT if conflict else ProblemCode.VERDICT_MALFORMED).value


def own_delivery(enrolled: bool, attention: bool, received: bool) -> Delivery:
    """The word for what was written here."""
    if not enrolled:
        return Delivery.HERE
    if attention:
        return Delivery.ATTENTION
    return Delivery.RECEIVED if received else Delivery.WAITING


def waiting_lines(connection: Connection) -> tuple[WaitingLine, ...]:
    """The tail and what needs a person, oldest first; empty on a laptop without a county."""
    if not is_enrolled(connection):
        return ()
    problems = {one.seq: one.problem for one in open_verdicts(connection)}
    rows = connection.execute(_WAITING, (json.dumps(list(problems)),))
    return tuple(_waiting_line(row, problems.get(row[0], "")) for row in rows.fetchall())


def _waiting_line(row: tuple[Any, ...], problem: str) -> WaitingLine:
    seq, at, act, case_id, size, applicants, respondents, matter, received = row
    names = "与".join(side for side in (applicants, respondents) if side)
    return WaitingLine(
        seq=seq,
        at=datetime.fromisoformat(at),
        act=act,
        case_id=RecordId(case_id) if case_id else None,
        case_title=" ".join(part for part in (names, matter) if part),
        size=size,
        delivery=own_delivery(True, bool(problem), bool(received)),
        problem=problem,
    )


def status(connection: Connection) -> SyncStatus:
    """What the status line tells."""
    contact = setting(connection, "county.last_contact")
    offset = setting(connection, "county.offset_ms")
    enrolled = is_enrolled(connection)
    count, size = _tail_size(connection) if enrolled else (0, 0)
    returned = "SELECT COUNT(*) FROM case_list WHERE review_state = 'returned' AND is_foreign = 0"
    return SyncStatus(
        enrolled=enrolled,
        county_name=setting(connection, "county.name"),
        waiting=count,
        waiting_bytes=size,
        attention=len(open_verdicts(connection)) if enrolled else 0,
        returned=connection.execute(returned).fetchone()[0],
        last_contact=datetime.fromisoformat(contact) if contact else None,
        clock_offset_ms=int(offset) if offset else None,
    )


def _tail_size(connection: Connection) -> tuple[int, int]:
    row = connection.execute(f"SELECT COUNT(*), COALESCE(SUM(e.size), 0) {_TAIL}").fetchone()
    return int(row[0]), int(row[1])


def history_lines(connection: Connection, case_id: str) -> tuple[HistoryLine, ...]:
    """The audit trail of one case, newest first, own entries and those of others."""
    enrolled = is_enrolled(connection)
    attention = {one.seq for one in open_verdicts(connection)}
    lines: list[tuple[tuple[int, int], HistoryLine]] = []
    own = connection.execute(_OWN_HISTORY, (case_id,)).fetchall()
    for device, seq, at, actor, act, raw, position in own:
        delivery = own_delivery(enrolled, seq in attention, position is not None)
        place = _LAST if position is None else position
        lines.append(((place, seq), _history_line(device, seq, at, actor, act, raw, delivery)))
    for *parts, position in connection.execute(_FOREIGN_HISTORY, (case_id,)).fetchall():
        device, seq, at, actor, act, raw = parts
        line = _history_line(device, seq, at, actor, act, raw, Delivery.FOREIGN)
        lines.append(((position, seq), line))
    return tuple(line for _, line in sorted(lines, key=lambda one: one[0], reverse=True))


def _history_line(
    device: str, seq: int, at: str, actor: str, act: str, raw: bytes, delivery: Delivery
) -> HistoryLine:
    changes = json.loads(raw)["changes"]
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
    )


def _filled(kind: str, name: str, value: Any) -> bool:
    """Whether somebody wrote this field of a new record, which carries all its fields."""
    return value not in (None, "", [], {}) and value != _defaults(kind).get(name)


@cache
def _defaults(kind: str) -> dict[str, Any]:
    from app.domain.records import KINDS  # the first list is shown without the records

    return {one.name: one.default for one in fields(KINDS[kind])} if kind in KINDS else {}
