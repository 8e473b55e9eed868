"""From the empty frame to work: every way in, and every reason why not, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.committees import Committee
from app.domain.problems import ProblemCode, Refused, refuse
from app.ui.runtime.changes import Changes
from app.ui.runtime.preferences import Preferences
from app.ui.runtime.problems import sentence_of_code
from app.ui.shell.doors import Doors
from app.ui.shell.first_start import FirstStartPage
from app.ui.shell.notice import NoticePage
from app.ui.shell.one_window import take_lock
from app.ui.shell.opening import Opening
from app.ui.shell.password import PasswordPage
from app.ui.shell.start import EarlyUnlock
from app.ui.shell.window import Window
from app.ui.shell.workspaces import Place
from tests.fakes import MemoryLists, MemoryStore
from tests.ui.backstages import PASSWORD, PretendedHouse
from tests.ui.desks import Heard, InstantJobs, type_text
from tests.ui.test_shell import Room

ROOMS = [Place("cases", "案件", "cases", Room), Place("waiting", "待上报", "waiting", Room)]


@dataclass
class Started:
    window: Window
    opening: Opening
    house: PretendedHouse

    def page(self, kind: type[PasswordPage | FirstStartPage | NoticePage]) -> object:
        found = self.window.stack.currentWidget()
        assert isinstance(found, kind), found
        return found


Starter = Callable[..., Started]


@pytest.fixture
def start(qtbot: QtBot, heard: Heard, tmp_path: Path) -> Iterator[Starter]:
    """Call it with a house to get a started window."""
    windows: list[Window] = []

    def begin(house: PretendedHouse, password: str | None = None) -> Started:
        changes = Changes()
        jobs = InstantJobs(changes, heard, house.unit)
        window = Window(Preferences(None), ROOMS)
        qtbot.addWidget(window)
        window.show()
        doors = Doors(lambda: "0", tmp_path)
        doors.window = window
        opening = Opening(window, jobs, changes, doors, house, Preferences(None))
        opening.expect(EarlyUnlock(jobs, house, password))
        windows.append(window)
        return Started(window, opening, house)

    yield begin
    for window in windows:
        window.close()


def test_a_keyring_opens_without_a_word(start: Starter, memory: MemoryStore) -> None:
    started = start(PretendedHouse(memory))
    assert started.window.current_key() == "cases"
    assert started.window.status.truth.text().startswith("尚未登记到县局")


def test_the_rest_is_loaded_when_somebody_moves(
    qtbot: QtBot, start: Starter, memory: MemoryStore
) -> None:
    started = start(PretendedHouse(memory))
    assert started.house.warmed == []
    frame = started.window.windowHandle()  # as keys come from outside
    with qtbot.waitSignal(started.opening.loaded):
        QTest.keyClick(frame, Qt.Key.Key_Down)
    QTest.keyClick(frame, Qt.Key.Key_Down)
    assert started.house.warmed == [0, 1]


def test_what_others_wrote_and_this_person_may_settle_is_counted(
    qtbot: QtBot, start: Starter, memory: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with memory.unit() as unit:
        known = replace(unit.lists.status(), enrolled=True, attention=2, waiting=3, conflicts=4)
    monkeypatch.setattr(MemoryLists, "status", lambda _lists: known)
    monkeypatch.setattr("app.services.conflicts.to_settle", lambda _unit: 1)
    started = start(PretendedHouse(memory, status=known))
    assert "需要处理 2 条" in started.window.status.truth.text()
    with qtbot.waitSignal(started.opening.loaded):
        QTest.keyClick(started.window.windowHandle(), Qt.Key.Key_Down)
    assert "需要处理 3 条" in started.window.status.truth.text()
    assert started.window.rail.button("waiting").text() == "待上报 6"


def test_a_password_is_asked_for_and_a_wrong_one_stays(
    qtbot: QtBot, start: Starter, memory: MemoryStore
) -> None:
    started = start(PretendedHouse(memory, password=PASSWORD))
    page = started.page(PasswordPage)
    assert isinstance(page, PasswordPage)
    page.field.line.setText("不是这个")
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert page.field.problem_text() == sentence_of_code("wrong_password", "zh_CN")
    assert page.field.line.text() == "不是这个"
    page.field.line.setText(PASSWORD)
    QTest.keyClick(page.field.line, Qt.Key.Key_Return)
    assert started.window.current_key() == "cases"


def test_no_password_is_a_sentence_too(start: Starter, memory: MemoryStore) -> None:
    started = start(PretendedHouse(memory, password=PASSWORD))
    page = started.page(PasswordPage)
    assert isinstance(page, PasswordPage)
    page.go.click()
    assert page.field.problem_text()


def test_a_password_from_outside_opens_unattended(start: Starter, memory: MemoryStore) -> None:
    started = start(PretendedHouse(memory, password=PASSWORD), PASSWORD)
    assert started.window.current_key() == "cases"


@pytest.mark.parametrize(
    "code",
    [
        ProblemCode.STORE_DAMAGED,
        ProblemCode.STORE_NEWER,
        ProblemCode.STORE_READ_ONLY,
        ProblemCode.DISK_FULL,
        ProblemCode.KEY_LOST,
        ProblemCode.KEY_FILES_DAMAGED,
    ],
)
def test_what_does_not_open_says_why_and_can_be_tried_again(
    start: Starter, memory: MemoryStore, code: ProblemCode
) -> None:
    started = start(PretendedHouse(memory, stop=refuse(code)))
    page = started.page(NoticePage)
    assert isinstance(page, NoticePage)
    assert page.text.text()
    assert "—" not in page.text.text() or code is ProblemCode.STORE_NEWER
    started.house.stop = None
    page.retry.click()
    assert started.window.current_key() == "cases"


def fill(page: FirstStartPage, **values: str) -> None:
    page.form.set_values(
        {"committee.name": "六十亩村人民调解委员会", "mediator.name": "王建国", **values}
    )


def test_the_first_start_stores_committee_and_mediator(start: Starter) -> None:
    store = MemoryStore()
    started = start(PretendedHouse(store, vault=False))
    page = started.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    assert "password" not in page.form.fields  # the keyring keeps the key
    fill(page)
    page.go.click()
    assert started.window.current_key() == "cases"
    with store.unit() as unit:
        assert [one.name for one in unit.records.all(Committee)] == ["六十亩村人民调解委员会"]
        assert unit.actor.name == "王建国"


def test_a_region_code_brings_the_name_of_its_county(start: Starter) -> None:
    store = MemoryStore()
    started = start(PretendedHouse(store, vault=False))
    page = started.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    assert started.house.regions_read == 0  # only somebody who writes a code needs the table
    fill(page)
    code = page.form.fields["committee.region_code"]
    type_text(code.focusProxy(), "450327101220")
    page.form.focus_field("mediator.name")
    code.left.emit()
    assert started.house.regions_read == 1
    page.go.click()
    with store.unit() as unit:
        committee = unit.records.all(Committee)[0]
    assert committee.region_name == "广西壮族自治区桂林市灌阳县"


def test_the_usual_start_reads_no_regions(start: Starter, memory: MemoryStore) -> None:
    started = start(PretendedHouse(memory))
    assert started.window.current_key() == "cases"
    assert started.house.regions_read == 0


def test_without_a_keyring_a_password_is_set_twice(start: Starter) -> None:
    house = PretendedHouse(MemoryStore(), vault=False, keyring="")
    started = start(house)
    page = started.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    fill(page, password="短", password_again="短")
    page.go.click()
    assert "10" in page.form.fields["password"].problem_text()
    fill(page, password=PASSWORD * 2, password_again=PASSWORD)
    page.go.click()
    assert page.form.fields["password_again"].problem_text()
    assert page.form.fields["committee.name"].value()  # nothing typed is lost
    fill(page, password=PASSWORD * 2, password_again=PASSWORD * 2)
    page.go.click()
    assert house.password == PASSWORD * 2
    assert started.window.current_key() == "cases"


def test_what_is_missing_is_said_at_its_place(start: Starter) -> None:
    started = start(PretendedHouse(MemoryStore(), vault=False))
    page = started.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    page.form.set_values({"committee.region_code": "4503", "address": "https://x.example"})
    page.go.click()
    wrong = {name for name, field in page.form.fields.items() if field.problem_text()}
    assert wrong == {"committee.name", "committee.region_code", "mediator.name", "code"}


def test_a_start_that_was_broken_off_is_taken_up_again(start: Starter) -> None:
    """The vault was made, the committee was not stored: it is asked for, the password is not."""
    started = start(PretendedHouse(MemoryStore(), keyring=""))
    page = started.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    assert "password" not in page.form.fields
    fill(page)
    page.go.click()
    assert started.window.current_key() == "cases"


def test_enrolment_may_wait_and_its_failure_stops_nobody(start: Starter) -> None:
    house = PretendedHouse(MemoryStore(), vault=False)
    house.enrol_refusal = refuse(ProblemCode.COUNTY_UNREACHABLE)
    started = start(house)
    page = started.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    fill(page, address="https://county.example", code="ABCD-1234")
    page.go.click()
    assert started.window.current_key() == "cases"
    dialog = started.window.findChildren(QPushButton, "")
    assert any(button.text() == "知道了" for button in dialog)


def test_enrolment_at_the_first_start(start: Starter) -> None:
    house = PretendedHouse(MemoryStore(), vault=False)
    started = start(house)
    page = started.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    fill(page, address="https://county.example", code="ABCD-1234")
    page.go.click()
    assert house.enrolled == [("https://county.example", "ABCD-1234")]


def test_a_second_window_on_the_same_records_is_refused(tmp_path: Path) -> None:
    first = take_lock(tmp_path / "data")
    with pytest.raises(Refused) as refused:
        take_lock(tmp_path / "data")
    assert refused.value.first.code is ProblemCode.STORE_LOCKED_BY_OTHER
    first.close()
    take_lock(tmp_path / "data").close()


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused) as refused:
        take_lock(tmp_path / "file" / "data")
    assert refused.value.first.code is ProblemCode.STORE_FOLDER_UNUSABLE


def test_a_one_time_code_alone_is_enough(start: Starter) -> None:
    """The county knows committee and name; a supervisor has no committee at all."""
    house = PretendedHouse(MemoryStore(), vault=False)
    started = start(house)
    page = started.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    page.form.set_values({"address": "https://county.example", "code": "ABCD-1234"})
    page.go.click()
    assert house.enrolled == [("https://county.example", "ABCD-1234")]


def test_a_wrong_code_alone_leaves_the_page_and_what_was_typed(start: Starter) -> None:
    house = PretendedHouse(MemoryStore(), vault=False)
    house.enrol_refusal = refuse(ProblemCode.CODE_WRONG)
    started = start(house)
    page = started.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    page.form.set_values({"address": "https://county.example", "code": "ABCD-1234"})
    page.go.click()
    assert started.window.stack.currentWidget() is page
    assert page.form.fields["code"].problem_text()
    assert page.form.fields["code"].value() == "ABCD-1234"
