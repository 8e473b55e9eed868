"""How things stand with the county, in short words that status line, settings and *Waiting* share.
Reads what was measured and signed; never guesses and never claims.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.services.lines import SyncStatus
    from app.ui.runtime.sending import Sending

# Texts travel packed; this much smaller at the least (sealed entries with the county's words).
_TEXTS_SHRINK = 4
_CLOCK_WRONG_MS = 10 * 60 * 1000
# Values of ProblemCode; the domain itself is loaded after the first picture.
_SHORT_TROUBLES = {
    "no_network",
    "foreign_answer",
    "line_not_county",
    "county_unreachable",
    "answer_cut",
    "answer_too_late",
    "county_busy",
    "county_older",
    "device_revoked",
    "device_unknown",
    "store_went_back",
    "receipt_not_genuine",
}


def ago_words(moment: datetime, now: datetime) -> str:
    """How long ago a moment was, as people say it; both UTC."""
    translate = QCoreApplication.translate
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 2:
        return translate("StatusLine", "刚刚")
    if minutes < 60:
        return translate("StatusLine", "{n} 分钟前").format(n=minutes)
    if minutes < 48 * 60:
        return translate("StatusLine", "{n} 小时前").format(n=minutes // 60)
    return translate("StatusLine", "{n} 天前").format(n=minutes // (24 * 60))


def span_words(seconds: float) -> str:
    """How long something takes, as roughly as anybody can know it."""
    translate = QCoreApplication.translate
    if seconds < 5:
        return translate("CountyWords", "几秒钟")
    if seconds < 55:
        return translate("CountyWords", "约 {n} 秒").format(n=5 * round(seconds / 5))
    if seconds < 90 * 60:
        return translate("CountyWords", "约 {n} 分钟").format(n=max(1, round(seconds / 60)))
    return translate("CountyWords", "约 {n} 小时").format(n=round(seconds / 3600))


def county_now(status: SyncStatus, now: datetime) -> datetime:
    """This computer's clock, put right by what is known of its error: last contacts are told by the
    county's.
    """
    from app.domain.moments import put_right

    return put_right(now, status.clock_offset_ms)


def trouble_words(code: str, *, partly: bool = False) -> str:
    """What a contact met, in a few words; "" where only the whole sentence will do. `partly`:
    something had gone out before.
    """
    translate = QCoreApplication.translate
    if code not in _SHORT_TROUBLES:
        return ""
    why = {
        "no_network": translate("CountyWords", "没有网络"),
        "foreign_answer": translate("CountyWords", "这个网络要先登录"),
        "line_not_county": translate("CountyWords", "这个网络要先登录"),
        "county_unreachable": translate("CountyWords", "连不上县局"),
        "answer_cut": translate("CountyWords", "网络中途断了"),
        "answer_too_late": translate("CountyWords", "网络太慢，等不到县局回答"),
        "county_busy": translate("CountyWords", "县局那边正忙"),
        "county_older": translate("CountyWords", "县局的服务器还没更新"),
        "device_revoked": translate("CountyWords", "县局停用了这台电脑"),
        "device_unknown": translate("CountyWords", "县局不认得这台电脑"),
        "store_went_back": translate("CountyWords", "本机的记录比县局收到的旧"),
        "receipt_not_genuine": translate("CountyWords", "回执核对不上县局的签章"),
    }[code]
    if partly:
        return translate("CountyWords", "没有报完：{why}").format(why=why)
    return translate("CountyWords", "没有上报：{why}").format(why=why)


def taken_in_words() -> str:
    """An enrolment anew broke off after the county had said yes."""
    return QCoreApplication.translate(
        "CountyWords",
        "县局已经重新登记了这台电脑，只是核对记录做到一半断了。不用再要登记码：有网络会自动接着做，"
        "也可以现在就点“立即上报”。记录都在本机，不会丢，也不会重复。",
    )


def sending_words(sending: Sending) -> str:
    """What a contact is busy with, said while it is under way."""
    translate = QCoreApplication.translate
    known = sending.progress
    words = {
        "asking": translate("CountyWords", "正在联系县局……"),
        "texts": translate("CountyWords", "正在上报文字……"),
        "files": translate("CountyWords", "正在传照片和扫描件……"),
        "fetching": translate("CountyWords", "正在取回县局那边的……"),
    }
    return words[known.phase.value if known else "asking"]


def clock_words(status: SyncStatus, now: datetime) -> str:
    """A calm word about a clock (`now`, UTC) that is far off; "" while it is well, or nobody knows.
    One that shows a moment before the last contact has been set back since.
    """
    offset = status.clock_offset_ms or 0
    if status.last_contact is not None and county_now(status, now) < status.last_contact:
        offset = round((status.last_contact - now).total_seconds() * 1000)
    if abs(offset) <= _CLOCK_WRONG_MS:
        return ""
    return QCoreApplication.translate(
        "CountyWords", "本机时间可能不对（与县局相差{span}），不影响上报，请校准。"
    ).format(span=difference_words(abs(offset) // 60_000))


def difference_words(minutes: int) -> str:
    """How far a clock is off, as roughly as people say it; begins with a space before figures."""
    translate = QCoreApplication.translate
    if minutes < 90:
        return translate("CountyWords", " {n} 分钟").format(n=minutes)
    if minutes < 48 * 60:
        return translate("CountyWords", " {n} 小时").format(n=round(minutes / 60))
    return translate("CountyWords", " {n} 天").format(n=round(minutes / (24 * 60)))


def forecast_words(status: SyncStatus) -> str:
    """How long sending would take at the pace that was measured last; says so where none was."""
    translate = QCoreApplication.translate
    if not status.waiting and not status.waiting_files:
        return ""
    if status.line_rate <= 0:
        return translate("CountyWords", "还没有测过网速，报过一次就知道要多久。")
    parts = []
    if status.waiting:
        seconds = status.waiting_bytes / _TEXTS_SHRINK / status.line_rate
        parts.append(translate("CountyWords", "文字{span}").format(span=span_words(seconds)))
    if status.waiting_files:
        seconds = status.waiting_file_bytes / status.line_rate
        parts.append(translate("CountyWords", "文件{span}").format(span=span_words(seconds)))
    return translate("CountyWords", "按上次的网速（约 {rate} KB/秒）：{parts}。").format(
        rate=max(1, round(status.line_rate / 1000)),
        parts=translate("CountyWords", "，").join(parts),
    )


def delivery_tip(delivery: str, *, colleague: bool = False) -> str:
    """What a word for how far something is promises; of a `Delivery` value. `colleague`: a case
    that somebody of the own committee has.
    """
    translate = QCoreApplication.translate
    if colleague and delivery == "foreign":
        return translate("CountyWords", "同一个调委会的同事在办，从县局取来的，这里只能看。")
    tips = {
        "here": translate("CountyWords", "存在这台电脑上；还没有登记到县局，所以没有上报。"),
        "waiting": translate("CountyWords", "存在这台电脑上，还没有收到县局的回执。"),
        "sending": translate("CountyWords", "正在往县局传；收到签了章的回执才算已收。"),
        "received": translate(
            "CountyWords", "文字县里都收到了，有签了章的回执；照片、扫描件还没有传齐。"
        ),
        "complete": translate(
            "CountyWords", "文字和所有照片、扫描件县里都收到了，样样有签了章的回执。"
        ),
        "attention": translate(
            "CountyWords", "县里没有采用，或者两个人写得不一样；请到“待上报”里看原因。"
        ),
        "foreign": translate("CountyWords", "别的电脑写的，从县局取来的。"),
    }
    return tips.get(delivery, "")
