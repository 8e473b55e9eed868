"""Protocol 2: what a device and the county tell each other in one contact, as frozen values.

The first protocol (`exchange`) stays for laptops of earlier versions; enrolment, cards, blocks and
troubles are the same in both. How values become bytes stands in `parts`; what must and should be in
`README.md` beside this file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from app.wire.canonical import LARGEST_INTEGER, canonical, digest, strict_json
from app.wire.exchange import (
    Block,
    BoxKey,
    Cursor,
    PaperPoint,
    PaperProof,
    Pem,
    SignedCard,
    SignedReceipt,
    Verdict,
)
from app.wire.journal import Hash, Identity, Model
from app.wire.parts import (
    ANSWER,
    END,
    LOG,
    PACK,
    BadPart,
    LogLine,
    PackPiece,
    pack_log,
    pack_pack,
    pack_text,
    part,
    read_parts,
    unpack_log,
    unpack_pack,
    unpack_text,
)

PROTOCOL = 2
EXCHANGE2_PATH = "/v2/exchange"
FILES_PATH = "/v2/files"
PARCEL_PATH = "/parcel"  # what a request and its answer are signed for when they travel on a stick
REQUEST2_PURPOSE = "heshi/request/2"
ANSWER2_PURPOSE = "heshi/answer/2"
SPAN_PURPOSE = "heshi/span/1"
FILE_RECEIPT_PURPOSE = "heshi/file-receipt/1"
HELLO_LIMIT_BYTES = 256 * 1024
FILES_ASKED = 64
MISSING_ASKED = 500
# What a device takes of the log at once, in packed bytes: some forty seconds at 50 kbit/s.
ROOM = 256 * 1024
ROOM_LIMIT = 4 * 1024 * 1024

NO_PACK = "none"

Size = Annotated[int, Field(ge=0, le=LARGEST_INTEGER)]
Mark = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class FileNamed(Model):
    """A file by its content."""

    sha256: Hash
    size: Size


class Waiting(Model):
    """What waits on a laptop: for the county's view of its villages, never for a decision.

    `oldest_at` is the oldest waiting entry's claim of time (UTC).
    """

    entries: Size = 0
    entry_bytes: Size = 0
    files: Size = 0
    file_bytes: Size = 0
    attention: Size = 0
    oldest_at: datetime | None = None


class Hello(Model):
    """How a device opens a contact; the part that its signature covers.

    `first`: number of the first entry that follows, 0 where none may. `receipted`: all own entries
    up to this number have a receipt here. `room`: packed bytes of the
    log that it takes now. `files`: of which files it wants to know how much the county holds.
    `missing`: entries of others that a comparison has shown to be missing here. `sums`: the
    `bucket_sums` of all entries of others that it holds, when it wants to compare. `offset_ms`:
    what it last knew of county time minus its own. `rest`: more of its journal follows in the next
    contact. `pack`: the mark of the county's data pack that it needs no more, because it holds it
    or cannot use it; `pack_have`: so many bytes of the pack `pack_coming` have arrived.
    """

    protocol: Literal[2] = 2
    epoch: str = ""
    cursor: Cursor = 0
    first: Cursor = 0
    receipted: Cursor = 0
    room: Annotated[int, Field(ge=0, le=ROOM_LIMIT)] = ROOM
    files: Annotated[tuple[FileNamed, ...], Field(max_length=FILES_ASKED)] = ()
    missing: Annotated[tuple[Hash, ...], Field(max_length=MISSING_ASKED)] = ()
    sums: Annotated[str, Field(pattern=r"^([0-9a-f]{4096})?$")] = ""
    colleagues: str = ""
    waiting: Waiting = Waiting()
    offset_ms: int | None = None
    rest: bool = False
    app: str = ""
    paper_key: PaperPoint = ""
    paper_proof: PaperProof = ""
    box_key: BoxKey = ""
    pack: Mark = ""
    pack_coming: Mark = ""
    pack_have: Size = 0


class SpanReceipt(Model):
    """The county's word that it has stored the entries `first` to `last` of a device for good.

    `entry_hash` is the hash of the last one: through the chain it stands for all before it.
    `position` is the place of the first in the county's log; the others follow without a gap.
    """

    device: Identity
    first: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
    last: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
    entry_hash: Hash
    epoch: str
    position: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
    received_at: datetime


class FileReceipt(Model):
    """The county's word that it holds a whole file, whose content it has hashed itself."""

    sha256: Hash
    size: Size
    epoch: str
    received_at: datetime


class HeldFile(Model):
    """How many bytes of a file, from its beginning, the county holds."""

    sha256: Hash
    have: Size


class RefusedFile(Model):
    """A file that the county does not take: `code` is a short word (too_large, later, malformed,
    over_quota). Only ``later`` may be tried again.
    """

    sha256: Hash
    code: Annotated[str, Field(max_length=60)]


