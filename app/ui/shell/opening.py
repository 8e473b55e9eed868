"""From the empty frame to the first list: unlock, or ask for the password, or welcome, or say
plainly why it does not open.

Everything slow happens on the records worker; the window answers all the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from app.domain.problems import ProblemCode, Refused
from app.services.lines import Change, SyncStatus
from app.ui.runtime.changes import Changes
from app.ui.runtime.desk import Desk
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.language import language
from app.ui.runtime.marks import override
from app.ui.runtime.office import About, Finding, StickRead
from app.ui.runtime.preferences import Preferences
from app.ui.shell.backstage import Backstage, FirstLook
from app.ui.shell.courier import Courier
from app.ui.shell.doors import Doors
from app.ui.shell.window import Window
from app.ui.shell.workspaces import load_first

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget

    from app.services.ports import UnitOfWork
    from app.services.usb import UsbExport, UsbProgress

PATIENCE_MS = 400
_MOVES = frozenset(
    {
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.KeyPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class Early(Protocol):
    """Unlocking that goes on already."""

    def again(self) -> None:
        """Tries once more."""
        ...

    def listen(self, unlocked: Callable[[bool], None], refused: Callable[[Refused], None]) -> None:
        """`unlocked` is told whether there was a vault to open."""
        ...


_PASSWORD = frozenset({ProblemCode.PASSWORD_NEEDED, ProblemCode.WRONG_PASSWORD})


class Opening(QObject):
    """Leads the window from its first paint to its work.

    Signals:
        opened(): the first workspace is shown.
        loaded(): the whole store is in memory.
    """

    opened = Signal()
    loaded = Signal()

    def __init__(
        self,
        window: Window,
        jobs: Jobs,
        changes: Changes,
        doors: Doors,
        backstage: Backstage,
        preferences: Preferences,
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._changes, self._doors = window, jobs, changes, doors
        self._backstage, self._preferences = backstage, preferences
        self._again: Callable[[], None] = lambda: None
        self._asked_status = self._warmed = False
        self.desk: Desk | None = None
        self._first_move: FirstMove | None = None
        self.courier = Courier(jobs, changes, backstage, self)
        self._slow = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._slow.timeout.connect(window.say_opening)
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(window.status.refresh)
        jobs.open_unit = backstage.unit
        changes.happened.connect(self._changed)
        window.status.send_wanted.connect(self.courier.send_now)
        self.courier.moved.connect(window.status.show_sending)
        window.status.follow(self.courier.contact)
        self.courier.told.connect(window.status.say)
        window.closing.connect(self._closing)

    def expect(self, early: Early) -> None:
        """Takes up the unlocking that was begun before the window was there."""
        self._again = early.again
        self._slow.start()
        early.listen(self._unlocked, self._stopped)
        QTimer.singleShot(0, self, load_first)

    def begin(self) -> None:
        """Tries once more to open the records."""
        self._slow.start()
        self._again()

    # --- the ways in ---

    def _unlocked(self, is_open: bool) -> None:
        if is_open:
            self._jobs.run_records(self, self._backstage.first_look, self._looked, self._stopped)
        else:
            self._jobs.run_records(self, self._backstage.keyring_name, self._new_here)

    def _new_here(self, keyring: str) -> None:
        self._slow.stop()
        self._welcome(keyring=bool(keyring), ask_password=True)

    def _looked(self, look: FirstLook) -> None:
        self._slow.stop()
        if look.set_up:
            self._open(look)
        else:
            self._welcome(keyring=True, ask_password=False)

    def _stopped(self, refusal: Refused) -> None:
        from app.ui.shell.password import PasswordPage

        self._slow.stop()
        if refusal.first.code in _PASSWORD:
            page = PasswordPage()
            page.given.connect(lambda typed: self._try_password(page, typed))
            self._window.show_alone(page)
            page.field.setFocus()
            if refusal.first.code is ProblemCode.WRONG_PASSWORD:
                page.refuse(refusal)
            return
        self._notice(refusal)

    def _try_password(self, page: QObject, typed: str) -> None:
        from app.ui.shell.password import PasswordPage

        def unlock() -> FirstLook:
            self._backstage.unlock(typed)
            return self._backstage.first_look()

        def refused(refusal: Refused) -> None:
            if refusal.first.code in _PASSWORD and isinstance(page, PasswordPage):
                page.refuse(refusal)
            else:
                self._notice(refusal)

        self._jobs.run_records(page, unlock, self._looked, refused)

    def _notice(self, refusal: Refused) -> None:
        from app.ui.shell.notice import NoticePage

        page = NoticePage(refusal, str(self._backstage.data))
        page.again.connect(self.begin)
        page.leave.connect(self._window.close)
        self._window.show_alone(page)

    def _welcome(self, *, keyring: bool, ask_password: bool) -> None:
        from app.ui.shell.first_start import FirstAnswers, FirstStartPage

        page = FirstStartPage(
            keyring=keyring,
            ask_password=ask_password,
            read_regions=lambda owner, done: self._jobs.run_records(
                owner, self._backstage.regions, done
            ),
        )

        def answered(answers: FirstAnswers) -> None:
            def create() -> None:
                if ask_password:
                    self._backstage.create(answers.password)

            def set_up() -> None:
                from app.services.committees import set_up

                committee, mediator = answers.committee, answers.mediator
                if committee is None or mediator is None:
                    enrol()
                    return
                self._jobs.run(
                    page,
                    lambda unit: set_up(unit, committee, mediator),
                    lambda _none: enrol(),
                    page.refuse,
                )

            def enrol() -> None:
                if not answers.address:
                    self._first_look()
                    return
                self._jobs.run_wire(
                    page,
                    lambda: self._backstage.enrol(self._jobs.unit, answers.address, answers.code),
                    lambda _none: self._first_look(),
                    later,
                )

            def later(refusal: Refused) -> None:
                """A stored committee can be enrolled later in the settings; without one the page
                stays.
                """
                if answers.committee is None:
                    page.refuse(refusal)
                    return
                self._first_look()
                self._doors.refused(refusal)

            self._jobs.run_records(page, create, lambda _none: set_up(), page.refuse)

        page.answered.connect(answered)
        self._window.show_alone(page)

    def _first_look(self) -> None:
        self._jobs.run_records(self, self._backstage.first_look, self._open, self._notice)

    # --- at work ---

    def _open(self, look: FirstLook) -> None:
        self._jobs.lists, self._jobs.open_reading = look.lists, look.reading
        self.desk = Desk(
            jobs=self._jobs,
            changes=self._changes,
            practice=look.practice,
            printshop=look.printshop,
            preview=look.preview,
            craft=look.craft,
            language=language(),
            preferences=self._preferences,
            office=WindowOffice(self._backstage, self._jobs, self.courier),
            open_case=self._window.open_case,
            show_problem=self._doors.refused,
            say=self._window.status.say,
            go=self._window.show_place,
        )
        self._window.open_desk(self.desk)
        self._know(look.status)
        self._minute.start()
        self.opened.emit()
        self._first_move = FirstMove(self._window, self._warm)

    def _warm(self, step: int = 0) -> None:
        """Loads the rest piece by piece, so that what a person asks meanwhile comes in between."""

        def done(more: bool) -> None:
            if more:
                self._warm(step + 1)
            else:
                self._warmed = True
                self.loaded.emit()
                self._ask_status()

        self._jobs.run_records(self, lambda: self._backstage.warm(step), done)

    def _changed(self, change: Change) -> None:
        self.courier.nudge(change)
        self._ask_status()

    def _ask_status(self) -> None:
        if not self._asked_status and self.desk is not None:
            self._asked_status = True
            self._jobs.look(self, lambda lists: lists.status(), self._know)

    def _know(self, status: SyncStatus) -> None:
        self._asked_status = False
        self.courier.know(status)
        if status.conflicts and self._warmed:
            self._jobs.run(self, _to_settle, lambda others: self._show_status(status, others))
        else:  # the first look does not wait for what reads journals
            self._show_status(status)

    def _show_status(self, status: SyncStatus, others: int = 0) -> None:
        """`others`: entries of others that who is at the keyboard may settle need a person too."""
        status = replace(status, attention=status.attention + others)
        self._window.status.show_status(status)
        self._window.rail.set_count(
            "waiting",
            self.tr("待上报"),
            status.waiting + status.attention if status.enrolled else 0,
        )

    def _closing(self) -> None:
        self._slow.stop()
        self._minute.stop()
        if self._first_move is not None:
            self._first_move.stop()
        self.courier.stop()


def _to_settle(uow: UnitOfWork) -> int:
    # Late: what reads journals is loaded with the first conflict, on the worker.
    from app.services.conflicts import to_settle

    return to_settle(uow)


class FirstMove(QObject):
    """Waits for the first move of mouse or keyboard. What is only needed to work is loaded then: a
    window that is merely looked at starts faster and takes less memory.
    """

    def __init__(self, window: QWidget, moved: Callable[[], None]) -> None:
        super().__init__()
        self._moved: Callable[[], None] | None = moved
        # At the frame itself: before a filter for all widgets, Qt for Python would first make ready
        # all kinds of widgets that there are.
        self._frame: QWindow | None = window.windowHandle()
        if self._frame is not None:
            self._frame.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self.go()
        return False

    def go(self) -> None:
        """It has moved; later moves mean nothing."""
        moved, self._moved = self._moved, None
        self.stop()
        if moved is not None:
            moved()

    def stop(self) -> None:
        if self._frame is not None and shiboken6.isValid(self._frame):
            self._frame.removeEventFilter(self)
        self._frame = None


class WindowOffice:
    """Satisfies `runtime.office.Office`."""

    def __init__(self, backstage: Backstage, jobs: Jobs, courier: Courier) -> None:
        self._backstage, self._jobs, self._courier = backstage, jobs, courier
        self.sending = courier.contact
        self.set_password = backstage.set_password
        self.back_up = backstage.back_up
        self.regions = backstage.regions

    def send_now(self) -> None:
        self._courier.send_now()

    def usb_export(self, folder: Path, tell: Callable[[UsbProgress], None]) -> UsbExport:
        return self._backstage.usb_export(self._jobs.unit, folder, tell)

    def usb_read(self, place: Path) -> StickRead:
        return self._backstage.usb_read(self._jobs.unit, place)

    def enrol(self, address: str, code: str) -> None:
        self._backstage.enrol(self._jobs.unit, address, code)

    def look_over(self) -> tuple[Finding, ...]:
        return self._backstage.look_over()

    def about(self) -> About:
        return self._backstage.about()
