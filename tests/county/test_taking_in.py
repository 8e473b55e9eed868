"""The county takes in a journal: once, in order, with receipts that never change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import requests

from app.domain.cases import Case
from app.domain.ids import new_id
from app.domain.problems import ProblemCode, Refused
from app.security.device import verify
from app.services.answers import new_nonce
from app.wire.exchange import (
    BODY_LIMIT_BYTES,
    CONTENT_TYPE,
    EXCHANGE_PATH,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    Receipt,
    receipt_message,
)
from app.wire.journal import FIRST_PREVIOUS
from tests.county.laptop import RawLaptop, verdicts
from tests.county.server import RunningCounty


def refusal(laptop: RawLaptop, *entries: object) -> tuple[ProblemCode, object]:
    """What the county says to these entries."""
    with pytest.raises(Refused) as caught:
        laptop.exchange(list(entries))  # type: ignore[arg-type]
    return caught.value.first.code, caught.value.first.facts.get("code")


def test_an_entry_is_stored_and_its_receipt_is_genuine(
    county: RunningCounty, laptop: RawLaptop
) -> None:
    laptop.new_case()
    answer = laptop.exchange()
    [signed] = answer.receipts
    receipt = Receipt.model_validate_json(signed.raw)
    assert verify(county.key.public, receipt_message(signed.raw), signed.signature)
    assert (receipt.device, receipt.seq) == (laptop.id, 1)
    assert receipt.entry_hash == laptop.journal[0].hash
    assert [row.raw for row in county.held(laptop.id)] == [laptop.journal[0].raw]
    assert answer.have == 1
    assert verdicts(answer) == [(1, "applied", "")]


def test_sending_twice_changes_nothing_and_gives_the_same_bytes(
    county: RunningCounty, laptop: RawLaptop
) -> None:
    laptop.new_case()
    laptop.new_case()
    first = laptop.exchange()
    county.stands_still_at(datetime(2030, 1, 1, tzinfo=UTC))
    second = laptop.exchange()
    assert second.receipts == first.receipts
    assert len(county.held(laptop.id)) == 2


def test_a_gap_is_waited_for(county: RunningCounty, laptop: RawLaptop) -> None:
    for _ in range(4):
        laptop.new_case()
    first, _, third, fourth = laptop.journal
    answer = laptop.exchange([first, third, fourth])
    assert answer.have == 1
    assert len(answer.receipts) == 1
    assert len(county.held(laptop.id)) == 1
    assert laptop.exchange().have == 4


def test_two_entries_under_one_number_freeze_the_device(
    county: RunningCounty, laptop: RawLaptop
) -> None:
    laptop.new_case()
    laptop.exchange()
    other = Case(id=new_id(), committee_id=laptop.committee, matter="另一件")
    forked = laptop.write(seq=1, prev=FIRST_PREVIOUS)
    assert refusal(laptop, forked) == (ProblemCode.STORE_WENT_BACK, None)
    laptop.save(other)
    assert refusal(laptop, laptop.journal[-1]) == (ProblemCode.STORE_WENT_BACK, None)
    assert [row.hash for row in county.held(laptop.id)] == [laptop.journal[0].hash]


def test_an_entry_on_another_chain_freezes_the_device(
    county: RunningCounty, laptop: RawLaptop
) -> None:
    laptop.new_case()
    laptop.exchange()
    again = refusal(laptop, laptop.write(seq=2, prev="1" * 64))
    assert again[0] is ProblemCode.STORE_WENT_BACK
    assert len(county.held(laptop.id)) == 1


def test_nothing_of_a_letter_with_a_false_entry_is_kept(
    county: RunningCounty, laptop: RawLaptop, stranger: RawLaptop
) -> None:
    laptop.new_case()
    good = laptop.journal[0]
    false = stranger.seal(laptop.write(seq=2, prev=good.hash).raw)
    assert refusal(laptop, good, false)[1] == "malformed"
    assert county.held(laptop.id) == []


def test_an_entry_of_another_device_is_not_taken(laptop: RawLaptop, stranger: RawLaptop) -> None:
    theirs = stranger.write()
    assert refusal(laptop, laptop.seal(theirs.raw))[1] == "malformed"


def test_an_unknown_device_gets_a_word(stranger: RawLaptop) -> None:
    assert refusal(stranger) == (ProblemCode.DEVICE_UNKNOWN, None)


def test_a_revoked_device_gets_nothing_more(county: RunningCounty, laptop: RawLaptop) -> None:
    laptop.new_case()
    laptop.exchange()
    county.revoke(laptop.id)
    laptop.new_case()
    assert refusal(laptop, *laptop.journal)[0] is ProblemCode.DEVICE_REVOKED
    assert len(county.held(laptop.id)) == 1


def test_another_key_cannot_speak_for_a_device(laptop: RawLaptop, stranger: RawLaptop) -> None:
    stranger.device = type(stranger.device)(laptop.id, stranger.device._private)
    assert refusal(stranger)[1] == "not_genuine"


def test_a_body_that_is_too_large_is_not_read_to_its_end(county: RunningCounty) -> None:
    headers = {
        "Content-Type": CONTENT_TYPE,
        NONCE_HEADER: new_nonce(),
        "X-Heshi-Device": str(new_id()),
        SIGNATURE_HEADER: "0" * 128,
    }
    answer = requests.post(
        county.address + EXCHANGE_PATH,
        data=b" " * (BODY_LIMIT_BYTES + 1),
        headers=headers,
        timeout=30,
    )
    assert (answer.status_code, answer.json()) == (413, {"code": "too_large"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b'{"protocol":1,"protocol":1}',
        b'{"cursor":9007199254740993}',
        b'{"cursor":1e9}',
        b'{"cursor":NaN}',
        b'{"epoch":"\\ud800"}',
        b'{"epoch":"\\u0000"}',
        b"[" * 100_000,
    ],
)
def test_no_body_makes_the_server_stumble(
    county: RunningCounty, laptop: RawLaptop, body: bytes
) -> None:
    from app.wire.exchange import DEVICE_HEADER, REQUEST_PURPOSE, message_digest

    nonce = new_nonce()
    signature = laptop.device.sign(message_digest(REQUEST_PURPOSE, EXCHANGE_PATH, nonce, body))
    headers = {
        DEVICE_HEADER: laptop.id,
        NONCE_HEADER: nonce,
        SIGNATURE_HEADER: signature.hex(),
    }
    answer = requests.post(county.address + EXCHANGE_PATH, data=body, headers=headers, timeout=30)
    # An empty object is a whole letter of a device that has nothing to send.
    assert answer.status_code == (200 if body == b"{}" else 400)
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    assert SIGNATURE_HEADER in answer.headers


def test_the_server_shows_nothing_of_itself(county: RunningCounty) -> None:
    for path in ("/docs", "/openapi.json", "/redoc", "/", "/v1/exchange"):
        answer = requests.get(county.address + path, timeout=30)
        assert answer.status_code in (404, 405)
        assert answer.json() == {"code": "malformed"}
    assert requests.get(county.address + "/v1/health", timeout=30).json() == {"ok": True}
