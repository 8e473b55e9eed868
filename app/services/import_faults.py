"""All that is wrong with one case of a file, told in one go.

A fault of form keeps the rest of the case from being read. Here the broken parts are laid aside, so
that codes, names and values of the rest are looked at too.

Never reports what is wrong only because something else was laid aside or did not come in.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel

from app.domain.problems import Fact, Problem, ProblemCode, Refused
from app.wire.canonical import DEEPEST
from app.wire.case_document import CasePart
from app.wire.case_json import read_case

Steps = tuple[str | int, ...]
ROUNDS = 30
NAMES_SHOWN = 40
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
# Wrong whatever else the case holds.
_ALONE = frozenset(
    {
        ProblemCode.UNKNOWN_CODE,
        ProblemCode.NOT_A_PHONE,
        ProblemCode.NAME_HAS_DIGITS,
        ProblemCode.TOO_LONG,
        ProblemCode.UNSTORABLE_CHARACTER,
        ProblemCode.NOT_A_NUMBER,
        ProblemCode.DATE_IN_FUTURE,
        ProblemCode.REASON_NEEDED,
        ProblemCode.ID_LENGTH,
        ProblemCode.ID_CHARACTER,
        ProblemCode.ID_CHECK_DIGIT,
        ProblemCode.ID_BIRTH_DATE,
        ProblemCode.ID_REGION,
        ProblemCode.ID_OLD_STYLE,
        ProblemCode.ID_SEX_DIFFERS,
        ProblemCode.ID_BIRTH_DIFFERS,
        ProblemCode.CREDIT_CODE_LENGTH,
        ProblemCode.CREDIT_CODE_CHARACTER,
        ProblemCode.CREDIT_CODE_CHECK,
    }
)


class Rest:
    """What of a broken case can be read. `part` is None where too little is left."""

    def __init__(self, value: Any, place: str, faults: Iterable[Problem]) -> None:
        self._value = value
        self._place = place
        self._gone: set[Steps] = set()
        self._kept: dict[Steps, list[int]] = {}
        self.part = self._read(tuple(faults))

    def original(self, problem: Problem) -> Problem:
        """The problem at its place in the file: items before it may have been laid aside."""
        return Problem(problem.code, _text(self._place, self._old(problem.field)), problem.facts)

    def _read(self, faults: tuple[Problem, ...]) -> CasePart | None:
        for _ in range(ROUNDS):
            old = [self._old(one.field) for one in faults]
            if not all(self._lay_aside(one) for one in old):
                return None
            self._kept = {}
            try:
                return read_case(self._left(self._value, (), ()), self._place)
            except Refused as refused:
                faults = refused.problems
        return None

    def _lay_aside(self, steps: Steps) -> bool:
        """Drops what stands there, else what should hold it; False if that is the whole case."""
        while steps and (steps in self._gone or not _stands(self._value, steps)):
            steps = steps[:-1]
        self._gone.add(steps)
        return bool(steps)

    def _left(self, value: Any, old: Steps, new: Steps) -> Any:
        if len(old) > DEEPEST:
            return None
        if isinstance(value, dict):
            return {
                key: self._left(part, (*old, key), (*new, key))
                for key, part in value.items()
                if (*old, key) not in self._gone
            }
        if isinstance(value, list):
            kept = [index for index in range(len(value)) if (*old, index) not in self._gone]
            self._kept[new] = kept
            return [
                self._left(value[was], (*old, was), (*new, now)) for now, was in enumerate(kept)
            ]
        return value

    def _old(self, field: str) -> Steps:
        found: list[str | int] = []
        new = _steps(field.removeprefix(self._place))
        for count, step in enumerate(new):
            kept = self._kept.get(new[:count], []) if isinstance(step, int) else []
            found.append(kept[step] if isinstance(step, int) and step < len(kept) else step)
        return tuple(found)


def more_problems(known: Iterable[Problem], others: Iterable[Problem], value: Any) -> list[Problem]:
    """Those of `others` that are wrong by themselves and stand where nothing is told yet.

    `value` is the whole case as it stands in the file.
    """
    places = [one.field for one in known]
    described = set(described_names(value))
    found: list[Problem] = []
    for one in others:
        told = any(_touches(one.field, place) for place in places)
        if not told and one not in found and _by_itself(one, value, described):
            found.append(one)
    return found


def described_names(value: Any) -> Iterator[str]:
    """All names under which a case describes somebody."""
    for list_name in ("people", "organisations", "parties"):
        many = value.get(list_name)
        for one in many if isinstance(many, list) else ():
            if not isinstance(one, dict):
                continue
            # The `ref` of a party that stands there alone only points to somebody else.
            inner = one.get("person") or one.get("organisation")
            if list_name != "parties" or inner:
                yield from _own_names(one)
            yield from _own_names(inner)
            acting = one.get("representations")
            for helper in acting if isinstance(acting, list) else ():
                yield from _own_names(helper.get("person") if isinstance(helper, dict) else None)


def _own_names(value: Any) -> Iterator[str]:
    names = (value.get("ref"), value.get("name")) if isinstance(value, dict) else ()
    yield from (name for name in names if isinstance(name, str))


def _by_itself(problem: Problem, value: Any, described: set[str]) -> bool:
    if problem.code is ProblemCode.PERSON_UNKNOWN:
        return problem.facts.get("name") not in described
    if problem.code is ProblemCode.TWO_SIDES_NEEDED:
        parties = value.get("parties") or []
        return isinstance(parties, list) and len(parties) < 2
    if problem.code is ProblemCode.NOTHING_CHOSEN:
        return problem.field.endswith("].source") and not value.get("source")
    if problem.code is ProblemCode.MEDIATOR_NEEDED:
        return not value.get("mediators")
    return problem.code in _ALONE


def _touches(field: str, place: str) -> bool:
    short, long = sorted((field, place), key=len)
    return long == short or (long.startswith(short) and long[len(short)] in ".[")


def clearer(problem: Problem, place: str) -> Problem:
    """A fault of form in words that lead on.

    A field that nobody knows gets the fact `allowed`, the names that may stand there, and a sample
    of allowed values names no empty one.
    """
    if problem.code is not ProblemCode.FILE_SHAPE:
        return problem
    facts: dict[str, Fact] = dict(problem.facts)
    steps = _steps(problem.field.removeprefix(place))
    names = _names_at(steps[:-1]) if steps and isinstance(steps[-1], str) else ()
    if names and steps[-1] not in names:
        name = str(steps[-1])
        near = difflib.get_close_matches(name, names, 3)
        facts |= {"name": name, "allowed": ", ".join(near or names[:NAMES_SHOWN])}
    facts["wanted"] = ", ".join(
        word for word in str(facts.get("wanted", "")).split(", ") if word.strip()
    )
    return Problem(problem.code, problem.field, facts)


def _names_at(steps: Steps) -> tuple[str, ...]:
    """The fields that may stand at a place of a case; none where no object should stand."""
    model: type[BaseModel] | None = CasePart
    for step in steps:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step) if model else None
        model = _model_of(field.annotation) if field else None
    return tuple(model.model_fields) if model else ()


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """The one model inside ``list[X]``, ``X | None`` and their like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_of(one) for one in get_args(annotation))
    return next((one for one in inner if one), None)


def _stands(value: Any, steps: Steps) -> bool:
    for step in steps:
        inside = isinstance(value, list) and isinstance(step, int) and step < len(value)
        if not inside and not (isinstance(value, dict) and step in value):
            return False
        value = value[step]
    return True


def _steps(field: str) -> Steps:
    """``.parties[0].role`` -> ``("parties", 0, "role")``."""
    return tuple(
        int(match[2]) if match[2] is not None else match[1] for match in _STEP.finditer(field)
    )


def _text(place: str, steps: Steps) -> str:
    return place + "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps)
