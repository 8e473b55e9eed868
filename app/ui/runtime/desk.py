"""What a workspace gets from the shell: jobs, changes, the county's practice, the printshop, and a
few doors. Never a window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.domain.problems import Refused
from app.services.pack_texts import county_name
from app.ui.runtime.changes import Changes
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.office import Office
from app.ui.runtime.preferences import Preferences
from app.ui.runtime.texts import document_name

if TYPE_CHECKING:
    from app.domain.ids import RecordId
    from app.services.paper_checking import PaperReport
    from app.services.ports import (
        PaperSigner,
        Practice,
        Preview,
        Printshop,
        ScanReader,
        UnitOfWork,
    )


class OpenCase(Protocol):
    """Shows a case; `target` names a section or field of it, such as ``agreement.clauses``."""

    def __call__(self, case_id: RecordId, target: str = "") -> None: ...


@dataclass(frozen=True)
class PaperCraft:
    """What is done with papers beside setting them in type; all of it on the records worker.

    `seal` gives the signer as the store has it now, `check` reads what a PDF's seal says, `scans`
    makes clean pages of pictures. Loaded with their first use.
    """

    seal: Callable[[UnitOfWork], PaperSigner]
    check: Callable[[UnitOfWork, bytes], PaperReport]
    scans: ScanReader


@dataclass(frozen=True)
class Desk:
    """Handed to every workspace. `language` is ``zh_CN`` or ``en``.

    `show_problem` opens a plain dialog for a refusal that belongs to no field; `say` puts one
    sentence into the status line for some seconds; `go` shows a workspace by its key and hands it a
    target.
    """

    jobs: Jobs
    changes: Changes
    practice: Practice
    printshop: Printshop
    preview: Preview
    craft: PaperCraft
    language: str
    preferences: Preferences
    office: Office
    open_case: OpenCase
    show_problem: Callable[[Refused], None]
    say: Callable[[str], None]
    go: Callable[[str, str], None]

    def document_name(self, kind: str) -> str:
        """What people here call a kind of paper: the county's name, or the usual one."""
        own = county_name(self.practice, kind, self.language)
        return own or document_name(kind, self.language)
