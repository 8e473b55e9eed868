"""Steps of the model as plain values: a day can be drawn, shortened and played again."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.settlements import Choice
from tests.faults.model import Model, Papers, begin
from tests.faults.model_checks import check_quiet, check_step
from tests.faults.model_laptop import ModelLaptop
from tests.faults.model_line import FAULTS, Fault

_MOST_CONTACTS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does or that happens: `who` is a laptop, `what` a case, a stick or a
    kind, `more` whatever else has to be chosen.
    """

    name: str
    who: int = 0
    what: int = 0
    more: int = 0


Do = Callable[[Model, ModelLaptop, Step], None]


def _on_a_case(do: Callable[[Model, ModelLaptop, Papers, int], None]) -> Do:
    """For what is done to a case of one's own committee."""

    def perform(model: Model, who: ModelLaptop, step: Step) -> None:
        papers = model.papers(step.what, who.side)
        if papers is not None:
            do(model, who, papers, step.more)

    return perform


def _sync(model: Model, who: ModelLaptop, step: Step) -> None:
    model.sync(who)


def _faulty_sync(model: Model, who: ModelLaptop, step: Step) -> None:
    kind = FAULTS[step.what % len(FAULTS)]
    model.sync(who, Fault(kind, request=step.more % 3, where=step.more // 3))


def _restore_county(model: Model, who: ModelLaptop, step: Step) -> None:
    model.restore_county()


WRITE: Mapping[str, Do] = {
    "create": lambda model, who, step: model.create(who),
    "edit": _on_a_case(lambda model, who, papers, more: model.edit(who, papers, more)),
    "edit again": _on_a_case(lambda model, who, papers, more: model.edit(who, papers, more % 4)),
    "comment": _on_a_case(lambda model, who, papers, more: model.comment(who, papers)),
    "seal": _on_a_case(lambda model, who, papers, more: model.seal(who, papers)),
    "sign": _on_a_case(lambda model, who, papers, more: model.sign(who, papers, more)),
    "spoil": _on_a_case(lambda model, who, papers, more: model.spoil(who, papers)),
    "return": _on_a_case(lambda model, who, papers, more: model.review(papers)),
    "submit": _on_a_case(lambda model, who, papers, more: model.submit(who, papers)),
    "attach": _on_a_case(
        lambda model, who, papers, more: model.attach(who, papers, more * 7 % 40_000)
    ),
    "void file": _on_a_case(lambda model, who, papers, more: model.void_file(who, papers)),
    "hand over": _on_a_case(lambda model, who, papers, more: model.hand_over(who, papers, more)),
    "assign": _on_a_case(
        lambda model, who, papers, more: model.hand_over(model.office, papers, more)
    ),
    "take away": _on_a_case(lambda model, who, papers, more: model.take_away(papers, more)),
    "settle": lambda model, who, step: _settle(model, who, step),
}
BY_MEDIATORS = WRITE.keys() - {"assign", "return", "settle", "take away"}
SPEAK: Mapping[str, Do] = {"sync": _sync, "faulty sync": _faulty_sync}
CARRY: Mapping[str, Do] = {
    "export": lambda model, who, step: model.usb_export(who),
    "import": lambda model, who, step: _import(model, step),
    "answer": lambda model, who, step: model.usb_answer(step.what),
}
HAPPEN: Mapping[str, Do] = {
    "laptop dies": lambda model, who, step: model.client_dies(
        who, step.more % 6, before=bool(step.more % 2), act=step.what
    ),
    "echo": lambda model, who, step: model.echo(who, step.what),
    "county restarts": lambda model, who, step: model.county.reopen(),
    "laptop restarts": lambda model, who, step: who.reopen(),
    "clock": lambda model, who, step: model.clock(step.who, 2000 + step.more % 100),
    "county clock": lambda model, who, step: model.county_clock(2024 + step.more % 20),
    "back up county": lambda model, who, step: model.back_up_county(),
    "restore county": _restore_county,
    "back up laptop": lambda model, who, step: model.back_up_laptop(who),
    "restore laptop": lambda model, who, step: model.restore_laptop(step.what),
    "enrol anew": lambda model, who, step: _enrol_anew(model, who, step),
    "revoke": lambda model, who, step: model.revoke(who),
}
STEPS: Mapping[str, Do] = {**WRITE, **SPEAK, **CARRY, **HAPPEN}
# How often a drawn day holds each.
_USUAL = {
    "edit": 18,
    "edit again": 18,
    "create": 2,
    "take away": 8,
    "seal": 6,
    "sign": 2,
    "attach": 4,
    "assign": 4,
    "hand over": 3,
    "settle": 6,
    "sync": 24,
    "faulty sync": 14,
    "export": 4,
    "import": 5,
    "answer": 5,
    "back up county": 2,
    "restore county": 2,
    "back up laptop": 2,
    "restore laptop": 2,
    "revoke": 2,
    "enrol anew": 4,
}


def _settle(model: Model, who: ModelLaptop, step: Step) -> None:
    choice = Choice.OTHER if step.more % 2 else Choice.IN_FORCE
    model.settle(who, step.what, choice)


def _enrol_anew(model: Model, who: ModelLaptop, step: Step) -> None:
    """The laptop, or another one that needs it, on a line that may fail, in a program that may
    die.
    """
    dead = [one for one in model.laptops if model.is_dead(one)]
    if who not in dead:
        if not dead:
            return
        who = dead[step.who % len(dead)]
    if step.more % 4 == 0:
        who.dies_at = 1 + step.more // 4 % 9, bool(step.more // 36 % 2)
    kind = FAULTS[step.what % len(FAULTS)] if step.more % 4 == 1 else ""
    model.enrol_anew(who, Fault(kind, request=step.more // 4 % 3, where=step.more // 12))
    who.dies_at = None


def _import(model: Model, step: Step) -> None:
    model.usb_import(step.what)


def perform(model: Model, step: Step) -> None:
    """Does one step; people write only what is their side's business."""
    who = model.laptop(step.who)
    if step.name in BY_MEDIATORS and who is model.office:
        return
    STEPS[step.name](model, who, step)


def play(steps: Iterable[Step], *, every: int = 1) -> None:
    """A whole day from its beginning until all is quiet, with all checks. Raises what breaks."""
    model = begin()
    try:
        for number, step in enumerate(steps, 1):
            perform(model, step)
            if number % every == 0:
                check_step(model)
        check_quiet(model)
    finally:
        model.close()


def drawn(seed: int, length: int, usual: Mapping[str, int] | None = None) -> list[Step]:
    """A day that is the same for the same seed. It begins with two cases that everybody knows."""
    dice = random.Random(seed)
    names = list(STEPS)
    weights = [({**_USUAL, **(usual or {})}).get(name, 1) for name in names]
    steps = [Step("create"), Step("create", 3), *known_to_all()]
    for name in dice.choices(names, weights, k=length):
        who = dice.choice((0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 5))
        steps.append(Step(name, who, dice.randrange(12), dice.randrange(30_000)))
    return steps


def known_to_all() -> list[Step]:
    """Two rounds in which everybody speaks to the county."""
    return [Step("sync", who) for who in (0, 1, 2, 3, 0, 1, 2)]


def shortest(steps: Sequence[Step], fails: Callable[[Sequence[Step]], bool]) -> list[Step]:
    """As few of the steps as still fail, found by leaving out more and more."""
    left, size = list(steps), max(1, len(steps) // 2)
    while size:
        start = 0
        while start < len(left):
            without = left[:start] + left[start + size :]
            if fails(without):
                left = without
            else:
                start += size
        size //= 2
    return left
