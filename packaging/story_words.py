"""What is said and written in the demo's whole case. The people and the quarrel are invented for
practice and say so; nothing here is anybody's.
"""

from __future__ import annotations

from app.domain.identity import citizen_check_character
from app.domain.sessions import SessionStep

NOTE = "演练用的虚构案件，人名、事情都是编的。"
MATTER = "棚檐滴水泡坏墙皮"
FACTS = "赵六家新搭的棚子滴水，泡坏了王五家的墙皮，两家为此争吵。" + NOTE
REQUESTS = ("把水引开，别再滴到墙根", "赔修墙的钱")
VILLAGE = "演练村一组"
ROOM = "村委会调解室"
COURT = "演练县人民法院"
POWERS = ("APPLY_OR_END", "EVIDENCE", "DISPOSE_CLAIMS", "SIGN_DOCUMENTS", "RECEIVE_DOCUMENTS")
RESPONSIBILITY = "赵六搭棚时没有顾到邻家的墙，棚檐的水滴到了王五家墙根"
ASKED = (
    ("你和王五、赵六两家是什么关系？", "我住在两家斜对面，跟谁家都不沾亲。"),
    ("棚子是什么时候搭的？", "去年秋收以后搭的，搭了三四天。"),
    ("下雨时你看见什么？", "水顺着棚檐往王五家墙根流，墙皮是从那儿开始掉的。"),
    ("以前那面墙好不好？", "前年刚刷过，好好的。"),
)
PHOTOS = (
    ("roof", "棚檐正对王五家墙根，檐口几片瓦破了"),
    ("wall", "王五家墙皮脱落，约两平方米"),
)
_RIGHTS = "调解员向双方宣读了权利义务告知书，双方都说听明白了，对调解员没有意见。"
_MANNER = "说明了自愿、平等、不收费的原则，介绍了调解员和记录人，双方同意这样谈。"
FIRST_TALK = {
    SessionStep.RIGHTS_TOLD: _RIGHTS,
    SessionStep.MANNER_TOLD: _MANNER,
    SessionStep.ACCOUNTS: "王五说：雨水从赵六家新搭的棚子流到我家墙根，墙皮泡掉了一片。"
    "赵小禾代赵六说：棚子是去年搭的，没想到会这样，要回家商量。",
    SessionStep.FACTS_CHECKED: "宣读了调查记录，看了两张照片，双方对水从哪里来没有异议。",
    SessionStep.RISKS_TOLD: "说明了排水、滴水的规矩，以及谈不成可以到法院起诉。",
    SessionStep.RESULT: "赵六一方回家商量，改天再谈。",
    SessionStep.SIGNED: "笔录已向双方宣读，双方认为无误。",
}
SECOND_TALK = {
    SessionStep.RIGHTS_TOLD: _RIGHTS,
    SessionStep.MANNER_TOLD: _MANNER,
    SessionStep.ACCOUNTS: "赵六说：看过照片了，水槽我来装，墙钱我来出，请分两次付。"
    "王五说：分两次可以。",
    SessionStep.FACTS_CHECKED: "一起到现场看了，水迹从棚檐正下方开始，墙皮脱落约两平方米，"
    "双方认可。",
    SessionStep.RISKS_TOLD: "说明了不按协议做的后果，以及可以共同申请司法确认。",
    SessionStep.RESULT: "赵六装好接水槽，付给王五修墙的钱六百元，分两期付清。",
    SessionStep.SIGNED: "笔录已向双方宣读，双方认为无误。",
}
VAGUE_CLAUSE = "双方今后有事及时找调解员商量。"
WAIVED_BECAUSE = "这一条只说有事找谁商量，没有日期可写；双方都听明白了。"
SPOILED_BECAUSE = "印好以后发现履行地点写得不全，还没有人签字"
SITUATION = "本卷材料齐全；证据照片为演示用图，没有缺页。"


def invented_id_number(birth: str, order: str) -> str:
    """A well-formed number of nobody: its county code was never given out. `birth` is YYYYMMDD,
    `order` three digits, odd for a man.
    """
    first = f"450399{birth}{order}"
    return first + citizen_check_character(first)
