"""Jobs: results on the GUI thread, late ones dropped, one announcement, nothing swallowed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.acts import Act
from app.domain.committees import Committee
from app.domain.ids import new_id
from app.domain.problems import ProblemCode, Refused, refuse
from app.services.drafts import keep_draft
from app.services.lines import Change
from app.services.ports import UnitOfWork
from app.ui.runtime.changes import Changes
from app.ui.runtime.jobs import Jobs
from tests.fakes import MemoryStore
from tests.ui.desks import Heard


@pytest.fixture
def changes(qapp: QObject) -> Changes:
    del qapp
    return Changes()


@pytest.fixture
def jobs(changes: Changes, heard: Heard, memory: MemoryStore) -> Iterator[Jobs]:
    jobs = Jobs(changes, heard, memory.unit)
    yield jobs
    assert jobs.stop()


def store_a_committee(unit: UnitOfWork) -> str:
    committee = Committee(id=new_id(), name="甲村人民调解委员会")
    unit.records.put(committee)
    unit.commit(Act.COMMITTEE_SAVED)
    return committee.name


def test_work_runs_elsewhere_and_its_result_arrives_here(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[tuple[str, str]] = []

    def work(unit: UnitOfWork) -> str:
        del unit
        return threading.current_thread().name

    jobs.run(jobs, work, lambda name: seen.append((name, threading.current_thread().name)))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("records", threading.main_thread().name)]


def test_the_wire_has_a_worker_of_its_own(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[str] = []
    gate = threading.Event()
    jobs.run_wire(jobs, gate.wait)
    jobs.run(jobs, lambda _unit: threading.current_thread().name, seen.append)
    qtbot.waitUntil(lambda: seen == ["records"])  # although the wire still waits
    gate.set()


def test_a_late_result_is_dropped(qtbot: QtBot, jobs: Jobs, heard: Heard) -> None:
    owner, seen, gate = QObject(), list[str](), threading.Event()

    def late(unit: UnitOfWork) -> str:
        del unit
        gate.wait()
        return "late"

    jobs.run(owner, late, seen.append)
    shiboken6.delete(owner)
    gate.set()
    after: list[str] = []
    jobs.run(jobs, lambda _unit: "after", after.append)
    qtbot.waitUntil(lambda: after == ["after"])
    assert (seen, heard.bugs) == ([], [])


def test_a_refusal_goes_to_whoever_asked(qtbot: QtBot, jobs: Jobs, heard: Heard) -> None:
    told: list[Refused] = []

    def full(unit: UnitOfWork) -> None:
        raise refuse(ProblemCode.DISK_FULL)

    jobs.run(jobs, full, None, told.append)
    jobs.run(jobs, full)
    qtbot.waitUntil(lambda: bool(heard.problems))
    assert [one.first.code for one in told] == [ProblemCode.DISK_FULL]
    assert [one.first.code for one in heard.problems] == [ProblemCode.DISK_FULL]


def test_our_bug_goes_to_the_door_and_the_worker_lives_on(
    qtbot: QtBot, jobs: Jobs, heard: Heard
) -> None:
    def bug(unit: UnitOfWork) -> None:
        raise ZeroDivisionError

    seen: list[int] = []
    jobs.run(jobs, bug)
    jobs.run(jobs, lambda _unit: 7, seen.append)
    qtbot.waitUntil(lambda: seen == [7])
    assert [type(one) for one in heard.bugs] == [ZeroDivisionError]


def test_after_our_bug_whoever_waited_is_told(qtbot: QtBot, jobs: Jobs, heard: Heard) -> None:
    def bug(unit: UnitOfWork) -> None:
        raise ZeroDivisionError

    told: list[Refused] = []
    jobs.run(jobs, bug, None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].first.code is ProblemCode.OUR_BUG
    assert [type(one) for one in heard.bugs] == [ZeroDivisionError]


def test_a_commit_is_announced_once(qtbot: QtBot, jobs: Jobs, changes: Changes) -> None:
    announced: list[Change] = []
    changes.happened.connect(announced.append)
    done: list[str] = []
    jobs.run(jobs, store_a_committee, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert [change.kinds for change in announced] == [frozenset({"committee"})]


def test_looking_and_keeping_a_draft_are_no_news(
    qtbot: QtBot, jobs: Jobs, changes: Changes
) -> None:
    announced: list[Change] = []
    changes.happened.connect(announced.append)
    done: list[object] = []
    jobs.look(jobs, lambda lists: lists.status(), done.append)
    jobs.run(jobs, lambda unit: keep_draft(unit, "case:new", "{}"), done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert announced == []


def test_a_unit_of_the_wire_is_announced_too(qtbot: QtBot, jobs: Jobs, changes: Changes) -> None:
    announced: list[Change] = []
    changes.happened.connect(announced.append)

    def exchange() -> None:
        with jobs.unit() as unit:
            store_a_committee(unit)

    jobs.run_wire(jobs, exchange)
    qtbot.waitUntil(lambda: bool(announced))
    assert announced[0].kinds == {"committee"}


def test_after_the_end_nothing_is_taken_on(qtbot: QtBot, memory: MemoryStore, heard: Heard) -> None:
    del qtbot
    jobs = Jobs(Changes(), heard, memory.unit)
    assert jobs.stop()
    ran: list[int] = []
    jobs.run(jobs, lambda _unit: ran.append(1))
    assert ran == []


def test_the_end_waits_for_what_was_begun(memory: MemoryStore, heard: Heard, qtbot: QtBot) -> None:
    del qtbot
    jobs = Jobs(Changes(), heard, memory.unit)
    jobs.run(jobs, store_a_committee)
    assert jobs.stop()
    assert Act.COMMITTEE_SAVED.value in memory.acts[-1:]


def test_progress_is_told_here_and_not_after_the_end(
    qtbot: QtBot, jobs: Jobs, heard: Heard
) -> None:
    told: list[tuple[int, str]] = []
    done: list[str] = []
    gate, after = threading.Event(), threading.Event()

    def work(tell: Callable[[int], None]) -> str:
        tell(1)
        gate.wait()
        for number in range(2, 1000):  # faster than anybody reads
            tell(number)
        after.wait()
        tell(5000)
        return "done"

    def hear(number: int) -> None:
        told.append((number, threading.current_thread().name))

    jobs.run_wire_telling(jobs, work, hear, done.append)
    qtbot.waitUntil(lambda: len(told) == 1)
    gate.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [(1, threading.main_thread().name), (999, threading.main_thread().name)]
    after.set()
    qtbot.waitUntil(lambda: done == ["done"])
    before, later = len(told), list[int]()
    last = threading.Event()

    def again(tell: Callable[[int], None]) -> None:
        tell(1)
        last.wait()

    jobs.run_wire_telling(jobs, again, later.append)
    qtbot.waitUntil(lambda: later == [1])
    last.set()
    assert len(told) == before
    assert heard.bugs == []


def test_a_stick_holds_up_neither_records_nor_wire(qtbot: QtBot, jobs: Jobs) -> None:
    gate, seen, failed = threading.Event(), list[str](), list[Refused]()

    def slow(tell: Callable[[int], None]) -> None:
        del tell
        gate.wait()
        raise refuse(ProblemCode.USB_GONE)

    jobs.run_stick(jobs, slow, lambda _word: None, failed=failed.append)
    jobs.run_wire(jobs, lambda: threading.current_thread().name, seen.append)
    qtbot.waitUntil(lambda: seen == ["wire"])
    gate.set()
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].first.code is ProblemCode.USB_GONE
