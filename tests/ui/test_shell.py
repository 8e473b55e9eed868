"""The window: keys, places made when visited, a status line that is always true, sending that never
runs twice.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.problems import ProblemCode, refuse
from app.services.contact_values import ContactPhase, Progress
from app.services.lines import Change, SyncStatus
from app.ui.runtime.changes import Changes
from app.ui.runtime.county_words import ago_words
from app.ui.runtime.desk import Desk
from app.ui.runtime.jobs import Jobs
from app.ui.runtime.marks import override
from app.ui.runtime.preferences import Preferences
from app.ui.runtime.problems import sentence_of_code
from app.ui.runtime.sending import Sending
from app.ui.shell.backstage import Sent
from app.ui.shell.courier import EVERY_MS, SOON_MS, Courier
from app.ui.shell.doors import Doors
from app.ui.shell.help import HelpDialog, help_text
from app.ui.shell.status import StatusLine, status_sentence
from app.ui.shell.window import GEOMETRY, SMALLEST, Window
from app.ui.shell.workspaces import Place
from tests.fakes import MemoryStore
from tests.ui.backstages import PretendedHouse
from tests.ui.desks import Heard, InstantJobs

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


class Room(QWidget):
    """A workspace that notes what it is asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        del desk
        self.asked: list[str] = []
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)

    def title(self) -> str:
        return "甲"

    def focus_target(self, target: str) -> None:
        self.asked.append(f"target {target}")

    def new(self) -> None:
        self.asked.append("new")

    def save(self) -> None:
        self.asked.append("save")


class Searchable(Room):
    """One that can be searched."""

    @override
    def find(self) -> None:  # type: ignore[override]  # the shell's verb
        self.asked.append("find")


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, made: list[str]) -> Iterator[Window]:
    def maker(key: str) -> Place:
        def make(given: Desk) -> QWidget:
            made.append(key)
            return (Searchable if key == "cases" else Room)(given)

        return Place(key, key, key if key != "cases" else "cases", make)

    window = Window(Preferences(None), [maker(key) for key in ("cases", "people", "settings")])
    qtbot.addWidget(window)
    window.show()
    window.open_desk(desk)
    yield window
    window.close()


def room(window: Window, key: str) -> Room:
    page = window.page(key)
    assert isinstance(page, Room)
    return page


def test_a_place_is_made_when_it_is_first_visited(window: Window, made: list[str]) -> None:
    assert made == ["cases"]
    window.show_place("people")
    window.show_place("cases")
    window.show_place("people")
    assert made == ["cases", "people"]


def press(qtbot: QtBot, window: Window, key: Qt.Key, control: bool = True) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window, key, modifier)


def test_keys_lead_to_places_and_verbs(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_2)
    assert window.current_key() == "people"
    assert window.rail.button("people").isChecked()
    press(qtbot, window, Qt.Key.Key_S)
    assert room(window, "people").asked == ["save"]
    press(qtbot, window, Qt.Key.Key_F)  # this page has no search: the cases have
    assert window.current_key() == "cases"
    press(qtbot, window, Qt.Key.Key_N)
    assert room(window, "cases").asked == ["find", "new"]


def test_f5_sends(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.status.send_wanted):
        press(qtbot, window, Qt.Key.Key_F5, control=False)


def test_the_keyboard_is_where_the_eye_is(window: Window) -> None:
    window.show_place("people")
    assert window.focusWidget() is room(window, "people").line


def test_a_case_is_opened_with_its_target(window: Window) -> None:
    window.show_place("settings")
    window.open_case("0190", "agreement.clauses")  # type: ignore[arg-type]  # any text does
    assert room(window, "cases").asked == ["target case:0190#agreement.clauses"]


def test_f1_helps_in_both_languages(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_F1, control=False)
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, HelpDialog)]
    assert len(dialogs) == 1
    assert dialogs[0].text.toPlainText()
    dialogs[0].close()
    for topic in ("start", "cases", "people", "waiting", "review", "papers", "settings"):
        assert help_text(topic)
    assert help_text("no such page") == help_text("start")


def test_the_window_fits_the_screen_and_remembers_its_place(qtbot: QtBot, window: Window) -> None:
    screen = QApplication.primaryScreen().availableSize()
    assert window.minimumWidth() == min(SMALLEST[0], screen.width())
    assert window.minimumHeight() == min(SMALLEST[1], screen.height())
    preferences = Preferences(None)
    first = Window(preferences, [])
    qtbot.addWidget(first)
    first.show()
    first.close()
    assert preferences.get(GEOMETRY)


