"""The laptops of the villages in one table, worst first: who was last heard of when, what waits
there, whose clock is wrong. To be read only; a telephone does the rest.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.services.laptops import ACTIVE, LOST, REVOKED, LaptopLine, Laptops
from app.ui.review import actions
from app.ui.runtime.county_words import ago_words, difference_words
from app.ui.runtime.desk import Desk
from app.ui.runtime.moments import moment_text
from app.ui.widgets.clock_words import off_words
from app.ui.widgets.frame import EmptyState, icon, words
from app.ui.widgets.search import matches, search_words
from app.ui.widgets.sizes import size_words
from app.ui.widgets.tables import Column, LinesModel, LinesView

SEARCH_AFTER_MS = 200
_CLOCK_WRONG_MS = 10 * 60 * 1000
_NEVER = float("-inf")


class LaptopsPane(QWidget):
    """Search, table, and when the county told it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self.laptops: Laptops | None = None
        self.told = words("", "muted")
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("人、调委会、拼音"))
        self.search.setAccessibleName(self.tr("在各村电脑里找"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._wait = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._wait.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _: self._wait.start())
        self.model: LinesModel[LaptopLine] = LinesModel(self._columns(), self)
        self.table = LinesView("laptops", self.tr("各村电脑"), desk.preferences, whole_headers=True)
        self.table.show_model(self.model)
        self.table.sort_wanted.connect(self._sort)
        self._sorted: tuple[str, bool] | None = None
        self.none = EmptyState("waiting", "")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        for one in (self.told, self.search):
            column.addWidget(one)
        column.addLayout(self._stack, 1)

    def refresh(self) -> None:
        """Reads the list again; a late answer is dropped."""
        self._asked += 1
        number = self._asked

        def arrived(laptops: Laptops) -> None:
            if number == self._asked:
                self.show_laptops(laptops)

        self._desk.jobs.run(self, actions.read_laptops(), arrived)

    def show_laptops(self, laptops: Laptops) -> None:
        self.laptops = laptops
        self.told.setText(self._told_words(laptops))
        self._filter()

    # --- inside ---

    def _filter(self) -> None:
        """What fits the search, in the order that was chosen; worst first before that."""
        self._wait.stop()
        laptops = self.laptops
        if laptops is None:
            return
        chosen = [line.device for line in self.table.chosen_lines()]
        wanted = self.search.text().strip().lower()
        lines = [one for one in laptops.lines if matches(wanted, _found_by(one))]
        self.model.set_lines(lines)
        if self._sorted is not None:
            self._sort(*self._sorted)
        row = self.model.row_of(lambda line: line.device in chosen)
        if row >= 0:
            self.table.choose_row(row)
        self._stack.setCurrentWidget(self.table if lines else self.none)
        if wanted:
            self.none.set_text(self.tr("没有找到。清空上面的搜索，就能看到所有的电脑。"))
        else:
            self.none.set_text(self.tr("县局还没有告诉这里有哪些电脑。和县局联系一次以后再来看。"))

    def _sort(self, name: str, descending: bool) -> None:
        self._sorted = name, descending
        at = next(at for at, one in enumerate(self.model.columns) if one.name == name)
        key = self.model.columns[at].sort_key or self.model.columns[at].text_of
        self.model.set_lines(sorted(self.model.lines(), key=key, reverse=descending))

    def _told_words(self, laptops: Laptops) -> str:
        if laptops.told_at is None:
            return ""
        when = moment_text(laptops.told_at)
        text = self.tr("共 {n} 台，要看看的排在前面。县局 {when}（{ago}）告诉的。")
        ago = ago_words(laptops.told_at, laptops.now)
        return text.format(n=len(laptops.lines), when=when, ago=ago)

    def _columns(self) -> list[Column[LaptopLine]]:
        def moment(at: datetime | None) -> float:
            return at.timestamp() if at else _NEVER

        return [
            Column(
                "person",
                self.tr("谁"),
                lambda line: line.person or "—",
                width=88,
                least=72,
                strong=True,
            ),
            Column(
                "committee",
                self.tr("调委会"),
                lambda line: line.committee or "—",
                width=200,
                elastic=True,
            ),
            Column(
                "state",
                self.tr("状态"),
                self._state,
                sort_key=lambda line: line.rank,
                width=104,
                least=104,
                tip_of=self._state_tip,
            ),
            Column(
                "contact",
                self.tr("上次联系"),
                self._contact,
                sort_key=lambda line: moment(line.last_contact),
                width=172,
                tip_of=self._contact_tip,
            ),
            Column(
                "waiting",
                self.tr("没报的"),
                self._waiting,
                sort_key=lambda line: (line.waiting_bytes, line.waiting),
                width=120,
                title_tip=self.tr("还没有报到县局的文字和文件"),
                tip_of=self._waiting_tip,
            ),
            Column(
                "oldest",
                self.tr("最早等了"),
                self._oldest,
                sort_key=lambda line: -moment(line.oldest_waiting),
                width=92,
                title_tip=self.tr("没报的里面最早的已经等了多久"),
            ),
            Column(
                "refused",
                self.tr("没采用的"),
                lambda line: self.tr("{n} 条").format(n=line.refused) if line.refused else "",
                sort_key=lambda line: line.refused,
                width=88,
                title_tip=self.tr("县局收到了、没有采用的条数"),
                right=True,
            ),
            Column(
                "clock",
                self.tr("钟"),
                self._clock,
                sort_key=lambda line: abs(line.clock_error_ms or 0),
                width=120,
                title_tip=self.tr("这台电脑的钟比县局的快还是慢"),
            ),
            Column("app", self.tr("版本"), lambda line: line.app, width=72, spare=True),
        ]

    def _state(self, line: LaptopLine) -> str:
        return {
            ACTIVE: self.tr("在用"),
            REVOKED: self.tr("已停用"),
            LOST: self.tr("报失"),
        }.get(line.state, self.tr("停住了"))

    def _state_tip(self, line: LaptopLine) -> str:
        return {
            ACTIVE: self.tr("在用"),
            REVOKED: self.tr("县局停用了这台电脑，它写的不再收。"),
            LOST: self.tr("这台电脑报了失，它写的不再收。"),
        }.get(line.state, self.tr("这台电脑的记录前后对不上，县局先停住了，请县局管理员看看。"))

    def _contact(self, line: LaptopLine) -> str:
        if line.last_contact is None:
            return self.tr("联系没完成") if line.begun else self.tr("还没联系过")
        ago = ago_words(line.last_contact, self._now())
        return self.tr("{ago}，后来没完成").format(ago=ago) if line.begun else ago

    def _contact_tip(self, line: LaptopLine) -> str:
        if line.last_contact is None:
            return self._contact(line)
        text = self.tr("上次联系：{when}").format(when=moment_text(line.last_contact))
        if line.begun:
            text += self.tr("；后来又开了头，没有完成，多半是网络断了。")
        return text

    def _waiting(self, line: LaptopLine) -> str:
        if not line.waiting and not line.waiting_files:
            return ""
        count = line.waiting + line.waiting_files
        return self.tr("{n} 件，{size}").format(n=count, size=size_words(line.waiting_bytes))

    def _waiting_tip(self, line: LaptopLine) -> str:
        text = self.tr("上次联系时它说：还有 {entries} 条文字、{files} 个文件没报。")
        return text.format(entries=line.waiting, files=line.waiting_files)

    def _oldest(self, line: LaptopLine) -> str:
        if line.oldest_waiting is None:
            return ""
        minutes = max(0, int((self._now() - line.oldest_waiting).total_seconds() // 60))
        return difference_words(minutes).strip()

    def _clock(self, line: LaptopLine) -> str:
        error = line.clock_error_ms
        if error is None:
            return ""
        if abs(error) <= _CLOCK_WRONG_MS:
            return self.tr("准")
        return off_words(error)

    def _now(self) -> datetime:
        assert self.laptops is not None
        return self.laptops.now


def _found_by(line: LaptopLine) -> str:
    return f"{search_words(line.person)} {search_words(line.committee)}"
