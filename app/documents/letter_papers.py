"""What notices and letters say, and the sheet on which their service is recorded.

Their sentences are the pack's; here they meet the case. The slip that an office sends back is
printed empty for ever: what came back stands in its scan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.documents.agreement_papers import blank_number
from app.documents.letter_words import (
    is_agreed,
    letter_names,
    letter_text,
    letter_values,
    matter_words,
    sentences,
    stopped,
    subject_words,
)
from app.documents.making import PaperMaker
from app.documents.party_blocks import hand, names_or_count, party_hands, signing
from app.documents.wording import Data, day_words, inline, paragraphs
from app.domain.casefile import CaseFile
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.letters import Letter, LetterKind
from app.domain.parties import Party
from app.domain.problems import ProblemCode, refuse
from app.services.pack_texts import in_force, text_on
from app.services.ports import Practice

TEMPLATE = "letter"
VOID_MARK = "已作废"
_DECISION_LINES = 3
_LONG = 150  # characters from which a paragraph may leave the hands under it
_BLANK_DELIVERIES = 4
_WITH_CONTENT = (  # letters whose own sentences say what was written
    LetterKind.TRANSFER_LETTER,
    LetterKind.COURT_REPLY,
)


def letter_paper(
    file: CaseFile, letter: Letter | None, kind: LetterKind, practice: Practice, today: date
) -> Data:
    """A notice or letter, or its blank form with what the case knows."""
    shown = letter or _empty(file, kind)
    day = shown.made_on or today
    entry = letter_text(practice, kind, day)
    values = letter_values(file, shown, practice, blank=letter is None)
    lines = [one for one in entry["paragraphs"] if in_force(one, day)]
    lines = [one for one in lines if _is_meant(one, shown, practice)]
    to = next((one for one in lines if one["id"] == "to"), None)
    body = [one for one in lines if one is not to and "section" not in one]
    blanks = entry["blanks"]
    salutation = sentences(to["text"], blanks, values)[0] if to else None
    return {
        "template": TEMPLATE,
        "numbered": bool(entry["number_kind"]),
        "number": shown.number,
        "number_blank": blank_number(_pattern(practice, entry["number_kind"])),
        "to": salutation,
        "paragraphs": _with_short_end(
            [one for line in body for one in _paragraphs(line, entry, practice, day, values)]
            + _own_words(shown)
        ),
        **_ending(file, shown, entry, lines, values),
        "slip": _slip(entry, values, shown),
    }


def _empty(file: CaseFile, kind: LetterKind) -> Letter:
    case = file.case
    parties = () if kind is LetterKind.RECUSAL_APPLICATION else file.living_parties
    return Letter(
        id=case.id,
        case_id=case.id,
        kind=kind,
        party_ids=tuple(party.id for party in parties),
        mediator_ids=() if kind is LetterKind.RECUSAL_APPLICATION else case.mediator_ids,
    )


def _pattern(practice: Practice, number_kind: str) -> str:
    texts: Any = practice.texts["number_format"]
    found = (one["pattern"] for one in texts["formats"] if one["kind"] == number_kind)
    return str(next(found, practice.number_pattern))


def _is_meant(line: Mapping[str, Any], letter: Letter, practice: Practice) -> bool:
    """Whether a sentence belongs on this letter. A blank reply keeps room for why there is no
    agreement: of one that was reached, the line of the result says all.
    """
    when = line.get("when")
    if when is None:
        return True
    if when == "agreed_facts":
        return bool(letter.content.strip()) or not letter.reason_code
    agreed = is_agreed(letter, practice)
    return bool(agreed) if when == "agreed" else not agreed


def _paragraphs(
    line: Mapping[str, Any],
    entry: Mapping[str, Any],
    practice: Practice,
    day: date,
    values: Mapping[str, str],
) -> list[Data]:
    """The paragraphs of one line of the pack; under the last one its list."""
    found: list[Data] = [
        {"parts": stopped(parts), "items": []}
        for parts in sentences(line["text"], entry["blanks"], values)
    ]
    if found and "list" in line:
        found[-1]["items"] = _items(line["list"], entry, practice, day)
    return found


def _items(name: str, entry: Mapping[str, Any], practice: Practice, day: date) -> list[str]:
    if name == "routes":
        items = [str(one["text"]) for one in text_on(practice, "letters", day)["routes"]]
    else:
        items = [f"{one['zh']}。" for one in entry[name]]
    return [f"{index}．{words}" for index, words in enumerate(items, 1)]


def _with_short_end(lines: list[Data]) -> list[Data]:
    """The last sentence of a long last paragraph as one of its own: it goes with the hands to a new
    page, a long paragraph does not.
    """
    if not lines or lines[-1]["items"]:
        return lines
    parts: Any = lines[-1]["parts"]
    last = parts[-1] or ""
    cut = last.rfind("。", 0, -1) + 1
    if len("".join(filter(None, parts))) < _LONG or not cut:
        return lines
    whole: Data = {"parts": [*parts[:-1], last[:cut]], "items": []}
    return [*lines[:-1], whole, {"parts": [last[cut:]], "items": []}]


def _own_words(letter: Letter) -> list[Data]:
    """What the mediator wrote besides the pack's sentences."""
    if letter.kind in _WITH_CONTENT:
        return []
    return [{"parts": [words], "items": []} for words in paragraphs(letter.content)]


# --- How a letter ends ----------------------------------------------------------------------------


