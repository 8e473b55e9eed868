"""The helper beside the draft: ready clauses, warnings overridden with a reason, stops that nobody
lifts, readings, performance and confirmation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.agreements import Agreement, AgreementState, Clause, Duty, Payment, Waiver
from app.domain.cases import Case, Stage
from app.domain.confirmations import Confirmation, ConfirmationOutcome
from app.domain.duties import duties
from app.domain.findings import FindingCode, open_warnings, waiver_of
from app.domain.ids import RecordId, new_id
from app.domain.performances import Performance
from app.domain.problems import ProblemCode, Refused
from app.services import agreement_help as helper
from app.services import agreements, confirmations, performances, reading_aloud
from app.services.ports import Practice
from app.ui.runtime.problems import sentence
from tests.fakes import MemoryStore
from tests.unit.domain.making import codes
from tests.unit.services.village import TODAY, binding, drafted, finalised, hands


def written(store: MemoryStore, *clauses: Clause) -> Agreement:
    """A draft with these clauses."""
    draft = drafted(store)
    with store.unit() as uow:
        changed = replace(draft, clauses=clauses)
        return agreements.save_agreement(uow, changed, based_on=draft)


def stop_clause(text: str = "双方自愿离婚。") -> Clause:
    return Clause(id=new_id(), text=text)


def found(store: MemoryStore, county: Practice, draft: Agreement) -> Any:
    with store.unit() as uow:
        file = uow.records.case_file(draft.case_id)
        now = uow.records.get(Agreement, draft.id)
        return helper.findings(file, now, county, uow.today())


def test_a_clause_out_of_the_bank_with_the_parties_of_the_case(
    store: MemoryStore, county: Practice
) -> None:
    draft = drafted(store)
    payee, payer = draft.party_ids
    values: dict[str, Any] = {
        "payer": payer,
        "payee": payee,
        "amount": 40_000,
        "due": TODAY,
        "way": "CASH",
    }
    with store.unit() as uow:
        file = uow.records.case_file(draft.case_id)
        clause = helper.fill_clause(county, "pay_once", values, file)
        bank = helper.clauses_for(county, file)
    assert "李四" in clause.text
    assert "以现金方式支付" in clause.text
    assert clause.payment is not None
    assert clause.payment.fen == 40_000
    assert {"pay_once", "no_further"} <= {one.id for one in bank}
    with pytest.raises(Refused) as refused:
        helper.fill_clause(county, "no_such", values, file)
    assert codes(refused.value) == [ProblemCode.RECORD_NOT_FOUND]


def test_a_sentence_of_responsibility(store: MemoryStore, county: Practice) -> None:
    draft = drafted(store)
    with store.unit() as uow:
        file = uow.records.case_file(draft.case_id)
    values: dict[str, Any] = {"party": draft.party_ids[1], "fact": "砌墙没有量界"}
    text = helper.fill_responsibility(county, "full", values, file)
    assert text == "砌墙没有量界，李四对此负全部责任。"


def test_an_own_clause_is_kept_offered_and_dropped(store: MemoryStore, county: Practice) -> None:
    bank, case_id = helper.clause_bank(county), drafted(store).case_id
    words = "{payer}在{due}前给{payee}{amount}。"
    with store.unit() as uow:
        own = helper.save_own_clause(uow, bank, "我们的", words, like="pay_once")
    with store.unit() as uow:
        (kept,) = helper.own_clauses(uow)
        file = uow.records.case_file(case_id)
    assert (kept.id, kept.own, kept.duty) == (own.id, True, own.duty)
    assert own.id in {one.id for one in helper.clauses_for(county, file, (kept,))}
    with store.unit() as uow:
        helper.save_own_clause(uow, bank, "改了", words, like="pay_once", own_id=own.id)
    with store.unit() as uow:
        assert [one.zh for one in helper.own_clauses(uow)] == ["改了"]
        helper.drop_own_clause(uow, own.id)
    with store.unit() as uow:
        assert helper.own_clauses(uow) == ()
        with pytest.raises(Refused) as refused:
            helper.save_own_clause(uow, bank, " ", "")
    assert codes(refused.value) == [ProblemCode.EMPTY, ProblemCode.EMPTY]


def test_a_stop_keeps_the_paper_from_being_final(store: MemoryStore, county: Practice) -> None:
    draft = written(store, stop_clause())
    with store.unit() as uow, pytest.raises(Refused) as refused:
        agreements.finalise_agreement(uow, draft.id, county)
    (problem,) = refused.value.problems
    assert (problem.code, problem.field) == (ProblemCode.FINDING_STOP, "clauses.0.text")
    for language in ("zh_CN", "en"):
        assert "自愿离婚" in sentence(problem, language)
        assert "—" not in sentence(problem, language)


def test_no_reason_lifts_a_stop(store: MemoryStore, county: Practice) -> None:
    draft = written(store, stop_clause())
    stop = found(store, county, draft)[0]
    with store.unit() as uow, pytest.raises(Refused) as refused:
        helper.waive(uow, draft.id, waiver_of(stop, "他们愿意"), county)
    assert codes(refused.value) == [ProblemCode.STOP_NOT_WAIVED]
    forged = replace(draft, waivers=(waiver_of(stop, "他们愿意"),))
    with store.unit() as uow:
        uow.records.put(forged)
        with pytest.raises(Refused) as refused:
            agreements.finalise_agreement(uow, draft.id, county)
    assert codes(refused.value) == [ProblemCode.FINDING_STOP]


def test_the_window_needs_a_reason_for_every_warning(store: MemoryStore, county: Practice) -> None:
    draft = drafted(store)
    warnings = open_warnings(found(store, county, draft))
    assert warnings
    with store.unit() as uow, pytest.raises(Refused) as refused:
        agreements.finalise_agreement(uow, draft.id, county, accept_warnings=False)
    assert codes(refused.value) == [ProblemCode.FINDINGS_OPEN]
    assert refused.value.first.facts == {"count": len(warnings)}
    for one in warnings:
        with store.unit() as uow:
            helper.waive(uow, draft.id, waiver_of(one, " 双方清楚 "), county)
    with store.unit() as uow:
        final = agreements.finalise_agreement(uow, draft.id, county, accept_warnings=False)
    assert {(one.reason, one.by, one.on) for one in final.waivers} == {("双方清楚", "王五", TODAY)}


def test_a_waiver_needs_a_reason_and_a_warning(store: MemoryStore, county: Practice) -> None:
    draft = drafted(store)
    one = open_warnings(found(store, county, draft))[0]
    unknown = Waiver(finding=FindingCode.CANNOT_READ.value, place="facts#00", reason="有")
    for waiver, code in (
        (waiver_of(one, "  "), ProblemCode.REASON_NEEDED),
        (unknown, ProblemCode.RECORD_NOT_FOUND),
    ):
        with store.unit() as uow, pytest.raises(Refused) as refused:
            helper.waive(uow, draft.id, waiver, county)
        assert codes(refused.value) == [code]
    with store.unit() as uow:
        helper.waive(uow, draft.id, waiver_of(one, "清楚"), county)
    with store.unit() as uow:
        assert helper.unwaive(uow, draft.id, waiver_of(one, "")).waivers == ()


def test_a_form_leaves_the_waivers_alone(store: MemoryStore, county: Practice) -> None:
    draft = drafted(store)
    one = open_warnings(found(store, county, draft))[0]
    with store.unit() as uow:
        waived = helper.waive(uow, draft.id, waiver_of(one, "清楚"), county)
    with store.unit() as uow:
        changed = replace(draft, place="村口", waivers=())
        saved = agreements.save_agreement(uow, changed, based_on=draft)
    assert (saved.place, saved.waivers) == ("村口", waived.waivers)


def test_a_final_paper_takes_no_waiver(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    one = open_warnings(found(store, county, paper))[0]
    with store.unit() as uow, pytest.raises(Refused) as refused:
        helper.waive(uow, paper.id, waiver_of(one, "清楚"), county)
    assert codes(refused.value) == [ProblemCode.AGREEMENT_FROZEN]


# --- reading aloud


def ticks(store: MemoryStore, draft: Agreement) -> frozenset[tuple[RecordId, RecordId]]:
    with store.unit() as uow:
        now = uow.records.get(Agreement, draft.id)
        return reading_aloud.standing_ticks(uow.records.case_file(draft.case_id), now)


def test_a_tick_falls_when_a_word_changes_and_only_then(store: MemoryStore) -> None:
    draft = drafted(store)
    clause, first = draft.clauses[0], draft.party_ids[0]
    with store.unit() as uow:
        reading_aloud.tick(uow, draft.id, clause.id, first)
    assert ticks(store, draft) == {(clause.id, first)}
    with store.unit() as uow:
        moved = replace(draft, clauses=(Clause(id=new_id(), text="和好。"), clause), place="村口")
        saved = agreements.save_agreement(uow, moved, based_on=draft)
    assert ticks(store, draft) == {(clause.id, first)}
    with store.unit() as uow:
        other = replace(saved, clauses=(replace(clause, text="赔五百元。"),))
        agreements.save_agreement(uow, other, based_on=saved)
    assert ticks(store, draft) == frozenset()


def test_money_and_days_count_as_words(store: MemoryStore) -> None:
    draft = drafted(store)
    clause, first = draft.clauses[0], draft.party_ids[0]
    with store.unit() as uow:
        reading_aloud.tick(uow, draft.id, clause.id, first)
    assert clause.payment is not None
    with store.unit() as uow:
        promise = replace(clause.payment, fen=50_000)
        other = replace(draft, clauses=(replace(clause, payment=promise),))
        agreements.save_agreement(uow, other, based_on=draft)
    assert ticks(store, draft) == frozenset()


def test_all_at_once_taken_back_and_said_on_the_record(
    store: MemoryStore, county: Practice
) -> None:
    paper = finalised(store, county)
    first, second = paper.party_ids
    for one in (first, second):
        with store.unit() as uow:
            reading_aloud.tick_all(uow, paper.id, one)
    with store.unit() as uow:
        file = uow.records.case_file(paper.case_id)
        words = reading_aloud.reading_words(file, paper)
    assert words == (
        "2026年11月21日，本协议由王五逐条读给张三、李四听，张三、李四逐条表示听清、听懂、同意。"
    )
    with store.unit() as uow:
        reading_aloud.untick(uow, paper.id, paper.clauses[0].id, second)
    with store.unit() as uow:
        file = uow.records.case_file(paper.case_id)
        words = reading_aloud.reading_words(file, paper)
        assert len(file.readings) == 1
    assert "张三" in words
    assert "李四" not in words
    assert store.acts[-1] == "agreement.read"


def test_nobody_is_said_to_have_heard_what_was_not_read(store: MemoryStore) -> None:
    draft = drafted(store)
    with store.unit() as uow:
        assert reading_aloud.reading_words(uow.records.case_file(draft.case_id), draft) == ""
        with pytest.raises(Refused) as refused:
            reading_aloud.tick(uow, draft.id, draft.clauses[0].id, new_id())
        assert codes(refused.value) == [ProblemCode.SIGNER_NOT_ON_PAPER]
        with pytest.raises(Refused) as refused:
            reading_aloud.tick(uow, draft.id, new_id(), draft.party_ids[0])
    assert codes(refused.value) == [ProblemCode.RECORD_NOT_FOUND]


# --- performance


def bound(store: MemoryStore, county: Practice) -> Agreement:
    """An agreement that binds: 400 yuan, and an act."""
    draft = drafted(store)
    payee, payer = draft.party_ids
    promise = Payment(payer_id=payer, payee_id=payee, fen=40_000)
    act = Duty(id=new_id(), party_id=payer, what="拆除围墙", due_on=TODAY)
    clauses = (
        Clause(id=new_id(), text="赔四百元。", payment=promise),
        Clause(id=new_id(), text="李四拆除围墙。", duties=(act,)),
    )
    with store.unit() as uow:
        agreements.save_agreement(uow, replace(draft, clauses=clauses), based_on=draft)
    with store.unit() as uow:
        paper = agreements.finalise_agreement(uow, draft.id, county)
    for hand in hands(paper):
        with store.unit() as uow:
            paper = agreements.sign_agreement(uow, paper.id, hand)
    return paper


def record(store: MemoryStore, paper: Agreement, index: int, **more: Any) -> Performance:
    with store.unit() as uow:
        blank = performances.blank_performance(uow, paper.id, duties(paper)[index].key)
        return performances.record_performance(uow, replace(blank, **more))


def state(store: MemoryStore, paper: Agreement) -> tuple[date | None, Stage]:
    with store.unit() as uow:
        case = uow.records.get(Case, paper.case_id)
        return uow.records.get(Agreement, paper.id).performed_on, case.stage


def test_the_last_duty_makes_the_agreement_performed(store: MemoryStore, county: Practice) -> None:
    paper = bound(store, county)
    record(store, paper, 0, fen=10_000)
    record(store, paper, 1)
    assert state(store, paper) == (None, Stage.PERFORMING)
    rest = record(store, paper, 0)
    assert rest.fen == 30_000
    assert state(store, paper) == (TODAY, Stage.PERFORMED)
    with store.unit() as uow:
        performances.void_performance(uow, rest.id, "记了两遍")
    assert state(store, paper) == (None, Stage.PERFORMING)


def test_more_than_owed_is_written_down_and_told(store: MemoryStore, county: Practice) -> None:
    paper = bound(store, county)
    done = record(store, paper, 0, fen=45_000)
    assert performances.overpaid_fen(paper, (done,), TODAY) == 5_000


def test_what_was_marked_by_hand_stays(store: MemoryStore, county: Practice) -> None:
    paper = bound(store, county)
    with store.unit() as uow:
        agreements.mark_performed(uow, paper.id, TODAY)
    record(store, paper, 1)
    assert state(store, paper) == (TODAY, Stage.PERFORMED)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"duty": "no/such"}, ProblemCode.NOTHING_CHOSEN),
        ({"done_on": None}, ProblemCode.EMPTY),
        ({"done_on": TODAY - timedelta(days=1)}, ProblemCode.DATE_ORDER),
        ({"done_on": TODAY + timedelta(days=9)}, ProblemCode.DATE_IN_FUTURE),
        ({"payee_id": new_id()}, ProblemCode.SIGNER_NOT_ON_PAPER),
        ({"fen": -1}, ProblemCode.AMOUNT_NEGATIVE),
    ],
)
def test_a_performance_that_cannot_be(
    store: MemoryStore, county: Practice, more: dict[str, Any], code: ProblemCode
) -> None:
    paper = bound(store, county)
    with pytest.raises(Refused) as refused:
        record(store, paper, 0, **more)
    assert code in codes(refused.value)


def test_nothing_is_performed_before_it_binds(store: MemoryStore, county: Practice) -> None:
    paper = finalised(store, county)
    with pytest.raises(Refused) as refused:
        record(store, paper, 0)
    assert codes(refused.value) == [ProblemCode.AGREEMENT_NOT_EFFECTIVE]


# --- judicial confirmation


def test_thirty_days_from_the_effect(store: MemoryStore, county: Practice) -> None:
    paper = binding(store, county)
    last = confirmations.last_day(paper)
    assert last == TODAY + timedelta(days=30)
    with store.unit() as uow:
        file = uow.records.case_file(paper.case_id)
    assert confirmations.may_confirm(file, paper, county, last) == []
    (late,) = confirmations.may_confirm(file, paper, county, last + timedelta(days=1))
    assert (late.code, late.facts) == (ProblemCode.CONFIRMATION_OVER, {"date": "2026-12-21"})
    draft = replace(paper, state=AgreementState.FINAL, sign_offs=())
    assert confirmations.last_day(draft) is None
    problems = confirmations.may_confirm(file, draft, county, TODAY)
    assert [one.code for one in problems] == [ProblemCode.AGREEMENT_NOT_EFFECTIVE]


def test_status_and_ownership_are_not_confirmed(store: MemoryStore, county: Practice) -> None:
    paper = binding(store, county)
    with store.unit() as uow:
        file = uow.records.case_file(paper.case_id)
    other = replace(paper, clauses=(*paper.clauses, Clause(id=new_id(), text="商标归张三。")))
    (problem,) = confirmations.may_confirm(file, other, county, TODAY)
    assert (problem.code, problem.field) == (ProblemCode.NOT_CONFIRMABLE, "clauses.1.text")


def test_an_application_is_saved_and_what_the_court_did(
    store: MemoryStore, county: Practice
) -> None:
    paper = binding(store, county)
    with store.unit() as uow:
        blank = confirmations.blank_confirmation(uow, paper.id)
        saved = confirmations.save_confirmation(uow, replace(blank, court="某县法院"), county)
    assert [one.party_id for one in saved.addresses] == list(paper.party_ids)
    store.clock.forward(days=60)
    decided = replace(
        saved, decided_on=TODAY + timedelta(days=50), outcome=ConfirmationOutcome.VALID
    )
    with store.unit() as uow:
        kept = confirmations.save_confirmation(uow, decided, county, based_on=saved)
    assert kept.outcome is ConfirmationOutcome.VALID
    with store.unit() as uow:
        confirmations.void_confirmation(uow, kept.id, "没有交上去")
    with store.unit() as uow:
        assert uow.records.get(Confirmation, kept.id).void_reason == "没有交上去"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"applied_on": TODAY - timedelta(days=1)}, ProblemCode.DATE_ORDER),
        ({"decided_on": TODAY + timedelta(days=9)}, ProblemCode.DATE_IN_FUTURE),
    ],
)
def test_an_application_that_cannot_be(
    store: MemoryStore, county: Practice, more: dict[str, Any], code: ProblemCode
) -> None:
    paper = binding(store, county)
    with store.unit() as uow:
        blank = confirmations.blank_confirmation(uow, paper.id)
        with pytest.raises(Refused) as refused:
            confirmations.save_confirmation(uow, replace(blank, **more), county)
    assert code in codes(refused.value)
