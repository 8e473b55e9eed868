"""The words of a money clause say what was entered, and nothing else."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreements import Instalment, Payment
from app.domain.clauses import money_words, payment_words, remaining_fen, vague_lines
from app.domain.ids import RecordId
from app.domain.money import LARGEST_FEN, capitals, figures

WAYS = {"CASH": "现金"}


def payment(fen: int, *parts: Instalment, due_on: date | None = None, way: str = "") -> Payment:
    return Payment(
        payer_id=RecordId("b"),
        payee_id=RecordId("a"),
        fen=fen,
        due_on=due_on,
        way=way,
        instalments=parts,
    )


def test_in_one_go() -> None:
    words = payment_words(payment(40_000), "文某", "唐某", WAYS)
    assert words == "文某一次性付给唐某人民币400.00元（大写：肆佰元整）。"


def test_until_a_day_and_how() -> None:
    due = payment(40_000, due_on=date(2026, 3, 15), way="CASH")
    words = payment_words(due, "文某", "唐某", WAYS)
    said = "文某于2026年3月15日前一次性付给唐某人民币400.00元（大写：肆佰元整），以现金方式支付。"
    assert words == said


def test_on_the_spot_needs_no_day() -> None:
    due = payment(40_000, due_on=date(2026, 3, 15))
    words = payment_words(due, "文某", "唐某", WAYS, at_once=True)
    assert words == "文某当场一次性付给唐某人民币400.00元（大写：肆佰元整）。"


def test_by_instalments() -> None:
    parts = (
        Instalment(due_on=date(2026, 4, 1), fen=1_000_000),
        Instalment(due_on=None, fen=1_500_000),
    )
    words = payment_words(payment(2_500_000, *parts), "吴某", "李某", {})
    assert words == (
        "吴某付给李某人民币25,000.00元（大写：贰万伍仟元整），分2期付清："
        "第1期2026年4月1日前付10,000.00元（大写：壹万元整）；"
        "第2期付15,000.00元（大写：壹万伍仟元整）。"
    )
    assert remaining_fen(payment(2_500_000, *parts)) == 0
    assert remaining_fen(payment(2_500_000, parts[0])) == 1_500_000
    assert remaining_fen(payment(900_000, parts[0])) == -100_000


@given(st.integers(min_value=0, max_value=LARGEST_FEN))
def test_figures_and_capitals_stand_together(fen: int) -> None:
    assert figures(fen) in money_words(fen)
    assert capitals(fen) in money_words(fen)


@given(st.lists(st.integers(min_value=1, max_value=10**9), min_size=1, max_size=12))
def test_every_instalment_is_said(amounts: list[int]) -> None:
    parts = tuple(Instalment(due_on=None, fen=fen) for fen in amounts)
    whole = payment(sum(amounts), *parts)
    words = payment_words(whole, "甲", "乙", {})
    assert f"分{len(amounts)}期" in words
    assert all(f"付{figures(fen)}元" in words for fen in amounts)
    assert remaining_fen(whole) == 0


def test_a_vague_word_needs_what_clears_it() -> None:
    soon = {"word": "尽快", "unless": "date"}
    some = {"word": "适当", "unless": "amount"}
    about = {"word": "大约", "unless": None}
    words = (soon, some, about)
    assert vague_lines("文某尽快适当赔一些，大约够修瓦。", words) == [soon, some, about]
    assert vague_lines("文某在12月1日前尽快修好。", words) == []
    assert vague_lines("文某适当赔400元。", words) == []
    assert vague_lines("文某在12月1日前赔大约400元。", words) == [about]