# --- the status line ---


def status(**facts: object) -> SyncStatus:
    return SyncStatus(**{"enrolled": True, **facts})  # type: ignore[arg-type]  # named facts


def test_not_enrolled_is_said_and_nothing_is_waiting() -> None:
    text = status_sentence(SyncStatus(enrolled=False), NOW)
    assert text == "尚未登记到县局 · 记录都保存在本机"


def test_what_waits_since_when_and_why() -> None:
    known = status(waiting=12, waiting_bytes=48_000, last_contact=NOW - timedelta(days=3))
    text = status_sentence(known, NOW, trouble=ProblemCode.NO_NETWORK)
    assert text == "待上报 12 条（48 kB） · 上次县局已收 3 天前 · 当前无网络"
    files = replace(known, waiting_files=3, waiting_file_bytes=34_000_000)
    text = status_sentence(files, NOW, trouble=ProblemCode.FOREIGN_ANSWER)
    assert text.startswith("待上报 12 条、3 个文件（34.0 MB） · ")
    assert text.endswith("没有上报：这个网络要先登录")
    alone = replace(files, waiting=0, waiting_bytes=0)
    assert status_sentence(alone, NOW).startswith("待上报 3 个文件（34.0 MB）")


def test_last_contact_is_told_by_the_county_s_clock() -> None:
    known = status(last_contact=NOW, clock_offset_ms=3 * 3_600_000)
    assert "上次县局已收 2 天前" in status_sentence(known, NOW + timedelta(hours=45))


def test_the_line_shows_what_moves(qtbot: QtBot) -> None:
    line, sending = StatusLine(), Sending()
    qtbot.addWidget(line)
    line.follow(sending)
    line.show_status(status(waiting=1, waiting_bytes=10, clock_offset_ms=3_600_000))
    assert line.bar.isHidden()
    assert "请校准" in line.truth.toolTip()
    sending.begin()
    sending.hear(Progress(ContactPhase.FILES, 400, 1000))
    assert line.truth.text().endswith("正在传照片和扫描件……")
    assert (line.bar.value(), line.bar.isHidden()) == (40, False)
    sending.end()
    assert line.bar.isHidden()
    assert "正在" not in line.truth.text()


def test_no_network_is_said_only_when_it_was_tried() -> None:
    assert "网络" not in status_sentence(status(waiting=1, waiting_bytes=10), NOW)
    sending = Sending()
    sending.begin()
    assert status_sentence(status(), NOW, sending=sending).endswith("正在联系县局……")


def test_what_needs_a_person_is_said() -> None:
    text = status_sentence(status(attention=2, returned=1), NOW)
    assert "需要处理 2 条" in text
    assert "退回修改 1 件" in text


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=30), "刚刚"),
        (timedelta(minutes=5), "5 分钟前"),
        (timedelta(hours=3), "3 小时前"),
        (timedelta(days=9), "9 天前"),
    ],
)
def test_times_as_people_say_them(ago: timedelta, words: str) -> None:
    assert ago_words(NOW - ago, NOW) == words


def test_before_the_first_contact_no_moment_is_made_up() -> None:
    sentence = status_sentence(status(last_contact=None), NOW)
    assert "还没有和县局联系过" in sentence
    assert "上次县局已收" not in sentence


# --- sending ---


@pytest.fixture
def house(memory: MemoryStore) -> PretendedHouse:
    return PretendedHouse(memory)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def courier(qtbot: QtBot, heard: Heard, house: PretendedHouse, clock: Clock) -> Iterator[Courier]:
    del qtbot
    changes = Changes()
    courier = Courier(InstantJobs(changes, heard, house.unit), changes, house, now=clock)
    yield courier
    courier.stop()


def test_without_enrolment_nothing_is_sent_and_it_is_said(
    courier: Courier, house: PretendedHouse
) -> None:
    told: list[str] = []
    courier.told.connect(told.append)
    courier.know(SyncStatus(enrolled=False))
    courier.send_now()
    assert house.exchanges == 0
    assert told == [sentence_of_code("not_enrolled", "zh_CN")]


