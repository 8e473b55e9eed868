"""What a person reads about a finding of the checker, and the words of the button that leads to it.

Never Qt (the command line reads it too), never a word of scolding. House checks compare the codes.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.findings import Finding
from app.domain.findings import FindingCode as F
from app.domain.money import figures
from app.domain.problems import Fact
from app.ui.runtime.texts import Words, pick

SENTENCES: dict[F, Words] = {
    F.FACTS_MISSING: (
        "还没写主要事实和争的是什么。",
        "The main facts and what was disputed are not written yet.",
    ),
    F.RESPONSIBILITY_MISSING: (
        "还没写各方有什么责任。可以选一句现成的，双方都不愿分责任的也写明。",
        "The responsibility of each party is not stated. Choose a ready sentence, or say that both "
        "leave it open.",
    ),
    F.PLACE_MISSING: (
        "还没写在哪里履行：在哪里交钱、在哪里做。",
        "The place of performance is not stated: where it is paid or done.",
    ),
    F.MANNER_MISSING: (
        "还没写怎么履行：当场、一次付清，还是分期。",
        "The manner is not stated: on the spot, in one sum or by instalments.",
    ),
    F.DEADLINE_MISSING: (
        "整份协议没有一个期限。请写明最晚哪一天。",
        "The whole agreement has no time limit. Please give the last day.",
    ),
    F.PARTY_LEFT_OUT: (
        "{name} 是这件案子的当事人，协议里却没有。请加进来；确实与这份协议无关的，写明原因。",
        "{name} is a party of the case but not of the agreement. Please add the party, or say why "
        "it is left out.",
    ),
    F.COPIES_TOO_FEW: (
        "只印 {copies} 份，要 {wanted} 份：每位当事人一份，调委会一份，司法确认再加一份。",
        "Only {copies} copies; {wanted} are needed: one for each party, one for the committee, one "
        "more for judicial confirmation.",
    ),
    F.BLANK_LEFT: (
        "这一条还有空没填。请填上再打印。",
        "A blank in this clause is still open. Please fill it in before printing.",
    ),
    F.WHO_MISSING: (
        "这一条没写谁来做。请写姓名。",
        "This clause does not name who does it. Please write the name.",
    ),
    F.TO_WHOM_MISSING: (
        "这一条的话里没有收款人 {name} 的名字，请写明付给谁。",
        "The words do not name the payee, {name}. Please say who receives the money.",
    ),
    F.WHAT_MISSING: (
        "这一项没写做什么、做到什么样。",
        "It does not say what is to be done and how it must be in the end.",
    ),
    F.AMOUNT_MISSING: (
        "这一条要付钱，却没写多少。",
        "This clause promises money without an amount.",
    ),
    F.AMOUNT_UNSAID: (
        "付款登记的是 {fen} 元，条款的话里没有写金额。",
        "The payment is {fen} yuan, but the words of the clause name no amount.",
    ),
    F.AMOUNT_DIFFERS: (
        "条款里写 {sum} 元，付款登记的是 {total} 元，对不上。",
        "The words say {sum} yuan, the payment says {total}. They do not agree.",
    ),
    F.CAPITALS_DIFFER: (
        "{figures} 和大写“{capitals}”不是同一个数。",
        '{figures} and the amount in capitals "{capitals}" are not the same.',
    ),
    F.CAPITALS_MISSING: (
        "金额没有大写。法院和县里都看大写。",
        "The amount is not written in capitals, which courts and counties ask for.",
    ),
    F.MONEY_UNTRACKED: (
        "这一条写了要付的钱，但没有登记付款，到期不会提醒。",
        "The clause promises money but no payment is entered, so nobody will be reminded.",
    ),
    F.INSTALMENT_SUM: (
        "分期加起来是 {sum} 元，总数是 {total} 元，对不上。请改分期或者总数。",
        "The instalments add up to {sum} yuan, the total is {total}. Please change either.",
    ),
    F.INSTALMENT_ORDER: (
        "各期的日期没有从早到晚排。",
        "The instalments are not in order of their dates.",
    ),
    F.DUE_MISSING: ("没写最晚哪一天。", "The last day is not given."),
    F.DUE_BEFORE_AGREEMENT: (
        "约定的日子 {due} 比协议的日子 {made} 还早。已经付过的，请写“已付清”。",
        "The day {due} is before that of the agreement, {made}. If it has been paid already, "
        "please say so.",
    ),
    F.DATE_IMPOSSIBLE: (
        "“{text}”这一天不存在，请看看月份和日子。",
        'There is no such day as "{text}". Please check month and day.',
    ),
    F.DATE_DIFFERS: (
        "付款登记的日子是 {due}，条款里写的是另一天。",
        "The payment is due on {due}; the words of the clause give another day.",
    ),
    F.WAY_MISSING: (
        "没写怎么付：现金、转账还是手机支付。",
        "The way of payment is not given: cash, transfer or by telephone.",
    ),
    F.VAGUE_WORD: ("“{word}”说不清：{ask}。", '"{word}" is not clear: {ask}.'),
    F.NAME_ALMOST: (
        "“{text}”和“{name}”只差一点，是不是写错了名字？",
        '"{text}" is nearly "{name}". Is the name written wrong?',
    ),
    F.NAME_HIDDEN: (
        "“{text}”不是全名。协议里要写全名。",
        '"{text}" is not a full name. An agreement needs full names.',
    ),
    F.NO_FURTHER_ONE_SIDED: (
        "写了“{word}”，却不是各方都这样说。各方都愿意才写，并写上各方的名字。",
        'It says "{word}", but not for all. Write it only when all parties want it, with all their '
        "names.",
    ),
    F.MATTER_DECIDED: (
        "“{text}”：{matter}不能由协议来定。{advice}",
        '"{text}": an agreement cannot settle this ({matter}). {advice}',
    ),
    F.MATTER_HINTED: (
        "说到“{word}”，请看看是不是{matter}。{advice}",
        '"{word}" may point to a matter that is not for mediation ({matter}). {advice}',
    ),
    F.FEE_CLAUSE: (
        "“{text}”：人民调解不收任何费用，这一条要删去。",
        '"{text}": people\'s mediation is free of any charge. Please delete it.',
    ),
    F.FEE_TAKEN: (
        "案件上记着收过费用。人民调解不收费，请退还并说明。",
        "The case says that a fee was taken. Mediation is free: please give it back and say so.",
    ),
    F.SELF_HELP: (
        "“{text}”：断水断电、扣人扣物不能约定。请改写到期不付怎么办。",
        '"{text}": cutting water or power, or holding people or things, cannot be agreed. Say '
        "instead what follows if it is not paid.",
    ),
    F.SUIT_WAIVED: (
        "“{text}”：起诉的权利不能这样放弃，写了也不算数。",
        '"{text}": the right to sue cannot be given up like this; it would not count.',
    ),
    F.NOT_CONFIRMABLE: (
        "“{word}”：{matter}，法院不予司法确认。想申请确认的，请去掉或者另写。",
        '"{word}" ({matter}): no court confirms it. If confirmation is wanted, leave it out or '
        "write it apart.",
    ),
    F.ID_MISSING: (
        "要申请司法确认，还缺 {name} 的证件号码。",
        "For judicial confirmation the identity number of {name} is still missing.",
    ),
    F.CONFIRMATION_LATE: (
        "离协议的日子已过 {days} 天，生效满 {days} 天就不能再申请司法确认，请先算清生效日期。",
        "More than {days} days since the agreement's day; confirmation must be asked within {days} "
        "days of its effect. Please check the effective date first.",
    ),
    F.GUARDIAN_MISSING: (
        "{name} 未成年或者行为能力受限，还没有监护人。请先添上监护人。",
        "{name} is a minor or of limited capacity and has no guardian yet. Please add one.",
    ),
    F.GUARDIAN_IS_OPPONENT: (
        "监护人 {name} 就是对方当事人。请换一位监护人。",
        "The guardian {name} is the other side. Please take another guardian.",
    ),
    F.GUARDIAN_UNPROVEN: (
        "{name} 的监护人还没有证明材料（户口簿、出生证明或者村里的证明）。",
        "There is no proof yet of who the guardian of {name} is (household book, birth or village "
        "certificate).",
    ),
    F.ONE_PARENT: (
        "{name} 只有父母一方作监护人。父母都在的，最好两人都签。",
        "Only one parent stands as guardian of {name}. If there are two, both should sign.",
    ),
    F.ON_BOTH_SIDES: (
        "{name} 同时在两边。一个人不能既是这一方又代表另一方。",
        "{name} is on both sides. Nobody can stand for two parties against each other.",
    ),
    F.AGENT_WITHOUT_POWER: (
        "{party} 每次都由 {name} 代来，而 {name} 没有“承认、变更、放弃请求”和“签署文书”的权限。"
        "请补授权，或者请本人来。",
        "{party} was only ever there through {name}, who has no power over claims and to sign. "
        "Please have the power completed, or the party come.",
    ),
    F.AGENT_CANNOT_SIGN: (
        "{name} 的授权不够，不能替 {party} 签协议。请本人签。",
        "{name} may not sign for {party}: the power is not enough. The party has to sign.",
    ),
    F.AGENT_UNPROVEN: (
        "{name} 代理 {party}，还没有授权委托书。",
        "There is no power of attorney yet from {party} for {name}.",
    ),
    F.MANDATE_OVER: (
        "{party} 给 {name} 的授权到 {until} 就到期了。请重新授权。",
        "The power of {party} for {name} ended on {until}. Please have it renewed.",
    ),
    F.MEDIATOR_IS_PARTY: (
        "调解员 {name} 和当事人或者代理人姓名、电话都一样，是同一个人。请换调解员。",
        "The mediator {name} has the name and telephone of a party or agent: the same person. "
        "Please take another mediator.",
    ),
    F.MEDIATOR_SHARES_NAME: (
        "{name} 和当事人或者代理人同名。是同一个人就要回避；只是同名的，写一句说明。",
        "{name} has the same name as a party or agent. If it is the same person, somebody else "
        "must take it; if not, say so.",
    ),
    F.CANNOT_READ: (
        "{name} 不识字，调解时没有见证人。请读给本人听，请一位见证人签名。",
        "{name} cannot read and no witness was there. Read it aloud and have a witness sign.",
    ),
    F.UNIT_UNREPRESENTED: (
        "{name} 还没有写法定代表人，也没有写谁来参加。",
        "Neither a legal representative nor anybody who attends is entered for {name}.",
    ),
    F.ONLY_UNITS: (
        "当事人都是单位。人民调解一般管有个人参加的纠纷，继续的话请写明原因。",
        "All parties are organisations. People's mediation is mostly for disputes with persons; "
        "please say why you go on.",
    ),
}

NEXT_STEP: dict[F, Words] = {
    F.GUARDIAN_MISSING: ("添加监护人", "Add the guardian"),
    F.GUARDIAN_IS_OPPONENT: ("换监护人", "Change the guardian"),
    F.AGENT_WITHOUT_POWER: ("补授权", "Complete the power"),
    F.MEDIATOR_IS_PARTY: ("换调解员", "Change the mediator"),
    F.PARTY_LEFT_OUT: ("加进协议", "Add to the agreement"),
    F.RESPONSIBILITY_MISSING: ("选一句", "Choose a sentence"),
    F.MONEY_UNTRACKED: ("登记付款", "Enter the payment"),
    F.ID_MISSING: ("填证件号码", "Enter the number"),
}
_GO: Words = ("去改", "Go there")

_MONEY = frozenset({"fen", "sum", "total"})


class _Blanks(dict[str, str]):
    """Facts for the blanks of a sentence; a missing one leaves a dash and never an exception."""

    def __missing__(self, key: str) -> str:
        return "—"


def finding_sentence(finding: Finding, language: str) -> str:
    """What a person reads: facts filled in, amounts in yuan."""
    return words_of(finding.code, finding.facts, language)


def words_of(code: F, facts: Mapping[str, Fact], language: str) -> str:
    """The sentence of `code` with `facts`; of those in two languages the fitting one is taken."""
    ending = "_en" if language.startswith("en") else "_zh"
    said = {
        name.removesuffix(ending): figures(fact)
        if name in _MONEY and isinstance(fact, int)
        else str(fact)
        for name, fact in facts.items()
    }
    return pick(SENTENCES[code], language).format_map(_Blanks(said)).strip()


def finding_step(code: F, language: str) -> str:
    """The words of the button that leads to the place of the finding."""
    return pick(NEXT_STEP.get(code, _GO), language)
