"""Single papers of several kinds as PDF, each against Typst alone on the same text.

Product: `PdfPrintshop.make`, warm. Yardstick: the words that stand on a paper of that kind (of
another case), read out of its PDF and set again paragraph by paragraph, those of a form as cells of
a table, with empty tables for two parties' and two officers' hands at the end: no data, no
functions, no boxes that flow. Same fonts and standard, a warm compiler. The written agreement has a
yardstick of its own, set by hand, in `paper`.
"""

from __future__ import annotations

from functools import partial

import pypdfium2
import typst

from app.documents.printshop import PdfPrintshop
from app.domain.casefile import CaseFile
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from tests.bench.figures import Figure, spread, timed_ms
from tests.bench.thick_file import thick_case, thick_parts
from tests.unit.documents import worked_case

KINDS = {
    DocumentKind.MEDIATION_RECORD: "mediation record",
    DocumentKind.INVESTIGATION_RECORD: "investigation record",
    DocumentKind.CLOSING_REPORT: "closing report",
    DocumentKind.TERMINATION_NOTICE: "letter",
    DocumentKind.EVIDENCE_LIST: "evidence list",
    DocumentKind.CONFIRMATION_APPLICATION: "application to the court",
}
FORMS = {DocumentKind.CLOSING_REPORT, DocumentKind.EVIDENCE_LIST}
PAPERS_A_RUN, WARMING = 2, 3
FULL_LINE = 24  # characters
BY_HAND = """
#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm),
  footer: context align(center)[— #counter(page).display() —])
#set text(font: "Noto Serif SC", size: 14pt, lang: "zh", region: "cn", fallback: false)
#set text(top-edge: 0.88em, bottom-edge: -0.12em)
#set par(leading: 11pt, spacing: 11pt, justify: true)
#text(font: "Noto Sans SC")[.]
"""
FORM = """#table(columns: (30mm, 1fr), stroke: 0.5pt, align: horizon,
{lines}
)
"""
HANDS = """#block(breakable: false)[
#table(columns: (46mm, 1fr, 24mm, 35mm), rows: 18.5mm, stroke: 0.5pt, align: horizon,
  [], [], [], [], [], [], [], [])
#table(columns: (40mm, 44mm, 1fr), rows: 18.5mm, stroke: 0.5pt, align: horizon,
  [], [], table.cell(rowspan: 2)[], [], [])
]
"""


def measure(runs: int) -> list[Figure]:
    resources = worked_case.RESOURCES
    shop = PdfPrintshop(resources, worked_case.practice())
    alone = typst.Compiler(font_paths=[resources / "fonts"], ignore_system_fonts=True)

    def make(file: CaseFile, kind: DocumentKind) -> bytes:
        return shop.make(file, kind, _subject(file, kind), worked_case.TODAY).pdf

    figures = []
    for index, (kind, name) in enumerate(KINDS.items()):
        product, floor = [], []
        for turn in range(-WARMING, runs * PAPERS_A_RUN):
            number = 1000 * index + 2 * (turn + WARMING)
            file, written = thick_case(number), _again(make(thick_case(number + 1), kind), kind)
            taken = timed_ms(partial(make, file, kind))
            bare = timed_ms(partial(alone.compile, written, format="pdf", pdf_standards="a-2b"))
            if turn >= 0:
                product.append(taken)
                floor.append(bare)
        figures.append(Figure(f"{name} to PDF, warm", "ms", spread(product), spread(floor), 2.0))
    return figures


def _subject(file: CaseFile, kind: DocumentKind) -> RecordId:
    return next(one.subject_id for one in thick_parts(file) if one.kind is kind)


def _again(pdf: bytes, kind: DocumentKind) -> bytes:
    """What stands on the pages, as text that Typst shows and does not evaluate."""
    with pypdfium2.PdfDocument(pdf) as opened:
        text = "\n".join(page.get_textpage().get_text_range() for page in opened)
    lines = _paragraphs(text.replace("\\", "").replace('"', ""))
    if kind in FORMS:
        words = FORM.format(lines="\n".join(f'"{one}",' for one in lines))
    else:
        words = "\n\n".join(f'#"{one}"' for one in lines)
    return f"{BY_HAND}{words}\n\n{HANDS}".encode()


def _paragraphs(text: str) -> list[str]:
    """Full lines belong to a paragraph with the next. As lines many would be equal, and cached."""
    found, whole = [""], False
    for line in filter(None, map(str.strip, text.splitlines())):
        found[-1:] = [found[-1] + line] if whole else [found[-1], line]
        whole = len(line) >= FULL_LINE
    return found[1:]
