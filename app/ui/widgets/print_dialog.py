"""How a paper is to be printed: which printer, how many copies and why so many, both sides or one,
which pages. Everything else is decided by the form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.domain.printing import parse_pages
from app.domain.problems import Problem, Refused
from app.ui.runtime.marks import override
from app.ui.runtime.preferences import Preferences
from app.ui.widgets.fields import Choice, ChoiceField, CodeField, LineField, NumberField
from app.ui.widgets.frame import button, words

COPIES_MOST = 99
PRINTER, DUPLEX = "print.printer", "print.duplex"
_BOTH = "both"


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What was agreed on. `wanted` are pages from 1; `pages` the same as it was typed, "" for
    all.
    """

    printer: str
    copies: int
    duplex: bool
    pages: str
    wanted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PrintWish:
    """What the dialog begins with: copies, the sentence that says why so many, and pages as
    typed.
    """

    copies: int = 1
    why: str = ""
    pages: str = ""


class PagesField(LineField):
    """Some of a paper's pages, such as ``1-3,5``; empty for all."""

    def __init__(self, pages: int) -> None:
        super().__init__(
            QCoreApplication.translate("PrintDialog", "哪几页"),
            hint=QCoreApplication.translate("PrintDialog", "空着就是全部；只要几页就写 1-3,5"),
        )
        self.most = pages

    def wanted(self) -> tuple[int, ...]:
        """Raises `Refused` PAGES_UNCLEAR."""
        return parse_pages(self.line.text(), self.most)

    @override
    def problem(self) -> Problem | None:
        try:
            self.wanted()
        except Refused as refused:
            return refused.first
        return None


class PrintDialog(QDialog):
    """Printer, copies, sides and pages. `order()` is what was agreed on.

    `both_sides` tells whether a printer can print both sides; the choice is not offered where it
    cannot.
    """

    def __init__(
        self,
        printers: Sequence[str],
        pages: int,
        wish: PrintWish,
        preferences: Preferences,
        both_sides: Callable[[str], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.setWindowTitle(translate("PrintDialog", "打印"))
        self.setMinimumWidth(440)
        self._printers, self._preferences, self._both_sides = printers, preferences, both_sides
        offered = [Choice(name, name) for name in printers]
        self.printer: ChoiceField | CodeField = (ChoiceField if len(offered) <= 4 else CodeField)(
            translate("PrintDialog", "打印机"), offered
        )
        kept = preferences.get(PRINTER)
        self.printer.set_value(kept if kept in printers else printers[0])
        self.printer.edited.connect(self._offer_sides)
        self.copies = NumberField(translate("PrintDialog", "份数"), least=1, most=COPIES_MOST)
        self.copies.set_value(wish.copies)
        self.sides = ChoiceField(
            translate("PrintDialog", "单面还是双面"),
            [
                Choice("one", translate("PrintDialog", "单面")),
                Choice(_BOTH, translate("PrintDialog", "双面")),
            ],
        )
        self.sides.set_value(preferences.get(DUPLEX) or "one")
        self.pages = PagesField(pages)
        self.pages.set_value(wish.pages)
        self.pages.setVisible(pages > 1)
        self.go = button("", self._accept_if_right, icon_name="print", main=True)
        self.go.setDefault(True)
        self.go.setObjectName("go")
        self.buttons = QDialogButtonBox()
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(
            button(translate("PrintDialog", "先不打"), self.reject),
            QDialogButtonBox.ButtonRole.ActionRole,
        )
        told = translate("PrintDialog", "每份 {pages} 页。").format(pages=pages) + wish.why
        self.told = words(told, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(16)
        for one in (self.told, self.printer, self.copies, self.sides, self.pages):
            column.addWidget(one)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.copies.line.textChanged.connect(self._name_button)
        self._name_button()
        self._offer_sides()
        self.copies.setFocus()

    def order(self) -> PrintOrder:
        """Raises `Refused` PAGES_UNCLEAR."""
        wanted = self.pages.wanted()
        return PrintOrder(
            printer=self._name(),
            copies=self.copies.value() or 1,
            duplex=self._may_choose_sides() and self.sides.value() == _BOTH,
            pages="" if len(wanted) == self.pages.most else self.pages.value(),
            wanted=wanted,
        )

    def _name(self) -> str:
        return str(self.printer.value()) or self._printers[0]

    def _may_choose_sides(self) -> bool:
        return self._both_sides(self._name())

    def _offer_sides(self) -> None:
        self.sides.setVisible(self._may_choose_sides())

    def _name_button(self) -> None:
        self.go.setText(
            QCoreApplication.translate("PrintDialog", "打印 {count} 份").format(
                count=self.copies.value() or "—"
            )
        )

    def _accept_if_right(self) -> None:
        wrong = [one for one in (self.copies, self.pages) if not one.check()]
        if not self.copies.value():
            wrong.insert(0, self.copies)
        if wrong:
            wrong[0].setFocus()
            return
        self._preferences.put(PRINTER, self._name())
        if self._may_choose_sides():
            self._preferences.put(DUPLEX, str(self.sides.value()))
        self.accept()
