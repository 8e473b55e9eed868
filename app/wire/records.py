"""Domain records as plain JSON fields and back: the one codec of journal, county, import and frozen
documents.

Validation happens here (pydantic over the domain's own dataclasses); nothing else turns JSON into
records.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from app.domain.agreements import Clause
from app.domain.records import KINDS, Record, kind_of
from app.wire.canonical import Json

Fields = dict[str, Json]


class NotARecord(ValueError):
    """The fields do not make a record of this kind. `place` is the path of the first fault; holds
    no values.
    """

    def __init__(self, place: str, wanted: str) -> None:
        self.place, self.wanted = place, wanted
        super().__init__(f"{place}: {wanted}")


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    record = KINDS[kind]
    # pydantic reads this attribute of any dataclass; the domain must not know it.
    record.__pydantic_config__ = ConfigDict(hide_input_in_errors=True)  # type: ignore[union-attr]
    return TypeAdapter(record)


def to_fields(record: Record) -> Fields:
    """All fields of `record` as JSON values: dates ISO, enums their values, nested values as
    objects.
    """
    return cast(Fields, _adapter(kind_of(record)).serializer.to_python(record, mode="json"))


@cache
def _clause_adapter() -> TypeAdapter[Clause]:
    return TypeAdapter(Clause)


def clause_fields(clause: Clause) -> Fields:
    """The JSON values of one clause, as `to_fields` has them within an agreement."""
    return cast(Fields, _clause_adapter().serializer.to_python(clause, mode="json"))


def from_fields(kind: str, fields: Fields) -> Record:
    """The record of `kind` that `fields` describe; unknown fields are left out. Raises
    `NotARecord`.
    """
    try:
        return cast(Record, _adapter(kind).validate_python(fields))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise NotARecord(".".join(str(part) for part in first["loc"]), str(first["type"])) from None


def changed_fields(before: Record | None, after: Record) -> Fields:
    """The fields of `after` that differ from `before` (all of them for a new record), as JSON
    values, without the id.
    """
    new = to_fields(after)
    old = to_fields(before) if before is not None else {}
    return {
        name: value
        for name, value in new.items()
        if name != "id" and (before is None or old.get(name) != value)
    }
