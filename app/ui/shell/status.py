"""The status line: one true sentence about this computer and the county, and what was just said.
Never guesses.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from app.ui.runtime.county_words import (
    ago_words,
    clock_words,
    county_now,
    sending_words,
    trouble_words,
)
from app.ui.widgets.frame import button, words
from app.ui.widgets.sizes import size_words

if TYPE_CHECKING:
    from app.domain.problems import ProblemCode
    from app.services.lines import SyncStatus
    from app.ui.runtime.sending import Sending

SAID_MS = 12_000
BAR_WIDTH = 96


def status_sentence(
    status: SyncStatus,
    now: datetime,
    *,
    sending: Sending | None = None,
    trouble: ProblemCode | None = None,
) -> str:
    """待上报 12 条 · 上次县局已收 3 天前 · 当前无网络. `trouble` is what the last attempt met, and
    `sending` the contact that is under way.
    """
    translate = QCoreApplication.translate
    if not status.enrolled:
        return translate("StatusLine", "尚未登记到县局 · 记录都保存在本机")
    parts = [_waiting(status)]
    parts.append(
        translate("StatusLine", "上次县局已收 {ago}").format(
            ago=ago_words(status.last_contact, county_now(status, now))
        )
        if status.last_contact
        else translate("StatusLine", "还没有和县局联系过")
    )
    if status.attention:
        parts.append(translate("StatusLine", "需要处理 {n} 条").format(n=status.attention))
    if status.returned:
        parts.append(translate("StatusLine", "退回修改 {n} 件").format(n=status.returned))
    if sending is not None and sending.under_way:
        parts.append(sending_words(sending))
    elif trouble is not None:
        parts.append(_trouble(trouble))
    return " · ".join(parts)


def _waiting(status: SyncStatus) -> str:
    translate = QCoreApplication.translate
    size = size_words(status.waiting_bytes + status.waiting_file_bytes)
    if status.waiting and status.waiting_files:
        return translate("StatusLine", "待上报 {n} 条、{files} 个文件（{size}）").format(
            n=status.waiting, files=status.waiting_files, size=size
        )
    if status.waiting:
        return translate("StatusLine", "待上报 {n} 条（{size}）").format(
            n=status.waiting, size=size
        )
    if status.waiting_files:
        return translate("StatusLine", "待上报 {files} 个文件（{size}）").format(
            files=status.waiting_files, size=size
        )
    return translate("StatusLine", "没有待上报的")


def _trouble(code: ProblemCode) -> str:
    translate = QCoreApplication.translate
    if code == "no_network":
        return translate("StatusLine", "当前无网络")
    return trouble_words(code) or translate("StatusLine", "上次没报成")


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
        self.bar = QProgressBar()
        self.bar.setProperty("thin", True)
        self.bar.setFixedSize(BAR_WIDTH, 12)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("上报进度"))
        self.bar.hide()
        self.message = words("", "strong", wrap=False)
        self.message.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.send = button(self.tr("立即上报"), self.send_wanted.emit, icon_name="send", quiet=True)
        self.send.setToolTip(self.tr("F5"))
        self.send.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 8, 2)
        row.setSpacing(16)
        row.addWidget(self.truth, 1)
        row.addWidget(self.bar)
        row.addWidget(self.message)
        row.addWidget(self.send)
        self.setMinimumHeight(38)
        self._status: SyncStatus | None = None
        self._sending: Sending | None = None
        self._trouble: ProblemCode | None = None
        self._fade = QTimer(self, singleShot=True, interval=SAID_MS)
        self._fade.timeout.connect(self._unsay)

    def show_status(self, status: SyncStatus) -> None:
        self._status = status
        self.send.setVisible(status.enrolled)
        self.refresh()

    def follow(self, sending: Sending) -> None:
        """Shows how far a contact is, whenever there is one."""
        self._sending = sending
        sending.moved.connect(self.refresh)

    def show_sending(self, sending: bool, trouble: ProblemCode | None) -> None:
        self._trouble = trouble
        self.send.setEnabled(not sending)
        self.refresh()

    def refresh(self) -> None:
        """Says the sentence anew: time passes, and what is sent moves."""
        self._show_bar()
        if self._status is not None:
            now = datetime.now(UTC)
            text = status_sentence(self._status, now, sending=self._sending, trouble=self._trouble)
            self.truth.setText(text)
            self.truth.setToolTip("\n".join(x for x in (text, clock_words(self._status, now)) if x))

    def _show_bar(self) -> None:
        """A bar that moves only while something is sent."""
        known = self._sending.progress if self._sending is not None else None
        self.bar.setVisible(known is not None and known.sent > 0)
        if known is not None and self._sending is not None:
            self.bar.setValue(self._sending.percent())

    def say(self, text: str) -> None:
        """One sentence for some seconds."""
        self.message.setText(text)
        self.message.setToolTip(text)
        self._fade.start()

    def _unsay(self) -> None:
        self.message.setText("")
