"""One file, to be read in its own order: by a supervisor who decides, or by the mediator who sees
what was said of it.

Nothing the mediator wrote can be changed here.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.casefile import file_title, path
from app.domain.ids import RecordId
from app.domain.reviews import Review
from app.services.lines import Delivery
from app.ui.review.after_sections import ConfirmationSection, FollowUpSection, LettersSection
from app.ui.review.agreement_section import AgreementSection
from app.ui.review.end_sections import (
    ClosingSection,
    HistorySection,
    MissingSection,
    PrintsSection,
)
from app.ui.review.facts import plain
from app.ui.review.intake_sections import (
    AcceptanceSection,
    FactsSection,
    NoticeSection,
    PartiesSection,
)
from app.ui.review.light_pane import LightPane
from app.ui.review.papers import Papers
from app.ui.review.record_sections import (
    EvidenceSection,
    InvestigationsSection,
    SessionsSection,
)
from app.ui.review.remark_form import RemarkForm
from app.ui.review.section import FileSection
from app.ui.review.talk import Talk
from app.ui.review.targets import target_name
from app.ui.review.view import FileView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import (
    DECISION_NAMES,
    GRADE_NAMES,
    REVIEW_STATE_NAMES,
    delivery_name,
    pick,
    stage_name,
)
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import Chip, PathStrip, button, words

_IN_ORDER: tuple[type[FileSection], ...] = (
    FactsSection,
    PartiesSection,
    AcceptanceSection,
    NoticeSection,
    InvestigationsSection,
    EvidenceSection,
    SessionsSection,
    AgreementSection,
    ConfirmationSection,
    FollowUpSection,
    LettersSection,
    ClosingSection,
)
ROOM_FOR_SHEET = 860  # px of the page; below it the sheet stands on top of the sections
SHEET_WIDTH = 300
SHEET_AT = 2  # below the path and what was said so far
STATE_TONES = {
    "none": "neutral",
    "submitted": "accent",
    "returned": "attention",
    "approved": "done",
}


class FilePage(QWidget):
    """A file under review.

    Signals:
        back(): the list is wanted.
        decided(): the supervisor's words are stored.
    """

    back = Signal()
    decided = Signal()

    def __init__(self, desk: Desk, view: FileView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.view = view
        self.title = words("", "title")
        self.back_button = button(self.tr("回到名单"), self.back.emit, icon_name="chevron-left")
        self.open_button = button(
            self.tr("打开案件"), self._open_case, icon_name="cases", main=not view.foreign
        )
        self.about = plain("", muted=True)
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips)
        self.state = Chip("")
        self.sending = Chip("", "neutral")
        self._stage, self._grade = Chip(""), Chip("")
        for chip in (self.state, self.sending, self._stage, self._grade):
            self._chip_flow.addWidget(chip)
        self.strip = PathStrip()
        self.talk = Talk(desk)
        self.talk.go.connect(self._open_at)
        self.missing = MissingSection(desk)
        self.sections = [kind(desk) for kind in _IN_ORDER] if view.foreign else []
        self.papers = Papers(desk) if view.foreign else None
        self.prints = PrintsSection(desk) if view.foreign else None
        self.history = HistorySection(desk) if view.foreign else None
        self.light = LightPane(desk) if view.foreign else None
        self.remark = RemarkForm(desk, view.file.case.id) if view.may_remark else None
        self._lay_out()
        self.show_file(view)

    @property
    def case_id(self) -> RecordId:
        return self.view.file.case.id

    def show_file(self, view: FileView) -> None:
        """Shows the file as it is now; words not yet given stay."""
        self.view = view
        self._show_head(view)
        self.talk.show_file(view)
        self.missing.show_file(view)
        for section in self.sections:
            section.show_file(view)
        for one in (self.light, self.papers, self.prints, self.history, self.remark):
            if one:
                one.show_file(view)

    def leave(self) -> None:
        """The page goes away; what is typed is kept."""
        if self.remark:
            self.remark.leave()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_light(self.width() >= ROOM_FOR_SHEET)

    def _show_head(self, view: FileView) -> None:
        file, language = view.file, self._desk.language
        self.title.setText(file_title(file, self._desk.practice.codes))
        agreement = file.main_agreement()
        parts = [
            file.case.matter,
            file.committee.name if file.committee else "",
            "、".join(file.mediator_names()),
            agreement.number if agreement else "",
        ]
        self.about.setText("　".join(part for part in parts if part))
        self.state.set(
            pick(REVIEW_STATE_NAMES[view.state], language), STATE_TONES[view.state.value]
        )
        self._show_sending(view.sending)
        self._stage.set(stage_name(file.case.stage, language), "neutral")
        grade = file.case.risk_grade
        self._grade.set(pick(GRADE_NAMES[grade], language), grade.value.lower())
        self.strip.set_steps(path(file))

    def _show_sending(self, sending: Delivery | None) -> None:
        self.sending.setVisible(sending is not None)
        if sending is not None:
            tone = "attention" if sending is Delivery.ATTENTION else "neutral"
            words = self.tr("您的意见：{delivery}")
            self.sending.set(
                words.format(delivery=delivery_name(sending, self._desk.language)), tone
            )

    def _stored(self, review: Review) -> None:
        decision = pick(DECISION_NAMES[review.decision], self._desk.language)
        self._desk.say(self.tr("{decision}：已保存在本机，等着上报。").format(decision=decision))
        self.decided.emit()

    def _open_case(self) -> None:
        self._desk.open_case(self.case_id)

    def _open_at(self, target: str) -> None:
        self._desk.open_case(self.case_id, target)

    def _propose(self, target: str, text: str) -> None:
        if self.remark:
            self.remark.propose(target, text)
            self._desk.say(target_name(target, self._desk.language))

    def _pin(self, target: str) -> None:
        if self.remark:
            self.remark.point_at(target)
            self._desk.say(target_name(target, self._desk.language))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.back_button)
        head.addWidget(self.open_button)
        content = QWidget()
        inside = self._inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 16, 8)
        inside.setSpacing(12)
        for one in (self.strip, self.talk, self.missing, *self.sections):
            inside.addWidget(one)
        for section in self.sections:
            section.pinned.connect(self._pin)
        for optional in (self.papers, self.prints, self.history):
            if optional:
                inside.addWidget(optional)
        inside.addStretch(1)
        self.area = _area(content)
        beside = QWidget()
        self._beside = QVBoxLayout(beside)
        self._beside.setContentsMargins(0, 0, 8, 8)
        self._beside.addStretch(1)
        self._side = _area(beside)
        self._side.setFixedWidth(SHEET_WIDTH)
        self._side.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.area, 1)
        row.addWidget(self._side)
        if self.light:
            self.light.remarked.connect(self._propose)
            inside.insertWidget(SHEET_AT, self.light)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self._chips)
        column.addLayout(row, 1)
        if self.remark:
            self.remark.decided.connect(self._stored)
            column.addWidget(self.remark)

    def _place_light(self, beside: bool) -> None:
        """Beside the sections, above the remark; or among them where the page is narrow."""
        if self.light is None or beside == (self._beside.indexOf(self.light) >= 0):
            return
        old, new, place = self._inside, self._beside, 0
        if not beside:
            old, new, place = self._beside, self._inside, SHEET_AT
        old.removeWidget(self.light)
        new.insertWidget(place, self.light)
        self.light.setVisible(self.view.light is not None)
        self._side.setVisible(beside)


def _area(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area
