"""The status line: one true sentence about this computer and the county, and what was just said.
Never guesses.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.ui.widgets.frame import button, words
from app.ui.widgets.sizes import size_words

if TYPE_CHECKING:
    from app.domain.problems import ProblemCode
    from app.services.lines import SyncStatus

SAID_MS = 12_000
# Values of ProblemCode; the domain itself is loaded after the first picture.
OFFLINE = frozenset({"no_network"})
UNHEARD = frozenset({"county_unreachable", "answer_too_late", "answer_cut", "county_busy"})


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


def status_sentence(
    status: SyncStatus, now: datetime, *, sending: bool = False, trouble: ProblemCode | None = None
) -> str:
    """待上报 12 条 · 上次县局已收 3 天前 · 当前无网络. `trouble` is what the last attempt met."""
    translate = QCoreApplication.translate
    if not status.enrolled:
        return translate("StatusLine", "尚未登记到县局 · 记录都保存在本机")
    waiting = translate("StatusLine", "待上报 {n} 条（{size}）").format(
        n=status.waiting, size=size_words(status.waiting_bytes)
    )
    parts = [waiting if status.waiting else translate("StatusLine", "没有待上报的")]
    parts.append(
        translate("StatusLine", "上次县局已收 {ago}").format(
            ago=ago_words(status.last_contact, now)
        )
        if status.last_contact
        else translate("StatusLine", "还没有和县局联系过")
    )
    if status.attention:
        parts.append(translate("StatusLine", "需要处理 {n} 条").format(n=status.attention))
    if status.returned:
        parts.append(translate("StatusLine", "退回修改 {n} 件").format(n=status.returned))
    if sending:
        parts.append(translate("StatusLine", "正在上报"))
    elif trouble in OFFLINE:
        parts.append(translate("StatusLine", "当前无网络"))
    elif trouble in UNHEARD:
        parts.append(translate("StatusLine", "连不上县局"))
    elif trouble is not None:
        parts.append(translate("StatusLine", "上次没报成"))
    return " · ".join(parts)


class StatusLine(QFrame):
    """The line at the foot of the window.

    Signals:
        send_wanted(): the person wants to send now.
    """

    send_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.truth = words("", wrap=False)
        self.truth.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.message = words("", "strong", wrap=False)
        self.message.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.send = button(self.tr("立即上报"), self.send_wanted.emit, icon_name="send", quiet=True)
        self.send.setToolTip(self.tr("F5"))
        self.send.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 8, 2)
        row.setSpacing(16)
        row.addWidget(self.truth, 1)
        row.addWidget(self.message)
        row.addWidget(self.send)
        self.setMinimumHeight(38)
        self._status: SyncStatus | None = None
        self._sending = False
        self._trouble: ProblemCode | None = None
        self._fade = QTimer(self, singleShot=True, interval=SAID_MS)
        self._fade.timeout.connect(self._unsay)

    def show_status(self, status: SyncStatus) -> None:
        self._status = status
        self.send.setVisible(status.enrolled)
        self.refresh()

    def show_sending(self, sending: bool, trouble: ProblemCode | None) -> None:
        self._sending, self._trouble = sending, trouble
        self.send.setEnabled(not sending)
        self.refresh()

    def refresh(self) -> None:
        """Says the sentence anew: time passes."""
        if self._status is not None:
            text = status_sentence(
                self._status, datetime.now(UTC), sending=self._sending, trouble=self._trouble
            )
            self.truth.setText(text)
            self.truth.setToolTip(text)

    def say(self, text: str) -> None:
        """One sentence for some seconds."""
        self.message.setText(text)
        self.message.setToolTip(text)
        self._fade.start()

    def _unsay(self) -> None:
        self.message.setText("")
