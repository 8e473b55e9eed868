"""Compares what was said with what is there. Knows no operation and no kind of fault."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from tests.faults.places import Found
from tests.faults.trials import Harm

# What workers say about themselves, not about the records.
_OWN_WORDS = ("begun", "done", "refused ", "broken ", "disk ")

Look = Callable[[Path, Sequence[str]], Found]


def acknowledged(said: Collection[str]) -> list[str]:
    """Of all that was said, what must be there."""
    return [one for one in said if not one.startswith(_OWN_WORDS)]


def judge(look: Look, place: Path, said: Sequence[str]) -> tuple[Harm, list[str]]:
    """The harm at `place`, and what is there: the base of the next trial, so that what one life
    finished without saying it is asked for after the next.
    """
    must = acknowledged(said)
    try:
        found = look(place, must)
    except Exception as error:  # whatever it is: a person could not open the place
        return Harm("unopenable", told(error)), must
    return _harm(found, must), sorted(found.words | set(must))


def _harm(found: Found, must: Sequence[str]) -> Harm:
    lost = [one for one in must if one not in found.words]
    if lost:
        return Harm("lost", lost[0].split()[0])
    for column in ("half", "doubled", "false_received"):
        if words := getattr(found, column):
            return Harm(column, words)
    return Harm()


def told(error: Exception) -> str:
    """The kind of an error and its code, never its message."""
    problems = getattr(error, "problems", ())
    code = f" {problems[0].code.value}" if problems else ""
    return f"{type(error).__name__}{code}"
