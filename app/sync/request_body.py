"""The body of one request, fetched part by part as the line takes it. Holds one part at a time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.sync.pace import Pace

_PIECE = 16 * 1024 - 16  # with the frame of one HTTP chunk it fills one TLS record


@dataclass(slots=True)
class Tally:
    """Bytes of bodies that the system has taken. One thread counts, any may read; it never
    falls.
    """

    handed: int = 0


class Stopped(Exception):
    """The maker of the parts raised `why`; not a fault of the line, and not to be taken for one."""

    def __init__(self, why: BaseException) -> None:
        self.why = why
        super().__init__()


class RequestBody:
    """Parts whose number nobody knows beforehand; they travel in chunks. `fetched`: parts asked for
    so far.
    """

    def __init__(self, parts: Iterable[bytes], pace: Pace, tally: Tally) -> None:
        self._parts = parts
        self._pace = pace
        self._tally = tally
        self.fetched = 0

    def __iter__(self) -> Iterator[bytes]:
        parts = iter(self._parts)
        while (part := self._next(parts)) is not None:
            for start in range(0, len(part), _PIECE):
                piece = part[start : start + _PIECE]
                yield piece
                # Asked for the next one, so this one is gone.
                self._tally.handed += len(piece)

    def _next(self, parts: Iterator[bytes]) -> bytes | None:
        self.fetched += 1
        begun = time.monotonic()
        try:
            return next(parts, None)
        except BaseException as error:
            raise Stopped(error) from error
        finally:
            # Packing and unlocking a part is no silence of the line.
            self._pace.waited(time.monotonic() - begun)


class SizedBody(RequestBody):
    """One body that is there as a whole."""

    def __init__(self, body: bytes, pace: Pace, tally: Tally) -> None:
        super().__init__((body,), pace, tally)
        self._length = len(body)

    def __len__(self) -> int:
        return self._length
