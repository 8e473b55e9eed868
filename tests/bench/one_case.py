"""The story of the keystrokes: one dispute, as a mediator who knows the keys works it.

Facts, accounts and result are the mediator's own words; each is typed once.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.shell.window import Window
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
RESULT = "石永福赔一千二百元，分两期付清；以后修房先拉线、先打招呼。"


def debug(step: str) -> None:
    print(step, "->", describe_focus(), file=__import__("sys").stderr, flush=True)


def work(hand: Keyboard, window: Window, folder: Path) -> str:
    """Everything; returns the case's id."""
    hand.wait(lambda: window.current_key() == "cases", "the list of cases")
    hand.rest(1.0)
    register(hand, window)
    return ""


def go(hand: Keyboard, part: str, keys: int = 12) -> None:
    """Tab by Tab to the field whose name begins so."""
    for _ in range(keys):
        if hand.focus().accessibleName().startswith(part):
            return
        hand.tab()
    raise AssertionError(f"no {part!r}; the cursor is in {describe_focus()}")


def register(hand: Keyboard, window: Window) -> None:
    hand.counter.begin("register")
    hand.control(Qt.Key.Key_N)
    hand.rest(0.5)
    debug("new")
    hand.type("twl")
    popup(hand)
    hand.enter()
    hand.rest(0.3)
    debug("chosen")
    go(hand, "和谁")
    hand.type("syf")
    popup(hand)
    hand.enter()
    hand.rest(0.3)
    debug("chosen")
    go(hand, "纠纷")
    debug("matter?")
    hand.type(MATTER)
    hand.enter()
    debug("type?")
    hand.type("sunhai")
    popup(hand)
    hand.enter()
    debug("type!")
    go(hand, "事实")
    hand.type(FACTS)
    hand.tab()
    debug("on")
    hand.type("11.3")
    hand.enter()
    hand.type(PLACE)
    hand.control(Qt.Key.Key_S)
    hand.rest(1)
    debug("saved")


def popup(hand: Keyboard) -> None:
    hand.wait(lambda: QApplication.activePopupWidget() is not None, "an offer")
    hand.rest(0.1)
