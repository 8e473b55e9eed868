"""The middle of a file: the sessions with their seven steps and the agreements with clauses and
signatures. To be read only.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.agreements import Agreement, Clause, SignOff, missing_hands
from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.domain.money import capitals, figures
from app.domain.sessions import Session, SessionStep, step_text
from app.ui.review.facts import plain, shortened
from app.ui.review.section import FileSection, day, mediators
from app.ui.review.view import FileView
from app.ui.runtime.marks import override
from app.ui.runtime.texts import (
    AGREEMENT_FORM_NAMES,
    AGREEMENT_STATE_NAMES,
    SESSION_OUTCOME_NAMES,
    SESSION_STEP_NAMES,
    SIGN_METHOD_NAMES,
    SIGNER_NAMES,
    name_of,
    pick,
)


class SessionsSection(FileSection):
    """Every session; a step without words says so, for the review asks for all seven."""

    key = "sessions"

    @override
    def fill(self, view: FileView) -> None:
        for session in view.file.living_sessions:
            self._session(view, session)
        if not view.file.living_sessions:
            self.add(plain(self.tr("没有调解记录。"), muted=True))

    def _session(self, view: FileView, session: Session) -> None:
        self.add(plain(self.tr("第 {ordinal} 次调解").format(ordinal=session.ordinal), strong=True))
        here = [
            view.file.names().get(one.party_id, "") for one in session.attendance if one.present
        ]
        here += [one.name for one in session.participants]
        begun, ended = day(session.begun_at)[:5], day(session.ended_at)[:5]
        held = " ".join(
            part for part in (day(session.held_on), "–".join(filter(None, (begun, ended)))) if part
        )
        self.add_rows(
            [
                (self.name("session", "held_on"), held),
                (self.name("session", "place"), session.place),
                (self.name("session", "mediator_ids"), mediators(view, session.mediator_ids)),
                (self.name("session", "recorder"), session.recorder),
                (self.name("session", "attendance"), "、".join(here)),
            ]
        )
        for number, step in enumerate(SessionStep, 1):
            self._step(view, session, number, step)
        outcome = ""
        if session.outcome:
            outcome = pick(SESSION_OUTCOME_NAMES[session.outcome], self.desk.language)
        words = "\n".join(part for part in (outcome, session.outcome_text) if part)
        self.add_rows([(self.name("session", "outcome"), words)])

    def _step(self, view: FileView, session: Session, number: int, step: SessionStep) -> None:
        name = pick(SESSION_STEP_NAMES[step], self.desk.language)
        pin = self.pin_button(f"session.steps.{step.value}", name) if view.may_remark else None
        self.add(_pinned_row(plain(f"{number}. {name}", muted=True), pin))
        text = step_text(session, step).strip()
        self.add(plain(shortened(text) if text else self.tr("没有写"), muted=not text))


class AgreementSection(FileSection):
    """What was agreed, by whom it was signed, and which hands are still missing."""

    key = "agreement"

    @override
    def fill(self, view: FileView) -> None:
        for agreement in view.file.living_agreements:
            self._agreement(view, agreement)
        if not view.file.living_agreements:
            self.add(plain(self.tr("没有协议。"), muted=True))

    def _agreement(self, view: FileView, agreement: Agreement) -> None:
        language = self.desk.language
        words = [
            pick(AGREEMENT_FORM_NAMES[agreement.form], language),
            agreement.number,
            pick(AGREEMENT_STATE_NAMES[agreement.state], language),
        ]
        self.add(plain("　".join(part for part in words if part), strong=True))
        self.add_rows(
            [
                (self.name("agreement", "facts"), agreement.facts),
                (self.name("agreement", "responsibility"), agreement.responsibility),
            ]
        )
        for index, clause in enumerate(agreement.clauses):
            self._clause(view, index, clause)
        manner = agreement.manner or self.label("performance_manner", agreement.manner_code)
        copies = "" if agreement.copies is None else str(agreement.copies)
        self.add_rows(
            [
                (self.name("agreement", "manner"), manner),
                (self.name("agreement", "deadline"), agreement.deadline),
                (self.name("agreement", "place"), agreement.place),
                (self.name("agreement", "made_on"), day(agreement.made_on)),
                (self.name("agreement", "copies"), copies),
                (self.name("agreement", "sign_offs"), self._hands(view, agreement)),
            ]
        )

    def _clause(self, view: FileView, index: int, clause: Clause) -> None:
        name = self.tr("第 {number} 条").format(number=index + 1)
        pin = self.pin_button(f"agreement.clauses.{index}", name) if view.may_remark else None
        self.add(_pinned_row(plain(self._clause_words(view.file, index, clause)), pin))

    def _clause_words(self, file: CaseFile, index: int, clause: Clause) -> str:
        said = [
            self.tr("第 {number} 条　{text}").format(number=index + 1, text=shortened(clause.text))
        ]
        payment, names = clause.payment, file.names()
        if payment:
            money = self.tr("{payer} 付给 {payee} ¥{figures}（{capitals}）").format(
                payer=names.get(payment.payer_id, ""),
                payee=names.get(payment.payee_id, ""),
                figures=figures(payment.fen),
                capitals=capitals(payment.fen),
            )
            said.append(money)
            parts = payment.instalments
            dues = [(one.due_on, one.fen) for one in parts] or [(payment.due_on, payment.fen)]
            for due, fen in dues:
                if due:
                    said.append(
                        self.tr("{day} 前付 ¥{figures}").format(day=due, figures=figures(fen))
                    )
        if clause.due_on:
            said.append(self.tr("{day} 前做到").format(day=clause.due_on))
        return "\n".join(said)

    def _hands(self, view: FileView, agreement: Agreement) -> str:
        lines = [self._hand(view, hand) for hand in agreement.sign_offs]
        names = view.file.names()
        lacking = [self._lacking(names, one) for one in missing_hands(agreement)]
        if lacking:
            lines.append(self.tr("还缺：{names}").format(names="、".join(lacking)))
        return "\n".join(lines)

    def _lacking(self, names: Mapping[RecordId, str], hand: str) -> str:
        """The name behind a missing hand: a party's, or a quality such as the committee's seal."""
        name = next((name for party, name in names.items() if party == hand), "")
        return name or name_of(SIGNER_NAMES, hand, self.desk.language)

    def _hand(self, view: FileView, hand: SignOff) -> str:
        language = self.desk.language
        who = view.file.names().get(hand.party_id, "") if hand.party_id else ""
        if hand.mediator_id:
            who = mediators(view, (hand.mediator_id,))
        by = view.file.people.get(hand.by_person_id) if hand.by_person_id else None
        party = view.file.party(hand.party_id)
        if by and party and by.id != party.person_id:
            who = self.tr("{name}（由 {other} 代）").format(name=who, other=by.name)
        ways = "、".join(pick(SIGN_METHOD_NAMES[one], language) for one in hand.methods)
        quality = pick(SIGNER_NAMES[hand.signer], language)
        return "　".join(part for part in (quality, who, ways, day(hand.on)) if part)


def _pinned_row(words: QWidget, pin: QWidget | None) -> QWidget:
    """Words, and beside them the pin where there may be one."""
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(8)
    inside.addWidget(words, 1)
    if pin:
        inside.addWidget(pin, 0, Qt.AlignmentFlag.AlignTop)
    return row
