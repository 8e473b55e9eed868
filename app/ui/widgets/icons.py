"""Icons of the one family, coloured like the text. Never a picture without a word beside it or a
name for the ear.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette, QPixmap

from app.paths import resources


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """The icon `name` (a file of ``resources/icons``) in the palette's colour for `role`; an empty
    icon for an unknown name.
    """
    return _drawn(name, QGuiApplication.palette().color(role).name(), 1.0)


def tinted(name: str, colour: str) -> QIcon:
    """The icon in a colour of the theme (``#rrggbb``)."""
    return _drawn(name, colour, 1.0)


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str, ratio: float) -> QIcon:
    try:
        drawing = (resources() / "icons" / f"{name}.svg").read_bytes()
    except OSError:
        return QIcon()
    found = QIcon()
    for size in (20, 40):
        scaled = drawing.replace(
            b'width="24" height="24"', b'width="%d" height="%d"' % (size, size), 1
        )
        picture = QPixmap()
        coloured = scaled.replace(b"currentColor", QColor(colour).name().encode())
        # The stubs ask for bytes; PySide6 6.9 itself takes a str alone.
        if picture.loadFromData(coloured, "SVG"):  # type: ignore[call-overload]
            found.addPixmap(picture)
    return found
