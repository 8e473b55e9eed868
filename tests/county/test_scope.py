"""Jurisdiction: who sees what, as a matrix, in the rule itself and through the running server."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine
from sqlmodel import Session, select

from app.county.scope import Subject, Viewer, may_see, region_prefix, seen_by
from app.county.tables import CountyRow, EntryRow
from app.domain.ids import new_id
from app.domain.reviews import Decision, Review
from app.wire.exchange import DeviceCard
from tests.county.conftest import NewLaptop
from tests.county.laptop import AT, RawLaptop, written
from tests.county.server import RunningCounty

HOME = Subject("c1", "330108001002")
SAME_TOWN = Subject("c2", "330108001003")
OTHER_COUNTY = Subject("c3", "330109001002")
NOWHERE = Subject(None, "")
SUBJECTS = (HOME, SAME_TOWN, OTHER_COUNTY, NOWHERE)


@pytest.mark.parametrize(
    ("viewer", "sees"),
    [
        (Viewer("mediator", "330108001002", "c1"), {HOME}),
        (Viewer("mediator", "330108001002", None), set()),
        (Viewer("mediator", "330108001002", ""), set()),
        (Viewer("mediator", "330108001002", "c1", active=False), set()),
        (Viewer("supervisor", "330108", None), {HOME, SAME_TOWN}),
        (Viewer("supervisor", "330108001", None), {HOME, SAME_TOWN}),
        (Viewer("supervisor", "330108001002", None), {HOME}),
        (Viewer("supervisor", "3301", None), {HOME, SAME_TOWN, OTHER_COUNTY}),
        (Viewer("supervisor", "44", None), set()),
        (Viewer("supervisor", "", None), set()),
        (Viewer("supervisor", "330108", None, active=False), set()),
        (Viewer("administrator", "330109", None), {OTHER_COUNTY}),
        (Viewer("auditor", "33", "c1"), set()),
        (Viewer("", "33", "c1"), set()),
    ],
)
def test_the_rule(viewer: Viewer, sees: set[Subject]) -> None:
    assert {subject for subject in SUBJECTS if may_see(viewer, subject)} == sees


@pytest.mark.parametrize("role", ["mediator", "supervisor", "administrator", "auditor"])
@pytest.mark.parametrize("region", ["", "33", "330108", "330108001003", "%", "_"])
@pytest.mark.parametrize("committee", [None, "", "c1"])
def test_the_query_says_what_the_rule_says(role: str, region: str, committee: str | None) -> None:
    # Rows of nobody: in memory and without the checks of a real database.
    engine = create_engine("sqlite://")
    CountyRow.metadata.create_all(engine)
    with Session(engine) as session:
        for position, subject in enumerate(SUBJECTS, 1):
            session.add(entry_of(position, subject))
        session.flush()
        viewer = Viewer(role, region, committee)
        seen = session.exec(select(EntryRow.position).where(seen_by(viewer)))
        found = {SUBJECTS[position - 1] for position in seen}
    engine.dispose()
    assert found == {subject for subject in SUBJECTS if may_see(viewer, subject)}


def entry_of(position: int, subject: Subject) -> EntryRow:
    return EntryRow(
        position=position,
        device_id="d",
        seq=position,
        hash="",
        raw=b"",
        signature="",
        committee_id=subject.committee_id,
        region=subject.region,
        received_at=AT,
    )


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("330108000000", "330108"),
        ("330108", "330108"),
        ("330108001000", "330108001"),
        ("330108001", "330108001"),
        ("330108001002", "330108001002"),
        ("330100", "3301"),
        ("330000000000", "33"),
        ("33", "33"),
    ],
)
def test_a_region_is_its_digits_without_the_empty_levels(code: str, prefix: str) -> None:
    assert region_prefix(code) == prefix


@pytest.mark.parametrize("code", ["", "0", "3", "33010", "000000", "33010800100x", "３３０１０８"])
def test_what_is_no_region_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"digits|province"):
        region_prefix(code)


def test_each_sees_what_lies_in_its_own_region(county: RunningCounty, enrolled: NewLaptop) -> None:
    committee = county.committee("330108001002", "甲村")
    home = enrolled(county.mediator(committee))
    colleague = enrolled(county.mediator(committee, "同事"))
    neighbour = enrolled(county.mediator(county.committee("330108001003", "乙村")))
    far = enrolled(county.mediator(county.committee("330109001002", "丙村")))
    viewers = {
        "home": home,
        "colleague": colleague,
        "neighbour": neighbour,
        "far": far,
        "town": enrolled(county.supervisor("330108001")),
        "county": enrolled(county.supervisor("330108")),
        "other county": enrolled(county.supervisor("330109")),
        "prefecture": enrolled(county.supervisor("3301", "administrator")),
    }
    names = {"home": home, "neighbour": neighbour, "far": far}
    for laptop in names.values():
        laptop.new_case()
        laptop.exchange()
    writers = {laptop.id: name for name, laptop in names.items()}
    seen = {
        name: {writers[entry.device] for entry in written(viewer.exchange([], cursor=0))}
        for name, viewer in viewers.items()
    }
    assert seen == {
        "home": set(),
        "colleague": {"home"},
        "neighbour": set(),
        "far": set(),
        "town": {"home", "neighbour"},
        "county": {"home", "neighbour"},
        "other county": {"far"},
        "prefecture": {"home", "neighbour", "far"},
    }


def test_a_review_comes_back_to_the_owning_committee_only(
    county: RunningCounty, enrolled: NewLaptop, laptop: RawLaptop
) -> None:
    neighbour = enrolled(county.mediator(county.committee("330108001003", "乙村")))
    supervisor = enrolled(county.supervisor())
    case = laptop.new_case()
    laptop.exchange()
    [entry] = written(supervisor.exchange())
    assert entry.device == laptop.id
    supervisor.save(
        Review(
            id=new_id(),
            case_id=case.id,
            decision=Decision.RETURNED,
            at=AT,
            author="李",
            text="缺页",
        )
    )
    supervisor.exchange()
    answer = laptop.exchange([])
    assert [one.changes[0].set["text"] for one in written(answer)] == ["缺页"]
    [card] = [DeviceCard.model_validate_json(one.raw) for one in answer.cards]
    assert (card.device, card.role, card.person) == (supervisor.id, "supervisor", "李司法")
    assert written(neighbour.exchange([], cursor=0)) == []


def test_pages_bring_everything_once_and_in_order(
    county: RunningCounty, enrolled: NewLaptop, laptop: RawLaptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.county.pull.PAGE_ENTRIES", 3)
    supervisor = enrolled(county.supervisor())
    for _ in range(8):
        laptop.new_case()
    laptop.exchange()
    pages = [supervisor.exchange([]) for _ in range(3)]
    seen = [entry.seq for page in pages for entry in written(page)]
    assert seen == list(range(1, 9))
    assert [page.more for page in pages] == [True, True, False]
    assert written(supervisor.exchange([])) == []


def test_a_log_shorter_than_the_cursor_is_read_from_its_start(
    county: RunningCounty, enrolled: NewLaptop, laptop: RawLaptop
) -> None:
    supervisor = enrolled(county.supervisor())
    laptop.new_case()
    laptop.exchange()
    assert len(written(supervisor.exchange([], cursor=1000))) == 1
