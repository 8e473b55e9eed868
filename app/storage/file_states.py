"""Which files the county has, which wait, and which need a person: read from the county's signed
words, the attachments and what became of earlier tries. Never guessed from what was sent.

Imports no SQLAlchemy and no pydantic: the first list is shown with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.ids import RecordId
from app.services.lines import FileState
from app.services.ports import Clock, WaitingFile
from app.storage.cipher import Connection
from app.storage.transaction import Transaction

if TYPE_CHECKING:
    from app.wire.exchange2 import FileReceipt

# A clock that once ran ahead must not hold a file back for years.
_LONGEST_WAIT = timedelta(days=1)
_NO_RECEIPT = (
    "NOT EXISTS (SELECT 1 FROM file_receipt r WHERE r.sha256 = {file}.sha256 AND r.epoch = "
    "(SELECT value FROM setting WHERE key = 'county.epoch'))"
)
# Cases with a file that the county does not have.
WAITING_FILE_CASES = f"SELECT a.case_id FROM attachment a WHERE {_NO_RECEIPT.format(file='a')}"
_WAITING_SIZE = f"""
    SELECT COUNT(*), COALESCE(SUM(f.size), 0) FROM attachment_file f
    WHERE f.fetched = 0 AND {_NO_RECEIPT.format(file="f")}
    AND EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = f.sha256)
"""
# What was put into a file here goes out from here, whoever has the case now; and what belongs to an
# own case is offered wherever it came from.
_WAITING = f"""
    SELECT f.sha256, f.size, a.case_id,
    SUM(l.review_state = 'returned' AND l.is_foreign = 0) > 0 AS returned,
    COALESCE(o.tries, 0), COALESCE(o.problem, ''), MIN(a.key) AS came
    FROM attachment_file f JOIN attachment a ON a.sha256 = f.sha256
    JOIN case_head h ON h.id = a.case_id JOIN case_list l ON l.key = h.key
    LEFT JOIN file_outbox o ON o.sha256 = f.sha256
    WHERE (f.fetched = 0 OR l.is_foreign = 0) AND {_NO_RECEIPT.format(file="f")}
    AND (:all OR o.sha256 IS NULL OR o.next_try <= :now OR o.next_try > :too_far)
    GROUP BY f.sha256 ORDER BY returned DESC, came LIMIT :limit
"""
# Files of own cases that were never here: another laptop had the case before.
_ELSEWHERE = f"""
    SELECT a.sha256, a.size, a.case_id, l.review_state = 'returned' AS returned, 0, '',
    MIN(a.key) AS came
    FROM case_list l JOIN case_head h ON h.key = l.key JOIN attachment a ON a.case_id = h.id
    WHERE l.is_foreign = 0 AND {_NO_RECEIPT.format(file="a")}
    AND NOT EXISTS (SELECT 1 FROM attachment_file f WHERE f.sha256 = a.sha256)
    GROUP BY a.sha256 ORDER BY returned DESC, came LIMIT ?
"""
# What this device is to have and has not: files of cases that came to it, and, for who supervises,
# of cases under review, those first.
_LACKING = """
    SELECT a.sha256, a.size, a.case_id, l.review_state = 'submitted' AS first, 0, '',
    MIN(a.key) AS came
    FROM attachment a JOIN case_head h ON h.id = a.case_id JOIN case_list l ON l.key = h.key
    WHERE NOT EXISTS (SELECT 1 FROM attachment_file f WHERE f.sha256 = a.sha256)
    AND (l.is_foreign = 0 OR (l.review_state = 'submitted' AND EXISTS (
        SELECT 1 FROM setting WHERE key = 'actor.role' AND value IN ('supervisor', 'administrator')
    )))
    GROUP BY a.sha256 ORDER BY first DESC, came LIMIT ?
"""
# With the own entry that last touched the file's record, where people find it; 0 where this laptop
# wrote none of the case since it took on another identity.
_PROBLEMS = f"""
    SELECT DISTINCT COALESCE((
        SELECT COALESCE(MAX(CASE WHEN e.hash = a.touched_by THEN e.seq END), MAX(e.seq))
        FROM journal_entry e WHERE e.case_id = a.case_id
    ), 0) AS seq, a.case_id, o.problem
    FROM file_outbox o JOIN attachment a ON a.sha256 = o.sha256
    WHERE o.next_try IS NULL AND {_NO_RECEIPT.format(file="o")} ORDER BY seq
