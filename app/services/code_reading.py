"""Codes of a case document: the code itself, its national code, or its Chinese label.

Never guesses.
"""

from __future__ import annotations

from app.domain.codes import CodeBook
from app.domain.problems import Problem, ProblemCode

_SEX = {"男": "1", "女": "2", "": "0"}


def read_sex(text: str) -> str:
    """The code of GB/T 2261.1."""
    return _SEX.get(text, text)


class Codes:
    """Reads codes of one case and collects what no table knows."""

    def __init__(self, book: CodeBook) -> None:
        self._book = book
        self._problems: list[Problem] = []

    def read(self, table: str, text: str, field: str) -> str:
        """The code that `text` means in `table`; "" stays "". An unknown one is a problem."""
        text = text.strip()
        if not text:
            return ""
        for version in self._book.tables.get(table, ()):
            for line in version.codes:
                if text in (line.code, line.moj):
                    return text
                if text in (line.zh, line.zh.removesuffix("族")):
                    return line.code
        facts = {"table": table, "code": text[:40]}
        self._problems.append(Problem(ProblemCode.UNKNOWN_CODE, field, facts))
        return text

    def read_all(self, table: str, texts: list[str], field: str) -> tuple[str, ...]:
        """Several codes of one table."""
        return tuple(self.read(table, text, f"{field}.{index}") for index, text in enumerate(texts))

    def note(self, problem: Problem) -> None:
        """Something else that is wrong there, told together with the codes."""
        self._problems.append(problem)

    def take_problems(self) -> list[Problem]:
        """What was found since the last call."""
        found, self._problems = self._problems, []
        return found
