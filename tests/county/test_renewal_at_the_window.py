"""What a mediator sees when the county no longer listens to the laptop, and what it takes until it
does again: the real window, the real store, a real county.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.county.clock import utc_now
from app.county.contact import take_parts
from app.county.exchange import County
from app.county.inbox import Inbox, State
from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.ids import new_id
from app.domain.problems import ProblemCode, refuse
from app.main import House
from app.services import renewal
from app.services.contact_values import in_silence
from app.services.parcel_files import find_parcels
from app.ui.runtime.changes import Changes
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.preferences import Preferences
from app.ui.runtime.problems import sentence_of_code
from app.ui.settings.page import Workspace as Settings
from app.ui.shell.doors import Doors
from app.ui.shell.opening import Opening
from app.ui.shell.start import EarlyUnlock
from app.ui.shell.window import Window
from app.ui.waiting.page import Workspace as Waiting
from app.ui.widgets.frame import Banner
from tests.county.server import RunningCounty

PATIENCE_MS = 20_000
PASSWORD = "村口的大槐树下等你回来"


@dataclass
class Seat:
    """A mediator's window on the laptop that was struck off."""

    house: House
    window: Window
    opening: Opening
    bot: QtBot

    @property
    def waiting(self) -> Waiting:
        page = self.window.page("waiting")
        assert isinstance(page, Waiting)
        return page

    @property
    def settings(self) -> Settings:
        page = self.window.page("settings")
        assert isinstance(page, Settings)
        return page

    def banner(self) -> Banner | None:
        return self.waiting.page._banner

    def banner_text(self) -> str:
        shown = self.banner()
        return shown.text.text() if shown else ""

    def press_banner(self) -> None:
        shown = self.banner()
        assert shown is not None
        QTest.mouseClick(shown.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)

    def until(self, so: Callable[[], bool]) -> None:
        self.bot.waitUntil(so, timeout=PATIENCE_MS)

    def press_send(self) -> None:
        with self.bot.waitSignal(self.opening.courier.finished, timeout=PATIENCE_MS):
            self.opening.courier.send_now()

    def type_code(self, code: str) -> None:
        """Where the cursor is, as a person does."""
        field = self.window.focusWidget()
        assert field is not None
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, code)
        QTest.mouseClick(self.settings.county.enrol_button, Qt.MouseButton.LeftButton)

    def in_code_field(self) -> bool:
        code = self.settings.county.form.fields["code"]
        focused = self.window.focusWidget()
        there = bool(self.settings.county.form.values()["address"])
        return there and focused is not None and code.isAncestorOf(focused)

    def setting(self, name: str) -> str | None:
        with self.house.unit() as unit:
            return unit.settings.get(name)

    def left(self) -> int:
        with self.house.unit() as unit:
            return unit.lists.status().waiting


@pytest.fixture
def account(county: RunningCounty) -> str:
    return county.mediator(county.committee())


@pytest.fixture
def seat(qtbot: QtBot, county: RunningCounty, account: str, tmp_path: Path) -> Iterator[Seat]:
    house = House(tmp_path / "laptop")
    house.create(PASSWORD)
    house.enrol(house.unit, county.address, county.code(account))
    house.exchange(house.unit, in_silence)
    write(house, "屋檐滴水")
    house.exchange(house.unit, in_silence)
    write(house, "宅基地边界")
    changes = Changes()
    doors = Doors(lambda: "0", tmp_path / "logs")
    jobs = Jobs(changes, doors, house.unit)
    window = Window(Preferences(None))
    qtbot.addWidget(window)
    window.show()
    doors.window = window
    opening = Opening(window, jobs, changes, doors, house, Preferences(None))
    with qtbot.waitSignal(opening.opened, timeout=PATIENCE_MS):
        opening.expect(EarlyUnlock(jobs, house, PASSWORD))
    made = Seat(house, window, opening, qtbot)
    county.revoke(made.setting("device.id") or "")
    window.show_place("waiting")
    made.press_send()
    yield made
    window.close()
    jobs.run_records(jobs, house.close_quick)
    assert jobs.stop()
    house.close()


def write(house: House, matter: str) -> Case:
    with house.unit() as unit:
        committee = unit.actor.committee_id
        assert committee
        case = Case(id=new_id(), committee_id=committee, matter=matter)
        unit.records.put(case)
        unit.commit(Act.CASE_REGISTERED, case.id)
    return case


