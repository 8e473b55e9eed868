"""Rows are what the entries make of them: whatever is done here or comes from others."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreements import AgreementForm
from app.domain.cases import Case, RiskGrade, Stage
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party, PartyRole
from app.domain.people import Person
from app.domain.records import Record
from app.domain.reviews import Decision, Review, Submission
from app.domain.text import join_names
from app.services.lines import CaseQuery
from app.storage.store import Store
from app.wire.records import from_fields, to_fields
from tests.fakes import FakeDevice
from tests.storage.village import (
    agreement,
    count,
    opened,
    person,
    put,
    quarrel,
    settle,
    written_by,
)

OTHER = FakeDevice("other laptop")
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NAMES = st.sampled_from(["张三", "李四", "单雄信", "张𬭬", "阿卜杜·热合曼", "一"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)

# What a person at this laptop, or another laptop, may do next: a change of the records of a case.
Step = Callable[[Case, list[Record]], Record]


def _renamed(name: str) -> Step:
    def step(head: Case, records: list[Record]) -> Record:
        return replace(next(one for one in records if isinstance(one, Person)), name=name)

    return step


def _retold(words: str, grade: RiskGrade, day: date, fen: int | None) -> Step:
    def step(head: Case, records: list[Record]) -> Record:
        now = next(one for one in records if isinstance(one, Case))
        return replace(now, facts=words, risk_grade=grade, accepted_on=day, amount_claimed=fen)

    return step


def _voided(reason: str) -> Step:
    def step(head: Case, records: list[Record]) -> Record:
        last = [one for one in records if isinstance(one, Party)][-1]
        return replace(last, void_reason=reason)

    return step


def _agreed(form: AgreementForm) -> Step:
    def step(head: Case, records: list[Record]) -> Record:
        return agreement(head, [one for one in records if isinstance(one, Party)], form=form)

    return step


def _said(decision: Decision, answer: bool) -> Step:
    def step(head: Case, records: list[Record]) -> Record:
        returned = [one for one in records if isinstance(one, Review)]
        if answer:
            to = returned[-1].id if returned else None
            return Submission(id=new_id(), case_id=head.id, at=AT, author="王", answers=to)
        return Review(id=new_id(), case_id=head.id, decision=decision, at=AT, author="赵", text="x")

    return step


STEPS = st.one_of(
    st.builds(_renamed, NAMES),
    st.builds(
        _retold,
        WORDS,
        st.sampled_from(RiskGrade),
        st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        st.none() | st.integers(0, 10**14 - 1),
    ),
    st.builds(_voided, st.sampled_from(["", "写错了"])),
    st.builds(_agreed, st.sampled_from(AgreementForm)),
    st.builds(_said, st.sampled_from(Decision), st.booleans()),
)


@given(st.lists(STEPS, max_size=6), st.booleans())
def test_rows_lists_and_index_follow_the_entries(steps: list[Step], elsewhere: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        store = opened(Path(place))
        settle(store)
        head, records = quarrel()
        _take(store, 1, records, head, elsewhere)
        for seq, step in enumerate(steps, 2):
            changed = step(head, records)
            records = [one for one in records if one.id != changed.id] + [changed]
            _take(store, seq, [changed], head, elsewhere)
        _compare(store, head, records)
        store.close()
        assert count(Path(place), "case_list") == 1


def _take(store: Store, seq: int, records: list[Record], head: Case, elsewhere: bool) -> None:
    if not elsewhere:
        put(store, *records)
        return
    with store.unit() as unit:
        unit.journal.add_foreign(seq, *written_by(OTHER, seq, *records, case_id=head.id))
        unit.commit()


def _compare(store: Store, head: Case, records: list[Record]) -> None:
    with store.unit() as unit:
        assert unit.journal.verify().broken_at is None
        for record in records:
            assert unit.records.find(type(record), RecordId(record.id)) == record
        file = unit.records.case_file(head.id)
        keys = unit.lists.case_keys(CaseQuery())
        (line,) = unit.lists.case_lines(keys)
        applicants, respondents = (
            [file.name_of(one) for one in file.living_parties if one.role is role]
            for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT)
        )
        main = file.main_agreement()
        assert line.applicants == join_names(applicants)
        assert line.respondents == join_names(respondents)
        assert line.review_state is file.review_state()
        assert line.amount == (40_000 if main else file.case.amount_claimed)
        assert line.oral is (main is not None and main.form is AgreementForm.ORAL)
        assert (line.grade, line.accepted_on) == (file.case.risk_grade, file.case.accepted_on)
        for name in applicants:
            assert unit.lists.case_keys(CaseQuery(text=name)) == keys
        for word in file.case.facts.split():
            if any(one.isalnum() for one in word):
                assert unit.lists.case_keys(CaseQuery(text=word)) == keys


def test_a_new_name_is_found_and_the_old_one_is_not(folder: Path) -> None:
    store = opened(folder)
    _, records = quarrel("单雄信")
    put(store, *records)
    put(store, replace(next(one for one in records if isinstance(one, Person)), name="翟让"))
    with store.unit() as unit:
        assert len(unit.lists.case_keys(CaseQuery(text="zr"))) == 1
        assert len(unit.lists.case_keys(CaseQuery(text="翟"))) == 1
        assert unit.lists.case_keys(CaseQuery(text="单雄信")) == ()
        assert unit.lists.case_keys(CaseQuery(text="sxx")) == ()
        assert unit.lists.people("单雄信") == ()
        assert [one.name for one in unit.lists.people("dr")] == ["翟让"]
    store.close()


def test_a_new_name_does_not_move_the_case_in_the_order_of_changes(folder: Path) -> None:
    store = opened(folder)
    first, records = quarrel("甲")
    second, others = quarrel("乙")
    put(store, *records)
    put(store, *others)
    put(store, replace(next(one for one in records if isinstance(one, Person)), name="丙"))
    with store.unit() as unit:
        lines = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
    assert [one.id for one in lines] == [second.id, first.id]
    assert lines[1].applicants == "丙"
    store.close()


def test_the_codec_gives_back_what_it_took() -> None:
    for record in (*quarrel()[1], person("甲", birth_date=date(1950, 2, 28), cannot_read=True)):
        fields = to_fields(record)
        kind = {Case: "case", Person: "person", Party: "party"}[type(record)]
        assert from_fields(kind, fields) == record


def test_stage_moves_show_in_the_list(folder: Path) -> None:
    store = opened(folder)
    head, records = quarrel()
    put(store, *records)
    put(store, replace(head, stage=Stage.ACCEPTED, file_no="卷1"))
    with store.unit() as unit:
        accepted = CaseQuery(stages=frozenset({Stage.ACCEPTED}))
        (line,) = unit.lists.case_lines(unit.lists.case_keys(accepted))
        assert (line.stage, line.number) == (Stage.ACCEPTED, "卷1")
        assert unit.lists.case_keys(CaseQuery(stages=frozenset({Stage.LEAD}))) == ()
    store.close()