def _ending(
    file: CaseFile,
    letter: Letter,
    entry: Mapping[str, Any],
    lines: Sequence[Mapping[str, Any]],
    values: Mapping[str, str],
) -> Data:
    """`seal`: the committee's name, room for its seal, the day. `hands`: who signs or receives it.
    `section`: the committee's decision on what was applied for.
    """
    labels = {one["id"]: str(one["zh"]) for one in entry["signatures"]}
    parties = [one for one in file.parties if one.id in letter.party_ids]
    committee = file.committee.name if file.committee else "人民调解委员会"
    seal = {"committee": committee, "day": day_words(letter.made_on)}
    if "party" in labels:
        hands = _agreed_hands(file, letter, parties, labels)
        return {"seal": None, "hands": hands, "section": None}
    if "applicant" in labels:
        rows = party_hands(file, parties, title="申请人")[: None if parties else 1]
        hands = {**signing(file, rows, [], letter.made_on), "label": labels["applicant"]}
        decided = _section(letter, entry, lines, values)
        decided |= {"committee": committee, "day": day_words(letter.decided_on)}
        return {"seal": None, "hands": hands, "section": decided}
    if "received_by" in labels:
        rows = party_hands(file, parties, title="签收人")
        hands = {**signing(file, rows, [], None), "label": labels["received_by"]}
        return {"seal": seal, "hands": hands, "section": None}
    return {"seal": seal, "hands": None, "section": None}


def _agreed_hands(
    file: CaseFile, letter: Letter, parties: Sequence[Party], labels: Mapping[str, str]
) -> Data:
    """All parties, the mediators and the committee's seal."""
    names = [file.mediators[one].name for one in letter.mediator_ids if one in file.mediators]
    officers = [hand(labels["mediator"], name) for name in names or [""]]
    made = signing(file, party_hands(file, parties), officers, letter.made_on)
    return {**made, "label": labels["party"]}


def _section(
    letter: Letter,
    entry: Mapping[str, Any],
    lines: Sequence[Mapping[str, Any]],
    values: Mapping[str, str],
) -> Data:
    line = next(one for one in lines if "section" in one)
    known = {**values, "decision": inline(letter.decision)}  # none falls out of its sentence
    return {
        "words": sentences(line["text"], entry["blanks"], known)[0],
        "lines": 0 if letter.decision.strip() else _DECISION_LINES,
    }


def _slip(entry: Mapping[str, Any], values: Mapping[str, str], letter: Letter) -> Data | None:
    """The receipt that the addressee fills in and sends back, under a line to cut along."""
    slip = entry.get("reply_slip")
    if slip is None:
        return None
    known = {"committee": values.get("committee", ""), "number": letter.number}
    return {
        "title": str(slip["zh"]),
        "words": sentences(slip["text"], slip["blanks"], known)[0],
        "labels": {one["code"]: str(one["zh"]) for one in slip["fields"]},
    }


# --- Service receipt ------------------------------------------------------------------------------


def service_receipt(file: CaseFile, letter: Letter | None, practice: Practice, today: date) -> Data:
    """送达回证: what was served, to whom, how, when, by whom, and why it was not taken."""
    shown = letter or _empty(file, LetterKind.SERVICE_RECEIPT)
    day = shown.made_on or today
    entry = letter_text(practice, LetterKind.SERVICE_RECEIPT, day)
    ways = {one["code"]: str(one["zh"]) for one in entry["reasons"]}
    paper, number = subject_words(file, shown, practice)
    refusal = next(
        one for one in entry["paragraphs"] if one["id"] == "refusal" and in_force(one, day)
    )
    labels = {one["name"]: str(one["zh"]) for one in entry["blanks"]}
    labels |= {one["id"]: str(one["zh"]) for one in entry["signatures"]}
    return {
        "labels": labels,
        "paper": paper,
        "paper_no": number,
        "matter": matter_words(file, practice),
        "place": inline(shown.place),
        "ways": [f"{index}．{words}" for index, words in enumerate(ways.values(), 1)],
        "deliveries": _deliveries(file, shown, ways),
        "refusal": str(refusal["text"]),
        "refusals": [
            f"{one.recipient}：{inline(one.refusal)}。"
            for one in shown.deliveries
            if one.refusal.strip()
        ],
        "day": day_words(shown.made_on),
    }


def _deliveries(file: CaseFile, letter: Letter, ways: Mapping[str, str]) -> list[Data]:
    rows: list[Data] = [
        {
            "recipient": one.recipient,
            "way": ways.get(one.way, one.way),
            "day": day_words(one.on),
            "by": one.by,
        }
        for one in letter.deliveries
    ]
    known = {one.recipient for one in letter.deliveries}
    names = [name for name in letter_names(file, letter) if not rows or name not in known]
    empty = {"way": "", "day": "", "by": ""}
    rows += [{"recipient": name, **empty} for name in names]
    return rows or [{"recipient": "", **empty} for _ in range(_BLANK_DELIVERIES)]


# --- Makers ---------------------------------------------------------------------------------------


def _maker(kind: LetterKind) -> PaperMaker:
    def maker(file: CaseFile, practice: Practice, subject_id: RecordId, today: date) -> Data:
        letters = (one for one in file.letters if one.kind is kind)
        found = next((one for one in letters if one.id == subject_id), None)
        if found is None and subject_id != file.case.id:
            raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
        if kind is LetterKind.SERVICE_RECEIPT:
            data = service_receipt(file, found, practice, today)
        else:
            data = letter_paper(file, found, kind, practice, today)
        if found is None:
            return data
        to = inline(found.addressee) or names_or_count(letter_names(file, found))
        mark = VOID_MARK if found.void_reason else ""
        return data | {"dated": found.made_on, "mark": mark, "remark": to}

    return maker


PAPERS: dict[DocumentKind, PaperMaker] = {
    DocumentKind(kind.value): _maker(kind) for kind in LetterKind
}
