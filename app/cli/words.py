"""What the command line says, in Chinese and English.

Sentences for refusals come from the window's one list of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from app.domain.problems import Problem, ProblemCode, Refused
from app.services.identities import NO_LONGER_HEARD

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
    USB_WRITTEN = "usb_written"
    USB_STILL_WAITS = "usb_still_waits"
    USB_READ = "usb_read"
    USB_READ_AGAIN = "usb_read_again"
    MORE_WAITS = "more_waits"
    NOTHING_WAITS = "nothing_waits"
    NOT_ENROLLED_YET = "not_enrolled_yet"
    PASSWORD_HOW = "password_how"
    WRITTEN_ONE = "written_one"
    JOURNAL_WHOLE = "journal_whole"
    ENROLLED = "enrolled"
    ENROLLED_ANEW = "enrolled_anew"
    ENROL_ANEW_HOW = "enrol_anew_how"
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
    NUMBER_PROVISIONAL = "number_provisional"
    SPOILED_SHEETS = "spoiled_sheets"
    # a sealed paper: its verdict, what was changed, facts, and the records
    PAPER_CA_HINT = "paper_ca_hint"
    PAPER_NO_RECORDS = "paper_no_records"


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
    Say.USB_WRITTEN: (
        "已写到 U 盘并读回核对过：{entries} 条记录，{files} 个附件。",
        "Written to the stick and read back. Entries: {entries}, files: {files}.",
    ),
    Say.USB_STILL_WAITS: (
        "这些还算待上报，等县里的回包读进来才算收到。请把整个文件原样带到县里。",
        "They still wait until the county's answer is read in. Please carry the file to the "
        "county as it is.",
    ),
    Say.USB_READ: (
        "回包已读入：县里新收 {received} 条、附件 {files} 个，收到别处 {pulled} 条，"
        "需要处理 {attention} 条。",
        "Answer read in: {received} newly received by the county, {files} files complete, "
        "{pulled} came in, {attention} need attention.",
    ),
    Say.USB_READ_AGAIN: (
        "这个回包以前读过，没有重复。县里新收 {received} 条、附件 {files} 个，"
        "收到别处 {pulled} 条，需要处理 {attention} 条。",
        "This answer had been read before; nothing was done twice. {received} newly received by "
        "the county, {files} files complete, {pulled} came in, {attention} need attention.",
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
    Say.ENROLLED_ANEW: (
        "已重新登记到 {county}：{person}。记录都留着，没报上的还有 {entries} 条，"
        "用 heshi sync 接着报。",
        "Enrolled anew with {county}: {person}. All records are kept. Left to send with "
        "heshi sync: {entries}.",
    ),
    Say.ENROL_ANEW_HOW: (
        "在命令行里，用 heshi enrol 地址 登记码 重新登记。",
        "On the command line, heshi enrol URL CODE enrols anew.",
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
    Say.NUMBER_PROVISIONAL: ("临时编号", "provisional"),
    Say.SPOILED_SHEETS: ("打坏 {count} 张", "spoiled sheets: {count}"),
    Say.PAPER_CA_HINT: (
        "可以向县局要证书文件，用 --ca 文件 指给它。",
        "The county can give its certificate file, to be named with --ca FILE.",
    ),
    Say.PAPER_NO_RECORDS: (
        "没有打开本机的记录，所以没有和记录核对。",
        "The records of this computer were not opened, so the paper was not compared with them.",
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
        if any(one.code in NO_LONGER_HEARD for one in refused.problems):
            self.warn(Say.ENROL_ANEW_HOW)

    def placed(self, problem: Problem) -> str:
        """The sentence with the place of a file before it."""
        text = self.sentence(problem)
        return f"{problem.field}: {text}" if "[" in problem.field else text

    def own_bug(self, report: Path | None) -> None:
        """That we made a mistake, and where the report lies."""
        print(self.sentence(Problem(ProblemCode.OUR_BUG)), file=sys.stderr)
        if report:
            self.warn(Say.REPORT_AT, path=report)
