"""Keeps the search index in step with the rows. Writes nothing for a text that did not change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

from app.storage.cipher import Connection
from app.storage.names import typed_ways
from app.storage.search import case_text_key, joined_words, names_key, person_text_key
from app.wire.records import Fields

_BODIES: dict[str, tuple[str, ...]] = {
    "case": (
        "matter", "title", "facts", "occurred_place", "source_detail", "registrar", "file_no",
        "source_note",
    ),
    "session": ("place", "recorder", "outcome_text"),
    "agreement": ("number", "facts", "responsibility", "manner", "deadline", "place"),
    "follow_up": ("visitor", "findings"),
    "review": ("author", "text"),
    "submission": ("note",),
    "investigation": ("place", "others", "matter", "recorder"),
    "evidence": ("name", "source", "proves"),
    "letter": ("number", "addressee", "reason", "content"),
    "performance": ("what", "witness"),
    "confirmation": ("court", "case_no"),
    "attachment": ("name", "caption", "taken_at_place"),
    "person": ("address", "phone", "id_no", "occupation"),
    "organisation": ("address", "phone", "credit_code", "legal_representative"),
}  # fmt: skip
# Lists of texts, or of objects that hold one: field -> name in the object.
_LISTS: dict[str, dict[str, str]] = {
    "case": {"requests": ""},
    "session": {"steps": "text", "participants": "name"},
    "agreement": {"clauses": "text"},
    "investigation": {"exchanges": "answer"},
}
_PEOPLE = ("person", "organisation")
# What must be indexed anew when it changes.
_TEXTS = {
    kind: (*names, *_LISTS.get(kind, ()), *(("name",) if kind in _PEOPLE else ()))
    for kind, names in _BODIES.items()
}
_OF_CASES = tuple(kind for kind in _BODIES if kind not in _PEOPLE)
_WRITE = "INSERT OR REPLACE INTO search_text (rowid, name, body, pinyin) VALUES (?, ?, ?, ?)"


class TextIndex:
    """Collects what the rows of one transaction say and writes it at the end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[int, tuple[str, str, str]] = {}
        self._of_cases: dict[tuple[str, int], tuple[str, str]] = {}

    def note(self, kind: str, key: int, fields: Fields, changed: Collection[str]) -> None:
        """Remembers the text of a record with the row's `key`, if one of its `changed` fields holds
        text.
        """
        if not any(name in changed for name in _TEXTS.get(kind, ())):
            return
        body = joined_words(_body(kind, fields))
        if kind in _PEOPLE:
            name = str(fields["name"])
            row = (joined_words([name]), body, " ".join(typed_ways(name)))
            self._rows[person_text_key(key, organisation=kind == "organisation")] = row
        else:
            case_id = str(fields["id"] if kind == "case" else fields["case_id"])
            self._of_cases[kind, key] = (case_id, body)

    def note_names(self, case_key: int, names: Sequence[str]) -> None:
        """Remembers under which names a case is found."""
        ways = dict.fromkeys(way for name in names for way in typed_ways(name))
        self._rows[names_key(case_key)] = (joined_words(names), "", " ".join(ways))

    def finish(self, case_keys: dict[str, int]) -> None:
        """Writes what was noted.

        `case_keys` gives the key of every case that had a record noted.
        """
        for (kind, key), (case_id, body) in self._of_cases.items():
            place = case_text_key(case_keys[case_id], _OF_CASES.index(kind), key)
            self._rows[place] = ("", body, "")
        rows = ((place, *texts) for place, texts in sorted(self._rows.items()))
        self._connection.executemany(_WRITE, rows)


def _body(kind: str, fields: Fields) -> Iterable[str]:
    for name in _BODIES[kind]:
        yield str(fields[name])
    for name, inner in _LISTS.get(kind, {}).items():
        for one in cast(Sequence[Any], fields[name]):
            yield str(one[inner] if inner else one)
