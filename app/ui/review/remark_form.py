"""Where a supervisor writes: what the words are about, the words, and the three verbs. Kept as a
draft while somebody types.

Whether a decision stands is the service's rule; the form only says which one is wished.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import RecordId
from app.domain.problems import Problem, Refused
from app.domain.reviews import Decision, ReviewState
from app.ui.review import actions
from app.ui.review.facts import plain
from app.ui.review.targets import target_name
from app.ui.review.view import FileView
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.runtime.marks import override
from app.ui.runtime.texts import REVIEW_STATE_NAMES, pick
from app.ui.widgets.field import Field
from app.ui.widgets.fields import TextField
from app.ui.widgets.forms import DraftKeeper, Form
from app.ui.widgets.frame import button


class TargetField(Field):
    """What a remark is about, in words, with a way back to the whole file."""

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._language = language
        self._target = ""
        self.words = plain("")
        self.whole = button(self.tr("改为说整个卷"), self.clear, quiet=True)
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.words, 1)
        inside.addWidget(self.whole)
        self._column.addWidget(row)
        self.set_value("")

    @override
    def value(self) -> str:
        return self._target

    @override
    def set_value(self, value: str) -> None:
        self._target = value or ""
        name = target_name(self._target, self._language)
        self.words.setText(self.tr("说的是：{name}").format(name=name))
        self.whole.setVisible(bool(self._target))

    def clear(self) -> None:
        self.set_value("")
        self.edited.emit()


class RemarkForm(QFrame):
    """Target, words and verbs of one file.

    Signals:
        decided(Review): the remark is stored and waits for the county.
    """

    decided = Signal(object)

    def __init__(self, desk: Desk, case_id: RecordId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section")
        self._desk, self._case_id = desk, case_id
        self._busy = False
        self._may_decide = False
        self.form = Form()
        self.form.column.setSpacing(8)
        self.form.setMaximumWidth(16_777_215)
        self.target = self.form.add("target", TargetField(desk.language))
        hint = self.tr("写清楚哪里、怎么改。点各处的“说说这里”，就会指明是哪一处。")
        self.text = self.form.add("text", TextField("", hint=hint, lines=1, most=6))
        self.text.text.setAccessibleName(self.tr("审核意见"))
        self.remark = button(
            self.tr("留意见"), lambda: self.decide(Decision.REMARK), icon_name="message"
        )
        self.send_back = button(
            self.tr("退回修改"), lambda: self.decide(Decision.RETURNED), icon_name="undo"
        )
        self.approve = button(
            self.tr("审核通过"),
            lambda: self.decide(Decision.APPROVED),
            icon_name="check",
            main=True,
        )
        self.why = plain("", muted=True)
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        verbs.addWidget(self.why, 1)
        for verb in (self.remark, self.send_back, self.approve):
            verbs.addWidget(verb)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addLayout(verbs)
        self.keeper = DraftKeeper(desk, self.form, f"review:{case_id}")
        self.keeper.start()

    def show_file(self, view: FileView) -> None:
        """Which verbs make sense now, and why not the others."""
        self._may_decide = view.may_decide
        self._free()
        state = pick(REVIEW_STATE_NAMES[view.state], self._desk.language)
        reasons = {
            ReviewState.NONE: self.tr("还没有报送审核，可以先留意见。"),
            ReviewState.SUBMITTED: "",
            ReviewState.RETURNED: self.tr("已经退回，等调解员改好再报；还可以补充意见。"),
            ReviewState.APPROVED: self.tr("已经审核通过；还可以留意见。"),
        }
        self.why.setText(reasons.get(view.state, state))

    def point_at(self, target: str) -> None:
        """The words are about this place."""
        self.target.set_value(target)
        self.target.edited.emit()
        self.text.setFocus()

    def propose(self, target: str, words: str) -> None:
        """Words that somebody may change. What is written already stays, and so does its place:
        what comes after it names its own.
        """
        written = self.text.value().rstrip()
        if written:
            place = target_name(target, self._desk.language)
            words = self.tr("{name}：{words}").format(name=place, words=words)
            words = f"{written}\n{words}"
        else:
            self.target.set_value(target)
            self.target.edited.emit()
        self.text.set_value(words)
        self.text.edited.emit()
        self.text.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus()

    def decide(self, decision: Decision) -> None:
        """Hands the wish to the service; what is written stays until it is stored."""
        if self._busy:
            return
        self._busy = True
        self._free_verbs(False)
        work = actions.decide(self._case_id, decision, self.text.value(), self.target.value())
        self._desk.jobs.run(self, work, self._stored, self._refused)

    def leave(self) -> None:
        """The file goes away; words not yet given are kept."""
        self.keeper.flush()

    def _stored(self, review: object) -> None:
        self._busy = False
        self.form.set_values({"target": "", "text": ""})
        self.form.clear_problems()
        self.keeper.drop()
        self._free()
        self.decided.emit(review)

    def _refused(self, refused: Refused) -> None:
        self._busy = False
        self._free()
        elsewhere: list[Problem] = self.form.show_problems(refused)
        if elsewhere:
            self.text.show_problem("\n".join(said(one) for one in elsewhere))

    def _free(self) -> None:
        self._free_verbs(not self._busy)

    def _free_verbs(self, free: bool) -> None:
        self.remark.setEnabled(free)
        self.send_back.setEnabled(free and self._may_decide)
        self.approve.setEnabled(free and self._may_decide)
