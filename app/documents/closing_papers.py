"""What is written when it is over: receipts, follow-up visits, the closing report and the ends of
the bound file.

Pure functions. The closing report is made from what the case says and never typed a second time.
"""

from __future__ import annotations

from datetime import date

from app.documents.case_papers import file_number
from app.documents.fixed_words import FixedWords, fill, fixed_words
from app.documents.frozen import as_frozen
from app.documents.making import PaperMaker, of_case
from app.documents.party_blocks import hand, names_or_count, party_blocks, party_hands, signing
from app.documents.wording import Data, day_words, paragraphs, ticked
from app.domain.agreements import Agreement, AgreementForm, Clause
from app.domain.casefile import CaseFile, day_of, file_title
from app.domain.codes import CodeBook
from app.domain.completeness import DocumentKind
from app.domain.duties import DutyLine, duties
from app.domain.followups import FollowUp
from app.domain.ids import RecordId
from app.domain.money import LARGEST_FEN, capitals, figures
from app.domain.performances import Performance
from app.domain.problems import ProblemCode, refuse
from app.services.ports import Practice

VOID_MARK = "已作废"
_BLANK_MONEY = "人民币{figures}元（大写：{capitals}）"
_YES_NO = {"no": "无", "yes": "有"}


# --- Receipt --------------------------------------------------------------------------------------


def performance_receipt(
    file: CaseFile, done: Performance | None, practice: Practice, today: date
) -> Data:
    """履行凭证: a receipt for money (收条) or a confirmation of an act; without a performance the
    blank receipt.
    """
    agreement = _agreement_of(file, done.agreement_id) if done else file.main_agreement()
    if agreement:
        file = as_frozen(file, agreement)
    day = (done.done_on if done else None) or today
    words = fixed_words(practice, DocumentKind.PERFORMANCE_RECEIPT, day)
    act = done is not None and done.fen is None
    values = _values(file, done, agreement, practice.codes)
    witness = done.witness if done else ""
    rows = [
        hand("对方（签名、按指印）" if act else words.label("payee"), values.get("payee", "")),
        hand(
            "履行人（签名）" if act else words.label("payer"),
            values.get("payer", ""),
            finger=False,
        ),
    ]
    if witness or done is None:
        rows.append(hand(words.label("witness"), witness, finger=False))
    made = signing(file, rows, [], done.done_on if done else None)
    return {
        "title": words.label("title_act" if act else "title_money"),
        "number": agreement.number if agreement else "",
        "lines": [_sentence(done, words, values), *_balance(file, done, words)],
        "remarks": [] if act or done is None else paragraphs(done.what),
        "hint": None if act else words.line("hand"),
        "signing": {**made, "label": ""},
    }


def _sentence(
    done: Performance | None, words: FixedWords, values: dict[str, str]
) -> list[str | None]:
    """What was received or done; the blank receipt has room for figures and for capitals."""
    if done is None:
        text = words.sentences["money"].replace("{amount}", _BLANK_MONEY)
        return fill(text, values, ())
    return words.line("act" if done.fen is None else "money", **values)


def _agreement_of(file: CaseFile, agreement_id: RecordId) -> Agreement | None:
    return next((one for one in file.agreements if one.id == agreement_id), None)


def _duty_of(agreement: Agreement | None, key: str) -> DutyLine | None:
    lines = duties(agreement) if agreement else ()
    return next((line for line in lines if line.key == key), None)


def _values(
    file: CaseFile, done: Performance | None, agreement: Agreement | None, codes: CodeBook
) -> dict[str, str]:
    """What fills the sentence. A blank form knows only the agreement's number."""
    number = agreement.number if agreement else ""
    if done is None:
        return {"agreement_no": number}
    duty = _duty_of(agreement, done.duty)
    way = done.way or (duty.way if duty else "")
    payer = file.party(done.payer_id or (duty.who if duty else None))
    payee = file.party(done.payee_id or (duty.to_whom if duty else None))
    return {
        "agreement_no": number,
        "payer": file.name_of(payer) if payer else "",
        "payee": file.name_of(payee) if payee else "",
        "reason": "",
        "amount": money_words(done.fen) if done.fen is not None else "",
        "clause_no": str(duty.clause_no) if duty else "",
        "instalment": str(duty.instalment) if duty and duty.instalment else "",
        "way": codes.label("money_way", way) if way else "",
        "what": ("，".join(paragraphs(done.what)) or (duty.what if duty else "")).rstrip("。"),
        "done_on": day_words(done.done_on),
    }


