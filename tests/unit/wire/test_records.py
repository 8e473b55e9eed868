"""Records as plain JSON and back: nothing is lost for any kind, and nothing wrong comes in."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreements import AgreementForm
from app.domain.records import KINDS, Record, kind_of
from app.wire.canonical import canonical, strict_json
from app.wire.records import NotARecord, changed_fields, from_fields, to_fields
from tests.unit.domain.making import agreement, case_file
from tests.unit.wire.record_strategies import records_of


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_survives_the_way_there_and_back(kind: str) -> None:
    @given(records_of(KINDS[kind]))
    def survives(record: Record) -> None:
        raw = canonical(to_fields(record))
        read: Any = strict_json(raw)
        assert from_fields(kind, read) == record
        assert kind_of(record) == kind

    survives()


@pytest.mark.parametrize("kind", KINDS)
def test_what_changed_makes_the_new_out_of_the_old(kind: str) -> None:
    @given(records_of(KINDS[kind]), records_of(KINDS[kind]))
    def merges(before: Record, after: Record) -> None:
        changed = changed_fields(before, after)
        assert "id" not in changed
        whole = {**to_fields(before), **changed, "id": after.id}
        assert from_fields(kind, whole) == after
        assert changed_fields(after, after) == {}

    merges()


def test_a_newer_writer_may_say_more() -> None:
    fields = to_fields(case_file().case)
    assert from_fields("case", {**fields, "of_tomorrow": 1}) == case_file().case


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [
        ("made_on", "2026-02-30", "made_on"),
        ("form", "sung", "form"),
        ("party_ids", "all", "party_ids"),
        ("clauses", [{"id": "x"}], "clauses.0.text"),
        ("copies", "many", "copies"),
    ],
)
def test_what_makes_no_record_is_refused_with_its_place(name: str, value: Any, place: str) -> None:
    fields = {**to_fields(agreement(case_file())), name: value}
    with pytest.raises(NotARecord) as caught:
        from_fields("agreement", fields)
    assert caught.value.place == place
    assert str(value) not in str(caught.value)


def test_enums_travel_as_their_values() -> None:
    fields = to_fields(agreement(case_file()))
    assert fields["form"] == AgreementForm.WRITTEN.value
    assert fields["made_on"] == "2026-11-10"


@given(
    st.dictionaries(
        st.sampled_from(["id", "case_id", "ordinal", "role", "side", "person_id", "capacity"]),
        st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2),
    )
)
def test_no_fields_break_the_reader(fields: dict[str, Any]) -> None:
    with contextlib.suppress(NotARecord):
        from_fields("party", fields)
