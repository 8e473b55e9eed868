"""Every word on the screen can be translated, and is.

lupdate reads literals and nothing else: an f-string or a variable inside ``tr`` is lost in silence.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

import translate
from tests.house.sources import (
    APP,
    ROOT,
    called_name,
    calls,
    messages,
    modules,
    place,
    translations,
    tree_of,
)

UI = APP / "ui"
ROOMS = ("shell", "cases", "people", "papers", "waiting", "review", "settings", "widgets")

# Which arguments of a call hold what lupdate reads: context, text, disambiguation.
MARKERS = {"tr": (0, 1), "translate": (0, 1, 2), "QT_TRANSLATE_NOOP": (0, 1), "QT_TR_NOOP": (0,)}

# Calls whose text a person reads.
SHOWN = {
    *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction"),
    *("QMenu", "QCommandLinkButton", "setText", "setWindowTitle", "setTitle", "setToolTip"),
    *("setStatusTip", "setWhatsThis", "setPlaceholderText", "setAccessibleName", "addAction"),
    *("setAccessibleDescription", "addMenu", "addTab", "addRow", "addItem", "setItemText"),
    *("setLabelText", "setSuffix", "setPrefix", "setInformativeText", "showMessage", "setHtml"),
    *("information", "warning", "critical", "question", "getOpenFileName", "getSaveFileName"),
}

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[\U00020000-\U0003ffff]")
LETTER = re.compile(r"[^\W\d_]")


def lost_texts(tree: ast.Module, *, runtime: bool = False) -> Iterator[ast.expr]:
    """Arguments of tr and its kin that lupdate cannot read.

    The runtime alone may look up a text by variable: it shows what QT_TRANSLATE_NOOP marked.
    """
    for call in calls(tree):
        name = called_name(call)
        if name == "translate" and not _of_qt(call):
            continue
        if runtime and name == "translate":
            continue
        for index in MARKERS.get(name, ()):
            if index < len(call.args) and not isinstance(call.args[index], ast.Constant):
                yield call.args[index]


def bare_texts(tree: ast.Module) -> Iterator[ast.expr]:
    """Chinese literals outside tr, and any words given straight to something that shows them."""
    read_by_lupdate = {
        id(argument)
        for call in calls(tree)
        if called_name(call) in MARKERS
        for argument in call.args
    }
    skipped = read_by_lupdate | _docstrings(tree)
    for node in ast.walk(tree):
        if id(node) in skipped or not isinstance(node, ast.Constant):
            continue
        if isinstance(node.value, str) and HAN.search(node.value):
            yield node
    for call in calls(tree):
        if called_name(call) in SHOWN:
            for argument in call.args[:2] if called_name(call) != "addItem" else call.args[:1]:
                if _words(argument):
                    yield argument


@pytest.mark.parametrize("room", [*ROOMS, "runtime"])
def test_tr_holds_plain_literals(room: str) -> None:
    assert (UI / room).is_dir()
    assert [
        place(path, node)
        for path in modules(UI / room)
        for node in lost_texts(tree_of(path), runtime=room == "runtime")
    ] == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_words_outside_tr(room: str) -> None:
    assert (UI / room).is_dir()
    found = {place(p, node) for p in modules(UI / room) for node in bare_texts(tree_of(p))}
    assert sorted(found) == []


@pytest.mark.parametrize(
    "source",
    [
        "self.tr(f'{n} 件')",
        "self.tr('共 %d 件' % n)",
        "self.tr(text)",
        "QCoreApplication.translate(context, '甲')",
        "translate('C', text)",
    ],
)
def test_the_check_knows_a_lost_text(source: str) -> None:
    assert list(lost_texts(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    ["QLabel('姓名')", "x = '姓名'", "b.setText('Save')", "b.setToolTip(f'{n} cases')"],
)
def test_the_check_knows_a_bare_text(source: str) -> None:
    assert list(bare_texts(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "QLabel(self.tr('姓名'))",
        "QLabel(self.tr('%n 件', '', n))",
        "b.setText('')",
        "b.setText('—')",
        "box.addItem(self.tr('男'), 'male')",
        "'''说明'''",
        "digits.translate(TABLE)",
        "QLabel(QCoreApplication.translate('Page', '甲' '乙'))",
    ],
)
def test_the_check_lets_good_texts_pass(source: str) -> None:
    tree = ast.parse(source)
    assert not list(bare_texts(tree))
    assert not list(lost_texts(tree))


def test_the_catalogue_is_fresh(tmp_path: Path) -> None:
    """If this is red: python3 packaging/dev.py translate, then write the English."""
    fresh = translate.updated_copy(tmp_path)
    assert _keys(fresh) == _keys(translate.CATALOGUE)
    assert fresh.read_bytes() == translate.CATALOGUE.read_bytes()


def test_every_message_has_its_english() -> None:
    assert [key for key, message in messages(translate.CATALOGUE) if not _finished(message)] == []


def test_the_english_keeps_every_blank() -> None:
    """``{name}`` and ``%n`` in the Chinese stand in the English too."""
    lost = []
    for key, message in messages(translate.CATALOGUE):
        blanks = _blanks(message.findtext("source") or "")
        lost += [
            (key, text)
            for text in translations(message)
            if _blanks(text) - {"%n"} != blanks - {"%n"}
        ]
    assert lost == []


def test_the_english_holds_no_chinese() -> None:
    found = [
        (key, text)
        for key, message in messages(translate.CATALOGUE)
        for text in translations(message)
        if HAN.search(text)
    ]
    # The name of the program and of a language stay what they are.
    assert [(key, text) for key, text in found if HAN.search(re.sub("和事|中文", "", text))] == []


def test_the_catalogue_names_no_place() -> None:
    assert "<location" not in translate.CATALOGUE.read_text(encoding="utf-8")
    assert translate.CATALOGUE.is_relative_to(ROOT)


def _of_qt(call: ast.Call) -> bool:
    """Whether this is Qt's translate, with a context and a text, and not that of a str."""
    return len(call.args) >= 2


def _docstrings(tree: ast.Module) -> set[int]:
    """Literals that stand as a statement of their own: docstrings and the like."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _words(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(_words(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _words(node.left) or _words(node.right)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(LETTER.search(node.value))
    )


def _keys(catalogue: Path) -> set[tuple[str, str, str]]:
    return {key for key, _ in messages(catalogue)}


def _finished(message: ElementTree.Element) -> bool:
    node = message.find("translation")
    forms = translations(message)
    wanted = 2 if message.get("numerus") == "yes" else 1
    return node is not None and not node.get("type") and len(forms) == wanted and all(forms)


def _blanks(text: str) -> set[str]:
    return set(re.findall(r"\{[a-z_0-9]*\}|%\d|%n", text))
