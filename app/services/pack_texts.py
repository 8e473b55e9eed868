"""Lists and dated texts of a data pack, read without trusting their shape.

Never judges them. `storage/packs.py` puts together what several packs say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.services.ports import Practice

EARLIER = "earlier"
"""Where a text of a later day keeps the one that it took the place of."""
RENAMED = "renamed"
"""Set on a line whose Chinese name a county has changed."""


def pack_lines(practice: Practice, text: str, name: str) -> list[Mapping[str, object]]:
    """The objects of list `name` in one of the pack's texts; none where the pack lacks it."""
    whole = practice.texts.get(text)
    found = whole.get(name) if isinstance(whole, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def in_force(line: Mapping[str, Any], day: date) -> bool:
    """Whether a dated text, or a dated line of one, counts on local date `day`."""
    first, last = line.get("effective_from"), line.get("effective_to")
    return (not first or first <= day.isoformat()) and (not last or day.isoformat() <= last)


def text_on(practice: Practice, name: str, day: date) -> Mapping[str, Any]:
    """The version of text `name` in force on local date `day`, which is the paper's own; the newest
    where none is. Raises KeyError, TypeError for packs without it.
    """
    newest: Any = practice.texts[name]
    return next((one for one in _versions(newest) if in_force(one, day)), newest)


def _versions(newest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    version: Mapping[str, Any] | None = newest
    while version:
        yield version
        version = version.get(EARLIER)


def paper_title(practice: Practice, kind: str, day: date) -> str:
    """What stands at the head of papers of this kind dated `day`: the ``title`` of the pack's
    ``document_set``, or else its name there.
    """
    line = _document(text_on(practice, "document_set", day), kind)
    return str(line.get("title") or line.get("zh") or kind)


def county_name(practice: Practice, kind: str, language: str) -> str:
    """What a county calls a kind of paper, in lists and on buttons; "" where it has not renamed
    it. `language` as the window's.
    """
    line = _document(practice.texts.get("document_set"), kind)
    if not line.get(RENAMED):
        return ""
    return str(line.get("en" if language.startswith("en") else "zh", ""))


def _document(texts: object, kind: str) -> Mapping[str, Any]:
    lines = texts.get("documents", ()) if isinstance(texts, Mapping) else ()
    return next((one for one in lines if one.get("kind") == kind), {})
