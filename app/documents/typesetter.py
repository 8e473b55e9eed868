"""Typst, kept warm: plain data in, PDF/A-2b out. All that the rest of the house knows of Typst.

Templates are read from their folder; values and pictures travel in memory only, so that nothing a
person typed or scanned lies on a disk in plain text. Never goes to a network.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.problems import ProblemCode, Refused, refuse

if TYPE_CHECKING:
    from typst import Compiler

    from app.documents.wording import Data

_PDF_STANDARD: Final = "a-2b"
# Typst keeps every layout for its next ten runs; of a whole file that is some 15 MB each.
_RUNS_TO_FORGET = 4


class Typesetter:
    """One warm compiler. One call at a time: the caller holds a lock."""

    def __init__(self, templates: Path, fonts: Path) -> None:
        self._templates = templates
        self._fonts = fonts
        self._compiler: Compiler | None = None

    def warm_up(self) -> Compiler:
        """Loads library and fonts before the first paper is wanted."""
        if self._compiler is None:
            import typst

            self._compiler = typst.Compiler(
                root=self._templates, font_paths=[self._fonts], ignore_system_fonts=True
            )
        return self._compiler

    def forget(self) -> None:
        """Lets the memory of large runs go early: empty runs (a millisecond each) make it older.

        What the templates are made of is soon read again; the last two files stay warm.
        """
        for _ in range(_RUNS_TO_FORGET):
            self.warm_up().compile(b"", format="svg")

    def set(
        self,
        title: str,
        dated: date,
        documents: list[Data],
        pictures: Mapping[str, bytes],
        *,
        bound: bool = False,
    ) -> bytes:
        """The PDF of `documents`, each with the `kind` of its template and that template's values.

        `pictures` are SVG by the name that the values use; `bound` adds the file's page numbers.
        Raises `Refused` TEMPLATE_BROKEN.
        """
        import typst

        main = self._templates / "main.typ"
        for one in documents:
            template = f"{one['kind']}.typ"
            if not (self._templates / template).is_file() or not main.is_file():
                raise _broken(template)
        run = {
            "title": title,
            "date": [dated.year, dated.month, dated.day],
            "file": bound,
            "documents": documents,
        }
        data = json.dumps(run, ensure_ascii=False, separators=(",", ":"))
        files = {"main.typ": main, "data.json": data.encode(), **pictures}
        fallback = f"{documents[0]['kind']}.typ"
        try:
            pdf, warnings = self.warm_up().compile_with_warnings(
                files,  # type: ignore[type-var]  # the stub forgets the dict of files, see its README
                format="pdf",
                pdf_standards=_PDF_STANDARD,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise _broken(fallback, error.diagnostic) from None
        if warnings or not isinstance(pdf, bytes):
            raise _broken(fallback, *(one.diagnostic for one in warnings))
        return pdf


def _broken(template: str, *diagnostics: str) -> Refused:
    """A refusal that names template and line. The typesetter's own words may hold what was typed,
    so they stay out."""
    lines = {
        line.strip(" ┌─│").rsplit("/", 1)[-1]
        for one in diagnostics
        for line in one.splitlines()
        if "┌─" in line
    }
    place = ", ".join(sorted(lines)) or template
    return refuse(ProblemCode.TEMPLATE_BROKEN, template.removesuffix(".typ"), place=place)
