"""Which follow-up visits the county's rule table proposes for an agreement, and which of them were
made (PML art. 31).

Rules are tried in order and all that fit add their visits; visits on one day are one visit. Never
forbids a visit and never records one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app.domain.agreements import Agreement, AgreementState, effective_on
from app.domain.casefile import CaseFile
from app.domain.duties import DutyState, all_done, duties, progress
from app.domain.followups import FollowUp
from app.domain.ids import RecordId
from app.domain.performances import Performance

NOT_PERFORMED, PERFORMED = "NOT_PERFORMED", "PERFORMED"  # codes of ``performance_status``
ON_THE_SPOT, ONCE, INSTALMENTS = "ON_THE_SPOT", "ONCE", "INSTALMENTS"  # ``performance_manner``
FIRST_VISIT = "first_follow_up"  # the clock that serves where no rule of the table fits


@dataclass(frozen=True, slots=True)
class VisitDay:
    """One visit of a rule: `days` after `base` (``effective_on``, ``due_on`` of each duty,
    ``performed_on``), by one of `methods` (codes of ``visit_method``; any if empty).
    """

    base: str
    days: int
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitRule:
    """One rule. `when` fact -> codes that fit (``form``, ``timing``, ``grade``); a fact that is not
    known here never fits.
    """

    id: str
    zh: str
    en: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    visits: tuple[VisitDay, ...] = ()


@dataclass(frozen=True, slots=True)
class UrgeStep:
    """One step of the chain that begins when a visit finds an agreement not kept: `days` after the
    step before it, the first after the finding.
    """

    id: str
    zh: str
    en: str
    days: int


@dataclass(frozen=True, slots=True)
class VisitRules:
    """The county's table; `first` is the visit proposed where no rule gives any."""

    rules: tuple[VisitRule, ...] = ()
    urging: tuple[UrgeStep, ...] = ()
    first: VisitRule | None = None


@dataclass(frozen=True, slots=True)
class VisitReason:
    """Why a visit is proposed: the rule in the pack's words, and `days` after `base`, which was on
    the local date `base_on`. `instalment` is the number of the duty that falls due, 0 if none.
    """

    rule: str
    zh: str
    en: str
    base: str
    base_on: date
    days: int
    instalment: int = 0


@dataclass(frozen=True, slots=True)
class ProposedVisit:
    """A visit on local date `on`. `done_by` is the visit that was made for it, on `done_on`.

    `overdue` tells that its day is over and nobody went.
    """

    on: date
    rule: str
    agreement_id: RecordId
    methods: tuple[str, ...] = ()
    why: tuple[VisitReason, ...] = ()
    overdue: bool = False
    done_on: date | None = None
    done_by: RecordId | None = None

    @property
    def not_before(self) -> date:
        """The first local date on which a visit counts for it: what it asks about has happened."""
        return min(one.base_on for one in self.why)


def timing(agreement: Agreement) -> str:
    """When it is performed, as a code of ``performance_manner``: chosen on the agreement, else read
    from its duties; "" where neither tells.
    """
    if agreement.manner_code in (ON_THE_SPOT, ONCE, INSTALMENTS):
        return agreement.manner_code
    lines, effective = duties(agreement), effective_on(agreement)
    if any(one.instalment for one in lines):
        return INSTALMENTS
    if effective and agreement.performed_on and agreement.performed_on <= effective:
        return ON_THE_SPOT
    return ONCE if any(one.due_on for one in lines) else ""


def plan_visits(file: CaseFile, rules: VisitRules, today: date) -> tuple[ProposedVisit, ...]:
    """All visits that the table proposes for the agreements in force, by date, with those that were
    made. `today` is the local date.
    """
    found: list[ProposedVisit] = []
    for agreement in file.living_agreements:
        if agreement.state is AgreementState.EFFECTIVE and effective_on(agreement):
            made = _visits_of(file, agreement)
            planned = _merged(_proposals(file, agreement, rules, today))
            found += _ticked(planned, made)
            found += _urging(file, agreement, rules, made, today)
    found.sort(key=lambda one: one.on)
    return tuple(replace(one, overdue=one.done_on is None and one.on < today) for one in found)


def _visits_of(file: CaseFile, agreement: Agreement) -> tuple[FollowUp, ...]:
    """Visits about the agreement, oldest first; one that names none is about the main one."""
    main = file.main_agreement()
    ours = {agreement.id, None} if main and main.id == agreement.id else {agreement.id}
    made = [
        one
        for one in file.follow_ups
        if not one.void_reason and one.visited_on and one.agreement_id in ours
    ]
    return tuple(sorted(made, key=lambda one: one.visited_on or date.min))


