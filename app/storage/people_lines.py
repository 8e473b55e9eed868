"""People and organisations as lists show them: by the beginning of name, pinyin or initials first,
then by any part of what is known.

Imports no SQLAlchemy and no pydantic. Never judges a person: the count of cases only orders what is
offered.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from app.domain.ids import RecordId
from app.domain.text import mask_id, mask_phone
from app.services.lines import PersonLine
from app.storage.cipher import Connection
from app.storage.search import is_letters, person_of, phrase, terms

_MOST_USED = """
    SELECT id FROM (
        SELECT person_id AS id, COUNT(DISTINCT case_id) AS times FROM party
        WHERE person_id IS NOT NULL GROUP BY person_id
        UNION ALL
        SELECT organisation_id, COUNT(DISTINCT case_id) FROM party
        WHERE organisation_id IS NOT NULL GROUP BY organisation_id
    ) ORDER BY times DESC, id LIMIT ?
"""
_ALL = "SELECT id FROM person UNION ALL SELECT id FROM organisation LIMIT ?"
# The newest first: they stand lowest.
_FOUND = (
    "SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid < 0 ORDER BY rowid LIMIT ?"
)
_IDS = """
    SELECT id, key, 0 FROM person WHERE key IN (SELECT value FROM json_each(?))
    UNION ALL SELECT id, key, 1 FROM organisation WHERE key IN (SELECT value FROM json_each(?))
"""
_LINES = """
    SELECT id, 0, name, sex, birth_date, address, id_no, phone,
    (SELECT COUNT(DISTINCT case_id) FROM party WHERE person_id = p.id AND void_reason = '')
    FROM person p WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL
    SELECT id, 1, name, '', NULL, address, credit_code, phone,
    (SELECT COUNT(DISTINCT case_id) FROM party WHERE organisation_id = o.id AND void_reason = '')
    FROM organisation o WHERE id IN (SELECT value FROM json_each(:ids))
"""


def people_lines(connection: Connection, text: str, limit: int) -> tuple[PersonLine, ...]:
    """At most `limit` lines for what was typed; the most used first where nothing was typed."""
    wanted = terms(text)
    if not wanted:
        return _lines(connection, _most_used(connection, limit))
    first = _lines(connection, _found(connection, _beginning(wanted), limit))
    nearest = sorted(first, key=lambda one: (len(one.name), -one.cases))
    if len(nearest) < limit:
        ids = _found(connection, _anywhere(wanted), limit)
        there = {one.id for one in nearest}
        nearest += [one for one in _lines(connection, ids) if one.id not in there]
    return tuple(nearest[:limit])


def _lines(connection: Connection, ids: Sequence[str]) -> tuple[PersonLine, ...]:
    rows = connection.execute(_LINES, {"ids": json.dumps(ids)}).fetchall()
    lines = {
        row[0]: PersonLine(
            id=RecordId(row[0]),
            organisation=bool(row[1]),
            name=row[2],
            sex=row[3],
            birth_date=date.fromisoformat(row[4]) if row[4] else None,
            address=row[5],
            id_masked=mask_id(row[6]),
            phone_masked=mask_phone(row[7]),
            cases=row[8],
        )
        for row in rows
    }
    return tuple(lines[one] for one in ids if one in lines)


def _most_used(connection: Connection, limit: int) -> list[str]:
    used = [row[0] for row in connection.execute(_MOST_USED, (limit,))]
    rest = connection.execute(_ALL, (limit,)) if len(used) < limit else ()
    return list(dict.fromkeys([*used, *(row[0] for row in rest)]))[:limit]


def _beginning(wanted: Sequence[str]) -> str | None:
    """Names that begin like it; letters, with or without spaces, may be pinyin or initials."""
    typed = "".join(wanted)
    name = phrase(typed)
    if name is None:
        return None
    if is_letters(typed):
        return f"name : ^ {name} OR pinyin : {typed} *"
    return f"name : ^ {name}"


def _anywhere(wanted: Sequence[str]) -> str | None:
    """All terms, in whatever is known of one person."""
    phrases = [phrase(one) for one in wanted]
    if None in phrases:
        return None
    return " AND ".join(f"{{name body}} : {one}" for one in phrases)


def _found(connection: Connection, question: str | None, limit: int) -> list[str]:
    if question is None:
        return []
    rows = connection.execute(_FOUND, (question, limit)).fetchall()
    places = [person_of(row[0]) for row in rows]
    keys = [json.dumps([key for key, unit in places if unit is wanted]) for wanted in (False, True)]
    ids = {(key, bool(unit)): one for one, key, unit in connection.execute(_IDS, keys)}
    return [ids[place] for place in places if place in ids]
