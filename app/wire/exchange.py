"""One exchange between a device and the county: what is asked, what is answered, and what is signed
in both directions.

Envelope (both ways): an HTTP body of strict JSON, with two headers. The signature covers purpose,
path, nonce and the body's bytes. HTTP status, content type and shape of a body are never evidence;
only a signature is (design: the screen tells the truth).
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.wire.canonical import LARGEST_INTEGER, digest
from app.wire.journal import Hash, Identity, Model

PROTOCOL = 1
EXCHANGE_PATH = "/v1/exchange"
ENROL_PATH = "/v1/enrol"
CONTENT_TYPE = "application/heshi+json"
DEVICE_HEADER = "X-Heshi-Device"
NONCE_HEADER = "X-Heshi-Nonce"
SIGNATURE_HEADER = "X-Heshi-Signature"
REQUEST_PURPOSE = "heshi/request/1"
ANSWER_PURPOSE = "heshi/answer/1"
RECEIPT_PURPOSE = "heshi/receipt/1"
CARD_PURPOSE = "heshi/device-card/1"
ENROL_PURPOSE = "heshi/enrol/1"
PAPER_KEY_PURPOSE = "heshi/paper-key/1"
FORMER_PURPOSE = "heshi/former/1"
ENTRIES_LIMIT = 50
BODY_LIMIT_BYTES = 8 * 1024 * 1024

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32
CODE_LENGTH = 10
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": ""})

Key = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Signature = Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
MaybeSignature = Annotated[str, Field(pattern=r"^([0-9a-f]{128})?$")]
PaperPoint = Annotated[str, Field(pattern=r"^(04[0-9a-f]{128})?$")]
PaperProof = Annotated[str, Field(pattern=r"^([0-9a-f]{2}){0,80}$")]
Pem = Annotated[str, Field(max_length=8192)]
BoxKey = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]
Cursor = Annotated[int, Field(ge=0, le=LARGEST_INTEGER)]


def message_digest(purpose: str, path: str, nonce: str, body: bytes) -> bytes:
    """What a message signature is made over (32 bytes)."""
    return bytes.fromhex(digest(f"{purpose}\n{path}\n{nonce}", body))


def receipt_message(raw: str) -> bytes:
    """The 32 bytes that the county signs for a receipt's canonical text."""
    return bytes.fromhex(digest(RECEIPT_PURPOSE, raw.encode()))


def card_message(raw: str) -> bytes:
    """The 32 bytes that the county signs for a device card's canonical text."""
    return bytes.fromhex(digest(CARD_PURPOSE, raw.encode()))


def paper_key_message(device: str, paper_key: str) -> bytes:
    """What a laptop's paper key signs to show that it is that laptop's own (32 bytes)."""
    return bytes.fromhex(digest(PAPER_KEY_PURPOSE, f"{device}\n{paper_key}".encode()))


def former_message(former: str, device: str, nonce: str) -> bytes:
    """What a laptop's former key signs, so that `device` may go on where it stopped (32 bytes)."""
    return bytes.fromhex(digest(FORMER_PURPOSE, f"{former}\n{device}\n{nonce}".encode()))


def read_code(typed: str) -> str | None:
    """A one-time code as it was meant: O is 0, I and L are 1, spaces and hyphens do not count. None
    for what cannot be one.
    """
    code = typed.upper().translate(_LOOK_ALIKES)
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None


def code_key(code: str) -> bytes:
    """What both ends keep of a one-time code: its SHA-256. `code` as `read_code` gives it."""
    return hashlib.sha256(code.encode()).digest()


def laptop_proof(key: bytes, device: str, public_key: str, nonce: str) -> str:
    """HMAC-SHA256 in hex by which a laptop shows that it knows the code behind `key`."""
    return _proof(key, "laptop", device, public_key, nonce)


def county_proof(key: bytes, county_key: str, device: str, nonce: str) -> str:
    """HMAC-SHA256 in hex by which a county shows that it knows the code behind `key`."""
    return _proof(key, "county", county_key, device, nonce)


def _proof(key: bytes, *parts: str) -> str:
    message = "\n".join((ENROL_PURPOSE, *parts))
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()


class WireEntry(Model):
    """An entry in transit: `raw` is base64 of its exact bytes; `signature` the writing device's, in
    hex.
    """

    raw: Base64
    signature: Signature


