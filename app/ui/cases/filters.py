"""What the case list is asked for: a search box and a few choices. Never searches itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.domain.cases import Stage
from app.domain.reviews import ReviewState
from app.services.lines import CaseQuery, Delivery
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import delivery_name, stage_name
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import button, icon

SEARCH_AFTER_MS = 180
OPEN = frozenset(
    {
        *(Stage.LEAD, Stage.ACCEPTED, Stage.INVESTIGATING, Stage.IN_SESSION, Stage.ADJOURNED),
        *(Stage.AGREED, Stage.PERFORMING, Stage.PERFORMED, Stage.SUSPENDED),
    }
)

_DELIVERIES = (
    Delivery.HERE,
    Delivery.WAITING,
    Delivery.RECEIVED,
    Delivery.COMPLETE,
    Delivery.ATTENTION,
)


class _Search(QLineEdit):
    """A search box in which arrow down goes into the list and Esc empties it.

    Signals:
        down(): go into the list.
    """

    down = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """Search and filters.

    Signals:
        changed(): the query is another one now.
        down(): the person wants to go into the list.
    """

    changed = Signal()
    down = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.search = _Search()
        self.search.setPlaceholderText(self.tr("姓名、拼音首字母、事由、编号"))
        self.search.setAccessibleName(self.tr("查找案件"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(200)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.down.connect(self.down)
        self._wait = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._wait.timeout.connect(self.changed)
        self.search.textChanged.connect(self._typed)
        self.stage = self._box(self.tr("进展"))
        self.kind = self._box(self.tr("纠纷类型"))
        self.progress = self._box(self.tr("上报与审核"))
        self.owner = self._box(self.tr("谁的案件"))
        self._fill()
        self.clear_button = button(self.tr("清除筛选"), self.clear, quiet=True)
        self.clear_button.setObjectName("clear-filters")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        row = QWidget()
        flow = FlowLayout(row, gap=8)
        for widget in (self.stage, self.kind, self.progress, self.owner, self.clear_button):
            flow.addWidget(widget)
        column.addWidget(row)
        self._suit()

    def query(self, sorted_by: CaseQuery) -> CaseQuery:
        """What is asked for now, sorted as `sorted_by` says."""
        stage, progress = self.stage.currentData(), self.progress.currentData()
        kind, owner = self.kind.currentData(), self.owner.currentData()
        stages = OPEN if stage == "open" else frozenset({Stage(stage)}) if stage else frozenset()
        deliveries = {Delivery(progress)} if progress in set(Delivery) else set()
        reviews = {ReviewState(progress)} if progress in set(ReviewState) else set()
        return replace(
            sorted_by,
            text=self.search.text().strip(),
            stages=frozenset(stages),
            dispute_types=frozenset({kind} if kind else ()),
            deliveries=frozenset(deliveries),
            review_states=frozenset(reviews),
            foreign={"own": False, "foreign": True}.get(owner or ""),
        )

    def narrows(self) -> bool:
        """Whether anything is filtered out."""
        return bool(self.search.text().strip()) or any(one.currentData() for one in self._boxes())

    def narrow(self, narrow: bool) -> None:
        """Beside an open case there is room for the search alone; a set filter stays seen."""
        for box in self._boxes():
            box.setVisible(not narrow or bool(box.currentData()))

    def clear(self) -> None:
        """Back to all cases."""
        for widget in (self.search, *self._boxes()):
            widget.blockSignals(True)
        self.search.clear()
        for box in self._boxes():
            box.setCurrentIndex(0)
        for widget in (self.search, *self._boxes()):
            widget.blockSignals(False)
        self._wait.stop()
        self._say()

    def _boxes(self) -> tuple[QComboBox, ...]:
        return self.stage, self.kind, self.progress, self.owner

    def _box(self, name: str) -> QComboBox:
        box = _Box()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        box.setMaxVisibleItems(24)
        box.addItem(self.tr("{name}：全部").format(name=name), "")
        box.currentIndexChanged.connect(self._say)
        return box

    def _fill(self) -> None:
        language = self._desk.language
        self.stage.addItem(self.tr("还在办的"), "open")
        for stage in Stage:
            self.stage.addItem(stage_name(stage, language), stage.value)
        for code in self._desk.practice.codes.table("dispute_type").codes:
            self.kind.addItem(code.label(language), code.code)
        for delivery in _DELIVERIES:
            self.progress.addItem(delivery_name(delivery, language), delivery.value)
        self.progress.addItem(self.tr("等待审核"), ReviewState.SUBMITTED.value)
        self.progress.addItem(self.tr("退回修改"), ReviewState.RETURNED.value)
        self.progress.addItem(self.tr("审核通过"), ReviewState.APPROVED.value)
        self.owner.addItem(self.tr("本委员会的"), "own")
        self.owner.addItem(self.tr("别人办的"), "foreign")

    def _typed(self) -> None:
        """Asks once typing rests."""
        self._wait.start()

    def _say(self) -> None:
        self._suit()
        self.changed.emit()

    def _suit(self) -> None:
        self.clear_button.setVisible(self.narrows())


class _Box(QComboBox):
    """A box whose wheel scrolls the page and not its choice."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
