"""The workspace *Cases*: the list at the left, the page at the right when there is room, otherwise
one gives way to the other.

The page is built when the first case is opened: the first picture needs the list alone.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from app.domain.ids import RecordId
from app.ui.cases.list_page import ListPage
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override

if TYPE_CHECKING:
    from app.services.lines import CaseLine
    from app.ui.cases.case_page import CasePage
    from app.ui.cases.new_case import NewCasePage
    from app.ui.cases.oral_card import OralCardPage

BOTH_FIT = 960  # the window's 1100 px without its rail
CARD_AND_LIST_FIT = 1260  # the oral card stands two people beside each other
LIST_WIDTH = 340
REVIEWERS = frozenset({"supervisor", "administrator"})
WIDEST = 16_777_215  # Qt's own "as wide as you like"


class Workspace(QWidget):
    """Cases."""

    key = "cases"
    icon_name = "cases"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.list = ListPage(desk)
        self.list.opened.connect(self._open_line)
        self.list.new_wanted.connect(self.new)
        self.list.oral_wanted.connect(self.new_oral)
        self.stack = QStackedWidget()
        self.stack.hide()
        self._page: CasePage | None = None
        self._new: NewCasePage | None = None
        self._oral: OralCardPage | None = None
        self._wanted: tuple[RecordId, str] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list, 1)
        row.addWidget(self.stack, 1)
        self._bind("Ctrl+Shift+N", self.new_oral)
        self._bind("Esc", self.show_list)
        self._bind("Alt+Left", self.show_list)
        self._bind("Ctrl+Z", self.undo)
        self._may_write = True
        self.list.ask()

    # --- what the shell asks for ---

    def title(self) -> str:
        return self.tr("案件")

    def focus_target(self, target: str) -> None:
        """``case:<id>``, ``case:<id>#<target>``, ``new`` or ``oral``."""
        what, _, rest = target.partition(":")
        if what == "case":
            case_id, _, place = rest.partition("#")
            self.open_case(RecordId(case_id), place)
        elif what == "new":
            self.new()
        elif what == "oral":
            self.new_oral()

    @override
    def find(self) -> None:  # type: ignore[override]  # the shell's verb, not Qt's static find
        """Ctrl+F."""
        if not self.list.isVisible():
            self.show_list()
        self.list.find()

    def new(self) -> None:
        """Ctrl+N: registers a new dispute."""
        from app.ui.cases.new_case import NewCasePage

        if not self._asked_to_write():
            return
        if self._new is None:
            self._new = NewCasePage(self._desk)
            self._new.made.connect(self._registered)
            self._new.closed.connect(self.show_list)
            self.stack.addWidget(self._new)
        self._show(self._new)
        self._new.begin()

    def new_oral(self) -> None:
        """Ctrl+Shift+N: an oral case on one page."""
        from app.ui.cases.oral_card import OralCardPage

        if not self._asked_to_write():
            return
        if self._oral is None:
            self._oral = OralCardPage(self._desk)
            self._oral.made.connect(self._recorded)
            self._oral.closed.connect(self.show_list)
            self.stack.addWidget(self._oral)
        self._show(self._oral)
        self._oral.begin()

    def save(self) -> None:
        """Ctrl+S: whatever is open."""
        current = self.stack.currentWidget()
        if self.stack.isVisible() and current is not None:
            current.save()  # type: ignore[attr-defined]  # all three pages have it

    def undo(self) -> None:
        """Ctrl+Z outside a field."""
        current = self.stack.currentWidget()
        if self.stack.isVisible() and current is not None:
            current.undo()  # type: ignore[attr-defined]  # all three pages have it

    def open_case(self, case_id: RecordId, target: str = "") -> None:
        """Shows a case; `target` names a section or field."""
        self._wanted = case_id, target
        if self._page is None:
            # Away from the window: so much code takes a while to load.
            self._desk.jobs.run_records(self, _load_page, lambda _: self._open_wanted())
        else:
            self._open_wanted()

    def page(self) -> CasePage:
        """The case page, built when it is first needed."""
        from app.ui.cases.case_page import CasePage

        if self._page is None:
            self._page = CasePage(self._desk)
            self._page.back.connect(self.show_list)
            self.stack.addWidget(self._page)
        return self._page

    def show_list(self) -> None:
        """The list alone; what was typed stays as a draft and is offered again."""
        self._keep_typed(None)
        if self._page is not None:
            self._page.put_away()
        self._arrange(None)
        self.list.view.setFocus()

    # --- inside ---

    def _know_role(self, role: str) -> None:
        """Whoever reviews reads cases and makes none."""
        self._may_write = role not in REVIEWERS
        page = self.list
        for made in (page.new_button, page.oral_button):
            made.setVisible(self._may_write)
        if not self._may_write:
            for made in page.welcome.findChildren(QPushButton):
                made.hide()
            page.welcome.set_text(self.tr("这里还没有案件。调委会报上来以后就能看到。"))

    def _asked_to_write(self) -> bool:
        if not self._may_write:
            self._desk.say(self.tr("纠纷由调委会登记，审核人员这里只看。"))
        return self._may_write

    def _open_wanted(self) -> None:
        """The case that was asked for last."""
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        page, (case_id, target) = self.page(), wanted
        self._keep_typed(page)
        page.open_case(case_id, target)
        self.list.remember(case_id)
        self._show(page)

    def _open_line(self, line: CaseLine) -> None:
        page = self._page
        if page is not None and page.view is not None and page.view.case_id == line.id:
            self._show(page)
            return
        self.open_case(line.id)

    def _registered(self, case_id: str) -> None:
        self.open_case(RecordId(case_id))
        self.page().await_step()

    def _recorded(self, case_id: str) -> None:
        self._desk.say(self.tr("记好了。可以打印登记表了。"))
        self.open_case(RecordId(case_id), "documents:oral_register")

    def _keep_typed(self, but: QWidget | None) -> None:
        for page in (self._new, self._oral):
            if page is not None and page is not but:
                page.flush()

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        self._arrange(page)

    def _arrange(self, page: QWidget | None) -> None:
        """Both, or one of them. What goes is hidden before the other comes: no window grows."""
        needed = BOTH_FIT if page is self._page else CARD_AND_LIST_FIT
        both = page is not None and self.width() >= needed
        if page is None:
            self.stack.hide()
        if page is not None and not both:
            self.list.hide()
        self.list.narrow(page is not None)
        self.list.setMinimumWidth(LIST_WIDTH if both else 0)
        self.list.setMaximumWidth(LIST_WIDTH if both else WIDEST)
        self.list.setVisible(page is None or both)
        if page is not None:
            self.stack.show()
        if self._page is not None:
            self._page.head.back_button.setVisible(not both)

    def _bind(self, keys: str, pressed: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(pressed)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Asked each time: an enrolment may have changed it.
        self._desk.jobs.read(self, lambda unit: unit.actor.role, self._know_role)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(None if self.stack.isHidden() else self.stack.currentWidget())


def _load_page() -> None:
    """The code of the case page and its sections. For workers."""
    import app.ui.cases.case_page  # noqa: F401  # for its side effect

    gc.freeze()  # all of it stays: looking through it again would stop the window for a while
