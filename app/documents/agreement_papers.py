"""What agreements say on paper: the written agreement and the register sheet of an oral one.

Pure functions. Amounts print in figures and in capitals; what is not known stays blank. Nothing
that changes after the paper was signed (hands, visits) is shown, so that a second print equals the
first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from string import Formatter

from app.documents.frozen import as_frozen
from app.documents.party_blocks import mediator_hands, party_blocks, party_hands, signing
from app.documents.wording import Data, day_words, paragraphs
from app.domain.agreements import (
    Agreement,
    AgreementForm,
    AgreementState,
    Clause,
    Payment,
    default_copies,
)
from app.domain.casefile import CaseFile, day_of
from app.domain.codes import CodeBook
from app.domain.ids import RecordId
from app.domain.money import capitals, figures
from app.domain.parties import Party
from app.services.ports import Practice

_MARKS = {AgreementState.DRAFT: "草稿，不作签名用", AgreementState.VOID: "已作废"}
LONG_TEXT = 500  # characters of clauses from which their box may flow over a page


def written_agreement(
    file: CaseFile, agreement: Agreement | None, practice: Practice, today: date
) -> Data:
    """人民调解协议书 of `agreement`, or a blank form with what the case knows."""
    shown = agreement or _empty(file, AgreementForm.WRITTEN)
    file = as_frozen(file, shown)
    data = _common(file, shown, practice, today, known=agreement is not None)
    earlier = next((one for one in file.agreements if one.id == shown.supplement_of), None)
    copies = shown.copies or (default_copies(shown) if shown.party_ids else None)
    return data | {
        "responsibility": paragraphs(shown.responsibility),
        "supplements": None if shown.supplement_of is None else earlier.number if earlier else "",
        "copies": "" if copies is None else str(copies),
        "copies_rest": _copies_rest(shown, copies),
    }


def oral_register(
    file: CaseFile, agreement: Agreement | None, practice: Practice, today: date
) -> Data:
    """人民调解口头协议登记表 of `agreement`, or a blank form. The register also says when it was
    performed."""
    shown = agreement or _empty(file, AgreementForm.ORAL)
    file = as_frozen(file, shown)
    data = _common(file, shown, practice, today, known=agreement is not None)
    size = sum(len(clause.text) + 100 for clause in shown.clauses)
    return data | {"performed": day_words(shown.performed_on), "long": size > LONG_TEXT}


def _empty(file: CaseFile, form: AgreementForm) -> Agreement:
    """A form without an agreement: the parties and mediators of the case, and nothing else."""
    case, ids = file.case, tuple(party.id for party in file.living_parties)
    mediators = case.mediator_ids
    return Agreement(id=case.id, case_id=case.id, form=form, party_ids=ids, mediator_ids=mediators)


def _common(
    file: CaseFile, shown: Agreement, practice: Practice, today: date, *, known: bool
) -> Data:
    parties = _parties(file, shown)
    day = shown.made_on or day_of(file) or (today if parties else None)
    officers = mediator_hands(file, shown.mediator_ids, shown.recorder)
    return {
        "mark": _MARKS.get(shown.state, "") if known else "",
        "number": shown.number,
        "number_blank": blank_number(practice.number_pattern),
        "parties": party_blocks(file, practice.codes, parties, day, "当事人"),
        "facts": paragraphs(shown.facts),
        "clauses": [
            _clause(file, practice.codes, clause)
            for clause in shown.clauses
            if clause.text.strip() or clause.payment or clause.due_on
        ],
        "manner": _manner(shown, practice.codes),
        "deadline": _deadline(shown),
        "place": shown.place,
        "signing": signing(file, party_hands(file, parties), officers, shown.made_on),
    }


def _parties(file: CaseFile, agreement: Agreement) -> Sequence[Party]:
    return [party for party in file.parties if party.id in agreement.party_ids]


def _clause(file: CaseFile, codes: CodeBook, clause: Clause) -> Data:
    return {
        "paragraphs": paragraphs(clause.text),
        "due": _unsaid(day_words(clause.due_on), clause.text),
        "payment": _payment(file, codes, clause) if clause.payment else None,
    }


def _unsaid(words: str, text: str) -> str:
    """`words`, or "" where the clause's own text says them already: no paper says a thing twice."""
    return "" if words and words in text else words


def _rest(payment: Payment, way: str, text: str) -> str:
    """Of a payment whose sum stands in the clause's text, what that text leaves out."""
    if payment.instalments:
        return ""
    due = _unsaid(day_words(payment.due_on), text)
    unsaid_way = _unsaid(way, text)
    parts = [f"付款期限：{due}" if due else "", f"付款方式：{unsaid_way}" if unsaid_way else ""]
    return "，".join(part for part in parts if part)


def _payment(file: CaseFile, codes: CodeBook, clause: Clause) -> Data:
    payment = clause.payment
    assert payment is not None

    def name(party_id: RecordId) -> str:
        party = file.party(party_id)
        return file.name_of(party) if party else ""

    def way(code: str) -> str:
        return codes.label("money_way", code) if code else ""

    said = figures(payment.fen) in clause.text and capitals(payment.fen) in clause.text
    return {
        "said": said,
        "rest": _rest(payment, way(payment.way), clause.text) if said else "",
        "payer": name(payment.payer_id),
        "payee": name(payment.payee_id),
        "figures": figures(payment.fen),
        "capitals": capitals(payment.fen),
        "due": day_words(payment.due_on),
        "way": way(payment.way),
        "instalments": [
            {
                "due": day_words(part.due_on),
                "figures": figures(part.fen),
                "capitals": capitals(part.fen),
                "way": way(part.way or payment.way),
            }
            for part in payment.instalments
        ],
    }


def _manner(agreement: Agreement, codes: CodeBook) -> list[str]:
    code = agreement.manner_code
    label = codes.label("performance_manner", code) if code else ""
    written = paragraphs(agreement.manner)
    return [f"{label}。{written[0] if written else ''}", *written[1:]] if label else written


def _deadline(agreement: Agreement) -> str:
    """The time limit in words, or the dates that the clauses name."""
    if agreement.deadline.strip():
        return agreement.deadline
    days: set[date] = set()
    for clause in agreement.clauses:
        payment = clause.payment
        parts = payment.instalments if payment else ()
        found = [clause.due_on, payment.due_on if payment else None, *(one.due_on for one in parts)]
        days |= {day for day in found if day}
    if not days:
        return ""
    first, last = min(days), max(days)
    return day_words(last) if first == last else f"{day_words(first)}至{day_words(last)}"


def _copies_rest(agreement: Agreement, copies: int | None) -> str:
    """Who keeps the copies. Says nothing of shares where there are fewer copies than keepers."""
    keepers = len(agreement.party_ids) + 1
    if copies is not None and copies < keepers:
        return ""
    rest = "，当事人、人民调解委员会各持一份"
    if agreement.for_confirmation and copies is not None and copies > keepers:
        rest += "，其余用于共同申请司法确认"
    return rest


def blank_number(pattern: str) -> list[str | None]:
    """The number's fixed characters with None for what a pen fills in; one None for an unreadable
    pattern."""
    parts: list[str | None] = []
    try:
        for literal, field, _, _ in Formatter().parse(pattern):
            if literal:
                parts.append(literal)
            if field and parts[-1:] != [None]:
                parts.append(None)
    except ValueError:
        return [None]
    return parts or [None]
