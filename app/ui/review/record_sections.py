"""The middle of a file: who was asked what, what was handed in, and the sessions with their seven
steps. To be read only.
"""

from __future__ import annotations

from app.domain.attachments import Attachment, AttachmentKind
from app.domain.evidence import Evidence
from app.domain.investigations import Investigation
from app.domain.sessions import Session, SessionStep, step_text
from app.ui.review.facts import absent_words, plain, shortened
from app.ui.review.section import FileSection, day, mediators, pinned_row
from app.ui.review.view import FileView
from app.ui.runtime.marks import override
from app.ui.runtime.texts import SESSION_OUTCOME_NAMES, SESSION_STEP_NAMES, pick

_OWN_PLACE = frozenset({AttachmentKind.SIGNED_PAGE})  # said beside the paper that was signed


class InvestigationsSection(FileSection):
    """Who was asked, and every question with its answer."""

    key = "investigations"

    @override
    def fill(self, view: FileView) -> None:
        talks = view.file.living(Investigation)
        for talk in talks:
            self._talk(view, talk)
        if not talks:
            self.add(plain(self.tr("没有调查记录。"), muted=True))

    def _talk(self, view: FileView, talk: Investigation) -> None:
        title = self.tr("第 {number} 次调查").format(number=talk.ordinal)
        self.add(plain(title, strong=True))
        person = view.file.people.get(talk.person_id) if talk.person_id else None
        held = [day(talk.held_on), day(talk.begun_at)[:5], day(talk.ended_at)[:5]]
        self.add_rows(
            [
                (self.name("investigation", "held_on"), self.spell(held, " ")),
                (self.name("investigation", "place"), talk.place),
                (
                    self.name("investigation", "person_id"),
                    self.spell([person.name if person else "", talk.relation]),
                ),
                (
                    self.name("investigation", "investigator_ids"),
                    mediators(view, talk.investigator_ids),
                ),
                (self.name("investigation", "recorder"), talk.recorder),
                *((self.name("investigation", "others"), one) for one in [talk.others] if one),
                *((self.name("investigation", "matter"), one) for one in [talk.matter] if one),
            ]
        )
        self.add_scans(view, talk.id)
        for one in talk.exchanges:
            self.add(plain(self.tr("问：{words}").format(words=one.question), muted=True))
            answer = shortened(one.answer) if one.answer else self.tr("没有写")
            self.add(plain(self.tr("答：{words}").format(words=answer)))


class EvidenceSection(FileSection):
    """The list of evidence, and the pictures of the case as they are described."""

    key = "evidence"

    @override
    def fill(self, view: FileView) -> None:
        pieces = view.file.living(Evidence)
        self.add_rows([(f"{piece.ordinal}. {piece.name}", self._piece(piece)) for piece in pieces])
        if not pieces:
            self.add(plain(self.tr("没有登记证据。"), muted=True))
        pictures = [one for one in view.file.living(Attachment) if one.kind not in _OWN_PLACE]
        if pictures:
            self.add(plain(self.name("case", "attachments"), strong=True))
        for one in pictures:
            self.add(plain(self._picture(view, one)))
        if view.absent:
            self.add(plain(absent_words(len(view.absent), waiting=view.waiting), muted=True))

    def _piece(self, piece: Evidence) -> str:
        form = self.tr("原件") if piece.original else self.tr("复印件")
        counted = self.tr("{copies} 份 {pages} 页").format(copies=piece.copies, pages=piece.pages)
        pairs = (
            ("submitted_on", day(piece.submitted_on)),
            ("source", piece.source),
            ("proves", piece.proves),
            ("received_by", piece.received_by),
            ("compared_by", self.spell([piece.compared_by, day(piece.compared_on)], " ")),
            ("returned_on", day(piece.returned_on)),
        )
        return self.spell(
            [
                self.label("evidence_kind", piece.kind),
                self._giver(piece),
                form,
                counted,
                *(f"{self.name('evidence', name)} {said}" for name, said in pairs if said),
            ]
        )

    def _giver(self, piece: Evidence) -> str:
        if self._view is None or piece.given_by is None:
            return ""
        return self._view.file.names().get(piece.given_by, "")

    def _picture(self, view: FileView, one: Attachment) -> str:
        belongs = {it.id: it.name for it in view.file.living(Evidence)}
        party = view.file.names().get(one.party_id, "") if one.party_id else ""
        return self.spell(
            [
                self._kind(one.kind),
                one.caption or one.name,
                belongs.get(one.subject_id, "") if one.subject_id else "",
                party,
                one.taken_at_place,
                day(one.taken_on),
                one.taken_by,
            ],
            "　",
        )

    def _kind(self, kind: AttachmentKind) -> str:
        return {
            AttachmentKind.SIGNED_PAGE: self.tr("签字页"),
            AttachmentKind.EVIDENCE: self.tr("证据"),
            AttachmentKind.PHOTO: self.tr("照片"),
            AttachmentKind.PROOF: self.tr("证明"),
            AttachmentKind.RECEIPT: self.tr("收据"),
            AttachmentKind.HANDWRITING: self.tr("屏幕上写的字"),
            AttachmentKind.OTHER: self.tr("其他"),
        }[kind]


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
        self.add_scans(view, session.id)
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
        self.add(pinned_row(plain(f"{number}. {name}", muted=True), pin))
        text = step_text(session, step).strip()
        self.add(plain(shortened(text) if text else self.tr("没有写"), muted=not text))
