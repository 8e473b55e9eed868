"""What the checker says of each clause: who, to whom, what, how much, when, how, and whether words
and figures agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.agreements import Agreement, Clause, Payment
from app.domain.check_rules import CheckRules
from app.domain.clause_bank import BLANK_MARK
from app.domain.clause_text import (
    almost_names,
    amounts_in,
    dates_in,
    has_capitals,
    hidden_names,
    unequal_pairs,
)
from app.domain.clauses import vague_lines
from app.domain.findings import Finding, FindingCode
from app.domain.ids import RecordId

_BLANKS = (BLANK_MARK, "__", "____", "XX", "××", "某年某月", "（）", "()")


@dataclass(frozen=True, slots=True)
class Names:
    """The names on the paper: those of its parties by id, and of everybody else it knows."""

    parties: dict[RecordId, str]
    others: frozenset[str] = frozenset()

    def anybody_in(self, text: str) -> bool:
        return any(name and name in text for name in (*self.parties.values(), *self.others))


def check_clauses(agreement: Agreement, names: Names, rules: CheckRules) -> Iterator[Finding]:
    """Findings of all clauses, placed at ``clauses.<index>...``."""
    for index, clause in enumerate(agreement.clauses):
        here = f"clauses.{index}"
        yield from _check_words(clause, names, rules, here)
        if clause.payment:
            yield from _check_payment(clause, clause.payment, names, rules, here)
            yield from _check_amounts(clause, clause.payment, here)
        else:
            yield from _check_act(clause, names, rules, here)
        if agreement.made_on:
            yield from _check_days(clause, agreement.made_on, here)


def _check_words(clause: Clause, names: Names, rules: CheckRules, here: str) -> Iterator[Finding]:
    text, place = clause.text, f"{here}.text"
    if any(mark in text for mark in _BLANKS):
        yield Finding(code=FindingCode.BLANK_LEFT, place=place)
    for line in vague_lines(text, rules.vague):
        facts = {name: str(line.get(name, "")) for name in ("word", "ask_zh", "ask_en")}
        yield Finding(code=FindingCode.VAGUE_WORD, place=place, facts=facts)
    for said in dates_in(text).impossible:
        yield Finding(code=FindingCode.DATE_IMPOSSIBLE, place=place, facts={"text": said})
    for figures, capitals in unequal_pairs(text):
        facts = {"figures": figures, "capitals": capitals}
        yield Finding(code=FindingCode.CAPITALS_DIFFER, place=place, facts=facts)
    everybody = (*names.parties.values(), *names.others)
    for said, name in almost_names(text, everybody):
        yield Finding(code=FindingCode.NAME_ALMOST, place=place, facts={"text": said, "name": name})
    for said in hidden_names(text):
        if not any(said in name for name in everybody):
            yield Finding(code=FindingCode.NAME_HIDDEN, place=place, facts={"text": said})
    yield from _check_no_further(text, names, rules, place)


def _check_no_further(text: str, names: Names, rules: CheckRules, place: str) -> Iterator[Finding]:
    word = next((one for one in rules.no_further if one in text), "")
    for_all = any(one in text for one in rules.both) or all(
        name in text for name in names.parties.values()
    )
    if word and not for_all:
        facts = {"word": word}
        yield Finding(code=FindingCode.NO_FURTHER_ONE_SIDED, place=place, facts=facts)


def _check_payment(
    clause: Clause, payment: Payment, names: Names, rules: CheckRules, here: str
) -> Iterator[Finding]:
    place, text = f"{here}.payment", clause.text
    if not payment.fen:
        yield Finding(code=FindingCode.AMOUNT_MISSING, place=f"{place}.fen")
    dated = payment.due_on or clause.due_on or rules.when.found_in(text)
    if not payment.instalments and not dated:
        yield Finding(code=FindingCode.DUE_MISSING, place=f"{place}.due_on")
    for index, part in enumerate(payment.instalments):
        if part.due_on is None:
            where = f"{place}.instalments.{index}.due_on"
            yield Finding(code=FindingCode.DUE_MISSING, place=where)
    yield from _check_instalments(payment, place)
    ways = {payment.way, *(part.way for part in payment.instalments)} - {""}
    if not ways and not rules.way.found_in(text):
        yield Finding(code=FindingCode.WAY_MISSING, place=f"{place}.way")
    if text.strip() and not rules.who.found_in(text):
        for role, code in (
            (payment.payer_id, FindingCode.WHO_MISSING),
            (payment.payee_id, FindingCode.TO_WHOM_MISSING),
        ):
            name = names.parties.get(role, "")
            if name and name not in text:
                yield Finding(code=code, place=f"{here}.text", facts={"name": name})


def _check_instalments(payment: Payment, place: str) -> Iterator[Finding]:
    if not payment.instalments:
        return
    parts = sum(part.fen for part in payment.instalments)
    if parts != payment.fen:
        facts: dict[str, str | int] = {"sum": parts, "total": payment.fen}
        yield Finding(code=FindingCode.INSTALMENT_SUM, place=f"{place}.instalments", facts=facts)
    days = [part.due_on for part in payment.instalments if part.due_on]
    if days != sorted(days):
        yield Finding(code=FindingCode.INSTALMENT_ORDER, place=f"{place}.instalments")


def _check_amounts(clause: Clause, payment: Payment, here: str) -> Iterator[Finding]:
    if not clause.text.strip() or not payment.fen:
        return
    said, place = amounts_in(clause.text), f"{here}.text"
    if not said:
        yield Finding(code=FindingCode.AMOUNT_UNSAID, place=place, facts={"fen": payment.fen})
        return
    parts = {part.fen for part in payment.instalments}
    if payment.fen not in said and not (parts and parts <= set(said)):
        facts: dict[str, str | int] = {"sum": said[0], "total": payment.fen}
        yield Finding(code=FindingCode.AMOUNT_DIFFERS, place=place, facts=facts)
    if not has_capitals(clause.text):
        yield Finding(code=FindingCode.CAPITALS_MISSING, place=place)


def _check_act(clause: Clause, names: Names, rules: CheckRules, here: str) -> Iterator[Finding]:
    """A clause without a payment: its duties, or else its words, answer who, what and when."""
    text = clause.text
    if amounts_in(text) and rules.obligation.found_in(text) and not clause.duties:
        yield Finding(code=FindingCode.MONEY_UNTRACKED, place=f"{here}.payment")
    dated = clause.due_on or rules.when.found_in(text)
    for index, duty in enumerate(clause.duties):
        place = f"{here}.duties.{index}"
        if duty.party_id is None:
            yield Finding(code=FindingCode.WHO_MISSING, place=f"{place}.party_id")
        if not duty.what.strip():
            yield Finding(code=FindingCode.WHAT_MISSING, place=f"{place}.what")
        if duty.due_on is None and not dated:
            yield Finding(code=FindingCode.DUE_MISSING, place=f"{place}.due_on")
    if clause.duties or not rules.obligation.found_in(text):
        return
    if not names.anybody_in(text) and not rules.who.found_in(text):
        yield Finding(code=FindingCode.WHO_MISSING, place=f"{here}.text")
    if not dated:
        yield Finding(code=FindingCode.DUE_MISSING, place=f"{here}.due_on")


def _check_days(clause: Clause, made_on: date, here: str) -> Iterator[Finding]:
    for place, day in _days_of(clause):
        if day < made_on:
            facts: dict[str, str | int] = {"due": day.isoformat(), "made": made_on.isoformat()}
            yield Finding(
                code=FindingCode.DUE_BEFORE_AGREEMENT, place=f"{here}.{place}", facts=facts
            )
    payment, said = clause.payment, dates_in(clause.text).days
    if payment and payment.due_on and said and payment.due_on not in said:
        facts = {"due": payment.due_on.isoformat()}
        yield Finding(code=FindingCode.DATE_DIFFERS, place=f"{here}.payment.due_on", facts=facts)


def _days_of(clause: Clause) -> Iterator[tuple[str, date]]:
    """Each date that something is due on, with its place below the clause."""
    if clause.due_on:
        yield "due_on", clause.due_on
    if clause.payment and clause.payment.due_on:
        yield "payment.due_on", clause.payment.due_on
    for index, part in enumerate(clause.payment.instalments if clause.payment else ()):
        if part.due_on:
            yield f"payment.instalments.{index}.due_on", part.due_on
    for index, duty in enumerate(clause.duties):
        if duty.due_on:
            yield f"duties.{index}.due_on", duty.due_on
