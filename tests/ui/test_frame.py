"""What pages are framed with: banners, empty states, the path in words and shapes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.casefile import PathStep, StepState
from app.ui.widgets.frame import Banner, Chip, EmptyState, Page, PathStrip, Section, icon


def test_a_page_shows_one_banner_at_a_time(qtbot: QtBot) -> None:
    page = Page("案件", QLabel("内容"))
    qtbot.addWidget(page)
    page.show_banner(Banner("info", "第一"))
    page.show_banner(Banner("problem", "第二", "重试"))
    shown = [banner for banner in page.findChildren(Banner) if not banner.isHidden()]
    assert [banner.accessibleName() for banner in shown] == ["第二"]
    with qtbot.waitSignal(shown[0].pressed):
        QTest.mouseClick(
            shown[0].findChildren(type(shown[0].add_button("x")))[0], Qt.MouseButton.LeftButton
        )
    page.clear_banner()


def test_the_path_says_its_state_in_words(qtbot: QtBot) -> None:
    states = {PathStep.LEAD: StepState.DONE, PathStep.ACCEPTANCE: StepState.HERE}
    strip = PathStrip([(step, states.get(step, StepState.AHEAD)) for step in PathStep])
    qtbot.addWidget(strip)
    assert strip.step_button(PathStep.LEAD).accessibleName() == "线索：已完成"
    assert strip.step_button(PathStep.ACCEPTANCE).accessibleName() == "受理：当前"
    with qtbot.waitSignal(strip.chosen) as told:
        strip.step_button(PathStep.FILING).click()
    assert told.args == [PathStep.FILING]
    strip.set_steps([(PathStep.ACCEPTANCE, StepState.DONE)])
    assert strip.step_button(PathStep.ACCEPTANCE).accessibleName() == "受理：已完成"


def test_the_path_breaks_into_lines_where_it_is_narrow(qtbot: QtBot) -> None:
    strip = PathStrip([(step, StepState.AHEAD) for step in PathStep])
    qtbot.addWidget(strip)
    assert strip.heightForWidth(300) > strip.heightForWidth(1200)


def test_an_empty_state_leads_on(qtbot: QtBot) -> None:
    state = EmptyState("cases", "还没有案件。", "登记第一件")
    qtbot.addWidget(state)
    with qtbot.waitSignal(state.pressed):
        state.button.click()


def test_sections_and_chips(qtbot: QtBot) -> None:
    section = Section("当事人")
    qtbot.addWidget(section)
    chip = Chip("红", "red")
    section.add(chip)
    chip.set("已收", "done")
    assert (chip.text(), chip.property("tone")) == ("已收", "done")
    pressed: list[int] = []
    section.add_action("添加", lambda: pressed.append(1)).click()
    assert pressed == [1]


def test_icons_take_a_colour_and_unknown_ones_are_empty(qtbot: QtBot) -> None:
    del qtbot
    assert not icon("cases").isNull()
    assert icon("no-such-icon").isNull()
