"""Which language the window speaks, as `main` set it on the default locale. Never changes while the
window is open.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

if TYPE_CHECKING:
    from app.domain.problems import Problem


def language() -> str:
    """``en`` or ``zh_CN``; Chinese unless English was chosen."""
    return "en" if QLocale().language() == QLocale.Language.English else "zh_CN"


def said(problem: Problem) -> str:
    """The sentence for a problem in the window's language."""
    from app.ui.runtime.problems import sentence  # late: the tables bring the whole domain

    return sentence(problem, language())


def today() -> date:
    """The laptop's local date, for reading ``昨天``; what is stored is checked again by the
    services' own clock.
    """
    now = QDate.currentDate()
    return date(now.year(), now.month(), now.day())
