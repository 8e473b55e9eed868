"""The whole system as one machine: whatever people do and lines, sticks, clocks and computers meet,
what must hold holds; and bugs that were put in on purpose are found.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from app.domain.problems import Refused
from tests.faults.model import known_to_each_other
from tests.faults.model_checks import Broken
from tests.faults.model_steps import Step, play
from tests.faults.seeded import BEGUN, BUGS, ENROLLED_ANEW, SECOND, Bug, faulty
from tests.faults.whole_system import EXAMPLES, LENGTH, WholeSystem

# Each once ended with two truths.
ONCE_BROKEN: dict[str, Sequence[Step]] = {
    "a hand-over that counts elsewhere": [
        Step("create"),
        Step("sync"),
        Step("back up county"),
        Step("take away", 1),
        Step("restore county"),
        Step("hand over", 1),
    ],
    "a stick that was on its way meanwhile": [
        *BEGUN,
        Step("back up county"),
        Step("edit", 0, 0, 2),
        Step("export"),
        Step("import"),
        Step("edit", 1, 0, 2),
        *(Step("sync", 1), Step("sync", 0), Step("restore county")),
        *(Step("sync", 1), Step("sync", 0), Step("sync", 1), Step("answer")),
    ],
    "a conflict that is none any more": [
        *BEGUN,
        Step("back up county"),
        Step("edit", 1, 0, 2),
        Step("sync", 1),
        Step("edit", 0, 0, 2),
        *(Step("export"), Step("import"), Step("answer"), Step("restore county")),
        *(Step("sync", 0), Step("sync", 1), Step("sync", 0)),
    ],
    "a case that came with another identity": [
        Step("create"),
        Step("revoke"),
        *ENROLLED_ANEW,
    ],
    "an answer that was lost before another identity": [
        *BEGUN,
        Step("edit"),
        faulty("lost"),
        *(Step("take away"), Step("edit", SECOND), Step("sync", SECOND), Step("revoke")),
        *ENROLLED_ANEW,
    ],
}


def test_drawn_days_are_harmless() -> None:
    """Short ones, the same in every run of the checks."""
    run_state_machine_as_test(
        WholeSystem,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=LENGTH,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("name", ONCE_BROKEN)
def test_what_was_once_broken_holds(name: str) -> None:
    play(ONCE_BROKEN[name])


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_bugs_are_found(bug: Bug) -> None:
    known_to_each_other()
    with bug.put_in(), pytest.raises((Broken, Refused)) as found:
        play(bug.day)
    told = getattr(found.value, "name", "Refused")
    assert told in bug.breaks, str(found.value)


def test_the_days_of_the_bugs_are_harmless_without_them() -> None:
    for day in {tuple(bug.day) for bug in BUGS}:
        play(day)
