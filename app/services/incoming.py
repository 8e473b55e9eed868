"""What an answer of the county brings, stored in one commit: receipts, verdicts, what others wrote,
numbers, keys. The same for an answer from the line and for one from a stick.

Everything in here was signed by the county as a whole; receipts and cards are signed once more by
themselves, because they are kept. Storing an answer twice, or answers in any order, changes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from app.domain.acts import Act
from app.domain.problems import ProblemCode, Refused, refuse
from app.services.answers import checked_card, checked_word
from app.services.county_pack import PackNews, take_pack
from app.services.enrolment import keep_certificate, put_blocks
from app.services.identities import ask_for_lost
from app.services.outgoing import COLLEAGUES_SETTING
from app.services.ports import DeviceKey, OpenUnit, SignatureCheck, UnitOfWork
from app.wire.canonical import canonical
from app.wire.exchange import DeviceCard, SignedReceipt
from app.wire.exchange2 import (
    Answer,
    FileReceipt,
    RefusedFile,
    SpanReceipt,
    file_receipt_message,
    span_message,
)
from app.wire.journal import Entry, Model, NotAnEntry, entry_message, read_entry
from app.wire.parts import LogLine, PackPiece

M = TypeVar("M", bound=Model)
LAPTOPS_SETTING = "county.laptops"
PAST_EPOCHS_SETTING = "county.past_epochs"
_EPOCHS_KEPT = 20
LAPTOPS_AT_SETTING = "county.laptops_at"
_AGAIN_LATER = timedelta(hours=1)
# A bad line can garble a file as well; what comes out wrong this often is wrong here.
_GARBLED_TRIES = 3
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Trust:
    """Who this device is, and whom it believes: the county with `county_key` (hex)."""

    device: DeviceKey
    check: SignatureCheck
    county_key: str


@dataclass(slots=True)
class Stored:
    """What one answer brought that was new. `pack_comes`: a piece of a data pack, and more of it is
    to come; `moved`: anything at all.
    """

    received: int = 0
    pulled: int = 0
    doubted: int = 0
    files_received: int = 0
    attention: set[int] = field(default_factory=set)
    pack_comes: bool = False
    moved: bool = False


def store_answer(
    open_unit: OpenUnit,
    trust: Trust,
    answer: Answer,
    log: Sequence[LogLine],
    pack: PackPiece | None = None,
    *,
    asked_at: datetime | None,
) -> Stored:
    """Stores a verified answer. `asked_at` is this device's clock when the question was written;
    None for an answer from a stick, which says nothing about the clock.

    Raises `Refused` STORE_WENT_BACK where the county holds more of this journal than there is
    here, RECEIPT_NOT_GENUINE, and what a commit can meet.
    """
    spans = [_receipt(SpanReceipt, one, trust, span_message) for one in answer.receipts]
    files = [
        _receipt(FileReceipt, one, trust, file_receipt_message) for one in answer.file_receipts
    ]
    if any(span.device != trust.device.device_id for span, _, _ in spans):
        raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
    cards = [checked_card(one, trust.county_key, trust.check) for one in answer.cards]
    own = [one for one in answer.verdicts if one.device == trust.device.device_id]
    stored = Stored()
    with open_unit() as uow:
        if asked_at is None and answer.epoch in _past(uow):
            # A stick that was on its way while the county was restored: nothing in it holds.
            return stored
        last = uow.journal.own_from(answer.have, 1) if answer.have else ()
        if answer.have and (not last or last[0].hash != answer.head_hash):
            raise refuse(ProblemCode.STORE_WENT_BACK)
        before = uow.settings.get("county.epoch"), uow.settings.get("county.cursor")
        ask_for_lost(uow, answer.epoch)
        stored.received = uow.journal.add_spans(spans)
        uow.journal.add_verdicts(own)
        uow.journal.add_cards(cards)
        writers = {card.device: card for card, _, _ in cards}
        pulled = [_take_foreign(trust, uow, line, writers) for line in log]
        stored.files_received = uow.files.add_receipts(files)
        for one in answer.refused_files:
            _put_off(uow, one)
        lent = put_blocks(uow, answer.blocks)
        news = take_pack(uow, answer, pack, on_line=asked_at is not None)
        _remember(uow, answer, on_line=asked_at is not None)
        if asked_at is not None:
            _remember_clock(uow, answer, asked_at)
        keep_certificate(uow, trust.device, answer.paper_certificate, answer.county_ca)
        uow.commit(Act.NUMBERS_LENT if lent else None)
        after = uow.settings.get("county.epoch"), uow.settings.get("county.cursor")
    stored.pulled, stored.doubted = pulled.count(True), pulled.count(None)
    stored.attention = {one.seq for one in own if one.kind != "applied"}
    stored.moved = bool(stored.received or stored.pulled or stored.files_received)
    stored.pack_comes = news is PackNews.COMES
    stored.moved = stored.moved or before != after or news is not PackNews.NOTHING
    return stored


def _receipt(
    model: type[M], signed: SignedReceipt, trust: Trust, message: Callable[[str], bytes]
) -> tuple[M, str, str]:
    """A receipt with its exact text and signature. Raises RECEIPT_NOT_GENUINE."""
    return checked_word(model, signed, message(signed.raw), trust.county_key, trust.check)


def _take_foreign(
    trust: Trust, uow: UnitOfWork, line: LogLine, writers: Mapping[str, DeviceCard]
) -> bool | None:
    """Whether an entry of somebody else was new here; None for one that does not verify, which is
    left out.
    """
    sealed = line.sealed
    try:
        entry: Entry = read_entry(sealed.raw)
    except NotAnEntry:
        return None
    if entry.device == trust.device.device_id:
        return False
    card = writers.get(entry.device) or uow.journal.card(entry.device)
    if card is None or not trust.check(
        card.public_key, entry_message(sealed.raw), sealed.signature
    ):
        return None
    try:
        return uow.journal.add_foreign(line.position, sealed, entry, verdict=line.verdict)
    except Refused as refusal:
        if refusal.first.code is not ProblemCode.JOURNAL_BROKEN:
            raise
        # Another laptop gave one number twice: its trouble, which must not hold up our receipts.
        return None


def _put_off(uow: UnitOfWork, refused: RefusedFile) -> None:
    """What the county does not take now or ever: shown with its reason, and never dropped."""
    if refused.code == "too_large":
        uow.files.put_off(refused.sha256, ProblemCode.FILE_TOO_LARGE.value, None)
    elif refused.code == "malformed" and _tries(uow, refused.sha256) + 1 >= _GARBLED_TRIES:
        uow.files.put_off(refused.sha256, ProblemCode.ATTACHMENT_DAMAGED.value, None)
    else:
        later = uow.now() + _AGAIN_LATER
        uow.files.put_off(refused.sha256, ProblemCode.COUNTY_BUSY.value, later)


def _tries(uow: UnitOfWork, digest: str) -> int:
    files = uow.files.waiting(_ALL, put_off=True)
    return next((one.tries for one in files if one.sha256 == digest), 0)


def _remember(uow: UnitOfWork, answer: Answer, *, on_line: bool) -> None:
    """How far the log was read, and when the county was heard: over the line its present word
    counts, whatever its clock showed before; of answers from sticks the latest.

    A page counts only where it joins what was read before: an old answer from a stick moves
    nothing back, and leaves no gap.
    """
    settings = uow.settings
    same = settings.get("county.epoch") == answer.epoch
    reached = int(settings.get("county.cursor") or 0) if same else 0
    if answer.since <= reached:
        if not same:
            _leave_epoch(uow, answer.epoch)
        settings.put("county.cursor", str(max(reached, answer.cursor)))
    contact = answer.county_time.astimezone(UTC).isoformat()
    if on_line or contact > (settings.get("county.last_contact") or ""):
        settings.put("county.last_contact", contact)
    if answer.county_box_key:
        settings.put("county.box_key", answer.county_box_key)
    if answer.colleagues:
        settings.put(COLLEAGUES_SETTING, answer.colleagues)
    if answer.laptops and (on_line or contact >= (settings.get(LAPTOPS_AT_SETTING) or "")):
        told = [one.model_dump(mode="json") for one in answer.laptops]
        settings.put(LAPTOPS_SETTING, canonical(told).decode())
        settings.put(LAPTOPS_AT_SETTING, contact)


def _past(uow: UnitOfWork) -> tuple[str, ...]:
    """The epochs that this laptop has seen end, oldest first."""
    return tuple((uow.settings.get(PAST_EPOCHS_SETTING) or "").split())


def _leave_epoch(uow: UnitOfWork, epoch: str) -> None:
    """From now on the county is in `epoch`."""
    left = uow.settings.get("county.epoch")
    past = [one for one in (*_past(uow), left) if one and one != epoch]
    uow.settings.put(PAST_EPOCHS_SETTING, " ".join(past[-_EPOCHS_KEPT:]) or None)
    uow.settings.put("county.epoch", epoch)


def _remember_clock(uow: UnitOfWork, answer: Answer, asked_at: datetime) -> None:
    """What is known of this clock's error: county time against the middle of the exchange."""
    middle = asked_at + (uow.now() - asked_at) / 2
    offset = round((answer.county_time - middle).total_seconds() * 1000)
    uow.settings.put("county.offset_ms", str(offset))
