"""Makes the shipped fonts known to Qt. Never reads a whole font file into memory where the system
can map it instead.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.paths import resources

_SYSTEM = "/etc/fonts/fonts.conf"


def before_application(cache: Path) -> None:
    """On Linux: a private fontconfig file that adds our folder to the system's, so that no font is
    copied into the process. It lies in `cache`.

    Must run before the first `QGuiApplication`. Without a writable cache the system's own fonts
    have to do.
    """
    if not sys.platform.startswith("linux"):
        return
    outer = os.environ.get("FONTCONFIG_FILE") or _SYSTEM
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM '
        '"urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f'  <include ignore_missing="yes">{_escaped(outer)}</include>\n'
        f"  <dir>{_escaped(str(resources() / 'fonts'))}</dir>\n</fontconfig>\n"
    )
    file = (cache / "fonts.conf").absolute()
    if outer == str(file):
        return
    try:
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    except OSError:
        return
    os.environ["FONTCONFIG_FILE"] = str(file)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def after_application() -> None:
    """Elsewhere than on Linux: adds the regular faces to Qt's own list."""
    if sys.platform.startswith("linux"):
        return
    from PySide6.QtGui import QFontDatabase

    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))
