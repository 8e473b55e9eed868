"""A request that ends in time whatever dripping or silence answers, headers included.

`requests` knows a timeout for each single read only; a server that sends one byte now and then
would hold the line for ever.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from requests.adapters import HTTPAdapter
from typing_extensions import override
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection


class DeadlineAdapter(HTTPAdapter):
    """Connections of one `requests` session whose reads all end at one moment.

    Never tries a request twice by itself.
    """

    def __init__(self) -> None:
        self._limit = _Limit()
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    @contextmanager
    def until(self, end: float) -> Iterator[None]:
        """Every read inside ends at `end` (by the monotonic clock) with TimeoutError."""
        self._limit.end = end
        yield

    @override
    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, HTTPConnection, self._limit),
            "https": _pool(HTTPSConnectionPool, HTTPSConnection, self._limit),
        }


class _Limit:
    """When the request of now must be over (monotonic seconds)."""

    end = float("inf")


def _pool(pool: type[Any], connection: type[Any], limit: _Limit) -> type[Any]:
    """The pool class with connections that read within `limit`."""

    # The base comes in as a value, so mypy cannot see its class.
    class Timed(connection):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            plain: Any = self.sock
            self.sock: Any = _TimedSocket(plain, limit)

    # As above: http and https share this.
    class TimedPool(pool):  # type: ignore[misc]
        ConnectionCls: ClassVar[type[Any]] = Timed

    return TimedPool


class _TimedSocket:
    """A socket whose file gives no byte after the limit; all else is the socket's own."""

    def __init__(self, sock: Any, limit: _Limit) -> None:
        self._sock = sock
        self._limit = limit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def makefile(self, mode: str, *arguments: Any, **options: Any) -> io.BufferedReader:
        """What http.client reads the answer from; it asks for ``rb`` only."""
        raw = self._sock.makefile(mode, 0)
        return io.BufferedReader(_TimedFile(raw, self._sock, self._limit))


class _TimedFile(io.RawIOBase):
    """The raw side of that file: before each read the time that is left bounds the socket's
    patience.
    """

    def __init__(self, raw: Any, sock: socket.socket, limit: _Limit) -> None:
        self._raw = raw
        self._sock = sock
        self._limit = limit

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any, /) -> int | None:
        left = self._limit.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        patience = self._sock.gettimeout()
        self._sock.settimeout(left if patience is None else min(patience, left))
        try:
            count: int | None = self._raw.readinto(buffer)
        finally:
            self._sock.settimeout(patience)
        return count

    @override
    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()
