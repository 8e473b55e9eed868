"""One exchange with the county, and the first one, which makes the laptop known.

Nothing is called received or refused before a signature of the county's key has said so, and
everything that one answer brings is stored in one commit. No unit of work is open while the wire is
used. Doing all of it twice is harmless.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.domain.acts import Act
from app.domain.problems import ProblemCode, Refused, refuse
from app.services.answers import (
    checked_card,
    checked_receipt,
    new_nonce,
    read_genuine,
    send,
    shaped,
)
from app.services.enrolment import EnrolResult as EnrolResult
from app.services.enrolment import enrol as enrol
from app.services.enrolment import keep_certificate, put_blocks
from app.services.ports import CountyLine, DeviceKey, OpenUnit, SignatureCheck, UnitOfWork
from app.wire.canonical import canonical
from app.wire.exchange import (
    ENTRIES_LIMIT,
    EXCHANGE_PATH,
    DeviceCard,
    ExchangeAnswer,
    ExchangeRequest,
    LogEntry,
    Receipt,
    SignedReceipt,
    WireEntry,
)
from app.wire.journal import (
    Entry,
    NotAnEntry,
    SealedEntry,
    entry_hash,
    entry_message,
    read_entry,
)

# On a village line of 50 kbit/s some forty seconds; an entry that is longer travels alone.
BATCH_BYTES = 256 * 1024
MOST_ROUNDS = 500
_ON_A_BAD_LINE = frozenset({ProblemCode.ANSWER_CUT, ProblemCode.ANSWER_TOO_LATE})


@dataclass(frozen=True, slots=True)
class ExchangeResult:
    """What happened, in numbers of entries.

    `sent` own ones, of which `received` are newly receipted; `pulled` of others that are new here;
    `attention` own ones that were not taken over; `doubted` of others that did not verify and were
    left out. `more` waits for the next time.
    """

    sent: int = 0
    received: int = 0
    pulled: int = 0
    attention: int = 0
    doubted: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Sender:
    """What stays the same during one call."""

    open_unit: OpenUnit
    line: CountyLine
    device: DeviceKey
    check: SignatureCheck
    county_key: str


@dataclass(frozen=True, slots=True)
class _Letter:
    """One request: its bytes, the entries in it (number -> hash), and this device's clock when it
    was written.
    """

    nonce: str
    body: bytes
    offered: dict[int, str]
    epoch: str
    cursor: int
    written_at: datetime


@dataclass(slots=True)
class _Tally:
    sent: int = 0
    received: int = 0
    pulled: int = 0
    doubted: int = 0
    attention: set[int] = field(default_factory=set)

    def result(self, *, more: bool) -> ExchangeResult:
        attention = len(self.attention)
        return ExchangeResult(self.sent, self.received, self.pulled, attention, self.doubted, more)


def exchange_once(
    open_unit: OpenUnit, line: CountyLine, device: DeviceKey, check: SignatureCheck
) -> ExchangeResult:
    """Sends the journal's tail and brings what others wrote, until nothing is left or nothing moves
    any more.

    Raises `Refused`: NOT_ENROLLED; NO_NETWORK, COUNTY_UNREACHABLE, COUNTY_BUSY, FOREIGN_ANSWER,
    ANSWER_CUT, ANSWER_TOO_LATE, RECEIPT_NOT_GENUINE, DEVICE_REVOKED, COUNTY_REFUSED; DISK_FULL,
    STORE_READ_ONLY, STORE_BUSY. What earlier rounds stored stays.
    """
    with open_unit() as uow:
        county_key = uow.settings.get("county.key")
    if not county_key:
        raise refuse(ProblemCode.NOT_ENROLLED)
    sender = _Sender(open_unit, line, device, check, county_key)
    tally, limit = _Tally(), ENTRIES_LIMIT
    answer: ExchangeAnswer | None = None
    for _ in range(MOST_ROUNDS):
        letter = _write(sender, answer.have if answer else None, limit)
        if answer and not answer.more and not letter.offered:
            return tally.result(more=False)
        try:
            fresh = _ask(sender, letter)
        except Refused as refusal:
            if len(letter.offered) > 1 and _is_too_much(refusal):
                limit = len(letter.offered) // 2
                continue
            raise
        moved = _store(sender, letter, fresh, tally)
        if answer and not moved and fresh.have <= answer.have:
            return tally.result(more=True)
        answer = fresh
    return tally.result(more=True)


def _write(sender: _Sender, have: int | None, limit: int) -> _Letter:
    """The next letter.

    `have` is what the county holds of our journal, None before it has said so.
    """
    with sender.open_unit() as uow:
        entries = uow.journal.tail(limit + 1)
        if have is not None and (not entries or _number(entries[0]) > have + 1):
            # The county has lost what it had given receipts for: a restored backup. Nothing is lost
            # here.
            entries = uow.journal.own_from(have + 1, limit + 1)
        batch = _batch(entries[:limit])
        epoch = uow.settings.get("county.epoch") or ""
        cursor = int(uow.settings.get("county.cursor") or 0)
        now = uow.now()
    # Once a call: names change, and a county may have made itself a new key.
    paper = sender.device.paper if have is None else None
    request = ExchangeRequest(
        epoch=epoch,
        cursor=cursor,
        entries=tuple(_travelling(one) for one in batch),
        rest=len(batch) < len(entries),
        paper_key=paper.public_key if paper else "",
        paper_proof=paper.prove(sender.device.device_id) if paper else "",
    )
    return _Letter(
        nonce=new_nonce(),
        body=canonical(request.model_dump(mode="json")),
        offered={_number(one): one.hash for one in batch},
        epoch=epoch,
        cursor=cursor,
        written_at=now,
    )


def _ask(sender: _Sender, letter: _Letter) -> ExchangeAnswer:
    reply = send(sender.line, sender.device, EXCHANGE_PATH, letter.nonce, letter.body)
    return shaped(ExchangeAnswer, read_genuine(reply, sender.county_key, sender.check))


def _store(sender: _Sender, letter: _Letter, answer: ExchangeAnswer, tally: _Tally) -> bool:
    """Everything the answer brings, in one commit. Returns whether anything moved."""
    receipts = [_own_receipt(sender, letter, signed) for signed in answer.receipts]
    cards = [checked_card(one, sender.county_key, sender.check) for one in answer.cards]
    own = [one for one in answer.verdicts if one.device == sender.device.device_id]
    with sender.open_unit() as uow:
        received = uow.journal.add_receipts(receipts)
        uow.journal.add_verdicts(own)
        uow.journal.add_cards(cards)
        writers = {card.device: card for card, _, _ in cards}
        pulled = [_take_foreign(sender, uow, line, writers) for line in answer.log]
        lent = put_blocks(uow, answer.blocks)
        _remember_contact(uow, letter, answer)
        keep_certificate(uow, sender.device, answer.paper_certificate, answer.county_ca)
        uow.commit(Act.NUMBERS_LENT if lent else None)
    tally.sent += len(letter.offered)
    tally.received += received
    tally.pulled += pulled.count(True)
    tally.doubted += pulled.count(None)
    tally.attention |= {one.seq for one in own if one.kind != "applied"}
    return bool(received) or (answer.epoch, answer.cursor) != (letter.epoch, letter.cursor)


def _own_receipt(
    sender: _Sender, letter: _Letter, signed: SignedReceipt
) -> tuple[Receipt, str, str]:
    """A genuine receipt for an entry of this very letter. Raises RECEIPT_NOT_GENUINE."""
    receipt, raw, signature = checked_receipt(signed, sender.county_key, sender.check)
    ours = receipt.device == sender.device.device_id
    if not ours or letter.offered.get(receipt.seq) != receipt.entry_hash:
        raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
    return receipt, raw, signature


def _take_foreign(
    sender: _Sender, uow: UnitOfWork, line: LogEntry, writers: dict[str, DeviceCard]
) -> bool | None:
    """Whether an entry of somebody else was new here; None for one that does not verify, which is
    left out.
    """
    try:
        raw = base64.b64decode(line.entry.raw, validate=True)
        entry = read_entry(raw)
    except (binascii.Error, NotAnEntry):
        return None
    if entry.device == sender.device.device_id:
        return False
    card = writers.get(entry.device) or uow.journal.card(entry.device)
    if card is None or not sender.check(card.public_key, entry_message(raw), line.entry.signature):
        return None
    sealed = SealedEntry(raw, line.entry.signature, entry_hash(raw))
    try:
        return uow.journal.add_foreign(line.position, sealed, entry)
    except Refused as refusal:
        if refusal.first.code is not ProblemCode.JOURNAL_BROKEN:
            raise
        # Another laptop gave one number twice: its trouble, which must not hold up our receipts.
        return None


def _remember_contact(uow: UnitOfWork, letter: _Letter, answer: ExchangeAnswer) -> None:
    """How far the log was read, and what is known of this clock's error: county time against the
    middle of the exchange.
    """
    middle = letter.written_at + (uow.now() - letter.written_at) / 2
    offset = round((answer.county_time - middle).total_seconds() * 1000)
    uow.settings.put("county.epoch", answer.epoch)
    uow.settings.put("county.cursor", str(answer.cursor))
    uow.settings.put("county.offset_ms", str(offset))
    uow.settings.put("county.last_contact", answer.county_time.astimezone(UTC).isoformat())


def _batch(entries: Sequence[SealedEntry]) -> tuple[SealedEntry, ...]:
    """The first entries that fit into one letter; at least one."""
    size = 0
    for count, entry in enumerate(entries):
        size += len(entry.raw)
        if count and size > BATCH_BYTES:
            return tuple(entries[:count])
    return tuple(entries)


def _travelling(entry: SealedEntry) -> WireEntry:
    return WireEntry(raw=base64.b64encode(entry.raw).decode(), signature=entry.signature)


def _number(sealed: SealedEntry) -> int:
    entry: Entry = read_entry(sealed.raw)
    return entry.seq


def _is_too_much(refusal: Refused) -> bool:
    """Whether fewer entries at once may get through."""
    problem = refusal.first
    return problem.code in _ON_A_BAD_LINE or problem.facts.get("code") == "too_large"
