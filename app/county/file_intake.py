"""The files in one request of one laptop: pieces go to the disk as they arrive, whole files get the
county's word.

Opens its own short sessions, so that nothing is locked while a slow line brings the next piece:
call it with no writing session open. A request that is cut off keeps every piece that came.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from app.county.database import writing
from app.county.files import Arrival, CountyFiles, NotTaken
from app.county.ingest import Desk
from app.county.keys import CountyKey
from app.county.settings import epoch
from app.county.tables import Device
from app.wire.exchange import SignedReceipt
from app.wire.parts import FilePiece


class FileIntake:
    """What came of each file, by SHA-256: `words` of whole ones, `refused` with a short word, and
    `reached`, how many bytes are here of the others.
    """

    def __init__(
        self,
        engine: Engine,
        files: CountyFiles,
        key: CountyKey,
        device_id: str,
        now: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._files = files
        self._key = key
        self._device_id = device_id
        self._now = now
        self._arrivals: dict[str, Arrival] = {}
        self._left = 0
        self._taken = 0
        self.words: dict[str, SignedReceipt] = {}
        self.refused: dict[str, str] = {}

    @property
    def reached(self) -> dict[str, int]:
        done = {*self.words, *self.refused}
        return {name: one.end for name, one in self._arrivals.items() if name not in done}

    @property
    def finished(self) -> tuple[int, ...]:
        """The sizes in bytes of the files that became whole in this request."""
        return tuple(one.size for name, one in self._arrivals.items() if name in self.words)

    def take(self, piece: FilePiece) -> None:
        """Keeps one piece. Raises only what the database raises."""
        name = piece.sha256
        if name in self.words or name in self.refused:
            return
        try:
            arrival = self._arrivals.get(name) or self._begin(piece)
            if arrival is None:
                return
            if arrival.size != piece.size:
                raise NotTaken("malformed")
            if self._taken + len(piece.data) > self._left:
                raise NotTaken("over_quota")
            self._taken += arrival.append(piece.offset, piece.data)
            if arrival.end == arrival.size:
                self._finish(arrival)
        except NotTaken as refusal:
            self.refused[name] = refusal.code
        except OSError:
            self.refused[name] = "later"

    def close(self) -> None:
        """The end of the request, cut off or not: what the laptop sent counts for today."""
        if self._taken:
            with writing(self._engine) as session:
                self._files.count(session, self._desk(session), self._device(session), self._taken)
            self._left -= self._taken
            self._taken = 0

    def _begin(self, piece: FilePiece) -> Arrival | None:
        """None where the file is here already, which the laptop's side has shown before."""
        with writing(self._engine) as session:
            desk, device = self._desk(session), self._device(session)
            word = self._files.word(session, desk, device, piece.sha256)
            if word is not None:
                self.words[piece.sha256] = word
                return None
            arrival, left = self._files.begin(session, desk, device, piece.sha256, piece.size)
        self._left = left
        self._arrivals[piece.sha256] = arrival
        return arrival

    def _finish(self, arrival: Arrival) -> None:
        proven = arrival.is_proven()
        if proven:
            arrival.settle()
        with writing(self._engine) as session:
            desk, device = self._desk(session), self._device(session)
            if proven:
                word, spare = self._files.finish(session, desk, device, arrival)
            else:
                word, spare = None, self._files.give_up(session, device, arrival)
        if spare:
            arrival.discard()
        if word is None:
            raise NotTaken("malformed")
        self.words[arrival.sha256] = word

    def _desk(self, session: Session) -> Desk:
        return Desk(self._key, epoch(session), self._now())

    def _device(self, session: Session) -> Device:
        device: Device = session.get_one(Device, self._device_id)
        return device
