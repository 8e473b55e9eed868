"""What speaks against printing an agreement, spoken while it is written: what must be changed
first, then what may stay with a reason.

Looks on the records worker and never blocks the window. A stop has no way round.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.agreements import Agreement, Waiver
from app.domain.casefile import CaseFile
from app.domain.findings import (
    Finding,
    FindingCode,
    Level,
    open_stops,
    open_warnings,
    waiver_of,
)
from app.ui.cases.labels import day_words
from app.ui.runtime.findings import finding_sentence, finding_step
from app.ui.runtime.marks import override
from app.ui.widgets.fields import LineField
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import button, empty, words
from app.ui.widgets.icons import icon
from app.ui.widgets.scrolling import bring_into_view

if TYPE_CHECKING:
    from app.ui.runtime.desk import Desk
    from app.ui.widgets.forms import Form

PAUSE_MS = 600
SHOWN = 6
ROOM_FOR_VERBS = 600  # px
_SIGN = 18


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at: an agreement as it stands, in its case, on a local date."""

    file: CaseFile
    agreement: Agreement
    today: date


def target_of(finding: Finding, agreement: Agreement) -> str:
    """Where on the case page the finding is mended, as `targets.parse` reads it."""
    owner, _, rest = finding.place.partition(":")
    if owner == "party":
        field = "id_number" if finding.code is FindingCode.ID_MISSING else "representations"
        return f"parties:{field}:{rest}"
    if owner == "case":
        return f"facts:{rest}"
    field = "mediator_ids" if owner == "mediator" else finding.place or "facts"
    return f"agreement:{field}:{agreement.id}"


