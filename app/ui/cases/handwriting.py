"""What parties wrote on the screen, for their convenience: a dialog to draw in, and small pictures
beside the matrix of hands.

Always called what it is; never offered where paper alone counts (电子签名法 art. 3), and never in
place of a signature on paper.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.agreements import Agreement
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import RecordId
from app.domain.problems import Refused
from app.ui.cases import agreement_actions, record_actions
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import button, empty, words
from app.ui.widgets.handwriting import HandwritingPad

if TYPE_CHECKING:
    from app.domain.casefile import CaseFile
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

SHOWN = QSize(150, 56)
PARTIES_SHOWN = 12


def handwriting_of(file: CaseFile, agreement: Agreement) -> dict[RecordId, Attachment]:
    """Party id -> the last picture that the party drew for this agreement."""
    return {
        one.party_id: one
        for one in file.attachments
        if one.kind is AttachmentKind.HANDWRITING
        and one.subject_id == agreement.id
        and one.party_id is not None
        and not one.void_reason
    }


class HandwritingDialog(QDialog):
    """One name, drawn.

    Signals:
        kept(bytes): the picture, PNG.
    """

    kept = Signal(bytes)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("屏幕手写"))
        self.pad = HandwritingPad()
        self.pad.drawn.connect(self._suit)
        self._undo = button(self.tr("撤一笔"), self.pad.undo, icon_name="undo")
        self._undo.setObjectName("undo-stroke")
        self._undo.setShortcut("Ctrl+Z")
        self._clear = button(self.tr("擦掉重写"), self.pad.clear)
        self._clear.setObjectName("clear-pad")
        self.keep_button = button(self.tr("留下"), self._keep, main=True)
        self.keep_button.setObjectName("keep-handwriting")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._undo)
        row.addWidget(self._clear)
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.close))
        row.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        title = self.tr("请{name}用笔、手指或者鼠标写名字").format(name=name)
        column.addWidget(words(title, "heading"))
        column.addWidget(words(reference_only(), "strong"))
        column.addWidget(self.pad, 1)
        column.addLayout(row)
        self._suit()

    def _suit(self) -> None:
        for made in (self._undo, self._clear, self.keep_button):
            made.setEnabled(not self.pad.is_blank())

    def _keep(self) -> None:
        self.kept.emit(self.pad.png())
        self.close()


def reference_only() -> str:
    """What handwriting on the screen is worth."""
    return QCoreApplication.translate("Handwriting", "屏幕手写，只作参考，不能代替纸上签名。")


class HandwritingStrip(QWidget):
    """Each party's picture, with the verb to draw one."""

    def __init__(
        self, desk: Desk, view: CaseView, agreement: Agreement, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._agreement = desk, agreement
        self._file = view.file
        self._pictures: dict[RecordId, bytes] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words(self.tr("屏幕手写"), "group"))
        self._note = words("", "muted")
        column.addWidget(self._note)
        holder = QWidget()
        self._cards = FlowLayout(holder, gap=8)
        column.addWidget(holder)
        self._show()

    def show_file(self, file: CaseFile) -> None:
        """The case was read anew."""
        self._file = file
        self._show()

    def text(self) -> str:
        """All words on it."""
        return "\n".join(one.text() for one in self.findChildren(QLabel) if not one.isHidden())

    def _show(self) -> None:
        from app.services.attachments import is_status_matter  # late: the page opens without it

        empty(self._cards)
        if is_status_matter(self._file, self._desk.practice):
            text = self.tr("婚姻、抚养、收养、继承这类事，只认纸上亲笔签名，这里不提供屏幕手写。")
            self._note.setText(text)
            return
        self._note.setText(reference_only())
        kept = handwriting_of(self._file, self._agreement)
        for party_id in self._agreement.party_ids[:PARTIES_SHOWN]:
            self._cards.addWidget(self._card(party_id, kept.get(party_id)))
        unknown = [one for one in kept.values() if one.id not in self._pictures]
        if unknown:
            self._desk.jobs.run(self, agreement_actions.handwriting(unknown), self._arrived)

    def _arrived(self, pictures: dict[RecordId, bytes]) -> None:
        self._pictures |= pictures
        self._show()

    def _card(self, party_id: RecordId, kept: Attachment | None) -> QWidget:
        name = self._file.names().get(party_id, "")
        card = QFrame()
        card.setObjectName("recordCard")
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(4)
        column.addWidget(words(name, "strong", wrap=False))
        picture = self._pictures.get(kept.id) if kept is not None else None
        if picture:
            shown = QLabel()
            pixels = QPixmap()
            pixels.loadFromData(picture)
            way = Qt.TransformationMode.SmoothTransformation
            shown.setPixmap(pixels.scaled(SHOWN, Qt.AspectRatioMode.KeepAspectRatio, way))
            shown.setAccessibleName(self.tr("{name}的屏幕手写，只作参考").format(name=name))
            column.addWidget(shown)
        text = self.tr("重写") if kept is not None else self.tr("手写")
        verb = button(text, partial(self.draw, party_id), icon_name="signature", quiet=True)
        verb.setObjectName("draw-name")
        verb.setAccessibleName(self.tr("{name}：屏幕手写").format(name=name))
        column.addWidget(verb, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def draw(self, party_id: RecordId) -> None:
        """Opens the pad for a party; a new picture takes the place of the one before."""
        dialog = HandwritingDialog(self._file.names().get(party_id, ""), self)
        dialog.kept.connect(lambda png: self._keep(party_id, png))
        dialog.open()

    def _keep(self, party_id: RecordId, png: bytes) -> None:
        desk = self._desk
        before = handwriting_of(self._file, self._agreement).get(party_id)
        work = agreement_actions.handwritten(
            self._agreement, party_id, png, desk.craft, desk.practice
        )

        def kept(one: Attachment) -> None:
            self._pictures[one.id] = png
            if before is not None:
                why = self.tr("重新写了")
                desk.jobs.run(self, record_actions.void_file(before.id, why), None, self._refused)

        desk.jobs.run(self, work, kept, self._refused)

    def _refused(self, refused: Refused) -> None:
        self._desk.show_problem(refused)