"""
# As people see them: with the entry each came with, or the last one of its case.
_ON_THE_WAY = f"""
    SELECT f.sha256, f.size, a.id, a.case_id, COALESCE(NULLIF(a.caption, ''), a.name), a.kind,
    COALESCE(o.problem, ''), o.sha256 IS NOT NULL AND o.next_try IS NULL AS needy,
    l.applicants, l.respondents, l.matter, COALESCE((
        SELECT COALESCE(MAX(CASE WHEN e.hash = a.touched_by THEN e.seq END), MAX(e.seq))
        FROM journal_entry e WHERE e.case_id = a.case_id
    ), 0) AS seq, a.touched_by, MIN(a.key) AS came
    FROM attachment_file f JOIN attachment a ON a.sha256 = f.sha256
    JOIN case_head h ON h.id = a.case_id JOIN case_list l ON l.key = h.key
    LEFT JOIN file_outbox o ON o.sha256 = f.sha256
    WHERE f.fetched = 0 AND {_NO_RECEIPT.format(file="f")}
    GROUP BY f.sha256 ORDER BY needy DESC, came LIMIT ?
"""
_STATES = f"""
    SELECT DISTINCT a.sha256, f.sha256 IS NOT NULL, COALESCE(f.fetched, 0) OR NOT (
        {_NO_RECEIPT.format(file="a")}
    ), o.sha256 IS NOT NULL AND o.next_try IS NULL
    FROM attachment a LEFT JOIN attachment_file f ON f.sha256 = a.sha256
    LEFT JOIN file_outbox o ON o.sha256 = a.sha256 WHERE a.case_id = ?
