"""Who may speak as the county over TLS: whoever the known authorities vouch for, by name, whatever
this computer believes the date to be.

Village clocks stand anywhere from 2000 to 2099, so OpenSSL is told not to look at dates. They are
compared here with the best time there is, which is a *lower* bound: the last moment that the county
itself has signed, or the day this program was made. It proves that a certificate has ended. It
cannot prove that one has not begun: a county that renewed its certificate while the laptop was away
looks just so, and refusing it would shut the laptop out for good. Only a beginning that no renewal
explains is refused. Where no time is known, the chain alone counts: names and authorities do not
age, and every message is signed besides.

Must never ask the device's clock or the environment.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from app.domain.problems import ProblemCode, refuse

BestTime = Callable[[], datetime | None]

NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL; Python has no name for it
_RENEWAL = timedelta(days=3650)  # longer than any laptop stays in a cupboard


def county_context(ca_file: Path | None) -> ssl.SSLContext:
    """TLS 1.2 or newer, host name checked, dates left to `check_dates`.

    With `ca_file` (PEM) the county's own authority is the only one; without, the public ones that
    come with `requests`. Raises OSError if the file cannot be read.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # demands a chain and the right name
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= NO_CHECK_TIME
    context.set_alpn_protocols(["http/1.1"])
    context.load_verify_locations(cafile=str(ca_file) if ca_file else DEFAULT_CA_BUNDLE_PATH)
    return context


def check_dates(sock: ssl.SSLSocket, best: datetime | None) -> None:
    """Refuses a certificate whose dates do not fit the best time known (UTC; a lower bound).

    The authority at the end of the chain is trusted because it was handed over, not for its dates.
    Raises `Refused` LINE_NOT_COUNTY.
    """
    if best is None:
        return
    now, latest = best.timestamp(), (best + _RENEWAL).timestamp()
    for dates in _chain(sock):
        ended = ssl.cert_time_to_seconds(dates["notAfter"]) < now
        if ended or ssl.cert_time_to_seconds(dates["notBefore"]) > latest:
            raise refuse(ProblemCode.LINE_NOT_COUNTY)


def _chain(sock: ssl.SSLSocket) -> list[dict[str, Any]]:
    """The certificates that were verified, the leaf first, without the authority itself."""
    # Public only from Python 3.13 on; since 3.10 the inner object has it.
    inner = getattr(sock, "_sslobj", None)
    verified = getattr(inner, "get_verified_chain", None)
    if verified is None:
        return [dict(sock.getpeercert() or {})]
    chain = [certificate.get_info() for certificate in verified()]
    return chain[:-1] or chain
