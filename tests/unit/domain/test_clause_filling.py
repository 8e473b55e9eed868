"""Ready clauses with their blanks filled: words, money and dates agree, and nothing is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clause_bank import BLANK_MARK, BankClause, bank_clause, for_dispute, own_clause
from app.domain.clause_filling import (
    Filling,
    Plan,
    fill,
    monthly,
    months_later,
    parse_due,
    split_instalments,
)
from app.domain.problems import ProblemCode, Refused
from tests.fakes import pack_texts
from tests.unit.domain.making import rid

A, B = rid(101), rid(102)
KNOWN = Filling(names={A: "张三", B: "李四"}, ways={"CASH": "现金"})
MADE = date(2026, 11, 10)


def bank() -> dict[str, BankClause]:
    pack: Any = pack_texts()["clause_bank"]
    return {line["id"]: bank_clause(line) for line in pack["clauses"]}


BANK = bank()


@given(st.integers(1, 10**12), st.integers(1, 60))
def test_instalments_add_up_to_the_fen(total: int, count: int) -> None:
    if count > total:
        return
    parts = split_instalments(total, Plan(count=count, first_due=MADE))
    assert len(parts) == count
    assert sum(one.fen for one in parts) == total
    assert all(one.fen > 0 for one in parts)
    days = [one.due_on for one in parts if one.due_on]
    assert days == sorted(days)
    assert len(days) == count


def test_what_is_left_over_is_in_the_last_part() -> None:
    parts = split_instalments(100_000, Plan(count=3, first_due=date(2026, 1, 31)))
    assert [one.fen for one in parts] == [33_300, 33_300, 33_400]
    assert [one.due_on for one in parts] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
    ]


def test_parts_every_ten_days() -> None:
    parts = split_instalments(200, Plan(count=2, first_due=MADE, every_days=10))
    assert [one.due_on for one in parts] == [MADE, date(2026, 11, 20)]


@pytest.mark.parametrize("count", [0, -1, 241])
def test_a_count_that_makes_no_sense_is_refused(count: int) -> None:
    with pytest.raises(Refused) as refused:
        split_instalments(100_000, Plan(count=count))
    assert refused.value.first.code is ProblemCode.NOT_A_NUMBER


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("签字后15天内", date(2026, 11, 25)),
        ("3个月内", date(2027, 2, 10)),
        ("1年内", date(2027, 11, 10)),
        ("本月底", date(2026, 11, 30)),
        ("下月底", date(2026, 12, 31)),
        ("年底", date(2026, 12, 31)),
        ("3月5日", date(2027, 3, 5)),
        ("2026年12月1日", date(2026, 12, 1)),
        ("2026-3-5", date(2026, 3, 5)),
    ],
)
def test_a_due_date_as_people_say_it(text: str, day: date) -> None:
    assert parse_due(text, MADE) == day


def test_a_due_date_that_nobody_understands_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        parse_due("等有钱", MADE)
    assert refused.value.first.code is ProblemCode.NOT_A_DATE


def test_the_last_day_of_a_month_stays_in_it() -> None:
    assert months_later(date(2028, 1, 31), 1) == date(2028, 2, 29)


def test_each_month_from_the_first_to_the_last() -> None:
    parts = monthly(10_000, date(2026, 11, 10), date(2027, 1, 31), 31)
    days = [one.due_on for one in parts]
    assert days == [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)]


def paid_once(**more: Any) -> dict[str, Any]:
    values = {"payer": B, "payee": A, "amount": 250_050, "due": date(2026, 12, 1), "way": "CASH"}
    return {**values, **more}


def test_a_payment_has_its_words_and_its_money() -> None:
    clause = fill(BANK["pay_once"], paid_once(), KNOWN, None)
    assert clause.text == (
        "李四最迟于2026年12月1日一次性付给张三人民币2,500.50元（大写：贰仟伍佰元伍角整），"
        "以现金方式支付。"
    )
    assert clause.payment is not None
    assert (clause.payment.payer_id, clause.payment.payee_id) == (B, A)
    assert (clause.payment.fen, clause.payment.due_on) == (250_050, date(2026, 12, 1))
    assert (clause.payment.way, clause.from_bank) == ("CASH", "pay_once")


def test_what_stands_in_brackets_comes_with_its_blank() -> None:
    clause = fill(BANK["pay_once"], paid_once(place="村委会"), KNOWN, None)
    assert clause.text.endswith("，付款地点：村委会。")


def test_an_empty_blank_stays_to_be_seen() -> None:
    values = paid_once()
    del values["amount"], values["due"]
    clause = fill(BANK["pay_once"], values, KNOWN, None)
    assert clause.text.count(BLANK_MARK) == 2
    assert clause.payment is None


def test_instalments_are_written_out_and_add_up() -> None:
    plan = Plan(count=3, first_due=date(2026, 12, 1))
    values = paid_once(amount=100_000, instalments=plan)
    clause = fill(BANK["pay_instalments"], values, KNOWN, None)
    assert clause.payment is not None
    assert sum(one.fen for one in clause.payment.instalments) == clause.payment.fen == 100_000
    assert "分3期付清" in clause.text
    assert "第3期2027年2月1日前付333.40元（大写：叁佰叁拾叁元肆角整）" not in clause.text
    assert "第3期2027年2月1日前付334.00元（大写：叁佰叁拾肆元整）" in clause.text


def test_money_each_month_becomes_a_plan_with_an_end() -> None:
    values: dict[str, Any] = {
        **{"payer": B, "payee": A, "amount": 80_000, "day": 5, "way": "CASH"},
        **{"start": date(2026, 12, 1), "end": date(2027, 2, 28)},
    }
    clause = fill(BANK["pay_monthly"], values, KNOWN, None)
    assert clause.payment is not None
    assert clause.payment.fen == 240_000
    assert len(clause.payment.instalments) == 3
    assert "每月5日前" in clause.text


def test_money_for_life_is_a_duty() -> None:
    values: dict[str, Any] = {
        "payer": B,
        "elder": A,
        "amount": 50_000,
        "day": 1,
        "start": MADE,
        "way": "CASH",
    }
    clause = fill(BANK["support_monthly"], values, KNOWN, None)
    assert clause.payment is None
    (duty,) = clause.duties
    assert duty.party_id == B


def test_an_act_says_who_and_until_when() -> None:
    values: dict[str, Any] = {
        "who": B,
        "other": A,
        "due": date(2026, 12, 1),
        "goods": "三轮车",
        "place": "村口",
    }
    (duty,) = fill(BANK["return_goods"], values, KNOWN, None).duties
    assert (duty.party_id, duty.what, duty.due_on) == (B, "三轮车", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (paid_once(payee=B), ProblemCode.PAYER_IS_PAYEE),
        (paid_once(payee=rid(999)), ProblemCode.NOTHING_CHOSEN),
        (paid_once(amount=-1), ProblemCode.AMOUNT_NEGATIVE),
        (paid_once(amount="一些"), ProblemCode.NOT_AN_AMOUNT),
        (paid_once(due="尽快"), ProblemCode.NOT_A_DATE),
    ],
)
def test_a_value_that_does_not_fit_is_refused(values: dict[str, Any], code: ProblemCode) -> None:
    with pytest.raises(Refused) as refused:
        fill(BANK["pay_once"], values, KNOWN, None)
    assert refused.value.first.code is code


@pytest.mark.parametrize("form", BANK.values(), ids=lambda one: one.id)
def test_every_clause_of_the_pack_can_be_filled(form: BankClause) -> None:
    parties = iter((B, A, B, A))
    examples: dict[str, Any] = {"party": parties, "date": MADE, "money": 40_000, "number": 5}
    values: dict[str, Any] = {}
    for one in form.blanks:
        if one.filled_by:
            values[one.name] = Plan(count=2, first_due=MADE)
        elif one.kind == "party":
            values[one.name] = A if one.name in _SECOND else B
        else:
            values[one.name] = examples.get(one.kind, "某物")
    clause = fill(form, values, KNOWN, None)
    assert BLANK_MARK not in clause.text
    assert not set("{}[]") & set(clause.text)
    assert bool(clause.payment or clause.duties) == (form.duty is not None)


_SECOND = {"payee", "other", "elder", "worker"}


def test_the_dispute_s_own_clauses_come_first_and_later_packs_win() -> None:
    county = bank_clause({"id": "pay_once", "zh": "本县", "en": "Ours", "text": "甲。"})
    found = for_dispute((*BANK.values(), county), "TRAFFIC")
    types = ["TRAFFIC" in one.dispute_types for one in found]
    assert types == sorted(types, reverse=True)
    assert [one.zh for one in found if one.id == "pay_once"] == ["本县"]
    assert not any(one.id == "wages_once" for one in found)


def test_an_own_clause_owes_what_it_was_made_from() -> None:
    like, words = BANK["pay_once"], "{payer}在{due}前给{payee}{amount}，放在{盒子}里。"
    clause = own_clause("own_1", "我们的", words, (), like, BANK.values())
    assert clause.duty == like.duty
    assert [one.kind for one in clause.blanks] == ["party", "date", "party", "money", "text"]
    without = own_clause("own_1", "我们的", "{payer}道歉。", (), like, BANK.values())
    assert without.duty is None
