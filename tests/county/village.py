"""A whole laptop for one test: the real store, the real device key, the real wire; and lines that
fail as the world does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.ids import RecordId, new_id
from app.domain.problems import ProblemCode, refuse
from app.domain.reviews import Decision, Review
from app.security.device import OwnIdentities, load_device, verify
from app.services.exchange import ExchangeResult, enrol, exchange_once
from app.services.ports import CountyLine, DeviceKey
from app.services.renewal import enrol_or_renew, finish
from app.storage.store import open_store
from app.sync.http_line import HttpLine
from tests.fakes import FixedClock

KEY = bytes(range(48))
Answer = tuple[bytes, Mapping[str, str]]


class Village:
    """Opens (or makes) the store in `folder`."""

    def __init__(self, folder: Path, address: str, clock: FixedClock | None = None) -> None:
        self.folder = folder
        self.address = address
        self.clock = clock or FixedClock()
        self.line: CountyLine = HttpLine(address)
        self._http = self.line
        self._open()

    def open_again(self) -> None:
        """After `close`: the same folder."""
        self.line = self._http = HttpLine(self.address)
        self._open()

    def _open(self) -> None:
        self.store = open_store(self.folder, KEY, self.clock, app_version="0.1.0")
        with self.store.unit() as uow:
            self.device: DeviceKey = load_device(uow.settings)
            uow.commit()
        self.store.attach(self.device, verify)

    @property
    def id(self) -> str:
        return self.device.device_id

    def close(self) -> None:
        assert isinstance(self._http, HttpLine)
        self._http.close()
        self.store.close()

    def enrol(self, code: str) -> None:
        enrol(self.store.unit, self.line, self.device, verify, code, address=self.address)

    def renew(self, code: str) -> None:
        """With a code from the county, as the window and the command line do it."""
        _, device = enrol_or_renew(
            self.store.unit,
            self.line,
            self.device,
            OwnIdentities(),
            verify,
            code,
            address=self.address,
        )
        self._be(device)

    def finish_renewal(self) -> None:
        """What a contact does first."""
        self._be(finish(self.store.unit, self.line, self.device, OwnIdentities(), verify))

    def _be(self, device: DeviceKey) -> None:
        self.device = device
        self.store.attach(device, verify)

    def sync(self) -> ExchangeResult:
        return exchange_once(self.store.unit, self.line, self.device, verify)

    def new_case(self, matter: str = "屋檐滴水") -> Case:
        with self.store.unit() as uow:
            committee = uow.actor.committee_id
            assert committee
            case = Case(id=new_id(), committee_id=committee, matter=matter)
            uow.records.put(case)
            uow.commit(Act.CASE_REGISTERED, case.id)
        return case

    def review(self, case_id: RecordId, text: str) -> None:
        with self.store.unit() as uow:
            uow.records.put(
                Review(
                    id=new_id(),
                    case_id=case_id,
                    decision=Decision.RETURNED,
                    at=uow.now(),
                    author=uow.actor.name,
                    text=text,
                )
            )
            uow.commit(Act.FILE_REVIEWED, case_id)

    def waiting(self) -> int:
        with self.store.unit() as uow:
            return uow.lists.status().waiting

    def attention(self) -> int:
        with self.store.unit() as uow:
            return uow.lists.status().attention

    def remarks(self, case_id: RecordId) -> list[str]:
        with self.store.unit() as uow:
            return [one.text for one in uow.records.of_case(Review, case_id)]

    def setting(self, key: str) -> str | None:
        with self.store.unit() as uow:
            return uow.settings.get(key)

    def is_whole(self) -> bool:
        with self.store.unit() as uow:
            return uow.journal.verify().broken_at is None


class BadLine:
    """A line over a good one. `fault` makes of each good answer what arrives; it may raise."""

    def __init__(self, good: CountyLine, fault: Callable[[Answer], Answer]) -> None:
        self._good = good
        self._fault = fault

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self._fault(self._good.post(path, body, headers))

    def stream(self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        return self._fault(self._good.stream(path, parts, headers))


def lost(answer: Answer) -> Answer:
    """The county has stored everything, and its answer never arrives."""
    raise refuse(ProblemCode.ANSWER_CUT)
