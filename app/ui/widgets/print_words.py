"""A print in words: when, what, how it came out. Never a sentence about a problem."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.printing import CameOut, Printing
from app.ui.runtime.desk import Desk
from app.ui.runtime.moments import moment_text

NAMED_AT_MOST = 3


def moment(at: datetime) -> str:
    """Local day and minute."""
    return moment_text(at)


def what(printing: Printing, desk: Desk) -> str:
    """The whole file, or the papers by their names."""
    if printing.whole_file:
        return QCoreApplication.translate("Prints", "整卷")
    kinds = dict.fromkeys(one.kind for one in printing.papers)
    names = [desk.document_name(kind) for kind in kinds]
    shown = QCoreApplication.translate("Prints", "、").join(names[:NAMED_AT_MOST])
    if len(names) > NAMED_AT_MOST:
        text = QCoreApplication.translate("Prints", "{names}等 {count} 样")
        return text.format(names=shown, count=len(names))
    return shown


def came_out(printing: Printing) -> str:
    """What was said of the sheets, with the reason for spoiled ones."""
    translate = QCoreApplication.translate
    if printing.came_out is CameOut.WELL:
        return translate("Prints", "印好了")
    if printing.came_out is CameOut.NOT_SAID:
        return translate("Prints", "还没说")
    text = translate("Prints", "印坏 {count} 张：{reason}")
    return text.format(count=printing.spoiled_sheets, reason=printing.spoiled_reason)
