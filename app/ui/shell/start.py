"""From a process to a window, in the order that makes the start short, and back to nothing when it
closes.

The records worker unlocks the store while the GUI thread still loads Qt.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app import paths
from app.domain.problems import Problem, ProblemCode, Refused
from app.ui.runtime import fonts, input_method
from app.ui.runtime.changes import Changes
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.preferences import Preferences
from app.ui.runtime.worker import Worker
from app.ui.shell.one_window import take_lock

if TYPE_CHECKING:
    from app.ui.shell.backstage import Backstage


class _LateDoor:
    """The door that `Jobs` knows before the real doors, which need widgets, are loaded."""

    def __init__(self) -> None:
        self.refused: Callable[[Refused], None] = _nobody
        self.broken: Callable[[BaseException], None] = _nobody


def _nobody(error: BaseException) -> None:
    raise error


def run(
    backstage: Backstage,
    preferences: Preferences,
    language: str,
    password: str | None,
    records: Worker | None = None,
) -> int:
    """Shows the window until it is closed. 0, or 3 when another window has the records.

    `records` is a worker that may be busy with unlocking already.
    """
    try:
        lock = take_lock(backstage.data)
    except Refused as refusal:
        return _refuse_start(refusal, preferences, language)
    try:
        return _window(backstage, preferences, language, password, records)
    except Exception as error:  # our bug, before there was a door to show it
        return _fail(error, backstage, language)
    finally:
        lock.close()


def _window(
    backstage: Backstage,
    preferences: Preferences,
    language: str,
    password: str | None,
    records: Worker | None,
) -> int:
    door, changes = _LateDoor(), Changes()
    jobs = Jobs(changes, door, records=records)
    early = EarlyUnlock(jobs, backstage, password)
    fonts.before_application(paths.cache_folder(backstage.data))
    input_method.before_application()

    from PySide6.QtWidgets import QApplication

    from app.ui.runtime import theme
    from app.ui.shell.translators import use_language
    from app.ui.shell.window import Window

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    fonts.after_application()
    translators = use_language(application, language)
    theme.apply(application, preferences.get("theme", "light"))
    window = Window(preferences)
    taken_off: list[Callable[[], None]] = []

    def go_on() -> None:
        """The frame is on the screen; now what stands behind it is loaded."""
        from app.ui.runtime.reports import install_hooks
        from app.ui.shell.doors import Doors
        from app.ui.shell.opening import Opening

        doors = Doors(lambda: backstage.version, paths.logs(backstage.data))
        door.refused, door.broken, doors.window = doors.refused, doors.broken, window
        taken_off.append(install_hooks(doors.broken))
        window.setProperty("doors", doors)  # lives as long as the window
        opening = Opening(window, jobs, changes, doors, backstage, preferences)
        opening.opened.connect(_collect_again)
        opening.expect(early)

    window.painted.connect(go_on)
    window.show()
    code = application.exec()
    jobs.run_records(jobs, backstage.close_quick)
    quiet = jobs.stop()
    for take_off in taken_off:
        take_off()
    backstage.close()
    del translators
    if not quiet:
        os._exit(code)  # the wire still waits for an answer; what it does is safe to repeat
    return code


def _collect_again() -> None:
    """What the start has loaded stays for good: the collector need not look at it again."""
    gc.freeze()
    gc.enable()


def _fail(error: Exception, backstage: Backstage, language: str) -> int:
    """No window came of it: a report in the logs, and a sentence where somebody may read it."""
    from app.ui.runtime.problems import sentence
    from app.ui.runtime.reports import keep_report, report_of

    file = keep_report(report_of(error, backstage.version), paths.logs(backstage.data))
    text = sentence(Problem(ProblemCode.OUR_BUG), language)
    print(f"heshi: {text}", file or "", file=sys.stderr)  # noqa: T201  # there is no window
    return 1


class EarlyUnlock:
    """The vault, opened while Qt is still being loaded: to turn a password into a key takes longest
    and needs no Python. What came of it waits until somebody listens.
    """

    def __init__(self, jobs: Jobs, backstage: Backstage, password: str | None) -> None:
        self._jobs, self._backstage, self._password = jobs, backstage, password
        self._unlocked: Callable[[bool], None] | None = None
        self._refused: Callable[[Refused], None] | None = None
        self._news: Callable[[], None] | None = None
        self.again()

    def again(self) -> None:
        """Tries to unlock; also once more after a refusal."""
        self._jobs.run_records(self._jobs, self._unlock, self._done, self._failed)

    def listen(self, unlocked: Callable[[bool], None], refused: Callable[[Refused], None]) -> None:
        """`unlocked` is told True when it is open, False where there is no vault yet."""
        self._unlocked, self._refused = unlocked, refused
        news, self._news = self._news, None
        if news is not None:
            news()

    def _unlock(self) -> bool:
        if not self._backstage.has_vault():
            return False
        self._backstage.unlock(self._password)
        return True

    def _done(self, is_open: bool) -> None:
        if self._unlocked is not None:
            self._unlocked(is_open)
        else:
            self._news = partial(self._done, is_open)

    def _failed(self, refusal: Refused) -> None:
        if self._refused is not None:
            self._refused(refusal)
        else:
            self._news = partial(self._failed, refusal)


def _refuse_start(refusal: Refused, preferences: Preferences, language: str) -> int:
    """No window on these records: one plain sentence, then the end."""
    from PySide6.QtWidgets import QApplication

    from app.ui.runtime import theme
    from app.ui.runtime.problems import sentences
    from app.ui.shell.doors import SentenceDialog
    from app.ui.shell.translators import use_language

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    translators = use_language(application, language)
    theme.apply(application, preferences.get("theme", "light"))
    text = sentences(refusal, language)
    print(f"heshi: {text}", file=sys.stderr)  # noqa: T201  # for whoever started it from a terminal
    dialog = SentenceDialog(application.translate("Start", "和事"), text)
    dialog.exec()
    dialog.deleteLater()
    del translators
    return 3
