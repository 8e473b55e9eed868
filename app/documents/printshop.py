"""Papers as PDF/A-2b: values from a case file, set in type by Typst with the fonts that Heshi
brings along.

The same case gives the same bytes on every machine. Values travel as JSON and are shown as text, so
that nothing typed into a field can become markup. Never writes a file and never goes to a network.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from app.documents.glyphs import Coverage, first_missing, prepared, read_coverage
from app.documents.paper_data import Paper, paper_data
from app.documents.places import place_words
from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, Refused, refuse
from app.services.ports import Practice, Printed

if TYPE_CHECKING:
    from typst import Compiler

TEXT_FONT = "NotoSerifSC-Regular.ttf"
_PDF_STANDARD: Final = "a-2b"


class PdfPrintshop:
    """Keeps one typesetter warm; may be used from any thread, one paper at a time. Satisfies
    `services.ports.Printshop`.

    `resources` holds ``templates`` and ``fonts``; `practice` the county's codes and texts.
    """

    def __init__(self, resources: Path, practice: Practice) -> None:
        self._templates = resources / "templates"
        self._fonts = resources / "fonts"
        self._practice = practice
        self._lock = Lock()
        self._compiler: Compiler | None = None
        self._coverage: Coverage | None = None

    def make(self, file: CaseFile, document: str, subject_id: RecordId, today: date) -> Printed:
        """One paper. `document` is a DocumentKind value; `subject_id` the session, agreement or
        case it is about.

        The case's own id with an agreement or a record gives the blank form. `today` (local date)
        counts only where the paper has no date of its own. Raises `Refused`: CHARACTER_NOT_IN_FONT,
        TEMPLATE_BROKEN, RECORD_NOT_FOUND.
        """
        paper = paper_data(file, self._practice, document, subject_id, today)
        data = prepared(paper.data)
        with self._lock:
            self._check_characters(paper, data)
            pdf = self._compile(paper, data)
        return Printed(pdf, count_pages(pdf), paper.name)

    def warm_up(self) -> None:
        """Loads the typesetter and the fonts' character map before the first paper is wanted."""
        with self._lock:
            self._warm_compiler()
            self._known_characters()

    def _check_characters(self, paper: Paper, data: object) -> None:
        found = first_missing(data, self._known_characters())
        if found:
            raise refuse(
                ProblemCode.CHARACTER_NOT_IN_FONT,
                ".".join(map(str, found.path)),
                character=found.character,
                codepoint=found.codepoint,
                place=place_words(paper.kind, found.path),
            )

    def _compile(self, paper: Paper, data: object) -> bytes:
        import typst

        template = self._templates / f"{paper.kind.value}.typ"
        if not template.is_file():
            raise _broken(paper)
        try:
            pdf, warnings = self._warm_compiler().compile_with_warnings(
                template,
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=_PDF_STANDARD,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise _broken(paper, error.diagnostic) from None
        if warnings or not isinstance(pdf, bytes):
            raise _broken(paper, *(one.diagnostic for one in warnings))
        return pdf

    def _warm_compiler(self) -> Compiler:
        if self._compiler is None:
            import typst

            self._compiler = typst.Compiler(
                root=self._templates, font_paths=[self._fonts], ignore_system_fonts=True
            )
        return self._compiler

    def _known_characters(self) -> Coverage:
        if self._coverage is None:
            try:
                self._coverage = read_coverage(self._fonts / TEXT_FONT)
            except (OSError, ValueError):
                raise refuse(ProblemCode.TEMPLATE_BROKEN, TEXT_FONT) from None
        return self._coverage


def count_pages(pdf: bytes) -> int:
    """Number of pages of a PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as opened:
        return len(opened)


def _broken(paper: Paper, *diagnostics: str) -> Refused:
    """A refusal that names template and line. The typesetter's own words may hold what was typed,
    so they stay out."""
    lines = {
        line.strip(" ┌─│").rsplit("/", 1)[-1]
        for one in diagnostics
        for line in one.splitlines()
        if "┌─" in line
    }
    place = ", ".join(sorted(lines)) or f"{paper.kind.value}.typ"
    return refuse(ProblemCode.TEMPLATE_BROKEN, paper.kind.value, place=place)
