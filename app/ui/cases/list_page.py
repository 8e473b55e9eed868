"""The case list.

All keys at once, lines a page at a time, sorted and filtered by the store. Painting never waits.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ids import RecordId
from app.services.lines import CaseLine, CaseQuery, Change
from app.ui.cases.filters import FilterBar
from app.ui.cases.list_lights import ListLights
from app.ui.cases.list_model import SORT_OF, CasesModel
from app.ui.cases.listing import Listing, list_cases, list_lines
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.frame import EmptyState, Page, button
from app.ui.widgets.tables import LinesView

SHOWN_KINDS = frozenset(
    {"case", "party", "person", "organisation", "agreement", "review", "submission", "delivery"}
)

BESIDE = {"parties": 190, "stage": 100}  # the columns that have room beside an open case, in px


class ListPage(Page):
    """The list with search and filters.

    Signals:
        opened(CaseLine): a case is to be shown.
        new_wanted(): a new dispute is to be registered.
        oral_wanted(): an oral case is to be put down.
    """

    opened = Signal(object)
    new_wanted = Signal()
    oral_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("案件"), parent=parent)
        self._desk = desk
        self._query = CaseQuery()
        self._asked = 0
        self._narrow = False
        self._seen: RecordId | None = None
        self.model = CasesModel(desk)
        self.model.setParent(self)
        self.model.wanted.connect(self._fetch)
        self.filters = FilterBar(desk)
        self.filters.changed.connect(self.ask)
        self.view = LinesView("cases", self.tr("案件列表"), desk.preferences)
        self.view.show_model(self.model)
        self.lights = ListLights(desk, self.model, self.view)
        self.view.opened.connect(self.opened)
        self.view.clicked.connect(lambda index: self._open_row(index.row()))
        self.view.sort_wanted.connect(self._sort)
        self.filters.down.connect(self._into_list)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._build()
        desk.changes.happened.connect(self._changed)

    # --- what is shown ---

    def ask(self) -> None:
        """Asks the store again; an answer that is not the newest is dropped."""
        self._asked += 1
        number = self._asked
        query = self._query = self.filters.query(self._query)

        def done(found: Listing) -> None:
            if number == self._asked:
                self._show(found)

        self._desk.jobs.look(self, list_cases(query), done)

    @override
    def find(self) -> None:  # type: ignore[override]  # the shell's verb, not Qt's static find
        """Ctrl+F: into the search box."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def remember(self, case_id: RecordId) -> None:
        """The case that the page shows: its line is marked now and after every sorting."""
        self._seen = case_id
        self.mark_open(case_id)

    def mark_open(self, case_id: RecordId) -> None:
        """The case that the page shows is the current line, if its line is here."""
        row = self.model.row_of(lambda line: line.id == case_id)
        if row >= 0 and self.view.currentIndex().row() != row:
            self.view.choose_row(row)

    def narrow(self, narrow: bool) -> None:
        """Beside an open case only the first columns have room.

        Hidden ones come back with the room.
        """
        if narrow == self._narrow:
            return
        self._narrow = narrow
        hidden = self._hidden_by_hand()
        widths = {}
        for index, column in enumerate(self.model.columns):
            beside = narrow and column.name not in BESIDE
            self.view.setColumnHidden(index, beside or column.name in hidden)
            widths[index] = BESIDE.get(column.name, 0) if narrow else column.width
        self.view.set_widths(widths)
        self._words.setVisible(not narrow)
        self.title_label.setVisible(not narrow)
        self.filters.narrow(narrow)

    # --- inside ---

    def _build(self) -> None:
        self.oral_button = self.add_action(
            self.tr("口头小案"), self.oral_wanted.emit, icon_name="message"
        )
        self.new_button = self.add_action(
            self.tr("登记新纠纷"), self.new_wanted.emit, icon_name="plus", main=True
        )
        self.oral_button.setToolTip(self.tr("口头小案一页办完（Ctrl+Shift+N）"))
        self.new_button.setToolTip(self.tr("登记新纠纷（Ctrl+N）"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filters)
        column.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        self._words = QLabel(self.tr("回车打开 · Ctrl+C 复制选中的行 · 右键点表头选列"))
        self._words.setProperty("role", "muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot.addWidget(self._words, 1)
        column.addLayout(foot)
        self.set_content(content)

    # Both are made when they are first shown: most lists are not empty, and the start is short.

    @cached_property
    def nothing(self) -> EmptyState:
        """No case matches."""
        state = EmptyState("search", self.tr("没有找到这样的案件。"), self.tr("清除筛选"))
        state.pressed.connect(self.filters.clear)
        self.stack.addWidget(state)
        return state

    @cached_property
    def welcome(self) -> EmptyState:
        """There is no case at all yet."""
        state = EmptyState(
            "handshake", self.tr("这里还没有案件。从第一件开始吧。"), self.tr("登记新纠纷")
        )
        state.pressed.connect(self.new_wanted)
        oral = button(self.tr("口头小案一页办完"), self.oral_wanted.emit)
        oral.setObjectName("first-oral")
        column = state.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, oral, 0, Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(state)
        return state

    def _show(self, found: Listing) -> None:
        keys = found.keys
        self.model.set_keys(keys, [(line.key, line) for line in found.lines], keep=True)
        empty = self.nothing if self.filters.narrows() else self.welcome
        self.stack.setCurrentWidget(self.view if keys else empty)
        self.filters.setVisible(bool(keys) or self.filters.narrows())
        self._count.setText(self.tr("共 %n 件", "", len(keys)) if keys else "")
        if self._seen is not None:
            self.mark_open(self._seen)

    def _fetch(self, keys: list[int]) -> None:
        def done(lines: tuple[CaseLine, ...]) -> None:
            self.model.put_lines([(line.key, line) for line in lines])

        self._desk.jobs.look(self, list_lines(keys), done)

    def _sort(self, name: str, descending: bool) -> None:
        if name in SORT_OF:
            self._query = replace(self._query, sort=SORT_OF[name], descending=descending)
            self.ask()

    def _changed(self, change: Change) -> None:
        if change.kinds & SHOWN_KINDS:
            self.ask()

    def _open_row(self, row: int) -> None:
        line = self.model.line_at(row)
        if line is not None and len(self.view.chosen_lines()) == 1:
            self.opened.emit(line)

    def _into_list(self) -> None:
        if self.model.rowCount():
            self.view.setFocus()
            if not self.view.currentIndex().isValid():
                self.view.choose_row(0)

    def _hidden_by_hand(self) -> set[str]:
        return set(self._desk.preferences.get(f"columns.{self.view.name}").split(","))
