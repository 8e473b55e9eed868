"""The whole system as a model: two laptops of one committee, a supervisor, a neighbour committee
that may see nothing of it, the county, the line, the stick and all clocks; and what each of them
can do or meet.

Every step goes through the real services or the real store. What is refused to a person is part of
the day; what must never be is found by `model_checks`.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from app.county.contact import take_parts
from app.county.inbox import Inbox, Outcome, set_aside
from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementState, finalise, spoil
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Case
from app.domain.followups import FollowUp
from app.domain.ids import RecordId, new_id
from app.domain.numbering import IssuedNumber
from app.domain.parties import PartyRole
from app.domain.people import Person
from app.domain.problems import ProblemCode, Refused
from app.domain.records import Record, kind_of
from app.domain.reviews import Decision, Review, Submission
from app.domain.sessions import Session
from app.domain.settlements import Choice
from app.services.conflicts import open_conflicts
from app.services.handovers import colleagues, hand_over
from app.services.ports import UnitOfWork
from app.services.settling import settle
from app.services.usb import answers_in, export_to_usb, read_answer
from app.wire.canonical import canonical, digest
from app.wire.records import to_fields
from app.wire.sealing import AFTERWARDS
from tests.fakes import NOON, FixedClock
from tests.faults.model_county import Killed, ModelCounty
from tests.faults.model_laptop import ON_THE_LINE, ModelLaptop, Promises, codes
from tests.faults.model_line import Fault
from tests.storage.village import agreement, party, signed_by

HERE, NEXT_DOOR = "330108001002", "330109001001"
CANARY = "金丝雀"
NAMES = ("first", "second", "office", "neighbour")
NOTES = ("requests", "title", "registrar")
# What a person is told no for on an ordinary day.
_TOLD_NO = frozenset(
    {
        ProblemCode.NOT_YOURS,
        ProblemCode.AGREEMENT_FROZEN,
        ProblemCode.RECORD_NOT_FOUND,
        ProblemCode.ALREADY_THERE,
        ProblemCode.CHANGED_MEANWHILE,
        ProblemCode.NOTHING_CHOSEN,
        ProblemCode.COUNTY_BOX_UNKNOWN,
    }
)
# A request that was altered on its way knows another code.
_ON_ENROLLING = ON_THE_LINE | {ProblemCode.CODE_WRONG}
_MOST_CASES, _MOST_LAPTOPS = 4, 7


@dataclass(frozen=True)
class Papers:
    """The ids of one case and what hangs on it."""

    side: str
    case: str
    people: tuple[str, str]
    parties: tuple[str, str]
    session: str
    draft: str


@dataclass
class Backup:
    """A laptop's store as it was, and what had been promised until then."""

    laptop: ModelLaptop
    place: Path
    promised: Promises


