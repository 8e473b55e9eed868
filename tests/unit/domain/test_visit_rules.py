"""Visits as the rule table of the pack proposes them, ticked off by those that were made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreements import AgreementState
from app.domain.casefile import CaseFile
from app.domain.cases import RiskGrade
from app.domain.visit_rules import (
    INSTALMENTS,
    ON_THE_SPOT,
    ONCE,
    ProposedVisit,
    VisitRules,
    plan_visits,
    timing,
)
from app.services.visits import proposed_visits, visit_plan, visit_rules
from tests.unit.documents import worked_case
from tests.unit.services.good_file import MADE_ON, good_file, open_file, visit

COUNTY = worked_case.practice()


def plan(file: CaseFile, today: date = MADE_ON) -> tuple[ProposedVisit, ...]:
    return visit_plan(file, COUNTY, today)


def days(found: tuple[ProposedVisit, ...]) -> list[int]:
    """Days since the agreement took effect."""
    return [(one.on - MADE_ON).days for one in found]


def graded(grade: RiskGrade, **changes: Any) -> CaseFile:
    """Performed on the spot, so that only the grade's own visits and the usual one are left."""
    file = open_file()
    done = replace(
        file.agreements[0], manner_code=ON_THE_SPOT, clauses=(), performed_on=MADE_ON, **changes
    )
    return replace(file, case=replace(file.case, risk_grade=grade), agreements=(done,))


def test_what_is_paid_later_is_asked_about_after_each_day() -> None:
    found = plan(open_file())
    assert [one.on for one in found] == [date(2026, 3, 18), date(2026, 3, 23)]
    assert [one.why[0].instalment for one in found] == [1, 2]
    assert {one.rule for one in found} == {"later"}
    assert all(one.why[0].zh and one.why[0].en for one in found)


def test_a_duty_done_in_time_needs_no_asking_and_the_last_visit_follows_performance() -> None:
    file = replace(good_file(), follow_ups=())
    file = replace(file, agreements=(replace(file.agreements[0], performed_on=None),))
    found = plan(file, date(2026, 3, 21))
    assert [one.on for one in found] == [date(2026, 4, 4)]
    assert found[0].why[0].base == "performed_on"


def test_what_was_done_on_the_spot_gets_one_visit() -> None:
    found = plan(graded(RiskGrade.BLUE))
    assert days(found) == [15]
    assert found[0].methods == ("VISIT", "PHONE")


def test_grades_add_their_visits() -> None:
    assert days(plan(graded(RiskGrade.YELLOW))) == [7, 15, 30]
    assert days(plan(graded(RiskGrade.RED))) == [3, 7, 15, 37, 67, 97]


def test_visits_on_one_day_are_one_visit_in_the_stricter_way() -> None:
    rules = visit_rules(COUNTY)
    yellow = next(one for one in rules.rules if one.id == "yellow")
    same = replace(yellow, visits=(replace(yellow.visits[0], days=15, methods=("VISIT",)),))
    others = tuple(same if one.id == "yellow" else one for one in rules.rules)
    found = plan_visits(graded(RiskGrade.YELLOW), replace(rules, rules=others), MADE_ON)
    assert days(found) == [15]
    assert found[0].methods == ("VISIT",)
    assert [one.rule for one in found[0].why] == ["written_on_the_spot", "yellow"]


def test_nothing_is_proposed_before_it_binds() -> None:
    file = open_file()
    draft = replace(file.agreements[0], state=AgreementState.FINAL, sign_offs=())
    assert plan(replace(file, agreements=(draft,))) == ()


def test_where_no_rule_fits_the_first_visit_of_the_clock_is_proposed() -> None:
    file = graded(RiskGrade.BLUE)
    bare = replace(file.agreements[0], manner_code="", performed_on=None)
    found = plan(replace(file, agreements=(bare,)))
    assert days(found) == [COUNTY.clocks.first_visit_days]
    assert found[0].rule == "first_follow_up"
    assert plan_visits(replace(file, agreements=(bare,)), VisitRules(), MADE_ON) == ()


