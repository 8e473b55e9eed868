"""Two people wrote the same: both values beside each other, who wrote which and when, and the
choice.

Used by the case page and by *Waiting*. It settles by itself (`services.settling`) and tells its
owner afterwards; it never chooses, and what was typed into it stays until it is settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.problems import Problem, ProblemCode, Refused
from app.domain.settlements import Choice
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said
from app.ui.runtime.marks import override
from app.ui.widgets.conflict_words import (
    LONG,
    adds_words,
    head_words,
    marked,
    paper_words,
    side_words,
    title_words,
    who_words,
)
from app.ui.widgets.fields import TextField
from app.ui.widgets.frame import Banner, Chip, button, words
from app.ui.widgets.value_words import is_plain_text

if TYPE_CHECKING:
    from app.services.conflicts import ConflictLine, OpenConflict
    from app.services.ports import UnitOfWork
    from app.ui.widgets.value_words import Names

BESIDE = 520  # px; below it the two sides stand on top of each other


class ConflictCard(QFrame):
    """One conflict. `names` come from `conflict_words.conflict_names`; `with_case` says which case
    it is, for pages that show several.

    Signals:
        settled(): a person has decided, and it is stored.
    """

    settled = Signal()

    def __init__(
        self,
        desk: Desk,
        conflict: OpenConflict,
        names: Names,
        *,
        with_case: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recordCard")
        self._desk, self.conflict, self._names = desk, conflict, names
        self._choosers: list[_Chooser] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(12)
        if with_case and conflict.case_title:
            self._column.addWidget(words(conflict.case_title, "strong"))
        self._column.addWidget(words(head_words(conflict)))
        self._build()
        self.problem = Banner("problem", "")
        self.problem.hide()
        self._column.addWidget(self.problem)
        self.settle_button = button(self.tr("就这样定"), self.settle, main=True)
        self.settle_button.setObjectName("settle")
        self._column.addWidget(self.settle_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.settle_button.setVisible(conflict.may_settle)
        if not conflict.may_settle:
            self._column.addWidget(words(self._whose_turn(), "muted"))
        self.setAccessibleName(self.tr("两个人改了同一处"))

    def go_in(self) -> None:
        """Puts the cursor where the first choice is to be made."""
        if self._choosers and self.conflict.may_settle:
            self._choosers[0].focus()
        else:
            self.settle_button.setFocus()

    def settle(self) -> None:
        """Stores what was chosen; says what is still missing."""
        open_ones = [one for one in self._choosers if one.choice() is None]
        if open_ones:
            self._say(self.tr("还有没定的，请每一处都选一个。"))
            open_ones[0].focus()
            return
        choices: dict[str, Choice] = {}
        own: dict[str, str] = {}
        for one in self._choosers:
            one.take(choices, own)
        entry_hash = self.conflict.entry_hash

        def work(uow: UnitOfWork) -> None:
            from app.services.settling import settle

            settle(uow, entry_hash, choices, own)

        self.settle_button.setEnabled(False)
        self._desk.jobs.run(self, work, self._done, self._refused)

    # --- inside ---

    def _build(self) -> None:
        papers, others = _apart(self.conflict)
        if papers:
            self._add_papers(papers)
        for line in others:
            if line.collides:
                self._add(_Chooser(self._desk, self.conflict, [line], self._names))
        if self.conflict.for_supervisor:
            return  # of two papers one is told to hold; nothing else is taken over
        beside = [line for line in others if not line.collides]
        if beside:
            self._column.addWidget(
                words(self.tr("同一次还改了这些，别人没有动过，会一起采用："), "muted")
            )
        for line in beside:
            _, value = side_words(self._desk.practice, line, self._names)
            text = self.tr("{field}：{value}")
            shown = text.format(field=title_words(line, self._names), value=_shortened(value))
            self._column.addWidget(words(shown))
        if added := adds_words(self.conflict):
            text = self.tr("同一次还新添了{what}，会一起采用。")
            self._column.addWidget(words(text.format(what=added), "muted"))
        if not self.conflict.lines and not self.conflict.adds:
            text = self.tr("里面写的现在都已经算数了，点“就这样定”就行。")
            self._column.addWidget(words(text))

    def _add_papers(self, lines: Sequence[ConflictLine]) -> None:
        """Sealed texts are taken as a whole, or not at all."""
        if self.conflict.for_supervisor:
            text = self.tr(
                "两边都定了稿，各打了一份协议。定了稿的协议不能合并，一个字也不能改：请由司法所看纸，"
                "定哪一份算数。两份都留着。要改内容，请做补充协议。"
            )
        else:
            text = self.tr(
                "其中一份协议已经定稿。定了稿的字不能和别的合并：要么整份用它，要么整份不用。"
                "要改内容，请做补充协议。"
            )
        self._column.addWidget(Banner("info", text))
        self._add(_Chooser(self._desk, self.conflict, lines, self._names, papers=True))

    def _add(self, chooser: _Chooser) -> None:
        self._choosers.append(chooser)
        self._column.addWidget(chooser)

    def _whose_turn(self) -> str:
        if self.conflict.for_supervisor:
            return self.tr("这一处由司法所或县局来定，定好以后这里会知道。")
        return self.tr("这件案子在别的电脑上办，由办案的人来定，定好以后这里会知道。")

    def _done(self, _stored: None) -> None:
        self._desk.say(self.tr("定好了。另一份也留在经过里。"))
        self.settled.emit()

    def _refused(self, refused: Refused) -> None:
        self.settle_button.setEnabled(True)
        if refused.first.code is ProblemCode.RECORD_NOT_FOUND:
            self._desk.say(self.tr("刚才已经有人定过了。"))
            self.settled.emit()
            return
        self._say("\n".join(dict.fromkeys(self._sentence(one) for one in refused.problems)))

    def _sentence(self, problem: Problem) -> str:
        if problem.code is ProblemCode.NOTHING_CHOSEN:
            return self.tr("还有没定的，请每一处都选一个。")
        return said(problem)

    def _say(self, text: str) -> None:
        self.problem.set_text(text)
        self.problem.show()


class _Chooser(QWidget):
    """Both values of one line, or of two papers as a whole, and what to do."""

    def __init__(
        self,
        desk: Desk,
        conflict: OpenConflict,
        lines: Sequence[ConflictLine],
        names: Names,
        *,
        papers: bool = False,
    ) -> None:
        super().__init__()
        self._lines, self._papers = lines, papers
        first = lines[0]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        title = self.tr("两份协议") if papers else title_words(first, names)
        column.addWidget(words(title, "strong"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(12)
        self.buttons: dict[Choice, QPushButton] = {}
        can = conflict.may_settle
        # A text that is on paper cannot be exchanged for another.
        both = not papers or conflict.for_supervisor or _seals(lines)
        for choice in (Choice.IN_FORCE, Choice.OTHER):
            other = choice is Choice.OTHER
            made = self._choice(choice, other=other) if can and (both or not other) else None
            if papers:
                side = _Side(desk, first, names, other=other, choose=made, paper=lines)
            else:
                side = _Side(desk, first, names, other=other, choose=made)
            if made is not None:
                made.setAccessibleName(
                    self.tr("{verb}：{title}，{who}").format(
                        verb=made.text(), title=title, who=side.who.text()
                    )
                )
            self._sides.addWidget(side, 1)
        column.addLayout(self._sides)
        self.text: TextField | None = None
        values = [first.in_force.value, first.other.value]
        if can and not papers and is_plain_text(first.kind, first.field, values):
            self._offer_own(column, str(values[0] or values[1]))

    def choice(self) -> Choice | None:
        """What was pressed; None before that."""
        return next((one for one, made in self.buttons.items() if made.isChecked()), None)

    def take(self, choices: dict[str, Choice], own: dict[str, str]) -> None:
        """Puts the choice for each line, and a text of one's own."""
        chosen = self.choice()
        if chosen is None:
            return
        for line in self._lines:
            choices[line.key] = chosen
            if chosen is Choice.OWN and self.text is not None:
                own[line.key] = self.text.value()

    def focus(self) -> None:
        next(iter(self.buttons.values())).setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != wanted:
            self._sides.setDirection(wanted)

    def _choice(self, choice: Choice, *, other: bool) -> QPushButton:
        if self._papers:
            text = self.tr("那份算数") if other else self.tr("这份算数")
        else:
            text = self.tr("用那个") if other else self.tr("用这个")
        return self._checkable(choice, text)

    def _checkable(self, choice: Choice, text: str) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName("choice")
        made.setCheckable(True)
        made.setAutoDefault(False)
        self._group.addButton(made)
        self.buttons[choice] = made
        return made

    def _offer_own(self, column: QVBoxLayout, text: str) -> None:
        """A text that neither of them wrote, begun with what is in force."""
        made = self._checkable(Choice.OWN, self.tr("自己写"))
        column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        field = self.text = TextField("", lines=2)
        field.text.setAccessibleName(self.tr("自己写"))
        field.set_value(text)
        field.hide()
        column.addWidget(field)
        made.toggled.connect(field.setVisible)
        made.clicked.connect(lambda: field.setFocus())


