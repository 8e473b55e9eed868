"""Local dates and clock times as people type and read them. Never reads a clock: today comes in as
an argument.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

from app.domain.problems import Problem, ProblemCode, refuse

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
_WORDS = {
    "今天": 0,
    "今日": 0,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "明天": 1,
    "后天": 2,
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
}
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(上午|下午|晚上|早上|中午)?(\d{1,2})(?:[:：点时](\d{1,2}|半)?)?分?")


def parse_date(text: str, today: date, field: str = "") -> date:
    """A local date from `3.15`, `昨天`, `20260315`, `2026-3-15`, `2026年3月15日`; a date without
    year is the nearest past or present one.

    Raises `Refused`: NOT_A_DATE, DATE_IMPOSSIBLE (2月30日), DATE_TOO_EARLY (before 1900).
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    match = _FULL.fullmatch(plain) or _COMPACT.fullmatch(plain)
    short = None if match else _SHORT.fullmatch(plain)
    if not match and not short:
        raise refuse(ProblemCode.NOT_A_DATE, field, text=text[:40])
    try:
        if match:
            found = date(*(int(part) for part in match.groups()))
        else:
            assert short is not None
            found = _nearest_past(int(short[1]), int(short[2]), today)
    except ValueError:
        raise refuse(ProblemCode.DATE_IMPOSSIBLE, field, text=text[:40]) from None
    if not EARLIEST <= found <= LATEST:
        raise refuse(
            ProblemCode.DATE_TOO_EARLY if found < EARLIEST else ProblemCode.DATE_IMPOSSIBLE,
            field,
            date=found.isoformat(),
            earliest=EARLIEST.isoformat(),
            text=text[:40],
        )
    return found


def _nearest_past(month: int, day: int, today: date) -> date:
    for year in range(today.year, today.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            if (month, day) == (2, 29):
                continue
            raise
        if found <= today:
            return found
    raise ValueError("no such day")


def parse_time(text: str, field: str = "") -> time:
    """A local time of day from `9:30`, `9点半`, `下午3点`, `1530`. Raises `Refused` NOT_A_TIME."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if re.fullmatch(r"\d{4}", plain):
        plain = f"{plain[:2]}:{plain[2:]}"
    match = _TIME.fullmatch(plain)
    try:
        if not match:
            raise ValueError(text)
        hour, minute = int(match[2]), 30 if match[3] == "半" else int(match[3] or 0)
        if match[1] in ("下午", "晚上") and hour < 12:
            hour += 12
        return time(hour, minute)
    except ValueError:
        raise refuse(ProblemCode.NOT_A_TIME, field, text=text[:40]) from None


def check_past(day: date | None, today: date, field: str, *, slack_days: int = 1) -> list[Problem]:
    """Problems of a date of something that has happened; `slack_days` for a laptop clock that lags
    by a day.
    """
    if day is not None and day > today + timedelta(days=slack_days):
        return [Problem(ProblemCode.DATE_IN_FUTURE, field, {"date": day.isoformat()})]
    return []


def age_on(birth: date, day: date) -> int:
    """Full years of life on `day`; a child of 29 February has its birthday on 1 March in other
    years (civil-law counting).
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def chinese_date(day: date) -> str:
    """As it is written on paper: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def add_working_days(
    start: date,
    count: int,
    holidays: frozenset[date] = frozenset(),
    workdays: frozenset[date] = frozenset(),
) -> date:
    """The `count`-th working day after `start`: Monday to Friday, less `holidays`, plus make-up
    `workdays`.
    """
    day = start
    while count > 0:
        day += timedelta(days=1)
        if day in workdays or (day.weekday() < 5 and day not in holidays):
            count -= 1
    return day
