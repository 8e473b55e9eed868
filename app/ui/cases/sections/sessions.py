"""The mediation sessions.

Begun, written, concluded. The hard stops stand beside the button before it is pressed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.sessions import Session, SessionStep, step_text
from app.ui.cases import actions
from app.ui.cases.editor import Editor, Values
from app.ui.cases.labels import day_words, listed, mediator_names
from app.ui.cases.next_step import NextStep, stops
from app.ui.cases.reading import shortened
from app.ui.cases.sections.section import CaseSection
from app.ui.cases.session_form import SessionForm, session_from, session_values
from app.ui.cases.stop_notes import StopNotes
from app.ui.cases.view import CaseView
from app.ui.cases.voiding import VoidForm
from app.ui.runtime.desk import Desk
from app.ui.runtime.marks import override
from app.ui.runtime.texts import SESSION_OUTCOME_NAMES, SESSION_STEP_NAMES, name_of
from app.ui.widgets.frame import empty

if TYPE_CHECKING:
    from app.ui.cases.actions import Work


class SessionsSection(CaseSection):
    """All sessions, and the one that is being written."""

    key = "sessions"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("调解"), parent)
        self._cards_holder, self._cards = self.column()
        self._notes = StopNotes(desk)
        self._notes.wanted.connect(self.wanted)
        self.content_layout.addWidget(self._notes)
        self._open = self.verb(self.tr("开始调解"), "open-session")
        self._open.clicked.connect(self.open_session)
        self._asked = False

    @override
    def show_case(self, view: CaseView) -> None:
        super().show_case(view)
        empty(self._cards)
        for session in view.file.sessions:
            self._cards.addWidget(self._card(view, session))
        found = stops(NextStep.OPEN_SESSION, view.file, view.today)
        self._open.setEnabled(not found)
        first = not view.file.living_sessions
        self._open.setText(self.tr("开始调解") if first else self.tr("再开一次"))
        self._notes.show_stops(found if not view.read_only else [])
        self.show_reading(self.editor is None)
        if self.editor is None and not view.read_only:
            kept = next((s for s in view.file.sessions if f"session:{s.id}" in view.drafts), None)
            if kept is not None:
                self.edit(kept)

    @override
    def begin(self) -> None:
        """Goes on with the open session, or begins one."""
        if self.view is None or self.editor is not None or self.view.read_only:
            return
        unfinished = [one for one in self.view.file.living_sessions if one.outcome is None]
        if unfinished:
            self.edit(unfinished[-1])
        else:
            self.open_session()

    def open_session(self) -> None:
        """Begins a session of today. A refusal is said where the button is."""
        if self.view is None or self._asked:
            return
        self._asked = True
        work = actions.open_session(self.view.case_id)
        self.desk.jobs.run(self, work, self._opened, self._refused)

    def edit(self, session: Session) -> None:
        view = self.view
        if view is None or view.read_only:
            return
        parties = tuple(one.id for one in view.file.living_parties)

        def work_of(values: Values) -> Work[Any]:
            return actions.save_session(session_from(values, session, parties), session)

        def conclude(values: Values) -> Work[Any]:
            return actions.conclude_session(session_from(values, session, parties), session)

        form = SessionForm(self.desk, view)
        editor = Editor(self.desk, form, f"session:{session.id}", work_of)
        done = QPushButton(self.tr("这次调解结束"))
        done.setObjectName("conclude")
        done.clicked.connect(lambda: editor.run(conclude))
        editor.add_button(done)
        self.open_editor(editor)
        editor.open_with(session_values(session))

    @override
    def go_to(self, field: str, owner_id: str = "") -> None:
        view = self.view
        session = None
        if view is not None:
            session = next((one for one in view.file.sessions if one.id == owner_id), None)
        if session is not None and self.editor is None:
            self.edit(session)
        elif self.editor is None and field not in ("", "sessions"):
            self.begin()
        self.focus_editor(field)

    @override
    def show_reading(self, shown: bool) -> None:
        view = self.view
        self._cards_holder.setVisible(shown)
        can = shown and view is not None and not view.read_only
        self._open.setVisible(can)
        self._notes.setVisible(can and bool(self._notes.text()))

    def _opened(self, session: Session) -> None:
        self._asked = False
        if self.editor is None:
            self.edit(session)

    def _refused(self, refused: Any) -> None:
        self._asked = False
        self._notes.show_problems(refused.problems)

    def _card(self, view: CaseView, session: Session) -> QWidget:
        card = QFrame()
        card.setObjectName("recordCard")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        head = QHBoxLayout()
        title = QLabel(self._title(session))
        title.setProperty("role", "strong")
        title.setWordWrap(True)
        head.addWidget(title, 1)
        if not view.read_only and not session.void_reason:
            edit = QPushButton(self.tr("修改") if session.outcome else self.tr("接着记"))
            edit.clicked.connect(lambda _=False, one=session: self.edit(one))
            head.addWidget(edit)
            void = QPushButton(self.tr("作废"))
            void.setFlat(True)
            void.clicked.connect(lambda _=False, one=session: self._void(one))
            head.addWidget(void)
        layout.addLayout(head)
        for text in self._lines(view, session):
            said = QLabel(text)
            said.setWordWrap(True)
            layout.addWidget(said)
        return card

    def _title(self, session: Session) -> str:
        words = [self.tr("第 {number} 次").format(number=session.ordinal)]
        if session.held_on:
            words.append(day_words(self.desk, session.held_on))
        words.append(session.place)
        if session.outcome:
            words.append(name_of(SESSION_OUTCOME_NAMES, session.outcome, self.desk.language))
        else:
            words.append(self.tr("还没记完"))
        if session.void_reason:
            words.append(self.tr("已作废：{reason}").format(reason=session.void_reason))
        return " · ".join(one for one in words if one)

    def _lines(self, view: CaseView, session: Session) -> list[str]:
        if session.void_reason:
            return []
        names = view.file.names()
        there = [names.get(one.party_id, "") for one in session.attendance if one.present]
        shown = listed(self.desk, there)
        lines = [self.tr("到场：{names}").format(names=shown)] if there else []
        if session.mediator_ids:
            who = mediator_names(self.desk, view, session.mediator_ids)
            lines.append(self.tr("调解员：{names}").format(names=who))
        for step in SessionStep:
            text = step_text(session, step)
            if text:
                name = name_of(SESSION_STEP_NAMES, step, self.desk.language)
                lines.append(self.tr("{name}：{text}").format(name=name, text=shortened(text)))
        return lines

    def _void(self, session: Session) -> None:
        def work_of(values: Values) -> Work[Any]:
            return actions.void_session(session.id, values["void_reason"])

        form = VoidForm()
        editor = Editor(self.desk, form, f"void:{session.id}", work_of, verb=self.tr("作废"))
        self.open_editor(editor)
        editor.open_with({"void_reason": ""})