class _Side(QFrame):
    """One of two values: whether it holds now, what it says, who wrote it and when."""

    def __init__(
        self,
        desk: Desk,
        line: ConflictLine,
        names: Names,
        *,
        other: bool,
        choose: QPushButton | None,
        paper: Sequence[ConflictLine] = (),
    ) -> None:
        super().__init__()
        self.setObjectName("section")
        both = (
            (paper_words(paper, other=False), paper_words(paper, other=True))
            if paper
            else side_words(desk.practice, line, names)
        )
        self._text, self._against = (both[1], both[0]) if other else both
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        chip = (
            Chip(self.tr("放在一边的"), "neutral")
            if other
            else Chip(self.tr("现在算数的"), "accent")
        )
        head.addWidget(chip)
        head.addStretch(1)
        column.addLayout(head)
        nothing = self.tr("没有定稿，还是草稿")
        self.value = QLabel()
        self.value.setTextFormat(Qt.TextFormat.RichText)
        self.value.setWordWrap(True)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Of a sum or a number of days the whole is read; in a text, one word may be all.
        written = not paper and isinstance(line.in_force.value or line.other.value, str)
        self._against = self._against if written else self._text
        self.value.setText(marked(self._text or nothing, self._against or nothing))
        column.addWidget(self.value)
        if len(self._text) > LONG and not paper:
            self.more = button(self.tr("看全文"), self._show_whole, quiet=True)
            column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.who = words(who_words(line.other if other else line.in_force), "muted")
        column.addWidget(self.who)
        column.addStretch(1)
        if choose is not None:
            column.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_whole(self) -> None:
        self.value.setText(marked(self._text, self._against, whole=True))
        self.more.hide()


def _apart(conflict: OpenConflict) -> tuple[list[ConflictLine], list[ConflictLine]]:
    """What belongs to agreements where one is sealed, and the rest."""
    if not conflict.sealed:
        return [], list(conflict.lines)
    papers = [line for line in conflict.lines if line.kind == "agreement"]
    return papers, [line for line in conflict.lines if line.kind != "agreement"]


def _seals(lines: Sequence[ConflictLine]) -> bool:
    """Whether the entry that was set aside seals a text."""
    return any(line.field == "content_hash" and line.other.value for line in lines)


def _shortened(text: str) -> str:
    return text if len(text) <= LONG else text[:LONG] + "……"
