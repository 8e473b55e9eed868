"""A clause out of the bank with its blanks filled: the words, and the money and acts it obliges to.

Amounts are written in figures and capitals; instalments add up to the fen. Never invents a value:
an empty blank stays visible.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.agreements import Clause, Duty, Instalment, Payment
from app.domain.clause_bank import BLANK_MARK, BankClause, Blank, BlankKind, ClauseKind
from app.domain.clauses import money_words
from app.domain.dates import chinese_date, parse_date
from app.domain.ids import RecordId, new_id
from app.domain.money import LARGEST_FEN, capitals, figures
from app.domain.problems import ProblemCode, refuse

INSTALMENT_LIMIT = 240
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_BLANK = re.compile(r"\{([^{}]+)\}")
_WITHIN = re.compile(
    r"(?:签字|签订|生效|协议)?(?:之日|当天|当日)?(?:起|后)?(\d{1,4})(天|日|个?月|年)(?:之?内)?"
)
_ENDS = {"本月底": 0, "月底": 0, "下月底": 1, "下个月底": 1, "年底": -1, "今年底": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a sum is divided: number of parts, local date of the first, and the step between them in
    months, or in days where `every_days` is given.
    """

    count: int
    first_due: date | None = None
    every_months: int = 1
    every_days: int = 0


BlankValue = str | int | date | Plan
Values = Mapping[str, BlankValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What filling needs to know beside the values: names of the parties, and code -> label of
    ``money_way``.
    """

    names: Mapping[RecordId, str]
    ways: Mapping[str, str]


def months_later(day: date, months: int) -> date:
    """The same day `months` later; the month's last day where it has no such day (31 January + 1
    month is 28 or 29 February).
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def parse_due(text: str, made_on: date, field: str = "") -> date:
    """A due date as people say it, counted from the day of the agreement: ``签字后15天内``,
    ``3个月内``, ``本月底``, ``下月底``, ``年底``, or any date; one without a year is the next.

    Raises `Refused` as `parse_date` does.
    """
    plain = re.sub(r"\s", "", text)
    if plain in _ENDS:
        ahead = _ENDS[plain]
        return date(made_on.year, 12, 31) if ahead < 0 else end_of_month(_month_on(made_on, ahead))
    match = _WITHIN.fullmatch(plain)
    if match:
        count, unit = int(match[1]), match[2]
        try:
            if unit in "天日":
                return made_on + timedelta(days=count)
            return months_later(made_on, count * (12 if unit == "年" else 1))
        except (OverflowError, ValueError):
            raise refuse(ProblemCode.NOT_A_DATE, field, text=text[:40]) from None
    found = parse_date(text, made_on, field)
    if found < made_on and not re.search(r"\d{4}", plain):
        later = months_later(found, 12)
        return later if re.search(r"\d", plain) else found
    return found


def _month_on(day: date, months: int) -> date:
    return months_later(day.replace(day=1), months)


def split_instalments(total_fen: int, plan: Plan, way: str = "") -> tuple[Instalment, ...]:
    """The parts of `total_fen`, equal to the whole yuan where that is possible; what is left over
    is in the last. Their sum is exact.

    Raises `Refused` NOT_A_NUMBER for a count that makes no sense.
    """
    if not 1 <= plan.count <= min(INSTALMENT_LIMIT, max(total_fen, 1)):
        raise refuse(ProblemCode.NOT_A_NUMBER, "count", text=str(plan.count))
    part = total_fen // plan.count
    part = part // 100 * 100 if part >= 100 else part
    sums = [part] * (plan.count - 1)
    sums.append(total_fen - sum(sums))
    return tuple(
        Instalment(due_on=_due(plan, index), fen=fen, way=way) for index, fen in enumerate(sums)
    )


def _due(plan: Plan, index: int) -> date | None:
    if plan.first_due is None:
        return None
    if plan.every_days:
        return plan.first_due + timedelta(days=plan.every_days * index)
    return months_later(plan.first_due, plan.every_months * index)


def monthly(fen: int, start: date, end: date, day: int, way: str = "") -> tuple[Instalment, ...]:
    """`fen` on each `day` of the month from `start` to `end`, both counted in; empty if there is no
    such day, or there are too many of them to be written down.
    """
    parts: list[Instalment] = []
    month = start.replace(day=1)
    while month <= end and len(parts) <= INSTALMENT_LIMIT:
        due = month.replace(day=min(day, monthrange(month.year, month.month)[1]))
        if start <= due <= end:
            parts.append(Instalment(due_on=due, fen=fen, way=way))
        month = months_later(month, 1)
    return tuple(parts) if len(parts) <= INSTALMENT_LIMIT else ()


def fill(form: BankClause, values: Values, known: Filling, clause_id: RecordId | None) -> Clause:
    """The clause. Empty blanks stay as `BLANK_MARK`; the payment is there once payer, payee and
    amount are. `clause_id` is that of the clause it takes the place of.

    Raises `Refused`: NOTHING_CHOSEN for a party that the case does not have, NOT_A_NUMBER,
    AMOUNT_NEGATIVE, AMOUNT_TOO_LARGE, PAYER_IS_PAYEE, at the name of the blank.
    """
    _check(form, values, known)
    way = _way(form, values, known)
    parts = _parts(form, values, way)
    clause = Clause(
        id=clause_id or new_id(), text=_words(form, values, known, parts), from_bank=form.id
    )
    duty = form.duty
    if duty is None:
        return clause
    if form.kind in (ClauseKind.PAYMENT, ClauseKind.INSTALMENTS):
        promise = _payment(form, values, way, parts)
        if promise is not None:
            return replace(clause, payment=promise)
        if _owed_for_ever(form, values):
            return replace(clause, duties=(_duty(form, values, duty),))
        return clause
    return replace(clause, duties=(_duty(form, values, duty),))