def test_what_came_of_it_is_said(courier: Courier, house: PretendedHouse) -> None:
    told: list[str] = []
    courier.told.connect(told.append)
    courier.know(status())
    house.sent = [Sent(12, 12, 3, 1, files_received=2)]
    courier.send_now()
    assert told == [
        "县局已收 12 条。收全了 2 个文件。收到县局那边的 3 条。有 1 条需要处理，请看“待上报”。"
    ]
    house.sent = [Sent(0, 0, 0, 0)]
    courier.send_now()
    assert told[-1] == "和县局对过了，没有新的。"


def test_trouble_is_said_in_words_and_remembered(courier: Courier, house: PretendedHouse) -> None:
    told: list[str] = []
    moved: list[tuple[bool, object]] = []
    courier.told.connect(told.append)
    courier.moved.connect(lambda sending, trouble: moved.append((sending, trouble)))
    courier.know(status())
    house.sent = [refuse(ProblemCode.FOREIGN_ANSWER)]
    courier.send_now()
    assert told == ["没有上报：这个网络要先登录"]
    assert moved == [(True, None), (False, ProblemCode.FOREIGN_ANSWER)]


def test_sending_says_how_far_it_is_and_then_that_it_has_ended(
    courier: Courier, house: PretendedHouse
) -> None:
    house.tells = [Progress(ContactPhase.TEXTS, 10, 100)]
    house.sent = [refuse(ProblemCode.NO_NETWORK)]
    told: list[str] = []
    seen: list[tuple[bool, Progress | None]] = []
    courier.told.connect(told.append)
    contact = courier.contact
    contact.moved.connect(lambda: seen.append((contact.under_way, contact.progress)))
    courier.know(status())
    courier.send_now()
    assert seen == [(True, None), (True, house.tells[0]), (False, None)]
    assert told == ["没有报完：没有网络"]  # what had gone out is not denied
    assert not courier.sending


def test_what_is_left_is_said(courier: Courier, house: PretendedHouse) -> None:
    told: list[str] = []
    courier.told.connect(told.append)
    courier.know(status())
    house.sent = [Sent(5, 5, 0, 0, more=True)]
    courier.send_now()
    assert told == ["县局已收 5 条。还有没报完的，过一会儿接着报。"]
    assert courier._timer.interval() == SOON_MS


def test_a_second_one_is_refused_at_once(courier: Courier, house: PretendedHouse) -> None:
    told: list[str] = []
    courier.told.connect(told.append)
    courier.know(status())
    courier._busy = True
    courier.send_now()
    assert house.exchanges == 0
    assert told == [sentence_of_code("exchange_running", "zh_CN")]


def test_sending_has_an_end_even_if_the_wire_never_comes_back(
    qtbot: QtBot, heard: Heard, house: PretendedHouse
) -> None:
    gate = threading.Event()
    changes = Changes()
    jobs = Jobs(changes, heard, house.unit)
    courier = Courier(jobs, changes, house)
    courier._silence.setInterval(1)
    house.wait = gate.wait
    moved: list[tuple[bool, object]] = []
    courier.moved.connect(lambda sending, trouble: moved.append((sending, trouble)))
    courier.know(status())
    courier.send_now()
    qtbot.waitUntil(lambda: not courier.sending)
    assert moved == [(True, None), (False, ProblemCode.ANSWER_TOO_LATE)]
    courier.send_now()
    assert house.exchanges == 1  # the first one may still come back
    with qtbot.waitSignal(courier.finished):
        gate.set()
    assert moved[-1] == (False, None)
    courier.stop()
    assert jobs.stop()


def test_a_change_is_sent_soon_but_not_into_a_dead_line(
    courier: Courier, house: PretendedHouse
) -> None:
    courier.know(status())
    house.sent = [refuse(ProblemCode.NO_NETWORK)]
    courier.send_now()
    before = courier._timer.interval()
    courier.nudge(Change(kinds=frozenset({"case"})))
    assert courier._timer.interval() == before
    courier.send_now()
    courier.nudge(Change(kinds=frozenset({"case"})))
    assert courier._timer.interval() == SOON_MS


def test_who_saves_all_the_time_does_not_put_it_off(courier: Courier) -> None:
    courier.know(status())
    courier._timer.start(1000)
    courier.nudge(Change(kinds=frozenset({"case"})))
    assert courier._timer.interval() == 1000


