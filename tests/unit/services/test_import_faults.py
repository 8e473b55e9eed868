"""All that is wrong with one case is told in one go, and nothing that only follows from it."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from app.domain.committees import Committee
from tests.unit.services.test_importing import LEAD, OTHER, PERSON, TOLD, agreed, taken, village


def told(case: Any) -> set[tuple[str, str]]:
    item = taken(village(), case).items[0]
    assert item.case_id is None
    return {
        (one.code.value, one.field.removeprefix("cases[0]").lstrip(".")) for one in item.problems
    }


def test_codes_names_and_values_are_told_beside_a_fault_of_form() -> None:
    people = [{**PERSON, "phone": "12"}, OTHER]
    parties = [
        {"ref": "a", "role": "nobody"},
        {"ref": "z", "role": "third"},
        {"ref": "b", "role": "respondent"},
    ]
    case = {**LEAD, "foo": 1, "dispute_type": "QUARREL", "people": people, "parties": parties}
    assert told(case) == {
        ("file_shape", "foo"),
        ("file_shape", "parties[0].role"),
        ("not_a_phone", "people[0].phone"),
        ("unknown_code", "dispute_type"),
        ("person_unknown", "parties[1].ref"),
    }


def test_faults_of_several_parts_are_told_without_a_fault_of_form() -> None:
    case = agreed(manner_code="SOON", parties=["a", "y"])
    case["dispute_type"] = "QUARREL"
    case["sessions"] = [{"held_on": "2024-01-08", "attendance": [{"party": "z"}]}]
    assert told(case) == {
        ("unknown_code", "dispute_type"),
        ("person_unknown", "sessions[0].attendance[0].party"),
        ("person_unknown", "agreements[0].parties[1]"),
        ("unknown_code", "agreements[0].manner_code"),
    }


def test_what_only_follows_from_a_fault_is_not_told() -> None:
    # Without its party the case has one side, no session and nobody who pays.
    broken = [{"ref": "a", "role": 5}, LEAD["parties"][1]]
    assert told({**agreed(), "parties": broken}) == {("file_shape", "parties[0].role")}
    wrong = {**agreed(), "people": [{**PERSON, "phone": "12"}, OTHER]}
    assert told(wrong) == {("not_a_phone", "people[0].phone")}


def test_missing_sides_are_told_beside_other_faults() -> None:
    case = {**TOLD, "foo": 1, "parties": []}
    assert told(case) == {("file_shape", "foo"), ("two_sides_needed", "parties")}


def test_a_code_of_a_payment_has_its_whole_place() -> None:
    clause = {"text": "x", "payment": {"payer": "b", "payee": "a", "fen": 1, "way": "BARTER"}}
    place = "agreements[0].clauses[0].payment.way"
    assert told(agreed(clauses=[clause])) == {("unknown_code", place)}


@pytest.mark.parametrize(
    ("case", "place", "allowed"),
    [
        ({"people": [{"name": "x", "phon": 1}]}, "people[0].phon", "phone"),
        ({"rights_notice": {"told_on": "2024-01-06", "xyz": 1}}, "rights_notice.xyz", "told_on"),
        ({"mediators": [{"name": "x", "qqq": 1}]}, "mediators[0].qqq", "full_time"),
    ],
)
def test_an_unknown_field_is_told_with_what_may_stand_there(
    case: Any, place: str, allowed: str
) -> None:
    problems = taken(village(), case).items[0].problems
    [facts] = [one.facts for one in problems if one.field == f"cases[0].{place}"]
    assert allowed in str(facts["allowed"]).split(", ")


def test_whatever_is_broken_is_told_and_stores_nothing() -> None:
    chance = random.Random(7)
    whole = {**agreed(), "dispute_type": "邻里纠纷", "refusal": None}
    for _ in range(400):
        case = copy.deepcopy(whole)
        for _ in range(chance.randint(1, 4)):
            _break(case, chance)
        store = village()
        item = taken(store, case).items[0]
        assert bool(item.problems) == (item.case_id is None)
        if item.case_id is None:
            with store.unit() as uow:
                assert len(uow.records.all(Committee)) == 1
            assert store.acts == ["committee.saved"]


def _break(value: Any, chance: random.Random) -> None:
    """Spoils one value somewhere inside."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not keys:
        return
    key = chance.choice(keys)
    if isinstance(value[key], dict | list) and chance.random() < 0.8:
        _break(value[key], chance)
    elif chance.random() < 0.3:
        value.pop(key)
    else:
        value[key] = chance.choice([None, 5, "", "z", [], {}, "2124-01-01", ["z"], {"z": 1}, "\0"])
