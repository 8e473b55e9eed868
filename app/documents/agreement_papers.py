"""What agreements say on paper: the written agreement and the register sheet of an oral one.

Pure functions. Amounts print in figures and in capitals; what is not known stays blank. Nothing
that changes after the paper was signed (hands, visits) is shown, so that a second print equals the
first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from string import Formatter
from typing import Any

from app.documents.fixed_words import fixed_words
from app.documents.frozen import as_frozen
from app.documents.making import PaperMaker
from app.documents.party_blocks import mediator_hands, party_blocks, party_hands, signing
from app.documents.wording import Data, day_words, inline, paragraphs
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
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.money import capitals, figures
from app.domain.parties import Party
from app.domain.problems import ProblemCode, refuse
from app.services.pack_texts import paper_title
from app.services.ports import Practice
from app.wire.paper_mark import PaperMark

_MARKS = {AgreementState.DRAFT: "草稿，不作签名用", AgreementState.VOID: "已作废"}


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
        "title": agreement_title(practice, shown),
        "responsibility": paragraphs(shown.responsibility),
        "supplements": _supplements(shown, earlier, practice, today),
        "copies": "" if copies is None else str(copies),
        "copies_rest": _copies_rest(shown, copies),
    }


def _supplements(
    agreement: Agreement, earlier: Agreement | None, practice: Practice, today: date
) -> list[str | None] | None:
    """The sentence that names the agreement which this one changes; None for a first one."""
    if agreement.supplement_of is None:
        return None
    number = earlier.number if earlier else ""
    words = fixed_words(practice, DocumentKind.WRITTEN_AGREEMENT, agreement.made_on or today)
    return words.line("supplement", agreement_no=number)


def oral_register(
    file: CaseFile, agreement: Agreement | None, practice: Practice, today: date
) -> Data:
    """人民调解口头协议登记表 of `agreement`, or a blank form. The register also says when it was
    performed."""
    shown = agreement or _empty(file, AgreementForm.ORAL)
    file = as_frozen(file, shown)
    data = _common(file, shown, practice, today, known=agreement is not None)
    return data | {"performed": day_words(shown.performed_on)}


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
        "dated": shown.made_on,
        "proof": proof_of(shown),
        "mark": _MARKS.get(shown.state, "") if known else "",
        "number": shown.number,
        "number_blank": blank_number(practice.number_pattern),
        "parties": party_blocks(file, practice.codes, parties, day, "当事人"),
        "facts": paragraphs(shown.facts),
        "clauses": [
            _clause(file, practice.codes, clause)
            for clause in shown.clauses
            if clause.text.strip() or clause.payment or clause.due_on or clause.duties
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
        "duties": _duties(file, clause),
        "payment": _payment(file, codes, clause) if clause.payment else None,
    }


def _duties(file: CaseFile, clause: Clause) -> list[str]:
    """Of each duty what the clause's own words leave out: who, what, by when."""
    text, found = clause.text, []
    for duty in clause.duties:
        party = file.party(duty.party_id)
        name, what = file.name_of(party) if party else "", inline(duty.what)
        due = "" if duty.due_on == clause.due_on else _unsaid(day_words(duty.due_on), text)
        # A clause of the bank says in its own words what the duty calls by the clause's name.
        told = name in text and (what in text or bool(clause.from_bank))
        if told and not due:
            continue
        who = f"{name}：" if name and not told else ""
        found.append(f"{who}{what}" + (f"，期限：{due}" if due else ""))
    return found


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
        found += [one.due_on for one in clause.duties]
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


def clause_words(file: CaseFile, codes: CodeBook, clause: Clause) -> list[str]:
    """A clause as plain paragraphs, with what its own words leave open of payments, duties and
    dates; for papers that quote it.
    """
    shown = _clause(file, codes, clause)
    payment = _payment(file, codes, clause) if clause.payment else None
    due = f"期限：{shown['due']}。" if shown["due"] else ""
    duties = [f"{words}。" for words in _duties(file, clause)]
    paid = _payment_words(payment) if payment else []
    return [*paragraphs(clause.text), *paid, *duties, *filter(None, [due])]


def _payment_words(payment: Mapping[str, Any]) -> list[str]:
    """A payment in words; its instalments one by one."""
    words = []
    if not payment["said"]:
        terms = [f"付款期限：{payment['due']}"] if payment["due"] else []
        terms += [f"付款方式：{payment['way']}"] if payment["way"] else []
        whole = "{payer}付给{payee}人民币{figures}元（大写：{capitals}）".format_map(payment)
        words.append("，".join([whole, *([] if payment["instalments"] else terms)]) + "。")
    elif payment["rest"]:
        words.append(f"{payment['rest']}。")
    for index, part in enumerate(payment["instalments"], 1):
        facts = (part["due"], f"{part['figures']}元", part["way"])
        words.append(f"第{index}期：{'，'.join(filter(None, facts))}。")
    return words


def agreement_title(practice: Practice, agreement: Agreement) -> str:
    """The name of the paper: a supplement has its own, from the pack."""
    day = agreement.made_on or date.max
    if agreement.form is AgreementForm.ORAL:
        return paper_title(practice, DocumentKind.ORAL_REGISTER, day)
    if agreement.supplement_of is None:
        return paper_title(practice, DocumentKind.WRITTEN_AGREEMENT, day)
    words = fixed_words(practice, DocumentKind.WRITTEN_AGREEMENT, day)
    return words.label("supplement_title")


def proof_of(agreement: Agreement) -> PaperMark | None:
    """The mark of the first page of a frozen text; None for a draft or what was given up."""
    frozen = agreement.state in (AgreementState.FINAL, AgreementState.EFFECTIVE)
    if not frozen or not agreement.content_hash:
        return None
    return PaperMark(
        record_id=agreement.id,
        version=max(agreement.version, 1),
        content_hash=agreement.content_hash,
        page=1,
        number=agreement.number,
    )


def _maker(form: AgreementForm) -> PaperMaker:
    make = written_agreement if form is AgreementForm.WRITTEN else oral_register

    def maker(file: CaseFile, practice: Practice, subject_id: RecordId, today: date) -> Data:
        found = next((one for one in file.agreements if one.id == subject_id), None)
        if (found is None and subject_id != file.case.id) or (found and found.form is not form):
            raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
        return make(file, found, practice, today)

    return maker


PAPERS: dict[DocumentKind, PaperMaker] = {
    DocumentKind.WRITTEN_AGREEMENT: _maker(AgreementForm.WRITTEN),
    DocumentKind.ORAL_REGISTER: _maker(AgreementForm.ORAL),
}
