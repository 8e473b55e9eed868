"""What the light on a case is called, and with which sign and tone it stands. Words only.

The tones are none of the risk grade's: red, yellow and blue say something else here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.domain.file_review import Lacking
    from app.services.file_light import FileLight

# By the value of a `Light`: the list shows them before the review is loaded.
LIGHT_TONES = {"green": "done", "yellow": "accent", "red": "attention"}
LIGHT_ICONS = {"green": "done", "yellow": "hourglass", "red": "attention"}


def light_word(light: str) -> str:
    """能过, 还差 or 过不了; `light` is the value of a `Light`, "" says nothing."""
    return {
        "green": QCoreApplication.translate("Light", "能过"),
        "yellow": QCoreApplication.translate("Light", "还差"),
        "red": QCoreApplication.translate("Light", "过不了"),
    }.get(light, "")


def said(one: Lacking, language: str, *, advice: bool = False) -> str:
    """What is lacking, or what to do about it, in the county's words."""
    if language.startswith("en"):
        return one.advice_en if advice else one.en
    return one.advice_zh if advice else one.zh


def points_words(light: FileLight, language: str) -> str:
    """Points so far and reachable, and the grade of today's points."""
    text = QCoreApplication.translate(
        "Light", "现在 {points} 分，补齐能到 {reachable} 分（满分 {full} 分）"
    ).format(points=light.points, reachable=light.reachable, full=light.full)
    if light.grade is None:
        return text
    name = light.grade.en if language.startswith("en") else light.grade.zh
    grade = QCoreApplication.translate("Light", "按现在算：{grade}").format(grade=name)
    return f"{text}\n{grade}"
