"""The page *Waiting*. It shows what the journal says and nothing else: no forecast, no progress
that nobody measured.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ids import RecordId
from app.services.lines import Change, Delivery, WaitingLine
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.problems import next_step, sentence_of_code
from app.ui.runtime.texts import act_name, delivery_name
from app.ui.waiting.actions import Tail, read_tail
from app.ui.widgets.frame import Banner, Chip, EmptyState, Page, button, words
from app.ui.widgets.sizes import size_words
from app.ui.widgets.tables import Column, LinesModel, LinesView


class Workspace(QWidget):
    """The journal's tail: what happened in which case, when, how large, how far, and why not.

    `focus_target` takes the number of an entry.
    """

    key = "waiting"
    icon_name = "waiting"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = ""
        self.model: LinesModel[WaitingLine] = LinesModel(self._columns(), self)
        self.table = LinesView("waiting", self.tr("待上报的记录"), desk.preferences)
        self.table.show_model(self.model)
        self.table.current.connect(self._show_line)
        self.table.opened.connect(self._open)
        self.total = words("", "muted")
        self.empty = EmptyState("done", "")
        self.empty.pressed.connect(lambda: desk.go("settings", "county"))
        self.detail = _Detail(desk)
        self.detail.setVisible(False)
        self._both = QSplitter(Qt.Orientation.Vertical)
        self._both.addWidget(self.table)
        self._both.addWidget(self.detail)
        self._both.setStretchFactor(0, 1)
        self._both.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.empty)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.total)
        column.addWidget(self._stack, 1)
        self.page = Page(self.title(), content)
        self.send = self.page.add_action(
            self.tr("立即上报"), desk.office.send_now, icon_name="send", main=True
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)
        desk.changes.happened.connect(self._something_changed)
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
        """Reads the tail again."""
        self._desk.jobs.run(self, read_tail, self._show)

    def _columns(self) -> list[Column[WaitingLine]]:
        language = self._desk.language

        def delivery(line: WaitingLine) -> str:
            return delivery_name(line.delivery, language)

        def about(line: WaitingLine) -> str:
            return line.case_title or "—"

        def act(line: WaitingLine) -> str:
            return act_name(line.act, language)

        def when(line: WaitingLine) -> str:
            return f"{line.at.astimezone():%Y-%m-%d %H:%M}"

        def size(line: WaitingLine) -> str:
            return size_words(line.size)

        return [
            Column("act", self.tr("做了什么"), act, width=200, strong=True),
            Column("case", self.tr("案件"), about, width=280, elastic=True),
            Column("at", self.tr("时间"), when, sort_key=lambda line: line.at, width=150),
            Column(
                "size", self.tr("大小"), size, sort_key=lambda line: line.size, width=90, right=True
            ),
            Column("delivery", self.tr("到哪一步"), delivery, width=120),
        ]

    def _show(self, tail: Tail) -> None:
        chosen = self.table.currentIndex().row()
        needy = [line for line in tail.lines if line.delivery is Delivery.ATTENTION]
        others = [line for line in tail.lines if line.delivery is not Delivery.ATTENTION]
        self.model.set_lines([*needy, *others])
        size = sum(line.size for line in tail.lines)
        text = self.tr("共 {n} 条，{size}").format(n=len(tail.lines), size=size_words(size))
        if needy:
            text += self.tr("；其中 {n} 条需要处理，排在最前面").format(n=len(needy))
        self.total.setText(text if tail.lines else "")
        self.total.setVisible(bool(tail.lines))
        self._stack.setCurrentIndex(0 if tail.lines else 1)
        self.send.setVisible(tail.status.enrolled)
        self._say_empty(tail)
        self._tell_enrolment(tail)
        if tail.lines and 0 <= chosen < len(tail.lines):
            self.table.choose_row(chosen)
        elif needy:
            self.table.choose_row(0)
        else:
            self.detail.setVisible(False)
        self._go_to_wanted()

    def _say_empty(self, tail: Tail) -> None:
        if tail.status.enrolled:
            self.empty.set_text(self.tr("没有待上报的。县局的回执都齐了。"))
            self.empty.button.hide()
        else:
            self.empty.set_text(
                self.tr(
                    "这台电脑还没有登记到县局，记录都只保存在本机。登记以后，"
                    "这里会看到哪些已报、哪些没报。"
                )
            )
            self.empty.button.setText(self.tr("去登记"))
            self.empty.button.show()

    def _tell_enrolment(self, tail: Tail) -> None:
        if tail.status.enrolled or not tail.lines:
            self.page.clear_banner()
            return
        banner = Banner(
            "info",
            self.tr("这台电脑还没有登记到县局，下面这些都只在本机。登记以后会自动上报。"),
            self.tr("去登记"),
        )
        banner.pressed.connect(lambda: self._desk.go("settings", "county"))
        self.page.show_banner(banner)

    def _show_line(self, line: WaitingLine | None) -> None:
        self.detail.show_line(line)
        self.detail.setVisible(line is not None)

    def _open(self, line: WaitingLine) -> None:
        if line.case_id:
            self._desk.open_case(line.case_id)

    def _go_to_wanted(self) -> None:
        row = self.model.row_of(lambda line: str(line.seq) == self._wanted) if self._wanted else -1
        if row >= 0:
            self._wanted = ""
            self.table.choose_row(row)

    def _something_changed(self, change: Change) -> None:
        del change
        self.reload()


class _Detail(QWidget):
    """The chosen entry in words: state, reason, and the way on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._case: RecordId | None = None
        self.chip = Chip("")
        self.text = words("")
        self.open = button(self.tr("打开案件"), self._go, icon_name="cases")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(row)
        column.addStretch(1)

    def show_line(self, line: WaitingLine | None) -> None:
        if line is None:
            return
        language = self._desk.language
        self._case = line.case_id
        needy = line.delivery is Delivery.ATTENTION
        self.chip.set(delivery_name(line.delivery, language), "attention" if needy else "neutral")
        if line.problem:
            self.text.setText(sentence_of_code(line.problem, language))
        elif line.delivery is Delivery.WAITING:
            self.text.setText(
                self.tr(
                    "已保存在本机，还没有收到县局的回执。有网络时会自动上报，"
                    "重复上报也不会变成两条。"
                )
            )
        elif line.delivery is Delivery.SENDING:
            self.text.setText(self.tr("正在上报，收到县局签了章的回执才算已收。"))
        else:
            self.text.setText(self.tr("已保存在本机。"))
        self.open.setText(
            (next_step(line.problem, language) if line.problem else "") or self.tr("打开案件")
        )
        self.open.setVisible(line.case_id is not None)

    def _go(self) -> None:
        if self._case:
            self._desk.open_case(self._case)
