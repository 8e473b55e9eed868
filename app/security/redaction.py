"""What may be written down about a run: codes, ids and counts.

Names, numbers and texts of people never reach a log or a core file.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

LOG_NAME = "heshi.log"
LOG_BYTES = 1024 * 1024
LOG_COPIES = 3
WITHHELD = "·"

_KNOWN = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"  # an id of ours
    r"|\b[0-9a-f]{64}\b"  # a hash
)
# Whatever is not ASCII may be a name; a long run of digits may be a telephone or an identity
# number.
_PERSONAL = re.compile(r"[^\x00-\x7f]+|\d[\d -]{5,}[\dXx]")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_PR_SET_DUMPABLE = 4


class Redacted(logging.Formatter):
    """One line for each record: time, level, logger, words of the program.

    Foreign loggers give no words at all.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    @override
    def format(self, record: logging.LogRecord) -> str:
        words = record.getMessage() if record.name.split(".")[0] == "app" else WITHHELD
        shown = logging.LogRecord(
            record.name, record.levelno, record.pathname, record.lineno, redact(words), None, None
        )
        shown.created, shown.msecs = record.created, record.msecs
        error = record.exc_info[1] if record.exc_info else None
        return super().format(shown) + (f" | {trace(error)}" if error else "")


def redact(text: str) -> str:
    """`text` in one line, without what may be personal: anything quoted, anything but ASCII, long
    numbers.
    """
    flat = " ".join(_QUOTED.sub(WITHHELD, text).split())
    pieces, end = [], 0
    for known in _KNOWN.finditer(flat):
        pieces += [_PERSONAL.sub(WITHHELD, flat[end : known.start()]), known.group()]
        end = known.end()
    return "".join(pieces) + _PERSONAL.sub(WITHHELD, flat[end:])


def trace(error: BaseException) -> str:
    """Where a bug happened: types, files, lines and functions, the innermost last.

    No message: it may quote what was typed.
    """
    frames = traceback.extract_tb(error.__traceback__)
    steps = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
    cause = error.__cause__ or error.__context__
    return " > ".join([type(error).__name__, *steps]) + (f" < {trace(cause)}" if cause else "")


def start_log(folder: Path) -> logging.Handler:
    """Logging into `folder` (made when missing), at most 4 MB in all.

    Remove and close the handler to stop.

    A folder that cannot be written costs the log, never the start.
    """
    handler: logging.Handler
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=LOG_COPIES, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(Redacted())
    handler.setLevel(logging.INFO)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # Prints records, with their texts, to the terminal when writing fails.
    logging.raiseExceptions = False
    return handler


def no_core_dumps() -> None:
    """No core file of this process: it would hold keys and names.

    Where the system knows no such wish, nothing happens.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
