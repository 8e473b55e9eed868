"""One paper in the list of the file: its name, what it lacks, when it was printed, and what can be
done with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QMenu, QVBoxLayout

from app.domain.completeness import Document, Need
from app.ui.cases.labels import listed, named
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import Chip, button, words

if TYPE_CHECKING:
    from app.services.print_log import PaperState

NAMED_AT_MOST = 3
TICK_WIDTH = 32  # what is said below a name stands below its first sign


class PaperRow(QObject):
    """Puts its widgets into `row` of a grid.

    Signals:
        ticked(bool): chosen, or no longer.
        wanted(str): ``preview``, ``print``, ``export`` or ``blank``.
    """

    ticked = Signal(bool)
    wanted = Signal(str)

    def __init__(
        self, desk: Desk, paper: Document, title: str, grid: QGridLayout, row: int
    ) -> None:
        super().__init__(grid.parentWidget())
        self.paper, self._title = paper, title
        self.box = QCheckBox(title)
        self.box.setObjectName(f"choose-{paper.kind}")
        self.box.toggled.connect(self.ticked)
        self.note = words(self._lacking(desk), "muted")
        self.note.setIndent(TICK_WIDTH)
        self.note.setVisible(bool(self.note.text()))
        self.state = Chip("")
        self.printed = Chip("")
        self.printed.hide()
        self._say_state()
        name = QVBoxLayout()
        name.setSpacing(0)
        name.addWidget(self.box)
        name.addWidget(self.note)
        chips = QVBoxLayout()
        chips.setSpacing(4)
        for one in (self.state, self.printed):
            chips.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(name, row, 0)
        grid.addLayout(chips, row, 1, Qt.AlignmentFlag.AlignVCenter)
        verbs = (
            ("preview", self.tr("看")),
            ("print", self.tr("打印")),
            ("more", self.tr("更多")),
        )
        for column, (verb, text) in enumerate(verbs, 2):
            made = button(text, quiet=True)
            made.setObjectName(f"{verb}-{paper.kind}")
            made.setAccessibleName(f"{text} {title}")
            made.clicked.connect(lambda _checked=False, verb=verb: self._pressed(verb))
            grid.addWidget(made, row, column, Qt.AlignmentFlag.AlignVCenter)
            self.more = made

    def tell(self, state: PaperState) -> None:
        """When it was printed, and whether that still says the same."""
        lines = [self.note.text()] if self.note.text() else []
        if state.printed_on is not None:
            text = self.tr("{day} 印过 {count} 份").format(
                day=f"{state.printed_on:%Y-%m-%d}", count=state.copies
            )
            lines.append(text)
        self.note.setText("\n".join(lines))
        self.note.setVisible(bool(lines))
        if state.changed:
            self.printed.set(self.tr("印后改过"), "attention")
        elif state.scanned:
            self.printed.set(self.tr("有签字扫描件"), "done")
        elif state.printed_on is not None:
            self.printed.set(self.tr("已印"), "done")
        self.printed.setVisible(state.changed or state.scanned or state.printed_on is not None)

    def menu(self) -> QMenu:
        """What is wanted less often."""
        menu = QMenu(self.more)
        for verb, text in (("export", self.tr("导出 PDF")), ("blank", self.tr("空白表"))):
            action = menu.addAction(text)
            action.setObjectName(verb)
            action.triggered.connect(lambda _checked=False, verb=verb: self.wanted.emit(verb))
        return menu

    def _pressed(self, verb: str) -> None:
        if verb != "more":
            self.wanted.emit(verb)
            return
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _say_state(self) -> None:
        lacking = len([one for one in self.paper.missing if one.must])
        needed = self.paper.need is Need.MUST
        if lacking:
            text = self.tr("缺 %n 样", "", lacking)
            self.state.set(text, "attention" if needed else "neutral")
        elif needed:
            self.state.set(self.tr("齐了"), "done")
        else:
            self.state.set(self.tr("按需"), "neutral")

    def _lacking(self, desk: Desk) -> str:
        fields = [named(desk, one.owner, one.field) for one in self.paper.missing if one.must]
        names = [*dict.fromkeys(fields)]
        if not names:
            return ""
        shown = listed(desk, names[:NAMED_AT_MOST])
        if len(names) > NAMED_AT_MOST:
            return self.tr("缺：{names}等").format(names=shown)
        return self.tr("缺：{names}").format(names=shown)
