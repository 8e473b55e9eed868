"""One page that came from the scanner: before and after cleaning, what was read on it, where it
went, or why it did not and what can be done. Never files anything itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.attachments import Attachment
from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode, Refused
from app.ui.cases import record_actions
from app.ui.cases.record_actions import PaperScans
from app.ui.cases.thumbnails import pixmap_of, sharpness, small_picture
from app.ui.cases.ticks import pick_field
from app.ui.runtime.problems import sentence
from app.ui.widgets.fields import Choice, Field, LineField, NumberField
from app.ui.widgets.frame import Chip, button, empty, words
from app.ui.widgets.icons import icon

if TYPE_CHECKING:
    from app.services.ports import ScanReader, UnitOfWork
    from app.services.scan_intake import ScanFinding
    from app.ui.cases.actions import Work

HEIGHT = 200  # px of a page on a card
LARGEST_PAGE = 999
ByHand = tuple[RecordId, RecordId, int]


@dataclass(frozen=True, slots=True)
class TakenPage:
    """One page as it was taken in: small pictures of before and after; `filed` or `problem`.

    `finding` holds the cleaned page as long as something may still be done with it; of what was not
    even readable there is none.
    """

    name: str
    before: QImage
    after: QImage
    finding: ScanFinding | None = None
    filed: Attachment | None = None
    problem: Problem | None = None


def take_page(reader: ScanReader, data: bytes, name: str, here: RecordId) -> Work[TakenPage]:
    """Cleans and reads one page, and files it where its code says if nothing speaks against it."""

    dots = round(HEIGHT * sharpness())

    def work(uow: UnitOfWork) -> TakenPage:
        before = small_picture(data, dots)
        finding = record_actions.look_at_scan(reader, data, here)(uow)
        page = TakenPage(name, before, small_picture(finding.page.image, dots), finding)
        if finding.problem is not None:
            return replace(page, problem=finding.problem)
        try:
            filed = record_actions.file_scan(finding)(uow)
        except Refused as refused:
            return replace(page, problem=refused.first)
        return replace(page, filed=filed)

    return work


class ScanCard(QFrame):
    """One page.

    Signals:
        by_hand(object): file it to this (case, agreement, page) without a code.
        anyway(): file it where its code says, which is another case.
        instead(str): file it in place of the scan that is there, for this reason.
        case_wanted(str): show the case it went to.
    """

    by_hand = Signal(object)
    anyway = Signal()
    instead = Signal(str)
    case_wanted = Signal(str)

    def __init__(
        self, page: TakenPage, here: RecordId, language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recordCard")
        self.page, self._here, self._language = page, here, language
        self.tried: ByHand | None = None
        self._number: NumberField | None = None
        self._papers: Sequence[PaperScans] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 12)
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        if not page.before.isNull():
            row.addWidget(self._picture(page.before, self.tr("扫描进来的样子")), 0, top)
            arrow = QLabel()
            arrow.setPixmap(icon("arrow-right", QPalette.ColorRole.PlaceholderText).pixmap(20, 20))
            row.addWidget(arrow)
            row.addWidget(self._picture(page.after, self.tr("整理以后的样子")), 0, top)
        column = QVBoxLayout()
        column.setSpacing(6)
        self._state = Chip("")
        self._read = words("", "strong")
        self._name = words(page.name, "muted")
        self._name.setVisible(bool(page.name))
        self.said = words("")
        self._verbs = QVBoxLayout()
        self._verbs.setSpacing(8)
        for one in (self._state, self._read, self._name, self.said):
            column.addWidget(one)
        column.addLayout(self._verbs)
        column.addStretch(1)
        row.addLayout(column, 1)

    def show_state(self, papers: Sequence[PaperScans]) -> None:
        """Says anew what became of the page; `papers` are the frozen agreements of the case."""
        self._papers = papers
        page = self.page
        empty(self._verbs)
        self._number = None
        self._read.setText(self._what_was_read())
        problem = page.problem
        if page.filed is not None:
            self._show_filed(page.filed)
        elif problem is not None:
            other = problem.code is ProblemCode.SCAN_OTHER_CASE
            self._state.set(self.tr("别的案子") if other else self.tr("没放进来"), "attention")
            self.said.setText(sentence(problem, self._language))
            self._offer(problem)
        self.said.setVisible(bool(self.said.text()))

    def propose(self, papers: Sequence[PaperScans]) -> None:
        """More pages are there now: another one is proposed where nobody has typed one."""
        if self.page.problem is None:
            self.show_state(papers)
        elif self._number is not None and self.tried is None:
            self._papers = papers
            self._number.set_value(_next_missing(papers))

    def refuse(self, refused: Refused) -> None:
        """What was tried could not be done."""
        self.page = replace(self.page, problem=refused.first)
        self.show_state(self._papers)

    def settle(self, filed: Attachment) -> None:
        """It is filed; the cleaned page itself need not be held any longer."""
        self.page = replace(self.page, filed=filed, problem=None)
        self.show_state(self._papers)

    # --- inside ---

    def _picture(self, image: QImage, name: str) -> QLabel:
        shown = QLabel()
        shown.setPixmap(pixmap_of(image, HEIGHT))
        shown.setAccessibleName(name)
        shown.setToolTip(name)
        shown.setObjectName("recordCard")  # the same thin line around it
        return shown

    def _what_was_read(self) -> str:
        finding = self.page.finding
        if finding is None:
            return self.tr("打不开这一页")
        mark = finding.mark
        if mark is None:
            filed = self.page.filed
            if filed is None:
                return self.tr("没有找到二维码")
            return self.tr("第 {page} 页，自己选的").format(page=filed.page or 0)
        pages = next((p.pages for p in self._papers if p.agreement.id == mark.record_id), 0)
        text = (
            self.tr("{number} · 第 {page} 页，共 {pages} 页 · 第 {version} 稿")
            if pages
            else self.tr("{number} · 第 {page} 页 · 第 {version} 稿")
        )
        return text.format(number=mark.number, page=mark.page, pages=pages, version=mark.version)

    def _show_filed(self, filed: Attachment) -> None:
        if filed.content_hash:
            self._state.set(self.tr("已放进来"), "done")
            self.said.setText("")
        else:
            self._state.set(self.tr("已放进来，未核对"), "attention")
            self.said.setText(self.tr("没有二维码可以核对，请自己对照纸上的字和电脑里的字。"))
        if filed.case_id != self._here:
            self._state.set(self.tr("已放到那件案子"), "done")
            see = button(self.tr("打开那件案子"), lambda: self.case_wanted.emit(filed.case_id))
            see.setObjectName("open-other-case")
            self._put(see)

    def _offer(self, problem: Problem) -> None:
        if problem.code is ProblemCode.SCAN_NO_MARK:
            self._offer_places()
        elif problem.code is ProblemCode.SCAN_OTHER_CASE:
            made = button(self.tr("放到那件案子"), self.anyway.emit)
            made.setObjectName("file-there")
            self._put(made)
        elif problem.code is ProblemCode.SCAN_PAGE_THERE:
            hint = self.tr("例如：原来那张没有扫清楚")
            reason = LineField(self.tr("为什么换"), hint=hint)
            reason.setObjectName("replace-reason")
            made = button(self.tr("换成新的"), lambda: self._replace(reason))
            made.setObjectName("replace-scan")
            self._verbs.addWidget(reason)
            self._put(made)

    def _offer_places(self) -> None:
        """Which agreement and page it is, said by a person."""
        if not self._papers:
            return
        choices = [Choice(one.agreement.id, one.agreement.number) for one in self._papers]
        which = pick_field(self.tr("哪份协议"), choices)
        if len(choices) == 1:
            which.set_value(choices[0].code)
            which.hide()
        number = NumberField(self.tr("第几页"), least=1, most=LARGEST_PAGE)
        number.setObjectName("page-by-hand")
        number.set_value(_next_missing(self._papers))
        number.edited.connect(self._typed_page)
        self._number = number
        made = button(self.tr("放进去，注明未核对"), lambda: self._place(which, number))
        made.setObjectName("file-by-hand")
        self._verbs.addWidget(which)
        self._verbs.addWidget(number)
        self._put(made)

    def _typed_page(self) -> None:
        self._number = None

    def _put(self, made: QPushButton) -> None:
        self._verbs.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _place(self, which: Field, number: NumberField) -> None:
        missing = Problem(ProblemCode.NOTHING_CHOSEN)
        if not which.value():
            which.show_problem(sentence(missing, self._language))
        page = number.value()
        if page is None:
            text = number.line.text().strip()
            wrong = Problem(ProblemCode.NOT_A_NUMBER, "", {"text": text}) if text else missing
            number.show_problem(sentence(wrong, self._language))
        if which.value() and page is not None:
            self.tried = (self._here, RecordId(which.value()), page)
            self.by_hand.emit(self.tried)

    def _replace(self, reason: LineField) -> None:
        if reason.value():
            self.instead.emit(reason.value())
        else:
            problem = Problem(ProblemCode.REASON_NEEDED)
            reason.show_problem(sentence(problem, self._language))


def _next_missing(papers: Sequence[PaperScans]) -> int | None:
    """The first page without a scan, where there is but one agreement."""
    missing = papers[0].status.missing if len(papers) == 1 else ()
    return missing[0] if missing else None
