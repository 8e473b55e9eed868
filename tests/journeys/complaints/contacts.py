"""Contacts between a village and its county on a line that does what a test tells it, and what the
laptop says of itself afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.acts import Act
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Case
from app.domain.ids import RecordId, new_id
from app.domain.problems import ProblemCode, Refused, refuse
from app.domain.records import Record
from app.security.device import verify
from app.services.contact_values import TellProgress, in_silence
from app.services.exchange import ExchangeResult, exchange_once
from app.services.lines import CaseQuery, Delivery, SyncStatus, WaitingLine
from app.services.ports import CountyLine
from app.storage.backup import ATTACHMENTS
from app.storage.backup import FOLDER_NAME as BACKUPS
from app.storage.store import open_store
from app.wire.parts import FILE
from tests.county.village import KEY, Answer, Village

Go = Callable[[], Answer]
# Number of the request (from 0), its path, and what would happen on a good line.
Trouble = Callable[[int, str, Go], Answer]


@dataclass
class Line:
    """A line over a good one. `trouble` decides what becomes of each request; after `cut_after`
    parts of a request it is cut once. `sent` holds the size of each part that was taken, one list
    for each request, and `paths` where each went.
    """

    good: CountyLine
    trouble: Trouble | None = None
    cut_after: int | None = None
    paths: list[str] = field(default_factory=list)
    sent: list[list[int]] = field(default_factory=list)
    kinds: list[bytes] = field(default_factory=list)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self._ask(path, lambda: self.good.post(path, body, headers))

    def stream(self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        counted = self._counted(parts)
        return self._ask(path, lambda: self.good.stream(path, counted, headers))

    def _ask(self, path: str, go: Go) -> Answer:
        self.paths.append(path)
        self.sent.append([])
        return self.trouble(len(self.paths) - 1, path, go) if self.trouble else go()

    def _counted(self, taken: Iterable[bytes]) -> Iterator[bytes]:
        for count, one in enumerate(taken):
            if self.cut_after is not None and count >= self.cut_after:
                self.cut_after = None
                raise refuse(ProblemCode.ANSWER_CUT)
            self.sent[-1].append(len(one))
            self.kinds.append(one[:1])
            yield one

    def count(self, kind: bytes) -> int:
        """How many parts of that kind the line has taken."""
        return self.kinds.count(kind)

    @property
    def pieces(self) -> int:
        """How many pieces of files the line has taken."""
        return self.count(FILE)


def lost_once(path: str | None = None) -> Trouble:
    """The county has done everything that the first request (to `path`) asks, and nobody hears of
    it.
    """
    left = [1]

    def trouble(number: int, asked: str, go: Go) -> Answer:
        del number
        answer = go()
        if left[0] and path in (None, asked):
            left[0] = 0
            raise refuse(ProblemCode.ANSWER_CUT)
        return answer

    return trouble


def says(code: ProblemCode, **facts: Any) -> Trouble:
    """No request gets anywhere."""

    def trouble(number: int, path: str, go: Go) -> Answer:
        del number, path, go
        raise refuse(code, **facts)

    return trouble


def gone_after(count: int) -> Trouble:
    """The first `count` requests go well; then the line is gone."""

    def trouble(number: int, path: str, go: Go) -> Answer:
        del path
        if number >= count:
            raise refuse(ProblemCode.COUNTY_UNREACHABLE)
        return go()

    return trouble


def contact(
    village: Village, line: CountyLine | None = None, *, tell: TellProgress = in_silence
) -> ExchangeResult:
    """One contact as the program makes it; nothing is waited for."""
    return exchange_once(
        village.store.unit,
        line or village.line,
        village.device,
        verify,
        tell=tell,
        pause=lambda _seconds: None,
    )


def code_of(act: Callable[[], object]) -> ProblemCode:
    """What `act` is refused for."""
    try:
        act()
    except Refused as refused:
        return refused.first.code
    raise AssertionError("nothing was refused")


def reopen(village: Village) -> None:
    """The program ends and is started again."""
    village.store.close()
    village.store = open_store(village.folder, KEY, village.clock, app_version="0.1.0")
    village.store.attach(village.device, verify)


def put(village: Village, *records: Record, act: Act, case_id: RecordId | None = None) -> None:
    with village.store.unit() as uow:
        for one in records:
            uow.records.put(one)
        uow.commit(act, case_id)


def add_photo(village: Village, case: Case, data: bytes, name: str = "") -> Attachment:
    """A photograph of the case, without a camera."""
    with village.store.unit() as uow:
        photo = Attachment(
            id=new_id(),
            case_id=case.id,
            kind=AttachmentKind.PHOTO,
            sha256=uow.files.keep(data),
            size=len(data),
            media_type="image/jpeg",
            name=name,
        )
        uow.records.put(photo)
        uow.commit(Act.ATTACHMENT_ADDED, case.id)
    return photo


def lose_files(village: Village) -> None:
    """A disk eats every file of every case, and the copies too."""
    for folder in (village.folder / ATTACHMENTS, village.folder / BACKUPS / ATTACHMENTS):
        for place in folder.rglob("*"):
            if place.is_file():
                place.unlink()


def status(village: Village) -> SyncStatus:
    with village.store.unit() as uow:
        return uow.lists.status()


def waiting(village: Village) -> tuple[WaitingLine, ...]:
    with village.store.unit() as uow:
        return uow.lists.waiting()


def waiting_files(village: Village) -> tuple[WaitingLine, ...]:
    with village.store.unit() as uow:
        return uow.lists.waiting_files(100)


def deliveries(village: Village) -> dict[str, Delivery]:
    """How far each case is, as the list of cases says it."""
    with village.store.unit() as uow:
        lines = uow.lists.case_lines(uow.lists.case_keys(CaseQuery()))
    return {one.id: one.delivery for one in lines}


def delivery(village: Village, case: Case) -> Delivery:
    return deliveries(village)[case.id]
