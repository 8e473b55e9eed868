"""The checker: everything that speaks against printing an agreement, before the parties leave the
room.

Says what it sees and where; never changes a word. Which words it looks for is in the packs
(`check_rules`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.domain.agreements import Agreement, default_copies
from app.domain.casefile import CaseFile
from app.domain.check_rules import CheckRules
from app.domain.clause_checks import Names, check_clauses
from app.domain.duties import duties
from app.domain.findings import Finding, FindingCode, marked
from app.domain.people_checks import check_people

CONFIRMATION_DAYS = 30


def check_before_print(
    file: CaseFile,
    agreement: Agreement,
    rules: CheckRules,
    today: date,
    *,
    confirmation_days: int = CONFIRMATION_DAYS,
) -> tuple[Finding, ...]:
    """All findings on local date `today`, stops first, with the waivers that cover them.

    `confirmation_days` is the period for judicial confirmation (PML art. 33), as the pack has it.
    """
    day = agreement.made_on or today
    found = [
        *_check_paper(file, agreement),
        *check_clauses(agreement, _names(file, agreement), rules),
        *_check_matters(file, agreement, rules),
        *check_people(file, agreement, day),
    ]
    if agreement.for_confirmation:
        found += _check_confirmation(file, agreement, rules, today, confirmation_days)
    return marked(found, agreement)


def _names(file: CaseFile, agreement: Agreement) -> Names:
    parties = {one.id: file.name_of(one) for one in file.parties if one.id in agreement.party_ids}
    others = {person.name for person in file.people.values()}
    others |= {unit.name for unit in file.organisations.values()}
    others |= {unit.legal_representative for unit in file.organisations.values()}
    others |= {mediator.name for mediator in file.mediators.values()}
    others |= {agreement.recorder, file.committee.name if file.committee else ""}
    return Names(parties, frozenset(others - {""}))


def _check_paper(file: CaseFile, agreement: Agreement) -> Iterator[Finding]:
    if not agreement.facts.strip():
        yield Finding(code=FindingCode.FACTS_MISSING, place="facts")
    if not agreement.responsibility.strip():
        yield Finding(code=FindingCode.RESPONSIBILITY_MISSING, place="responsibility")
    if not agreement.place.strip():
        yield Finding(code=FindingCode.PLACE_MISSING, place="place")
    if not agreement.manner.strip() and not agreement.manner_code:
        yield Finding(code=FindingCode.MANNER_MISSING, place="manner")
    owed = duties(agreement)
    if not agreement.deadline.strip() and not any(one.due_on for one in owed):
        yield Finding(code=FindingCode.DEADLINE_MISSING, place="deadline")
    if agreement.supplement_of is None:
        for party in file.living_parties:
            if party.id not in agreement.party_ids:
                facts = {"name": file.name_of(party)}
                yield Finding(code=FindingCode.PARTY_LEFT_OUT, place="party_ids", facts=facts)
    wanted = default_copies(agreement)
    if agreement.copies is not None and agreement.copies < wanted:
        counts: dict[str, str | int] = {"copies": agreement.copies, "wanted": wanted}
        yield Finding(code=FindingCode.COPIES_TOO_FEW, place="copies", facts=counts)


def _check_matters(file: CaseFile, agreement: Agreement, rules: CheckRules) -> Iterator[Finding]:
    """A clause that settles what must not be settled stops; a word that only points to such a
    matter, in a clause or in the facts, warns.
    """
    kind = file.case.dispute_type
    for index, clause in enumerate(agreement.clauses):
        place = f"clauses.{index}.text"
        yield from _check_forbidden(clause.text, rules, place)
        for matter in rules.matters:
            decided = matter.decided_in(clause.text)
            hint = "" if kind in matter.unless_types else matter.hinted_in(clause.text)
            if decided:
                facts = matter.facts(text=decided)
                yield Finding(code=FindingCode.MATTER_DECIDED, place=place, facts=facts)
            elif hint:
                facts = matter.facts(word=hint)
                yield Finding(code=FindingCode.MATTER_HINTED, place=place, facts=facts)
    for matter in rules.matters:
        hint = matter.hinted_in(agreement.facts)
        if hint and kind not in matter.unless_types:
            facts = matter.facts(word=hint)
            yield Finding(code=FindingCode.MATTER_HINTED, place="facts", facts=facts)
    if file.case.fee_taken:
        yield Finding(code=FindingCode.FEE_TAKEN, place="case:fee_taken")


def _check_forbidden(text: str, rules: CheckRules, place: str) -> Iterator[Finding]:
    for rule, code in (
        (rules.fee, FindingCode.FEE_CLAUSE),
        (rules.self_help, FindingCode.SELF_HELP),
        (rules.suit, FindingCode.SUIT_WAIVED),
    ):
        said = rule.found_in(text)
        if said:
            yield Finding(code=code, place=place, facts={"text": said})


def unconfirmable(agreement: Agreement, rules: CheckRules) -> Iterator[Finding]:
    """The clauses that no court confirms: status, real rights, intellectual property (Fa Shi [2011]
    No. 5 art. 4; interpretation of the CPL art. 355).
    """
    for index, clause in enumerate(agreement.clauses):
        for matter in rules.matters:
            if matter.confirmable:
                continue
            word = matter.decided_in(clause.text) or matter.hinted_in(clause.text)
            if word:
                place = f"clauses.{index}.text"
                facts = matter.facts(word=word)
                yield Finding(code=FindingCode.NOT_CONFIRMABLE, place=place, facts=facts)


def _check_confirmation(
    file: CaseFile, agreement: Agreement, rules: CheckRules, today: date, days: int
) -> Iterator[Finding]:
    yield from unconfirmable(agreement, rules)
    for party in file.living_parties:
        person = file.people.get(party.person_id) if party.person_id else None
        unit = file.organisations.get(party.organisation_id) if party.organisation_id else None
        if party.id not in agreement.party_ids:
            continue
        if (person and not person.id_no) or (unit and not unit.credit_code):
            facts = {"name": file.name_of(party)}
            yield Finding(code=FindingCode.ID_MISSING, place=f"party:{party.id}", facts=facts)
    if agreement.made_on and (today - agreement.made_on).days > days:
        late: dict[str, str | int] = {"days": days}
        yield Finding(code=FindingCode.CONFIRMATION_LATE, place="for_confirmation", facts=late)
