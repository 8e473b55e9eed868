"""The code of a region, with the name that the table of divisions has for it in grey below.

Warns about a code that the table does not know and never refuses one: divisions change every year.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from app.domain.problems import Problem, ProblemCode
from app.ui.runtime.marks import override
from app.ui.widgets.fields import LineField
from app.ui.widgets.frame import words

if TYPE_CHECKING:
    from app.domain.regions import Regions

# Reads the table on a worker and hands it over, unless the owner is gone by then.
ReadRegions: TypeAlias = "Callable[[QObject, Callable[[Regions], None]], object]"
LEAST_DIGITS = 6  # the county: what stands before it says nothing to a village
MOST_FOUND = 5


class RegionField(LineField):
    """A region's code. Leaving it writes the county's name into `names` where that is empty.

    Letters instead of digits look a code up: 灌阳 shows 450327. Without `read` it is a plain line.
    """

    def __init__(
        self,
        label: str,
        read: ReadRegions | None,
        *,
        names: LineField,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self._read, self._names = read, names
        self._regions: Regions | None = None
        self._left_early = False
        self._filled_in = ""
        self.note = words("", "muted")
        self.note.hide()
        self._column.addWidget(self.note)
        self.line.textChanged.connect(self._look)
        self.left.connect(self._fill_in)

    @override
    def problem(self) -> Problem | None:
        text = self.value()
        if not text or _is_code(text):
            return None
        return Problem(ProblemCode.NOT_A_NUMBER, "", {"text": text[:20]})

    def _look(self) -> None:
        """Says what the table knows of the text; the first time, the table is sent for."""
        text = self.value()
        if self._regions is None:
            if self._read is not None and self._tells(text):
                read, self._read = self._read, None
                read(self, self._know)
            return
        note = self._note(text, self._regions) if self._tells(text) else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _know(self, regions: Regions) -> None:
        self._regions = regions
        self._look()
        if self._left_early:
            self._fill_in()

    def _fill_in(self) -> None:
        """The county's name, where no other was written by hand."""
        self._left_early = self._regions is None
        code = self.value()
        open_to_us = self._names.value() in ("", self._filled_in)
        if self._regions is None or not open_to_us or not self._regions.is_known(code):
            return
        name = self._regions.name_of(code)
        if name == self._names.value():
            return
        self._filled_in = name
        self._names.line.setText(name)
        self._names.edited.emit()

    @staticmethod
    def _tells(text: str) -> bool:
        return bool(text) and (not _is_code(text) or len(text) >= LEAST_DIGITS)

    @staticmethod
    def _note(text: str, regions: Regions) -> str:
        if regions.as_of is None:
            return ""
        if not _is_code(text):
            return "\n".join(f"{code}  {name}" for code, name in regions.search(text, MOST_FOUND))
        if regions.is_known(text):
            return regions.name_of(text)
        return QCoreApplication.translate(
            "RegionField",
            "{date} 的区划表里没有 {code} 开头的地区，请对一下。要是新调整的，照样可以用。",
        ).format(date=regions.as_of.isoformat(), code=text[:LEAST_DIGITS])


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit()
