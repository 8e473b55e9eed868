"""The whole bound file of forty pages as sealed PDF, against Typst alone on as many pages.

Product: `PdfPrintshop.make_file` and `PaperSeal.sign`, warm: case file to values, check of every
character, codes on the agreement's pages, contents with pages, bookmarks, PDF/A-2b, where each part
stands, the signature. Yardstick: as many pages of running text (records in place of forms and
tables) as plain Typst without data, functions, tables, codes or contents; same fonts and standard,
a warm compiler. Every run prints another text.

Two files: one with every kind of paper (21 of them, mostly tables and short forms), and one of few
kinds and long records.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import typst

from app.documents.printshop import PdfPrintshop, count_pages
from app.domain.casefile import CaseFile
from app.security.paper_seal import PaperSeal
from app.services.paper_values import FilePart, Scan
from tests.bench.figures import Figure, Spread, spread, timed_ms
from tests.bench.thick_file import thick_case, thick_parts
from tests.sealed_papers import AT, CERTIFICATE, DEVICE, KEY, REASON
from tests.unit.documents import worked_case
from tests.unit.documents.files import long_case, parts_of, scanned_page, with_scans

ROOT = Path(__file__).resolve().parents[2]
SCANS = 12
PAGES = range(36, 46)
PLAIN_RECORDS = 5  # fill as many pages as the files below
SEALED_MS, WITH_SCANS_MS, PEAK_MB = 200, 1200, 300

BY_HAND = """
#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm),
  footer: context align(center)[— #counter(page).display() — 共 #counter(page).final().first() 页])
#set text(font: "Noto Serif SC", size: 14pt, lang: "zh", region: "cn", fallback: false)
#set text(top-edge: 0.88em, bottom-edge: -0.12em)
#set par(leading: 11pt, spacing: 11pt, justify: true)
#set par(first-line-indent: (amount: 2em, all: true))
#show heading: set text(font: "Noto Sans SC", size: 22pt, weight: "regular")
"""


def measure(runs: int) -> list[Figure]:
    resources = worked_case.RESOURCES
    shop = PdfPrintshop(resources, worked_case.practice())
    seal = PaperSeal(KEY, DEVICE, CERTIFICATE)
    seal.warm_up()
    alone = typst.Compiler(font_paths=[resources / "fonts"], ignore_system_fonts=True)

    def by_hand(text: str) -> bytes:
        pdf = alone.compile(text.encode(), format="pdf", pdf_standards="a-2b")
        assert isinstance(pdf, bytes)
        return pdf

    def made_and_sealed(file: CaseFile, parts: list[FilePart]) -> tuple[float, float]:
        """Milliseconds until the PDF is made, and until it is sealed."""
        made: list[bytes] = []
        first = timed_ms(lambda: made.append(_made(shop, file, parts)))
        return first, first + timed_ms(lambda: seal.sign(made[0], at=AT, reason=REASON))

    plain = long_case(991, PLAIN_RECORDS)
    for pages in (
        count_pages(_made(shop, thick_case(990), thick_parts(thick_case(990)))),
        count_pages(_made(shop, long_case(990), parts_of(long_case(990)))),
        count_pages(by_hand(_by_hand(plain))),
    ):
        assert pages in PAGES, pages
    scanned_page("1")  # the picture library's first use
    scans = with_scans(parts_of(long_case(0)), SCANS)[-1].scans

    def turn(number: int) -> tuple[float, ...]:
        thick, long = thick_case(number * 4), long_case(number * 4 + 1)
        written = _by_hand(long_case(number * 4 + 2, PLAIN_RECORDS))
        full = thick_case(number * 4 + 3)
        scanned = [*thick_parts(full)[:-1], _with(thick_parts(full)[-1], scans)]
        return (
            *made_and_sealed(thick, thick_parts(thick)),
            *made_and_sealed(long, parts_of(long)),
            timed_ms(lambda: by_hand(written)),
            made_and_sealed(full, scanned)[1],
        )

    for number in range(2):
        turn(300 + number)
    columns = zip(*(turn(one) for one in range(runs)), strict=True)
    thick, thick_sealed, long, long_sealed, floor, scanned = (spread([*one]) for one in columns)
    return [
        Figure("file of every kind of paper, 40 pages, before its seal", "ms", thick, floor, 2),
        Figure("  the same, sealed", "ms", thick_sealed, None, SEALED_MS),
        Figure(f"  the same with {SCANS} scans, sealed", "ms", scanned, None, WITH_SCANS_MS),
        Figure("file of long records, 40 pages, before its seal", "ms", long, floor, 2),
        Figure("  the same, sealed", "ms", long_sealed, None, SEALED_MS),
        Figure("memory at its peak, with scans, in its own process", "MB", _peak(), None, PEAK_MB),
    ]


def _made(shop: PdfPrintshop, file: CaseFile, parts: list[FilePart]) -> bytes:
    return shop.make_file(file, parts, worked_case.TODAY).pdf


def _with(part: FilePart, scans: tuple[Scan, ...]) -> FilePart:
    return replace(part, scans=scans)


def _by_hand(file: CaseFile) -> str:
    """The written text of the file, document by document."""
    lines = [BY_HAND]
    for session in file.sessions:
        lines += ["= 人民调解记录\n", *(f"{step.text}\n" for step in session.steps)]
        lines += ["#pagebreak()"]
    agreement = file.agreements[0]
    clauses = (f"{index}．{one.text}\n" for index, one in enumerate(agreement.clauses, 1))
    lines += ["= 人民调解协议书\n", agreement.facts, "", *clauses]
    return "\n".join(line.replace("\n第", "\n\n第") for line in lines)


def _peak() -> Spread:
    """The largest memory of a process that makes the file with its scans three times."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.probe_book"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return spread([float(done.stdout)])