def money_words(fen: int) -> str:
    """An amount as papers have it: figures and capitals. `fen` whole fen, from 0."""
    shown = f"人民币{figures(fen)}元"
    return f"{shown}（大写：{capitals(fen)}）" if fen <= LARGEST_FEN else shown


def _balance(file: CaseFile, done: Performance | None, words: FixedWords) -> list[list[str | None]]:
    """What was paid of the clause up to this payment, and what is left; nothing where the duty is
    not known.
    """
    agreement = _agreement_of(file, done.agreement_id) if done else None
    duty = _duty_of(agreement, done.duty) if done else None
    if done is None or agreement is None or duty is None or done.fen is None:
        return []
    lines = [one for one in duties(agreement) if one.clause_id == duty.clause_id and one.fen]
    keys = {one.key for one in lines}
    payments = [
        one
        for one in file.living(Performance)
        if one.agreement_id == agreement.id and one.duty in keys and _not_after(one, done)
    ]
    paid = sum(one.fen or 0 for one in payments)
    rest = sum(one.fen or 0 for one in lines) - paid
    if rest <= 0:
        return [words.line("all")]
    return [words.line("rest", paid=money_words(paid), rest=money_words(rest))]


def _not_after(one: Performance, done: Performance) -> bool:
    first = (one.done_on or date.min, one.id)
    return first <= (done.done_on or date.min, done.id)


def _receipt(file: CaseFile, practice: Practice, subject_id: RecordId, today: date) -> Data:
    found = next((one for one in file.performances if one.id == subject_id), None)
    if found is None and subject_id != file.case.id:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
    data = performance_receipt(file, found, practice, today)
    if found is None:
        return data
    alike = [one.id for one in file.living(Performance)]
    tail = f"第{alike.index(found.id) + 1}次" if found.id in alike and len(alike) > 1 else ""
    mark = VOID_MARK if found.void_reason else ""
    return data | {"dated": found.done_on, "tail": tail, "mark": mark}


# --- Follow-up ------------------------------------------------------------------------------------


def follow_up_record(
    file: CaseFile, visit: FollowUp | None, practice: Practice, today: date
) -> Data:
    """人民调解回访记录 of one visit, or a blank form."""
    codes = practice.codes
    shown = visit or FollowUp(id=file.case.id, case_id=file.case.id)
    agreement = (
        _agreement_of(file, shown.agreement_id) if shown.agreement_id else file.main_agreement()
    )
    words = fixed_words(practice, DocumentKind.FOLLOW_UP_RECORD, shown.visited_on or today)
    party = file.party(shown.party_id)
    parties = [party] if party else []
    asked = [party] if party else file.living_parties
    names = [name for one in asked if (name := file.name_of(one))]
    rows = party_hands(file, parties, title="被回访人")[: None if parties else 1]
    officers = [hand(words.label("visitor"), shown.visitor)]
    risk = "" if visit is None else "yes" if shown.new_risk else "no"
    return {
        "number": agreement.number if agreement else "",
        "labels": words.chosen(
            *("party", "agreement_no", "matter", "time", "method", "findings", "performance"),
            *("satisfaction", "court", "wrong", "new_risk", "next"),
        ),
        "present": names_or_count(names),
        "matter": _matter(file, practice),
        "day": day_words(shown.visited_on),
        "method": _choices(codes, "visit_method", shown.method),
        "performance": _choices(codes, "performance_status", shown.performance),
        "satisfaction": _choices(codes, "satisfaction", shown.satisfaction),
        "findings": paragraphs(shown.findings),
        "open": None if visit else ticked(_YES_NO, ""),
        "new_risk": ticked(_YES_NO, risk),
        "measures": words.line("suggest") if shown.new_risk or visit is None else None,
        "next": day_words(shown.next_on),
        "signing": {
            **signing(file, rows, officers, shown.visited_on),
            "label": words.label("party_sign"),
        },
    }


