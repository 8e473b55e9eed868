"""Parcels that came on sticks: found in a folder, checked, taken in like a contact over the
network, and answered with a parcel for the same laptop.

Any order, any number of times, whole or volume by volume. Never deletes or changes what it finds,
never writes outside the folder for answers and the server's own, and reads nothing of a parcel
before its sender's signature over all of it has been found genuine. What comes from a laptop that
was struck off is set aside for a person, not dropped (trust rule 4.6).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from app.county.database import reading, writing
from app.county.exchange import County
from app.county.keys import genuine
from app.county.tables import Device, ParcelRow
from app.county.trouble import Troubled
from app.domain.ids import new_id
from app.domain.problems import ProblemCode, Refused
from app.services.parcel_files import FoundParcel, find_parcels, parcel_in, write_parcel
from app.wire.exchange2 import read_answer
from app.wire.parcel import Address, Direction, Examined, examine, open_parcel, seal
from app.wire.volumes import answer_names, volume_name
from app.wire.words import WORDS

QUARANTINE = "quarantine"
LOOK_EVERY_SECONDS = 2.0
_OWNER = "heshi-county"
_KEPT_AS = "parcel"


class State(StrEnum):
    """What became of a parcel, in a word."""

    TAKEN = "taken"
    AGAIN = "taken before, answered again"
    ANSWERED = "taken before, its answer is here"
    ACCEPTED = "taken before by a person, no answer: the laptop was struck off"
    IN_PART = "taken in part, and answered"
    TAKEN_UNANSWERED = "taken, the answer could not be written"
    TAKEN_NO_KEY = "taken, no answer: the laptop has told no key for parcels"
    SET_ASIDE = "set aside"
    INCOMPLETE = "not all of its files are here"
    DAMAGED = "damaged"
    NEWER = "made by a newer version"
    NOT_FOR_US = "not for this county"
    NOT_GENUINE = "not genuine"
    UNKNOWN_DEVICE = "from a laptop that is not known here"
    MALFORMED = "genuine but not readable"
    FORKED = "stopped: the laptop gave one number twice"
    UNREADABLE = "cannot be read now"
    BUSY = "the database does not answer"


_OF_REFUSALS = {
    ProblemCode.PARCEL_INCOMPLETE: State.INCOMPLETE,
    ProblemCode.PARCEL_DAMAGED: State.DAMAGED,
    ProblemCode.PARCEL_NEWER: State.NEWER,
    ProblemCode.PARCEL_NOT_FOR_US: State.NOT_FOR_US,
    ProblemCode.USB_GONE: State.UNREADABLE,
    ProblemCode.FILE_UNREADABLE: State.UNREADABLE,
}
# Nothing about the parcel stands in the way; the next look may find it gone.
_PASSING = frozenset({State.BUSY, State.UNREADABLE})


class TakeParts(Protocol):
    """Takes in what one contact of a device brings, as `POST /v2/exchange` does."""

    def __call__(self, device: str, nonce: str, parts: Iterator[bytes], *, accepted: bool) -> bytes:
        """The body of the answer. `nonce` is 32 hex digits, the same for the same parcel; with
        `accepted` a person has said that it counts although the laptop was struck off.

        Raises `Troubled`; and `Refused` where `parts` does, with what came before it kept.
        """
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """One parcel, and what became of it."""

    parcel: str
    device: str
    state: State


@dataclass(frozen=True, slots=True)
class Aside:
    """A parcel that waits for a person: why (revoked, forked), and since when (UTC)."""

    parcel: str
    device: str
    reason: str
    since: datetime


class Inbox:
    """One folder that is looked through again and again.

    `data` is the server's own folder; answers go to `answers`, or beside their parcels.
    """

    def __init__(
        self,
        county: County,
        data: Path,
        take: TakeParts,
        folder: Path,
        answers: Path | None = None,
    ) -> None:
        self.county = county
        self._quarantine = data / QUARANTINE
        self._take = take
        self._folder = folder
        self._answers = answers or folder
        self._last: dict[tuple[str, int], object] = {}
        self._done: dict[tuple[str, int], object] = {}

    def look(self, *, settled: bool = False) -> Iterator[Outcome]:
        """One look through the folder, parcel by parcel.

        With `settled` only files count that stand still since the last look: others are still being
        copied. A parcel is dealt with once, until one of its files changes. Raises OSError where
        the folder cannot be read.
        """
        found = find_parcels(self._folder)
        last, self._last = self._last, {(one.parcel_id, one.count): one.stamp for one in found}
        for parcel in found:
            name = parcel.parcel_id, parcel.count
            if settled and last.get(name) != parcel.stamp:
                continue
            if self._done.get(name) == parcel.stamp:
                continue
            outcome = self._deal(parcel)
            if outcome is None or outcome.state not in _PASSING:
                self._done[name] = parcel.stamp
            if outcome is not None:
                yield outcome

    def accept(self, parcel_id: str) -> Outcome:
        """Takes in a parcel that was set aside. Raises ValueError where there is none."""
        with reading(self.county.engine) as session:
            row = session.get(ParcelRow, parcel_id)
        if row is None or not row.set_aside:
            raise ValueError("no such parcel was set aside")
        kept = self._quarantine / parcel_id / volume_name(_KEPT_AS, 1, 1)
        try:
            for parcel in find_parcels(kept.parent):
                found = examine(parcel.chunks())
                _, whole = self._bring_in(parcel, found, accepted=True)
                state = State.TAKEN if whole else State.IN_PART
                return Outcome(parcel_id, row.device_id, state)
        except Troubled as trouble:
            return Outcome(parcel_id, row.device_id, _of_trouble(trouble))
        except Refused as refusal:
            return Outcome(parcel_id, row.device_id, _of_refusal(refusal))
        raise ValueError("the parcel is not in the quarantine any more")

    def _deal(self, parcel: FoundParcel) -> Outcome | None:
        """None for a parcel that goes the other way."""
        device = ""
        try:
            if parcel.head().direction is not Direction.TO_COUNTY:
                return None
            # The whole of it first: a head that was altered on the way must not speak.
            found = examine(parcel.chunks())
            if not found.head.is_for(self.county.key.box.public_key):
                return Outcome(parcel.parcel_id, "", State.NOT_FOR_US)
            device = found.head.sender
            state = self._take_in(parcel, found)
        except Refused as refusal:
            state = _of_refusal(refusal)
        except Troubled as trouble:
            state = _of_trouble(trouble)
        except OperationalError:
            state = State.BUSY
        return Outcome(parcel.parcel_id, device, state)

    def _take_in(self, parcel: FoundParcel, found: Examined) -> State:
        head = found.head
        if head.parcel_id != parcel.parcel_id:
            return State.DAMAGED
        with writing(self.county.engine) as session:
            device = session.get(Device, head.sender)
            if device is None:
                return State.UNKNOWN_DEVICE
            if not genuine(device.public_key, found.message, found.signature):
                return State.NOT_GENUINE
            row = session.get(ParcelRow, head.parcel_id)
            if row is None:
                row = ParcelRow(
                    id=head.parcel_id, device_id=device.id, first_seen_at=self.county.now()
                )
            barred = "revoked" if device.revoked_at else device.frozen
            before = row.taken_at is not None
            if barred and not before:
                row.set_aside = barred
            session.add(row)
        if barred:
            return self._set_aside(parcel) if not before else State.ACCEPTED
        if before and self._is_answered(parcel):
            return State.ANSWERED
        body, whole = self._bring_in(parcel, found, accepted=False)
        state = self._answer(parcel, found, body)
        if state is not State.TAKEN:
            return state
        done = State.AGAIN if before else State.TAKEN
        return done if whole else State.IN_PART

    def _bring_in(
        self, parcel: FoundParcel, found: Examined, *, accepted: bool
    ) -> tuple[bytes, bool]:
        """The body of the answer, and whether all of the parcel was read. What was not is read
        when the parcel comes again.
        """
        head = found.head
        parts = open_parcel(parcel.chunks(), head, self.county.key.box)
        body = self._take(head.sender, UUID(head.parcel_id).hex, parts, accepted=accepted)
        if read_answer(body, WORDS)[0].trouble:
            return body, False
        with writing(self.county.engine) as session:
            row = session.get_one(ParcelRow, head.parcel_id)
            row.taken_at, row.set_aside = row.taken_at or self.county.now(), ""
            session.add(row)
        return body, True

    def _answer(self, parcel: FoundParcel, found: Examined, body: bytes) -> State:
        with reading(self.county.engine) as session:
            reader = session.get_one(Device, found.head.sender).box_key
        if not reader:
            return State.TAKEN_NO_KEY
        address = Address(
            direction=Direction.TO_LAPTOP,
            reader=reader,
            parcel_id=str(new_id()),
            answers=found.head.parcel_id,
        )
        try:
            self._write(seal([body], address, self._sign), parcel, address.parcel_id)
        except Refused:
            return State.TAKEN_UNANSWERED
        return State.TAKEN

    def _write(self, stream: Iterator[bytes], parcel: FoundParcel, answer_id: str) -> None:
        name, replace = self._free_name(parcel)
        files = write_parcel(stream, self._answers, name, answer_id, owner=_OWNER, replace=replace)
        for one in files:
            # It is sealed, and whoever carries it must be able to copy it; FAT knows no rights.
            with suppress(OSError):
                one.chmod(0o644)

    def _free_name(self, parcel: FoundParcel) -> tuple[str, bool]:
        """A name for the answer, and whether an earlier answer to the same parcel has it. Nothing
        else is ever replaced: it may be the parcel of another laptop.
        """
        names = answer_names(parcel.first.path.name, parcel.parcel_id)
        for name in names:
            place = self._answers / volume_name(name, 1, 1)
            if not os.path.lexists(place):
                return name, False
            if self._answers_it(place, parcel):
                return name, True
        return names[0], False

    def _is_answered(self, parcel: FoundParcel) -> bool:
        """Whether the answer to just this parcel, from this county, lies where it would be put."""
        names = answer_names(parcel.first.path.name, parcel.parcel_id)
        return any(
            self._answers_it(self._answers / volume_name(one, 1, 1), parcel) for one in names
        )

    def _answers_it(self, place: Path, parcel: FoundParcel) -> bool:
        try:
            found = examine(parcel_in(place).chunks())
        except Refused:
            return False
        ours = genuine(self.county.key.public, found.message, found.signature)
        return ours and found.head.answers == parcel.parcel_id

    def _set_aside(self, parcel: FoundParcel) -> State:
        kept = self._quarantine / parcel.parcel_id
        try:
            kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return State.UNREADABLE
        if not (kept / volume_name(_KEPT_AS, 1, 1)).exists():
            # A server's disk is no stick: one file, however large.
            write_parcel(
                parcel.chunks(),
                kept,
                _KEPT_AS,
                parcel.parcel_id,
                owner=_OWNER,
                volume_bytes=1 << 62,
            )
        return State.SET_ASIDE

    def _sign(self, message: bytes) -> bytes:
        return bytes.fromhex(self.county.key.sign(message))


def set_aside(county: County) -> list[Aside]:
    """The parcels that wait for a person, oldest first."""
    with reading(county.engine) as session:
        query = select(ParcelRow).where(col(ParcelRow.set_aside) != "")
        rows = session.exec(query.order_by(col(ParcelRow.first_seen_at), col(ParcelRow.id)))
        return [Aside(row.id, row.device_id, row.set_aside, row.first_seen_at) for row in rows]


def _of_refusal(refusal: Refused) -> State:
    return _OF_REFUSALS.get(refusal.first.code, State.UNREADABLE)


def _of_trouble(trouble: Troubled) -> State:
    if trouble.code == "busy":
        return State.BUSY
    return State.FORKED if trouble.code == "forked" else State.MALFORMED
