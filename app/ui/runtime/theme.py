"""The look: three themes from one file of tokens and one sheet. Never a colour in a page's own
code.
"""

from __future__ import annotations

import json
from functools import cache

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import resources

THEMES = ("light", "dark", "contrast")
BASE_PIXELS = 15
FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
)
PAPER_FAMILIES = ("Noto Serif SC", "Noto Serif CJK SC", "SimSun")


@cache
def tokens(theme: str) -> dict[str, str]:
    """Colours and widths of a theme by name; the light one for an unknown name."""
    themes = json.loads((resources() / "styles" / "theme.json").read_text(encoding="utf-8"))
    chosen: dict[str, str] = themes[theme if theme in THEMES else "light"]
    return chosen


def sheet(theme: str) -> str:
    """The style sheet of a theme, all blanks filled."""
    folder = resources() / "styles"
    filled = (folder / "theme.qss").read_text(encoding="utf-8")
    chosen = theme if theme in THEMES else "light"
    pictures = {one: (folder / f"{one}-{chosen}.svg").as_posix() for one in ("check", "chevron")}
    values = {**tokens(chosen), **pictures}
    for name, value in values.items():
        filled = filled.replace(f"${{{name}}}", value)
    return filled


def palette(theme: str) -> QPalette:
    """The same colours for what draws itself."""
    colours = tokens(theme)
    roles = {
        QPalette.ColorRole.Window: "paper",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "raised",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.BrightText: "edge",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "ink",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "accent_ink",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Mid: "line",
    }
    made = QPalette()
    for role, name in roles.items():
        made.setColor(role, QColor(colours[name]))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.WindowText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["muted"]))
    return made


def apply(application: QApplication, theme: str) -> None:
    """Gives the whole application its look; before the first widget, or again when the theme
    changes.
    """
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(BASE_PIXELS)
    application.setStyle("Fusion")
    application.setFont(font)
    application.setPalette(palette(theme))
    application.setStyleSheet(sheet(theme))


def paper_font(pixels: int = BASE_PIXELS) -> QFont:
    """For legal text as it will print."""
    font = QFont()
    font.setFamilies(list(PAPER_FAMILIES))
    font.setPixelSize(pixels)
    return font
