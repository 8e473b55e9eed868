"""Takes the pictures of one laptop: opens the real window offscreen, walks through its pages, and
closes it.

Started by `shots.py`, one process for each laptop. Waits for what a page shows, never for seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QTableView, QWidget

from app import paths
from app.domain.agreements import AgreementForm, AgreementState
from app.main import House
from app.ui.cases.case_page import CasePage
from app.ui.cases.clauses import ClausesField
from app.ui.cases.reading_window import ReadingWindow
from app.ui.cases.sections.agreement import AgreementSection
from app.ui.cases.sections.documents import DocumentsSection
from app.ui.cases.workspace import Workspace as CasesWorkspace
from app.ui.papers.page import KEYS as PANES
from app.ui.papers.page import Workspace as PapersWorkspace
from app.ui.runtime import fonts
from app.ui.runtime.preferences import Preferences
from app.ui.shell.start import run
from app.ui.shell.window import Window

Ready = Callable[[], bool]
PATIENCE_STEPS = 400
STEP_MS = 25
DIALOG_TURNS = 2  # each as long as a page settles
SETTLE_STEPS = 12  # pictures of papers and deferred layouts arrive a few turns of the loop later


class Photographer(QObject):
    """Leads the window through a list of stops; each stop says when it is ready."""

    def __init__(self, who: str, folder: Path, size: QSize) -> None:
        super().__init__()
        self.folder, self.size = folder, size
        self.stops = {
            "mediator": self.mediator,
            "supervisor": self.supervisor,
            "newcomer": self.alone,
            "locked": self.alone,
        }[who]()
        self.who, self.waited, self.settled = who, 0, 0
        self.ready: Ready = lambda: self.window() is not None
        self.failed = ""
        self.timer = QTimer(self, interval=STEP_MS)
        self.timer.timeout.connect(self.step)
        self.timer.start()

    def window(self) -> Window | None:
        return next(
            (one for one in QApplication.topLevelWidgets() if isinstance(one, Window)), None
        )

    def step(self) -> None:
        """One turn: go on when the stop is ready and has settled."""
        if not self.ready():
            self.waited += 1
            if self.waited > PATIENCE_STEPS:
                self.failed = f"{self.who}: a page never became ready"
                self.grab("not-ready")
                self.leave()
            return
        self.settled += 1
        if self.settled < SETTLE_STEPS:
            return
        self.waited = self.settled = 0
        try:
            self.ready = next(self.stops)
        except StopIteration:
            self.leave()

    def leave(self) -> None:
        self.timer.stop()
        window = self.window()
        if window is not None:
            window.close()
        QApplication.quit()

    def grab(self, name: str, widget: QWidget | None = None) -> None:
        """A picture of the window, or of one widget as it is on the screen."""
        shown = widget or self.window()
        assert shown is not None
        shown.grab().save(str(self.folder / f"{self.who}-{name}.png"))

    def grab_whole(self, name: str, area: QScrollArea) -> None:
        """A picture of all that a scroll area holds, unrolled."""
        content = area.widget()
        if content is not None:
            content.grab().save(str(self.folder / f"{self.who}-{name}.png"))

    # --- routes ---

    def alone(self) -> Iterator[Ready]:
        """First start or password: one page instead of the workspaces."""
        window = self._begin()
        yield lambda: bool(window.stack.currentWidget().property("alone"))
        self.grab("welcome")

    def mediator(self) -> Iterator[Ready]:
        window = self._begin()
        yield lambda: self._rows(window) > 0
        self.grab("cases-list")
        yield from self._cases(window)
        for place in ("people", "waiting", "review", "papers", "settings"):
            window.show_place(place)
            yield lambda: True
            if place == "people":
                yield from self._first_row(window)
            self.grab(place)
            for number, area in enumerate(self._areas(window)):
                self.grab_whole(f"{place}-whole-{number}", area)
            if place == "papers":
                yield from self._panes(window)
        window.show_help()
        yield lambda: True
        yield from self._dialogs("help")

    def supervisor(self) -> Iterator[Ready]:
        window = self._begin()
        yield lambda: window.current_key() != ""
        window.show_place("review", "approved")
        yield lambda: self._rows(window) > 0
        yield from self._first_row(window)
        self.grab("review")
        for number, area in enumerate(self._areas(window)):
            self.grab_whole(f"review-whole-{number}", area)
        window.show_place("cases")
        yield lambda: True
        self.grab("cases")

    def _cases(self, window: Window) -> Iterator[Ready]:
        page = window.page("cases")
        assert isinstance(page, CasesWorkspace)
        table = next(one for one in page.findChildren(QTableView) if one.isVisible())
        model = table.model()
        for name, row in (("case", 0), ("case-lead", model.rowCount() - 2)):
            table.setCurrentIndex(model.index(row, 0))
            shown = page.page().view
            table.activated.emit(model.index(row, 0))
            yield partial(self._shows_another, page, shown)
            self.grab(name)
            for number, area in enumerate(self._areas(window)):
                self.grab_whole(f"{name}-whole-{number}", area)
            yield from self._around(page.page(), name)
        yield from self._draft(page, table)
        for name, verb in (("new-case", page.new), ("oral-card", page.new_oral)):
            verb()
            yield lambda: bool(self._areas(window))
            self.grab(name)
            for number, area in enumerate(self._areas(window)):
                self.grab_whole(f"{name}-whole-{number}", area)
        page.show_list()
        yield lambda: True

    def _draft(self, page: CasesWorkspace, table: QTableView) -> Iterator[Ready]:
        """The first case, from the end of the list, whose written agreement is still a draft."""
        for row in reversed(range(table.model().rowCount())):
            shown = page.page().view
            table.activated.emit(table.model().index(row, 0))
            yield partial(self._shows_another, page, shown)
            found = page.page().view
            agreement = found.agreement() if found else None
            draft = agreement is not None and agreement.state is AgreementState.DRAFT
            if agreement and draft and agreement.form is AgreementForm.WRITTEN:
                yield from self._around(page.page(), "draft")
                return

    def _around(self, page: CasePage, name: str) -> Iterator[Ready]:
        """What opens from a case: of a draft its form, checker and clause bank; of a frozen
        agreement the reading page, the scans, the print centre and its log.
        """
        agreement = page.view.agreement() if page.view else None
        section, centre = page.sections["agreement"], page.sections["documents"]
        assert isinstance(section, AgreementSection)
        assert isinstance(centre, DocumentsSection)
        if agreement is None:
            return
        if agreement.state is AgreementState.DRAFT:
            section.edit(agreement)
            yield lambda: section.editor is not None
            self.grab(f"{name}-agreement-form", section)
            section.findChildren(ClausesField)[0].open_bank()
            yield from self._opened(f"{name}-clause-bank")
            section.close_editor()
            yield lambda: True
            return
        section.read_aloud(agreement)
        yield lambda: bool(self._reading_windows())
        reading = self._reading_windows()[0]
        reading.resize(self.size)
        reading.go_to_page(2)
        yield lambda: True
        self.grab(f"{name}-reading", reading)
        reading.close()
        page.go_to("scans")
        yield from self._opened(f"{name}-scans")
        centre.preview_chosen()
        yield from self._opened(f"{name}-print-centre")
        centre.show_log()
        yield from self._opened(f"{name}-print-log")

    def _opened(self, name: str) -> Iterator[Ready]:
        """The dialog that opens now; its papers arrive a little later."""
        yield lambda: bool(self._dialogs_shown())
        for _ in range(DIALOG_TURNS):
            yield lambda: True
        yield from self._dialogs(name)

    def _panes(self, window: Window) -> Iterator[Ready]:
        page = window.page("papers")
        assert isinstance(page, PapersWorkspace)
        for key in PANES:
            page.focus_target(key)
            yield lambda: True
            self.grab(f"papers-{key}")

    def _reading_windows(self) -> list[ReadingWindow]:
        shown = QApplication.topLevelWidgets()
        return [one for one in shown if isinstance(one, ReadingWindow) and one.isVisible()]

    def _dialogs_shown(self) -> list[QDialog]:
        shown = QApplication.topLevelWidgets()
        return [one for one in shown if isinstance(one, QDialog) and one.isVisible()]

    def _shows_another(self, page: CasesWorkspace, before: object) -> bool:
        return page.page().view not in (None, before)

    def _first_row(self, window: Window) -> Iterator[Ready]:
        yield lambda: self._rows(window) > 0
        table = next(
            one for one in window.stack.currentWidget().findChildren(QTableView) if one.isVisible()
        )
        index = table.model().index(0, 0)
        table.setCurrentIndex(index)
        table.activated.emit(index)
        yield lambda: bool(self._areas(window))

    def _dialogs(self, name: str) -> Iterator[Ready]:
        for number, one in enumerate(self._dialogs_shown()):
            self.grab(f"{name}-{number}" if number else name, one)
            one.close()
        yield lambda: True

    def _begin(self) -> Window:
        window = self.window()
        assert window is not None
        window.resize(self.size)
        return window

    def _rows(self, window: Window) -> int:
        shown = window.stack.currentWidget()
        tables = [one for one in shown.findChildren(QTableView) if one.isVisible()] if shown else []
        return max((one.model().rowCount() for one in tables if one.model()), default=0)

    def _areas(self, window: Window) -> list[QScrollArea]:
        return [
            one
            for one in window.stack.currentWidget().findChildren(QScrollArea)
            if one.isVisible() and one.widget()
        ]


def main() -> int:
    who, home, folder, language, size = sys.argv[1:6]
    data = Path(home)
    fonts.before_application(paths.cache_folder(data))
    application = QApplication(sys.argv[:1])
    width, height = (int(part) for part in size.split("x"))
    photographer = Photographer(who, Path(folder), QSize(width, height))
    import os

    run(
        House(data),
        Preferences(data / "preferences.json"),
        language,
        os.environ.get("HESHI_PASSWORD"),
    )
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if photographer.failed:
        print(photographer.failed, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
