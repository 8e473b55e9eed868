"""A connected socket that keeps the pace of its line and hears an early answer.

Stands between urllib3 and the real socket, plain or TLS. It must never hold back bytes, nor wait
without asking the pace.
"""

from __future__ import annotations

import io
import ssl
import struct
import sys
from typing import Any

from typing_extensions import override

from app.sync.pace import Pace

_SLICE = 16 * 1024  # what one TLS record holds
_GONE = (ssl.SSLEOFError, ssl.SSLZeroReturnError)


class PacedSocket:
    """What http.client needs of a socket: `sendall` and `makefile`; all else is the socket's
    own.
    """

    def __init__(self, sock: Any, pace: Pace) -> None:
        self._sock = sock
        self.pace = pace
        self.ahead = bytearray()  # came while we were still sending
        self.cut_short = False  # the request did not go out whole: nothing may follow it here

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def sendall(self, data: Any) -> None:
        """Sends in slices, and stops when the other side answers before it has heard all.

        Raises TimeoutError at a standstill, BrokenPipeError when there is an answer to read or
        nobody to send to.
        """
        view = memoryview(data)
        while view:
            if self.answered():
                self.cut_short = True
                raise BrokenPipeError
            view = view[self._send(view[:_SLICE]) :]

    def _send(self, piece: memoryview) -> int:
        while True:
            self._sock.settimeout(self.pace.patience())
            try:
                count: int = self._sock.send(piece)
            except TimeoutError:
                # With TLS the same bytes must be offered again, which the loop does.
                self.pace.holds(unsent(self._sock))
                continue
            except (*_GONE, ConnectionError):
                self.cut_short = True
                raise BrokenPipeError from None
            self.pace.moved(count)
            return count

    def answered(self) -> bool:
        """Whether the other side has said something or hung up; what it said is kept for reading.

        A readable socket is no proof: TLS has letters of its own. So it is read, without waiting.
        """
        self._sock.settimeout(0)
        try:
            said = self._sock.recv(_SLICE)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        except OSError:
            return True
        self.ahead += said
        return True

    def receive_into(self, buffer: Any) -> int:
        """Waits for bytes; 0 at the end of the stream. Raises TimeoutError at a standstill."""
        if self.ahead:
            count = min(len(buffer), len(self.ahead))
            memoryview(buffer)[:count] = self.ahead[:count]
            del self.ahead[:count]
            return count
        while True:
            self._sock.settimeout(self.pace.patience())
            try:
                came: int = self._sock.recv_into(buffer)
            except TimeoutError:
                self.pace.holds(unsent(self._sock))
                continue
            self.pace.moved(came)
            return came

    def makefile(self, mode: str, *arguments: Any, **options: Any) -> io.BufferedReader:
        """What http.client reads the answer from; it asks for ``rb`` only, when all is sent."""
        self.pace.begin()
        return io.BufferedReader(_PacedFile(self, self._sock.makefile(mode, 0)))


class _PacedFile(io.RawIOBase):
    """The raw side of that file. `held` keeps the socket open until the answer is read."""

    def __init__(self, source: PacedSocket, held: Any) -> None:
        self._source = source
        self._held = held

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any, /) -> int:
        return self._source.receive_into(buffer)

    @override
    def close(self) -> None:
        if not self.closed:
            self._held.close()
        super().close()


def unsent(sock: Any) -> int | None:
    """Bytes that the system has taken for `sock` and the other side has not confirmed.

    Linux says it. Windows does not tell Python: there the small send buffer bounds the error, and
    a line has to carry some 10 kbit/s to count as moving.
    """
    if sys.platform != "linux":
        return None
    import fcntl
    import termios

    try:
        (count,) = struct.unpack("i", fcntl.ioctl(sock.fileno(), termios.TIOCOUTQ, bytes(4)))
    except OSError:
        return None
    return int(count)
