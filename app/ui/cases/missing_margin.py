"""The right margin of the case page: the light, what is still missing, each a way to its field, and
the clocks that run.

What must be there and what may stay open are told apart; a date that has passed is said in words,
never by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.clocks import Reading, Urgency, readings
from app.domain.completeness import Missing, missing
from app.ui.cases.labels import day_words, named
from app.ui.cases.light_margin import LightMargin
from app.ui.cases.margin_entry import MarginEntry
from app.ui.cases.targets import Target, section_of
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import CLOCK_NAMES, name_of
from app.ui.widgets.frame import button, empty

SHOWN_ABOVE = 3
SHOWN = 14  # more than a page can be read at a glance; the rest is counted


class MissingMargin(QWidget):
    """What is missing, and until when things must be done.

    Signals:
        wanted(str): where the person wants to go, as `targets.parse` reads it.
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._all = self._short = False
        self._view: CaseView | None = None
        self.light = LightMargin(desk)
        self.light.wanted.connect(self.wanted)
        self._layout = QVBoxLayout()
        self._layout.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.light)
        column.addLayout(self._layout, 1)
        self.setAccessibleName(self.tr("还缺什么"))

    def show_case(self, view: CaseView) -> None:
        if self._view is None or self._view.case_id != view.case_id:
            self._all = False
        self._view = view
        self.light.show_case(view)
        empty(self._layout)
        from app.services.file_light import document_rules

        found = missing(view.file, document_rules(self._desk.practice))
        musts = [one for one in found if one.must]
        mays = [one for one in found if not one.must]
        self._heading(self.tr("还缺什么"))
        if not found:
            self._words(self.tr("该有的都有了。"))
        self._entries(view, musts)
        if mays:
            self._words(self.tr("最好也补上"))
            self._entries(view, mays)
        self._clocks(readings(view.file, self._desk.practice.clocks, view.today))
        self._layout.addStretch(1)

    def _entries(self, view: CaseView, found: Sequence[Missing]) -> None:
        shown = found if self._all else found[: SHOWN_ABOVE if self._short else SHOWN]
        for one in shown:
            self._layout.addWidget(self._entry(view, one))
        if len(shown) < len(found):
            text = self.tr("还有 {count} 样").format(count=len(found) - len(shown))
            self._layout.addWidget(button(text, self._show_all, quiet=True))

    def _entry(self, view: CaseView, one: Missing) -> QPushButton:
        target = Target(section_of(one.owner, one.field), one.field, one.owner_id)
        entry = MarginEntry(self._title(view, one))
        entry.clicked.connect(lambda _=False, to=str(target): self.wanted.emit(to))
        return entry

    def _title(self, view: CaseView, one: Missing) -> str:
        field = named(self._desk, one.owner, one.field)
        whose = self._whose(view, one)
        if one.owner == "agreement" and one.field.startswith("sign_offs."):
            hand = one.field.removeprefix("sign_offs.")
            name = view.file.names().get(hand)  # type: ignore[call-overload]  # a party's id or a word
            field = self.tr("{name} 签字").format(name=name) if name else field
        return self.tr("{whose} · {field}").format(whose=whose, field=field) if whose else field

    def _whose(self, view: CaseView, one: Missing) -> str:
        file = view.file
        if one.owner == "person":
            return next((p.name for p in file.people.values() if p.id == one.owner_id), "")
        if one.owner == "organisation":
            return next((o.name for o in file.organisations.values() if o.id == one.owner_id), "")
        if one.owner == "session":
            number = next((s.ordinal for s in file.sessions if s.id == one.owner_id), 0)
            several = len(file.living_sessions) > 1
            return self.tr("第 {number} 次调解").format(number=number) if several else ""
        return ""

    def _clocks(self, clocks: Sequence[Reading]) -> None:
        if not clocks:
            return
        self._layout.addSpacing(12)
        self._heading(self.tr("期限"))
        for one in clocks:
            strong = one.urgency is not Urgency.CALM
            self._words(name_of(CLOCK_NAMES, one.kind, self._desk.language), strong=strong)
            day = day_words(self._desk, one.due_on)
            words = self.tr("{date}，{left}").format(date=day, left=self._left(one))
            self._words(words, strong=strong)

    def _left(self, one: Reading) -> str:
        if one.days_left < 0:
            return self.tr("已过 %n 天", "", -one.days_left)
        if one.days_left == 0:
            return self.tr("就是今天")
        return self.tr("还有 %n 天", "", one.days_left)

    def _heading(self, text: str) -> None:
        heading = QLabel(text)
        heading.setProperty("role", "heading")
        self._layout.addWidget(heading)

    def _words(self, text: str, *, strong: bool = False) -> None:
        words = QLabel(text)
        words.setWordWrap(True)
        words.setProperty("role", "strong" if strong else "muted")
        self._layout.addWidget(words)

    def shorten(self, short: bool) -> None:
        """Above the sections it is kept short, so that they are seen."""
        self.light.shorten(short)
        if short != self._short:
            self._short = short
            if self._view is not None:
                self.show_case(self._view)

    def _show_all(self) -> None:
        self._all = True
        if self._view is not None:
            self.show_case(self._view)
