"""Why something cannot be done now, in words, with the article of law and a button that leads to
the cure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.ui.cases.labels import law_name
from app.ui.cases.next_step import Stop, explained
from app.ui.runtime.desk import Desk
from app.ui.runtime.problems import sentence
from app.ui.widgets.frame import Banner, empty

SHOWN = 6


class StopNotes(QWidget):
    """A short list of reasons; hidden while there is none.

    Signals:
        wanted(str): the section where the cure stands.
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._said: list[str] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.hide()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Problems that stand at no field."""
        self.show_stops([explained(one) for one in problems])

    def show_stops(self, stops: Sequence[Stop]) -> None:
        self.clear()
        for stop in stops[:SHOWN]:
            text = self._words(stop)
            self._said.append(text)
            banner = Banner("problem", text, self.tr("去处理") if stop.cure else "")
            banner.pressed.connect(lambda cure=stop.cure: self.wanted.emit(cure))
            self._layout.addWidget(banner)
        self.setVisible(bool(stops))

    def clear(self) -> None:
        empty(self._layout)
        self._said = []
        self.hide()

    def text(self) -> str:
        """All reasons as they stand on the screen."""
        return "\n".join(self._said)

    def _words(self, stop: Stop) -> str:
        law = law_name(self._desk.practice, stop.law, self._desk.language)
        said = sentence(stop.problem, self._desk.language)
        return self.tr("{sentence}（{law}）").format(sentence=said, law=law) if law else said
