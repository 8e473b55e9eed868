"""Two laptops, a supervisor and a real county: a case changes hands, and two people who wrote the
same are asked, all at the real page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.domain.acts import Act
from app.domain.agreements import Agreement
from app.domain.cases import Stage
from app.domain.ids import RecordId
from app.domain.settlements import Choice, Settlement
from app.domain.text import TEXT_LIMIT
from app.services.conflicts import to_settle
from app.services.lines import CaseLine, CaseQuery
from app.services.ports import Practice
from app.ui.cases.list_model import delivery_words
from app.ui.cases.sections.conflicts import ConflictsSection
from app.ui.cases.workspace import Workspace
from app.ui.runtime.county_words import delivery_tip
from app.ui.runtime.texts import act_name
from app.ui.widgets.conflict_card import ConflictCard
from app.ui.widgets.fields import TextField
from tests.county.test_two_hands import seal
from tests.county.two_hands import Hands, World, begin, check_agreed, conflicts, world
from tests.county.village import Village
from tests.ui.cases.hands import opened, press, seen, write
from tests.ui.desks import Heard, make_desk

LONG = "甲说院墙是老辈传下来的，" * 40


@dataclass
class Seat:
    """One person at one laptop."""

    village: Village
    workspace: Workspace
    heard: Heard

    def look(self, hands: Hands) -> None:
        """Hears from the county and opens the case."""
        self.village.sync()
        opened(self.workspace, hands.case.id)

    def section(self, key: str) -> QWidget:
        return self.workspace.page().sections[key]

    def head(self) -> str:
        return seen(self.workspace.page().head)

    def cards(self) -> list[ConflictCard]:
        section = self.section("conflicts")
        assert isinstance(section, ConflictsSection)
        return section.cards


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("hands")) as made:
        yield made


@pytest.fixture
def seats(here: World, packs: Practice, qapp: object) -> Iterator[dict[str, Seat]]:
    del qapp
    made = {}
    for name in ("first", "second", "third", "supervisor"):
        village, heard = getattr(here, name), Heard()
        workspace = Workspace(make_desk(village.store.unit, packs, heard))
        workspace.resize(1270, 736)
        workspace.show()
        made[name] = Seat(village, workspace, heard)
    yield made
    for seat in made.values():
        seat.workspace.close()
        seat.workspace.deleteLater()
        assert seat.heard.bugs == []


def hand_over(seat: Seat, name: str, reason: str) -> None:
    """At the page, as a person does."""
    head = seat.workspace.page().head
    head.menu().actions()[0].trigger()
    section = seat.section("handover")
    assert section.isVisible()
    found = [one for one in section.findChildren(QAbstractButton) if one.text() == name]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    editor = seat.workspace.page().sections["handover"].editor
    assert editor is not None
    field = editor.form.fields["reason"]
    assert isinstance(field, TextField)
    write(field.text, reason)
    press(section, "save")


def to_settle_at(village: Village) -> int:
    with village.store.unit() as unit:
        return to_settle(unit)


def choose(card: ConflictCard, verb: str) -> None:
    found = [one for one in card.findChildren(QAbstractButton) if one.text() == verb]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def collide(here: World, hands: Hands, mine: dict[str, object], theirs: dict[str, object]) -> None:
    """The case goes to the second; both write before the first has heard of it."""
    from tests.county.two_hands import assign

    here.quiet()
    assign(here, hands.case, here.second)
    here.supervisor.sync()
    here.second.sync()
    hands.change(here.first, hands.case, **mine)
    hands.change(here.second, hands.case, **theirs)
    here.first.sync()
    here.second.sync()
    here.quiet()


def test_a_case_is_handed_over_and_shows_it_on_both_laptops(
    here: World, seats: dict[str, Seat]
) -> None:
    hands = begin(here)
    here.quiet()
    first, third = seats["first"], seats["third"]
    first.look(hands)
    head = first.workspace.page().head
    assert [one.text() for one in head.menu().actions()] == ["移交…"]
    assert not first.section("handover").isVisible()
    hand_over(first, "孙调解", "王调解去住院")
    assert not first.section("handover").isVisible()
    assert "已移交给孙调解" in first.head()
    assert "王调解去住院" in first.head()
    view = first.workspace.page().view
    assert view is not None
    assert view.read_only
    assert not head.more_button.isVisible()

    here.first.sync()
    third.look(hands)
    assert "王调解 2026年" in third.head()
    assert "把这件案子移交给您" in third.head()
    now = third.workspace.page().view
    assert now is not None
    assert not now.read_only
    assert "由王调解交给孙调解，原因：王调解去住院" in seen(third.section("history"))
    hands.change(here.third, hands.case, facts="接着办")
    third.look(hands)
    assert "把这件案子移交给您" not in third.head()  # it was heard


def test_the_form_says_what_will_happen_and_wants_a_name_and_a_reason(
    here: World, seats: dict[str, Seat]
) -> None:
    hands = begin(here)
    here.quiet()
    first = seats["first"]
    first.look(hands)
    first.workspace.page().go_to("handover:to_device")
    section = first.section("handover")
    assert "交出后本机只能看，不能改；对方的电脑收到以后接着办" in seen(section)
    press(section, "save")
    editor = first.workspace.page().sections["handover"].editor
    assert editor is not None
    assert editor.form.fields["to_device"].problem_text()
    found = [one for one in section.findChildren(QAbstractButton) if one.text() == "赵调解"]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    assert "赵调解的电脑收到以后接着办" in seen(section)
    press(section, "save")
    assert editor.form.fields["reason"].problem_text()
    press(section, "leave-form")
    assert not section.isVisible()


def test_a_colleagues_case_says_who_has_it_and_how_it_can_change_hands(
    here: World, seats: dict[str, Seat]
) -> None:
    hands = begin(here)
    here.quiet()
    second, office = seats["second"], seats["supervisor"]
    second.look(hands)
    assert "这件是本调委会王调解在办，这里只能看。" in second.head()
    assert "要拿过来办，请王调解移交，或者请司法所改派。" in second.head()
    assert "报来的" not in second.head()
    assert "同事在办" in second.head()
    line = in_list(here.second, hands.case.id)
    assert line.own_committee
    assert delivery_words(line, "zh_CN") == "同事在办"
    assert "同一个调委会的同事" in delivery_tip(line.delivery, colleague=line.own_committee)
    office.look(hands)
    assert "报来的，这里只能看" in office.head()
    assert "移交" not in office.head()
    line = in_list(here.supervisor, hands.case.id)
    assert not line.own_committee
    assert delivery_words(line, "zh_CN") == "别处报来的"
    assert "同事" not in delivery_tip(line.delivery, colleague=line.own_committee)
    assert not in_list(here.first, hands.case.id).own_committee


def in_list(village: Village, case_id: RecordId) -> CaseLine:
    with village.store.unit() as unit:
        lines = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
    return next(one for one in lines if one.id == case_id)


def test_a_supervisor_assigns_a_case_anew(here: World, seats: dict[str, Seat]) -> None:
    hands = begin(here)
    here.quiet()
    office, second = seats["supervisor"], seats["second"]
    office.look(hands)
    head = office.workspace.page().head
    assert [one.text() for one in head.menu().actions()] == ["改派…"]
    hand_over(office, "赵调解", "王调解手上太多")
    office.village.sync()
    second.look(hands)
    assert "把这件案子改派给您，原来由王调解办" in second.head()


def test_two_texts_stand_beside_each_other_and_one_is_chosen(
    here: World, seats: dict[str, Seat]
) -> None:
    hands = begin(here)
    collide(here, hands, {"facts": LONG + "三间"}, {"facts": LONG + "五间"})
    second = seats["second"]
    second.look(hands)
    assert "两个人改了同一处，请定一个。" in second.head()
    press(second.workspace.page().head, "go-to-conflicts")
    card = second.cards()[0]
    said = seen(card)
    assert "<b><u>三</u></b>" in said
    assert "<b><u>五</u></b>" in said
    assert "……" in said
    assert "王调解" in said
    assert "赵调解" in said
    press(card, "settle")
    assert "每一处都选一个" in seen(card)
    assert conflicts(here.second, hands.case.id)
    choose(card, "用那个")
    press(card, "settle")
    assert second.cards() == []
    assert not second.section("conflicts").isVisible()
    assert "两个人改了同一处" not in second.head()
    facts = hands.now(here.second, hands.case).facts
    assert facts.endswith("五间")
    history = seen(second.section("history"))
    assert f"{act_name(Act.CONFLICT_SETTLED, 'zh_CN')}：纠纷简要情况用后到的" in history
    here.quiet()
    check_agreed(here)


def test_a_third_text_can_be_written(here: World, seats: dict[str, Seat]) -> None:
    hands = begin(here)
    collide(here, hands, {"facts": "三间"}, {"facts": "五间"})
    second = seats["second"]
    second.look(hands)
    card = second.cards()[0]
    choose(card, "自己写")
    text = card._choosers[0].text
    assert text is not None
    assert text.value() == "三间"
    text.text.selectAll()
    write(text.text, "四间半")
    press(card, "settle")
    assert hands.now(here.second, hands.case).facts == "四间半"
    with here.second.store.unit() as uow:
        settled = uow.records.of_case(Settlement, hands.case.id)
    assert [one.choice for one in settled[0].choices] == [Choice.OWN]
    here.quiet()
    assert hands.now(here.first, hands.case).facts == "四间半"
    check_agreed(here)


def test_codes_money_and_stages_are_said_in_words(here: World, seats: dict[str, Seat]) -> None:
    hands = begin(here)
    mine = {"dispute_type": "NEIGHBOUR", "amount_claimed": 40_000, "stage": Stage.ACCEPTED}
    theirs = {"dispute_type": "FAMILY", "amount_claimed": 250_000, "stage": Stage.WITHDRAWN}
    collide(here, hands, mine, theirs)
    second = seats["second"]
    second.look(hands)
    said = seen(second.cards()[0]).replace("<b><u>", "").replace("</u></b>", "")
    for words in ("400.00 元", "2,500.00 元", "已受理", "申请人撤回"):
        assert words in said
    assert "NEIGHBOUR" not in said
    assert "accepted" not in said
    assert not [
        one for one in second.cards()[0].findChildren(QAbstractButton) if one.text() == "自己写"
    ]


def test_a_card_about_a_list_stays_while_the_page_is_read_anew(
    here: World, seats: dict[str, Seat]
) -> None:
    hands = begin(here)
    collide(here, hands, {"requests": ("修好院墙",)}, {"requests": ("赔一千元",)})
    second = seats["second"]
    second.look(hands)
    (card,) = second.cards()
    choose(card, "用那个")
    second.look(hands)
    assert second.cards() == [card]
    press(card, "settle")
    assert second.cards() == []


def test_who_has_not_the_case_sees_both_and_cannot_choose(
    here: World, seats: dict[str, Seat]
) -> None:
    hands = begin(here)
    collide(here, hands, {"facts": "三间"}, {"facts": "五间"})
    first = seats["first"]
    first.look(hands)
    assert "等着定一个" in first.head()
    card = first.cards()[0]
    assert "由办案的人来定" in seen(card)
    assert not card.settle_button.isVisible()
    assert not [one for one in card.findChildren(QAbstractButton) if one.text() == "用这个"]


def test_of_two_sealed_papers_a_supervisor_says_which_one_holds(
    here: World, seats: dict[str, Seat]
) -> None:
    from tests.county.two_hands import assign

    hands = begin(here)
    here.quiet()
    assign(here, hands.case, here.second)
    here.supervisor.sync()
    here.second.sync()
    seal(11)(hands, here.first)
    seal(12)(hands, here.second)
    here.first.sync()
    here.second.sync()
    here.quiet()
    second, office = seats["second"], seats["supervisor"]
    second.look(hands)
    said = seen(second.cards()[0])
    assert "由司法所或县局来定" in said
    assert not second.cards()[0].settle_button.isVisible()
    office.look(hands)
    card = office.cards()[0]
    said = seen(card)
    for words in ("011号", "012号", "定稿指纹 0b0b0b0b…", "定稿指纹 0c0c0c0c…", "不能合并"):
        assert words in said
    assert (to_settle_at(here.second), to_settle_at(here.supervisor)) == (0, 1)
    choose(card, "这份算数")
    press(card, "settle")
    assert office.cards() == []
    assert to_settle_at(here.supervisor) == 0
    here.quiet()
    assert conflicts(here.second, hands.case.id) == ()
    paper = hands.now(here.second, hands.draft)
    assert isinstance(paper, Agreement)
    assert paper.number.endswith("011号")


def test_what_somebody_else_settled_meanwhile_closes_the_card(
    here: World, seats: dict[str, Seat]
) -> None:
    from app.services.settling import settle

    hands = begin(here)
    collide(here, hands, {"facts": "三间"}, {"facts": "五间"})
    second = seats["second"]
    second.look(hands)
    card = second.cards()[0]
    with here.second.store.unit() as uow:
        line = card.conflict.lines[0]
        settle(uow, card.conflict.entry_hash, {line.key: Choice.IN_FORCE})
    heard: list[bool] = []
    card.settled.connect(lambda: heard.append(True))
    choose(card, "用那个")
    card.settle()
    assert heard == [True]
    assert "刚才已经有人定过了。" in second.heard.said
    assert hands.now(here.second, hands.case).facts == "三间"


def test_a_wrong_clock_is_said_beside_what_it_wrote(here: World, seats: dict[str, Seat]) -> None:
    hands = begin(here)
    here.quiet()
    clock, before = here.first.clock, here.first.clock.moment
    try:
        clock.moment = datetime.now(UTC) + timedelta(days=29, minutes=1)
        here.first.sync()  # now it knows
        hands.change(here.first, hands.case, facts="钟不准的时候写的")
        first = seats["first"]
        first.look(hands)
        rows = [
            one
            for one in first.section("history").findChildren(QLabel)
            if one.toolTip().startswith("本机钟")
        ]
        assert rows
        assert "，快了约 29 天" in rows[0].toolTip()
        assert rows[0].text().startswith("约 ")
    finally:
        clock.moment = before
        here.first.sync()


def test_a_long_own_text_is_refused_and_stays(here: World, seats: dict[str, Seat]) -> None:
    hands = begin(here)
    collide(here, hands, {"facts": "三间"}, {"facts": "五间"})
    second = seats["second"]
    second.look(hands)
    card = second.cards()[0]
    choose(card, "自己写")
    text = card._choosers[0].text
    assert text is not None
    text.set_value("字" * (TEXT_LIMIT + 1))
    press(card, "settle")
    assert card.problem.isVisible()
    assert card.settle_button.isEnabled()
    assert len(text.value()) == TEXT_LIMIT + 1
    assert hands.now(here.second, hands.case).facts == "三间"


def test_the_word_of_delivery_tells_of_texts_and_files(here: World, seats: dict[str, Seat]) -> None:
    hands = begin(here)
    first = seats["first"]
    opened(first.workspace, hands.case.id)
    chip = first.workspace.page().head.delivery_chip
    assert chip.text() == "待上报"
    assert "等着上报" in chip.toolTip()
    first.look(hands)
    chip = first.workspace.page().head.delivery_chip
    assert chip.text() == "县里已收全"
    assert chip.toolTip() == "文字县局已收；这件案子没有附件。"
    view = first.workspace.page().view
    assert view is not None
    from app.services.lines import Delivery, FileState
    from app.ui.cases.assignment_words import case_delivery_tip

    two = {"a": FileState(True, False), "b": FileState(True, False), "c": FileState(True, True)}
    lines = tuple(replace(one, delivery=Delivery.RECEIVED) for one in view.history)
    tip = case_delivery_tip(replace(view, files=two, history=lines))
    assert tip == "文字县局已收；还有 2 个文件没传完。"
