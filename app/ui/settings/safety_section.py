"""Keys and copies: how the records are locked, a password beside the keyring, a copy now. Never
shows a key.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.problems import Refused
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.runtime.office import About
from app.ui.widgets.fields import LineField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import Section, button, words


class SafetySection(Section):
    """Two sentences and two verbs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.set_title(self.tr("钥匙和备份"))
        self._desk = desk
        self.keys = words("")
        self.copies = words("")
        self.add(self.keys)
        self.form = Form()
        self.form.add(
            "password", LineField(self.tr("新口令（至少 10 个字，可以是一句话）"), secret=True)
        )
        self.form.add("again", LineField(self.tr("再输一遍"), secret=True))
        self.form.hide()
        self.add(self.form)
        self.change = button("", self._open_form, icon_name="key")
        self.keep = button(self.tr("用这个口令"), self.set_password, main=True)
        self.keep.hide()
        self.add(_row(self.change, self.keep))
        self.add(self.copies)
        self.back_up_button = button(self.tr("现在备份"), self.back_up, icon_name="save")
        self.add(_row(self.back_up_button))

    def show_about(self, about: About) -> None:
        if about.way == "keyring" and about.has_password:
            text = self.tr(
                "记录是加密的，钥匙由这台电脑的密码保管处保管；另外设有口令，"
                "换电脑或重装系统时用它打开。"
            )
        elif about.way == "keyring":
            text = self.tr(
                "记录是加密的，钥匙由这台电脑的密码保管处保管。建议再设一个口令："
                "重装系统后只有口令能打开。"
            )
        else:
            text = self.tr("记录是加密的，每次打开和事要输入口令。忘了口令谁也打不开，请记牢。")
        self.keys.setText(text)
        self.change.setText(self.tr("换口令") if about.has_password else self.tr("设一个口令"))
        self.copies.setText(
            self.tr(
                "最近一份备份：{day}。每天第一次打开时自动备份，留最近七份，也是加密的。"
            ).format(day=about.last_backup)
            if about.last_backup
            else self.tr("还没有备份。每天第一次打开时会自动备份，留最近七份，也是加密的。")
        )

    def set_password(self) -> None:
        """Sets the password that was typed twice."""
        values = self.form.values()
        if values["password"] != values["again"]:
            self.form.fields["again"].show_problem(self.tr("两遍口令不一样，请再输一遍。"))
            self.form.focus_field("again")
            return
        office = self._desk.office
        self._desk.jobs.run_records(
            self, lambda: office.set_password(values["password"]), self._password_set, self._refused
        )

    def back_up(self) -> None:
        """A copy of the records now."""
        self.back_up_button.setEnabled(False)
        self._desk.jobs.run_records(
            self, self._desk.office.back_up, self._backed_up, self._no_backup
        )

    def _open_form(self) -> None:
        self.form.show()
        self.keep.show()
        self.change.hide()
        self.form.focus_field("password")

    def _password_set(self, _nothing: None) -> None:
        self.form.set_values({"password": "", "again": ""})
        self.form.hide()
        self.keep.hide()
        self.change.show()
        self.change.setText(self.tr("换口令"))
        self._desk.say(self.tr("口令设好了，请记牢。"))

    def _refused(self, refusal: Refused) -> None:
        self.form.fields["password"].show_problem(said(refusal.first))
        self.form.focus_field("password")

    def _backed_up(self, path: Path) -> None:
        self.back_up_button.setEnabled(True)
        self.copies.setText(self.tr("已备份：{file}").format(file=str(path)))

    def _no_backup(self, refusal: Refused) -> None:
        self.back_up_button.setEnabled(True)
        self._desk.show_problem(refusal)


def _row(*buttons: QWidget) -> QWidget:
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(8)
    for one in buttons:
        inside.addWidget(one)
    inside.addStretch(1)
    return row
