"""The verbs of paper: made, printed, asked about. Each is a function of a unit of work, to be given
to `jobs.run`. Never touches a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.printing import CameOut, Printing

if TYPE_CHECKING:
    from app.services.paper_values import Printed, PrintedFile
    from app.services.papers import FileChoice
    from app.services.ports import PaperSigner, Practice, Printshop, UnitOfWork
    from app.services.print_log import PaperState

T = TypeVar("T")
Work = Callable[["UnitOfWork"], T]
Seal = Callable[["UnitOfWork"], "PaperSigner"]


def make_paper(
    printshop: Printshop,
    practice: Practice,
    case_id: RecordId,
    kind: str,
    subject_id: RecordId,
    seal: Seal | None = None,
) -> Work[Printed]:
    """One paper; a frozen text is sealed when there is a `seal`, which is what a file needs."""

    def work(uow: UnitOfWork) -> Printed:
        from app.services.file_light import document_rules
        from app.services.papers import make_paper as make

        signer, rules = seal(uow) if seal else None, document_rules(practice)
        made = make(uow, printshop, case_id, kind, subject_id, signer, rules=rules)
        if signer is not None:
            uow.commit()  # the key for papers is made with its first use
        return made

    return work


def make_file(
    printshop: Printshop,
    practice: Practice,
    case_id: RecordId,
    choice: FileChoice,
    seal: Seal | None = None,
) -> Work[PrintedFile]:
    """Several papers in one PDF, in the order of the file."""

    def work(uow: UnitOfWork) -> PrintedFile:
        from app.services.file_light import document_rules
        from app.services.papers import make_file as make

        signer, rules = seal(uow) if seal else None, document_rules(practice)
        made = make(uow, printshop, signer, case_id, choice, rules=rules)
        if signer is not None:
            uow.commit()  # the key for papers is made with its first use
        return made

    return work


def make_blank(printshop: Printshop, case_id: RecordId, kind: DocumentKind) -> Work[Printed]:
    """An empty form with what the case knows of its head."""

    def work(uow: UnitOfWork) -> Printed:
        from app.services.papers import make_blank as make

        return make(uow, printshop, kind, case_id)

    return work


def print_states(
    printshop: Printshop, practice: Practice, case_id: RecordId
) -> Work[tuple[PaperState, ...]]:
    """All papers of the file with their prints."""

    def work(uow: UnitOfWork) -> tuple[PaperState, ...]:
        from app.services.file_light import document_rules
        from app.services.papers import print_states as states

        return states(uow, printshop, case_id, rules=document_rules(practice))

    return work


def log_print(printing: Printing, printshop: Printshop, practice: Practice) -> Work[Printing]:
    """Notes a print with the moment at which it is noted."""

    def work(uow: UnitOfWork) -> Printing:
        from app.services.file_light import document_rules
        from app.services.papers import log_print as log

        printed = replace(printing, at=uow.now())
        return log(uow, printed, printshop, rules=document_rules(practice))

    return work


def say_came_out(
    printing_id: RecordId, came_out: CameOut, reason: str = "", sheets: int = 0
) -> Work[Printing]:
    """What somebody said of the sheets."""

    def work(uow: UnitOfWork) -> Printing:
        from app.services.papers import say_came_out as say

        return say(uow, printing_id, came_out, reason, sheets)

    return work
