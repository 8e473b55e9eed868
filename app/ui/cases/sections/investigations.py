"""The investigation records: whom somebody talked to before or between the sessions, and what was
said. One card for each talk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.attachments import AttachmentKind
from app.domain.completeness import DocumentKind
from app.domain.investigations import Investigation
from app.ui.cases import record_actions
from app.ui.cases.attachment_dialog import AttachmentDialog
from app.ui.cases.attachment_strip import (
    AttachmentStrip,
    DropCard,
    FileDoor,
    described,
    files_of,
)
from app.ui.cases.editor import Editor, Values
from app.ui.cases.file_taking import PICTURES, BroughtFile, choose_files
from app.ui.cases.investigation_form import (
    InvestigationForm,
    investigation_values,
    save_works,
)
from app.ui.cases.labels import day_words, mediator_names
from app.ui.cases.reading import shortened
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.stop_notes import StopNotes
from app.ui.cases.thumbnails import Thumbnails
from app.ui.cases.view import CaseView
from app.ui.cases.voiding import VoidForm
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.widgets.frame import button, empty, words

if TYPE_CHECKING:
    from app.ui.cases.actions import Work

_KINDS = (AttachmentKind.OTHER, AttachmentKind.PHOTO, AttachmentKind.EVIDENCE)
PAIRS_SHOWN = 3


class InvestigationsSection(CaseSection):
    """All talks, and the one that is being written down."""

    key = "investigations"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("调查"), parent)
        self._none = words("", "muted")
        self.content_layout.addWidget(self._none)
        self._cards_holder, self._cards = self.column()
        self._thumbnails = Thumbnails(desk, self)
        self._door = FileDoor(desk)
        self.content_layout.addWidget(self._door)
        self._notes = StopNotes(desk)
        self.content_layout.addWidget(self._notes)
        self._add = self.verb(self.tr("记一次调查"), "add-investigation")
        self._add.clicked.connect(self.begin)
        self._asked = False

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        empty(self._cards)
        self._notes.clear()
        for record in view.file.investigations:
            self._cards.addWidget(self._card(view, record))
        self._none.setText(
            self.tr("没有调查记录。")
            if view.read_only
            else self.tr("没有调查记录。找邻居、证人问过话，或者到现场看过，在这里记下。")
        )
        self.show_reading(self.editor is None)
        if self.editor is None and not view.read_only:
            self._offer_drafts(view)

    @override
    def begin(self) -> None:
        """A new talk of today, with what the case knows already."""
        if self.may_begin() and self.view is not None and not self._asked:
            self._asked = True
            work = record_actions.blank_investigation(self.view.case_id)
            self.desk.jobs.run(self, work, self._begun, self._refused)

    def edit(self, record: Investigation) -> None:
        if self.may_begin():
            self._open(record, record, f"investigation:{record.id}")

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        records = self.view.file.investigations if self.view else ()
        record = next((one for one in records if one.id == owner_id), None)
        if record is not None and not record.void_reason:
            self.edit(record)
        elif field not in ("", "investigations") and not record:
            self.begin()
        self.focus_editor(field)

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        some = view is not None and bool(view.file.investigations)
        self._none.setVisible(shown and not some)
        self._cards_holder.setVisible(shown and some)
        self._add.setVisible(shown and view is not None and not view.read_only)

    # --- inside ---

    def _offer_drafts(self, view: CaseView) -> None:
        if f"investigation:new:{view.case_id}" in view.drafts:
            self.begin()
            return
        records = view.file.investigations
        kept = next((one for one in records if f"investigation:{one.id}" in view.drafts), None)
        if kept is not None:
            self.edit(kept)

    def _begun(self, record: Investigation) -> None:
        self._asked = False
        if self.may_begin():
            self._open(record, None, f"investigation:new:{record.case_id}")

    def _refused(self, refused: Any) -> None:
        self._asked = False
        self._notes.show_problems(refused.problems)

    def _open(self, record: Investigation, stored: Investigation | None, key: str) -> None:
        assert self.view is not None
        form = InvestigationForm(self.desk, self.view)

        def work_of(values: Values) -> list[Work[Any]]:
            return save_works(form, values, record, stored)

        editor = Editor(self.desk, form, key, work_of)
        self.open_editor(editor)
        editor.open_with(investigation_values(record, self.view))

    def _card(self, view: CaseView, record: Investigation) -> QWidget:
        card = DropCard(takes=not view.read_only and not record.void_reason)
        card.brought.connect(lambda found: self._take(record, found))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(words(self._title(view, record), "strong"), 1)
        for made in self._verbs(view, record):
            head.addWidget(made)
        layout.addLayout(head)
        if not record.void_reason:
            for text in self._lines(view, record):
                layout.addWidget(words(text))
            layout.addWidget(self._strip(view, record))
        return card

    def _verbs(self, view: CaseView, record: Investigation) -> list[QWidget]:
        if record.void_reason:
            return []
        paper = f"documents:{DocumentKind.INVESTIGATION_RECORD}:{record.id}"
        see = button(self.tr("看文书"), lambda: self.wanted.emit(paper), quiet=True)
        see.setObjectName("see-investigation")
        if view.read_only:
            return [see]
        edit = button(self.tr("修改"), lambda: self.edit(record))
        edit.setObjectName("edit-investigation")
        scan = button(self.tr("加签好的扫描件"), lambda: self._choose(record), quiet=True)
        scan.setObjectName("add-investigation-scan")
        void = button(self.tr("作废"), lambda: self._void(record), quiet=True)
        void.setObjectName("void-investigation")
        return [see, scan, edit, void]

    def _title(self, view: CaseView, record: Investigation) -> str:
        person = view.file.people.get(record.person_id) if record.person_id else None
        parts = [self.tr("第 {number} 份").format(number=record.ordinal)]
        if person is not None:
            name, relation = person.name, record.relation
            both = self.tr("{name}（{relation}）").format(name=name, relation=relation)
            parts.append(both if relation else name)
        else:
            parts.append(self.tr("还没写问的是谁"))
        parts += [day_words(self.desk, record.held_on), record.place]
        if record.void_reason:
            parts.append(self.tr("已作废：{reason}").format(reason=record.void_reason))
        return " · ".join(one for one in parts if one)

    def _lines(self, view: CaseView, record: Investigation) -> list[str]:
        lines = []
        who = mediator_names(self.desk, view, record.investigator_ids)
        if who:
            lines.append(self.tr("调查人：{names}").format(names=who))
        if record.recorder:
            lines.append(self.tr("记录人：{name}").format(name=record.recorder))
        people = "　".join(lines)
        lines = [people] if people else []
        for one in record.exchanges[:PAIRS_SHOWN]:
            question, answer = shortened(one.question), shortened(one.answer)
            lines.append(self.tr("问：{text}").format(text=question))
            lines.append(self.tr("答：{text}").format(text=answer))
        more = len(record.exchanges) - PAIRS_SHOWN
        if more > 0:
            lines.append(self.tr("还有 {count} 问").format(count=more))
        if not record.exchanges:
            lines.append(self.tr("还没有记问答。"))
        return lines

    def _strip(self, view: CaseView, record: Investigation) -> QWidget:
        files = files_of(view.file, record.id, _KINDS)
        strip = AttachmentStrip(self.desk, view, files, self._thumbnails)
        strip.opened.connect(lambda at: self._large(strip.files, at))
        strip.voided_wanted.connect(lambda: self._large(strip.voided, 0))
        strip.setVisible(bool(files))
        return strip

    def _large(self, files: list[Any], at: int) -> None:
        if self.view is not None:
            AttachmentDialog(self.desk, self.view, files, at, self).open()

    def _choose(self, record: Investigation) -> None:
        title = self.tr("选签好的扫描件")
        choose_files(self, title, PICTURES, lambda found: self._take(record, found))

    def _take(self, record: Investigation, found: list[BroughtFile]) -> None:
        one = described(record.case_id, AttachmentKind.OTHER, record.id)
        self._door.take(found, one)

    def _void(self, record: Investigation) -> None:
        def work_of(values: Values) -> Work[Any]:
            return record_actions.void_investigation(record.id, values["void_reason"])

        form = VoidForm()
        editor = Editor(self.desk, form, f"void:{record.id}", work_of, verb=self.tr("作废"))
        self.open_editor(editor)
        editor.open_with({"void_reason": ""})
