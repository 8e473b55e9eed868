"""What happened to the case.

Who did what and when, and how far each word of it has travelled. Never edits.
"""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.domain.settlements import Choice, FieldChoice
from app.services.lines import Delivery, HistoryLine
from app.ui.cases.labels import listed
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import act_name, delivery_name, field_name
from app.ui.widgets.clock_words import clock_tip, is_doubtful, moment_words
from app.ui.widgets.frame import empty

SHOWN = 12
FIELDS_SHOWN = 4


class HistorySection(CaseSection):
    """The audit trail in words, newest first."""

    key = "history"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("经过"), parent)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self.content_layout.addWidget(self._holder)
        self._more = QPushButton()
        self._more.setFlat(True)
        self._more.clicked.connect(self._show_all)
        self.content_layout.addWidget(self._more)
        self._all = False

    @override
    def show_case(self, view: CaseView) -> None:
        if self.view is None or self.view.case_id != view.case_id:
            self._all = False
        super().show_case(view)
        empty(self._grid)
        lines = view.history if self._all else view.history[:SHOWN]
        for number, line in enumerate(lines):
            self._line(number, line)
        hidden = len(view.history) - len(lines)
        self._more.setText(self.tr("再看 {count} 条").format(count=hidden))
        self._more.setVisible(hidden > 0)

    def _line(self, row: int, line: HistoryLine) -> None:
        language = self.desk.language
        at = moment_words(line.at, line.clock_error_ms)
        what = act_name(line.act, language)
        fields = listed(self.desk, _names(line.fields, language)[:FIELDS_SHOWN])
        said = self.tr("{act}：{fields}").format(act=what, fields=fields) if fields else what
        said = self._decided(line) or said
        own = self.view is not None and line.device in self.view.own_devices
        # Own words that came back from the county, or from another own laptop, are there.
        there = own and line.delivery is Delivery.FOREIGN
        delivery = delivery_name(Delivery.RECEIVED if there else line.delivery, language)
        for column, text in enumerate((at, line.actor, said, delivery)):
            shown = QLabel(text)
            shown.setWordWrap(column == 2)
            shown.setProperty("role", "" if column == 2 else "muted")
            if column == 0 and is_doubtful(line.clock_error_ms):
                shown.setToolTip(clock_tip(line.at, line.clock_error_ms, own=own))
                shown.setAccessibleDescription(shown.toolTip())
            self._grid.addWidget(shown, row, column)

    def _decided(self, line: HistoryLine) -> str:
        """Who has the case from now on, or which of two versions holds; "" for other acts."""
        view = self.view
        if view is None:
            return ""
        act = act_name(line.act, self.desk.language)
        for one in view.file.handovers:
            if f"handover:{one.id}" in line.records:
                text = self.tr("{act}：由{before}交给{after}，原因：{reason}")
                before = one.from_name or self.tr("（没有记下）")
                return text.format(act=act, before=before, after=one.to_name, reason=one.reason)
        settled = [one for one in view.settlements if f"settlement:{one.id}" in line.records]
        choices = [self._chosen(it) for one in settled for it in one.choices]
        said = listed(self.desk, dict.fromkeys(choices))
        return self.tr("{act}：{fields}").format(act=act, fields=said) if said else ""

    def _chosen(self, one: FieldChoice) -> str:
        field = field_name(one.record.partition(":")[0], one.field, self.desk.language)
        text = {
            Choice.IN_FORCE: self.tr("{field}用先到的"),
            Choice.OTHER: self.tr("{field}用后到的"),
            Choice.OWN: self.tr("{field}另写的"),
        }[one.choice]
        return text.format(field=field)

    def _show_all(self) -> None:
        self._all = True
        if self.view is not None:
            self.show_case(self.view)


def _names(fields: tuple[str, ...], language: str) -> list[str]:
    """What people call the fields; links and the like, which have no such name, are no news."""
    named = []
    for field in dict.fromkeys(fields):
        owner, _, name = field.partition(".")
        said = field_name(owner, name, language)
        if name and said != name:
            named.append(said)
    return list(dict.fromkeys(named))
