"""The house keeps its shape: names, docstrings, required pages, no trace of one machine."""

from __future__ import annotations

import ast
import re
import sys
import tomllib

import pytest

from tests.house.sources import (
    APP,
    ROOT,
    called_name,
    calls,
    modules,
    repository_files,
    text_of,
    tree_of,
)

# A file or folder with such a name collects what nobody wanted to give a place.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}

# What the kernel may not even take from the standard library.
OUTSIDE_WORLD = {"sqlite3", "os", "io", "pathlib", "shutil", "tempfile", "subprocess", "socket"}
OUTSIDE_WORLD |= {"http", "ssl", "threading", "asyncio", "multiprocessing", "tkinter", "logging"}

# Paths of one machine, and hosts of package registries. The lock and the docs are read elsewhere.
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.:/~-])/(?:work|root|home|Users)/[\w.-]|[A-Z]:\\+Users\\|file:/{3}"
    r"|pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org"
)


def test_packaging_is_never_a_package() -> None:
    """With an __init__.py it would hide the library of that name, and PyInstaller with it."""
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def test_no_file_has_an_empty_name() -> None:
    parts = [path.relative_to(ROOT) for path in modules()]
    assert [str(path) for path in parts if EMPTY_NAMES & {*path.parts, path.stem}] == []


@pytest.mark.parametrize("name", sorted(EMPTY_NAMES))
def test_no_class_has_an_empty_name(name: str) -> None:
    classes = [
        f"{path.name}: {node.name}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and node.name.lower().endswith(name)
    ]
    assert classes == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in modules() if not ast.get_docstring(tree_of(path))]
    assert [str(path.relative_to(ROOT)) for path in silent] == []


def test_the_kernel_is_plain_python() -> None:
    foreign = {
        f"{path.name}: {name}"
        for path in modules(APP / "domain")
        for name in _imports(tree_of(path))
        if name in OUTSIDE_WORLD or (name != "app" and name not in sys.stdlib_module_names)
    }
    assert foreign == set()


def test_imports_are_absolute_and_seen() -> None:
    assert modules(), "there is no program"
    assert not [p for p in modules() for n in ast.walk(tree_of(p)) if _relative(n)]


def test_nothing_of_one_machine_is_in_the_repository() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {match.group()}"
        for file in repository_files()
        if (text := text_of(file)) is not None
        for match in OF_ONE_MACHINE.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("open('/" + "root/x')", True),
        ("see https://pypi" + ".org/simple", True),
        (r"C:\Users" + r"\li", True),
        ("href='/cases/home/'", False),
        ("app/home/x", False),
    ],
)
def test_the_check_knows_such_a_path(text: str, bad: bool) -> None:
    assert bool(OF_ONE_MACHINE.search(text)) is bad


def test_no_exception_vanishes() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and _swallows_all(node)
    ]
    assert found == []


def test_the_check_knows_a_swallowed_exception() -> None:
    tree = ast.parse("try:\n    f()\nexcept Exception:\n    pass\n")
    assert [n for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler) and _swallows_all(n)]


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "LICENSE", "app/README.md"])
def test_the_pages_are_there(name: str) -> None:
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("command", ["packaging/dev.py run", "packaging/dev.py test"])
def test_the_readme_names_both_commands(command: str) -> None:
    assert f"python3 {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_pictures_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"", text)
    names = [first or second for first, second in pictures]
    assert names
    assert [name for name in names if not (ROOT / name).is_file()] == []


def test_the_readme_names_the_verbs_of_the_command_line() -> None:
    """What the README shows can be typed, and what can be typed is shown."""
    sources = [path for path in modules() if "cli" in path.relative_to(APP).parts[0]]
    verbs = {
        call.args[0].value
        for path in sources
        for call in calls(tree_of(path))
        if called_name(call) == "add_parser" and isinstance(call.args[0], ast.Constant)
    }
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"(?:^|`|\$ )heshi((?: [a-z][a-z-]*)+)", text, re.MULTILINE)
    assert verbs
    assert {word for words in shown for word in words.split()} == verbs


def test_the_version_is_said_once() -> None:
    """The changelog's newest entry and pyproject.toml agree."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[?(\d+\.\d+\.\d+)", text, re.MULTILINE)
    assert newest
    assert newest.group(1) == project["version"]


def _imports(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def _relative(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and node.level > 0


def _swallows_all(handler: ast.ExceptHandler) -> bool:
    broad = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    return broad and all(isinstance(statement, ast.Pass) for statement in handler.body)
