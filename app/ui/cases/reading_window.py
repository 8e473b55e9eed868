"""The parties' page: an agreement read aloud on a second screen or on the turned laptop, one clause
at a time in very large letters, with one large tick for each party.

A tick belongs to the words that stand there. Shows names and words alone: nobody's number,
telephone or address, nothing of other cases.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.agreements import Clause, total_fen
from app.domain.ids import RecordId
from app.domain.money import capitals, figures
from app.domain.problems import Refused
from app.ui.cases import agreement_actions
from app.ui.cases.big_words import BigWords
from app.ui.runtime.marks import override
from app.ui.widgets.choices import SteadyButton
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.frame import button, empty, words
from app.ui.widgets.scrolling import ScrollColumn

if TYPE_CHECKING:
    from app.services.lines import Change
    from app.ui.cases.reading_view import ReadingView
    from app.ui.runtime.desk import Desk

KEYS_FOR_PARTIES = 9
TICKS_HIGH = 250  # px at most; many parties scroll
ZOOM_STEP = 10  # percent
_BIG, _TICK = 22, 26  # px


class ReadingWindow(QWidget):
    """One agreement, page by page: facts and responsibility, each clause, what is still open."""

    def __init__(self, desk: Desk, agreement_id: RecordId, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("reading-window")
        self.setWindowTitle(self.tr("读协议"))
        self.resize(1024, 640)
        self.setMinimumSize(800, 560)
        self._desk, self._agreement_id = desk, agreement_id
        self.view: ReadingView | None = None
        self.page = 0
        self.ticks: dict[RecordId, QPushButton] = {}
        self.title = words("", "title", wrap=False)
        self.title.setStyleSheet(f"font-size: {_BIG}px;")
        self.body = BigWords()
        self.note = words("", "strong")
        self.note.setObjectName("reading-note")
        self.note.setStyleSheet(f"font-size: {_BIG}px;")
        self._tick_holder = QWidget()
        self._ticks = FlowLayout(self._tick_holder, gap=12)
        self._tick_area = ScrollColumn(self._tick_holder)
        self._build()
        desk.changes.happened.connect(self._changed)
        self._load()

    # --- what the section asks for ---

    def show_beside(self, own: QScreen | None) -> None:
        """On the second screen where there is one, in full; else as large as this one allows."""
        other = next((one for one in QGuiApplication.screens() if one is not own), None)
        if other is not None and own is not None:
            self.setGeometry(other.geometry())
            self.showFullScreen()
        else:
            self.showMaximized()
        self.activateWindow()
        self.body.setFocus()

    def go_to_page(self, page: int) -> None:
        """0 is the beginning, then the clauses, then what is still open."""
        if self.view is not None:
            self.page = max(0, min(page, self._last()))
            self._show()

    def go_to_clause(self, clause_id: RecordId) -> None:
        clauses = self.view.agreement.clauses if self.view is not None else ()
        found = [at for at, one in enumerate(clauses, 1) if one.id == clause_id]
        self.go_to_page(found[0] if found else 0)

    def tick(self, party_id: RecordId) -> None:
        """The party says it of the clause on the page, or takes it back; stored at once."""
        clause, view = self._clause(), self.view
        if clause is None or view is None or not view.may_tick or party_id not in view.names:
            return
        on = (clause.id, party_id) not in view.standing
        work = agreement_actions.tick_clause(self._agreement_id, clause.id, party_id, on)
        self._desk.jobs.run(self, work, lambda _: self._load(), self._refused)

    # --- inside ---

    def _build(self) -> None:
        self.back = button(self.tr("上一条"), lambda: self.go_to_page(self.page - 1))
        self.back.setObjectName("reading-back")
        self.forth = button(self.tr("下一条"), lambda: self.go_to_page(self.page + 1), main=True)
        self.forth.setObjectName("reading-next")
        for made in (self.back, self.forth):
            made.installEventFilter(self)
            made.setStyleSheet(f"font-size: {_BIG}px; padding: 12px 32px;")
        self.leave = button(self.tr("退出全屏"), self._smaller, quiet=True)
        self.leave.setToolTip(self.tr("Esc"))
        tools = (
            (self.tr("小一点"), partial(self._zoom, -ZOOM_STEP), "zoom-out"),
            (self.tr("大一点"), partial(self._zoom, ZOOM_STEP), "zoom-in"),
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for text, pressed, sign in tools:
            made = button(text, pressed, icon_name=sign, quiet=True)
            made.setObjectName(sign)
            head.addWidget(made)
        self.full = button(self.tr("全屏"), self._full_or_not, quiet=True)
        self.full.setToolTip(self.tr("F11"))
        head.addWidget(self.full)
        head.addWidget(self.leave)
        head.addWidget(button(self.tr("关闭"), self.close, quiet=True))
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.forth)
        foot.setSpacing(24)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 24)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.body, 1)
        column.addWidget(self._tick_area)
        column.addLayout(foot)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)

    @override
    def event(self, event: QEvent) -> bool:
        """No shortcut of the page behind takes a key away from this one."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button that has the cursor takes no key that turns the page."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._pressed(event):
            super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Arrows and Page keys turn the page, 1 to 9 tick for the party of that number; F11, Esc
        and Ctrl with + - 0 as everywhere.
        """
        key = event.key()
        verbs: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Right: lambda: self.go_to_page(self.page + 1),
            Qt.Key.Key_PageDown: lambda: self.go_to_page(self.page + 1),
            Qt.Key.Key_Left: lambda: self.go_to_page(self.page - 1),
            Qt.Key.Key_PageUp: lambda: self.go_to_page(self.page - 1),
            Qt.Key.Key_Home: lambda: self.go_to_page(0),
            Qt.Key.Key_End: lambda: self.go_to_page(self._last()),
            Qt.Key.Key_F11: self._full_or_not,
            Qt.Key.Key_Escape: self._smaller,
        }
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            verbs = {
                Qt.Key.Key_Plus: lambda: self._zoom(ZOOM_STEP),
                Qt.Key.Key_Equal: lambda: self._zoom(ZOOM_STEP),
                Qt.Key.Key_Minus: lambda: self._zoom(-ZOOM_STEP),
                Qt.Key.Key_0: lambda: self.body.set_zoom(100),
            }
        at = key - Qt.Key.Key_1
        parties = list(self.view.names) if self.view is not None else []
        if key in verbs:
            verbs[key]()
        elif 0 <= at < min(KEYS_FOR_PARTIES, len(parties)):
            self.tick(parties[at])
        else:
            return False
        return True

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._say_state()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_ticks()

    def _load(self) -> None:
        self._desk.jobs.run(self, agreement_actions.load_reading(self._agreement_id), self._arrived)

    def _arrived(self, view: ReadingView) -> None:
        now = self._clause()
        self.view = view
        self._say_state()
        if now is not None and now.id in {one.id for one in view.agreement.clauses}:
            self.go_to_clause(now.id)  # stays with its clause when others came or went
        else:
            self.go_to_page(self.page)

    def _changed(self, change: Change) -> None:
        if self.view is None or self.view.case_id in change.case_ids:
            self._load()

    def _refused(self, refused: Refused) -> None:
        self._desk.show_problem(refused)
        self._load()

    def _last(self) -> int:
        return len(self.view.agreement.clauses) + 1 if self.view is not None else 0

    def _clause(self) -> Clause | None:
        if self.view is None or not 1 <= self.page <= len(self.view.agreement.clauses):
            return None
        return self.view.agreement.clauses[self.page - 1]

    def _show(self) -> None:
        view, clause = self.view, self._clause()
        if view is None:
            return
        self.back.setEnabled(self.page > 0)
        self.forth.setEnabled(self.page < self._last())
        if clause is not None:
            count = len(view.agreement.clauses)
            text = self.tr("第 {number} 条，共 {count} 条")
            self.title.setText(text.format(number=self.page, count=count))
            self.body.set_text(clause.text)
        elif self.page == 0:
            self.title.setText(self.tr("先说事情和责任"))
            self.body.set_text(self._beginning())
        else:
            lacking = any(view.open_names(one.id) for one in view.agreement.clauses)
            self.title.setText(self.tr("还有没确认的") if lacking else self.tr("都读完了"))
            self.body.set_text(self._end())
        self.body.setAccessibleName(self.title.text())
        self._show_ticks(clause)
        self.note.setText(self._note(clause))

    def _beginning(self) -> str:
        assert self.view is not None
        agreement = self.view.agreement
        parties = self.tr("、").join(self.view.names.values())
        said = [parties, agreement.facts, agreement.responsibility]
        if not agreement.clauses:
            said.append(self.tr("这份协议还没有条款。"))
        return "\n".join(one for one in said if one)

    def _end(self) -> str:
        """What nobody has said yes to yet; money and when, once all have."""
        assert self.view is not None
        agreement = self.view.agreement
        lines = []
        for number, clause in enumerate(agreement.clauses, 1):
            lacking = self.view.open_names(clause.id)
            if lacking:
                text = self.tr("第 {number} 条：{names}还没有确认")
                names = self.tr("、").join(lacking)
                lines.append(text.format(number=number, names=names))
        if not agreement.clauses:
            return self.tr("这份协议还没有条款。")
        if lines:
            return "\n".join(lines)
        said = [self.tr("每一条都读过了，各方都说听懂了、同意。")]
        total = total_fen(agreement)
        if total:
            text = self.tr("一共 {amount} 元，{capitals}。")
            said.append(text.format(amount=figures(total), capitals=capitals(total)))
        return "\n".join(said)

    def _show_ticks(self, clause: Clause | None) -> None:
        assert self.view is not None
        parties = list(self.view.names) if clause is not None else []
        if list(self.ticks) != parties:
            empty(self._ticks)
            self.ticks = {one: self._tick_button(one) for one in parties}
            for made in self.ticks.values():
                self._ticks.addWidget(made)
        for number, (party, made) in enumerate(self.ticks.items(), 1):
            on = clause is not None and (clause.id, party) in self.view.standing
            made.setChecked(on)
            name = self.view.names[party]
            text = self.tr("{name}：读给我听了，听懂了，同意").format(name=name)
            sign = "✓" if on else "○"
            key = f"{number}  " if number <= KEYS_FOR_PARTIES else ""
            made.setText(f"{key}{sign}  {text}")
            said = self.tr("已确认") if on else self.tr("还没确认")
            made.setAccessibleName(f"{text}，{said}")
            made.setEnabled(self.view.may_tick)
        self._tick_area.setVisible(bool(self.ticks))
        self._fit_ticks()

    def _tick_button(self, party: RecordId) -> QPushButton:
        made = SteadyButton()
        made.setAutoDefault(False)
        made.clicked.connect(lambda _on=False: self.tick(party))
        made.setCheckable(True)
        made.setObjectName("choice")
        made.setStyleSheet(f"font-size: {_TICK}px; padding: 18px 28px;")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.installEventFilter(self)
        return made

    def _note(self, clause: Clause | None) -> str:
        assert self.view is not None
        if clause is None:
            return ""
        fallen = [
            name
            for party, name in self.view.names.items()
            if (clause.id, party) in self.view.fallen
        ]
        if not fallen:
            return ""
        text = self.tr("这一条的字改过了，{names}刚才的勾不算了，请再读一遍。")
        return text.format(names=self.tr("、").join(fallen))

    def _fit_ticks(self) -> None:
        high = self._ticks.heightForWidth(max(1, self._tick_area.viewport().width()))
        self._tick_area.setFixedHeight(min(TICKS_HIGH, high + 4))

    def _zoom(self, step: int) -> None:
        self.body.set_zoom(self.body.zoom() + step)

    def _full_or_not(self) -> None:
        if self.isFullScreen():
            self.showMaximized()
        else:
            self.showFullScreen()

    def _smaller(self) -> None:
        """Esc leaves the full screen first, then the page."""
        if self.isFullScreen():
            self.showMaximized()
        else:
            self.close()

    def _say_state(self) -> None:
        self.full.setVisible(not self.isFullScreen())
        self.leave.setVisible(self.isFullScreen())
