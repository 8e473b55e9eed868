"""Which pages of a paper are printed, and on which sides."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import RecordId
from app.domain.printing import PrintedPaper, Printing, covers, parse_pages, sides
from app.domain.problems import ProblemCode, Refused


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", (1, 2, 3, 4, 5)),
        ("1-3,5", (1, 2, 3, 5)),
        (" 5 , 1 ", (5, 1)),
        ("１－３、５", (1, 2, 3, 5)),
        ("2至3", (2, 3)),
        ("3,3,2-3", (3, 2)),
    ],
)
def test_pages_as_people_write_them(text: str, wanted: tuple[int, ...]) -> None:
    assert parse_pages(text, 5) == wanted


@pytest.mark.parametrize("text", ["0", "6", "3-1", "1-", "-2", "a", "1--2", "1,,2", "99999999999"])
def test_what_names_no_page_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_pages(text, 5)
    assert refused.value.first.code is ProblemCode.PAGES_UNCLEAR


@given(st.text(), st.integers(1, 50))
def test_whatever_is_typed_names_pages_or_is_refused(text: str, pages: int) -> None:
    try:
        found = parse_pages(text, pages)
    except Refused:
        return
    assert len(set(found)) == len(found) > 0
    assert all(1 <= one <= pages for one in found)


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)), st.booleans())
def test_every_page_once_and_no_two_papers_on_one_sheet(
    pages: set[int], starts: set[int], duplex: bool
) -> None:
    wanted = sorted(pages)
    laid = sides(wanted, starts, duplex=duplex)
    assert [one for one in laid if one is not None] == wanted
    if duplex:
        assert all(laid.index(one) % 2 == 0 for one in starts & pages)
    else:
        assert list(laid) == wanted


@pytest.mark.parametrize(
    ("pages", "first", "last", "whole"),
    [
        ("", 0, 0, True),
        ("", 3, 5, True),
        ("1-5", 3, 5, True),
        ("4", 3, 5, False),
        ("1-2", 0, 0, False),
    ],
)
def test_some_pages_are_no_paper_yet(pages: str, first: int, last: int, whole: bool) -> None:
    paper = PrintedPaper(
        kind="cover", subject_id=RecordId("r"), digest="", first_page=first, last_page=last
    )
    printing = Printing(
        id=RecordId("p"), case_id=RecordId("c"), at=datetime(2026, 3, 1, tzinfo=UTC), pages=pages
    )
    assert covers(printing, paper) is whole
