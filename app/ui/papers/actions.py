"""The verbs of this workspace: each is a function of a unit of work, to be given to `jobs.run`.
Never touches a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.domain.problems import ProblemCode, refuse

if TYPE_CHECKING:
    from app.domain.completeness import DocumentKind
    from app.services.paper_checking import PaperReport
    from app.services.paper_values import Printed, RegisterLine
    from app.services.ports import Practice, Printshop, UnitOfWork
    from app.services.recent_prints import PrintLine

T = TypeVar("T")
Work = Callable[["UnitOfWork"], T]
REGISTER = "number_register"
PRINTS_SHOWN = 300
LIMIT_MB = 200


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """The numbers of one committee and year; `years` that have numbers or blocks, newest first;
    `start` the last serial of the paper register, or 0.
    """

    committee: str
    year: int
    years: tuple[int, ...]
    lines: tuple[RegisterLine, ...]
    start: int = 0


def read_register(year: int | None, practice: Practice) -> Work[RegisterBook]:
    """The own committee's register of a calendar year, of this one for None."""

    def work(uow: UnitOfWork) -> RegisterBook:
        from app.domain.committees import Committee
        from app.domain.numbering import IssuedNumber, NumberBlock
        from app.services.number_register import register_lines
        from app.services.numbers import start_of

        committee_id, wanted = uow.actor.committee_id, year or uow.today().year
        if committee_id is None:
            return RegisterBook("", wanted, (wanted,), ())
        issued = {one.year for one in uow.records.all(IssuedNumber)}
        lent = {one.year for one in uow.records.all(NumberBlock)}
        committee = uow.records.find(Committee, committee_id)
        return RegisterBook(
            committee.name if committee else "",
            wanted,
            tuple(sorted(issued | lent | {wanted, uow.today().year}, reverse=True)),
            register_lines(uow, committee_id, wanted, practice),
            start_of(uow, committee_id, wanted),
        )

    return work


def print_register(book: RegisterBook, printshop: Printshop) -> Work[Printed]:
    """The register book in its legal form; without lines an empty one to write in."""

    def work(uow: UnitOfWork) -> Printed:
        values = {"committee": book.committee, "year": book.year, "lines": book.lines}
        return printshop.make_loose(REGISTER, values, uow.today())

    return work


def make_blank(kind: DocumentKind, printshop: Printshop) -> Work[Printed]:
    """An empty form with the committee's name."""

    def work(uow: UnitOfWork) -> Printed:
        from app.services.papers import make_blank as make

        return make(uow, printshop, kind)

    return work


def check_paper(path: Path, check: Callable[[UnitOfWork, bytes], PaperReport]) -> Work[PaperReport]:
    """What the seal of a file says; the file is only read. Raises `Refused` FILE_UNREADABLE,
    FILE_TOO_LARGE.
    """

    def work(uow: UnitOfWork) -> PaperReport:
        limit = LIMIT_MB * 1024 * 1024
        try:
            with path.open("rb") as file:
                found = file.read(limit + 1)
        except OSError:
            raise refuse(ProblemCode.FILE_UNREADABLE) from None
        if len(found) > limit:
            raise refuse(ProblemCode.FILE_TOO_LARGE, "", limit_mb=LIMIT_MB)
        return check(uow, found)

    return work


def read_prints(uow: UnitOfWork) -> tuple[PrintLine, ...]:
    """The newest prints of all cases."""
    from app.services.recent_prints import recent_prints

    return recent_prints(uow, PRINTS_SHOWN)
