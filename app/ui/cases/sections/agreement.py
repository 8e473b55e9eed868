"""The agreement.

Draft, freeze and print, sign, take effect. What was signed cannot change; only a supplement helps
(PML art. 33).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.agreements import (
    Agreement,
    AgreementState,
    effective_on,
    missing_hands,
    total_fen,
)
from app.domain.agreements import AgreementForm as Kind
from app.domain.money import capitals, figures
from app.domain.problems import Problem, ProblemCode, Refused
from app.ui.cases import actions
from app.ui.cases.agreement_form import AgreementForm, agreement_from, agreement_values
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import day_words, label, listed, mediator_names, named
from app.ui.cases.next_step import NextStep, stops
from app.ui.cases.reading import Reading
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.sign_offs import SignOffsField, hands_of
from app.ui.cases.stop_notes import StopNotes
from app.ui.cases.view import CaseView
from app.ui.cases.voiding import VoidForm
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import AGREEMENT_FORM_NAMES, AGREEMENT_STATE_NAMES, name_of
from app.ui.widgets.fields import LineField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import Chip, button, empty, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.cases.actions import Work

_TONES = {AgreementState.EFFECTIVE: "done", AgreementState.FINAL: "accent"}


class FinaliseForm(Form):
    """The number, if it comes from a paper register."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = self.tr("不填就接着往下编")
        self.add("number", LineField(named(desk, "agreement", "number"), hint=hint))
        self.add_widget(words(self.tr("定稿以后文字就不能再改，马上可以打印签字。"), "muted"))