class LaptopState(Model):
    """How things stand with one laptop, for supervisors. `clock_offset_ms` is county time minus its
    own; `waiting` what it said of itself at its last contact.
    """

    device: Identity
    person: str
    committee: str
    region: str
    state: str
    app: str = ""
    last_contact: datetime | None = None
    began_at: datetime | None = None
    clock_offset_ms: int | None = None
    waiting: Waiting = Waiting()
    entries: Size = 0
    refused: Size = 0


class Answer(Model):
    """What the county answers, beside log pages; the body as a whole is signed over the request's
    nonce.

    `have` and `head_hash` tell how far this device's journal is held. `files` answers what was
    asked or sent and is not whole; `file_receipts` what is. The log page holds what lies behind
    position `since`, up to `cursor`. `log_sum` (`hashes_sum`) and
    `log_count` are of all entries of others that this device may see up to `cursor`, when the page
    is the last. `hashes` are the county's own in the buckets that differed from `Hello.sums`.
    `pack_mark` is that of the county's data pack, ``none`` where it has none, "" where nothing is
    said of it.
    `trouble` tells in a short word why the end of the body was not read.
    """

    protocol: Literal[2] = 2
    epoch: str
    county_time: datetime
    have: Cursor = 0
    head_hash: Hash
    receipts: tuple[SignedReceipt, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    cards: tuple[SignedCard, ...] = ()
    colleagues: str = ""
    since: Cursor = 0
    cursor: Cursor
    more: bool = False
    log_count: Size | None = None
    log_sum: str = ""
    hashes: tuple[Hash, ...] = ()
    files: tuple[HeldFile, ...] = ()
    file_receipts: tuple[SignedReceipt, ...] = ()
    refused_files: tuple[RefusedFile, ...] = ()
    blocks: tuple[Block, ...] = ()
    laptops: tuple[LaptopState, ...] = ()
    paper_certificate: Pem = ""
    county_ca: Pem = ""
    county_box_key: BoxKey = ""
    pack_mark: Annotated[str, Field(pattern=r"^(none|[0-9a-f]{64})?$")] = ""
    trouble: str = ""


class FileAsked(Model):
    """The rest of a file, from `offset` on."""

    sha256: Hash
    offset: Size = 0


class FilesRequest(Model):
    """A device asks for files that it may see; `room` is how many bytes it takes now."""

    protocol: Literal[2] = 2
    files: Annotated[tuple[FileAsked, ...], Field(min_length=1, max_length=FILES_ASKED)]
    room: Annotated[int, Field(ge=1, le=ROOM_LIMIT)] = ROOM


def span_message(raw: str) -> bytes:
    """The 32 bytes that the county signs for a span receipt's canonical text."""
    return bytes.fromhex(digest(SPAN_PURPOSE, raw.encode()))


def file_receipt_message(raw: str) -> bytes:
    """The 32 bytes that the county signs for a file receipt's canonical text."""
    return bytes.fromhex(digest(FILE_RECEIPT_PURPOSE, raw.encode()))


def colleagues_mark(cards: Sequence[SignedCard]) -> str:
    """A short mark of a set of device cards: who holds the same ones need not get them again."""
    texts = sorted(one.signature for one in cards)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16] if texts else ""


def read_hello(payload: bytes) -> Hello:
    """Raises `BadPart`."""
    if len(payload) > HELLO_LIMIT_BYTES:
        raise BadPart("hello")
    try:
        return Hello.model_validate(strict_json(payload))
    except (ValidationError, ValueError):
        raise BadPart("hello") from None


def answer_body(
    answer: Answer, log: Sequence[LogLine], dictionary: bytes, pack: PackPiece | None = None
) -> bytes:
    """The bytes of a whole answer, which are signed as they are."""
    told = canonical(answer.model_dump(mode="json"))
    parts = [part(ANSWER, pack_text(told, dictionary))]
    if log:
        parts.append(pack_log(log, dictionary))
    if pack is not None:
        parts.append(pack_pack(pack))
    return b"".join([*parts, part(END)])


def read_answer(
    body: bytes, dictionary: bytes
) -> tuple[Answer, tuple[LogLine, ...], PackPiece | None]:
    """An answer with its log lines and its piece of the county's data pack. Raises `BadPart` for
    any other shape.
    """
    parts = read_parts(body)
    kinds = b"".join(one.kind for one in parts)
    if kinds not in (b"AZ", b"ALZ", b"APZ", b"ALPZ"):
        raise BadPart("answer")
    try:
        value = strict_json(unpack_text(parts[0].payload, dictionary))
        answer = Answer.model_validate(value)
    except (ValidationError, ValueError) as error:
        raise error if isinstance(error, BadPart) else BadPart("answer") from None
    more = {one.kind: one.payload for one in parts[1:-1]}
    lines = unpack_log(more[LOG], dictionary) if LOG in more else ()
    return answer, lines, unpack_pack(more[PACK]) if PACK in more else None
