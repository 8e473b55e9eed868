"""Cases out of a file.

Each case is one unit of work and one commit, a bad one is refused with its place and the others go
in.

Never lets the same case in twice: it is known by the `external_id` of the file, else by its whole
content.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.domain.acts import Act
from app.domain.casefile import CaseFile
from app.domain.cases import Case
from app.domain.ids import RecordId, is_id
from app.domain.problems import Problem, ProblemCode, Refused
from app.services.case_reading import CaseReader
from app.services.casework import put_changes
from app.services.exporting import export_case as export_case
from app.services.import_faults import Rest, clearer, more_problems
from app.services.ports import OpenUnit, Practice, UnitOfWork
from app.wire.canonical import canonical
from app.wire.case_document import CasePart, json_schema
from app.wire.case_json import read_case, read_cases

TITLE_LIMIT = 60
# After one of these no further case can be stored either.
_STORE_STANDS_STILL = frozenset(
    {
        ProblemCode.DISK_FULL,
        ProblemCode.STORE_READ_ONLY,
        ProblemCode.STORE_BUSY,
        ProblemCode.STORE_DAMAGED,
    }
)


@dataclass(frozen=True, slots=True)
class ImportItem:
    """What became of one case of the file. `place` such as ``cases[2]``.

    `case_id` is None if it did not go in.

    A case that was there already has its id and the problem ALREADY_THERE.
    """

    place: str
    title: str
    case_id: RecordId | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All cases of one file, in its order."""

    items: tuple[ImportItem, ...]

    @property
    def taken(self) -> int:
        """How many cases went in now."""
        return sum(one.case_id is not None and not one.problems for one in self.items)

    @property
    def known(self) -> int:
        """How many were there already."""
        return sum(one.case_id is not None and bool(one.problems) for one in self.items)

    @property
    def refused(self) -> int:
        """How many did not go in."""
        return sum(one.case_id is None for one in self.items)


def case_schema() -> dict[str, Any]:
    """The JSON Schema of a file of cases."""
    return json_schema()


def import_cases(open_unit: OpenUnit, raw: bytes, practice: Practice) -> ImportReport:
    """Takes in every good case of a file and says of every other what stands in its way.

    Raises `Refused` for a file that is no file of cases: FILE_TOO_LARGE, FILE_NOT_JSON,
    FILE_NOT_CASES, TOO_MANY.
    """
    items: list[ImportItem] = []
    stopped: tuple[Problem, ...] = ()
    for index, value in enumerate(read_cases(raw)):
        place = f"cases[{index}]"
        item = _stopped(value, place, stopped) or _take_in(open_unit, value, practice, place)
        if any(one.code in _STORE_STANDS_STILL for one in item.problems):
            stopped = item.problems
        items.append(item)
    return ImportReport(tuple(items))


def _stopped(value: Any, place: str, stopped: tuple[Problem, ...]) -> ImportItem | None:
    return ImportItem(place, _title(value), None, stopped) if stopped else None


def _take_in(open_unit: OpenUnit, value: Any, practice: Practice, place: str) -> ImportItem:
    title = _title(value)
    try:
        part = read_case(value, place)
    except Refused as refused:
        problems = _all_faults(open_unit, value, practice, place, refused.problems)
        return ImportItem(place, title, None, problems)
    try:
        with open_unit() as uow:
            mark = f"imported.{_identity(part, value)}"
            there = _already_there(uow, part, mark)
            if there:
                known = Problem(ProblemCode.ALREADY_THERE, place, {"what": "case"})
                return ImportItem(place, title, there, (known,))
            return ImportItem(place, title, _store(uow, practice, part, place, mark))
    except Refused as refused:
        return ImportItem(place, title, None, refused.problems)


def _all_faults(
    open_unit: OpenUnit, value: Any, practice: Practice, place: str, faults: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """The faults of form, then what else is wrong with the rest of the case. Stores nothing."""
    told = tuple(clearer(one, place) for one in faults)
    rest = Rest(value, place, faults)
    if rest.part is None:
        return told
    try:
        with open_unit() as uow:
            CaseReader(uow, practice, rest.part, place).read()
    except Refused as refused:
        others = [rest.original(one) for one in refused.problems]
        return (*told, *more_problems(told, others, value))
    return told


def _store(uow: UnitOfWork, practice: Practice, part: CasePart, place: str, mark: str) -> RecordId:
    reader = CaseReader(uow, practice, part, place)
    file: CaseFile = reader.read()
    reader.put_newcomers()
    put_changes(uow, None, file)
    uow.settings.put(mark, file.case.id)
    uow.commit(Act.CASE_IMPORTED, file.case.id)
    return file.case.id


def _already_there(uow: UnitOfWork, part: CasePart, mark: str) -> RecordId | None:
    """The case that an earlier import made of this one, or that this one was exported from."""
    stored = uow.settings.get(mark)
    candidates = [stored, part.external_id if is_id(part.external_id) else None]
    for one in filter(None, candidates):
        if uow.records.find(Case, RecordId(one)):
            return RecordId(one)
    return None


def _identity(part: CasePart, value: Any) -> str:
    raw = part.external_id.encode() if part.external_id else canonical(value)
    return sha256(raw).hexdigest()


def _title(value: Any) -> str:
    """How the case is called in the report.

    Its title, matter or first name, if it has one that can be shown.
    """
    if not isinstance(value, dict):
        return ""
    for name in ("title", "matter", "external_id"):
        text = value.get(name)
        if isinstance(text, str) and text.isprintable() and text:
            return text[:TITLE_LIMIT]
    return ""
