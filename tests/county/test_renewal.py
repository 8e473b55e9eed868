"""A laptop that the county does not listen to any more is enrolled anew in its own folder: nothing
that was written is lost, nothing is told twice, and its person goes on with the own cases.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from app.county.database import reading, writing
from app.county.enrolment import revoke
from app.county.tables import Device, EntryRow, VerdictRow
from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm
from app.domain.cases import Case
from app.domain.committees import Committee
from app.domain.ids import RecordId, new_id
from app.domain.numbering import NumberBlock
from app.domain.problems import ProblemCode, Refused
from app.services.identities import TAKEN_IN_SETTING
from app.services.lines import CaseQuery, Delivery
from app.services.numbers import issue_number
from app.wire.journal import read_entry
from tests.county.server import RunningCounty, backed_up, restored
from tests.county.village import Answer, BadLine, Village, lost
from tests.fakes import practice

NewVillage = Callable[[str, str], Village]


@pytest.fixture
def committee(county: RunningCounty) -> str:
    return county.committee()


@pytest.fixture
def account(county: RunningCounty, committee: str) -> str:
    return county.mediator(committee, "王调解")


@pytest.fixture
def village(county: RunningCounty, tmp_path: Path) -> Iterator[NewVillage]:
    """A laptop of an account, in a folder of that name."""
    made: list[Village] = []

    def make(name: str, account: str = "") -> Village:
        made.append(Village(tmp_path / name, county.address))
        if account:
            made[-1].enrol(county.code(account))
            made[-1].sync()
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def brought_back(tmp_path: Path, village: NewVillage) -> Callable[[Village], Village]:
    """The laptop as it was; what it writes afterwards is written in its old folder."""

    def bring(laptop: Village) -> Village:
        place = tmp_path / "older copy"
        laptop.close()
        shutil.copytree(laptop.folder, place)
        laptop.open_again()
        return village("older copy", "")

    return bring


def edit(laptop: Village, case: Case, **more: Any) -> None:
    with laptop.store.unit() as uow:
        uow.records.put(replace(uow.records.get(Case, case.id), **more))
        uow.commit(Act.CASE_SAVED, case.id)


def held(laptop: Village, case_id: RecordId) -> Case:
    with laptop.store.unit() as uow:
        return uow.records.get(Case, case_id)


def at_the_county(county: RunningCounty) -> list[tuple[str, str, str, str]]:
    """Device, act, case and verdict of every entry."""
    with reading(county.engine) as session:
        rows = session.exec(
            select(EntryRow, VerdictRow)
            .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
            .order_by(col(EntryRow.position))
        ).all()
        found = [(row, verdict, read_entry(row.raw)) for row, verdict in rows]
    return [(row.device_id, it.act, it.case_id or "", said.kind) for row, said, it in found]


def struck_off(county: RunningCounty, laptop: Village) -> None:
    with writing(county.engine) as session:
        revoke(session, county.key, session.get_one(Device, laptop.id), county.now())


def paper_of(case: Case) -> Agreement:
    return Agreement(id=new_id(), case_id=case.id, form=AgreementForm.WRITTEN)


def serials(laptop: Village) -> set[int]:
    """What this laptop may still give."""
    with laptop.store.unit() as uow:
        blocks = uow.records.all(NumberBlock)
    return {serial for one in blocks for serial in range(one.first, one.last + 1)}


def refused(laptop: Village) -> ProblemCode:
    with pytest.raises(Refused) as found:
        laptop.sync()
    return found.value.first.code


def test_a_laptop_that_was_struck_off_tells_what_it_had_not_told(
    county: RunningCounty, village: NewVillage, account: str
) -> None:
    laptop = village("first", account)
    known = laptop.new_case("屋檐滴水")
    laptop.sync()
    edit(laptop, known, matter="滴水毁墙")
    fresh = laptop.new_case("宅基地边界")
    edit(laptop, fresh, title="边界")
    before = laptop.id
    struck_off(county, laptop)
    assert refused(laptop) is ProblemCode.DEVICE_REVOKED
    laptop.renew(county.code(account))
    assert laptop.id != before
    result = laptop.sync()
    assert result.attention == 0
    assert laptop.waiting() == laptop.attention() == 0
    assert laptop.is_whole()
    acts = Counter(
        (act, case_id, verdict) for _, act, case_id, verdict in at_the_county(county) if case_id
    )
    assert acts == {
        (Act.CASE_REGISTERED, known.id, "applied"): 1,
        (Act.CASE_SAVED, known.id, "applied"): 1,
        (Act.CASE_REGISTERED, fresh.id, "applied"): 1,
        (Act.CASE_SAVED, fresh.id, "applied"): 1,
    }
    # The case that the former laptop had is still the own one.
    edit(laptop, known, title="滴水")
    laptop.sync()
    assert at_the_county(county)[-1] == (laptop.id, Act.CASE_SAVED, known.id, "applied")
    with laptop.store.unit() as uow:
        assert not uow.records.is_foreign(known.id)
        keys = uow.lists.case_keys(CaseQuery())
        assert {one.delivery for one in uow.lists.case_lines(keys)} == {Delivery.COMPLETE}


def test_a_village_that_worked_before_it_was_enrolled_is_enrolled_anew(
    county: RunningCounty, village: NewVillage, account: str
) -> None:
    laptop = village("first", "")
    with laptop.store.unit() as uow:
        own = Committee(id=new_id(), name="自己先写的调委会", region_code="330108001002")
        uow.records.put(own)
        uow.settings.put("actor.committee_id", own.id)
        uow.commit(Act.COMMITTEE_SAVED)
    early = laptop.new_case("登记以前的案件")
    laptop.enrol(county.code(account))
    laptop.sync()
    later = laptop.new_case("登记以后的案件")
    struck_off(county, laptop)
    assert refused(laptop) is ProblemCode.DEVICE_REVOKED
    laptop.renew(county.code(account))
    laptop.sync()
    assert (laptop.waiting(), laptop.attention(), laptop.is_whole()) == (0, 0, True)
    told = [one[2:] for one in at_the_county(county) if one[2]]
    assert told == [(early.id, "applied"), (later.id, "applied")]


def test_what_an_older_copy_does_not_have_comes_back(
    county: RunningCounty,
    village: NewVillage,
    brought_back: Callable[[Village], Village],
    account: str,
) -> None:
    laptop = village("first", account)
    known = laptop.new_case("屋檐滴水")
    laptop.sync()
    older = brought_back(laptop)
    lost_here = laptop.new_case("丢在旧电脑里的案件")
    edit(laptop, known, title="滴水")
    laptop.sync()
    # Weeks pass before the older copy meets the county.
    written = older.new_case("恢复以后写的")
    edit(older, known, matter="滴水毁墙")
    assert refused(older) is ProblemCode.STORE_WENT_BACK
    older.renew(county.code(account))
    assert older.sync().attention == 0
    assert (older.waiting(), older.attention(), older.is_whole()) == (0, 0, True)
    assert held(older, lost_here.id).matter == "丢在旧电脑里的案件"
    assert (held(older, known.id).title, held(older, known.id).matter) == ("滴水", "滴水毁墙")
    told = Counter(case_id for _, act, case_id, _ in at_the_county(county) if case_id)
    assert told == {known.id: 3, lost_here.id: 1, written.id: 1}
    # The other copy is not listened to any more.
    assert refused(laptop) in (ProblemCode.DEVICE_REVOKED, ProblemCode.STORE_WENT_BACK)


def test_the_same_field_in_both_copies_is_shown_and_never_chosen(
    county: RunningCounty,
    village: NewVillage,
    brought_back: Callable[[Village], Village],
    account: str,
) -> None:
    laptop = village("first", account)
    known = laptop.new_case("屋檐滴水")
    laptop.sync()
    older = brought_back(laptop)
    edit(laptop, known, title="先写的")
    laptop.sync()
    edit(older, known, title="后写的")
    assert refused(older) is ProblemCode.STORE_WENT_BACK
    older.renew(county.code(account))
    older.sync()
    assert older.attention() == 1
    with older.store.unit() as uow:
        aside = uow.journal.set_aside(known.id)
    assert [one.entry.changes[0].set["title"] for one in aside] == ["后写的"]
    assert held(older, known.id).title == "先写的"


def test_an_answer_that_was_lost_doubles_nothing(
    county: RunningCounty, village: NewVillage, account: str
) -> None:
    laptop = village("first", account)
    good = laptop.line
    case = laptop.new_case()
    laptop.line = BadLine(good, lost)
    with pytest.raises(Refused):
        laptop.sync()
    laptop.line = good
    struck_off(county, laptop)
    assert laptop.waiting() == 1
    laptop.renew(county.code(account))
    laptop.sync()
    assert laptop.waiting() == 0
    told = [one for one in at_the_county(county) if one[2] == case.id]
    assert [(act, verdict) for _, act, _, verdict in told] == [(Act.CASE_REGISTERED, "applied")]


@pytest.mark.parametrize("breaks_after", [0, 1])
def test_it_goes_on_where_the_line_broke(
    county: RunningCounty, village: NewVillage, account: str, breaks_after: int
) -> None:
    laptop = village("first", account)
    laptop.sync()
    case = laptop.new_case()
    struck_off(county, laptop)
    assert refused(laptop) is ProblemCode.DEVICE_REVOKED
    good, left = laptop.line, [breaks_after]

    def breaks(answer: Answer) -> Answer:
        if left[0] == 0:
            lost(answer)
        left[0] -= 1
        return answer

    code = county.code(account)
    before = laptop.id
    laptop.line = BadLine(good, breaks)
    with pytest.raises(Refused):
        laptop.renew(code)
    assert laptop.id == before
    laptop.close()
    again = village("first", "")
    assert (again.setting(TAKEN_IN_SETTING) == "1") is (breaks_after == 1)
    if breaks_after:
        again.finish_renewal()
    else:
        again.renew(code)
    again.sync()
    assert again.id != before
    assert again.waiting() == 0
    assert [one[2] for one in at_the_county(county) if one[2]] == [case.id]


def test_numbers_go_with_their_person(
    county: RunningCounty, village: NewVillage, account: str, committee: str
) -> None:
    laptop = village("first", account)
    case = laptop.new_case()
    laptop.sync()
    with laptop.store.unit() as uow:
        own = uow.actor.committee_id
        assert own
        blocks = uow.records.all(NumberBlock)
        number = issue_number(uow, own, paper_of(case), practice())
        uow.commit(Act.AGREEMENT_FINALISED, case.id)
    struck_off(county, laptop)
    assert refused(laptop) is ProblemCode.DEVICE_REVOKED
    laptop.renew(county.code(account))
    laptop.sync()
    assert (laptop.waiting(), laptop.attention()) == (0, 0)
    with laptop.store.unit() as uow:
        assert {one.id for one in uow.records.all(NumberBlock)} == {one.id for one in blocks}
        later = issue_number(uow, own, paper_of(case), practice())
    assert later.serial == number.serial + 1


def test_a_county_brought_back_from_before_the_renewal_is_told_everything(
    county: RunningCounty, village: NewVillage, account: str
) -> None:
    laptop = village("first", account)
    laptop.sync()
    backup = backed_up(county)
    lost_there = [laptop.new_case(f"第{number}件") for number in range(3)]
    laptop.sync()
    struck_off(county, laptop)
    assert refused(laptop) is ProblemCode.DEVICE_REVOKED
    laptop.renew(county.code(account))
    later = laptop.new_case("换了身份以后写的")
    laptop.sync()
    restored(county, backup)
    assert refused(laptop) is ProblemCode.DEVICE_UNKNOWN
    own = laptop.id
    laptop.renew(county.code(account))
    assert laptop.id == own
    laptop.sync()
    assert (laptop.waiting(), laptop.attention(), laptop.is_whole()) == (0, 0, True)
    told = Counter(one[2:] for one in at_the_county(county) if one[2])
    assert told == {(one.id, "applied"): 1 for one in (*lost_there, later)}
    # Another contact tells nothing more.
    laptop.sync()
    assert Counter(one[2:] for one in at_the_county(county) if one[2]) == told


def test_two_copies_of_a_folder_never_share_numbers(
    county: RunningCounty,
    village: NewVillage,
    brought_back: Callable[[Village], Village],
    account: str,
) -> None:
    laptop = village("first", account)
    laptop.sync()
    other = brought_back(laptop)
    laptop.new_case()
    laptop.sync()
    other.new_case()
    assert refused(other) is ProblemCode.STORE_WENT_BACK
    other.renew(county.code(account))
    assert refused(laptop) is ProblemCode.DEVICE_REVOKED
    laptop.renew(county.code(account))
    for one in (other, laptop, other):
        one.sync()
    assert not serials(laptop) & serials(other)
    assert serials(laptop) and serials(other)
    assert laptop.is_whole() and other.is_whole()


def test_a_copy_that_was_made_half_way_becomes_somebody_else(
    county: RunningCounty,
    village: NewVillage,
    brought_back: Callable[[Village], Village],
    account: str,
) -> None:
    laptop = village("first", account)
    laptop.sync()
    struck_off(county, laptop)
    assert refused(laptop) is ProblemCode.DEVICE_REVOKED
    with pytest.raises(Refused):
        laptop.renew("00000-00000")  # an identity is ready, and the code was wrong
    other = brought_back(laptop)
    laptop.renew(county.code(account))
    laptop.new_case()
    laptop.sync()
    case = other.new_case("只在这一份里")
    with pytest.raises(Refused) as found:
        other.renew(county.code(account))
    assert found.value.first.code is ProblemCode.STORE_WENT_BACK
    other.renew(county.code(account))
    other.sync()
    assert (other.waiting(), other.attention()) == (0, 0)
    assert [one[3] for one in at_the_county(county) if one[2] == case.id] == ["applied"]


def test_a_county_brought_back_half_way_needs_a_code_again(
    county: RunningCounty, village: NewVillage, account: str
) -> None:
    laptop = village("first", account)
    case = laptop.new_case()
    laptop.sync()
    fresh = laptop.new_case()
    backup = backed_up(county)
    struck_off(county, laptop)
    assert refused(laptop) is ProblemCode.DEVICE_REVOKED
    good = laptop.line
    answers = iter([False, True])
    laptop.line = BadLine(good, lambda answer: lost(answer) if next(answers) else answer)
    with pytest.raises(Refused):
        laptop.renew(county.code(account))
    laptop.line = good
    restored(county, backup)
    with pytest.raises(Refused) as found:
        laptop.finish_renewal()
    assert found.value.first.code is ProblemCode.DEVICE_UNKNOWN
    assert laptop.setting(TAKEN_IN_SETTING) is None
    laptop.renew(county.code(account))
    laptop.sync()
    assert (laptop.waiting(), laptop.attention()) == (0, 0)
    told = Counter(one[2:] for one in at_the_county(county) if one[2])
    assert told == {(one.id, "applied"): 1 for one in (case, fresh)}


def test_a_folder_cannot_become_somebody_elses(
    county: RunningCounty, village: NewVillage, account: str, committee: str
) -> None:
    laptop = village("first", account)
    laptop.new_case()
    struck_off(county, laptop)
    assert refused(laptop) is ProblemCode.DEVICE_REVOKED
    before = laptop.id
    with pytest.raises(Refused) as found:
        laptop.renew(county.code(county.mediator(committee, "赵调解")))
    assert found.value.first.code is ProblemCode.CODE_NOT_YOURS
    assert (laptop.id, laptop.waiting()) == (before, 1)
    laptop.renew(county.code(account))
    laptop.sync()
    assert laptop.waiting() == 0


def test_a_new_laptop_goes_on_with_the_cases_of_its_person(
    county: RunningCounty, village: NewVillage, account: str, committee: str
) -> None:
    lost_laptop = village("first", account)
    case = lost_laptop.new_case()
    lost_laptop.sync()
    fresh = village("second", account)
    colleague = village("third", county.mediator(committee, "赵调解"))
    edit(fresh, case, title="接着办")
    fresh.sync()
    colleague.sync()
    assert held(colleague, case.id).title == "接着办"
    with colleague.store.unit() as uow:
        assert uow.records.is_foreign(case.id)
    with pytest.raises(Refused) as found:
        edit(colleague, case, title="不是我的")
    assert found.value.first.code is ProblemCode.NOT_YOURS
