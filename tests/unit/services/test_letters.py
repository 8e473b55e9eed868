"""Letters, talks and evidence, and the numbers that letters get."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.agreements import AgreementForm
from app.domain.cases import FileNote, Stage
from app.domain.ids import RecordId, new_id
from app.domain.investigations import Exchange, Investigation
from app.domain.letters import Delivery, Letter, LetterKind, Reply
from app.domain.numbering import IssuedNumber, NumberBlock, NumberState
from app.domain.problems import ProblemCode, Refused
from app.services import agreements, closing, evidence, intake, investigations, letters
from app.services.number_register import register_lines
from app.services.paper_values import RegisterState
from app.services.ports import Practice
from tests.fakes import MemoryStore
from tests.unit.documents.worked_case import practice as whole_practice
from tests.unit.domain.making import COMMITTEE, MEDIATOR
from tests.unit.services.village import TODAY, accepted, drafted, finalised, registered

YEAR = TODAY.year
WHOLE = whole_practice()


def code(caught: pytest.ExceptionInfo[Refused]) -> ProblemCode:
    return caught.value.first.code


def written(store: MemoryStore, case_id: RecordId, kind: LetterKind, **more: Any) -> Letter:
    with store.unit() as uow:
        blank = letters.blank_letter(uow, case_id, kind, WHOLE)
    with store.unit() as uow:
        return letters.save_letter(uow, replace(blank, **more))


def numbered(store: MemoryStore, case_id: RecordId, kind: LetterKind) -> Letter:
    letter = written(store, case_id, kind)
    with store.unit() as uow:
        return letters.number_letter(uow, letter.id, WHOLE)


def lend(store: MemoryStore, first: int, last: int) -> None:
    block = NumberBlock(id=new_id(), committee_id=COMMITTEE.id, year=YEAR, first=first, last=last)
    store.kept.records["number_block", block.id] = block


def test_a_termination_says_why_in_the_packs_words(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        intake.leave_case(uow, case_id, Stage.TERMINATED, "SUED")
    letter = written(store, case_id, LetterKind.TERMINATION_NOTICE)
    assert (letter.reason_code, letter.reason) == ("SUED", "一方已经起诉或者申请仲裁")
    assert len(letter.party_ids) == 2
    assert (letter.made_on, letter.mediator_ids) == (TODAY, (MEDIATOR.id,))


def test_a_reason_in_words_of_ones_own_stays(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        intake.leave_case(uow, case_id, Stage.SUSPENDED, "等测量队来")
    letter = written(store, case_id, LetterKind.SUSPENSION_NOTICE)
    assert (letter.reason_code, letter.reason) == ("", "等测量队来")


def test_an_extension_ends_with_the_second_period(store: MemoryStore) -> None:
    letter = written(store, accepted(store), LetterKind.EXTENSION_CONSENT)
    assert letter.until == TODAY + timedelta(days=60)


def test_a_receipt_is_about_the_newest_letter(store: MemoryStore) -> None:
    case_id = accepted(store)
    notice = written(store, case_id, LetterKind.MEDIATION_NOTICE)
    receipt = written(store, case_id, LetterKind.SERVICE_RECEIPT)
    assert receipt.subject_id == notice.id
    assert [one.recipient for one in receipt.deliveries] == ["张三", "李四"]


def test_each_kind_counts_for_itself(store: MemoryStore) -> None:
    case_id = accepted(store)
    kinds = [LetterKind.TERMINATION_NOTICE] * 2 + [LetterKind.TRANSFER_LETTER]
    texts = [numbered(store, case_id, kind).number for kind in kinds]
    assert texts == [
        f"〔{YEAR}〕某村调终字第001号",
        f"〔{YEAR}〕某村调终字第002号",
        f"〔{YEAR}〕某村调移字第001号",
    ]


def test_letters_use_up_no_number_of_an_agreement(store: MemoryStore, county: Practice) -> None:
    case_id = accepted(store)
    for _ in range(3):
        numbered(store, case_id, LetterKind.MEDIATION_NOTICE)
    assert finalised(store, county).number.endswith("第001号")


def test_where_the_county_lends_letters_bear_the_sign_of_the_laptop(store: MemoryStore) -> None:
    case_id = accepted(store)
    store.kept.settings["device.id"] = "0000-a3f2"
    lend(store, 11, 20)
    first, second = (numbered(store, case_id, LetterKind.TRANSFER_LETTER) for _ in range(2))
    assert first.number == f"〔{YEAR}〕某村调移字第a3f2-001号"
    assert second.number == f"〔{YEAR}〕某村调移字第a3f2-002号"


def test_a_number_is_given_once_and_never_by_a_form(store: MemoryStore) -> None:
    letter = numbered(store, accepted(store), LetterKind.TERMINATION_NOTICE)
    with store.unit() as uow:
        assert letters.number_letter(uow, letter.id, WHOLE) == letter
    with store.unit() as uow:
        other = replace(letter, number="别的", content="改")
        assert letters.save_letter(uow, other, based_on=letter).number == letter.number
    with store.unit() as uow:
        assert len(uow.records.all(IssuedNumber)) == 1


def test_a_paper_that_bears_no_number_gets_none(store: MemoryStore) -> None:
    letter = numbered(store, accepted(store), LetterKind.SERVICE_RECEIPT)
    assert letter.number == ""
    with store.unit() as uow:
        assert uow.records.all(IssuedNumber) == ()


def test_a_voided_letter_keeps_its_line_and_its_number_is_not_given_again(
    store: MemoryStore,
) -> None:
    case_id = accepted(store)
    letter = numbered(store, case_id, LetterKind.TERMINATION_NOTICE)
    with store.unit() as uow:
        letters.void_letter(uow, letter.id, "写错了人")
    again = numbered(store, case_id, LetterKind.TERMINATION_NOTICE)
    assert again.number.endswith("第002号")
    with store.unit() as uow:
        line = next(one for one in uow.records.all(IssuedNumber) if one.letter_id == letter.id)
        assert (line.state, line.void_reason, line.issued_on) == (
            NumberState.VOID,
            "写错了人",
            TODAY,
        )
        with pytest.raises(Refused) as caught:
            letters.void_letter(uow, again.id, " ")
    assert code(caught) is ProblemCode.REASON_NEEDED


def test_the_register_explains_every_number(store: MemoryStore) -> None:
    lend(store, 5, 8)
    store.kept.settings["device.id"] = "0000-a3f2"
    first = finalised(store, WHOLE)
    second = drafted(store, AgreementForm.ORAL)
    with store.unit() as uow:
        second = agreements.finalise_agreement(uow, second.id, WHOLE)
    with store.unit() as uow:
        agreements.void_agreement(uow, first.id, "双方反悔")
    letter = numbered(store, accepted(store), LetterKind.TERMINATION_NOTICE)
    with store.unit() as uow:
        lines = register_lines(uow, COMMITTEE.id, YEAR, WHOLE)
        assert register_lines(uow, COMMITTEE.id, YEAR - 1, WHOLE) == ()
    states = [(one.serial, one.state) for one in lines if one.kind == "agreement"]
    used, void, free = RegisterState.USED, RegisterState.VOID, RegisterState.FREE
    assert states == [(5, void), (6, used), (7, free), (8, free)]
    assert lines[0].reason == "双方反悔"
    assert (lines[1].text, lines[1].parties, lines[1].issued_on) == (
        second.number,
        "张三与李四",
        TODAY,
    )
    assert lines[1].document == "oral_register"
    assert lines[3].text == f"〔{YEAR}〕某村人调字第008号"
    assert (lines[-1].text, lines[-1].document) == (letter.number, "termination_notice")


def test_a_reply_and_a_service_are_kept_beside_the_letter(store: MemoryStore) -> None:
    letter = numbered(store, accepted(store), LetterKind.TRANSFER_LETTER)
    with store.unit() as uow:
        letters.record_reply(uow, letter.id, Reply(on=TODAY, accepted=True, handler="李所长"))
    with store.unit() as uow:
        served = Delivery(recipient="派出所", on=TODAY, way="DIRECT")
        now = letters.add_delivery(uow, letter.id, served)
    assert now.reply is not None
    assert now.deliveries == (served,)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        letters.record_reply(uow, letter.id, Reply(on=TODAY - timedelta(1), accepted=True))
    assert code(caught) is ProblemCode.DATE_ORDER
    with store.unit() as uow, pytest.raises(Refused) as caught:
        letters.add_delivery(uow, letter.id, Delivery(recipient=""))
    assert code(caught) is ProblemCode.EMPTY


def test_a_letter_names_nobody_from_outside(store: MemoryStore) -> None:
    case_id = accepted(store)
    with pytest.raises(Refused) as caught:
        written(store, case_id, LetterKind.MEDIATION_NOTICE, party_ids=(new_id(),))
    assert (code(caught), caught.value.first.field) == (
        ProblemCode.RECORD_NOT_FOUND,
        "party_ids",
    )


def test_a_matter_for_somebody_else_goes_where_the_pack_says(store: MemoryStore) -> None:
    case_id = registered(store)
    with store.unit() as uow:
        case = uow.records.case_file(case_id).case
        intake.save_case(uow, replace(case, scope="CRIME_OR_HARM"), based_on=case)
    letter = written(store, case_id, LetterKind.TRANSFER_LETTER)
    assert (letter.addressee_code, letter.addressee) == ("POLICE", "公安派出所")
    assert letter.reason_code == "OUT_OF_SCOPE"


def test_a_first_talk_takes_the_case_into_investigation(store: MemoryStore) -> None:
    case_id = accepted(store)
    for number in (1, 2):
        with store.unit() as uow:
            blank = investigations.blank_investigation(uow, case_id)
            assert blank.ordinal == number
        with store.unit() as uow:
            asked = replace(blank, exchanges=(Exchange(question="看见了吗？", answer="看见了。"),))
            investigations.save_investigation(uow, asked)
    with store.unit() as uow:
        file = uow.records.case_file(case_id)
    assert file.case.stage is Stage.INVESTIGATING
    assert [one.ordinal for one in file.investigations] == [1, 2]
    with store.unit() as uow:
        voided = investigations.void_investigation(uow, file.investigations[0].id, "重了")
    with store.unit() as uow:
        assert voided not in uow.records.case_file(case_id).living(Investigation)


def test_an_original_goes_back_after_it_came(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow:
        blank = evidence.blank_evidence(uow, case_id)
    assert (blank.submitted_on, blank.received_by) == (TODAY, "王五")
    with store.unit() as uow, pytest.raises(Refused) as caught:
        early = replace(blank, name="借条", returned_on=TODAY - timedelta(1))
        evidence.save_evidence(uow, early)
    assert code(caught) is ProblemCode.DATE_ORDER
    with store.unit() as uow:
        piece = evidence.save_evidence(uow, replace(blank, name="借条", returned_on=TODAY))
    with store.unit() as uow:
        evidence.void_evidence(uow, piece.id, "不是本案的")
    assert store.acts[-2:] == ["evidence.saved", "evidence.saved"]


def test_a_note_is_checked_after_the_file_is_bound(store: MemoryStore) -> None:
    case_id = accepted(store)
    with store.unit() as uow, pytest.raises(Refused) as caught:
        early = FileNote(filed_on=TODAY, checked_on=date(2026, 1, 1))
        closing.save_file_note(uow, case_id, early)
    assert caught.value.first.field == "file_note.checked_on"
    note = FileNote(situation="缺一页", filed_by="王五", filed_on=TODAY)
    with store.unit() as uow:
        assert closing.save_file_note(uow, case_id, note).file_note == note
