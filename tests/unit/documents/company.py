"""Checks of the look of a page: hands and headings in company, nothing outside the text area. For
the paper tests only.
"""

from __future__ import annotations

from tests.unit.documents.pages import Box, boxes, compact

FOOT = 263.0  # millimetres from the top: below it stand page numbers only
EACH_PAGE = "被调查人在每一页签名"


def text_of(page: list[Box]) -> str:
    return compact("".join(box.character for box in page))


def assert_inside(pdf: bytes) -> None:
    """All characters stand within the text area or in the foot."""
    for page in boxes(pdf):
        for box in page:
            assert box.left >= 27.5, box
            assert box.right <= 184.8, box
            assert box.top >= 36.5, box
            assert box.bottom <= 262.8 or box.top >= 267, box
            assert box.bottom <= 287, box


def assert_in_company(pdf: bytes, words: str) -> None:
    """`words` (above the hands, or in the first of their rows) stand on one page with text of the
    paper above them and room below.
    """
    pages = boxes(pdf)
    found = [page for page in pages if words in text_of(page)]
    assert found, words
    page = found[-1]
    top = _line_of(page, words)
    assert len([box for box in page if box.bottom < top - 1]) >= 5, "the hands stand alone"
    assert [box for box in page if top - 1 < box.top < FOOT and box.character == "年"]


def assert_no_heading_last(pdf: bytes, *headings: str) -> None:
    """Something of the paper stands below each of `headings` on its page."""
    for page in boxes(pdf):
        text = text_of(page)
        for words in headings:
            if words in text:
                top = _line_of(page, words)
                lowest = _foot_of(page)
                assert [box for box in page if top + 5 < box.top < lowest], words


def _foot_of(page: list[Box]) -> float:
    """Where the foot begins: with the row that is signed on each page, where there is one."""
    return _line_of(page, EACH_PAGE) - 8 if EACH_PAGE in text_of(page) else FOOT


def _line_of(page: list[Box], words: str) -> float:
    visible = [box for box in page if compact(box.character)]
    return visible["".join(box.character for box in visible).rindex(words)].top
