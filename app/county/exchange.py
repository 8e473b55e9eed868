"""One exchange as the county sees it: know the device, take in its journal, and answer with what it
may see.

Works on a database and bytes and knows no HTTP. An answer to a device is always signed over the
nonce of its request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import Engine

from app.county.blocks import lend
from app.county.database import reading, writing
from app.county.enrolment import enrol, paper_certificate
from app.county.files import FOLDER, CountyFiles
from app.county.ingest import Desk, Taken, take_in
from app.county.keys import CountyKey, genuine
from app.county.pull import Page, read_page
from app.county.settings import epoch
from app.county.tables import Device
from app.county.trouble import Troubled
from app.wire.canonical import canonical, strict_json
from app.wire.exchange import (
    ENROL_PATH,
    EXCHANGE_PATH,
    REQUEST_PURPOSE,
    Block,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    Verdict,
    message_digest,
)
from app.wire.journal import Model

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A request as it came: the claimed device, nonce and signature from its headers, and its
    body.
    """

    device: str
    nonce: str
    signature: str
    body: bytes
    source: str = ""


@dataclass(frozen=True, slots=True)
class County:
    """What answering needs: the database, the signing key, the county's clock (aware UTC), and its
    own folder (that of the database file, when not told).
    """

    engine: Engine
    key: CountyKey
    now: Callable[[], datetime]
    data: Path | None = None

    @property
    def files(self) -> CountyFiles:
        """The files that laptops sent."""
        folder = self.data or Path(self.engine.url.database or ".").parent
        return CountyFiles(folder / FOLDER)

    def exchange(self, envelope: Envelope) -> bytes:
        """The body of the answer. Raises `Troubled`."""
        self.check_known(envelope, REQUEST_PURPOSE, EXCHANGE_PATH)
        request = parsed(ExchangeRequest, envelope.body)
        try:
            taken, blocks = self._take_in(envelope.device, request)
        except Troubled as trouble:
            if trouble.code == "forked":
                self._freeze(envelope.device)
            raise
        with reading(self.engine) as session:
            device = session.get_one(Device, envelope.device)
            now_epoch = epoch(session)
            cursor = request.cursor if request.epoch == now_epoch else 0
            page = read_page(session, device, cursor)
            certificate = paper_certificate(
                session, self.key, device, request.paper_key, request.paper_proof
            )
            answer = ExchangeAnswer(
                epoch=now_epoch,
                county_time=self.now(),
                receipts=tuple(taken.receipts),
                verdicts=_each_once(taken, page),
                cards=page.cards,
                log=page.log,
                cursor=page.cursor,
                more=page.more,
                have=device.head_seq,
                blocks=blocks,
                paper_certificate=certificate,
                county_ca=self.key.papers.certificate if certificate else "",
            )
        return canonical(answer.model_dump(mode="json"))

    def enrol(self, envelope: Envelope) -> bytes:
        """The body of the answer to a laptop that shows a one-time code. Raises `Troubled`."""
        request = parsed(EnrolRequest, envelope.body)
        message = message_digest(REQUEST_PURPOSE, ENROL_PATH, envelope.nonce, envelope.body)
        same = request.device == envelope.device and request.nonce == envelope.nonce
        if not same or not genuine(request.public_key, message, envelope.signature):
            raise Troubled("not_genuine")
        with writing(self.engine) as session:
            answer, trouble = enrol(
                session, self.key, request, source=envelope.source, now=self.now()
            )
        if answer is None:
            raise Troubled(trouble)
        return canonical(answer.model_dump(mode="json"))

    def check_known(self, envelope: Envelope, purpose: str, path: str) -> None:
        """Whether a device that may speak signed the body for this path.

        Raises `Troubled` unknown_device, not_genuine, revoked, forked.
        """
        with reading(self.engine) as session:
            device = session.get(Device, envelope.device)
            if device is None:
                raise Troubled("unknown_device")
            message = message_digest(purpose, path, envelope.nonce, envelope.body)
            if not genuine(device.public_key, message, envelope.signature):
                raise Troubled("not_genuine")
            check_active(device)

    def _take_in(self, device_id: str, request: ExchangeRequest) -> tuple[Taken, tuple[Block, ...]]:
        now = self.now()
        with writing(self.engine) as session:
            device = session.get_one(Device, device_id)
            check_active(device)
            desk = Desk(self.key, epoch(session), now)
            taken = take_in(session, desk, device, request.entries)
            device.last_contact, device.app = now, request.app[:60]
            session.add(device)
            return taken, () if request.rest else lend(session, device, now)

    def _freeze(self, device_id: str) -> None:
        with writing(self.engine) as session:
            device: Device = session.get_one(Device, device_id)
            device.frozen = "forked"
            session.add(device)


def check_active(device: Device) -> None:
    """Raises `Troubled` revoked or forked for a device that gets nothing more."""
    if device.revoked_at is not None:
        raise Troubled("revoked")
    if device.frozen:
        raise Troubled("forked")


def _each_once(taken: Taken, page: Page) -> tuple[Verdict, ...]:
    found = {verdict.seq: verdict for verdict in (*page.verdicts, *taken.verdicts)}
    return tuple(found[seq] for seq in sorted(found))


def parsed(model: type[M], body: bytes) -> M:
    """The body as a wire value. Raises `Troubled` malformed."""
    try:
        return model.model_validate(strict_json(body))
    except (ValidationError, ValueError):
        raise Troubled("malformed") from None