def _check(form: BankClause, values: Values, known: Filling) -> None:
    for blank in form.blanks:
        value = values.get(blank.name)
        if value is None or value == "":
            continue
        if blank.kind is BlankKind.PARTY and value not in known.names:
            raise refuse(ProblemCode.NOTHING_CHOSEN, blank.name)
        if blank.kind is BlankKind.DATE and not isinstance(value, date):
            raise refuse(ProblemCode.NOT_A_DATE, blank.name, text=str(value)[:40])
        if blank.kind is BlankKind.MONEY:
            _check_money(value, blank.name)
    duty = form.duty or {}
    by, to = values.get(duty.get("by", "")), values.get(duty.get("to", ""))
    if by and by == to:
        raise refuse(ProblemCode.PAYER_IS_PAYEE, duty["to"])


def _check_money(value: BlankValue, name: str) -> None:
    if not isinstance(value, int):
        raise refuse(ProblemCode.NOT_AN_AMOUNT, name, text=str(value)[:40])
    if value < 0:
        raise refuse(ProblemCode.AMOUNT_NEGATIVE, name)
    if value > LARGEST_FEN:
        raise refuse(ProblemCode.AMOUNT_TOO_LARGE, name)


def _way(form: BankClause, values: Values, known: Filling) -> str:
    """The code of the way of payment; empty where it was written in own words."""
    value = str(values.get("way", "")) if form.blank("way") else ""
    return value if value in known.ways else ""


def _parts(form: BankClause, values: Values, way: str) -> tuple[Instalment, ...]:
    duty = form.duty or {}
    amount = values.get(duty.get("amount", ""))
    if not isinstance(amount, int):
        return ()
    if form.kind is ClauseKind.INSTALMENTS:
        named = next((one.name for one in form.blanks if one.filled_by == "instalments"), "")
        plan = values.get(named)
        return split_instalments(amount, plan, way) if isinstance(plan, Plan) else ()
    if duty.get("every") == "month":
        start, end = values.get(duty.get("start", "")), values.get(duty.get("due", ""))
        day = _number(values.get(duty.get("day", "")), duty.get("day", ""))
        if isinstance(start, date) and isinstance(end, date) and day:
            return monthly(amount, start, end, day, way)
    return ()


def _number(value: BlankValue | None, name: str) -> int | None:
    if value is None or value == "":
        return None
    try:
        number = int(str(value))
    except ValueError:
        raise refuse(ProblemCode.NOT_A_NUMBER, name, text=str(value)[:40]) from None
    if not 1 <= number <= 31:
        raise refuse(ProblemCode.NOT_A_NUMBER, name, text=str(value)[:40])
    return number


def _payment(
    form: BankClause, values: Values, way: str, parts: tuple[Instalment, ...]
) -> Payment | None:
    duty = form.duty or {}
    payer, payee = values.get(duty.get("by", "")), values.get(duty.get("to", ""))
    amount, due = values.get(duty.get("amount", "")), values.get(duty.get("due", ""))
    monthly_form = duty.get("every") == "month"
    if not payer or not payee or not isinstance(amount, int) or (monthly_form and not parts):
        return None
    return Payment(
        payer_id=RecordId(str(payer)),
        payee_id=RecordId(str(payee)),
        fen=sum(one.fen for one in parts) if parts else amount,
        due_on=due if isinstance(due, date) and not parts else None,
        way=way,
        instalments=parts,
    )


def _owed_for_ever(form: BankClause, values: Values) -> bool:
    """Money each month without an end (support of a parent) is a duty, not a sum."""
    duty = form.duty or {}
    return duty.get("every") == "month" and bool(values.get(duty.get("by", "")))


def _duty(form: BankClause, values: Values, rule: Mapping[str, str]) -> Duty:
    by, due = values.get(rule.get("by", "")), values.get(rule.get("due", ""))
    what = str(values.get(rule.get("what", ""), "")).strip()
    return Duty(
        id=new_id(),
        party_id=RecordId(str(by)) if by else None,
        what=what or form.zh,
        due_on=due if isinstance(due, date) else None,
    )


def _words(form: BankClause, values: Values, known: Filling, parts: tuple[Instalment, ...]) -> str:
    said = {one.name: _said(one, values.get(one.name), known, parts) for one in form.blanks}
    if parts and "count" in said and form.kind is ClauseKind.INSTALMENTS:
        said["count"] = str(len(parts))

    def optional(match: re.Match[str]) -> str:
        names = _BLANK.findall(match[1])
        return match[1] if all(said.get(name) for name in names) else ""

    text = _OPTIONAL.sub(optional, form.text)
    return _BLANK.sub(lambda match: said.get(match[1]) or BLANK_MARK, text)


def _said(
    blank: Blank, value: BlankValue | None, known: Filling, parts: tuple[Instalment, ...]
) -> str:
    if blank.filled_by == "instalments":
        return "；".join(_part(number, one) for number, one in enumerate(parts, 1))
    if value is None or value == "":
        return ""
    if blank.kind is BlankKind.PARTY:
        return known.names.get(RecordId(str(value)), "")
    if isinstance(value, date):
        return chinese_date(value)
    if blank.kind is BlankKind.MONEY and isinstance(value, int):
        return money_words(value)
    if blank.name == "way":
        return known.ways.get(str(value), str(value)).strip()
    return str(value).strip()


def _part(number: int, one: Instalment) -> str:
    when = chinese_date(one.due_on) if one.due_on else BLANK_MARK
    return f"第{number}期{when}前付{figures(one.fen)}元（大写：{capitals(one.fen)}）"
