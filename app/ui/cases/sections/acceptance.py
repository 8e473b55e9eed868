"""Acceptance.

Whether the committee may take the dispute, where it came from, who registered it and who mediates
(PML art. 17-19).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.cases import Acceptance, Case, Stage
from app.ui.cases import actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import (
    day_words,
    label,
    mediator_choices,
    mediator_names,
    named,
    table_choices,
)
from app.ui.cases.reading import Reading
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.clock_words import day_doubt
from app.ui.widgets.fields import ChoiceField, CodeField, DateField, LineField, TextField, TickField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import words

if TYPE_CHECKING:
    from app.ui.cases.actions import Work

BY_APPLICATION = "ON_APPLICATION"  # of ``case_source``
ACCEPTABLE = (Stage.LEAD, Stage.NOT_ACCEPTED, Stage.WITHDRAWN, Stage.TRANSFERRED_OUT)


class AcceptanceForm(Form):
    """What is decided at acceptance."""

    def __init__(self, desk: Desk, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "case", field)

        self.add("accepted_on", DateField(name("accepted_on")))
        self.source = CodeField(name("source"), table_choices(desk, "case_source"))
        self.add("source", self.source)
        hint = self.tr("有人来申请的才填")
        self.applied_on = DateField(name("applied_on"), hint=hint)
        self.add("applied_on", self.applied_on)
        self.orally = TickField(self.tr("口头申请的，申请书由调委会代填"))
        self.add("applied_orally", self.orally)
        people = mediator_choices(view)
        self.add("mediator_ids", ChoiceField(name("mediator_ids"), people, multi=True))
        self.add("registrar", LineField(name("registrar")))
        self.add_group(self.tr("看看能不能调"))
        scope = table_choices(desk, "refusal_of_scope")
        hint = self.tr("都不沾边就空着")
        self.add("scope", CodeField(self.tr("像不像下面这些不能调的事"), scope, hint=hint))
        hint = self.tr("只调其中能调的部分，写明是哪部分；不受理就写不受理的理由")
        self.add("scope_reason", TextField(self.tr("理由"), hint=hint))
        self.source.edited.connect(self._suit)

    @override
    def set_values(self, values: Mapping[str, Any]) -> None:
        super().set_values(values)
        self._suit()

    def _suit(self) -> None:
        """Only who was applied to is asked when, and whether by word of mouth."""
        applied = self.source.value() == BY_APPLICATION or self.applied_on.value() is not None
        for field in (self.applied_on, self.orally):
            field.setVisible(applied)


def acceptance_values(view: CaseView) -> Values:
    """Today, by application, registered and mediated by whoever sits here.

    What is usual is already there.
    """
    case = view.file.case
    mediators = case.mediator_ids or ((view.own_mediator,) if view.own_mediator else ())
    source = case.source or BY_APPLICATION
    fresh = case.accepted_on is None and source == BY_APPLICATION
    usual = (case.reported_on or view.today) if fresh else None
    return {
        "accepted_on": case.accepted_on or view.today,
        "source": source,
        "applied_on": case.applied_on or usual,
        "applied_orally": case.applied_orally,
        "registrar": case.registrar or view.actor,
        "mediator_ids": mediators,
        "scope": case.scope,
        "scope_reason": case.scope_reason,
    }


class AcceptanceSection(CaseSection):
    """Accept, or say why not."""

    key = "acceptance"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("受理登记"), parent)
        self._reading = Reading()
        self._doubt = words("", "muted")
        self._doubt.setObjectName("day-doubt")
        self._empty = words(self.tr("还没有受理。事情简单的当场就可以受理。"))
        self.content_layout.addWidget(self._empty)
        self.content_layout.addWidget(self._reading)
        self.content_layout.addWidget(self._doubt)
        self._begin = self.verb(self.tr("受理"), "accept")
        self._begin.clicked.connect(self.begin)

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        case, desk = view.file.case, self.desk
        rows = [
            ("accepted_on", day_words(self.desk, case.accepted_on)),
            ("source", label(desk, "case_source", case.source)),
            ("applied_on", self._applied(case)),
            ("mediator_ids", mediator_names(self.desk, view, case.mediator_ids)),
            ("registrar", case.registrar),
        ]
        shown = [
            (named(desk, "case", name), text) for name, text in rows if text or name != "applied_on"
        ]
        if case.scope:
            scope = label(desk, "refusal_of_scope", case.scope)
            shown.append((named(desk, "case", "scope"), f"{scope}　{case.scope_reason}"))
        self._reading.show_rows(shown)
        self._doubt.setText(day_doubt(view.history, "case.accepted_on") if case.accepted_on else "")
        self._begin.setText(self.tr("受理") if case.accepted_on is None else self.tr("修改"))
        self.show_reading(self.editor is None)
        if self.editor is None and f"acceptance:{case.id}" in view.drafts:
            self.begin()

    @override
    def begin(self) -> None:
        view = self.view
        if view is None or self.editor is not None or view.read_only:
            return
        key = f"acceptance:{view.case_id}"
        accepting = view.file.case.accepted_on is None
        verb = self.tr("受理") if accepting else ""
        form = AcceptanceForm(self.desk, view)
        editor = Editor(self.desk, form, key, self._work_of, verb=verb)
        if accepting:
            decline = QPushButton(self.tr("不予受理"))
            decline.setObjectName("decline")
            decline.clicked.connect(lambda: editor.run(self._decline))
            editor.add_button(decline)
        self.open_editor(editor)
        editor.open_with(acceptance_values(view))

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        accepted = view is not None and view.file.case.accepted_on is not None
        self._reading.setVisible(shown and accepted)
        self._doubt.setVisible(shown and accepted and bool(self._doubt.text()))
        self._empty.setVisible(shown and not accepted)
        self._begin.setVisible(shown and view is not None and not view.read_only)

    def _applied(self, case: Case) -> str:
        day = day_words(self.desk, case.applied_on)
        return self.tr("{day}（口头）").format(day=day) if day and case.applied_orally else day

    def _work_of(self, values: Values) -> Work[Any]:
        assert self.view is not None
        case = self.view.file.case
        if case.stage in ACCEPTABLE:
            return actions.accept(case.id, Acceptance(**values))
        return actions.save_case(replace(case, **values), case)

    def _decline(self, values: Values) -> Work[Any]:
        assert self.view is not None
        return actions.decline(self.view.case_id, values["scope"], values["scope_reason"])
