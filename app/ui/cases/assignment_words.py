"""Who has the case, and since when, in the sentences of the case page. Never a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.services.lines import Delivery
from app.ui.cases.labels import day_words

if TYPE_CHECKING:
    from app.domain.handovers import Handover
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk


def assignment_words(desk: Desk, view: CaseView) -> str:
    """Why the case can only be read here, or that it has just come; "" where nothing is to be
    said.
    """
    last = view.file.handovers[-1] if view.file.handovers else None
    if view.foreign:
        return _elsewhere(desk, view, last)
    if last is None or not _came_from_another(view, last) or not _is_news(view, last):
        return ""
    translate = QCoreApplication.translate
    if last.by_name == last.from_name:
        text = translate("CaseHead", "{by} {day}把这件案子移交给您，接着办就行。")
    else:
        text = translate("CaseHead", "{by} {day}把这件案子改派给您，原来由{before}办。接着办就行。")
    day = day_words(desk, last.on)
    said = text.format(by=last.by_name or last.from_name, day=day, before=last.from_name or "—")
    return said + _reason(last)


def _elsewhere(desk: Desk, view: CaseView, last: Handover | None) -> str:
    translate = QCoreApplication.translate
    if last is not None and last.from_device in view.own_devices:
        text = translate("CaseHead", "{day}已移交给{name}。这里只能看，不能改。")
        return text.format(day=day_words(desk, last.on), name=last.to_name) + _reason(last)
    committee = view.file.committee.name if view.file.committee else ""
    now = view.assignment.name if view.assignment else ""
    if view.is_colleagues:
        text = _at_a_colleague(now)
    else:
        text = translate("CaseHead", "这件是{committee}报来的，这里只能看。")
        text = text.format(committee=committee)
    if last is not None and now:
        given = translate("CaseHead", "{day}起由{name}办。")
        text += given.format(day=day_words(desk, last.on), name=now)
    return text


def _at_a_colleague(name: str) -> str:
    """Who of the own committee has it, and how it can change hands; `name` "" where nobody knows
    it.
    """
    translate = QCoreApplication.translate
    if not name:
        return translate(
            "CaseHead",
            "这件是本调委会的同事在办，这里只能看。要拿过来办，请同事移交，或者请司法所改派。",
        )
    text = translate(
        "CaseHead",
        "这件是本调委会{name}在办，这里只能看。要拿过来办，请{name}移交，或者请司法所改派。",
    )
    return text.format(name=name)


def _reason(last: Handover) -> str:
    if not last.reason:
        return ""
    return QCoreApplication.translate("CaseHead", "原因：{reason}").format(reason=last.reason)


def _came_from_another(view: CaseView, last: Handover) -> bool:
    """Somebody else gave it to this person; from one own laptop to another is no news."""
    return last.to_device in view.own_devices and last.from_device not in view.own_devices


def _is_news(view: CaseView, last: Handover) -> bool:
    """Nothing was written by this person since: the notice goes by itself with the first own
    word.
    """
    for line in view.history:
        if f"handover:{last.id}" in line.records:
            return True
        if line.device in view.own_devices:
            return False
    return True


def case_delivery_tip(view: CaseView) -> str:
    """What the word for how far the case is means for texts and files."""
    translate = QCoreApplication.translate
    files = view.files_on_the_way
    left = translate("CaseHead", "还有 {n} 个文件没传完").format(n=files) if files else ""
    if view.delivery is Delivery.FOREIGN:
        return translate("CaseHead", "这件在别的电脑上办。")
    if view.delivery is Delivery.HERE:
        return translate("CaseHead", "这台电脑还没有登记到县局，都只保存在本机。")
    if view.delivery is Delivery.COMPLETE:
        count = len(view.files)
        if count:
            return translate("CaseHead", "文字和 {n} 个文件县局都收到了。").format(n=count)
        return translate("CaseHead", "文字县局已收；这件案子没有附件。")
    if view.delivery is Delivery.RECEIVED:
        return translate("CaseHead", "文字县局已收；{left}。").format(left=left)
    waiting = sum(one.delivery is Delivery.WAITING for one in view.history)
    parts = [translate("CaseHead", "还有 {n} 条文字等着上报").format(n=waiting)] if waiting else []
    if view.delivery is Delivery.ATTENTION:
        parts.insert(0, translate("CaseHead", "有要您处理的"))
    whole = translate("CaseHead", "；").join([*parts, left] if left else parts)
    return translate("CaseHead", "{whole}。").format(whole=whole)
