"""Tab order is reading order, also for what is put into a form later: Qt places new widgets last.

Never touches the order of anything else.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain_after(before: QWidget, inside: QWidget) -> None:
    """Puts everything in `inside` that takes the cursor right behind `before`, in its own order."""
    last = before
    for one in _stops(inside):
        if one is not last:
            QWidget.setTabOrder(last, one)
            last = one


def chain_before(after: QWidget, inside: QWidget) -> None:
    """The same, right in front of `after`."""
    own = set(_stops(inside))
    before = after.previousInFocusChain()
    while before in own:
        before = before.previousInFocusChain() if before is not None else None
    if before is not None and before is not after:
        chain_after(before, inside)


def _stops(inside: QWidget) -> list[QWidget]:
    """What takes the cursor in `inside`, in the order in which it was made."""
    found = [inside, *inside.findChildren(QWidget)]
    tab = Qt.FocusPolicy.TabFocus
    return [one for one in found if one.focusPolicy() & tab and one.focusProxy() is None]
