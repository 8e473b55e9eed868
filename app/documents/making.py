"""How a paper's values are made: one function for each kind, registered in its module's `PAPERS`.

A maker is a pure function from a case file to plain data (strings, numbers, lists, dicts) that the
template of the same name sets in type. What is not known stays empty, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.documents.wording import Data
from app.domain.casefile import CaseFile, day_of
from app.domain.ids import RecordId
from app.domain.problems import ProblemCode, refuse
from app.services.ports import Practice

PaperMaker = Callable[[CaseFile, Practice, RecordId, date], Data]
"""(file, practice, subject_id, today) -> the template's values.

`subject_id` is the record that the paper is about; the case's own id asks for the blank form with
what the case knows. Raises `Refused` RECORD_NOT_FOUND for a subject that is not there; KeyError and
TypeError for a pack that lacks its texts.

Every paper gets title, mark, number, number_blank and crowd without asking, and may say otherwise.
Five values are for the printshop and do not reach the template: `dated` (date or None, the paper's
own), `tail` (str, tells it from others of its kind in a file's name and in the contents), `remark`
(str, for the last column of the contents), `proof` (`PaperMark` of a frozen text, page 1: codes on
every page), `template` (str, where kinds that look alike share one).
"""


def of_case(make: Callable[[CaseFile, Practice, date], Data]) -> PaperMaker:
    """The maker of a paper about the whole case."""

    def maker(file: CaseFile, practice: Practice, subject_id: RecordId, today: date) -> Data:
        if subject_id != file.case.id:
            raise refuse(ProblemCode.RECORD_NOT_FOUND, "subject_id")
        return {"dated": day_of(file), **make(file, practice, today)}

    return maker
