"""Reports of our own bugs: where it broke, never what was written there. No exception's text, no
value, no name of a person.

Hooks may run on any thread; they hand the exception on and never touch a widget.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from app.domain.problems import Refused


def report_of(error: BaseException, version: str) -> str:
    """Kinds of exception, files, functions and line numbers; the codes of a refusal."""
    import platform  # late: it is slow to load

    lines = [
        f"heshi {version}  python {platform.python_version()}  "
        f"{platform.system()} {platform.release()}"
    ]
    lines.append(datetime.now(UTC).isoformat(timespec="seconds"))
    chain: BaseException | None = error
    while chain is not None:
        kind = type(chain)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        if isinstance(chain, Refused):
            lines.append("  " + ", ".join(problem.code.value for problem in chain.problems))
        if isinstance(chain, OSError) and chain.errno is not None:
            lines.append(f"  errno {chain.errno}")
        trace = chain.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)
    return "\n".join(lines) + "\n"


def keep_report(text: str, folder: Path) -> Path | None:
    """Writes a report into `folder` (the newest twenty stay); None where that does not go."""
    name = f"report-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        for old in sorted(folder.glob("report-*.txt"))[:-20]:
            old.unlink()
    except OSError:
        return None
    return folder / name


def install_hooks(hand_on: Callable[[BaseException], None]) -> Callable[[], None]:
    """Sends every exception that nobody caught to `hand_on`, from whatever thread; returns what
    takes the hooks off again.
    """
    before, before_threads = sys.excepthook, threading.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
        else:
            hand_on(error)

    def thread_hook(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            hand_on(told.exc_value)

    sys.excepthook, threading.excepthook = hook, thread_hook

    def take_off() -> None:
        sys.excepthook, threading.excepthook = before, before_threads

    return take_off
