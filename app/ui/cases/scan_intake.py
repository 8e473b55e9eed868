"""Scans of signed papers come in: chosen, dropped or pasted, several pages at once. Each page is
cleaned, its code read, and filed where it belongs; one that may not be filed says why.

Shows which pages of each agreement are there and which are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.agreements import AgreementForm, AgreementState
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import RecordId
from app.domain.problems import Refused
from app.ui.cases import record_actions
from app.ui.cases.attachment_dialog import AttachmentDialog
from app.ui.cases.attachment_strip import files_of
from app.ui.cases.file_taking import (
    PICTURES,
    BroughtFile,
    OneByOne,
    Step,
    brings_files,
    choose_files,
    files_in,
    on_clipboard,
)
from app.ui.cases.record_actions import PaperScans
from app.ui.cases.scan_cards import ByHand, ScanCard, TakenPage, take_page
from app.ui.runtime.marks import override
from app.ui.runtime.problems import sentence
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import Banner, Chip, ScrollColumn, button, empty, words

if TYPE_CHECKING:
    from app.services.lines import Change
    from app.services.ports import UnitOfWork
    from app.ui.cases.actions import Work
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

NAME_SHOWN = 60


def open_scan_intake(
    desk: Desk, view: CaseView, parent: QWidget, agreement_id: str = ""
) -> ScanIntake:
    """Opens the dialog for a case; `agreement_id` is the one to speak of first. Whoever opens it
    follows its `wanted`.
    """
    dialog = ScanIntake(desk, view, parent, agreement_id)
    dialog.open()
    return dialog


class ScanIntake(QDialog):
    """Signed pages for one case.

    Signals:
        wanted(str): where the person wants to go, as `targets.parse` reads it.
    """

    wanted = Signal(str)

    def __init__(
        self, desk: Desk, view: CaseView, parent: QWidget | None = None, agreement_id: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("scan-intake")
        self.setWindowTitle(self.tr("收扫描件"))
        self.setAcceptDrops(not view.read_only)
        self.resize(900, 600)
        self._desk, self._view, self._first = desk, view, agreement_id
        self._papers: tuple[PaperScans, ...] = ()
        self.cards: list[ScanCard] = []
        self.queue = OneByOne(desk)
        self.queue.ended.connect(self._ended)
        self._build()
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        paste.setContext(Qt.ShortcutContext.WindowShortcut)
        desk.changes.happened.connect(self._changed)
        self._look_again()

    # --- what comes in ---

    def take(self, files: Sequence[BroughtFile]) -> None:
        """Takes files in, page by page, in their order."""
        if self._view.read_only:
            return
        self._left.setText("")
        self.queue.add([self._opening(one) for one in files])

    def paste(self) -> None:
        self.take(on_clipboard())

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_files(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(files_in(event.mimeData()))

    # --- inside ---

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self._status = QVBoxLayout()
        self._status.setSpacing(8)
        column.addLayout(self._status)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        column.addLayout(self._list)
        column.addStretch(1)
        holder = QWidget()
        holder.setLayout(column)
        self._area = ScrollColumn(holder)
        text = self.tr(
            "把扫描件拖到这里，或者点“选文件”。JPEG、PNG、TIFF、PDF 都行，几页一起放也行；"
            "二维码会把每一页送到它的协议里。"
        )
        self._hint = words(text, "muted")
        if self._view.read_only:
            self._hint.setText(self.tr("这件案子在这里只能看，不能放扫描件。"))
        self._left = words("", "strong")
        self._choose = button(self.tr("选文件"), self._ask, icon_name="folder", main=True)
        self._choose.setObjectName("choose-scans")
        self._choose.setVisible(not self._view.read_only)
        row = QHBoxLayout()
        row.addWidget(self._hint, 1)
        row.addWidget(self._choose)
        end = QHBoxLayout()
        end.addWidget(self._left, 1)
        close = button(self.tr("关上"), self.close)
        close.setObjectName("close-scans")
        end.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addLayout(row)
        whole.addWidget(self.queue)
        whole.addWidget(self._area, 1)
        whole.addLayout(end)

    def _ask(self) -> None:
        choose_files(self, self.tr("选扫描件"), PICTURES, self.take)

    def _opening(self, brought: BroughtFile) -> Step:
        reader = self._desk.craft.scans

        def read(_uow: UnitOfWork) -> tuple[bytes, ...]:
            return reader.pages(brought.read())

        def opened(pages: tuple[bytes, ...]) -> None:
            count = len(pages)
            self.queue.grow(
                [
                    self._page_step(self._page_name(brought.name, number, count), page)
                    for number, page in enumerate(pages, 1)
                ]
            )

        return Step(read, opened, lambda refused: self._unreadable(brought.name, refused))

    def _page_name(self, name: str, number: int, count: int) -> str:
        short = name if len(name) <= NAME_SHOWN else f"{name[:NAME_SHOWN]}…"
        if count == 1:
            return short
        return self.tr("{name}，第 {number} 张").format(name=short, number=number)

    def _page_step(self, name: str, data: bytes) -> Step:
        work = take_page(self._desk.craft.scans, data, name, self._view.case_id)
        return Step(work, self._came, lambda refused: self._unreadable(name, refused))

    def _unreadable(self, name: str, refused: Refused) -> None:
        self._came(TakenPage(name, QImage(), QImage(), problem=refused.first))

    def _came(self, page: TakenPage) -> None:
        card = ScanCard(page, self._view.case_id, self._desk.language)
        card.by_hand.connect(lambda place: self._file(card, by_hand=place))
        card.anyway.connect(lambda: self._file(card))
        card.instead.connect(lambda why: self._file(card, by_hand=card.tried, replacing=why))
        card.case_wanted.connect(self._go_there)
        self.cards.append(card)
        self._list.addWidget(card)
        card.show_state(self._papers)

    def _file(self, card: ScanCard, *, by_hand: ByHand | None = None, replacing: str = "") -> None:
        finding = card.page.finding
        if finding is None:
            return
        work: Work[Attachment] = record_actions.file_scan(
            finding, by_hand=by_hand, replacing=replacing
        )

        def filed(stored: Attachment) -> None:
            card.settle(stored)
            self._look_again()

        self._desk.jobs.run(card, work, filed, card.refuse)

    def _ended(self, left: int) -> None:
        if left:
            text = self.tr("停下了，还有 {count} 个没有放进来。").format(count=left)
            self._left.setText(text)
        self._look_again()

    def _changed(self, change: Change) -> None:
        if self._view.case_id in change.case_ids and not self.queue.busy:
            self._look_again()

    def _look_again(self) -> None:
        """Which pages are there now."""
        case_id = self._view.case_id
        printshop = self._desk.printshop

        def work(uow: UnitOfWork) -> tuple[Any, ...]:
            file = uow.records.case_file(case_id)
            return file, record_actions.scanned_papers(printshop, case_id)(uow)

        def done(found: tuple[Any, ...]) -> None:
            file, papers = found
            self._view = replace(self._view, file=file)
            self._papers = papers
            self._show_status()
            for card in self.cards:
                card.propose(papers)

        def refused(problem: Refused) -> None:
            empty(self._status)
            self._status.addWidget(Banner("problem", sentence(problem.first, self._desk.language)))

        self._desk.jobs.run(self, work, done, refused)

    def _show_status(self) -> None:
        empty(self._status)
        if not self._papers:
            text = self.tr(
                "这件案子还没有定稿的协议，没有要收的签字页。别的案子的纸也可以在这里收。"
            )
            self._status.addWidget(words(text, "muted"))
        papers = sorted(self._papers, key=lambda one: one.agreement.id != self._first)
        for one in papers:
            self._status.addWidget(self._paper(one))

    def _paper(self, one: PaperScans) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        kind = record_actions.PAPERS[AgreementForm(one.agreement.form)]
        name = self._desk.document_name(kind)
        title = self.tr("{paper} {number}").format(paper=name, number=one.agreement.number)
        head.addWidget(words(title, "heading"), 1)
        scans = self._scans_of(one)
        if scans:
            text = self.tr("看已收的 {count} 页").format(count=len(scans))
            see = button(text, lambda: self._see(one), quiet=True)
            see.setObjectName("see-scans")
            head.addWidget(see)
        column.addLayout(head)
        chips = QWidget()
        flow = FlowLayout(chips, gap=8)
        flow.setContentsMargins(0, 0, 0, 0)
        for page in range(1, one.pages + 1):
            flow.addWidget(self._chip(one, page))
        column.addWidget(chips)
        if one.status.complete and one.pages:
            column.addWidget(self._all_there(one))
        return holder

    def _chip(self, one: PaperScans, page: int) -> Chip:
        if page in one.status.proven:
            return Chip(self.tr("第 {page} 页 有了").format(page=page), "done")
        if page in one.status.unproven:
            return Chip(self.tr("第 {page} 页 未核对").format(page=page), "attention")
        return Chip(self.tr("第 {page} 页 还缺").format(page=page))

    def _all_there(self, one: PaperScans) -> Banner:
        text = (
            self.tr("各页都有了，其中有未核对的，请自己对照一遍。")
            if one.status.unproven
            else self.tr("签字的各页都收齐了。")
        )
        unsigned = one.agreement.state is AgreementState.FINAL and not self._view.read_only
        banner = Banner("done", text, self.tr("登记签字") if unsigned else "")
        banner.pressed.connect(lambda: self._sign(one.agreement.id))
        return banner

    def _scans_of(self, one: PaperScans) -> list[Attachment]:
        kinds = (AttachmentKind.SIGNED_PAGE,)
        found = files_of(self._view.file, one.agreement.id, kinds)
        return sorted(
            (scan for scan in found if not scan.void_reason), key=lambda scan: scan.page or 0
        )

    def _see(self, one: PaperScans) -> None:
        scans = self._scans_of(one)
        if scans:
            AttachmentDialog(self._desk, self._view, scans, 0, self).open()

    def _sign(self, agreement_id: RecordId) -> None:
        self.wanted.emit(f"agreement:sign_offs:{agreement_id}")
        self.close()

    def _go_there(self, case_id: str) -> None:
        self.close()
        self._desk.open_case(RecordId(case_id), "")
