"""The story of the keystrokes: one dispute, as a mediator who knows the keys works it.

Facts, accounts and result are the mediator's own words; each is typed once.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from app.ui.cases.workspace import Workspace
from app.ui.shell.window import Window
from app.ui.widgets.paper_window import PaperWindow
from tests.bench.keyboard import Keyboard, describe_focus

MATTER = "修屋顶掉瓦砸坏三轮车"
PLACE = "竹溪村三组村道"
FACTS = (
    "十一月三日上午，石永福家翻修屋顶，没有在村道上拉线，也没有提醒过路的人。两片瓦从西边屋檐滑落，"
    "砸坏唐文林停在墙边的电动三轮车，车篷破了两处，车把也歪了。唐文林送到镇上修理，花去一千二百元，"
    "找对方要钱，为赔多少吵了两回。"
)
ACCOUNTS = (
    "唐文林说：车子停在墙边好几年了，从来没有妨碍谁。那天听到响声跑出来，车篷已经破了两处，车把歪了，"
    "送到镇上修理花了一千二百元，有发票，要求全部赔。",
    "石永福说：瓦是我家掉下来的，这个我承认，当时忙着收工，没有拉线。可是车子停得离墙太近，"
    "自己也有一点责任，赔钱可以，一次拿不出那么多，要分两回给。",
)
CHECKED = "一起看了车篷的破口、修车发票和现场照片，双方没有异议。"
REQUEST = "赔偿修车费一千二百元"
RESULT = "石永福赔一千二百元，分两期付清；以后修房先拉线、先打招呼。"


def work(hand: Keyboard, window: Window) -> tuple[str, Path]:
    """Everything; returns the case's id and where its whole file was put."""
    hand.wait(lambda: window.current_key() == "cases", "the list of cases")
    hand.wait(lambda: QApplication.activeWindow() is window, "the window in front")
    hand.rest(1.0)
    for step in (
        register,
        accept,
        tell_rights,
        session,
        agree,
        finalise,
        sign,
        pay,
        visit,
        close,
        file_away,
    ):
        hand.counter.begin(step.__name__)
        step(hand)
        hand.rest(0.6)
    hand.counter.begin(whole_file.__name__)
    pdf = whole_file(hand)
    cases = window.page("cases")
    assert isinstance(cases, Workspace)
    view = cases.page().view
    assert view is not None
    return view.case_id, pdf


def go(hand: Keyboard, part: str, keys: int = 12) -> None:
    """Tab by Tab to the field whose name begins so."""
    for _ in range(keys):
        if hand.focus().accessibleName().startswith(part):
            return
        hand.tab()
    raise AssertionError(f"no {part!r}; the cursor is in {describe_focus()}")


def at(hand: Keyboard, part: str) -> None:
    """Until the cursor stands in the field whose name begins so, by itself."""

    def there() -> bool:
        hand.front()
        now = QApplication.focusWidget()
        return now is not None and now.accessibleName().startswith(part)

    hand.wait(there, f"the cursor in {part}")


def register(hand: Keyboard) -> None:
    hand.control(Qt.Key.Key_N)
    at(hand, "谁来反映的")
    hand.type("twl")
    popup(hand)
    hand.enter()
    at(hand, "和谁")
    hand.type("syf")
    popup(hand)
    hand.enter()
    at(hand, "为什么事")
    hand.type(MATTER)
    hand.enter()
    hand.type("shpc")
    popup(hand)
    hand.enter()
    hand.type(FACTS)
    hand.tab()
    hand.type(REQUEST)
    hand.tab()
    hand.type("11.3")
    hand.enter()
    hand.type(PLACE)
    hand.control(Qt.Key.Key_S)
    hand.find("next-step")


def save(hand: Keyboard, name: str = "save") -> None:
    if hand.sees(name):
        hand.click(name)
    else:
        hand.control(Qt.Key.Key_S)
    hand.rest(0.5)


def step(hand: Keyboard) -> None:
    hand.click("next-step")
    hand.rest(0.4)


def accept(hand: Keyboard) -> None:
    step(hand)
    save(hand)


def tell_rights(hand: Keyboard) -> None:
    step(hand)
    save(hand)


def session(hand: Keyboard) -> None:
    step(hand)
    hand.rest(0.5)
    hand.tab()
    hand.type("9:00")
    hand.enter()
    hand.type("10:30")
    hand.enter()
    hand.type("村调解室")
    hand.click("usual-words")
    hand.type(ACCOUNTS[0])
    hand.enter()
    hand.type(ACCOUNTS[1])
    go(hand, "4.")
    hand.type(CHECKED)
    go(hand, "6.")
    hand.type(RESULT)
    hand.click(text="谈成了")
    hand.click("conclude")
    hand.rest(0.5)


def agree(hand: Keyboard) -> None:
    step(hand)
    hand.rest(0.5)
    go(hand, "各方责任")
    hand.type("石永福翻修屋顶没有拉线提醒，负全部责任。")
    hand.click("from-bank")
    hand.rest(0.5)
    hand.type("fqfk")
    hand.rest(0.5)
    hand.enter()
    go(hand, "金额")
    hand.type("1200")
    hand.enter()
    hand.click(text="付款方式：现金")
    go(hand, "分几期")
    hand.type("2")
    hand.enter()
    hand.type("15天内")
    hand.control(Qt.Key.Key_Return)
    hand.rest(0.5)
    hand.rest(1.5)
    hand.click("save-and-finalise")
    hand.rest(1.0)


def finalise(hand: Keyboard) -> None:
    hand.wait(lambda: isinstance(QApplication.activeModalWidget(), PaperWindow), "the paper")
    hand.click("export")
    put_away(hand)
    hand.key(Qt.Key.Key_Escape)
    hand.wait(lambda: QApplication.activeModalWidget() is None, "the case")


def sign(hand: Keyboard) -> None:
    step(hand)
    hand.click("fill-usual")
    save(hand)


def pay(hand: Keyboard) -> None:
    """One of the instalments."""
    hand.click("tick-duty")
    hand.rest(0.4)
    save(hand)


def visit(hand: Keyboard) -> None:
    step(hand)
    hand.click(text="回访方式：电话")
    hand.click(text="满意")
    save(hand)


def close(hand: Keyboard) -> None:
    hand.click("close")
    hand.rest(0.4)
    save(hand)


def file_away(hand: Keyboard) -> None:
    step(hand)
    save(hand)


def whole_file(hand: Keyboard) -> Path:
    hand.click("export-all")
    return put_away(hand)


def put_away(hand: Keyboard) -> Path:
    """The question where to, answered with the place and name that it offers."""
    hand.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), "a place for it")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    path = Path(dialog.selectedFiles()[0])
    hand.enter()
    hand.wait(lambda: QApplication.activeModalWidget() is not dialog, f"the answer {path.name}")
    hand.wait(path.exists, f"the file {path.name}")
    return path


def popup(hand: Keyboard) -> None:
    hand.wait(lambda: QApplication.activePopupWidget() is not None, "an offer")
    hand.rest(0.1)
