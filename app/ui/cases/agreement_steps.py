"""The small forms of an agreement's steps: freezing it under its number, and who has signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.cases.agreement_actions import numbers_for
from app.ui.cases.handwriting import HandwritingStrip
from app.ui.cases.labels import named
from app.ui.cases.sign_offs import SignOffsField
from app.ui.widgets.fields import LineField
from app.ui.widgets.forms import Form
from app.ui.widgets.frame import button, words

if TYPE_CHECKING:
    from app.domain.agreements import Agreement
    from app.services.number_blocks import NumbersLeft
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk


class FinaliseForm(Form):
    """The number, if it comes from a paper register; before it is given, whether it will be a
    provisional one.
    """

    def __init__(self, desk: Desk, agreement: Agreement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = self.tr("不填就接着往下编")
        self.add("number", LineField(named(desk, "agreement", "number"), hint=hint))
        self.stock = words("", "strong")
        self.stock.setObjectName("numbers-left")
        self.stock.hide()
        self.add_widget(self.stock)
        self.add_widget(words(self.tr("定稿以后文字就不能再改，马上可以打印签字。"), "muted"))
        if not agreement.number:
            desk.jobs.run(self, numbers_for(agreement), self._show_left)

    def _show_left(self, left: NumbersLeft) -> None:
        if left.dry:
            text = self.tr(
                "本机的号段用完了，这份协议先用临时编号。临时编号写在纸上一直有效，以后不会改；"
                "和县局联系上、拿到新号段以后，新文书用正式编号。"
            )
        elif left.few:
            text = self.tr("还剩 {n} 个号。请找机会上报一次，县局会再给。").format(n=left.free)
        else:
            return
        self.stock.setText(text)
        self.stock.show()


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
