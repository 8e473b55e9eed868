"""Fields: typed as people type, checked when left, nothing typed is ever lost."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.problems import ProblemCode
from app.ui.runtime.language import today
from app.ui.widgets.fields import (
    LINE_PASTE_LIMIT,
    AmountField,
    Choice,
    ChoiceField,
    CodeField,
    DateField,
    Field,
    LineField,
    NumberField,
    TextField,
    TickField,
    TimeField,
)
from tests.ui.desks import type_text

KINDS = [
    Choice("NEIGHBOUR", "邻里纠纷"),
    Choice("FAMILY", "婚姻家庭纠纷"),
    Choice("HOUSE", "房屋宅基地纠纷"),
    Choice("WAGES", "Unpaid wages", "gongzi"),
]


def typed(qtbot: QtBot, field: Field, text: str) -> None:
    """Types into the field's line and leaves it with Tab."""
    qtbot.addWidget(field)
    field.show()
    line = field.focusProxy()
    assert line is not None
    line.setFocus()
    type_text(line, text)


def left(qtbot: QtBot, field: Field) -> None:
    with qtbot.waitSignal(field.left, timeout=1000):
        line = field.focusProxy()
        assert line is not None
        QTest.keyClick(line, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20260315", date(2026, 3, 15)),
        ("2026-3-15", date(2026, 3, 15)),
        ("2026年3月15日", date(2026, 3, 15)),
        ("昨天", None),
    ],
)
def test_dates_are_typed_as_people_say_them(qtbot: QtBot, text: str, day: date | None) -> None:
    field = DateField("受理日期")
    typed(qtbot, field, text)
    left(qtbot, field)
    expected = day or today() - timedelta(days=1)
    assert field.value() == expected
    assert field.line.text() == expected.isoformat()
    assert field.problem_text() == ""


def test_a_date_is_not_judged_while_it_is_typed(qtbot: QtBot) -> None:
    field = DateField("受理日期")
    typed(qtbot, field, "3.")
    assert field.problem_text() == ""
    left(qtbot, field)
    assert "3." in field.problem_text()
    assert field.line.text() == "3."  # what was typed stays
    typed_problem = field.problem()
    assert typed_problem is not None
    assert typed_problem.code is ProblemCode.NOT_A_DATE
    type_text(field.line, "15")
    assert field.problem_text() == ""


def test_an_impossible_day_is_named(qtbot: QtBot) -> None:
    field = DateField("受理日期")
    typed(qtbot, field, "2026-2-30")
    left(qtbot, field)
    assert field.value() is None
    assert "2026-2-30" in field.problem_text()
    assert field.line.accessibleDescription() == field.problem_text()


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot) -> None:
    field = DateField("受理日期")
    typed(qtbot, field, "20260315")
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    calendar = next(iter(field.findChildren(QCalendarWidget)))
    assert calendar.selectedDate().toPython() == date(2026, 3, 15)
    edited = qtbot.waitSignal(field.edited)
    with edited:
        calendar.clicked.emit(calendar.selectedDate().addDays(1))
    assert field.value() == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("text", "fen", "capitals"),
    [
        ("400", 40_000, "肆佰元整"),
        ("2.5万", 2_500_000, "贰万伍仟元整"),
        ("四百元", 40_000, "肆佰元整"),
    ],
)
def test_amounts_show_their_capitals_while_typed(
    qtbot: QtBot, text: str, fen: int, capitals: str
) -> None:
    field = AmountField("金额")
    typed(qtbot, field, text)
    assert capitals in field.capitals.text()
    assert field.value() == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-5", ProblemCode.AMOUNT_NEGATIVE),
        ("1.234", ProblemCode.AMOUNT_SPLIT_FEN),
        ("很多", ProblemCode.NOT_AN_AMOUNT),
        ("9" * 20, ProblemCode.AMOUNT_TOO_LARGE),
    ],
)
def test_no_amount_is_a_sentence(qtbot: QtBot, text: str, code: ProblemCode) -> None:
    field = AmountField("金额")
    typed(qtbot, field, text)
    assert field.capitals.text() == ""
    left(qtbot, field)
    problem = field.problem()
    assert problem is not None
    assert problem.code is code
    assert field.problem_text()
    assert field.draft() == text


