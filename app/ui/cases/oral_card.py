"""The oral-case card.

A small quarrel from first word to payment on one page, in under two minutes, by keyboard alone if
wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.ids import RecordId
from app.ui.cases import actions
from app.ui.cases.actions import Keyboard
from app.ui.cases.editor import Editor, Values
from app.ui.cases.one_form_page import OneFormPage
from app.ui.cases.oral_form import OralForm, oral_card
from app.ui.runtime.desk import Desk
from app.ui.widgets.fields import Choice

if TYPE_CHECKING:
    from app.ui.cases.actions import Work

KEY = "oral:new"


class OralCardPage(OneFormPage):
    """The card."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        said = self.tr("事小、当面说定的，在这里一页登记完。存好以后可以马上打印登记表。")
        super().__init__(desk, self.tr("口头小案一页办完"), said, parent)
        self._actor = ""

    def begin(self) -> None:
        """A fresh card with today and whoever sits here."""
        if not self.resume():
            self._desk.jobs.run(self, actions.keyboard(), self._open)

    def _open(self, at: Keyboard) -> None:
        if self.editor is not None:
            return
        self._actor = at.actor
        form = OralForm(self._desk, [Choice(one.id, one.name) for one in at.mediators])
        verb = self.tr("记下，准备打印")
        editor = Editor(self._desk, form, KEY, self._work_of, verb=verb)
        self.show_editor(editor)
        editor.saved.connect(self._saved)
        usual = (at.mediator_id,) if at.mediator_id else tuple(one.id for one in at.mediators[:1])
        editor.open_with(
            {
                "on": at.today,
                "mediator_ids": usual,
                "direction": "1-0",
                "at_once": True,
            }
        )
        form.suit()
        form.focus_first()

    def _work_of(self, values: Values) -> Work[Any]:
        return actions.record_oral(oral_card(values, self._actor), self._desk.practice)

    def _saved(self, case_id: RecordId) -> None:
        self.finish(case_id)
