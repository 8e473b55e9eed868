"""Cases out of a file and into one.

Good ones go in once, bad ones are told by their place, nothing is lost on the way.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.domain.agreements import AgreementForm, AgreementState, total_fen
from app.domain.casefile import CaseFile
from app.domain.cases import Case, Stage
from app.domain.committees import Committee, Mediator
from app.domain.completeness import missing
from app.domain.ids import RecordId
from app.domain.people import Organisation, Person
from app.domain.problems import ProblemCode, Refused
from app.services.committees import set_up
from app.services.importing import ImportReport, case_schema, export_case, import_cases
from app.services.ports import Practice
from app.wire.case_document import FORMAT
from app.wire.sealing import is_intact
from tests.fakes import MemoryStore, practice
from tests.unit.domain.making import COMMITTEE, MEDIATOR
from tests.unit.services.case_documents import cases

DEMO = Path(__file__).resolve().parents[3] / "resources" / "demo"
STORIES = sorted(DEMO.glob("story-*.json"))
COUNTY = practice()


def village() -> MemoryStore:
    made = MemoryStore()
    with made.unit() as uow:
        set_up(uow, COMMITTEE, MEDIATOR)
    return made


def file_of(*values: Any) -> bytes:
    return json.dumps({"format": FORMAT, "cases": list(values)}, ensure_ascii=False).encode()


def taken(store: MemoryStore, *values: Any) -> ImportReport:
    return import_cases(store.unit, file_of(*values), COUNTY)


def one_id(report: ImportReport) -> RecordId:
    assert report.items[0].problems == ()
    assert report.items[0].case_id
    return report.items[0].case_id


def file_at(store: MemoryStore, case_id: RecordId) -> CaseFile:
    with store.unit() as uow:
        return uow.records.case_file(case_id)


def exported(store: MemoryStore, case_id: RecordId) -> dict[str, Any]:
    with store.unit() as uow:
        document = export_case(uow.records.case_file(case_id))
    for name in ("external_id", "committee"):
        document["cases"][0].pop(name, None)
    return document


@given(cases())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_goes_out_comes_in_again_the_same(value: dict[str, Any]) -> None:
    first, second = village(), village()
    once = exported(first, one_id(taken(first, value)))
    report = import_cases(second.unit, json.dumps(once).encode(), COUNTY)
    assert exported(second, one_id(report)) == once


@given(cases())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_was_written_is_what_goes_out(value: dict[str, Any]) -> None:
    store = village()
    document = exported(store, one_id(taken(store, value)))["cases"][0]
    assert _without_defaults(document) == _without_defaults(value)


def _without_defaults(case: dict[str, Any]) -> dict[str, Any]:
    """What may be said in two ways is said in one."""
    plain: dict[str, Any] = json.loads(json.dumps(case))
    for agreement in plain.get("agreements", []):
        if agreement.get("facts") == plain.get("facts", ""):
            agreement.pop("facts")
    return plain


@given(cases())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_every_frozen_paper_that_comes_in_is_intact(value: dict[str, Any]) -> None:
    store = village()
    file = file_at(store, one_id(taken(store, value)))
    for agreement in file.agreements:
        assert is_intact(file, agreement) == (agreement.state is not AgreementState.DRAFT)


PERSON = {"ref": "a", "name": "张三", "phone": "13800000001"}
OTHER = {"ref": "b", "name": "李四"}
LEAD: dict[str, Any] = {
    "people": [PERSON, OTHER],
    "matter": "围墙",
    "parties": [{"ref": "a", "role": "applicant"}, {"ref": "b", "role": "respondent"}],
}
TAKEN_ON = {
    **LEAD,
    "accepted_on": "2024-01-05",
    "source": "ON_APPLICATION",
    "mediators": ["王五"],
}
TOLD = {**TAKEN_ON, "rights_notice": {"told_on": "2024-01-06"}}
SESSION = {"held_on": "2024-01-08", "attendance": [{"party": "a"}]}


def agreed(**more: Any) -> dict[str, Any]:
    clause = {"text": "赔。", "payment": {"payer": "b", "payee": "a", "amount_yuan": "400"}}
    paper = {"form": "oral", "number": "1号", "made_on": "2024-01-08", "clauses": [clause]}
    return {**TOLD, "sessions": [SESSION], "agreements": [{**paper, **more}]}


def test_the_same_file_twice_makes_no_second_case() -> None:
    store = village()
    first = taken(store, LEAD)
    again = taken(store, LEAD)
    assert (first.taken, again.taken, again.known) == (1, 0, 1)
    assert again.items[0].case_id == first.items[0].case_id
    assert again.items[0].problems[0].code is ProblemCode.ALREADY_THERE
    with store.unit() as uow:
        assert len(uow.records.all(Case)) == 1


def test_an_external_id_is_taken_once_even_when_the_case_has_grown() -> None:
    store = village()
    report = taken(store, {**LEAD, "external_id": "x-1"}, {**TOLD, "external_id": "x-1"})
    assert (report.taken, report.known) == (1, 1)


def test_an_exported_case_is_known_where_it_came_from() -> None:
    store = village()
    case_id = one_id(taken(store, LEAD))
    with store.unit() as uow:
        document = export_case(uow.records.case_file(case_id))
    again = import_cases(store.unit, json.dumps(document).encode(), COUNTY)
    assert (again.known, again.items[0].case_id) == (1, case_id)


def test_good_ones_go_in_beside_bad_ones() -> None:
    store = village()
    report = taken(store, {"matter": 1}, LEAD, {**LEAD, "nonsense": 1}, None)
    assert [one.case_id is None for one in report.items] == [True, False, True, True]
    assert (report.taken, report.refused) == (1, 3)
    assert [one.place for one in report.items] == [f"cases[{n}]" for n in range(4)]
    assert store.acts == ["committee.saved", "case.imported"]


@pytest.mark.parametrize(
    ("case", "code", "place"),
    [
        ({"external_id": "empty"}, "empty", "matter"),
        ({**LEAD, "dispute_type": "QUARREL"}, "unknown_code", "dispute_type"),
        ({**LEAD, "parties": [{"ref": "z", "role": "third"}]}, "person_unknown", "parties[0].ref"),
        ({**LEAD, "parties": [{"role": "third"}]}, "nothing_chosen", "parties[0].person"),
        (
            {**LEAD, "people": [{"ref": "a", "name": "张3"}, OTHER]},
            "name_has_digits",
            "people[0].name",
        ),
        (
            {
                "parties": [
                    {"person": {"name": "张三", "id_no": "110105194912310021"}, "role": "third"}
                ]
            },
            "id_check_digit",
            "parties[0].person.id_no",
        ),
        (
            {**LEAD, "people": [{**PERSON, "ethnicity": "99"}, OTHER]},
            "unknown_code",
            "people[0].ethnicity",
        ),
        ({**LEAD, "accepted_on": "2024-01-05"}, "nothing_chosen", "source"),
        ({**TAKEN_ON, "accepted_on": "2124-01-05"}, "date_in_future", "accepted_on"),
        ({**TAKEN_ON, "parties": LEAD["parties"][:1]}, "two_sides_needed", "parties"),
        ({**TAKEN_ON, "sessions": [SESSION]}, "no_rights_notice", "sessions[0].rights_notice"),
        ({**TAKEN_ON, "sessions": [{}]}, "no_rights_notice", "sessions[0].rights_notice"),
        (
            {**TOLD, "sessions": [{**SESSION, "held_on": "2024-01-05"}]},
            "rights_notice_late",
            "sessions[0].rights_notice",
        ),
        ({**LEAD, "sessions": [SESSION]}, "not_accepted_yet", "sessions[0]"),
        (
            {**TOLD, "sessions": [{**SESSION, "attendance": [{"party": "c"}]}]},
            "person_unknown",
            "sessions[0].attendance[0].party",
        ),
        (
            {**TOLD, "sessions": [{"held_on": "2024-01-08", "outcome": "agreed"}]},
            "nobody_present",
            "sessions[0].attendance",
        ),
        (
            {
                **TOLD,
                "refusal": {"party": "b", "on": "2024-01-07"},
                "sessions": [SESSION],
            },
            "party_refused",
            "sessions[0].held_on",
        ),
        (
            {**agreed(), "refusal": {"party": "b", "on": "2024-01-09"}},
            "party_refused",
            "agreements[0]",
        ),
        (agreed(made_on=None), "empty", "agreements[0].made_on"),
        (agreed(clauses=[]), "clause_needed", "agreements[0].clauses"),
        (
            agreed(form="written", performed_on="2024-01-09"),
            "agreement_not_effective",
            "agreements[0]",
        ),
        (
            agreed(
                form="written",
                sign_offs=[{"signer": "party", "party": "a", "methods": [], "on": "2024-01-08"}],
            ),
            "nothing_chosen",
            "agreements[0].sign_offs[0].methods",
        ),
        (
            agreed(clauses=[{"payment": {"payer": "b", "payee": "a"}}]),
            "nothing_chosen",
            "agreements[0].clauses[0].payment.amount_yuan",
        ),
        (
            agreed(clauses=[{"payment": {"payer": "b", "payee": "b", "fen": 1}}]),
            "payer_is_payee",
            "agreements[0].clauses[0].payment.payee",
        ),
        (agreed(supplement=True), "agreement_not_effective", "agreements[0].supplement"),
        ({**LEAD, "stage": "filed"}, "move_not_allowed", "stage"),
        ({**LEAD, "stage": "withdrawn"}, "reason_needed", "exit_reason"),
        (
            {**TOLD, "closing": {"on": "2024-02-01", "result": "SUCCESS"}},
            "agreement_not_effective",
            "closing.result",
        ),
        (
            {
                **agreed(),
                "closing": {"on": "2024-02-01", "result": "SUCCESS"},
                "retention": "LONG",
                "filed_on": "2024-02-02",
            },
            "not_complete",
            "filed_on",
        ),
        (
            {**agreed(), "follow_ups": [{"visited_on": "2124-02-01"}]},
            "date_in_future",
            "follow_ups[0].visited_on",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_stands_in_the_way_has_its_place(case: Any, code: str, place: str) -> None:
    store = village()
    problems = taken(store, case).items[0].problems
    found = [(one.code.value, one.field.removeprefix("cases[0]").lstrip(".")) for one in problems]
    assert (code, place) in found
    assert store.acts == ["committee.saved"]


def test_a_child_that_signs_alone_does_not_come_in() -> None:
    child = {"ref": "a", "name": "小明", "birth_date": "2020-01-01"}
    mark = {"signer": "party", "party": "a", "methods": ["fingerprint"], "on": "2024-01-08"}
    case = {**agreed(form="written", sign_offs=[mark]), "people": [child, OTHER]}
    problem = taken(village(), case).items[0].problems[0]
    assert problem.code is ProblemCode.PARTY_NOT_CAPABLE
    assert problem.field == "cases[0].agreements[0].parties"


def test_a_child_that_signs_beside_its_guardian_does_not_come_in() -> None:
    child = {"ref": "a", "name": "小明", "birth_date": "2020-01-01"}
    mother = {"ref": "m", "name": "赵六"}
    mark = {"signer": "party", "party": "a", "methods": ["fingerprint"], "on": "2024-01-08"}
    case = {**agreed(form="written", sign_offs=[mark]), "people": [child, OTHER, mother]}
    guarded = {"ref": "m", "kind": "guardian", "relation": "母亲"}
    first, *others = case["parties"]
    case["parties"] = [{**first, "representations": [guarded]}, *others]
    problem = taken(village(), case).items[0].problems[0]
    assert problem.code is ProblemCode.PARTY_NOT_CAPABLE
    assert problem.field == "cases[0].agreements[0].sign_offs[0].by"


@pytest.mark.parametrize(
    "text",
    ["双方自愿离婚，各自生活。", "乙方另付给调委会调解费200元。", "到期不付，甲方有权断水断电。"],
)
def test_what_no_agreement_may_hold_does_not_come_in(text: str) -> None:
    case = agreed(form="written", clauses=[{"text": text}])
    (problem,) = taken(village(), case).items[0].problems
    assert problem.code is ProblemCode.FINDING_STOP
    assert problem.field == "cases[0].agreements[0].clauses[0].text"


def test_a_paper_that_was_numbered_elsewhere_keeps_its_number_once() -> None:
    store = village()
    first = one_id(taken(store, agreed()))
    with store.unit() as uow:
        file = uow.records.case_file(first)
    assert (file.agreements[0].number, file.case.stage) == ("1号", Stage.PERFORMING)
    problems = taken(store, {**agreed(), "matter": "另一件"}).items[0].problems
    assert [one.code for one in problems] == [ProblemCode.NUMBER_TAKEN]


def test_a_paper_without_a_number_gets_the_next_one_of_the_register() -> None:
    store = village()
    case = agreed(finalised=True)
    del case["agreements"][0]["number"]
    file = file_at(store, one_id(taken(store, case)))
    assert file.agreements[0].number == "〔2024〕某村人调字第001号"


def test_people_are_known_again_and_gaps_are_filled() -> None:
    store = village()
    taken(store, LEAD)
    more = {"ref": "a", "name": "张三", "phone": "13800000001", "address": "一组"}
    taken(store, {**LEAD, "matter": "第二件", "people": [more, OTHER]})
    with store.unit() as uow:
        known = [one for one in uow.records.all(Person) if one.name == "张三"]
        strangers = [one for one in uow.records.all(Person) if one.name == "李四"]
    assert [(one.phone, one.address) for one in known] == [("13800000001", "一组")]
    assert len(strangers) == 2  # a name alone makes nobody the same


@pytest.mark.parametrize(
    "second",
    [
        {"name": "张三", "phone": "13800000002"},
        {"name": "张三"},
        {"name": "张三丰", "phone": "13800000001"},
    ],
)
def test_who_may_be_somebody_else_stays_somebody_else(second: dict[str, Any]) -> None:
    store = village()
    taken(store, LEAD)
    taken(store, {**LEAD, "matter": "第二件", "people": [{"ref": "a", **second}, OTHER]})
    with store.unit() as uow:
        assert len([one for one in uow.records.all(Person) if one.name.startswith("张三")]) == 2


def test_what_is_known_is_never_overwritten() -> None:
    store = village()
    home = {**PERSON, "address": "一组"}
    taken(store, {**LEAD, "people": [home, OTHER]})
    taken(store, {**LEAD, "matter": "2", "people": [{**PERSON, "address": "二组"}, OTHER]})
    with store.unit() as uow:
        known = [one for one in uow.records.all(Person) if one.name == "张三"]
    assert [one.address for one in known] == ["一组"]


def test_organisations_agents_and_guardians_come_in() -> None:
    store = village()
    case = {
        "matter": "工伤",
        "people": [{"ref": "k", "name": "小明"}, {"ref": "m", "name": "赵六"}],
        "parties": [
            {
                "ref": "k",
                "role": "applicant",
                "representations": [{"ref": "m", "kind": "guardian", "relation": "母亲"}],
            },
            {
                "role": "respondent",
                "organisation": {"name": "木材厂", "legal_representative": "钱八"},
                "representations": [
                    {
                        "person": {"name": "周九"},
                        "kind": "agent",
                        "powers": ["DISPOSE_CLAIMS", "SIGN_DOCUMENTS"],
                    }
                ],
            },
        ],
    }
    file = file_at(store, one_id(taken(store, case)))
    with store.unit() as uow:
        assert len(uow.records.all(Organisation)) == 1
    assert list(file.names().values()) == ["小明", "木材厂"]
    assert {one.name for one in file.people.values()} == {"小明", "赵六", "周九"}


def test_another_committee_is_made_once() -> None:
    store = village()
    home = {"name": "别村人民调解委员会", "short_name": "别村"}
    first = one_id(taken(store, {**TOLD, "committee": home, "mediators": ["钱八"]}))
    taken(store, {**LEAD, "committee": home})
    with store.unit() as uow:
        assert len(uow.records.all(Committee)) == 2
        file = uow.records.case_file(first)
        mediators = [one.name for one in uow.records.all(Mediator)]
    assert file.committee is not None
    assert (file.committee.name, file.mediator_names()) == (home["name"], ["钱八"])
    assert sorted(mediators) == ["王五", "钱八"]


def test_labels_are_read_as_codes() -> None:
    case = {
        **LEAD,
        "dispute_type": "邻里纠纷",
        "people": [{**PERSON, "sex": "女", "ethnicity": "壮族"}, OTHER],
    }
    store = village()
    file = file_at(store, one_id(taken(store, case)))
    person = next(one for one in file.people.values() if one.name == "张三")
    assert (file.case.dispute_type, person.sex, person.ethnicity) == ("NEIGHBOUR", "2", "08")


def test_without_a_committee_nothing_comes_in() -> None:
    problem = taken(MemoryStore(), LEAD).items[0].problems[0]
    assert (problem.code, problem.field) == (ProblemCode.NOTHING_CHOSEN, "cases[0].committee")


def test_a_full_disk_stops_the_file_and_says_so_for_the_rest() -> None:
    store = village()
    store.refuse_commit = ProblemCode.DISK_FULL
    report = taken(store, LEAD, {**LEAD, "matter": "2"}, {**LEAD, "matter": "3"})
    assert [one.problems[0].code for one in report.items] == [ProblemCode.DISK_FULL] * 3


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(Refused):
        import_cases(village().unit, b"PK\x03\x04", COUNTY)


def test_the_schema_names_the_format() -> None:
    assert case_schema()["title"] == FORMAT


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_reported_story_comes_in_with_its_gaps(path: Path) -> None:
    store = village()
    report = import_cases(store.unit, path.read_bytes(), COUNTY)
    with store.unit() as uow:
        file = uow.records.case_file(one_id(report))
    # No day of any of them was reported: nothing may look as if it were finished.
    assert file.case.stage is Stage.LEAD
    assert all(one.held_on is None for one in file.sessions)
    assert all(one.state is AgreementState.DRAFT for one in file.agreements)
    assert missing(file)
    assert file.case.source_note.startswith("依据公开新闻报道整理")


def test_the_stories_are_all_there() -> None:
    assert [path.stem.split("-")[1] for path in STORIES] == [
        *("01", "04", "05", "06", "07", "08", "09", "10", "14", "15")
    ]


@pytest.mark.parametrize(("story", "fen"), [("01", 40_000), ("06", 2_500_000)])
def test_the_reported_amounts_are_there(story: str, fen: int) -> None:
    store = village()
    path = next(path for path in STORIES if f"story-{story}" in path.stem)
    file = file_at(store, one_id(import_cases(store.unit, path.read_bytes(), COUNTY)))
    assert total_fen(file.agreements[0]) == fen


def test_the_roof_tile_goes_the_oral_way() -> None:
    store = village()
    report = import_cases(store.unit, STORIES[0].read_bytes(), COUNTY)
    with store.unit() as uow:
        file = uow.records.case_file(one_id(report))
    main = file.main_agreement()
    assert main is not None
    assert main.form is AgreementForm.ORAL
    assert file.mediator_names() == ["文衍林"]


def test_the_practice_case_is_complete_and_says_that_it_is_invented(county: Practice) -> None:
    store = village()
    raw = (DEMO / "practice-fence.json").read_bytes()
    file = file_at(store, one_id(import_cases(store.unit, raw, county)))
    main = file.main_agreement()
    assert main is not None
    assert (main.state, main.number) == (AgreementState.EFFECTIVE, "〔2024〕演练人调字第001号")
    assert missing(file) == ()
    assert file.case.stage is Stage.CLOSED
    assert "演练" in file.case.title
    assert "演练" in file.case.facts
    assert not any(person.id_no for person in file.people.values())
