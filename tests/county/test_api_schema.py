"""Every endpoint, tried with what its description allows and with what it does not, as every role:
no fault of the server, no status and no body that is not described.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case as Tried
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.county.app import HEALTH_PATH
from app.services.answers import new_nonce
from app.wire.exchange import (
    DEVICE_HEADER,
    ENROL_PATH,
    EXCHANGE_PATH,
    NONCE_HEADER,
    REQUEST_PURPOSE,
    SIGNATURE_HEADER,
    message_digest,
)
from app.wire.exchange2 import EXCHANGE2_PATH, FILES_PATH, REQUEST2_PURPOSE
from app.wire.parts import HELLO, part, read_parts
from tests.county.conftest import NewLaptop
from tests.county.laptop import RawLaptop
from tests.county.server import RunningCounty

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PATHS = (EXCHANGE_PATH, ENROL_PATH, EXCHANGE2_PATH, FILES_PATH)
TRIES = 3  # of each endpoint, role and kind of question
Sign = Callable[[str, requests.PreparedRequest], None]


@pytest.fixture
def roles(county: RunningCounty, enrolled: NewLaptop, stranger: RawLaptop) -> dict[str, Sign]:
    """How each of them signs what it asks."""
    mediator = enrolled(county.mediator(county.committee()))
    revoked = enrolled(county.supervisor())
    county.revoke(revoked.id)
    false = RawLaptop(stranger.line, stranger.county_key)
    false.device = type(false.device)(mediator.id, false.device._private)
    return {
        "unsigned": lambda path, asked: None,
        "wrongly signed": signed_by(false),
        "stranger": signed_by(stranger),
        "mediator": signed_by(mediator),
        "supervisor": signed_by(enrolled(county.supervisor())),
        "administrator": signed_by(enrolled(county.supervisor("33", "administrator"))),
        "revoked": signed_by(revoked),
    }


def signed_by(laptop: RawLaptop) -> Sign:
    """The signing hook of a laptop: whatever was made up goes out under its name."""

    def sign(path: str, asked: requests.PreparedRequest) -> None:
        body = asked.body.encode() if isinstance(asked.body, str) else bytes(asked.body or b"")
        covered = body
        if path == EXCHANGE2_PATH:
            # What was made up follows a hello, or is one.
            covered = body if body.startswith(b"{") else b"{}"
            asked.body = part(HELLO, covered) + (b"" if covered is body else body)
            asked.headers["Content-Length"] = str(len(asked.body))
        purpose = REQUEST2_PURPOSE if path in (EXCHANGE2_PATH, FILES_PATH) else REQUEST_PURPOSE
        nonce = new_nonce()
        signature = laptop.device.sign(message_digest(purpose, path, nonce, covered))
        asked.headers[DEVICE_HEADER] = laptop.id
        asked.headers[NONCE_HEADER] = nonce
        asked.headers[SIGNATURE_HEADER] = signature.hex()

    return sign


@pytest.mark.parametrize("path", PATHS)
def test_no_question_makes_the_county_stumble(
    county: RunningCounty, roles: dict[str, Sign], path: str
) -> None:
    endpoint = schemathesis.openapi.from_dict(county.app.openapi())[path]["POST"]
    seen: set[int] = set()
    for sign in roles.values():
        for mode in GenerationMode:
            seen |= asked_as(sign, path, endpoint.as_strategy(generation_mode=mode), county.address)
    # The questions were really asked in those names.
    assert len(seen) > 1 and 400 in seen


def asked_as(
    sign: Sign, path: str, questions: SearchStrategy[Tried[Any]], address: str
) -> set[int]:
    """Asks what is made up, in somebody's name; the statuses that came."""
    seen: set[int] = set()

    @settings(
        max_examples=TRIES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(tried=questions)
    def ask(tried: Tried[Any]) -> None:
        asked = prepared(tried, address)
        sign(path, asked)
        with requests.Session() as line:
            answer = line.send(asked, timeout=30, allow_redirects=False)
        is_parts = answer.status_code == 200 and path in (EXCHANGE2_PATH, FILES_PATH)
        if is_parts:
            # All messages have one media type, and the tool knows it as JSON.
            assert read_parts(answer.content)
        left_out = [response_schema_conformance] if is_parts else []
        tried.validate_response(answer, checks=CHECKS, excluded_checks=left_out)
        seen.add(answer.status_code)

    ask()
    return seen


def prepared(tried: Tried[Any], address: str) -> requests.PreparedRequest:
    arguments = tried.as_transport_kwargs(base_url=address)
    known = ("method", "url", "headers", "params", "data", "json", "cookies")
    return requests.Request(**{k: v for k, v in arguments.items() if k in known}).prepare()


def test_every_endpoint_is_described_and_tried(county: RunningCounty) -> None:
    described = county.app.openapi()["paths"]
    assert set(described) == {*PATHS, HEALTH_PATH}
    for path in PATHS:
        question = described[path]["post"]
        assert question["requestBody"]["content"]
        assert {"200", "400", "405", "500", "503"} <= set(question["responses"])
        assert "422" not in question["responses"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "TRACE", "QUERY"])
def test_other_methods_are_not_there(county: RunningCounty, method: str) -> None:
    for path in PATHS:
        answer = requests.request(method, county.address + path, timeout=30)
        assert (answer.status_code, answer.json()) == (405, {"code": "malformed"})
        assert answer.headers["Allow"] == "POST"
