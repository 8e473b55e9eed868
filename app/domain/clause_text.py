"""What the words of a clause say in figures: amounts, dates, and names that are nearly a party's.

Reads and compares only; never changes a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.money import parse_amount
from app.domain.problems import Refused

_CAPITALS = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_FIGURES = re.compile(r"\d[\d,，]*(?:\.\d+)?\s*万?\s*[元圆块]")
_IN_CAPITALS = re.compile(f"[{_CAPITALS}]+[元圆](?:[{_CAPITALS}角分]*[整正角分])?")
_IN_WORDS = re.compile(r"[一二三四五六七八九两十百千万亿零〇]+[元圆块]")
_PAIR = re.compile(
    r"(\d[\d,，]*(?:\.\d+)?\s*万?\s*[元圆])\s*[（(]\s*(?:人民币)?大写[:：]?\s*(?:人民币)?([^）)]{1,60})[）)]"
)
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})[日号]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
# The commonest family names, one character each; only before 某 do they hint at a person.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔向汤蒙农"
)
_NO_NAME = "村镇乡县市省区街路些种个年月日处事物单公部"


def amounts_in(text: str) -> tuple[int, ...]:
    """Every amount in `text` in fen, in figures, capitals or words; those that cannot be read are
    left out.
    """
    found = [
        match.group() for one in (_FIGURES, _IN_CAPITALS, _IN_WORDS) for match in one.finditer(text)
    ]
    return tuple(fen for fen in map(_fen, found) if fen is not None)


def has_capitals(text: str) -> bool:
    return bool(_IN_CAPITALS.search(text))


def unequal_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Figures with the capitals behind them that say another amount, or none at all."""
    return tuple(
        (match[1].strip(), match[2].strip())
        for match in _PAIR.finditer(text)
        if _fen(match[1]) != _fen(match[2])
    )


def _fen(text: str) -> int | None:
    try:
        return parse_amount(text)
    except Refused:
        return None


@dataclass(frozen=True, slots=True)
class Dates:
    """The full dates in a text, and what is written like one but does not exist."""

    days: tuple[date, ...]
    impossible: tuple[str, ...]


def dates_in(text: str) -> Dates:
    """Dates in `text`; a day without year is only looked at for whether it exists at all."""
    days, impossible = [], []
    for match in _DATE.finditer(text):
        try:
            days.append(date(*(int(one) for one in match.groups())))
        except ValueError:
            impossible.append(match.group())
    for match in _DAY.finditer(text):
        try:
            date(2000, int(match[1]), int(match[2]))
        except ValueError:
            impossible.append(match.group())
    return Dates(tuple(days), tuple(impossible))


def hidden_names(text: str) -> tuple[str, ...]:
    """People named only as 王某, 李某某."""
    pattern = re.compile(f"[{_FAMILY}]某(?![{_NO_NAME}])(?:某|甲|乙|丙)?")
    return tuple(dict.fromkeys(match.group() for match in pattern.finditer(text)))


def almost_names(text: str, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What stands in `text` and is nearly one of `names` (three characters or more, one of them
    another or two in another order) without being any of them: pairs of what is written and whose
    name it nearly is.
    """
    known = {name for name in names if len(name) >= 2}
    plain = text
    for name in sorted(known, key=len, reverse=True):
        plain = plain.replace(name, "\n")
    found: dict[str, str] = {}
    for run in _HAN.findall(plain):
        for name in known:
            for start in range(len(run) - len(name) + 1) if len(name) >= 3 else ():
                window = run[start : start + len(name)]
                if _nearly(window, name):
                    found.setdefault(window, name)
    return tuple(found.items())


def _nearly(window: str, name: str) -> bool:
    # A name of five or more is mostly a unit's, where one other character is one other unit.
    if window[0] != name[0]:  # nearly always: every stretch of the text comes by here
        return len(name) <= 4 and window[1:] == name[1:]
    if sorted(window) == sorted(name):
        return True
    return len(name) <= 4 and sum(a != b for a, b in zip(window, name, strict=True)) == 1
