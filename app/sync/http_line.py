"""One HTTP line to the county server. The only module that speaks HTTP.

Whatever answers may be a captive portal, a proxy or half a reply: this line only carries bytes
within limits of size and patience. It must never decide that something arrived, follow a redirect,
use the environment's proxies or certificates, or raise anything but `Refused` (and what the maker
of the parts raises).
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests
import urllib3
from requests.structures import CaseInsensitiveDict

from app.domain.problems import Problem, ProblemCode, Refused, refuse
from app.sync.connections import CountyAdapter, Wires
from app.sync.county_tls import BestTime
from app.sync.pace import Pace
from app.sync.request_body import RequestBody, SizedBody, Stopped, Tally
from app.sync.retry_after import retry_after
from app.wire.exchange import BODY_LIMIT_BYTES, CONTENT_TYPE, SIGNATURE_HEADER

Answer = tuple[bytes, Mapping[str, str]]

_PIECE = 64 * 1024
_BUSY_STATUS = {429, 503}
_GATEWAY_STATUS = {500, 502, 504}
# What a server before the county's own says; no portal does.
_NO_ROOM_STATUS = {413, 507}
_NO_WAY = {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL}


@dataclass(frozen=True, slots=True)
class Timeouts:
    """When a line is given up: seconds to connect; seconds within which `least` bytes must move, up
    or down (`pace.py`).

    No total: a village line of 50 kbit/s needs minutes for what is allowed to travel.
    """

    connect: float = 10.0
    stall: float = 30.0
    least: int = 4096


def _no_time() -> None:
    return None


class HttpLine:
    """Satisfies `CountyLine`.

    One request at a time, on whatever thread calls; the connection is kept between calls, and
    `close` gives it back.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeouts: Timeouts | None = None,
        ca_file: Path | None = None,
        best_time: BestTime = _no_time,
    ) -> None:
        """`base_url` such as ``https://county.example:8443``; `ca_file` the county's own authority
        (PEM), then the only one; `best_time` the latest moment that is proven to have passed, if
        any (`county_tls.py`).

        Plain http is for this computer only: what travels is personal. Raises `Refused`
        ADDRESS_NOT_URL.
        """
        self._base = county_address(base_url)
        self._timeouts = timeouts or Timeouts()
        self._pace = Pace(self._timeouts.stall, self._timeouts.least)
        self._wires = Wires(self._pace, ca_file, best_time)
        self._tally = Tally()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.clear()
        adapter = CountyAdapter(self._wires)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, adapter)

    @property
    def sent_bytes(self) -> int:
        """Bytes of bodies given to the system since the line was made; it never falls.

        Any thread may read it while another sends.
        """
        return self._tally.handed

    def close(self) -> None:
        """Closes the connection; the line may be used again."""
        self._session.close()

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Sends one body and returns what came back: bytes and headers, evidence of nothing.

        Raises what `stream` raises.
        """
        return self._exchange(path, SizedBody(body, self._pace, self._tally), headers)

    def stream(self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        """Sends the parts as one body, each fetched when the line has taken the one before, and
        returns what came back: evidence of nothing. A ``Retry-After`` among the headers is in
        seconds, 1 to 3600.

        An answer that comes early ends the sending. What `parts` raises comes out as it is.

        Raises `Refused`: NO_NETWORK, COUNTY_UNREACHABLE, LINE_NOT_COUNTY, COUNTY_BUSY (perhaps with
        the fact `retry_after`, seconds), COUNTY_REFUSED (the fact `code` a status), COUNTY_OLDER,
        FOREIGN_ANSWER, ANSWER_CUT, ANSWER_TOO_LATE.
        """
        return self._exchange(path, RequestBody(parts, self._pace, self._tally), headers)

    def _exchange(self, path: str, body: RequestBody, headers: Mapping[str, str]) -> Answer:
        opened = self._wires.opened
        try:
            return self._once(path, body, headers)
        except Refused as refusal:
            # Hung up while it lay idle: nothing was used up, so a new connection may have it.
            stale = self._wires.opened == opened and not body.fetched
            if refusal.first.code is not ProblemCode.ANSWER_CUT or not stale:
                raise
        return self._once(path, body, headers)

    def _once(self, path: str, body: RequestBody, headers: Mapping[str, str]) -> Answer:
        try:
            self._pace.begin()
            with self._send(path, body, headers) as response:
                _check_kind(response, path)
                return _read(response), _headers(response)
        except Refused:
            raise
        except Stopped as stopped:
            raise stopped.why from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise _refusal(error) from error
        except ValueError as error:
            # http.client and urllib3 raise it for answers that are not HTTP.
            raise refuse(ProblemCode.FOREIGN_ANSWER) from error
        finally:
            if self._wires.cut_short:
                self._session.close()

    def _send(self, path: str, body: RequestBody, headers: Mapping[str, str]) -> requests.Response:
        return self._session.post(
            self._base + path,
            data=body,
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


def _check_kind(response: requests.Response, path: str) -> None:
    """Refuses what cannot be ours before its body is read: redirects, pages, packed bodies, too
    much, and the county's server of a time before this path.
    """
    kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    length = response.headers.get("Content-Length", "0")
    if kind != CONTENT_TYPE:
        raise _not_ours(response)
    if 300 <= response.status_code < 400 or "Content-Encoding" in response.headers:
        raise refuse(ProblemCode.FOREIGN_ANSWER)
    if not length.isdecimal() or int(length) > BODY_LIMIT_BYTES:
        raise refuse(ProblemCode.FOREIGN_ANSWER)
    unsigned = not response.headers.get(SIGNATURE_HEADER)
    if response.status_code == 404 and unsigned and path.startswith("/v2/"):
        raise refuse(ProblemCode.COUNTY_OLDER)


def _not_ours(response: requests.Response) -> Refused:
    if response.status_code in _BUSY_STATUS:
        seconds = retry_after(response.headers)
        facts = {} if seconds is None else {"retry_after": seconds}
        return Refused(Problem(ProblemCode.COUNTY_BUSY, "", facts))
    if response.status_code in _GATEWAY_STATUS:
        return refuse(ProblemCode.COUNTY_UNREACHABLE)
    if response.status_code in _NO_ROOM_STATUS:
        return Refused(
            Problem(ProblemCode.COUNTY_REFUSED, "", {"code": f"HTTP {response.status_code}"})
        )
    return refuse(ProblemCode.FOREIGN_ANSWER)


def _headers(response: requests.Response) -> Mapping[str, str]:
    headers = CaseInsensitiveDict(response.headers)
    headers.pop("Retry-After", None)
    if (seconds := retry_after(response.headers)) is not None:
        headers["Retry-After"] = str(seconds)
    return headers


def _read(response: requests.Response) -> bytes:
    body = bytearray()
    for piece in _pieces(response):
        body += piece
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


def _refusal(error: BaseException) -> Refused:
    """The plain word for a network fault, found along the chain of what caused it."""
    chain = list(_causes(error))
    for one in chain:
        if isinstance(one, Refused):
            return one
    if isinstance(error, requests.ConnectTimeout):
        # The system's own word would be a mere timeout: nothing had begun that could be late.
        return refuse(ProblemCode.COUNTY_UNREACHABLE)
    code = next((code for one in chain if (code := _code(one))), ProblemCode.COUNTY_UNREACHABLE)
    return refuse(code)


def _code(error: BaseException) -> ProblemCode | None:
    cut = (urllib3.exceptions.IncompleteRead, urllib3.exceptions.ProtocolError)
    if isinstance(error, (socket.gaierror, urllib3.exceptions.NameResolutionError)):
        return ProblemCode.NO_NETWORK
    if isinstance(error, OSError) and error.errno in _NO_WAY:
        return ProblemCode.NO_NETWORK
    if isinstance(error, ConnectionRefusedError):
        return ProblemCode.COUNTY_UNREACHABLE
    if isinstance(error, ssl.SSLError):
        return ProblemCode.ANSWER_CUT  # the handshake was over: a byte was changed or cut off
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
