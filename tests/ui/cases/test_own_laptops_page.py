"""A person with two laptops, or with one that was enrolled anew: the own cases are the own cases,
and the page says no nonsense about who has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.county.tables import Device
from app.domain.ids import RecordId, new_id
from app.domain.problems import Refused
from app.services.handovers import colleagues, hand_over
from app.services.lines import CaseQuery
from app.services.ports import Practice
from app.ui.cases.workspace import Workspace
from tests.county.two_hands import World, assign, begin, colleague, world
from tests.county.village import Village
from tests.ui.cases.hands import opened, seen
from tests.ui.desks import Heard, make_desk


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


@pytest.fixture
def other(here: World, tmp_path: Path) -> Iterator[Village]:
    """Another laptop of the first mediator."""
    village = Village(tmp_path / "other", here.county.address)
    village.enrol(here.county.code(account_of(here, here.first)))
    yield village
    village.close()


class Seat:
    """A person at the cases of a laptop."""

    def __init__(self, village: Village, packs: Practice) -> None:
        self.village, self.heard = village, Heard()
        self.workspace = Workspace(make_desk(village.store.unit, packs, self.heard))
        self.workspace.resize(1270, 736)
        self.workspace.show()

    def head(self, case_id: RecordId) -> str:
        self.village.sync()
        opened(self.workspace, case_id)
        return seen(self.workspace.page().head)

    def history(self) -> str:
        return seen(self.workspace.page().sections["history"])

    def close(self) -> None:
        self.workspace.close()
        self.workspace.deleteLater()
        assert self.heard.bugs == []


@pytest.fixture
def sit(packs: Practice, qapp: object) -> Iterator[list[Seat]]:
    del qapp
    made: list[Seat] = []
    yield made
    for one in made:
        one.close()


def account_of(here: World, village: Village) -> str:
    with here.county.session() as session:
        return session.get_one(Device, village.id).account_id


def names(village: Village, case_id: RecordId) -> list[str]:
    with village.store.unit() as unit:
        return [one.name for one in colleagues(unit, case_id)]


def renewed(here: World, village: Village) -> None:
    here.county.revoke(village.id)
    with pytest.raises(Refused):
        village.sync()
    village.renew(here.county.code(account_of(here, village)))
    village.sync()


def test_after_enrolling_anew_the_page_is_as_it_was(
    here: World, sit: list[Seat], packs: Practice
) -> None:
    hands = begin(here)
    here.quiet()
    before = names(here.first, hands.case.id)
    renewed(here, here.first)
    here.quiet()
    seat = Seat(here.first, packs)
    sit.append(seat)
    head = seat.head(hands.case.id)
    assert "移交" not in head
    assert "这里只能看" not in head
    assert "县里已收" in seat.history()
    assert "别处报来的" not in seat.history()
    view = seat.workspace.page().view
    assert view is not None
    assert not view.read_only
    assert names(here.first, hands.case.id) == before == ["孙调解", "赵调解"]
    # For others the person is there once.
    assert names(here.second, hands.case.id).count("王调解") <= 1
    with here.supervisor.store.unit() as unit:
        assert [one.name for one in colleagues(unit, hands.case.id)].count("王调解") == 1


def test_the_other_own_laptop_works_on_the_case_and_is_offered_to_nobody_here(
    here: World, other: Village, sit: list[Seat], packs: Practice
) -> None:
    hands = begin(here)
    here.quiet()
    seat = Seat(other, packs)
    sit.append(seat)
    head = seat.head(hands.case.id)
    assert "移交" not in head
    assert "这里只能看" not in head
    assert names(other, hands.case.id) == ["孙调解", "赵调解"]
    here.first.sync()
    assert names(here.first, hands.case.id) == ["孙调解", "赵调解"]


def test_what_one_own_laptop_gave_away_the_other_tells_as_given_away(
    here: World, other: Village, sit: list[Seat], packs: Practice
) -> None:
    hands = begin(here)
    here.quiet()
    with here.first.store.unit() as unit:
        hand_over(unit, hands.case.id, colleague(unit, hands.case.id, here.third), "住院")
    here.first.sync()
    seat = Seat(other, packs)
    sit.append(seat)
    head = seat.head(hands.case.id)
    assert "已移交给孙调解" in head
    assert "这件是" not in head


def test_what_came_to_one_own_laptop_is_news_until_any_of_them_has_written(
    here: World, sit: list[Seat], packs: Practice, tmp_path: Path
) -> None:
    hands = begin(here)
    here.quiet()
    assign(here, hands.case, here.second)
    here.quiet()
    third = Village(tmp_path / "new", here.county.address)
    third.enrol(here.county.code(account_of(here, here.second)))
    seat = Seat(third, packs)
    sit.append(seat)
    assert "把这件案子改派给您，原来由王调解办" in seat.head(hands.case.id)
    hands.change(here.second, hands.case, facts="接着办")
    here.second.sync()
    assert "改派给您" not in seat.head(hands.case.id)
    renewed(here, here.second)
    own = Seat(here.second, packs)
    sit.append(own)
    assert "改派给您" not in own.head(hands.case.id)
    third.close()


def test_a_colleague_whose_committee_has_another_id_there_is_one_all_the_same(
    here: World, sit: list[Seat], packs: Practice
) -> None:
    """A laptop that was set up before it was enrolled gave its committee an id of its own."""
    hands = begin(here)
    hands.change(here.first, hands.case, committee_id=new_id())
    here.quiet()
    seat = Seat(here.second, packs)
    sit.append(seat)
    assert "这件是本调委会王调解在办" in seat.head(hands.case.id)
    with here.second.store.unit() as unit:
        (line,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
    assert line.own_committee
