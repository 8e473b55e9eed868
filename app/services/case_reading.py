"""One case of a case document becomes records, by the same rules and gates as if it were entered by
hand.

Never invents what the document leaves out, and puts nothing before the whole case fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.casefile import CaseFile
from app.domain.cases import (
    EXITS,
    Acceptance,
    Case,
    Closing,
    FileNote,
    PartyRefusal,
    RightsNotice,
    Stage,
    accept,
    check_case,
    leave,
    move,
    refuse_mediation,
)
from app.domain.dates import check_past
from app.domain.followups import FollowUp, check_follow_up
from app.domain.ids import RecordId, new_id
from app.domain.problems import Problem, ProblemCode, Refused, demand, refuse
from app.services.agreement_reading import with_agreement_part
from app.services.beside_reading import (
    with_confirmation,
    with_done,
    with_letter,
    with_piece,
    with_talk,
)
from app.services.case_people import People
from app.services.closing import check_file_note, with_closing, with_filing
from app.services.code_reading import Codes
from app.services.file_light import document_rules
from app.services.import_faults import more_problems
from app.services.intake import check_notice
from app.services.newcomers import NewParty
from app.services.parties import with_party
from app.services.ports import Practice, UnitOfWork
from app.services.reading import Reading
from app.services.session_reading import with_session
from app.wire.case_document import (
    CasePart,
    FollowUpPart,
)

# Names of the domain's fields that the document calls otherwise.
_NAMES = {
    "mediator_ids": "mediators",
    "mediator_id": "mediator",
    "party_ids": "parties",
    "party_id": "party",
    "payer_id": "payer",
    "payee_id": "payee",
    "by_person_id": "by",
    "person_id": "person",
    "investigator_ids": "investigators",
    "agreement_id": "agreement",
    "fen": "amount_yuan",
}


# What tells whether a problem only follows from another one.
_BEHIND_OTHERS = {"people", "organisations", "parties", "source", "mediators"}


class CaseReader:
    """Reads one case. `place` is its place in the file.

    Problems are raised with their place below it.
    """

    def __init__(self, uow: UnitOfWork, practice: Practice, part: CasePart, place: str) -> None:
        self._part = part
        self._place = place
        self._today = uow.today()
        self._problems: list[Problem] = []
        self._names = part.model_dump(include=_BEHIND_OTHERS)
        self._codes = Codes(practice.codes)
        self._rules = document_rules(practice)
        self._people = People(uow, part, self._codes)
        self._reading = Reading(uow, practice, part, self._today, self._codes, self._people)

    def read(self) -> CaseFile:
        """The case with all its records, and where it stands. Raises `Refused` with places."""
        part = self._part
        committee_id = new_id()
        with self._at("committee"):
            committee_id = self._people.committee(part.committee)
        with self._at("mediators"):
            self._people.add_mediators(committee_id)
        file = CaseFile(case=self._head(committee_id), people={}, organisations={})
        with self._at(""):
            demand(self._head_problems(file.case))
        file = self._with_parties(file)
        if self._problems:
            self._note(self._placed(one) for one in self._people.described_problems())
        if part.accepted_on:
            with self._at(""):
                file = replace(file, case=self._accepted(file))
        with self._at("rights_notice"):
            file = self._with_notice(file)
        for index, session in enumerate(part.sessions):
            with self._at(f"sessions.{index}"):
                file = with_session(self._reading, file, session)
        for index, agreement in enumerate(part.agreements):
            with self._at(f"agreements.{index}"):
                file = with_agreement_part(self._reading, file, agreement)
        for index, visit in enumerate(part.follow_ups):
            with self._at(f"follow_ups.{index}"):
                visited = self._visit(file, visit)
                file = replace(file, follow_ups=(*file.follow_ups, visited))
        file = self._ended(self._with_beside(file))
        demand(self._problems)
        return file

    def _with_beside(self, file: CaseFile) -> CaseFile:
        """What only some cases have. Letters last: a receipt may be about an agreement."""
        part = self._part
        lists: tuple[tuple[str, Sequence[Any], Callable[..., CaseFile]], ...] = (
            ("investigations", part.investigations, with_talk),
            ("evidence", part.evidence, with_piece),
            ("performances", part.performances, with_done),
            ("confirmations", part.confirmations, with_confirmation),
            ("letters", part.letters, with_letter),
        )
        for name, parts, add in lists:
            for index, one in enumerate(parts):
                with self._at(f"{name}.{index}"):
                    file = add(self._reading, file, one)
        with self._at("file_note"):
            if part.file_note:
                note = FileNote(**part.file_note.model_dump())
                demand(check_file_note(note, self._today))
                file = replace(file, case=replace(file.case, file_note=note))
        return file

    def put_newcomers(self) -> None:
        """Puts the committee and the mediators that nobody here knew before."""
        self._people.put_newcomers()

    @contextmanager
    def _at(self, field: str) -> Iterator[None]:
        """Notes problems raised inside with their place in the file; the reading goes on."""
        try:
            yield
        except Refused as refused:
            more = [problem.at(field) for problem in self._codes.take_problems()]
            problems = [problem.at(field) for problem in refused.problems]
            self._note(self._placed(one) for one in problems + more)

    def _note(self, problems: Iterable[Problem]) -> None:
        """The first trouble is kept whole; after it only what is wrong by itself."""
        if self._problems:
            problems = more_problems(self._problems, problems, self._names)
        self._problems += problems

    def _placed(self, problem: Problem) -> Problem:
        place = self._place
        for step in filter(None, problem.field.split(".")):
            place += f"[{step}]" if step.isdigit() else f".{_NAMES.get(step, step)}"
        return Problem(problem.code, place, problem.facts)

    # the head

    def _head(self, committee_id: RecordId) -> Case:
        part, codes = self._part, self._codes
        return Case(
            id=new_id(),
            committee_id=committee_id,
            title=part.title,
            matter=part.matter,
            dispute_type=codes.read("dispute_type", part.dispute_type, "dispute_type"),
            dispute_tags=codes.read_all("dispute_tag", part.dispute_tags, "dispute_tags"),
            reported_on=part.reported_on,
            occurred_on=part.occurred_on,
            occurred_place=part.occurred_place,
            source=codes.read("case_source", part.source, "source"),
            source_detail=part.source_detail,
            facts=part.facts,
            requests=tuple(part.requests),
            amount_claimed=part.amount_claimed_yuan,
            difficulty=codes.read("difficulty", part.difficulty, "difficulty"),
            risk_grade=part.risk_grade,
            risk_reason=part.risk_reason,
            special_groups=codes.read_all("special_group", part.special_groups, "special_groups"),
            prevented_harms=codes.read_all(
                "prevented_harm", part.prevented_harms, "prevented_harms"
            ),
            scope=codes.read("refusal_of_scope", part.scope, "scope"),
            scope_reason=part.scope_reason,
            registrar=part.registrar,
            mediator_ids=self._people.mediators([*self._people.case_mediators]),
            file_no=part.file_no,
            retention=part.retention,
            source_note="\n".join(part.sources),
            applied_on=part.applied_on,
            applied_orally=part.applied_orally,
            subsidy_class=part.subsidy_class,
            fee_taken=part.fee_taken,
        )

    def _head_problems(self, case: Case) -> list[Problem]:
        part = self._part
        problems = self._codes.take_problems() + check_case(case, self._today)
        if not (part.matter.strip() or part.facts.strip() or part.parties):
            problems.append(Problem(ProblemCode.EMPTY, "matter"))
        return problems

    def _with_parties(self, file: CaseFile) -> CaseFile:
        problems: list[Problem] = []
        for index, part in enumerate(self._part.parties):
            found = None
            try:
                found = self._people.party(part)
                file = replace(file, people={**file.people, **found.stand_ins})
                newcomer = NewParty(
                    role=part.role,
                    person=found.person,
                    organisation=found.organisation,
                    side=part.side.upper(),
                    group=part.group,
                    capacity=part.capacity,
                    capacity_reason=part.capacity_reason,
                    representations=found.representations,
                )
                file = with_party(file, newcomer, self._today)
            except Refused as refused:
                elsewhere = self._people.place_of(part)
                own = [*refused.problems, *self._codes.take_problems()]
                placed = [self._placed(one.at(f"parties.{index}")) for one in own]
                problems += [self._moved(one, index, elsewhere) for one in placed]
            else:
                for name in (part.ref, found.ref, found.name):
                    if name:
                        self._reading.parties.setdefault(name, file.parties[-1].id)
        # Parties wait for nobody: what is wrong with them is told beside a fault of the head.
        self._problems += problems
        return file

    def _moved(self, problem: Problem, index: int, elsewhere: str | None) -> Problem:
        """A problem of somebody whom the party only names stands where that somebody stands."""
        here = f"{self._place}.parties[{index}]"
        for name in ("person", "organisation") if elsewhere else ():
            if problem.field.startswith(f"{here}.{name}."):
                rest = problem.field.removeprefix(f"{here}.{name}")
                return Problem(problem.code, f"{self._place}.{elsewhere}{rest}", problem.facts)
        return problem

    def _accepted(self, file: CaseFile) -> Case:
        assert self._part.accepted_on
        if len({party.side for party in file.living_parties}) < 2:
            raise refuse(ProblemCode.TWO_SIDES_NEEDED, "parties")
        case = file.case
        acceptance = Acceptance(
            accepted_on=self._part.accepted_on,
            source=case.source,
            registrar=case.registrar,
            mediator_ids=case.mediator_ids,
            scope=case.scope,
            scope_reason=case.scope_reason,
        )
        return accept(case, acceptance, self._today)

    def _with_notice(self, file: CaseFile) -> CaseFile:
        part = self._part.rights_notice
        if part is None:
            return file
        everybody = tuple(party.id for party in file.living_parties)
        told = (
            everybody if part.parties is None else self._reading.party_ids(part.parties, "parties")
        )
        notice = RightsNotice(
            told_on=part.told_on,
            manner=part.manner,
            party_ids=told,
            told_by=self._people.mediator(part.told_by, "told_by"),
        )
        case = replace(file.case, rights_notice=notice)
        demand(self._codes.take_problems())
        demand(check_notice(file, case, notice) + check_past(part.told_on, self._today, "told_on"))
        return replace(file, case=case)

    # afterwards

    def _visit(self, file: CaseFile, part: FollowUpPart) -> FollowUp:
        main = file.main_agreement()
        agreement_id = main.id if main else None
        if part.agreement is not None:
            if not 1 <= part.agreement <= len(file.agreements):
                raise refuse(ProblemCode.RECORD_NOT_FOUND, "agreement")
            agreement_id = file.agreements[part.agreement - 1].id
        codes = self._codes
        visit = FollowUp(
            id=new_id(),
            case_id=file.case.id,
            agreement_id=agreement_id,
            visited_on=part.visited_on,
            method=codes.read("visit_method", part.method, "method"),
            party_id=self._reading.party(part.party, "party") if part.party else None,
            visitor=part.visitor,
            performance=codes.read("performance_status", part.performance, "performance"),
            satisfaction=codes.read("satisfaction", part.satisfaction, "satisfaction"),
            findings=part.findings,
            new_risk=part.new_risk,
            next_on=part.next_on,
        )
        demand(codes.take_problems() + check_follow_up(visit, self._today))
        return visit

    def _ended(self, file: CaseFile) -> CaseFile:
        part = self._part
        with self._at("refusal"):
            if part.refusal:
                refusal = PartyRefusal(
                    party_id=self._reading.party(part.refusal.party, "party"),
                    on=part.refusal.on,
                    words=part.refusal.words,
                )
                problems = self._codes.take_problems()
                demand(problems + check_past(refusal.on, self._today, "on"))
                file = replace(file, case=refuse_mediation(file.case, refusal))
        with self._at(""):
            file = replace(file, case=self._standing(file.case))
        with self._at("closing"):
            if part.closing:
                file = with_closing(file, self._closing(), self._today)
        with self._at("filed_on"):
            if part.filed_on:
                file = self._filed(file, part.filed_on)
        return file

    def _standing(self, case: Case) -> Case:
        """The stage that the document names, if it differs from where the facts have led."""
        part = self._part
        if part.stage is None or part.stage is case.stage:
            told = replace(case, exit_reason=part.exit_reason) if part.exit_reason else case
            demand(check_case(told, self._today))
            return told
        if part.stage in EXITS:
            return leave(case, part.stage, part.exit_reason)
        if part.stage is not Stage.INVESTIGATING:
            stages = {"stage": case.stage.value, "wanted": part.stage.value}
            raise refuse(ProblemCode.MOVE_NOT_ALLOWED, "stage", **stages)
        return move(case, part.stage)

    def _closing(self) -> Closing:
        part, codes = self._part.closing, self._codes
        assert part
        closing = Closing(
            on=part.on,
            result=codes.read("mediation_result", part.result, "result"),
            reason=codes.read("termination_reason", part.reason, "reason"),
            performance=codes.read("performance_status", part.performance, "performance"),
            opinion=part.opinion,
        )
        demand(codes.take_problems())
        return closing

    def _filed(self, file: CaseFile, on: date) -> CaseFile:
        retention = self._part.retention
        if retention is None:
            raise refuse(ProblemCode.NOTHING_CHOSEN, "retention")
        demand(check_past(on, self._today, ""))
        known = replace(file, committee=self._people.home, mediators=self._people.known_mediators)
        bound = with_filing(known, retention, on, self._rules)
        return replace(file, case=bound.case)
