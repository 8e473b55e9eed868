"""Which workspaces there are, in the order of the rail, and how each is made when it is first
visited. Never before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.ui.runtime.desk import Desk


class Place(NamedTuple):
    """One workspace: its key, its word on the rail, its icon, and its maker."""

    key: str
    word: str
    icon_name: str
    make: Callable[[Desk], QWidget]


def places() -> tuple[Place, ...]:
    """All workspaces; the last one stands at the foot of the rail."""
    translate = QCoreApplication.translate
    return (
        Place("cases", translate("Rail", "案件"), "cases", _cases),
        Place("people", translate("Rail", "人员"), "people", _people),
        Place("waiting", translate("Rail", "待上报"), "waiting", _waiting),
        Place("review", translate("Rail", "审核"), "review", _review),
        Place("papers", translate("Rail", "文书"), "file-text", _papers),
        Place("settings", translate("Rail", "设置"), "settings", _settings),
    )


def load_first() -> None:
    """Brings the code of the first workspace into memory, in a moment when nothing else can be
    done.
    """
    # Loaded ahead for its side effect alone: the page is made later.
    import app.ui.cases.workspace  # noqa: F401


def _cases(desk: Desk) -> QWidget:
    from app.ui.cases.workspace import Workspace

    return Workspace(desk)


def _people(desk: Desk) -> QWidget:
    from app.ui.people.page import Workspace

    return Workspace(desk)


def _waiting(desk: Desk) -> QWidget:
    from app.ui.waiting.page import Workspace

    return Workspace(desk)


def _review(desk: Desk) -> QWidget:
    from app.ui.review.page import Workspace

    return Workspace(desk)


def _papers(desk: Desk) -> QWidget:
    from app.ui.papers.page import Workspace

    return Workspace(desk)


def _settings(desk: Desk) -> QWidget:
    from app.ui.settings.page import Workspace

    return Workspace(desk)
