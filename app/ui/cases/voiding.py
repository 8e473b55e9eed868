"""Voiding asks for a reason; nothing is ever deleted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.widgets.fields import TextField
from app.ui.widgets.forms import Form


class VoidForm(Form):
    """One reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = self.tr("例如：记重了。作废的仍留在记录里，看得见。")
        self.add("void_reason", TextField(self.tr("为什么作废"), hint=hint))
