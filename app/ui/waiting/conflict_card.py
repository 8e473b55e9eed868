"""What two people wrote, side by side: both values, both names and times, and the choice. Never
chooses by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.settlements import Choice
from app.ui.runtime.desk import Desk
from app.ui.waiting.sayings import field_words, who_words
from app.ui.widgets.frame import button, words
from app.ui.widgets.value_words import value_words

if TYPE_CHECKING:
    from app.services.conflicts import ConflictLine, OpenConflict, Written


class ConflictCard(QWidget):
    """One entry that was set aside, field by field.

    Signals:
        settled(object): the choices by their keys (`services.settling.settle`).
        own_wanted(object): the `ConflictLine` that the person wants to write anew.
    """

    settled = Signal(object)
    own_wanted = Signal(object)

    def __init__(self, conflict: OpenConflict, names: Mapping[str, str], desk: Desk) -> None:
        super().__init__()
        self._names, self._practice, self._language = names, desk.practice, desk.language
        self.choices: dict[str, Choice] = {}
        self._needed = {line.key for line in conflict.lines if line.collides}
        self.pairs: dict[str, tuple[QPushButton, QPushButton]] = {}
        self.agree = button(self.tr("就这么定"), self._settle, icon_name="check", main=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.note = words(self._note(conflict))
        column.addWidget(self.note)
        for line in conflict.lines:
            column.addWidget(self._line(line, may_choose=conflict.may_settle))
        row = QHBoxLayout()
        column.addLayout(row)
        row.addStretch(1)
        row.addWidget(self.agree)
        self.agree.setVisible(conflict.may_settle)
        self._tell_whether_complete()

    def _note(self, conflict: OpenConflict) -> str:
        if not conflict.may_settle:
            if conflict.for_supervisor:
                return self.tr("这里有两份定了稿的协议，要由司法所来定用哪一份。两份都留着。")
            return self.tr("这件案子现在由别人办，要由办案的人来定。两边写的都留着。")
        if conflict.sealed and not conflict.for_supervisor:
            return self.tr(
                "这里有一份定了稿的协议，印在纸上的字不能换，两边都留着。要改内容，请做补充协议。"
            )
        if not conflict.lines:
            return self.tr("两边写的现在已经一样了，点“就这么定”以后不再提醒。")
        return self.tr(
            "两个人改了同一处，县里两样都留着。请挑一样；没挑上的也不会丢，记录里查得到。"
        )

    def _line(self, line: ConflictLine, *, may_choose: bool) -> QFrame:
        frame = QFrame()
        frame.setObjectName("recordCard")
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        name = field_words(line, self._language)
        column.addWidget(words(name, "strong"))
        both = QHBoxLayout()
        both.setSpacing(16)
        column.addLayout(both)
        this = button(self.tr("用这个"))
        that = button(self.tr("用那个"))
        both.addWidget(self._side(self.tr("现在用的"), line, line.in_force, this), 1)
        own = button(self.tr("自己写"), lambda: self.own_wanted.emit(line), quiet=True)
        own.setToolTip(self.tr("打开案件改这一处；改好回来点“用这个”。"))
        both.addWidget(self._side(self.tr("另外写的"), line, line.other, that, own), 1)
        for one in (this, that, own):
            one.setVisible(may_choose)
        for one in (this, that):
            one.setObjectName("choice")
            one.setCheckable(True)
            one.setAccessibleName(self.tr("{field}：{verb}").format(field=name, verb=one.text()))
        if not may_choose:
            return frame
        group = QButtonGroup(frame)
        group.addButton(this)
        group.addButton(that)
        this.clicked.connect(lambda: self._choose(line.key, Choice.IN_FORCE))
        that.clicked.connect(lambda: self._choose(line.key, Choice.OTHER))
        if not line.collides:  # nobody else wrote it: taken over unless somebody says otherwise
            that.setChecked(True)
        self.pairs[line.key] = this, that
        return frame

    def _side(
        self, title: str, line: ConflictLine, written: Written, *verbs: QPushButton
    ) -> QWidget:
        side = QWidget()
        side.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(words(title, "muted"))
        said = value_words(self._practice, line.kind, line.field, written.value, self._names)
        column.addWidget(words(said or self.tr("（空着）")))
        column.addWidget(words(who_words(written), "muted"))
        column.addStretch(1)
        row = QHBoxLayout()
        for verb in verbs:
            row.addWidget(verb)
        row.addStretch(1)
        column.addLayout(row)
        return side

    def _choose(self, key: str, choice: Choice) -> None:
        self.choices[key] = choice
        self._tell_whether_complete()

    def _tell_whether_complete(self) -> None:
        self.agree.setEnabled(self._needed <= set(self.choices))

    def _settle(self) -> None:
        self.agree.setEnabled(False)
        self.settled.emit(dict(self.choices))
