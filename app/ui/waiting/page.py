"""The page *Waiting*: what waits, how much and how long, what is being sent, and what needs a
person. It shows what journal, receipts and a measured line say, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.problems import Refused
from app.services.identities import NO_LONGER_HEARD
from app.services.lines import Change, Delivery, SyncStatus, WaitingLine
from app.ui.runtime.county_words import delivery_tip, taken_in_words
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.moments import moment_text
from app.ui.runtime.problems import sentence_of_code
from app.ui.runtime.texts import delivery_name
from app.ui.waiting.actions import Tail, read_tail, try_again
from app.ui.waiting.detail import Detail
from app.ui.waiting.sayings import next_try_words, right_now, what_words, whose_words
from app.ui.waiting.stick import StickWork
from app.ui.waiting.summary import Summary
from app.ui.widgets.frame import Banner, EmptyState, Page, ScrollColumn
from app.ui.widgets.sizes import size_words
from app.ui.widgets.tables import Column, LinesModel, LinesView

TIME_PASSES_MS = 20_000
_NOTHING = Tail((), SyncStatus(enrolled=False))


class Workspace(QWidget):
    """The journal's tail and the files: what, in which case, when, how large, how far, why not.

    `focus_target` takes the number of an entry.
    """

    key = "waiting"
    icon_name = "waiting"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = ""
        self._reading = self._stale = False
        self._tail = _NOTHING
        self._under_way = (False, False)
        self._shown: WaitingLine | None = None
        self._banner_said: tuple[str, str, str, Callable[[], None] | None] | None = None
        self._said: tuple[str, str] | None = None  # what came of a stick, until it is taken off
        self.sending = desk.office.sending
        self.model: LinesModel[WaitingLine] = LinesModel(self._columns(), self)
        self.table = LinesView("waiting", self.tr("待上报的记录和文件"), desk.preferences)
        self.table.show_model(self.model)
        self.table.current.connect(self._show_line)
        self.table.opened.connect(self._open)
        self.summary = Summary(self.sending)
        self.stick = StickWork(desk, self.summary.stick, self)
        self.stick.told.connect(self._tell_of_stick)
        self.empty = EmptyState("done", "")
        self.empty.pressed.connect(self._go_to_county)
        self.detail = Detail(desk)
        self.detail.try_wanted.connect(self._try_again)
        self.detail.stick_wanted.connect(self.stick.choose_folder)
        self.detail.settled.connect(self.reload)
        self.page = Page(self.title(), self._content())
        self.read_answer = self.page.add_action(
            self.tr("读U盘回执…"), self.stick.choose_answer, icon_name="inbox"
        )
        self.to_stick = self.page.add_action(
            self.tr("放到U盘…"), self.stick.choose_folder, icon_name="usb"
        )
        self.send = self.page.add_action(
            self.tr("立即上报"), desk.office.send_now, icon_name="send", main=True
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)
        self._time_passes = QTimer(self, interval=TIME_PASSES_MS)
        self._time_passes.timeout.connect(self._show_head)
        self._time_passes.start()
        desk.changes.happened.connect(self._something_changed)
        self.sending.moved.connect(self._something_moved)
        self.reload()

    def title(self) -> str:
        return self.tr("待上报")

    def focus_target(self, target: str) -> None:
        """Goes to an entry by its number."""
        self._wanted = target
        self._go_to_wanted()

    @override
    def find(self) -> None:  # type: ignore[override]  # the shell's verb, not Qt's static find
        """Ctrl+F."""
        self.table.setFocus()

    def reload(self) -> None:
        """Reads the tail again; once more at the end, if that was asked for meanwhile."""
        self._stale = self._reading
        if self._reading:
            return
        self._reading = True
        self._desk.jobs.run(self, read_tail, self._read, self._not_read)

    def delivery_of(self, line: WaitingLine) -> Delivery:
        """How far a line is at this moment: under way only while a contact is."""
        if line.delivery is Delivery.WAITING and self.sending.sends(file=bool(line.file)):
            return Delivery.SENDING
        return line.delivery

    # --- how it looks ---

    def _content(self) -> QWidget:
        self.below = ScrollColumn(self.detail)
        self.below.setVisible(False)
        self._both = QSplitter(Qt.Orientation.Vertical)
        self._both.addWidget(self.table)
        self._both.addWidget(self.below)
        self._both.setStretchFactor(0, 1)
        self._both.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.empty)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self._stack, 1)
        return content

    def _columns(self) -> list[Column[WaitingLine]]:
        language = self._desk.language

        def delivery(line: WaitingLine) -> str:
            return delivery_name(self.delivery_of(line), language)

        def tip(line: WaitingLine) -> str:
            return delivery_tip(self.delivery_of(line))

        def about(line: WaitingLine) -> str:
            return whose_words(line, self._tail.names) or "—"

        def what(line: WaitingLine) -> str:
            return what_words(line, language)

        def when(line: WaitingLine) -> str:
            return moment_text(line.at)

        def size(line: WaitingLine) -> str:
            return size_words(line.size) if line.size else ""

        return [
            Column("act", self.tr("是什么"), what, width=220, strong=True),
            Column("case", self.tr("案件"), about, width=280, elastic=True),
            Column("at", self.tr("时间"), when, sort_key=lambda line: line.at, width=150),
            Column(
                "size", self.tr("大小"), size, sort_key=lambda line: line.size, width=90, right=True
            ),
            Column("delivery", self.tr("到哪一步"), delivery, width=120, tip_of=tip),
        ]

    # --- what is read ---

    def _read(self, tail: Tail) -> None:
        self._reading = False
        self._show(tail)
        if self._stale:
            self.reload()

    def _not_read(self, refusal: Refused) -> None:
        self._reading = False
        self._desk.show_problem(refusal)

    def _show(self, tail: Tail) -> None:
        before = self.table.lines_model().line_at(self.table.currentIndex().row())
        self._tail = tail
        self.model.set_lines(tail.lines)
        self._stack.setCurrentIndex(0 if tail.lines else 1)
        for one in (self.to_stick, self.read_answer):
            one.setVisible(tail.status.enrolled)
        heard = tail.status.trouble not in NO_LONGER_HEARD
        self.send.setVisible(tail.status.enrolled and heard)  # otherwise one thing is to be done
        self._say_empty(tail.status)
        self._show_head()
        self._choose(before)
        self._go_to_wanted()

    def _choose(self, before: object) -> None:
        """The line that was chosen stays chosen; otherwise the first that needs a person."""
        row = -1
        if isinstance(before, WaitingLine):
            row = self.model.row_of(lambda line: _same(line, before))
        lines = self._tail.lines
        if row < 0 and lines and lines[0].delivery is Delivery.ATTENTION:
            row = 0
        if row < 0:
            self.table.clearSelection()
            self._show_line(None)
            return
        self.table.choose_row(row)
        self._show_line(self.model.line_at(row))

    def _say_empty(self, status: SyncStatus) -> None:
        self.empty.button.setVisible(not status.enrolled)
        if not status.enrolled:
            self.empty.set_text(
                self.tr(
                    "这台电脑还没有登记到县局，记录都只保存在本机。登记以后，"
                    "这里会看到哪些已报、哪些没报。"
                )
            )
            self.empty.button.setText(self.tr("去登记"))
        elif status.last_contact is None:
            self.empty.set_text(self.tr("没有待上报的。"))
        else:
            self.empty.set_text(self.tr("没有待上报的。县局的回执都齐了。"))

    def _show_head(self) -> None:
        self.summary.show_status(self._tail.status)
        self.send.setEnabled(not self.sending.under_way)
        self._show_banner()

    def _show_banner(self) -> None:
        """One at a time, and the same one stays: whoever reads it or is at its button is not
        disturbed.
        """
        said = self._banner_words()
        if said == self._banner_said:
            return
        self._banner_said = said
        if said is None:
            self.page.clear_banner()
            return
        kind, text, verb, pressed = said
        banner = Banner(kind, text, verb)
        if pressed is not None:
            banner.pressed.connect(pressed)
        self.page.show_banner(banner)

    def _banner_words(self) -> tuple[str, str, str, Callable[[], None] | None] | None:
        """What came of a stick, that nothing can be sent yet, or the last trouble with its next
        step.
        """
        status = self._tail.status
        if self._said is not None:
            return (*self._said, self.tr("知道了"), self._forget_stick)
        if not status.enrolled and self._tail.lines:
            text = self.tr("这台电脑还没有登记到县局，下面这些都只在本机。登记以后会自动上报。")
            return "info", text, self.tr("去登记"), self._go_to_county
        if self.sending.under_way:
            return None
        if self._tail.taken_in:
            return "info", taken_in_words(), "", None  # the page's main verb goes on
        if status.trouble in NO_LONGER_HEARD:
            text = sentence_of_code(status.trouble, self._desk.language)
            return "problem", text, self.tr("重新登记"), self._go_to_code
        if status.trouble:
            text = sentence_of_code(status.trouble, self._desk.language)
            return "problem", text + next_try_words(status, right_now()), "", None
        return None

    def _show_line(self, line: WaitingLine | None) -> None:
        self.below.setVisible(line is not None)
        if line is None:
            self._shown = None
            return
        tail = self._tail
        self.detail.show_line(line, self.delivery_of(line), tail.conflicts, tail.names)
        if self._shown is None or not _same(self._shown, line):
            self._shown = line
            QTimer.singleShot(0, self, self._give_room)  # when its words are laid out

    def _give_room(self) -> None:
        """As much as the chosen line needs; two values side by side more than the list."""
        if self._shown is None:
            return
        whole = self._both.height()
        needed = self.detail.heightForWidth(max(self.below.viewport().width(), 1)) + 8
        most = whole * 3 // 4 if self.detail.card is not None else whole // 2
        below = min(needed, most)
        self._both.setSizes([whole - below, below])

    def _go_to_wanted(self) -> None:
        row = self.model.row_of(lambda line: str(line.seq) == self._wanted) if self._wanted else -1
        if row >= 0:
            self._wanted = ""
            self.table.choose_row(row)

    # --- what happens ---

    def _something_changed(self, change: Change) -> None:
        del change
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _something_moved(self) -> None:
        """The contact: its bar, and the word of what is on its way just now."""
        self.send.setEnabled(not self.sending.under_way)
        under_way = self.sending.sends(file=False), self.sending.sends(file=True)
        if self._under_way != under_way:
            self._under_way = under_way
            last = self.model.columnCount() - 1
            rows = self.model.rowCount()
            if rows:
                self.model.dataChanged.emit(
                    self.model.index(0, last), self.model.index(rows - 1, last)
                )
                self._show_line(self.model.line_at(self.table.currentIndex().row()))
        if self.sending.progress is None:
            self._show_banner()

    def _open(self, line: WaitingLine) -> None:
        self._show_line(line)
        self.detail.go()

    def _try_again(self, digest: str) -> None:
        self._desk.jobs.run(
            self,
            lambda unit: try_again(unit, [digest]),
            lambda _none: self._desk.office.send_now(),
        )

    def _tell_of_stick(self, kind: str, text: str) -> None:
        self._said = kind, text
        self._show_banner()
        self.reload()

    def _forget_stick(self) -> None:
        self._said = None
        self._show_banner()

    def _go_to_county(self) -> None:
        self._desk.go("settings", "county")

    def _go_to_code(self) -> None:
        self._desk.go("settings", "county.code")


def _same(one: WaitingLine, other: WaitingLine) -> bool:
    return (one.seq, one.file, one.hash) == (other.seq, other.file, other.hash)
