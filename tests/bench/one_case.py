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
    debug(str(window.size()))
    for step in (register, accept, tell_rights, session, agree, finalise, sign, pay, visit, close, file_away):
        hand.counter.begin(step.__name__)
        step(hand)
        hand.rest(0.6)
        debug(f"== after {step.__name__} {hand.counter.counts.get(step.__name__)}")
        window.grab().save(f"/tmp/h/keys/after_{step.__name__}.png")
    return ""


def go(hand: Keyboard, part: str, keys: int = 12) -> None:
    """Tab by Tab to the field whose name begins so."""
    for _ in range(keys):
        if hand.focus().accessibleName().startswith(part):
            return
        hand.tab()
    raise AssertionError(f"no {part!r}; the cursor is in {describe_focus()}")


def register(hand: Keyboard) -> None:
    hand.control(Qt.Key.Key_N)
    hand.rest(0.5)
    hand.type("twl")
    popup(hand)
    hand.enter()
    hand.rest(0.3)
    hand.type("syf")
    popup(hand)
    hand.enter()
    hand.rest(0.3)
    debug("matter?")
    hand.type(MATTER)
    hand.enter()
    debug("type?")
    hand.type("sunhai")
    popup(hand)
    hand.enter()
    debug("type!")
    hand.type(FACTS)
    hand.tab()
    debug("on")
    hand.type("11.3")
    hand.enter()
    hand.type(PLACE)
    hand.control(Qt.Key.Key_S)
    hand.find("next-step")


def save(hand: Keyboard, name: str = "save") -> None:
    if hand.sees(name):
        hand.click(name)
    else:
        debug(f"{name} is not in sight")
        hand.control(Qt.Key.Key_S)
    hand.rest(0.5)


def step(hand: Keyboard) -> None:
    hand.click("next-step")
    hand.rest(0.4)
    debug("next-step")


def accept(hand: Keyboard) -> None:
    step(hand)
    save(hand)


def tell_rights(hand: Keyboard) -> None:
    step(hand)
    save(hand)


def session(hand: Keyboard) -> None:
    step(hand)
    hand.rest(0.5)
    debug("session")
    hand.tab()
    hand.type("9:00")
    hand.enter()
    hand.type("10:30")
    hand.enter()
    hand.type("村调解室")
    go(hand, "记录人")
    hand.type("盘秋月")
    go(hand, "1.")
    hand.type("调解员向双方宣读了权利义务告知书，双方表示听明白了。")
    go(hand, "2.")
    hand.type("调解员说明：调解自愿，不收费，谈不成可以走别的途径。")
    go(hand, "3.")
    hand.type(ACCOUNTS[0])
    hand.enter()
    hand.type(ACCOUNTS[1])
    go(hand, "4.")
    hand.type(CHECKED)
    go(hand, "5.")
    hand.type("调解员说明：协议生效后应当履行；三十日内可以共同申请司法确认。")
    go(hand, "6.")
    hand.type(RESULT)
    go(hand, "7.")
    hand.type("以上记录已当场宣读，与各方所说一致。")
    hand.click(text="谈成了")
    hand.click("conclude")
    hand.rest(0.5)
    shot("session")


def agree(hand: Keyboard) -> None:
    step(hand)
    hand.rest(0.5)
    go(hand, "各方责任")
    hand.type("石永福翻修屋顶没有拉线提醒，负全部责任。")
    hand.click("from-bank")
    hand.rest(0.5)
    hand.type("fenqi")
    hand.rest(0.5)
    hand.enter()
    debug("bank")
    hand.click(text="付款人：石永福")
    debug("payer")
    go(hand, "金额")
    hand.type("1200")
    hand.enter()
    debug("way")
    hand.click(text="付款方式：现金")
    go(hand, "分几期")
    hand.type("2")
    hand.enter()
    hand.type("15天内")
    shot("bank2")
    hand.control(Qt.Key.Key_Return)
    hand.rest(0.5)
    debug("put in")
    shot("put in")
    x = start = hand.focus()
    for n in range(6000):
        x = x.nextInFocusChain()
        if x.focusPolicy() & Qt.FocusPolicy.TabFocus and x.isVisible() and not x.focusProxy():
            print("chain", n, type(x).__name__, x.accessibleName(), x.objectName(), file=__import__("sys").stderr)
        if x is start:
            print("chain ring", n, file=__import__("sys").stderr)
            break
    for _ in range(5):
        for _ in range(13):
            hand.tab()
        debug("chaintab")
    y = hand.find("from-bank")
    for n in range(20):
        print("chainb", type(y).__name__, y.accessibleName(), y.objectName(), type(y.parentWidget()).__name__, file=__import__("sys").stderr)
        y = y.previousInFocusChain()
    go(hand, "履行方式", 30)
    debug("manner")
    hand.type("fq")
    popup(hand)
    hand.enter()
    go(hand, "履行地点")
    hand.type("村调解室")
    hand.rest(1.5)
    shot("checker")
    print_findings()
    hand.click("save-and-finalise")
    hand.rest(1.0)
    shot("finalised")
    print_findings()


def print_findings() -> None:
    from app.ui.cases.checker_panel import CheckerPanel
    for top in QApplication.topLevelWidgets():
        for one in top.findChildren(CheckerPanel):
            print("CHECKER", [(f.code.value, f.place) for f in one.findings], file=__import__("sys").stderr)


def finalise(hand: Keyboard) -> None:
    hand.wait(lambda: QApplication.activeModalWidget() is not None, "paper")
    hand.click("export")
    hand.rest(0.6)
    debug("file dialog")
    shot("filedialog")
    hand.enter()
    hand.rest(0.5)
    debug("paper")
    hand.key(Qt.Key.Key_Escape)
    hand.rest(0.5)
    debug("page")


def sign(hand: Keyboard) -> None:
    step(hand)
    hand.click("fill-usual")
    save(hand)


def pay(hand: Keyboard) -> None:
    shot("pay0")
    step(hand)
    shot("pay")


def visit(hand: Keyboard) -> None:
    step(hand)


def close(hand: Keyboard) -> None:
    step(hand)


def file_away(hand: Keyboard) -> None:
    step(hand)


def shot(name: str) -> None:
    top = QApplication.activeModalWidget() or QApplication.activeWindow()
    if top is not None:
        top.grab().save(f"/tmp/h/keys/{name}.png")


def popup(hand: Keyboard) -> None:
    hand.wait(lambda: QApplication.activePopupWidget() is not None, "an offer")
    hand.rest(0.1)