class SignForm(Form):
    """Who has signed."""

    def __init__(self, desk: Desk, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(900)
        self.hands = SignOffsField(desk, self.tr("纸上谁签了、怎么签的"), view.today)
        usual = button(self.tr("都按通常的签了"), self.hands.model.fill_usual)
        usual.setObjectName("fill-usual")
        usual.setToolTip(self.tr("当事人签名并按指印，调解员、记录人签名，调委会盖章"))
        row = QHBoxLayout()
        row.addWidget(usual)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.add_widget(holder)
        self.add("hands", self.hands)


class AgreementSection(CaseSection):
    """All agreements of the case; the newest is worked on."""

    key = "agreement"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("协议"), parent)
        self._empty = words(self.tr("谈成了就在这里起草协议。双方、事实、调解员都会自动带过来。"))
        self.content_layout.addWidget(self._empty)
        self._cards_holder, self._cards = self.column()
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

        def work_of(values: Values) -> Work[Any]:
            return actions.save_agreement(agreement_from(values, agreement), agreement)

        def finish(values: Values) -> Sequence[Work[Any]]:
            return work_of(values), actions.finalise(agreement.id, self.desk.practice)

        form = AgreementForm(self.desk, view, agreement)
        editor = Editor(self.desk, form, f"agreement:{agreement.id}", work_of)
        done = button(self.tr("保存并定稿"), lambda: editor.run(finish))
        done.setObjectName("save-and-finalise")
        editor.add_button(done)
        editor.saved.connect(self._after_finish)
        self.open_editor(editor)
        editor.open_with(agreement_values(agreement))

    def begin_finalising(self, agreement: Agreement) -> None:
        """Number and freeze."""
        if not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            return actions.finalise(agreement.id, self.desk.practice, values["number"])

        key, verb = f"finalise:{agreement.id}", self.tr("定稿，去打印")
        editor = Editor(self.desk, FinaliseForm(self.desk), key, work_of, verb=verb)
        editor.saved.connect(self._after_finish)
        self.open_editor(editor)
        editor.open_with({"number": agreement.number})

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
            return [actions.sign(agreement.id, one) for one in fresh]

        form = SignForm(self.desk, view)
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
            work = actions.draft_agreement(self.view.case_id, kind)
            self.desk.jobs.run(self, work, self._drafted, self._refused)

    def _supplement(self, agreement: Agreement) -> None:
        work = actions.draft_supplement(agreement.id)
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

    def _card(self, view: CaseView, agreement: Agreement) -> QWidget:
        card = QFrame()
        card.setObjectName("recordCard")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(self._head(view, agreement))
        reading = Reading()
        reading.show_rows(self._rows(view, agreement), blanks=False)
        column.addWidget(reading)
        if agreement.state is AgreementState.DRAFT and not view.read_only:
            notes = StopNotes(self.desk)
            notes.wanted.connect(self.wanted)
            lacking = stops(NextStep.FINALISE, view.file, view.today)
            # An empty field of the draft is cured where one is anyway.
            notes.show_stops([one for one in lacking if one.problem.code is not ProblemCode.EMPTY])
            column.addWidget(notes)
        if agreement.state is AgreementState.EFFECTIVE and not view.read_only:
            column.addLayout(self._sealed(agreement))
        return card

    def _head(self, view: CaseView, agreement: Agreement) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        language = self.desk.language
        title = name_of(AGREEMENT_FORM_NAMES, agreement.form, language)
        if agreement.supplement_of:
            title = self.tr("补充协议（{form}）").format(form=title)
        head.addWidget(words(f"{title}　{agreement.number}".strip(), "strong"), 1)
        tone = _TONES.get(agreement.state, "neutral")
        head.addWidget(Chip(name_of(AGREEMENT_STATE_NAMES, agreement.state, language), tone))
        if view.read_only:
            return head
        if agreement.state is AgreementState.DRAFT:
            head.addWidget(button(self.tr("接着写"), lambda: self.edit(agreement)))
            self._finalise_button(view, agreement, head)
        elif agreement.state is AgreementState.FINAL:
            if not agreement.sign_offs:
                redo = button(self.tr("退回重做"), lambda: self._spoil(agreement), quiet=True)
                head.addWidget(redo)
            sign = button(self.tr("登记签字"), lambda: self.begin_signing(agreement))
            sign.setObjectName("sign")
            head.addWidget(sign)
        return head

    def _finalise_button(self, view: CaseView, agreement: Agreement, head: QHBoxLayout) -> None:
        made = button(self.tr("定稿"), lambda: self.begin_finalising(agreement))
        made.setObjectName("finalise")
        made.setEnabled(not stops(NextStep.FINALISE, view.file, view.today))
        head.addWidget(made)

    def _sealed(self, agreement: Agreement) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(words(self.tr("已经生效，不能再改。要修改，请另做补充协议。"), "muted"), 1)
        made = button(self.tr("做补充协议"), lambda: self._supplement(agreement))
        made.setObjectName("supplement")
        row.addWidget(made)
        return row

    def _rows(self, view: CaseView, agreement: Agreement) -> list[tuple[str, str]]:
        def name(field: str) -> str:
            return named(self.desk, "agreement", field)

        names = view.file.names()
        shown = listed(self.desk, (names.get(one, "") for one in agreement.party_ids))
        total = total_fen(agreement)
        amount = self.tr("{amount} 元").format(amount=figures(total))
        money = f"{amount}　{capitals(total)}" if total else ""
        effective = effective_on(agreement)
        rows = [
            (name("party_ids"), shown),
            (name("facts"), agreement.facts),
            (name("responsibility"), agreement.responsibility),
        ]
        for number, clause in enumerate(agreement.clauses, 1):
            rows.append((self.tr("第 {number} 条").format(number=number), clause.text))
        rows += [
            (name("amount"), money),
            (name("manner"), self._manner(agreement)),
            (name("deadline"), agreement.deadline),
            (name("place"), agreement.place),
            (name("made_on"), day_words(self.desk, agreement.made_on)),
            (name("mediator_ids"), mediator_names(self.desk, view, agreement.mediator_ids)),
            (self.tr("还没签的"), self._unsigned(view, agreement)),
            (self.tr("生效日期"), day_words(self.desk, effective)),
            (name("void_reason"), agreement.void_reason),
        ]
        return rows

    def _manner(self, agreement: Agreement) -> str:
        coded = label(self.desk, "performance_manner", agreement.manner_code)
        return "　".join(one for one in (coded, agreement.manner) if one)

    def _unsigned(self, view: CaseView, agreement: Agreement) -> str:
        if agreement.state is not AgreementState.FINAL:
            return ""
        names = {str(key): value for key, value in view.file.names().items()}
        names |= {"mediator": self.tr("调解员"), "committee": self.tr("调委会（盖章）")}
        lacking = [names.get(one, one) for one in missing_hands(agreement)]
        return listed(self.desk, lacking)

    def _spoil(self, agreement: Agreement) -> None:
        if not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            return actions.spoil(agreement.id, values["void_reason"])

        verb, key = self.tr("退回重做"), f"spoil:{agreement.id}"
        editor = Editor(self.desk, VoidForm(), key, work_of, verb=verb)
        self.open_editor(editor)
        editor.open_with({"void_reason": ""})
