"""The committee's own clauses: kept on this device among its settings, offered beside the bank."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.domain.clause_bank import BankClause, as_line, bank_clause, own_clause
from app.domain.ids import new_id
from app.domain.problems import Problem, ProblemCode, demand, refuse
from app.domain.text import LINE_LIMIT, check_text
from app.services.ports import UnitOfWork

KEY = "clauses.own"
LIMIT = 200


def own_clauses(uow: UnitOfWork) -> tuple[BankClause, ...]:
    """The committee's own clauses, in the order in which they were written."""
    kept = uow.settings.get(KEY)
    return tuple(bank_clause(line, own=True) for line in json.loads(kept)) if kept else ()


def save_own_clause(
    uow: UnitOfWork,
    bank: Iterable[BankClause],
    title: str,
    text: str,
    *,
    dispute_types: tuple[str, ...] = (),
    like: str = "",
    own_id: str = "",
) -> BankClause:
    """A clause of the committee's own, new or (with `own_id`) written anew.

    `text` may hold blanks in braces; `like` is the id of the clause of `bank` it was made from.
    Raises `Refused`: EMPTY (`title`, `text`), TOO_LONG, UNSTORABLE_CHARACTER, TOO_MANY.
    """
    problems = check_text(title, "title", limit=LINE_LIMIT) + check_text(text, "text", limit=20_000)
    for name, value in (("title", title), ("text", text)):
        if not value.strip():
            problems.append(Problem(ProblemCode.EMPTY, name))
    demand(problems)
    kept = {one.id: one for one in own_clauses(uow)}
    if len(kept) >= LIMIT and own_id not in kept:
        raise refuse(ProblemCode.TOO_MANY, "", limit=LIMIT)
    known = (*bank, *kept.values())
    origin = next((one for one in known if one.id == like), None)
    clause = own_clause(
        own_id or f"own_{new_id()}", title.strip(), text.strip(), dispute_types, origin, known
    )
    _keep(uow, {**kept, clause.id: clause})
    return clause


def drop_own_clause(uow: UnitOfWork, own_id: str) -> None:
    """Takes it out of the bank; agreements made from it keep their words."""
    _keep(uow, {one.id: one for one in own_clauses(uow) if one.id != own_id})


def _keep(uow: UnitOfWork, clauses: dict[str, BankClause]) -> None:
    lines = [as_line(one) for one in clauses.values()]
    uow.settings.put(KEY, json.dumps(lines, ensure_ascii=False) if lines else None)
    uow.commit()
