"""The sentence and the next step for everything that can stand in the way. Plain words: what
happened, what is safe, what to do.

Never Qt (the command line reads it too), never a code alone, never a word of scolding.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.money import figures
from app.domain.problems import Fact, Problem, Refused
from app.domain.problems import ProblemCode as P
from app.ui.runtime.texts import (
    ACT_NAMES as ACT_NAMES,
)
from app.ui.runtime.texts import (
    KIND_NAMES,
    Words,
    name_of,
    pick,
)
from app.ui.runtime.texts import delivery_name as delivery_name
from app.ui.runtime.texts import field_name as field_name
from app.ui.runtime.texts import stage_name as stage_name

SENTENCES: dict[P, Words] = {
    # at a field
    P.EMPTY: ("这一项还空着，请填上。", "This is still empty. Please fill it in."),
    P.PASTE_CUT: (
        "这里最多放 {limit} 个字，多出来的没有放进来，请看看末尾。",
        "This holds {limit} characters; the rest was left out. Please look at the end.",
    ),
    P.PASTE_LEFT_OUT: (
        "要放进来的内容太长：这里最多 {limit} 个字，加上它就有 {length} 个，所以没有放进来。"
        "原来写的都还在，请挑要紧的部分分几次放。",
        "What was to go in is too long: {limit} characters at most, with it there would be "
        "{length}, so it was left out. What stood here is still here; please put in what matters.",
    ),
    P.TOO_LONG: (
        "写得太长了：这里最多 {limit} 个字，现在有 {length} 个。写的内容都还在，请缩短一些。",
        "This is too long: {limit} characters fit here, there are {length}. All "
        "you wrote is still there. Please shorten it.",
    ),
    P.UNSTORABLE_CHARACTER: (
        "第 {position} 个字（{codepoint}）存不下来，多半是粘贴时带进来的。"
        "请删掉它，其他内容不受影响。",
        "Character {position} ({codepoint}) cannot be stored; it probably came "
        "with pasting. Please delete it. The rest is fine.",
    ),
    P.NAME_HAS_DIGITS: (
        "姓名里有数字，请看看是不是写串了。",
        "There are digits in the name. Please check whether something slipped in.",
    ),
    P.NOT_A_DATE: (
        "看不懂“{text}”是哪一天。可以写 3.15、昨天、20260315，或者点日历挑。",
        '"{text}" cannot be read as a date. You can write 3.15, yesterday, '
        "20260315, or pick a day from the calendar.",
    ),
    P.DATE_IMPOSSIBLE: (
        "“{text}”这一天不存在，请看看月份和日子。",
        'There is no such day as "{text}". Please check month and day.',
    ),
    P.DATE_IN_FUTURE: (
        "{date} 还没到。已经发生的事，请写实际的日子。",
        "{date} is still to come. For something that has happened, please write the real day.",
    ),
    P.DATE_TOO_EARLY: (
        "{date} 太早了，最早可以写 {earliest}。请看看年份。",
        "{date} is too early; the earliest is {earliest}. Please check the year.",
    ),
    P.DATE_ORDER: (
        "{later}不能早于{earlier}，请看看这两个日子。",
        "{later} cannot come before {earlier}. Please check both.",
    ),
    P.NOT_A_TIME: (
        "看不懂“{text}”是几点。可以写 9:30、下午3点、1530。",
        '"{text}" cannot be read as a time. You can write 9:30 or 1530.',
    ),
    P.NOT_AN_AMOUNT: (
        "看不懂“{text}”是多少钱。可以写 400、2.5万、四百元。",
        '"{text}" cannot be read as an amount. You can write 400 or 25,000.00.',
    ),
    P.AMOUNT_NEGATIVE: (
        "金额不能是负数。谁付给谁，请在付款人和收款人那里选。",
        "An amount cannot be negative. Who pays whom is chosen at payer and payee.",
    ),
    P.AMOUNT_TOO_LARGE: (
        "金额太大，表格上写不下（不到一万亿元）。请看看是不是多了零。",
        "The amount is too large for the form (below one trillion yuan). Please "
        "check for extra zeros.",
    ),
    P.AMOUNT_SPLIT_FEN: (
        "最小写到分，小数点后面最多两位。",
        "The smallest unit is the fen: two decimals at most.",
    ),
    P.UNKNOWN_CODE: (
        "“{code}”不在选项里，请从列表里重新选。",
        '"{code}" is not among the choices. Please choose from the list again.',
    ),
    P.NOT_A_PHONE: (
        "这个电话号码看着不对。几个号码之间请用空格隔开。",
        "This does not look like a telephone number. Please put spaces between several numbers.",
    ),
    P.NOT_A_NUMBER: (
        "这里要填一个合适的数，“{text}”不行。",
        'This needs a suitable number; "{text}" will not do.',
    ),
    P.REASON_NEEDED: (
        "请写一句原因，以后查起来才清楚。",
        "Please write a sentence why, so that it is clear later.",
    ),
    P.NOTHING_CHOSEN: ("还没有选，请选一个。", "Nothing is chosen yet. Please choose one."),
    # identity numbers
    P.ID_LENGTH: (
        "身份证号应是 18 位，现在是 {length} 位。确实是这样的话，请在下面写明原因，照样可以保存。",
        "A citizen number has 18 characters, this one has {length}. If it is "
        "really so, write why below and it is kept as it is.",
    ),
    P.ID_CHARACTER: (
        "身份证号里有不该有的字：前 17 位是数字，最后一位是数字或 X。"
        "确实如此请写明原因，照样可以保存。",
        "There are unexpected characters: the first 17 are digits, the last a "
        "digit or X. If it is really so, write why and it is kept.",
    ),
    P.ID_CHECK_DIGIT: (
        "身份证号的最后一位对不上，多半有一位写错了，请再对一遍。"
        "确实如此请写明原因，照样可以保存。",
        "The last character does not fit the others; one of them is probably "
        "wrong. Please compare again. If it is really so, write why and it is "
        "kept.",
    ),
    P.ID_BIRTH_DATE: (
        "身份证号里的出生日期不像真的，请再对一遍。确实如此请写明原因，照样可以保存。",
        "The date of birth inside the number looks wrong. Please compare again. "
        "If it is really so, write why and it is kept.",
    ),
    P.ID_REGION: (
        "身份证号开头两位不是省份代码，请再对一遍。确实如此请写明原因，照样可以保存。",
        "The first two digits are no province. Please compare again. If it is "
        "really so, write why and it is kept.",
    ),
    P.ID_OLD_STYLE: (
        "这是 15 位的老证号，现在用 18 位的。手头只有老证的话，请写明原因，照样可以保存。",
        "This is an old number of 15 digits; today they have 18. If only the old "
        "card is at hand, write so and it is kept.",
    ),
    P.ID_SEX_DIFFERS: (
        "性别和身份证号对不上，请看看是哪一个写错了。",
        "The sex does not fit the citizen number. Please see which of them is wrong.",
    ),
    P.ID_BIRTH_DIFFERS: (
        "出生日期和身份证号对不上，请看看是哪一个写错了。",
        "The date of birth does not fit the citizen number. Please see which of them is wrong.",
    ),
    P.CREDIT_CODE_LENGTH: (
        "统一社会信用代码应是 18 位，现在是 {length} 位。确实如此请写明原因，照样可以保存。",
        "A credit code has 18 characters, this one has {length}. If it is really "
        "so, write why and it is kept.",
    ),
    P.CREDIT_CODE_CHARACTER: (
        "统一社会信用代码里有不该有的字（没有 I、O、S、V、Z）。确实如此请写明原因，照样可以保存。",
        "There are characters that a credit code never has (such as I, O, S, V, "
        "Z). If it is really so, write why and it is kept.",
    ),
    P.CREDIT_CODE_CHECK: (
        "统一社会信用代码的最后一位对不上，请再对一遍。确实如此请写明原因，照样可以保存。",
        "The last character of the credit code does not fit. Please compare "
        "again. If it is really so, write why and it is kept.",
    ),
    # rules of mediation: hard stops
    P.NO_RIGHTS_NOTICE: (
        "还没有告知双方权利义务，按规定不能开始调解。内容都在，请先做“告知”，再开调解会。",
        "Rights and duties have not been told yet, and the rules want that "
        "before a session. All is kept. Please tell them first, then begin.",
    ),
    P.RIGHTS_NOTICE_LATE: (
        "告知日期（{told_on}）晚于调解日期（{held_on}）。告知要在调解之前，请看看哪个日子写错了。",
        "The notice ({told_on}) is dated after the session ({held_on}). It must "
        "come first. Please see which date is wrong.",
    ),
    P.RIGHTS_NOTICE_NOT_ALL: (
        "{names} 还没有被告知权利义务。请先补上告知，再开调解会。",
        "{names} has not been told rights and duties. Please do that first, then "
        "begin the session.",
    ),
    P.PARTY_REFUSED: (
        "{name} 明确表示不愿调解，按法律不能再调下去。已经记下的都保留着，可以告诉双方走其他途径。",
        "{name} has clearly refused mediation, and by law it cannot go on. All "
        "records are kept. Please tell the parties of other ways.",
    ),
    P.PARTY_NOT_CAPABLE: (
        "{name} 不能自己签字（没有民事行为能力）。请由监护人代签，先在当事人那里添上监护人。",
        "{name} cannot sign (no legal capacity). The guardian has to sign; "
        "please add the guardian to the party first.",
    ),
    P.GUARDIAN_NEEDED: (
        "{name} 未成年或行为能力受限，要监护人一起签。请先在当事人那里添上监护人。",
        "{name} is a minor or of limited capacity; the guardian has to sign as "
        "well. Please add the guardian to the party first.",
    ),
    P.GUARDIAN_IS_OPPONENT: (
        "{name} 是对方当事人，不能同时当监护人。请换一位监护人。",
        "{name} is the opposite party and cannot be the guardian too. Please "
        "name another guardian.",
    ),
    P.AGENT_WITHOUT_POWER: (
        "{name} 的委托书里没有“代为和解”和“代为签字”的权限，不能代签。请本人来签，或者补好委托书。",
        "{name} has no power to settle and to sign for the party. Let the party "
        "sign, or complete the power of attorney.",
    ),
    P.SIGNER_NOT_ON_PAPER: (
        "签字的人不在这份协议上。请从协议上的人里选。",
        "The signer does not stand on this agreement. Please choose somebody who does.",
    ),
    P.AGREEMENT_FROZEN: (
        "协议{number}已经定稿，不能再改，纸上的字和这里的字才会一致。要变更请做一份补充协议。",
        "The agreement {number} is final and cannot change, so that paper and "
        "record agree. Please make a supplementary agreement instead.",
    ),
    P.AGREEMENT_NOT_FINAL: (
        "协议还没有定稿。请先核对内容、点“定稿”，打印出来再签字。",
        "The agreement is not final yet. Please check it, finalise it, print it, "
        "and then have it signed.",
    ),
    P.AGREEMENT_NOT_EFFECTIVE: (
        "协议还没有生效：要各方当事人、调解员都签了字，调委会盖了章。请先把签字补齐。",
        "The agreement is not in effect: all parties, the mediator and the "
        "committee's seal are needed. Please complete them first.",
    ),
    P.OUT_OF_SCOPE: (
        "这件事看着不属于人民调解的范围，整件不能受理。如果其中有一部分可以调，"
        "请写明是哪一部分、为什么。",
        "This matter looks outside people's mediation and cannot be accepted as "
        "a whole. If a part of it can, please write which and why.",
    ),
    # not now
    P.MOVE_NOT_ALLOWED: (
        "案件现在是“{stage}”，还走不到“{wanted}”这一步。内容没有变，请先完成前面的步骤。",
        'The case stands at "{stage}" and cannot go to "{wanted}" from there. '
        "Nothing has changed. Please finish the earlier steps first.",
    ),
    P.CASE_CLOSED: (
        "卷宗已经归档，不能再改，可以看、可以打印。有新情况请另立一件。",
        "The file is bound and cannot change; it can be read and printed. For "
        "something new please begin another case.",
    ),
    P.NOT_ACCEPTED_YET: (
        "这件事还没有受理。请先点“受理”。",
        "This matter has not been accepted yet. Please accept it first.",
    ),
    P.TWO_SIDES_NEEDED: (
        "至少要有两方当事人。请把另一方也添上。",
        "There must be at least two parties. Please add the other side.",
    ),
    P.SAME_PERSON_BOTH_SIDES: (
        "{name} 同时出现在两边了，请看看是不是选错了人。",
        "{name} stands on both sides. Please see whether the wrong person was chosen.",
    ),
    P.MEDIATOR_NEEDED: (
        "还没有选调解员，请至少选一位。",
        "No mediator is chosen yet. Please choose at least one.",
    ),
    P.CLAUSE_NEEDED: (
        "协议里还没有条款，请至少写一条。",
        "The agreement has no clause yet. Please write at least one.",
    ),
    P.INSTALMENT_SUM: (
        "各期加起来是 {sum} 元，和总额 {total} 元对不上。请看看哪一期写错了。",
        "The instalments add up to {sum} yuan, the total is {total} yuan. Please "
        "see which of them is wrong.",
    ),
    P.PAYER_IS_PAYEE: (
        "付款人和收款人是同一个人，请改一个。",
        "Payer and payee are the same. Please change one of them.",
    ),
    P.FINDING_STOP: (
        "这样的协议不能定稿。{said}",
        "An agreement like this cannot be made final. {said}",
    ),
    P.FINDINGS_OPEN: (
        "检查提出的提醒还有 {count} 条没有处理。请逐条改好，或者写明为什么照旧。",
        "{count} warnings of the checker are still open. Please mend each, or write why it stays.",
    ),
    P.STOP_NOT_WAIVED: (
        "这一条是法律不允许的，写了原因也不能放过，只能改。",
        "This is against the law and no reason lifts it. It has to be changed.",
    ),
    P.NOT_CONFIRMABLE: (
        "协议里有“{word}”，身份关系和权属不能申请司法确认。其他内容照样有效。",
        'The agreement holds "{word}": status and ownership cannot be confirmed by a court. The '
        "rest stays valid.",
    ),
    P.CONFIRMATION_OVER: (
        "申请司法确认的最后一天是 {date}，已经过了。协议照样有效，不履行的可以起诉。",
        "The last day to ask for confirmation was {date}. The agreement stays valid; if it is not "
        "kept, a suit is open.",
    ),
    P.NUMBER_TAKEN: (
        "编号“{number}”已经用过了，请换一个。",
        'The number "{number}" has been used. Please take another.',
    ),
    P.NOBODY_PRESENT: (
        "还没有勾选到场的人，请至少勾一位。",
        "Nobody is marked as present. Please mark at least one.",
    ),
    P.OUTCOME_NEEDED: (
        "还没有选这次调解的结果，请选一个。",
        "The outcome of this session is not chosen yet. Please choose one.",
    ),
    P.NOT_COMPLETE: (
        "还缺 {count} 项，暂时不能归档。先补“{gap}”，其他的看右边的“还缺什么”，补齐后再归档。",
        '{count} items are missing, so it cannot be filed yet. Start with "{gap}"; '
        'the others stand under "What is missing" at the right.',
    ),
    P.NOT_YOURS: (
        "这份记录现在归别人办，这里只能看。要改，请找现在办这件案子的调解员；"
        "要拿过来办，请对方移交，或者请司法所改派。",
        "Somebody else has this record now; it can only be read here. For changes please ask the "
        "mediator who has the case, who can also hand it over to you, as can the supervisor.",
    ),
    # records
    P.RECORD_NOT_FOUND: (
        "没有找到这条记录，可能已经并入别处。请回到列表重新打开。",
        "This record was not found; it may have been merged. Please go back to "
        "the list and open it again.",
    ),
    P.CHANGED_MEANWHILE: (
        "您写的时候，这一项在别处也改了。您写的还在这里，请对照一下，决定留哪一个再保存。",
        "While you were writing, this was changed elsewhere too. Your text is "
        "still here. Please compare, decide, and save again.",
    ),
    P.ALREADY_THERE: (
        "{what} 已经有了，没有再存一遍。",
        "{what} is there already; it was not stored twice.",
    ),
    P.TOO_MANY: (
        "太多了，最多 {limit} 个。请分开来办。",
        "That is too many; {limit} at most. Please divide it.",
    ),
    # import
    P.FILE_NOT_JSON: (
        "文件读到第 {line} 行就看不懂了，没有导入它。请让给您文件的人检查格式（JSON）。",
        "The file cannot be understood from line {line} on, and was not taken "
        "in. Please have its format (JSON) checked.",
    ),
    P.FILE_TOO_LARGE: (
        "文件超过 {limit_mb} MB，没有导入。请分成几个小文件。",
        "The file is larger than {limit_mb} MB and was not taken in. Please split it.",
    ),
    P.FILE_SHAPE: (
        "文件里“{place}”这个地方写得不对，应该是：{wanted}。这一件没有导入，其余的不受影响。",
        'At "{place}" the file should hold: {wanted}. This item was not taken '
        "in; the others are not affected.",
    ),
    P.FILE_NOT_CASES: (
        "这个文件不是和事的案件文件，整个文件都没有导入。文件最外层应该是：{wanted}。"
        "格式用 heshi case schema 可以看到。",
        "This is not a file of cases for Heshi; nothing of it was taken in. Its outermost level "
        "should hold: {wanted}. heshi case schema prints the format.",
    ),
    P.FILE_UNREADABLE: (
        "文件打不开。请看看它还在不在、是不是正被别的程序用着。",
        "The file cannot be opened. Please see whether it is still there and not in use.",
    ),
    P.PERSON_UNKNOWN: (
        "文件里提到“{name}”，但没有这个人的资料。请补上再导入。",
        'The file names "{name}" but does not describe that person. Please add '
        "it and import again.",
    ),
    # the store
    P.STORE_LOCKED_BY_OTHER: (
        "和事已经开着一个窗口了，同一份数据一次只能开一个。请到任务栏找到那个窗口接着用。",
        "Heshi is already open. The same records can be open in one window only. "
        "Please go on in that window.",
    ),
    P.STORE_BUSY: (
        "电脑正忙，这次没存上。您写的内容还在窗口里。请等几秒再点一次保存。",
        "The computer is busy and this was not saved. All you wrote is still in "
        "the window. Please save again in a few seconds.",
    ),
    P.STORE_READ_ONLY: (
        "数据所在的文件夹只能看、不能写，这次没存上。您写的内容还在窗口里。"
        "请检查磁盘是不是写保护，或者请管电脑的人帮忙。",
        "The folder of the records can be read but not written; this was not "
        "saved. All you wrote is still in the window. "
        "Please see whether the disk is write-protected, or ask whoever looks after the computer.",
    ),
    P.DISK_FULL: (
        "磁盘满了，这次没存上。您写的内容还在窗口里，以前存的都好好的。"
        "请先删掉一些不要的文件，再点“保存”。",
        "The disk is full and this was not saved. All you wrote is still in the "
        "window and earlier records are safe. "
        "Please delete some files you do not need, then save again.",
    ),
    P.STORE_DAMAGED: (
        "数据文件有损坏，打不开。没有动过它。请不要删除任何文件，"
        "请管理员用最近的备份恢复（在数据文件夹的 backups 里）。",
        "The file with the records is damaged and cannot be opened. It was left "
        "as it is. Please delete nothing; "
        "let the administrator restore the latest backup (folder backups beside it).",
    ),
    P.STORE_GONE: (
        "数据文件 heshi.db 不见了，或者被换掉了，所以没有存，也没有新建空的。"
        "请先看看回收站和杀毒软件的隔离区；找不到就请管理员把 backups 里最近的备份复制回来，"
        "改名为 heshi.db，再重新打开和事。",
        "The file with the records, heshi.db, is gone or was replaced, so nothing was saved and no "
        "empty one was made. Please look into the bin and the quarantine of the virus scanner; "
        "else let the administrator copy the latest backup from the folder backups, name it "
        "heshi.db, and start Heshi again.",
    ),
    P.STORE_NEWER: (
        "这份数据是更新版本的和事（{version}）存的，现在这个版本看不懂。"
        "数据没有动过。请安装新版本再打开。",
        "These records were written by a newer Heshi ({version}). They were left "
        "as they are. Please install the newer version.",
    ),
    P.STORE_FOLDER_UNUSABLE: (
        "数据文件夹用不了：可能没有权限，或者磁盘不在。请检查文件夹，或者请管电脑的人帮忙。",
        "The folder for the records cannot be used: perhaps rights are missing, "
        "or the disk is gone. Please check it, or ask for help.",
    ),
    P.SAVE_UNSURE: (
        "磁盘出了毛病，说不准这次存上了没有。您写的内容还在窗口里，请先抄下要紧的。"
        "请管电脑的人看看磁盘，再重新打开和事看一眼：没存上的再存一次。",
        "The disk has a fault, and it is not certain whether this was saved. All you wrote is "
        "still in the window; please copy down what matters. Have the disk looked at, open Heshi "
        "again and look: what is not there, save once more.",
    ),
    P.JOURNAL_BROKEN: (
        "记录的先后链条在第 {seq} 条断了，可能有人动过数据文件。"
        "已存的内容还能看。请不要再改，联系县级管理员。",
        "The chain of entries breaks at number {seq}; somebody may have touched "
        "the file. Records can still be read. "
        "Please change nothing and call the county administrator.",
    ),
    # keys
    P.WRONG_PASSWORD: (
        "口令不对。请看看大小写和输入法，再试一次。",
        "That is not the password. Please check capitals and the input method, and try again.",
    ),
    P.PASSWORD_NEEDED: (
        "请输入口令，打开这台电脑上的记录。",
        "Please type the password to open the records on this computer.",
    ),
    P.PASSWORD_TOO_SHORT: (
        "口令太短，至少要 {limit} 个字。可以用一句自己记得住的话。",
        "The password is too short; it needs {limit} characters. A sentence you remember will do.",
    ),
    P.KEYRING_MISSING: (
        "这台电脑没有可用的密码保管处，所以每次打开和事都要输入口令。请设一个口令并记牢。",
        "This computer has no place to keep secrets, so Heshi asks for a "
        "password each time. Please set one and remember it well.",
    ),
    P.KEY_LOST: (
        "这台电脑上打开数据的钥匙不见了（可能重装过系统）。数据还在。"
        "请用设过的口令打开，或者联系县级管理员。",
        "The key to the records is gone from this computer (perhaps the system "
        "was installed anew). The records are still there. "
        "Please open them with the password you set, or call the county administrator.",
    ),
    P.KEY_FILES_DAMAGED: (
        "钥匙文件（keys 文件夹）有损坏，打不开数据。数据还在，没有动过。"
        "请用备份里的 keys 文件夹换上，或者联系县级管理员。",
        "The key files (folder keys) are damaged, so the records cannot be "
        "opened. The records were left as they are. "
        "Please restore the folder keys from a backup, or call the county administrator.",
    ),
    # paper
    P.CHARACTER_NOT_IN_FONT: (
        "“{character}”（{codepoint}）这个字打不出来，在：{place}。为免印错，"
        "这次没有打印。请换个写法，或者先手写再联系县里加字。",
        'The character "{character}" ({codepoint}) at {place} cannot be printed. '
        "So that nothing is printed wrong, printing stopped. "
        "Please write it another way, or write by hand and ask the county for the character.",
    ),
    P.PICTURE_UNREADABLE: (
        "“{title}”的第 {number} 张图片读不出来，所以还没有打印。"
        "请把它换成 JPEG 或 PNG 图片，重新添加。",
        'Picture {number} of "{title}" cannot be read, so nothing was printed. '
        "Please add it again as a JPEG or PNG picture.",
    ),
    P.TEMPLATE_BROKEN: (
        "文书样式有问题，没有打印出来。记录都好好的。请到“设置”里看看样式版本，"
        "或者联系县级管理员。",
        "The form's template has a fault and nothing was printed. The records "
        "are safe. Please call the county administrator.",
    ),
    P.PAGES_UNCLEAR: (
        "“{text}”看不懂是哪几页。这份一共 {pages} 页，请这样写：1-3,5。空着就是全部。",
        '"{text}" does not say which pages. There are {pages}; please write it like 1-3,5. '
        "Empty means all.",
    ),
    P.NO_PRINTER: (
        "没有找到打印机。文书已经做好，没有丢。请接好打印机再试，或者先导出 PDF。",
        "No printer was found. The paper is made and not lost. Please connect a "
        "printer and try again, or export a PDF.",
    ),
    P.NOTHING_TO_PRINT: (
        "现在还没有可以打印的文书。请先填好案件内容。",
        "There is nothing to print yet. Please fill in the case first.",
    ),
    P.OUTPUT_UNWRITABLE: (
        "文件存不到那个地方。请换一个文件夹，或者看看文件是不是正打开着。",
        "The file cannot be written there. Please choose another folder, or see "
        "whether the file is open.",
    ),
    # files and scans
    P.ATTACHMENT_MISSING: (
        "这个文件不在这台电脑上，案件的其他内容都在。请从备份里找回，或者把原件再扫描一次。",
        "This file is not on this computer; the rest of the case is. Please bring it back from a "
        "copy, or scan the paper again.",
    ),
    P.ATTACHMENT_DAMAGED: (
        "这个文件在磁盘上损坏了，打不开，案件的其他内容都在。"
        "请把原件再扫描一次，并尽快换一块好的磁盘。",
        "This file was damaged on the disk and cannot be opened; the rest of the case is fine. "
        "Please scan the paper again, and have the disk looked at soon.",
    ),
    P.ATTACHMENT_KIND_UNKNOWN: (
        "和事不收这种文件，没有放进来。可以放照片（JPEG、PNG、TIFF）、PDF 和录音（M4A、MP3）。"
        "手机拍的照片打不开时，请在手机里选“JPEG 格式”再发过来。",
        "Heshi does not take this kind of file. It takes pictures (JPEG, PNG, TIFF), PDF and sound "
        "(M4A, MP3). If it is a photo from a telephone, please choose JPEG there and send it "
        "again.",
    ),
    P.PICTURE_TOO_LARGE: (
        "图片太大了（超过 {limit} 百万像素），没有放进来。请把扫描仪设成 200 dpi，再扫一次。",
        "The picture is too large (more than {limit} million pixels) and was left out. Please set "
        "the scanner to 200 dpi and scan again.",
    ),
    P.SCAN_UNREADABLE: (
        "这张图片打不开，多半没有传完整，没有放进来。请重新扫描，或者再传一次。",
        "This picture cannot be opened; it probably did not arrive whole. "
        "Please scan or send it again.",
    ),
    P.SCAN_NO_MARK: (
        "这一页上没有找到二维码，认不出是哪份协议。可以放平、照亮再扫一次；"
        "也可以自己选是哪份协议的第几页，和事会注明“未经二维码核对”。",
        "No code was found on this page, so it is not known which agreement it belongs to. Lay it "
        "flat in good light and scan again, or choose the agreement and page yourself; it will be "
        "noted that no code proved it.",
    ),
    P.SCAN_TWO_SHEETS: (
        "这张图里有不止一页纸，没有放进来。请一页一页地扫。",
        "There is more than one sheet in this picture. Please scan one page at a time.",
    ),
    P.SCAN_OLD_VERSION: (
        "这是 {number} 第 {version} 稿的纸，后来改过，现在以第 {newest} 稿之后的为准，"
        "所以没有放进来。请把旧纸作废，扫描重新打印、签字的那一份。",
        "This sheet is version {version} of {number}, which was changed later (newest: {newest}), "
        "so it was not filed. Please cross the old sheet out and scan the one printed and signed "
        "anew.",
    ),
    P.SCAN_GIVEN_UP: (
        "{number} 这份协议已经作废，所以这一页没有放进来。请看看是不是拿错了纸。",
        "Agreement {number} was given up, so this page was not filed. "
        "Please see whether it is the right sheet.",
    ),
    P.SCAN_UNKNOWN_TEXT: (
        "这台电脑上没有和这一页（{number}）内容相同的协议，所以没有放进来。"
        "可能是在另一台电脑上打印的，请到那台电脑上扫；也请核对纸上的编号。",
        "No agreement on this computer has the content of this page ({number}), so it was not "
        "filed. It was perhaps printed on another computer: please scan it there, and compare the "
        "number on the paper.",
    ),
    P.SCAN_OTHER_CASE: (
        "这一页是另一件案子的（{number}）。可以放到那件案子里，这件案子不受影响。",
        "This page belongs to another case ({number}). It can be filed there; this case is not "
        "affected.",
    ),
    P.SCAN_PAGE_THERE: (
        "第 {page} 页已经有扫描件了。要换成新的，请写一句原因，旧的会留着并注明已作废。",
        "There is a scan of page {page} already. To replace it, please write a sentence why; the "
        "old one is kept and marked as void.",
    ),
    P.HANDWRITING_NOT_HERE: (
        "婚姻、亲子、收养、继承这类事，法律不认屏幕上的手写，所以没有放进来。"
        "请打印出来，由本人在纸上签字、按指印。",
        "For marriage, parentage, adoption and inheritance the law does not accept handwriting on "
        "a screen, so it was left out. Please print the paper and have it signed by hand.",
    ),
    # the county line
    P.NOT_ENROLLED: (
        "这台电脑还没有登记到县局，所以没有上报。记录都在本机。请向县局要登记码，"
        "在“设置 › 县局”里登记。",
        "This computer is not enrolled with the county, so nothing was sent. All records are here. "
        "Please ask the county for a code and enrol in Settings › County.",
    ),
    P.NO_NETWORK: (
        "现在没有网络，没有上报。记录都保存在本机，等有网会自动再报。",
        "There is no network now; nothing was sent. All records are on this "
        "computer and will be sent when there is one.",
    ),
    P.COUNTY_UNREACHABLE: (
        "有网络，但连不上县局。记录都保存在本机，过一会儿会自动再报。一直连不上请告诉县级管理员。",
        "There is a network, but the county does not answer. All records are "
        "here and will be sent later. If it lasts, please tell the county "
        "administrator.",
    ),
    P.LINE_NOT_COUNTY: (
        "什么都没有发出去：对方拿不出县局的证书。多半是这个无线网（或网络）要先登录，"
        "请打开浏览器随便进一个网页，登录后再试。"
        "换了网络还是这样，请告诉县级管理员。记录都在本机。",
        "Nothing was sent: what answered could not show the county's certificate. This Wi-Fi (or "
        "network) probably asks you to sign in first. Please open any page in a browser, sign in, "
        "then try again. If another network says the same, please tell the county administrator. "
        "All records are here.",
    ),
    P.FOREIGN_ANSWER: (
        "没有报上去，也没有收到什么：回答的不是县局。多半是这个无线网（或网络）要先登录，"
        "请打开浏览器随便进一个网页，登录后再试。记录都在本机。",
        "Nothing was sent and nothing received: it was not the county that answered. This Wi-Fi "
        "(or network) probably asks you to sign in first. Please open any page in a browser, sign "
        "in, then try again. All records are here.",
    ),
    P.ANSWER_CUT: (
        "县局的回答没收完就断了。没有确认的都算没报，过一会儿会自动再报，不会重复。",
        "The county's answer broke off. What is not confirmed counts as not sent "
        "and will be sent again; nothing doubles.",
    ),
    P.ANSWER_TOO_LATE: (
        "等了很久县局没有回答，网络太慢。记录都在本机，过一会儿会自动再报，不会重复。",
        "The county took too long; the network is slow. All records are here and "
        "will be sent again; nothing doubles.",
    ),
    P.RECEIPT_NOT_GENUINE: (
        "收到的回执核对不上县局的签章，没有算作已报。记录都在本机。"
        "请不要换网络反复试，告诉县级管理员。",
        "The receipt does not bear the county's true signature, so nothing "
        "counts as sent. All records are here. Please tell the county "
        "administrator.",
    ),
    P.DEVICE_UNKNOWN: (
        "县局不认得这台电脑：多半是县局恢复了旧备份，那时还没有登记它。记录都在本机，照常办案、打印。"
        "请向县局要一个新的登记码，在“设置”的“县局”里重新登记：县局丢了的会接着补报。",
        "The county does not know this computer: it was probably restored from a copy made before "
        "the enrolment. All records are here and work goes on. Please ask the county for a new "
        "code and enrol anew under Settings, County; what it lost is sent again.",
    ),
    P.DEVICE_REVOKED: (
        "县局停用了这台电脑的登记，不再收它报的。记录都在本机，照常办案、打印，新写的也不会丢。"
        "请向县局要一个新的登记码，在“设置”的“县局”里重新登记：没报上的接着报。",
        "The county has withdrawn this computer's enrolment and takes nothing from it any more. "
        "All records are here; go on with your work and printing, nothing that you write gets "
        "lost. Please ask the county for a new code and enrol anew in Settings, County: what was "
        "not sent goes then.",
    ),
    P.COUNTY_REFUSED: (
        "县局没有收下这次上报（{code}）。记录都在本机。请告诉县级管理员。",
        "The county did not take this in ({code}). All records are here. Please "
        "tell the county administrator.",
    ),
    P.COUNTY_BUSY: (
        "县局那边正忙，过几分钟会自动再报。记录都在本机。",
        "The county is busy; it will be tried again in some minutes. All records are here.",
    ),
    P.STORE_WENT_BACK: (
        "本机的记录比县局收到的旧：像是恢复过旧备份，或者数据文件夹复制到了两台电脑上。"
        "两边的记录都在，照常办案、打印，新写的也不会丢，只是先不上报。"
        "请向县局要一个新的登记码，在“设置”的“县局”里重新登记：缺的会取回来，没报上的接着报。",
        "The records here are older than what the county has received from this computer: an old "
        "copy was brought back, or the data folder was copied to two computers. All records are "
        "kept on both sides; go on with your work and printing, nothing that you write gets lost, "
        "it is only not sent yet. Please ask the county for a new code and enrol anew in Settings, "
        "County: what is missing comes back, and what was not sent goes then.",
    ),
    P.COUNTY_OLDER: (
        "县局的服务器比本机的程序旧，还收不了这样的上报。什么都没有丢，记录都在本机。"
        "请告诉县级管理员更新服务器；急着报的，可以导到U盘送去。",
        "The county's server is older than this program and cannot take this in yet. Nothing is "
        "lost; all records are here. Please tell the county administrator to update it; what is "
        "urgent can go on a USB stick.",
    ),
    P.CODE_WRONG: (
        "登记码不对。请对照县局给的再输一遍（不分大小写）。",
        "That is not the code. Please compare with what the county gave you.",
    ),
    P.CODE_EXPIRED: (
        "登记码过期或用过了。请向县局再要一个。",
        "The code has expired or was used. Please ask the county for another.",
    ),
    P.CODE_NOT_YOURS: (
        "这个登记码是开给另一个人的。请让县局按您的名字再开一个。本机的记录都没有动。",
        "This code was made for somebody else. Please ask the county for one in your own name. "
        "Nothing here was changed.",
    ),
    P.ADDRESS_NOT_URL: (
        "县局地址看着不对。应该像 https://mediation.county.example 这样，请照县局给的写。",
        "This does not look like an address. It should be like "
        "https://mediation.county.example. Please copy what the county gave you.",
    ),
    P.EXCHANGE_RUNNING: ("正在上报，请等它做完。", "Sending is under way. Please let it finish."),
    # parcels on a stick
    P.COUNTY_BOX_UNKNOWN: (
        "这台电脑还没有拿到县局的封包钥匙，所以没有往 U 盘上写。记录都在本机。"
        "请先联网上报一次，哪怕只通一小会儿，以后就可以用 U 盘。",
        "This computer does not have the county's key for parcels yet, so nothing was written to "
        "the stick. All records are here. Please send over the network once, however briefly; "
        "after that a stick will do.",
    ),
    P.USB_FULL: (
        "U 盘放不下，这次没有写成，U 盘上没留半截文件。记录都在本机。"
        "请换一个空些的 U 盘，或者删掉上面不要的文件，再来一次。",
        "The stick has no room; nothing was put on it and no half file is left there. All records "
        "are on this computer. Please take an emptier stick or make room, then try again.",
    ),
    P.USB_GONE: (
        "U 盘读写到一半断开了，没有做完。记录都在本机。请把 U 盘插好，再来一次；做过的不会重复。",
        "The stick went away half way, so this was not finished. All records are on this computer. "
        "Please plug it in again and repeat; nothing is done twice.",
    ),
    P.USB_NOT_THERE: (
        "没有这个文件夹，多半是 U 盘没插好。这次什么都没做，记录都在本机。"
        "请把 U 盘插好，或者换一个文件夹，再来一次。",
        "There is no such folder; most likely the stick is not plugged in. Nothing was done, and "
        "all records are on this computer. Please plug it in, or choose another folder, and try "
        "again.",
    ),
    P.USB_UNRELIABLE: (
        "写上 U 盘的内容读回来不一样，这个 U 盘靠不住，已经把写的删了。"
        "记录都在本机。请换一个 U 盘。",
        "What was written to the stick reads back differently: it cannot be trusted, and the file "
        "was taken off again. All records are on this computer. Please use another stick.",
    ),
    P.USB_NO_ANSWER: (
        "这里没有给这台电脑的回包。请看看是不是这个 U 盘、这个文件夹；"
        "县里还没处理的话，过些天再来。",
        "There is no answer for this computer here. Please see whether it is the right stick and "
        "folder; perhaps the county has not got to it yet.",
    ),
    P.PARCEL_FOREIGN: (
        "这个文件不是和事封的包，没有动它。请选名字以 .heshi 结尾的文件。",
        "This file is no parcel made by Heshi; it was left alone. Please choose one whose name "
        "ends in .heshi.",
    ),
    P.PARCEL_NEWER: (
        "这个包是更新版本的和事封的，这里还不会读。文件好好的，请先把这台电脑上的和事升级。",
        "This parcel was made by a newer Heshi and cannot be read here yet. The file is fine; "
        "please update Heshi on this computer.",
    ),
    P.PARCEL_DAMAGED: (
        "这个包路上缺了一块或者变了样，没有收。已经收下的记录不受影响。"
        "请从原来的 U 盘再复制一次，还不行就重新导出。",
        "Part of this parcel is missing or was altered on the way, so it was not taken in. What "
        "was taken in before is safe. Please copy it again, or export it anew.",
    ),
    P.PARCEL_INCOMPLETE: (
        "这个包一共 {count} 个文件，这里少了第 {volume} 个。请把几个文件放在同一个文件夹里再来。",
        "This parcel has {count} files and number {volume} is not here. Please put all of them "
        "into one folder and try again.",
    ),
    P.PARCEL_NOT_FOR_US: (
        "这个包不是给这里的，这里打不开。里面的内容没有人看到。请原样带给该收的人。",
        "This parcel is not meant for here and cannot be opened here. Nobody has seen what is "
        "inside. Please carry it on as it is.",
    ),
    P.PARCEL_NOT_GENUINE: (
        "这个包上的签章核对不上，没有收。记录都没有变。请告诉县级管理员。",
        "The signature on this parcel is not the sender's, so it was not taken in. No record was "
        "changed. Please tell the county administrator.",
    ),
    # verdicts
    P.VERDICT_CONFLICT: (
        "这一条和别处的改动撞上了，县里两个都留着。请打开案件，对照后决定用哪一个。",
        "This met a change made elsewhere; the county keeps both. Please open "
        "the case, compare and decide.",
    ),
    P.VERDICT_SCOPE: (
        "县里收到了，但这件案子不归本调委会管，没有采用。请打开案件看看，或者问县级管理员。",
        "The county has it but did not apply it: the case is not this "
        "committee's. Please open the case, or ask the county administrator.",
    ),
    P.VERDICT_SEALED: (
        "县里收到了，但协议已经定稿，不能这样改，没有采用。要变更请做补充协议。",
        "The county has it but did not apply it: the agreement is final. Please "
        "make a supplementary agreement.",
    ),
    P.VERDICT_MALFORMED: (
        "县里收到了，但看不懂这一条，没有采用。其他记录不受影响。请告诉县级管理员。",
        "The county has it but could not understand it. Other records are not "
        "affected. Please tell the county administrator.",
    ),
    # ours
    P.OUR_BUG: (
        "和事自己出了点毛病，刚才那一步没有做成。已保存的都在，写了一半的有草稿。"
        "可以接着用；请把报告存下来交给管理员（里面没有当事人的信息）。",
        "Heshi itself made a mistake and the last step was not done. What was "
        "saved is safe, what was half written is kept as a draft. "
        "You can go on. Please save the report for the administrator (it holds "
        "nothing about parties).",
    ),
}

# FILE_SHAPE at a field that a file may not have; facts: name, allowed.
_UNKNOWN_FIELD: Words = (
    "文件里“{place}”这一项不能有：和事不认识“{name}”。这里可以写的有：{allowed}。"
    "这一件没有导入，其余的不受影响。",
    'The file may not have "{place}": Heshi does not know "{name}". What may stand there: '
    "{allowed}. This item was not taken in; the others are not affected.",
)

NEXT_STEP: dict[P, Words] = {
    P.NO_RIGHTS_NOTICE: ("现在告知", "Tell rights now"),
    P.RIGHTS_NOTICE_LATE: ("看看告知", "See the notice"),
    P.RIGHTS_NOTICE_NOT_ALL: ("补上告知", "Complete the notice"),
    P.PARTY_NOT_CAPABLE: ("添加监护人", "Add the guardian"),
    P.GUARDIAN_NEEDED: ("添加监护人", "Add the guardian"),
    P.AGREEMENT_FROZEN: ("做补充协议", "Make a supplement"),
    P.AGREEMENT_NOT_FINAL: ("去定稿", "Finalise"),
    P.NOT_ACCEPTED_YET: ("去受理", "Accept"),
    P.TWO_SIDES_NEEDED: ("添加当事人", "Add a party"),
    P.FINDING_STOP: ("去改", "Go there"),
    P.FINDINGS_OPEN: ("看看提醒", "See the warnings"),
    P.NOT_COMPLETE: ("看看还缺什么", "See what is missing"),
    P.CHANGED_MEANWHILE: ("对照看看", "Compare"),
    P.STORE_BUSY: ("重试", "Try again"),
    P.DISK_FULL: ("重试", "Try again"),
    P.NO_PRINTER: ("导出 PDF", "Export PDF"),
    P.SCAN_NO_MARK: ("自己选页", "Choose the page"),
    P.SCAN_OTHER_CASE: ("放到那件案子", "File it there"),
    P.SCAN_PAGE_THERE: ("换成新的", "Replace it"),
    P.NOT_ENROLLED: ("去登记", "Enrol"),
    P.NO_NETWORK: ("再试一次", "Try again"),
    P.COUNTY_UNREACHABLE: ("再试一次", "Try again"),
    P.LINE_NOT_COUNTY: ("再试一次", "Try again"),
    P.FOREIGN_ANSWER: ("再试一次", "Try again"),
    P.VERDICT_CONFLICT: ("打开对照", "Open and compare"),
    P.VERDICT_SCOPE: ("打开案件", "Open the case"),
    P.VERDICT_SEALED: ("打开案件", "Open the case"),
    P.VERDICT_MALFORMED: ("打开案件", "Open the case"),
    P.OUR_BUG: ("保存报告", "Save the report"),
}

_MONEY = frozenset({"total", "sum", "fen"})
_FIELDS = frozenset({"earlier", "later"})
_STAGES = frozenset({"stage", "wanted"})


class _Blanks(dict[str, str]):
    """Facts for the blanks of a sentence; a missing one leaves a dash and never an exception."""

    def __missing__(self, key: str) -> str:
        return "—" if key not in ("number", "name", "names") else ""


def sentence(problem: Problem, language: str) -> str:
    """What a person reads: facts filled in, amounts in yuan, fields and stages by their names."""
    unknown_field = problem.code is P.FILE_SHAPE and "allowed" in problem.facts
    words = _UNKNOWN_FIELD if unknown_field else SENTENCES[problem.code]
    facts = _facts(problem.facts, language)
    if problem.code is P.FINDING_STOP:
        facts["said"] = _said_by_checker(problem.facts, language)
    return pick(words, language).format_map(_Blanks(facts)).rstrip()


def _said_by_checker(facts: Mapping[str, Fact], language: str) -> str:
    # Late: the window paints its first page without the checker.
    from app.domain.findings import FindingCode
    from app.ui.runtime.findings import words_of

    code = str(facts.get("finding", ""))
    known = code in FindingCode._value2member_map_
    return words_of(FindingCode(code), facts, language) if known else ""


def sentences(refusal: Refused, language: str) -> str:
    """All problems of a refusal, one a line, none twice."""
    return "\n".join(dict.fromkeys(sentence(problem, language) for problem in refusal.problems))


def sentence_of_code(code: str, language: str) -> str:
    """The sentence for a problem that travelled as its code alone (a verdict). Unknown codes get
    the county's general one.
    """
    known = code in P._value2member_map_
    return sentence(
        Problem(P(code)) if known else Problem(P.COUNTY_REFUSED, "", {"code": code[:40]}), language
    )


def next_step(code: P | str, language: str) -> str:
    """The words of a button that leads on; empty where there is only one thing to do anyway."""
    words = NEXT_STEP.get(P(code)) if code in P._value2member_map_ else None
    return pick(words, language) if words else ""


def _facts(facts: Mapping[str, Fact], language: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, fact in facts.items():
        if name in _MONEY and isinstance(fact, int):
            said[name] = figures(fact)
        elif name in _FIELDS:
            said[name] = field_name("", str(fact), language)
        elif name == "gap":
            owner, _, field = str(fact).partition(".")
            said[name] = field_name(owner, field, language)
        elif name == "what":
            said[name] = name_of(KIND_NAMES, str(fact), language)
        elif name in _STAGES:
            said[name] = stage_name(str(fact), language)
        else:
            said[name] = str(fact)
    return said
