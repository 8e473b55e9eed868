"""Waiting: entries and files in words, what needs a person first, what moves, and never more than
the journal, receipts and a measured line say.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.acts import Act
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Case
from app.domain.ids import RecordId, new_id
from app.domain.problems import ProblemCode, refuse
from app.domain.settlements import Choice
from app.services.conflicts import ConflictLine, OpenConflict, Written
from app.services.contact_values import ContactPhase, Progress
from app.services.lines import Change, Delivery, SyncStatus, WaitingLine
from app.services.ports import UnitOfWork
from app.services.usb import UsbExport
from app.ui.runtime.county_words import (
    clock_words,
    delivery_tip,
    forecast_words,
    span_words,
    trouble_words,
)
from app.ui.runtime.desk import Desk
from app.ui.runtime.office import StickRead
from app.ui.runtime.problems import sentence_of_code
from app.ui.runtime.sending import Sending
from app.ui.waiting import page as waiting_page
from app.ui.waiting.actions import Tail, entries_apart, in_order, read_tail
from app.ui.waiting.page import Workspace
from app.ui.waiting.question import QuestionDialog
from app.ui.waiting.sayings import next_try_words, question_text
from app.ui.widgets.conflict_card import ConflictCard
from app.ui.widgets.frame import Banner
from app.ui.widgets.sizes import size_words
from tests.fakes import MemoryStore
from tests.ui.desks import Heard

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
WAITS = WaitingLine(
    seq=7,
    at=AT,
    act="case.saved",
    case_id=RecordId("0190-a"),
    case_title="王某与李某邻里纠纷",
    size=2400,
    delivery=Delivery.WAITING,
)
CONFLICT = replace(
    WAITS,
    seq=8,
    act="session.saved",
    case_id=RecordId("0190-b"),
    delivery=Delivery.ATTENTION,
    problem="verdict_conflict",
)
NO_CASE = replace(WAITS, seq=9, act="person.saved", case_id=None, case_title="", size=900_000)
PHOTO = replace(
    WAITS, act="attachment.added", file="ab" * 32, name="屋檐", kind="photo", size=2_400_000
)
BROKEN = replace(PHOTO, file="cd" * 32, delivery=Delivery.ATTENTION, problem="attachment_missing")
REFUSED = replace(
    WAITS,
    seq=11,
    act="session.saved",
    delivery=Delivery.ATTENTION,
    problem="verdict_scope",
    record="session:0190-s",
)
WROTE = Written(value="墙面发霉", by="王建国", at=AT, clock_error_ms=1000)
LINE = ConflictLine(
    key="case:0190-b:facts",
    kind="case",
    record_id=RecordId("0190-b"),
    title="",
    field="facts",
    in_force=WROTE,
    other=replace(WROTE, value="墙面脱落", by="赵春梅", clock_error_ms=-3 * 3_600_000),
    collides=True,
)
OTHERWISE = replace(LINE, in_force=replace(WROTE, value="墙面开裂"))
DOUBLE = OpenConflict(
    entry_hash="h8",
    case_id=RecordId("0190-b"),
    case_title="王某与李某邻里纠纷",
    act="case.saved",
    by="赵春梅",
    at=AT,
    clock_error_ms=None,
    own=True,
    lines=(LINE,),
    adds=(),
    sealed=False,
    for_supervisor=False,
    may_settle=True,
)
CONFLICT = replace(CONFLICT, hash="h8")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Workspace:
    page = Workspace(desk)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


def show(
    page: Workspace,
    *lines: WaitingLine,
    conflicts: dict[str, OpenConflict] | None = None,
    **status: Any,
) -> None:
    known = SyncStatus(**{"enrolled": True, **status})
    page._show(Tail(in_order(lines), known, conflicts or {}))


def banner_of(page: Workspace) -> Banner:
    banner = page.page._banner
    assert banner is not None
    return banner


def text(page: Workspace, row: int) -> list[str]:
    model = page.model
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_entries_and_files_in_words_and_who_needs_somebody_first(page: Workspace) -> None:
    show(page, WAITS, CONFLICT, NO_CASE, PHOTO)
    assert text(page, 0)[0] == "改了调解记录"
    assert text(page, 1) == [
        "改了案件内容",
        "王某与李某邻里纠纷",
        "2026-11-20 12:00",
        "2 kB",
        "待上报",
    ]
    assert text(page, 2)[1] == "—"
    assert text(page, 3)[0] == "照片 屋檐"
    assert text(page, 3)[3] == "2.4 MB"


def test_the_head_counts_and_forecasts(page: Workspace) -> None:
    much: dict[str, Any] = {
        "waiting": 12,
        "waiting_bytes": 1_200_000,
        "waiting_files": 3,
        "waiting_file_bytes": 34_000_000,
    }
    show(page, WAITS, PHOTO, **much)
    assert page.summary.counts.text() == "待上报：12 条记录（1.2 MB），3 个文件（34.0 MB）"
    assert page.summary.forecast.text() == "还没有测过网速，报过一次就知道要多久。"
    assert page.summary.contact.text() == "还没有和县局联系过"
    show(page, WAITS, **much, line_rate=30_000)
    assert page.summary.forecast.text() == (
        "按上次的网速（约 30 KB/秒）：文字约 10 秒，文件约 19 分钟。"
    )


def test_last_contact_is_told_with_how_long_ago_and_what_waits_longest(
    page: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.waiting.summary.right_now", lambda: AT + timedelta(hours=3))
    show(page, WAITS, waiting=1, last_contact=AT, oldest_waiting=AT - timedelta(days=5))
    assert page.summary.contact.text() == (
        "上次联系：2026-11-20 12:00（3 小时前） · 最早的一条等了 5 天"
    )


def test_a_red_line_has_its_reason_and_ways_on(page: Workspace, heard: Heard) -> None:
    show(page, WAITS, REFUSED)
    assert page.detail.text.text().startswith(sentence_of_code("verdict_scope", "zh_CN"))
    assert "不会丢" in page.detail.text.text()
    assert page.detail.what.text() == "改了调解记录 · 调解会 · 王某与李某邻里纠纷"
    assert page.detail.open.text() == "打开并改正"
    page.detail.open.click()
    assert heard.opened == [("0190-a", "session:0190-s")]
    assert page.detail.again.isHidden()  # nothing to send again: it is judged anew when mended
    page.table.choose_row(1)
    assert "回执" in page.detail.text.text()
    assert page.detail.ask.isHidden()
    page.table.opened.emit(WAITS)
    assert heard.opened[-1] == ("0190-a", "")


def test_a_file_is_tried_again_by_hand(page: Workspace, heard: Heard, memory: MemoryStore) -> None:
    digest = keep_photo(memory)
    with memory.unit() as unit:
        unit.files.put_off(digest, "attachment_missing", None)
        unit.commit()
    show(page, replace(BROKEN, file=digest))
    assert page.detail.text.text() == sentence_of_code("attachment_missing", "zh_CN")
    page.detail.again.click()
    assert heard.sent == 1
    with memory.unit() as unit:
        assert [one.problem for one in unit.files.waiting(9)] == [""]


def keep_photo(memory: MemoryStore) -> str:
    with memory.unit() as unit:
        case = Case(id=new_id(), committee_id=unit.actor.committee_id or new_id(), matter="滴水")
        digest = unit.files.keep(b"a picture")
        unit.records.put(case)
        unit.records.put(
            Attachment(
                id=new_id(),
                case_id=case.id,
                kind=AttachmentKind.PHOTO,
                sha256=digest,
                size=9,
                media_type="image/jpeg",
                name="屋檐.jpg",
            )
        )
        unit.commit(Act.ATTACHMENT_ADDED, case.id)
    return digest


def test_files_are_read_with_the_entries(memory: MemoryStore) -> None:
    digest = keep_photo(memory)
    with memory.unit() as unit:
        tail = read_tail(unit)
    assert [one.file for one in tail.lines if one.file] == [digest]
    assert tail.conflicts == {}


def test_the_trouble_of_a_file_is_not_told_twice() -> None:
    entry = replace(WAITS, delivery=Delivery.ATTENTION, problem="attachment_missing")
    assert entries_apart([entry], [BROKEN], receipted=7) == []
    (line,) = entries_apart([entry], [BROKEN], receipted=6)
    assert (line.delivery, line.problem) == (Delivery.WAITING, "")
    assert entries_apart([CONFLICT], [BROKEN], receipted=9) == [CONFLICT]


def test_the_note_for_the_justice_office_names_nobody_but_the_case(
    qtbot: QtBot, page: Workspace
) -> None:
    note = question_text(BROKEN, "zh_CN")
    assert "王某与李某邻里纠纷" in note
    assert "屋檐" not in note  # what people call a file may name anybody
    assert sentence_of_code("attachment_missing", "zh_CN") in note
    show(page, BROKEN)
    page.detail.ask.click()
    dialog = page.findChild(QuestionDialog)
    assert isinstance(dialog, QuestionDialog)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == note
    dialog.reject()


def test_an_entry_without_a_case_opens_none(page: Workspace, heard: Heard) -> None:
    show(page, NO_CASE)
    page.table.choose_row(0)
    assert page.detail.open.isHidden()
    page.table.opened.emit(NO_CASE)
    assert heard.opened == []


def test_a_person_that_was_refused_is_opened_among_the_people(
    page: Workspace, heard: Heard
) -> None:
    refused = replace(REFUSED, case_id=None, case_title="", record="person:0190-p")
    show(page, refused)
    page.detail.open.click()
    assert heard.went == [("people", "person:0190-p")]


# --- what moves ---


def test_sending_shows_what_moves_and_ends_with_the_contact(page: Workspace, heard: Heard) -> None:
    show(page, WAITS, PHOTO, waiting=1, waiting_files=1)
    assert page.summary.line.isHidden()
    heard.sending.begin()
    assert page.summary.line.what.text() == "正在联系县局……"
    assert text(page, 0)[-1] == "待上报"
    assert not page.send.isEnabled()
    heard.sending.hear(Progress(ContactPhase.TEXTS, 1_000, 2_000_000, 10_000))
    assert [text(page, row)[-1] for row in (0, 1)] == ["正在上报", "待上报"]
    heard.sending.hear(Progress(ContactPhase.FILES, 800_000, 2_000_000, 10_000))
    assert [text(page, row)[-1] for row in (0, 1)] == ["待上报", "正在上报"]
    assert page.summary.line.bar.value() == 40
    assert page.summary.line.much.text() == "0.8 MB / 2.0 MB，还要约 2 分钟"
    show(page, REFUSED, BROKEN)  # what needs a person is not on its way
    assert [text(page, row)[-1] for row in (0, 1)] == ["需要处理", "需要处理"]
    show(page, WAITS, PHOTO, waiting=1, waiting_files=1)
    heard.sending.hear(Progress(ContactPhase.FETCHING))
    assert page.summary.line.what.text() == "正在取回县局那边的……"
    heard.sending.end()
    assert page.summary.line.isHidden()
    assert [text(page, row)[-1] for row in (0, 1)] == ["待上报", "待上报"]
    assert page.send.isEnabled()


def test_words_that_come_after_the_end_are_not_shown(page: Workspace, heard: Heard) -> None:
    heard.sending.begin()
    heard.sending.end()
    heard.sending.hear(Progress(ContactPhase.TEXTS, 1, 2))
    assert heard.sending.progress is None
    assert page.summary.line.isHidden()


def test_time_left_is_told_by_what_moved() -> None:
    clock = [0.0]
    sending = Sending(lambda: clock[0])
    sending.begin()
    sending.hear(Progress(ContactPhase.FILES, 0, 1_000_000))
    assert sending.seconds_left() is None  # nobody can know yet
    clock[0] = 10.0
    sending.hear(Progress(ContactPhase.FILES, 100_000, 1_000_000, 77))
    assert sending.seconds_left() == 90
    assert sending.percent() == 10


# --- trouble ---


def test_trouble_is_a_sentence_with_the_next_try(
    page: Workspace, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_page, "right_now", lambda: AT)
    later = AT + timedelta(minutes=5)
    show(page, WAITS, trouble="foreign_answer", failures=2, next_try=later)
    banner = banner_of(page)
    assert "要先登录" in banner.text.text()
    assert banner.text.text().endswith("约 5 分钟后自动再试（12:05）。")
    heard.sending.begin()
    assert page.page._banner is None


@pytest.mark.parametrize("code", ["device_revoked", "store_went_back"])
def test_who_is_no_longer_heard_is_led_to_a_new_code(
    page: Workspace, heard: Heard, code: str
) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    show(page, WAITS, trouble=code, failures=3, next_try=later)
    said = banner_of(page).accessibleName()
    assert said == sentence_of_code(code, "zh_CN")  # and nothing of trying again by itself
    assert "新的登记码" in said
    assert "不会丢" in said
    assert not page.send.isVisible()
    banner_of(page).pressed.emit()
    assert heard.went == [("settings", "county.code")]
    show(page, WAITS)
    assert page.page._banner is None
    assert page.send.isVisible()


def test_an_enrolment_that_broke_off_needs_no_code(page: Workspace, heard: Heard) -> None:
    page._show(Tail((WAITS,), SyncStatus(enrolled=True), taken_in=True))
    assert "不用再要登记码" in banner_of(page).accessibleName()
    page.send.click()
    assert heard.sent == 1


def test_a_next_try_that_a_wrong_clock_left_is_now() -> None:
    status = SyncStatus(enrolled=True, next_try=AT + timedelta(days=300))
    assert next_try_words(status, AT) == "马上自动再试。"
    assert next_try_words(SyncStatus(enrolled=True), AT) == ""


def test_a_clock_that_is_far_off_is_said_calmly(page: Workspace) -> None:
    show(page, WAITS, clock_offset_ms=3 * 3_600_000)
    assert page.summary.clock.text() == (
        "本机时间可能不对（与县局相差 3 小时），不影响上报，请校准。"
    )
    show(page, WAITS, clock_offset_ms=-60_000)
    assert page.summary.clock.isHidden()
    assert clock_words(SyncStatus(enrolled=True), AT) == ""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("no_network", "没有上报：没有网络"),
        ("foreign_answer", "没有上报：这个网络要先登录"),
        ("line_not_county", "没有上报：这个网络要先登录"),
        ("county_older", "没有上报：县局的服务器还没更新"),
        ("disk_full", ""),
    ],
)
def test_troubles_in_a_few_words(code: str, said: str) -> None:
    assert trouble_words(code) == said


def test_what_had_gone_out_before_the_trouble_is_not_denied() -> None:
    assert trouble_words("no_network", partly=True) == "没有报完：没有网络"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "几秒钟"), (12, "约 10 秒"), (58, "约 1 分钟"), (1130, "约 19 分钟"), (9000, "约 2 小时")],
)
def test_spans_are_rough(seconds: int, said: str) -> None:
    assert span_words(seconds) == said


def test_nothing_to_send_has_no_forecast() -> None:
    assert forecast_words(SyncStatus(enrolled=True, line_rate=1)) == ""


def test_received_and_complete_are_told_apart() -> None:
    tips = {delivery_tip(one) for one in Delivery}
    assert len(tips) == len(Delivery)
    assert "还没有传齐" in delivery_tip(Delivery.RECEIVED)


# --- two hands ---


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Choice]]]:
    """What reaches the settling, which is tested with a real county elsewhere."""
    told: list[tuple[str, dict[str, Choice]]] = []

    def settle(
        _unit: UnitOfWork, digest: str, choices: dict[str, Choice], own: dict[str, str]
    ) -> None:
        assert own == {}
        told.append((digest, choices))

    monkeypatch.setattr("app.services.settling.settle", settle)
    return told


def card_of(page: Workspace) -> ConflictCard:
    card = page.detail.card
    assert card is not None
    return card


def press(card: ConflictCard, verb: str) -> None:
    next(one for one in card.findChildren(QPushButton) if one.text() == verb).click()


def said_by(card: ConflictCard) -> str:
    shown = " ".join(one.text() for one in card.findChildren(QLabel))
    return shown.replace("<b><u>", "").replace("</u></b>", "")


def test_two_hands_stand_side_by_side_and_a_person_chooses(
    page: Workspace,
    heard: Heard,
    decided: list[tuple[str, dict[str, Choice]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    show(page, CONFLICT, conflicts={"h8": DOUBLE})
    card = card_of(page)
    for part in ("墙面发霉", "墙面脱落", "王建国", "赵春梅", "那台电脑的钟快了约 3 小时"):
        assert part in said_by(card)
    press(card, "用那个")
    page._show(page._tail)  # read anew meanwhile: what was chosen stays
    assert page.detail.card is card
    read: list[bool] = []
    monkeypatch.setattr(page, "reload", lambda: read.append(True))
    card.settle_button.click()
    assert decided == [("h8", {LINE.key: Choice.OTHER})]
    assert heard.said == ["定好了。另一份也留在经过里。"]
    assert read == [True]


def test_what_was_chosen_stays_while_another_line_is_looked_at(
    page: Workspace, decided: list[tuple[str, dict[str, Choice]]]
) -> None:
    show(page, CONFLICT, WAITS, conflicts={"h8": DOUBLE})
    card = card_of(page)
    press(card, "用这个")
    page.table.choose_row(1)
    assert page.detail.card is None
    assert not card.isVisibleTo(page.detail)
    page.table.choose_row(0)
    assert card_of(page) is card
    assert card.isVisibleTo(page.detail)
    show(page, CONFLICT, WAITS, conflicts={"h8": replace(DOUBLE, lines=(OTHERWISE,))})
    assert card_of(page) is not card  # somebody has written meanwhile: what was chosen is not this
    card_of(page).settle()
    assert decided == []


def test_who_may_not_settle_is_told_who_does(page: Workspace) -> None:
    one = replace(DOUBLE, may_settle=False, for_supervisor=True, sealed=True)
    show(page, CONFLICT, conflicts={"h8": one})
    card = card_of(page)
    assert "由司法所或县局来定" in said_by(card)
    assert card.settle_button.isHidden()


def test_the_case_of_a_conflict_is_opened_where_two_people_wrote(
    page: Workspace, heard: Heard
) -> None:
    show(page, CONFLICT, conflicts={"h8": DOUBLE})
    assert page.detail.open.text() == "打开案件"
    page.detail.open.click()
    assert heard.opened == [("0190-b", "case.facts:0190-b")]


def test_a_person_whom_two_people_wrote_is_named_and_opened(page: Workspace, heard: Heard) -> None:
    person = RecordId("0190-p")
    phone = replace(LINE, kind="person", record_id=person, field="phone", title="张三")
    entry = replace(
        CONFLICT, act="person.saved", case_id=None, case_title="", record="person:0190-p"
    )
    one = replace(DOUBLE, case_id=None, case_title="", act="person.saved", lines=(phone,))
    status = SyncStatus(enrolled=True)
    page._show(Tail((entry,), status, {"h8": one}, {"0190-p": "张三"}))
    assert text(page, 0)[1] == "张三"
    assert page.detail.what.text().endswith(" · 张三")
    assert page.detail.open.text() == "打开人员"
    page.detail.open.click()
    assert heard.went == [("people", "person:0190-p")]


def test_a_page_that_nobody_sees_reads_nothing(
    page: Workspace, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []

    def note(unit: UnitOfWork) -> Tail:
        read.append(unit)
        return Tail((), SyncStatus(enrolled=True))

    monkeypatch.setattr(waiting_page, "read_tail", note)
    page.hide()
    desk.changes.happened.emit(Change(kinds=frozenset({"case"})))
    desk.changes.happened.emit(Change(kinds=frozenset({"case"})))
    assert read == []
    page.show()
    assert len(read) == 1
    desk.changes.happened.emit(Change(kinds=frozenset({"case"})))
    assert len(read) == 2


# --- the stick ---


def exported(folder: Path) -> UsbExport:
    return UsbExport("p", (folder / "和事-1.heshi",), 12, 3, 4_000_000, AT)


def test_what_waits_goes_onto_a_stick_and_still_waits(page: Workspace, heard: Heard) -> None:
    heard.export = exported(Path("stick"))
    show(page, WAITS)
    page.stick.export(Path("stick"))
    assert heard.exported == [Path("stick")]
    banner = banner_of(page)
    assert "12 条记录、3 个文件（4.0 MB）" in banner.text.text()
    assert "仍算待上报" in banner.text.text()
    assert page.summary.stick.isHidden()
    banner.pressed.emit()
    assert page.page._banner is not banner


def test_a_stick_without_room_is_a_sentence(page: Workspace, heard: Heard) -> None:
    heard.export = refuse(ProblemCode.USB_FULL)
    show(page, WAITS)
    page.stick.export(Path("stick"))
    banner = banner_of(page)
    assert banner.text.text() == sentence_of_code("usb_full", "zh_CN")
    assert not page.stick.busy


def test_an_answer_is_read_from_a_stick(page: Workspace, heard: Heard) -> None:
    heard.answer = StickRead(answers=1, received=12, files_received=3)
    show(page, WAITS)
    page.stick.read(Path("a.heshi"))
    banner = banner_of(page)
    assert banner.text.text() == "县局已收 12 条。收全了 3 个文件。"
    heard.answer = StickRead(answers=1, again=1)
    page.stick.read(Path("a.heshi"))
    assert "以前读过了" in banner_of(page).text.text()


def test_the_buttons_ask_where(page: Workspace) -> None:
    show(page, WAITS)
    page.to_stick.click()
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.reject()


def test_nothing_waits(page: Workspace) -> None:
    show(page)
    assert page.empty.text.text() == "没有待上报的。"  # nobody has spoken with the county yet
    show(page, last_contact=AT)
    assert page.empty.isVisibleTo(page)
    assert "回执都齐了" in page.empty.text.text()
    assert page.send.isVisibleTo(page)


def test_not_enrolled_leads_to_the_county(page: Workspace, heard: Heard) -> None:
    show(page, enrolled=False)
    assert page.empty.isVisibleTo(page)
    assert not page.send.isVisibleTo(page)
    page.empty.button.click()
    assert heard.went == [("settings", "county")]


def test_send_now(page: Workspace, heard: Heard) -> None:
    show(page, WAITS)
    page.send.click()
    assert heard.sent == 1


def test_an_entry_is_gone_to(page: Workspace) -> None:
    page.focus_target("9")
    show(page, WAITS, NO_CASE)
    assert page.table.currentIndex().row() == 1


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 kB"), (1, "1 kB"), (2400, "2 kB"), (99_999, "100 kB"), (12_340_000, "12.3 MB")],
)
def test_sizes(size: int, words: str) -> None:
    assert size_words(size) == words


def test_records_of_a_laptop_that_is_not_enrolled_are_shown_as_what_they_are(
    page: Workspace, heard: Heard
) -> None:
    show(page, replace(WAITS, delivery=Delivery.HERE), enrolled=False)
    banner = banner_of(page)
    assert "只在本机" in banner.accessibleName()
    assert text(page, 0)[-1] == "已保存在本机"
    banner.pressed.emit()
    assert heard.went == [("settings", "county")]
