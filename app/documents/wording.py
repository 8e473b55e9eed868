"""The printed words of values that the domain itself names, as the official forms have them.

Words that counties change come from packs, never from here. Everything here is Chinese: these are
forms.
"""

from __future__ import annotations

import re
from datetime import date, time

from app.domain.cases import Manner
from app.domain.dates import chinese_date
from app.domain.parties import PartyRole, StandIn
from app.domain.sessions import ParticipantKind, SessionOutcome

Data = dict[str, object]

ROLES = {
    PartyRole.APPLICANT: "申请人",
    PartyRole.RESPONDENT: "被申请人",
    PartyRole.THIRD: "第三人",
}
STAND_INS = {
    StandIn.GUARDIAN: "法定代理人",
    StandIn.AGENT: "委托代理人",
    StandIn.GROUP_REPRESENTATIVE: "推选代表人",
    StandIn.ORGANISATION_REPRESENTATIVE: "到场代表",
}
OUTCOMES = {
    SessionOutcome.AGREED: "达成协议",
    SessionOutcome.PARTLY_AGREED: "部分达成协议",
    SessionOutcome.ADJOURNED: "改日继续调解",
    SessionOutcome.FAILED: "未达成协议",
    SessionOutcome.WITHDRAWN: "申请人撤回",
}
PARTICIPANTS = {
    ParticipantKind.INVITED: "",
    ParticipantKind.WITNESS: "见证人",
    ParticipantKind.INTERPRETER: "翻译",
}
MANNERS = {Manner.ORAL: "口头告知", Manner.WRITTEN: "书面告知"}
SEXES = {"1": "男", "2": "女"}  # GB/T 2261.1; unknown and unstated stay blank for the pen

_STOPS = "。；，,;. "
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def paragraphs(text: str) -> list[str]:
    """The written lines of a text, without empty ones and without the writer's own indents."""
    return [line.strip() for line in _LINE_ENDS.split(text) if line.strip()]


def inline(text: str) -> str:
    """A text as part of a sentence: its lines joined, without the stop at its end."""
    return "；".join(line.rstrip(_STOPS) for line in paragraphs(text))


def day_words(day: date | None) -> str:
    """A local date as on paper; empty for an unknown one."""
    return chinese_date(day) if day else ""


def time_words(moment: time | None) -> str | None:
    """A local time of day as on paper, ``9时05分``; None for an unknown one."""
    return f"{moment.hour}时{moment.minute:02d}分" if moment else None


def ticked(words: dict[str, str], chosen: str) -> list[Data]:
    """All choices of a form in their order, the chosen one marked."""
    return [{"label": label, "chosen": code == chosen} for code, label in words.items()]
