"""What the command line says, in Chinese and English.

Sentences for refusals come from the window's one list of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from app.domain.problems import Problem, ProblemCode, Refused

LANGUAGES = ("zh_CN", "en")


class Say(StrEnum):
    """Everything that is said here and nowhere else."""

    NOT_SET_UP = "not_set_up"
    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"
    IMPORT_SUM = "import_sum"
    SEVERAL_FIT = "several_fit"
    NONE_FITS = "none_fits"
    WRITTEN = "written"
    SENT = "sent"
    MORE_WAITS = "more_waits"
    NOTHING_WAITS = "nothing_waits"
    NOT_ENROLLED_YET = "not_enrolled_yet"
    PASSWORD_HOW = "password_how"
    WRITTEN_ONE = "written_one"
    JOURNAL_WHOLE = "journal_whole"
    ENROLLED = "enrolled"
    SET_UP = "set_up"
    WITH_KEYRING = "with_keyring"
    WITH_PASSWORD = "with_password"
    REPORT_AT = "report_at"
    MISSING = "missing"
    PARTIES = "parties"
    AGREEMENTS = "agreements"
    NO_NUMBER = "no_number"
    REMARKS = "remarks"
    SOUND = "sound"
    UNSOUND = "unsound"
    UNKNOWN_DOCUMENT = "unknown_document"
    # the register of numbers
    NUMBER_USED = "number_used"
    NUMBER_VOID = "number_void"
    NUMBER_FREE = "number_free"
    SPOILED_SHEETS = "spoiled_sheets"
    # a sealed paper: its verdict, what was changed, facts, and the records
    PAPER_UNCHANGED = "paper_unchanged"
    PAPER_ONLY_THIS_DEVICE = "paper_only_this_device"
    PAPER_REVOKED_KEY = "paper_revoked_key"
    PAPER_UNKNOWN_KEY = "paper_unknown_key"
    PAPER_CHANGED = "paper_changed"
    PAPER_NOT_SIGNED = "paper_not_signed"
    PAPER_NOT_A_PDF = "paper_not_a_pdf"
    DAMAGE_TEXT = "damage_text"
    DAMAGE_ADDED = "damage_added"
    DAMAGE_SIGNATURE = "damage_signature"
    DAMAGE_UNREADABLE = "damage_unreadable"
    PAPER_DEVICE = "paper_device"
    PAPER_COMMITTEE = "paper_committee"
    PAPER_PERSON = "paper_person"
    PAPER_AT = "paper_at"
    PAPER_CLAIMS = "paper_claims"
    PAPER_REVOKED_SINCE = "paper_revoked_since"
    PAPER_NO_RECORDS = "paper_no_records"
    PAPER_LIMITS = "paper_limits"
    MATCH_NOT_HERE = "match_not_here"
    MATCH_SAME = "match_same"
    MATCH_OLDER = "match_older"
    MATCH_SPOILED = "match_spoiled"
    MATCH_VOID = "match_void"
    MATCH_OTHER_TEXT = "match_other_text"


WORDS: dict[Say, tuple[str, str]] = {
    Say.NOT_SET_UP: (
        "这里还没有和事的记录：{folder}。请先打开和事窗口，或者运行 heshi set-up。",
        "There are no records of Heshi here yet: {folder}. Please open Heshi or run heshi set-up.",
    ),
    Say.TAKEN: ("已导入", "taken in"),
    Say.KNOWN: ("已经有了，没有重复导入", "there already, not taken in twice"),
    Say.REFUSED: ("没有导入", "not taken in"),
    Say.IMPORT_SUM: (
        "导入 {taken} 件，已经有的 {known} 件，没有导入的 {refused} 件。",
        "{taken} taken in, {known} there already, {refused} not taken in.",
    ),
    Say.SEVERAL_FIT: (
        "有 {count} 件案件符合“{words}”，请写得更明确些：",
        "{count} cases fit “{words}”. Please be more exact:",
    ),
    Say.NONE_FITS: ("没有找到符合“{words}”的案件。", "No case fits “{words}”."),
    Say.WRITTEN: ("已写到 {path}（{pages} 页）", "Written to {path} ({pages} pages)"),
    Say.WRITTEN_ONE: ("已写到 {path}（1 页）", "Written to {path} (1 page)"),
    Say.SENT: (
        "送出 {sent} 条，县里新收 {received} 条，收到别处 {pulled} 条，需要处理 {attention} 条。",
        "{sent} sent, {received} newly received by the county, {pulled} came in, "
        "{attention} need attention.",
    ),
    Say.MORE_WAITS: ("还有没送完的，请再运行一次。", "More is waiting. Please run it again."),
    Say.NOTHING_WAITS: ("没有待上报的。", "Nothing is waiting."),
    Say.NOT_ENROLLED_YET: (
        "这台电脑还没有登记到县局。本机存着 {entries} 条记录，登记以后会上报"
        "（heshi enrol 地址 登记码）。",
        "This computer is not enrolled with a county yet. Entries kept here, to be sent after "
        "enrolment (heshi enrol URL CODE): {entries}.",
    ),
    Say.PASSWORD_HOW: (
        "在命令行里，口令放在环境变量 HESHI_PASSWORD 里，"
        "或者写在文件的第一行，用 --password-file 文件 指给它。",
        "On the command line the password comes from the environment variable HESHI_PASSWORD, "
        "or from the first line of a file given with --password-file FILE.",
    ),
    Say.JOURNAL_WHOLE: (
        "日志完整，共 {entries} 条。",
        "The journal is whole. Entries: {entries}.",
    ),
    Say.ENROLLED: (
        "已登记到 {county}：{person}。",
        "Enrolled with {county}: {person}.",
    ),
    Say.SET_UP: ("已建好：{committee}，{mediator}。", "Set up: {committee}, {mediator}."),
    Say.WITH_KEYRING: (
        "密钥放在系统的密码保管处。",
        "The key is kept by the system's keyring.",
    ),
    Say.WITH_PASSWORD: (
        "这台电脑没有密码保管处：每次打开都要输入口令，请记牢。",
        "This computer has no keyring: the password is asked for at every start. "
        "Please remember it well.",
    ),
    Say.REPORT_AT: ("报告在 {path}", "The report is at {path}"),
    Say.MISSING: ("还缺", "Missing"),
    Say.PARTIES: ("当事人", "Parties"),
    Say.AGREEMENTS: ("协议", "Agreements"),
    Say.NO_NUMBER: ("还没有编号", "no number yet"),
    Say.REMARKS: ("审核意见", "Remarks"),
    Say.SOUND: ("一切正常。", "All is well."),
    Say.UNSOUND: ("有 {count} 项不正常。", "Checks that are not well: {count}."),
    Say.UNKNOWN_DOCUMENT: (
        "没有“{kind}”这种文书。可以写：{kinds}。",
        "There is no document “{kind}”. Possible: {kinds}.",
    ),
    Say.NUMBER_USED: ("已用", "used"),
    Say.NUMBER_VOID: ("作废", "void"),
    Say.NUMBER_FREE: ("未用", "free"),
    Say.SPOILED_SHEETS: ("打坏 {count} 张", "spoiled sheets: {count}"),
    Say.PAPER_UNCHANGED: (
        "没有改动：和封存时一字不差，封存它的电脑是县里认证过的。",
        "Unchanged: exactly as it was sealed, by a computer that the county has certified.",
    ),
    Say.PAPER_ONLY_THIS_DEVICE: (
        "没有改动，但只有封存它的这台电脑自己作保，县里还没有认证它。",
        "Unchanged, but only this computer, which sealed it, vouches for that: no county has "
        "certified it yet.",
    ),
    Say.PAPER_REVOKED_KEY: (
        "和封存时一样，但封存它的电脑已被县里停用。是停用以前还是以后封存的，文件自己说不清，"
        "请向县局核实。",
        "As it was sealed, but the county has struck off the computer that sealed it. The file "
        "cannot tell whether that was before or after. Please ask the county.",
    ),
    Say.PAPER_UNKNOWN_KEY: (
        "和封存时一样，但这里不认识封存它的密钥。可以向县局要证书文件，用 --ca 文件 指给它。",
        "As it was sealed, but by a key that nobody here knows. The county can give its "
        "certificate file, to be named with --ca FILE.",
    ),
    Say.PAPER_CHANGED: (
        "有改动：这份文件封存以后被动过。",
        "Changed: this file was altered after it was sealed.",
    ),
    Say.PAPER_NOT_SIGNED: (
        "没有封存过：这份 PDF 里没有签名，看不出有没有改动。",
        "Never sealed: this PDF holds no signature, so nobody can tell whether it was changed.",
    ),
    Say.PAPER_NOT_A_PDF: ("这不是 PDF 文件。", "This is not a PDF file."),
    Say.DAMAGE_TEXT: (
        "动过的是封存住的内容。",
        "The alteration lies within what was sealed.",
    ),
    Say.DAMAGE_ADDED: (
        "封存的内容后面又加了东西。",
        "Something was added behind what was sealed.",
    ),
    Say.DAMAGE_SIGNATURE: (
        "动过的是签名本身。",
        "The signature itself was altered.",
    ),
    Say.DAMAGE_UNREADABLE: (
        "签名已经读不出来了。",
        "The signature can no longer be read.",
    ),
    Say.PAPER_DEVICE: ("封存的电脑：{device}", "Sealed by computer: {device}"),
    Say.PAPER_COMMITTEE: ("调委会：{committee}", "Committee: {committee}"),
    Say.PAPER_PERSON: ("电脑登记在谁名下：{person}", "Enrolled for: {person}"),
    Say.PAPER_AT: (
        "封存时间：{at}（那台电脑自己的钟，不能当证据）",
        "Sealed at: {at} (by that computer's own clock, which proves nothing)",
    ),
    Say.PAPER_CLAIMS: (
        "文书编号：{number}，第 {version} 次定稿，内容指纹 {hash}",
        "Number: {number}, frozen text no. {version}, content hash {hash}",
    ),
    Say.PAPER_REVOKED_SINCE: (
        "封存它的电脑已被县里停用。",
        "The county has struck off the computer that sealed it.",
    ),
    Say.PAPER_NO_RECORDS: (
        "没有打开本机的记录，所以没有和记录核对。",
        "The records of this computer were not opened, so the paper was not compared with them.",
    ),
    Say.PAPER_LIMITS: (
        "这证明不了：打进去的就是当场说的，按键的是哪个人，封存的钟点，"
        "也证明不了纸上的签名和指印是真的。",
        "What this cannot prove: that what was typed is what was said, who pressed the key, when "
        "it was done, and that the hands on the paper are genuine.",
    ),
    Say.MATCH_NOT_HERE: (
        "本机的记录里没有这份文书。",
        "The records of this computer do not hold this paper.",
    ),
    Say.MATCH_SAME: (
        "和本机的记录一致，是最新的一稿。",
        "It agrees with the records of this computer and is the newest text.",
    ),
    Say.MATCH_OLDER: (
        "本机的记录里还有更新的一稿（第 {version} 次定稿）。",
        "The records of this computer hold a newer text (no. {version}).",
    ),
    Say.MATCH_SPOILED: (
        "这一稿已经作废重做，记录里现在是草稿。",
        "This print was spoiled; in the records it is a draft again.",
    ),
    Say.MATCH_VOID: (
        "这份协议在记录里已经作废。",
        "In the records this agreement has been given up.",
    ),
    Say.MATCH_OTHER_TEXT: (
        "编号和本机的记录对不上：同一个编号下是另一份内容。",
        "It does not agree with the records of this computer: they hold another text under its "
        "number.",
    ),
}


# Refusals for want of a password: the window has a field for it, a command line has not.
_ABOUT_PASSWORD = (ProblemCode.PASSWORD_NEEDED, ProblemCode.KEYRING_MISSING)


class Speaker:
    """Prints in one language: results on standard output, refusals on standard error."""

    def __init__(self, language: str) -> None:
        self.language = language

    def words(self, say: Say, **facts: object) -> str:
        """The words with their blanks filled."""
        pair = WORDS[say]
        return (pair[1] if self.language.startswith("en") else pair[0]).format_map(facts)

    def joined(self, names: Iterable[str]) -> str:
        """Names one after the other, as the language divides them."""
        return (", " if self.language.startswith("en") else "、").join(names)

    def out(self, text: str) -> None:
        """One line of result."""
        print(text)

    def say(self, say: Say, **facts: object) -> None:
        """Words as a line of result."""
        print(self.words(say, **facts))

    def warn(self, say: Say, **facts: object) -> None:
        """Words that say why nothing was done."""
        print(self.words(say, **facts), file=sys.stderr)

    def sentence(self, problem: Problem) -> str:
        """The window's sentence for a problem."""
        from app.ui.runtime.problems import sentence

        return sentence(problem, self.language)

    def refuse(self, refused: Refused) -> None:
        """Every problem once, with its place where it has one."""
        for line in dict.fromkeys(self.placed(one) for one in refused.problems):
            print(line, file=sys.stderr)
        if any(one.code in _ABOUT_PASSWORD for one in refused.problems):
            self.warn(Say.PASSWORD_HOW)

    def placed(self, problem: Problem) -> str:
        """The sentence with the place of a file before it."""
        text = self.sentence(problem)
        return f"{problem.field}: {text}" if "[" in problem.field else text

    def own_bug(self, report: Path | None) -> None:
        """That we made a mistake, and where the report lies."""
        print(self.sentence(Problem(ProblemCode.OUR_BUG)), file=sys.stderr)
        if report:
            self.warn(Say.REPORT_AT, path=report)
