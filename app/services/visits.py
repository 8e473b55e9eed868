"""Follow-up visits that the county's rule table proposes for a case. Never records one: that is
`followups`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.casefile import CaseFile
from app.domain.visit_rules import (
    FIRST_VISIT,
    ProposedVisit,
    UrgeStep,
    VisitDay,
    VisitRule,
    VisitRules,
    plan_visits,
)
from app.services.ports import Practice


def proposed_visits(file: CaseFile, practice: Practice, today: date) -> tuple[ProposedVisit, ...]:
    """The visits still to be made, by date. `today` is the local date."""
    return tuple(one for one in visit_plan(file, practice, today) if one.done_on is None)


def visit_plan(file: CaseFile, practice: Practice, today: date) -> tuple[ProposedVisit, ...]:
    """All visits that the table wants, by date, with those that were made."""
    return plan_visits(file, visit_rules(practice), today)


def visit_rules(practice: Practice) -> VisitRules:
    """The rule table of the pack (``followup_rules``); its first visit is the clock's."""
    found = practice.texts.get("followup_rules")
    table: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    return VisitRules(
        rules=tuple(_rule(one) for one in table.get("rules", ())),
        urging=tuple(
            UrgeStep(one["id"], one["zh"], one["en"], int(one["days"]))
            for one in table.get("when_not_performed", ())
        ),
        first=_first(practice),
    )


def _rule(line: Mapping[str, Any]) -> VisitRule:
    when = {name: tuple(codes) for name, codes in line.get("when", {}).items()}
    days = tuple(
        VisitDay(one["from"], int(one["days"]), tuple(one.get("method", ())))
        for one in line["visits"]
    )
    return VisitRule(line["id"], line["zh"], line["en"], when, days)


def _first(practice: Practice) -> VisitRule:
    clocks = practice.texts.get("clocks")
    lines = clocks.get("clocks", ()) if isinstance(clocks, Mapping) else ()
    clock: Mapping[str, Any] = next((one for one in lines if one.get("id") == FIRST_VISIT), {})
    day = VisitDay("effective_on", practice.clocks.first_visit_days)
    return VisitRule(FIRST_VISIT, clock.get("zh", ""), clock.get("en", ""), visits=(day,))
