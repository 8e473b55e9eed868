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
    # Qt leaves the order as it is when the first of two takes no cursor, a label or a holder.
    while before is not None and before is not after and (before in own or not _is_stop(before)):
        before = before.previousInFocusChain()
    if before is not None and before is not after:
        chain_after(before, inside)


def _stops(inside: QWidget) -> list[QWidget]:
    """What takes the cursor in `inside`, in the order in which it was made."""
    return [one for one in (inside, *inside.findChildren(QWidget)) if _is_stop(one)]


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
