"""Type once: a fact of the case stands, exactly as typed, on every paper that needs it, and on no
other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.documents.printshop import PdfPrintshop
from app.domain.agreements import AgreementState, Clause, Duty, Payment
from app.domain.cases import Manner
from app.domain.completeness import DocumentKind
from app.domain.money import capitals, figures
from app.domain.parties import Representation, StandIn
from app.domain.people import Person
from app.domain.readings import Reading, ReadingTick
from app.wire.sealing import clause_hash
from tests.unit.documents import worked_case
from tests.unit.documents.pages import compact, whole_text
from tests.unit.documents.worked_case import CASE_ID, NUMBER, STEP_WORDS, TODAY, full_case, rid

SUBJECTS = {
    DocumentKind.COVER: CASE_ID,
    DocumentKind.ACCEPTANCE_REGISTER: CASE_ID,
    DocumentKind.RIGHTS_NOTICE: CASE_ID,
    DocumentKind.MEDIATION_RECORD: rid(30),
    DocumentKind.WRITTEN_AGREEMENT: rid(40),
    DocumentKind.ORAL_REGISTER: rid(41),
}
COVER, REGISTER, NOTICE, RECORD, WRITTEN, ORAL = SUBJECTS
ALL = tuple(SUBJECTS)
BLOCKS = (REGISTER, WRITTEN, ORAL)

FACTS = [
    ("田有根", ALL),
    ("石大山", ALL),
    ("清溪县白石镇梨树坡村人民调解委员会", ALL),
    ("罗和平", (COVER, NOTICE, RECORD, WRITTEN, ORAL)),
    ("13812345670", BLOCKS),
    ("清溪县白石镇梨树坡村三组17号", BLOCKS),
    ("民族苗族", BLOCKS),
    ("推选代表人：田小满", (REGISTER, NOTICE, RECORD, WRITTEN, ORAL)),
    ("清溪县宏远装饰有限公司", (REGISTER, NOTICE, WRITTEN)),
    ("法定代表人冯宏远", (REGISTER, WRITTEN)),
    (NUMBER, (COVER, REGISTER, NOTICE, RECORD, WRITTEN)),
    ("〔2026〕梨树坡村人调字第013号", (ORAL,)),
    ("田有根与石大山邻里纠纷", (COVER, RECORD)),
    ("2026年3月5日至2026年3月18日", (COVER,)),
    ("☑长期", (COVER,)),
    ("☑①当事人申请", (REGISTER,)),
    ("双方为赔偿数额争执不下。", (REGISTER,)),
    ("登记人（签名）韦丽君", (REGISTER,)),
    ("☑口头告知", (NOTICE,)),
    ("告知人（签名）罗和平", (NOTICE,)),
    ("2026年3月6日9时05分至11时00分", (RECORD,)),
    ("梨树坡村调解室", (RECORD,)),
    ("罗长顺（双方的邻居）、蒙阿妹（见证人）", (RECORD,)),
    ("田有根（推选代表人田小满到场）、石大山", (RECORD,)),
    ("☑达成协议", (RECORD,)),
    ("石大山施工未做防护，承担全部责任。", (WRITTEN,)),
    ("人民币25,000.00元（大写：贰万伍仟元整）", (WRITTEN,)),
    ("10,000.00壹万元整", (WRITTEN,)),
    ("15,000.00壹万伍仟元整", (WRITTEN,)),
    ("2026年4月1日", (WRITTEN,)),
    ("期限：2026年3月31日。", (WRITTEN,)),
    ("履行时限：2026年3月31日至2026年5月1日", (WRITTEN,)),
    ("分期履行。第一期付现金，其余转账。", (WRITTEN,)),
    ("本协议一式4份，当事人、人民调解委员会各持一份。", (WRITTEN,)),
    ("人民币400.00元（大写：肆佰元整）", (ORAL,)),
    ("已于2026年3月6日履行。", (ORAL,)),
]


@pytest.fixture(scope="module")
def texts(shop: PdfPrintshop) -> dict[DocumentKind, str]:
    """The text of every paper of the full case."""
    return {
        kind: whole_text(shop.make(full_case(), kind.value, subject, TODAY).pdf)
        for kind, subject in SUBJECTS.items()
    }


@pytest.mark.parametrize(("fact", "papers"), FACTS)
def test_a_fact_stands_on_its_papers(
    texts: dict[DocumentKind, str], fact: str, papers: tuple[DocumentKind, ...]
) -> None:
    assert {kind for kind, text in texts.items() if compact(fact) in text} == set(papers)


def test_the_seven_steps_stand_in_order(texts: dict[DocumentKind, str]) -> None:
    places = [texts[RECORD].index(compact(words)) for words in STEP_WORDS.values()]
    assert places == sorted(places)


def test_an_identity_number_is_never_printed(texts: dict[DocumentKind, str]) -> None:
    number = full_case().people[rid(10)].id_no
    assert number
    assert not any(number in text for text in texts.values())


def test_age_is_counted_on_the_day_of_the_paper(texts: dict[DocumentKind, str]) -> None:
    # Born on 6 March 1968: accepted the day before the birthday, agreed on it.
    assert "民族苗族年龄57" in texts[REGISTER]
    assert "民族苗族年龄58" in texts[WRITTEN]


def test_somebody_who_was_not_there_has_no_place_in_the_record(
    texts: dict[DocumentKind, str],
) -> None:
    assert "宏远" not in texts[RECORD]


def test_a_voided_party_is_on_no_paper_of_the_case(shop: PdfPrintshop) -> None:
    file = full_case()
    parties = (*file.parties[:2], replace(file.parties[2], void_reason="录错了"))
    text = whole_text(shop.make(replace(file, parties=parties), REGISTER, CASE_ID, TODAY).pdf)
    assert "宏远" not in text
    assert "第三人" not in text


def test_a_guardian_stands_under_the_child_and_in_its_row(shop: PdfPrintshop) -> None:
    file = full_case()
    mother = Person(id=rid(14), name="罗秋月", phone="13600002222")
    party = replace(
        file.parties[0],
        representations=(
            Representation(person_id=rid(14), kind=StandIn.GUARDIAN, relation="母亲"),
            Representation(person_id=rid(12), kind=StandIn.AGENT, powers=("EVIDENCE",)),
        ),
    )
    file = replace(
        file, parties=(party, *file.parties[1:]), people={**file.people, mother.id: mother}
    )
    text = whole_text(shop.make(file, WRITTEN, rid(40), TODAY).pdf)
    assert "法定代理人：罗秋月（母亲）电话：13600002222" in text
    assert "当事人田有根法定代理人：罗秋月" in text
    assert text.count("田小满") == 1  # an agent without the power to sign has no place to sign


def test_a_payment_without_a_date_leaves_it_to_the_pen(shop: PdfPrintshop) -> None:
    payment = Payment(payer_id=rid(21), payee_id=rid(20), fen=1)
    text = _written(shop, clauses=(Clause(id=rid(50), text="", payment=payment),))
    assert "1．石大山付给田有根人民币0.01元（大写：壹分），付款期限：年月日，付款方式：。" in text
    assert "None" not in text


@pytest.mark.parametrize(
    ("copies", "confirmation", "words"),
    [
        (None, False, "本协议一式4份，当事人、人民调解委员会各持一份。"),
        (5, True, "本协议一式5份，当事人、人民调解委员会各持一份，其余用于共同申请司法确认。"),
        (2, False, "本协议一式2份。"),
    ],
)
def test_copies(shop: PdfPrintshop, copies: int | None, confirmation: bool, words: str) -> None:
    assert words in _written(shop, copies=copies, for_confirmation=confirmation)


def test_a_draft_says_that_it_is_one_and_has_a_blank_for_its_number(shop: PdfPrintshop) -> None:
    text = _written(shop, state=AgreementState.DRAFT, number="")
    assert "草稿，不作签名用" in text
    assert "编号：〔〕人调字第号" in text
    assert "草稿" not in _written(shop)
    assert "已作废" in _written(shop, state=AgreementState.VOID)


def test_a_supplement_names_what_it_adds_to(shop: PdfPrintshop) -> None:
    file = full_case()
    added = replace(worked_case.written(), id=rid(42), supplement_of=rid(40), number="补1号")
    file = replace(file, agreements=(*file.agreements, added))
    text = whole_text(shop.make(file, WRITTEN, rid(42), TODAY).pdf)
    assert text.startswith("人民调解补充协议书")
    assert f"本协议是{NUMBER}人民调解协议的补充（变更）协议。" in text


@pytest.mark.parametrize("kind", [WRITTEN, ORAL])
def test_duties_are_written_out_where_the_clause_does_not_say_them(
    shop: PdfPrintshop, kind: str
) -> None:
    day = date(2026, 4, 30)
    told = Duty(id=rid(60), party_id=rid(21), what="清理木方", due_on=day)
    silent = Duty(id=rid(61), party_id=rid(20), what="让出过道。", due_on=day)
    clauses = (
        Clause(id=rid(50), text="石大山于2026年4月30日前清理木方。", duties=(told,)),
        Clause(id=rid(51), text="双方和好。", duties=(silent,)),
        Clause(id=rid(52), text="石大山赔个不是。", duties=(replace(told, id=rid(62)),)),
        Clause(
            id=rid(53),
            text="石大山当面说声对不起。",
            duties=(replace(told, id=rid(63), what="赔礼道歉", due_on=None),),
            from_bank="APOLOGY",
        ),
        Clause(id=rid(54), text="", duties=(replace(silent, id=rid(64), what="修好门"),)),
    )
    file = full_case()
    changed = tuple(replace(one, clauses=clauses) for one in file.agreements)
    subject = rid(40) if kind == WRITTEN else rid(41)
    text = whole_text(shop.make(replace(file, agreements=changed), kind, subject, TODAY).pdf)
    assert "田有根：让出过道，期限：2026年4月30日。" in text
    assert "石大山：清理木方，期限：2026年4月30日。" in text
    assert text.count("清理木方") == 2
    assert "5．田有根：修好门，期限：2026年4月30日。" in text
    assert "赔礼道歉" not in text


def test_a_record_says_that_the_agreement_was_read_to_all(shop: PdfPrintshop) -> None:
    file = full_case()
    agreement = file.agreements[0]
    ticks = tuple(
        ReadingTick(
            clause_id=clause.id,
            party_id=party,
            text_hash=clause_hash(clause),
            at=datetime(2026, 3, 6, 3, tzinfo=UTC),
        )
        for clause in agreement.clauses
        for party in agreement.party_ids
    )
    reading = Reading(id=rid(70), case_id=CASE_ID, agreement_id=agreement.id, ticks=ticks)
    words = "2026年3月6日，本协议逐条读给田有根、石大山、清溪县宏远装饰有限公司听，"

    def record(one: Reading) -> str:
        read = replace(file, readings=(one,))
        return whole_text(shop.make(read, "mediation_record", rid(30), TODAY).pdf)

    assert words in record(reading)
    assert words not in record(replace(reading, ticks=ticks[1:]))


def test_hands_and_later_events_do_not_change_a_printed_agreement(shop: PdfPrintshop) -> None:
    plain = shop.make(full_case(), WRITTEN, rid(40), TODAY).pdf
    file = full_case()
    later = replace(file.agreements[0], state=AgreementState.EFFECTIVE, performed_on=TODAY)
    again = shop.make(
        replace(file, agreements=(later, file.agreements[1])), WRITTEN, rid(40), date(2027, 1, 1)
    )
    assert again.pdf == plain


def test_a_source_that_the_form_does_not_know_is_written_out(shop: PdfPrintshop) -> None:
    file = full_case()
    case = replace(file.case, source="REFERRED_COURT", source_detail="白石法庭")
    text = whole_text(shop.make(replace(file, case=case), REGISTER, CASE_ID, TODAY).pdf)
    assert "（法院委托移送，白石法庭）" in text


def test_a_notice_given_in_writing(shop: PdfPrintshop) -> None:
    file = full_case()
    assert file.case.rights_notice
    told = replace(file.case.rights_notice, manner=Manner.WRITTEN)
    file = replace(file, case=replace(file.case, rights_notice=told))
    assert "□口头告知☑书面告知" in whole_text(shop.make(file, NOTICE, CASE_ID, TODAY).pdf)


def _written(shop: PdfPrintshop, **changes: object) -> str:
    file = full_case()
    changed = replace(file.agreements[0], **changes)  # type: ignore[arg-type]
    file = replace(file, agreements=(changed, file.agreements[1]))
    return whole_text(shop.make(file, WRITTEN, rid(40), TODAY).pdf)


def test_no_paper_says_a_payment_twice(shop: PdfPrintshop) -> None:
    """Where the clause's own words name the sum, only what they leave open is added."""
    file = full_case()
    agreement = file.agreements[0]
    payment = next(one.payment for one in agreement.clauses if one.payment is not None)
    assert payment is not None
    plain = replace(payment, instalments=(), due_on=date(2026, 12, 31), way="CASH")
    words = f"付给对方人民币{figures(plain.fen)}元（大写：{capitals(plain.fen)}）。"
    clause = replace(agreement.clauses[0], text=words, payment=plain, due_on=None)
    changed = replace(agreement, clauses=(clause,), party_blocks=())
    printed = shop.make(
        replace(file, agreements=(changed,)), "written_agreement", agreement.id, TODAY
    )
    text = whole_text(printed.pdf)
    assert text.count(capitals(plain.fen)) == 1
    assert "付款期限：2026年12月31日" in text
