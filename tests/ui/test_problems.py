"""Every problem is a sentence in both languages, with whatever facts there are; every name has both
words.
"""

from __future__ import annotations

import re

import pytest

from app.domain.acts import Act
from app.domain.agreements import AgreementState, Signer, SignMethod
from app.domain.casefile import PathStep, StepState
from app.domain.cases import RiskGrade, Stage
from app.domain.clocks import ClockKind
from app.domain.completeness import DocumentKind
from app.domain.parties import PartyRole, StandIn
from app.domain.people import Capacity
from app.domain.problems import Problem, ProblemCode, Refused
from app.domain.reviews import ReviewState
from app.domain.sessions import SessionOutcome, SessionStep
from app.services.lines import Delivery
from app.ui.runtime import texts
from app.ui.runtime.problems import (
    NEXT_STEP,
    SENTENCES,
    field_name,
    next_step,
    sentence,
    sentence_of_code,
    sentences,
)

HAN = re.compile(r"[\u3400-\u9fff]")
SCOLDING = re.compile(
    r"失败|无效|异常|错误码|非法|\b(failed|failure|invalid|exception|error|illegal)\b", re.I
)
LANGUAGES = ("zh_CN", "en")


def test_every_problem_has_its_sentence() -> None:
    assert set(SENTENCES) == set(ProblemCode)
    assert set(NEXT_STEP) <= set(ProblemCode)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(ProblemCode))
def test_a_sentence_reads_well_without_facts(code: ProblemCode, language: str) -> None:
    text = sentence(Problem(code), language)
    assert "{" not in text
    assert not SCOLDING.search(text), text
    assert bool(HAN.search(text)) is (language == "zh_CN")
    assert text[-1] in "。）." or text.endswith(")")


@pytest.mark.parametrize("code", list(ProblemCode))
def test_both_languages_have_the_same_blanks(code: ProblemCode) -> None:
    chinese, english = (set(re.findall(r"\{(\w+)\}", text)) for text in SENTENCES[code])
    assert chinese == english


def test_facts_are_said_as_people_say_them() -> None:
    money = Problem(ProblemCode.INSTALMENT_SUM, "", {"total": 100_000, "sum": 99_950})
    assert "999.50" in sentence(money, "zh_CN")
    assert "1,000.00" in sentence(money, "zh_CN")
    order = Problem(ProblemCode.DATE_ORDER, "", {"earlier": "occurred_on", "later": "accepted_on"})
    assert "受理日期不能早于发生日期" in sentence(order, "zh_CN")
    move = Problem(ProblemCode.MOVE_NOT_ALLOWED, "", {"stage": "lead", "wanted": "closed"})
    assert "“线索”" in sentence(move, "zh_CN")
    assert "Lead" in sentence(move, "en")


def test_a_fact_with_braces_stays_what_it_is() -> None:
    problem = Problem(ProblemCode.NOT_A_DATE, "", {"text": "{0.__class__}"})
    assert "{0.__class__}" in sentence(problem, "zh_CN")


def test_several_problems_none_twice() -> None:
    empty = Problem(ProblemCode.EMPTY, "a")
    assert sentences(Refused(empty, Problem(ProblemCode.EMPTY, "b")), "en").count("\n") == 0


def test_a_verdict_that_travelled_as_a_code() -> None:
    known = sentence(Problem(ProblemCode.VERDICT_CONFLICT), "en")
    assert sentence_of_code("verdict_conflict", "en") == known
    assert "later_code" in sentence_of_code("later_code", "zh_CN")
    assert next_step("verdict_conflict", "zh_CN")
    assert next_step("later_code", "zh_CN") == ""


@pytest.mark.parametrize(
    ("enum", "table"),
    [
        (Act, texts.ACT_NAMES),
        (Stage, texts.STAGE_NAMES),
        (Delivery, texts.DELIVERY_NAMES),
        (PathStep, texts.PATH_NAMES),
        (StepState, texts.STEP_STATE_NAMES),
        (DocumentKind, texts.DOCUMENT_NAMES),
        (Capacity, texts.CAPACITY_NAMES),
        (PartyRole, texts.PARTY_ROLE_NAMES),
        (StandIn, texts.STAND_IN_NAMES),
        (SessionStep, texts.SESSION_STEP_NAMES),
        (SessionOutcome, texts.SESSION_OUTCOME_NAMES),
        (SignMethod, texts.SIGN_METHOD_NAMES),
        (Signer, texts.SIGNER_NAMES),
        (AgreementState, texts.AGREEMENT_STATE_NAMES),
        (ReviewState, texts.REVIEW_STATE_NAMES),
        (ClockKind, texts.CLOCK_NAMES),
        (RiskGrade, texts.GRADE_NAMES),
    ],
)
def test_every_member_has_its_name(enum: type[Act], table: dict[Act, texts.Words]) -> None:
    assert set(table) == set(enum)
    for chinese, english in table.values():
        assert HAN.search(chinese)
        assert english
        assert not HAN.search(english)


def test_states_are_called_as_the_design_calls_them() -> None:
    names = {delivery: words[0] for delivery, words in texts.DELIVERY_NAMES.items()}
    assert names[Delivery.HERE] == "已保存在本机"
    assert names[Delivery.RECEIVED] == "县里已收"
    assert names[Delivery.COMPLETE] == "县里已收全"
    assert names[Delivery.ATTENTION] == "需要处理"


@pytest.mark.parametrize(
    ("owner", "field", "chinese"),
    [
        ("session", "steps.result", "调解结果"),
        ("agreement", "sign_offs.committee", "调委会盖章"),
        ("agreement", "sign_offs.01901f3a-0000-7000-8000-000000000000", "签字"),
        ("agreement", "clauses.0.payment.fen", "金额"),
        ("case", "rights_notice.party_ids", "告知对象（还有人没告知到）"),
        ("case", "facts", "纠纷简要情况"),
        ("agreement", "facts", "主要事实和争议事项"),
        ("person", "ethnicity", "民族"),
        ("person", "unheard_of", "unheard_of"),
    ],
)
def test_fields_have_names(owner: str, field: str, chinese: str) -> None:
    assert field_name(owner, field, "zh_CN") == chinese
    if chinese != field:
        assert not HAN.search(field_name(owner, field, "en"))
