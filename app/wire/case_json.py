"""Reads a file of cases so that one bad case spoils only itself.

Faults are found with their place in the file.

Never raises anything but `Refused`, whatever the bytes are: other encodings, floats, duplicate
keys, deep nesting, NUL.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.domain.problems import Fact, Problem, ProblemCode, Refused, refuse
from app.domain.text import unstorable
from app.wire.canonical import DEEPEST
from app.wire.case_document import FORMAT, CasePart, Part

FILE_LIMIT_MB = 50
CASES_LIMIT = 5000
_CODES = {code.value for code in ProblemCode}
_DIGITS_LIMIT = 17


class _Fault:
    """Stands in the parsed file where something stood that must not be read.

    `wanted` is what should stand there.
    """

    __slots__ = ("wanted",)

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted


class _TwiceNamed(dict[str, Any]):
    """An object in which one key stood twice."""

    key = ""


def read_cases(raw: bytes) -> list[Any]:
    """The parsed, unchecked cases of a file. Raises `Refused` for a file that is none:

    FILE_TOO_LARGE, FILE_NOT_JSON, FILE_NOT_CASES, TOO_MANY.
    """
    if len(raw) > FILE_LIMIT_MB * 1024 * 1024:
        raise refuse(ProblemCode.FILE_TOO_LARGE, "", limit_mb=FILE_LIMIT_MB)
    value = _parse(raw)
    if not isinstance(value, dict):
        raise _no_cases("{ }")
    if isinstance(value, _TwiceNamed):
        # The second list of cases would take the place of the first without a word.
        raise _no_cases(f"{_shown(value.key)}: 1 ×")
    if value.get("format") != FORMAT:
        raise _no_cases(f'"format": "{FORMAT}"')
    cases = value.get("cases")
    if not isinstance(cases, list):
        raise _no_cases('"cases": [ ]')
    if value.keys() - {"format", "cases"}:
        raise _no_cases('"format", "cases"')
    if len(cases) > CASES_LIMIT:
        raise refuse(ProblemCode.TOO_MANY, "cases", limit=CASES_LIMIT)
    return cases


def read_case(value: Any, place: str) -> CasePart:
    """One case out of the file.

    Raises `Refused` with all faults, each at its place such as ``cases[2].facts``.
    """
    faults = list(_faults(value, place, 0))
    if faults:
        raise Refused(*faults[:50])
    try:
        return CasePart.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise Refused(*(_problem(one, place) for one in found[:50])) from None


def _no_cases(wanted: str) -> Refused:
    """The refusal of a whole file; `wanted` is a sample of what it should hold."""
    return refuse(ProblemCode.FILE_NOT_CASES, "", wanted=wanted)


def _parse(raw: bytes) -> Any:
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refuse(ProblemCode.FILE_NOT_JSON, "", line=line) from None
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=lambda name: _Fault("…"),
            parse_float=lambda number: _Fault('"0.00"'),
            parse_int=lambda number: int(number) if len(number) <= _DIGITS_LIMIT else _Fault("0"),
        )
    except json.JSONDecodeError as error:
        raise refuse(ProblemCode.FILE_NOT_JSON, "", line=error.lineno) from None
    except RecursionError:
        raise _no_cases(f'"format": "{FORMAT}"') from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = _TwiceNamed(found)
    names = [name for name, _ in pairs]
    twice.key = next(name for name in names if names.count(name) > 1)
    return twice


def _faults(value: Any, place: str, depth: int) -> Iterator[Problem]:
    """What pydantic would not see or must not get: marked values, unstorable characters."""
    if depth > DEEPEST:
        yield shape(place, "…")
    elif isinstance(value, _Fault):
        yield shape(place, value.wanted)
    elif isinstance(value, str):
        found = unstorable(value)
        if found:
            facts: dict[str, Fact] = {"position": found[0], "codepoint": found[1]}
            yield Problem(ProblemCode.UNSTORABLE_CHARACTER, place, facts)
    elif isinstance(value, dict):
        if isinstance(value, _TwiceNamed):
            yield shape(f"{place}.{_shown(value.key)}", "1 ×")
        for key, part in value.items():
            if unstorable(key):
                yield shape(f"{place}.{_shown(key)}", "a-z _")
            yield from _faults(part, f"{place}.{_shown(key)}", depth + 1)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _faults(part, f"{place}[{index}]", depth + 1)


def _shown(key: str) -> str:
    """A key as it can be shown in a place: short, and without what cannot be written anywhere."""
    return "".join(letter if not unstorable(letter) else "?" for letter in key[:40])


def shape(place: str, wanted: str) -> Problem:
    """The problem of something that does not have the form it should have."""
    return Problem(ProblemCode.FILE_SHAPE, place, {"place": place, "wanted": wanted})


def _problem(error: ErrorDetails, place: str) -> Problem:
    where = place + "".join(_step(part) for part in error["loc"] if not _is_tag(part))
    context = error.get("ctx") or {}
    kind = error["type"]
    if kind in _CODES:
        facts: dict[str, Fact] = {
            name: fact if isinstance(fact, int) else str(fact)
            for name, fact in context.items()
            if name != "wanted"
        }
        return Problem(ProblemCode(kind), where, facts)
    return shape(where, _wanted(kind, str(error["loc"][-1]) if error["loc"] else "", context))


def _step(part: str | int) -> str:
    return f"[{part}]" if isinstance(part, int) else f".{_shown(part)}"


def _is_tag(part: str | int) -> bool:
    """Pydantic names the branch of a union in the place.

    A person looks for keys and positions only.
    """
    return part in ("str", "MediatorPart")


def _wanted(kind: str, name: str, context: dict[str, Any]) -> str:
    """What should stand there, as a sample that reads in every language."""
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(name, _all_keys(), 1)
        return near[0] if near else "–"
    if kind in ("enum", "literal_error"):
        return str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    if kind == "missing":
        return f"{name}: …"
    samples = {"string": '"…"', "list": "[ ]", "int": "0", "bool": "true, false", "dict": "{ }"}
    samples |= {"model": "{ }", "day": '"2026-03-05"', "hour": '"09:30"', "yuan": '"400.00"'}
    return next((sample for start, sample in samples.items() if kind.startswith(start)), "…")


def _all_keys() -> list[str]:
    keys = {name for part in Part.__subclasses__() for name in part.model_fields}
    return sorted(keys)
