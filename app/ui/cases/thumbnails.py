"""Small pictures of files: made on the records worker, at most 160 px on the screen, and only the
last few hundred kept. Never the whole picture.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QPixmap

from app.domain.attachments import Attachment
from app.domain.problems import Refused
from app.services.ports import UnitOfWork
from app.ui.cases import record_actions
from app.ui.runtime.desk import Desk

LONGEST = 160
KEPT = 300
SHOWN = QSize(LONGEST, 120)


@dataclass(frozen=True, slots=True)
class Small:
    """A small picture; a null one for what is no picture, is not here, or is damaged."""

    image: QImage
    missing: bool = False


def small_picture(data: bytes, longest: int) -> QImage:
    """The picture in `data`, upright and at most `longest` px; a null one when it cannot be read.
    For workers: no pixmaps.
    """
    bytes_of = QByteArray(data)
    buffer = QBuffer(bytes_of)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest:
        room = QSize(longest, longest)
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def sharpness() -> float:
    """How many dots make one px of the sharpest screen; 2 at most."""
    return min(2.0, max(one.devicePixelRatio() for one in QGuiApplication.screens()))


class Thumbnails(QObject):
    """Small pictures by the SHA-256 of their file.

    Signals:
        came(str): the picture of that file is here.
    """

    came = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: OrderedDict[str, Small] = OrderedDict()
        self._asked: set[str] = set()

    def find(self, file: Attachment) -> Small | None:
        """The picture if it is here already."""
        found = self._kept.get(file.sha256)
        if found is not None:
            self._kept.move_to_end(file.sha256)
        return found

    def ask(self, files: Iterable[Attachment]) -> None:
        """Has pictures made that are not here yet, one job each."""
        dots = round(LONGEST * sharpness())
        for file in files:
            digest = file.sha256
            wanted = file.media_type.startswith("image/")
            kept = self._kept.get(digest)
            if not wanted or digest in self._asked or (kept is not None and not kept.missing):
                continue
            self._asked.add(digest)
            self._desk.jobs.run(self, partial(_made, file, dots), partial(self._take, digest))

    def _take(self, digest: str, small: Small) -> None:
        self._asked.discard(digest)
        self._kept[digest] = small
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.came.emit(digest)


def _made(file: Attachment, dots: int, uow: UnitOfWork) -> Small:
    try:
        data = record_actions.file_bytes(file)(uow)
    except Refused:  # said where the file is opened
        return Small(QImage(), missing=True)
    return Small(small_picture(data, dots))


def pixmap_of(image: QImage, longest: int = LONGEST) -> QPixmap:
    """For the screen, at most `longest` px however sharp it is."""
    pixmap = QPixmap.fromImage(image)
    dots = max(image.width(), image.height(), 1)
    pixmap.setDevicePixelRatio(max(1.0, dots / longest))
    return pixmap