# --- when it is tried again: the store knows ---


def later(**time: float) -> SyncStatus:
    return status(trouble="no_network", failures=2, next_try=NOW + timedelta(**time))


def test_after_a_restart_the_next_try_is_what_the_store_says(courier: Courier) -> None:
    moved: list[tuple[bool, object]] = []
    courier.moved.connect(lambda sending, trouble: moved.append((sending, trouble)))
    courier.know(later(minutes=5))
    assert courier._timer.interval() == 5 * 60 * 1000
    assert moved == [(False, ProblemCode.NO_NETWORK)]


@pytest.mark.parametrize("time", [timedelta(days=300), timedelta(minutes=-3)])
def test_a_clock_that_jumped_holds_nothing_up(courier: Courier, time: timedelta) -> None:
    courier.know(status(trouble="no_network", failures=1, next_try=NOW + time))
    assert courier._timer.interval() == 1


def test_a_try_that_left_no_new_date_is_not_repeated_at_once(
    courier: Courier, house: PretendedHouse
) -> None:
    overdue = later(minutes=-3)
    courier.know(overdue)
    house.sent = [refuse(ProblemCode.STORE_BUSY)]
    courier._begin()
    courier.know(overdue)
    assert courier._timer.interval() == EVERY_MS


def test_a_network_that_comes_back_is_used_at_once(courier: Courier, house: PretendedHouse) -> None:
    house.way_out = False
    courier.know(later(hours=1))
    courier.look_around()
    assert house.exchanges == 0
    house.way_out = True
    courier.look_around()
    assert house.exchanges == 1
    assert not courier._watch.isActive()


def test_a_moment_that_passed_in_sleep_is_made_up_for(
    courier: Courier, house: PretendedHouse, clock: Clock
) -> None:
    courier.know(later(minutes=30))
    courier.look_around()
    assert house.exchanges == 0
    clock.at = NOW + timedelta(minutes=31)
    courier.look_around()
    assert house.exchanges == 1


def test_a_contact_by_the_command_line_ends_the_trouble(courier: Courier) -> None:
    moved: list[tuple[bool, object]] = []
    courier.know(later(hours=1))
    courier.moved.connect(lambda sending, trouble: moved.append((sending, trouble)))
    courier.know(status())
    assert moved == [(False, None)]
    assert courier._timer.interval() == EVERY_MS


def test_what_is_said_by_a_timer_is_said_only_when_it_is_news(
    courier: Courier, house: PretendedHouse
) -> None:
    told: list[str] = []
    courier.told.connect(told.append)
    courier.know(status())
    courier._begin()
    house.sent = [refuse(ProblemCode.NO_NETWORK)]
    courier._begin()
    assert told == []
    house.sent = [Sent(0, 0, 2, 0)]
    courier._begin()
    assert told == ["收到县局那边的 2 条。"]


# --- the doors ---


def broken_error() -> ValueError:
    """An exception with a trace, and with words that nobody may read."""
    try:
        raise ValueError("王建国 450327197503150020")
    except ValueError as error:
        return error


def test_a_bug_is_a_sentence_and_a_report_without_words(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    logs = tmp_path_factory.mktemp("logs")
    window = QWidget()
    qtbot.addWidget(window)
    doors = Doors(lambda: "0.1.0", logs)
    doors.window = window
    doors.broken(broken_error())
    qtbot.waitUntil(lambda: doors.open_dialog() is not None)
    dialog = doors.open_dialog()
    assert dialog is not None
    assert "Traceback" not in dialog.text.text()
    assert "王建国" not in doors.last_report
    assert "test_shell.py" in doors.last_report
    reports = list(logs.iterdir())
    assert [report.read_text(encoding="utf-8") for report in reports] == [doors.last_report]
    doors._write_report(str(logs / "saved.txt"))
    assert (logs / "saved.txt").read_text(encoding="utf-8") == doors.last_report
    dialog.close()


def test_a_refusal_is_shown_in_words(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    doors = Doors(lambda: "0.1.0", None)  # type: ignore[arg-type]  # nothing is written
    doors.window = window
    doors.refused(refuse(ProblemCode.DISK_FULL))
    dialog = doors.open_dialog()
    assert dialog is not None
    assert dialog.text.text() == sentence_of_code("disk_full", "zh_CN")
    dialog.accept()