def test_times(qtbot: QtBot) -> None:
    field = TimeField("开始时间")
    typed(qtbot, field, "下午3点半")
    left(qtbot, field)
    assert (field.value(), field.line.text()) == (time(15, 30), "15:30")


def test_numbers(qtbot: QtBot) -> None:
    field = NumberField("份数", least=1, most=99)
    typed(qtbot, field, "120")
    assert field.value() is None
    left(qtbot, field)
    assert "120" in field.problem_text()
    field.set_value(3)
    assert field.value() == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("邻里", ["邻里纠纷"]),
        ("lljf", ["邻里纠纷"]),
        ("linli", ["邻里纠纷"]),
        ("jf", ["邻里纠纷", "婚姻家庭纠纷", "房屋宅基地纠纷"]),
        ("gongzi", ["Unpaid wages"]),
        ("uw", ["Unpaid wages"]),
        ("zz", []),
    ],
)
def test_codes_are_found_by_characters_pinyin_and_initials(
    qtbot: QtBot, text: str, found: list[str]
) -> None:
    field = CodeField("纠纷类型", KINDS)
    typed(qtbot, field, text)
    assert field.offered() == found


def test_enter_takes_the_first_that_fits(qtbot: QtBot) -> None:
    field = CodeField("纠纷类型", KINDS)
    typed(qtbot, field, "hyjt")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert (field.value(), field.line.text()) == ("FAMILY", "婚姻家庭纠纷")


def test_an_unknown_word_stays_and_is_named(qtbot: QtBot) -> None:
    field = CodeField("纠纷类型", KINDS)
    typed(qtbot, field, "吵架")
    problem = field.problem()
    assert problem is not None
    assert problem.code is ProblemCode.UNKNOWN_CODE
    assert field.draft() == {"code": "", "text": "吵架"}
    other = CodeField("纠纷类型", KINDS)
    qtbot.addWidget(other)
    other.restore(field.draft())
    assert other.line.text() == "吵架"


def test_a_code_that_is_no_longer_offered_is_shown_all_the_same(qtbot: QtBot) -> None:
    field = CodeField("纠纷类型", KINDS)
    qtbot.addWidget(field)
    field.set_value("OLD")
    assert (field.value(), field.line.text()) == ("OLD", "OLD")
    buttons = ChoiceField("类别", KINDS)
    qtbot.addWidget(buttons)
    buttons.set_value("OLD")
    assert buttons.value() == "OLD"


def test_one_choice_with_mouse_and_keyboard(qtbot: QtBot) -> None:
    field = ChoiceField("类别", KINDS[:3])
    qtbot.addWidget(field)
    field.show()
    first, second = field.buttons()[:2]
    with qtbot.waitSignal(field.edited):
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert field.value() == "NEIGHBOUR"
    QTest.keyClick(second, Qt.Key.Key_Space)
    assert field.value() == "FAMILY"
    with qtbot.waitSignal(field.edited):
        QTest.mouseClick(second, Qt.MouseButton.LeftButton)  # a second click lifts it
    assert field.value() == ""


def test_several_choices(qtbot: QtBot) -> None:
    field = ChoiceField("标签", KINDS[:3], multi=True)
    qtbot.addWidget(field)
    field.set_value(("HOUSE", "NEIGHBOUR"))
    assert field.value() == ("NEIGHBOUR", "HOUSE")
    assert field.draft() == ["NEIGHBOUR", "HOUSE"]
    field.set_value(())
    assert field.value() == ()


def test_other_choices_keep_what_was_chosen(qtbot: QtBot) -> None:
    field = ChoiceField("类别", KINDS[:2])
    qtbot.addWidget(field)
    field.set_value("FAMILY")
    field.set_choices(KINDS[1:])
    assert field.value() == "FAMILY"


