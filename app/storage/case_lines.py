"""The line of a case in the list, made from its rows whenever one of them changes.

Never read back into records.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.reviews import ReviewState
from app.domain.text import join_names
from app.storage.cipher import Connection
from app.storage.family import Family
from app.storage.mapping import upsert_of
from app.storage.names import sort_key
from app.storage.rows import CaseLineRow

# Entries come one after the other, own and others', so their count orders the changes.
_HEAD = (
    "SELECT key, committee_id, mediator_ids, matter, title, dispute_type, stage, risk_grade, "
    "accepted_on, reported_on, amount_claimed, file_no, owner_device, "
    "(SELECT COALESCE(MAX(seq), 0) FROM journal_entry) + "
    "(SELECT COALESCE(MAX(rowid), 0) FROM foreign_entry) FROM case_head WHERE id = ?"
)
_PARTIES = (
    "SELECT p.role, COALESCE(n.name, o.name, '') FROM party p "
    "LEFT JOIN person n ON n.id = p.person_id LEFT JOIN organisation o ON o.id = p.organisation_id "
    "WHERE p.case_id = ? AND p.void_reason = '' ORDER BY p.ordinal, p.key"
)
# The agreement that is no supplement, as `CaseFile.main_agreement` finds it.
_AGREEMENT = (
    "SELECT form, number, (SELECT SUM(json_extract(value, '$.payment.fen')) "
    "FROM json_each(clauses)) FROM agreement WHERE case_id = ? AND state <> 'void' "
    "AND supplement_of IS NULL ORDER BY key LIMIT 1"
)
# As `domain.reviews.review_state` reads the links.
_REVIEWS = (
    "SELECT EXISTS (SELECT 1 FROM review WHERE case_id = :id AND decision = 'approved'), "
    "EXISTS (SELECT 1 FROM review WHERE case_id = :id AND decision = 'returned' AND id NOT IN "
    "(SELECT answers FROM submission WHERE case_id = :id AND answers IS NOT NULL)), "
    "EXISTS (SELECT 1 FROM submission WHERE case_id = :id)"
)
_REVIEW_KINDS = frozenset({"review", "submission"})
_LAST_TOUCH = "SELECT touched FROM case_list WHERE key = ?"


@dataclass(frozen=True, slots=True)
class Line:
    """What the index needs of a refreshed line: its key, and the names of all parties."""

    key: int
    names: tuple[str, ...]


def refresh_line(
    connection: Connection,
    case_id: str,
    own: Family,
    *,
    touched: bool,
    only_kinds: Collection[str] | None = None,
) -> Line:
    """Makes the line of the case anew; `touched` moves it to the end in the order of changes.

    `only_kinds`: which kinds of record a new case can have at all; None for any.
    """
    head = connection.execute(_HEAD, (case_id,)).fetchone()
    (key, committee, mediators, matter, title, kind, stage, grade) = head[:8]
    (accepted_on, reported_on, claimed, file_no, owner, now) = head[8:]
    parties = connection.execute(_PARTIES, (case_id,)).fetchall()
    applicants, respondents = (
        [name for role, name in parties if role == side and name]
        for side in ("applicant", "respondent")
    )
    agreement = None
    if only_kinds is None or "agreement" in only_kinds:
        agreement = connection.execute(_AGREEMENT, (case_id,)).fetchone()
    reviewed = only_kinds is None or not _REVIEW_KINDS.isdisjoint(only_kinds)
    form, number, total = agreement if agreement else ("", "", None)
    day = accepted_on or reported_on
    values = {
        "key": key,
        "id": case_id,
        "committee_id": committee,
        "mediator_ids": mediators,
        "applicants": join_names(applicants),
        "respondents": join_names(respondents),
        "names_sort": " ".join(sort_key(name) for name in (*applicants[:3], *respondents[:3])),
        "matter": matter or title,
        "dispute_type": kind,
        "stage": stage,
        "grade": grade,
        "accepted_on": accepted_on,
        "year": int(day[:4]) if day else None,
        "amount": total if total is not None else claimed,
        "number": number or file_no,
        "oral": form == "oral",
        "review_state": _review_state(connection, case_id) if reviewed else ReviewState.NONE.value,
        "is_foreign": not own.has(owner),
        "touched": now if touched else _last_touch(connection, key, now),
    }
    connection.execute(upsert_of(CaseLineRow, "key"), tuple(values.values()))
    return Line(int(key), tuple(name for _, name in parties if name))


def _last_touch(connection: Connection, key: int, now: int) -> int:
    row = connection.execute(_LAST_TOUCH, (key,)).fetchone()
    return int(row[0]) if row else now


def _review_state(connection: Connection, case_id: str) -> str:
    approved, returned, submitted = connection.execute(_REVIEWS, {"id": case_id}).fetchone()
    if approved:
        return ReviewState.APPROVED.value
    if returned:
        return ReviewState.RETURNED.value
    return ReviewState.SUBMITTED.value if submitted else ReviewState.NONE.value
