"""A form opened in place on the case page: kept as a draft while somebody types, saved by a verb,
left without loss.

It knows nothing of cases: a section gives it a form, a key and the verb. A refusal never takes away
what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.problems import Problem, Refused
from app.ui.cases.form_margin import FormAndMargin
from app.ui.cases.stop_notes import StopNotes
from app.ui.runtime.desk import Desk
from app.ui.widgets.forms import DraftKeeper, Form, PlacesNote
from app.ui.widgets.frame import button

if TYPE_CHECKING:
    from app.ui.cases.actions import Work

Values = dict[str, Any]
WorkOf = Callable[[Values], "Work[Any] | Sequence[Work[Any]]"]


class Editor(QWidget):
    """One form with its buttons.

    Signals:
        saved(object): the verb was done; carries what it returned.
        stepped(object): one verb of several was done; carries what it returned.
        held(Refused): the verb was refused; its sentences stand already.
        closed(): the form was put away without saving.
        wanted(str): the person asks for the section where a stop is cured.
    """

    saved = Signal(object)
    stepped = Signal(object)
    held = Signal(object)
    closed = Signal()
    wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        form: Form,
        key: str,
        work_of: WorkOf,
        *,
        verb: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self.form, self._work_of = desk, form, work_of
        self._given: Values = {}
        self._opened: Values = {}
        self._busy = False
        self._notes = StopNotes(desk)
        self._notes.wanted.connect(self.wanted)
        self.save_button = button(verb or self.tr("保存"), self.save, main=True)
        self.save_button.setObjectName("save")
        self._leave = button(self.tr("取消"), self.leave, quiet=True)
        self._leave.setObjectName("leave-form")
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.save_button)
        self._row.addWidget(self._leave)
        self._places = PlacesNote(form)
        self._row.addWidget(self._places, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self._beside = FormAndMargin(form)
        layout.addWidget(self._beside)
        layout.addWidget(self._notes)
        layout.addLayout(self._row)
        self._keeper = DraftKeeper(desk, form, key)

    def add_button(self, made: QPushButton) -> None:
        """A further verb beside saving."""
        self._row.insertWidget(self._row.count() - 2, made)

    def put_beside(self, made: QWidget) -> None:
        """Something that belongs to the form: beside it where there is room, else below."""
        self._beside.put(made)

    def open_with(self, values: Values) -> None:
        """Fills the form with what is stored; a kept draft is offered by its keeper."""
        self._given = dict(values)
        self.form.set_values(values)
        self._opened = self.form.values()
        self._keeper.start()

    @property
    def changed(self) -> bool:
        """Whether the form says something else than what it was opened with."""
        return self.form.values() != self._opened

    def undo(self) -> None:
        """The form says again what it was opened with."""
        self.form.set_values(self._given)
        self._notes.clear()

    def save(self) -> None:
        """Runs the verb with what the form says.

        While it runs, the button waits; nothing is locked away.
        """
        self.run(self._work_of)

    def run(self, work_of: WorkOf) -> None:
        """Runs another verb on the same form."""
        if self._busy:
            return
        self.form.settle()
        unread = self.form.problems()
        if unread:
            self.show_problems(unread)
            return
        try:
            works = work_of(self.form.values())
        except Refused as refused:
            self.show_problems(refused.problems)
            return
        self._set_busy(True)
        self._next(list(works) if isinstance(works, Sequence) else [works])

    def run_and_stay(self, work_of: WorkOf, done: Callable[[Any], None]) -> None:
        """Runs verbs with what the form says and leaves it open: what was typed is stored now."""
        if self._busy:
            return
        self.form.settle()
        unread = self.form.problems()
        if unread:
            self.show_problems(unread)
            return

        def stored(result: Any) -> None:
            self._set_busy(False)
            self._notes.clear()
            self._keeper.drop()
            self._opened = self.form.values()
            done(result)

        works = work_of(self.form.values())
        self._set_busy(True)
        self._next(list(works) if isinstance(works, Sequence) else [works], stored)

    def leave(self) -> None:
        """Puts the form away: the draft goes, the stored record stays as it was."""
        self._keeper.drop()
        self.closed.emit()

    def flush(self) -> None:
        """Keeps at once what was typed: the form is about to go out of sight."""
        self._keeper.flush()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each at its field; what belongs to no field below the form."""
        self._notes.show_problems(self.form.show_problems(problems))

    def _next(self, works: list[Work[Any]], last: Callable[[Any], None] | None = None) -> None:
        """One verb after the other, each in its own unit of work; the first refusal ends it."""
        first, rest = works[0], works[1:]

        def done(result: Any) -> None:
            self.stepped.emit(result)
            if rest:
                self._next(rest, last)
            else:
                (last or self._done)(result)

        if rest:
            self._desk.jobs.run(self, first, done, self._refused)
        else:
            self._desk.jobs.run_records(self, self._keeper.saving(first), done, self._refused)

    def _done(self, result: object) -> None:
        self._set_busy(False)
        self._notes.clear()
        self._keeper.drop()
        self._opened = self.form.values()
        self.saved.emit(result)

    def _refused(self, refused: Refused) -> None:
        self._set_busy(False)
        self._keeper.resume()
        self.show_problems(refused.problems)
        self.held.emit(refused)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.save_button.setEnabled(not busy)
