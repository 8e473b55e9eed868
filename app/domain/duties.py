"""What an agreement obliges whom to do until when, line by line, and what of it was done (PML art.
31).

Pure: made from clauses and from what was recorded as done. Never a reminder itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.agreements import Agreement
from app.domain.ids import RecordId
from app.domain.performances import Performance


class DutyState(StrEnum):
    """How far a duty is."""

    OPEN = "open"
    PARTLY = "partly"
    DONE = "done"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One thing owed. `key` is stable while the clause stays; `fen` whole fen for money, None for
    an act; `due_on` local date.
    """

    key: str
    clause_id: RecordId
    clause_no: int
    who: RecordId | None
    to_whom: RecordId | None
    what: str
    fen: int | None
    due_on: date | None
    way: str = ""
    instalment: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyProgress:
    """A duty with what was done of it: `done_fen` whole fen, `done_on` the last local date."""

    duty: DutyLine
    state: DutyState
    done_fen: int = 0
    done_on: date | None = None


def duties(agreement: Agreement) -> tuple[DutyLine, ...]:
    """All duties in the order of the clauses: each payment or instalment, each act named, and the
    clause itself where it only has a date.
    """
    lines: list[DutyLine] = []
    for number, clause in enumerate(agreement.clauses, 1):
        payment = clause.payment
        if payment:
            parts = [(one.fen, one.due_on, one.way or payment.way) for one in payment.instalments]
            whole = [(payment.fen, payment.due_on or clause.due_on, payment.way)]
            for index, (fen, due, way) in enumerate(parts or whole):
                lines.append(
                    DutyLine(
                        key=f"{clause.id}/{index}",
                        clause_id=clause.id,
                        clause_no=number,
                        who=payment.payer_id,
                        to_whom=payment.payee_id,
                        what="",
                        fen=fen,
                        due_on=due,
                        way=way,
                        instalment=index + 1 if parts else 0,
                    )
                )
        for duty in clause.duties:
            lines.append(
                DutyLine(
                    key=str(duty.id),
                    clause_id=clause.id,
                    clause_no=number,
                    who=duty.party_id,
                    to_whom=None,
                    what=duty.what,
                    fen=None,
                    due_on=duty.due_on,
                )
            )
        if not payment and not clause.duties and clause.due_on:
            lines.append(
                DutyLine(
                    key=f"{clause.id}/text",
                    clause_id=clause.id,
                    clause_no=number,
                    who=None,
                    to_whom=None,
                    what=clause.text,
                    fen=None,
                    due_on=clause.due_on,
                )
            )
    return tuple(lines)


def progress(
    agreement: Agreement, performances: Iterable[Performance], today: date
) -> tuple[DutyProgress, ...]:
    """Each duty of the agreement and how far it is on local date `today`."""
    done = [one for one in performances if not one.void_reason]
    return tuple(
        _progress(line, [one for one in done if one.duty == line.key], today)
        for line in duties(agreement)
    )


def _progress(line: DutyLine, done: list[Performance], today: date) -> DutyProgress:
    days = [one.done_on for one in done if one.done_on]
    paid = sum(one.fen or 0 for one in done)
    complete = bool(done) if line.fen is None else bool(done) and paid >= line.fen
    if complete:
        state = DutyState.DONE
    elif line.due_on and line.due_on < today:
        state = DutyState.OVERDUE
    else:
        state = DutyState.PARTLY if done else DutyState.OPEN
    return DutyProgress(duty=line, state=state, done_fen=paid, done_on=max(days, default=None))


def all_done(agreement: Agreement, performances: Iterable[Performance], today: date) -> date | None:
    """The local date on which the last duty was fulfilled; None while one is open or none is
    named.
    """
    found = progress(agreement, performances, today)
    if not found or any(one.state is not DutyState.DONE for one in found):
        return None
    return max((one.done_on for one in found if one.done_on), default=None)
