"""Reads papers back: what stands on each page, and where. For the paper tests only."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2

MILLIMETRE = 72 / 25.4
_GAPS = re.compile(r"[\s\u200b]+")


def compact(text: str) -> str:
    """The text without white space and break marks, so that line ends do not matter."""
    return _GAPS.sub("", text)


@dataclass(frozen=True, slots=True)
class Box:
    """One printed character and its place, in millimetres from the left and the top edge of the
    page."""

    character: str
    left: float
    right: float
    top: float
    bottom: float


def page_texts(pdf: bytes) -> list[str]:
    """The compact text of each page."""
    texts = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text_page = page.get_textpage()
            texts.append(compact(text_page.get_text_bounded()))
            text_page.close()
            page.close()
    return texts


def whole_text(pdf: bytes) -> str:
    return "".join(page_texts(pdf))


def boxes(pdf: bytes) -> list[list[Box]]:
    """All visible characters of each page with their places."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            height = page.get_height()
            text_page = page.get_textpage()
            found.append(
                [
                    _box(text_page, index, height)
                    for index in range(text_page.count_chars())
                    if compact(text_page.get_text_range(index, 1))
                ]
            )
            text_page.close()
            page.close()
    return found


def _box(text_page: pypdfium2.PdfTextPage, index: int, height: float) -> Box:
    left, bottom, right, top = text_page.get_charbox(index)
    return Box(
        text_page.get_text_range(index, 1),
        left / MILLIMETRE,
        right / MILLIMETRE,
        (height - top) / MILLIMETRE,
        (height - bottom) / MILLIMETRE,
    )
