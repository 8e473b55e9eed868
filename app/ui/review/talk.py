"""Remarks and hand-ins in the order in which they answer each other. Every word stands with its
author; none can be changed.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.reviews import Decision, Review, Submission, open_return
from app.ui.review.facts import plain
from app.ui.review.targets import target_name
from app.ui.review.view import FileView, talk
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import DECISION_NAMES, pick
from app.ui.widgets.clock_words import doubt_words, error_of, moment_words
from app.ui.widgets.frame import Chip, Section, button, empty

_TONES = {Decision.REMARK: "neutral", Decision.RETURNED: "attention", Decision.APPROVED: "done"}


class Talk(Section):
    """What was said of a file and answered.

    Signals:
        go(str): the mediator wants to see this target on the case page.
    """

    go = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("审核来往"))
        self._desk = desk
        self._view: FileView | None = None

    def show_file(self, view: FileView) -> None:
        self._view = view
        empty(self.content_layout)
        waiting = open_return(view.file.reviews, view.file.submissions)
        for one in talk(view.file):
            if isinstance(one, Submission):
                self.add(self._submission(one))
            else:
                self.add(self._review(view, one, mend=one == waiting))
        if not view.file.reviews and not view.file.submissions:
            self.add(plain(self.tr("还没有报送审核。"), muted=True))

    def _review(self, view: FileView, one: Review, *, mend: bool) -> QWidget:
        holder, lines = self._frame()
        chip = Chip(pick(DECISION_NAMES[one.decision], self._desk.language), _TONES[one.decision])
        head = self._head(one.author, self._when(one))
        head.insertWidget(0, chip)
        if not view.foreign and (mend or one.target):
            head.addWidget(self._verb(one, mend=mend))
        lines.addLayout(head)
        if one.target:
            place = target_name(one.target, self._desk.language)
            lines.addWidget(plain(self.tr("说的是：{name}").format(name=place), muted=True))
        if one.text:
            lines.addWidget(plain(one.text))
        return holder

    def _when(self, one: Review | Submission) -> str:
        """The moment, put right where that laptop's clock was known to be wrong, with the doubt."""
        error = error_of(self._view.history, _key(one)) if self._view else None
        when, doubt = moment_words(one.at, error), doubt_words(error)
        return self.tr("{when}（{doubt}）").format(when=when, doubt=doubt) if doubt else when

    def _verb(self, one: Review, *, mend: bool) -> QWidget:
        """The way to what is meant: the open return is to be mended, other words are only looked
        at.
        """
        text = self.tr("去改这一处") if mend else self.tr("看这一处")
        made = button(text, lambda: self.go.emit(one.target), icon_name="edit" if mend else "")
        made.setAccessibleName(
            self.tr("{verb}：{name}").format(
                verb=text, name=target_name(one.target, self._desk.language)
            )
        )
        return made

    def _submission(self, one: Submission) -> QWidget:
        holder, lines = self._frame()
        again = one.answers is not None
        chip = Chip(self.tr("改好后再报") if again else self.tr("报送审核"), "accent")
        head = self._head(one.author, self._when(one))
        head.insertWidget(0, chip)
        lines.addLayout(head)
        if one.note:
            lines.addWidget(plain(one.note))
        return holder

    def _frame(self) -> tuple[QFrame, QVBoxLayout]:
        holder = QFrame()
        holder.setObjectName("talkLine")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        return holder, lines

    def _head(self, author: str, when: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(
            plain(self.tr("{author}　{when}").format(author=author, when=when), muted=True), 1
        )
        return row


def _key(one: Review | Submission) -> str:
    return f"{'review' if isinstance(one, Review) else 'submission'}:{one.id}"
