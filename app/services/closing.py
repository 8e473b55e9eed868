"""The end of a case: closed with its result, then bound.

A file that lacks what it must hold is not bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.domain.acts import Act
from app.domain.agreements import AgreementState
from app.domain.casefile import CaseFile
from app.domain.cases import Case, Closing, FileNote, Retention, Stage, check_editable, move
from app.domain.completeness import missing
from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.paper_kinds import DEFAULT_RULES, DocumentRule
from app.domain.problems import Fact, Problem, ProblemCode, demand, refuse
from app.domain.text import NAME_LIMIT, check_text
from app.services.casework import put_changes
from app.services.ports import UnitOfWork

SUCCESS = "SUCCESS"


def close_case(uow: UnitOfWork, case_id: RecordId, closing: Closing) -> Case:
    """The case ends with a result and, without success, its reason.

    Raises `Refused`: NOTHING_CHOSEN (`result`, `reason`), AGREEMENT_NOT_EFFECTIVE (success without
    an agreement that binds), DATE_IN_FUTURE, DATE_ORDER, MOVE_NOT_ALLOWED, CASE_CLOSED.
    """
    file = uow.records.case_file(case_id)
    check_editable(file.case)
    after = with_closing(file, closing, uow.today())
    put_changes(uow, file, after)
    uow.commit(Act.CASE_CLOSED, case_id)
    return after.case


def with_closing(file: CaseFile, closing: Closing, today: date) -> CaseFile:
    """The closed case. Raises as `close_case` does."""
    demand(_check_closing(file, closing, today))
    return replace(file, case=replace(move(file.case, Stage.CLOSED), closing=closing))


def _check_closing(file: CaseFile, closing: Closing, today: date) -> list[Problem]:
    problems = check_past(closing.on, today, "on") + check_text(closing.opinion, "opinion")
    accepted_on = file.case.accepted_on
    if accepted_on and closing.on < accepted_on:
        facts = {"earlier": "accepted_on", "later": "on"}
        problems.append(Problem(ProblemCode.DATE_ORDER, "on", facts))
    agreement = file.main_agreement()
    binds = agreement is not None and agreement.state is AgreementState.EFFECTIVE
    if not closing.result:
        problems.append(Problem(ProblemCode.NOTHING_CHOSEN, "result"))
    elif closing.result == SUCCESS and not binds:
        problems.append(Problem(ProblemCode.AGREEMENT_NOT_EFFECTIVE, "result"))
    elif closing.result != SUCCESS and not closing.reason:
        problems.append(Problem(ProblemCode.NOTHING_CHOSEN, "reason"))
    return problems


def file_case(
    uow: UnitOfWork,
    case_id: RecordId,
    retention: Retention,
    *,
    rules: Iterable[DocumentRule] = DEFAULT_RULES,
) -> Case:
    """Binds the file: from now on only remarks and linked cases are made. `rules` are the county's.

    Raises `Refused`: NOT_COMPLETE (a paper lacks what it must show), MOVE_NOT_ALLOWED (not closed
    yet).
    """
    file = uow.records.case_file(case_id)
    after = with_filing(file, retention, uow.today(), rules)
    put_changes(uow, file, after)
    uow.commit(Act.CASE_FILED, case_id)
    return after.case


def with_filing(
    file: CaseFile,
    retention: Retention,
    on: date,
    rules: Iterable[DocumentRule] = DEFAULT_RULES,
) -> CaseFile:
    """The bound case. Raises as `file_case` does."""
    bound = replace(move(file.case, Stage.FILED), retention=retention, filed_on=on)
    file = replace(file, case=bound)
    gaps = [one for one in missing(file, rules) if one.must]
    if gaps:
        first = gaps[0]
        place = f"{first.owner}.{first.field}"
        facts: dict[str, Fact] = {"count": len(gaps), "gap": place, "owner_id": first.owner_id}
        raise refuse(ProblemCode.NOT_COMPLETE, "", **facts)
    return file


def save_file_note(uow: UnitOfWork, case_id: RecordId, note: FileNote) -> Case:
    """What the note on the state of the file says: gaps, damage, copies, later additions, who bound
    and who checked it. It is written before the file is bound.

    Raises `Refused`: DATE_IN_FUTURE, DATE_ORDER (checked before it was bound), TOO_LONG,
    CASE_CLOSED.
    """
    file = uow.records.case_file(case_id)
    check_editable(file.case)
    demand([one.at("file_note") for one in check_file_note(note, uow.today())])
    after = replace(file.case, file_note=note)
    uow.records.put(after)
    uow.commit(Act.CASE_SAVED, case_id)
    return after


def check_file_note(note: FileNote, today: date) -> list[Problem]:
    """What keeps a note from being stored. Gaps are allowed and shown."""
    problems = check_text(note.situation, "situation")
    for name in ("filed_by", "checked_by"):
        problems += check_text(getattr(note, name), name, limit=NAME_LIMIT)
    for name in ("filed_on", "checked_on"):
        problems += check_past(getattr(note, name), today, name)
    if note.filed_on and note.checked_on and note.checked_on < note.filed_on:
        facts = {"earlier": "file_note.filed_on", "later": "file_note.checked_on"}
        problems.append(Problem(ProblemCode.DATE_ORDER, "checked_on", facts))
    return problems
