"""Journal entries: only canonical, well-formed bytes are one."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wire.canonical import canonical
from app.wire.journal import (
    ENTRY_LIMIT_BYTES,
    FIRST_PREVIOUS,
    Change,
    Entry,
    NotAnEntry,
    entry_bytes,
    entry_hash,
    entry_message,
    read_entry,
)
from tests.unit.domain.making import rid

ENTRY = Entry(
    device=rid(1),
    seq=1,
    prev=FIRST_PREVIOUS,
    at=datetime(2026, 11, 21, 4, 0, tzinfo=UTC),
    act="person.saved",
    changes=(Change(kind="person", id=rid(11), set={"name": "张三", "stated_age": 50}),),
)
FIELDS: dict[str, Any] = json.loads(entry_bytes(ENTRY))


def test_an_entry_is_read_as_it_was_written() -> None:
    raw = entry_bytes(ENTRY)
    assert read_entry(raw) == ENTRY
    assert entry_message(raw).hex() == entry_hash(raw)


def test_what_a_newer_writer_adds_is_kept() -> None:
    raw = canonical({**FIELDS, "of_tomorrow": "x"})
    assert entry_bytes(read_entry(raw)) == raw


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"seq": 0},
        {"seq": "1"},
        {"prev": "00"},
        {"device": "me"},
        {"at": "yesterday"},
        {"act": "x" * 61},
        {"changes": {}},
        {"changes": [{"kind": "Person!", "id": rid(1), "set": {}}]},
        {"changes": [{"kind": "person", "id": rid(1), "base": "zz", "set": {}}]},
        {"case_id": "none"},
    ],
    ids=str,
)
def test_a_malformed_entry_is_refused_without_its_content(changes: dict[str, Any]) -> None:
    with pytest.raises(NotAnEntry) as caught:
        read_entry(canonical({**FIELDS, **changes}))
    assert "张三" not in str(caught.value)


@pytest.mark.parametrize("name", ["v", "device", "seq", "prev", "at", "act", "changes"])
def test_nothing_that_makes_an_entry_may_lack(name: str) -> None:
    without = {key: value for key, value in FIELDS.items() if key != name}
    if name == "v":
        assert read_entry(canonical(without)).v == 1
        return
    with pytest.raises(NotAnEntry):
        read_entry(canonical(without))


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps(FIELDS).encode(),
        entry_bytes(ENTRY) + b"\n",
        b"",
        b"null",
        b"[]",
        b"{" * 50_000,
        b" " * (ENTRY_LIMIT_BYTES + 1),
    ],
    ids=["not canonical", "one byte more", "empty", "null", "list", "deep", "too large"],
)
def test_other_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(NotAnEntry):
        read_entry(raw)


@given(st.integers(0, len(entry_bytes(ENTRY)) - 1), st.integers(1, 255))
def test_one_changed_byte_changes_the_hash(place: int, by: int) -> None:
    raw = bytearray(entry_bytes(ENTRY))
    raw[place] = (raw[place] + by) % 256
    assert entry_hash(bytes(raw)) != entry_hash(entry_bytes(ENTRY))
    with contextlib.suppress(NotAnEntry):
        read_entry(bytes(raw))