def enrol_beside(folder: Path, address: str, code: str) -> House:
    """The command line enrols the folder anew while a window is open on it."""
    other = House(folder)
    other.unlock(PASSWORD)
    other.enrol(other.unit, address, code)
    return other


def test_one_step_leads_from_the_trouble_to_everything_received(
    seat: Seat, county: RunningCounty, account: str
) -> None:
    before = seat.setting("device.id")
    seat.until(lambda: "新的登记码" in seat.banner_text())
    assert seat.banner_text() == sentence_of_code("device_revoked", "zh_CN")
    assert not seat.waiting.send.isVisible()
    seat.press_banner()
    assert seat.window.current_key() == "settings"
    section = seat.settings.county
    seat.until(seat.in_code_field)
    seat.until(lambda: "县局停用了这台电脑" in section.state.text())
    assert section.story.isVisible()
    assert section.form.values()["address"] == county.address
    assert not section.again.isVisible()
    # Somebody else's code, and a wrong one, are said at the field; what was typed stays.
    other = county.code(county.mediator(county.committee(), "赵调解"))
    seat.type_code(other)
    field = section.form.fields["code"]
    seat.until(lambda: field.problem_text() == sentence_of_code("code_not_yours", "zh_CN"))
    assert seat.in_code_field()
    assert section.form.values()["code"] == other
    seat.type_code(county.code(account))
    assert "核对记录" in section.message.text()
    assert not section.enrol_button.isEnabled()
    with seat.bot.waitSignal(seat.opening.courier.finished, timeout=PATIENCE_MS):
        seat.until(lambda: seat.setting("device.id") != before)
    now = seat.setting("device.id")
    assert now
    assert seat.left() == 0
    assert [one.seq for one in county.held(now)] == list(range(1, len(county.held(now)) + 1))
    seat.until(lambda: not section.form.isVisible())
    assert section.send.isVisible()
    assert section.state.text().count("\n") == 1  # with whom, and that nothing waits
    seat.window.show_place("waiting")
    seat.until(lambda: seat.banner() is None and seat.waiting.send.isVisible())
    seat.until(lambda: seat.window.status.truth.text().startswith("没有待上报的"))
    assert "停用" not in seat.window.status.truth.text()


def test_what_is_written_afterwards_bears_the_new_identity_without_a_restart(
    seat: Seat, county: RunningCounty, account: str
) -> None:
    seat.window.show_place("settings", "county.code")
    seat.until(seat.in_code_field)
    before = seat.setting("device.id")
    seat.type_code(county.code(account))
    with seat.bot.waitSignal(seat.opening.courier.finished, timeout=PATIENCE_MS):
        seat.until(lambda: seat.setting("device.id") != before)
    case = write(seat.house, "田埂")
    seat.press_send()
    now = seat.setting("device.id") or ""
    assert seat.left() == 0
    assert case.id in [one.case_id for one in county.held(now)]
    with seat.house.unit() as unit:
        assert unit.journal.verify().broken_at is None
        signer = seat.house.seal(unit)
        about = seat.house._device
        assert about is not None
        assert about.device_id == now
        assert about.paper is not None
        # The county vouches for the new key for papers already.
        assert unit.settings.get("paper.certificate")
        assert signer is not None


