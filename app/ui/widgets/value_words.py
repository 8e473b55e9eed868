"""Values of records in words, as they stand beside each other where two people wrote the same:
codes by the county's labels, money in yuan, dates as people write them, ids by the names behind
them.

Takes the plain values of a journal entry. Never hides one: what nobody knows is said as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from app.domain.dates import chinese_date
from app.domain.money import figures
from app.domain.text import mask_id
from app.ui.runtime import texts
from app.ui.runtime.language import language
from app.ui.runtime.moments import moment_text
from app.ui.runtime.texts import field_name, name_of

if TYPE_CHECKING:
    from app.services.ports import Practice

Names = Mapping[str, str]

# Which table of the county's packs a field's codes stand in; by ``kind.field`` where owners differ.
_TABLES = {
    "agent_kind": "agent_kind",
    "committee.kind": "committee_kind",
    "difficulty": "difficulty",
    "dispute_tags": "dispute_tag",
    "dispute_type": "dispute_type",
    "ethnicity": "ethnicity",
    "evidence.kind": "evidence_kind",
    "id_kind": "id_kind",
    "manner_code": "performance_manner",
    "method": "visit_method",
    "organisation.kind": "organisation_kind",
    "performance": "performance_status",
    "powers": "agent_power",
    "prevented_harms": "prevented_harm",
    "closing.reason": "termination_reason",
    "closing.result": "mediation_result",
    "retention": "retention",
    "satisfaction": "satisfaction",
    "scope": "refusal_of_scope",
    "sex": "sex",
    "source": "case_source",
    "special_groups": "special_group",
    "way": "money_way",
}
# Fields that only look like coded ones.
_WRITTEN = frozenset({"evidence.source", "deliveries.way"})
# Which names of the rules' own words.
_ENUMS = {
    "capacity": "CAPACITY_NAMES",
    "form": "AGREEMENT_FORM_NAMES",
    "letter.kind": "DOCUMENT_NAMES",
    "manner": "MANNER_NAMES",
    "mediator.role": "COMMITTEE_ROLE_NAMES",
    "methods": "SIGN_METHOD_NAMES",
    "agreement.state": "AGREEMENT_STATE_NAMES",
    "participants.kind": "PARTICIPANT_NAMES",
    "representations.kind": "STAND_IN_NAMES",
    "risk_grade": "GRADE_NAMES",
    "party.role": "PARTY_ROLE_NAMES",
    "session.outcome": "SESSION_OUTCOME_NAMES",
    "signer": "SIGNER_NAMES",
    "stage": "STAGE_NAMES",
    "stage_before_suspension": "STAGE_NAMES",
    "step": "SESSION_STEP_NAMES",
}
_MONEY = frozenset({"fen", "amount_claimed"})
_MASKED = frozenset({"id_no"})
# What belongs to the machinery of a record and says nothing to people.
_SILENT = frozenset({"id", "case_id", "from_bank"})
_ID_LENGTH = 36
_HEAD, _TAIL = 6, 4  # as `mask_id` leaves


def value_words(practice: Practice, kind: str, field: str, value: Any, names: Names) -> str:
    """One value of a record of that kind; "" where nothing was written. `names`: what people call
    the records that it mentions, by their ids.
    """
    return _words(practice, (kind, field), value, names)


def is_plain_text(kind: str, field: str, values: Sequence[Any]) -> bool:
    """Whether somebody may write something else instead: plain text in a field without codes."""
    if kind == "handover" or field in _MASKED:
        return False
    coded = _of(_TABLES, (kind, field)) or _of(_ENUMS, (kind, field))
    plain = all(isinstance(one, str) and not _is_id(one) for one in values)
    return plain and not coded and not any(_day(str(one)) for one in values)


def shown_numbers(first: str, second: str) -> tuple[str, str]:
    """Two numbers of papers with their ends and what differs; what is alike is hidden."""

    def shown(one: str, other: str) -> str:
        return "".join(
            sign
            if place < _HEAD or place >= len(one) - _TAIL or other[place : place + 1] != sign
            else "*"
            for place, sign in enumerate(one)
        )

    return shown(first, second), shown(second, first)


def _words(practice: Practice, path: tuple[str, ...], value: Any, names: Names) -> str:
    translate = QCoreApplication.translate
    name = path[-1]
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return translate("ValueWords", "是") if value else translate("ValueWords", "否")
    if isinstance(value, int):
        if name in _MONEY:
            return translate("ValueWords", "{amount} 元").format(amount=figures(value))
        return str(value)
    if isinstance(value, Mapping):
        return _parts(practice, path, value, names)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _listed(practice, path, value, names)
    return _text(practice, path, str(value), names)


def _text(practice: Practice, path: tuple[str, ...], text: str, names: Names) -> str:
    translate = QCoreApplication.translate
    table, enum = _of(_TABLES, path), _of(_ENUMS, path)
    if table:
        return practice.codes.label(table, text, language())
    if enum:
        return name_of(getattr(texts, enum), text, language())
    if path[-1] in _MASKED:
        return mask_id(text)
    if _is_id(text) or text in names:
        return names.get(text) or translate("ValueWords", "（另一条记录）")
    return _day(text) or text


def _of(table: Mapping[str, str], path: tuple[str, ...]) -> str:
    """By the nearest owner, then by the field alone."""
    name = path[-1]
    owners = [f"{owner}.{name}" for owner in reversed(path[:-1])]
    if any(one in _WRITTEN for one in owners):
        return ""
    if path[-2:] == ("agreement", "manner"):
        return ""  # an agreement's manner of performance is told in words
    found = next((table[one] for one in owners if one in table), "")
    return found or table.get(name, "")


def _parts(
    practice: Practice, path: tuple[str, ...], value: Mapping[str, Any], names: Names
) -> str:
    """The parts of one value; what was left empty is not said."""
    translate = QCoreApplication.translate
    said = []
    for name, one in value.items():
        words = (
            "" if name in _SILENT or one is False else _words(practice, (*path, name), one, names)
        )
        if not words:
            continue
        if name in ("text", "step", "name"):
            said.append(words)
            continue
        called = field_name(path[-1], name, language())
        said.append(translate("ValueWords", "{name}：{words}").format(name=called, words=words))
    return translate("ValueWords", "；").join(said)


def _listed(practice: Practice, path: tuple[str, ...], value: Sequence[Any], names: Names) -> str:
    """Things with parts stand below each other with their numbers, single words in one line."""
    found = [_words(practice, path, one, names) for one in value]
    if any(isinstance(one, Mapping) for one in value):
        return "\n".join(f"{number}. {one}" for number, one in enumerate(found, 1) if one)
    return QCoreApplication.translate("ValueWords", "、").join(one for one in found if one)


def _is_id(text: str) -> bool:
    return len(text) == _ID_LENGTH and text.count("-") == 4


def _day(text: str) -> str:
    """A date, or a moment by this computer's zone; "" for what is neither."""
    english = language().startswith("en")
    try:
        if len(text) == len("2026-03-05"):
            day = date.fromisoformat(text)
            return day.isoformat() if english else chinese_date(day)
        if len(text) > len("2026-03-05T") and text[10] == "T":
            return moment_text(datetime.fromisoformat(text))
        if len(text) == len("09:00:00") and text[2] == text[5] == ":":
            return text[:5]
    except ValueError:
        return ""
    return ""
