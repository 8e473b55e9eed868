"""A pad to write on with a pen, a finger or the mouse. Gives a picture of what was drawn.

A picture of handwriting and nothing more: never a signature, never recognised, never compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from app.ui.runtime.marks import override

PICTURE_HEIGHT = 300  # px, at most; wide names get wider
PICTURE_WIDTH = 1200
MARGIN = 12
_THICK, _THIN = 5.0, 2.0
_EVENLY = 0.5  # the pressure of a mouse or finger, which have none


@dataclass
class _Stroke:
    """One line of the pen: points in px with the pen's pressure, 0 to 1."""

    points: list[tuple[QPointF, float]] = field(default_factory=list)


class HandwritingPad(QWidget):
    """A white sheet with a line to write on.

    Signals:
        drawn(): a stroke came or went.
    """

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[_Stroke] = []
        self._open: _Stroke | None = None
        self._by_touch = False
        self.setObjectName("handwriting-pad")
        self.setAccessibleName(self.tr("手写的地方"))
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(480, 200)

    def is_blank(self) -> bool:
        return not self._strokes

    def strokes(self) -> int:
        return len(self._strokes)

    def undo(self) -> None:
        """Takes the last stroke away."""
        if self._strokes:
            self._strokes.pop()
            self._told()

    def clear(self) -> None:
        self._strokes, self._open = [], None
        self._told()

    def png(self) -> bytes:
        """Black on white, cut to what was drawn; empty for a blank sheet."""
        if self.is_blank():
            return b""
        around = self._drawn_in()
        scale = min(PICTURE_HEIGHT / around.height(), PICTURE_WIDTH / around.width(), 2.0)
        size = QSize(max(1, round(around.width() * scale)), max(1, round(around.height() * scale)))
        picture = QImage(size, QImage.Format.Format_Grayscale8)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.scale(scale, scale)
        painter.translate(-around.topLeft())
        self._draw(painter, QColor(Qt.GlobalColor.black))
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        # The stubs ask for bytes; PySide6 6.9 itself takes a str.
        picture.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(data.data())

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 260)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)  # paper, in every theme
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        base = round(self.height() * 0.75)
        painter.drawLine(24, base, self.width() - 24, base)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QColor(Qt.GlobalColor.black))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._by_touch:
            self._begin(event.position(), _EVENLY)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._by_touch:
            self._go_on(event.position(), _EVENLY)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._by_touch:
            self._end()

    @override
    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()  # else Qt sends the same stroke again as a mouse
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position(), event.pressure() or _EVENLY)
        elif kind == QEvent.Type.TabletMove:
            self._go_on(event.position(), event.pressure() or _EVENLY)
        else:
            self._end()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.points():
            self._touched(event)
            event.accept()
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> None:
        place = event.points()[0].position()
        if event.type() == QEvent.Type.TouchBegin:
            self._by_touch = True
            self._begin(place, _EVENLY)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._go_on(place, _EVENLY)
        else:
            self._end()
            self._by_touch = False

    def _begin(self, place: QPointF, pressure: float) -> None:
        self._open = _Stroke([(QPointF(place), pressure)])
        self._strokes.append(self._open)
        self.update()

    def _go_on(self, place: QPointF, pressure: float) -> None:
        if self._open is not None:
            self._open.points.append((QPointF(place), pressure))
            self.update()

    def _end(self) -> None:
        if self._open is not None:
            self._open = None
            self._told()

    def _told(self) -> None:
        self.update()
        self.drawn.emit()

    def _draw(self, painter: QPainter, colour: QColor) -> None:
        for stroke in self._strokes:
            pairs = list(zip(stroke.points, stroke.points[1:], strict=False))
            for (before, _), (after, pressure) in pairs or [(stroke.points[0],) * 2]:
                pen = QPen(colour, _THIN + (_THICK - _THIN) * pressure)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawLine(before, after)

    def _drawn_in(self) -> QRectF:
        points = [place for stroke in self._strokes for place, _ in stroke.points]
        left, right = min(one.x() for one in points), max(one.x() for one in points)
        top, bottom = min(one.y() for one in points), max(one.y() for one in points)
        around = QRectF(QPointF(left, top), QPointF(right, bottom))
        return around.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
