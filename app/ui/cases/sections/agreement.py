"""The agreement.

Draft, freeze and print, sign, take effect. What was signed cannot change; only a supplement helps
(PML art. 33).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtWidgets import QWidget

from app.domain.agreements import Agreement, AgreementState, Waiver
from app.domain.agreements import AgreementForm as Kind
from app.domain.problems import Problem, ProblemCode, Refused
from app.ui.cases import agreement_actions, record_actions
from app.ui.cases.agreement_card import AgreementCard
from app.ui.cases.agreement_form import AgreementForm, agreement_from, agreement_values
from app.ui.cases.agreement_steps import FinaliseForm, SignForm
from app.ui.cases.checker_panel import CheckerPanel, Subject
from app.ui.cases.editor import Editor, Values
from app.ui.cases.hands import hands_of
from app.ui.cases.next_step import NextStep, stops
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.stop_notes import StopNotes
from app.ui.cases.view import CaseView
from app.ui.cases.voiding import VoidForm
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.frame import button, empty, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.cases.actions import Work
    from app.ui.cases.reading_window import ReadingWindow

_SPOKEN = frozenset({ProblemCode.FINDINGS_OPEN, ProblemCode.FINDING_STOP})


class AgreementSection(CaseSection):
    """All agreements of the case; the newest is worked on."""

    key = "agreement"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("协议"), parent)
        self._empty = words(self.tr("谈成了就在这里起草协议。双方、事实、调解员都会自动带过来。"))
        self.content_layout.addWidget(self._empty)
        self._cards_holder, self._cards = self.column()
        self._panel: CheckerPanel | None = None
        self._window: ReadingWindow | None = None
        self._pages: dict[str, int] = {}  # of a frozen text, by its hash: it never changes
        self._notes = StopNotes(desk)
        self._notes.wanted.connect(self.wanted)
        self.content_layout.addWidget(self._notes)
        self._oral = self.verb(self.tr("起草口头协议"), "draft-oral")
        self._oral.clicked.connect(lambda: self._draft(Kind.ORAL))
        self._written = self.verb(self.tr("起草书面协议"), "draft-written")
        self._written.clicked.connect(lambda: self._draft(Kind.WRITTEN))

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        empty(self._cards)
        for agreement in view.file.agreements:
            self._cards.addWidget(self._card(view, agreement))
        none = view.file.main_agreement() is None
        found = stops(NextStep.DRAFT_AGREEMENT, view.file, view.today) if none else ()
        for made in (self._oral, self._written):
            made.setEnabled(not found)
        self._notes.show_stops(found)
        self.show_reading(self.editor is None)
        if self.editor is None and not view.read_only:
            self._offer_drafts(view)
        elif self.editor is not None:
            self._show_in_editor(view, self.editor)

    @override
    def begin(self) -> None:
        """Whatever comes next: draft, write on, sign."""
        view = self.view
        if view is None or not self.may_begin():
            return
        agreement = view.agreement()
        if agreement is None:
            self._draft(Kind.WRITTEN)
        elif agreement.state is AgreementState.DRAFT:
            self.edit(agreement)
        elif agreement.state is AgreementState.FINAL:
            self.begin_signing(agreement)

    def begin_step(self, step: NextStep) -> None:
        """The page's main button."""
        agreement = self.view.agreement() if self.view else None
        if step is NextStep.FINALISE and agreement is not None:
            self.begin_finalising(agreement)
        else:
            self.begin()

    def edit(self, agreement: Agreement) -> None:
        """Opens the draft."""
        view = self.view
        if view is None or not self.may_begin():
            return
        based_on = [agreement]  # what is stored by now: verbs that leave the form open change it

        def work_of(values: Values) -> Work[Any]:
            return agreement_actions.save_agreement(
                agreement_from(values, based_on[-1]), based_on[-1]
            )

        def finish(values: Values) -> Sequence[Work[Any]]:
            return work_of(values), agreement_actions.finalise(agreement.id, self.desk.practice)

        def stepped(result: object) -> None:
            if isinstance(result, Agreement):
                based_on.append(result)
                form.rest_on(result)

        def and_then(work: Work[Any]) -> None:
            editor.run_and_stay(lambda values: (work_of(values), work), lambda _: panel.look())

        form = AgreementForm(self.desk, view, agreement)
        editor = Editor(self.desk, form, f"agreement:{agreement.id}", work_of)
        done = button(self.tr("保存并定稿"), lambda: editor.run(finish))
        done.setObjectName("save-and-finalise")
        editor.add_button(done)
        editor.stepped.connect(stepped)
        editor.saved.connect(self._after_finish)
        panel = self._panel_in(editor)
        practice = self.desk.practice
        panel.waived.connect(
            lambda one: and_then(agreement_actions.waive(agreement.id, one, practice))
        )
        panel.unwaived.connect(lambda one: and_then(agreement_actions.unwaive(agreement.id, one)))
        self.open_editor(editor)
        editor.open_with(agreement_values(agreement))
        panel.follow(form, lambda: self._subject(form.stand()))

    def begin_finalising(self, agreement: Agreement) -> None:
        """Number and freeze, once nothing speaks against it that nobody answered."""
        if not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            return agreement_actions.finalise(agreement.id, self.desk.practice, values["number"])

        key, verb = f"finalise:{agreement.id}", self.tr("定稿，去打印")
        editor = Editor(self.desk, FinaliseForm(self.desk, agreement), key, work_of, verb=verb)
        editor.saved.connect(self._after_finish)
        panel = self._panel_in(editor)
        panel.waived.connect(lambda one: self._waive(agreement, one))
        panel.unwaived.connect(lambda one: self._unwaive(agreement, one))
        self.open_editor(editor)
        editor.open_with({"number": agreement.number})
        panel.watch(lambda: self._subject(agreement))

    def begin_signing(self, agreement: Agreement) -> None:
        """The matrix of hands; each is stored by itself, so that an early refusal loses none."""
        view = self.view
        if view is None or not self.may_begin():
            return
        stored = set(agreement.sign_offs)

        def work_of(values: Values) -> Sequence[Work[Any]]:
            hands = [one.sign_off() for one in values["hands"]]
            fresh = [one for one in hands if one is not None and one not in stored]
            if not fresh:
                raise Refused(Problem(ProblemCode.NOTHING_CHOSEN, "hands"))
            return [agreement_actions.sign(agreement.id, one) for one in fresh]

        form = SignForm(self.desk, view, agreement)
        key, verb = f"sign:{agreement.id}", self.tr("登记签字")
        editor = Editor(self.desk, form, key, work_of, verb=verb)
        self.open_editor(editor)
        editor.open_with({"hands": hands_of(self.desk, view, agreement)})

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        view = self.view
        if view is None:
            return
        agreement = next((one for one in view.file.agreements if one.id == owner_id), None)
        agreement = agreement or view.agreement()
        if agreement is None or field in ("", "agreements", "file_no"):
            return
        if agreement.state is AgreementState.DRAFT:
            if self.editor is not None and isinstance(self.editor.form, FinaliseForm):
                self.editor.flush()
                self.close_editor()
            self.edit(agreement)
        elif agreement.state is AgreementState.FINAL and field.startswith("sign_offs"):
            self.begin_signing(agreement)
        self.focus_editor(field)

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        some = view is not None and bool(view.file.agreements)
        none = view is not None and view.file.main_agreement() is None
        self._cards_holder.setVisible(shown and some)
        self._empty.setVisible(shown and not some)
        can = shown and none and view is not None and not view.read_only
        self._oral.setVisible(can)
        self._written.setVisible(can)
        self._notes.setVisible(can and bool(self._notes.text()))

    # --- inside ---

    def _offer_drafts(self, view: CaseView) -> None:
        for agreement in view.file.living_agreements:
            state = agreement.state
            if state is AgreementState.DRAFT and f"agreement:{agreement.id}" in view.drafts:
                self.edit(agreement)
            elif state is AgreementState.FINAL and f"sign:{agreement.id}" in view.drafts:
                self.begin_signing(agreement)

    def _draft(self, kind: Kind) -> None:
        if self.view is not None:
            work = agreement_actions.draft_agreement(self.view.case_id, kind)
            self.desk.jobs.run(self, work, self._drafted, self._refused)

    def _supplement(self, agreement: Agreement) -> None:
        work = agreement_actions.draft_supplement(agreement.id)
        self.desk.jobs.run(self, work, self._drafted, self._refused)

    def _drafted(self, agreement: Agreement) -> None:
        if self.editor is None:
            self.edit(agreement)

    def _refused(self, refused: Refused) -> None:
        self._notes.show_problems(refused.problems)
        self._notes.show()

    def _after_finish(self, result: object) -> None:
        if isinstance(result, Agreement) and result.state is not AgreementState.DRAFT:
            written = result.form is Kind.WRITTEN
            kind = "written_agreement" if written else "oral_register"
            self.wanted.emit(f"documents:{kind}:{result.id}")

    def _panel_in(self, editor: Editor) -> CheckerPanel:
        """The checker beside a form; it comes forward when it is what forbids the verb."""
        panel = CheckerPanel(self.desk)
        panel.wanted.connect(self.wanted)
        editor.put_beside(panel)
        editor.held.connect(lambda refused: self._come_forward(panel, refused))
        self._panel = panel
        return panel

    def _come_forward(self, panel: CheckerPanel, refused: Refused) -> None:
        panel.look()
        if {one.code for one in refused.problems} <= _SPOKEN:
            panel.first_open()

    def _subject(self, agreement: Agreement) -> Subject:
        """The agreement in its case as the page knows it now."""
        assert self.view is not None
        stored = {one.id: one for one in self.view.file.agreements}.get(agreement.id)
        form = self.editor.form if self.editor is not None else None
        now = stored if stored is not None and isinstance(form, FinaliseForm) else agreement
        return Subject(self.view.file, now, self.view.today)

    def _show_in_editor(self, view: CaseView, editor: Editor) -> None:
        """The open form stays; what stands beside it is that of the case as it is now."""
        if self._panel is not None and shiboken6.isValid(self._panel):
            self._panel.look()
        if isinstance(editor.form, SignForm):
            editor.form.drawn.show_file(view.file)

    def _waive(self, agreement: Agreement, waiver: Waiver) -> None:
        work = agreement_actions.waive(agreement.id, waiver, self.desk.practice)
        self.desk.jobs.run(self, work, None, self.desk.show_problem)

    def _unwaive(self, agreement: Agreement, waiver: Waiver) -> None:
        work = agreement_actions.unwaive(agreement.id, waiver)
        self.desk.jobs.run(self, work, None, self.desk.show_problem)

    def read_aloud(self, agreement: Agreement) -> None:
        """The parties' page in a window of its own."""
        from app.ui.cases.reading_window import ReadingWindow  # late: opened on few days

        if self._window is not None and shiboken6.isValid(self._window):
            self._window.close()
        self._window = ReadingWindow(self.desk, agreement.id, self)
        self._window.show_beside(self.screen())

    def _card(self, view: CaseView, agreement: Agreement) -> QWidget:
        card = AgreementCard(self.desk, view, agreement)
        verbs = {
            "edit": self.edit,
            "finalise": self.begin_finalising,
            "redo": self._spoil,
            "sign": self.begin_signing,
            "supplement": self._supplement,
            "read": self.read_aloud,
        }
        card.verb.connect(lambda name: verbs[name](agreement))
        card.wanted.connect(self.wanted)
        card.waived.connect(lambda one: self._waive(agreement, one))
        card.unwaived.connect(lambda one: self._unwaive(agreement, one))
        if agreement.state in record_actions.FROZEN and agreement.content_hash:
            self._tell_scans(card, agreement)
        return card

    def _tell_scans(self, card: AgreementCard, agreement: Agreement) -> None:
        """Of how many pages the paper is takes setting type: it is asked when the first page came
        back, once for a text, and the card does not wait for it.
        """
        if not card.has_scans():
            card.show_no_scans()
            return
        known = self._pages.get(agreement.content_hash)
        if known is not None:
            card.show_scans(known)
            return

        def told(pages: int) -> None:
            self._pages[agreement.content_hash] = pages
            card.show_scans(pages)

        def failed(_refused: Refused) -> None:
            """The card stands without; whoever opens the paper is told what is wrong with it."""

        work = record_actions.page_count(self.desk.printshop, agreement)
        self.desk.jobs.run(card, work, told, failed)

    def _spoil(self, agreement: Agreement) -> None:
        if not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            return agreement_actions.spoil(agreement.id, values["void_reason"])

        verb, key = self.tr("退回重做"), f"spoil:{agreement.id}"
        editor = Editor(self.desk, VoidForm(), key, work_of, verb=verb)
        self.open_editor(editor)
        editor.open_with({"void_reason": ""})
