"""Enrolling a folder anew: the county does not listen to its old identity any more (struck off, or
its records were brought back from an older copy), so it takes on a new one.

What the county has stays the county's; what it has not is told once more under the new identity;
what was written here and is not here any more comes back. Nothing is lost and nothing is doubled,
whenever the line breaks or the power fails: each step can be done again.
"""

from __future__ import annotations

from app.domain.problems import Problem, ProblemCode, Refused, refuse
from app.services.answers import new_nonce, stream_reply
from app.services.enrolment import EnrolResult, enrol
from app.services.exchange import (
    FAILURES_SETTING,
    MISMATCH_SETTING,
    NEXT_TRY_SETTING,
    TROUBLE_SETTING,
    open_answer,
    remember_failure,
)
from app.services.identities import (
    NO_LONGER_HEARD,
    STILL_ITSELF,
    TAKEN_IN_SETTING,
    UPCOMING_SETTING,
    Identities,
    is_taken_in,
)
from app.services.incoming import Trust, store_answer
from app.services.outgoing import UNSURE_SETTING
from app.services.ports import CountyLine, DeviceKey, OpenUnit, SignatureCheck, UnitOfWork
from app.wire.canonical import canonical
from app.wire.exchange2 import EXCHANGE2_PATH, Answer, Hello
from app.wire.parts import END, HELLO, part

_OF_THE_LAST_CONTACT = (
    FAILURES_SETTING,
    MISMATCH_SETTING,
    NEXT_TRY_SETTING,
    TROUBLE_SETTING,
    UNSURE_SETTING,
)


def enrol_or_renew(
    open_unit: OpenUnit,
    line: CountyLine,
    device: DeviceKey,
    identities: Identities,
    check: SignatureCheck,
    code: str,
    *,
    address: str = "",
) -> tuple[EnrolResult, DeviceKey]:
    """Makes this folder known to the county with a one-time code, as it was typed: as `device`, or,
    where the county does not listen to that one any more, under a new identity. Returns who it is
    from now on; the caller attaches that device to the store.

    Raises `Refused` as `enrol` and as a contact; what was reached stays, and `finish` goes on from
    there.
    """
    with open_unit() as uow:
        trouble = uow.settings.get(TROUBLE_SETTING)
        dead = trouble in NO_LONGER_HEARD - STILL_ITSELF
        dead = dead or uow.settings.get(UPCOMING_SETTING) is not None
        before = identities.former(uow.settings)
    if not dead:
        try:
            result = enrol(open_unit, line, device, check, code, address=address, former=before)
            with open_unit() as uow:
                _forget_the_last_contact(uow)
                uow.commit()
            return result, device
        except Refused as refusal:
            if refusal.first.code not in NO_LONGER_HEARD:
                raise
    with open_unit() as uow:
        uow.journal.forget_places()  # the lock: two programs must not make an identity each
        upcoming = identities.upcoming(uow.settings)
        uow.commit()

    def take_over(former: DeviceKey) -> EnrolResult:
        return enrol(
            open_unit, line, upcoming, check, code, address=address, former=former, anew=True
        )

    try:
        result = take_over(device)
    except Refused as refusal:
        if refusal.first.code not in NO_LONGER_HEARD:
            raise
        # Struck off before this folder had become it: the next one follows on that one.
        stopped = upcoming
        with open_unit() as uow:
            identities.drop(uow.settings)
            upcoming = identities.upcoming(uow.settings)
            uow.commit()
        result = take_over(stopped)
    with open_unit() as uow:
        uow.settings.put(TAKEN_IN_SETTING, "1")
        _forget_the_last_contact(uow)
        _from_the_start(uow)
        uow.commit()
    return result, finish(open_unit, line, device, identities, check)


def finish(
    open_unit: OpenUnit,
    line: CountyLine,
    device: DeviceKey,
    identities: Identities,
    check: SignatureCheck,
) -> DeviceKey:
    """Goes on with an enrolment that was broken off after the county had taken the new identity in;
    `device` as it is where there is none. Raises `Refused` as a contact.
    """
    with open_unit() as uow:
        if not is_taken_in(uow):
            return device
        upcoming = identities.upcoming(uow.settings)
        county_key = uow.settings.get("county.key") or ""
    trust = Trust(upcoming, check, county_key)
    lent: dict[str, int] = {}
    try:
        while _one_page(open_unit, line, trust, lent):
            pass
    except Refused as refusal:
        remember_failure(open_unit, refusal)
        if refusal.first.code in NO_LONGER_HEARD:  # stopped half way: a code is needed again
            with open_unit() as uow:
                uow.settings.put(TAKEN_IN_SETTING, None)
                if refusal.first.code is ProblemCode.STORE_WENT_BACK:
                    # Another copy of this folder has become it: this one becomes somebody else.
                    identities.drop(uow.settings)
                uow.commit()
        raise
    with open_unit() as uow:
        uow.settings.put(TAKEN_IN_SETTING, uow.settings.get(TAKEN_IN_SETTING))  # the lock
        if uow.settings.get(UPCOMING_SETTING) != upcoming.device_id:
            return identities.current(uow.settings)  # another program was faster
        uow.journal.begin_anew(upcoming, tuple(lent.items()))
        own = identities.adopt(uow.settings)
        uow.settings.put(TAKEN_IN_SETTING, None)
        _forget_the_last_contact(uow)
        uow.commit()
    return own


def _one_page(open_unit: OpenUnit, line: CountyLine, trust: Trust, lent: dict[str, int]) -> bool:
    """Reads on in the county's log, as the new identity; whether there is more. Notes id and year
    of the numbers that are lent to it.
    """
    with open_unit() as uow:
        epoch = uow.settings.get("county.epoch") or ""
        hello = Hello(
            epoch=epoch,
            cursor=int(uow.settings.get("county.cursor") or 0),
            app=uow.app_version,
            box_key=trust.device.box.public_key,
        )
        written_at = uow.now()
    payload, nonce = canonical(hello.model_dump(mode="json")), new_nonce()
    parts = iter((part(HELLO, payload), part(END)))
    reply = stream_reply(line, trust.device, EXCHANGE2_PATH, nonce, payload, parts)
    answer, log, pack = open_answer(trust, reply)
    _check_trouble(answer)
    store_answer(open_unit, trust, answer, log, pack, asked_at=written_at)
    lent.update({one.id: one.year for one in answer.blocks})
    if answer.epoch != epoch:
        # A county that was restored meanwhile has its entries at other places.
        with open_unit() as uow:
            _from_the_start(uow)
            uow.commit()
        return True
    return answer.more


def _check_trouble(answer: Answer) -> None:
    if answer.trouble == "busy":
        raise refuse(ProblemCode.COUNTY_BUSY)
    if answer.trouble:
        raise Refused(Problem(ProblemCode.COUNTY_REFUSED, "", {"code": answer.trouble}))


def _forget_the_last_contact(uow: UnitOfWork) -> None:
    """What the county last said was said to the former identity."""
    for key in _OF_THE_LAST_CONTACT:
        uow.settings.put(key, None)


def _from_the_start(uow: UnitOfWork) -> None:
    uow.settings.put("county.cursor", "0")
    uow.journal.forget_places()
