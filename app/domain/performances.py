"""Proof that something agreed was done (履行凭证): a payment, an act, a visit that saw it (PML art.
31).

Ticks off a duty of an agreement (`duties`). Never moves money.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.dates import check_past
from app.domain.ids import RecordId
from app.domain.money import LARGEST_FEN
from app.domain.problems import Problem, ProblemCode
from app.domain.text import LINE_LIMIT, NAME_LIMIT, check_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """What was done on local date `done_on`. `duty` is the key of the duty it fulfils (`duties`).

    `fen` whole fen for money, None for an act told in `what`; `way` a code of ``money_way``;
    `follow_up_id` the visit that found it.
    """

    id: RecordId
    case_id: RecordId
    agreement_id: RecordId
    duty: str = ""
    done_on: date | None = None
    fen: int | None = None
    payer_id: RecordId | None = None
    payee_id: RecordId | None = None
    way: str = ""
    what: str = ""
    witness: str = ""
    follow_up_id: RecordId | None = None
    void_reason: str = ""


def check_performance(done: Performance, today: date) -> list[Problem]:
    """What keeps it from being stored: a date must be there, and money or words."""
    problems = check_past(done.done_on, today, "done_on")
    if done.done_on is None:
        problems.append(Problem(ProblemCode.EMPTY, "done_on"))
    if done.fen is None and not done.what.strip():
        problems.append(Problem(ProblemCode.EMPTY, "what"))
    if done.fen is not None and not 0 <= done.fen <= LARGEST_FEN:
        negative = done.fen < 0
        code = ProblemCode.AMOUNT_NEGATIVE if negative else ProblemCode.AMOUNT_TOO_LARGE
        problems.append(Problem(code, "fen"))
    if done.payer_id is not None and done.payer_id == done.payee_id:
        problems.append(Problem(ProblemCode.PAYER_IS_PAYEE, "payee_id"))
    problems += check_text(done.what, "what", limit=LINE_LIMIT)
    return problems + check_text(done.witness, "witness", limit=NAME_LIMIT)
