"""Papers as PDF/A-2b: values from a case file, set in type with the fonts that Heshi brings along.

The same case gives the same bytes on every machine. Values travel as JSON and are shown as text, so
that nothing typed into a field can become markup. Never writes a file and never goes to a network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock

from app.documents.book import Leaf, bind, first_guess, leaf_of, placed, text_pages, unplaced_digest
from app.documents.glyphs import Coverage, first_missing, read_coverage
from app.documents.paper_data import made_paper, paper_data, set_line
from app.documents.places import place_words
from app.documents.register_papers import LOOSE
from app.documents.typesetter import Typesetter
from app.domain.casefile import CaseFile
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, refuse
from app.services.paper_values import FilePart, Printed, PrintedFile
from app.services.ports import Practice

TEXT_FONT = "NotoSerifSC-Regular.ttf"


class PdfPrintshop:
    """Keeps one typesetter warm; may be used from any thread, one run at a time. Satisfies
    `services.ports.Printshop`.

    `resources` holds ``templates`` and ``fonts``; `practice` the county's codes and texts.
    """

    def __init__(self, resources: Path, practice: Practice) -> None:
        self._fonts = resources / "fonts"
        self._practice = practice
        self._lock = Lock()
        self._typesetter = Typesetter(resources / "templates", self._fonts)
        self._coverage: Coverage | None = None

    def make(self, file: CaseFile, document: str, subject_id: RecordId, today: date) -> Printed:
        """One paper. `document` is a DocumentKind value; `subject_id` the session, agreement or
        case it is about.

        The case's own id with an agreement or a record gives the blank form. `today` (local date)
        counts only where the paper has no date of its own. Raises `Refused`: CHARACTER_NOT_IN_FONT,
        TEMPLATE_BROKEN, RECORD_NOT_FOUND.
        """
        return self._single(leaf_of(paper_data(file, self._practice, document, subject_id, today)))

    def make_loose(self, template: str, values: Mapping[str, object], today: date) -> Printed:
        """A paper that belongs to no case, such as a register book, in the template of that name.

        `values` are plain data and hold at least ``title``; `dated`, `tail` and `proof` as in
        `documents.making`. For a template in `LOOSE` they are what its maker asks for. Raises
        `Refused`: CHARACTER_NOT_IN_FONT, TEMPLATE_BROKEN.
        """
        maker = LOOSE.get(template)
        try:
            data = maker(values, self._practice, today) if maker else dict(values)
        except (KeyError, TypeError):
            raise refuse(ProblemCode.TEMPLATE_BROKEN, template) from None
        return self._single(leaf_of(made_paper(template, data, today)))

    def make_file(
        self, file: CaseFile, parts: Sequence[FilePart], today: date, *, bound: bool = True
    ) -> PrintedFile:
        """`parts` in one PDF, each on pages of its own, in the order given; blanks stand only for
        what they name.

        `bound`: with the file's page numbers on all parts that the pack counts, and in a contents
        part the others with their pages. Raises `Refused`: NOTHING_TO_PRINT without parts,
        PICTURE_UNREADABLE, and as `make`.
        """
        if not parts:
            raise refuse(ProblemCode.NOTHING_TO_PRINT)
        leaves = [self._leaf(file, part, today, bound=bound) for part in parts]
        with self._lock:
            pdf, starts, pages = self._set(leaves, leaves[0].title, bound=bound)
            self._typesetter.forget()
        name = leaves[0].paper.name
        return PrintedFile(pdf, pages, name, placed(leaves, parts, starts, pages))

    def digests(self, file: CaseFile, parts: Sequence[FilePart], today: date) -> tuple[str, ...]:
        """The `PrintedPart.digest` of each part, without setting it in type; "" for contents, which
        depend on the layout. Raises `Refused` RECORD_NOT_FOUND, TEMPLATE_BROKEN.
        """
        leaves = [self._leaf(file, part, today, bound=True) for part in parts]
        return tuple(unplaced_digest(leaf) for leaf in leaves)

    def warm_up(self) -> None:
        """Loads the typesetter and the fonts' character map before the first paper is wanted."""
        with self._lock:
            self._typesetter.warm_up()
            self._known_characters()

    def _leaf(self, file: CaseFile, part: FilePart, today: date, *, bound: bool) -> Leaf:
        paper = paper_data(file, self._practice, part.kind.value, part.subject_id, today)
        paged = bound and bool(set_line(self._practice, part.kind).get("paged", True))
        return leaf_of(paper, part, paged=paged)

    def _single(self, leaf: Leaf) -> Printed:
        with self._lock:
            pdf, _, pages = self._set([leaf], leaf.paper.title, bound=False, bookmarks=False)
        return Printed(pdf, pages, leaf.paper.name)

    def _set(
        self, leaves: Sequence[Leaf], title: str, *, bound: bool, bookmarks: bool = True
    ) -> tuple[bytes, list[int], int]:
        """PDF, first page of each leaf, number of pages. Set again only if a paper became longer
        than guessed."""
        for leaf in leaves:
            self._check_characters(leaf)
        codes = [first_guess(leaf) for leaf in leaves]
        while True:
            run = bind(leaves, codes, bookmarks=bookmarks)
            dated = leaves[0].paper.dated
            pdf = self._typesetter.set(title, dated, run.documents, run.pictures, bound=bound)
            starts, pages = first_pages(pdf) if bookmarks else ([1], count_pages(pdf))
            ends = [*(start - 1 for start in starts[1:]), pages]
            needed = [
                text_pages(leaf, end - start + 1) if leaf.paper.proof else 0
                for leaf, start, end in zip(leaves, starts, ends, strict=True)
            ]
            if all(have >= need for have, need in zip(codes, needed, strict=True)):
                return pdf, starts, pages
            codes = [max(pair) for pair in zip(codes, needed, strict=True)]

    def _check_characters(self, leaf: Leaf) -> None:
        found = first_missing(leaf.texts, self._known_characters())
        if found:
            raise refuse(
                ProblemCode.CHARACTER_NOT_IN_FONT,
                ".".join(map(str, found.path)),
                character=found.character,
                codepoint=found.codepoint,
                place=place_words(leaf.paper.title, found.path),
            )

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


def first_pages(pdf: bytes) -> tuple[list[int], int]:
    """The pages (from 1) that the bookmarks point to, in order, and the number of pages."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as opened:
        places = [one.get_dest() for one in opened.get_toc(max_depth=1)]
        return [1 + (place.get_index() or 0) for place in places if place], len(opened)
