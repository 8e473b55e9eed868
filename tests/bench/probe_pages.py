"""The product's window over a laptop with a complete case, worked as a person would: cases, print
centre, clauses, checker, register, reading aloud, workspaces. Prints for each kind of work its
longest turn in ms of processor time, and how much memory twenty more openings took, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.domain.ids import RecordId
    from app.ui.shell.window import Window
    from tests.bench.turns import Step, Turns

SETTLED_MS = 2500
AGAIN, WARM_UP, GROWTH = 20, 5, "growth MiB"
PLACES = 24
SWITCHES = ("people", "waiting", "review", "papers", "settings", "cases")


def steps(window: Window, cases: list[RecordId]) -> Iterator[Step]:
    """Everything that is done, in order."""
    from tests.bench.turns import Step

    complete, drafted, other = cases
    yield from switching(window, "workspaces, first visit")
    yield from switching(window, "workspaces, again")
    yield opened(window, "complete case, first opened", complete)
    page = page_of(window)
    yield Step("complete case, scrolled", partial(page._area.verticalScrollBar().setValue, 9999))
    yield opened(window, "second case opened", other)
    yield opened(window, "complete case, opened again", complete)
    yield from print_centre(window)
    yield opened(window, "case with 30 clauses opened", drafted)
    yield from agreement(window)
    yield from register(window)
    yield from memory(window, complete)


def page_of(window: Window) -> Any:
    """The case page: made when the first case was opened."""
    from app.ui.cases.case_page import CasePage

    return window.findChild(CasePage)


def opened(window: Window, kind: str, case_id: RecordId, rest_ms: int = 600) -> Step:
    """A case, from the list to the page with all its sections."""
    from tests.bench.turns import Step

    def there() -> bool:
        page = page_of(window)
        return page is not None and page.view is not None and page.view.case_id == case_id

    return Step(kind, partial(window.open_case, case_id), there, rest_ms)


def switching(window: Window, kind: str) -> Iterator[Step]:
    from tests.bench.turns import Step

    for key in SWITCHES:
        yield Step(f"{kind}", partial(window.show_place, key), rest_ms=400)


def print_centre(window: Window) -> Iterator[Step]:
    """The whole file as it will print, and through it from end to end."""
    from app.ui.cases.papers import FileDialog
    from tests.bench.turns import Step

    documents = page_of(window).sections["documents"]

    def preview() -> Any:
        found = documents.findChildren(FileDialog)
        return found[-1].preview if found else None

    def shown() -> bool:
        return preview() is not None and preview().page_count() > 0

    yield Step("whole file previewed", documents.preview_chosen, shown)
    bar = preview()._area.verticalScrollBar()
    for place in range(PLACES + 1):
        at = bar.maximum() * place // PLACES
        yield Step("whole file scrolled", partial(bar.setValue, at), rest_ms=150)
    yield Step("whole file closed", preview().window().close)


def agreement(window: Window) -> Iterator[Step]:
    """A draft with thirty clauses: its form, a word more, a ready clause, read aloud."""
    from app.ui.cases.clause_picker import ClausePicker
    from app.ui.cases.reading_window import ReadingWindow
    from tests.bench.turns import Step

    section = page_of(window).sections["agreement"]
    yield Step("form of 30 clauses opened", section.begin, lambda: section.editor is not None, 900)
    card = section.editor.form.fields["clauses"].cards[0]
    words = card.text.value()
    for text in (words.replace("尽快", "2026年12月1日前"), words, words + "，适当补偿", words):
        yield Step("checker after a word", partial(typed, card, text), rest_ms=900)
    bank = section.editor.form.fields["clauses"].open_bank
    yield Step("clause picker opened", bank, lambda: bool(window.findChildren(ClausePicker)))
    picker: Any = window.findChild(ClausePicker)
    for text in ("fenqi", "钱", ""):
        yield Step("clause picker searched", partial(picker.search.setText, text))
    for _ in range(4):
        step = partial(step_down, picker)
        yield Step("clause picker, next clause", step)
    yield Step("clause picker closed", picker.close)
    yield Step("form of 30 clauses closed", section.editor.closed.emit)
    current = section.view.agreement()
    window_of = partial(section.findChildren, ReadingWindow)
    yield Step(
        "reading page opened", partial(section.read_aloud, current), lambda: ready(window_of)
    )
    reading = window_of()[-1]
    for page in range(1, 5):
        yield Step("reading page, next", partial(reading.go_to_page, page), rest_ms=100)
    yield Step("reading page closed", reading.close)


def ready(found: Callable[[], list[Any]]) -> bool:
    return bool(found()) and found()[-1].view is not None


def typed(card: Any, text: str) -> None:
    """As when somebody wrote it: the field says that it was changed."""
    card.text.set_value(text)
    card.text.edited.emit()


def step_down(picker: Any) -> None:
    picker.list.setCurrentIndex(picker.model.beside(picker.list.currentIndex(), 1))


def register(window: Window) -> Iterator[Step]:
    """The register of five hundred numbers."""
    from app.ui.papers.register import Register
    from tests.bench.turns import Step

    yield Step("register of 500 numbers shown", partial(window.show_place, "papers"))
    pane: Any = window.findChild(Register)
    # One condition, read where it is used.
    done = lambda: pane.book is not None and len(pane.book.lines) >= 500  # noqa: E731
    yield Step("register of 500 numbers shown", pane.reload, done, 500)
    bar = pane.table.verticalScrollBar()
    for place in range(PLACES + 1):
        at = bar.maximum() * place // PLACES
        yield Step("register of 500 numbers scrolled", partial(bar.setValue, at), rest_ms=60)


def memory(window: Window, case_id: RecordId) -> Iterator[Step]:
    """The complete case opened and left: after some rounds nothing more may be kept."""
    from tests.bench.probe_heshi import pss_mib
    from tests.bench.turns import Step

    window.show_place("cases")
    page = window.page("cases")
    assert page is not None
    before: list[float] = []
    for number in range(WARM_UP + AGAIN):
        yield opened(window, "", case_id, 350)
        # Which class stands there is known here, not to the checker.
        yield Step("", page.show_list, rest_ms=50)  # type: ignore[attr-defined]
        if number == WARM_UP - 1:
            before.append(pss_mib())
    told[GROWTH] = pss_mib() - before[0]


told: dict[str, float] = {}


def main() -> None:
    from app import main as program
    from tests.bench.probe_heshi import when_window_is_loaded

    cases = sys.argv[2:]

    def watch() -> None:
        from PySide6.QtCore import QTimer

        from app.ui.shell import window
        from tests.bench.turns import Script, Turns

        shown = window.Window.show
        turns: Turns = Turns()

        def finished(stuck: str, made: Window) -> None:
            turns.stop()
            told.update(turns.longest)
            if stuck:
                sys.stderr.write(f"never done: {stuck}\n")
                os._exit(1)
            made.close()

        def work(made: Window) -> None:
            # Which class stands there is known here, not to the checker.
            made.turns = turns  # type: ignore[attr-defined]
            # Which class stands there is known here, not to the checker.
            made.script = Script(guarded(made), turns, partial(finished, made=made))  # type: ignore[attr-defined]
            turns.start()
            # Which class stands there is known here, not to the checker.
            made.script.start()  # type: ignore[attr-defined]

        def guarded(made: Window) -> Iterator[Step]:
            try:
                # Values of a test are put together by name; the record checks them.
                yield from steps(made, cases)  # type: ignore[arg-type]
            except BaseException:
                traceback.print_exc()
                os._exit(1)

        def show(self: window.Window) -> None:
            QTimer.singleShot(SETTLED_MS, partial(work, self))
            shown(self)

        # A probe looks at the real class from outside.
        window.Window.show = show  # type: ignore[assignment, method-assign]

    when_window_is_loaded(watch)
    program.main(["--data", sys.argv[1]])
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
