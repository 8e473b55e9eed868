"""Settings: the committee and its mediators, the county, numbers, keys and copies, the look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.acts import Act
from app.domain.committees import Committee, Mediator
from app.domain.ids import new_id
from app.domain.numbering import NumberBlock
from app.domain.problems import ProblemCode, refuse
from app.services.county_pack import PackName
from app.services.lines import SyncStatus
from app.services.numbers import start_of
from app.ui.runtime.desk import Desk
from app.ui.runtime.office import About, Finding
from app.ui.runtime.problems import sentence_of_code
from app.ui.settings.about_section import finding_words
from app.ui.settings.actions import Home, read_home
from app.ui.settings.page import Workspace
from app.ui.widgets.region import RegionField
from tests.fakes import MemoryStore
from tests.ui.desks import Heard, type_text


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Workspace:
    page = Workspace(desk)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page


def test_the_committee_is_shown_and_corrected(
    page: Workspace, memory: MemoryStore, heard: Heard
) -> None:
    name = page.committee.form.fields["name"]
    assert name.value() == "九溪镇六十亩村人民调解委员会"
    type_text(page.committee.form.fields["phone"].focusProxy(), "07711234567")
    page.save()
    with memory.unit() as unit:
        committee = unit.records.all(Committee)[0]
    assert committee.phone == "07711234567"
    assert heard.said
    assert not page.committee.save_button.isEnabled()


def test_a_wrong_telephone_is_said_at_its_place(page: Workspace, memory: MemoryStore) -> None:
    phone = page.committee.form.fields["phone"]
    type_text(phone.focusProxy(), "abc")
    page.save()
    assert phone.problem_text() == sentence_of_code("not_a_phone", "zh_CN")
    assert phone.value() == "abc"
    with memory.unit() as unit:
        assert unit.records.all(Committee)[0].phone == ""


def test_a_mediator_is_added_and_corrected(page: Workspace, memory: MemoryStore) -> None:
    page.committee.edit(None)
    editor = page.committee.editor
    assert editor is not None
    editor.form.set_values({"name": "李秀英", "role": "deputy"})
    editor.save()
    assert page.committee.editor is None
    with memory.unit() as unit:
        people = {one.name: one for one in unit.records.all(Mediator)}
    assert people["李秀英"].role.value == "deputy"
    page.committee.edit(people["王建国"])
    editor = page.committee.editor
    assert editor is not None
    editor.form.set_values({"name": ""})
    editor.save()
    assert editor.form.fields["name"].problem_text()
    editor.form.set_values({"name": "王建国", "phone": "13800001234"})
    editor.save()
    with memory.unit() as unit:
        assert unit.records.get(Mediator, people["王建国"].id).phone == "13800001234"


def home_of(memory: MemoryStore, *, taken_in: bool = False, **status: Any) -> Home:
    with memory.unit() as unit:
        return replace(read_home(unit), status=SyncStatus(**status), taken_in=taken_in)


def test_enrolling_needs_address_and_code(page: Workspace, heard: Heard) -> None:
    county = page.county
    assert county.form.isVisibleTo(county)
    county.enrol()
    assert county.form.fields["address"].problem_text()
    county.form.set_values({"address": "https://county.example", "code": "ABCD"})
    county.enrol()
    assert heard.enrolled == [("https://county.example", "ABCD")]


@pytest.mark.parametrize(
    ("code", "place"),
    [
        (ProblemCode.CODE_WRONG, "code"),
        (ProblemCode.CODE_EXPIRED, "code"),
        (ProblemCode.CODE_NOT_YOURS, "code"),
        (ProblemCode.ADDRESS_NOT_URL, "address"),
        (ProblemCode.NO_NETWORK, ""),
    ],
)
def test_what_the_county_refuses_is_said_and_nothing_typed_is_lost(
    page: Workspace, heard: Heard, code: ProblemCode, place: str
) -> None:
    heard.enrol_refusal = refuse(code)
    page.county.form.set_values({"address": "county", "code": "ABCD"})
    page.county.enrol()
    shown = page.county.form.fields[place].problem_text() if place else page.county.message.text()
    assert shown == sentence_of_code(code, "zh_CN")
    assert page.county.form.values() == {"address": "county", "code": "ABCD"}
    assert page.county.enrol_button.isEnabled()


def test_an_enrolled_laptop_says_with_whom(page: Workspace, memory: MemoryStore) -> None:
    with memory.unit() as unit:
        home = read_home(unit)
    known = SyncStatus(
        enrolled=True,
        county_name="某县司法局",
        waiting=3,
        last_contact=datetime(2026, 11, 20, 4, 0, tzinfo=UTC),
    )
    page.county.show_home(replace(home, status=known))
    assert "校准" not in page.county.state.text()
    wrong = replace(known, clock_offset_ms=-3 * 3_600_000)
    page.county.show_home(replace(home, status=wrong))
    assert "本机时间可能不对（与县局相差 3 小时）" in page.county.state.text()
    assert "某县司法局" in page.county.state.text()
    assert "2026-11-20 12:00" in page.county.state.text()
    assert not page.county.form.isVisibleTo(page.county)
    page.county.again.click()
    assert page.county.form.isVisibleTo(page.county)


@pytest.mark.parametrize("trouble", ["device_revoked", "store_went_back", "device_unknown"])
def test_who_is_no_longer_heard_finds_the_form_open_and_sends_after_it(
    page: Workspace, memory: MemoryStore, heard: Heard, trouble: str
) -> None:
    county = page.county
    home = home_of(memory, enrolled=True, county_name="某县司法局", trouble=trouble)
    county.show_home(replace(home, address="https://county.example"))
    assert county.form.isVisibleTo(county)
    assert county.state.text().splitlines()[-1].startswith("没有上报：")
    assert "从县局取回来" in county.story.text()
    assert county.story.isVisibleTo(county)
    assert county.enrol_button.text() == "重新登记"
    assert not county.send.isVisibleTo(county)
    assert not county.again.isVisibleTo(county)
    county.form.set_values({"code": "ABCD"})
    county.enrol()
    assert heard.enrolled == [("https://county.example", "ABCD")]
    assert heard.sent == 1
    assert "重新登记好了" in heard.said[-1]


def test_the_form_that_somebody_opened_stays_open_while_they_type(
    page: Workspace, memory: MemoryStore
) -> None:
    county, home = page.county, home_of(memory, enrolled=True)
    county.show_home(home)
    county.again.click()
    county.form.set_values({"code": "AB"})
    county.show_home(home)  # a contact has ended meanwhile
    assert county.form.isVisibleTo(county)
    assert county.form.values()["code"] == "AB"


def test_an_enrolment_that_broke_off_is_gone_on_with_by_sending(
    page: Workspace, memory: MemoryStore, heard: Heard
) -> None:
    county, home = page.county, home_of(memory, enrolled=True, trouble="device_revoked")
    county.show_home(home)
    county.show_home(replace(home, taken_in=True))
    assert "不用再要登记码" in county.state.text()
    assert not county.form.isVisibleTo(county)
    county.send.click()
    assert heard.sent == 1
    # Where going on leads nowhere, another code is still possible.
    county.show_home(home_of(memory, enrolled=True, trouble="county_unreachable", taken_in=True))
    assert "连不上县局" in county.state.text()
    county.again.click()
    assert county.form.isVisibleTo(county)
    county.form.set_values({"address": "https://county.example", "code": "ABCD"})
    county.enrol()
    assert heard.enrolled == [("https://county.example", "ABCD")]


@pytest.mark.parametrize("trouble", ["device_revoked", "store_went_back", "device_unknown"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_an_enrolment_that_the_county_stopped_half_way_asks_for_a_code_again(
    page: Workspace, memory: MemoryStore, trouble: str, language: str
) -> None:
    county = page.county
    county._desk = replace(county._desk, language=language)
    county.show_home(home_of(memory, enrolled=True, taken_in=True))
    assert not county.form.isVisibleTo(county)
    county.show_home(home_of(memory, enrolled=True, trouble=trouble))
    assert county.form.isVisibleTo(county)
    assert county.enrol_button.isVisibleTo(county)
    assert county.message.text() == sentence_of_code(trouble, language)
    county.show_home(home_of(memory, enrolled=True, trouble=trouble))
    assert county.message.text()  # a reload takes no sentence away
    county.show_home(home_of(memory, enrolled=True))
    assert county.message.isHidden()
    assert not county.form.isVisibleTo(county)


@pytest.mark.parametrize("taken_in", [False, True])
def test_whoever_is_enrolled_can_always_enrol_anew(
    page: Workspace, memory: MemoryStore, taken_in: bool
) -> None:
    county, home = page.county, home_of(memory, enrolled=True, taken_in=taken_in)
    for trouble in ("", *(code.value for code in ProblemCode)):
        county.show_home(replace(home, status=replace(home.status, trouble=trouble)))
        there = county.form.isVisibleTo(county) and county.enrol_button.isVisibleTo(county)
        assert there or county.again.isVisibleTo(county), trouble
    assert county.again.isEnabled() and county.enrol_button.isEnabled()


def test_numbers_start_after_the_paper_register(page: Workspace, memory: MemoryStore) -> None:
    page.numbers.save()
    assert page.numbers.last.problem_text()
    page.numbers.last.set_value(12)
    page.numbers.save()
    with memory.unit() as unit:
        committee = unit.actor.committee_id
        assert committee is not None
        assert start_of(unit, committee, unit.today().year) == 12


def lend(memory: MemoryStore, first: int, last: int) -> None:
    with memory.unit() as unit:
        committee, year = unit.actor.committee_id, unit.today().year
        assert committee is not None
        block = NumberBlock(id=new_id(), committee_id=committee, year=year, first=first, last=last)
        unit.records.put(block)
        unit.commit(Act.NUMBERS_LENT)


def test_the_numbers_that_are_left_are_said_and_given_back(
    page: Workspace, memory: MemoryStore, heard: Heard
) -> None:
    assert page.numbers.years == []
    lend(memory, 1, 12)
    page.reload()
    [year] = page.numbers.years
    assert "还剩 12 个。" in year.sums.text()
    assert year.warning.text().startswith("还剩 12 个号")
    assert not year.sure.isVisibleTo(page)
    year.ask.click()
    page.reload()
    assert page.numbers.years == [year] and year.sure.isVisibleTo(page)
    year.sure.click()
    page.reload()
    [year] = page.numbers.years
    assert heard.said == ["退回了 12 个号，下次上报时告诉县局。"]
    assert "临时编号一直有效，不会改" in year.warning.text()
    assert not year.ask.isVisibleTo(page)
    assert memory.acts[-1] == Act.NUMBERS_RETURNED


def test_a_password_is_set_twice(page: Workspace, heard: Heard) -> None:
    safety = page.safety
    safety.change.click()
    safety.form.set_values({"password": "六十亩村的老槐树下", "again": "六十亩村的老槐树"})
    safety.set_password()
    assert safety.form.fields["again"].problem_text()
    assert heard.passwords == []
    safety.form.set_values({"again": "六十亩村的老槐树下"})
    safety.set_password()
    assert heard.passwords == ["六十亩村的老槐树下"]
    assert safety.form.values() == {"password": "", "again": ""}


def test_a_copy_now_and_a_look_over(page: Workspace) -> None:
    page.safety.back_up_button.click()
    assert "heshi-2026-11-21.db" in page.safety.copies.text()
    page.about.check.click()
    assert page.about.result.text().splitlines() == ["✓ 数据文件完好", "✓ 记录链条完整，共 3 条"]


def test_the_county_s_pack_is_named_in_one_line(page: Workspace) -> None:
    section, pack = page.about, PackName("九溪县数据包", "Jiuxi pack", "2026-03-01")
    told = About("0.3.0", Path("data"), "keyring", "x", False)
    for about, line in (
        (replace(told, pack=pack), "在用县里的数据包：九溪县数据包 2026-03-01"),
        (
            replace(told, pack=pack, pack_is_new=True),
            "县里新发的数据包：九溪县数据包 2026-03-01，下次打开和事起用",
        ),
        (replace(told, pack=PackName("", "", "")), "在用县里的数据包：没有写名称"),
    ):
        section.show_about(about)
        assert section.text.text().splitlines()[2:] == [line]
    section.show_about(told)
    assert len(section.text.text().splitlines()) == 2


def test_every_finding_has_its_words() -> None:
    for key in ("store", "journal", "keyring", "fonts", "county", "pack"):
        for good in (True, False):
            assert finding_words(Finding(key, good, "3"))[2:] != key


def test_the_look_is_kept_and_the_theme_changes_at_once(
    page: Workspace, desk: Desk, qapp: QApplication
) -> None:
    section = page.window_section
    before = qapp.styleSheet()
    section.theme.buttons()[1].click()
    assert desk.preferences.get("theme") == "dark"
    assert qapp.styleSheet() != before
    section.theme.buttons()[0].click()
    assert qapp.styleSheet() == before
    section.scale.buttons()[3].click()
    assert desk.preferences.get("scale") == "150"
    assert section.note.isVisibleTo(section)
    section.language.buttons()[1].click()
    assert desk.preferences.get("language") == "en"


def test_licences_are_there(page: Workspace, qtbot: QtBot) -> None:
    page.about.show_licences()
    dialog = page.about.findChild(QDialog)
    assert isinstance(dialog, QDialog)
    assert dialog.findChildren(QPushButton)
    dialog.close()
    del qtbot


def test_a_target_is_gone_to(page: Workspace, qtbot: QtBot) -> None:
    page.focus_target("county")
    qtbot.waitUntil(lambda: page.county.isAncestorOf(page.focusWidget()))


def test_a_region_code_names_its_county_and_fills_an_empty_name(
    page: Workspace, memory: MemoryStore
) -> None:
    fields = page.committee.form.fields
    code, name = fields["region_code"], fields["region_name"]
    assert isinstance(code, RegionField)
    assert not code.note.isVisibleTo(page)
    type_text(code.focusProxy(), "450327101220")
    assert code.note.text() == "广西壮族自治区桂林市灌阳县"
    assert code.note.isVisibleTo(page)
    code.line.editingFinished.emit()
    assert name.value() == "广西壮族自治区桂林市灌阳县"
    code.line.clear()
    type_text(code.focusProxy(), "450328000000")  # a slip of the pen, mended
    code.line.editingFinished.emit()
    assert name.value() == "广西壮族自治区桂林市龙胜各族自治县"
    page.save()
    with memory.unit() as unit:
        committee = unit.records.all(Committee)[0]
    assert (committee.region_code, committee.region_name) == ("450328000000", name.value())


def test_an_unknown_county_is_a_warning_and_a_written_name_stays(
    page: Workspace, memory: MemoryStore
) -> None:
    fields = page.committee.form.fields
    code = fields["region_code"]
    assert isinstance(code, RegionField)
    type_text(fields["region_name"].focusProxy(), "某县九溪镇")
    type_text(code.focusProxy(), "450399101220")
    code.line.editingFinished.emit()
    assert "450399" in code.note.text()
    assert code.problem_text() == ""
    page.save()
    with memory.unit() as unit:
        committee = unit.records.all(Committee)[0]
    assert (committee.region_code, committee.region_name) == ("450399101220", "某县九溪镇")


def test_a_county_is_looked_up_by_its_name_and_its_name_is_no_code(page: Workspace) -> None:
    code = page.committee.form.fields["region_code"]
    assert isinstance(code, RegionField)
    type_text(code.focusProxy(), "灌阳")
    assert code.note.text() == "450327  广西壮族自治区桂林市灌阳县"
    page.save()
    assert code.problem_text()
    assert page.committee.save_button.isEnabled()


def test_who_reviews_has_no_committee_and_gives_no_numbers(
    page: Workspace, memory: MemoryStore
) -> None:
    assert not page.committee.isHidden()
    with memory.unit() as unit:
        unit.settings.put("actor.role", "supervisor")
        unit.commit()
    page.reload()
    assert page.committee.isHidden()
    assert page.numbers.isHidden()
    assert not page.county.isHidden()
    page.focus_target("committee")
