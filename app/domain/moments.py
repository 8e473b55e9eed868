"""Moments that another computer wrote, which may be anything: without a zone, in the year 1, in the
year 9999. Nothing in here raises for any of them, and nothing reads a clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

FIRST = datetime(1970, 1, 1, tzinfo=UTC)
END = datetime(2200, 1, 1, tzinfo=UTC)


def believable(at: datetime | None) -> datetime | None:
    """A moment as it is; None for one without a zone or outside the years 1970 to 2199, which no
    clock shows that people use.
    """
    if at is None or at.utcoffset() is None:
        return None
    return at if FIRST <= at < END else None


def put_right(at: datetime, error_ms: int | None) -> datetime:
    """A moment put right by what is known of its clock's error (milliseconds); as it is where no
    calendar reaches that far.
    """
    try:
        return at + timedelta(milliseconds=error_ms or 0)
    except OverflowError:
        return at


def local_moment(at: datetime, error_ms: int | None = None) -> datetime | None:
    """A moment by this computer's zone, put right by `error_ms`; None where that cannot be
    believed, or no calendar reaches that far.
    """
    try:
        right = believable(at + timedelta(milliseconds=error_ms or 0))
        return right.astimezone() if right else None
    except (OverflowError, OSError, ValueError):
        return None


def day_of(at: datetime, zone: tzinfo | None = None) -> date:
    """The date of a moment in `zone`, None for this computer's; the written one where the moment
    cannot be believed.
    """
    known = believable(at)
    return known.astimezone(zone).date() if known else at.date()


def comparable(at: datetime) -> datetime:
    """A moment that can stand beside any other; one without a zone counts as UTC."""
    return at if at.utcoffset() is not None else at.replace(tzinfo=UTC)
