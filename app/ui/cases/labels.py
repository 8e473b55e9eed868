"""Words of codes for this workspace.

Choices of a table, the label of an enum, the name of an article. Never a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from app.domain.dates import chinese_date
from app.ui.runtime.texts import Words, field_name, pick
from app.ui.widgets.fields import Choice

if TYPE_CHECKING:
    from datetime import date

    from app.domain.casefile import CaseFile
    from app.domain.ids import RecordId
    from app.services.ports import Practice
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

E = TypeVar("E", bound=StrEnum)


def label(desk: Desk, table: str, code: str) -> str:
    """The label of a code, or "" for none."""
    return desk.practice.codes.label(table, code, desk.language) if code else ""


def sex_name(desk: Desk, code: str) -> str:
    """男 or 女; "" where it is not known. `code` of GB/T 2261.1 as a person bears it."""
    sexes = desk.practice.codes.table("sex").codes
    found = next((one for one in sexes if one.code == code), None)
    return found.label(desk.language) if found is not None and code in ("1", "2") else ""


def table_choices(desk: Desk, table: str) -> list[Choice]:
    """All codes of a table that can be chosen, in its order: the county's usual ones first."""
    return [
        Choice(one.code, one.label(desk.language), one.zh)
        for one in desk.practice.codes.table(table).codes
        if one.extra.get("selectable", True)
    ]


def enum_choices(desk: Desk, names: Mapping[E, Words]) -> list[Choice]:
    """Members of an enum of the rules, with their names."""
    return [Choice(one.value, pick(words, desk.language)) for one, words in names.items()]


def party_choices(file: CaseFile) -> list[Choice]:
    """The living parties by name."""
    return [Choice(one.id, file.name_of(one)) for one in file.living_parties]


def mediator_choices(view: CaseView) -> list[Choice]:
    """The mediators of the case's committee, and those already named on the case."""
    known = {**view.file.mediators, **view.mediators}
    return [Choice(one.id, one.name) for one in known.values()]


def mediator_names(desk: Desk, view: CaseView, ids: Iterable[RecordId]) -> str:
    """The names of mediators by id."""
    known = {**view.file.mediators, **view.mediators}
    return listed(desk, (known[one].name for one in ids if one in known))


def law_name(practice: Practice, citation: str, language: str) -> str:
    """The article behind a stop, such as 《人民调解法》第十七条.

    "" when there is none or the pack does not know it.
    """
    pack = practice.texts.get("citations")
    lines = pack.get("citations", ()) if isinstance(pack, dict) else ()
    found = next((one for one in lines if one.get("id") == citation), None) if citation else None
    return str(found["en" if language.startswith("en") else "zh"]) if found else ""


def named(desk: Desk, owner: str, field: str) -> str:
    """What a field is called, here as everywhere."""
    return field_name(owner, field, desk.language)


def day_words(desk: Desk, day: date | None) -> str:
    """A local date as people of the window's language write it; "" for none."""
    if day is None:
        return ""
    return day.isoformat() if desk.language.startswith("en") else chinese_date(day)


def listed(desk: Desk, names: Iterable[str], limit: int = 12) -> str:
    """Names one after the other; how many there are when not all are said."""
    found = [one for one in names if one]
    between = ", " if desk.language.startswith("en") else "、"
    return between.join(found[:limit]) + (f" … ({len(found)})" if len(found) > limit else "")
