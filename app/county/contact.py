"""One contact in the second protocol: parts are taken in as they arrive, and everything that
arrived whole counts, whatever becomes of the rest.

Knows no HTTP: the same contact comes over a line and out of a parcel. Whoever opens one must have
shown that the hello is the device's own. Each part of entries is one transaction, which looks at
the device anew; two contacts of one device at once therefore do each other no harm, and neither
does a contact that is played again. A replayed hello gets an answer like the first one did: lines
carry TLS, so that nobody overhears either.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Sequence

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from app.county.answering import Asked, Gathered, bare_answer, whole_answer
from app.county.blocks import lend
from app.county.database import writing
from app.county.exchange import County, check_active
from app.county.file_intake import FileIntake
from app.county.files import NotTaken, check_size
from app.county.ingest import Desk, Opened, append, following, opened
from app.county.settings import epoch
from app.county.spans import Stretch, sign_span, sign_what_has_none
from app.county.tables import Device, EntryRow
from app.county.trouble import Troubled
from app.wire.canonical import canonical
from app.wire.exchange2 import FileNamed, Hello, Waiting, answer_body, read_hello
from app.wire.journal import FIRST_PREVIOUS
from app.wire.parts import (
    END,
    ENTRIES,
    FILE,
    HELLO,
    BadPart,
    EntryUnpacker,
    FilePiece,
    Part,
    PartReader,
    unpack_file,
)
from app.wire.words import WORDS

TEXT_QUOTA_BYTES = 512 * 1024 * 1024  # plain, of one device and day; a year of a village has less
CONTACT_LIMIT_BYTES = 256 * 1024 * 1024  # of one contact; what is beyond comes with the next one
_LOG = logging.getLogger(__name__)


class Contact:
    """What one device brings from its hello on.

    `trouble` is the word that stopped it, "" while it goes on.
    """

    def __init__(
        self,
        county: County,
        device_id: str,
        hello: Hello,
        *,
        accepted: bool = False,
        limit: int | None = CONTACT_LIMIT_BYTES,
    ) -> None:
        """Notes that the contact has begun, before anything else is read. `accepted`: a person lets
        it count although the device was struck off. `limit`: bytes that are read at most, None for
        a parcel, which has no next contact.

        Raises `Troubled` unknown_device, revoked, forked.
        """
        self._county = county
        self._device_id = device_id
        self._hello = hello
        self._accepted = accepted
        self._limit = limit
        self._unpacker = EntryUnpacker(WORDS)
        self._files = FileIntake(county.engine, county.files, county.key, device_id, county.now)
        self._over = False
        self._taken_in = 0
        self._held: dict[int, int] = {}
        self.trouble = ""
        self._public_key, self._previous = self._begin()

    @property
    def goes_on(self) -> bool:
        """Whether more is read: neither stopped nor at its end."""
        return not self.trouble and not self._over

    def take(self, part: Part) -> None:
        """Takes in one part; for ever, when this returns. After a trouble nothing is taken.

        Raises `Troubled` revoked, forked: the device gets nothing more.
        """
        if not self.goes_on:
            return
        self._taken_in += len(part.payload)
        try:
            if self._limit is not None and self._taken_in > self._limit:
                self.trouble = "too_large"
            elif part.kind == ENTRIES:
                self._take_entries(part.payload)
            elif part.kind == FILE:
                self._files.take(unpack_file(part.payload))
            elif part.kind == END:
                self._over = True
            else:
                self.trouble = "malformed"
        except BadPart:
            self.trouble = "malformed"
        except Troubled:
            raise
        except OperationalError as error:
            _LOG.error("database: %s", type(error.orig).__name__)
            self.trouble = "busy"
        except Exception as error:
            # What was stored before must still be told: the contact ends here, with an answer.
            log_fault(error)
            self.trouble = "fault"

    def stop(self, trouble: str) -> None:
        """Nothing more comes, or what comes is not read."""
        self.trouble = self.trouble or trouble

    def cut(self, piece: FilePiece | None) -> None:
        """The line broke: even the bytes of a file part that is not whole are kept."""
        if piece is not None and self.goes_on:
            try:
                self._files.take(piece)
            except Exception as error:
                log_fault(error)
        self.close()

    def close(self) -> None:
        """The end of the line, cut or not: what was sent of files counts for today."""
        try:
            self._files.close()
        except Exception as error:
            log_fault(error)

    def answer(self) -> bytes:
        """The body of the answer. Raises `Troubled` where the device was struck off meanwhile."""
        if not self._over:
            self.stop("cut")
        self.close()
        return self._answered()

    def _check(self, device: Device) -> None:
        if not self._accepted:
            check_active(device)

    def _begin(self) -> tuple[str, str]:
        hello, now = self._hello, self._county.now()
        with writing(self._county.engine) as session:
            device = session.get(Device, self._device_id)
            if device is None:
                raise Troubled("unknown_device")
            self._check(device)
            device.began_at = now
            device.waiting = canonical(hello.waiting.model_dump(mode="json")).decode()
            device.clock_offset_ms = hello.offset_ms
            device.app = hello.app[:60]
            device.box_key = hello.box_key or device.box_key
            session.add(device)
            sign_what_has_none(session, Desk(self._county.key, epoch(session), now), device)
            if hello.first > device.head_seq + 1:
                self.trouble = "gap"
            return device.public_key, _hash_before(session, device, hello.first)

    def _take_entries(self, payload: bytes) -> None:
        entries, trouble = self._genuine(payload)
        with writing(self._county.engine) as session:
            device = session.get_one(Device, self._device_id)
            self._check(device)
            fresh, stopped = following(session, device, entries)
            if fresh and self._is_too_much(device, fresh):
                fresh, stopped = [], "over_quota"
            if fresh:
                desk = Desk(self._county.key, epoch(session), self._county.now())
                position = append(session, desk, device, fresh)
                sign_span(session, desk, device.id, _stretch(fresh, position, desk))
            sizes = {one.entry.seq: len(one.sealed.raw) for one in entries}
            self._held |= {seq: size for seq, size in sizes.items() if seq <= device.head_seq}
            if stopped == "forked":
                device.frozen = "forked"
                session.add(device)
        if stopped == "forked":
            raise Troubled("forked")
        self.trouble = stopped or trouble

    def _is_too_much(self, device: Device, fresh: Sequence[Opened]) -> bool:
        """Whether the device has sent more text today than a village could write.

        A few packed bytes may hold much text: what is kept for ever is counted unpacked.
        """
        today = f"{self._county.now():%Y-%m-%d}"
        before = device.text_bytes if device.text_day == today else 0
        size = sum(len(one.sealed.raw) for one in fresh)
        if self._limit is not None and before + size > TEXT_QUOTA_BYTES:
            return True
        device.text_day, device.text_bytes = today, before + size
        return False

    def _genuine(self, payload: bytes) -> tuple[list[Opened], str]:
        """The entries of a part that this device wrote and signed, up to the first that it did
        not.
        """
        found: list[Opened] = []
        try:
            for sealed in self._unpacker.unpack(payload, self._previous):
                found.append(opened(self._device_id, self._public_key, sealed))
                self._previous = sealed.hash
        except (BadPart, Troubled):
            return found, "malformed"
        return found, ""

    def _answered(self) -> bytes:
        county, hello = self._county, self._hello
        asked = Asked(self._device_id, hello, self.trouble, self._accepted)
        try:
            answer, lines, pack = whole_answer(county, asked, self._finish())
            return answer_body(answer, lines, WORDS, pack)
        except Troubled:
            raise
        except Exception as error:
            log_fault(error)
            asked = Asked(self._device_id, hello, self.trouble or "fault", self._accepted)
            return answer_body(bare_answer(county, asked), (), WORDS)

    def _finish(self) -> Gathered:
        """The end of the contact is noted; numbers and words for files are given."""
        hello, files, now = self._hello, self._files, self._county.now()
        gathered = Gathered(
            words=dict(files.words), reached=dict(files.reached), refused=dict(files.refused)
        )
        with writing(self._county.engine) as session:
            device = session.get_one(Device, self._device_id)
            self._check(device)
            desk = Desk(self._county.key, epoch(session), now)
            for one in hello.files:
                if one.sha256 in gathered.refused or one.sha256 in gathered.words:
                    continue
                word = self._county.files.word(session, desk, device, one.sha256)
                if word is not None:
                    gathered.words[one.sha256] = word
                elif one.sha256 not in gathered.reached:
                    self._ask_for(session, device, one, gathered)
            may_work = device.revoked_at is None and not device.frozen
            # A restored county is first told again what it lost: numbers may have been lent.
            lost = hello.receipted > device.head_seq
            if may_work and not (hello.rest or lost or self.trouble):
                gathered.blocks = lend(session, device, now)
            device.last_contact = now
            device.waiting = canonical(self._still_waiting().model_dump(mode="json")).decode()
            session.add(device)
        return gathered

    def _still_waiting(self) -> Waiting:
        """What waits on the laptop when it has this answer: what it said, without what came."""
        said, files = self._hello.waiting, self._files.finished
        entries = max(0, said.entries - len(self._held))
        text = max(0, said.entry_bytes - sum(self._held.values()))
        return said.model_copy(
            update={
                "entries": entries,
                "entry_bytes": text if entries else 0,
                "files": max(0, said.files - len(files)),
                "file_bytes": max(0, said.file_bytes - sum(files)),
                "oldest_at": said.oldest_at if entries else None,
            }
        )

    def _ask_for(
        self, session: Session, device: Device, named: FileNamed, gathered: Gathered
    ) -> None:
        """What is missing of a file, or why it may not come, said before any of it is sent."""
        try:
            check_size(named.size)
        except NotTaken as refusal:
            gathered.refused[named.sha256] = refusal.code
            return
        held = self._county.files.held(session, device, named.sha256, named.size)
        gathered.reached[named.sha256] = held


def take_parts(
    county: County, device: str, nonce: str, parts: Iterable[bytes], *, accepted: bool = False
) -> bytes:
    """A contact whose parts do not come over a line: the body of its answer.

    Who calls has shown that the device sealed all of it, so that `nonce`, which a line needs, has
    nothing to bind; the same `parts` may come any number of times. Raises `Troubled`, and whatever
    `parts` raises, with what came before it kept.
    """
    reader, contact = PartReader(), None
    try:
        for some in parts:
            for one in reader.feed(some):
                if contact is None:
                    hello = first_hello(one)
                    contact = Contact(county, device, hello, accepted=accepted, limit=None)
                else:
                    contact.take(one)
    except BadPart:
        if contact is None:
            raise Troubled("malformed") from None
        contact.stop("malformed")
    finally:
        if contact is not None:
            contact.close()
    if contact is None:
        raise Troubled("malformed")
    return contact.answer()


def first_hello(first: Part) -> Hello:
    """The hello in the first part. Raises `BadPart` for any other."""
    if first.kind != HELLO:
        raise BadPart("hello")
    return read_hello(first.payload)


def log_fault(error: Exception) -> None:
    """Type and place only: a message may quote what was sent."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    _LOG.error("fault: %s at %s:%s", type(error).__name__, last.filename, last.lineno)


def _hash_before(session: Session, device: Device, first: int) -> str:
    """The hash of the entry before number `first`, as far as it is held; "" where it is not."""
    if first <= 1:
        return FIRST_PREVIOUS
    if first == device.head_seq + 1:
        return device.head_hash
    query = select(EntryRow.hash).where(
        col(EntryRow.device_id) == device.id, col(EntryRow.seq) == first - 1
    )
    return session.exec(query).first() or ""


def _stretch(fresh: Sequence[Opened], position: int, desk: Desk) -> Stretch:
    return Stretch(
        first=fresh[0].entry.seq,
        last=fresh[-1].entry.seq,
        last_hash=fresh[-1].sealed.hash,
        position=position,
        received_at=desk.now,
    )