def _proposals(
    file: CaseFile, agreement: Agreement, rules: VisitRules, today: date
) -> list[ProposedVisit]:
    facts = {
        "form": agreement.form.value,
        "timing": timing(agreement),
        "grade": file.case.risk_grade.value,
    }
    fitting = [
        one
        for one in rules.rules
        if all(facts.get(name, "") in codes for name, codes in one.when.items() if codes)
    ]
    found = [it for one in fitting for it in _of_rule(file, agreement, one, today)]
    if not found and rules.first:
        found = list(_of_rule(file, agreement, rules.first, today))
    return found


def _of_rule(
    file: CaseFile, agreement: Agreement, rule: VisitRule, today: date
) -> Iterator[ProposedVisit]:
    for day in rule.visits:
        for base_on, instalment in _bases(file, agreement, day.base, today):
            why = VisitReason(rule.id, rule.zh, rule.en, day.base, base_on, day.days, instalment)
            on = base_on + timedelta(days=day.days)
            yield ProposedVisit(on, rule.id, agreement.id, day.methods, (why,))


def _bases(
    file: CaseFile, agreement: Agreement, base: str, today: date
) -> Iterator[tuple[date, int]]:
    """The local dates from which a visit is counted; none for what has not happened or is not
    known.
    """
    effective = effective_on(agreement)
    if base == "effective_on" and effective:
        yield effective, 0
    if base == "due_on":
        for number, due_on in enumerate(_days_to_ask(file, agreement, today), 1):
            yield max(due_on, effective or due_on), number
    if base == "performed_on":
        done = agreement.performed_on or all_done(agreement, file.living(Performance), today)
        if done:
            yield done, 0


def _days_to_ask(file: CaseFile, agreement: Agreement, today: date) -> dict[date, None]:
    """The days on which something falls due that was not done by then."""
    if agreement.performed_on:
        last = agreement.performed_on
        days = [one.due_on for one in duties(agreement) if one.due_on and one.due_on < last]
        return dict.fromkeys(days)
    found = progress(agreement, file.living(Performance), today)
    return dict.fromkeys(
        one.duty.due_on
        for one in found
        if one.duty.due_on
        and not (one.state is DutyState.DONE and one.done_on and one.done_on <= one.duty.due_on)
    )


def _merged(found: Iterable[ProposedVisit]) -> list[ProposedVisit]:
    """Visits on one day made one: all reasons, and the ways that serve all of them."""
    days: dict[date, ProposedVisit] = {}
    for one in sorted(found, key=lambda it: it.on):
        known = days.get(one.on)
        if known is None:
            days[one.on] = one
            continue
        methods = _strictest(known.methods, one.methods)
        days[one.on] = replace(known, methods=methods, why=(*known.why, *one.why))
    return list(days.values())


def _strictest(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    if not first or not second:
        return first or second
    both = tuple(one for one in first if one in second)
    return both or min(first, second, key=len)


def _serves(made: FollowUp, wanted: ProposedVisit) -> bool:
    """Whether a visit was of the wanted kind and not before what it should ask about."""
    right_way = not made.method or not wanted.methods or made.method in wanted.methods
    return right_way and made.visited_on is not None and made.visited_on >= wanted.not_before


def _ticked(planned: list[ProposedVisit], made: tuple[FollowUp, ...]) -> list[ProposedVisit]:
    """Each visit ticks off all that were due by its day, else the next one that it can serve."""
    for visit in made:
        day = visit.visited_on
        assert day is not None
        open_ones = [one for one in planned if one.done_on is None and _serves(visit, one)]
        past = [one for one in open_ones if one.on <= day]
        for one in past or open_ones[:1]:
            place = planned.index(one)
            planned[place] = replace(one, done_on=day, done_by=visit.id)
    return planned


def _urging(
    file: CaseFile,
    agreement: Agreement,
    rules: VisitRules,
    made: tuple[FollowUp, ...],
    today: date,
) -> Iterator[ProposedVisit]:
    """The chain for an agreement that a visit found not kept; the finding is the first urging."""
    kept = agreement.performed_on or all_done(agreement, file.living(Performance), today)
    last = next((one for one in reversed(made) if one.performance), None)
    if kept or last is None or last.performance != NOT_PERFORMED:
        return
    since = max(
        (index + 1 for index, one in enumerate(made) if one.performance == PERFORMED), default=0
    )
    chain = [one for one in made[since:] if one.performance == NOT_PERFORMED]
    base_on, base = chain[0].visited_on, "found_on"
    for number, step in enumerate(rules.urging):
        assert base_on is not None
        why = VisitReason(step.id, step.zh, step.en, base, base_on, step.days)
        on = base_on + timedelta(days=step.days)
        wanted = ProposedVisit(on, step.id, agreement.id, (), (why,))
        if number >= len(chain):
            yield wanted
            return
        visit = chain[number]
        yield replace(wanted, done_on=visit.visited_on, done_by=visit.id)
        base_on, base = visit.visited_on, step.id
