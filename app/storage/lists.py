"""What lists show, in plain SQL over one connection: never through domain records, never a row.

Imports no SQLAlchemy and no pydantic: the first list is shown with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from app.domain.cases import RiskGrade, Stage
from app.domain.ids import RecordId
from app.domain.reviews import ReviewState
from app.services.lines import (
    CaseLine,
    CaseQuery,
    CaseSort,
    Delivery,
    HistoryLine,
    PersonLine,
    SyncStatus,
    WaitingLine,
)
from app.storage import deliveries
from app.storage.cipher import Connection
from app.storage.file_states import WAITING_FILE_CASES
from app.storage.people_lines import people_lines
from app.storage.search import CASE_SHIFT, question, terms


def _rank(column: str, values: Iterable[str]) -> str:
    whens = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return f"CASE {column} {whens} END"


_SORTS = {
    CaseSort.TOUCHED: "touched",
    CaseSort.ACCEPTED_ON: "accepted_on",
    CaseSort.NAMES: "names_sort",
    CaseSort.DISPUTE_TYPE: "dispute_type",
    CaseSort.STAGE: _rank("stage", (one.value for one in Stage)),
    CaseSort.AMOUNT: "amount",
    CaseSort.NUMBER: "number",
    CaseSort.GRADE: _rank("grade", (one.value for one in reversed(RiskGrade))),
}
_LINES = (
    "SELECT l.key, l.id, l.applicants, l.respondents, l.matter, l.dispute_type, l.stage, l.grade, "
    "l.accepted_on, l.amount, l.number, l.mediator_ids, COALESCE(c.name, ''), "
    "l.review_state, l.oral, l.is_foreign, "
    # As `services.handovers` reads it: a village that worked before it was enrolled knows its own
    # committee by another id than the county.
    "l.is_foreign AND COALESCE(NULLIF(json_extract(d.raw, '$.committee_id'), ''), l.committee_id) "
    "IS (SELECT value FROM setting WHERE key = 'county.committee_id') FROM case_list l "
    "LEFT JOIN committee c ON c.id = l.committee_id JOIN case_head h ON h.key = l.key "
    "LEFT JOIN device_card d ON d.device = h.owner_device "
    "WHERE l.key IN (SELECT value FROM json_each(?))"
)
_FOUND = (
    f"key IN (SELECT rowid >> {CASE_SHIFT} FROM search_text "
    "WHERE search_text MATCH ? AND rowid > 0)"
)
# In a party's own name, or as one who stands for a party.
_CASES_OF = (
    "SELECT l.key FROM case_list l JOIN case_head h ON h.key = l.key WHERE h.id IN ("
    "SELECT case_id FROM party WHERE person_id = :id AND void_reason = '' UNION "
    "SELECT case_id FROM party WHERE organisation_id = :id AND void_reason = '' UNION "
    "SELECT case_id FROM party WHERE representations <> '[]' AND void_reason = '' "
    "AND instr(representations, :id) > 0) "
    "ORDER BY l.touched DESC"
)
_IN = "IN (SELECT value FROM json_each(?))"


def _order(query: CaseQuery) -> str:
    way = "DESC" if query.descending else "ASC"
    if query.sort is CaseSort.TOUCHED:
        return f"touched {way}, key {way}"  # as its index lies
    return f"{_SORTS[query.sort]} {way} NULLS LAST, touched DESC, key DESC"


class Lists:
    """Lists over the connection that `connect` gives (a unit's, or the quick store's)."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect

    def case_keys(self, query: CaseQuery) -> tuple[int, ...]:
        connection = self._connect()
        wishes, values = _conditions(connection, query)
        where = " AND ".join(wishes) or "1"
        order = _order(query)
        found = connection.execute(
            f"SELECT key FROM case_list WHERE {where} ORDER BY {order}", values
        )
        return tuple([row[0] for row in found.fetchall()])

    def case_lines(self, keys: Sequence[int]) -> tuple[CaseLine, ...]:
        connection = self._connect()
        rows = connection.execute(_LINES, (json.dumps(list(keys)),)).fetchall()
        words = _Words(connection, rows)
        lines = {row[0]: words.line(row) for row in rows}
        return tuple(lines[key] for key in keys if key in lines)

    def people(self, text: str, limit: int = 50) -> tuple[PersonLine, ...]:
        return people_lines(self._connect(), text, limit)

    def cases_of(self, person_id: RecordId) -> tuple[CaseLine, ...]:
        rows = self._connect().execute(_CASES_OF, {"id": person_id}).fetchall()
        return self.case_lines([row[0] for row in rows])

    def history(self, case_id: RecordId) -> tuple[HistoryLine, ...]:
        return deliveries.history_lines(self._connect(), case_id)

    def waiting(self) -> tuple[WaitingLine, ...]:
        return deliveries.waiting_lines(self._connect())

    def waiting_files(self, limit: int) -> tuple[WaitingLine, ...]:
        return deliveries.waiting_file_lines(self._connect(), limit)

    def status(self) -> SyncStatus:
        return deliveries.status(self._connect())


