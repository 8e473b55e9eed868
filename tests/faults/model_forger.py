"""Somebody between laptop and county who says that everything arrived, with a key of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.wire.canonical import canonical
from app.wire.exchange import (
    DEVICE_HEADER,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    SignedReceipt,
    message_digest,
)
from app.wire.exchange2 import ANSWER2_PURPOSE, Answer, SpanReceipt, answer_body, span_message
from app.wire.journal import FIRST_PREVIOUS
from app.wire.words import WORDS

_LONG_AGO = datetime(2026, 3, 1, tzinfo=UTC)
_FAR_BEHIND = 900_000


def forged(
    path: str, headers: Mapping[str, str], journal: Sequence[str], epoch: str
) -> tuple[bytes, Mapping[str, str]]:
    """A receipt for the whole journal (hashes from the first entry on), with everything right about
    it but the key.
    """
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    if not journal:
        nothing = Answer(
            epoch=epoch, county_time=_LONG_AGO, have=0, head_hash=FIRST_PREVIOUS, cursor=0
        )
        return _signed(key, path, headers, nothing)
    span = SpanReceipt(
        device=headers[DEVICE_HEADER],
        first=1,
        last=len(journal),
        entry_hash=journal[-1],
        epoch=epoch,
        position=_FAR_BEHIND,
        received_at=_LONG_AGO,
    )
    raw = canonical(span.model_dump(mode="json")).decode()
    signed = SignedReceipt(raw=raw, signature=key.sign(span_message(raw)).hex())
    answer = Answer(
        epoch=epoch,
        county_time=_LONG_AGO,
        have=len(journal),
        head_hash=journal[-1],
        receipts=(signed,),
        cursor=0,
    )
    return _signed(key, path, headers, answer)


def _signed(
    key: Ed25519PrivateKey, path: str, headers: Mapping[str, str], answer: Answer
) -> tuple[bytes, Mapping[str, str]]:
    told = answer_body(answer, (), WORDS)
    message = message_digest(ANSWER2_PURPOSE, path, headers[NONCE_HEADER], told)
    return told, {SIGNATURE_HEADER: key.sign(message).hex()}