class ExchangeRequest(Model):
    """What a device sends. `cursor` is how far it has read the county's log in `epoch` ("" before
    the first contact).

    `rest` tells that more of its journal follows: the county lends no numbers before it has seen
    which ones are used. `paper_key` (P-256 point) asks for a certificate; `paper_proof` is its own
    signature over `paper_key_message`. Both may be empty, as from laptops of an earlier version.
    """

    protocol: Literal[1] = 1
    epoch: str = ""
    cursor: Cursor = 0
    entries: Annotated[tuple[WireEntry, ...], Field(max_length=ENTRIES_LIMIT)] = ()
    rest: bool = False
    app: str = ""
    paper_key: PaperPoint = ""
    paper_proof: PaperProof = ""


class Receipt(Model):
    """The county's word that it has stored one entry for good. Signed over RECEIPT_PURPOSE and its
    own canonical bytes.
    """

    device: Identity
    seq: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
    entry_hash: Hash
    epoch: str
    position: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
    received_at: datetime


class SignedReceipt(Model):
    """`raw` is the receipt's canonical JSON text, `signature` the county's over it."""

    raw: str
    signature: Signature


class Verdict(Model):
    """What the county thinks of a stored entry. `code` is a ProblemCode value for refusals;
    `record` is ``kind:id``.
    """

    device: Identity
    seq: int
    kind: Literal["applied", "refused", "conflict"]
    code: str = ""
    record: str = ""


class DeviceCard(Model):
    """Who a device is, as the county vouches for it. `role` decides with `region` what it may
    see.
    """

    device: Identity
    public_key: Key
    person: str
    mediator_id: str = ""
    role: Literal["mediator", "supervisor", "administrator"]
    region: str
    committee_id: str = ""
    revoked: bool = False


class SignedCard(Model):
    """`raw` is the card's canonical JSON text, `signature` the county's over CARD_PURPOSE and
    it.
    """

    raw: str
    signature: Signature


class LogEntry(Model):
    """An entry of somebody else that this device may see, at its position in the county's log."""

    position: Cursor
    entry: WireEntry


class Block(Model):
    """Serials lent to this device for one committee and year."""

    id: Identity
    committee_id: Identity
    year: Annotated[int, Field(ge=2000, le=2199)]
    first: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
    last: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class ExchangeAnswer(Model):
    """What the county answers; the body as a whole is signed too, over the request's nonce.

    `have` is the last number of this device's journal that the county holds: it tells a laptop what
    a restored county has lost. `paper_certificate` and `county_ca` (PEM) answer a `paper_key`.
    """

    protocol: Literal[1] = 1
    epoch: str
    county_time: datetime
    receipts: tuple[SignedReceipt, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    cards: tuple[SignedCard, ...] = ()
    log: tuple[LogEntry, ...] = ()
    cursor: Cursor
    more: bool = False
    have: Cursor = 0
    blocks: tuple[Block, ...] = ()
    paper_certificate: Pem = ""
    county_ca: Pem = ""


class EnrolRequest(Model):
    """A laptop asks to be known. `proof` is `laptop_proof`: the code itself never travels. `rest`,
    `paper_key` and `paper_proof` as in an exchange. `box_key` (X25519) is what parcels for it are
    closed with.

    `former` is the device that this folder was until now, None for a new one; `former_proof` that
    device's signature over `former_message`.
    """

    protocol: Literal[1] = 1
    device: Identity
    public_key: Key
    nonce: str
    proof: Hash
    rest: bool = False
    app: str = ""
    paper_key: PaperPoint = ""
    paper_proof: PaperProof = ""
    box_key: BoxKey = ""
    former: Identity | None = None
    former_proof: MaybeSignature = ""


class EnrolAnswer(Model):
    """The county's key and the laptop's card. `proof` is `county_proof`: who does not know the code
    cannot make it. `paper_certificate` and `county_ca` as in an exchange; parcels for the county
    are closed with `county_box_key`.
    """

    protocol: Literal[1] = 1
    county_name: str
    county_key: Key
    epoch: str
    county_time: datetime
    card: SignedCard
    committee: dict[str, object] | None = None
    mediator: dict[str, object] | None = None
    blocks: tuple[Block, ...] = ()
    proof: Hash
    paper_certificate: Pem = ""
    county_ca: Pem = ""
    county_box_key: BoxKey = ""


class Trouble(Model):
    """An answer that grants nothing: `code` is a short word (revoked, unknown_device, forked,
    code_wrong, code_expired, malformed, busy, too_large, fault).
    """

    code: Annotated[str, Field(max_length=60)]
