"""Lists: every filter, every order, and what is found by typing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.cases import RiskGrade, Stage
from app.domain.ids import RecordId, new_id
from app.domain.parties import Party, PartyRole, Representation, StandIn
from app.domain.people import Organisation, Person
from app.domain.reviews import ReviewState, Submission
from app.services.lines import CaseQuery, CaseSort, Delivery
from app.storage.names import SURNAMES, sort_key, typed_ways
from app.storage.store import Store
from tests.fakes import NOON
from tests.storage.village import (
    agreement,
    case,
    enrol,
    finalised,
    opened,
    party,
    person,
    put,
    quarrel,
    receive_all,
    settle,
)

DAYS = (date(2024, 5, 1), date(2025, 6, 2), None, date(2026, 7, 3))


@pytest.fixture
def village(store: Store) -> Store:
    """Four cases that differ in everything that can be sorted or filtered."""
    applicants = ("张三", "单雄信", "吕布", "阿卜杜·热合曼")
    stages = (Stage.LEAD, Stage.FILED, Stage.ACCEPTED, Stage.AGREED)
    grades = (RiskGrade.BLUE, RiskGrade.RED, RiskGrade.YELLOW, RiskGrade.RED)
    types = ("NEIGHBOUR", "CONTRACT", "OTHER", "NEIGHBOUR")
    for n in range(4):
        _, records = quarrel(
            applicants[n],
            "李四",
            matter=("屋檐滴水", "借款", "采光", "宅基地边界")[n],
            stage=stages[n],
            risk_grade=grades[n],
            dispute_type=types[n],
            accepted_on=DAYS[n],
            amount_claimed=(None, 40_000, 100, 2_500_000)[n],
            file_no=("", "〔2025〕002", "〔2026〕001", "〔2024〕003")[n],
            facts=("瓦片坏了", "借了２５００元ＡＢＣ公司的钱\U00031350", "墙高三米", "𬭬字碑为界")[
                n
            ],
        )
        put(store, *records)
    return store


def shown(store: Store, **wishes: object) -> list[str]:
    """The applicants of the cases that match, in order."""
    with store.unit() as unit:
        keys = unit.lists.case_keys(CaseQuery(**wishes))  # type: ignore[arg-type]
        return [line.applicants for line in unit.lists.case_lines(keys)]


ORDERS = {
    CaseSort.TOUCHED: ["张三", "单雄信", "吕布", "阿卜杜·热合曼"],
    CaseSort.ACCEPTED_ON: ["张三", "单雄信", "阿卜杜·热合曼", "吕布"],
    CaseSort.NAMES: ["阿卜杜·热合曼", "吕布", "单雄信", "张三"],
    CaseSort.STAGE: ["张三", "吕布", "阿卜杜·热合曼", "单雄信"],
    CaseSort.AMOUNT: ["吕布", "单雄信", "阿卜杜·热合曼", "张三"],
    CaseSort.NUMBER: ["张三", "阿卜杜·热合曼", "单雄信", "吕布"],
    CaseSort.GRADE: ["张三", "吕布", "阿卜杜·热合曼", "单雄信"],
    CaseSort.DISPUTE_TYPE: ["单雄信", "阿卜杜·热合曼", "张三", "吕布"],
}
EMPTY_LAST = {CaseSort.ACCEPTED_ON: "吕布", CaseSort.AMOUNT: "张三"}


@pytest.mark.parametrize("sort", CaseSort)
def test_order(village: Store, sort: CaseSort) -> None:
    assert shown(village, sort=sort, descending=False) == ORDERS[sort]


@pytest.mark.parametrize("sort", CaseSort)
def test_order_turned_round_keeps_empty_ones_last(village: Store, sort: CaseSort) -> None:
    turned = shown(village, sort=sort)
    empty = EMPTY_LAST.get(sort)
    wanted = [one for one in reversed(ORDERS[sort]) if one != empty] + ([empty] if empty else [])
    ties = sort in (CaseSort.GRADE, CaseSort.DISPUTE_TYPE)
    assert sorted(turned) == sorted(wanted) if ties else turned == wanted


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        ({"stages": {Stage.LEAD, Stage.FILED}}, {"张三", "单雄信"}),
        ({"grades": {RiskGrade.RED}}, {"单雄信", "阿卜杜·热合曼"}),
        ({"dispute_types": {"NEIGHBOUR"}}, {"张三", "阿卜杜·热合曼"}),
        ({"dispute_types": {"NEIGHBOUR"}, "grades": {RiskGrade.RED}}, {"阿卜杜·热合曼"}),
        ({"year": 2025}, {"单雄信"}),
        ({"review_states": {ReviewState.NONE}}, {"张三", "单雄信", "吕布", "阿卜杜·热合曼"}),
        ({"review_states": {ReviewState.RETURNED}}, set()),
        ({"foreign": True}, set()),
        ({"foreign": False, "stages": {Stage.LEAD}}, {"张三"}),
        ({"deliveries": {Delivery.HERE}}, {"张三", "单雄信", "吕布", "阿卜杜·热合曼"}),
        ({"deliveries": {Delivery.WAITING}}, set()),
    ],
)
def test_filter(village: Store, wishes: dict[str, object], found: set[str]) -> None:
    given = {k: frozenset(v) if isinstance(v, set) else v for k, v in wishes.items()}
    assert set(shown(village, **given)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("屋檐", {"张三"}),
        ("檐", {"张三"}),
        ("滴水", {"张三"}),
        ("水滴", set()),
        ("张", {"张三"}),
        ("三", {"张三", "吕布"}),  # 墙高三米
        ("zs", {"张三"}),
        ("ZhangS", {"张三"}),
        ("sxx", {"单雄信"}),
        ("shanxiong", {"单雄信"}),
        ("lvbu", {"吕布"}),
        ("lubu", {"吕布"}),
        ("abd", {"阿卜杜·热合曼"}),
        ("阿卜杜热合曼", {"阿卜杜·热合曼"}),
        ("阿卜杜·热", {"阿卜杜·热合曼"}),
        ("热合曼", {"阿卜杜·热合曼"}),
        ("𬭬", {"阿卜杜·热合曼"}),
        ("\U00031350", {"单雄信"}),  # younger than Python's own tables
        ("字碑 宅基", {"阿卜杜·热合曼"}),
        ("字碑 借款", set()),
        ("ls", {"张三", "单雄信", "吕布", "阿卜杜·热合曼"}),
        ("李四 借款", {"单雄信"}),
        ("2500元abc", {"单雄信"}),
        ("ＡＢＣ公司", {"单雄信"}),
        ("500元", {"单雄信"}),
        ("2025〕002", {"单雄信"}),
        ("〔2024〕", {"阿卜杜·热合曼"}),
        ("。", set()),
        ('"', set()),
        ("* OR name :", set()),
        ("  ", {"张三", "单雄信", "吕布", "阿卜杜·热合曼"}),
    ],
)
def test_search(village: Store, text: str, found: set[str]) -> None:
    assert set(shown(village, text=text)) == found


def test_search_goes_with_filter_and_order(village: Store) -> None:
    wishes = {"text": "李四", "grades": frozenset({RiskGrade.RED}), "sort": CaseSort.AMOUNT}
    assert shown(village, **wishes) == ["阿卜杜·热合曼", "单雄信"]


def test_lines_come_in_the_order_asked_and_leave_out_what_is_gone(village: Store) -> None:
    with village.unit() as unit:
        keys = unit.lists.case_keys(CaseQuery())
        lines = unit.lists.case_lines([keys[2], 999, keys[0]])
    assert [one.key for one in lines] == [keys[2], keys[0]]
    assert lines[0].mediators == "王秀英"
    assert lines[0].committee == "九溪村调委会"


def test_how_far_cases_are(village: Store) -> None:
    enrol(village)
    assert len(shown(village, deliveries=frozenset({Delivery.WAITING}))) == 4
    receive_all(village)
    put(village, *quarrel("新来的")[1])
    waiting = frozenset({Delivery.WAITING})
    received = frozenset({Delivery.COMPLETE})
    assert shown(village, deliveries=waiting) == ["新来的"]
    assert len(shown(village, deliveries=received)) == 4
    assert len(shown(village, deliveries=waiting | received)) == 5
    assert shown(village, deliveries=frozenset({Delivery.HERE})) == []
    with village.unit() as unit:
        lines = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
        assert [one.delivery for one in lines] == [Delivery.WAITING] + [Delivery.COMPLETE] * 4
        (waits,) = unit.lists.waiting()
        status = unit.lists.status()
    assert waits.case_title == "新来的与李四 屋檐滴水"
    assert waits.act == Act.CASE_SAVED
    assert (status.enrolled, status.waiting, status.waiting_bytes) == (True, 1, waits.size)
    assert status.county_name == "九溪县司法局"


def test_nothing_waits_without_a_county(village: Store) -> None:
    with village.unit() as unit:
        assert unit.lists.waiting() == ()
        status = unit.lists.status()
        assert (status.enrolled, status.waiting, status.last_contact) == (False, 0, None)


def test_last_contact_and_the_clock_are_told(store: Store) -> None:
    with store.unit() as unit:
        unit.settings.put("county.last_contact", NOON.isoformat())
        unit.settings.put("county.offset_ms", "-1500")
        unit.commit()
    with store.unit() as unit:
        status = unit.lists.status()
    assert (status.last_contact, status.clock_offset_ms) == (NOON, -1500)


def test_the_agreement_gives_number_amount_and_way(store: Store) -> None:
    head, records = quarrel(amount_claimed=1)
    parties = [one for one in records if isinstance(one, Party)]
    put(store, *records, finalised(agreement(head, parties)))
    handed_in = Submission(id=new_id(), case_id=head.id, at=NOON, author="王秀英")
    put(store, handed_in)
    with store.unit() as unit:
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery(text="九溪人调字第001")))
    assert (line.amount, line.number, line.oral) == (40_000, "〔2026〕九溪人调字第001号", False)
    assert line.review_state is ReviewState.SUBMITTED


@pytest.fixture
def people(store: Store) -> Store:
    """Some people, one of them in two cases, and an organisation."""
    often = person("单雄信", phone="13800138000", address="九溪村六十亩12号")
    others = [person(name) for name in ("单英英", "张三", "王单", "覃四", "翟让", "缪五")]
    firm = Organisation(id=new_id(), name="九溪单车行", phone="0872-1234567")
    put(store, often, *others, firm)
    for _ in range(2):
        head = case()
        put(store, head, party(head, often, PartyRole.APPLICANT, 1))
    head = case()
    unit_party = party(head, others[0], PartyRole.APPLICANT, 1)
    put(store, head, replace(unit_party, person_id=None, organisation_id=firm.id))
    return store


def named(store: Store, text: str, limit: int = 50) -> list[str]:
    with store.unit() as unit:
        return [one.name for one in unit.lists.people(text, limit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("单", ["单英英", "单雄信", "九溪单车行", "王单"]),
        ("单雄信", ["单雄信"]),
        ("sxx", ["单雄信"]),
        ("shan x", ["单雄信"]),
        ("syy", ["单英英"]),
        ("雄", ["单雄信"]),
        ("tan", ["覃四"]),
        ("qins", ["覃四"]),
        ("xs", ["覃四"]),
        ("dr", ["翟让"]),
        ("zhair", ["翟让"]),
        ("mw", ["缪五"]),
        ("1380013", ["单雄信"]),
        ("8000", ["单雄信"]),
        ("六十亩12", ["单雄信"]),
        ("单 六十亩", ["单雄信"]),
        ("九溪", ["九溪单车行", "单雄信"]),
        ("没有", []),
        ("-", []),
    ],
)
def test_people_are_found(people: Store, text: str, found: list[str]) -> None:
    assert sorted(named(people, text)) == sorted(found)


def test_beginnings_come_before_middles(people: Store) -> None:
    assert set(named(people, "单")[2:]) == {"九溪单车行", "王单"}
    assert named(people, "九溪")[0] == "九溪单车行"


def test_people_most_used_first(people: Store) -> None:
    assert named(people, "")[:2] == ["单雄信", "九溪单车行"]
    assert len(named(people, "")) == 8
    assert len(named(people, "", 3)) == 3


def test_a_line_of_a_person_hides_numbers(people: Store) -> None:
    with people.unit() as unit:
        (line,) = unit.lists.people("单雄信")
    assert (line.phone_masked, line.cases, line.organisation) == ("138****8000", 2, False)


def test_cases_of_a_person_also_where_it_stands_for_another(store: Store) -> None:
    head, records = quarrel("小孩", "李四")
    mother = person("张妈")
    guardian = Representation(person_id=mother.id, kind=StandIn.GUARDIAN)
    parties = [one for one in records if isinstance(one, Party)]
    put(store, *records, mother, replace(parties[0], representations=(guardian,)))
    child = next(one for one in records if isinstance(one, Person))
    with store.unit() as unit:
        for who in (mother, child):
            assert [one.id for one in unit.lists.cases_of(who.id)] == [head.id]
        assert unit.lists.cases_of(RecordId(new_id())) == ()
        assert unit.records.case_file(head.id).people[mother.id] == mother


@pytest.mark.parametrize("surname", sorted(SURNAMES))
def test_every_surname_reading_is_typed(surname: str) -> None:
    ways = typed_ways(surname + "一")
    for reading in SURNAMES[surname]:
        assert "".join(reading.split()) + "yi" in ways
        assert "".join(one[0] for one in reading.split()) + "y" in ways


def test_names_sort_by_syllables() -> None:
    names = ["李安", "连四", "李阿", "单一", "尚二"]
    assert sorted(names, key=sort_key) == ["李阿", "李安", "连四", "单一", "尚二"]


def test_the_list_survives_a_restart(folder: Path) -> None:
    store = opened(folder)
    settle(store)
    put(store, *quarrel()[1])
    store.close()
    again = opened(folder)
    assert shown(again) == ["张三"]
    again.close()
