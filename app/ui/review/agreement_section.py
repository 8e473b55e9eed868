"""The agreements of a file: clauses and duties, what the checker warned of, to whom it was read,
who signed, and which signed pages were scanned. To be read only.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.agreements import Agreement, Clause, SignOff, Waiver, missing_hands
from app.domain.casefile import CaseFile
from app.domain.duties import progress
from app.domain.findings import FindingCode
from app.domain.ids import RecordId
from app.domain.money import capitals, figures
from app.ui.review.facts import plain, shortened
from app.ui.review.section import FileSection, day, mediators, pinned_row
from app.ui.review.view import FileView
from app.ui.runtime.findings import SENTENCES, finding_sentence, words_of
from app.ui.runtime.marks import override
from app.ui.runtime.texts import (
    AGREEMENT_FORM_NAMES,
    AGREEMENT_STATE_NAMES,
    SIGN_METHOD_NAMES,
    SIGNER_NAMES,
    name_of,
    pick,
)
from app.ui.widgets.record_words import duty_state_word


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
            self._clause(view, agreement, index, clause)
        self._duties(view, agreement)
        manner = agreement.manner or self.label("performance_manner", agreement.manner_code)
        copies = "" if agreement.copies is None else str(agreement.copies)
        self.add_rows(
            [
                (self.name("agreement", "manner"), manner),
                (self.name("agreement", "deadline"), agreement.deadline),
                (self.name("agreement", "place"), agreement.place),
                (self.name("agreement", "made_on"), day(agreement.made_on)),
                (self.name("agreement", "copies"), copies),
                (
                    self.name("agreement", "for_confirmation"),
                    self.tr("要申请") if agreement.for_confirmation else self.tr("不申请"),
                ),
                (self.tr("逐条宣读"), self._heard(view, agreement)),
                (self.name("agreement", "sign_offs"), self._hands(view, agreement)),
            ]
        )
        self.add_day_doubt(view, "agreement.sign_offs", "agreement.made_on")
        self.add_scans(view, agreement.id, agreement.content_hash)
        self._waivers(view, agreement)

    def _clause(self, view: FileView, agreement: Agreement, index: int, clause: Clause) -> None:
        name = self.tr("第 {number} 条").format(number=index + 1)
        target = f"agreement.clauses.{index}"
        if len(view.file.living_agreements) > 1:
            target = f"{target}:{agreement.id}"
        pin = self.pin_button(target, name) if view.may_remark else None
        self.add(pinned_row(plain(self._clause_words(view.file, index, clause)), pin))

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

    def _duties(self, view: FileView, agreement: Agreement) -> None:
        """What it obliges whom to do, and how far that is."""
        found = progress(agreement, view.file.performances, view.today)
        if not found:
            return
        names = view.file.names()
        lines = []
        for one in found:
            duty = one.duty
            who = [names.get(it, "") for it in (duty.who, duty.to_whom) if it]
            what = duty.what if duty.fen is None else f"¥{figures(duty.fen)}"
            parts = [" → ".join(who), what, day(duty.due_on), duty_state_word(one.state)]
            if one.done_fen:
                parts.append(self.tr("已付 ¥{paid}").format(paid=figures(one.done_fen)))
            lines.append(self.spell(parts, "　"))
        self.add_rows([(self.name("agreement", "duties"), "\n".join(lines))])

    def _heard(self, view: FileView, agreement: Agreement) -> str:
        """To whom which clauses were read, by the ticks that still hold."""
        held = view.heard.get(agreement.id, frozenset())
        whole, lines = len(agreement.clauses), []
        for party in agreement.party_ids:
            there = [
                str(number)
                for number, clause in enumerate(agreement.clauses, 1)
                if (clause.id, party) in held
            ]
            name = view.file.names().get(party, "")
            if len(there) == whole and whole:
                lines.append(self.tr("{name}：每条都确认了").format(name=name))
            elif there:
                said = self.tr("{name}：确认了第 {numbers} 条")
                lines.append(said.format(name=name, numbers="、".join(there)))
        return "\n".join(lines)

    def _waivers(self, view: FileView, agreement: Agreement) -> None:
        """What the checker warned of, and why it was left as it is."""
        if not agreement.waivers:
            return
        language = self.desk.language
        known = {(one.code.value, one.mark): one for one in view.waived.get(agreement.id, ())}
        rows = []
        for one in agreement.waivers:
            finding = known.get((one.finding, one.place))
            warned = finding_sentence(finding, language) if finding else self._warned(one)
            reason = self.tr("保留的理由：{reason}").format(reason=one.reason)
            rows.append((warned, self.spell([reason, one.by, day(one.on)], "　")))
        self.add(plain(self.name("agreement", "waivers"), strong=True))
        for warned, reason in rows:
            self.add(plain(warned))
            self.add(plain(reason, muted=True))

    def _warned(self, waiver: Waiver) -> str:
        """A warning whose words have changed since: its kind, where that says enough alone."""
        known = {one.value: one for one in FindingCode}.get(waiver.finding)
        if known is None or "{" in SENTENCES[known][0]:
            return self.tr("提醒过的那句话后来改了。")
        return words_of(known, {}, self.desk.language)

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
