"""What was found out: the record of one talk with somebody who knows, and the list of evidence.

Pure functions. What was said and handed in stands as it was written down; nothing is added to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.documents.fixed_words import FixedWords, fixed_words
from app.documents.making import PaperMaker, of_case
from app.documents.party_blocks import hand, party_hands, person_block, signing
from app.documents.wording import Data, day_words, paragraphs, time_words
from app.domain.casefile import CaseFile, day_of, file_title
from app.domain.completeness import DocumentKind
from app.domain.evidence import Evidence
from app.domain.ids import RecordId
from app.domain.investigations import Exchange, Investigation
from app.domain.people import Person
from app.domain.problems import ProblemCode, refuse
from app.services.ports import Practice

VOID_MARK = "已作废"
_BLANK_ANSWERS = (1, 2, 2)  # ruled lines after the questions of the blank form
_BLANK_LINES = 12
_LONG_PROOF = 40  # characters from which what a piece shows stands in a row of its own
_BLANK_ROWS = 6


# --- Investigation record -------------------------------------------------------------------------


def investigation_record(
    file: CaseFile, record: Investigation | None, practice: Practice, today: date
) -> Data:
    """人民调解调查记录 of one talk, or a blank form with the questions that every talk has."""
    shown = record or Investigation(id=file.case.id, case_id=file.case.id, ordinal=0)
    day = shown.held_on or day_of(file) or (today if shown.person_id else None)
    words = fixed_words(practice, DocumentKind.INVESTIGATION_RECORD, day or today)
    person = file.people.get(shown.person_id) if shown.person_id else None
    asking = shown.investigator_ids if record else file.case.mediator_ids
    names = [file.mediators[one].name for one in asking if one in file.mediators]
    matter = shown.matter or _matter(file, practice)
    return {
        "labels": words.chosen(
            *("time", "place", "others", "matter", "person", "relation", "record"),
            *("question", "answer", "handwritten", "person_sign"),
        ),
        "day": day_words(shown.held_on),
        "begun": time_words(shown.begun_at),
        "ended": time_words(shown.ended_at),
        "place": shown.place,
        "others": shown.others,
        "matter": matter,
        "person": person_block(practice.codes, person, day, words.label("person")),
        "relation": shown.relation,
        "talk": _talk(shown.exchanges, words),
        "blank_lines": 0 if shown.exchanges else _BLANK_LINES,
        "questions": []
        if shown.exchanges
        else _questions(words, file.committee.name if file.committee else "", names, matter),
        "each_page": words.line("each_page"),
        "confirm": [words.line(name) for name in _confirmations(person)],
        "signing": _hands(file, person, names, shown, words),
    }


def _matter(file: CaseFile, practice: Practice) -> str:
    known = any(map(file.name_of, file.living_parties)) or file.case.title
    return file_title(file, practice.codes) if known else file.case.matter


def _talk(exchanges: Sequence[Exchange], words: FixedWords) -> list[Data]:
    """Questions and answers in order; a line that already begins with 问 or 答 keeps its own."""
    question, answer = words.label("question"), words.label("answer")
    return [
        {
            "question": _said(question, one.question),
            "answer": _said(answer, one.answer),
        }
        for one in exchanges
        if one.question.strip() or one.answer.strip()
    ]


def _said(label: str, text: str) -> list[str]:
    lines = paragraphs(text)
    for sign in ("：", ":"):
        if lines and lines[0].startswith(label + sign):
            lines[0] = lines[0].removeprefix(label + sign).strip()
    return [one for one in lines if one]


def _questions(words: FixedWords, committee: str, names: Sequence[str], matter: str) -> list[Data]:
    """The questions of the blank form, each with room for its answer."""
    opening = words.line(
        "opening", committee=committee, investigators="、".join(names), matter=matter
    )
    asked = [opening, words.line("relation"), words.line("ending")]
    return [
        {"words": one, "lines": lines} for one, lines in zip(asked, _BLANK_ANSWERS, strict=True)
    ]


def _confirmations(person: Person | None) -> tuple[str, ...]:
    """What the person writes by hand at the end; the blank form shows both ways."""
    if person is None:
        return ("confirm_read", "confirm_heard")
    return ("confirm_heard",) if person.cannot_read else ("confirm_read",)


def _hands(
    file: CaseFile,
    person: Person | None,
    names: Sequence[str],
    shown: Investigation,
    words: FixedWords,
) -> Data:
    rows = [
        hand(words.label("person"), person.name if person else ""),
        *(hand(words.label("investigator"), name, finger=False) for name in names or [""]),
        hand(words.label("recorder"), shown.recorder, finger=False),
    ]
    made = signing(file, rows, [], shown.held_on)
    return {**made, "label": words.label("person_sign")}


def _investigation(file: CaseFile, practice: Practice, subject_id: RecordId, today: date) -> Data:
    found = next((one for one in file.investigations if one.id == subject_id), None)
    if found is None and subject_id != file.case.id:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
    data = investigation_record(file, found, practice, today)
    if found is None:
        return data
    person = file.people.get(found.person_id) if found.person_id else None
    return data | {
        "dated": found.held_on,
        "tail": f"第{found.ordinal}次",
        "remark": person.name if person else "",
        "mark": VOID_MARK if found.void_reason else "",
    }


# --- Evidence -------------------------------------------------------------------------------------


def evidence_list(file: CaseFile, practice: Practice, today: date) -> Data:
    """人民调解证据材料: what was handed in, who compared the copies, and who handed it in."""
    pieces = sorted(file.living(Evidence), key=lambda one: one.ordinal)
    days = [one.submitted_on for one in pieces if one.submitted_on]
    day = max(days, default=None) or day_of(file)
    words = fixed_words(practice, DocumentKind.EVIDENCE_LIST, day or today)
    givers = {one.given_by for one in pieces if one.given_by}
    parties = [one for one in file.living_parties if one.id in givers]
    rows = party_hands(file, parties, title="提供人")
    return {
        "dated": day,
        "columns": [
            words.label(name)
            for name in (
                *("number", "name", "source", "submitted_on", "copies", "pages"),
                *("original", "proves", "received_by"),
            )
        ],
        "pieces": [_piece(file, practice, number, one) for number, one in enumerate(pieces, 1)],
        "blank_rows": 0 if pieces else _BLANK_ROWS,
        "comparisons": _comparisons(pieces, words),
        "originals": words.line("originals_back"),
        "signing": {
            **signing(file, rows if parties else rows[:1], [], None),
            "label": words.label("given_by"),
        },
    }


def _piece(file: CaseFile, practice: Practice, number: int, one: Evidence) -> Data:
    giver = file.party(one.given_by)
    names = [file.name_of(giver) if giver else "", one.source]
    proves = paragraphs(one.proves)
    return {
        "number": str(number),
        "name": one.name,
        "kind": practice.codes.label("evidence_kind", one.kind) if one.kind else "",
        "source": "，".join(name for name in names if name),
        "submitted_on": day_words(one.submitted_on),
        "copies": str(one.copies),
        "pages": str(one.pages),
        "original": "原件" if one.original else "复印件",
        "returned": f"{day_words(one.returned_on)}退还" if one.returned_on else "",
        "proves": proves,
        "long": sum(map(len, proves)) > _LONG_PROOF,
        "received_by": one.received_by,
    }


def _comparisons(pieces: Sequence[Evidence], words: FixedWords) -> list[Data]:
    """与原件核对无异, once for all copies that one person compared on one day; a blank one on the
    blank form.
    """
    groups: dict[tuple[str, date | None], list[int]] = {}
    for number, one in enumerate(pieces, 1):
        if not one.original:
            groups.setdefault((one.compared_by, one.compared_on), []).append(number)
    if not pieces:
        return [{"numbers": "", "words": words.line("copy_same")}]
    return [
        {
            "numbers": "、".join(map(str, numbers)),
            "words": words.line("copy_same", compared_by=by, compared_on=day_words(on)),
        }
        for (by, on), numbers in groups.items()
    ]


PAPERS: dict[DocumentKind, PaperMaker] = {
    DocumentKind.INVESTIGATION_RECORD: _investigation,
    DocumentKind.EVIDENCE_LIST: of_case(evidence_list),
}