@dataclass
class Model:
    """`folder` holds everything and is taken away by `close`. `marks` counts texts, so that each
    is another.
    """

    folder: Path
    county: ModelCounty
    laptops: list[ModelLaptop]
    cases: list[Papers] = field(default_factory=list)
    parcels: list[Path] = field(default_factory=list)
    answers: list[tuple[str, Path]] = field(default_factory=list)
    backups: list[Backup] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    restores: int = 0
    marks: int = 0
    county_backup: Path | None = None
    memory: dict[str, Any] = field(default_factory=dict)

    # Who is who.

    @property
    def working(self) -> list[ModelLaptop]:
        return [one for one in self.laptops if not one.state]

    @property
    def lives(self) -> int:
        """Changes whenever a program was begun anew."""
        return self.county.lives + sum(one.lives for one in self.laptops)

    @property
    def office(self) -> ModelLaptop:
        return self.laptops[NAMES.index("office")]

    def is_dead(self, who: ModelLaptop) -> bool:
        """Whether the county does not listen to the laptop, or will not as soon as it speaks."""
        return bool(who.state or who.restored or who.id in self.revoked)

    def laptop(self, number: int) -> ModelLaptop:
        return self.laptops[number % len(self.laptops)]

    def papers(self, number: int, side: str = HERE) -> Papers | None:
        found = [one for one in self.cases if one.side == side]
        return found[number % len(found)] if found else None

    def mark(self) -> str:
        self.marks += 1
        return f"{self.marks:04d}"

    def close(self) -> None:
        for one in self.laptops:
            one.close()
        self.county.close()
        shutil.rmtree(self.folder)

    # What people write.

    @contextmanager
    def _writing(self, who: ModelLaptop, *records: tuple[str, str]) -> Iterator[UnitOfWork]:
        """One act; a laptop that dies in the middle of it comes back, and has promised nothing."""
        try:
            with who.unit() as uow:
                yield uow
        except Killed:
            who.reopen()
        except Refused as no:
            if not codes(no) <= _TOLD_NO:
                raise
        else:
            who.acknowledge(*records)

    def save(self, who: ModelLaptop, papers: Papers | None, act: Act, *records: Record) -> None:
        keys = [(kind_of(one), str(one.id)) for one in records]
        with self._writing(who, *keys) as uow:
            for one in records:
                uow.records.put(one)
            uow.commit(act, RecordId(papers.case) if papers else None)

    def find(self, who: ModelLaptop, kind: type[Any], record_id: str) -> Any:
        with who.store.unit() as uow:
            return uow.records.find(kind, RecordId(record_id))

    def create(self, who: ModelLaptop) -> None:
        """A case with a little of everything."""
        with who.store.unit() as uow:
            home = uow.actor.committee_id
        if home is None or len(self.cases) >= _MOST_CASES:
            return
        secret = CANARY if who.side == NEXT_DOOR else ""
        case = Case(id=new_id(), committee_id=home, matter=f"{secret}屋檐滴水 {self.mark()}")
        people = Person(id=new_id(), name=f"{secret}张三"), Person(id=new_id(), name="李四")
        sides = (
            party(case, people[0], PartyRole.APPLICANT, 1),
            party(case, people[1], PartyRole.RESPONDENT, 2),
        )
        session = Session(id=new_id(), case_id=case.id, ordinal=1, place="村委会")
        draft = agreement(case, sides)
        papers = Papers(
            who.side,
            case.id,
            (people[0].id, people[1].id),
            (sides[0].id, sides[1].id),
            session.id,
            draft.id,
        )
        self.save(who, papers, Act.CASE_REGISTERED, case, *people, *sides, session, draft)
        self.cases.append(papers)

    def change(
        self, who: ModelLaptop, papers: Papers, kind: type[Any], record_id: str, **fields: Any
    ) -> None:
        """One field or several of a record that this laptop knows."""
        now = self.find(who, kind, record_id)
        if now is not None:
            self.save(who, papers, Act.CASE_SAVED, replace(now, **fields))

    def edit(self, who: ModelLaptop, papers: Papers, what: int) -> None:
        """One of the things that mediators do all day."""
        text = self.mark()
        if what % 6 == 0:
            self.change(who, papers, Case, papers.case, title=text)
        elif what % 6 == 1:
            self.change(who, papers, Case, papers.case, registrar=text)
        elif what % 6 == 2:
            self.change(who, papers, Person, papers.people[0], phone=f"1380000{text}")
        elif what % 6 == 3:
            self.change(who, papers, Session, papers.session, place=text)
        elif what % 6 == 4:
            self._edit_draft(who, papers, text)
        else:
            self._edit_at_once(who, papers, text)

    def _edit_draft(self, who: ModelLaptop, papers: Papers, text: str) -> None:
        now = self.find(who, Agreement, papers.draft)
        if now is not None and now.state is AgreementState.DRAFT:
            clauses = tuple(replace(one, text=f"赔偿 {text}") for one in now.clauses)
            self.save(who, papers, Act.AGREEMENT_SAVED, replace(now, clauses=clauses))

    def _edit_at_once(self, who: ModelLaptop, papers: Papers, text: str) -> None:
        """One entry that touches three records."""
        case = self.find(who, Case, papers.case)
        person = self.find(who, Person, papers.people[1])
        if case is not None and person is not None:
            self.save(
                who,
                papers,
                Act.CASE_SAVED,
                replace(case, title=text),
                replace(person, phone=f"1390000{text}"),
                Session(id=new_id(), case_id=case.id, ordinal=2, place=text),
            )

    def comment(self, who: ModelLaptop, papers: Papers) -> None:
        if self.find(who, Case, papers.case) is not None:
            visit = FollowUp(id=new_id(), case_id=RecordId(papers.case), findings=self.mark())
            self.save(who, papers, Act.FOLLOW_UP_SAVED, visit)

    def seal(self, who: ModelLaptop, papers: Papers) -> None:
        """Freezes the text under a number."""
        now = self.find(who, Agreement, papers.draft)
        case = self.find(who, Case, papers.case)
        if now is None or case is None or now.state is not AgreementState.DRAFT:
            return
        number = f"〔2026〕九溪人调字第{self.mark()}号"
        frozen = replace(finalise(now, number, "0" * 64), version=now.version + 1)
        issued = IssuedNumber(
            id=new_id(),
            committee_id=case.committee_id,
            year=2026,
            serial=0,
            text=number,
            agreement_id=RecordId(now.id),
        )
        paper = replace(frozen, content_hash=content_hash(frozen))
        self.save(who, papers, Act.AGREEMENT_FINALISED, paper, issued)

    def sign(self, who: ModelLaptop, papers: Papers, side: int) -> None:
        now = self.find(who, Agreement, papers.draft)
        if now is not None and now.state is AgreementState.FINAL:
            hand = RecordId(papers.parties[side % 2])
            if all(one.party_id != hand for one in now.sign_offs):
                self.save(who, papers, Act.AGREEMENT_SIGNED, signed_by(now, hand))

    def spoil(self, who: ModelLaptop, papers: Papers) -> None:
        """The paper is void before anybody signed it: a draft again."""
        now = self.find(who, Agreement, papers.draft)
        if now is not None and now.state is AgreementState.FINAL and not now.sign_offs:
            self.save(who, papers, Act.AGREEMENT_SPOILED, spoil(now, f"写错 {self.mark()}"))

    def review(self, papers: Papers) -> None:
        """The supervisor returns the file."""
        who = self.office
        if self.find(who, Case, papers.case) is not None:
            remark = Review(
                id=new_id(),
                case_id=RecordId(papers.case),
                decision=Decision.RETURNED,
                at=who.clock.now(),
                author="李司法",
                text=self.mark(),
            )
            self.save(who, papers, Act.FILE_REVIEWED, remark)

    def submit(self, who: ModelLaptop, papers: Papers) -> None:
        if who.side == HERE and self.find(who, Case, papers.case) is not None:
            handed_in = Submission(
                id=new_id(), case_id=RecordId(papers.case), at=who.clock.now(), author=who.name
            )
            self.save(who, papers, Act.FILE_SUBMITTED, handed_in)

    def attach(self, who: ModelLaptop, papers: Papers, size: int) -> None:
        """A file of `size` bytes that no other one has."""
        if self.find(who, Case, papers.case) is None:
            return
        seed = f"{self.mark()}{CANARY if who.side == NEXT_DOOR else ''}".encode()
        data = (b"\xff\xd8\xff" + seed * (size // len(seed) + 1))[: max(size, 40)]
        record_id = new_id()
        with self._writing(who, ("attachment", record_id)) as uow:
            known = uow.files.keep(data)
            uow.records.put(
                Attachment(
                    id=record_id,
                    case_id=RecordId(papers.case),
                    kind=AttachmentKind.PHOTO,
                    sha256=known,
                    size=len(data),
                    media_type="image/jpeg",
                )
            )
            uow.commit(Act.ATTACHMENT_ADDED, RecordId(papers.case))
        if ("attachment", record_id) in who.promised.records:
            who.promised.files.add(known)

    def void_file(self, who: ModelLaptop, papers: Papers) -> None:
        with who.store.unit() as uow:
            files = uow.records.of_case(Attachment, RecordId(papers.case))
        for one in files[:1]:
            voided = replace(one, void_reason=f"重复 {self.mark()}")
            self.save(who, papers, Act.ATTACHMENT_SAVED, voided)

    def hand_over(self, who: ModelLaptop, papers: Papers, to: int) -> None:
        """Gives the case to one of those whom the service names."""
        case_id = RecordId(papers.case)
        if self.find(who, Case, papers.case) is None:
            return
        with self._writing(who) as uow:
            choice = colleagues(uow, case_id)
            if choice:
                hand_over(uow, case_id, choice[to % len(choice)], f"太远 {self.mark()}")

    def take_away(self, papers: Papers, to: int) -> None:
        """The supervisor gives the case to somebody else, who hears of it; the one who had it does
        not yet.
        """
        self.sync(self.office)
        self.hand_over(self.office, papers, to)
        self.sync(self.office)
        owner = self.office.rows("SELECT owner_device FROM case_head WHERE id = ?", (papers.case,))
        for one in self.working:
            if owner and one.id == owner[0][0]:
                self.sync(one)

    def settle(self, who: ModelLaptop, number: int, choice: Choice) -> bool:
        """Whether something was settled."""
        done = False
        with self._writing(who) as uow:
            waiting = [one for one in open_conflicts(uow) if one.may_settle]
            if waiting:
                one = waiting[number % len(waiting)]
                settle(uow, one.entry_hash, {line.key: choice for line in one.lines})
                done = True
        return done

    # The line.

    def sync(self, who: ModelLaptop, fault: Fault | None = None) -> None:
        """One contact, whatever it meets. What can only come from a fault may not come without
        one.
        """
        goes_on = who.is_taken_in
        try:
            who.sync(fault)
        except Killed:
            who.reopen()
        except Refused as no:
            if (who.state and not goes_on) or self._is_out(who, no):
                return
            if fault is None or not fault.kind or not codes(no) <= ON_THE_LINE:
                raise
        finally:
            self._note_identity(who)

    def enrol_anew(self, who: ModelLaptop, fault: Fault | None = None) -> None:
        """A laptop that the county does not listen to takes on a new identity, whatever its line
        meets; a county that is put back to before that is another story.
        """
        self.county_backup = None
        try:
            who.enrol_anew(self.county.code(who.account), fault)
        except Killed:
            who.reopen()
        except Refused as no:
            if fault is None or not fault.kind or not codes(no) <= _ON_ENROLLING:
                raise
        else:
            who.state = ""
        finally:
            self._note_identity(who)

    def _note_identity(self, who: ModelLaptop) -> None:
        """Whoever takes a laptop's place strikes it off."""
        self.revoked |= {one for one in who.ids if self.county.is_revoked(one)}

    def _is_out(self, who: ModelLaptop, no: Refused) -> bool:
        """Whether the laptop is told so rightly: struck off, or its store went back in time."""
        found = codes(no)
        if who.id in self.revoked and found & {ProblemCode.DEVICE_REVOKED}:
            who.state = "revoked"
        elif who.restored and found & {
            ProblemCode.COUNTY_REFUSED,
            ProblemCode.STORE_WENT_BACK,
            ProblemCode.RECEIPT_NOT_GENUINE,
        }:
            who.state = "forked"
        return bool(who.state)

    def client_dies(self, who: ModelLaptop, commits: int, *, before: bool, act: int) -> None:
        """The program is killed at one of its next commits, while it exchanges or saves."""
        who.dies_at = 1 + commits, before
        papers = self.papers(act)
        if act % 2 or papers is None:
            self.sync(who)
        else:
            self.edit(who, papers, act)
        who.dies_at = None

    def echo(self, who: ModelLaptop, number: int) -> None:
        who.line.echo(number)

    # The stick.

    def usb_export(self, who: ModelLaptop) -> None:
        place = self.folder / "sticks" / self.mark()
        place.mkdir(parents=True)
        try:
            made = export_to_usb(who.unit, who.device, place)
        except Refused as no:
            if not codes(no) <= _TOLD_NO:
                raise
            return
        assert made.files
        who.acknowledge()
        self.parcels.append(place)

    def usb_import(self, number: int) -> list[Outcome]:
        """The county looks at one stick, for the first time or again."""
        if not self.parcels:
            return []
        stick = self.parcels[number % len(self.parcels)]
        back = self.folder / "answers" / self.mark()
        back.mkdir(parents=True)
        desk = self.county.desk

        def take(device: str, nonce: str, parts: Iterator[bytes], *, accepted: bool) -> bytes:
            return take_parts(desk, device, nonce, parts, accepted=accepted)

        found = list(Inbox(desk, self.county.folder, take, stick, back).look())
        for one in self.laptops:
            self.answers += [(one.id, path) for path in answers_in(back, one.device)]
        return found

    def usb_accept(self) -> None:
        """A person lets count what was set aside."""
        desk = self.county.desk

        def take(device: str, nonce: str, parts: Iterator[bytes], *, accepted: bool) -> bytes:
            return take_parts(desk, device, nonce, parts, accepted=accepted)

        for one in set_aside(desk):
            inbox = Inbox(desk, self.county.folder, take, self.folder / "nothing")
            inbox.accept(one.parcel)

    def usb_answer(self, number: int) -> None:
        """An answer file is read, in any order and any number of times."""
        if not self.answers:
            return
        device, path = self.answers[number % len(self.answers)]
        who = next(one for one in self.laptops if device in one.ids)
        try:
            read_answer(who.unit, who.device, _check, path)
        except Refused as no:
            not_for_us = codes(no) == {ProblemCode.PARCEL_NOT_FOR_US} and who.id != device
            if not not_for_us and not self._is_out(who, no) and not who.state:
                raise
        who.acknowledge()

    # What computers meet.

    def clock(self, number: int, year: int) -> None:
        """Sets the clock of a laptop, or of the county, to another year."""
        clocks = [one.clock for one in self.laptops]
        clocks[number % len(clocks)].moment = datetime(year, 3, 15, 4, number % 60, tzinfo=UTC)

    def county_clock(self, year: int) -> None:
        self.county.clock.moment = datetime(year, 6, 1, tzinfo=UTC)

    def back_up_county(self) -> None:
        self.county_backup = self.folder / "county-backup"
        self.county.copy_to(self.county_backup)

    def restore_county(self) -> None:
        """Back to the last backup. Who was struck off since is struck off again, and who enrolled
        since enrols again.
        """
        if self.county_backup is None:
            return
        self.county.restore(self.county_backup)
        self.restores += 1
        for one in self.laptops:
            if one.id in self.revoked:
                self.county.revoke(one.id)
            elif not one.state and not self.county.knows(one.id):
                one.enrol(self.county.code(one.account))

    def back_up_laptop(self, who: ModelLaptop) -> None:
        if who.state:
            return
        place = self.folder / "backups" / who.name
        self.backups = [one for one in self.backups if one.laptop is not who]
        self.backups.append(Backup(who, place, who.back_up(place)))

    def restore_laptop(self, number: int) -> None:
        if not self.backups:
            return
        backup = self.backups[number % len(self.backups)]
        who = backup.laptop
        if who.state or len(self.laptops) >= _MOST_LAPTOPS:
            return
        before = who.id
        who.restored = who.restored or len(who.promised.entries) > len(backup.promised.entries)
        who.restore(backup.place, backup.promised)
        who.restored = who.restored or who.id != before

    def revoke(self, who: ModelLaptop) -> None:
        """A laptop is reported lost; its person gets another one."""
        if who is self.office or who.side != HERE or len(self.laptops) >= _MOST_LAPTOPS:
            return
        if who.id in self.revoked:
            return
        self.revoked.add(who.id)
        self.county.revoke(who.id)
        self.replace_laptop(who)

    def replace_laptop(self, who: ModelLaptop) -> ModelLaptop:
        name = f"{who.name}{len(self.laptops)}"
        fresh = ModelLaptop(
            name, self.folder / name, self.county, account=who.account, side=who.side
        )
        fresh.enrol(self.county.code(who.account))
        self.laptops.append(fresh)
        return fresh


def content_hash(paper: Agreement) -> str:
    """What a seal of the model vouches for: everything that is on the paper."""
    fields = {name: value for name, value in to_fields(paper).items() if name not in AFTERWARDS}
    return digest("heshi/agreement/1", canonical(fields))


def _check(public_key: str, message: bytes, signature: str) -> bool:
    from app.security.device import verify

    return verify(public_key, message, signature)


def begin() -> Model:
    """A model in which everybody has known each other for a while."""
    accounts, sides = known_to_each_other()
    folder = Path(tempfile.mkdtemp(prefix="heshi-model-", dir=_memory()))
    for name in ("county", *NAMES):
        shutil.copytree(_place() / name, folder / name)
    county = ModelCounty(folder / "county", FixedClock(NOON))
    laptops = [
        ModelLaptop(name, folder / name, county, account=accounts[name], side=sides[name])
        for name in NAMES
    ]
    for one in laptops:
        one.acknowledge()
    return Model(folder, county, laptops)


@cache
def _place() -> Path:
    """Where the stores lie from which every day begins; gone with the process."""
    place = Path(tempfile.mkdtemp(prefix="heshi-model-", dir=_memory()))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


@cache
def known_to_each_other() -> tuple[dict[str, str], dict[str, str]]:
    """Accounts and committees; the stores lie in `_place`. Made once in a process, and never while
    a bug is put in.
    """
    place = _place()
    county = ModelCounty(place / "county", FixedClock(NOON))
    home = county.committee(HERE, "九溪村人民调解委员会")
    other = county.committee(NEXT_DOOR, "邻县村人民调解委员会")
    accounts = {
        "first": county.mediator(home, "王调解"),
        "second": county.mediator(home, "赵调解"),
        "office": county.supervisor("330108"),
        "neighbour": county.mediator(other, f"{CANARY}调解"),
    }
    sides = {"first": HERE, "second": HERE, "office": HERE, "neighbour": NEXT_DOOR}
    made = [
        ModelLaptop(name, place / name, county, account=accounts[name], side=sides[name])
        for name in NAMES
    ]
    for one in made:
        one.enrol(county.code(one.account))
    for one in (*made, *made):
        one.sync()
    for one in made:
        one.close()
    county.close()
    return accounts, sides


def _memory() -> str | None:
    """Memory that looks like a disk, where there is some: these tests are not about the disk."""
    place = Path("/dev/shm")
    # Containers give little of it, sometimes 64 MB for all.
    return str(place) if place.is_dir() and shutil.disk_usage(place).free > 2**30 else None


Step = Callable[[Model], None]
