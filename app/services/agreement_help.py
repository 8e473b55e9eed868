"""The agreement helper: ready clauses, the checker, and warnings overridden with a reason.

A stop is never overridden. Never writes a word that nobody chose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.acts import Act
from app.domain.agreement_checks import check_before_print
from app.domain.agreements import Agreement, Clause, Waiver, check_editable
from app.domain.casefile import CaseFile
from app.domain.cases import check_editable as check_case_editable
from app.domain.check_rules import CheckRules, rules_of
from app.domain.clause_bank import BankClause, bank_clause, for_dispute
from app.domain.clause_filling import Filling, Values, fill
from app.domain.findings import (
    STOPS,
    Finding,
    FindingCode,
    open_stops,
    open_warnings,
)
from app.domain.ids import RecordId
from app.domain.parties import PartyRole
from app.domain.people import Capacity
from app.domain.problems import Problem, ProblemCode, refuse
from app.domain.text import LINE_LIMIT, check_text
from app.services.own_clauses import drop_own_clause as drop_own_clause
from app.services.own_clauses import own_clauses as own_clauses
from app.services.own_clauses import save_own_clause as save_own_clause
from app.services.ports import Practice, UnitOfWork

# Findings that the signing of an agreement has always refused, by the names it refuses them with.
_KNOWN_AS = {
    FindingCode.GUARDIAN_MISSING: ProblemCode.GUARDIAN_NEEDED,
    FindingCode.GUARDIAN_IS_OPPONENT: ProblemCode.GUARDIAN_IS_OPPONENT,
    FindingCode.ON_BOTH_SIDES: ProblemCode.SAME_PERSON_BOTH_SIDES,
    FindingCode.AGENT_WITHOUT_POWER: ProblemCode.AGENT_WITHOUT_POWER,
    FindingCode.INSTALMENT_SUM: ProblemCode.INSTALMENT_SUM,
}
# Fields of the agreement at which what is said of a person stands.
_FIELD_OF = {"party": "party_ids", "mediator": "mediator_ids"}


def clause_bank(practice: Practice) -> tuple[BankClause, ...]:
    """All clauses of the packs."""
    return tuple(bank_clause(line) for line in _lines(practice, "clause_bank", "clauses"))


def clauses_for(
    practice: Practice, file: CaseFile, own: Iterable[BankClause] = ()
) -> tuple[BankClause, ...]:
    """The clauses that fit the case: those of its dispute type first, then those for any. `own` are
    the committee's, which take the place of one with the same id.
    """
    return for_dispute((*clause_bank(practice), *own), file.case.dispute_type)


def fill_clause(
    practice: Practice,
    bank_id: str,
    values: Values,
    file: CaseFile,
    *,
    own: Iterable[BankClause] = (),
    clause_id: RecordId | None = None,
) -> Clause:
    """The clause with its blanks filled (see `clause_filling.fill`).

    Raises `Refused` RECORD_NOT_FOUND for an unknown clause, and problems at the names of blanks.
    """
    form = _form((*clause_bank(practice), *own), bank_id)
    return fill(form, values, _known(practice, file), clause_id)


def usual_values(form: BankClause, file: CaseFile, *, promised: bool) -> dict[str, Any]:
    """What a ready clause about money most likely says, for a person to look over: of one applicant
    and one respondent the second pays the first, and what is claimed, in fen, unless it is paid by
    the month or other money is `promised` already. Empty where that is not plain.
    """
    duty, names = dict(form.duty or {}), {one.name for one in form.blanks}
    parties = file.living_parties
    by_role = {one.role: one.id for one in parties}
    sides = {"by": PartyRole.RESPONDENT, "to": PartyRole.APPLICANT}
    if duty.get("amount") not in names or len(parties) != 2 or set(by_role) != set(sides.values()):
        return {}
    found: dict[str, Any] = {str(duty[key]): by_role[role] for key, role in sides.items()}
    claimed = file.case.amount_claimed
    if claimed and not promised and "every" not in duty:
        found[str(duty["amount"])] = claimed
    return {name: value for name, value in found.items() if name in names}


def responsibility_forms(practice: Practice) -> tuple[BankClause, ...]:
    """Ready sentences for the responsibility of each party (PML art. 29)."""
    return tuple(bank_clause(line) for line in _lines(practice, "responsibility", "patterns"))


def fill_responsibility(practice: Practice, form_id: str, values: Values, file: CaseFile) -> str:
    """The sentence with its blanks filled. Raises as `fill_clause` does."""
    form = _form(responsibility_forms(practice), form_id)
    return fill(form, values, _known(practice, file), None).text


def _form(bank: Iterable[BankClause], form_id: str) -> BankClause:
    found = [one for one in bank if one.id == form_id]
    if not found:
        raise refuse(ProblemCode.RECORD_NOT_FOUND)
    return found[-1]


def _known(practice: Practice, file: CaseFile) -> Filling:
    names = {one.id: file.name_of(one) for one in file.living_parties}
    ways = {line.code: line.zh for line in practice.codes.table("money_way").codes}
    return Filling(names=names, ways=ways)


def _lines(practice: Practice, name: str, part: str) -> list[Mapping[str, Any]]:
    pack = practice.texts.get(name)
    return list(pack.get(part, ())) if isinstance(pack, dict) else []


def findings(
    file: CaseFile, agreement: Agreement, practice: Practice, today: date
) -> tuple[Finding, ...]:
    """Everything that speaks against printing the agreement, stops first, each with the waiver that
    covers it.
    """
    days = practice.clocks.confirmation_days
    rules = check_rules(practice)
    return check_before_print(file, agreement, rules, today, confirmation_days=days)


def check_rules(practice: Practice) -> CheckRules:
    """The checker's rules as the packs have them."""
    return rules_of(practice.texts)


