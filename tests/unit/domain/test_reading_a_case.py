"""What a whole case tells: its title, its path, its gaps, its clocks, the state of its review."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreements import AgreementForm, AgreementState, Instalment, Payment
from app.domain.casefile import CaseFile, PathStep, StepState, file_title, is_oral, path
from app.domain.cases import Stage
from app.domain.clocks import ClockKind, ClockRules, Urgency, readings
from app.domain.completeness import DocumentKind, Need, documents, missing
from app.domain.ids import RecordId
from app.domain.numbering import NumberBlock, check_number, format_number, next_serial
from app.domain.parties import Party, PartyRole, party_block
from app.domain.people import Capacity, Person, capacity_by_age, person_age
from app.domain.problems import ProblemCode
from app.domain.reviews import (
    Decision,
    Review,
    ReviewState,
    Submission,
    in_order,
    open_return,
    review_state,
)
from app.domain.sessions import Session, SessionOutcome
from tests.fakes import code_book
from tests.unit.domain.making import (
    LI,
    MADE_ON,
    MEDIATOR,
    ZHANG,
    agreement,
    case_file,
    party,
    rid,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BOOK = code_book()


def review(number: int, decision: Decision, answers: RecordId | None = None) -> Review:
    return Review(
        id=rid(number),
        case_id=rid(100),
        decision=decision,
        at=NOW,
        author="所长",
        answers=answers,
    )


def submission(number: int, answers: RecordId | None = None) -> Submission:
    return Submission(id=rid(number), case_id=rid(100), at=NOW, author="王五", answers=answers)


def test_the_review_is_told_by_links_and_never_by_clocks() -> None:
    first, returned = submission(1), review(2, Decision.RETURNED, rid(1))
    mended, approved = submission(3, rid(2)), review(4, Decision.APPROVED, rid(3))
    assert review_state((), ()) is ReviewState.NONE
    assert review_state((), (first,)) is ReviewState.SUBMITTED
    assert review_state((returned,), (first,)) is ReviewState.RETURNED
    assert review_state((returned,), (first, mended)) is ReviewState.SUBMITTED
    assert review_state((returned, approved), (first, mended)) is ReviewState.APPROVED
    assert open_return((returned,), (first,)) == returned
    assert open_return((returned,), (first, mended)) is None


@given(st.permutations([0, 1]), st.permutations([0, 1]))
def test_the_order_of_arrival_does_not_matter(first: list[int], second: list[int]) -> None:
    reviews = (review(2, Decision.RETURNED, rid(1)), review(5, Decision.REMARK, rid(1)))
    handed = (submission(1), submission(3, rid(2)))
    shuffled = tuple(reviews[i] for i in first), tuple(handed[i] for i in second)
    assert review_state(*shuffled) is ReviewState.SUBMITTED


def test_a_remark_alone_returns_nothing() -> None:
    assert review_state((review(2, Decision.REMARK),), (submission(1),)) is ReviewState.SUBMITTED


def test_the_title_is_made_from_names_and_type() -> None:
    file = case_file()
    file = replace(file, case=replace(file.case, dispute_type="NEIGHBOUR"))
    assert file_title(file, BOOK) == "张三与李四邻里纠纷"
    assert file_title(replace(file, case=replace(file.case, title="老案")), BOOK) == "老案"


def test_a_crowd_is_etc_after_the_third_name() -> None:
    crowd = tuple(party(ZHANG, number, PartyRole.APPLICANT) for number in range(1, 6))
    file = case_file(*crowd, party(LI, 9, PartyRole.RESPONDENT))
    assert file_title(file, BOOK).startswith("张三、张三、张三等与李四")


def session(**changes: object) -> Session:
    made = Session(
        id=rid(300),
        case_id=rid(100),
        ordinal=1,
        held_on=date(2026, 11, 5),
        outcome=SessionOutcome.AGREED,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def steps(file: CaseFile) -> dict[PathStep, StepState]:
    return dict(path(file))


def test_the_path_shows_one_place_to_go_on() -> None:
    file = case_file()
    here = [step for step, state in path(file) if state is StepState.HERE]
    assert here == [PathStep.MEDIATION]  # an investigation may be left out
    assert steps(file)[PathStep.INVESTIGATION] is StepState.AHEAD
    assert steps(file)[PathStep.NOTICE] is StepState.DONE


def test_what_was_passed_over_is_skipped() -> None:
    file = replace(case_file(), sessions=(session(),))
    assert steps(file)[PathStep.INVESTIGATION] is StepState.SKIPPED
    assert steps(file)[PathStep.AGREEMENT] is StepState.HERE


def test_a_bound_file_has_nothing_ahead_to_do() -> None:
    file = case_file()
    file = replace(file, case=replace(file.case, stage=Stage.FILED))
    assert StepState.HERE not in steps(file).values()


def test_a_voided_session_counts_for_nothing() -> None:
    file = replace(case_file(), sessions=(session(void_reason="录错"),))
    assert file.living_sessions == ()
    assert steps(file)[PathStep.MEDIATION] is not StepState.DONE


def test_every_gap_is_named_once() -> None:
    found = missing(case_file())
    assert len(found) == len({(one.owner, one.owner_id, one.field) for one in found})
    assert {"sessions", "dispute_type"} <= {one.field for one in found}


def test_what_can_only_come_later_is_not_asked_for_at_first() -> None:
    file = case_file()
    late = {"file_no", "closing", "retention"}
    accepted = replace(file, case=replace(file.case, stage=Stage.ACCEPTED))
    assert not late & {one.field for one in missing(accepted)}
    cover = next(one for one in documents(accepted) if one.kind is DocumentKind.COVER)
    assert late <= {one.field for one in cover.missing}
    performed = replace(file, case=replace(file.case, stage=Stage.PERFORMED))
    assert late <= {one.field for one in missing(performed)}


def test_a_case_that_goes_the_oral_way_needs_its_register_only() -> None:
    file = case_file()
    file = replace(file, agreements=(agreement(file, form=AgreementForm.ORAL),))
    needed = [one.kind for one in documents(file) if one.need is Need.MUST]
    assert is_oral(file)
    assert needed == [DocumentKind.ORAL_REGISTER]
    assert "sessions" not in {one.field for one in missing(file)}


def test_a_printed_paper_lacks_its_hands() -> None:
    file = case_file()
    final = agreement(file, state=AgreementState.FINAL, number="1")
    found = {one.field for one in missing(replace(file, agreements=(final,)))}
    assert "sign_offs.committee" in found


def test_an_agreed_session_asks_for_its_agreement() -> None:
    file = replace(case_file(), sessions=(session(),))
    assert "agreements" in {one.field for one in missing(file)}


RULES = ClockRules()


def kinds(file: CaseFile, day: date) -> list[ClockKind]:
    return [one.kind for one in readings(file, RULES, day)]


def test_one_month_runs_from_acceptance() -> None:
    file = case_file()
    reading = readings(file, RULES, date(2026, 11, 21))[0]
    assert (reading.kind, reading.due_on) == (ClockKind.MEDIATION, date(2026, 12, 1))
    assert (reading.days_left, reading.urgency) == (10, Urgency.SOON)
    assert readings(file, RULES, date(2026, 12, 2))[0].urgency is Urgency.OVER


def binding(form: AgreementForm) -> CaseFile:
    file = case_file()
    made = agreement(file, form=form, state=AgreementState.EFFECTIVE, number="1")
    if form is AgreementForm.WRITTEN:
        from app.domain.agreements import Signer
        from tests.unit.domain.making import hand

        hands = tuple(
            hand(signer, party_id=who)
            for signer, who in (
                (Signer.PARTY, made.party_ids[0]),
                (Signer.PARTY, made.party_ids[1]),
                (Signer.MEDIATOR, None),
                (Signer.COMMITTEE, None),
            )
        )
        made = replace(made, sign_offs=hands)
    return replace(file, agreements=(made,))


def test_confirmation_runs_thirty_days_from_effect_and_for_written_ones_only() -> None:
    last = MADE_ON + timedelta(days=30)
    assert ClockKind.CONFIRMATION in kinds(binding(AgreementForm.WRITTEN), last)
    assert ClockKind.CONFIRMATION not in kinds(
        binding(AgreementForm.WRITTEN), last + timedelta(days=1)
    )
    assert ClockKind.CONFIRMATION not in kinds(binding(AgreementForm.ORAL), MADE_ON)
    assert ClockKind.MEDIATION not in kinds(binding(AgreementForm.ORAL), MADE_ON)


def test_each_instalment_has_its_clock_until_all_is_paid() -> None:
    file = binding(AgreementForm.ORAL)
    main = file.agreements[0]
    parts = tuple(Instalment(due_on=date(2026, 12, day), fen=20_000) for day in (1, 15))
    promise = Payment(
        payer_id=main.party_ids[1], payee_id=main.party_ids[0], fen=40_000, instalments=parts
    )
    clause = replace(main.clauses[0], payment=promise)
    owing = replace(main, clauses=(clause,))
    file = replace(file, agreements=(owing,))
    assert kinds(file, MADE_ON).count(ClockKind.PAYMENT) == 2
    paid = replace(owing, performed_on=date(2026, 12, 15))
    assert ClockKind.PAYMENT not in kinds(replace(file, agreements=(paid,)), MADE_ON)


@pytest.mark.parametrize(
    ("age", "capacity"),
    [
        (7, Capacity.NONE),
        (8, Capacity.LIMITED),
        (17, Capacity.LIMITED),
        (18, Capacity.FULL),
        (None, Capacity.FULL),
    ],
)
def test_capacity_by_age(age: int | None, capacity: Capacity) -> None:
    assert capacity_by_age(age) is capacity


def test_a_stated_age_grows_with_the_years() -> None:
    person = Person(id=rid(1), name="张三", stated_age=17, stated_age_on=date(2025, 12, 31))
    assert person_age(person, date(2025, 12, 31)) == 17
    assert person_age(person, date(2026, 1, 1)) == 18


def test_the_block_counts_the_age_on_the_day_of_the_paper() -> None:
    file = case_file()
    first: Party = file.parties[0]
    block = party_block(first, file.people, {}, date(2026, 1, 1))
    assert (block.name, block.age, block.organisation) == ("张三", 56, False)
    assert party_block(first, file.people, {}, date(2025, 12, 31)).age == 55


BLOCKS = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 20)), min_size=1, max_size=4).map(
    lambda pairs: [block(first, first + more) for first, more in pairs]
)


def block(first: int, last: int) -> NumberBlock:
    return NumberBlock(id=rid(1), committee_id=rid(1), year=2026, first=first, last=last)


@given(BLOCKS, st.sets(st.integers(1, 80)), st.integers(0, 80))
def test_the_next_serial_is_the_lowest_free_one(
    blocks: list[NumberBlock], used: set[int], after: int
) -> None:
    lent = {serial for one in blocks for serial in range(one.first, one.last + 1)}
    free = sorted(serial for serial in lent - used if serial > after)
    assert next_serial(blocks, used, after) == (free[0] if free else None)


@given(st.sets(st.integers(1, 80)), st.integers(0, 80))
def test_a_village_register_never_goes_back(used: set[int], after: int) -> None:
    found = next_serial([], used, after)
    assert found == max(used | {after}) + 1


def test_numbers_look_as_the_county_wants() -> None:
    pattern = "〔{year}〕{short}人调字第{block}{serial:03d}号"
    number = format_number(pattern, year=2024, short_name="九溪六十亩村", serial=12)
    assert number == "〔2024〕九溪六十亩村人调字第012号"
    assert format_number(pattern, year=2024, short_name="某", serial=1234).endswith("第1234号")


def test_a_typed_number_is_new_and_not_empty() -> None:
    assert check_number("1号", {"1号"})[0].code is ProblemCode.NUMBER_TAKEN
    assert check_number(" ", set())[0].code is ProblemCode.EMPTY
    assert check_number("2号", {"1号"}) == []


def test_the_mediator_of_the_file_is_named() -> None:
    assert case_file().mediator_names() == [MEDIATOR.name]


def test_an_answer_stands_after_what_it_answers_whoever_has_the_larger_id() -> None:
    first, again = submission(30), submission(20, answers=rid(10))
    returned, approved = (
        review(10, Decision.RETURNED, answers=rid(30)),
        review(5, Decision.APPROVED, answers=rid(20)),
    )
    said = in_order((approved, returned), (again, first))
    assert [one.id for one in said] == [rid(30), rid(10), rid(20), rid(5)]
