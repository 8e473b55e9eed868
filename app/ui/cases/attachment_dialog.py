"""One file large, with what is said about it: what it shows, where, when and by whom it was taken.
What is written is saved when one goes on to the next or closes; nothing asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QCloseEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.attachments import Attachment, AttachmentKind
from app.domain.evidence import Evidence
from app.domain.problems import ProblemCode, Refused
from app.services.paper_values import Printed
from app.services.ports import UnitOfWork
from app.ui.cases import record_actions
from app.ui.cases.editor import Editor
from app.ui.cases.file_words import absent_words
from app.ui.cases.labels import named
from app.ui.cases.thumbnails import small_picture
from app.ui.cases.ticks import pick_field
from app.ui.cases.voiding import VoidForm
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.problems import sentence
from app.ui.widgets.fields import Choice, DateField, LineField, TextField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import ScrollColumn, button, words
from app.ui.widgets.paper import PaperPreview, write_whole

if TYPE_CHECKING:
    from app.ui.cases.actions import Work
    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView

LARGE = 2000  # px of the longer side: as much as a screen shows
TAKEN = ("taken_on", "taken_at_place", "taken_by")
_OF_EVIDENCE = frozenset({AttachmentKind.PHOTO, AttachmentKind.EVIDENCE, AttachmentKind.OTHER})


class Picture(QWidget):
    """A picture as large as there is room, never larger than it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setMinimumSize(QSize(240, 200))

    def show_image(self, image: QImage, name: str) -> None:
        self._image = image
        self.setAccessibleName(name)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._image.isNull():
            return
        size = self._image.size()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(
            (self.width() - size.width()) // 2,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        painter.end()


class CaptionForm(Form):
    """What is said about one file."""

    def __init__(self, desk: Desk, view: CaseView, file: Attachment) -> None:
        super().__init__()

        def name(field: str) -> str:
            return named(desk, "attachment", field)

        hint = self.tr("例如：东边滴水，靠水沟的一侧")
        self.add("caption", TextField(name("caption"), hint=hint, lines=2))
        if file.kind is not AttachmentKind.SIGNED_PAGE:
            self.add("taken_at_place", LineField(name("taken_at_place")))
            self.add("taken_on", DateField(name("taken_on")))
            self.add("taken_by", LineField(name("taken_by")))
        pieces = view.file.living(Evidence)
        if pieces and file.kind in _OF_EVIDENCE:
            choices = [Choice(one.id, one.name) for one in pieces]
            self.add("subject_id", pick_field(self.tr("属于哪件证据"), choices))


class AttachmentDialog(QDialog):
    """Some files of a case, one at a time."""

    def __init__(
        self,
        desk: Desk,
        view: CaseView,
        files: Sequence[Attachment],
        at: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("attachment-dialog")
        self._desk, self._view = desk, view
        self._files, self._at = list(files), at
        self._data = b""
        self._asked = 0
        self.editor: Editor | None = None
        self.resize(980, 600)
        self._build()
        self._show()

    @property
    def file(self) -> Attachment:
        return self._files[self._at]

    def go(self, steps: int) -> None:
        """To another file of the same row; what was written about this one is saved."""
        place = self._at + steps
        if 0 <= place < len(self._files):
            self._put_away()
            self._at = place
            self._show()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._put_away()
        super().closeEvent(event)

    @override
    def reject(self) -> None:
        self.close()

    # --- inside ---

    def _build(self) -> None:
        self.picture = Picture()
        self._pages = PaperPreview(self._desk)
        self._note = words("", "muted")
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown = QStackedWidget()
        for shown in (self.picture, self._pages, self._note):
            self._shown.addWidget(shown)
        self._before = button(self.tr("上一个"), lambda: self.go(-1), icon_name="chevron-left")
        self._before.setObjectName("previous-file")
        self._after = button(self.tr("下一个"), lambda: self.go(1), icon_name="chevron-right")
        self._after.setObjectName("next-file")
        self._place = words("", "muted", wrap=False)
        self._out = button(self.tr("另存一份"), self._save_out, icon_name="export")
        self._out.setObjectName("save-file-out")
        row = QHBoxLayout()
        for beside in (self._before, self._place, self._after):
            row.addWidget(beside)
        row.addStretch(1)
        row.addWidget(self._out)
        left = QVBoxLayout()
        left.addWidget(self._shown, 1)
        left.addLayout(row)
        self._side = QVBoxLayout()
        self._side.setSpacing(12)
        self._voided = words("", "strong")
        self._same = button(self.tr("地点、日期、拍摄人和上一个一样"), self._as_before, quiet=True)
        self._same.setObjectName("same-as-before")
        self._void = button(self.tr("作废"), self._ask_why, quiet=True)
        self._void.setObjectName("void-file")
        self._side.addWidget(self._voided)
        self._side.addWidget(self._same)
        self._side.addStretch(1)
        self._side.addWidget(self._void, 0, Qt.AlignmentFlag.AlignLeft)
        holder = QWidget()
        holder.setLayout(self._side)
        side = ScrollColumn(holder)
        side.setFixedWidth(340)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(16)
        whole.addLayout(left, 1)
        whole.addWidget(side)

    def _show(self) -> None:
        file, count = self.file, len(self._files)
        self.setWindowTitle(file.caption or file.name or self.tr("照片和扫描件"))
        self._place.setText(self.tr("{number} / {count}").format(number=self._at + 1, count=count))
        for made in (self._before, self._after):
            made.setVisible(count > 1)
        self._place.setVisible(count > 1)
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < count)
        self._voided.setVisible(bool(file.void_reason))
        self._voided.setText(self.tr("已作废：{reason}").format(reason=file.void_reason))
        can = not self._view.read_only and not file.void_reason
        self._void.setVisible(can)
        photo = file.kind is not AttachmentKind.SIGNED_PAGE
        self._same.setVisible(can and photo and self._earlier() is not None)
        self._open_form(can)
        self._read()

    def _open_form(self, can: bool) -> None:
        file = self.file
        form = CaptionForm(self._desk, self._view, file)

        def work_of(values: Values) -> Work[Any]:
            return record_actions.save_file(_said(file, values), file)

        editor = Editor(self._desk, form, _key(file), work_of)
        editor.saved.connect(self._saved)
        editor.closed.connect(self._leave)
        self._put_in(editor)
        shown = {name: getattr(file, name) for name in ("caption", *TAKEN)}
        editor.open_with(shown | {"subject_id": file.subject_id or ""})
        if not can:
            form.set_read_only(True)
            editor.save_button.hide()
        elif not file.caption:
            form.focus_first()

    def _put_in(self, editor: Editor | None) -> None:
        old, self.editor = self.editor, editor
        if old is not None:
            old.hide()
            old.deleteLater()
        if editor is not None:
            self._side.insertWidget(1, editor)

    def _put_away(self) -> None:
        """Keeps and saves what was written about this file."""
        editor = self.editor
        if editor is not None and isinstance(editor.form, CaptionForm) and editor.changed:
            editor.flush()
            file = self.file
            said = _said(file, editor.form.values())
            if not editor.form.problems():
                self._files[self._at] = said
                _save_and_forget_draft(self._desk, said, file)

    def _leave(self) -> None:
        """Given up: nothing of it is saved."""
        self._put_in(None)
        self.close()

    def _saved(self, stored: object) -> None:
        if isinstance(stored, Attachment):
            self._files[self._at] = stored
        if self._at + 1 < len(self._files):
            self.go(1)
        else:
            self.close()

    def _earlier(self) -> Attachment | None:
        """The one before in the row that says where, when or by whom."""
        known = [one for one in self._files[: self._at] if any(getattr(one, f) for f in TAKEN)]
        return known[-1] if known else None

    def _as_before(self) -> None:
        earlier = self._earlier()
        if earlier is not None and self.editor is not None:
            self.editor.form.set_values({name: getattr(earlier, name) for name in TAKEN})
            self.editor.form.changed.emit()

    def _ask_why(self) -> None:
        self._put_away()
        file = self.file

        def work_of(values: Values) -> Work[Any]:
            return record_actions.void_file(file.id, values["void_reason"])

        form = VoidForm()
        editor = Editor(self._desk, form, f"void:{file.id}", work_of, verb=self.tr("作废"))
        editor.saved.connect(self.close)
        editor.closed.connect(self._show)
        self._void.hide()
        self._same.hide()
        self._put_in(editor)
        editor.open_with({"void_reason": ""})
        form.focus_first()

    def _read(self) -> None:
        self._asked += 1
        number, file, pdf = self._asked, self.file, self.file.media_type == "application/pdf"
        self._data = b""
        self._out.setEnabled(False)
        self._note.setText("")
        self._shown.setCurrentWidget(self._note)

        def work(uow: UnitOfWork) -> tuple[bytes, QImage]:
            data = record_actions.file_bytes(file)(uow)
            is_picture = file.media_type.startswith("image/")
            return data, small_picture(data, LARGE) if is_picture else QImage()

        def done(found: tuple[bytes, QImage]) -> None:
            if number != self._asked:
                return
            self._data, image = found
            self._out.setEnabled(True)
            if pdf:
                self._pages.show_printed(Printed(self._data, 0, file.name or "file.pdf"))
                self._shown.setCurrentWidget(self._pages)
            elif not image.isNull():
                self.picture.show_image(image, file.caption or file.name or self.tr("照片"))
                self._shown.setCurrentWidget(self.picture)
            else:
                self._note.setText(self.tr("录音在这里放不出来，可以另存一份再听。"))

        def refused(problem: Refused) -> None:
            if number != self._asked:
                return
            if problem.first.code is ProblemCode.ATTACHMENT_MISSING and self._elsewhere(file):
                self._note.setText(absent_words(self._view))
            else:
                self._note.setText(sentence(problem.first, self._desk.language))

        self._desk.jobs.run(self, work, done, refused)

    def _elsewhere(self, file: Attachment) -> bool:
        """Whether the file never was on this computer, or is still to be fetched."""
        state = self._view.files.get(file.sha256)
        return state is not None and not state.here

    def _save_out(self) -> None:
        data, desk = self._data, self._desk
        name = self.file.name or f"{self.file.ordinal}{_ending(self.file.media_type)}"
        dialog = QFileDialog(self, self.tr("另存一份"), name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)

        def told(path: Path) -> None:
            text = QCoreApplication.translate("AttachmentDialog", "已另存：{file}")
            desk.say(text.format(file=path.name))

        dialog.fileSelected.connect(
            lambda to: desk.jobs.run_records(self, lambda: write_whole(Path(to), data), told)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _key(file: Attachment) -> str:
    return f"attachment:{file.id}"


def _save_and_forget_draft(desk: Desk, said: Attachment, before: Attachment) -> None:
    """The dialog may be gone when the answer comes; a draft that could not be saved stays."""
    from app.services.drafts import drop_draft

    def forget(_stored: object) -> None:
        desk.jobs.run(desk.changes, lambda uow: drop_draft(uow, _key(said)))

    desk.jobs.run(desk.changes, record_actions.save_file(said, before), forget)


def _said(file: Attachment, values: Values) -> Attachment:
    plain = {name: values[name] for name in ("caption", *TAKEN) if name in values}
    if "subject_id" in values:
        plain["subject_id"] = values["subject_id"] or file.subject_id
    return replace(file, **plain)


def _ending(media_type: str) -> str:
    known = {"image/png": ".png", "application/pdf": ".pdf", "audio/mpeg": ".mp3"}
    return known.get(media_type, ".m4a" if media_type.startswith("audio/") else ".jpg")
