"""The head of the page *Waiting*: how much waits, how long it would take, when the county was heard
last, and the contact or the stick that is under way. Shows a bar only while something moves.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.services.lines import SyncStatus
from app.ui.runtime.county_words import clock_words, forecast_words, sending_words, span_words
from app.ui.runtime.sending import Sending
from app.ui.waiting.sayings import contact_words, counts_words, right_now
from app.ui.widgets.frame import words
from app.ui.widgets.sizes import size_words


class MovingBar(QWidget):
    """What is being done, a bar, and how much of how much. Hidden while nothing is done."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.what = words("", "strong", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setProperty("thin", True)
        self.bar.setFixedHeight(12)
        self.bar.setAccessibleName(name)
        self.much = words("", "muted", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.what)
        row.addWidget(self.bar, 1)
        row.addWidget(self.much)
        self.hide()

    def show_state(self, what: str, percent: int | None, much: str) -> None:
        """`percent` None: nobody knows how much there is to do."""
        self.what.setText(what)
        self.bar.setRange(0, 0 if percent is None else 100)
        if percent is not None:
            self.bar.setValue(percent)
        self.much.setText(much)
        self.show()


class Summary(QFrame):
    """Counts, forecast, last contact, clock; and bars for the line and the stick."""

    def __init__(self, sending: Sending) -> None:
        super().__init__()
        self.setObjectName("section")
        self._sending = sending
        self._status: SyncStatus | None = None
        self.counts = words("", "heading")
        self.forecast = words("")
        self.contact = words("", "muted")
        self.clock = words("", "muted")
        self.line = MovingBar(self.tr("上报进度"))
        self.stick = MovingBar(self.tr("放到U盘的进度"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        for one in (
            self.counts,
            self.line,
            self.stick,
            self.forecast,
            self.contact,
            self.clock,
        ):
            column.addWidget(one)
        sending.moved.connect(self.show_sending)

    def show_status(self, status: SyncStatus) -> None:
        self._status = status
        self.setVisible(status.enrolled)
        self.counts.setText(counts_words(status))
        self.contact.setText(contact_words(status, right_now()))
        self.clock.setText(clock_words(status, right_now()))
        self.clock.setVisible(bool(self.clock.text()))
        self.show_sending()

    def show_sending(self) -> None:
        """What moves; a forecast only while nothing does."""
        forecast = forecast_words(self._status) if self._status is not None else ""
        self.forecast.setText(forecast)
        self.forecast.setVisible(bool(forecast) and not self._sending.under_way)
        if not self._sending.under_way:
            self.line.hide()
            return
        known = self._sending.progress
        if known is None or not known.total:
            self.line.show_state(sending_words(self._sending), None, "")
            return
        much = f"{size_words(known.sent)} / {size_words(known.total)}"
        left = self._sending.seconds_left()
        if left is not None and known.sent < known.total:
            much += self.tr("，还要{span}").format(span=span_words(left))
        self.line.show_state(sending_words(self._sending), self._sending.percent(), much)