def _conditions(connection: Connection, query: CaseQuery) -> tuple[list[str], list[object]]:
    wishes: list[str] = []
    values: list[object] = []
    sets: tuple[tuple[str, Iterable[str]], ...] = (
        ("stage", query.stages),
        ("dispute_type", query.dispute_types),
        ("grade", query.grades),
        ("review_state", query.review_states),
    )
    for column, wanted in sets:
        if wanted:
            wishes.append(f"{column} {_IN}")
            values.append(json.dumps(sorted(wanted)))
    if query.year is not None:
        wishes.append("year = ?")
        values.append(query.year)
    if query.foreign is not None:
        wishes.append("is_foreign = ?")
        values.append(int(query.foreign))
    for term in terms(query.text):
        asked = question(term)
        wishes.append(_FOUND if asked else "0")
        values += [asked] if asked else []
    if query.deliveries:
        wish, more = _delivery_wish(connection, query.deliveries)
        wishes.append(wish)
        values += more
    return wishes, values


def _delivery_wish(connection: Connection, wanted: Iterable[Delivery]) -> tuple[str, list[object]]:
    """What of `case_list` is that far.

    SENDING is known to nobody here and counts as waiting.
    """
    enrolled = deliveries.is_enrolled(connection)
    ways: list[str] = []
    values: list[object] = []
    attention = json.dumps(_attention(connection))
    waits = f"id IN ({deliveries.WAITING_CASES})"
    files_wait = f"id IN ({WAITING_FILE_CASES})"
    own = {
        Delivery.ATTENTION: f"id {_IN}",
        Delivery.WAITING: f"id NOT {_IN} AND {waits}",
        Delivery.RECEIVED: f"id NOT {_IN} AND NOT {waits} AND {files_wait}",
        Delivery.COMPLETE: f"id NOT {_IN} AND NOT {waits} AND NOT {files_wait}",
    }
    asked = "is_foreign = 1 AND id"
    same = {Delivery.SENDING: Delivery.WAITING}
    for delivery in sorted({same.get(one, one) for one in wanted}):
        if delivery is Delivery.FOREIGN:
            ways.append(f"({asked} NOT {_IN})" if enrolled else "is_foreign = 1")
            values += [attention] if enrolled else []
        elif delivery is Delivery.HERE:
            ways.append("0" if enrolled else "is_foreign = 0")
        elif enrolled:
            ways.append(f"(is_foreign = 0 AND {own[delivery]})")
            values.append(attention)
            if delivery is Delivery.ATTENTION:
                ways.append(f"({asked} {_IN})")
                values.append(attention)
    return f"({' OR '.join(ways) or '0'})", values


def _attention(connection: Connection) -> list[str]:
    return sorted(deliveries.cases_in_question(connection))


class _Words:
    """What the lines of one page need beside their rows: names of mediators, and how far each case
    is.
    """

    def __init__(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        mediators = {one for row in rows for one in json.loads(row[11])}
        found = connection.execute(
            f"SELECT id, name FROM mediator WHERE id {_IN}", (json.dumps(sorted(mediators)),)
        )
        self._mediators: dict[str, str] = dict(found.fetchall())
        self._enrolled = deliveries.is_enrolled(connection)
        self._attention = set(_attention(connection)) if self._enrolled else set()
        waiting = f"{deliveries.WAITING_CASES} AND e.case_id {_IN}"
        ids = json.dumps([row[1] for row in rows])
        self._waiting = {one[0] for one in connection.execute(waiting, (ids,))}
        waiting = f"{WAITING_FILE_CASES} AND a.case_id {_IN}"
        self._files_waiting = {one[0] for one in connection.execute(waiting, (ids,))}

    def line(self, row: tuple[Any, ...]) -> CaseLine:
        names = (self._mediators.get(one, "") for one in json.loads(row[11]))
        return CaseLine(
            key=row[0],
            id=row[1],
            applicants=row[2],
            respondents=row[3],
            matter=row[4],
            dispute_type=row[5],
            stage=Stage(row[6]),
            grade=RiskGrade(row[7]),
            accepted_on=date.fromisoformat(row[8]) if row[8] else None,
            amount=row[9],
            number=row[10],
            mediators="、".join(name for name in names if name),
            committee=row[12],
            delivery=self._delivery(row[1], foreign=bool(row[15])),
            review_state=ReviewState(row[13]),
            oral=bool(row[14]),
            own_committee=bool(row[16]),
        )

    def _delivery(self, case_id: str, *, foreign: bool) -> Delivery:
        attention = case_id in self._attention
        if foreign:
            return Delivery.ATTENTION if attention else Delivery.FOREIGN
        received, files = case_id not in self._waiting, case_id not in self._files_waiting
        return deliveries.own_delivery(self._enrolled, attention, received, files=files)
