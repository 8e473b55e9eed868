"""The count of harm is honest: every kind of it is seen, and a control that finds none is bad."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.judging import judge
from tests.faults.places import Found
from tests.faults.trials import KINDS, Harm, Outcome, Tier, run_kind, table, timed


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


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_can_be_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    module = importlib.import_module(f"tests.faults.{name}")
    monkeypatch.setattr(module, "run", lambda tier: [Outcome(name, trials=tier.of(1, 100))])
    assert run_kind(name, Tier(full=True, share=0.5))[0].trials == 50
