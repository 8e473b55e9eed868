"""Which case a person means: an id, the start of one, a number, or words of one case."""

from __future__ import annotations

from app.cli.words import Say, Speaker
from app.domain.cases import Case
from app.domain.ids import RecordId, is_id
from app.services.lines import CaseLine, CaseQuery
from app.services.ports import UnitOfWork

SHORTEST_START = 4
SHOWN = 10
PAGE = 500
_HEX = frozenset("0123456789abcdef-")


def find_case(uow: UnitOfWork, words: str, speaker: Speaker) -> RecordId | None:
    """The case that `words` mean; None after saying that none or several fit."""
    wanted = words.strip()
    if is_id(wanted.lower()):
        known = uow.records.find(Case, RecordId(wanted.lower()))
        found = [RecordId(known.id)] if known else []
        return _one(found, [], wanted, speaker)
    lines = _by_start(uow, wanted.lower()) or _by_words(uow, wanted)
    return _one([line.id for line in lines], lines, wanted, speaker)


def _by_start(uow: UnitOfWork, start: str) -> list[CaseLine]:
    if len(start) < SHORTEST_START or not set(start) <= _HEX:
        return []
    keys = uow.lists.case_keys(CaseQuery())
    pages = (uow.lists.case_lines(keys[at : at + PAGE]) for at in range(0, len(keys), PAGE))
    return [line for page in pages for line in page if line.id.startswith(start)]


def _by_words(uow: UnitOfWork, words: str) -> list[CaseLine]:
    if not words:
        return []
    keys = uow.lists.case_keys(CaseQuery(text=words))
    lines = list(uow.lists.case_lines(keys[:PAGE]))
    exact = [line for line in lines if line.number == words]
    return exact or lines


def _one(
    found: list[RecordId], lines: list[CaseLine], words: str, speaker: Speaker
) -> RecordId | None:
    if len(found) == 1:
        return found[0]
    if not found:
        speaker.warn(Say.NONE_FITS, words=words[:40])
        return None
    speaker.warn(Say.SEVERAL_FIT, count=len(found), words=words[:40])
    for line in lines[:SHOWN]:
        speaker.out(f"{line.id}  {line.number}  {line.applicants} / {line.respondents}")
    return None
