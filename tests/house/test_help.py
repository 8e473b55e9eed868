"""The help pages call buttons, lists and sections by the words that stand on them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import APP, ROOT, called_name, calls, messages, modules, tree_of

PAGES = sorted((ROOT / "resources" / "help").glob("*.md"))
# What is quoted stands on the screen: “…” in Chinese, *…* in English.
QUOTED = {"zh_CN": re.compile("[“「](.+?)[”」]"), "en": re.compile(r"(?<![*])[*]([^*]+)[*](?![*])")}
TITLE = re.compile(r"^- [*]{2}(.+?)[*]{2}", re.MULTILINE)


def language_of(page: Path) -> str:
    return page.stem.rpartition(".")[2]


def pairs() -> list[tuple[str, str]]:
    """Each word of the screen in both languages: the catalogue's, and the names in `texts.py`."""
    found = [
        (source, message.findtext("translation") or "")
        for (_, source, _), message in messages(ROOT / "i18n" / "app_en.ts")
    ]
    for node in ast.walk(tree_of(APP / "ui" / "runtime" / "texts.py")):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            words = [one.value for one in node.elts if isinstance(one, ast.Constant)]
            if len(words) == 2 and all(isinstance(one, str) for one in words):
                found.append((str(words[0]), str(words[1])))
    return found


def literals() -> set[str]:
    """Every Chinese word that a module of the window shows today."""
    return {
        node.value
        for module in modules(APP / "ui")
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def on_the_screen(language: str) -> set[str]:
    shown = literals()
    return {zh if language == "zh_CN" else en for zh, en in pairs() if zh in shown}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_help_quotes_stands_on_the_screen(page: Path) -> None:
    language = language_of(page)
    quoted = set(QUOTED[language].findall(page.read_text(encoding="utf-8")))
    assert quoted - on_the_screen(language) == set()


def test_the_settings_page_names_its_sections() -> None:
    titles = {
        argument.args[0].value
        for module in modules(APP / "ui" / "settings")
        for call in calls(tree_of(module))
        if called_name(call) == "set_title"
        for argument in call.args
        if isinstance(argument, ast.Call) and isinstance(argument.args[0], ast.Constant)
    }
    english = {en for zh, en in pairs() if zh in titles}
    for language, known in (("zh_CN", titles), ("en", english)):
        text = (ROOT / "resources" / "help" / f"settings.{language}.md").read_text("utf-8")
        assert set(TITLE.findall(text)) <= known


def test_help_speaks_both_languages_of_the_same_things() -> None:
    names = {language: set[str]() for language in QUOTED}
    for page in PAGES:
        names[language_of(page)].add(page.stem.rpartition(".")[0])
    assert names["zh_CN"] == names["en"]
