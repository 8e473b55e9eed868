"""The words of a clause that promises money, made from what was entered and from nothing else.

The words are what the paper says, so they are Chinese in every language of the window. A person may
change them afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.domain.agreements import Instalment, Payment
from app.domain.dates import chinese_date
from app.domain.money import capitals, figures

# What makes a vague word clear, by the names that the pack `vague_words` uses.
_CLEAR = {
    "date": re.compile(r"\d{1,2}\s*月|\d{1,2}\s*[日号]|\d{4}-\d{1,2}|\d+\s*[天日]内"),
    "amount": re.compile(r"\d[\d,.]*\s*元"),
}


def money_words(fen: int) -> str:
    """Figures and capitals, as counties ask for: 人民币400.00元（大写：肆佰元整）."""
    return f"人民币{figures(fen)}元（大写：{capitals(fen)}）"


def payment_words(
    payment: Payment, payer: str, payee: str, ways: dict[str, str], *, at_once: bool = False
) -> str:
    """The clause in plain words; blanks that are not known are left out.

    `ways` code of ``money_way`` -> its Chinese label; `at_once` when it is paid on the spot.
    """
    if payment.instalments:
        numbered = enumerate(payment.instalments, 1)
        parts = "；".join(_part(number, one) for number, one in numbered)
        count = len(payment.instalments)
        whole = f"{payer}付给{payee}{money_words(payment.fen)}"
        return f"{whole}，分{count}期付清{_way(payment.way, ways)}：{parts}。"
    when = f"于{chinese_date(payment.due_on)}前" if payment.due_on else ""
    when = "当场" if at_once else when
    way = _way(payment.way, ways)
    return f"{payer}{when}一次性付给{payee}{money_words(payment.fen)}{way}。"


def _part(number: int, one: Instalment) -> str:
    when = f"{chinese_date(one.due_on)}前付" if one.due_on else "付"
    return f"第{number}期{when}{figures(one.fen)}元（大写：{capitals(one.fen)}）"


def _way(code: str, ways: dict[str, str]) -> str:
    return f"，以{ways[code]}方式支付" if ways.get(code) else ""


def remaining_fen(payment: Payment) -> int:
    """What the instalments do not cover yet, in fen; negative when they promise too much."""
    return payment.fen - sum(one.fen for one in payment.instalments)


def vague_lines(text: str, lines: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The lines of the pack whose word stands in `text` without the date or amount that clears it.

    Courts send agreements back for such words; it is a warning, never a stop.
    """
    clear = {name for name, pattern in _CLEAR.items() if pattern.search(text)}
    return [one for one in lines if str(one["word"]) in text and one.get("unless") not in clear]
