"""Where the numbers of agreements begin: a village that starts in mid-year enters its last paper
number, once a year.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from app.domain.problems import Problem, ProblemCode, Refused
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.settings.actions import Home, start_numbers
from app.ui.widgets.fields import NumberField
from app.ui.widgets.frame import Section, button, words


class NumbersSection(Section):
    """One number and a button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.set_title(self.tr("协议编号"))
        self._desk = desk
        self._year = 0
        self.lead = words("", "muted")
        self.add(self.lead)
        self.last = NumberField(
            self.tr("纸质登记簿上最后用到的号"), hint=self.tr("如：12"), most=999_999
        )
        self.add(self.last)
        self.save_button = button(self.tr("记下"), self.save)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.content_layout.addLayout(row)

    def show_home(self, home: Home) -> None:
        self._year = home.year
        self.lead.setText(
            self.tr(
                "{year} 年里，下一份协议从这个号的后面接着编。没有用过纸质登记簿就不用填。"
            ).format(year=home.year)
        )
        if not self.last.line.hasFocus():
            self.last.set_value(home.start)

    def save(self) -> None:
        """Notes the last number of the paper register."""
        serial = self.last.value()
        if serial is None:
            self.last.show_problem(said(self.last.problem() or Problem(ProblemCode.EMPTY)))
            return
        self._desk.jobs.run(self, start_numbers(self._year, serial), self._saved, self._refused)

    def _saved(self, _nothing: None) -> None:
        number = (self.last.value() or 0) + 1
        self._desk.say(self.tr("记下了，下一份协议从 {n} 号开始。").format(n=number))

    def _refused(self, refusal: Refused) -> None:
        self.last.show_problem(said(refusal.first))
