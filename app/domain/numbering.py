"""Printed numbers (〔2024〕某人调字第012号): how they look, which are lent, which are used. Never
an identity.

A number is given when a paper is finalised, never changes afterwards, and leaves no gap that the
register does not explain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode
from app.domain.text import check_line

AGREEMENT_NUMBER = "agreement"  # the number kind of agreements; letters have kinds of their own


class NumberState(StrEnum):
    """A line of the register book."""

    USED = "used"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberBlock:
    """A row of serials lent by the county to one device for one committee and calendar year; both
    ends belong to it.
    """

    id: RecordId
    committee_id: RecordId
    year: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedNumber:
    """One number given to one agreement or letter; `serial` 0 where it was typed from a paper
    register. `number_kind` is a kind of the pack's ``number_format``; `spoiled_sheets` counts
    papers under it that were printed and thrown away.
    """

    id: RecordId
    committee_id: RecordId
    year: int
    serial: int
    text: str
    agreement_id: RecordId | None = None
    letter_id: RecordId | None = None
    number_kind: str = AGREEMENT_NUMBER
    issued_on: date | None = None
    spoiled_sheets: int = 0
    state: NumberState = NumberState.USED
    void_reason: str = ""


def format_number(pattern: str, *, year: int, short_name: str, serial: int, block: str = "") -> str:
    """The printed form after the county's pattern, such as
    ``〔{year}〕{short}人调字第{block}{serial:03d}号``.
    """
    return pattern.format(year=year, short=short_name, serial=serial, block=block)


def next_serial(blocks: list[NumberBlock], used: set[int], after: int = 0) -> int | None:
    """The lowest free serial above `after` in the lent blocks; None when they have run dry.

    Without any block the village keeps its own register: the serial after the highest used one.
    """
    if not blocks:
        return max(used | {after}, default=0) + 1
    for block in sorted(blocks, key=lambda one: one.first):
        for serial in range(max(block.first, after + 1), block.last + 1):
            if serial not in used:
                return serial
    return None


def check_number(text: str, taken: set[str]) -> list[Problem]:
    """Problems of a number typed by hand."""
    problems = check_line(text, "number", limit=60, required=True)
    return problems + (
        [Problem(ProblemCode.NUMBER_TAKEN, "number", {"number": text})] if text in taken else []
    )
