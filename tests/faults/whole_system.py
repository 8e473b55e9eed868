"""Drawn days of the whole system, as a Hypothesis machine and as a kind of fault trial."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from typing_extensions import override

from tests.faults.judging import told
from tests.faults.model import begin
from tests.faults.model_checks import Broken, check_quiet, check_step
from tests.faults.model_steps import (
    CARRY,
    HAPPEN,
    SPEAK,
    WRITE,
    Step,
    drawn,
    known_to_all,
    perform,
    play,
)
from tests.faults.seeded import BUGS, Bug
from tests.faults.trials import Harm, Outcome, Tier, timed

EXAMPLES, LENGTH = 15, 20
_FULL_LENGTH = 60
# How many drawn days a bug may hide.
_DAYS_TO_HIDE = 60
_COLUMNS = {
    "I1": "lost", "I2": "false_received", "I3": "doubled", "I5": "half", "I9": "lost",
}  # fmt: skip

_WHO, _WHAT, _MORE = st.integers(0, 5), st.integers(0, 11), st.integers(0, 30_000)


class WholeSystem(RuleBasedStateMachine):
    """One day. Groups of steps are rules, so that each comes often enough."""

    @initialize()
    def begin(self) -> None:
        self.model = begin()
        for step in (Step("create"), Step("create", 3), *known_to_all()):
            perform(self.model, step)

    def _do(self, name: str, who: int, what: int, more: int) -> None:
        perform(self.model, Step(name, who, what, more))
        check_step(self.model)

    @rule(name=st.sampled_from(sorted(WRITE)), who=_WHO, what=_WHAT, more=_MORE)
    def write(self, name: str, who: int, what: int, more: int) -> None:
        self._do(name, who, what, more)

    @rule(who=st.integers(0, 1), what=_WHAT, more=st.integers(0, 5))
    def edit(self, who: int, what: int, more: int) -> None:
        self._do("edit", who, what, more)

    @rule(name=st.sampled_from(sorted(SPEAK)), who=_WHO, what=_WHAT, more=_MORE)
    def speak(self, name: str, who: int, what: int, more: int) -> None:
        self._do(name, who, what, more)

    @rule(who=st.integers(0, 2))
    def sync(self, who: int) -> None:
        self._do("sync", who, 0, 0)

    @rule(name=st.sampled_from(sorted(CARRY)), who=_WHO, what=_WHAT, more=_MORE)
    def carry(self, name: str, who: int, what: int, more: int) -> None:
        self._do(name, who, what, more)

    @rule(name=st.sampled_from(sorted(HAPPEN)), who=_WHO, what=_WHAT, more=_MORE)
    def happen(self, name: str, who: int, what: int, more: int) -> None:
        self._do(name, who, what, more)

    @override
    def teardown(self) -> None:
        if hasattr(self, "model"):
            try:
                check_quiet(self.model)
            finally:
                self.model.close()


def run(tier: Tier) -> list[Outcome]:
    """Days without bugs, and drawn days that must find each bug."""
    days = (_day(seed) for seed in range(tier.of(10, 2_000)))
    rows = [timed(Outcome("whole system: drawn days"), days)]
    for bug in BUGS if tier.full else ():
        row = Outcome(f"whole system: {bug.name}", must_fail=True)
        rows.append(timed(row, _search(bug)))
    return rows


def _day(seed: int) -> Harm:
    try:
        play(drawn(seed, _FULL_LENGTH))
    except Broken as broken:
        return Harm(_COLUMNS.get(broken.name, "unopenable"), f"day {seed}: {broken}")
    except Exception as error:  # whatever it is: somebody could not go on
        return Harm("unopenable", f"day {seed}: {told(error)}")
    return Harm()


def _search(bug: Bug) -> Iterator[Harm]:
    """Until it is found."""
    with bug.put_in():
        for seed in range(_DAYS_TO_HIDE):
            found = _day(seed)
            yield found
            if found.column:
                return
