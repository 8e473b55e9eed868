"""Printed numbers (〔2024〕某人调字第012号): how they look, which are lent, which are used. Never
an identity.

A number is given when a paper is finalised, never changes afterwards, and leaves no gap that the
register does not explain.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.ids import RecordId
from app.domain.problems import Problem, ProblemCode
from app.domain.text import check_line

LARGEST_SERIAL = 999_999
AGREEMENT_NUMBER = "agreement"  # the number kind of agreements; letters have kinds of their own
# The kind of the line by which a village says how far its paper register went: no paper's number.
PAPER_REGISTER = "paper_register"
PROVISIONAL = "临"  # in a number: given while the county's block was used up
_DIGITS = re.compile(r"[0-9]{1,9}")
_PROVISIONAL = re.compile(PROVISIONAL + "(?:[0-9a-f]{4})?-")


class NumberState(StrEnum):
    """A line of the register book."""

    USED = "used"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberBlock:
    """A row of serials lent by the county to one device for one committee and calendar year; both
    ends belong to it. What is given back is cut off its end; `last` below `first` is an empty one.
    """

    id: RecordId
    committee_id: RecordId
    year: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedNumber:
    """One number given to one agreement or letter; `serial` 0 where it was typed from a paper
    register, or is provisional. `number_kind` is a kind of the pack's ``number_format``;
    `spoiled_sheets` counts papers under it that were printed and thrown away.

    Of kind PAPER_REGISTER it is no number: `serial` is the last one of the village's paper
    register.
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


def provisional_mark(sign: str) -> str:
    """What stands before a provisional serial; `sign` keeps two laptops apart."""
    return f"{PROVISIONAL}{sign}-"


def reads_provisional(text: str) -> bool:
    """Whether a printed number shows that it was given outside the lent blocks."""
    return _PROVISIONAL.search(text) is not None


def is_provisional(number: IssuedNumber) -> bool:
    """Whether the number of an agreement was given outside the lent blocks. It is the paper's
    number all the same and never changes: the county renumbers no issued paper (county practice).
    """
    outside = number.serial == 0 and number.number_kind == AGREEMENT_NUMBER
    return outside and reads_provisional(number.text)


def serials_of(numbers: Collection[IssuedNumber]) -> set[int]:
    """Serials of agreements that these lines of one committee and year have used, void ones too.

    Of a number typed by hand every run of digits counts, because the pattern by which it was
    written is not known: rather a serial too many than one twice.
    """
    used: set[int] = set()
    for one in numbers:
        if one.number_kind != AGREEMENT_NUMBER or is_provisional(one):
            continue
        used |= {one.serial} if one.serial else {int(run) for run in _DIGITS.findall(one.text)}
    return used


def without_tail(block: NumberBlock, used: Collection[int], after: int = 0) -> NumberBlock:
    """The block cut behind its highest used serial; `after` is the last serial of the paper
    register.
    """
    low = max(block.first - 1, min(after, block.last))
    return replace(block, last=max([low, *(one for one in used if low < one <= block.last)]))


def check_number(text: str, taken: set[str]) -> list[Problem]:
    """Problems of a number typed by hand."""
    problems = check_line(text, "number", limit=60, required=True)
    return problems + (
        [Problem(ProblemCode.NUMBER_TAKEN, "number", {"number": text})] if text in taken else []
    )
