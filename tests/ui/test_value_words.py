"""Values beside each other: in words that people use, the difference marked, and nothing else in
the way.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.paths import resources
from app.services.ports import Practice
from app.storage.packs import load_practice
from app.ui.widgets.clock_words import clock_tip, doubt_words, moment_words
from app.ui.widgets.conflict_words import LONG, marked
from app.ui.widgets.value_words import is_plain_text, shown_numbers, value_words
from tests.fakes import NOON

PARTY = "0197a000-0000-7000-8000-000000000001"


@pytest.fixture(scope="module")
def packs() -> Practice:
    return load_practice(resources())


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [
        ("case", "amount_claimed", 250_000, "2,500.00 元"),
        ("case", "accepted_on", "2026-03-05", "2026年3月5日"),
        ("case", "dispute_type", "NEIGHBOUR", "邻里纠纷"),
        ("case", "stage", "agreed", "已达成协议"),
        ("case", "risk_grade", "RED", "红"),
        ("case", "fee_taken", True, "是"),
        ("case", "facts", "原话", "原话"),
        ("case", "facts", "", ""),
        ("case", "requests", ["赔钱", "修檐"], "赔钱、修檐"),
        ("case", "closing", {"on": "2026-03-05", "result": "", "reason": ""}, "2026年3月5日"),
        ("session", "begun_at", "09:30:00", "09:30"),
        ("evidence", "source", "ON_SITE", "ON_SITE"),
        ("agreement", "manner", "oral", "oral"),
        ("agreement", "party_ids", [PARTY], "张三"),
        ("session", "steps", [{"step": "accounts", "text": "甲说"}], "1. 双方各自陈述；甲说"),
    ],
)
def test_values_are_said_as_everywhere(
    packs: Practice, kind: str, field: str, value: object, words: str
) -> None:
    assert words in value_words(packs, kind, field, value, {PARTY: "张三"})
    if not words:
        assert value_words(packs, kind, field, value, {}) == ""


def test_payments_of_a_clause_are_said_with_names_and_sums(packs: Practice) -> None:
    clause = {
        "id": "0197a000-0000-7000-8000-000000000009",
        "text": "赔偿修理费。",
        "payment": {"payer_id": PARTY, "payee_id": PARTY, "fen": 40_000, "way": "CASH"},
        "from_bank": "repair",
    }
    said = value_words(packs, "agreement", "clauses", [clause], {PARTY: "张三"})
    assert "赔偿修理费。" in said
    assert "400.00 元" in said
    assert "付款人：张三" in said
    assert "repair" not in said
    assert "CASH" not in said


@pytest.mark.parametrize(
    ("kind", "field", "values", "plain"),
    [
        ("case", "facts", ["甲", "乙"], True),
        ("case", "facts", ["", "乙"], True),
        ("case", "dispute_type", ["NEIGHBOUR", "FAMILY"], False),
        ("case", "accepted_on", ["2026-03-05", "2026-03-06"], False),
        ("case", "amount_claimed", [1, 2], False),
        ("person", "id_no", ["1", "2"], False),
        ("handover", "to_device", ["王", "赵"], False),
    ],
)
def test_only_plain_texts_can_be_written_anew(
    kind: str, field: str, values: list[object], plain: bool
) -> None:
    assert is_plain_text(kind, field, values) is plain


def test_numbers_show_their_ends_and_what_differs() -> None:
    first, second = shown_numbers("450327197503150011", "450327197503160011")
    assert first == "450327*****5**0011"[: len(first)] or first.startswith("450327")
    assert first.count("*") == 7
    assert first[13] == "5"
    assert second[13] == "6"


def test_the_difference_is_marked_and_signs_are_plain() -> None:
    assert marked("赔<三>百", "赔<五>百") == "赔&lt;<b><u>三</u></b>&gt;百"
    assert marked("同样", "同样") == "同样"
    assert marked("一\n二", "一\n三") == "一<br><b><u>二</u></b>"


def test_of_a_long_text_what_differs_is_in_sight() -> None:
    text = "甲" * LONG + "三" + "乙" * LONG
    other = "甲" * LONG + "五" + "乙" * LONG
    short = marked(text, other)
    assert "<b><u>三</u></b>" in short
    assert short.startswith("……")
    assert short.endswith("……")
    assert len(short) < LONG
    assert len(marked(text, other, whole=True)) > 2 * LONG


def test_a_clock_is_doubted_from_ten_minutes_on() -> None:
    assert doubt_words(None) == ""
    assert doubt_words(9 * 60_000) == ""
    assert doubt_words(-3 * 3_600_000) == "那台电脑的钟快了约 3 小时"
    assert doubt_words(3 * 86_400_000, own=True) == "本机的钟慢了约 3 天"
    assert not moment_words(NOON, 9 * 60_000).startswith("约")
    assert moment_words(NOON, -3_600_000).startswith("约 ")


@pytest.mark.parametrize(
    "written",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-05T08:00:00"],
)
@pytest.mark.parametrize("error_ms", [None, 60_000, 2**53 - 1, 1 - 2**53])
def test_a_made_up_moment_is_shown_as_written_with_a_doubt(
    packs: Practice, written: str, error_ms: int | None
) -> None:
    at = datetime.fromisoformat(written)
    said = moment_words(at, error_ms)
    assert written[:10] in said
    assert said.endswith("（时间不可信）")
    assert bool(clock_tip(at, error_ms)) is bool(doubt_words(error_ms))
    assert "时间不可信" in value_words(packs, "review", "at", written, {})


@pytest.mark.parametrize("error_ms", [2**53 - 1, 1 - 2**53])
def test_a_made_up_error_puts_nothing_right(error_ms: int) -> None:
    said = moment_words(datetime(2026, 3, 5, 8, 0, tzinfo=UTC), error_ms)
    assert said == "2026-03-05 08:00+00:00（时间不可信）"
    assert doubt_words(error_ms)
