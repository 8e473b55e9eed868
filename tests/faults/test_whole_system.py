"""The whole system as one machine: whatever people do and lines, sticks, clocks and computers meet,
what must hold holds; and bugs that were put in on purpose are found.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, settings

from app.domain.problems import Refused
from tests.faults.model_checks import Broken
from tests.faults.model_steps import Step, play
from tests.faults.seeded import BUGS, Bug
from tests.faults.whole_system import EXAMPLES, LENGTH, WholeSystem

# Each was once what broke something.
ONCE_BROKEN: tuple[tuple[str, Sequence[Step]], ...] = ()


class TestWholeSystem(WholeSystem.TestCase):  # type: ignore[name-defined, misc]
    """Short days, the same in every run of the checks."""

    settings = settings(
        max_examples=EXAMPLES,
        stateful_step_count=LENGTH,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_bugs_are_found(bug: Bug) -> None:
    with bug.put_in(), pytest.raises((Broken, Refused)) as found:
        play(bug.day)
    told = getattr(found.value, "name", "Refused")
    assert told in bug.breaks, str(found.value)


def test_the_days_of_the_bugs_are_harmless_without_them() -> None:
    for day in {tuple(bug.day) for bug in BUGS}:
        play(day)
