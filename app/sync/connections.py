"""The connections of one line: small send buffer, TLS by the county's rules, the line's pace.

`requests` brings its own ideas of certificates, retries and timeouts; here they are set aside. Must
never try a request twice: only the line knows what was already used up.
"""

from __future__ import annotations

import socket
import ssl
from pathlib import Path
from typing import Any, ClassVar

from requests.adapters import HTTPAdapter
from typing_extensions import override
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from app.domain.problems import ProblemCode, refuse
from app.sync.county_tls import BestTime, check_dates, county_context
from app.sync.pace import Pace
from app.sync.paced_socket import PacedSocket

SEND_BUFFER = 32 * 1024  # bytes; so that "taken by the system" is near to "sent"


class Wires:
    """What all connections of one line share."""

    def __init__(self, pace: Pace, ca_file: Path | None, best_time: BestTime) -> None:
        self.pace = pace
        self.opened = 0  # connections since the line was made
        self.best_time = best_time
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None
        self._now: PacedSocket | None = None

    @property
    def cut_short(self) -> bool:
        """Whether the request of now did not go out whole, so that its connection must end."""
        return self._now is not None and self._now.cut_short

    def take(self, sock: Any) -> PacedSocket:
        """A connection stands."""
        self.opened += 1
        self.pace.begin()
        self._now = PacedSocket(sock, self.pace)
        return self._now

    def seal(self, plain: socket.socket, host: str, timeout: float) -> ssl.SSLSocket:
        """TLS with whoever is there, within `timeout` seconds.

        Raises `Refused`: LINE_NOT_COUNTY (somebody answers, and with no certificate of the
        county's over a TLS that is good enough), COUNTY_UNREACHABLE (nobody does, or hangs up).
        """
        if self._context is None:
            self._context = county_context(self._ca_file)
        plain.settimeout(timeout)
        try:
            sealed = self._context.wrap_socket(plain, server_hostname=host)
        except OSError as error:
            # A wrong certificate, a page in plain words, a TLS of old: what a portal has to say.
            spoke = isinstance(error, ssl.SSLError) and error.errno == ssl.SSL_ERROR_SSL
            code = ProblemCode.LINE_NOT_COUNTY if spoke else ProblemCode.COUNTY_UNREACHABLE
            raise refuse(code) from error
        try:
            check_dates(sealed, self.best_time())
        except BaseException:
            sealed.close()
            raise
        return sealed


class CountyAdapter(HTTPAdapter):
    """Connects a `requests` session by `wires`; one connection, kept between calls."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    @override
    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options, socket_options=_socket_options())
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, HTTPConnection, _plain, self._wires),
            "https": _pool(HTTPSConnectionPool, HTTPSConnection, _sealed, self._wires),
        }

    @override
    def close(self) -> None:
        # urllib3 leaves the closing to the garbage collector, and an exception that somebody keeps
        # keeps the connection open.
        pools = self.poolmanager.pools
        for key in list(pools.keys()):
            pools[key].close()
        super().close()

    @override
    def cert_verify(self, *arguments: Any, **options: Any) -> None:
        """Not the way of `requests`: `Wires.seal` decides."""


def _socket_options() -> list[tuple[int, int, int]]:
    """No delay for small parts, the small buffer, and a probe that finds a dead line or keeps a
    router's memory of a living one (after 20 s, every 10 s, three times).
    """
    options = [
        (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
        (socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER),
        (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    ]
    probes = {"TCP_KEEPIDLE": 20, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3}
    return options + [
        (socket.IPPROTO_TCP, getattr(socket, name), value)
        for name, value in probes.items()
        if hasattr(socket, name)
    ]


def _plain(connection: Any, wires: Wires) -> PacedSocket:
    return wires.take(connection._new_conn())


def _sealed(connection: Any, wires: Wires) -> PacedSocket:
    plain = connection._new_conn()
    try:
        # Not urllib3's own way: that one warns about the device's clock and asks it.
        sealed = wires.seal(plain, connection.host.strip("[]"), wires.pace.stall)
    except BaseException:
        plain.close()
        raise
    connection.is_verified = True
    return wires.take(sealed)


def _pool(pool: type[Any], connection: type[Any], connect: Any, wires: Wires) -> type[Any]:
    """The pool class whose connections are made by `connect`."""

    # The base comes in as a value, so mypy cannot see its class.
    class Wired(connection):  # type: ignore[misc]
        def connect(self) -> None:
            self.sock: Any = connect(self, wires)

    # As above: http and https share this.
    class WiredPool(pool):  # type: ignore[misc]
        ConnectionCls: ClassVar[type[Any]] = Wired

    return WiredPool
