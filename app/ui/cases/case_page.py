"""The case page.

Head, sections in the order of life, and at the right what is missing. It composes; it decides
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.ids import RecordId
from app.services.lines import Change
from app.ui.cases import actions
from app.ui.cases.head import Head
from app.ui.cases.missing_margin import MissingMargin
from app.ui.cases.next_step import SECTION_OF, NextStep
from app.ui.cases.scan_intake import open_scan_intake
from app.ui.cases.sections.acceptance import AcceptanceSection
from app.ui.cases.sections.agreement import AgreementSection
from app.ui.cases.sections.closing import ClosingSection
from app.ui.cases.sections.confirmation import ConfirmationSection
from app.ui.cases.sections.conflicts import ConflictsSection
from app.ui.cases.sections.documents import DocumentsSection
from app.ui.cases.sections.evidence import EvidenceSection
from app.ui.cases.sections.facts import FactsSection
from app.ui.cases.sections.follow_up import FollowUpSection
from app.ui.cases.sections.handover import HandOverSection
from app.ui.cases.sections.history import HistorySection
from app.ui.cases.sections.investigations import InvestigationsSection
from app.ui.cases.sections.letters import LettersSection
from app.ui.cases.sections.notice import NoticeSection
from app.ui.cases.sections.parties import PartiesSection
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.sections.sessions import SessionsSection
from app.ui.cases.targets import Target, parse
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.turns import InTurns
from app.ui.widgets.scrolling import bring_into_view
from app.ui.widgets.search import read_dictionary

MARGIN_WIDTH = 232
ROOM_FOR_MARGIN = 800
ENOUGH_SEEN = 120  # px of a section that tell which one it is
SECTIONS: tuple[type[CaseSection], ...] = (
    ConflictsSection,
    HandOverSection,
    FactsSection,
    PartiesSection,
    AcceptanceSection,
    NoticeSection,
    InvestigationsSection,
    EvidenceSection,
    SessionsSection,
    AgreementSection,
    ConfirmationSection,
    DocumentsSection,
    FollowUpSection,
    LettersSection,
    ClosingSection,
    HistorySection,
)
_EVERYWHERE = frozenset({"person", "organisation", "mediator", "committee", "delivery"})


class CasePage(QWidget):
    """One case.

    Signals:
        shown(CaseView): a case has been loaded and painted.
        back(): to the list.
    """

    shown = Signal(object)
    back = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id: RecordId | None = None
        self._target = Target("")
        self._asked = 0
        self._going = False
        self._stay: CaseSection | None = None
        self._to_step = False
        self._turns = InTurns(self)
        self.view: CaseView | None = None
        self._shown: CaseView | None = None  # by every section
        self.head = Head(desk)
        self.head.wanted.connect(self.go_to)
        self.head.step_wanted.connect(self.take_step)
        self.head.back.connect(self.back)
        self.margin = MissingMargin(desk)
        self.margin.wanted.connect(self.go_to)
        self.sections: dict[str, CaseSection] = {}
        self._column_holder = QWidget()
        self._column = QVBoxLayout(self._column_holder)
        self._column.setContentsMargins(0, 0, 8, 24)
        self._column.setSpacing(12)
        self._column.addStretch(1)
        self._build()
        self._turns.begin(partial(self._make, kind) for kind in SECTIONS)
        desk.changes.happened.connect(self._changed)
        desk.jobs.run_records(self, read_dictionary)  # before a first key in a box that searches

    # --- what is shown ---

    def open_case(self, case_id: RecordId, target: str = "") -> None:
        """Loads and shows a case, then goes to `target`."""
        if case_id != self._case_id:
            self.put_away()
            self._area.verticalScrollBar().setValue(0)
        self._case_id, self._target = case_id, parse(target)
        self._load()

    def await_step(self) -> None:
        """With the next showing the cursor goes to the button of the next step."""
        self._to_step = True

    def put_away(self) -> None:
        """Open forms are kept as drafts and closed."""
        self._turns.stop()
        for section in self.sections.values():
            if section.editor is not None:
                section.editor.flush()
                section.close_editor()
        self._case_id, self.view, self._shown = None, None, None

    def go_to(self, target: str) -> None:
        """A section, and where known a field of a record in it."""
        self._turns.finish()
        wanted = parse(target)
        if wanted.field == "committee" and wanted.section == "facts":
            self._desk.go("settings", "committee")
            return
        if wanted.section == "scans":
            self._take_scans(wanted.owner_id)
            return
        section = self.sections.get(wanted.section)
        if section is None:
            return
        if wanted.field:
            section.go_to(wanted.field, wanted.owner_id)
        # The form that was just opened has its place only after the layout has run.
        self._going = True
        QTimer.singleShot(0, section, lambda: self._scroll_to(section))

    def take_step(self, step: NextStep) -> None:
        """The main button."""
        self._turns.finish()
        section = self.sections.get(SECTION_OF[step])
        if section is None:
            return
        if isinstance(section, AgreementSection):
            section.begin_step(step)
        elif isinstance(section, FollowUpSection) and step is NextStep.PERFORM:
            section.begin_performed()
        elif isinstance(section, ClosingSection) and step in (NextStep.SUBMIT, NextStep.RESUBMIT):
            section.begin_submission()
        else:
            section.begin()
        section.focus_editor()
        QTimer.singleShot(0, section, lambda: self._scroll_to(section))

    def save(self) -> None:
        """Ctrl+S: every open form."""
        for section in self.sections.values():
            section.save()

    def undo(self) -> None:
        """Ctrl+Z outside a field: the form in which the cursor stands, else every open one."""
        focus = self.focusWidget()
        holding = [
            one for one in self.sections.values() if focus is not None and one.isAncestorOf(focus)
        ]
        for section in holding or self.sections.values():
            section.undo()

    # --- inside ---

    def _take_scans(self, agreement_id: str) -> None:
        if self.view is not None:
            dialog = open_scan_intake(self._desk, self.view, self, agreement_id)
            dialog.wanted.connect(self.go_to)

    def _make(self, kind: type[CaseSection]) -> None:
        """One section, out of sight until it has something to show."""
        if kind.key in self.sections:
            return
        # each knows its own title
        section = self.sections[kind.key] = kind(self._desk)  # type: ignore[call-arg]
        section.hide()
        section.wanted.connect(self.go_to)
        section.left.connect(partial(self._keep_in_sight, section))
        self._column.insertWidget(self._column.count() - 1, section)

    def _build(self) -> None:
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._column_holder)
        self._side = QScrollArea()
        self._side.setObjectName("margin")
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setFixedWidth(MARGIN_WIDTH)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(self.margin)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._area, 1)
        row.addWidget(self._side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 12, 0)
        layout.setSpacing(12)
        layout.addWidget(self.head)
        layout.addLayout(row, 1)

    def _load(self) -> None:
        if self._case_id is None:
            return
        self._asked += 1
        number, case_id = self._asked, self._case_id

        def done(view: CaseView) -> None:
            if number == self._asked and self._case_id == case_id:
                self._show(view)

        self._desk.jobs.run(self, actions.load_case(case_id, self._desk.practice), done)

    def _show(self, view: CaseView) -> None:
        """Head and margin at once, then section by section from the top, so that keys come through
        in between. What still shows another case is out of sight until its turn.
        """
        shown, self._shown = self._shown, None
        if shown is not None and _only_delivery(shown, view):
            kinds: tuple[type[CaseSection], ...] = (HistorySection,)
            if shown.files != view.files:
                kinds = (InvestigationsSection, EvidenceSection, HistorySection)
        else:
            kinds = SECTIONS
        for section in self.sections.values():
            if section.view is None or section.view.case_id != view.case_id:
                section.hide()
        self.head.show_case(view)
        self.margin.show_case(view)
        pieces: list[Callable[[], None]] = [partial(self._make, kind) for kind in SECTIONS]
        pieces += [partial(self._show_section, kind.key, view) for kind in kinds]
        self._turns.begin([*pieces, partial(self._all_shown, view)])

    def _show_section(self, key: str, view: CaseView) -> None:
        section = self.sections[key]
        section.loading = True
        try:
            section.show_case(view)
        finally:
            section.loading = False
        section.setVisible(section.has_something())

    def _all_shown(self, view: CaseView) -> None:
        self.view = self._shown = view
        target, self._target = self._target, Target("")
        stay, self._stay = self._stay, None
        to_step, self._to_step = self._to_step, False
        if (to_step or (stay is not None and stay.hasFocus())) and not target.section:
            self.head.main_button.setFocus()  # Qt passes over one that cannot be pressed now
        if target.section:
            self.go_to(str(target))
        elif stay is not None and not self._going:
            QTimer.singleShot(0, stay, lambda: self._show_still(stay))
        self.shown.emit(view)

    def _changed(self, change: Change) -> None:
        if self._case_id is None:
            return
        if self._case_id in change.case_ids or change.kinds & _EVERYWHERE:
            self._load()

    def _scroll_to(self, section: CaseSection) -> None:
        self._going = False
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        bar = self._area.verticalScrollBar()
        bar.setValue(min(bar.maximum(), max(0, section.y() - 4)))
        now = self.window().focusWidget()
        if now is not None and section.editor is not None and section.editor.isAncestorOf(now):
            bring_into_view(now)

    def _keep_in_sight(self, section: CaseSection) -> None:
        """The form went and the page became shorter: the eye stays with what was just saved, also
        when the page has been read again.
        """
        self._stay = section
        QTimer.singleShot(0, section, lambda: self._show_still(section))

    def _show_still(self, section: CaseSection) -> None:
        if self._going or section.isHidden():  # one that has nothing more to show has no place
            return
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        bar, top = self._area.verticalScrollBar(), section.y()
        seen_to = bar.value() + self._area.viewport().height()
        if not bar.value() <= top <= seen_to - ENOUGH_SEEN:
            bar.setValue(max(0, top - 4))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_margin(self.width() >= ROOM_FOR_MARGIN)

    def _place_margin(self, beside: bool) -> None:
        """Beside the sections, or on top of them where the page is narrow."""
        if beside == (self._side.widget() is not None):
            return
        if beside:
            self._column.removeWidget(self.margin)
            self._side.setWidget(self.margin)
        else:
            self._side.takeWidget()
            self._column.insertWidget(0, self.margin)
        self.margin.shorten(not beside)
        self.margin.show()
        self._side.setVisible(beside)


def _only_delivery(shown: CaseView, fresh: CaseView) -> bool:
    """Whether nothing is new but how far the entries are on their way."""
    return replace(shown, history=(), files={}) == replace(fresh, history=(), files={})
