"""What both faces say of a sealed paper that was checked, in two columns: Chinese, English. Tables
only, and never Qt.

Each verdict says first whether the file was changed, then who vouches for that.
"""

from __future__ import annotations

from datetime import datetime

from app.domain.moments import local_moment
from app.services.paper_checking import RecordMatch
from app.services.paper_findings import PaperDamage, PaperVerdict

Words = tuple[str, str]

VERDICTS: dict[PaperVerdict, Words] = {
    PaperVerdict.UNCHANGED: (
        "没有改动：和封存时一字不差，封存它的电脑是县里认证过的。",
        "Unchanged: exactly as it was sealed, by a computer that the county has certified.",
    ),
    PaperVerdict.ONLY_THIS_DEVICE: (
        "没有改动，但只有封存它的这台电脑自己作保，县里还没有认证它。",
        "Unchanged, but only this computer, which sealed it, vouches for that: no county has "
        "certified it yet.",
    ),
    PaperVerdict.REVOKED_KEY: (
        "和封存时一样，但封存它的电脑已被县里停用。是停用以前还是以后封存的，文件自己说不清，"
        "请向县局核实。",
        "As it was sealed, but the county has struck off the computer that sealed it. The file "
        "cannot tell whether that was before or after. Please ask the county.",
    ),
    PaperVerdict.UNKNOWN_KEY: (
        "和封存时一样，但这里不认识封存它的密钥。",
        "As it was sealed, but by a key that nobody here knows.",
    ),
    PaperVerdict.CHANGED: (
        "有改动：这份文件封存以后被动过。",
        "Changed: this file was altered after it was sealed.",
    ),
    PaperVerdict.NOT_SIGNED: (
        "没有封存过：这份 PDF 里没有签名，看不出有没有改动。",
        "Never sealed: this PDF holds no signature, so nobody can tell whether it was changed.",
    ),
    PaperVerdict.NOT_A_PDF: ("这不是 PDF 文件。", "This is not a PDF file."),
}

DAMAGES: dict[PaperDamage, Words] = {
    PaperDamage.TEXT: (
        "动过的是封存住的内容。",
        "The alteration lies within what was sealed.",
    ),
    PaperDamage.ADDED: (
        "封存的内容后面又加了东西。",
        "Something was added behind what was sealed.",
    ),
    PaperDamage.SIGNATURE: (
        "动过的是签名本身。",
        "The signature itself was altered.",
    ),
    PaperDamage.UNREADABLE: (
        "签名已经读不出来了。",
        "The signature can no longer be read.",
    ),
}

MATCHES: dict[RecordMatch, Words] = {
    RecordMatch.NOT_HERE: (
        "本机的记录里没有这份文书。",
        "The records of this computer do not hold this paper.",
    ),
    RecordMatch.SAME: (
        "和本机的记录一致，是最新的一稿。",
        "It agrees with the records of this computer and is the newest text.",
    ),
    RecordMatch.OLDER: (
        "本机的记录里还有更新的一稿（第 {version} 次定稿）。",
        "The records of this computer hold a newer text (no. {version}).",
    ),
    RecordMatch.SPOILED: (
        "这一稿已经作废重做，记录里现在是草稿。",
        "This print was spoiled; in the records it is a draft again.",
    ),
    RecordMatch.VOID: (
        "这份协议在记录里已经作废。",
        "In the records this agreement has been given up.",
    ),
    RecordMatch.OTHER_TEXT: (
        "编号和本机的记录对不上：同一个编号下是另一份内容。",
        "It does not agree with the records of this computer: they hold another text under its "
        "number.",
    ),
}

DEVICE: Words = ("封存的电脑：{device}", "Sealed by computer: {device}")
COMMITTEE: Words = ("调委会：{committee}", "Committee: {committee}")
PERSON: Words = ("电脑登记在谁名下：{person}", "Enrolled for: {person}")
AT: Words = (
    "封存时间：{at}（那台电脑自己的钟，不能当证据）",
    "Sealed at: {at} (by that computer's own clock, which proves nothing)",
)
CLAIMS: Words = (
    "文书编号：{number}，第 {version} 次定稿，内容指纹 {hash}",
    "Number: {number}, frozen text no. {version}, content hash {hash}",
)
REVOKED_SINCE: Words = (
    "封存它的电脑已被县里停用。",
    "The county has struck off the computer that sealed it.",
)
LIMITS: Words = (
    "这证明不了：打进去的就是当场说的，按键的是哪个人，封存的钟点，"
    "也证明不了纸上的签名和指印是真的。",
    "What this cannot prove: that what was typed is what was said, who pressed the key, when "
    "it was done, and that the hands on the paper are genuine.",
)


def said(words: Words, language: str, **facts: object) -> str:
    """The words of a language (``zh_CN`` or ``en``) with their blanks filled."""
    return (words[1] if language.startswith("en") else words[0]).format_map(facts)


def moment(at: datetime) -> str:
    """A moment that a file claims, by this computer's own zone where that can be said."""
    shown = local_moment(at) or at
    return f"{shown:%Y-%m-%d %H:%M %z}"
