"""Performance and visits: whether what was agreed is kept (PML art. 31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.agreements import Agreement, AgreementState, effective_on
from app.domain.completeness import DocumentKind
from app.domain.duties import DutyProgress, DutyState, progress
from app.domain.followups import FollowUp
from app.domain.ids import new_id
from app.domain.money import figures
from app.domain.performances import Performance
from app.domain.problems import ProblemCode, refuse
from app.domain.visit_rules import ProposedVisit, VisitReason
from app.ui.cases import after_actions
from app.ui.cases.duty_table import DutyTable
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import day_words, label, listed, named
from app.ui.cases.lines import line_with
from app.ui.cases.performance_form import (
    PerformanceForm,
    duty_words,
    is_money,
    performance_from,
    performance_values,
)
from app.ui.cases.reading import Reading
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.cases.visit_form import VisitForm, visit_from, visit_values
from app.ui.cases.voiding import VoidForm
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.fields import Choice, DateField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import empty, words

if TYPE_CHECKING:
    from app.ui.cases.actions import Work


class PerformedForm(Form):
    """The day on which everything was performed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add("performed_on", DateField(named(desk, "agreement", "performed_on")))


class FollowUpSection(CaseSection):
    """What is due, what was done, whom to visit and who was visited."""

    key = "follow_up"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("履行和回访"), parent)
        self._empty = words(self.tr("协议生效以后，在这里登记履行和回访。"))
        self.content_layout.addWidget(self._empty)
        self._shown, self._column = self.column()
        self._reading = Reading()
        self._column.addWidget(self._reading)
        self.duties = DutyTable(desk)
        self.duties.wanted.connect(self.begin_performance)
        self._column.addWidget(self.duties)
        self._proofs = self._part()
        self._visits = self._part()
        self._perform = self.verb(self.tr("登记履行完毕"), "perform")
        self._perform.clicked.connect(self.begin_performed)
        self._visit = self.verb(self.tr("登记回访"), "visit")
        self._visit.clicked.connect(self.begin)

    # --- what is shown ---

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        agreement = view.file.main_agreement()
        self._reading.show_rows(self._dates(agreement) if agreement else [])
        found = tuple(line for one in _binding(view) for line in self._progress(view, one))
        self.duties.show_duties(view, found)
        self._show_proofs(view)
        self._show_visits(view)
        self.show_reading(self.editor is None)
        if self.editor is None and not view.read_only:
            self._take_up_draft(view)

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        agreement = view.file.main_agreement() if view else None
        effective = agreement is not None and agreement.state is AgreementState.EFFECTIVE
        has_any = view is not None and bool(view.file.follow_ups or view.file.performances)
        self._shown.setVisible(shown and (effective or has_any))
        self._empty.setVisible(shown and not effective and not has_any)
        can = shown and effective and view is not None and not view.read_only
        self._visit.setVisible(can)
        open_one = agreement is not None and agreement.performed_on is None
        self._perform.setVisible(can and open_one)

    # --- what is done ---

    @override
    def begin(self) -> None:
        """A new visit of today by whoever sits here."""
        self.begin_visit(None)

    def begin_visit(self, proposed: ProposedVisit | None) -> None:
        """A visit of today; of a proposed one with its way and the day of the one after it."""
        view = self.view
        agreement = view.file.main_agreement() if view else None
        if view is None or not self.may_begin():
            return
        later = [one.on for one in view.visits if proposed and one.on > proposed.on]
        one_way = proposed is not None and len(proposed.methods) == 1
        visit = FollowUp(
            id=new_id(),
            case_id=view.case_id,
            agreement_id=agreement.id if agreement else None,
            visited_on=view.today,
            visitor=view.actor,
            method=proposed.methods[0] if proposed and one_way else "",
            next_on=max(later[0], view.today) if later else None,
        )
        self._edit_visit(visit, None, f"visit:{view.case_id}")

    def begin_performed(self) -> None:
        """Everything was performed, without a proof of each duty."""
        view = self.view
        agreement = view.file.main_agreement() if view else None
        if view is None or agreement is None or not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            if values["performed_on"] is None:
                raise refuse(ProblemCode.EMPTY, "performed_on")
            return after_actions.mark_performed(agreement.id, values["performed_on"])

        form, key = PerformedForm(self.desk), f"performed:{view.case_id}"
        editor = Editor(self.desk, form, key, work_of, verb=self.tr("已经履行完"))
        self.open_editor(editor)
        editor.open_with({"performed_on": view.today})

    def begin_performance(self, duty: str) -> None:
        """Ticks off a duty: what would fulfil it today stands in the form."""
        view = self.view
        if view is None or not self.may_begin():
            return
        agreement = _agreement_of(view, duty)
        if agreement is not None:
            work = after_actions.blank_performance(agreement.id, duty)
            key = f"duty:{view.case_id}:{duty}"
            self.desk.jobs.run(self, work, lambda done: self._edit_done(done, None, key))

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        view = self.view
        if view is None:
            return
        done = next((one for one in view.file.performances if one.id == owner_id), None)
        visit = next((one for one in view.file.follow_ups if one.id == owner_id), None)
        root, _, rest = field.partition(".")
        if done is not None and self.may_begin():
            self._edit_done(done, done, f"performance:{done.id}")
        elif visit is not None and self.may_begin():
            self._edit_visit(visit, visit, f"visit:{visit.id}")
        elif root == "duties":
            self.begin_performance(rest)
        elif root == "performed_on":
            self._begin_open_duty(view)
        elif root == "visits":
            self.begin_visit(next((one for one in view.visits if str(one.on) == rest), None))
        elif field:
            self.begin_visit(next(iter(view.visits), None))
        self.focus_editor(field)

    # --- inside ---

    def _part(self) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(6)
        self._column.addLayout(part)
        return part

    def _take_up_draft(self, view: CaseView) -> None:
        """What was typed and not saved is opened again."""
        start = f"duty:{view.case_id}:"
        duty = next((one.removeprefix(start) for one in view.drafts if one.startswith(start)), "")
        if f"visit:{view.case_id}" in view.drafts:
            self.begin()
        elif duty:
            self.begin_performance(duty)

    def _begin_open_duty(self, view: CaseView) -> None:
        """The first thing that is still owed; without any, the day on which all was done."""
        found = [line for one in _binding(view) for line in self._progress(view, one)]
        still = next((one for one in found if one.state is not DutyState.DONE), None)
        if still is not None:
            self.begin_performance(still.duty.key)
        else:
            self.begin_performed()

    def _progress(self, view: CaseView, agreement: Agreement) -> tuple[DutyProgress, ...]:
        done = [one for one in view.file.performances if one.agreement_id == agreement.id]
        return progress(agreement, done, view.today)

    def _edit_done(self, done: Performance, stored: Performance | None, key: str) -> None:
        view = self.view
        if view is None or not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            return after_actions.record_performance(performance_from(values, done), stored)

        form = PerformanceForm(self.desk, view, money=is_money(done))
        verb = self.tr("记下来") if stored is None else ""
        editor = Editor(self.desk, form, key, work_of, verb=verb)
        self.open_editor(editor)
        editor.open_with(performance_values(done))

    def _edit_visit(self, visit: FollowUp, stored: FollowUp | None, key: str) -> None:
        view = self.view
        if view is None or not self.may_begin():
            return

        def work_of(values: Values) -> list[Work[Any]]:
            made, agreement_id = visit_from(values, visit), visit.agreement_id
            works = [after_actions.save_visit(made, stored)]
            if agreement_id is not None:
                found = values.get("duties", ())
                works += [after_actions.found_done(made, agreement_id, key) for key in found]
            return works

        form = VisitForm(self.desk, view, self._open_duties(view, visit))
        editor = Editor(self.desk, form, key, work_of)
        self.open_editor(editor)
        editor.open_with(visit_values(visit))

    def _open_duties(self, view: CaseView, visit: FollowUp) -> list[Choice]:
        agreement = next((one for one in _binding(view) if one.id == visit.agreement_id), None)
        found = self._progress(view, agreement) if agreement else ()
        return [
            Choice(one.duty.key, duty_words(self.desk, view.file, one.duty))
            for one in found
            if one.state is not DutyState.DONE
        ]

    def _dates(self, agreement: Agreement) -> list[tuple[str, str]]:
        effective = effective_on(agreement)
        rows = [(self.tr("生效日期"), day_words(self.desk, effective))] if effective else []
        if agreement.performed_on:
            done = day_words(self.desk, agreement.performed_on)
            rows.append((named(self.desk, "agreement", "performed_on"), done))
        return rows

    def _show_proofs(self, view: CaseView) -> None:
        empty(self._proofs)
        if view.file.performances:
            self._proofs.addWidget(words(self.tr("已经做到的"), "strong"))
        for done in view.file.performances:
            self._proofs.addWidget(self._proof(view, done))

    def _proof(self, view: CaseView, done: Performance) -> QWidget:
        names = view.file.names()
        payer = names.get(done.payer_id, "") if done.payer_id else ""
        payee = names.get(done.payee_id, "") if done.payee_id else ""
        amount = "" if done.fen is None else self.tr("{sum} 元").format(sum=figures(done.fen))
        said = " · ".join(
            one
            for one in (
                day_words(self.desk, done.done_on),
                f"{payer} → {payee}" if payer and payee else "",
                amount or done.what,
                label(self.desk, "money_way", done.way) if amount else "",
                done.witness,
            )
            if one
        )
        if done.void_reason:
            return line_with(
                self.tr("已作废：{what}（{why}）").format(what=said, why=done.void_reason)
            )
        paper = f"documents:{DocumentKind.PERFORMANCE_RECEIPT.value}:{done.id}"
        key = f"performance:{done.id}"
        verbs = [(self.tr("看凭证"), "receipt", lambda: self.wanted.emit(paper))]
        if not view.read_only:
            verbs += [
                (self.tr("修改"), "edit-done", lambda: self._edit_done(done, done, key)),
                (self.tr("作废"), "void-done", lambda: self._void_done(done)),
            ]
        return line_with(said, verbs)

    def _show_visits(self, view: CaseView) -> None:
        empty(self._visits)
        if view.visits and not view.read_only:
            self._visits.addWidget(words(self.tr("该去回访的"), "strong"))
            for proposed in view.visits:
                self._visits.addWidget(self._proposed(proposed))
        if view.file.follow_ups:
            self._visits.addWidget(words(self.tr("回访过的"), "strong"))
        for visit in view.file.follow_ups:
            self._visits.addWidget(self._visited(view, visit))

    def _proposed(self, one: ProposedVisit) -> QWidget:
        why = listed(self.desk, dict.fromkeys(self._reason(it) for it in one.why))
        ways = listed(self.desk, (label(self.desk, "visit_method", it) for it in one.methods))
        day = day_words(self.desk, one.on)
        if one.overdue:
            day = self.tr("{day}（已经过了）").format(day=day)
        said = " · ".join(it for it in (day, ways, why) if it)
        verb = (self.tr("记这次回访"), "proposed-visit", lambda: self.begin_visit(one))
        return line_with(said, [verb])

    def _reason(self, why: VisitReason) -> str:
        """The county's rule and how its day is counted."""
        rule = why.en if self.desk.language.startswith("en") else why.zh
        counted = {
            "effective_on": self.tr("协议生效后 {days} 天"),
            "due_on": self.tr("到期后 {days} 天"),
            "performed_on": self.tr("履行完后 {days} 天"),
        }.get(why.base, "").format(days=why.days)
        return (
            self.tr("{rule}（{counted}）").format(rule=rule, counted=counted) if counted else rule
        )

    def _visited(self, view: CaseView, visit: FollowUp) -> QWidget:
        parts = [
            day_words(self.desk, visit.visited_on),
            label(self.desk, "visit_method", visit.method),
            view.file.names().get(visit.party_id, "") if visit.party_id else "",
            label(self.desk, "performance_status", visit.performance),
            label(self.desk, "satisfaction", visit.satisfaction),
            visit.findings,
            visit.visitor,
        ]
        said = " · ".join(one for one in parts if one)
        if visit.void_reason:
            why = visit.void_reason
            return line_with(self.tr("已作废：{what}（{why}）").format(what=said, why=why))
        paper = f"documents:{DocumentKind.FOLLOW_UP_RECORD.value}:{visit.id}"
        key = f"visit:{visit.id}"
        verbs = [(self.tr("看回访记录"), "visit-paper", lambda: self.wanted.emit(paper))]
        if not view.read_only:
            verbs += [
                (self.tr("修改"), "edit-visit", lambda: self._edit_visit(visit, visit, key)),
                (self.tr("作废"), "void-visit", lambda: self._void_visit(visit)),
            ]
        return line_with(said, verbs)

    def _void_done(self, done: Performance) -> None:
        def work_of(values: Values) -> Work[Any]:
            return after_actions.void_performance(done.id, values["void_reason"])

        self._void(f"void:{done.id}", work_of)

    def _void_visit(self, visit: FollowUp) -> None:
        def work_of(values: Values) -> Work[Any]:
            return after_actions.void_visit(visit, values["void_reason"])

        self._void(f"void:{visit.id}", work_of)

    def _void(self, key: str, work_of: Any) -> None:
        if self.may_begin():
            editor = Editor(self.desk, VoidForm(), key, work_of, verb=self.tr("作废"))
            self.open_editor(editor)
            editor.open_with({"void_reason": ""})


def _binding(view: CaseView) -> list[Agreement]:
    """The agreements that bind, the main one and what was added to it."""
    return [one for one in view.file.living_agreements if one.state is AgreementState.EFFECTIVE]


def _agreement_of(view: CaseView, duty: str) -> Agreement | None:
    for one in _binding(view):
        if any(line.duty.key == duty for line in progress(one, (), view.today)):
            return one
    return None
