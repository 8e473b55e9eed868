"""The head of the case page.

Who against whom and about what, the path, where it stands, the one next step, the supervisor's
word.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.domain.casefile import PathStep, path
from app.domain.cases import RiskGrade
from app.domain.letters import LetterKind
from app.domain.parties import PartyRole
from app.domain.reviews import Decision, Review, ReviewState, in_order, open_return
from app.domain.text import join_names
from app.services.letter_choice import due_letter
from app.services.lines import Delivery
from app.ui.cases.assignment_words import assignment_words, case_delivery_tip
from app.ui.cases.labels import label
from app.ui.cases.next_step import NextStep, next_step, stops
from app.ui.cases.stop_notes import StopNotes
from app.ui.cases.targets import parse
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import (
    GRADE_NAMES,
    REVIEW_STATE_NAMES,
    delivery_name,
    name_of,
    stage_name,
)
from app.ui.widgets.clock_words import clock_tip, error_of, moment_words
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import Banner, Chip, PathStrip, button, empty, words

_SECTION_OF_STEP = {
    PathStep.LEAD: "facts",
    PathStep.ACCEPTANCE: "acceptance",
    PathStep.NOTICE: "notice",
    PathStep.INVESTIGATION: "investigations",
    PathStep.MEDIATION: "sessions",
    PathStep.AGREEMENT: "agreement",
    PathStep.PERFORMANCE: "follow_up",
    PathStep.FOLLOW_UP: "follow_up",
    PathStep.FILING: "closing",
}


class Head(QWidget):
    """Top of the page.

    Signals:
        wanted(str): where the person wants to go.
        step_wanted(NextStep): the main button.
        back(): to the list.
    """

    wanted = Signal(str)
    step_wanted = Signal(object)
    back = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._step = NextStep.NOTHING
        self._here = True
        self.back_button = button(
            self.tr("列表"), self.back.emit, icon_name="arrow-left", quiet=True
        )
        self.back_button.setObjectName("back")
        self.back_button.setToolTip(self.tr("回到列表（Esc）"))
        self.title = words("", "title")
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.main_button = button("", self._press, main=True)
        self.main_button.setObjectName("next-step")
        self.more_button = button(self.tr("更多"), self._offer_more, icon_name="more", quiet=True)
        self.more_button.setObjectName("more-verbs")
        self.path = PathStrip()
        self.path.chosen.connect(lambda step: self.wanted.emit(_SECTION_OF_STEP[step]))
        chips = QWidget()
        self._chips = FlowLayout(chips, gap=8)
        self._notes = StopNotes(desk)
        self._notes.wanted.connect(self.wanted)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.back_button)
        top.addWidget(self.title, 1)
        top.addWidget(self.more_button)
        top.addWidget(self.main_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.path)
        column.addWidget(chips)
        column.addLayout(self._remarks)
        column.addWidget(self._notes)

    def show_case(self, view: CaseView) -> None:
        """Everything anew."""
        self.title.setText(self.sentence(view))
        self.path.set_steps(path(view.file))
        self._show_chips(view)
        self._show_remarks(view)
        self._step = NextStep.NOTHING if view.foreign else next_step(view.file, view.today)
        found = stops(self._step, view.file, view.today)
        self.main_button.setText(self._verb(self._step))
        self.main_button.setVisible(self._step is not NextStep.NOTHING)
        self.main_button.setEnabled(not found or self._step is NextStep.FINALISE)
        self._notes.show_stops([] if self._step is NextStep.FINALISE else found)
        self.more_button.setVisible(view.may_hand_over)
        self._here = view.assignment is not None and view.assignment.here

    def sentence(self, view: CaseView) -> str:
        """Who against whom, and about what."""
        file = view.file

        def names(role: PartyRole) -> str:
            found = [file.name_of(one) for one in file.living_parties if one.role is role]
            return join_names([one for one in found if one])

        first, second = names(PartyRole.APPLICANT), names(PartyRole.RESPONDENT)
        case = file.case
        about = case.matter or label(self._desk, "dispute_type", case.dispute_type)
        if first and second:
            who = self.tr("{first} 与 {second}").format(first=first, second=second)
        else:
            who = first or second or self.tr("还不知道是谁")
        return self.tr("{who}：{about}").format(who=who, about=about) if about else who

    def menu(self) -> QMenu:
        """Verbs that are wanted less often."""
        made = QMenu(self.more_button)
        text = self.tr("移交…") if self._here else self.tr("改派…")
        give = made.addAction(text)
        give.setObjectName("hand-over")
        give.triggered.connect(lambda: self.wanted.emit("handover:to_device"))
        return made

    def _offer_more(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    def _press(self) -> None:
        self.step_wanted.emit(self._step)

    def _verb(self, step: NextStep) -> str:
        return {
            NextStep.ADD_PARTIES: self.tr("登记当事人"),
            NextStep.ACCEPT: self.tr("受理"),
            NextStep.TELL_RIGHTS: self.tr("告知权利义务"),
            NextStep.OPEN_SESSION: self.tr("开始调解"),
            NextStep.CONCLUDE_SESSION: self.tr("接着记这次调解"),
            NextStep.DRAFT_AGREEMENT: self.tr("起草协议"),
            NextStep.FINALISE: self.tr("打印协议"),
            NextStep.SIGN: self.tr("登记签字"),
            NextStep.PERFORM: self.tr("登记履行"),
            NextStep.VISIT: self.tr("回访"),
            NextStep.CLOSE: self.tr("结案"),
            NextStep.FILE: self.tr("归档"),
            NextStep.SUBMIT: self.tr("报送审核"),
            NextStep.RESUBMIT: self.tr("改好了，再报送"),
            NextStep.RESUME: self.tr("恢复调解"),
        }.get(step, "")

    def _show_chips(self, view: CaseView) -> None:
        empty(self._chips)
        language, case = self._desk.language, view.file.case
        chips = [Chip(stage_name(case.stage, language))]
        if case.risk_grade is not RiskGrade.BLUE:
            grade = name_of(GRADE_NAMES, case.risk_grade, language)
            tone = "red" if case.risk_grade is RiskGrade.RED else "yellow"
            chips.append(Chip(self.tr("{grade}色").format(grade=grade), tone))
        if case.file_no:
            chips.append(Chip(case.file_no))
        attention = view.delivery is Delivery.ATTENTION
        delivery = delivery_name(view.delivery, language, colleague=view.is_colleagues)
        chips.append(Chip(delivery, "attention" if attention else "neutral"))
        chips[-1].setToolTip(case_delivery_tip(view))
        chips[-1].setAccessibleDescription(chips[-1].toolTip())
        self.delivery_chip = chips[-1]
        state = view.file.review_state()
        if state is not ReviewState.NONE:
            tone = {ReviewState.RETURNED: "attention", ReviewState.APPROVED: "done"}.get(
                state, "neutral"
            )
            chips.append(Chip(name_of(REVIEW_STATE_NAMES, state, language), tone))
        for chip in chips:
            self._chips.addWidget(chip)

    def _offer_conflicts(self, view: CaseView) -> None:
        """The way to what waits for a decision, or whose decision it is."""
        if any(one.may_settle for one in view.conflicts):
            text = self.tr("两个人改了同一处，请定一个。")
        else:
            text = self.tr("两个人改了同一处，等着定一个。")
        banner = Banner("problem", text)
        go = banner.add_button(self.tr("去看看"))
        go.setObjectName("go-to-conflicts")
        go.clicked.connect(lambda: self.wanted.emit("conflicts:first"))
        self._remarks.addWidget(banner)

    def _offer_letter(self, kind: LetterKind) -> None:
        """The step that was taken last is told in writing."""
        name = self._desk.document_name(kind)
        banner = Banner("info", self.tr("这一步要写《{name}》。").format(name=name))
        write = banner.add_button(self.tr("去写"))
        write.setObjectName("go-to-letter")
        write.clicked.connect(lambda: self.wanted.emit(f"letters:new:{kind.value}"))
        self._remarks.addWidget(banner)

    def _show_remarks(self, view: CaseView) -> None:
        """What the supervisor said stands on top until it was answered.

        Whose case it is, if not one's own.
        """
        empty(self._remarks)
        if told := assignment_words(self._desk, view):
            self._remarks.addWidget(Banner("info", told))
        if view.conflicts:
            self._offer_conflicts(view)
        kind = None if view.read_only else due_letter(view.file)
        if kind is not None:
            self._offer_letter(kind)
        returned = open_return(view.file.reviews, view.file.submissions)
        for one in in_order(view.file.reviews, view.file.submissions):
            if not isinstance(one, Review):
                continue
            open_remark = one.decision is Decision.REMARK and returned is None
            if one is not returned and not open_remark:
                continue
            error = error_of(view.history, f"review:{one.id}")
            day = moment_words(one.at, error)
            text = self.tr("{author}（{day}）：{text}").format(
                author=one.author, day=day, text=one.text
            )
            banner = Banner("problem" if one is returned else "info", text)
            banner.text.setToolTip(clock_tip(one.at, error))
            if one.target:
                to = str(parse(one.target))
                go = banner.add_button(self.tr("去看看"))
                go.clicked.connect(lambda _=False, to=to: self.wanted.emit(to))
            if one is returned and not view.foreign:
                again = banner.add_button(self.tr("改好了，再报送"))
                again.clicked.connect(lambda: self.step_wanted.emit(NextStep.RESUBMIT))
            self._remarks.addWidget(banner)
