"""What came after the agreement: how it was kept, judicial confirmation, notices and letters. To be
read only.
"""

from __future__ import annotations

from app.domain.confirmations import Confirmation
from app.domain.followups import FollowUp
from app.domain.letters import Delivery, Letter, LetterKind, Reply
from app.domain.money import figures
from app.domain.performances import Performance
from app.services.pack_texts import pack_lines
from app.ui.review.facts import plain
from app.ui.review.section import FileSection, day, mediators
from app.ui.review.view import FileView
from app.ui.runtime.marks import override
from app.ui.runtime.texts import KIND_NAMES, document_name, pick
from app.ui.widgets.record_words import outcome_word


class FollowUpSection(FileSection):
    """How the agreement was kept (PML art. 31)."""

    key = "follow_up"

    @override
    def fill(self, view: FileView) -> None:
        rows = []
        agreement = view.file.main_agreement()
        if agreement:
            rows.append((self.name("agreement", "performed_on"), day(agreement.performed_on)))
        done = view.file.living(Performance)
        rows += [(day(one.done_on), self._done(view, one)) for one in done]
        visits = [one for one in view.file.follow_ups if not one.void_reason]
        rows += [(day(one.visited_on), self._visit(view, one)) for one in visits]
        self.add_rows(rows)
        if not visits:
            self.add(plain(self.tr("还没有回访。"), muted=True))

    def _visit(self, view: FileView, visit: FollowUp) -> str:
        words = [
            pick(KIND_NAMES["follow_up"], self.desk.language),
            self.label("visit_method", visit.method),
            view.file.names().get(visit.party_id, "") if visit.party_id else "",
            self.label("performance_status", visit.performance),
            self.label("satisfaction", visit.satisfaction),
            visit.findings,
            visit.visitor,
            self.tr("有新的风险") if visit.new_risk else "",
            f"{self.name('follow_up', 'next_on')} {visit.next_on}" if visit.next_on else "",
        ]
        return self.spell(words)

    def _done(self, view: FileView, done: Performance) -> str:
        names = view.file.names()
        who = [names.get(one, "") for one in (done.payer_id, done.payee_id) if one]
        return self.spell(
            [
                pick(KIND_NAMES["performance"], self.desk.language),
                " → ".join(who),
                "" if done.fen is None else f"¥{figures(done.fen)}",
                self.label("money_way", done.way),
                done.what,
                f"{self.name('performance', 'witness')} {done.witness}" if done.witness else "",
            ]
        )


class ConfirmationSection(FileSection):
    """The joint application to the court and what became of it (PML art. 33)."""

    key = "confirmation"

    @override
    def fill(self, view: FileView) -> None:
        found = view.file.living(Confirmation)
        for one in found:
            result = outcome_word(one.outcome) if one.outcome else self.tr("法院还没有结果")
            served = [self._address(view, it.party_id, it.address) for it in one.addresses]
            rows = [
                (self.name("confirmation", "court"), one.court),
                (self.name("confirmation", "applied_on"), day(one.applied_on)),
                (self.name("confirmation", "addresses"), "\n".join(filter(None, served))),
                (self.name("confirmation", "property_proof"), one.property_proof),
                (self.name("confirmation", "case_no"), one.case_no),
                (self.name("confirmation", "accepted_on"), day(one.accepted_on)),
                (self.tr("法院的结果"), self.spell([result, day(one.decided_on), one.reason])),
            ]
            self.add_rows(rows)
        if not found:
            self.add(plain(self.tr("没有申请司法确认。"), muted=True))

    def _address(self, view: FileView, party_id: str, address: str) -> str:
        name = next((it for one, it in view.file.names().items() if one == party_id), "")
        return f"{name}　{address}" if address else ""


class LettersSection(FileSection):
    """Notices and letters with their service and the slips that came back."""

    key = "letters"

    @override
    def fill(self, view: FileView) -> None:
        found = view.file.living(Letter)
        for letter in found:
            self._letter(view, letter)
        if not found:
            self.add(plain(self.tr("没有通知书和函件。"), muted=True))

    def _letter(self, view: FileView, letter: Letter) -> None:
        title = document_name(letter.kind.value, self.desk.language)
        said = self.spell([title, letter.number, day(letter.made_on)], "　")
        self.add(plain(said, strong=True))
        names = view.file.names()
        to = [letter.addressee, *(names.get(one, "") for one in letter.party_ids)]
        meeting = self.spell([day(letter.meeting_on), day(letter.meeting_at)[:5]], " ")
        decided = self.spell([letter.decision, day(letter.decided_on)])
        rows = [
            (self.tr("给谁"), self.spell(to, "、")),
            (self.name("letter", "reason"), letter.reason),
            (self.name("letter", "content"), letter.content),
            (self.name("letter", "until"), day(letter.until)),
            (self.name("letter", "meeting_on"), meeting),
            (self.name("letter", "place"), letter.place),
            (self.name("letter", "mediator_ids"), mediators(view, letter.mediator_ids)),
            (self.name("letter", "enclosures"), self.spell(letter.enclosures, "、")),
            (self.name("letter", "decision"), decided),
            (
                self.name("letter", "deliveries"),
                "\n".join(self._served(one) for one in letter.deliveries),
            ),
            (self.name("letter", "reply"), self._reply(letter.reply) if letter.reply else ""),
        ]
        self.add_rows([row for row in rows if row[1]])

    def _served(self, one: Delivery) -> str:
        refused = self.tr("没有收：{why}").format(why=one.refusal) if one.refusal else ""
        way = self._way(one.way)
        return self.spell([one.recipient, day(one.on), way, one.by, refused], "　")

    def _way(self, code: str) -> str:
        """The pack's words for how a paper was served; what it does not know stays as it is."""
        letters = pack_lines(self.desk.practice, "letters", "letters")
        kind = LetterKind.SERVICE_RECEIPT.value
        found = next((one for one in letters if one.get("kind") == kind), {})
        ways = found.get("reasons")
        side = "en" if self.desk.language.startswith("en") else "zh"
        known = {one["code"]: str(one[side]) for one in ways} if isinstance(ways, list) else {}
        return known.get(code, code)

    def _reply(self, one: Reply) -> str:
        taken = self.tr("受理了") if one.accepted else self.tr("没有受理")
        return self.spell([taken, day(one.on), one.handler, one.words], "　")
