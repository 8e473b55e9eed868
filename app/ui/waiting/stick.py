"""Putting on a USB stick what waits, and reading the county's answer from one. What is on a stick
still waits: only a receipt changes that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.problems import Refused
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import language
from app.ui.runtime.office import StickRead
from app.ui.runtime.problems import sentences
from app.ui.widgets.sizes import size_words

if TYPE_CHECKING:
    from app.services.usb import UsbExport, UsbProgress
    from app.ui.waiting.summary import MovingBar

FOLDER = "usb.folder"


class StickWork(QObject):
    """One thing after the other: asks where, does it, tells what came of it.

    Signals:
        told(str, str): kind of banner and sentence.
    """

    told = Signal(str, str)

    def __init__(self, desk: Desk, bar: MovingBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._bar, self._parent = desk, bar, parent
        self.busy = False

    def choose_folder(self) -> QFileDialog | None:
        """Where to put it."""
        title = self.tr("选U盘（或里面的文件夹）")
        dialog = self._dialog(title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        dialog.open()
        return dialog

    def choose_answer(self) -> QFileDialog | None:
        """Which answer to read."""
        dialog = self._dialog(self.tr("选U盘上县局给的回执"))
        dialog.setNameFilter(self.tr("和事的包 (*.heshi)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.open()
        return dialog

    def export(self, folder: Path) -> None:
        if self.busy:
            return
        self.busy = True
        self._desk.preferences.put(FOLDER, str(folder))
        self._bar.show_state(self.tr("正在放到U盘……"), None, "")
        office = self._desk.office
        self._desk.jobs.run_stick(
            self,
            lambda tell: office.usb_export(folder, tell),
            self._moved,
            self._exported,
            self._refused,
        )

    def read(self, place: Path) -> None:
        if self.busy:
            return
        self.busy = True
        self._bar.show_state(self.tr("正在读U盘上的回执……"), None, "")
        office = self._desk.office
        self._desk.jobs.run_stick(
            self, lambda _tell: office.usb_read(place), self._moved, self._read, self._refused
        )

    def _dialog(self, title: str) -> QFileDialog:
        folder = self._desk.preferences.get(FOLDER) or _usual_place()
        dialog = QFileDialog(self._parent, title, folder)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _moved(self, progress: UsbProgress) -> None:
        what = self.tr("正在从U盘读回来核对……") if progress.checking else self.tr("正在放到U盘……")
        percent = min(100, progress.done * 100 // progress.total) if progress.total else None
        much = f"{size_words(progress.done)} / {size_words(progress.total)}"
        self._bar.show_state(what, percent, much)

    def _exported(self, made: UsbExport) -> None:
        self._end()
        name = made.files[0].name
        text = self.tr(
            "放好了，也读回来核对过：{n} 条记录、{files} 个文件（{size}），U盘上的文件叫“{name}”。"
            "请带到县局或司法所；读回他们给的回执以前，这些仍算待上报。"
        ).format(n=made.entries, files=made.attachments, size=size_words(made.size), name=name)
        self.told.emit("done", text)

    def _read(self, read: StickRead) -> None:
        self._end()
        if read.again == read.answers:
            self.told.emit("done", self.tr("这份回执以前读过了，没有新的。"))
            return
        parts = [self.tr("县局已收 {n} 条。").format(n=read.received)]
        if read.files_received:
            parts.append(self.tr("收全了 {n} 个文件。").format(n=read.files_received))
        if read.pulled:
            parts.append(self.tr("收到县局那边的 {n} 条。").format(n=read.pulled))
        if read.attention:
            parts.append(self.tr("有 {n} 条需要处理，排在最前面。").format(n=read.attention))
        self.told.emit("done", "".join(parts))

    def _refused(self, refusal: Refused) -> None:
        self._end()
        self.told.emit("problem", sentences(refusal, language()))

    def _end(self) -> None:
        self.busy = False
        self._bar.hide()


def _usual_place() -> str:
    """Where Linux shows sticks; elsewhere the system's dialog knows."""
    return next((name for name in ("/run/media", "/media") if Path(name).is_dir()), "")
