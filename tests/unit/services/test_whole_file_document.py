"""What only some cases have goes out of a case document and comes in again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.domain.duties import duties
from app.domain.numbering import IssuedNumber
from app.domain.problems import ProblemCode
from app.services.importing import export_case, import_cases
from app.wire.sealing import is_intact
from tests.unit.services.test_importing import (
    COUNTY,
    agreed,
    exported,
    file_at,
    one_id,
    taken,
    village,
)

WITNESS = {"ref": "w", "name": "赵大娘", "sex": "2"}


def whole(**more: Any) -> dict[str, Any]:
    case = agreed()
    case["people"] = [*case["people"], WITNESS]
    clause = case["agreements"][0]["clauses"][0]
    clause |= {
        "duties": [{"party": "b", "what": "修好屋檐", "due_on": "2024-02-01"}],
        "from_bank": "repair",
    }
    return {
        **case,
        "applied_on": "2024-01-04",
        "applied_orally": True,
        "subsidy_class": "B",
        "investigations": [
            {
                "held_on": "2024-01-07",
                "person": "w",
                "relation": "邻居",
                "exchanges": [{"question": "看见了吗？", "answer": "看见了。"}, {"question": "？"}],
                "investigators": ["王五"],
            }
        ],
        "evidence": [
            {"name": "照片", "kind": "DOCUMENT", "given_by": "a", "pages": 3, "original": True}
        ],
        "letters": [
            {
                "kind": "transfer_letter",
                "number": "调移1号",
                "made_on": "2024-01-09",
                "parties": ["a"],
                "addressee": "司法所",
                "deliveries": [{"recipient": "司法所", "on": "2024-01-09"}],
                "reply": {"on": "2024-01-10", "accepted": False, "words": "不归我们管"},
            },
            {"kind": "service_receipt", "made_on": "2024-01-09", "about_letter": 1},
            {"kind": "service_receipt", "made_on": "2024-01-09", "about_agreement": 1},
        ],
        "follow_ups": [{"visited_on": "2024-02-02"}],
        "performances": [
            {
                "done_on": "2024-02-01",
                "duty": 1,
                "amount_yuan": "400.00",
                "payer": "b",
                "payee": "a",
            },
            {"done_on": "2024-02-02", "duty": 2, "what": "修好了", "follow_up": 1},
        ],
        "confirmations": [
            {"court": "某县人民法院", "addresses": [{"party": "a", "address": "一组"}]}
        ],
        "file_note": {"situation": "没有缺页", "filed_by": "王五", "filed_on": "2024-03-01"},
        **more,
    }


def test_everything_goes_out_and_comes_in_again() -> None:
    first, second = village(), village()
    once = exported(first, one_id(taken(first, whole())))
    again = import_cases(second.unit, json.dumps(once).encode(), COUNTY)
    assert exported(second, one_id(again)) == once
    (case,) = once["cases"]
    given = whole()
    for name in ("investigations", "evidence", "letters", "performances", "file_note"):
        wanted, found = given[name], case[name]
        for one, other in zip(_many(wanted), _many(found), strict=True):
            assert one.items() <= _renamed(other).items()


def _many(value: Any) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else [value]


def _renamed(value: dict[str, Any]) -> dict[str, Any]:
    """Refs are given anew when a case goes out."""
    names = {"p1": "a", "p2": "b", "p3": "w"}
    plain = {
        key: names.get(one, one) if isinstance(one, str) else one for key, one in value.items()
    }
    return plain | (
        {"parties": [names[one] for one in value["parties"]]} if "parties" in value else {}
    )


def test_what_came_in_belongs_together() -> None:
    store = village()
    file = file_at(store, one_id(taken(store, whole())))
    (agreement,) = file.agreements
    assert is_intact(file, agreement)
    assert [one.duty for one in file.performances] == [one.key for one in duties(agreement)]
    assert file.performances[1].follow_up_id == file.follow_ups[0].id
    transfer, *receipts = file.letters
    assert [one.subject_id for one in receipts] == [transfer.id, agreement.id]
    (talk,) = file.investigations
    assert talk.person_id
    assert file.people[talk.person_id].name == "赵大娘"
    assert file.case.applied_orally
    with store.unit() as uow:
        texts = {one.text: one.letter_id for one in uow.records.all(IssuedNumber)}
    assert texts["调移1号"] == transfer.id


def test_what_was_voided_stays_behind() -> None:
    store = village()
    case_id = one_id(taken(store, whole()))
    from app.services.evidence import void_evidence

    with store.unit() as uow:
        void_evidence(uow, uow.records.case_file(case_id).evidence[0].id, "重了")
    with store.unit() as uow:
        document = export_case(uow.records.case_file(case_id))
    assert "evidence" not in document["cases"][0]


@pytest.mark.parametrize(
    ("more", "code", "place"),
    [
        ({"investigations": [{"person": "谁"}]}, "person_unknown", "investigations[0].person"),
        ({"evidence": [{"name": "x", "kind": "GHOST"}]}, "unknown_code", "evidence[0].kind"),
        ({"evidence": [{"name": "x", "given_by": "谁"}]}, "person_unknown", "evidence[0].given_by"),
        (
            {"performances": [{"done_on": "2024-02-01", "what": "x", "duty": 3}]},
            "record_not_found",
            "performances[0].duty",
        ),
        ({"letters": [{"kind": "ghost"}]}, "file_shape", "letters[0].kind"),
        (
            {"letters": [{"kind": "service_receipt", "about_letter": 1}]},
            "record_not_found",
            "letters[0].about_letter",
        ),
        ({"file_note": {"filed_on": "2999-01-01"}}, "date_in_future", "file_note.filed_on"),
        (
            {"letters": [{"kind": "transfer_letter", "number": "1号", "made_on": "2024-01-09"}]},
            "number_taken",
            "letters[0].number",
        ),
    ],
)
def test_what_does_not_fit_is_told_by_its_place(more: Any, code: str, place: str) -> None:
    store = village()
    (item,) = taken(store, whole(**more)).items
    assert [(one.code, one.field) for one in item.problems] == [
        (ProblemCode(code), f"cases[0].{place}")
    ]
    assert store.acts == ["committee.saved"]
