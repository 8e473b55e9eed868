"""Makes laptops known: one-time codes, cards, revocation.

A code is kept as its hash and works once, for 72 hours.

The code never travels: both sides prove that they know it. Whoever guesses is stopped after five
tries on one laptop and twenty an hour from one source.
"""

from __future__ import annotations

import hmac
import json
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from app.county.blocks import lend
from app.county.keys import CountyKey, genuine
from app.county.settings import county_name, epoch
from app.county.tables import (
    Account,
    CommitteeRow,
    Device,
    EnrolmentCode,
    EnrolmentTry,
    NumberBlockRow,
    RecordState,
)
from app.county.trouble import Troubled
from app.domain.committees import Committee, CommitteeRole, Mediator
from app.domain.ids import RecordId
from app.wire.canonical import canonical
from app.wire.exchange import (
    CODE_ALPHABET,
    CODE_LENGTH,
    DeviceCard,
    EnrolAnswer,
    EnrolRequest,
    SignedCard,
    card_message,
    code_key,
    county_proof,
    former_message,
    laptop_proof,
)
from app.wire.journal import FIRST_PREVIOUS
from app.wire.records import Fields, to_fields

CODE_LIVES = timedelta(hours=72)
TRIES_PER_CODE = 5
WRONG_PER_HOUR = 20


def new_code(session: Session, account: Account, now: datetime) -> str:
    """A fresh code for one laptop of `account`; nobody can read it again later."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    session.add(
        EnrolmentCode(
            code_hash=code_key(code).hex(),
            account_id=account.id,
            created_at=now,
            expires_at=now + CODE_LIVES,
        )
    )
    session.flush()
    return code


def enrol(
    session: Session, key: CountyKey, request: EnrolRequest, *, source: str, now: datetime
) -> tuple[EnrolAnswer | None, str]:
    """The answer to a laptop, or None and the word for its trouble; a wrong code is noted, so
    commit both ways.

    Asking again with the code that already worked gives the same device the same card: a lost reply
    harms nobody.
    """
    since = now - timedelta(hours=1)
    if _tries(session, col(EnrolmentTry.source) == source, since) >= WRONG_PER_HOUR:
        return None, "busy"
    code = _matching(session, request)
    if code is None:
        session.add(EnrolmentTry(device_id=request.device, source=source, at=now))
        return None, "code_wrong"
    tries = _tries(session, col(EnrolmentTry.device_id) == request.device, code.created_at)
    if tries >= TRIES_PER_CODE:
        code.voided = True
    taken = code.used_by not in (None, request.device)
    if code.voided or taken or now > code.expires_at:
        session.add(code)
        return None, "code_expired"
    device = _admit(session, key, request, code, now)
    return _answer(session, key, request, code, device, now), ""


def sign_card(session: Session, key: CountyKey, device: Device) -> None:
    """Writes the device's card anew, as things stand with it now."""
    account = session.get_one(Account, device.account_id)
    card = DeviceCard.model_validate(
        {
            "device": device.id,
            "public_key": device.public_key,
            "person": account.name,
            "mediator_id": account.id if device.role == "mediator" else "",
            "role": device.role,
            "region": device.region,
            "committee_id": device.committee_id or "",
            "revoked": device.revoked_at is not None,
        }
    )
    device.card = canonical(card.model_dump(mode="json")).decode()
    device.card_signature = key.sign(card_message(device.card))
    session.add(device)


def revoke(session: Session, key: CountyKey, device: Device, now: datetime) -> None:
    """The laptop is lost or handed in: it gets nothing more. What it sent before stands."""
    device.revoked_at = device.revoked_at or now
    sign_card(session, key, device)


def paper_certificate(
    session: Session, key: CountyKey, device: Device, paper_key: str, proof: str
) -> str:
    """The county's word (PEM) for a laptop's paper key, naming the laptop as it is known here; ""
    where none was asked for, or the key is not shown to be its own.
    """
    if not paper_key or device.revoked_at is not None:
        return ""
    committee = session.get(CommitteeRow, device.committee_id) if device.committee_id else None
    return key.papers.certify(
        device=device.id,
        paper_key=paper_key,
        proof=proof,
        committee=committee.name if committee else "",
        person=session.get_one(Account, device.account_id).name,
    )


def _matching(session: Session, request: EnrolRequest) -> EnrolmentCode | None:
    """The code that the laptop knows. All are compared in full, so that time tells nothing."""
    found = None
    for code in session.exec(select(EnrolmentCode)):
        proof = laptop_proof(
            bytes.fromhex(code.code_hash), request.device, request.public_key, request.nonce
        )
        if hmac.compare_digest(proof, request.proof):
            found = code
    return found


