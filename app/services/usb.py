"""The courier: what waits goes onto a stick as one closed parcel, and the county's answer comes
back the same way.

An entry on a stick still waits: only a receipt changes that. Nothing is marked before the file was
read back from the stick, no unit of work is open while it is written, and doing all of it twice, or
while the network does the same, is harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.domain.ids import new_id
from app.domain.problems import ProblemCode, Refused, refuse
from app.services.incoming import Stored, Trust, store_answer
from app.services.outgoing import Course, Letter, whole_stream, write_hello
from app.services.parcel_files import find_parcels, parcel_in, write_parcel
from app.services.ports import DeviceKey, OpenUnit, Settings, SignatureCheck
from app.wire.canonical import Json, canonical, strict_json
from app.wire.exchange2 import read_answer as read_answer_body
from app.wire.parcel import Address, Direction, examine, open_parcel, seal
from app.wire.parts import BadPart
from app.wire.volumes import VOLUME_BYTES, plain_name
from app.wire.words import WORDS

BOX_SETTING = "county.box_key"
NOTES_SETTING = "usb.exports"
NOTES_KEPT = 40
ANSWER_LIMIT_BYTES = 64 * 1024 * 1024
_MARK_LENGTH = 8


@dataclass(frozen=True, slots=True)
class UsbProgress:
    """How far an export is: `done` of about `total` bytes written, or read back while
    `checking`.
    """

    done: int
    total: int
    checking: bool


@dataclass(frozen=True, slots=True)
class UsbExport:
    """A parcel that lies on the stick, read back: its files there, and what is in it.

    `entries` and `attachments` are counts, `size` bytes on the stick, `at` UTC by this device.
    """

    parcel_id: str
    files: tuple[Path, ...]
    entries: int
    attachments: int
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class UsbNote:
    """What this device remembers of an export: the own entries `first` to `last` (0 for none), when
    (UTC, its own clock), and when the answer came back.
    """

    parcel_id: str
    at: datetime
    first: int = 0
    last: int = 0
    attachments: int = 0
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UsbAnswer:
    """An answer that was stored; `again` when it had been before, which changes nothing."""

    answers: str
    stored: Stored
    again: bool


def export_to_usb(
    open_unit: OpenUnit,
    device: DeviceKey,
    folder: Path,
    *,
    tell: Callable[[UsbProgress], None] | None = None,
    volume_bytes: int = VOLUME_BYTES,
) -> UsbExport:
    """Puts everything that waits, texts and whole files, onto the stick at `folder`.

    `tell` hears on the calling thread how far it is; what it raises ends the export without a
    trace. Raises `Refused` NOT_ENROLLED, COUNTY_BOX_UNKNOWN, USB_NOT_THERE; USB_FULL, USB_GONE,
    USB_UNRELIABLE, OUTPUT_UNWRITABLE.
    """
    course = Course()
    with open_unit() as uow:
        county_key, reader = uow.settings.get("county.key"), uow.settings.get(BOX_SETTING)
        if not county_key:
            raise refuse(ProblemCode.NOT_ENROLLED)
        if not reader:
            raise refuse(ProblemCode.COUNTY_BOX_UNKNOWN)
        letter = write_hello(uow, device, course, ask_only=False)
    parcel_id, name = _new_name(folder)
    address = Address(
        direction=Direction.TO_COUNTY,
        reader=reader,
        parcel_id=parcel_id,
        sender=device.device_id,
    )
    files = write_parcel(
        seal(whole_stream(open_unit, letter, course), address, device.sign),
        folder,
        name,
        parcel_id,
        owner=device.device_id[-_MARK_LENGTH:],
        progress=_telling(tell, letter),
        volume_bytes=volume_bytes,
    )
    made = UsbExport(
        parcel_id=parcel_id,
        files=files,
        entries=len(course.offered),
        attachments=len(course.offered_files - course.given_up),
        size=sum(one.stat().st_size for one in files),
        at=letter.written_at,
    )
    _note(open_unit, made, course)
    return made


def read_answer(
    open_unit: OpenUnit, device: DeviceKey, check: SignatureCheck, path: Path
) -> UsbAnswer:
    """Stores the county's answer that lies in the file `path` (and volumes beside it).

    Raises `Refused` NOT_ENROLLED; PARCEL_FOREIGN, PARCEL_NEWER, PARCEL_DAMAGED, PARCEL_INCOMPLETE,
    PARCEL_NOT_FOR_US, PARCEL_NOT_GENUINE; USB_GONE, FILE_UNREADABLE; RECEIPT_NOT_GENUINE, and what
    a commit can meet. Then nothing was stored.
    """
    with open_unit() as uow:
        county_key = uow.settings.get("county.key")
    if not county_key:
        raise refuse(ProblemCode.NOT_ENROLLED)
    parcel = parcel_in(path)
    head = parcel.head()
    if head.direction is not Direction.TO_LAPTOP or not head.is_for(device.box.public_key):
        raise refuse(ProblemCode.PARCEL_NOT_FOR_US)
    found = examine(parcel.chunks())
    if not check(county_key, found.message, found.signature):
        raise refuse(ProblemCode.PARCEL_NOT_GENUINE)
    body = _gathered(open_parcel(parcel.chunks(), found.head, device.box))
    try:
        answer, log, pack = read_answer_body(body, WORDS)
    except BadPart:
        raise refuse(ProblemCode.PARCEL_DAMAGED) from None
    trust = Trust(device, check, county_key)
    stored = store_answer(open_unit, trust, answer, log, pack, asked_at=None)
    return UsbAnswer(found.head.answers, stored, _note_answer(open_unit, found.head.answers))


def answers_in(folder: Path, device: DeviceKey) -> tuple[Path, ...]:
    """The files in a folder that say they are answers for this device; `read_answer` alone finds
    out whether they are. Raises `Refused` USB_NOT_THERE, USB_GONE.
    """
    try:
        parcels = find_parcels(folder)
    except OSError as error:
        raise _not_read(error) from None
    found = []
    for parcel in parcels:
        head = parcel.head_if_any()
        if head and head.direction is Direction.TO_LAPTOP and head.is_for(device.box.public_key):
            found.append(parcel.first.path)
    return tuple(found)


def usb_notes(settings: Settings) -> tuple[UsbNote, ...]:
    """The exports that this device remembers, oldest first."""
    told = strict_json((settings.get(NOTES_SETTING) or "[]").encode())
    assert isinstance(told, list)
    return tuple(_read_note(one) for one in told if isinstance(one, dict))


def put_on_usb_at(notes: Iterable[UsbNote], seq: int) -> datetime | None:
    """When the own entry with that number was last put on a stick (UTC); None for never."""
    return max((one.at for one in notes if one.first <= seq <= one.last), default=None)


def _new_name(folder: Path) -> tuple[str, str]:
    """An id whose name nobody has used in the folder."""
    try:
        taken = {plain_name(one.name) for one in folder.iterdir()}
    except OSError as error:
        raise _not_read(error) from None
    while True:
        parcel_id = str(new_id())
        name = f"和事-{parcel_id[-_MARK_LENGTH:]}"
        if name not in taken:
            return parcel_id, name


def _not_read(error: OSError) -> Refused:
    """A folder that was not there from the first, or a stick that broke off."""
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    return refuse(ProblemCode.USB_NOT_THERE if missing else ProblemCode.USB_GONE)


def _telling(
    tell: Callable[[UsbProgress], None] | None, letter: Letter
) -> Callable[[int, bool], None] | None:
    if tell is None:
        return None
    waiting = letter.hello.waiting
    guess = waiting.entry_bytes + waiting.file_bytes
    written = 0

    def progress(done: int, checking: bool) -> None:
        nonlocal written
        written = written if checking else done
        # Texts shrink on the way, so that the total is known for sure only once all is written.
        total = written if checking else max(guess, done)
        tell(UsbProgress(done, total, checking))

    return progress


def _gathered(pieces: Iterator[bytes]) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > ANSWER_LIMIT_BYTES:
            raise refuse(ProblemCode.PARCEL_DAMAGED)
    return bytes(body)


def _note(open_unit: OpenUnit, made: UsbExport, course: Course) -> None:
    first = min(course.offered, default=0)
    last = max(course.offered, default=0)
    note = UsbNote(made.parcel_id, made.at, first, last, made.attachments)
    with open_unit() as uow:
        _keep(uow.settings, (*usb_notes(uow.settings), note)[-NOTES_KEPT:])
        uow.commit()


def _note_answer(open_unit: OpenUnit, parcel_id: str) -> bool:
    """Whether the answer to that parcel had been read before."""
    with open_unit() as uow:
        notes = usb_notes(uow.settings)
        mine = next((one for one in notes if one.parcel_id == parcel_id), None)
        if mine is None or mine.answered_at is not None:
            return mine is not None
        now = uow.now()
        _keep(
            uow.settings,
            [replace(one, answered_at=now) if one is mine else one for one in notes],
        )
        uow.commit()
    return False


def _keep(settings: Settings, notes: Sequence[UsbNote]) -> None:
    told: list[Json] = [
        {
            "parcel": one.parcel_id,
            "at": _text(one.at),
            "first": one.first,
            "last": one.last,
            "attachments": one.attachments,
            "answered_at": _text(one.answered_at) if one.answered_at else "",
        }
        for one in notes
    ]
    settings.put(NOTES_SETTING, canonical(told).decode())


def _read_note(told: dict[str, object]) -> UsbNote:
    answered = str(told["answered_at"])
    return UsbNote(
        parcel_id=str(told["parcel"]),
        at=datetime.fromisoformat(str(told["at"])),
        first=int(str(told["first"])),
        last=int(str(told["last"])),
        attachments=int(str(told["attachments"])),
        answered_at=datetime.fromisoformat(answered) if answered else None,
    )


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
