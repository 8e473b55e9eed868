"""A laptop made of wire values only: it can write what no honest client would, which is what a
server must be tried with.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.ids import RecordId, new_id
from app.domain.records import Record, kind_of
from app.security.device import Ed25519Device, verify
from app.services.answers import new_nonce, read_genuine, read_unproven, send, shaped
from app.sync.http_line import HttpLine
from app.wire.canonical import canonical
from app.wire.exchange import (
    ENROL_PATH,
    EXCHANGE_PATH,
    Block,
    DeviceCard,
    EnrolAnswer,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    WireEntry,
    code_key,
    laptop_proof,
    read_code,
)
from app.wire.journal import (
    FIRST_PREVIOUS,
    Change,
    Entry,
    SealedEntry,
    entry_bytes,
    entry_hash,
    entry_message,
    read_entry,
)
from app.wire.records import to_fields

AT = datetime(2026, 3, 15, 2, 30, tzinfo=UTC)


@dataclass
class RawLaptop:
    """One device with a journal in memory. `card` is known once it is enrolled."""

    line: HttpLine
    county_key: str
    device: Ed25519Device = field(
        default_factory=lambda: Ed25519Device(str(new_id()), Ed25519PrivateKey.generate())
    )
    journal: list[SealedEntry] = field(default_factory=list)
    card: DeviceCard | None = None
    blocks: tuple[Block, ...] = ()
    epoch: str = ""
    cursor: int = 0

    @property
    def id(self) -> str:
        return self.device.device_id

    @property
    def committee(self) -> RecordId:
        assert self.card
        return RecordId(self.card.committee_id)

    def enrol(
        self, code: str, *, nonce: str | None = None, paper_key: str = "", paper_proof: str = ""
    ) -> EnrolAnswer:
        """Raises `Refused` as the county answers."""
        known = read_code(code)
        assert known
        key, nonce = code_key(known), nonce or new_nonce()
        public = self.device.public_key
        request = EnrolRequest(
            device=self.id,
            public_key=public,
            nonce=nonce,
            proof=laptop_proof(key, self.id, public, nonce),
            paper_key=paper_key,
            paper_proof=paper_proof,
        )
        body = canonical(request.model_dump(mode="json"))
        reply = send(self.line, self.device, ENROL_PATH, nonce, body)
        answer = shaped(EnrolAnswer, read_unproven(reply))
        self.card = DeviceCard.model_validate_json(answer.card.raw)
        self.blocks = answer.blocks
        return answer

    def write(
        self,
        *changes: Change,
        seq: int | None = None,
        prev: str | None = None,
        case_id: str | None = None,
    ) -> SealedEntry:
        """The next entry of this journal, or any other that is asked for."""
        last = self.journal[-1].hash if self.journal else FIRST_PREVIOUS
        entry = Entry(
            device=self.id,
            seq=seq if seq is not None else len(self.journal) + 1,
            prev=prev if prev is not None else last,
            at=AT,
            actor="王调解",
            act=Act.CASE_SAVED.value,
            case_id=case_id,
            changes=changes,
        )
        sealed = self.seal(entry_bytes(entry))
        if seq is None:
            self.journal.append(sealed)
        return sealed

    def seal(self, raw: bytes) -> SealedEntry:
        return SealedEntry(raw, self.device.sign(entry_message(raw)).hex(), entry_hash(raw))

    def save(self, record: Record, *, base: str = "") -> SealedEntry:
        """An entry that makes or replaces one whole record."""
        return self.write(change_of(record, base=base))

    def new_case(self, **more: Any) -> Case:
        """A case of the own committee, written as the next entry."""
        case = Case(
            **{"id": new_id(), "committee_id": self.committee, "matter": "屋檐滴水", **more}
        )
        self.save(case)
        return case

    def exchange(
        self,
        entries: Sequence[SealedEntry] | None = None,
        *,
        cursor: int | None = None,
        paper_key: str = "",
        paper_proof: str = "",
    ) -> ExchangeAnswer:
        """One verified round with `entries` (all there are, when not told). Raises `Refused`."""
        sent = self.journal if entries is None else entries
        request = ExchangeRequest(
            epoch=self.epoch,
            cursor=self.cursor if cursor is None else cursor,
            entries=tuple(travelling(one) for one in sent),
            paper_key=paper_key,
            paper_proof=paper_proof,
        )
        body = canonical(request.model_dump(mode="json"))
        reply = send(self.line, self.device, EXCHANGE_PATH, new_nonce(), body)
        answer = shaped(ExchangeAnswer, read_genuine(reply, self.county_key, verify))
        self.epoch, self.cursor = answer.epoch, answer.cursor
        return answer


def change_of(record: Record, *, base: str = "") -> Change:
    """The change that makes the whole record."""
    fields = {name: value for name, value in to_fields(record).items() if name != "id"}
    return Change(kind=kind_of(record), id=record.id, base=base, set=fields)


def travelling(sealed: SealedEntry) -> WireEntry:
    return WireEntry(raw=base64.b64encode(sealed.raw).decode(), signature=sealed.signature)


def written(answer: ExchangeAnswer) -> list[Entry]:
    """The entries of others in an answer."""
    return [read_entry(base64.b64decode(one.entry.raw)) for one in answer.log]


def verdicts(answer: ExchangeAnswer) -> list[tuple[int, str, str]]:
    """Number, kind and code of each verdict."""
    return [(one.seq, one.kind, one.code) for one in answer.verdicts]
