"""Checks of identity numbers. They warn and never forbid: wrong cards exist, and a quarrel must not
wait for a card.

Sources: GB 11643-1999 (citizen number), GB 32100-2015 (unified social credit code).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from app.domain.dates import age_on
from app.domain.problems import Problem, ProblemCode

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    {
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
        91,
    }
)
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
RESIDENT_CARD = "111"
OLDEST_YEARS = 130


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a well-formed citizen number says: local birth date, sex code of GB/T 2261.1 ("1" male,
    "2" female), six-digit region.
    """

    birth_date: date
    sex: str
    region: str


def tidy_number(text: str) -> str:
    """Full-width to half-width, spaces out, x to X; nothing else is changed."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def citizen_check_character(first_17: str) -> str:
    """The eighteenth character of a citizen number."""
    return _ID_CHECKS[
        sum(int(digit) * weight for digit, weight in zip(first_17, _ID_WEIGHTS, strict=True)) % 11
    ]


def check_citizen_number(number: str, today: date, field: str = "id_no") -> list[Problem]:
    """Warnings about a citizen number (after `tidy_number`); an empty list for a regular one."""
    if len(number) == 15 and number.isdigit():
        return [Problem(ProblemCode.ID_OLD_STYLE, field)]
    if len(number) != 18:
        return [Problem(ProblemCode.ID_LENGTH, field, {"length": len(number)})]
    if not (number[:17].isascii() and number[:17].isdigit() and (number[17] in "0123456789X")):
        return [Problem(ProblemCode.ID_CHARACTER, field)]
    problems = []
    if int(number[:2]) not in _PROVINCES:
        problems.append(Problem(ProblemCode.ID_REGION, field))
    birth = _birth_date(number)
    if birth is None or birth > today or age_on(birth, today) > OLDEST_YEARS:
        problems.append(Problem(ProblemCode.ID_BIRTH_DATE, field))
    if citizen_check_character(number[:17]) != number[17]:
        problems.append(Problem(ProblemCode.ID_CHECK_DIGIT, field))
    return problems


def card_facts(number: str) -> CardFacts | None:
    """Birth date, sex and region out of an 18-digit citizen number whose check character is right;
    None otherwise.
    """
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return None
    birth = _birth_date(number)
    if birth is None or citizen_check_character(number[:17]) != number[17]:
        return None
    return CardFacts(birth, "1" if int(number[16]) % 2 else "2", number[:6])


def _birth_date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def credit_check_character(first_17: str) -> str:
    """The eighteenth character of a unified social credit code."""
    total = sum(
        _CREDIT_LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(first_17)
    )
    return _CREDIT_LETTERS[-total % 31]


def check_credit_code(code: str, field: str = "credit_code") -> list[Problem]:
    """Warnings about a unified social credit code (after `tidy_number`); an empty list for a
    regular one.
    """
    if len(code) != 18:
        return [Problem(ProblemCode.CREDIT_CODE_LENGTH, field, {"length": len(code)})]
    if any(letter not in _CREDIT_LETTERS for letter in code):
        return [Problem(ProblemCode.CREDIT_CODE_CHARACTER, field)]
    return (
        []
        if credit_check_character(code[:17]) == code[17]
        else [Problem(ProblemCode.CREDIT_CODE_CHECK, field)]
    )
