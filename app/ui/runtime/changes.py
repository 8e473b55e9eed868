"""The one announcement that something was stored. Never carries a wish: who wants something asks
`jobs`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """Says once, after a commit, what kind of thing changed; each screen decides for itself whether
    to repaint.

    Signals:
        happened(services.lines.Change): kinds of record and cases concerned.
    """

    happened = Signal(object)
