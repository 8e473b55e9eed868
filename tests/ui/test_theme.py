"""The look: contrast of every pair of colours that meet, no colour outside the tokens, every blank
filled.
"""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication

from app.paths import resources
from app.ui.runtime import theme

LEAST = 4.5
TEXT_ON = {
    "ink": ("paper", "surface", "raised", "accent_soft", "edge_soft"),
    "muted": ("paper", "surface", "raised"),
    "accent": ("paper", "surface"),
    "accent_ink": ("accent", "accent_hover"),
    "red_ink": ("red",),
    "yellow_ink": ("yellow",),
    "blue_ink": ("blue",),
}
# Signs without words: WCAG asks 3 : 1 of them.
SIGNS_ON = {"edge": ("paper", "surface", "edge_soft"), "focus": ("paper", "surface", "raised")}


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_yardstick() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", theme.THEMES)
def test_text_can_be_read(name: str) -> None:
    tokens = theme.tokens(name)
    weak = {
        (front, back): round(contrast(tokens[front], tokens[back]), 2)
        for front, backs in TEXT_ON.items()
        for back in backs
        if contrast(tokens[front], tokens[back]) < LEAST
    }
    assert weak == {}


@pytest.mark.parametrize("name", theme.THEMES)
def test_signs_can_be_seen(name: str) -> None:
    tokens = theme.tokens(name)
    assert [
        (front, back)
        for front, backs in SIGNS_ON.items()
        for back in backs
        if contrast(tokens[front], tokens[back]) < 3
    ] == []


def test_the_three_themes_have_the_same_tokens() -> None:
    assert len({frozenset(theme.tokens(name)) for name in theme.THEMES}) == 1


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_blank_of_the_sheet_is_filled(name: str) -> None:
    assert "${" not in theme.sheet(name)


def test_the_sheet_holds_no_colour_of_its_own() -> None:
    text = (resources() / "styles" / "theme.qss").read_text(encoding="utf-8")
    rules = "\n".join(line for line in text.splitlines() if "#" in line)
    assert re.findall(r":[^;{]*#[0-9a-fA-F]{3,8}\b[^;{]*;", rules) == []


def test_red_yellow_and_blue_are_the_risk_grades_alone() -> None:
    text = (resources() / "styles" / "theme.qss").read_text(encoding="utf-8")
    users = [line for line in text.splitlines() if re.search(r"\$\{(red|yellow|blue)", line)]
    assert len(users) == 3
    assert all("QLabel#chip[tone=" in line for line in users)


def test_an_unknown_theme_is_the_light_one(qapp: QApplication) -> None:
    assert theme.tokens("no such") == theme.tokens("light")
    theme.apply(qapp, "no such")
    theme.apply(qapp, "light")