def _matter(file: CaseFile, practice: Practice) -> str:
    known = any(map(file.name_of, file.living_parties)) or file.case.title
    return file_title(file, practice.codes) if known else file.case.matter


def _choices(codes: CodeBook, table: str, chosen: str) -> list[Data]:
    """All lines of a table with the chosen one ticked; a code that it does not have stands with
    them, so that nothing is hidden.
    """
    labels = {one.code: one.zh for one in codes.table(table).codes}
    if chosen and chosen not in labels:
        labels[chosen] = codes.label(table, chosen)
    return ticked(labels, chosen)


def _follow_up(file: CaseFile, practice: Practice, subject_id: RecordId, today: date) -> Data:
    found = next((one for one in file.follow_ups if one.id == subject_id), None)
    if found is None and subject_id != file.case.id:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
    data = follow_up_record(file, found, practice, today)
    if found is None:
        return data
    alike = [one.id for one in file.follow_ups if not one.void_reason]
    tail = f"第{alike.index(found.id) + 1}次" if found.id in alike else ""
    mark = VOID_MARK if found.void_reason else ""
    return data | {"dated": found.visited_on, "tail": tail, "mark": mark}


# --- Closing report -------------------------------------------------------------------------------


def closing_report(file: CaseFile, practice: Practice, today: date) -> Data:
    """人民调解结案报告表. Everything in it stands elsewhere in the case; opinions and hands are the
    pen's where nobody wrote them.
    """
    case, codes = file.case, practice.codes
    closed = case.closing.on if case.closing else None
    words = fixed_words(practice, DocumentKind.CLOSING_REPORT, case.filed_on or closed or today)
    parties = file.living_parties
    day = day_of(file) or (today if parties else None)
    officers = [hand("承办人（签名）"), hand("审核人（签名）")]
    return {
        "dated": case.filed_on or closed or day_of(file),
        "labels": words.chosen(
            *("file_no", "filled_on", "unit", "handler", "accepted_on", "closed_on"),
            *("parties", "source", "type", "facts", "result", "performance"),
            *("handler_opinion", "checker_opinion"),
        ),
        "file_no": file_number(file),
        "filled_on": day_words(case.filed_on),
        "unit": file.committee.name if file.committee else "",
        "handler": "、".join(file.mediator_names()),
        "accepted_on": day_words(case.accepted_on),
        "closed_on": day_words(closed),
        "parties": party_blocks(file, codes, parties, day),
        "source": _source(file, codes),
        "type": codes.label("dispute_type", case.dispute_type) if case.dispute_type else "",
        "facts": paragraphs(case.facts),
        "result": _result(file, codes),
        "performance": _performance(file, codes),
        "opinion": paragraphs(case.closing.opinion) if case.closing else [],
        "note": words.line("same"),
        "signing": {**signing(file, [], officers, closed), "label": ""},
    }


def _source(file: CaseFile, codes: CodeBook) -> str:
    case = file.case
    source = codes.label("case_source", case.source) if case.source else ""
    return "，".join(part for part in (source, case.source_detail) if part)


def _result(file: CaseFile, codes: CodeBook) -> list[str]:
    """How it ended, and of each agreement its number, day and clauses."""
    closing = file.case.closing
    ended = []
    if closing:
        ended.append(codes.label("mediation_result", closing.result))
        if closing.reason:
            ended.append(codes.label("termination_reason", closing.reason))
    lines = ["，".join(ended) + "。"] if ended else []
    for agreement in file.living_agreements:
        lines += _agreed(as_frozen(file, agreement), agreement)
    return lines


