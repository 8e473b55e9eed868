"""Moments as a laptop's clock told them, put right by what is known of its error, with the doubt
that is left in words. Never a judgement: a wrong clock is nobody's fault.

An error is county time minus that clock, in milliseconds, as the entry says it; None if nobody
knew.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.moments import local_moment
from app.services.lines import Delivery, HistoryLine
from app.ui.runtime.county_words import difference_words
from app.ui.runtime.moments import moment_text

DOUBT_MS = 10 * 60 * 1000
DAY_DOUBT_MS = 24 * 60 * 60 * 1000


def is_doubtful(error_ms: int | None) -> bool:
    return abs(error_ms or 0) > DOUBT_MS


def moment_words(at: datetime, error_ms: int | None = None) -> str:
    """Local day and minute by county time; 约 where that clock was far off. What cannot be believed
    stands as it was written, with its doubt.
    """
    if not is_doubtful(error_ms):
        return moment_text(at)
    said = moment_text(at, error_ms)
    if local_moment(at, error_ms) is None:
        return said
    return QCoreApplication.translate("ClockWords", "约 {moment}").format(moment=said)


def doubt_words(error_ms: int | None, *, own: bool = False) -> str:
    """那台电脑的钟快了约 3 小时; "" while the clock was well, or nobody knows."""
    if not is_doubtful(error_ms):
        return ""
    translate = QCoreApplication.translate
    said = translate("ClockWords", "本机的钟{off}") if own else ""
    said = said or translate("ClockWords", "那台电脑的钟{off}")
    return said.format(off=off_words(error_ms or 0))


def off_words(error_ms: int) -> str:
    """快了约 3 小时."""
    translate = QCoreApplication.translate
    said = translate("ClockWords", "快了约{span}") if error_ms < 0 else ""
    said = said or translate("ClockWords", "慢了约{span}")
    return said.format(span=difference_words(round(abs(error_ms) / 60_000)))


def clock_tip(at: datetime, error_ms: int | None, *, own: bool = False) -> str:
    """What that laptop's clock showed, and how wrong it was; "" where there is no doubt."""
    if not is_doubtful(error_ms):
        return ""
    translate = QCoreApplication.translate
    if own:
        said = translate("ClockWords", "本机钟 {moment}，{off}")
    else:
        said = translate("ClockWords", "那台电脑的钟 {moment}，{off}")
    return said.format(moment=moment_text(at), off=off_words(error_ms or 0))


def error_of(history: Iterable[HistoryLine], record: str) -> int | None:
    """The clock's error when a record (``kind:id``) was last written; None if nobody knows."""
    return next((one.clock_error_ms for one in history if record in one.records), None)


def day_doubt(history: Iterable[HistoryLine], *fields: str) -> str:
    """A hint beside a date that was written on a laptop whose clock was more than a day wrong; ""
    without such a doubt. `fields` as ``kind.field``; the newest entry that wrote one of them
    counts.
    """
    line = next((one for one in history if set(fields) & set(one.fields)), None)
    if line is None or abs(line.clock_error_ms or 0) <= DAY_DOUBT_MS:
        return ""
    own = line.delivery is not Delivery.FOREIGN
    doubt = doubt_words(line.clock_error_ms, own=own)
    said = QCoreApplication.translate("ClockWords", "记这个日期的时候{doubt}，请核对日期。")
    return said.format(doubt=doubt)
