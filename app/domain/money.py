"""Amounts of money: whole fen, as figures and as capital numerals. Never a float, never negative.

The capital form follows the rules of bills (county practice: figures and capitals on every
agreement).
"""

from __future__ import annotations

import re
import unicodedata

from app.domain.problems import ProblemCode, refuse

LARGEST_FEN = 10**14 - 1  # 999,999,999,999.99 yuan; the next digit has no place on the forms

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_SPOKEN = dict(
    zip(
        "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖俩",
        (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2),
        strict=True,
    )
)
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
# 5² or 5000① comes with a footnote's mark; normalised, the mark would be one more figure.
_NO_FIGURE = ("<super>", "<sub>", "<circle>", "<fraction>")
_LONGEST = 100  # more is a pasted text, whose figures could be too many to be counted with
_FIGURES = re.compile(r"(\d+)(?:\.(\d*))?")


def figures(fen: int) -> str:
    """Yuan with two decimals and thousands separators: 2500000 fen -> ``25,000.00``."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def _group_in_capitals(group: int) -> str:
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return words


def capitals(fen: int) -> str:
    """Yuan in capital numerals: 40000 fen -> ``肆佰元整``; 0 -> ``零元整``. `fen` from 0 to
    `LARGEST_FEN`.
    """
    if not 0 <= fen <= LARGEST_FEN:
        raise ValueError("amount out of range")
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words, gap = "", False
    for index in (2, 1, 0):
        group = yuan // 10_000**index % 10_000
        if group:
            words += "零" if words and (gap or group < 1000) else ""
            words += _group_in_capitals(group) + _GROUPS[index]
        gap = not group
    words = words + "元" if words else ""
    if not jiao and not rest:
        return (words or "零元") + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif words:
        words += "零"
    return words + (_DIGITS[rest] + "分" if rest else "整")


def _spoken_yuan(text: str) -> int | None:
    """Whole yuan from Chinese numerals, small or capital; None if it is none.

    `四百五` and `一万二` are refused: people mean 450 and 12,000 by them, the written rule says 405
    and 10,002.
    """
    total, section, number, short = 0, 0, 0, False
    for position, character in enumerate(text):
        if character in _SPOKEN:
            number = _SPOKEN[character]
            short = position > 0 and text[position - 1] in "百佰千仟万亿"
        elif character in _SCALES:
            section += (number or 1) * _SCALES[character]
            number, short = 0, False
        elif character == "万":
            total, section, number, short = total + (section + number) * 10_000, 0, 0, False
        elif character == "亿":
            total, section, number, short = (total + section + number) * 10**8, 0, 0, False
        else:
            return None
    return None if short and number else total + section + number


def _spoken_fen(text: str) -> int | None:
    match = re.fullmatch(
        r"(?:([^元圆块角毛分整正]*)[元圆块])?零?(?:([^元角毛分整正])[角毛])?零?(?:([^元角毛分整正])分)?[整正]?",
        text,
    )
    if not match or not any(match.groups()):
        return None
    parts = [_spoken_yuan(part) if part else 0 for part in match.groups()]
    if any(part is None for part in parts):
        return None
    yuan, jiao, fen = (part or 0 for part in parts)
    return yuan * 100 + jiao * 10 + fen


def parse_amount(text: str, field: str = "") -> int:
    """Whole fen from what a person types: ``400``, ``1,000.00``, ``２５０００元``, ``2.5万``,
    ``肆佰元整``, ``四百块``.

    Raises `Refused`: NOT_AN_AMOUNT, AMOUNT_NEGATIVE, AMOUNT_SPLIT_FEN (more than two decimals),
    AMOUNT_TOO_LARGE.
    """
    if len(text) > _LONGEST or any(
        unicodedata.decomposition(one).startswith(_NO_FIGURE) for one in text
    ):
        raise refuse(ProblemCode.NOT_AN_AMOUNT, field, text=text[:40])
    plain = re.sub(r"[\s,，¥￥]", "", unicodedata.normalize("NFKC", text)).removeprefix("人民币")
    if plain.startswith(("-", "−", "负")):
        raise refuse(ProblemCode.AMOUNT_NEGATIVE, field)
    scale = (
        10_000
        if plain.rstrip("元圆块").endswith("万") and plain[:1].isdigit() and plain[:1].isascii()
        else 1
    )
    match = _FIGURES.fullmatch(
        plain.rstrip("元圆块整正").removesuffix("万")
        if scale > 1
        else re.sub(r"[元圆块][整正]?$", "", plain)
    )
    if match:
        decimals = (match[2] or "").rstrip("0")
        value = int(match[1] + decimals) * 100 * scale
        fen, split = divmod(value, int(10 ** len(decimals)))
        if split:
            raise refuse(ProblemCode.AMOUNT_SPLIT_FEN, field)
    else:
        spoken = _spoken_fen(plain) if plain else None
        if spoken is None and plain:
            spoken_yuan = _spoken_yuan(plain)
            spoken = None if spoken_yuan is None else spoken_yuan * 100
        if spoken is None:
            raise refuse(ProblemCode.NOT_AN_AMOUNT, field, text=text[:40])
        fen = spoken
    if fen > LARGEST_FEN:
        raise refuse(ProblemCode.AMOUNT_TOO_LARGE, field)
    return fen
