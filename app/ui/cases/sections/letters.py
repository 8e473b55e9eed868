"""Notices and letters: written where they are due, numbered when they are printed, served, answered
(PML art. 17, 26; local forms).

Never moves the case: the step that a letter tells of is taken in its own section.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from app.domain.ids import RecordId
from app.domain.letters import Delivery, Letter, LetterKind, receipt_due
from app.services.letter_choice import due_letter, fitting_letters
from app.ui.cases import after_actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import day_words, listed
from app.ui.cases.letter_form import (
    DeliveryForm,
    LetterForm,
    ReplyForm,
    bears_number,
    letter_from,
    letter_values,
    reply_from,
)
from app.ui.cases.lines import Verb, card_with
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.view import CaseView
from app.ui.cases.voiding import VoidForm
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.frame import Banner, empty, words

if TYPE_CHECKING:
    from app.ui.cases.actions import Work
    from app.ui.widgets.forms import Form

NEW = "new"  # the "field" by which the page is asked for a new letter; the kind is its owner
RECEIPT_DAYS = 3  # working days, where the pack says nothing


class LettersSection(CaseSection):
    """All letters of the case."""

    key = "letters"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("告知和函件"), parent)
        self._empty = words(self.tr("通知书、告知书、移送函在这里写，打印时自动给号。"))
        self.content_layout.addWidget(self._empty)
        self._offer_holder, self._offer = self.column()
        self._cards_holder, self._cards = self.column()
        self._new = self.verb(self.tr("新写一份"), "new-letter")
        self._menu = QMenu(self._new)
        self._new.setMenu(self._menu)

    # --- what is shown ---

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        empty(self._cards)
        for letter in view.file.letters:
            self._cards.addWidget(self._card(view, letter))
        self._show_offer(view)
        self._fill_menu(view)
        self.show_reading(self.editor is None)
        if self.editor is None and not view.read_only:
            self._take_up_draft(view)

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        can = shown and view is not None and not view.read_only
        any_letter = view is not None and bool(view.file.letters)
        self._cards_holder.setVisible(shown and any_letter)
        self._empty.setVisible(shown and not any_letter)
        self._offer_holder.setVisible(can and self._offer.count() > 0)
        self._new.setVisible(can)

    # --- what is done ---

    @override
    def begin(self) -> None:
        """The letter that fits best now."""
        if self.view is not None:
            kinds = fitting_letters(self.view.file) or (LetterKind.MEDIATION_NOTICE,)
            self.begin_letter(kinds[0])

    def begin_letter(self, kind: LetterKind) -> None:
        """A letter of today with what the case knows."""
        view = self.view
        if view is None or not self.may_begin():
            return
        work = after_actions.blank_letter(view.case_id, kind, self.desk.practice)
        key = f"letter:{view.case_id}:{kind.value}"
        self.desk.jobs.run(self, work, lambda letter: self._edit(letter, None, key))

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        view = self.view
        if view is None or not self.may_begin():
            self.focus_editor(field)
            return
        letter = next((one for one in view.file.letters if one.id == owner_id), None)
        kinds = {kind.value: kind for kind in LetterKind}
        if field == NEW and owner_id in kinds:
            self.begin_letter(kinds[owner_id])
        elif letter is not None and field.startswith("reply"):
            self._reply(letter)
        elif letter is not None and field.startswith("deliveries"):
            self._serve(letter)
        elif letter is not None:
            self._edit(letter, letter, f"letter:{letter.id}")
            self.focus_editor(field)

    # --- inside ---

    def _take_up_draft(self, view: CaseView) -> None:
        start = f"letter:{view.case_id}:"
        for kind in LetterKind:
            if f"{start}{kind.value}" in view.drafts:
                self.begin_letter(kind)
                return

    def _show_offer(self, view: CaseView) -> None:
        empty(self._offer)
        kind = due_letter(view.file)
        if kind is None or view.read_only:
            return
        name = self.desk.document_name(kind)
        banner = Banner("info", self.tr("这一步要写《{name}》。").format(name=name))
        write = banner.add_button(self.tr("现在就写"))
        write.setObjectName("write-due-letter")
        write.clicked.connect(lambda: self.begin_letter(kind))
        self._offer.addWidget(banner)

    def _fill_menu(self, view: CaseView) -> None:
        """What fits now stands first, the rest below a line."""
        self._menu.clear()
        first = fitting_letters(view.file)
        self._add_kinds(first)
        if first:
            self._menu.addSeparator()
        self._add_kinds([kind for kind in LetterKind if kind not in first])

    def _add_kinds(self, kinds: Any) -> None:
        for kind in kinds:
            action = self._menu.addAction(self.desk.document_name(kind))
            action.setObjectName(f"new-{kind.value}")
            action.triggered.connect(lambda _=False, it=kind: self.begin_letter(it))

    def _card(self, view: CaseView, letter: Letter) -> QWidget:
        said = self._title(view, letter)
        if letter.void_reason:
            return card_with(
                self.tr("已作废：{what}（{why}）").format(what=said, why=letter.void_reason)
            )
        verbs: list[Verb] = [(self.tr("打印"), "print-letter", lambda: self._print(letter))]
        if not view.read_only:
            key = f"letter:{letter.id}"
            verbs.append((self.tr("修改"), "edit-letter", lambda: self._edit(letter, letter, key)))
            if letter.kind is not LetterKind.SERVICE_RECEIPT:
                verbs.append((self.tr("记送达"), "serve-letter", lambda: self._serve(letter)))
            if letter.kind is LetterKind.TRANSFER_LETTER:
                verbs.append((self.tr("记回执"), "letter-reply", lambda: self._reply(letter)))
            verbs.append((self.tr("作废"), "void-letter", lambda: self._void(letter)))
        return card_with(said, verbs, notes=self._notes(view, letter))

    def _title(self, view: CaseView, letter: Letter) -> str:
        names = view.file.names()
        outside = letter.kind in (LetterKind.TRANSFER_LETTER, LetterKind.COURT_REPLY)
        to = letter.addressee
        if not outside:
            to = listed(self.desk, (names.get(one, "") for one in letter.party_ids), 4)
        parts = (
            self.desk.document_name(letter.kind),
            letter.number or (self.tr("还没有号") if bears_number(self.desk, letter.kind) else ""),
            day_words(self.desk, letter.made_on),
            to,
        )
        return " · ".join(one for one in parts if one)

    def _notes(self, view: CaseView, letter: Letter) -> list[str]:
        """Served on whom, and what came back or by when it should."""
        notes = [self._served(one) for one in letter.deliveries]
        if letter.reply is not None:
            text = self.tr("回执：受理了") if letter.reply.accepted else self.tr("回执：没有受理")
            day = day_words(self.desk, letter.reply.on)
            parts = (text, day, letter.reply.handler, letter.reply.words)
            notes.append(" · ".join(one for one in parts if one))
        due = receipt_due(letter, self._receipt_days())
        if due is not None:
            day = day_words(self.desk, due)
            late = due < view.today
            text = (
                self.tr("到 {day} 还没收到回执，去问一问。")
                if late
                else self.tr("等回执，到 {day} 该收到。")
            )
            notes.append(text.format(day=day))
        return notes

    def _served(self, one: Delivery) -> str:
        if one.refusal:
            text = self.tr("{who} 没有收：{why}").format(who=one.recipient, why=one.refusal)
        else:
            text = self.tr("送给 {who}").format(who=one.recipient)
        return " · ".join(it for it in (text, day_words(self.desk, one.on), one.by) if it)

    def _receipt_days(self) -> int:
        pack = self.desk.practice.texts.get("transfer_addressees")
        days = pack.get("reminder_days") if isinstance(pack, Mapping) else None
        return days if isinstance(days, int) else RECEIPT_DAYS

    def _print(self, letter: Letter) -> None:
        """Gives the number, then shows the paper; a letter of a bound file is only shown."""
        paper = f"documents:{letter.kind.value}:{letter.id}"
        if letter.number or self.view is None or self.view.read_only:
            self.wanted.emit(paper)
            return
        work = after_actions.number_letter(letter.id, self.desk.practice)
        self.desk.jobs.run(self, work, lambda _: self.wanted.emit(paper))

    def _edit(self, letter: Letter, stored: Letter | None, key: str) -> None:
        view = self.view
        if view is None or not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            return after_actions.save_letter(letter_from(values, letter), stored)

        self._open(LetterForm(self.desk, view, letter.kind), key, work_of, letter_values(letter))

    def _serve(self, letter: Letter) -> None:
        view = self.view
        if view is None or not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            return after_actions.add_delivery(letter.id, Delivery(**values))

        values: Values = {"recipient": self._next_recipient(view, letter), "on": view.today}
        values |= {"way": "", "by": view.actor, "refusal": ""}
        self._open(DeliveryForm(self.desk), f"delivery:{letter.id}", work_of, values)

    def _next_recipient(self, view: CaseView, letter: Letter) -> str:
        """The first of those it is for who has not got it yet."""
        served = {one.recipient for one in letter.deliveries if not one.refusal}
        names = view.file.names()
        wanted = [names.get(RecordId(one), "") for one in letter.party_ids]
        if letter.kind in (LetterKind.TRANSFER_LETTER, LetterKind.COURT_REPLY):
            wanted = [letter.addressee]
        return next((one for one in wanted if one and one not in served), "")

    def _reply(self, letter: Letter) -> None:
        view = self.view
        if view is None or not self.may_begin():
            return

        def work_of(values: Values) -> Work[Any]:
            return after_actions.record_reply(letter.id, reply_from(values))

        known = letter.reply
        values: Values = {"on": known.on if known else view.today, "accepted": ""}
        if known:
            values["accepted"] = "yes" if known.accepted else "no"
        values |= {"words": known.words if known else "", "handler": known.handler if known else ""}
        self._open(ReplyForm(self.desk), f"reply:{letter.id}", work_of, values)

    def _void(self, letter: Letter) -> None:
        def work_of(values: Values) -> Work[Any]:
            return after_actions.void_letter(letter.id, values["void_reason"])

        if self.may_begin():
            verb, values = self.tr("作废"), {"void_reason": ""}
            self._open(VoidForm(), f"void:{letter.id}", work_of, values, verb=verb)

    def _open(self, form: Form, key: str, work_of: Any, values: Values, *, verb: str = "") -> None:
        editor = Editor(self.desk, form, key, work_of, verb=verb)
        self.open_editor(editor)
        editor.open_with(values)
