"""A laptop, its colleague, its supervisor and a county that have known each other for a while, and
what must be true of them whatever happens to the line between them.

Knows no fault: who tries one puts something on the way with `load`, lets the laptop try, asks
`harm_so_far` after each try and `harm_at_the_end` once all has come through.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, func, select

from app.county.keys import genuine
from app.county.tables import EntryRow, FileHolder, RecordState, SpanRow, StoredFile
from app.domain.acts import Act
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Case
from app.domain.ids import RecordId, new_id
from app.domain.problems import ProblemCode, Refused
from app.domain.records import KINDS
from app.domain.reviews import Review
from app.security.device import verify
from app.services.exchange import NEXT_TRY_SETTING, exchange_once
from app.services.ports import CountyLine
from app.storage.cipher import FILE_NAME, connect
from app.wire.exchange2 import FileReceipt, SpanReceipt, file_receipt_message, span_message
from app.wire.records import from_fields, to_fields
from tests.county.two_hands import World, assign, world
from tests.county.village import KEY, Village
from tests.faults.trials import Harm

PHOTO_BYTES = 60_000
FOREIGN_BYTES = 20_000
# After a line is good again: more contacts than these nobody would understand.
ENOUGH_CONTACTS = 3
GOOD = Harm()


@dataclass(frozen=True, slots=True)
class Load:
    """What one trial puts on the way: two texts and two photographs out; a remark, a case that is
    given to this laptop, and that case's photograph in.
    """

    case: Case
    photos: tuple[str, ...]
    remark: str
    given: Case
    their_photo: str


@dataclass
class Tried:
    """How one try went. `code` is None where it ended well; `pauses` are the seconds that it wanted
    to wait within, `until_next` those that it wants until the next one.
    """

    code: ProblemCode | None
    pauses: float
    until_next: float
    facts: dict[str, Any]


@dataclass
class VillageLine:
    """The laptop under trial is `world.first`."""

    world: World
    chance: random.Random = field(default_factory=lambda: random.Random(26))
    _before: list[tuple[int, str, bytes]] = field(default_factory=list)
    _given: list[tuple[Case, str]] = field(default_factory=list)

    @property
    def laptop(self) -> Village:
        return self.world.first

    # --- what is on the way ---

    def load(self) -> Load:
        """Something of everything is waiting, on both sides."""
        laptop, office = self.laptop, self.world.supervisor
        given, their_photo = self._colleagues_case()
        remark = f"第{self.chance.randrange(10**9)}号：缺手印"
        office.review(given.id, remark)
        assign(self.world, given, laptop)
        office.sync()
        case = laptop.new_case()
        photos = tuple(attach(laptop, case.id, self._photo(PHOTO_BYTES)) for _ in range(2))
        self._before = self.journal()
        return Load(case, photos, remark, given, their_photo)

    def _colleagues_case(self) -> tuple[Case, str]:
        """A case with a photograph that the county has, and everybody has read of."""
        if not self._given:
            second = self.world.second
            for _ in range(10):
                case = second.new_case()
                photo = attach(second, case.id, self._photo(FOREIGN_BYTES))
                self._given.append((case, photo))
            second.sync()
            self.world.supervisor.sync()
        return self._given.pop()

    def _photo(self, size: int) -> bytes:
        return self.chance.randbytes(size)

    # --- a try ---

    def try_once(self, line: CountyLine) -> Tried:
        """One contact as the program makes it; nothing is waited for."""
        laptop, pauses = self.laptop, [0.0]
        code, facts = None, {}
        try:
            exchange_once(laptop.store.unit, line, laptop.device, verify, pause=pauses.append)
        except Refused as refused:
            code, facts = refused.first.code, dict(refused.first.facts)
        told = laptop.setting(NEXT_TRY_SETTING)
        wait = 0.0
        if told:
            wait = (datetime.fromisoformat(told) - laptop.clock.now()).total_seconds()
        return Tried(code, sum(pauses), wait, facts)

    # --- what must be true ---

    def harm_so_far(self) -> Harm:
        """While the line is bad: nothing typed has changed, and nothing is called received or
        complete that the county does not hold.
        """
        if self.journal() != self._before:
            return Harm("lost", "own journal")
        return self._false_receipts()

    def _false_receipts(self) -> Harm:
        county, laptop = self.world.county, self.laptop
        held = {row.seq: (row.hash, row.position) for row in county.held(laptop.id)}
        covered = 2**63
        for seq, mark, raw, signature in self.rows(
            "SELECT seq, entry_hash, raw, signature FROM receipt ORDER BY seq DESC"
        ):
            if seq not in held or held[seq][0] != mark:
                return Harm("false_received", "an entry that is not there")
            if not raw:
                if seq < covered:
                    return Harm("false_received", "a receipt without a word")
                continue
            if not genuine(county.key.public, span_message(raw), signature):
                return Harm("false_received", "a forged receipt")
            span = SpanReceipt.model_validate_json(raw)
            if (span.device, span.last, span.entry_hash) != (laptop.id, seq, mark):
                return Harm("false_received", "a receipt for something else")
            covered = span.first
        return self._false_file_receipts()

    def _false_file_receipts(self) -> Harm:
        county = self.world.county
        whole = self.files_there()
        for digest, raw, signature in self.rows("SELECT sha256, raw, signature FROM file_receipt"):
            word = FileReceipt.model_validate_json(raw)
            if not genuine(county.key.public, file_receipt_message(raw), signature):
                return Harm("false_received", "a forged receipt of a file")
            if word.sha256 != digest or whole.get(digest) != word.size:
                return Harm("false_received", "a file that is not there")
        return GOOD

    def drain(self, line: CountyLine, load: Load) -> Harm:
        """The line is good: everything comes through in few contacts, once, and is the same on both
        sides.
        """
        missing = ""
        for _ in range(ENOUGH_CONTACTS):
            self.laptop.clock.forward(hours=3)
            tried = self.try_once(line)
            if tried.code:
                return Harm("unopenable", f"after healing: {tried.code.value}")
            missing = self.missing(load)
            if not missing:
                harm = self._harm_at_the_end(load)
                return harm if harm.column else self.harm_so_far()
        return Harm("lost", f"does not drain: {missing}")

    def missing(self, load: Load) -> str:
        """What has not come through yet, in a word; "" when all has."""
        with self.laptop.store.unit() as uow:
            status = uow.lists.status()
            if status.waiting or status.waiting_files:
                return "own texts" if status.waiting else "own files"
            remarks = [one.text for one in uow.records.of_case(Review, load.given.id)]
            if remarks.count(load.remark) != 1:
                return "the remark"
            if uow.records.is_foreign(load.given.id):
                return "the case"
            if not uow.files.has(load.their_photo):
                return "the photograph"
        return ""

    def _harm_at_the_end(self, load: Load) -> Harm:
        county, laptop = self.world.county, self.laptop
        rows = county.held(laptop.id)
        if [(row.seq, row.hash, row.raw) for row in rows] != self._before:
            doubled = len({row.seq for row in rows}) != len(rows)
            return Harm("doubled" if doubled else "lost", "the county's copy of the journal")
        with county.session() as session:
            positions = session.exec(select(func.count(col(EntryRow.position)))).one()
            last = session.exec(select(func.max(col(EntryRow.position)))).one()
        if positions != last:
            return Harm("lost", "a place in the log")
        there = self.files_there()
        for digest in load.photos:
            if there.get(digest) != PHOTO_BYTES:
                return Harm("lost", "a photograph")
        with laptop.store.unit() as uow:
            if len(uow.files.read(load.their_photo)) != FOREIGN_BYTES:
                return Harm("half", "their photograph")
        return self._difference(load)

    def _difference(self, load: Load) -> Harm:
        """Whether laptop and county hold the same records of the two cases."""
        with self.world.county.session() as session:
            rows = session.exec(
                select(RecordState).where(
                    col(RecordState.id).in_([str(load.case.id), str(load.given.id)])
                )
            ).all()
        with self.laptop.store.unit() as uow:
            for row in rows:
                known = uow.records.find(KINDS[row.kind], RecordId(row.id))
                held = to_fields(from_fields(row.kind, json.loads(row.fields)))
                if known is None or to_fields(known) != held:
                    return Harm("lost", f"{row.kind} differs")
                if uow.records.assignee(RecordId(row.id)) != self.laptop.id:
                    return Harm("lost", f"{row.kind} has another assignee")
        return GOOD if len(rows) == 2 else Harm("lost", "a case")

    # --- looks from outside ---

    def journal(self) -> list[tuple[int, str, bytes]]:
        """The laptop's own entries as they lie on its disk."""
        return [
            (seq, mark, bytes(raw))
            for seq, mark, raw in self.rows("SELECT seq, hash, raw FROM journal_entry ORDER BY seq")
        ]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read past the store, as it was committed."""
        connection = connect(self.laptop.folder / FILE_NAME, KEY, mode="ro")
        try:
            return list(connection.execute(query).fetchall())
        finally:
            connection.close()

    def files_there(self) -> dict[str, int]:
        """Size of each file that the county holds whole and has given its word for."""
        with self.world.county.session() as session:
            shown = set(session.exec(select(FileHolder.sha256)))
            return {
                row.sha256: row.size
                for row in session.exec(select(StoredFile))
                if row.sha256 in shown
            }

    def words_there(self) -> set[str]:
        """The receipts that the county has kept for the laptop."""
        with self.world.county.session() as session:
            query = select(SpanRow.raw).where(col(SpanRow.device_id) == self.laptop.id)
            return set(session.exec(query))

    def words_here(self) -> set[str]:
        """The receipts that the laptop has kept."""
        return {raw for (raw,) in self.rows("SELECT raw FROM receipt WHERE raw != ''")}


def attach(village: Village, case_id: RecordId, data: bytes) -> str:
    """A photograph in a case; returns its SHA-256."""
    with village.store.unit() as uow:
        digest = uow.files.keep(data)
        uow.records.put(
            Attachment(
                id=new_id(),
                case_id=case_id,
                kind=AttachmentKind.PHOTO,
                sha256=digest,
                size=len(data),
                media_type="image/jpeg",
            )
        )
        uow.commit(Act.ATTACHMENT_ADDED, case_id)
    return digest


@contextmanager
def village_line(folder: Path, chance: random.Random | None = None) -> Iterator[VillageLine]:
    with world(folder) as here:
        yield VillageLine(here, chance or random.Random(26))
