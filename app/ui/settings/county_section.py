"""The county: enrolment by address and code, last contact, sending now. Says only what a verified
answer or the journal says.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.problems import Problem, ProblemCode, Refused
from app.ui.runtime.county_words import clock_words
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.runtime.moments import moment_text
from app.ui.runtime.problems import sentences
from app.ui.runtime.texts import ACTOR_ROLE_NAMES, name_of
from app.ui.settings.actions import Home
from app.ui.widgets.fields import LineField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import Section, button, words

_AT_CODE = frozenset({ProblemCode.CODE_WRONG, ProblemCode.CODE_EXPIRED})


class CountySection(Section):
    """Not enrolled: the form to enrol. Enrolled: with whom, since when nothing came back, and *send
    now*.

    Signals:
        enrolled(): the county has taken this laptop in.
    """

    enrolled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.set_title(self.tr("县局"))
        self._desk = desk
        self.state = words("")
        self.add(self.state)
        self.form = Form()
        self.form.add("address", LineField(self.tr("县局地址"), hint="https://"))
        self.form.add("code", LineField(self.tr("登记码"), hint=self.tr("县局给的一次性登记码")))
        self.add(self.form)
        self.message = words("")
        self.message.hide()
        self.add(self.message)
        self.enrol_button = button(self.tr("登记"), self.enrol, main=True)
        self.again = button(self.tr("重新登记"), self._open_form)
        self.send = button(self.tr("立即上报"), desk.office.send_now, icon_name="send")
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for one in (self.enrol_button, self.send, self.again):
            inside.addWidget(one)
        inside.addStretch(1)
        self.add(row)

    def show_home(self, home: Home) -> None:
        """Shows how things stand."""
        status = home.status
        if status.enrolled:
            contact = (
                moment_text(status.last_contact) if status.last_contact else self.tr("还没有过")
            )
            text = self.tr("已登记到 {county}，身份：{role}。上次县局已收：{contact}。").format(
                county=status.county_name or home.address,
                role=name_of(ACTOR_ROLE_NAMES, home.role, self._desk.language),
                contact=contact,
            )
            text += "\n" + self.tr("待上报 {n} 条。").format(n=status.waiting)
            text = "\n".join(one for one in (text, clock_words(status, datetime.now(UTC))) if one)
        else:
            text = self.tr(
                "这台电脑还没有登记到县局。记录都在本机，可以照常办案、打印；"
                "向县局要到地址和登记码后再来登记。"
            )
        self.state.setText(text)
        if not self.form.fields["address"].value():
            self.form.set_values({"address": home.address})
        self._arrange(status.enrolled)

    def enrol(self) -> None:
        """Asks the county to take this laptop in."""
        values = self.form.values()
        empty = [
            Problem(ProblemCode.EMPTY, name) for name in ("address", "code") if not values[name]
        ]
        if empty:
            self.form.show_problems(empty)
            return
        self._busy(True)
        self._say(self.tr("正在和县局联系……"))
        office = self._desk.office
        self._desk.jobs.run_wire(
            self, lambda: office.enrol(values["address"], values["code"]), self._done, self._refused
        )

    def _done(self, _nothing: None) -> None:
        self._busy(False)
        self.form.set_values({"code": ""})
        self._say("")
        self._desk.say(self.tr("登记好了，以后有网络会自动上报。"))
        self.enrolled.emit()

    def _refused(self, refusal: Refused) -> None:
        self._busy(False)
        code = refusal.first.code
        if code in _AT_CODE or code is ProblemCode.ADDRESS_NOT_URL:
            self._say("")
            self.form.fields["code" if code in _AT_CODE else "address"].show_problem(
                said(refusal.first)
            )
        else:
            self._say(sentences(refusal, self._desk.language))

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _busy(self, busy: bool) -> None:
        self.enrol_button.setEnabled(not busy)

    def _arrange(self, enrolled: bool) -> None:
        self.form.setVisible(not enrolled)
        self.enrol_button.setVisible(not enrolled)
        self.send.setVisible(enrolled)
        self.again.setVisible(enrolled)

    def _open_form(self) -> None:
        """Another county or a new code: the old enrolment holds until the new one is there."""
        self.form.show()
        self.enrol_button.show()
        self.again.hide()
        self.form.focus_field("code")
