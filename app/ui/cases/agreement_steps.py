"""The small forms of an agreement's steps: freezing it under its number, and who has signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.cases.handwriting import HandwritingStrip
from app.ui.cases.labels import named
from app.ui.cases.sign_offs import SignOffsField
from app.ui.widgets.fields import LineField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import button, words

if TYPE_CHECKING:
    from app.domain.agreements import Agreement
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk


class FinaliseForm(Form):
    """The number, if it comes from a paper register."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = self.tr("不填就接着往下编")
        self.add("number", LineField(named(desk, "agreement", "number"), hint=hint))
        self.add_widget(words(self.tr("定稿以后文字就不能再改，马上可以打印签字。"), "muted"))


class SignForm(Form):
    """Who has signed."""

    def __init__(
        self, desk: Desk, view: CaseView, agreement: Agreement, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setMaximumWidth(900)
        self.hands = SignOffsField(desk, self.tr("纸上谁签了、怎么签的"), view.today)
        usual = button(self.tr("都按通常的签了"), self.hands.model.fill_usual)
        usual.setObjectName("fill-usual")
        usual.setToolTip(self.tr("当事人签名并按指印，调解员、记录人签名，调委会盖章"))
        row = QHBoxLayout()
        row.addWidget(usual)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.add_widget(holder)
        self.add("hands", self.hands)
        self.drawn = HandwritingStrip(desk, view, agreement)
        self.add_widget(self.drawn)
