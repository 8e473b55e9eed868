"""What may be written in a field: storable characters and lengths. Never changes what was typed,
except outer white space.

Names keep their characters as typed (no Unicode normalisation: compatibility ideographs are
different names on paper).
"""

from __future__ import annotations

from app.domain.problems import Fact, Problem, ProblemCode

NAME_LIMIT = 100
LINE_LIMIT = 200
TEXT_LIMIT = 200_000  # a narrative of 200,000 characters is about 250 printed pages
NAME_SEPARATORS = "·•・."


def unstorable(text: str) -> tuple[int, str] | None:
    """Position (from 1) and code point of the first character that cannot be stored: NUL, other
    controls, lone surrogates.
    """
    for position, character in enumerate(text, 1):
        code = ord(character)
        if 0xD800 <= code <= 0xDFFF or (code < 0x20 and character not in "\n\t\r") or code == 0x7F:
            return position, f"U+{code:04X}"
    return None


def check_text(
    text: str, field: str, *, limit: int = TEXT_LIMIT, required: bool = False
) -> list[Problem]:
    """Problems of a text at `field`; `limit` in characters."""
    if required and not text.strip():
        return [Problem(ProblemCode.EMPTY, field)]
    if len(text) > limit:
        return [Problem(ProblemCode.TOO_LONG, field, {"limit": limit, "length": len(text)})]
    found = unstorable(text)
    if found:
        return [
            Problem(
                ProblemCode.UNSTORABLE_CHARACTER,
                field,
                {"position": found[0], "codepoint": found[1]},
            )
        ]
    return []


def check_line(
    text: str, field: str, *, limit: int = LINE_LIMIT, required: bool = False
) -> list[Problem]:
    """Problems of a text that stands in one line on every paper."""
    problems = check_text(text, field, limit=limit, required=required)
    broken = next((place for place, one in enumerate(text.strip(), 1) if one in "\n\r\t"), 0)
    if broken and not problems:
        code = f"U+{ord(text.strip()[broken - 1]):04X}"
        facts: dict[str, Fact] = {"position": broken, "codepoint": code}
        problems.append(Problem(ProblemCode.UNSTORABLE_CHARACTER, field, facts))
    return problems


def check_name(name: str, field: str, *, required: bool = True) -> list[Problem]:
    """Problems of a person's or an organisation's name. Any script, `·` and one single character
    are fine; digits are not for people.
    """
    return check_line(name, field, limit=NAME_LIMIT, required=required)


def check_person_name(name: str, field: str) -> list[Problem]:
    """Problems of a person's name (no digits, minority names with `·`)."""
    problems = check_name(name, field)
    if not problems and any(character.isdigit() for character in name):
        problems.append(Problem(ProblemCode.NAME_HAS_DIGITS, field))
    return problems


def join_names(names: list[str] | tuple[str, ...], limit: int = 3) -> str:
    """Names joined as on the cover of a file: 、 between them and 等 after the third (county
    practice).
    """
    shown = "、".join(names[:limit])
    return shown + "等" if len(names) > limit else shown


def mask_id(number: str) -> str:
    """An identity number with its middle hidden: 110105********002X. Short ones are hidden
    whole.
    """
    return (
        number[:6] + "*" * (len(number) - 10) + number[-4:]
        if len(number) > 10
        else "*" * len(number)
    )


def mask_phone(number: str) -> str:
    """A telephone number with its middle hidden: 138****1234."""
    return (
        number[:3] + "*" * (len(number) - 7) + number[-4:] if len(number) > 7 else "*" * len(number)
    )
