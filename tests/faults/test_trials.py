"""The count of harm is honest: every kind of it is seen, and a control that finds none is bad."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.__main__ import share_of
from tests.faults.judging import judge
from tests.faults.places import Found
from tests.faults.results import merged, section
from tests.faults.trials import KINDS, MINUTES, Harm, Outcome, Tier, run_kind, table, timed


def _finds(found: Found) -> tuple[Harm, list[str]]:
    def look(place: Path, said: Sequence[str]) -> Found:
        del place, said
        return found

    return judge(look, Path(), ["begun", "case 1", "done"])


@pytest.mark.parametrize(
    ("found", "column"),
    [
        (Found(frozenset({"case 1", "case 2"})), ""),
        (Found(frozenset({"case 2"})), "lost"),
        (Found(frozenset({"case 1"}), half="x"), "half"),
        (Found(frozenset({"case 1"}), doubled="x"), "doubled"),
        (Found(frozenset({"case 1"}), false_received="x"), "false_received"),
    ],
)
def test_every_harm_has_its_column(found: Found, column: str) -> None:
    assert _finds(found)[0].column == column


def test_what_a_life_finished_without_a_word_is_asked_for_after_the_next() -> None:
    assert _finds(Found(frozenset({"case 1", "case 2"})))[1] == ["case 1", "case 2"]


def test_a_place_that_cannot_be_opened_is_harm_without_its_words() -> None:
    def look(place: Path, said: Sequence[str]) -> Found:
        raise OSError("张三")

    harm, _ = judge(look, Path(), [])
    assert (harm.column, harm.words) == ("unopenable", "OSError")


def test_a_control_without_harm_is_bad() -> None:
    control = timed(Outcome("control", must_fail=True), [Harm()])
    assert not control.good
    assert "BLIND" in table([control])
    control.add(Harm("lost", "case"))
    assert control.good
    assert not Outcome("nothing was tried").good


def test_one_kind_alone_leaves_the_rows_of_the_others() -> None:
    kills = section([Outcome("kill: x", trials=1200), Outcome("kill: y", 5, lost=1)], "2026-11-20")
    page = merged("", {"kills": kills}, "2 cores")
    control = Outcome("control", trials=7, lost=7, must_fail=True)
    again = merged(page, {"clocks": section([Outcome("clock", 3), control], "2026-11-21")}, "4")
    assert set(kills) <= set(again.splitlines())
    assert "| clock | 2026-11-21 | 3 |" in again
    assert "1,208 trials, 1 with harm" in again
    newer = merged(again, {"kills": section([Outcome("kill: x", trials=9)], "2026-11-22")}, "4")
    assert "| kill: x | 2026-11-22 | 9 |" in newer and "2026-11-20" not in newer
    assert newer.index("## kills") < newer.index("## clocks")


def test_a_plan_in_minutes_is_a_part_of_the_whole_hour() -> None:
    # The machine of the whole system searches at random, as long as it is let.
    assert sum(MINUTES.values()) - MINUTES["whole_system"] <= 60
    assert share_of(["kills", "clocks"], (MINUTES["kills"] + MINUTES["clocks"]) / 2) == 0.5
    assert share_of(["clocks"], 600) == share_of(["clocks"], None) == 1


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_can_be_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    module = importlib.import_module(f"tests.faults.{name}")
    monkeypatch.setattr(module, "run", lambda tier: [Outcome(name, trials=tier.of(1, 100))])
    assert run_kind(name, Tier(full=True, share=0.5))[0].trials == 50
