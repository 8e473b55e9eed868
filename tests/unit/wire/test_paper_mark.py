"""The mark on a page: what is written is read back, and nothing else passes for a mark."""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import RecordId
from app.wire.paper_mark import PaperMark, check_code, decode, encode

HASH = hashlib.sha256(b"agreement").hexdigest()
marks = st.builds(
    PaperMark,
    record_id=st.uuids().map(lambda one: RecordId(str(one))),
    version=st.integers(1, 9999),
    content_hash=st.binary(min_size=32, max_size=32).map(bytes.hex),
    page=st.integers(1, 9999),
    number=st.text(max_size=120),
)


def mark(**values: object) -> PaperMark:
    known: dict[str, object] = {
        "record_id": RecordId(str(UUID(int=7))),
        "version": 2,
        "content_hash": HASH,
        "page": 3,
        "number": "〔2026〕梨树坡村人调字第012号",
    }
    return PaperMark(**(known | values))  # type: ignore[arg-type]  # wrong values are wanted here


def test_the_layout_stays_as_printed_papers_have_it() -> None:
    assert encode(mark()) == (
        f"HESHI1:{UUID(int=7).hex.upper()}:2:{HASH.upper()}:3:〔2026〕梨树坡村人调字第012号"
    )
    assert check_code("00" * 19 + "1f" + "ff" * 12) == " ".join(["0000"] * 7 + ["000Z"])
    assert check_code("ff" * 32) == " ".join(["ZZZZ"] * 8)


@given(marks)
def test_every_mark_is_read_back(one: PaperMark) -> None:
    assert decode(encode(one)) == one


@given(st.text())
def test_other_texts_are_no_marks(text: str) -> None:
    assert decode(text) is None


@given(marks, st.data())
def test_a_changed_text_never_gives_the_same_mark(one: PaperMark, data: st.DataObject) -> None:
    text = encode(one)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters().filter(lambda character: character != text[at]))
    assert decode(text[:at] + other + text[at + 1 :]) != one


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0},
        {"page": 0},
        {"page": 10_000},
        {"content_hash": HASH[:-1]},
        {"content_hash": HASH.upper()},
        {"number": "号" * 121},
        {"record_id": "no uuid"},
    ],
)
def test_what_could_not_be_read_back_is_not_written(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"mark|UUID"):
        encode(mark(**change))


@given(st.binary(min_size=32, max_size=32))
def test_the_check_code_holds_the_first_160_bits(raw: bytes) -> None:
    groups = check_code(raw.hex()).split(" ")
    assert [len(one) for one in groups] == [4] * 8
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value = 0
    for character in "".join(groups):
        value = value * 32 + letters.index(character)
    assert value.to_bytes(20, "big") == raw[:20]


@pytest.mark.parametrize("text", ["", "ab", HASH + "0", "g" * 64, " " * 64])
def test_only_a_sha256_has_a_check_code(text: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        check_code(text)
