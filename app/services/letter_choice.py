"""Which letters fit a case now: the one that its last step asks for, and those that are usual where
it stands.

A choice to offer, never a rule that forbids another letter.
"""

from __future__ import annotations

from app.domain.casefile import CaseFile
from app.domain.cases import OPEN_STAGES, Stage
from app.domain.letters import Letter, LetterKind
from app.domain.paper_kinds import REFERRED

_OF_STEP = {
    Stage.NOT_ACCEPTED: LetterKind.NON_ACCEPTANCE_NOTICE,
    Stage.TERMINATED: LetterKind.TERMINATION_NOTICE,
    Stage.SUSPENDED: LetterKind.SUSPENSION_NOTICE,
    Stage.TRANSFERRED_OUT: LetterKind.TRANSFER_LETTER,
}
_BEFORE_AGREEMENT = (Stage.ACCEPTED, Stage.INVESTIGATING, Stage.IN_SESSION, Stage.ADJOURNED)


def due_letter(file: CaseFile) -> LetterKind | None:
    """The letter that tells of the step the case took last, as long as nobody has written it."""
    written = [one.kind for one in file.living(Letter)]
    kind = _OF_STEP.get(file.case.stage)
    if kind is not None:
        return None if kind in written else kind
    told = written.count(LetterKind.SUSPENSION_NOTICE)
    resumed = file.case.stage in OPEN_STAGES and written.count(LetterKind.RESUMPTION_NOTICE) < told
    return LetterKind.RESUMPTION_NOTICE if resumed else None


def fitting_letters(file: CaseFile) -> tuple[LetterKind, ...]:
    """What is usually written where the case stands, the due one first."""
    stage, found = file.case.stage, [due_letter(file)]
    if stage in _BEFORE_AGREEMENT:
        found += [
            LetterKind.MEDIATION_NOTICE,
            LetterKind.EXTENSION_CONSENT,
            LetterKind.RECUSAL_APPLICATION,
        ]
    if stage in (Stage.NOT_ACCEPTED, Stage.TERMINATED):
        found.append(LetterKind.TRANSFER_LETTER)
    if file.case.source.startswith(REFERRED) and stage not in (Stage.LEAD, *_BEFORE_AGREEMENT):
        found.append(LetterKind.COURT_REPLY)
    if file.living(Letter) or file.main_agreement() is not None:
        found.append(LetterKind.SERVICE_RECEIPT)
    return tuple(dict.fromkeys(one for one in found if one is not None))