def stop_problems(
    file: CaseFile, agreement: Agreement, practice: Practice, today: date
) -> list[Problem]:
    """The stops as what keeps an agreement from being frozen: by its own name where there is one,
    else FINDING_STOP with the finding's code and facts.
    """
    return [_problem(one) for one in open_stops(findings(file, agreement, practice, today))]


def _problem(stop: Finding) -> Problem:
    owner = stop.place.split(":")[0]
    place = _FIELD_OF.get(owner, stop.place)
    if stop.facts.get("capacity") == Capacity.NONE.value:
        return Problem(ProblemCode.PARTY_NOT_CAPABLE, place, stop.facts)
    known = _KNOWN_AS.get(stop.code)
    if known:
        return Problem(known, place, stop.facts)
    return Problem(ProblemCode.FINDING_STOP, place, {**stop.facts, "finding": stop.code.value})


def warning_problems(
    file: CaseFile, agreement: Agreement, practice: Practice, today: date
) -> list[Problem]:
    """FINDINGS_OPEN with their number while warnings stand that nobody overrode with a reason."""
    count = len(open_warnings(findings(file, agreement, practice, today)))
    return [Problem(ProblemCode.FINDINGS_OPEN, "", {"count": count})] if count else []


def waive(uow: UnitOfWork, agreement_id: RecordId, waiver: Waiver, practice: Practice) -> Agreement:
    """A warning overridden, with the reason, by whoever is at the keyboard, today.

    `waiver` is made by `findings.waiver_of`; it covers the finding as long as the words at its
    place stay. Raises `Refused`: REASON_NEEDED, STOP_NOT_WAIVED, RECORD_NOT_FOUND (no such
    warning), AGREEMENT_FROZEN, CASE_CLOSED.
    """
    agreement = uow.records.get(Agreement, agreement_id)
    file = uow.records.case_file(agreement.case_id)
    check_editable(agreement)
    check_case_editable(file.case)
    if not waiver.reason.strip():
        raise refuse(ProblemCode.REASON_NEEDED, "reason")
    problems = check_text(waiver.reason, "reason", limit=LINE_LIMIT)
    if problems:
        raise refuse(problems[0].code, "reason", **problems[0].facts)
    if waiver.finding in STOPS:
        raise refuse(ProblemCode.STOP_NOT_WAIVED)
    found = findings(file, agreement, practice, uow.today())
    if not any((one.code.value, one.mark) == (waiver.finding, waiver.place) for one in found):
        raise refuse(ProblemCode.RECORD_NOT_FOUND)
    signed = replace(waiver, reason=waiver.reason.strip(), by=uow.actor.name, on=uow.today())
    return _put(uow, agreement, (*_without(agreement, waiver), signed))


def unwaive(uow: UnitOfWork, agreement_id: RecordId, waiver: Waiver) -> Agreement:
    """The warning stands again. Raises `Refused`: AGREEMENT_FROZEN, CASE_CLOSED."""
    agreement = uow.records.get(Agreement, agreement_id)
    check_editable(agreement)
    check_case_editable(uow.records.case_file(agreement.case_id).case)
    return _put(uow, agreement, _without(agreement, waiver))


def _without(agreement: Agreement, waiver: Waiver) -> tuple[Waiver, ...]:
    return tuple(
        one
        for one in agreement.waivers
        if (one.finding, one.place) != (waiver.finding, waiver.place)
    )


def _put(uow: UnitOfWork, agreement: Agreement, waivers: tuple[Waiver, ...]) -> Agreement:
    changed = replace(agreement, waivers=waivers)
    uow.records.put(changed)
    uow.commit(Act.AGREEMENT_SAVED, agreement.case_id)
    return changed
