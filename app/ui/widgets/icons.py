"""Icons of the one family, coloured like the text. Never a picture without a word beside it or a
name for the ear.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette, QPixmap

from app.paths import resources

HEIGHT, BESIDE_WIDTH = 20, 26


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """The icon `name` (a file of ``resources/icons``) in the palette's colour for `role`; an empty
    icon for an unknown name.
    """
    return _drawn(name, QGuiApplication.palette().color(role).name(), HEIGHT)


def tinted(name: str, colour: str) -> QIcon:
    """The icon in a colour of the theme (``#rrggbb``)."""
    return _drawn(name, colour, HEIGHT)


def beside_words(name: str, role: QPalette.ColorRole) -> QIcon:
    """The icon with a gap at its right, for buttons whose style sheet leaves none; 26 x 20 px."""
    return _drawn(name, QGuiApplication.palette().color(role).name(), BESIDE_WIDTH)


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str, width: int) -> QIcon:
    try:
        drawing = (resources() / "icons" / f"{name}.svg").read_bytes()
    except OSError:
        return QIcon()
    found = QIcon()
    coloured = drawing.replace(b"currentColor", QColor(colour).name().encode())
    for times in (1, 2):
        wide, high = width * times, HEIGHT * times
        shape = b'width="%d" height="%d" viewBox="0 0 %d 24"' % (wide, high, 24 * width // HEIGHT)
        sized = coloured.replace(b'width="24" height="24" viewBox="0 0 24 24"', shape, 1)
        picture = QPixmap()
        # The stubs ask for bytes; PySide6 6.9 itself takes a str alone.
        # The stubs lack the form that takes bytes.
        if picture.loadFromData(sized, "SVG"):  # type: ignore[call-overload]
            found.addPixmap(picture)
    return found