def _agreed(file: CaseFile, agreement: Agreement) -> list[str]:
    form = "人民调解协议书" if agreement.form is AgreementForm.WRITTEN else "口头协议"
    facts = (agreement.number, day_words(agreement.made_on))
    known = "，".join(fact for fact in facts if fact)
    clauses = [_clause(file, clause) for clause in agreement.clauses]
    numbered = [f"{number}．{text}" for number, text in enumerate(clauses, 1) if text]
    return [f"{form}{f'（{known}）' if known else ''}：", *numbered]


def _clause(file: CaseFile, clause: Clause) -> str:
    """A clause's own words, with the sum where they do not name it."""
    text = "".join(paragraphs(clause.text))
    payment = clause.payment
    if payment is None or figures(payment.fen) in text:
        return text
    names = file.names()
    payer, payee = names.get(payment.payer_id, ""), names.get(payment.payee_id, "")
    return f"{text}{payer}付给{payee}{money_words(payment.fen)}。"


def _performance(file: CaseFile, codes: CodeBook) -> list[str]:
    """How far it was kept: what the closing says, and day and sums from the records."""
    closing = file.case.closing
    status = closing.performance if closing else ""
    lines = [codes.label("performance_status", status) + "。"] if status else []
    for agreement in file.living_agreements:
        owed = sum(one.fen or 0 for one in duties(agreement))
        paid = sum(
            one.fen or 0
            for one in file.living(Performance)
            if one.agreement_id == agreement.id and one.fen
        )
        if agreement.performed_on:
            lines.append(f"{agreement.number}于{day_words(agreement.performed_on)}全部履行。")
        elif owed and paid:
            lines.append(f"{agreement.number}应付{figures(owed)}元，已付{figures(paid)}元。")
    return lines


# --- Ends of the bound file -----------------------------------------------------------------------


def file_note(file: CaseFile, practice: Practice, today: date) -> Data:
    """卷宗情况说明: what was written of the state of the file; without it the headings and ruled
    lines.
    """
    note = file.case.file_note
    day = note.filed_on if note else None
    words = fixed_words(practice, DocumentKind.FILE_NOTE, day or today)
    situation = paragraphs(note.situation) if note else []
    headings = ("missing", "damaged", "copies", "added", "handwritten", "other")
    return {
        "dated": day or day_of(file),
        "lead": words.line("lead"),
        "complete": words.line("complete") if note and not situation else None,
        "situation": situation,
        "headings": [] if note else [words.label(one) for one in headings],
        "later": words.line("unknown"),
        "signing": {**signing(file, _keepers(file, words), [], None), "label": ""},
    }


def back_cover(file: CaseFile, practice: Practice, today: date) -> Data:
    """封底. How many pages the file has is counted when it is set whole; else a blank."""
    note = file.case.file_note
    day = note.filed_on if note else None
    words = fixed_words(practice, DocumentKind.BACK_COVER, day or today)
    return {
        "dated": day or day_of(file),
        "number": "",
        "count": words.line("count"),
        "bound": words.line("bound"),
        "signing": {**signing(file, _keepers(file, words), [], None), "label": ""},
    }


def _keepers(file: CaseFile, words: FixedWords) -> list[Data]:
    """Who bound the file and who checked it, each with its own day."""
    note = file.case.file_note
    bound = hand(words.label("filed_by"), note.filed_by if note else "", finger=False)
    checked = hand(words.label("checked_by"), note.checked_by if note else "", finger=False)
    return [
        bound | {"day": day_words(note.filed_on if note else None)},
        checked | {"day": day_words(note.checked_on if note else None)},
    ]


PAPERS: dict[DocumentKind, PaperMaker] = {
    DocumentKind.PERFORMANCE_RECEIPT: _receipt,
    DocumentKind.FOLLOW_UP_RECORD: _follow_up,
    DocumentKind.CLOSING_REPORT: of_case(closing_report),
    DocumentKind.FILE_NOTE: of_case(file_note),
    DocumentKind.BACK_COVER: of_case(back_cover),
}
