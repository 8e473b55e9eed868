"""What the description of the API says beside the code: bodies, headers, and every status with its
body. For people who try the server, and for the test that tries it with everything.
"""

from __future__ import annotations

from typing import Any

from app.county.trouble import STATUS
from app.wire.exchange import (
    CONTENT_TYPE,
    DEVICE_HEADER,
    ENROL_PATH,
    EXCHANGE_PATH,
    NONCE_HEADER,
    SIGNATURE_HEADER,
)
from app.wire.exchange2 import EXCHANGE2_PATH, FILES_PATH
from app.wire.journal import Model

_BINARY = {"type": "string", "format": "binary"}
_TROUBLE = {
    "type": "object",
    "required": ["code"],
    "properties": {"code": {"type": "string", "maxLength": 60}},
}
_PARTS = {EXCHANGE2_PATH, FILES_PATH}
# What a device that is not enrolled can hear while it shows a code.
_ENROLS = frozenset(
    {
        "malformed",
        "code_wrong",
        "code_expired",
        "code_not_yours",
        "not_genuine",
        "revoked",
        "forked",
    }
)
_SPEAKS = frozenset({"malformed", "unknown_device", "not_genuine", "revoked"})
_ALWAYS = frozenset({"too_large", "busy", "fault"})
_WORDS = {ENROL_PATH: _ENROLS, EXCHANGE_PATH: _SPEAKS | {"forked"}}


def _header(name: str, digits: str, words: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": True,
        "description": words,
        "schema": {"type": "string", "pattern": digits},
    }


_HEADERS = [
    _header(DEVICE_HEADER, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "who says that it asks"),
    _header(NONCE_HEADER, "^[0-9a-f]{32}$", "never used twice; the answer is signed over it"),
    _header(SIGNATURE_HEADER, "^[0-9a-f]{128}$", "the device's Ed25519 signature"),
]


def _question(schema: dict[str, Any], words: str) -> dict[str, Any]:
    content = {CONTENT_TYPE: {"schema": schema}}
    return {
        "parameters": _HEADERS,
        "requestBody": {"required": True, "description": words, "content": content},
    }


def _shape(model: type[Model]) -> dict[str, Any]:
    """The JSON schema of a wire value, with everything in its place."""
    schema = model.model_json_schema()
    shapes = schema.pop("$defs", {})

    def placed(value: Any) -> Any:
        if isinstance(value, dict):
            name = value.get("$ref", "").removeprefix("#/$defs/")
            return placed(shapes[name]) if name else {k: placed(v) for k, v in value.items()}
        return [placed(one) for one in value] if isinstance(value, list) else value

    whole: dict[str, Any] = placed(schema)
    return whole


def json_body(model: type[Model]) -> dict[str, Any]:
    """A question in JSON."""
    return _question(_shape(model), "strict JSON, signed as a whole")


EXCHANGE2_BODY = _question(_BINARY, "a row of parts; the signature covers the first one, the hello")
HEALTH_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "the server is there",
        "content": {CONTENT_TYPE: {"schema": {"type": "object"}}},
    }
}


def answers(path: str) -> dict[int | str, dict[str, Any]]:
    """Every status that a question at `path` can get, with its body."""
    whole = _BINARY if path in _PARTS else {"type": "object"}
    found: dict[int | str, dict[str, Any]] = {
        200: {"description": "signed over the nonce", "content": {CONTENT_TYPE: {"schema": whole}}},
        405: {"description": "another method", "content": {CONTENT_TYPE: {"schema": _TROUBLE}}},
    }
    words: dict[int, list[str]] = {}
    for word in sorted(_WORDS.get(path, _SPEAKS | {"forked"}) | _ALWAYS):
        words.setdefault(STATUS[word], []).append(word)
    for status, some in words.items():
        content = {CONTENT_TYPE: {"schema": _TROUBLE}}
        found[status] = {"description": ", ".join(some), "content": content}
    return found
