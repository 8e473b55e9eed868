"""Canonical JSON.

The same bytes as another implementation makes, and nothing that two ends could read differently.
"""

from __future__ import annotations

import contextlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.wire.canonical import DEEPEST, LARGEST_INTEGER, Json, canonical, digest, strict_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
KEYS = st.text(st.characters(min_codepoint=1, max_codepoint=127), max_size=8)
LEAVES = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXTS
VALUES = st.recursive(
    LEAVES, lambda part: st.lists(part, max_size=4) | st.dictionaries(KEYS, part, max_size=4)
)


@given(VALUES)
def test_our_bytes_are_those_of_another_implementation(value: Json) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_was_written_is_read_alike(value: Json) -> None:
    raw = canonical(value)
    assert strict_json(raw) == value
    assert canonical(strict_json(raw)) == raw


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        float("nan"),
        2**53,
        -(2**53),
        {"键": 1},
        {1: 2},
        "\ud800",
        ["\udfff"],
        b"raw",
        {"a": {1, 2}},
    ],
)
def test_what_must_not_be_signed_is_refused(value: Json) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical(value)


def nested(depth: int) -> Json:
    value: Json = "x"
    for _ in range(depth):
        value = [value]
    return value


def test_depth_has_a_limit() -> None:
    assert canonical(nested(DEEPEST))
    with pytest.raises(ValueError, match="deep"):
        canonical(nested(DEEPEST + 1))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b"NaN",
        b"Infinity",
        b"1.5",
        b"1e999",
        b"9007199254740992",
        b"1" * 5000,
        b'"\\ud800"',
        b'"\\u0000"',
        b'{"\\u0000":1}',
        b"\xef\xbb\xbf{}",
        '"和"'.encode("gbk"),
        '"和"'.encode("utf-16"),
        b"[" * 100_000,
        b"[" * 100 + b"]" * 100,
        b"{} {}",
    ],
    ids=lambda raw: repr(raw[:12]),
)
def test_what_two_ends_could_read_differently_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        strict_json(raw)


@given(st.binary(max_size=60) | TEXTS.map(str.encode))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    with contextlib.suppress(ValueError):
        canonical(strict_json(raw))


def test_a_hash_serves_one_purpose_only() -> None:
    raw = canonical({"a": 1})
    assert digest("one", raw) != digest("other", raw)
    assert digest("one", raw) == digest("one", json.dumps({"a": 1}, separators=(",", ":")).encode())
