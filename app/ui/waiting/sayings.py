"""What the page *Waiting* says in words: lines, states, values, the note for the justice office.
Never more than journal and county have said.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.services.lines import Delivery, SyncStatus, WaitingLine
from app.ui.runtime.county_words import ago_words, county_now, span_words
from app.ui.runtime.moments import moment_text
from app.ui.runtime.problems import sentence_of_code
from app.ui.runtime.texts import act_name
from app.ui.widgets.sizes import size_words

if TYPE_CHECKING:
    from collections.abc import Mapping

# As in the courier: further away stands only what a clock that was set back has left.
_FURTHEST = timedelta(hours=2, minutes=30)


def what_words(line: WaitingLine, language: str) -> str:
    """What was done, or which file it is."""
    if not line.file:
        return act_name(line.act, language)
    kind = file_kind_words(line.kind)
    return f"{kind} {line.name}" if line.name and line.name != kind else kind


def file_kind_words(kind: str) -> str:
    """Of an `AttachmentKind` value."""
    translate = QCoreApplication.translate
    words = {
        "signed_page": translate("Waiting", "签字页扫描件"),
        "evidence": translate("Waiting", "证据材料"),
        "photo": translate("Waiting", "照片"),
        "proof": translate("Waiting", "证明材料"),
        "receipt": translate("Waiting", "收据"),
        "handwriting": translate("Waiting", "屏幕手写"),
    }
    return words.get(kind) or translate("Waiting", "文件")


def counts_words(status: SyncStatus) -> str:
    """12 条记录（1.2 MB），3 个文件（34.0 MB）."""
    translate = QCoreApplication.translate
    parts = []
    if status.waiting:
        parts.append(
            translate("Waiting", "{n} 条记录（{size}）").format(
                n=status.waiting, size=size_words(status.waiting_bytes)
            )
        )
    if status.waiting_files:
        parts.append(
            translate("Waiting", "{n} 个文件（{size}）").format(
                n=status.waiting_files, size=size_words(status.waiting_file_bytes)
            )
        )
    if not parts:
        return translate("Waiting", "没有待上报的")
    return translate("Waiting", "待上报：{parts}").format(
        parts=translate("Waiting", "，").join(parts)
    )


def contact_words(status: SyncStatus, now: datetime) -> str:
    """When the county was heard last, and since when the oldest entry waits."""
    translate = QCoreApplication.translate
    if status.last_contact is None:
        text = translate("Waiting", "还没有和县局联系过")
    else:
        text = translate("Waiting", "上次联系：{at}（{ago}）").format(
            at=moment_text(status.last_contact),
            ago=ago_words(status.last_contact, county_now(status, now)),
        )
    if status.oldest_waiting is not None and now - status.oldest_waiting > timedelta(days=1):
        days = (now - status.oldest_waiting).days
        text += translate("Waiting", " · 最早的一条等了 {n} 天").format(n=days)
    return text


def next_try_words(status: SyncStatus, now: datetime) -> str:
    """When the next try comes by itself; "" where none is planned."""
    translate = QCoreApplication.translate
    if status.next_try is None:
        return ""
    ahead = status.next_try - now
    if ahead <= timedelta(0) or ahead > _FURTHEST:
        return translate("Waiting", "马上自动再试。")
    return translate("Waiting", "{span}后自动再试（{at}）。").format(
        span=span_words(ahead.total_seconds()), at=f"{status.next_try.astimezone():%H:%M}"
    )


def state_words(line: WaitingLine, delivery: Delivery, language: str) -> str:
    """What is so, and what comes next by itself."""
    translate = QCoreApplication.translate
    if delivery is Delivery.ATTENTION:
        text = sentence_of_code(line.problem, language)
        if not line.file and not line.problem.endswith("conflict"):
            text += translate(
                "Waiting", "改好以后会作为新的一条上报，县里重新看；这一条一直留着，不会丢。"
            )
        return text
    if delivery is Delivery.SENDING:
        return translate("Waiting", "正在上报，收到县局签了章的回执才算已收。")
    if delivery is Delivery.WAITING and line.file:
        if line.problem:
            return sentence_of_code(line.problem, language)
        return translate(
            "Waiting", "文件排在文字后面传。断了下次接着传，不用从头来；都传到了才是“县里已收全”。"
        )
    if delivery is Delivery.WAITING:
        return translate(
            "Waiting",
            "已保存在本机，还没有收到县局的回执。有网络时会自动上报，重复上报也不会变成两条。",
        )
    return translate("Waiting", "已保存在本机。")


def question_text(line: WaitingLine, language: str) -> str:
    """A note for the justice office: what it is about and what the county said, and of people
    nothing but the title of the case.
    """
    translate = QCoreApplication.translate
    what = file_kind_words(line.kind) if line.file else act_name(line.act, language)
    parts = [
        translate("Waiting", "和事里有一条报不上去，请帮忙看看："),
        translate("Waiting", "案件：{title}").format(title=line.case_title or "—"),
        translate("Waiting", "做了什么：{what}（{at}，第 {seq} 条）").format(
            what=what, at=moment_text(line.at), seq=line.seq or "—"
        ),
        translate("Waiting", "原因：{why}").format(why=sentence_of_code(line.problem, language)),
    ]
    return "\n".join(parts)


def is_of_person(line: WaitingLine) -> bool:
    """Whether it tells of a person or an organisation, which belong to no case."""
    return line.record.partition(":")[0] in ("person", "organisation")


def whose_words(line: WaitingLine, names: Mapping[str, str]) -> str:
    """The case, or who it is about where it belongs to none (`names` by their ids); "" where
    nobody told.
    """
    if line.case_title or not is_of_person(line):
        return line.case_title
    return names.get(line.record.partition(":")[2], "")


def right_now() -> datetime:
    """This computer's clock, UTC."""
    return datetime.now(UTC)