"""
_OWN_ENTRY = "SELECT at, act FROM journal_entry WHERE seq = ?"
_FORMER_ENTRY = (
    "SELECT at, act FROM foreign_entry WHERE case_id = ? ORDER BY hash = ? DESC, position DESC"
)
_NOT_THERE = f"SELECT a.id FROM attachment a WHERE a.case_id = ? AND {_NO_RECEIPT.format(file='a')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOnTheWay:
    """A file that the county has not given its word for, its case in words, and the own entry it
    came with: 0 where that was written under an earlier identity. `needy`: it is not tried again by
    itself.
    """

    sha256: str
    size: int
    attachment_id: str
    case_id: str
    name: str
    kind: str
    problem: str
    needy: bool
    applicants: str
    respondents: str
    matter: str
    seq: int
    at: str
    act: str


def files_on_the_way(connection: Connection, limit: int) -> tuple[FileOnTheWay, ...]:
    """Those that were put in here; what needs a person first."""
    found = []
    for row in connection.execute(_ON_THE_WAY, (limit,)).fetchall():
        seq, touched_by = row[11:13]
        entry = connection.execute(_OWN_ENTRY, (seq,)).fetchone()
        if entry is None:
            entry = connection.execute(_FORMER_ENTRY, (row[3], touched_by)).fetchone()
        if entry is not None:
            found.append(_on_the_way(*row[:12], at=entry[0], act=entry[1]))
    return tuple(found)


def _on_the_way(
    sha256: str,
    size: int,
    attachment_id: str,
    case_id: str,
    name: str,
    kind: str,
    problem: str,
    needy: int,
    applicants: str | None,
    respondents: str | None,
    matter: str | None,
    seq: int,
    *,
    at: str,
    act: str,
) -> FileOnTheWay:
    return FileOnTheWay(
        sha256=sha256,
        size=size,
        attachment_id=attachment_id,
        case_id=case_id,
        name=name,
        kind=kind,
        problem=problem,
        needy=bool(needy),
        applicants=applicants or "",
        respondents=respondents or "",
        matter=matter or "",
        seq=seq,
        at=at,
        act=act,
    )


def waiting_size(connection: Connection) -> tuple[int, int]:
    """How many files that were put in here the county does not have, and their plain bytes."""
    count, size = connection.execute(_WAITING_SIZE).fetchone()
    return int(count), int(size)


def file_problems(connection: Connection) -> tuple[tuple[int, str, str], ...]:
    """Own entry (0 for none), case and ProblemCode value of each file that needs a person, oldest
    first.
    """
    return tuple(connection.execute(_PROBLEMS).fetchall())


def without_receipt(connection: Connection, case_id: str) -> frozenset[str]:
    """The attachments of a case whose file the county does not have, by their ids."""
    return frozenset(row[0] for row in connection.execute(_NOT_THERE, (case_id,)))


class FileStates:
    """One unit's view of them; satisfies its part of `services.ports.Files`."""

    def __init__(self, transaction: Transaction, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    def waiting(self, limit: int, *, put_off: bool = False) -> tuple[WaitingFile, ...]:
        now = self._clock.now().astimezone(UTC)
        asked = {
            "all": put_off,
            "now": now.isoformat(),
            "too_far": (now + _LONGEST_WAIT).isoformat(),
            "limit": limit,
        }
        return _files(self._transaction.read().execute(_WAITING, asked).fetchall())

    def elsewhere(self, limit: int) -> tuple[WaitingFile, ...]:
        return _files(self._transaction.read().execute(_ELSEWHERE, (limit,)).fetchall())

    def states(self, case_id: RecordId) -> dict[str, FileState]:
        rows = self._transaction.read().execute(_STATES, (case_id,)).fetchall()
        return {
            digest: FileState(bool(here), bool(received), bool(needy))
            for digest, here, received, needy in rows
        }

    def lacking(self, limit: int) -> tuple[WaitingFile, ...]:
        return _files(self._transaction.read().execute(_LACKING, (limit,)).fetchall())

    def waiting_size(self) -> tuple[int, int]:
        return waiting_size(self._transaction.read())

    def add_receipts(self, receipts: Sequence[tuple[FileReceipt, str, str]]) -> int:
        connection, _ = self._transaction.write()
        new = 0
        for receipt, raw, signature in receipts:
            cases = connection.execute(
                "SELECT DISTINCT case_id FROM attachment WHERE sha256 = ? AND size = ?",
                (receipt.sha256, receipt.size),
            ).fetchall()
            if not cases:
                continue
            at = receipt.received_at.astimezone(UTC).isoformat()
            added = connection.execute(
                "INSERT INTO file_receipt (sha256, epoch, size, received_at, signature, raw) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sha256, epoch) DO NOTHING",
                (receipt.sha256, receipt.epoch, receipt.size, at, signature, raw),
            )
            self._forget(connection, receipt.sha256)
            if added.rowcount:
                self._note([row[0] for row in cases])
                new += 1
        return new

    def put_off(self, digest: str, problem: str, next_try: datetime | None) -> None:
        connection, _ = self._transaction.write()
        at = next_try.astimezone(UTC).isoformat() if next_try else None
        connection.execute(
            "INSERT INTO file_outbox (sha256, tries, next_try, problem) VALUES (?, 1, ?, ?) "
            "ON CONFLICT (sha256) DO UPDATE SET tries = tries + 1, next_try = excluded.next_try, "
            "problem = excluded.problem",
            (digest, at, problem),
        )
        self._note_file(connection, digest)

    def try_again(self, digest: str) -> None:
        connection, _ = self._transaction.write()
        self._forget(connection, digest)
        self._note_file(connection, digest)

    def _forget(self, connection: Connection, digest: str) -> None:
        connection.execute("DELETE FROM file_outbox WHERE sha256 = ?", (digest,))

    def _note_file(self, connection: Connection, digest: str) -> None:
        rows = connection.execute(
            "SELECT DISTINCT case_id FROM attachment WHERE sha256 = ?", (digest,)
        )
        self._note([row[0] for row in rows])

    def _note(self, case_ids: Sequence[str]) -> None:
        """How far cases are is the journal's matter to whoever listens."""
        self._transaction.kinds.add("journal")
        self._transaction.case_ids.update(case_ids)


def _files(rows: Sequence[tuple[str, int, str, int, int, str, int]]) -> tuple[WaitingFile, ...]:
    return tuple(
        WaitingFile(
            sha256=digest,
            size=size,
            case_id=RecordId(case_id),
            returned=bool(returned),
            tries=tries,
            problem=problem,
        )
        for digest, size, case_id, returned, tries, problem, _ in rows
    )
