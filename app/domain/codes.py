"""Code tables that counties change by the year. The tables are data packs; this is their shape and
how a label is found.

Codes that the rules reason about (stage, role, outcome, ...) are enums in their own modules; their
labels are in the packs too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.problems import Problem, ProblemCode


@dataclass(frozen=True, slots=True)
class Code:
    """One line of a table. `extra` holds what only some tables have (``village``, ``group``,
    ``go_to_zh`` ...).
    """

    code: str
    zh: str
    en: str
    moj: str = ""
    extra: Mapping[str, str | bool | int] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One dated table, in the order in which it is offered."""

    name: str
    title_zh: str
    title_en: str
    effective_from: date
    effective_to: date | None
    codes: tuple[Code, ...]

    def get(self, code: str) -> Code | None:
        return next((line for line in self.codes if line.code == code), None)


@dataclass(frozen=True, slots=True)
class CodeBook:
    """All tables of all packs in force or once in force, newest version of each table first."""

    tables: Mapping[str, tuple[CodeTable, ...]]

    def table(self, name: str, day: date | None = None) -> CodeTable:
        """The version of table `name` that is in force on local date `day` (newest if None).
        KeyError if there is no such table.
        """
        versions = self.tables[name]
        if day is not None:
            for version in versions:
                if version.effective_from <= day and (
                    version.effective_to is None or day <= version.effective_to
                ):
                    return version
        return versions[0]

    def label(self, name: str, code: str, language: str = "zh_CN") -> str:
        """The label of `code` in any version of the table; the code itself where nobody knows it,
        so that nothing is ever hidden.
        """
        for version in self.tables.get(name, ()):
            line = version.get(code)
            if line:
                return line.label(language)
        return code

    def check(self, name: str, code: str, field: str) -> list[Problem]:
        """A problem when `code` is given and stands in no version of the table."""
        if not code or any(version.get(code) for version in self.tables.get(name, ())):
            return []
        return [Problem(ProblemCode.UNKNOWN_CODE, field, {"table": name, "code": code[:40]})]
