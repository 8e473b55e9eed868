"""How long a busy county asks to be left alone: `Retry-After`, whatever stands in it.

It may be seconds or a date, of a clock that is not ours, or nonsense. Whoever wrote it may be a
proxy, so it may delay the next try by an hour at most, and never end the trying.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SHORTEST = 1  # seconds
LONGEST = 3600

_SECONDS = re.compile(r"\s*([+-]?)([0-9]+)\s*")


def retry_after(headers: Mapping[str, str]) -> int | None:
    """Seconds from 1 to 3600, or None if there is nothing that can be understood.

    A date counts from the answer's own `Date`: the two come from one clock. Without that there is
    nothing to count from.
    """
    said = headers.get("Retry-After")
    if said is None:
        return None
    found = _SECONDS.fullmatch(said)
    if found is None:
        return _until(said, headers.get("Date", ""))
    sign, digits = found.groups()
    if sign == "-":
        return SHORTEST
    # More than nine digits are more than an hour, and nothing to compute with.
    return _bounded(int(digits) if len(digits) < 10 else LONGEST)


def _until(said: str, now: str) -> int | None:
    until, start = _moment(said), _moment(now)
    if until is None or start is None:
        return None
    return _bounded(int((until - start).total_seconds()))


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bounded(seconds: int) -> int:
    return max(SHORTEST, min(seconds, LONGEST))
