"""What the verbs of ``heshi-county`` are made of. Does nothing by itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable
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
