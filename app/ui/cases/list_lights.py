"""The lights of the lines that are seen: asked for when the list stands still, a few at a time.

Never part of the first picture, and never in the way of what a person asks for: between two
handfuls every other job of the records worker has its turn. What was found stays until its case
changes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.domain.ids import RecordId
from app.services.lines import Change
from app.ui.cases.list_model import CasesModel
from app.ui.runtime.desk import Desk
from app.ui.widgets.tables import LinesView

if TYPE_CHECKING:
    from app.domain.file_review import Light
    from app.domain.problems import Refused
    from app.services.ports import UnitOfWork

STILL_MS = 400
HANDFUL = 4
_OF_ALL = frozenset({"person", "organisation", "mediator", "committee"})  # may stand in any case


class ListLights(QObject):
    """Fills the column of lights of one list."""

    def __init__(self, desk: Desk, model: CasesModel, view: LinesView) -> None:
        super().__init__(view)
        self._desk, self._model, self._view = desk, model, view
        self._busy = False
        self._refused: set[RecordId] = set()
        self._timer = QTimer(self, singleShot=True, interval=STILL_MS)
        self._timer.timeout.connect(self.look)
        model.modelReset.connect(self._timer.start)
        model.dataChanged.connect(self._lines_came)
        view.verticalScrollBar().valueChanged.connect(self._scrolled)
        desk.changes.happened.connect(self._changed)

    def look(self) -> None:
        """Asks for the next handful of lights that are seen and not known."""
        if (
            self._busy
            or not self._view.isVisible()
            or self._view.isColumnHidden(self._model.light_column)
        ):
            return
        if self._desk.jobs.open_unit is None:  # the store is still being opened
            self._timer.start()
            return
        wanted = self._unknown()[:HANDFUL]
        if not wanted:
            return
        practice = self._desk.practice

        def work(uow: UnitOfWork) -> dict[RecordId, Light]:
            # On the worker: the first list needs no review, and the window does not wait for it.
            from app.ui.cases.after_actions import lights

            return lights(wanted, practice)(uow)

        self._busy = True
        self._desk.jobs.read(self, work, self._found, partial(self._not_found, wanted))

    def _unknown(self) -> list[RecordId]:
        """The cases that are seen, from the top."""
        lines = (self._model.line_at(row) for row in self._view.rows_seen())
        return [
            line.id
            for line in lines
            if line and not self._model.has_light(line.id) and line.id not in self._refused
        ]

    def _found(self, found: dict[RecordId, Light]) -> None:
        self._busy = False
        lights = {one: light.value for one, light in found.items()}
        self._model.put_lights(lights, self._view.rows_seen())
        self.look()

    def _not_found(self, wanted: list[RecordId], refused: Refused) -> None:
        """A case went away meanwhile, or cannot be read: its line stays without a light."""
        del refused
        self._busy = False
        self._refused.update(wanted)
        self._timer.start()

    def _changed(self, change: Change) -> None:
        self._model.forget_lights(None if change.kinds & _OF_ALL else change.case_ids)
        self._refused -= change.case_ids
        self._timer.start()

    def _lines_came(self) -> None:
        if not self._busy and not self._timer.isActive():
            self._timer.start()

    def _scrolled(self) -> None:
        self._timer.start()
