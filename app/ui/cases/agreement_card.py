"""One agreement, to be read on the case page: what it says, how far it is, and what can be done
with it now.

Changes nothing itself; it says what is wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    effective_on,
    missing_hands,
    total_fen,
)
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.money import capitals, figures
from app.domain.numbering import reads_provisional
from app.domain.problems import ProblemCode
from app.ui.cases.checker_panel import CheckerPanel, Subject
from app.ui.cases.labels import day_words, label, listed, mediator_names, named
from app.ui.cases.next_step import NextStep, stops
from app.ui.cases.reading import Reading
from app.ui.cases.stop_notes import StopNotes
from app.ui.runtime.texts import AGREEMENT_FORM_NAMES, AGREEMENT_STATE_NAMES, name_of
from app.ui.widgets.clock_words import day_doubt
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import Chip, button, words

if TYPE_CHECKING:
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

_TONES = {AgreementState.EFFECTIVE: "done", AgreementState.FINAL: "accent"}
OPEN_SAID = 3  # parties and clauses that the line about reading names


class AgreementCard(QFrame):
    """An agreement.

    Signals:
        verb(str): ``edit``, ``finalise``, ``redo``, ``sign``, ``supplement`` or ``read``.
        wanted(str): a place on the case page.
        waived(Waiver): a warning may stay, for a reason.
        unwaived(Waiver): it stands again.
    """

    verb = Signal(str)
    wanted = Signal(str)
    waived = Signal(object)
    unwaived = Signal(object)

    def __init__(
        self, desk: Desk, view: CaseView, agreement: Agreement, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recordCard")
        self._desk, self._view, self._agreement = desk, view, agreement
        self.panel: CheckerPanel | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(self._head())
        if not view.read_only:
            column.addWidget(self._verbs())
        if reads_provisional(agreement.number):
            text = self.tr("这是临时编号，写在纸上一直有效，以后不会改。")
            column.addWidget(words(text, "muted"))
        reading = Reading()
        reading.show_rows(self._rows(), blanks=False)
        column.addWidget(reading)
        if agreement.sign_offs or agreement.made_on:
            signed = ("agreement.sign_offs", "agreement.made_on")
            if doubt := day_doubt(view.history, *signed):
                note = words(doubt, "muted")
                note.setObjectName("day-doubt")
                column.addWidget(note)
        self._scans = QWidget()
        self._scans.hide()
        column.addWidget(self._scans)
        state = agreement.state
        if state is AgreementState.DRAFT and not view.read_only:
            self._add_checks(column)
        if state is AgreementState.EFFECTIVE and not view.read_only:
            text = self.tr("已经生效，不能再改。要修改，请另做补充协议。")
            column.addWidget(words(text, "muted"))

    def has_scans(self) -> bool:
        """Whether any signed page of it came back."""
        return any(
            one.kind is AttachmentKind.SIGNED_PAGE and one.subject_id == self._agreement.id
            for one in self._view.file.living(Attachment)
        )

    def show_no_scans(self) -> None:
        """None came back yet; an oral agreement is signed by nobody and waits for none."""
        if self._agreement.form is AgreementForm.WRITTEN:
            self._say_scans(self.tr("签好的纸还没扫进来"))

    def show_scans(self, pages: int) -> None:
        """How many of the paper's `pages` came back signed and scanned, and the way to the rest."""
        from app.services.scan_intake import scan_status  # late: cards are drawn without it

        status = scan_status(self._view.file, self._agreement, pages)
        there = len(status.proven) + len(status.unproven)
        text = self.tr("签好的纸扫进来了 {there}/{pages} 页").format(there=there, pages=pages)
        if status.unproven:
            count = len(status.unproven)
            text += self.tr("，其中 {count} 页未核对").format(count=count)
        self._say_scans(text)

    # --- inside ---

    def _say_scans(self, text: str) -> None:
        row = QHBoxLayout(self._scans)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(words(text, "muted"), 1)
        if not self._view.read_only:
            target = f"scans:agreement:{self._agreement.id}"
            take = button(self.tr("收扫描件"), lambda: self.wanted.emit(target), quiet=True)
            take.setObjectName("take-scans")
            row.addWidget(take)
        self._scans.show()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        language, agreement = self._desk.language, self._agreement
        title = name_of(AGREEMENT_FORM_NAMES, agreement.form, language)
        if agreement.supplement_of:
            title = self.tr("补充协议（{form}）").format(form=title)
        head.addWidget(words(f"{title}　{agreement.number}".strip(), "strong"), 1)
        tone = _TONES.get(agreement.state, "neutral")
        head.addWidget(Chip(name_of(AGREEMENT_STATE_NAMES, agreement.state, language), tone))
        return head

    def _verbs(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder)
        agreement = self._agreement
        if agreement.state is AgreementState.DRAFT:
            row.addWidget(self._button(self.tr("接着写"), "edit"))
            made = self._button(self.tr("定稿"), "finalise")
            found = stops(NextStep.FINALISE, self._view.file, self._view.today)
            made.setEnabled(not found)
            row.addWidget(made)
        elif agreement.state is AgreementState.FINAL:
            row.addWidget(self._button(self.tr("登记签字"), "sign"))
        if agreement.clauses and agreement.state is not AgreementState.VOID:
            row.addWidget(self._button(self.tr("读给双方听"), "read"))
        if agreement.state is AgreementState.FINAL and not agreement.sign_offs:
            row.addWidget(self._button(self.tr("退回重做"), "redo", quiet=True))
        if agreement.state is AgreementState.EFFECTIVE:
            row.addWidget(self._button(self.tr("做补充协议"), "supplement"))
        holder.setVisible(row.count() > 0)
        return holder

    def _button(self, text: str, name: str, *, quiet: bool = False) -> QPushButton:
        made = button(text, lambda: self.verb.emit(name), quiet=quiet)
        made.setObjectName(name)
        return made

    def _add_checks(self, column: QVBoxLayout) -> None:
        desk, view, agreement = self._desk, self._view, self._agreement
        notes = StopNotes(desk)
        notes.wanted.connect(self.wanted)
        lacking = stops(NextStep.FINALISE, view.file, view.today)
        # An empty field of the draft is cured where one is anyway.
        notes.show_stops([one for one in lacking if one.problem.code is not ProblemCode.EMPTY])
        column.addWidget(notes)
        self.panel = CheckerPanel(desk)
        self.panel.wanted.connect(self.wanted)
        self.panel.waived.connect(self.waived)
        self.panel.unwaived.connect(self.unwaived)
        self.panel.watch(lambda: Subject(view.file, agreement, view.today))
        column.addWidget(self.panel)

    def _rows(self) -> list[tuple[str, str]]:
        desk, view, agreement = self._desk, self._view, self._agreement

        def name(field: str) -> str:
            return named(desk, "agreement", field)

        names = view.file.names()
        shown = listed(desk, (names.get(one, "") for one in agreement.party_ids))
        total = total_fen(agreement)
        amount = self.tr("{amount} 元").format(amount=figures(total))
        money = f"{amount}　{capitals(total)}" if total else ""
        rows = [
            (self.tr("和哪份连着"), self._linked()),
            (name("party_ids"), shown),
            (name("facts"), agreement.facts),
            (name("responsibility"), agreement.responsibility),
        ]
        for number, clause in enumerate(agreement.clauses, 1):
            rows.append((self.tr("第 {number} 条").format(number=number), clause.text))
        return [
            *rows,
            (name("amount"), money),
            (name("manner"), self._manner()),
            (name("deadline"), agreement.deadline),
            (name("place"), agreement.place),
            (name("made_on"), day_words(desk, agreement.made_on)),
            (name("mediator_ids"), mediator_names(desk, view, agreement.mediator_ids)),
            (self.tr("读给双方听"), self._heard()),
            (self.tr("还没签的"), self._unsigned()),
            (self.tr("生效日期"), day_words(desk, effective_on(agreement))),
            (name("void_reason"), agreement.void_reason),
        ]

    def _linked(self) -> str:
        """The agreement that this one supplements, and those that supplement it."""
        file, agreement = self._view.file, self._agreement
        said = []
        first = next((one for one in file.agreements if one.id == agreement.supplement_of), None)
        if first is not None:
            said.append(self.tr("补充 {number}").format(number=first.number))
        later = [
            one.number or self.tr("还没编号的补充协议")
            for one in file.agreements
            if one.supplement_of == agreement.id and one.state is not AgreementState.VOID
        ]
        if later:
            text = self.tr("本协议由 {numbers} 补充")
            said.append(text.format(numbers=listed(self._desk, later)))
        return "\n".join(said)

    def _heard(self) -> str:
        """How many clauses all parties said yes to, and who of them has not yet."""
        agreement = self._agreement
        held = self._view.heard.get(agreement.id, frozenset())
        if not held or agreement.state is AgreementState.VOID:
            return ""
        names = self._view.file.names()
        lacking = [
            (number, names.get(party, ""))
            for number, clause in enumerate(agreement.clauses, 1)
            for party in agreement.party_ids
            if (clause.id, party) not in held
        ]
        whole = len(agreement.clauses)
        done = whole - len({number for number, _ in lacking})
        text = self.tr("已逐条宣读：{done}/{whole} 条").format(done=done, whole=whole)
        said = [
            self.tr("{name}还没确认第{number}条").format(name=name, number=number)
            for number, name in lacking[:OPEN_SAID]
        ]
        more = " …" if len(lacking) > OPEN_SAID else ""
        return self.tr("，").join([text, *said]) + more

    def _manner(self) -> str:
        coded = label(self._desk, "performance_manner", self._agreement.manner_code)
        return "　".join(one for one in (coded, self._agreement.manner) if one)

    def _unsigned(self) -> str:
        if self._agreement.state is not AgreementState.FINAL:
            return ""
        names = {str(key): value for key, value in self._view.file.names().items()}
        names |= {"mediator": self.tr("调解员"), "committee": self.tr("调委会（盖章）")}
        lacking = [names.get(one, one) for one in missing_hands(self._agreement)]
        return listed(self._desk, lacking)
