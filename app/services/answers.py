"""Letters to the county and what came back: signed before they go, verified before they are
believed.

Whatever answered is nobody until a signature over our own nonce verifies; only then is a body read.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from app.domain.problems import Problem, ProblemCode, Refused, refuse
from app.services.ports import CountyLine, DeviceKey, SignatureCheck
from app.wire.canonical import Json, strict_json
from app.wire.exchange import (
    ANSWER_PURPOSE,
    BODY_LIMIT_BYTES,
    DEVICE_HEADER,
    NONCE_HEADER,
    REQUEST_PURPOSE,
    SIGNATURE_HEADER,
    DeviceCard,
    Receipt,
    SignedCard,
    SignedReceipt,
    card_message,
    message_digest,
    receipt_message,
)
from app.wire.exchange2 import ANSWER2_PURPOSE, REQUEST2_PURPOSE
from app.wire.journal import Model
from app.wire.parts import BadPart, PartReader

M = TypeVar("M", bound=Model)
_WORD = re.compile(r"[a-z_]{1,40}")
_WORDS = {
    "revoked": ProblemCode.DEVICE_REVOKED,
    "unknown_device": ProblemCode.DEVICE_UNKNOWN,
    "forked": ProblemCode.STORE_WENT_BACK,
    "busy": ProblemCode.COUNTY_BUSY,
    "code_wrong": ProblemCode.CODE_WRONG,
    "code_expired": ProblemCode.CODE_EXPIRED,
    "code_not_yours": ProblemCode.CODE_NOT_YOURS,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one letter: nothing in it is believed yet."""

    path: str
    nonce: str
    body: bytes
    signature: str
    purpose: str = ANSWER_PURPOSE

    def is_from(self, county_key: str, check: SignatureCheck) -> bool:
        """Whether the county with this key (hex) wrote it, as the answer to our letter and no
        other.
        """
        message = message_digest(self.purpose, self.path, self.nonce, self.body)
        return bool(self.signature) and check(county_key, message, self.signature)


def new_nonce() -> str:
    """32 hex digits that no letter had before."""
    return secrets.token_hex(16)


def send(line: CountyLine, device: DeviceKey, path: str, nonce: str, body: bytes) -> Reply:
    """Signs and posts one letter. Raises `Refused` with what the line met."""
    headers = _signed(device, REQUEST_PURPOSE, path, nonce, body)
    answered, came_with = line.post(path, body, headers)
    if len(answered) > BODY_LIMIT_BYTES:
        raise refuse(ProblemCode.FOREIGN_ANSWER)
    return Reply(path, nonce, answered, _header(came_with, SIGNATURE_HEADER))


def stream_reply(
    line: CountyLine,
    device: DeviceKey,
    path: str,
    nonce: str,
    hello: bytes,
    parts: Iterable[bytes],
) -> Reply:
    """Signs the hello of a protocol-2 letter and streams its parts. Raises `Refused` with what the
    line met.
    """
    headers = _signed(device, REQUEST2_PURPOSE, path, nonce, hello)
    answered, came_with = line.stream(path, parts, headers)
    if len(answered) > BODY_LIMIT_BYTES:
        raise refuse(ProblemCode.FOREIGN_ANSWER)
    return Reply(path, nonce, answered, _header(came_with, SIGNATURE_HEADER), ANSWER2_PURPOSE)


def _signed(device: DeviceKey, purpose: str, path: str, nonce: str, body: bytes) -> dict[str, str]:
    """The headers that say whose letter it is."""
    return {
        DEVICE_HEADER: device.device_id,
        NONCE_HEADER: nonce,
        SIGNATURE_HEADER: device.sign(message_digest(purpose, path, nonce, body)).hex(),
    }


