"""What a device sends in one contact: the hello, the journal's tail as parts, and files between
them. The same stream goes over HTTP and into a parcel.

Reads in short units of work, one part at a time, so that memory stays small whatever waits, and
none is open while a part travels. Never marks anything as sent: only receipts do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.problems import ProblemCode, Refused
from app.services.county_pack import known_pack
from app.services.ports import DeviceKey, OpenUnit, UnitOfWork, WaitingFile
from app.wire.canonical import canonical
from app.wire.exchange import BODY_LIMIT_BYTES
from app.wire.exchange2 import ROOM, ROOM_LIMIT, FileNamed, Hello, Waiting
from app.wire.journal import SealedEntry, read_entry
from app.wire.parts import (
    END,
    FILE_PIECE,
    HELLO,
    PLAIN_TARGET,
    EntryPacker,
    FilePiece,
    pack_file,
    part,
)
from app.wire.words import WORDS

# Packed at once, so that the line need not wait for the first bytes.
FIRST_PART = 16 * 1024
SMALLEST_PART = 2 * 1024  # plain bytes; one entry always travels whole
PART_SETTING = "sync.part_bytes"
ROOM_SETTING = "sync.room_bytes"
UNSURE_SETTING = "sync.unsure"
REQUEST_SETTING = "sync.request_bytes"
NO_LIMIT = 1 << 40
# A server in front of the county may take no larger bodies; less than this is nobody's limit.
SMALLEST_REQUEST = 64 * 1024
COLLEAGUES_SETTING = "county.colleagues"
# Long enough that a round trip hardly counts: a line that breaks loses nothing that has arrived.
REQUEST_SECONDS = 180.0
# Once a new text has gone out between files, its receipt is wanted soon.
RECEIPT_SECONDS = 20.0
FILES_AT_ONCE = 32
# Asked about in the first hello, and after a break; the others while these travel.
_ASKED_FIRST, _ASKED_LATER = 8, 24
_ENTRIES_AT_ONCE = 200
_ALL_FILES = 1_000_000
_NOT_WHOLE_HERE = frozenset({ProblemCode.ATTACHMENT_MISSING, ProblemCode.ATTACHMENT_DAMAGED})
_SMALLEST_ROOM = 8 * 1024
_LARGEST_ROOM = min(ROOM_LIMIT, BODY_LIMIT_BYTES // 4)


@dataclass(slots=True)
class Course:
    """What one contact has learned so far. Lives as long as the contact.

    `have`: the last own entry that the county holds, None before it has said so. `held`: how many
    bytes it holds of each file it was asked about. `sent_to`: the last entry put into a stream.
    """

    have: int | None = None
    held: dict[str, int] = field(default_factory=dict)
    given_up: set[str] = field(default_factory=set)
    missing: tuple[str, ...] = ()
    sums: str = ""
    compared: bool = False
    more: bool = False
    pack_comes: bool = False
    sent_to: int = 0
    offered: dict[int, str] = field(default_factory=dict)
    offered_files: set[str] = field(default_factory=set)
    bytes_sent: int = 0
    plain_sent: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """The hello of one request, and what the clock of this device showed when it was written.

    `first`: the first entry that will follow, 0 for none. `with_files`: whether files may follow.
    """

    hello: Hello
    payload: bytes
    written_at: datetime
    with_files: bool


def write_hello(uow: UnitOfWork, device: DeviceKey, course: Course, *, ask_only: bool) -> Letter:
    """The next hello as things stand.

    `ask_only`: nothing follows it; it asks how much the county holds. Texts travel alone first;
    files follow in requests of their own, into which new texts are put.
    """
    first = 0 if ask_only else first_to_send(uow, course)
    files = uow.files.waiting(2 * FILES_AT_ONCE)
    files = tuple(one for one in files if one.sha256 not in course.given_up)
    asked = (*files, *uow.files.elsewhere(FILES_AT_ONCE))
    most = _ASKED_FIRST if course.have is None else _ASKED_LATER
    unknown = [one for one in asked if one.sha256 not in course.held][:most]
    # Once a contact: names change, and a county may have made itself a new key.
    paper = device.paper if course.have is None else None
    box = device.box if course.have is None else None
    offset = uow.settings.get("county.offset_ms")
    pack = known_pack(uow)
    hello = Hello(
        epoch=uow.settings.get("county.epoch") or "",
        cursor=int(uow.settings.get("county.cursor") or 0),
        first=first,
        receipted=uow.journal.receipted(),
        room=_number(uow, ROOM_SETTING, ROOM, _SMALLEST_ROOM, _LARGEST_ROOM),
        files=tuple(FileNamed(sha256=one.sha256, size=one.size) for one in unknown),
        missing=course.missing,
        sums=course.sums,
        colleagues=uow.settings.get(COLLEAGUES_SETTING) or "",
        waiting=_waiting(uow),
        offset_ms=int(offset) if offset else None,
        app=uow.app_version,
        paper_key=paper.public_key if paper else "",
        paper_proof=paper.prove(device.device_id) if paper else "",
        box_key=box.public_key if box else "",
        pack=pack.known,
        pack_coming=pack.coming,
        pack_have=pack.have,
    )
    return Letter(
        hello=hello,
        payload=canonical(hello.model_dump(mode="json")),
        written_at=uow.now(),
        with_files=not ask_only and not first,
    )


def first_to_send(uow: UnitOfWork, course: Course) -> int:
    """The number of the first own entry that the county needs; 0 where it has all.

    That is the first without a receipt; or one that the county has lost although it once gave a
    receipt: a restored backup. Nothing is lost here.
    """
    tail = uow.journal.tail(1)
    first = read_entry(tail[0].raw).seq if tail else 0
    if course.have is not None and (not first or course.have + 1 < first):
        again = uow.journal.own_from(course.have + 1, 1)
        return course.have + 1 if again else 0
    if course.have is not None and first <= course.have:
        return course.have + 1 if uow.journal.own_from(course.have + 1, 1) else 0
    return first


def stream(
    open_unit: OpenUnit,
    letter: Letter,
    course: Course,
    *,
    seconds: float = REQUEST_SECONDS,
) -> Iterator[bytes]:
    """The parts of one request, made as the line takes them. After `seconds` no new piece is
    begun.
    """
    end, begun_at = time.monotonic() + seconds, course.bytes_sent
    with open_unit() as uow:
        most = _number(uow, REQUEST_SETTING, NO_LIMIT, SMALLEST_REQUEST, NO_LIMIT)

    def going() -> bool:
        return time.monotonic() < end and course.bytes_sent - begun_at < most

    yield part(HELLO, letter.payload)
    packer = EntryPacker(WORDS)
    course.offered.clear()
    course.offered_files.clear()
    course.sent_to = letter.hello.first - 1 if letter.hello.first else course.sent_to
    if letter.hello.first:
        yield from _texts(open_unit, course, packer, going)
    if letter.with_files:
        yield from _files(open_unit, course, packer, going)
    yield part(END)


def whole_stream(open_unit: OpenUnit, letter: Letter, course: Course) -> Iterator[bytes]:
    """Everything that waits, texts and whole files, for a parcel that may take days."""
    yield part(HELLO, letter.payload)
    packer = EntryPacker(WORDS)
    course.sent_to = letter.hello.first - 1
    if letter.hello.first:
        yield from _texts(open_unit, course, packer, _always)
    with open_unit() as uow:
        files = uow.files.waiting(_ALL_FILES, put_off=True)
    for file in files:
        course.offered_files.add(file.sha256)
        yield from _file(open_unit, course, file, 0, _always)
    yield part(END)


def _texts(
    open_unit: OpenUnit, course: Course, packer: EntryPacker, going: Callable[[], bool]
) -> Iterator[bytes]:
    while going():
        with open_unit() as uow:
            batch = _batch(uow, course.sent_to + 1, FIRST_PART if not course.offered else None)
        if not batch:
            return
        previous = read_entry(batch[0].raw).prev
        for number, one in enumerate(batch, course.sent_to + 1):
            course.offered[number] = one.hash
        packed = packer.pack(batch, previous)
        course.sent_to += len(batch)
        course.bytes_sent += len(packed)
        course.plain_sent += sum(len(one.raw) for one in batch)
        yield packed


def _batch(uow: UnitOfWork, first: int, most: int | None) -> tuple[SealedEntry, ...]:
    """The next entries that fit into one part of at most `most` bytes; at least one if there is
    any.
    """
    limit = _number(uow, PART_SETTING, PLAIN_TARGET, SMALLEST_PART, PLAIN_TARGET)
    limit = min(limit, most or limit)
    size = 0
    entries = uow.journal.own_from(first, _ENTRIES_AT_ONCE)
    for count, entry in enumerate(entries):
        size += len(entry.raw)
        if count and size > limit:
            return entries[:count]
    return entries


def _files(
    open_unit: OpenUnit, course: Course, packer: EntryPacker, going: Callable[[], bool]
) -> Iterator[bytes]:
    """Files whose state at the county is known, in their order; new texts go before each piece."""
    soon = 0.0
    with open_unit() as uow:
        files = uow.files.waiting(FILES_AT_ONCE)
        if not course.sent_to:
            course.sent_to = uow.journal.own_head()
    for file in files:
        known = course.held.get(file.sha256)
        if known is None or known >= file.size or file.sha256 in course.given_up:
            continue
        course.offered_files.add(file.sha256)
        for piece in _file(open_unit, course, file, known, going):
            for text in _texts(open_unit, course, packer, _always):
                soon = soon or time.monotonic() + RECEIPT_SECONDS
                yield text
            yield piece
            if soon and time.monotonic() > soon:
                return
        if not going():
            return


def _file(
    open_unit: OpenUnit,
    course: Course,
    file: WaitingFile,
    offset: int,
    going: Callable[[], bool],
) -> Iterator[bytes]:
    """The rest of one file. What cannot be read here is put off with its reason and shown, never
    passed over in silence.
    """
    at = offset
    try:
        with open_unit() as uow:
            pieces = uow.files.pieces(file.sha256, offset)
        for data in pieces:
            for start in range(0, len(data), FILE_PIECE):
                if not going():
                    return
                some = data[start : start + FILE_PIECE]
                packed = pack_file(FilePiece(file.sha256, at, file.size, some))
                course.bytes_sent += len(packed)
                course.plain_sent += len(some)
                yield packed
                at += len(some)
    except Refused as refusal:
        if refusal.first.code not in _NOT_WHOLE_HERE:
            raise
        _give_up(open_unit, course, file.sha256, refusal.first.code)


def _give_up(open_unit: OpenUnit, course: Course, digest: str, code: ProblemCode) -> None:
    course.given_up.add(digest)
    with open_unit() as uow:
        uow.files.put_off(digest, code.value, None)
        uow.commit()


def _waiting(uow: UnitOfWork) -> Waiting:
    status = uow.lists.status()
    return Waiting(
        entries=status.waiting,
        entry_bytes=status.waiting_bytes,
        files=status.waiting_files,
        file_bytes=status.waiting_file_bytes,
        attention=status.attention,
        oldest_at=status.oldest_waiting,
    )


def _number(uow: UnitOfWork, key: str, usual: int, least: int, most: int) -> int:
    text = uow.settings.get(key) or ""
    return min(most, max(least, int(text))) if text.isdecimal() else usual


def _always() -> bool:
    return True
