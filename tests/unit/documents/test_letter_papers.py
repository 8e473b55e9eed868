"""Notices and letters: the sentences of the pack with what is known, and room for what is not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from app.documents.printshop import PdfPrintshop
from app.domain.casefile import CaseFile
from app.domain.letters import Delivery, Letter, LetterKind, Reply
from app.domain.problems import Refused
from tests.unit.documents.pages import boxes, page_texts, whole_text
from tests.unit.documents.worked_case import (
    CASE_ID,
    TODAY,
    blank_case,
    crowd_case,
    full_case,
    named_case,
    practice,
    rid,
)

ID = rid(600)
NUMBER = "〔2026〕梨树坡村调号第007号"
NUMBERED = set(LetterKind) - {LetterKind.RECUSAL_APPLICATION, LetterKind.SERVICE_RECEIPT}
RECEIVED = (
    LetterKind.MEDIATION_NOTICE,
    LetterKind.NON_ACCEPTANCE_NOTICE,
    LetterKind.TERMINATION_NOTICE,
    LetterKind.SUSPENSION_NOTICE,
    LetterKind.RESUMPTION_NOTICE,
)


def with_letter(kind: LetterKind, file: CaseFile | None = None, **changes: Any) -> CaseFile:
    """The case with one letter to all its parties that says all it can."""
    file = file or full_case()
    values: dict[str, Any] = {
        "number": NUMBER if kind in NUMBERED else "",
        "made_on": date(2026, 3, 8),
        "party_ids": tuple(party.id for party in file.parties),
        "addressee": "白石镇司法所",
        "reason": "双方没有达成一致。",
        "until": date(2026, 4, 20),
        "meeting_on": date(2026, 3, 12),
        "meeting_at": time(9, 30),
        "place": "梨树坡村调解室",
        "mediator_ids": (rid(2),),
        **changes,
    }
    letter = Letter(id=ID, case_id=CASE_ID, kind=kind, **values)
    assert file.committee is not None
    committee = replace(file.committee, phone="0773-7654321")
    return replace(file, letters=(letter,), committee=committee)


def said(shop: PdfPrintshop, kind: LetterKind, file: CaseFile | None = None, **more: Any) -> str:
    return whole_text(shop.make(with_letter(kind, file, **more), kind, ID, TODAY).pdf)


def blank(shop: PdfPrintshop, kind: LetterKind, file: CaseFile) -> str:
    return whole_text(shop.make(file, kind, CASE_ID, TODAY).pdf)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_bears_its_number_and_those_whom_it_is_about(
    shop: PdfPrintshop, kind: LetterKind
) -> None:
    text = said(shop, kind)
    assert "None" not in text
    assert "田有根" in text
    assert "石大山" in text
    assert (NUMBER in text) == (kind in NUMBERED)


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("file", [blank_case(), full_case()], ids=["nothing", "case"])
def test_a_blank_form_prints_without_a_made_up_word(
    shop: PdfPrintshop, kind: LetterKind, file: CaseFile
) -> None:
    text = blank(shop, kind, file)
    assert "None" not in text
    assert "☑" not in text
    assert not re.search(r"\{|\}|\[", text)
    if not file.parties:
        assert not re.search(r"\d年", text)
    elif kind is not LetterKind.RECUSAL_APPLICATION:
        assert "石大山" in text


def test_a_notice_says_when_where_and_what_to_bring(shop: PdfPrintshop) -> None:
    text = said(shop, LetterKind.MEDIATION_NOTICE)
    assert "田有根与石大山的邻里纠纷，本委员会已经受理。" in text
    assert "定于2026年3月12日9时30分在梨树坡村调解室进行调解，由罗和平主持。" in text
    assert "1．身份证或者户口簿。" in text
    assert "0773-7654321。" in text


def test_a_day_without_its_hour_keeps_room_for_the_hour(shop: PdfPrintshop) -> None:
    assert "定于2026年3月12日时分在" in said(shop, LetterKind.MEDIATION_NOTICE, meeting_at=None)


@pytest.mark.parametrize("kind", [LetterKind.TERMINATION_NOTICE, LetterKind.NON_ACCEPTANCE_NOTICE])
def test_the_other_routes_are_told(shop: PdfPrintshop, kind: LetterKind) -> None:
    text = said(shop, kind)
    for words in ("申请仲裁", "有关行政机关处理", "向人民法院起诉"):
        assert words in text


def test_a_refusal_names_the_rule_and_the_right_place(shop: PdfPrintshop) -> None:
    kind = LetterKind.NON_ACCEPTANCE_NOTICE
    text = said(shop, kind, reason_code="CRIME_OR_HARM", reason="涉嫌犯罪", addressee="")
    assert "原因：涉嫌犯罪。依据：《人民调解法》第二十五条。" in text
    assert "这件事请找：公安派出所。" in text
    assert "依据" not in said(shop, kind, reason_code="NO_PARTY")


def test_a_reason_stands_in_its_sentence_without_a_second_stop(shop: PdfPrintshop) -> None:
    text = said(shop, LetterKind.TERMINATION_NOTICE)
    assert "因为双方没有达成一致，现在终止调解。" in text
    assert "。。" not in text


@pytest.mark.parametrize("kind", RECEIVED)
def test_everybody_told_has_a_place_to_sign_for_it(shop: PdfPrintshop, kind: LetterKind) -> None:
    text = said(shop, kind)
    assert text.count("（指印）") == 3
    assert "签收人（签名或按指印）" in text
    assert text.count("（印章）") == 1
    crowd = said(shop, kind, crowd_case(200))
    assert crowd.count("（指印）") == 200
    assert "等200人：" in crowd


def test_an_extension_counts_its_days_and_is_signed_by_all(shop: PdfPrintshop) -> None:
    text = said(shop, LetterKind.EXTENSION_CONSENT)
    assert "同意延长16天，到2026年4月20日为止" in text  # accepted on 5 March, 30 days
    assert text.count("（指印）") == 3
    assert "人民调解员（签名）罗和平" in text
    assert "（印章）" in text


def test_an_application_for_another_mediator_keeps_room_for_the_decision(
    shop: PdfPrintshop,
) -> None:
    kind = LetterKind.RECUSAL_APPLICATION
    open_ = said(shop, kind, party_ids=(rid(20),), reason="调解员是对方的亲属")
    assert "当事人田有根，申请调解员罗和平不参加" in open_
    assert open_.count("（指印）") == 1
    assert "委员会的决定：清溪县" in open_
    made = said(shop, kind, party_ids=(rid(20),), decision="同意", decided_on=date(2026, 3, 9))
    assert "委员会的决定：同意。" in made
    assert "2026年3月9日" in made


def test_a_transfer_says_what_was_done_and_brings_a_slip_to_send_back(shop: PdfPrintshop) -> None:
    text = said(shop, LetterKind.TRANSFER_LETTER, enclosures=("申请书复印件", "照片"))
    assert "白石镇司法所：" in text
    assert "二、已经做的工作：2026年3月6日在梨树坡村调解室调解，达成协议。" in text
    assert "四、随附材料：申请书复印件、照片。" in text
    assert "移送回执" in text
    assert f"你委员会{NUMBER}移送函及所附材料已收到。" in text
    assert "四、" not in said(shop, LetterKind.TRANSFER_LETTER)


def test_what_came_back_does_not_change_the_letter(shop: PdfPrintshop) -> None:
    kind = LetterKind.TRANSFER_LETTER
    plain = with_letter(kind)
    reply = Reply(on=date(2026, 3, 15), accepted=True, handler="某人")
    served = (Delivery(recipient="白石镇司法所", on=date(2026, 3, 9)),)
    answered = with_letter(kind, reply=reply, deliveries=served)
    first, again = (shop.make(one, kind, ID, TODAY).pdf for one in (plain, answered))
    same = first == again
    assert same


def test_a_slip_is_never_cut_in_two(shop: PdfPrintshop) -> None:
    kind = LetterKind.TRANSFER_LETTER
    for lines in range(0, 24, 3):
        file = with_letter(kind, content="做了一项工作。\n" * lines)
        pages = page_texts(shop.make(file, kind, ID, TODAY).pdf)
        (page,) = [text for text in pages if "移送回执" in text]
        assert "日期（盖章）" in page


def test_a_reply_to_the_court_says_which_way_it_ended(shop: PdfPrintshop) -> None:
    kind = LetterKind.COURT_REPLY
    agreed = said(shop, kind, reason_code="AGREED", reason="已达成协议")
    assert "二、已达成协议，编号：〔2026〕梨树坡村人调字第012号。" in agreed
    assert "没有达成协议" not in agreed
    failed = said(shop, kind, reason_code="NO_AGREEMENT", content="双方认可碎瓦四十三片。")
    assert "二、没有达成协议的原因：双方没有达成一致。" in failed
    assert "三、双方没有争议的事实（经双方同意写入）：双方认可碎瓦四十三片。" in failed
    assert "随附材料" not in failed


def test_resumption_names_the_day_of_the_suspension(shop: PdfPrintshop) -> None:
    file = with_letter(LetterKind.RESUMPTION_NOTICE)
    stopped = replace(
        file.letters[0], id=rid(601), kind=LetterKind.SUSPENSION_NOTICE, made_on=date(2026, 3, 7)
    )
    file = replace(file, letters=(stopped, *file.letters))
    text = whole_text(shop.make(file, LetterKind.RESUMPTION_NOTICE, ID, TODAY).pdf)
    assert "于2026年3月7日中止调解" in text


def test_own_words_stand_beside_the_fixed_ones(shop: PdfPrintshop) -> None:
    assert "请带上量地的尺子。" in said(
        shop, LetterKind.MEDIATION_NOTICE, content="请带上量地的尺子。"
    )


def test_a_service_receipt_says_what_went_to_whom_and_how(shop: PdfPrintshop) -> None:
    kind = LetterKind.SERVICE_RECEIPT
    served = (
        Delivery(recipient="田有根", on=date(2026, 3, 9), way="DIRECT", by="罗和平"),
        Delivery(recipient="石大山", way="LEFT", refusal="不愿意签。"),
    )
    text = said(shop, kind, deliveries=served, subject_id=rid(40))
    assert "送达的文书人民调解协议书" in text
    assert "〔2026〕梨树坡村人调字第012号" in text
    assert "当面交给本人2026年3月9日" in text
    assert "石大山：不愿意签。" in text
    assert "清溪县宏远装饰有限公司" in text  # still to be served


@pytest.mark.parametrize("kind", LetterKind)
def test_a_void_letter_says_so(shop: PdfPrintshop, kind: LetterKind) -> None:
    assert "已作废" in said(shop, kind, void_reason="写错了")
    assert "已作废" not in said(shop, kind)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_of_another_kind_or_case_is_refused(shop: PdfPrintshop, kind: LetterKind) -> None:
    for subject in (ID, rid(999)):
        other = next(one for one in LetterKind if one is not kind)
        with pytest.raises(Refused, match="record_not_found"):
            shop.make(with_letter(other), kind, subject, TODAY)


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize(
    "file",
    [
        full_case(),
        named_case("龘", "石大山"),
        named_case("阿卜杜热合曼·" + "买买提吐尔逊" * 9, "名" * 100),
        crowd_case(7),
        crowd_case(200),
    ],
    ids=["full", "short", "long", "seven", "crowd"],
)
def test_nothing_leaves_the_text_area_and_hands_have_company(
    shop: PdfPrintshop, kind: LetterKind, file: CaseFile
) -> None:
    words = "某年某月某日，双方为这件事争执。" * 40
    for reason in ("没有达成一致", words):
        printed = shop.make(with_letter(kind, file, reason=reason), kind, ID, TODAY)
        pages = boxes(printed.pdf)
        for page in pages:
            assert all(box.left >= 27.5 and box.right <= 184.8 for box in page)
            assert all(box.bottom <= 262.5 or box.top >= 267 for box in page)
        texts = page_texts(printed.pdf)
        first = next((text for text in texts if "（指印）" in text), None)
        if first is not None:
            assert not first.startswith(("签收人（签名", "当事人（签名", "申请人（签名"))


def test_every_letter_of_the_pack_has_its_paper() -> None:
    texts: Any = practice().texts["letters"]
    assert {one["kind"] for one in texts["letters"]} == {kind.value for kind in LetterKind}
