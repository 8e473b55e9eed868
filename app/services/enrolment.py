"""The first contact: makes this laptop known to the county with a one-time code, and takes in what
the county lends it.

Both sides prove that they know the code, so that neither a wrong county nor a listener can take
part.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from app.domain.acts import Act
from app.domain.committees import Committee, Mediator
from app.domain.ids import RecordId
from app.domain.numbering import NumberBlock
from app.domain.problems import ProblemCode, refuse
from app.domain.records import Record
from app.services.answers import checked_card, new_nonce, read_unproven, send, shaped
from app.services.county_pack import forget_pack
from app.services.identities import ask_for_lost
from app.services.ports import CountyLine, DeviceKey, OpenUnit, SignatureCheck, UnitOfWork
from app.wire.canonical import canonical
from app.wire.exchange import (
    ENROL_PATH,
    Block,
    DeviceCard,
    EnrolAnswer,
    EnrolRequest,
    code_key,
    county_proof,
    former_message,
    laptop_proof,
    read_code,
)
from app.wire.records import Fields, NotARecord, from_fields


@dataclass(frozen=True, slots=True)
class EnrolResult:
    """Who this laptop is now: names of county and person, role, and the own committee's id ("" for
    supervisors).
    """

    county_name: str
    person: str
    role: str
    committee_id: str


def enrol(
    open_unit: OpenUnit,
    line: CountyLine,
    device: DeviceKey,
    check: SignatureCheck,
    code: str,
    *,
    address: str = "",
    former: DeviceKey | None = None,
    anew: bool = False,
) -> EnrolResult:
    """Makes this laptop known to the county with a one-time code, as it was typed; `address` is
    kept as ``county.url``. `former` is who it was before; `anew`: `device` is to take its place at
    this very county.

    Both sides prove that they know the code, so that neither a wrong county nor a listener can take
    part. Raises `Refused`: CODE_WRONG, CODE_EXPIRED, RECEIPT_NOT_GENUINE, DEVICE_REVOKED,
    STORE_WENT_BACK (the county has stopped this device), and what the line and the store meet.
    """
    known = read_code(code)
    if known is None:
        raise refuse(ProblemCode.CODE_WRONG, "code")
    with open_unit() as uow:
        rest = bool(uow.journal.tail(1))
        known_county = uow.settings.get("county.key")
    key, nonce = code_key(known), new_nonce()
    request = EnrolRequest(
        device=device.device_id,
        public_key=device.public_key,
        nonce=nonce,
        proof=laptop_proof(key, device.device_id, device.public_key, nonce),
        rest=rest,
        paper_key=device.paper.public_key if device.paper else "",
        paper_proof=device.paper.prove(device.device_id) if device.paper else "",
        box_key=device.box.public_key,
        former=former.device_id if former else None,
        former_proof=_spoken_for(former, device, nonce) if former else "",
    )
    reply = send(line, device, ENROL_PATH, nonce, request_body(request))
    answer = shaped(EnrolAnswer, read_unproven(reply))
    proof = county_proof(key, answer.county_key, device.device_id, nonce)
    if not hmac.compare_digest(proof, answer.proof) or not reply.is_from(answer.county_key, check):
        raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
    if anew and answer.county_key != known_county:
        # Another county would be told as new what this one has.
        raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
    card, raw, signature = checked_card(answer.card, answer.county_key, check)
    if (card.device, card.public_key) != (device.device_id, device.public_key):
        raise refuse(ProblemCode.RECEIPT_NOT_GENUINE)
    committee, mediator = _own_records(answer)
    with open_unit() as uow:
        _remember_county(uow, answer, card, address)
        if not anew:
            keep_certificate(uow, device, answer.paper_certificate, answer.county_ca)
        uow.journal.add_cards([(card, raw, signature)])
        fresh = _settle_in(uow, card, committee, mediator)
        uow.commit(Act.COMMITTEE_SAVED if fresh else None)
        own = uow.actor.committee_id
    with open_unit() as uow:
        # An entry of its own, which no other laptop gets; if it is lost here, the next exchange
        # brings the blocks again.
        if put_blocks(uow, answer.blocks):
            uow.commit(Act.NUMBERS_LENT)
    return EnrolResult(answer.county_name, card.person, card.role, own or "")


def request_body(request: EnrolRequest) -> bytes:
    """The bytes of a request. A laptop that takes nobody's place says nothing of a former one: an
    older county would not know what that is.
    """
    unsaid = set() if request.former else {"former", "former_proof"}
    return canonical(request.model_dump(mode="json", exclude=unsaid))


def _spoken_for(former: DeviceKey, device: DeviceKey, nonce: str) -> str:
    message = former_message(former.device_id, device.device_id, nonce)
    return former.sign(message).hex()


def _put_if_new(uow: UnitOfWork, record: Record) -> bool:
    """Stores a record that is not here yet; one that is here has its own history."""
    if uow.records.find(type(record), record.id) is not None:
        return False
    uow.records.put(record)
    return True


def put_blocks(uow: UnitOfWork, blocks: Sequence[Block]) -> bool:
    """Stores lent serials that are new here, under the id by which this laptop knows its
    committee.
    """
    lent_to, own = uow.settings.get("county.committee_id"), uow.actor.committee_id
    lent = [
        NumberBlock(
            id=RecordId(block.id),
            committee_id=own
            if own and block.committee_id == lent_to
            else RecordId(block.committee_id),
            year=block.year,
            first=block.first,
            last=block.last,
        )
        for block in blocks
    ]
    fresh = [block for block in lent if _put_if_new(uow, block)]
    return bool(fresh)


def keep_certificate(uow: UnitOfWork, device: DeviceKey, certificate: str, county_ca: str) -> None:
    """Stores the county's word (PEM) for this device's paper key, where it fits; "" leaves what is
    there. Both texts must come out of an answer that the county signed.
    """
    if device.paper is None or not device.paper.fits(certificate, county_ca):
        return
    for name, text in (("paper.certificate", certificate), ("county.ca", county_ca)):
        if uow.settings.get(name) != text:
            uow.settings.put(name, text)


def _remember_county(uow: UnitOfWork, answer: EnrolAnswer, card: DeviceCard, address: str) -> None:
    settings = uow.settings
    if settings.get("county.key") == answer.county_key:
        ask_for_lost(uow, answer.epoch)
    if (settings.get("county.key"), settings.get("county.epoch")) != (
        answer.county_key,
        answer.epoch,
    ):
        settings.put("county.cursor", "0")
    if settings.get("county.key") not in (None, answer.county_key):
        # Another county: what the earlier one vouched for is its own business.
        settings.put("county.ca", None)
        settings.put("paper.certificate", None)
        forget_pack(uow)
    settings.put("county.key", answer.county_key)
    settings.put("county.name", answer.county_name)
    settings.put("county.epoch", answer.epoch)
    if answer.county_box_key:
        settings.put("county.box_key", answer.county_box_key)
    if address:
        settings.put("county.url", address)
    settings.put("county.committee_id", card.committee_id or None)
    settings.put("actor.name", card.person)
    settings.put("actor.role", card.role)


def _settle_in(
    uow: UnitOfWork, card: DeviceCard, committee: Committee | None, mediator: Mediator | None
) -> bool:
    """Whose laptop this is from now on; whether records were put for it.

    A village that has worked before it was enrolled keeps its committee and its mediator, so that
    nothing has to be moved: the committee takes over what the county writes on seals and numbers,
    and the county knows both ids for one.
    """
    held = uow.actor.committee_id
    own = uow.records.find(Committee, held) if held and committee else None
    if own and committee and own.id != committee.id:
        named = replace(
            own,
            name=committee.name,
            short_name=committee.short_name,
            kind=committee.kind,
            region_code=committee.region_code,
            region_name=committee.region_name,
        )
        if named != own:
            uow.records.put(named)
        return named != own
    uow.settings.put("actor.committee_id", card.committee_id or None)
    uow.settings.put("actor.mediator_id", card.mediator_id or None)
    given = [record for record in (committee, mediator) if record]
    return bool([record for record in given if _put_if_new(uow, record)])


def _own_records(answer: EnrolAnswer) -> tuple[Committee | None, Mediator | None]:
    """Committee and mediator as the county knows them; none for supervisors.

    Raises FOREIGN_ANSWER.
    """
    try:
        committee = (
            from_fields("committee", _fields(answer.committee)) if answer.committee else None
        )
        mediator = from_fields("mediator", _fields(answer.mediator)) if answer.mediator else None
    except NotARecord:
        raise refuse(ProblemCode.FOREIGN_ANSWER) from None
    return cast("Committee | None", committee), cast("Mediator | None", mediator)


def _fields(given: dict[str, object]) -> Fields:
    return cast(Fields, given)
