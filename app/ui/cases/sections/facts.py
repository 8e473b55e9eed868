"""What the dispute is about: the head of the case, written once and used by every paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.cases import Case, RiskGrade
from app.domain.money import figures
from app.ui.cases import actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import (
    day_words,
    enum_choices,
    label,
    listed,
    named,
    table_choices,
)
from app.ui.cases.reading import Reading
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.ticks import several_field
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import GRADE_NAMES, name_of
from app.ui.widgets.fields import (
    AmountField,
    ChoiceField,
    CodeField,
    DateField,
    LineField,
    TextField,
)
from app.ui.widgets.forms import Form

if TYPE_CHECKING:
    from app.ui.cases.actions import Work

TABLES = {
    "dispute_tags": "dispute_tag",
    "special_groups": "special_group",
    "prevented_harms": "prevented_harm",
}
PLAIN = (
    *("matter", "dispute_type", "occurred_on", "occurred_place", "facts", "amount_claimed"),
    *("reported_on", "difficulty", "risk_grade", "risk_reason", "title"),
    *TABLES,
)


class FactsForm(Form):
    """The fields of a case's head that are the mediator's to write."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "case", field)

        self.add_group(self.tr("什么事"))
        self.add("matter", LineField(name("matter"), hint=self.tr("例如：装修掉物砸坏屋瓦")))
        self.add(
            "dispute_type", CodeField(name("dispute_type"), table_choices(desk, "dispute_type"))
        )
        self.add("occurred_on", DateField(name("occurred_on")))
        self.add("occurred_place", LineField(name("occurred_place")))
        hint = self.tr("什么时候、在哪里、谁和谁、因为什么、到了哪一步")
        self.add("facts", TextField(name("facts"), hint=hint))
        self.add("requests", TextField(name("requests"), hint=self.tr("一行写一条请求")))
        self.add("amount_claimed", AmountField(name("amount_claimed")))
        self.add_group(self.tr("归类（统计和报表要用）"))
        for field, table in TABLES.items():
            self.add(field, several_field(name(field), table_choices(desk, table)))
        self.add_group(self.tr("轻重缓急"))
        self.add("difficulty", ChoiceField(name("difficulty"), table_choices(desk, "difficulty")))
        self.add("risk_grade", ChoiceField(name("risk_grade"), enum_choices(desk, GRADE_NAMES)))
        self.add("risk_reason", LineField(name("risk_reason"), hint=self.tr("红、黄两级写明原因")))
        self.add("reported_on", DateField(name("reported_on")))
        self.add("title", LineField(name("title"), hint=self.tr("不填就用双方姓名加纠纷类型")))


def case_values(case: Case) -> Values:
    """What the form opens with."""
    values: Values = {name: getattr(case, name) for name in PLAIN}
    return values | {"requests": "\n".join(case.requests), "risk_grade": case.risk_grade.value}


def case_from(values: Values, case: Case) -> Case:
    """The case as the form says it."""
    plain = {name: values[name] for name in PLAIN if name != "risk_grade"}
    requests = tuple(one.strip() for one in values["requests"].splitlines() if one.strip())
    grade = RiskGrade(values["risk_grade"] or RiskGrade.BLUE)
    return replace(case, **plain, requests=requests, risk_grade=grade)


class FactsSection(CaseSection):
    """The dispute itself."""

    key = "facts"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("纠纷情况"), parent)
        self._reading = Reading()
        self.content_layout.addWidget(self._reading)
        self._edit = self.verb(self.tr("修改"), "edit-facts")
        self._edit.clicked.connect(self.begin)

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        self._edit.setVisible(not view.read_only and self.editor is None)
        case, desk = view.file.case, self.desk
        shown = [
            ("matter", case.matter, True),
            ("dispute_type", label(desk, "dispute_type", case.dispute_type), True),
            ("occurred_on", day_words(self.desk, case.occurred_on), False),
            ("occurred_place", case.occurred_place, False),
            ("facts", case.facts, True),
            ("requests", "\n".join(case.requests), False),
            ("amount_claimed", self._money(case.amount_claimed), False),
            ("difficulty", label(desk, "difficulty", case.difficulty), False),
            ("risk_grade", self._grade(case), False),
            *((field, self._labels(field, table), False) for field, table in TABLES.items()),
            ("source_note", case.source_note, False),
        ]
        rows = [(named(desk, "case", name), text) for name, text, must in shown if text or must]
        self._reading.show_rows(rows)
        if self.editor is None and f"case:{case.id}" in view.drafts and not view.read_only:
            self.begin()

    @override
    def begin(self) -> None:
        if self.view is None or self.editor is not None or self.view.read_only:
            return
        case = self.view.file.case

        def work_of(values: Values) -> Work[Case]:
            return actions.save_case(case_from(values, case), case)

        editor = Editor(self.desk, FactsForm(self.desk), f"case:{case.id}", work_of)
        self.open_editor(editor)
        editor.open_with(case_values(case))

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        self.begin()
        self.focus_editor(field)

    @override
    def show_reading(self, shown: bool) -> None:
        self._reading.setVisible(shown)
        self._edit.setVisible(shown and self.view is not None and not self.view.read_only)

    def _labels(self, field: str, table: str) -> str:
        assert self.view is not None
        codes: tuple[str, ...] = getattr(self.view.file.case, field)
        return listed(self.desk, (label(self.desk, table, one) for one in codes))

    def _money(self, fen: int | None) -> str:
        return self.tr("{amount} 元").format(amount=figures(fen)) if fen is not None else ""

    def _grade(self, case: Case) -> str:
        grade = name_of(GRADE_NAMES, case.risk_grade, self.desk.language)
        return f"{grade}　{case.risk_reason}" if case.risk_reason else grade
