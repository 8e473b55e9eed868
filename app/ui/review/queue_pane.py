"""The list of files under review with its filters: for supervisors what others handed in, for
mediators their own.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.domain.ids import RecordId
from app.domain.reviews import ReviewState
from app.services.lines import CaseLine, CaseQuery
from app.ui.review import actions
from app.ui.review.view import Queue
from app.ui.runtime.desk import Desk
from app.ui.runtime.moments import moment_text
from app.ui.runtime.texts import REVIEW_STATE_NAMES, pick
from app.ui.widgets.fields import Choice, ChoiceField, CodeField
from app.ui.widgets.frame import EmptyState, icon, words
from app.ui.widgets.tables import Column, LinesModel, LinesView

SEARCH_AFTER_MS = 200
ALL = "all"


class QueuePane(QWidget):
    """Filters, search, list, and when the county was last heard of.

    Signals:
        chosen(CaseLine): a file is to be shown.
        arrived(Queue): a fresh list is here.
    """

    chosen = Signal(object)
    arrived = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self.queue = Queue()
        self.title = words(self.tr("审核"), "title")
        self.state = ChoiceField("", self._states())
        self.state.set_value(ALL)
        self.state.edited.connect(self.refresh)
        self.committee = CodeField(self.tr("调委会"), (), hint=self.tr("所有调委会"))
        self.committee.edited.connect(self.refresh)
        self.committee.hide()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("名字、拼音、编号"))
        self.search.setAccessibleName(self.tr("在审核名单里找"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._wait = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._wait.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._typed)
        self.model: LinesModel[CaseLine] = LinesModel(self._columns(), self)
        self.table = LinesView("reviews", self.tr("审核名单"), desk.preferences)
        self.table.show_model(self.model)
        self.table.clicked.connect(lambda index: self._take(self.model.line_at(index.row())))
        self.table.opened.connect(self._take)
        self.none = EmptyState("review", "")
        self.contact = words("", "muted")
        self._lay_out()

    def refresh(self) -> None:
        """Asks the store for what the filters say; a late answer is dropped."""
        self._wait.stop()
        self._asked += 1
        number = self._asked
        work = actions.read_queue(self._query(), self.committee.value())
        self._desk.jobs.run(self, work, lambda queue: self._arrived(number, queue))

    def show_state(self, state: str) -> None:
        """Sets the filter: a value of `ReviewState`, or "" for all."""
        self.state.set_value(state or ALL)
        self.refresh()

    def mark(self, case_id: RecordId | None) -> None:
        """Selects the line of what the page shows."""
        row = self.model.row_of(lambda line: line.id == case_id)
        if row >= 0:
            self.table.choose_row(row)
        else:
            self.table.clearSelection()

    def show_queue(self, queue: Queue) -> None:
        chosen = [line.id for line in self.table.chosen_lines()]
        self.queue = queue
        self.title.setText(self.tr("审核") if queue.supervises else self.tr("我的卷审得怎样"))
        self.committee.setVisible(
            queue.supervises and (len(queue.committees) > 1 or bool(self.committee.value()))
        )
        self.committee.set_choices([Choice(name, name) for name in queue.committees])
        self.model.set_lines(queue.lines)
        if chosen:
            self.mark(chosen[0])
        self._stack.setCurrentWidget(self.table if queue.lines else self.none)
        self.none.set_text(self._none_words(queue))
        self.contact.setText(self._contact_words(queue.enrolled, queue.last_contact))
        self.table.setColumnHidden(self._column("committee"), not queue.supervises)

    def _lay_out(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 8, 16)
        column.setSpacing(12)
        for one in (self.title, self.state, self.committee, self.search):
            column.addWidget(one)
        column.addLayout(self._stack, 1)
        column.addWidget(self.contact)

    def _query(self) -> CaseQuery:
        chosen = self.state.value()
        known = {one.value for one in actions.UNDER_REVIEW}
        states = frozenset({ReviewState(chosen)}) if chosen in known else actions.UNDER_REVIEW
        return CaseQuery(text=self.search.text().strip(), review_states=states)

    def _states(self) -> list[Choice]:
        order = (ReviewState.SUBMITTED, ReviewState.RETURNED, ReviewState.APPROVED)
        names = [
            Choice(one.value, pick(REVIEW_STATE_NAMES[one], self._desk.language)) for one in order
        ]
        return [*names, Choice(ALL, self.tr("全部"))]

    def _columns(self) -> list[Column[CaseLine]]:
        codes, language = self._desk.practice.codes, self._desk.language
        return [
            Column("names", self.tr("谁和谁"), _names, width=190, strong=True, elastic=True),
            Column(
                "state",
                self.tr("审核"),
                lambda line: pick(REVIEW_STATE_NAMES[line.review_state], language),
                width=150,
            ),
            Column(
                "matter",
                self.tr("什么事"),
                lambda line: (
                    line.matter or codes.label("dispute_type", line.dispute_type, language)
                ),
                width=150,
            ),
            Column(
                "committee", self.tr("调委会"), lambda line: line.committee, width=150, elastic=True
            ),
            Column(
                "mediators", self.tr("调解员"), lambda line: line.mediators, width=100, spare=True
            ),
            Column("number", self.tr("编号"), lambda line: line.number, width=190, spare=True),
        ]

    def _column(self, name: str) -> int:
        return next(at for at, column in enumerate(self.model.columns) if column.name == name)

    def _none_words(self, queue: Queue) -> str:
        if (
            self.search.text().strip()
            or self.state.value() not in ("", ALL)
            or self.committee.value()
        ):
            return self.tr("这个条件下没有案件。点“全部”，再清空搜索，就能看到所有的。")
        if queue.supervises:
            return self.tr("还没有报上来的卷。调解员报送、和县局联系以后，会出现在这里。")
        return self.tr("还没有报送审核的卷。结案以后，在案件页点“报送审核”。")

    def _contact_words(self, enrolled: bool, last: datetime | None) -> str:
        if not enrolled:
            return self.tr("这台电脑还没有登记到县局。到“设置”里登记以后才能来往。")
        if last is None:
            return self.tr("还没有和县局联系上过。")
        when = moment_text(last)
        return self.tr("名单截止到上次和县局联系：{when}").format(when=when)

    def _arrived(self, number: int, queue: Queue) -> None:
        if number == self._asked:
            self.show_queue(queue)
            self.arrived.emit(queue)

    def _typed(self, text: str) -> None:
        if text:
            self._wait.start()
        else:
            self.refresh()

    def _take(self, line: CaseLine | None) -> None:
        if line is not None:
            self.chosen.emit(line)


def _names(line: CaseLine) -> str:
    return " — ".join(names for names in (line.applicants, line.respondents) if names)
