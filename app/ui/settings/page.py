"""The page *Settings*: one section below the other, the county's reachable by its name. Frames
only; sections do the rest.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.lines import Change
from app.ui.runtime.desk import Desk
from app.ui.runtime.office import About
from app.ui.settings.about_section import AboutSection
from app.ui.settings.actions import Home, read_home
from app.ui.settings.committee_section import CommitteeSection
from app.ui.settings.county_section import CountySection
from app.ui.settings.numbers_section import NumbersSection
from app.ui.settings.safety_section import SafetySection
from app.ui.settings.window_section import WindowSection
from app.ui.widgets.frame import Page

WIDEST = 860
REVIEWERS = frozenset({"supervisor", "administrator"})
_KINDS = frozenset({"committee", "mediator", "delivery", "issued_number", "number_block"})


class Workspace(QWidget):
    """Settings. `focus_target` takes the key of a section: window, committee, county, numbers,
    safety, about; or ``county.code``, the form for enrolling anew.
    """

    key = "settings"
    icon_name = "settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.window_section = WindowSection(desk)
        self.committee = CommitteeSection(desk)
        self.county = CountySection(desk)
        self.numbers = NumbersSection(desk)
        self.safety = SafetySection(desk)
        self.about = AboutSection(desk)
        self._sections = {
            "committee": self.committee,
            "county": self.county,
            "numbers": self.numbers,
            "window": self.window_section,
            "safety": self.safety,
            "about": self.about,
        }
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        for section in self._sections.values():
            section.setMaximumWidth(WIDEST)
            column.addWidget(section)
        column.addStretch(1)
        self.page = Page(self.title(), content, scroll=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)
        desk.changes.happened.connect(self._something_changed)
        self.county.enrolled.connect(self.reload)
        self.reload()

    def title(self) -> str:
        return self.tr("设置")

    def focus_target(self, target: str) -> None:
        """Scrolls to a section and goes to its first field."""
        if target == "county.code":
            self.county.open_form()
            QTimer.singleShot(0, self.county, self._go_to_code)
            return
        section = self._sections.get(target)
        if section is not None and not section.isHidden():
            QTimer.singleShot(0, section, lambda: self._scroll_to(section))

    def save(self) -> None:
        """Ctrl+S: saves what is open."""
        self.committee.save()

    def reload(self) -> None:
        """Reads everything again."""
        self._desk.jobs.run(self, read_home, self._show)
        self._desk.jobs.run_records(self, self._desk.office.about, self._tell_about)

    def _show(self, home: Home) -> None:
        own = home.role not in REVIEWERS  # who reviews has no committee and gives no numbers
        self.committee.setVisible(own)
        self.numbers.setVisible(own)
        self.committee.show_home(home)
        self.county.show_home(home)
        self.numbers.show_home(home)

    def _tell_about(self, about: About) -> None:
        self.safety.show_about(about)
        self.about.show_about(about)

    def _scroll_to(self, section: QWidget) -> None:
        if self.page.area is not None:
            self.page.area.show_child(section)
        section.setFocus()
        section.focusNextChild()

    def _go_to_code(self) -> None:
        if self.page.area is not None:
            self.page.area.show_child(self.county)
        self.county.form.focus_field("code")

    def _something_changed(self, change: Change) -> None:
        if change.kinds & _KINDS:
            self.reload()
