"""Hypothesis strategies for every kind of record, made from the dataclasses themselves.

A new field is tested from its first day.
"""

from __future__ import annotations

import types
from dataclasses import fields
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from app.domain.ids import RecordId, new_id
from app.domain.records import Record

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
LEAVES: dict[object, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    bool: st.booleans(),
    date: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    time: st.times().map(lambda moment: moment.replace(tzinfo=None)),
    datetime: st.datetimes(datetime(2000, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    RecordId: st.builds(new_id),
    type(None): st.none(),
}


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type as a record may hold it."""
    if kind in LEAVES:
        return LEAVES[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of(*(values_of(one) for one in inner))
    if origin is tuple:
        return st.lists(values_of(inner[0]), max_size=3).map(tuple)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    return records_of(kind)


def records_of(kind: type[Record] | type[Any]) -> st.SearchStrategy[Any]:
    """Records of one kind with every field filled at random."""
    hints = get_type_hints(kind)
    parts = {one.name: values_of(hints[one.name]) for one in fields(kind)}
    return st.builds(kind, **parts)
