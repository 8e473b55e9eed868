"""The evidence: what was handed in, with its photographs and scans beside it, and photographs that
belong to no piece of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.attachments import Attachment, AttachmentKind
from app.domain.evidence import Evidence
from app.domain.ids import RecordId
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
from app.ui.cases.evidence_form import EvidenceForm, evidence_from, evidence_values
from app.ui.cases.file_taking import (
    PICTURES,
    SOUNDS,
    BroughtFile,
    brings_files,
    choose_files,
    files_in,
    on_clipboard,
)
from app.ui.cases.labels import day_words, label
from app.ui.cases.reading import shortened
from app.ui.cases.scan_intake import open_scan_intake
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

_KINDS = (AttachmentKind.PHOTO, AttachmentKind.EVIDENCE, AttachmentKind.OTHER)


class EvidenceSection(CaseSection):
    """The evidence list and its pictures."""

    key = "evidence"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("证据"), parent)
        self._none = words("", "muted")
        self.content_layout.addWidget(self._none)
        self._cards_holder, self._cards = self.column()
        self._loose_holder, self._loose = self.column()
        self._thumbnails = Thumbnails(desk, self)
        self.door = FileDoor(desk)
        self.content_layout.addWidget(self.door)
        self._hint = words(
            self.tr("照片可以拖到这里，也可以复制以后按 Ctrl+V。拖到哪件证据上，就归到哪件。"),
            "muted",
        )
        self.content_layout.addWidget(self._hint)
        self._notes = StopNotes(desk)
        self.content_layout.addWidget(self._notes)
        self._scans = self.verb(self.tr("收扫描件"), "scan-intake")
        self._scans.clicked.connect(self._open_scans)
        self._photos = self.verb(self.tr("加照片"), "add-photos")
        self._photos.clicked.connect(lambda: self._choose(None, AttachmentKind.PHOTO))
        self._add = self.verb(self.tr("登记证据"), "add-evidence")
        self._add.clicked.connect(self.begin)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._asked = False

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        empty(self._cards)
        empty(self._loose)
        self._notes.clear()
        for piece in view.file.evidence:
            self._cards.addWidget(self._card(view, piece))
        loose = _loose_files(view)
        if loose:
            self._loose.addWidget(words(self.tr("没有归到哪件证据的照片"), "group"))
            self._loose.addWidget(self._strip(view, loose))
        proofs = files_of(view.file, None, (AttachmentKind.PROOF,))
        if proofs:
            self._loose.addWidget(words(self.tr("身份和授权的证明"), "group"))
            self._loose.addWidget(self._strip(view, proofs))
        self._none.setText(
            self.tr("没有证据材料。")
            if view.read_only
            else self.tr("没有证据材料。收到单据、照片、录音，在这里登记；原件看过就还给本人。")
        )
        self.setAcceptDrops(not view.read_only)
        self.show_reading(self.editor is None)
        if self.editor is None and not view.read_only:
            self._offer_drafts(view)

    @override
    def begin(self) -> None:
        """A new piece, handed in today."""
        if self.may_begin() and self.view is not None and not self._asked:
            self._asked = True
            work = record_actions.blank_evidence(self.view.case_id)
            self.desk.jobs.run(self, work, self._begun, self._refused)

    def edit(self, piece: Evidence) -> None:
        if self.may_begin():
            self._open(piece, piece, f"evidence:{piece.id}")

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        """A piece of evidence, or a file by its own id."""
        view = self.view
        if view is None:
            return
        piece = next((one for one in view.file.evidence if one.id == owner_id), None)
        files = [one for one in view.file.attachments if one.id == owner_id]
        if piece is not None and not piece.void_reason:
            self.edit(piece)
        elif files:
            self._large(files, 0)
        elif field not in ("", "evidence", "attachment") and piece is None:
            self.begin()
        self.focus_editor(field)

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        some = view is not None and bool(view.file.evidence)
        loose = self._loose.count() > 0
        self._none.setVisible(shown and not some and not loose)
        self._cards_holder.setVisible(shown and some)
        self._loose_holder.setVisible(shown and loose)
        can = shown and view is not None and not view.read_only
        for one in (self._hint, self._scans, self._photos, self._add):
            one.setVisible(can)

    def paste(self) -> None:
        """What lies on the clipboard, as photographs."""
        if self.view is not None and not self.view.read_only and self.editor is None:
            self._take(None, AttachmentKind.PHOTO, on_clipboard())

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.editor is None and brings_files(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take(None, AttachmentKind.PHOTO, files_in(event.mimeData()))

    # --- inside ---

    def _offer_drafts(self, view: CaseView) -> None:
        if f"evidence:new:{view.case_id}" in view.drafts:
            self.begin()
            return
        pieces = view.file.evidence
        kept = next((one for one in pieces if f"evidence:{one.id}" in view.drafts), None)
        if kept is not None:
            self.edit(kept)

    def _begun(self, piece: Evidence) -> None:
        self._asked = False
        if self.may_begin():
            self._open(piece, None, f"evidence:new:{piece.case_id}")

    def _refused(self, refused: Any) -> None:
        self._asked = False
        self._notes.show_problems(refused.problems)

    def _open(self, piece: Evidence, stored: Evidence | None, key: str) -> None:
        assert self.view is not None

        def work_of(values: Values) -> Work[Any]:
            return record_actions.save_evidence(evidence_from(values, piece), stored)

        editor = Editor(self.desk, EvidenceForm(self.desk, self.view), key, work_of)
        self.open_editor(editor)
        editor.open_with(evidence_values(piece))

    def _card(self, view: CaseView, piece: Evidence) -> QWidget:
        card = DropCard(takes=not view.read_only and not piece.void_reason)
        card.brought.connect(lambda found: self._take(piece.id, AttachmentKind.PHOTO, found))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(words(self._title(piece), "strong"), 1)
        for made in self._verbs(view, piece):
            head.addWidget(made)
        layout.addLayout(head)
        if not piece.void_reason:
            for text in self._lines(view, piece):
                layout.addWidget(words(text))
            files = files_of(view.file, piece.id, _KINDS)
            layout.addWidget(self._strip(view, files))
        return card

    def _verbs(self, view: CaseView, piece: Evidence) -> list[QWidget]:
        if piece.void_reason or view.read_only:
            return []
        photos = button(
            self.tr("加照片"), lambda: self._choose(piece.id, AttachmentKind.PHOTO), quiet=True
        )
        photos.setObjectName("add-photos-here")
        photos.setAccessibleName(self.tr("给“{name}”加照片").format(name=piece.name))
        scans = button(
            self.tr("加扫描页"), lambda: self._choose(piece.id, AttachmentKind.OTHER), quiet=True
        )
        scans.setObjectName("add-pages-here")
        scans.setToolTip(self.tr("打印时一页一张；照片是一页两到四张"))
        edit = button(self.tr("修改"), lambda: self.edit(piece))
        edit.setObjectName("edit-evidence")
        void = button(self.tr("作废"), lambda: self._void(piece), quiet=True)
        void.setObjectName("void-evidence")
        return [photos, scans, edit, void]

    def _title(self, piece: Evidence) -> str:
        number = self.tr("{number}. {name}").format(number=piece.ordinal, name=piece.name)
        parts = [number, label(self.desk, "evidence_kind", piece.kind)]
        if piece.void_reason:
            parts.append(self.tr("已作废：{reason}").format(reason=piece.void_reason))
        return " · ".join(one for one in parts if one)

    def _lines(self, view: CaseView, piece: Evidence) -> list[str]:
        giver = view.file.names().get(piece.given_by, "") if piece.given_by else ""
        parts = [self.tr("{name} 提供").format(name=giver) if giver else "", piece.source]
        parts.append(day_words(self.desk, piece.submitted_on))
        parts.append(self.tr("原件") if piece.original else self.tr("复印件"))
        count = self.tr("{copies} 份，共 {pages} 页")
        parts.append(count.format(copies=piece.copies, pages=piece.pages))
        lines = [" · ".join(one for one in parts if one)]
        if piece.proves:
            lines.append(self.tr("证明：{text}").format(text=shortened(piece.proves)))
        checked = [piece.compared_by, day_words(self.desk, piece.compared_on)]
        if any(checked):
            said = " ".join(one for one in checked if one)
            lines.append(self.tr("和原件核对过：{said}").format(said=said))
        elif not piece.original:
            lines.append(self.tr("还没有和原件核对"))
        if piece.returned_on:
            day = day_words(self.desk, piece.returned_on)
            lines.append(self.tr("{day} 退还").format(day=day))
        return lines

    def _strip(self, view: CaseView, files: list[Attachment]) -> AttachmentStrip:
        strip = AttachmentStrip(self.desk, view, files, self._thumbnails)
        strip.opened.connect(lambda at: self._large(strip.files, at))
        strip.voided_wanted.connect(lambda: self._large(strip.voided, 0))
        return strip

    def _large(self, files: list[Attachment], at: int) -> None:
        if self.view is not None:
            AttachmentDialog(self.desk, self.view, files, at, self).open()

    def _choose(self, piece_id: RecordId | None, kind: AttachmentKind) -> None:
        title = self.tr("选照片") if kind is AttachmentKind.PHOTO else self.tr("选扫描页")
        endings = (*PICTURES, *SOUNDS)
        choose_files(self, title, endings, lambda found: self._take(piece_id, kind, found))

    def _take(
        self, piece_id: RecordId | None, kind: AttachmentKind, found: list[BroughtFile]
    ) -> None:
        if self.view is not None and found:
            self.door.take(found, described(self.view.case_id, kind, piece_id))

    def _open_scans(self) -> None:
        if self.view is not None:
            dialog = open_scan_intake(self.desk, self.view, self)
            dialog.wanted.connect(self.wanted)

    def _void(self, piece: Evidence) -> None:
        def work_of(values: Values) -> Work[Any]:
            return record_actions.void_evidence(piece.id, values["void_reason"])

        form = VoidForm()
        editor = Editor(self.desk, form, f"void:{piece.id}", work_of, verb=self.tr("作废"))
        self.open_editor(editor)
        editor.open_with({"void_reason": ""})


def _loose_files(view: CaseView) -> list[Attachment]:
    """Photographs of no piece, or of one that was voided."""
    homeless = {one.id for one in view.file.evidence if one.void_reason} | {None, view.case_id}
    return [
        one
        for one in sorted(view.file.attachments, key=lambda one: one.ordinal)
        if one.kind in _KINDS and one.subject_id in homeless
    ]
