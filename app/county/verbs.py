"""What the verbs of ``heshi-county`` are made of, and how they say what stands in the way. Does
nothing by itself.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

Result = dict[str, Any] | list[dict[str, Any]]
Act = Callable[[argparse.Namespace, Engine], Result]


class Verbs:
    """The verbs of one level of the command line."""

    def __init__(self, parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
        self._shared = shared
        self._verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def add(self, name: str, words: str, act: Act | None) -> argparse.ArgumentParser:
        verb = self._verbs.add_parser(name, help=words, description=words, parents=[self._shared])
        verb.set_defaults(act=act)
        return verb

    def below(self, name: str, words: str) -> Verbs:
        return Verbs(self._verbs.add_parser(name, help=words, description=words), self._shared)


def there(folder: Path) -> Path:
    """The folder. Raises ValueError with a sentence where there is none."""
    if not folder.is_dir():
        raise ValueError(f"no such folder: {folder}")
    return folder


def spoken_error(error: OSError) -> str:
    """What the system did not let be done, in its own words and without its number."""
    said = error.strerror or type(error).__name__
    if error.errno is not None and error.errno > 0:
        # The text of a socket that cannot be bound tells the address once more.
        said = os.strerror(error.errno)
    return f"{error.filename}: {said}" if error.filename else said
