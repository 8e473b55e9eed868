"""Will this file pass? The county's review sheet computed from the records of one case.

Never a guess: what only a person can tell is asked for, and what is not due yet is not lacking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.cases import Stage
from app.domain.review_ending import ENDING, FATAL
from app.domain.review_intake import INTAKE
from app.domain.review_middle import MIDDLE
from app.domain.review_sheet import (
    FatalDefect,
    FileFacts,
    Grade,
    Lacking,
    Place,
    ReviewSheet,
    SheetTest,
    Verdict,
)
from app.domain.review_stages import Found, closed, review_applies

__all__ = ["FileReview", "Grade", "ItemPoints", "Lacking", "Light", "Place", "Verdict", "review"]

TESTS: dict[str, Callable[[FileFacts], Found]] = {**INTAKE, **MIDDLE, **ENDING}


class Light(StrEnum):
    """RED: it fails as it stands. YELLOW: something is lacking that can still be mended, or most of
    the way is still ahead. GREEN: it passes with what is there, and nothing due is lacking.
    """

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """An item of the sheet with its points so far, `of` how many."""

    id: str
    zh: str
    en: str
    points: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReview:
    """The sheet of one file: `points` so far, `reachable` with all that can still be had, `full` of
    the sheet; `grade` of the points, None for a sheet without grades.

    `lacking` is due and can be mended, `later` is not due yet, `lost` cannot be mended, `asked`
    only a person can tell.
    """

    light: Light
    points: int
    reachable: int
    full: int
    passes: bool
    grade: Grade | None
    fatal: tuple[Lacking, ...]
    lacking: tuple[Lacking, ...]
    later: tuple[Lacking, ...]
    lost: tuple[Lacking, ...]
    asked: tuple[Lacking, ...]
    items: tuple[ItemPoints, ...]


def review(facts: FileFacts, sheet: ReviewSheet) -> FileReview:
    """The whole sheet for one file."""
    found = {item.id: [_tried(facts, one) for one in item.tests] for item in sheet.items}
    items = tuple(
        ItemPoints(one.id, one.zh, one.en, _points(found[one.id], Verdict.PASSED), one.points)
        for one in sheet.items
    )
    everything = [one for results in found.values() for one in results]
    full = sum(one.points for one in sheet.items)
    points = sum(one.points for one in items)
    reachable = full - _points(everything, Verdict.LOST)
    fatal = tuple(_fatal(facts, sheet.fatal))
    asked = [_ask(one) for one in sheet.fatal if one.id not in FATAL]
    grade = _grade(points, sheet)
    failed = grade is not None and grade.id == _failing(sheet)
    hopeless = bool(sheet.grades) and _grade(reachable, sheet) is sheet.grades[-1]
    lacking = _of(everything, Verdict.LACKING)
    red = bool(fatal) or (failed and closed(facts.file)) or (hopeless and len(sheet.grades) > 1)
    return FileReview(
        light=Light.RED if red else Light.YELLOW if lacking or failed else Light.GREEN,
        points=points,
        reachable=reachable,
        full=full,
        passes=not fatal and not failed,
        grade=grade,
        fatal=fatal,
        lacking=lacking,
        later=_of(everything, Verdict.LATER),
        lost=_of(everything, Verdict.LOST),
        asked=(*asked, *_of(everything, Verdict.ASKED)),
        items=items,
    )


def _tried(facts: FileFacts, test: SheetTest) -> Lacking:
    """What a test found, whatever it found. A file that is bound cannot be mended any more."""
    verdict, places = _found(facts, test)
    if verdict is Verdict.LACKING and facts.file.case.stage is Stage.FILED:
        verdict = Verdict.LOST
    return Lacking(
        test.id,
        test.zh,
        test.en,
        test.advice_zh,
        test.advice_en,
        test.points,
        verdict,
        tuple(dict.fromkeys(places)),
    )


def _found(facts: FileFacts, test: SheetTest) -> Found:
    known, fits = TESTS.get(test.id), review_applies(facts, test.applies)
    if known is None:
        return Verdict.ASKED, ()
    if fits is None:
        return Verdict.LATER, ()
    return known(facts) if fits else (Verdict.PASSED, ())


def _points(found: list[Lacking], verdict: Verdict) -> int:
    return sum(one.points for one in found if one.verdict is verdict)


def _of(found: list[Lacking], verdict: Verdict) -> tuple[Lacking, ...]:
    return tuple(one for one in found if one.verdict is verdict)


def _fatal(facts: FileFacts, defects: tuple[FatalDefect, ...]) -> Iterator[Lacking]:
    for one in defects:
        places = FATAL[one.id](facts) if one.id in FATAL else []
        if places:
            yield Lacking(
                one.id, one.zh, one.en, one.advice_zh, one.advice_en, places=tuple(places)
            )


def _ask(one: FatalDefect) -> Lacking:
    return Lacking(one.id, one.zh, one.en, one.advice_zh, one.advice_en, verdict=Verdict.ASKED)


def _grade(points: int, sheet: ReviewSheet) -> Grade | None:
    return next((one for one in sheet.grades if points >= one.min), None)


def _failing(sheet: ReviewSheet) -> str:
    """The lowest of several grades is the one that fails."""
    return sheet.grades[-1].id if len(sheet.grades) > 1 else ""
