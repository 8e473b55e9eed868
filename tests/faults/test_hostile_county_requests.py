"""A county server before an enrolled laptop that has gone mad, and before strangers: never a
stumble, never anything of others, and the next honest laptop is served.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from app.services.answers import new_nonce
from app.sync.http_line import HttpLine
from app.wire.canonical import canonical
from app.wire.exchange import (
    CONTENT_TYPE,
    DEVICE_HEADER,
    EXCHANGE_PATH,
    NONCE_HEADER,
    REQUEST_PURPOSE,
    SIGNATURE_HEADER,
    ExchangeRequest,
    message_digest,
)
from tests.county.laptop import RawLaptop, travelling
from tests.county.server import RunningCounty
from tests.faults.trials import trials

WORDS = (b"NaN", b"1e999", b"9223372036854775808", b'"\\ud800"', b"\\u0000", b"[", b'"cursor":1,')
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**53, 2**63, 1.5, "", "x" * 100_000, [], {}, [[]] * 50),
    *("\ud800", "\0", "𬭬", "AA=A"),
)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[RunningCounty]:
    running = RunningCounty(tmp_path / "county")
    yield running
    running.close()


@pytest.fixture
def laptop(county: RunningCounty) -> Iterator[RawLaptop]:
    line = HttpLine(county.address)
    made = RawLaptop(line, county.key.public)
    made.enrol(county.code(county.mediator(county.committee())))
    made.new_case()
    yield made
    line.close()


def letter(laptop: RawLaptop) -> bytes:
    entries = tuple(travelling(one) for one in laptop.journal)
    request = ExchangeRequest(epoch=laptop.epoch, cursor=laptop.cursor, entries=entries)
    return canonical(request.model_dump(mode="json"))


def status(county: RunningCounty, laptop: RawLaptop, body: bytes, **more: str) -> int:
    """What the county answers to any bytes that this laptop has signed."""
    nonce = new_nonce()
    signature = laptop.device.sign(message_digest(REQUEST_PURPOSE, EXCHANGE_PATH, nonce, body))
    headers = {DEVICE_HEADER: laptop.id, NONCE_HEADER: nonce, SIGNATURE_HEADER: signature.hex()}
    answer = requests.post(
        county.address + EXCHANGE_PATH, data=body, headers={**headers, **more}, timeout=30
    )
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    return answer.status_code


def changed(body: bytes, chance: random.Random) -> bytes:
    """The letter with a byte flipped, a piece lost, or a word in it that no honest one has."""
    place = chance.randrange(1, len(body))
    return chance.choice(
        (
            body[:place],
            body[:place] + bytes([chance.randrange(256)]) + body[place + 1 :],
            body[:place] + chance.choice(WORDS) + body[place:],
            body[:place] + body[chance.randrange(place, len(body)) :],
        )
    )


def test_no_letter_makes_it_stumble(county: RunningCounty, laptop: RawLaptop) -> None:
    chance, good = random.Random(20261121), letter(laptop)
    seen = {status(county, laptop, changed(good, chance)) for _ in range(trials(100))}
    assert seen <= {200, 400}
    assert laptop.exchange().receipts


@pytest.mark.parametrize("field", ["epoch", "cursor", "entries", "raw", "signature"])
def test_no_value_in_a_letter_makes_it_stumble(
    county: RunningCounty, laptop: RawLaptop, field: str
) -> None:
    for value in VALUES:
        whole = json.loads(letter(laptop))
        (whole["entries"][0] if field in ("raw", "signature") else whole)[field] = value
        assert status(county, laptop, json.dumps(whole).encode()) in (200, 400)


def test_a_packed_body_is_not_unpacked(county: RunningCounty, laptop: RawLaptop) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    assert status(county, laptop, bomb, **{"Content-Encoding": "gzip"}) == 400


def test_paths_and_methods_that_are_none(county: RunningCounty) -> None:
    paths = ("/", "/v1/exchange/", "/v1/%00", "/" + "a" * 8000, "/%ff%fe", "/v1/../exchange")
    for path in paths:
        for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "FOO"):
            answer = requests.request(
                method, county.address + path, data=b"{}", timeout=30, allow_redirects=False
            )
            assert answer.status_code < 500
