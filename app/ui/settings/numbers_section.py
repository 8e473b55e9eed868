"""Numbers of agreements: how many are left, giving back what is not needed, and where they begin in
a village that starts in mid-year.

Says what a provisional number is; gives no number.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problems import Problem, ProblemCode, Refused
from app.services.number_blocks import NumbersLeft
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.settings.actions import Home, return_numbers, start_numbers
from app.ui.widgets.fields import NumberField
from app.ui.widgets.frame import Section, button, empty, words


class YearOfNumbers(QWidget):
    """One year: what was given and what is left, and the way back for the rest.

    Signals:
        given_back(int): the person wants to return what is left of that year.
    """

    given_back = Signal(int)

    def __init__(self, left: NumbersLeft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = left
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.sums = words(self._sums())
        column.addWidget(self.sums)
        self.warning = words(self._warning(), "strong")
        self.warning.setVisible(left.dry or left.few)
        column.addWidget(self.warning)
        self.ask = button(self.tr("退回没用的号"), self._ask, quiet=True)
        self.sure = button(self.tr("退回"), lambda: self.given_back.emit(left.year), main=True)
        self.keep = button(self.tr("不退"), self._close)
        self.question = words(self._question())
        column.addWidget(self.question)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in (self.ask, self.sure, self.keep):
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
        self._close()

    def _sums(self) -> str:
        left = self._left
        text = self.tr("{year} 年：已用 {used} 个号，作废 {void} 个，还剩 {free} 个。").format(
            year=left.year, used=left.used, void=left.void, free=left.free
        )
        if left.provisional:
            text += self.tr("已用的里面有 {n} 个临时编号。").format(n=left.provisional)
        return text

    def _warning(self) -> str:
        if self._left.dry:
            return self.tr(
                "本机的号段用完了，先用临时编号；县局给了新号段以后，新文书用正式编号。"
                "已经印在纸上的临时编号一直有效，不会改。"
            )
        return self.tr("还剩 {n} 个号。请找机会上报一次，县局会再给。").format(n=self._left.free)

    def _question(self) -> str:
        return self.tr(
            "把 {year} 年没用的 {n} 个号退给县局，别的电脑就能用。"
            "这台电脑要交回去，或者这一年的事都办完了，才需要退。"
            "退回以后再定稿这一年的协议，先用临时编号。"
        ).format(year=self._left.year, n=self._left.returnable)

    def _ask(self) -> None:
        self._open(asked=True)
        self.keep.setFocus()

    def _close(self) -> None:
        self._open(asked=False)

    def _open(self, *, asked: bool) -> None:
        self.ask.setVisible(bool(self._left.returnable) and not asked)
        for one in (self.question, self.sure, self.keep):
            one.setVisible(asked)


class NumbersSection(Section):
    """What the county lent, year by year; the last number of the paper register."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.set_title(self.tr("协议编号"))
        self._desk = desk
        self._year = 0
        self._lent = False
        self._shown: tuple[NumbersLeft, ...] | None = None
        self.years: list[YearOfNumbers] = []
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(16)
        self.add(holder)
        self._holder = holder
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
        self._show_years(tuple(one for one in home.numbers if one.lent))
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

    def _show_years(self, numbers: tuple[NumbersLeft, ...]) -> None:
        if numbers == self._shown:
            return  # an open question stays open
        self._shown, self._lent = numbers, bool(numbers)
        empty(self._rows)
        self.years = [YearOfNumbers(one) for one in numbers]
        for one in self.years:
            one.given_back.connect(self._give_back)
            self._rows.addWidget(one)
        self._holder.setVisible(self._lent)

    def _give_back(self, year: int) -> None:
        self._desk.jobs.run(self, return_numbers(year), self._given_back, self._refused)

    def _given_back(self, count: int) -> None:
        text = self.tr("退回了 {n} 个号，下次上报时告诉县局。")
        self._desk.say(text.format(n=count))

    def _saved(self, _nothing: None) -> None:
        if self._lent:
            self._desk.say(self.tr("记下了，这个号和前面的号都不会再给。"))
            return
        number = (self.last.value() or 0) + 1
        self._desk.say(self.tr("记下了，下一份协议从 {n} 号开始。").format(n=number))

    def _refused(self, refusal: Refused) -> None:
        self.last.show_problem(said(refusal.first))
