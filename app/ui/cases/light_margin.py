"""Will the file pass, will it be paid: the light at the top of the right margin.

A word and a sign, never a colour alone; red, yellow and blue belong to the risk grade. What stands
here the county's rules have said (`services/file_light.py`); nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.file_review import Lacking
from app.domain.money import figures
from app.services.file_light import FileLight
from app.ui.cases.margin_entry import MarginEntry
from app.ui.cases.review_sheet import ReviewSheetDialog
from app.ui.cases.targets import Target, section_of
from app.ui.cases.view import CaseView
from app.ui.runtime.desk import Desk
from app.ui.widgets.frame import Chip, button, empty, icon, words
from app.ui.widgets.light_words import LIGHT_ICONS, LIGHT_TONES, light_word, points_words, said

SHOWN = 5  # things that are due; the rest is counted
SHOWN_ABOVE = 2


class LightMargin(QWidget):
    """The light, what stands against it, and the money.

    Signals:
        wanted(str): where the person wants to go, as `targets.parse` reads it.
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: CaseView | None = None
        self._short = False
        self._open: set[str] = set()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.setAccessibleName(self.tr("能过吗？能领补贴吗？"))

    def show_case(self, view: CaseView) -> None:
        """Everything anew; what was unfolded stays so while the case is the same."""
        if self._view is None or self._view.case_id != view.case_id:
            self._open = set()
        self._view = view
        empty(self._layout)
        self.setVisible(view.light is not None)
        if view.light is not None:
            self._show(view.light)

    def shorten(self, short: bool) -> None:
        """Above the sections it is kept short, so that they are seen."""
        if short != self._short:
            self._short = short
            self._again()

    def open_sheet(self) -> None:
        """The whole review sheet with its points."""
        if self._view is None or self._view.light is None:
            return
        dialog = ReviewSheetDialog(self._desk, self._view.light, self)
        dialog.wanted.connect(self.wanted)
        dialog.open()

    # --- inside ---

    def _show(self, light: FileLight) -> None:
        self._add_heading(self.tr("能过吗？能领补贴吗？"))
        self._add_light(light)
        self._add(words(points_words(light, self._desk.language), "muted"))
        for one in light.fatal:
            self._add_fatal(one)
        self._add_entries("lacking", self.tr("现在要补的"), light.lacking)
        if light.later and not self._short:
            count = len(light.later)
            title = self.tr("以后才到的 %n 样", "", count)
            self._add_folded("later", title, light.later)
        self._add_subsidy(light)
        sheet = button(self.tr("看评分表"), self.open_sheet, quiet=True)
        sheet.setObjectName("review-sheet")
        self._layout.addWidget(sheet, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_light(self, light: FileLight) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        sign = QLabel()
        name = LIGHT_ICONS[light.light]
        sign.setPixmap(icon(name, QPalette.ColorRole.WindowText).pixmap(QSize(20, 20)))
        row.addWidget(sign)
        chip = Chip(light_word(light.light), LIGHT_TONES[light.light])
        chip.setProperty("role", "strong")
        chip.setAccessibleName(chip.text())
        row.addWidget(chip)
        row.addStretch(1)
        self._layout.addLayout(row)

    def _add_fatal(self, one: Lacking) -> None:
        """What fails the file, with what to do about it in full."""
        text = self.tr("先解决：{what}").format(what=said(one, self._desk.language))
        self._add(words(text, "strong"))
        advice = said(one, self._desk.language, advice=True)
        if advice:
            self._add(words(advice, "muted"))
        if one.place is not None:
            self._add(self._way(one, self.tr("去改")))

    def _add_entries(self, name: str, title: str, found: Sequence[Lacking]) -> None:
        if not found:
            return
        self._add(words(title, "muted"))
        most = SHOWN_ABOVE if self._short else SHOWN
        shown = found if name in self._open else found[:most]
        for one in shown:
            self._add(self._way(one))
        if len(shown) < len(found):
            self._add_opener(name, self.tr("还有 {count} 样").format(count=len(found) - len(shown)))

    def _add_folded(self, name: str, title: str, found: Sequence[Lacking]) -> None:
        if name not in self._open:
            self._add_opener(name, title)
            return
        self._add(words(title, "muted"))
        for one in found:
            self._add(self._way(one))

    def _add_opener(self, name: str, text: str) -> None:
        opener = button(text, quiet=True)
        opener.setObjectName(f"open-{name}")
        opener.clicked.connect(lambda: self._unfold(name))
        self._layout.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_subsidy(self, light: FileLight) -> None:
        found, language = light.subsidy, self._desk.language
        self._layout.addSpacing(6)
        if found.fen is not None and found.certain:
            amount = figures(found.fen)
            self._add(words(self.tr("补贴：可以领 {amount} 元").format(amount=amount), "strong"))
        elif found.expected_fen is None:
            self._add(words(self.tr("补贴：这件看来领不到"), "strong"))
        elif found.certain:
            amount = figures(found.expected_fen)
            self._add(words(self.tr("补贴：补齐后 {amount} 元").format(amount=amount), "strong"))
        else:
            amount = figures(found.expected_fen)
            text = self.tr("补贴：县里未定。照示例标准是 {amount} 元").format(amount=amount)
            self._add(words(text, "strong"))
        warning = found.warning_en if language.startswith("en") else found.warning_zh
        if not found.certain and warning and not self._short:
            self._add(words(warning, "muted"))
        if found.expected_fen is not None and not self._short:
            self._add_entries("subsidy", self.tr("领补贴还差"), found.lacking)

    def _way(self, one: Lacking, text: str = "") -> QWidget:
        """A button to the field where it is mended; plain words where there is none."""
        language = self._desk.language
        whole = said(one, language)
        if one.points and not text:
            whole = self.tr("{what}（{points} 分）").format(what=whole, points=one.points)
        place = one.place
        if place is None:
            return words(whole)
        entry = MarginEntry(text or whole, said(one, language, advice=True))
        if text:
            entry.setAccessibleName(f"{text}：{whole}")
        target = Target(section_of(place.owner, place.field), place.field, place.owner_id)
        entry.clicked.connect(lambda _=False, to=str(target): self.wanted.emit(to))
        return entry

    def _add_heading(self, text: str) -> None:
        heading = QLabel(text)
        heading.setWordWrap(True)
        heading.setProperty("role", "heading")
        self._add(heading)

    def _add(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)

    def _unfold(self, name: str) -> None:
        self._open.add(name)
        self._again()

    def _again(self) -> None:
        if self._view is not None:
            self.show_case(self._view)
