"""What the papers of one case cost when each is filled in by itself, as in separate files of a word
processor: counted from what the papers say, not by hand.

For every paper of the whole file: the characters of every value that comes from the case, one key
to get to each, one click for each ticked box. Only what is really on the printed page counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any

import pypdfium2

from app.documents.case_papers import file_number
from app.documents.paper_data import paper_data
from app.documents.printshop import PdfPrintshop
from app.documents.wording import day_words, paragraphs, time_words
from app.domain.casefile import CaseFile
from app.domain.cases import Case
from app.domain.completeness import Document, documents
from app.domain.ids import new_id
from app.domain.money import capitals, figures
from app.services.file_light import document_rules
from app.services.papers import in_file
from app.services.ports import Practice

# Signed, stamped or written by the layout, or the same on every form of one committee.
NOT_TYPED = frozenset({"signing", "title", "mark", "number_blank", "crowd", "entries"})
SHORTEST = 2


def separate_forms(
    file: CaseFile, practice: Practice, shop: PdfPrintshop, today: date
) -> dict[str, int]:
    """Keys, characters and clicks for each paper, by the paper's title and place in the file."""
    values = known_values(file, practice)
    papers = in_file(documents(file, document_rules(practice)))
    return {
        f"{place}. {paper.kind.value}": cost(file, paper, practice, shop, today, values)
        for place, paper in enumerate(papers, 1)
    }


def cost(
    file: CaseFile,
    paper: Document,
    practice: Practice,
    shop: PdfPrintshop,
    today: date,
    values: tuple[str, ...],
) -> int:
    """What one paper costs: 0 where nothing on it comes from the case."""
    told = paper_data(file, practice, paper.kind, paper.subject_id, today).data
    blank_file = CaseFile(case=Case(id=new_id(), committee_id=file.case.committee_id))
    blank = paper_data(blank_file, practice, paper.kind, blank_file.case.id, today).data
    fixed = {squeezed(text) for text in texts(blank)}
    printed = squeezed(text_of(shop.make(file, paper.kind.value, paper.subject_id, today).pdf))
    total = ticks(told)
    for text in map(squeezed, texts(told)):
        typed = typed_characters(text, values)
        if text not in fixed and typed and text in printed:
            total += typed + 1
    return total


def typed_characters(text: str, values: tuple[str, ...]) -> int:
    """How many characters of `text` are values of the case; the rest is the form's own words."""
    covered = [False] * len(text)
    for value in values:
        at = text.find(value)
        while at >= 0:
            covered[at : at + len(value)] = [True] * len(value)
            at = text.find(value, at + 1)
    return sum(covered)


def known_values(file: CaseFile, practice: Practice) -> tuple[str, ...]:
    """Everything that the case's records hold, as papers write it. The committee's own name is on
    its forms already.
    """
    names = {file.committee.name} if file.committee else set()
    found = {file_number(file)} | set(_leaves(file, practice))
    squeezed_ones = {squeezed(one) for one in found} - {squeezed(one) for one in names}
    return tuple(one for one in squeezed_ones if len(one) >= SHORTEST)


def _leaves(value: Any, practice: Practice) -> Iterator[str]:
    if isinstance(value, str):
        yield from paragraphs(str(value))
        for table in ("dispute_type", "ethnicity", "money_way", "performance_manner"):
            line = practice.codes.table(table).get(value)
            if line is not None:
                yield line.zh
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        yield figures(value)
        if value > 0:
            yield capitals(value)
    elif isinstance(value, time):
        yield time_words(value) or ""
    elif isinstance(value, date):
        yield day_words(value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one, practice)
    elif isinstance(value, (tuple, list, frozenset)):
        for one in value:
            yield from _leaves(one, practice)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _leaves(getattr(value, one.name), practice)


def texts(data: Any, name: str = "") -> Iterator[str]:
    """Every text of a paper's values that a person would have to write."""
    if name in NOT_TYPED:
        return
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, one in data.items():
            yield from texts(one, str(key))
    elif isinstance(data, (list, tuple)):
        for one in data:
            yield from texts(one)


def ticks(data: Any) -> int:
    """The boxes that are ticked."""
    if isinstance(data, dict):
        return int(data.get("chosen") is True) + sum(map(ticks, data.values()))
    return sum(map(ticks, data)) if isinstance(data, (list, tuple)) else 0


def text_of(pdf: bytes) -> str:
    """All words of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    return "".join(text.split())
