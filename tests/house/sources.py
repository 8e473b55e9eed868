"""What the house checks look at: the tracked files, and the program as syntax trees.

It must never import a room of the program: a check has to work on one that does not even start.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is in the repository or would go into it with the next commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return tuple(ROOT / name for name in sorted(set(names.split("\0"))) if (ROOT / name).is_file())


def text_of(file: Path) -> str | None:
    """The text of a file, or None for a picture or a font."""
    data = file.read_bytes()
    if b"\0" in data[:4096]:
        return None
    return data.decode("utf-8", errors="replace")


def modules(folder: Path = APP) -> list[Path]:
    """Every Python file under a folder."""
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


@cache
def tree_of(file: Path) -> ast.Module:
    """The syntax tree of a file, parsed once."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called_name(call: ast.Call) -> str:
    """The last part of what is called: ``tr`` for ``self.tr(...)``."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def place(file: Path, node: ast.expr | ast.stmt) -> str:
    """``app/ui/cases/page.py:12``."""
    return f"{file.relative_to(ROOT).as_posix()}:{node.lineno}"


def messages(catalogue: Path) -> list[tuple[tuple[str, str, str], ElementTree.Element]]:
    """Every message of a .ts file, known by its context, source and disambiguation."""
    root = ElementTree.parse(catalogue).getroot()
    return [
        (
            (
                context.findtext("name") or "",
                message.findtext("source") or "",
                message.findtext("comment") or "",
            ),
            message,
        )
        for context in root.iter("context")
        for message in context.iter("message")
    ]


def translations(message: ElementTree.Element) -> list[str]:
    """What a message says in the other language: one text, or one for each plural form."""
    node = message.find("translation")
    if node is None:
        return []
    forms = [form.text or "" for form in node.findall("numerusform")]
    return forms or [node.text or ""]
