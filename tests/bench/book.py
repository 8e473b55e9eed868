"""The whole bound file of forty pages as PDF, against Typst alone on the same text.

Product: `PdfPrintshop.make_file`, warm: case file to values, check of every character, codes on the
agreement's pages, contents with pages, bookmarks, PDF/A-2b, where each part stands. Yardstick: as
many pages of the same running text (more records in place of forms and tables) as plain Typst
without data, functions, tables, codes or contents; same fonts and standard, a warm compiler. Every
run prints another text. Sealing comes on top of this elsewhere and needs some 45 ms of the 200.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import typst

from app.documents.printshop import PdfPrintshop, count_pages
from app.domain.casefile import CaseFile
from tests.bench.figures import Figure, Spread, spread, timed_ms
from tests.unit.documents import worked_case
from tests.unit.documents.files import long_case, parts_of, scanned_page, with_scans

ROOT = Path(__file__).resolve().parents[2]
SCANS = 12
PAGES = range(38, 46)
RECORDS, PLAIN_RECORDS = 3, 5  # fill as many pages as three with their hands and the forms
UNSEALED_MS, WITH_SCANS_MS, PEAK_MB = 155, 1200, 300

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
    alone = typst.Compiler(font_paths=[resources / "fonts"], ignore_system_fonts=True)

    def by_hand(text: str) -> bytes:
        pdf = alone.compile(text.encode(), format="pdf", pdf_standards="a-2b")
        assert isinstance(pdf, bytes)
        return pdf

    def make(file: CaseFile, scans: int = 0) -> int:
        parts = parts_of(file) if not scans else with_scans(parts_of(file), scans)
        return shop.make_file(file, parts, worked_case.TODAY).pages

    scanned_page("1")  # the picture library's first use
    pages, plain = (
        make(long_case(990)),
        count_pages(by_hand(_by_hand(long_case(991, PLAIN_RECORDS)))),
    )
    assert pages in PAGES, pages
    assert plain in PAGES, plain
    ready = with_scans(parts_of(long_case(0)), SCANS)

    def bound(file: CaseFile) -> int:
        parts = [*parts_of(file)[:-1], ready[-1]]
        return shop.make_file(file, parts, worked_case.TODAY).pages

    def turn(number: int) -> tuple[float, float, float]:
        first, second, third = (
            long_case(number * 3 + one, sessions)
            for one, sessions in enumerate((RECORDS, PLAIN_RECORDS, RECORDS))
        )
        written = _by_hand(second)
        return (
            timed_ms(lambda: make(first)),
            timed_ms(lambda: by_hand(written)),
            timed_ms(lambda: bound(third)),
        )

    for number in range(2):
        turn(300 + number)
    product, floor, scanned = zip(*(turn(one) for one in range(runs)), strict=True)
    return [
        Figure(
            "bound file of 40 pages to PDF, warm", "ms", spread([*product]), spread([*floor]), 2
        ),
        Figure("  the same, before it is sealed", "ms", spread([*product]), None, UNSEALED_MS),
        Figure(f"  with {SCANS} scans", "ms", spread([*scanned]), None, WITH_SCANS_MS),
        Figure("  memory at its peak, in a process of its own", "MB", _peak(), None, PEAK_MB),
    ]


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
