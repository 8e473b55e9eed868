"""What the blanks of notices and letters are filled with, and the pack's sentences around them.

Takes words from the letter, the case and the pack only. A blank that nobody can fill yet stays for
the pen, as wide as what is written there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from app.documents.agreement_papers import agreement_title
from app.documents.fixed_words import fill
from app.documents.party_blocks import names_or_count, side_names
from app.documents.wording import OUTCOMES, day_words, inline, paragraphs, time_words
from app.domain.casefile import CaseFile
from app.domain.letters import Letter, LetterKind
from app.domain.parties import PartyRole
from app.services.pack_texts import paper_title, text_on
from app.services.ports import Practice

Parts = list[str | None]
_DAYS = ("meeting_on",)
_RESULTS = {True: "达成协议。", False: "没有达成协议。"}
_LENGTHS = {  # of blanks that a pen fills, in halves of a short one
    **dict.fromkeys(("facts", "done", "agreed_facts", "clauses"), 22),
    **dict.fromkeys(("reason", "result", "where", "enclosures"), 9),
    **dict.fromkeys(("parties", "matter", "committee", "addressee", "place", "court"), 4),
}


def letter_text(practice: Practice, kind: LetterKind, day: date) -> Mapping[str, Any]:
    """The pack's entry for letters of this kind dated `day`. Raises KeyError, TypeError for a pack
    without.
    """
    letters = text_on(practice, "letters", day)["letters"]
    found = (one for one in letters if one["kind"] == kind.value)
    entry: Mapping[str, Any] | None = next(found, None)
    if entry is None:
        raise KeyError(kind.value)
    return entry


def sentences(
    text: str, blanks: Collection[Mapping[str, Any]], values: Mapping[str, str]
) -> list[Parts]:
    """`text` as paragraphs with its blanks filled; a value of several lines makes as many.

    `blanks` are the pack's. A day to be written by hand keeps its 年, 月 and 日.
    """
    optional = {str(one["name"]) for one in blanks if not one.get("required")}
    days = {str(one["name"]) for one in blanks if one.get("kind") == "date"}
    text = text.replace("{meeting}", "{meeting_on}{meeting_at}")
    days |= set(_DAYS)
    for name in {*days, "meeting_at", *_LENGTHS}:
        if values.get(name) or (name in values and name in optional):
            continue
        text = text.replace(f"{{{name}}}", _by_hand(name, is_day=name in days))
    return _by_line(fill(text, values, optional))


def _by_hand(name: str, *, is_day: bool) -> str:
    """The blanks that stand for one value: year, month and day, hour and minute, or a long line."""
    if is_day:
        return f"{{{name}_year}}年{{{name}_month}}月{{{name}_day}}日"
    if name == "meeting_at":
        return "{meeting_hour}时{meeting_minute}分"
    return "".join(f"{{{name}_{place}}}" for place in range(_LENGTHS[name]))


def _by_line(parts: Parts) -> list[Parts]:
    found: list[Parts] = [[]]
    for part in parts:
        first, *others = [None] if part is None else part.split("\n")
        if first != "":
            found[-1].append(first)
        found += [[line] for line in others]
    return [one for one in found if one]


def stopped(parts: Parts) -> Parts:
    """A paragraph with a stop at its end, where a value came last."""
    last = parts[-1]
    return parts if last is None or last[-1] in "。：！？" else [*parts[:-1], f"{last}。"]


def matter_words(file: CaseFile, practice: Practice) -> str:
    """What the dispute is about, without names: 邻里纠纷."""
    case = file.case
    words = inline(case.matter)
    if not words and case.dispute_type:
        words = practice.codes.label("dispute_type", case.dispute_type)
    return f"{words}纠纷" if words and not words.endswith("纠纷") else words


def side_words(file: CaseFile) -> str:
    """Applicants and respondents by name, of many the first and their count."""
    sides = (side_names(file, role) for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT))
    return "与".join(side for side in sides if side)


def letter_names(file: CaseFile, letter: Letter) -> list[str]:
    """The names of the parties whom the letter is for, in the order of the case."""
    parties = (one for one in file.parties if one.id in letter.party_ids)
    return [name for one in parties if (name := file.name_of(one))]


def letter_values(
    file: CaseFile, letter: Letter, practice: Practice, *, blank: bool
) -> dict[str, str]:
    """Name of blank -> what is known. A blank form leaves out what the letter itself would say, so
    that room is kept even for what may be missing.
    """
    values = _of_case(file, letter, practice)
    own = _of_letter(file, letter, practice)
    if blank:
        own = {name: words for name, words in own.items() if words}
    return values | own


def _of_case(file: CaseFile, letter: Letter, practice: Practice) -> dict[str, str]:
    case, committee = file.case, file.committee
    leader = next(
        (file.mediators[one] for one in letter.mediator_ids if one in file.mediators), None
    )
    asked = next(
        (file.mediators[one] for one in case.mediator_ids if one in file.mediators), leader
    )
    phone = committee.phone if committee else ""
    suspended = [
        one.made_on
        for one in file.living(Letter)
        if one.kind is LetterKind.SUSPENSION_NOTICE and one.made_on
    ]
    return {
        "committee": committee.name if committee else "",
        "parties": side_words(file),
        "matter": matter_words(file, practice),
        "accepted_on": day_words(case.accepted_on),
        "suspended_on": day_words(max(suspended, default=None)),
        "contact": asked.name if asked else "",
        "phone": phone or (asked.phone if asked else ""),
        "facts": "\n".join(paragraphs(case.facts)),
    }


def _of_letter(file: CaseFile, letter: Letter, practice: Practice) -> dict[str, str]:
    agreement = file.main_agreement()
    named = [file.mediators[one].name for one in letter.mediator_ids if one in file.mediators]
    names = names_or_count(letter_names(file, letter))
    time = time_words(letter.meeting_at) or ""
    agreed = is_agreed(letter, practice)
    return {
        "party": names,
        "applicant": names,
        "mediator": "、".join(named),
        "mediators": "、".join(named),
        "reason": inline(letter.reason),
        "made_on": day_words(letter.made_on),
        "until": day_words(letter.until),
        "days": _added_days(file, letter, practice),
        "meeting_on": day_words(letter.meeting_on),
        "meeting_at": time,
        "place": inline(letter.place),
        "law": _of_scope(practice, letter, "law_zh"),
        "where": inline(letter.addressee) or _right_bodies(practice, letter),
        "addressee": inline(letter.addressee),
        "done": "\n".join(paragraphs(letter.content)) or _done(file),
        "enclosures": "、".join(filter(None, map(inline, letter.enclosures))),
        "decision": inline(letter.decision),
        "letter_on": "",
        "letter_no": "",
        "result": "" if agreed is None else _RESULTS[agreed],
        "agreement_no": agreement.number if agreement else "",
        "agreed_facts": "\n".join(paragraphs(letter.content)),
    }


def is_agreed(letter: Letter, practice: Practice) -> bool | None:
    """Whether the reason of a reply to the court says that there is an agreement; None where it
    says nothing.
    """
    lines = letter_text(practice, letter.kind, letter.made_on or date.max)["reasons"]
    found = next((one for one in lines if one["code"] == letter.reason_code), None)
    return found.get("agreed") if found else None


def _added_days(file: CaseFile, letter: Letter, practice: Practice) -> str:
    """By how many days an extension goes beyond the usual period (Decree 75 art. 33)."""
    if not (letter.until and file.case.accepted_on):
        return ""
    days = (letter.until - file.case.accepted_on).days - practice.clocks.mediation_days
    return str(days) if days > 0 else ""


def _done(file: CaseFile) -> str:
    """The sessions that were held: day, place, result."""
    said = []
    for one in file.living_sessions:
        if one.held_on:
            place = f"在{one.place}" if one.place else ""
            result = f"，{OUTCOMES[one.outcome]}" if one.outcome else ""
            said.append(f"{day_words(one.held_on)}{place}调解{result}")
    return "；".join(said) + "。" if said else ""


def _scope_line(practice: Practice, letter: Letter) -> Mapping[str, Any]:
    """What the pack says of the matters that the letter's reason turns away."""
    reasons = letter_text(practice, letter.kind, letter.made_on or date.max)["reasons"]
    scope = next((one.get("scope") for one in reasons if one["code"] == letter.reason_code), None)
    texts: Any = practice.texts.get("not_to_mediate", {})
    lines = texts.get("matters", ())
    return next((dict(one) for one in lines if scope and one.get("scope") == scope), {})


def _of_scope(practice: Practice, letter: Letter, name: str) -> str:
    return str(_scope_line(practice, letter).get(name, ""))


def _right_bodies(practice: Practice, letter: Letter) -> str:
    codes = _scope_line(practice, letter).get("where", ())
    texts: Any = practice.texts.get("transfer_addressees", {})
    names = {one["code"]: str(one["zh"]) for one in texts.get("addressees", ())}
    return "、".join(names[code] for code in codes if code in names)


def subject_words(file: CaseFile, letter: Letter, practice: Practice) -> tuple[str, str]:
    """Name and number of the paper that a service receipt is about; "" for what is not known."""
    other = next((one for one in file.letters if one.id == letter.subject_id), None)
    if other:
        return paper_title(practice, other.kind, other.made_on or date.max), other.number
    agreement = next((one for one in file.agreements if one.id == letter.subject_id), None)
    if agreement is None:
        return "", ""
    return agreement_title(practice, agreement), agreement.number