def read_genuine_body(reply: Reply, county_key: str, check: SignatureCheck) -> bytes:
    """The body of a protocol-2 reply whose signature verifies; a word of trouble becomes what it
    says. Raises as `read_genuine`, and ANSWER_CUT where the end is missing: a line without lengths
    loses it in silence, and that is no forgery.
    """
    if not reply.signature:
        raise refuse(ProblemCode.FOREIGN_ANSWER)
    if not reply.is_from(county_key, check):
        cut = _has_no_end(reply.body)
        raise refuse(ProblemCode.ANSWER_CUT if cut else ProblemCode.RECEIPT_NOT_GENUINE)
    if reply.body.startswith(b"{"):
        read_unproven(reply)
        raise refuse(ProblemCode.FOREIGN_ANSWER)
    return reply.body


def _has_no_end(body: bytes) -> bool:
    """Whether these are parts as they should be, and the last ones did not come."""
    reader = PartReader()
    try:
        for _ in reader.feed(body):
            pass
    except BadPart:
        return False
    return not reader.over


def read_genuine(reply: Reply, county_key: str, check: SignatureCheck) -> Json:
    """The JSON of a reply whose signature verifies.

    Raises `Refused`: FOREIGN_ANSWER (nobody signed it), RECEIPT_NOT_GENUINE (somebody else signed
    it, or another letter's answer came), and what the county says in a word: DEVICE_REVOKED,
    COUNTY_BUSY, COUNTY_REFUSED.
    """
    if not reply.signature:
        raise refuse(ProblemCode.FOREIGN_ANSWER)
    if not reply.is_from(county_key, check):
        raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
    return read_unproven(reply)


def read_unproven(reply: Reply) -> Json:
    """The JSON of a reply that still has to prove itself; a word of trouble, which grants nothing,
    is taken at once.
    """
    try:
        value = strict_json(reply.body)
    except ValueError:
        raise refuse(ProblemCode.FOREIGN_ANSWER) from None
    if isinstance(value, dict) and "code" in value:
        raise _trouble(value["code"])
    return value


def shaped(model: type[M], value: Json) -> M:
    """`value` as a wire value. Raises FOREIGN_ANSWER for another shape."""
    try:
        return model.model_validate(value)
    except ValidationError:
        raise refuse(ProblemCode.FOREIGN_ANSWER) from None


def checked_receipt(
    signed: SignedReceipt, county_key: str, check: SignatureCheck
) -> tuple[Receipt, str, str]:
    """A receipt with its exact text and signature. Raises RECEIPT_NOT_GENUINE."""
    return checked_word(Receipt, signed, receipt_message(signed.raw), county_key, check)


def checked_card(
    signed: SignedCard, county_key: str, check: SignatureCheck
) -> tuple[DeviceCard, str, str]:
    """A device card with its exact text and signature. Raises RECEIPT_NOT_GENUINE."""
    return checked_word(DeviceCard, signed, card_message(signed.raw), county_key, check)


def checked_word(
    model: type[M],
    signed: SignedReceipt | SignedCard,
    message: bytes,
    county_key: str,
    check: SignatureCheck,
) -> tuple[M, str, str]:
    """What the county signed by itself (`message` are the 32 bytes), with its exact text and
    signature. Raises RECEIPT_NOT_GENUINE.
    """
    if not check(county_key, message, signed.signature):
        raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
    try:
        value = model.model_validate(strict_json(signed.raw.encode()))
    except (ValidationError, ValueError):
        raise refuse(ProblemCode.RECEIPT_NOT_GENUINE) from None
    return value, signed.raw, signed.signature


def _trouble(code: object) -> Refused:
    word = code if isinstance(code, str) and _WORD.fullmatch(code) else "unknown"
    if word in _WORDS:
        return refuse(_WORDS[word])
    return Refused(Problem(ProblemCode.COUNTY_REFUSED, "", {"code": word}))


def _header(headers: Mapping[str, str], name: str) -> str:
    """HTTP writes names as it likes."""
    return next((text for key, text in headers.items() if key.lower() == name.lower()), "")
