"""Fixed sentences come from the pack, with their blanks filled or left to the pen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.documents.fixed_words import fill, fixed_words
from app.domain.completeness import DocumentKind
from tests.unit.documents.worked_case import practice


def test_known_values_stand_and_unknown_ones_are_left_to_the_pen() -> None:
    assert fill("{payer}付给{payee}。", {"payer": "甲", "payee": ""}) == ["甲付给", None, "。"]
    assert fill("{payer}付给{payee}。", {"payer": "甲", "payee": "乙"}) == ["甲付给乙。"]
    assert fill("{payer}", {}) == [None]


def test_an_optional_value_vanishes_only_when_it_is_known_to_be_empty() -> None:
    assert fill("给{reason}的钱", {"reason": ""}, {"reason"}) == ["给的钱"]
    assert fill("给{reason}的钱", {}, {"reason"}) == ["给", None, "的钱"]


def test_words_in_brackets_fall_out_with_their_value() -> None:
    text = "第{clause}条[，第{part}期]付清"
    assert fill(text, {"clause": "1", "part": ""}) == ["第1条付清"]
    assert fill(text, {"clause": "1", "part": "2"}) == ["第1条，第2期付清"]
    assert fill(text, {}) == ["第", None, "条，第", None, "期付清"]


def test_what_a_person_typed_is_never_read_as_a_blank() -> None:
    assert fill("{payer}来过", {"payer": "{payee}[甲]"}) == ["{payee}[甲]来过"]


def test_a_line_counts_from_its_own_day() -> None:
    own = practice()
    texts: Any = {
        "papers": {
            "application": {
                "lines": [
                    {"id": "a", "text": "旧", "effective_to": "2025-12-31"},
                    {"id": "a", "text": "新", "effective_from": "2026-01-01"},
                ],
                "labels": [{"id": "b", "zh": "项"}],
                "blanks": [],
            }
        }
    }
    own = replace(own, texts={**own.texts, "paper_texts": texts})
    words = fixed_words(own, DocumentKind.APPLICATION, date(2025, 12, 31))
    assert (words.line("a"), words.label("b")) == (["旧"], "项")
    assert fixed_words(own, DocumentKind.APPLICATION, date(2026, 1, 1)).line("a") == ["新"]
    with pytest.raises(KeyError):
        fixed_words(own, DocumentKind.FILE_NOTE, date(2026, 1, 1))


def test_a_clock_that_fell_back_leaves_no_paper_without_words() -> None:
    for kind in (DocumentKind.FILE_NOTE, DocumentKind.BACK_COVER):
        early = fixed_words(practice(), kind, date(2000, 1, 1))
        assert early == fixed_words(practice(), kind, date(2026, 1, 1))