def test_a_text_grows_and_tab_goes_on(qtbot: QtBot) -> None:
    field = TextField("简要情况", lines=3, most=6)
    qtbot.addWidget(field)
    field.resize(400, 200)
    field.show()
    low = field.text.height()
    field.text.setFocus()
    for _ in range(5):
        QTest.keyClick(field.text, Qt.Key.Key_Return)
    high = field.text.height()
    assert high > low
    for _ in range(20):
        QTest.keyClick(field.text, Qt.Key.Key_Return)
    assert field.text.height() == pytest.approx(high, abs=2)
    assert field.text.tabChangesFocus()


def test_ten_megabytes_are_not_swallowed_and_nothing_is_lost(qtbot: QtBot) -> None:
    field = TextField("简要情况")
    qtbot.addWidget(field)
    field.text.setPlainText("原来写的")
    big = QMimeData()
    big.setText("长" * 10_000_000)
    field.text.insertFromMimeData(big)
    assert field.value() == "原来写的"
    assert "10" in field.problem_text()


def test_a_line_says_when_a_paste_does_not_fit(qtbot: QtBot) -> None:
    field = LineField("住址")
    qtbot.addWidget(field)
    QGuiApplication.clipboard().setText("长" * 20_000)
    field.line.paste()
    qtbot.waitUntil(lambda: bool(field.problem_text()))
    QGuiApplication.clipboard().clear()


def test_typed_characters_are_kept_as_they_are(qtbot: QtBot) -> None:
    field = LineField("姓名")
    typed(qtbot, field, " 阿卜杜拉·买买提𬭬 ")
    assert field.value() == "阿卜杜拉·买买提𬭬"
    assert field.draft() == " 阿卜杜拉·买买提𬭬 "


def test_a_tick(qtbot: QtBot) -> None:
    field = TickField("不识字")
    qtbot.addWidget(field)
    with qtbot.waitSignals([field.edited, field.left]):
        field.box.click()
    assert field.value() is True


def test_set_value_is_no_edit(qtbot: QtBot) -> None:
    samples: list[tuple[Field, Any]] = [
        (LineField("甲"), "x"),
        (TextField("乙"), "x"),
        (DateField("丙"), date(2026, 3, 15)),
        (TimeField("丁"), time(9, 0)),
        (AmountField("戊"), 100),
        (NumberField("己"), 4),
        (TickField("庚"), True),
        (ChoiceField("辛", KINDS), "HOUSE"),
        (CodeField("壬", KINDS), "HOUSE"),
    ]
    heard: list[str] = []
    for field, value in samples:
        qtbot.addWidget(field)
        field.edited.connect(lambda name=field.label_text: heard.append(name))
        field.set_value(value)
        assert field.value() == value
        again = field.draft()
        field.restore(again)
        assert field.value() == value
    assert heard == []


def test_every_field_has_a_name_for_the_ear(qtbot: QtBot) -> None:
    fields: list[Field] = [LineField("甲"), TextField("乙"), DateField("丙"), TickField("丁")]
    fields += [AmountField("戊"), CodeField("己", KINDS)]
    for field in fields:
        qtbot.addWidget(field)
        proxy = field.focusProxy()
        assert isinstance(proxy, QWidget)
        assert proxy.accessibleName() == field.label_text
    choice = ChoiceField("类别", KINDS)
    qtbot.addWidget(choice)
    assert choice.buttons()[0].accessibleName() == "类别：邻里纠纷"


def test_what_is_too_long_to_be_pasted_is_said_as_it_is(qtbot: QtBot) -> None:
    line, text = LineField("姓名"), TextField("经过")
    for field in (line, text):
        qtbot.addWidget(field)
        field.show()
    text.set_value("屋檐滴水")
    QGuiApplication.clipboard().setText("长" * 250_000)
    line.line.paste()
    text.text.paste()
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: "没有放进来" in shown(line))
    assert len(line.value()) == LINE_PASTE_LIMIT
    assert text.value() == "屋檐滴水"
    assert "没有放进来" in shown(text)


def shown(field: Field) -> str:
    """The sentence below a field."""
    return "".join(one.text() for one in field.findChildren(QLabel) if one.isVisible())
