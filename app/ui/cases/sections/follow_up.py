"""Performance and visits: whether what was agreed is kept (PML art. 31)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.domain.agreements import Agreement, AgreementState, effective_on
from app.domain.followups import FollowUp
from app.domain.ids import new_id
from app.domain.money import figures
from app.domain.problems import ProblemCode, refuse
from app.ui.cases import actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import day_words, label, named, party_choices, table_choices
from app.ui.cases.reading import Reading
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.ticks import pick_field
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.fields import ChoiceField, DateField, LineField, TextField, TickField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import empty, words

if TYPE_CHECKING:
    from app.ui.cases.actions import Work

FIELDS = (
    *("visited_on", "method", "party_id", "visitor", "performance"),
    *("satisfaction", "findings", "new_risk", "next_on"),
)


class VisitForm(Form):
    """One visit."""

    def __init__(self, desk: Desk, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        def name(field: str) -> str:
            return named(desk, "follow_up", field)

        self.add("visited_on", DateField(name("visited_on")))
        self.add("method", ChoiceField(name("method"), table_choices(desk, "visit_method")))
        self.add("party_id", pick_field(self.tr("回访了谁"), party_choices(view.file)))
        performance = table_choices(desk, "performance_status")
        self.add("performance", ChoiceField(name("performance"), performance))
        satisfaction = table_choices(desk, "satisfaction")
        self.add("satisfaction", ChoiceField(name("satisfaction"), satisfaction))
        hint = self.tr("履行得怎么样，还有什么话说")
        self.add("findings", TextField(name("findings"), hint=hint))
        self.add("new_risk", TickField(self.tr("有新的苗头，要继续盯着")))
        self.add("next_on", DateField(self.tr("下次回访日期")))
        self.add("visitor", LineField(name("visitor")))


class PerformedForm(Form):
    """The day on which everything was performed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add("performed_on", DateField(named(desk, "agreement", "performed_on")))


class FollowUpSection(CaseSection):
    """What is due, what was done, who was visited."""

    key = "follow_up"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("履行与回访"), parent)
        self._reading = Reading()
        self._empty = words(self.tr("协议生效以后，在这里登记履行和回访。"))
        self.content_layout.addWidget(self._empty)
        self.content_layout.addWidget(self._reading)
        self._visits_holder, self._visits = self.column()
        self._perform = self.verb(self.tr("登记履行完毕"), "perform")
        self._perform.clicked.connect(self.begin_performed)
        self._visit = self.verb(self.tr("登记回访"), "visit")
        self._visit.clicked.connect(self.begin)

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        agreement = view.file.main_agreement()
        self._reading.show_rows(self._performance(agreement) if agreement else [])
        empty(self._visits)
        for visit in view.file.follow_ups:
            self._visits.addWidget(self._line(view, visit))
        self.show_reading(self.editor is None)
        if self.editor is None:
            kept = next((k for k in view.drafts if k == f"visit:{view.case_id}"), "")
            if kept and not view.read_only:
                self.begin()

    @override
    def begin(self) -> None:
        """A new visit of today by whoever sits here."""
        view = self.view
        agreement = view.file.main_agreement() if view else None
        if view is None or self.editor is not None or view.read_only:
            return
        visit = FollowUp(
            id=new_id(),
            case_id=view.case_id,
            agreement_id=agreement.id if agreement else None,
            visited_on=view.today,
            visitor=view.actor,
        )
        self._edit(visit, None, f"visit:{view.case_id}")

    def begin_performed(self) -> None:
        view = self.view
        agreement = view.file.main_agreement() if view else None
        if view is None or agreement is None or self.editor is not None or view.read_only:
            return

        def work_of(values: Values) -> Work[Any]:
            if values["performed_on"] is None:
                raise refuse(ProblemCode.EMPTY, "performed_on")
            return actions.mark_performed(agreement.id, values["performed_on"])

        form, key = PerformedForm(self.desk), f"performed:{view.case_id}"
        editor = Editor(self.desk, form, key, work_of, verb=self.tr("已经履行完"))
        self.open_editor(editor)
        editor.open_with({"performed_on": view.today})

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        agreement = view.file.main_agreement() if view else None
        effective = agreement is not None and agreement.state is AgreementState.EFFECTIVE
        has_visits = view is not None and bool(view.file.follow_ups)
        self._reading.setVisible(shown and effective)
        self._empty.setVisible(shown and not effective and not has_visits)
        self._visits_holder.setVisible(shown and has_visits)
        can = shown and effective and view is not None and not view.read_only
        self._visit.setVisible(can)
        self._perform.setVisible(can and agreement is not None and agreement.performed_on is None)

    def _edit(self, visit: FollowUp, stored: FollowUp | None, key: str) -> None:
        assert self.view is not None

        def work_of(values: Values) -> Work[Any]:
            plain = values | {"party_id": values["party_id"] or None}
            return actions.save_visit(replace(visit, **plain), stored)

        editor = Editor(self.desk, VisitForm(self.desk, self.view), key, work_of)
        self.open_editor(editor)
        values = {name: getattr(visit, name) for name in FIELDS}
        editor.open_with(values | {"party_id": visit.party_id or ""})

    def _performance(self, agreement: Agreement) -> list[tuple[str, str]]:
        effective = effective_on(agreement)
        rows = [(self.tr("生效日期"), day_words(self.desk, effective))] if effective else []
        for clause in agreement.clauses:
            payment = clause.payment
            for part in payment.instalments if payment else ():
                rows.append((self.tr("应付"), self._due(part.due_on, part.fen)))
            if payment and not payment.instalments:
                rows.append((self.tr("应付"), self._due(payment.due_on, payment.fen)))
        if agreement.performed_on:
            done = day_words(self.desk, agreement.performed_on)
            rows.append((named(self.desk, "agreement", "performed_on"), done))
        return rows

    def _due(self, day: Any, fen: int) -> str:
        amount = self.tr("{amount} 元").format(amount=figures(fen))
        return f"{day_words(self.desk, day)}　{amount}" if day else amount

    def _line(self, view: CaseView, visit: FollowUp) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        words = [
            day_words(self.desk, visit.visited_on),
            label(self.desk, "visit_method", visit.method),
            view.file.names().get(visit.party_id, "") if visit.party_id else "",
            label(self.desk, "performance_status", visit.performance),
            label(self.desk, "satisfaction", visit.satisfaction),
            visit.findings,
            visit.visitor,
        ]
        said = QLabel(" · ".join(one for one in words if one))
        said.setWordWrap(True)
        layout.addWidget(said, 1)
        if not view.read_only:
            edit = QPushButton(self.tr("修改"))
            edit.clicked.connect(lambda _=False, v=visit: self._edit(v, v, f"visit:{v.id}"))
            layout.addWidget(edit)
        return row
