"""Amounts: typed in many ways, printed in figures and capitals."""

from __future__ import annotations

import contextlib
import re

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import LARGEST_FEN, capitals, figures, parse_amount
from app.domain.problems import ProblemCode, Refused

AMOUNTS = st.integers(0, LARGEST_FEN) | st.integers(0, 2_000_000)


def capitals_by_strokes(fen: int) -> str:
    """The capital form found another way.

    Write every digit with its place, then take zeros together.
    """
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    digits, places = str(yuan), ["", "拾", "佰", "仟"]
    written = ""
    for index, digit in enumerate(digits):
        place = len(digits) - 1 - index
        written += "零壹贰叁肆伍陆柒捌玖"[int(digit)]
        written += places[place % 4] if digit != "0" else ""
        if place % 4 == 0:
            group = digits[max(0, index - 3) : index + 1]
            if place and (int(group) or place == 8):
                written += "万" if place == 4 else "亿"
    written = re.sub("零+", "零", written)
    # 万 or 元 place zero, 仟 place not: bills may leave the 零 out, and we do.
    written = re.sub("零([万亿])(?=[^零]仟)", r"\1", written)
    written = re.sub("零([万亿])", r"\1零", written)
    written = re.sub("零+", "零", written).removesuffix("零")
    written = re.sub("亿零?万", "亿零", written)
    whole = written.removeprefix("零") + "元" if yuan else ""
    if not jiao and not rest:
        return (whole or "零元") + "整"
    tail = "零壹贰叁肆伍陆柒捌玖"[jiao] + "角" if jiao else ("零" if whole else "")
    return whole + tail + ("零壹贰叁肆伍陆柒捌玖"[rest] + "分" if rest else "整")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (40_000, "肆佰元整"),
        (2_500_000, "贰万伍仟元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (101, "壹元零壹分"),
        (110, "壹元壹角整"),
        (100_100, "壹仟零壹元整"),
        (1_001_000, "壹万零壹拾元整"),
        (10_000_000_000_000, "壹仟亿元整"),
        (30_000_403_400, "叁亿零肆仟零叁拾肆元整"),
        (10_000_100, "壹拾万零壹元整"),
        (LARGEST_FEN, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals_as_bills_want_them(fen: int, words: str) -> None:
    assert capitals(fen) == words


@given(AMOUNTS)
def test_two_ways_to_capitals_agree(fen: int) -> None:
    assert capitals(fen) == capitals_by_strokes(fen)


def without_the_known_differences(words: str) -> str:
    """cn2an drops the 零 of an empty group and the 整 after 角."""
    return words.removesuffix("整").replace("零", "")


@given(AMOUNTS)
def test_capitals_are_those_of_cn2an_but_for_two_known_spots(fen: int) -> None:
    theirs = cn2an.an2cn(f"{fen // 100}.{fen % 100:02d}", "rmb")
    assert without_the_known_differences(capitals(fen)) == without_the_known_differences(theirs)


def test_cn2an_still_differs_where_we_think() -> None:
    """When these come true, the comparison above can be made exact."""
    assert cn2an.an2cn("300004034", "rmb") != capitals(30_000_403_400)
    assert cn2an.an2cn("1.1", "rmb") != capitals(110)


@given(AMOUNTS)
def test_what_is_printed_can_be_typed(fen: int) -> None:
    assert parse_amount(figures(fen)) == fen
    assert parse_amount(figures(fen) + "元") == fen
    assert parse_amount(capitals(fen)) == fen
    assert parse_amount("人民币" + capitals(fen)) == fen


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("400", 40_000),
        ("1,000.00", 100_000),
        ("２５０００元", 2_500_000),
        ("2.5万", 2_500_000),
        ("2.5万元", 2_500_000),
        ("四百块", 40_000),
        ("壹万元整", 1_000_000),
        ("¥ 12.5", 1_250),
        ("0.05", 5),
        ("两千零五", 200_500),
        ("0", 0),
    ],
)
def test_amounts_as_people_type_them(typed: str, fen: int) -> None:
    assert parse_amount(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", ProblemCode.NOT_AN_AMOUNT),
        ("很多", ProblemCode.NOT_AN_AMOUNT),
        ("-1", ProblemCode.AMOUNT_NEGATIVE),
        ("负五元", ProblemCode.AMOUNT_NEGATIVE),
        ("0.005", ProblemCode.AMOUNT_SPLIT_FEN),
        ("1000000000000", ProblemCode.AMOUNT_TOO_LARGE),
        ("四百五", ProblemCode.NOT_AN_AMOUNT),
        ("一万二", ProblemCode.NOT_AN_AMOUNT),
        ("1e3", ProblemCode.NOT_AN_AMOUNT),
        ("NaN", ProblemCode.NOT_AN_AMOUNT),
        ("1.2.3", ProblemCode.NOT_AN_AMOUNT),
        ("元", ProblemCode.NOT_AN_AMOUNT),
        ("整", ProblemCode.NOT_AN_AMOUNT),
        ("5²", ProblemCode.NOT_AN_AMOUNT),
        ("5000①元", ProblemCode.NOT_AN_AMOUNT),
        ("9" * 5000, ProblemCode.NOT_AN_AMOUNT),
        ("0." + "0" * 5000, ProblemCode.NOT_AN_AMOUNT),
        ("一" + "亿" * 5000, ProblemCode.NOT_AN_AMOUNT),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, code: ProblemCode) -> None:
    with pytest.raises(Refused) as caught:
        parse_amount(typed, "amount")
    assert (caught.value.first.code, caught.value.first.field) == (code, "amount")


@given(st.text(max_size=20) | st.text("零一二十百千万亿元角分整壹拾佰1234567890.,-万", max_size=15))
def test_nothing_typed_breaks_the_reader(typed: str) -> None:
    with contextlib.suppress(Refused):
        assert 0 <= parse_amount(typed) <= LARGEST_FEN


@pytest.mark.parametrize("fen", [-1, LARGEST_FEN + 1])
def test_capitals_know_their_limits(fen: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        capitals(fen)
