"""The workspace *Review*: files under review at the left, one file at the right; in a narrow window
one at a time. For who supervises, beside it, how things stand with the villages' laptops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.domain.ids import RecordId
from app.domain.problems import Refused
from app.domain.reviews import ReviewState
from app.services.handovers import SUPERVISING
from app.services.lines import CaseLine, Change
from app.ui.review import actions
from app.ui.review.laptops_pane import LaptopsPane
from app.ui.review.queue_pane import QueuePane
from app.ui.review.view import FileView, Queue
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.frame import EmptyState

if TYPE_CHECKING:
    from app.ui.review.file_page import FilePage

NARROW = 1100  # px of the window; below it the list gives way
LIST_SHARE, PAGE_SHARE = 2, 3
FILES, LAPTOPS = 0, 1


class Workspace(QWidget):
    """Files under review.

    `focus_target` takes ``case:<id>``, a review state such as ``returned``, or ``laptops``.
    """

    key = "review"
    icon_name = "review"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.page: FilePage | None = None
        self.list = QueuePane(desk)
        self.list.chosen.connect(self._chosen)
        self.list.arrived.connect(self._show_words)
        self.nothing = EmptyState("review", "")
        self._right = QStackedWidget()
        self._right.addWidget(self.nothing)
        files = QWidget()
        row = QHBoxLayout(files)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list, LIST_SHARE)
        row.addWidget(self._right, PAGE_SHARE)
        self.laptops: LaptopsPane | None = None
        self._supervises = False
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("审核里的几页"))
        for text in (self.tr("卷宗"), self.tr("各村电脑")):
            self.tabs.addTab(text)
        self.tabs.hide()
        self.tabs.currentChanged.connect(self._turn)
        self._pages = QStackedWidget()
        self._pages.addWidget(files)
        above = QHBoxLayout()
        above.setContentsMargins(24, 0, 24, 0)
        # All the room there is: with just its own it scrolls for want of a pixel.
        above.addWidget(self.tabs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self._pages, 1)
        desk.changes.happened.connect(self._something_changed)
        self._show_words(Queue())

    def title(self) -> str:
        return self.tr("审核")

    def focus_target(self, target: str) -> None:
        """Shows one file, or the files of one state."""
        kind, _, identity = target.partition(":")
        if kind == "case" and identity:
            self.open_file(RecordId(identity))
        elif target == "laptops":
            self.tabs.setCurrentIndex(LAPTOPS)
            return
        elif target in set(ReviewState):
            self.list.show_state(target)
        if target:
            self.tabs.setCurrentIndex(FILES)

    @override
    def find(self) -> None:  # type: ignore[override]  # the shell's verb, not Qt's static find
        """Ctrl+F."""
        if self.laptops is not None and self._pages.currentWidget() is self.laptops:
            self.laptops.search.setFocus()
            self.laptops.search.selectAll()
            return
        if self.list.isHidden():
            self.close_page()
        self.list.search.setFocus()
        self.list.search.selectAll()

    def open_file(self, case_id: RecordId) -> None:
        """Reads a file and shows it."""
        work = actions.read_file(case_id, self._desk.practice)
        self._desk.jobs.run(self, work, self._show)

    def close_page(self) -> None:
        """Back to the list alone; words not yet given are kept."""
        page, self.page = self.page, None
        if page is not None:
            page.leave()
            self._right.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.list.table.clearSelection()
        self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._refresh()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _chosen(self, line: CaseLine) -> None:
        if self.page is None or self.page.case_id != line.id:
            self.open_file(line.id)

    def _show(self, view: FileView) -> None:
        self.close_page()
        from app.ui.review.file_page import FilePage  # late: the list comes first

        page = FilePage(self._desk, view)
        page.back.connect(self.close_page)
        page.decided.connect(self._refresh)
        self.page = page
        self._right.addWidget(page)
        self._right.setCurrentWidget(page)
        self.list.mark(page.case_id)
        self._arrange()

    def _something_changed(self, change: Change) -> None:
        del (
            change
        )  # receipts and remarks come with any kind of record; both lists are cheap to read
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def _refresh(self) -> None:
        self.list.refresh()
        if self.laptops is not None:
            self.laptops.refresh()
        if self.page is not None:
            work = actions.read_file(self.page.case_id, self._desk.practice)
            self._desk.jobs.run(self.page, work, self.page.show_file, _gone)

    def _turn(self, tab: int) -> None:
        """Files, or the laptops of the villages; those are read when they are first looked at."""
        if tab == LAPTOPS and self.laptops is None:
            self.laptops = LaptopsPane(self._desk)
            self._pages.addWidget(self.laptops)
            self.laptops.refresh()
        self._pages.setCurrentIndex(tab)
        self._arrange()

    def _show_words(self, queue: Queue) -> None:
        self._supervises = queue.role in SUPERVISING
        if not self._supervises:
            self.tabs.setCurrentIndex(FILES)
        self._arrange()
        if queue.supervises:
            self.nothing.set_text(self.tr("从左边选一个卷，就在这里看卷、写意见。"))
        else:
            self.nothing.set_text(self.tr("从左边选一个卷，就在这里看审核人写了什么。"))

    def _arrange(self) -> None:
        """Both beside each other where there is room; else the one that is wanted."""
        width = self.window().width() if self.window() is not self else self.width()
        narrow = width < NARROW
        self.list.setVisible(not narrow or self.page is None)
        self._right.setVisible(not narrow or self.page is not None)
        # A file that has the whole window needs the room more than the tabs do.
        alone = narrow and self.page is not None and self.tabs.currentIndex() == FILES
        self.tabs.setVisible(self._supervises and not alone)
        if self.page is not None:
            self.page.back_button.setVisible(narrow)


def _gone(refused: Refused) -> None:
    """The file cannot be read again just now; what the page shows stays."""
    del refused
