"""The checker: what it must say, and that a good agreement is left in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.agreement_checks import check_before_print
from app.domain.agreements import Agreement, Clause, Duty, Instalment, Payment
from app.domain.casefile import CaseFile
from app.domain.check_rules import rules_of
from app.domain.committees import Mediator
from app.domain.findings import Finding, FindingCode, Level, marked, waiver_of
from app.domain.parties import (
    POWER_CLAIMS,
    POWER_SIGN,
    PartyRole,
    Representation,
    StandIn,
)
from app.domain.people import Person
from app.domain.sessions import Attendance, Session
from tests.fakes import pack_texts
from tests.unit.domain.making import (
    CHILD,
    LI,
    MADE_ON,
    MEDIATOR,
    MOTHER,
    PEOPLE,
    TODAY,
    ZHANG,
    agreement,
    case_file,
    guardian,
    party,
    rid,
)

F = FindingCode
RULES = rules_of(pack_texts())
DUE = date(2026, 12, 1)
WORDS = "李四最迟于2026年12月1日付给张三人民币400.00元（大写：肆佰元整），以现金方式支付。"


def good(file: CaseFile, text: str = WORDS, **more: Any) -> Agreement:
    """An agreement that nothing speaks against."""
    first, second = file.parties[0].id, file.parties[1].id
    promise = Payment(payer_id=second, payee_id=first, fen=40_000, due_on=DUE, way="CASH")
    values: dict[str, Any] = {
        "clauses": (Clause(id=rid(201), text=text, payment=promise),),
        "responsibility": "李四砌墙没有量界，负全部责任。",
        "manner": "一次付清",
        "place": "村委会",
    }
    return agreement(file, **(values | more))


def said(paper: Agreement, file: CaseFile | None = None) -> tuple[Finding, ...]:
    return check_before_print(file or case_file(), paper, RULES, TODAY)


def codes(paper: Agreement, file: CaseFile | None = None) -> set[FindingCode]:
    return {one.code for one in said(paper, file)}


def of_text(text: str, **more: Any) -> set[FindingCode]:
    """What is said of a clause of words alone."""
    file = case_file()
    return codes(good(file, clauses=(Clause(id=rid(201), text=text, **more),), deadline="年底"))


def of_payment(text: str = WORDS, **changes: Any) -> set[FindingCode]:
    file = case_file()
    paper = good(file, text)
    promise = paper.clauses[0].payment
    assert promise is not None
    clause = replace(paper.clauses[0], payment=replace(promise, **changes))
    return codes(replace(paper, clauses=(clause,)))


def test_a_good_agreement_is_left_in_peace() -> None:
    assert said(good(case_file())) == ()


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("facts", F.FACTS_MISSING),
        ("responsibility", F.RESPONSIBILITY_MISSING),
        ("place", F.PLACE_MISSING),
        ("manner", F.MANNER_MISSING),
    ],
)
def test_what_the_paper_lacks_is_named_at_its_field(field: str, code: FindingCode) -> None:
    file = case_file()
    empty: dict[str, Any] = {field: " "}
    (found,) = said(replace(good(file), **empty))
    assert (found.code, found.place, found.level) == (code, field, Level.WARN)


def test_no_time_limit_anywhere() -> None:
    assert F.DEADLINE_MISSING in of_payment(due_on=None)


def test_a_party_that_was_left_out_and_too_few_copies() -> None:
    third = replace(party(MOTHER, 3, PartyRole.THIRD), side="C")
    file = case_file(*case_file().parties, third)
    paper = good(file, copies=2)
    assert codes(paper, file) == {F.PARTY_LEFT_OUT, F.COPIES_TOO_FEW}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fen": 0}, F.AMOUNT_MISSING),
        ({"fen": 41_000}, F.AMOUNT_DIFFERS),
        ({"due_on": date(2026, 12, 2)}, F.DATE_DIFFERS),
        ({"due_on": date(2026, 11, 9)}, F.DUE_BEFORE_AGREEMENT),
    ],
)
def test_fields_against_words(changes: dict[str, Any], code: FindingCode) -> None:
    assert code in of_payment(**changes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("李四付给张三400元。", F.CAPITALS_MISSING),
        ("李四付给张三人民币400元（大写：伍佰元整）。", F.CAPITALS_DIFFER),
        ("李四付给张三一笔钱。", F.AMOUNT_UNSAID),
        ("李四付给他人民币400元（大写：肆佰元整）。", F.TO_WHOM_MISSING),
        ("付给张三人民币400元（大写：肆佰元整）。", F.WHO_MISSING),
        (WORDS + "＿＿", F.BLANK_LEFT),
        (WORDS.replace("12月1日", "2月30日"), F.DATE_IMPOSSIBLE),
    ],
)
def test_words_of_a_payment(text: str, code: FindingCode) -> None:
    assert code in of_payment(text)


def test_way_and_day_may_stand_in_the_words() -> None:
    assert of_payment(way="") == set()
    text = "李四当场付给张三人民币400.00元（大写：肆佰元整）。"
    assert of_payment(text, way="", due_on=None) == {F.WAY_MISSING, F.DEADLINE_MISSING}


def test_instalments_have_a_sum_an_order_and_days() -> None:
    parts = (
        Instalment(due_on=date(2027, 1, 1), fen=20_000),
        Instalment(due_on=date(2026, 12, 1), fen=10_000),
        Instalment(due_on=None, fen=0),
    )
    found = of_payment(instalments=parts, due_on=None)
    assert {F.INSTALMENT_SUM, F.INSTALMENT_ORDER, F.DUE_MISSING} <= found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("尽快把杂物清走。", {F.VAGUE_WORD, F.WHO_MISSING, F.DUE_MISSING}),
        ("李四拆除围墙。", {F.DUE_MISSING}),
        ("李四在2026年12月1日前拆除围墙。", set()),
        ("李四赔偿张三300元。", {F.MONEY_UNTRACKED, F.DUE_MISSING}),
        ("双方今后好好相处。", set()),
        ("张三再无其他争议。", {F.NO_FURTHER_ONE_SIDED}),
        ("张三和李四再无其他争议。", set()),
        ("双方再无其他争议。", set()),
        ("王某今后不再堵路。", {F.NAME_HIDDEN}),
        ("李四今后不再堵路，也不在某村闹事。", set()),
    ],
)
def test_a_clause_of_words(text: str, wanted: set[FindingCode]) -> None:
    assert of_text(text) == wanted


def test_a_duty_says_who_what_and_when() -> None:
    duty = Duty(id=rid(301), party_id=None, what="")
    wanted = {F.WHO_MISSING, F.WHAT_MISSING, F.DUE_MISSING}
    assert wanted <= of_text("好好相处。", duties=(duty,))


def test_a_name_with_one_wrong_character() -> None:
    people = {**PEOPLE, LI.id: replace(LI, name="李建国")}
    file = replace(case_file(), people=people)
    paper = good(file, "李健国最迟于2026年12月1日付给张三人民币400.00元（大写：肆佰元整）。")
    found = [one for one in said(paper, file) if one.code is F.NAME_ALMOST]
    assert [dict(one.facts) for one in found] == [{"text": "李健国", "name": "李建国"}]


@pytest.mark.parametrize(
    "text",
    [
        "双方自愿离婚。",
        "双方解除婚姻关系。",
        "确认张三与小明的亲子关系。",
        "双方解除收养关系。",
        "争议山林的所有权归张三。",
        "李四向张三支付赌债。",
    ],
)
def test_what_no_agreement_settles_is_a_stop(text: str) -> None:
    (stop,) = (one for one in said(good(case_file(), text)) if one.level is Level.STOP)
    assert (stop.code, stop.place) == (F.MATTER_DECIDED, "clauses.0.text")
    assert stop.facts["advice_zh"]


@pytest.mark.parametrize(
    "text",
    [
        "张三和李四已于2020年离婚，孩子的生活费由李四每月付。",
        "张三不同意离婚，双方和好。",
        "三轮车的所有权归张三。",
        "离婚协议里的钱款，李四在2026年12月1日前付清。",
        "双方以后不得断水断电。",
        "调解不收任何调解费。",
    ],
)
def test_what_only_sounds_like_it_is_no_stop(text: str) -> None:
    assert [one.code for one in said(good(case_file(), text)) if one.level is Level.STOP] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("李四付给调解员辛苦费100元。", F.FEE_CLAUSE),
        ("到期不付，张三有权扣留李四的身份证。", F.SELF_HELP),
        ("双方不得再向法院起诉。", F.SUIT_WAIVED),
    ],
)
def test_what_must_not_be_agreed(text: str, code: FindingCode) -> None:
    assert code in of_text(text)


def test_a_word_in_the_facts_only_warns() -> None:
    paper = good(case_file(), facts="李四曾经家暴，派出所来过。")
    assert F.MATTER_HINTED in codes(replace(paper, facts="李四有家暴，派出所来过。"))


def test_a_fee_that_was_taken() -> None:
    file = case_file()
    file = replace(file, case=replace(file.case, fee_taken=True))
    assert codes(good(file), file) == {F.FEE_TAKEN}


def test_confirmation_asks_for_numbers_and_for_what_courts_confirm() -> None:
    file = case_file()
    text = WORDS + "商标归张三。"
    paper = good(file, text, for_confirmation=True, copies=4, made_on=date(2026, 10, 1))
    found = codes(paper, file)
    assert {F.ID_MISSING, F.NOT_CONFIRMABLE, F.CONFIRMATION_LATE} <= found


def with_party(second: Any) -> CaseFile:
    return case_file(party(ZHANG, 1, PartyRole.APPLICANT), second)


def test_a_child_without_guardian_stops() -> None:
    file = with_party(party(CHILD, 2, PartyRole.RESPONDENT))
    found = {one.code: one for one in said(good(file, "张三和小明和好。"), file)}
    stop = found[F.GUARDIAN_MISSING]
    assert (stop.level, stop.place) == (Level.STOP, f"party:{rid(102)}")


def test_one_parent_without_proof_warns() -> None:
    child = party(CHILD, 2, PartyRole.RESPONDENT, representations=(guardian(MOTHER),))
    file = with_party(child)
    found = codes(good(file, "张三和小明和好。"), file)
    assert {F.ONE_PARENT, F.GUARDIAN_UNPROVEN} <= found
    assert F.GUARDIAN_MISSING not in found


def test_the_opponent_is_no_guardian() -> None:
    child = party(CHILD, 2, PartyRole.RESPONDENT, representations=(guardian(ZHANG),))
    file = with_party(child)
    assert F.GUARDIAN_IS_OPPONENT in codes(good(file, "和好。"), file)


def agent(*powers: str, **more: Any) -> Representation:
    return Representation(
        person_id=MOTHER.id, kind=StandIn.AGENT, powers=powers, proof="授权委托书", **more
    )


def test_an_agent_for_both_sides_stops() -> None:
    powers = (POWER_CLAIMS, POWER_SIGN)
    file = case_file(
        party(ZHANG, 1, PartyRole.APPLICANT, representations=(agent(*powers),)),
        party(LI, 2, PartyRole.RESPONDENT, representations=(agent(*powers),)),
    )
    assert codes(good(file), file) == {F.ON_BOTH_SIDES}


def test_an_agent_without_powers_stops_where_nobody_else_came() -> None:
    second = party(LI, 2, PartyRole.RESPONDENT, representations=(agent(POWER_SIGN),))
    file = with_party(second)
    assert codes(good(file), file) == {F.AGENT_CANNOT_SIGN}
    came = Session(
        id=rid(400),
        case_id=rid(100),
        ordinal=1,
        attendance=(Attendance(party_id=second.id, through=MOTHER.id),),
    )
    only = replace(file, sessions=(came,))
    assert codes(good(file), only) == {F.AGENT_WITHOUT_POWER}
    himself = replace(came, id=rid(401), attendance=(Attendance(party_id=second.id),))
    assert codes(good(file), replace(file, sessions=(came, himself))) == {F.AGENT_CANNOT_SIGN}


def test_a_mandate_that_has_ended() -> None:
    over = agent(POWER_CLAIMS, POWER_SIGN, until=date(2026, 11, 9))
    file = with_party(party(LI, 2, PartyRole.RESPONDENT, representations=(over,)))
    assert codes(good(file), file) == {F.MANDATE_OVER}
    on_the_day = replace(over, until=MADE_ON, proof="")
    file = with_party(party(LI, 2, PartyRole.RESPONDENT, representations=(on_the_day,)))
    assert codes(good(file), file) == {F.AGENT_UNPROVEN}


@pytest.mark.parametrize(
    ("phone", "code"),
    [("13800000001", F.MEDIATOR_IS_PARTY), ("", F.MEDIATOR_SHARES_NAME)],
)
def test_a_mediator_who_is_a_party(phone: str, code: FindingCode) -> None:
    same = Mediator(id=MEDIATOR.id, committee_id=rid(1), name="张三", phone="13800000001")
    people = {**PEOPLE, ZHANG.id: replace(ZHANG, phone=phone)}
    file = replace(case_file(), mediators={MEDIATOR.id: same}, people=people)
    assert codes(good(file), file) == {code}


def test_a_party_who_cannot_read_needs_a_witness() -> None:
    people: dict[Any, Person] = {**PEOPLE, LI.id: replace(LI, cannot_read=True)}
    file = replace(case_file(), people=people)
    assert codes(good(file), file) == {F.CANNOT_READ}


def test_a_waiver_covers_its_words_wherever_the_clause_stands() -> None:
    file = case_file()
    clause = Clause(id=rid(201), text="李四拆除围墙。")
    paper = good(file, clauses=(clause,), deadline="年底")
    (found,) = said(paper)
    waived = replace(paper, waivers=(waiver_of(found, "双方都清楚"),))
    assert [bool(one.waived) for one in said(waived)] == [True]
    moved = replace(waived, clauses=(Clause(id=rid(202), text="和好。"), clause))
    assert [(one.place, bool(one.waived)) for one in said(moved)] == [("clauses.1.due_on", True)]
    changed = replace(waived, clauses=(replace(clause, text="李四拆除院墙。"),))
    assert [bool(one.waived) for one in said(changed)] == [False]


def test_a_stop_is_never_waived() -> None:
    paper = good(case_file(), "双方自愿离婚。")
    stop = said(paper)[0]
    assert stop.level is Level.STOP
    waived = replace(paper, waivers=(waiver_of(stop, "他们愿意"),))
    assert marked([stop], waived)[0].waived is None
