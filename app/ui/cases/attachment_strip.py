"""The files of one record as small pictures, and the door through which new ones come: chosen,
dropped, pasted. A file is stored at once, with its own commit; nothing waits for a button.

Strips are made anew with every repaint; `FileDoor` stays and does the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QPalette
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from app.domain.attachments import Attachment, AttachmentKind, media_type_of
from app.domain.ids import RecordId, new_id
from app.domain.problems import Refused
from app.ui.cases import record_actions
from app.ui.cases.file_taking import BroughtFile, OneByOne, Step, brings_files, files_in
from app.ui.cases.file_words import file_tip, file_words
from app.ui.cases.labels import day_words
from app.ui.cases.thumbnails import SHOWN, Thumbnails, pixmap_of
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.problems import sentence
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import Banner, button, empty
from app.ui.widgets.icons import icon

if TYPE_CHECKING:
    from app.domain.casefile import CaseFile
    from app.services.ports import ScanReader, UnitOfWork
    from app.ui.cases.actions import Work
    from app.ui.cases.view import CaseView

TILE = QSize(SHOWN.width() + 24, SHOWN.height() + 72)  # two lines below the picture
REFUSALS_SHOWN = 5
_MANY_PAGES = ("application/pdf", "image/tiff")


def files_of(
    file: CaseFile, subject_id: RecordId | None, kinds: Sequence[AttachmentKind]
) -> list[Attachment]:
    """Files of those kinds about one record, voided ones too, in the order in which they came."""
    found = [one for one in file.attachments if one.kind in kinds and one.subject_id == subject_id]
    return sorted(found, key=lambda one: one.ordinal)


class _Tile(QToolButton):
    """One file: its small picture and what it shows; told whole in the tool tip."""

    def __init__(self, desk: Desk, view: CaseView, file: Attachment) -> None:
        super().__init__()
        self.file = file
        self.setObjectName("file-tile")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(SHOWN)
        # Named by its words for the ear, for the mouse that rests, and below the picture.
        said = file.caption or file.name or self.tr("还没写说明")
        room = SHOWN.width() - 4
        below = self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room)
        self.setText("\n".join(one for one in (below, file_words(view, file.sha256)) if one))
        day, where = day_words(desk, file.taken_on), file_tip(view, file.sha256)
        parts = (said, file.taken_at_place, day, file.taken_by)
        whole = " · ".join(one for one in parts if one)
        self.setToolTip("\n".join(one for one in (whole, where) if one))
        self.setAccessibleName(whole)
        self.setAccessibleDescription(where)
        self.setFixedSize(TILE)
        state = view.files.get(file.sha256)
        self.here = state is None or state.here
        sound = "message" if file.media_type.startswith("audio/") else "image"
        self.setIcon(icon(sound if self.here else "download", QPalette.ColorRole.PlaceholderText))

    def show_picture(self, thumbnails: Thumbnails) -> None:
        small = thumbnails.find(self.file) if self.here else None
        if small is not None and not small.image.isNull():
            self.setIcon(QIcon(pixmap_of(small.image)))
        elif small is not None:
            self.setIcon(icon("alert", QPalette.ColorRole.PlaceholderText))


class DropCard(QFrame):
    """A card on which files can be dropped, where `takes` says so.

    Signals:
        brought(object): a list of `BroughtFile` was dropped.
    """

    brought = Signal(object)

    def __init__(self, *, takes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recordCard")
        self.setAcceptDrops(takes)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_files(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        found = files_in(event.mimeData())
        if found:
            event.acceptProposedAction()
            self.brought.emit(found)


class AttachmentStrip(QWidget):
    """Small pictures in rows.

    Signals:
        opened(int): the file at that place of `files` shall be shown large.
        voided_wanted(): the voided ones shall be shown.
    """

    opened = Signal(int)
    voided_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        view: CaseView,
        files: Sequence[Attachment],
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.files = [one for one in files if not one.void_reason]
        self.voided = [one for one in files if one.void_reason]
        self._thumbnails = thumbnails
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        flow.setContentsMargins(0, 0, 0, 0)
        self.tiles: list[_Tile] = []
        for place, file in enumerate(self.files):
            tile = _Tile(desk, view, file)
            tile.show_picture(thumbnails)
            tile.clicked.connect(lambda _=False, at=place: self.opened.emit(at))
            flow.addWidget(tile)
            self.tiles.append(tile)
        column.addWidget(holder)
        holder.setVisible(bool(self.tiles))
        if self.voided:
            text = self.tr("看已作废的 {count} 个").format(count=len(self.voided))
            made = button(text, self.voided_wanted.emit, quiet=True)
            made.setObjectName("show-voided")
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        thumbnails.came.connect(self._came)
        thumbnails.ask([one.file for one in self.tiles if one.here])

    def _came(self, digest: str) -> None:
        for tile in self.tiles:
            if tile.file.sha256 == digest:
                tile.show_picture(self._thumbnails)


class FileDoor(QWidget):
    """Takes files in, one after the other, and says which could not be taken and why.

    Signals:
        taken(object): one was stored; carries its `Attachment`.
    """

    taken = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.queue = OneByOne(desk)
        self._said = QVBoxLayout()
        self._said.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.queue)
        column.addLayout(self._said)

    def take(self, files: Sequence[BroughtFile], described: Attachment) -> None:
        """Stores each of `files`, described as `described` is; PDF and TIFF page by page, each as a
        whole page of paper.
        """
        if not self.queue.busy:
            empty(self._said)
        self.queue.add([self._opening(one, described) for one in files])

    def text(self) -> str:
        """All that could not be taken, as it stands on the screen."""
        found = [self._said.itemAt(place) for place in range(self._said.count())]
        banners = [one.widget() for one in found if one is not None]
        return "\n".join(one.text.text() for one in banners if isinstance(one, Banner))

    def _opening(self, brought: BroughtFile, described: Attachment) -> Step:
        reader = self._desk.craft.scans

        def opened(pages: tuple[bytes, ...]) -> None:
            whole_page = len(pages) > 1 or brought.name.lower().endswith(".pdf")
            kind = AttachmentKind.OTHER if whole_page else described.kind
            self.queue.grow(
                [
                    self._storing(brought, page, _copy(described, brought.name, kind))
                    for page in pages
                ]
            )

        def read(_uow: UnitOfWork) -> tuple[bytes, ...]:
            return _pages(brought.read(), reader)

        return Step(read, opened, lambda refused: self._refuse(brought, refused))

    def _storing(self, brought: BroughtFile, data: bytes, described: Attachment) -> Step:
        desk = self._desk
        work: Work[Any] = record_actions.add_file(
            lambda: data, described, desk.craft.scans, desk.practice
        )
        return Step(work, self.taken.emit, lambda refused: self._refuse(brought, refused))

    def _refuse(self, brought: BroughtFile, refused: Refused) -> None:
        said = sentence(refused.first, self._desk.language)
        text = self.tr("{name}：{sentence}").format(name=brought.name, sentence=said)
        if self._said.count() < REFUSALS_SHOWN:
            self._said.addWidget(Banner("problem", text if brought.name else said))


def _pages(data: bytes, reader: ScanReader) -> tuple[bytes, ...]:
    return reader.pages(data) if media_type_of(data) in _MANY_PAGES else (data,)


def described(
    case_id: RecordId,
    kind: AttachmentKind,
    subject_id: RecordId | None = None,
    party_id: RecordId | None = None,
) -> Attachment:
    """A file that is about to come: what it is and what it belongs to."""
    return Attachment(
        id=new_id(),
        case_id=case_id,
        kind=kind,
        sha256="",
        size=0,
        media_type="",
        subject_id=subject_id,
        party_id=party_id,
    )


def _copy(one: Attachment, name: str, kind: AttachmentKind) -> Attachment:
    return replace(one, id=new_id(), kind=kind, name=name[:100])