class _FindingRow(QFrame):
    """One finding.

    Signals:
        jump(): to its place.
        reasoned(str): it may stay, for this reason.
        taken_back(): the reason counts no more.
    """

    jump = Signal()
    reasoned = Signal(str)
    taken_back = Signal()

    def __init__(self, desk: Desk, finding: Finding, may_change: bool) -> None:
        super().__init__()
        self.finding = finding
        self.setObjectName("banner")
        stop = finding.level is Level.STOP
        self.setProperty("kind", "problem" if stop else "info")
        said = self._placed(finding_sentence(finding, desk.language))
        self.setAccessibleName(said)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(4)
        self._head = head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        head.setSpacing(4)
        said_row = QHBoxLayout()
        said_row.setSpacing(8)
        if stop:
            sign = QLabel()
            sign.setPixmap(icon("attention").pixmap(_SIGN, _SIGN))
            said_row.addWidget(sign)
        self.sentence = words(said, "muted" if finding.waived else "")
        said_row.addWidget(self.sentence, 1)
        head.addLayout(said_row, 1)
        holder = QWidget()
        self._verbs = QHBoxLayout(holder)
        self._verbs.setContentsMargins(0, 0, 0, 0)
        self._verbs.setSpacing(4)
        head.addWidget(holder, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(head)
        self.line: LineField | None = None
        self._column = column
        if finding.waived is not None:
            self._say_why(desk, finding.waived, may_change)
        elif may_change:
            step = finding_step(finding.code, desk.language)
            self._verb(step, self.jump.emit, "go-there", said)
            if not stop:
                self._verb(self.tr("不改，写明理由"), self.ask, "why-not", said)
        holder.setVisible(self._verbs.count() > 0)

    def ask(self, text: str = "") -> None:
        """A line for the reason; Enter keeps it."""
        if self.line is None:
            self.line = LineField(self.tr("为什么不改"), hint=self.tr("例如：双方都要这样写"))
            self.line.setObjectName("reason")
            self._column.addWidget(self.line)
            holder = QWidget()
            row = FlowLayout(holder, gap=4)
            keep = button(self.tr("记下理由"), self._keep)
            keep.setObjectName("keep-reason")
            row.addWidget(keep)
            row.addWidget(button(self.tr("算了"), self._forget, quiet=True))
            self._column.addWidget(holder)
            self._asking = holder
            self.line.line.returnPressed.disconnect()
            self.line.line.returnPressed.connect(self._keep)
        self.line.set_value(text)
        self.line.line.setCursorPosition(len(text))
        self.line.show()
        self._asking.show()
        self.line.setFocus()
        bring_into_view(self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The verbs stand behind the sentence where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= ROOM_FOR_VERBS
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if way != self._head.direction():
            self._head.setDirection(way)

    def asked(self) -> str | None:
        """What is being written as a reason; None while nothing is asked."""
        return None if self.line is None or self.line.isHidden() else self.line.draft()

    def _keep(self) -> None:
        if self.line is None:
            return
        if not self.line.value():
            self.line.show_problem(self.tr("请写一句为什么。"))
            return
        self.reasoned.emit(self.line.value())

    def _forget(self) -> None:
        if self.line is not None:
            self.line.hide()
            self._asking.hide()

    def _say_why(self, desk: Desk, waiver: Waiver, may_change: bool) -> None:
        font = self.sentence.font()
        font.setStrikeOut(True)
        self.sentence.setFont(font)
        day = day_words(desk, waiver.on)
        text = self.tr("{name} {day}：{reason}").format(
            name=waiver.by, day=day, reason=waiver.reason
        )
        self._column.insertWidget(1, words(text.strip()))
        if may_change:
            self._verb(self.tr("收回"), self.taken_back.emit, "take-back", waiver.reason)

    def _verb(self, text: str, pressed: Callable[[], None], name: str, about: str) -> None:
        made = button(text, pressed, quiet=True)
        made.setObjectName(name)
        made.setAccessibleName(self.tr("{verb}：{about}").format(verb=text, about=about))
        self._verbs.addWidget(made)

    def _placed(self, said: str) -> str:
        parts = self.finding.place.split(".")
        if parts[0] != "clauses" or len(parts) < 2:
            return said
        number = int(parts[1]) + 1
        return self.tr("第 {number} 条：{sentence}").format(number=number, sentence=said)


class CheckerPanel(QFrame):
    """All findings on one agreement.

    Signals:
        wanted(str): the place of a finding on the case page.
        waived(Waiver): a warning may stay, for a reason.
        unwaived(Waiver): it stands again.
        looked(): the findings are those of the present words.
    """

    wanted = Signal(str)
    waived = Signal(object)
    unwaived = Signal(object)
    looked = Signal()

    def __init__(
        self, desk: Desk, *, may_change: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("checker")
        self._desk, self._may_change = desk, may_change
        self._state: Callable[[], Subject] | None = None
        self._subject: Subject | None = None
        self._asked = 0
        self._all = False
        self.findings: tuple[Finding, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.look)
        self.summary = words("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words(self.tr("打印前检查"), "group"))
        column.addWidget(self.summary)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column.addLayout(self._rows)
        self.more = button("", self._show_all, quiet=True)
        self.more.setObjectName("more-findings")
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()

    def follow(self, form: Form, state: Callable[[], Subject]) -> None:
        """Looks now, and again each time the writing of `form` pauses."""
        form.changed.connect(self._timer.start)
        self.watch(state)

    def watch(self, state: Callable[[], Subject]) -> None:
        """Looks now at what `state` says, and whenever `look` is called."""
        self._state = state
        self.look()

    def look(self) -> None:
        """Asks the checker, away from the window; an answer that came too late is dropped."""
        if self._state is None:
            return
        self._timer.stop()
        self._asked += 1
        number, practice, subject = self._asked, self._desk.practice, self._state()

        def check() -> tuple[Finding, ...]:
            from app.services.agreement_help import findings

            return findings(subject.file, subject.agreement, practice, subject.today)

        def done(found: tuple[Finding, ...]) -> None:
            if number == self._asked:
                self._subject = subject
                self._show(found)

        self._desk.jobs.run_records(self, check, done)

    def stops(self) -> tuple[Finding, ...]:
        return open_stops(self.findings)

    def warnings(self) -> tuple[Finding, ...]:
        """Those that nobody gave a reason for."""
        return open_warnings(self.findings)

    def first_open(self) -> None:
        """The cursor to the first thing that is to be done."""
        for row in self._shown_rows():
            verb = row.findChild(QWidget, "go-there")
            if verb is not None:
                verb.setFocus()
                bring_into_view(row)
                return

    def text(self) -> str:
        """All words on it, for tests and for the ear."""
        return "\n".join(one.text() for one in self.findChildren(QLabel) if not one.isHidden())

    # --- inside ---

    def _show(self, found: tuple[Finding, ...]) -> None:
        if found != self.findings or not self.summary.text():
            self.findings = found
            self._fill()
        self.looked.emit()

    def _fill(self) -> None:
        asked = {row.finding.mark: text for row in self._shown_rows() if (text := row.asked())}
        open_first = sorted(self.findings, key=lambda one: one.waived is not None)
        shown = open_first if self._all else open_first[:SHOWN]
        empty(self._rows)
        for finding in shown:
            row = _FindingRow(self._desk, finding, self._may_change)
            row.jump.connect(lambda one=finding: self._jump(one))
            row.reasoned.connect(lambda why, one=finding: self.waived.emit(waiver_of(one, why)))
            row.taken_back.connect(lambda one=finding: self.unwaived.emit(one.waived))
            self._rows.addWidget(row)
            if finding.mark in asked and finding.waived is None:
                row.ask(asked[finding.mark])
        left = len(open_first) - len(shown)
        self.more.setText(self.tr("再看 {count} 处").format(count=left))
        self.more.setVisible(left > 0)
        self.summary.setText(self._summed_up())

    def _summed_up(self) -> str:
        stops, warnings = len(self.stops()), len(self.warnings())
        reasons = len(self.findings) - stops - warnings
        said = []
        if stops:
            said.append(self.tr("{count} 处必须改").format(count=stops))
        if warnings:
            said.append(self.tr("{count} 处要改或者写明理由").format(count=warnings))
        if reasons:
            said.append(self.tr("{count} 处已写明理由").format(count=reasons))
        if not said:
            return self.tr("没有发现要改的地方。")
        return self.tr("，").join(said)

    def _jump(self, finding: Finding) -> None:
        if self._subject is not None:
            self.wanted.emit(target_of(finding, self._subject.agreement))

    def _shown_rows(self) -> list[_FindingRow]:
        items = (self._rows.itemAt(at) for at in range(self._rows.count()))
        found = (item.widget() for item in items if item is not None)
        return [one for one in found if isinstance(one, _FindingRow)]

    def _show_all(self) -> None:
        self._all = True
        self._fill()
        self.first_open()
