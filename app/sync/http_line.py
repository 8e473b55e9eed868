"""One HTTP line to the county server. The only module that speaks HTTP.

Whatever answers may be a captive portal, a proxy or half a reply: this line only carries bytes
within limits of size and time. It must never decide that something arrived, follow a redirect, use
the environment's proxies or certificates, or raise anything but `Refused`.
"""

from __future__ import annotations

import errno
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests
import urllib3
from typing_extensions import override

from app.domain.problems import ProblemCode, Refused, refuse
from app.sync.deadline import DeadlineAdapter
from app.wire.exchange import BODY_LIMIT_BYTES, CONTENT_TYPE

_PIECE = 64 * 1024
_BUSY_STATUS = {429, 503}
_GATEWAY_STATUS = {500, 502, 504}
_NO_WAY = {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL}


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, without a single byte in either direction, and for one whole request.

    A village line of 50 kbit/s needs minutes for what is allowed to travel, so silence ends a
    request, and the total only a trick.
    """

    connect: float = 10.0
    stall: float = 30.0
    total: float = 900.0


class HttpLine:
    """Satisfies `CountyLine`.

    One request at a time, on whatever thread calls; `close` gives the connection back.
    """

    def __init__(
        self, base_url: str, *, timeouts: Timeouts | None = None, ca_file: Path | None = None
    ) -> None:
        """`base_url` such as ``https://county.example:8443``; `ca_file` the county's own authority
        (PEM).

        Plain http is for this computer only: what travels is personal. Raises `Refused`
        ADDRESS_NOT_URL.
        """
        self._base = county_address(base_url)
        self._timeouts = timeouts or Timeouts()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(ca_file) if ca_file else True
        self._session.headers.clear()
        self._adapter = DeadlineAdapter()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self._adapter)

    def close(self) -> None:
        """Closes the connection; the line may be used again."""
        self._session.close()

    def post(
        self, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[bytes, Mapping[str, str]]:
        """Sends one body and returns what came back: bytes and headers, evidence of nothing.

        Raises `Refused`: NO_NETWORK, COUNTY_UNREACHABLE, COUNTY_BUSY, FOREIGN_ANSWER, ANSWER_CUT,
        ANSWER_TOO_LATE.
        """
        end = time.monotonic() + self._timeouts.total
        try:
            with self._adapter.until(end), self._send(path, body, headers, end) as response:
                _check_kind(response)
                return _read(response, end), response.headers
        except Refused:
            raise
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise _refusal(error) from error
        except ValueError as error:
            # http.client and urllib3 raise it for answers that are not HTTP.
            raise refuse(ProblemCode.FOREIGN_ANSWER) from error

    def _send(
        self, path: str, body: bytes, headers: Mapping[str, str], end: float
    ) -> requests.Response:
        return self._session.post(
            self._base + path,
            # In pieces: a socket's timeout then counts for each of them and not for the whole.
            data=_Pieces(body, end),
            headers={
                **headers,
                "Content-Type": CONTENT_TYPE,
                "Accept": CONTENT_TYPE,
                "Accept-Encoding": "identity",
                "User-Agent": "heshi",
            },
            timeout=(self._timeouts.connect, self._timeouts.stall),
            allow_redirects=False,
            stream=True,
        )


class _Pieces(io.BytesIO):
    """A body that stops travelling when its time is over."""

    def __init__(self, body: bytes, end: float) -> None:
        super().__init__(body)
        self._end = end

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        _check_time(self._end)
        return super().read(size)


def county_address(typed: str) -> str:
    """The address as it is used: scheme, host and port, perhaps a path, without a slash at the end.

    Raises ADDRESS_NOT_URL.
    """
    try:
        parts = urlsplit(typed.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise refuse(ProblemCode.ADDRESS_NOT_URL, "county.url") from None
    good = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host or ""))
    if not good or not host or "@" in parts.netloc or parts.query or parts.fragment:
        raise refuse(ProblemCode.ADDRESS_NOT_URL, "county.url")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_kind(response: requests.Response) -> None:
    """Refuses what cannot be ours before its body is read: redirects, pages, packed bodies, too
    much.
    """
    kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    length = response.headers.get("Content-Length", "0")
    if kind != CONTENT_TYPE:
        if response.status_code in _BUSY_STATUS:
            raise refuse(ProblemCode.COUNTY_BUSY)
        if response.status_code in _GATEWAY_STATUS:
            raise refuse(ProblemCode.COUNTY_UNREACHABLE)
        raise refuse(ProblemCode.FOREIGN_ANSWER)
    if 300 <= response.status_code < 400 or "Content-Encoding" in response.headers:
        raise refuse(ProblemCode.FOREIGN_ANSWER)
    if not length.isdecimal() or int(length) > BODY_LIMIT_BYTES:
        raise refuse(ProblemCode.FOREIGN_ANSWER)


def _read(response: requests.Response, end: float) -> bytes:
    body = bytearray()
    for piece in _pieces(response):
        body += piece
        _check_time(end)
        if len(body) > BODY_LIMIT_BYTES:
            raise refuse(ProblemCode.FOREIGN_ANSWER)
    length = response.headers.get("Content-Length")
    if length is not None and int(length) != len(body):
        raise refuse(ProblemCode.ANSWER_CUT)
    return bytes(body)


def _pieces(response: requests.Response) -> Iterator[bytes]:
    # read1 gives what is there; read would wait for the whole piece, drip by drip.
    while piece := response.raw.read1(_PIECE, decode_content=False):
        yield piece


def _check_time(end: float) -> None:
    if time.monotonic() > end:
        raise refuse(ProblemCode.ANSWER_TOO_LATE)


def _refusal(error: BaseException) -> Refused:
    """The plain word for a network fault, found along the chain of what caused it."""
    chain = list(_causes(error))
    for one in chain:
        if isinstance(one, Refused):
            return one
    code = next((code for one in chain if (code := _code(one))), ProblemCode.COUNTY_UNREACHABLE)
    return refuse(code)


def _code(error: BaseException) -> ProblemCode | None:
    cut = (urllib3.exceptions.IncompleteRead, urllib3.exceptions.ProtocolError)
    if isinstance(error, (socket.gaierror, urllib3.exceptions.NameResolutionError)):
        return ProblemCode.NO_NETWORK
    if isinstance(error, OSError) and error.errno in _NO_WAY:
        return ProblemCode.NO_NETWORK
    if isinstance(error, (ssl.SSLError, ConnectionRefusedError)):
        return ProblemCode.COUNTY_UNREACHABLE
    if isinstance(error, (requests.ConnectTimeout, urllib3.exceptions.ConnectTimeoutError)):
        return ProblemCode.COUNTY_UNREACHABLE
    if isinstance(error, (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)):
        return ProblemCode.ANSWER_TOO_LATE
    if isinstance(error, (*cut, requests.exceptions.ChunkedEncodingError, ConnectionError)):
        return ProblemCode.ANSWER_CUT
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Innermost first: the system's own word stands deepest."""
    if error is None:
        return
    inner = [part for part in error.args if isinstance(part, BaseException)]
    reason = getattr(error, "reason", None)
    for part in (*inner, reason if isinstance(reason, BaseException) else None):
        if part is not error:
            yield from _causes(part)
    yield from _causes(error.__cause__)
    yield error
