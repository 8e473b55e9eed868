"""What travels stays readable: the files in ``golden/`` are never edited.

Those that end in 1 are from before papers were sealed, those in 2 hold the key for papers, those in
3 the key for parcels, those in 4 the device that a laptop was before.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.county.papers import PaperAuthority
from app.security.device import verify
from app.security.paper_key import P256PaperKey
from app.services.enrolment import request_body
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
    former_message,
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
        ("enrol-request-2", EnrolRequest),
        ("enrol-answer-2", EnrolAnswer),
        ("receipt-1", Receipt),
        ("device-card-1", DeviceCard),
    ],
)
def test_a_message_is_read_and_written_as_it_was(name: str, model: type[Model]) -> None:
    value = model.model_validate(strict_json(golden(name)))
    # What an older writer did not know of is not there, and is not made up.
    assert canonical(value.model_dump(mode="json", exclude_unset=True)) == golden(name)
    assert value.model_extra == {}


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("exchange-request-2", ExchangeRequest),
        ("exchange-answer-2", ExchangeAnswer),
        ("enrol-answer-3", EnrolAnswer),
    ],
)
def test_a_message_is_written_as_it_was(name: str, model: type[Model]) -> None:
    value = model.model_validate(strict_json(golden(name)))
    assert canonical(value.model_dump(mode="json")) == golden(name)
    assert value.model_extra == {}


@pytest.mark.parametrize("name", ["enrol-request-3", "enrol-request-4"])
def test_a_laptop_asks_as_it_did(name: str) -> None:
    value = EnrolRequest.model_validate(strict_json(golden(name)))
    assert request_body(value) == golden(name)
    assert value.model_extra == {}


def test_a_former_key_still_speaks_for_the_new_one() -> None:
    request = EnrolRequest.model_validate(strict_json(golden("enrol-request-4")))
    assert request.former
    message = former_message(request.former, request.device, request.nonce)
    assert verify(json.loads(golden("marks-1"))["device_key"], message, request.former_proof)


def test_a_certificate_for_papers_still_fits() -> None:
    request = ExchangeRequest.model_validate(strict_json(golden("exchange-request-2")))
    answer = ExchangeAnswer.model_validate(strict_json(golden("exchange-answer-2")))
    device = DeviceCard.model_validate(strict_json(golden("device-card-1")))
    key, county = P256PaperKey("11" * 32), PaperAuthority("22" * 32)
    assert (request.paper_key, request.paper_proof) == (key.public_key, key.prove(device.device))
    assert key.fits(answer.paper_certificate, answer.county_ca)
    made = county.certify(
        device=device.device,
        paper_key=request.paper_key,
        proof=request.paper_proof,
        committee="某村人民调解委员会",
        person=device.person,
    )
    assert (made, county.certificate) == (answer.paper_certificate, answer.county_ca)


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
