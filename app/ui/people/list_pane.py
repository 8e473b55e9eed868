"""The list of people and organisations with its search box. Numbers stand here masked and are never
shown whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.domain.ids import RecordId
from app.services.lines import PersonLine
from app.ui.people import actions
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import EmptyState, button, icon, words
from app.ui.widgets.tables import Column, LinesModel, LinesView

SEARCH_AFTER_MS = 200


class ListPane(QWidget):
    """Search box, two buttons, the list.

    Signals:
        chosen(PersonLine): somebody is to be shown.
        person_wanted(str): a new person is to be written, with this name if it is one.
        organisation_wanted(str): the same for an organisation.
    """

    chosen = Signal(object)
    person_wanted = Signal(str)
    organisation_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("名字、拼音、声母、电话、住址"))
        self.search.setAccessibleName(self.tr("找人或单位"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._wait = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._wait.timeout.connect(self.refresh)
        self.search.textEdited.connect(lambda _text: self._wait.start())
        self.search.textChanged.connect(self._cleared)
        self.search.returnPressed.connect(self._take_first)
        self.model: LinesModel[PersonLine] = LinesModel(self._columns(), self)
        self.table = LinesView("people", self.tr("人员和单位"), desk.preferences)
        self.table.show_model(self.model)
        self.table.clicked.connect(lambda index: self._take(self.model.line_at(index.row())))
        self.table.opened.connect(self._take)
        self.count = words("", "muted", wrap=False)
        self._lay_out()

    def _lay_out(self) -> None:
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        verbs.addWidget(
            button(
                self.tr("新的人"),
                lambda: self.person_wanted.emit(self._typed_name()),
                icon_name="user-plus",
                main=True,
            )
        )
        verbs.addWidget(
            button(
                self.tr("新的单位"),
                lambda: self.organisation_wanted.emit(self._typed_name()),
                icon_name="building",
            )
        )
        verbs.addStretch(1)
        self.nobody = EmptyState("people", "")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nobody)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 8, 16)
        column.setSpacing(12)
        column.addWidget(words(self.tr("人员和单位"), "title"))
        column.addLayout(verbs)
        column.addWidget(self.search)
        column.addLayout(self._stack, 1)
        column.addWidget(self.count)

    def refresh(self) -> None:
        """Asks the store for what the search box says; a late answer to an older question is not
        shown.
        """
        self._wait.stop()
        self._asked += 1
        number = self._asked
        self._desk.jobs.run(
            self, actions.find(self.search.text()), lambda lines: self._arrived(number, lines)
        )

    def mark(self, record_id: RecordId | None) -> None:
        """Selects the line of what the page shows."""
        row = self.model.row_of(lambda line: line.id == record_id)
        if row >= 0:
            self.table.choose_row(row)
        else:
            self.table.clearSelection()

    def show_lines(self, lines: Sequence[PersonLine]) -> None:
        chosen = {line.id for line in self.table.chosen_lines()}
        self.model.set_lines(lines)
        for identity in chosen:
            self.mark(identity)
        self._stack.setCurrentWidget(self.table if lines else self.nobody)
        self.nobody.set_text(self._nobody_words())
        self.count.setVisible(bool(lines))
        many = len(lines) >= actions.LIST_LIMIT
        said = (
            self.tr("先列 {count} 个，再打几个字就能找到其余的")
            if many
            else self.tr("共 {count} 个")
        )
        self.count.setText(said.format(count=len(lines)))

    def _columns(self) -> list[Column[PersonLine]]:
        return [
            Column("name", self.tr("姓名 / 名称"), lambda line: line.name, width=130, strong=True),
            Column("kind", self.tr("类别"), self._kind, width=80),
            Column(
                "cases",
                self.tr("案件"),
                lambda line: str(line.cases),
                lambda line: line.cases,
                width=60,
                right=True,
            ),
            Column("phone", self.tr("电话"), lambda line: line.phone_masked, width=120),
            Column(
                "birth_date",
                self.tr("出生"),
                lambda line: line.birth_date.isoformat() if line.birth_date else "",
                width=105,
                spare=True,
            ),
            Column("id", self.tr("证件号"), lambda line: line.id_masked, width=180, spare=True),
            Column(
                "address",
                self.tr("住址"),
                lambda line: line.address,
                width=220,
                elastic=True,
                spare=True,
            ),
        ]

    def _kind(self, line: PersonLine) -> str:
        if line.organisation:
            return self.tr("单位")
        return {"1": self.tr("男"), "2": self.tr("女")}.get(line.sex, self.tr("人"))

    def _nobody_words(self) -> str:
        if self.search.text().strip():
            return self.tr("没有找到。可以换拼音或电话试试，也可以点上面新写一个。")
        return self.tr("这里还没有人。登记案件时写的当事人会自动出现，也可以点上面先写好。")

    def _typed_name(self) -> str:
        """What was searched for in vain is probably the name of the new one; figures are not."""
        text = self.search.text().strip()
        usable = text and not text.isascii() and not any(one.isdigit() for one in text)
        return text if usable and not self.model.rowCount() else ""

    def _arrived(self, number: int, lines: Sequence[PersonLine]) -> None:
        if number == self._asked:
            self.show_lines(lines)

    def _cleared(self, text: str) -> None:
        if not text:
            self.refresh()

    def _take_first(self) -> None:
        if self.model.rowCount():
            self._take(self.model.line_at(0))

    def _take(self, line: PersonLine | None) -> None:
        if line is not None:
            self.chosen.emit(line)
