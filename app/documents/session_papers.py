"""What the record of one mediation session says: head, seven steps, result, hands.

Pure functions. The text of a step is the mediator's own; nothing is offered in its place, and
nothing is added to it but that the agreement was read out, where the program knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.documents.making import PaperMaker
from app.documents.party_blocks import (
    hand,
    mediator_hands,
    names_or_count,
    party_hands,
    signing,
)
from app.documents.wording import (
    OUTCOMES,
    PARTICIPANTS,
    STAND_INS,
    Data,
    day_words,
    paragraphs,
    ticked,
    time_words,
)
from app.domain.casefile import CaseFile, file_title
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.domain.parties import Party
from app.domain.problems import ProblemCode, refuse
from app.domain.readings import all_read
from app.domain.sessions import Participant, ParticipantKind, Session, SessionStep, step_text
from app.services.pack_texts import text_on
from app.services.ports import Practice
from app.services.reading_aloud import clause_hashes, reading_words

_COUNT = "一二三四五六七"
ALL_NAMED = 20  # parties in the head of a record; a crowd is counted there
_MISSING_LINES = 2
_BLANK_LINES = {  # of the blank form, so that three pages are filled
    SessionStep.ACCOUNTS: 12,
    SessionStep.FACTS_CHECKED: 8,
    SessionStep.RISKS_TOLD: 4,
    SessionStep.RESULT: 7,
}


def mediation_record(
    file: CaseFile, session: Session | None, practice: Practice, today: date
) -> Data:
    """人民调解记录 of `session`, or a blank form. Raises KeyError, TypeError for a pack without the
    seven steps."""
    day = (session.held_on if session else None) or today
    steps = text_on(practice, "session_steps", day)
    headings = {one["id"]: str(one["zh"]) for one in steps["steps"]}
    shown = session or Session(id=file.case.id, case_id=file.case.id, ordinal=0)
    present = _present(file, shown) if session else list(file.living_parties)
    came = {one.party_id: one.through for one in shown.attendance if one.through}
    mediators = shown.mediator_ids if session else file.case.mediator_ids
    officers = mediator_hands(file, mediators, shown.recorder)
    heard = _heard(file, session) if session else []
    rows = [*party_hands(file, present, came), *map(_participant_hand, shown.participants)]
    return {
        "ordinal": str(shown.ordinal) if shown.ordinal else "",
        "day": day_words(shown.held_on),
        "begun": time_words(shown.begun_at),
        "ended": time_words(shown.ended_at),
        "place": shown.place,
        "present": _all_present([_present_words(file, party, shown) for party in present]),
        "participants": "、".join(map(_participant_words, shown.participants)),
        "matter": _matter(file, practice),
        "steps": [
            _step(shown, step, headings, heard, blank=session is None) for step in SessionStep
        ],
        "outcome": ticked(
            {outcome.value: label for outcome, label in OUTCOMES.items()},
            shown.outcome.value if shown.outcome else "",
        ),
        "outcome_text": paragraphs(shown.outcome_text),
        "next": day_words(shown.next_on),
        "signing": signing(file, rows, officers, shown.held_on),
    }


def _matter(file: CaseFile, practice: Practice) -> str:
    """事由: the file's title once anything of it is known."""
    known = any(file.name_of(party) for party in file.living_parties) or file.case.title
    return file_title(file, practice.codes) if known else file.case.matter


def _step(
    session: Session,
    step: SessionStep,
    headings: Mapping[str, str],
    heard: list[str],
    *,
    blank: bool,
) -> Data:
    place = list(SessionStep).index(step)
    said = paragraphs(step_text(session, step))
    return {
        "heading": f"{_COUNT[place]}、{headings[step.value]}",
        "paragraphs": [*said, *heard] if step is SessionStep.SIGNED else said,
        "lines": _BLANK_LINES.get(step, 2) if blank else _MISSING_LINES,
    }


def _heard(file: CaseFile, session: Session) -> list[str]:
    """That an agreement of this day was read to all its parties, clause by clause; of several
    sessions on one day the last one says it.
    """
    same_day = [one for one in file.living_sessions if one.held_on == session.held_on]
    if session.held_on is None or same_day[-1:] != [session]:
        return []
    readings = {one.agreement_id: one for one in file.readings}
    return [
        reading_words(file, one)
        for one in file.living_agreements
        if one.made_on == session.held_on
        and all_read(readings.get(one.id), one, clause_hashes(one))
    ]


def _present(file: CaseFile, session: Session) -> list[Party]:
    there = {one.party_id for one in session.attendance if one.present}
    return [party for party in file.living_parties if party.id in there]


def _all_present(names: list[str]) -> str:
    """Everybody who is there; of a crowd the count, for each of them is named again where they
    sign."""
    known = [name for name in names if name]
    return names_or_count(known, ALL_NAMED) + ("（名单见签名处）" if len(known) > ALL_NAMED else "")


def _present_words(file: CaseFile, party: Party, session: Session) -> str:
    """A party's name, and who came for it."""
    name = file.name_of(party)
    through = next((one.through for one in session.attendance if one.party_id == party.id), None)
    if not through or through not in file.people:
        return name
    kind = next((one.kind for one in party.representations if one.person_id == through), None)
    title = STAND_INS[kind] if kind else ""
    return f"{name}（{title}{file.people[through].name}到场）"


def _participant_words(one: Participant) -> str:
    note = "，".join(part for part in (PARTICIPANTS[one.kind], one.relation) if part)
    return f"{one.name}（{note}）" if note else one.name


def _participant_hand(one: Participant) -> Data:
    title = PARTICIPANTS[one.kind] or "参加人"
    return hand(title, one.name, finger=one.kind is ParticipantKind.WITNESS)


def _record(file: CaseFile, practice: Practice, subject_id: RecordId, today: date) -> Data:
    found = next((one for one in file.sessions if one.id == subject_id), None)
    if found is None and subject_id != file.case.id:
        raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
    own = {"dated": found.held_on, "tail": f"第{found.ordinal}次"} if found else {}
    return mediation_record(file, found, practice, today) | own


PAPERS: dict[DocumentKind, PaperMaker] = {DocumentKind.MEDIATION_RECORD: _record}
