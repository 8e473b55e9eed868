"""What travels stays readable: the files in ``golden/`` are bytes of version 1, and are never
edited.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.security.device import verify
from app.wire.canonical import canonical, strict_json
from app.wire.exchange import (
    DeviceCard,
    EnrolAnswer,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    Receipt,
    card_message,
    code_key,
    county_proof,
    laptop_proof,
    receipt_message,
)
from app.wire.journal import Model, entry_bytes, entry_hash, entry_message, read_entry

GOLDEN = Path(__file__).parent / "golden"
CODE = "0123456789"


def golden(name: str) -> bytes:
    return (GOLDEN / f"{name}.json").read_bytes().removesuffix(b"\n")


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("exchange-request-1", ExchangeRequest),
        ("exchange-answer-1", ExchangeAnswer),
        ("enrol-request-1", EnrolRequest),
        ("enrol-answer-1", EnrolAnswer),
        ("receipt-1", Receipt),
        ("device-card-1", DeviceCard),
    ],
)
def test_a_message_is_read_and_written_as_it_was(name: str, model: type[Model]) -> None:
    value = model.model_validate(strict_json(golden(name)))
    assert canonical(value.model_dump(mode="json")) == golden(name)
    assert value.model_extra == {}


def test_an_entry_is_read_and_written_as_it_was() -> None:
    raw = golden("entry-1")
    assert entry_bytes(read_entry(raw)) == raw


def test_hashes_and_signatures_still_fit() -> None:
    marks = json.loads(golden("marks-1"))
    entry, receipt, card = (golden(name) for name in ("entry-1", "receipt-1", "device-card-1"))
    assert entry_hash(entry) == marks["entry_hash"]
    assert verify(marks["device_key"], entry_message(entry), marks["entry_signature"])
    for text, message, name in (
        (receipt, receipt_message, "receipt_signature"),
        (card, card_message, "card_signature"),
    ):
        assert verify(marks["county_key"], message(text.decode()), marks[name])


def test_the_proofs_of_a_code_still_fit() -> None:
    request = EnrolRequest.model_validate(strict_json(golden("enrol-request-1")))
    answer = EnrolAnswer.model_validate(strict_json(golden("enrol-answer-1")))
    key = code_key(CODE)
    proof = laptop_proof(key, request.device, request.public_key, request.nonce)
    assert request.proof == proof
    assert answer.proof == county_proof(key, answer.county_key, request.device, request.nonce)
