"""The joint application for judicial confirmation: all apply, with all that the court asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.documents.printshop import PdfPrintshop
from app.domain.agreements import AgreementState, Signer, SignMethod, SignOff
from app.domain.casefile import CaseFile
from app.domain.confirmations import Confirmation, ServiceAddress
from app.domain.parties import Representation, StandIn
from app.domain.problems import Refused
from tests.unit.documents.pages import boxes, page_texts, whole_text
from tests.unit.documents.worked_case import (
    CASE_ID,
    NUMBER,
    TODAY,
    blank_case,
    crowd_case,
    full_case,
    named_case,
    rid,
)

KIND = "confirmation_application"
ID = rid(700)


def applied(file: CaseFile, count: int | None = None, **changes: Any) -> CaseFile:
    """The case with its agreement in force since 6 March 2026, and an application about it."""
    day, agreement = date(2026, 3, 6), file.agreements[0]
    ids = agreement.party_ids[:count]
    method = (SignMethod.SIGNATURE,)
    hands = (
        *(SignOff(signer=Signer.PARTY, methods=method, on=day, party_id=one) for one in ids),
        SignOff(signer=Signer.MEDIATOR, methods=method, on=day, mediator_id=rid(2)),
        SignOff(signer=Signer.COMMITTEE, methods=(SignMethod.SEAL,), on=day),
    )
    bound = replace(agreement, party_ids=ids, state=AgreementState.EFFECTIVE, sign_offs=hands)
    values: dict[str, Any] = {
        "court": "清溪县人民法院",
        "applied_on": date(2026, 3, 15),
        "addresses": tuple(
            ServiceAddress(party_id=one, address="白石镇邮局代收", phone="13811110000")
            for one in ids
        ),
        **changes,
    }
    one = Confirmation(id=ID, case_id=CASE_ID, agreement_id=agreement.id, **values)
    return replace(file, agreements=(bound, *file.agreements[1:]), confirmations=(one,))


def said(shop: PdfPrintshop, file: CaseFile) -> str:
    return whole_text(shop.make(file, KIND, ID, TODAY).pdf)


def test_two_persons_apply_together(shop: PdfPrintshop) -> None:
    text = said(shop, applied(full_case(), 2))
    assert text.count("证件号码") == 1  # one is known and named by its kind
    assert "居民身份证110101196803061234" in text
    assert text.count("送达地址白石镇邮局代收") == 2
    assert text.count("13811110000") == 2
    assert text.count("（指印）") == 2
    assert "统一社会信用代码" not in text
    assert "申请人（签名、按指印）：" in text


def test_a_unit_applies_with_its_seal_and_representative(shop: PdfPrintshop) -> None:
    text = said(shop, applied(full_case()))
    assert "名称清溪县宏远装饰有限公司" in text
    assert "统一社会信用代码" in text
    assert "法定代表人：冯宏远" in text
    assert "单位盖章，法定代表人签名" in text


def test_it_asks_for_what_was_agreed_and_says_why(shop: PdfPrintshop) -> None:
    text = re.sub(r"—\d—编号.*?页共\d页", "", said(shop, applied(full_case())))
    assert f"达成的{NUMBER}人民调解协议有效。" in text
    assert "协议于2026年3月6日生效" in text
    assert "石大山付给田有根人民币25,000.00元（大写：贰万伍仟元整）。" in text
    assert "第1期：2026年4月1日，10,000.00元，现金。" in text
    assert "3．今后各自施工，提前一天告知邻居。" in text
    assert "《民事诉讼法》第二百零五条、第二百零六条" in text
    assert "此致清溪县人民法院" in text
    assert "没有恶意串通" in text


def test_the_last_day_is_computed(shop: PdfPrintshop) -> None:
    assert "共同申请的最后一天是2026年4月5日" in said(shop, applied(full_case()))
    file = full_case()
    unsigned = replace(applied(file), agreements=file.agreements)
    assert "最后一天" not in said(shop, unsigned)


def test_enclosures_are_those_that_this_case_needs(shop: PdfPrintshop) -> None:
    plain = said(shop, applied(full_case()))
    assert "4．各方送达地址和联系电话确认书" in plain
    assert "财产权利证明" not in plain
    assert "监护关系证明" not in plain
    file = full_case()
    guardian = Representation(person_id=rid(12), kind=StandIn.GUARDIAN, relation="儿子")
    first = replace(file.parties[0], representations=(guardian,))
    file = replace(file, parties=(first, *file.parties[1:]))
    more = said(shop, applied(file, property_proof="林权证"))
    assert "与协议有关的财产权利证明：林权证" in more
    assert "6．监护关系证明" in more


def test_a_blank_form_keeps_room_for_all(shop: PdfPrintshop) -> None:
    printed = shop.make(blank_case(), KIND, CASE_ID, TODAY)
    text = whole_text(printed.pdf)
    assert "None" not in text
    assert not re.search(r"\d年|\{|最后一天", text)
    assert text.count("证件号码") == 2
    assert printed.pages == 2
    assert "监护关系证明" in text


def test_a_void_one_says_so_and_a_strange_one_is_refused(shop: PdfPrintshop) -> None:
    assert "已作废" in said(shop, applied(full_case(), void_reason="写错了"))
    with pytest.raises(Refused, match="record_not_found"):
        shop.make(full_case(), KIND, rid(999), TODAY)


@pytest.mark.parametrize(
    "file",
    [
        full_case(),
        crowd_case(2),
        crowd_case(7),
        crowd_case(200),
        named_case("阿卜杜热合曼·" + "买买提吐尔逊" * 9, "龘"),
    ],
    ids=["full", "two", "seven", "crowd", "long"],
)
def test_nothing_leaves_the_text_area_and_hands_have_company(
    shop: PdfPrintshop, file: CaseFile
) -> None:
    printed = shop.make(applied(file), KIND, ID, TODAY)
    for page in boxes(printed.pdf):
        assert all(box.left >= 27.5 and box.right <= 184.8 for box in page)
        assert all(box.bottom <= 262.5 or box.top >= 267 for box in page)
    texts = page_texts(printed.pdf)
    assert not any(text.startswith("申请人（签名") for text in texts)
    assert sum(text.count("（指印）") for text in texts) == len(file.agreements[0].party_ids)