def _tries(session: Session, condition: object, since: datetime) -> int:
    query = select(func.count()).select_from(EnrolmentTry)
    # `condition` is a comparison of columns; SQLModel types it as bool.
    counted = query.where(condition, col(EnrolmentTry.at) >= since)  # type: ignore[arg-type]
    return session.exec(counted).one()


def _admit(
    session: Session, key: CountyKey, request: EnrolRequest, code: EnrolmentCode, now: datetime
) -> Device:
    """The device, made known if it is not yet."""
    account = session.get_one(Account, code.account_id)
    known = session.get(Device, request.device)
    if known is not None:
        if known.revoked_at is not None:
            raise Troubled("revoked")
        if known.frozen:
            raise Troubled("forked")
        if known.public_key != request.public_key:
            raise Troubled("malformed")
        if known.account_id != account.id:
            raise Troubled("code_not_yours")
    device = known or Device(
        id=request.device,
        public_key=request.public_key,
        account_id=account.id,
        role=account.role,
        region=account.region,
        committee_id=account.committee_id,
        card="",
        card_signature="",
        head_hash=FIRST_PREVIOUS,
        app=request.app[:60],
        enrolled_at=now,
    )
    device.box_key = request.box_key or device.box_key
    if known is None:
        sign_card(session, key, device)
        session.flush()
        _follow(session, key, request, device, now)
    code.used_by = device.id
    session.add(code)
    session.flush()
    return device


def _follow(
    session: Session, key: CountyKey, request: EnrolRequest, device: Device, now: datetime
) -> None:
    """Lets `device` go on where the laptop's former device stopped, if the county knows that one:
    the former is struck off, and the numbers that were lent to it are the new one's.

    Raises `Troubled` not_genuine where the former's key does not speak for it, code_not_yours
    where it is somebody else's.
    """
    former = session.get(Device, request.former) if request.former else None
    if former is None or former.id == device.id:
        return
    message = former_message(former.id, device.id, request.nonce)
    if not genuine(former.public_key, message, request.former_proof):
        raise Troubled("not_genuine")
    if former.account_id != device.account_id:
        raise Troubled("code_not_yours")
    revoke(session, key, former, now)
    device.former = former.id
    session.add(device)
    for block in session.exec(
        select(NumberBlockRow).where(
            col(NumberBlockRow.device_id) == former.id, col(NumberBlockRow.lost_at).is_(None)
        )
    ):
        block.device_id = device.id
        session.add(block)


def _answer(
    session: Session,
    key: CountyKey,
    request: EnrolRequest,
    code: EnrolmentCode,
    device: Device,
    now: datetime,
) -> EnrolAnswer:
    account = session.get_one(Account, device.account_id)
    committee = session.get(CommitteeRow, device.committee_id) if device.committee_id else None
    mediator = _mediator(account, committee) if committee else None
    certificate = paper_certificate(session, key, device, request.paper_key, request.paper_proof)
    return EnrolAnswer.model_validate(
        {
            "county_name": county_name(session),
            "county_key": key.public,
            "epoch": epoch(session),
            "county_time": now,
            "card": SignedCard(raw=device.card, signature=device.card_signature),
            "committee": _held(session, "committee", _committee(committee)) if committee else None,
            "mediator": _held(session, "mediator", mediator) if mediator else None,
            "blocks": () if request.rest else lend(session, device, now),
            "proof": county_proof(
                bytes.fromhex(code.code_hash), key.public, request.device, request.nonce
            ),
            "paper_certificate": certificate,
            "county_ca": key.papers.certificate if certificate else "",
            "county_box_key": key.box.public_key,
        }
    )


def _held(session: Session, kind: str, fields: Fields) -> Fields:
    """The record as its own laptops have made it; what the county wrote down itself while there is
    none.
    """
    row = session.get(RecordState, (kind, fields["id"]))
    held: Fields = json.loads(row.fields) if row else fields
    return held


def _committee(row: CommitteeRow) -> Fields:
    return to_fields(
        Committee(
            id=RecordId(row.id),
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            region_code=row.region,
            region_name=row.region_name,
        )
    )


def _mediator(account: Account, committee: CommitteeRow) -> Fields:
    return to_fields(
        Mediator(
            id=RecordId(account.id),
            committee_id=RecordId(committee.id),
            name=account.name,
            role=CommitteeRole(account.place),
        )
    )
