"""Judicial confirmation: all parties together, within 30 days of the effective date (PML art. 33).

What forbids it stands in words before anybody writes an application; the agreement is valid without
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.agreements import Agreement, AgreementForm, AgreementState
from app.domain.completeness import DocumentKind
from app.domain.confirmations import Confirmation
from app.domain.problems import Problem
from app.services.confirmations import last_day, may_confirm
from app.ui.cases import after_actions
from app.ui.cases.confirmation_form import (
    ApplicationForm,
    CourtForm,
    application_from,
    application_values,
    court_from,
    court_values,
)
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import day_words, listed
from app.ui.cases.lines import Verb, card_with
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.cases.voiding import VoidForm
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.problems import sentence
from app.ui.widgets.frame import empty, words
from app.ui.widgets.record_words import outcome_word

if TYPE_CHECKING:
    from app.ui.cases.actions import Work
    from app.ui.widgets.forms import Form

COURT_FIELDS = frozenset({"outcome", "case_no", "accepted_on", "decided_on", "reason"})


class ConfirmationSection(CaseSection):
    """The last day, who must come, the application, the court's word."""

    key = "confirmation"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("司法确认"), parent)
        self._empty = words("", "muted")
        self.content_layout.addWidget(self._empty)
        self._shown, self._column = self.column()
        self._apply = self.verb(self.tr("准备申请书"), "apply-confirmation")
        self._apply.clicked.connect(self.begin)
        self._may = False

    # --- what is shown ---

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        empty(self._column)
        agreement = _effective(view)
        written = [one for one in view.file.confirmations if not one.void_reason]
        stops = self._stops(view, agreement) if agreement else []
        self._may = agreement is not None and not stops and not written
        if agreement is not None and not written:
            for one in stops:
                self._column.addWidget(words(sentence(one, self.desk.language)))
        if agreement is not None and not stops:
            self._show_terms(view, agreement)
        for application in view.file.confirmations:
            self._column.addWidget(self._card(view, application))
        self._empty.setText(self._reason(view))
        self.show_reading(self.editor is None)
        draft = f"confirmation:{view.case_id}" in view.drafts
        if self.editor is None and draft and not view.read_only:
            self.begin()

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        there = view is not None and (_effective(view) or view.file.confirmations)
        self._shown.setVisible(shown and bool(there))
        self._empty.setVisible(shown and not there)
        can = shown and self._may and view is not None and not view.read_only
        self._apply.setVisible(can)

    # --- what is done ---

    @override
    def begin(self) -> None:
        """An application of today with the addresses that are known."""
        view = self.view
        agreement = _effective(view) if view else None
        if view is None or agreement is None or not self._may or not self.may_begin():
            return
        work, key = after_actions.blank_confirmation(agreement.id), f"confirmation:{view.case_id}"
        self.desk.jobs.run(self, work, lambda one: self._edit(one, None, key))

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        view = self.view
        known = view.file.confirmations if view else ()
        one = next((it for it in known if it.id == owner_id), None)
        if one is None:
            self.begin()
        elif field.split(".")[0] in COURT_FIELDS:
            self._enter_result(one)
        elif self.may_begin():
            self._edit(one, one, f"confirmation:{one.id}")
        self.focus_editor(field)

    # --- inside ---

    def _stops(self, view: CaseView, agreement: Agreement) -> list[Problem]:
        return may_confirm(view.file, agreement, self.desk.practice, view.today)

    def _reason(self, view: CaseView) -> str:
        """Why there is nothing here yet."""
        main = view.file.main_agreement()
        if main is not None and main.form is AgreementForm.ORAL:
            return self.tr("口头协议不办司法确认。要办的，先改成书面协议。")
        return self.tr("书面协议生效以后，各方可以一起向法院申请确认。")

    def _show_terms(self, view: CaseView, agreement: Agreement) -> None:
        end = last_day(agreement, self.desk.practice.clocks.confirmation_days)
        if end is None:
            return
        left = (end - view.today).days
        day = day_words(self.desk, end)
        title = words(self.tr("最后一天：{day}").format(day=day), "title")
        title.setObjectName("last-day")
        self._column.addWidget(title)
        self._column.addWidget(words(self._left(left), "strong"))
        names = view.file.names()
        who = listed(self.desk, (names.get(one, "") for one in agreement.party_ids))
        text = self.tr("要一起去的：{names}。一方不去就办不成。").format(names=who)
        self._column.addWidget(words(text))
        asks = self._asks()
        if asks:
            lines = "\n".join(f"· {one}" for one in asks)
            self._column.addWidget(words(self.tr("去以前看一看") + "\n" + lines, "muted"))

    def _left(self, days: int) -> str:
        if days == 0:
            return self.tr("就是今天")
        return self.tr("还有 %n 天", "", days)

    def _asks(self) -> list[str]:
        """What the pack asks before an application is printed."""
        pack: Any = self.desk.practice.texts.get("confirmation")
        name = "en" if self.desk.language.startswith("en") else "zh"
        asks = pack.get("ask", ()) if isinstance(pack, Mapping) else ()
        return [str(one[name]) for one in asks]

    def _card(self, view: CaseView, one: Confirmation) -> QWidget:
        parts = (one.court, day_words(self.desk, one.applied_on))
        said = " · ".join(it for it in parts if it) or self.tr("还没填法院")
        if one.void_reason:
            text = self.tr("已作废：{what}（{why}）").format(what=said, why=one.void_reason)
            return card_with(text)
        paper = f"documents:{DocumentKind.CONFIRMATION_APPLICATION.value}:{one.id}"
        key = f"confirmation:{one.id}"
        show: Verb = (self.tr("看申请书"), "application", lambda: self.wanted.emit(paper))
        verbs = [show]
        if not view.read_only:
            verbs += [
                (self.tr("修改"), "edit-application", lambda: self._edit(one, one, key)),
                (self.tr("记法院的结果"), "court-result", lambda: self._enter_result(one)),
                (self.tr("作废"), "void-application", lambda: self._void(one)),
            ]
        return card_with(said, verbs, notes=self._result(one))

    def _result(self, one: Confirmation) -> list[str]:
        if one.outcome is None and not one.case_no:
            return [self.tr("还没有法院的结果")]
        parts = (
            outcome_word(one.outcome) if one.outcome else "",
            one.case_no,
            day_words(self.desk, one.decided_on),
            one.reason,
        )
        return [" · ".join(it for it in parts if it)]

    def _edit(self, one: Confirmation, stored: Confirmation | None, key: str) -> None:
        view = self.view
        if view is None or not self.may_begin():
            return
        practice = self.desk.practice

        def work_of(values: Values) -> Work[Any]:
            written = application_from(values, one)
            return after_actions.save_confirmation(written, stored, practice)

        form = ApplicationForm(self.desk, view, one)
        self._open(form, key, work_of, application_values(one))

    def _enter_result(self, one: Confirmation) -> None:
        if not self.may_begin():
            return
        practice = self.desk.practice

        def work_of(values: Values) -> Work[Any]:
            return after_actions.save_confirmation(court_from(values, one), one, practice)

        self._open(CourtForm(self.desk), f"court:{one.id}", work_of, court_values(one))

    def _void(self, one: Confirmation) -> None:
        def work_of(values: Values) -> Work[Any]:
            return after_actions.void_confirmation(one.id, values["void_reason"])

        if self.may_begin():
            verb = self.tr("作废")
            self._open(VoidForm(), f"void:{one.id}", work_of, {"void_reason": ""}, verb=verb)

    def _open(self, form: Form, key: str, work_of: Any, values: Values, *, verb: str = "") -> None:
        editor = Editor(self.desk, form, key, work_of, verb=verb)
        self.open_editor(editor)
        editor.open_with(values)


def _effective(view: CaseView) -> Agreement | None:
    """The written agreement that binds."""
    main = view.file.main_agreement()
    binds = main is not None and main.state is AgreementState.EFFECTIVE
    return main if binds and main and main.form is AgreementForm.WRITTEN else None