def test_an_enrolment_that_broke_off_goes_on_without_a_code(
    seat: Seat, county: RunningCounty, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.until(lambda: "新的登记码" in seat.banner_text())
    seat.press_banner()
    seat.until(seat.in_code_field)
    before, section = seat.setting("device.id"), seat.settings.county

    def cut(*_: object) -> bool:
        raise refuse(ProblemCode.ANSWER_CUT)

    with monkeypatch.context() as patch:
        patch.setattr(renewal, "_one_page", cut)
        seat.type_code(county.code(account))
        seat.until(lambda: "不用再要登记码" in section.state.text())
    assert not section.form.isVisible()
    assert section.send.isVisible()
    assert seat.setting("device.id") == before
    seat.window.show_place("waiting")
    seat.until(lambda: "不用再要登记码" in seat.banner_text())
    with seat.bot.waitSignal(seat.opening.courier.finished, timeout=PATIENCE_MS):
        QTest.mouseClick(seat.waiting.send, Qt.MouseButton.LeftButton)
    assert seat.setting("device.id") != before
    assert seat.left() == 0
    seat.until(lambda: seat.banner() is None)
    seat.until(section.message.isHidden)  # nothing old is said any more


def test_an_enrolment_that_broke_off_may_also_be_begun_with_another_code(
    seat: Seat, county: RunningCounty, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.until(lambda: "新的登记码" in seat.banner_text())
    seat.press_banner()
    seat.until(seat.in_code_field)

    def cut(*_: object) -> bool:
        raise refuse(ProblemCode.ANSWER_CUT)

    before, section = seat.setting("device.id"), seat.settings.county
    with monkeypatch.context() as patch:
        patch.setattr(renewal, "_one_page", cut)
        seat.type_code(county.code(account))
        seat.until(lambda: "不用再要登记码" in section.state.text())
    QTest.mouseClick(section.again, Qt.MouseButton.LeftButton)
    seat.until(seat.in_code_field)
    seat.type_code(county.code(account))
    with seat.bot.waitSignal(seat.opening.courier.finished, timeout=PATIENCE_MS):
        seat.until(lambda: seat.setting("device.id") != before)
    assert seat.left() == 0
    seat.until(lambda: not section.form.isVisible())


def test_who_is_struck_off_half_way_needs_another_code_and_no_more(
    seat: Seat, county: RunningCounty, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.until(lambda: "新的登记码" in seat.banner_text())
    seat.press_banner()
    seat.until(seat.in_code_field)

    def cut(*_: object) -> bool:
        raise refuse(ProblemCode.ANSWER_CUT)

    section = seat.settings.county
    with monkeypatch.context() as patch:
        patch.setattr(renewal, "_one_page", cut)
        seat.type_code(county.code(account))
        seat.until(lambda: "不用再要登记码" in section.state.text())
    stopped = seat.setting("upcoming.device.id") or ""
    county.revoke(stopped)
    seat.press_send()
    seat.window.show_place("waiting")
    seat.until(lambda: "新的登记码" in seat.banner_text())
    seat.press_banner()
    seat.until(seat.in_code_field)
    seat.type_code(county.code(account))
    with seat.bot.waitSignal(seat.opening.courier.finished, timeout=PATIENCE_MS):
        seat.until(lambda: seat.setting("upcoming.device.id") is None)
    assert seat.left() == 0
    assert seat.setting("device.id") not in (None, stopped)
    with seat.house.unit() as unit:
        assert unit.lists.status().attention == 0


def test_the_command_line_may_have_done_it_meanwhile(
    seat: Seat, county: RunningCounty, account: str, tmp_path: Path
) -> None:
    enrol_beside(tmp_path / "laptop", county.address, county.code(account)).close()
    seat.press_send()
    write(seat.house, "田埂")
    seat.press_send()
    assert seat.left() == 0
    assert {one.device_id for one in county.held(seat.setting("device.id") or "")}


def test_an_open_window_goes_on_as_who_the_command_line_has_made_it(
    seat: Seat, county: RunningCounty, account: str, tmp_path: Path
) -> None:
    old = write(seat.house, "堂屋漏雨")
    enrol_beside(tmp_path / "laptop", county.address, county.code(account)).close()
    # No contact in between: the very next save is kept.
    with seat.house.unit() as unit:
        unit.records.put(replace(old, facts="瓦片掉了三块"), based_on=old)
        unit.commit(Act.CASE_SAVED, old.id)
    fresh = write(seat.house, "田埂")
    assert {one.key: one.good for one in seat.house.look_over()}["journal"]
    seat.press_send()
    assert seat.left() == 0
    now = seat.setting("device.id") or ""
    assert {old.id, fresh.id} <= {one.case_id for one in county.held(now)}


def test_a_stick_is_written_as_who_the_command_line_has_made_it(
    seat: Seat, county: RunningCounty, account: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    enrol_beside(tmp_path / "laptop", county.address, county.code(account)).close()
    seat.house.usb_export(seat.house.unit, stick, lambda _: None)
    (parcel,) = find_parcels(stick)
    head = parcel.head_if_any()
    assert head is not None
    assert head.sender == seat.setting("device.id")


def test_a_stick_is_read_as_who_the_command_line_has_made_it(
    seat: Seat, county: RunningCounty, account: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    other = enrol_beside(tmp_path / "laptop", county.address, county.code(account))
    other.usb_export(other.unit, stick, lambda _: None)
    other.close()
    desk = County(county.engine, county.key, utc_now, county.folder)
    looked = Inbox(desk, county.folder, partial(take_parts, desk), stick)
    assert [one.state for one in looked.look()] == [State.TAKEN]
    assert seat.house.usb_read(seat.house.unit, stick).received > 0
    assert seat.left() == 0