def test_a_visit_ticks_off_what_was_due_by_its_day_or_else_the_next_one() -> None:
    file = graded(RiskGrade.RED)
    early = replace(file, follow_ups=(visit(80, MADE_ON + timedelta(days=2)),))
    assert days(tuple(one for one in plan(early) if one.done_on)) == [3]
    late = replace(file, follow_ups=(visit(80, MADE_ON + timedelta(days=40)),))
    assert days(tuple(one for one in plan(late) if one.done_on)) == [3, 7, 15, 37]


def test_a_visit_before_the_day_it_should_ask_about_does_not_count() -> None:
    file = replace(open_file(), follow_ups=(visit(80, date(2026, 3, 14)),))
    assert [one.done_on for one in plan(file)] == [None, None]
    file = replace(open_file(), follow_ups=(visit(80, date(2026, 3, 15)),))
    assert [one.done_on for one in plan(file)] == [date(2026, 3, 15), None]


def test_a_call_is_no_visit_where_somebody_must_go() -> None:
    call = replace(visit(80, MADE_ON + timedelta(days=2)), method="PHONE")
    file = replace(graded(RiskGrade.RED), follow_ups=(call,))
    assert days(tuple(one for one in plan(file) if one.done_on)) == [15]


def test_a_voided_visit_was_none() -> None:
    gone = replace(visit(80, MADE_ON + timedelta(days=2)), void_reason="记错")
    assert not any(one.done_on for one in plan(replace(graded(RiskGrade.RED), follow_ups=(gone,))))


def test_overdue_is_what_nobody_went_to() -> None:
    file = open_file()
    assert not any(one.overdue for one in plan(file, date(2026, 3, 18)))
    assert [one.overdue for one in plan(file, date(2026, 3, 19))] == [True, False]
    assert [one.on for one in proposed_visits(good_file(), COUNTY, date(2026, 9, 1))] == []


def test_what_is_not_kept_is_urged_twice_and_then_the_routes_are_told() -> None:
    found_on = date(2026, 3, 18)
    first = visit(80, found_on, "NOT_PERFORMED")
    file = replace(open_file(), follow_ups=(first,))
    chain = [one for one in plan(file) if one.rule.endswith("urge")]
    assert [(one.rule, one.on, one.done_on) for one in chain] == [
        ("first_urge", found_on, found_on),
        ("second_urge", found_on + timedelta(days=7), None),
    ]
    second = visit(81, found_on + timedelta(days=9), "NOT_PERFORMED")
    file = replace(file, follow_ups=(first, second))
    last = [one for one in plan(file) if one.rule == "tell_routes"]
    assert [one.on for one in last] == [found_on + timedelta(days=16)]
    kept = replace(file, agreements=(replace(file.agreements[0], performed_on=found_on),))
    assert not any(one.rule == "tell_routes" for one in plan(kept))


def test_when_it_is_performed_is_read_from_the_agreement() -> None:
    agreement = open_file().agreements[0]
    assert timing(replace(agreement, manner_code=ONCE)) == ONCE
    assert timing(replace(agreement, manner_code="MONEY")) == INSTALMENTS
    plain = replace(agreement, manner_code="", clauses=())
    assert timing(plain) == ""
    assert timing(replace(plain, performed_on=MADE_ON)) == ON_THE_SPOT


DAYS = st.lists(st.integers(min_value=0, max_value=120), max_size=6)


@given(DAYS, st.sampled_from(list(RiskGrade)), st.integers(min_value=0, max_value=150))
def test_visits_never_add_proposals_and_each_is_ticked_once(
    made: list[int], grade: RiskGrade, now: int
) -> None:
    file, today = graded(grade), MADE_ON + timedelta(days=now)
    visits = tuple(
        visit(400 + number, MADE_ON + timedelta(days=day)) for number, day in enumerate(made)
    )
    before, after = plan(file, today), plan(replace(file, follow_ups=visits), today)
    assert days(after) == days(before) == sorted(set(days(before)))
    for one in after:
        assert one.done_on is None or one.done_on >= one.not_before
        assert not (one.overdue and one.done_on)
