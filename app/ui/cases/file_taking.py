"""Files that people bring: chosen in a dialog, dropped, or pasted; and one thing done with each, in
order, with a count and a way to stop.

The bytes are read on the records worker, never here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QIODevice,
    QMimeData,
    QStandardPaths,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from app.domain.attachments import SIZE_LIMIT
from app.domain.problems import ProblemCode, Refused, refuse
from app.ui.cases.actions import Work
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import button

READ_LIMIT = 5 * SIZE_LIMIT  # bytes; what is larger is not even read
PICTURES = ("jpg", "jpeg", "png", "tif", "tiff", "pdf")
SOUNDS = ("m4a", "mp3", "mp4", "3gp")


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """One file. `read` gives its bytes, on the worker; raises `Refused` FILE_UNREADABLE,
    FILE_TOO_LARGE.
    """

    name: str
    read: Callable[[], bytes]


def file_at(path: Path) -> BroughtFile:
    """A file on a disk or stick."""
    return BroughtFile(path.name, lambda: _bytes_of(path))


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(READ_LIMIT + 1)
    except OSError:
        raise refuse(ProblemCode.FILE_UNREADABLE) from None
    if len(data) > READ_LIMIT:
        raise refuse(ProblemCode.FILE_TOO_LARGE, "", limit_mb=READ_LIMIT // 1_000_000)
    return data


def files_in(mime: QMimeData) -> list[BroughtFile]:
    """What was dropped or lies on the clipboard: files, else a picture."""
    paths = [Path(one.toLocalFile()) for one in mime.urls() if one.isLocalFile()]
    found = [file_at(one) for one in paths if not one.is_dir()]
    if not found and mime.hasImage():
        picture = mime.imageData()
        if isinstance(picture, QImage) and not picture.isNull():
            found = [BroughtFile("", lambda: _png(picture))]
    return found


def on_clipboard() -> list[BroughtFile]:
    return files_in(QGuiApplication.clipboard().mimeData())


def brings_files(mime: QMimeData) -> bool:
    """Whether something that may be taken is being dragged."""
    return mime.hasImage() or any(one.isLocalFile() for one in mime.urls())


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt a str
    return bytes(buffer.data().data())


def choose_files(
    parent: QWidget,
    title: str,
    endings: Sequence[str],
    chosen: Callable[[list[BroughtFile]], None],
) -> QFileDialog:
    """Asks for one file or several."""
    known = " ".join(f"*.{one} *.{one.upper()}" for one in endings)
    kinds = QCoreApplication.translate("Files", "能放进来的文件 ({endings})").format(endings=known)
    place = QStandardPaths.StandardLocation.PicturesLocation
    folder = QStandardPaths.writableLocation(place)
    dialog = QFileDialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([file_at(Path(one)) for one in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do on the records worker, and what follows in the window."""

    work: Work[Any]
    done: Callable[[Any], None]
    refused: Callable[[Refused], None]


class OneByOne(QWidget):
    """Does steps in order, one job each, so that whatever else is saved meanwhile need not wait.
    Hidden while there is nothing to do.

    Signals:
        ended(int): nothing is left, or it was stopped; carries how many steps were not done.
    """

    ended = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._steps: deque[Step] = deque()
        self._done = self._all = 0
        self._left = 0
        self._at_work = self._stopped = False
        self.bar = QProgressBar()
        self.bar.setTextVisible(True)
        self.bar.setAccessibleName(self.tr("正在放进来"))
        self.stop_button = button(self.tr("停下"), self.stop)
        self.stop_button.setObjectName("stop-taking")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        self.hide()

    @property
    def busy(self) -> bool:
        return self._at_work

    def add(self, steps: Sequence[Step], *, first: bool = False) -> None:
        """More to do, at the end or before all else."""
        if first:
            self._steps.extendleft(reversed(steps))
        else:
            self._stopped = False
            self._steps.extend(steps)
        self._all += len(steps)
        self._tell()
        if not self._at_work and self._steps:
            self._next()

    def grow(self, steps: Sequence[Step]) -> None:
        """What a step turned out to hold: done next, and counted in its place."""
        if self._stopped:
            self._left += 1
            return
        self._all -= 1
        self._done -= 1
        self.add(steps, first=True)

    def stop(self) -> None:
        """What is being done is finished, the rest is left."""
        self._stopped = True
        self._left += len(self._steps)
        self._all -= len(self._steps)
        self._steps.clear()
        self._tell()

    def _next(self) -> None:
        if not self._steps:
            self._end(self._left)
            return
        self._at_work = True
        step = self._steps.popleft()

        def done(result: Any) -> None:
            self._done += 1
            step.done(result)
            self._tell()
            self._next()

        def refused(problem: Refused) -> None:
            self._done += 1
            step.refused(problem)
            self._tell()
            self._next()

        self._desk.jobs.run(self, step.work, done, refused)

    def _end(self, left: int) -> None:
        self._at_work = self._stopped = False
        self._done = self._all = self._left = 0
        self.hide()
        self.ended.emit(left)

    def _tell(self) -> None:
        self.bar.setRange(0, max(1, self._all))
        self.bar.setValue(self._done)
        text = self.tr("第 {number} 个，共 {count} 个")
        number = min(self._done + 1, self._all)
        self.bar.setFormat(text.format(number=number, count=self._all))
        self.setVisible(self._all > 0)
