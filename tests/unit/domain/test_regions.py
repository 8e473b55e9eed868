"""Names of regions by code: the longest beginning that is known, and counties by their name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.regions import Regions

REGIONS = Regions(
    {
        "11": "北京市",
        "1101": "市辖区",
        "110101": "东城区",
        "22": "吉林省",
        "2202": "吉林市",
        "44": "广东省",
        "4419": "东莞市",
        "441900": "东莞市",
        "45": "广西壮族自治区",
        "4503": "桂林市",
        "450327": "灌阳县",
        "450328": "龙胜各族自治县",
        "50": "重庆市",
        "5002": "县",
        "500229": "城口县",
    },
    date(2023, 6, 30),
)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("45", "广西壮族自治区"),
        ("4503", "广西壮族自治区桂林市"),
        ("450327", "广西壮族自治区桂林市灌阳县"),
        ("450327101220", "广西壮族自治区桂林市灌阳县"),
        ("450399000000", "广西壮族自治区桂林市"),
        ("110101", "北京市东城区"),  # no 市辖区 in between
        ("500229", "重庆市城口县"),
        ("441900", "广东省东莞市"),  # not twice
        ("220200", "吉林省吉林市"),
        ("99", ""),
        ("", ""),
        ("4", ""),
        ("灌阳县", ""),
    ],
)
def test_the_longest_known_beginning_is_named(code: str, name: str) -> None:
    assert REGIONS.name_of(code) == name


@pytest.mark.parametrize("code", ["450327", "450327101220", "441900", "450300000000", "450000"])
def test_known(code: str) -> None:
    assert REGIONS.is_known(code)


@pytest.mark.parametrize(
    "code", ["", "45", "4503", "45032", "450399", "459900", "990000", "灌阳县"]
)
def test_not_known(code: str) -> None:
    assert not REGIONS.is_known(code)


def test_a_countys_own_table_may_go_down_to_villages() -> None:
    names = {**REGIONS.names, "450327101": "新街镇", "450327101220": "某村"}
    assert Regions(names).name_of("450327101220") == "广西壮族自治区桂林市灌阳县新街镇某村"


def test_search_finds_by_characters_of_the_name() -> None:
    assert REGIONS.search("灌阳") == (("450327", "广西壮族自治区桂林市灌阳县"),)
    assert REGIONS.search("桂林 龙胜") == (("450328", "广西壮族自治区桂林市龙胜各族自治县"),)
    assert REGIONS.search("广东 灌阳") == ()
    assert [code for code, _ in REGIONS.search("县")] == ["450327", "500229", "450328"]
    assert len(REGIONS.search("县", limit=1)) == 1
    assert REGIONS.search("  ") == ()


@given(st.text(max_size=14) | st.from_regex(r"\A[0-9]{0,14}\Z"))
def test_anything_may_be_typed(text: str) -> None:
    name = REGIONS.name_of(text)
    assert REGIONS.is_known(text) <= bool(name)
    for code, whole in REGIONS.search(text):
        assert whole == REGIONS.name_of(code)
