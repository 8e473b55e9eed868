"""The county: enrolment by address and code, enrolling anew, last contact, sending now. Says only
what a verified answer or the journal says.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.problems import Problem, ProblemCode, Refused
from app.services.identities import NO_LONGER_HEARD
from app.services.lines import Change
from app.ui.runtime.county_words import clock_words, taken_in_words, trouble_words
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.runtime.moments import moment_text
from app.ui.runtime.problems import sentence_of_code, sentences
from app.ui.runtime.texts import ACTOR_ROLE_NAMES, name_of
from app.ui.settings.actions import Home
from app.ui.widgets.fields import LineField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import Section, button, words

NEWS = Change(kinds=frozenset({"delivery"}))
_AT_CODE = frozenset({ProblemCode.CODE_WRONG, ProblemCode.CODE_EXPIRED, ProblemCode.CODE_NOT_YOURS})


class CountySection(Section):
    """Not enrolled: the form to enrol. Enrolled: with whom, since when nothing came back, and *send
    now*. No longer heard by the county: the form to enrol anew, until it is done. Whoever is
    enrolled can always come to that form.

    Signals:
        enrolled(): the county has taken this laptop in.
    """

    enrolled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.set_title(self.tr("县局"))
        self._desk = desk
        self._home: Home | None = None
        self._opened = False  # somebody wants to enrol anew: it stays open while they type
        self.state = words("")
        self.add(self.state)
        self.story = words(
            self.tr(
                "向县局要一个新的登记码，填在下面。重新登记以后，本机的记录都留着：没报上的接着报，"
                "不会重复；旧备份里缺的，从县局取回来。"
            )
        )
        self.story.hide()
        self.add(self.story)
        self.form = Form()
        self.form.add("address", LineField(self.tr("县局地址"), hint="https://"))
        self.form.add("code", LineField(self.tr("登记码"), hint=self.tr("县局给的一次性登记码")))
        self.add(self.form)
        self.message = words("")
        self.message.hide()
        self.add(self.message)
        self.enrol_button = button(self.tr("登记"), self.enrol, main=True)
        self.again = button(self.tr("重新登记"), self.open_form)
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
        was_half, was_unheard = self._is_half_done(), self._is_unheard()
        self._home = home
        if home.taken_in and not was_half:
            self._opened = False  # the code has done its work
            self.form.set_values({"code": ""})
        if (was_half or was_unheard) and not home.taken_in:
            self._tell_end(half=was_half)
        if home.status.enrolled:
            text = self._standing(home)
        else:
            text = self.tr(
                "这台电脑还没有登记到县局。记录都在本机，可以照常办案、打印；"
                "向县局要到地址和登记码后再来登记。"
            )
        self.state.setText(text)
        if not self.form.fields["address"].value():
            self.form.set_values({"address": home.address})
        self._arrange()

    def _tell_end(self, *, half: bool) -> None:
        """What it broke off for is over; `half` done as it was, the county may have stopped it."""
        if not self._is_unheard():
            self._say("")
        elif half and self._home is not None:
            self._say(sentence_of_code(self._home.status.trouble, self._desk.language))

    def open_form(self) -> None:
        """Another county or a new code: the old enrolment holds until the new one is there."""
        self._opened = True
        self._arrange()
        self.form.focus_field("code")

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
        if self._is_anew():
            self._say(
                self.tr(
                    "正在重新登记，和县局核对记录……记录多、网络慢时要几分钟。"
                    "中途断了也不要紧，下次接着做。"
                )
            )
        else:
            self._say(self.tr("正在和县局联系……"))
        office = self._desk.office
        self._desk.jobs.run_wire(
            self, lambda: office.enrol(values["address"], values["code"]), self._done, self._refused
        )

    def _standing(self, home: Home) -> str:
        """With whom it is enrolled, what waits, and what is not as it should be."""
        status = home.status
        contact = moment_text(status.last_contact) if status.last_contact else self.tr("还没有过")
        lines = [
            self.tr("已登记到 {county}，身份：{role}。上次县局已收：{contact}。").format(
                county=status.county_name or home.address,
                role=name_of(ACTOR_ROLE_NAMES, home.role, self._desk.language),
                contact=contact,
            ),
            self.tr("待上报 {n} 条。").format(n=status.waiting),
            clock_words(status, datetime.now(UTC)),
        ]
        if home.taken_in:
            lines.append(taken_in_words())
        why = trouble_words(status.trouble)
        if why and (home.taken_in or status.trouble in NO_LONGER_HEARD):
            lines.append(self.tr("{trouble}。").format(trouble=why))
        return "\n".join(one for one in lines if one)

    def _done(self, _nothing: None) -> None:
        anew = self._is_anew()
        self._busy(False)
        self._opened = False
        self.form.set_values({"code": ""})
        self._say("")
        if anew:
            self._desk.say(self.tr("重新登记好了，正在接着上报。"))
            self._desk.office.send_now()
        else:
            self._desk.say(self.tr("登记好了，以后有网络会自动上报。"))
        self.enrolled.emit()

    def _refused(self, refusal: Refused) -> None:
        self._busy(False)
        code = refusal.first.code
        if code in _AT_CODE or code is ProblemCode.ADDRESS_NOT_URL:
            self._say("")
            place = "code" if code in _AT_CODE else "address"
            self.form.fields[place].show_problem(said(refusal.first))
            self.form.focus_field(place)
        else:
            self._say(sentences(refusal, self._desk.language))
        self._desk.changes.happened.emit(NEWS)  # it may have said yes before the line broke

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _busy(self, busy: bool) -> None:
        for one in (self.enrol_button, self.send, self.again, self.form):
            one.setEnabled(not busy)

    def _is_anew(self) -> bool:
        return self._home is not None and self._home.status.enrolled

    def _is_unheard(self) -> bool:
        """Whether only a new code helps."""
        home = self._home
        return home is not None and home.status.trouble in NO_LONGER_HEARD and not home.taken_in

    def _is_half_done(self) -> bool:
        """Whether the next contact goes on with an enrolment anew."""
        return self._home is not None and self._home.taken_in

    def _arrange(self) -> None:
        enrolled, unheard = self._is_anew(), self._is_unheard()
        asks = self._opened or unheard or not enrolled
        self.form.setVisible(asks)
        self.story.setVisible(asks and enrolled)
        self.enrol_button.setVisible(asks)
        self.enrol_button.setText(self.tr("重新登记") if enrolled else self.tr("登记"))
        self.send.setVisible(enrolled and not unheard)
        self.again.setVisible(enrolled and not asks)
