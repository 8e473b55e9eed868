"""Parcels: what was sealed comes out again, for its reader alone, and nothing else ever does."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import new_id
from app.domain.problems import ProblemCode, Refused, refuse
from app.wire.box import X25519Box
from app.wire.parcel import (
    HEAD_SIZE,
    MARK,
    PIECE,
    SIGNATURE_SIZE,
    TAG_SIZE,
    Address,
    Direction,
    examine,
    open_parcel,
    parcel_message,
    read_head,
    seal,
)
from tests.fakes import FakeDevice, signature_fits

VILLAGE = FakeDevice("village")
NEIGHBOUR = FakeDevice("neighbour")
COUNTY = X25519Box(sha256(b"county box").hexdigest())
OTHER_COUNTY = X25519Box(sha256(b"other county box").hexdigest())
BORDERS = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1]


def address(**more: str) -> Address:
    return Address(
        **{
            "direction": Direction.TO_COUNTY,
            "reader": COUNTY.public_key,
            "parcel_id": str(new_id()),
            "sender": VILLAGE.device_id,
            **more,  # type: ignore[arg-type]  # the three texts
        }
    )


def made(contents: bytes, **more: str) -> bytes:
    return b"".join(seal(chunked(contents, 10_007), address(**more), VILLAGE.sign))


def chunked(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def read(parcel: bytes, box: X25519Box = COUNTY, sender: FakeDevice = VILLAGE) -> bytes:
    """As every reader does it: signature first, then the pieces. Raises `Refused`."""
    found = examine(chunked(parcel, 4999))
    if not signature_fits(sender.public_key, found.message, found.signature):
        raise refuse(ProblemCode.PARCEL_NOT_GENUINE)
    return b"".join(open_parcel(chunked(parcel, 70_001), found.head, box))


def code_of(parcel: bytes, box: X25519Box = COUNTY, sender: FakeDevice = VILLAGE) -> ProblemCode:
    with pytest.raises(Refused) as caught:
        read(parcel, box, sender)
    return caught.value.first.code


@pytest.mark.parametrize("size", BORDERS)
def test_what_went_in_comes_out(size: int) -> None:
    contents = bytes(at % 251 for at in range(size))
    parcel = made(contents)
    pieces = max(1, -(-size // PIECE))
    assert len(parcel) == HEAD_SIZE + size + pieces * TAG_SIZE + SIGNATURE_SIZE
    assert read(parcel) == contents


@given(
    chunks=st.lists(st.integers(0, 2 * PIECE + 3), max_size=6),
    cut=st.integers(1, 3 * PIECE),
)
def test_chunks_of_any_size_make_the_same_contents(chunks: list[int], cut: int) -> None:
    contents = [bytes([number]) * size for number, size in enumerate(chunks)]
    parcel = b"".join(seal(contents, address(), VILLAGE.sign))
    head = examine(chunked(parcel, cut)).head
    assert b"".join(open_parcel(chunked(parcel, cut), head, COUNTY)) == b"".join(contents)


def test_the_head_tells_who_and_which_way_and_nothing_else() -> None:
    parcel = made("屋檐滴水".encode() * 50, answers=str(new_id()))
    head = read_head(parcel)
    assert head.direction is Direction.TO_COUNTY
    assert head.sender == VILLAGE.device_id
    assert head.is_for(COUNTY.public_key)
    assert not head.is_for(OTHER_COUNTY.public_key)
    assert head.raw == parcel[:HEAD_SIZE]
    assert "屋檐".encode() not in parcel


def test_the_same_contents_never_look_the_same() -> None:
    where = address()
    first, second = (b"".join(seal([b"x" * 100], where, VILLAGE.sign)) for _ in range(2))
    assert first[HEAD_SIZE:] != second[HEAD_SIZE:]


def test_only_its_reader_opens_it() -> None:
    parcel = made(b"x" * 100)
    assert code_of(parcel, OTHER_COUNTY) is ProblemCode.PARCEL_NOT_FOR_US


def test_another_sender_is_found() -> None:
    assert code_of(made(b"x"), sender=NEIGHBOUR) is ProblemCode.PARCEL_NOT_GENUINE


def test_who_signs_anothers_parcel_anew_gets_nowhere() -> None:
    """The head names the sender and binds the key: it cannot be put on other pieces."""
    parcel = made(b"x" * 100)
    own_head = replace(read_head(parcel), sender=NEIGHBOUR.device_id).raw
    sealed = parcel[HEAD_SIZE:-SIGNATURE_SIZE]
    signature = NEIGHBOUR.sign(parcel_message(own_head, sha256(sealed).digest()))
    assert code_of(own_head + sealed + signature, sender=NEIGHBOUR) is ProblemCode.PARCEL_DAMAGED


@cache
def small() -> bytes:
    return made(b"two words")


def test_every_flipped_bit_is_found() -> None:
    whole = small()
    for at in range(len(whole)):
        for bit in (1, 0x80):
            spoiled = whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :]
            assert code_of(spoiled) in {
                ProblemCode.PARCEL_FOREIGN,
                ProblemCode.PARCEL_NEWER,
                ProblemCode.PARCEL_DAMAGED,
                ProblemCode.PARCEL_NOT_GENUINE,
            }


def test_every_cut_is_found() -> None:
    whole = small()
    for size in range(len(whole)):
        assert code_of(whole[:size]) in {
            ProblemCode.PARCEL_FOREIGN,
            ProblemCode.PARCEL_DAMAGED,
            ProblemCode.PARCEL_NOT_GENUINE,
        }


def test_bytes_behind_the_end_are_found() -> None:
    assert code_of(small() + b"\0") is ProblemCode.PARCEL_NOT_GENUINE


def test_a_sender_cannot_leave_out_or_swap_pieces() -> None:
    """Even signed anew by the one who may: the pieces know their place."""
    parcel = made(bytes(3 * PIECE))
    full = PIECE + TAG_SIZE
    head, sealed = parcel[:HEAD_SIZE], parcel[HEAD_SIZE:-SIGNATURE_SIZE]
    first, second, third = sealed[:full], sealed[full : 2 * full], sealed[2 * full :]
    for wrong in (first + second, second + first + third, first + third, first + first + third):
        signature = VILLAGE.sign(parcel_message(head, sha256(wrong).digest()))
        assert code_of(head + wrong + signature) is ProblemCode.PARCEL_DAMAGED


def test_another_head_in_between_is_found() -> None:
    """A stick may show other bytes the second time."""
    first, second = made(b"one"), made(b"two")
    head = examine([first]).head
    with pytest.raises(Refused) as caught:
        list(open_parcel([second], head, COUNTY))
    assert caught.value.first.code is ProblemCode.PARCEL_DAMAGED


def test_a_newer_version_says_so() -> None:
    whole = small()
    newer = MARK + bytes([2]) + whole[len(MARK) + 1 :]
    assert code_of(newer) is ProblemCode.PARCEL_NEWER


def test_a_weak_key_is_refused() -> None:
    """A point of small order would let anybody know the secret."""
    with pytest.raises(ValueError):
        list(seal([b""], address(reader="00" * 32), VILLAGE.sign))
    whole = bytearray(small())
    whole[HEAD_SIZE - 32 : HEAD_SIZE] = bytes(32)
    head = read_head(bytes(whole))
    with pytest.raises(Refused):
        list(open_parcel([bytes(whole)], head, COUNTY))


@given(st.binary(max_size=300).filter(lambda data: not data.startswith(MARK)))
def test_foreign_bytes_are_foreign(data: bytes) -> None:
    assert code_of(data) is ProblemCode.PARCEL_FOREIGN


def test_memory_stays_small_whatever_the_size() -> None:
    size, piece = 50 * 1024 * 1024, bytes(1024 * 1024)

    def contents() -> Iterator[bytes]:
        return (piece for _ in range(size // len(piece)))

    made(b"")  # loads what is loaded once
    tracemalloc.start()
    try:
        found = examine(seal(contents(), address(), VILLAGE.sign))
        assert signature_fits(VILLAGE.public_key, found.message, found.signature)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * 1024 * 1024
