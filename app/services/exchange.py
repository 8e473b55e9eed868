"""One contact with the county: the journal's tail goes out, files after it, and what others wrote
comes in, in as few round trips as there can be.

Nothing is called received or refused before a signature of the county's key has said so, and
everything that one answer brings is stored in one commit. No unit of work is open while the wire is
used. Doing all of it twice is harmless. A contact that breaks off leaves everything that had
arrived where it arrived; when to try again is kept in the store, not in a timer.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from app.domain.problems import Problem, ProblemCode, Refused, refuse
from app.services.answers import Reply, new_nonce, read_genuine_body, stream_reply
from app.services.contact_values import (
    ContactPhase,
    Progress,
    TellProgress,
    certainly_passed,
    in_silence,
)
from app.services.contact_values import ExchangeResult as ExchangeResult
from app.services.enrolment import EnrolResult as EnrolResult
from app.services.enrolment import enrol as enrol
from app.services.fetching import fetch_files
from app.services.identities import LOST_SETTING
from app.services.incoming import Stored, Trust, store_answer
from app.services.outgoing import (
    PART_SETTING,
    REQUEST_SETTING,
    ROOM_SETTING,
    SMALLEST_PART,
    SMALLEST_REQUEST,
    UNSURE_SETTING,
    Course,
    Letter,
    stream,
    write_hello,
)
from app.services.ports import CountyLine, DeviceKey, OpenUnit, SignatureCheck, UnitOfWork
from app.wire.exchange2 import EXCHANGE2_PATH, ROOM, Answer, read_answer
from app.wire.parts import PLAIN_TARGET, BadPart, LogLine, PackPiece
from app.wire.words import WORDS

MOST_ROUNDS = 10_000
# Own texts that are written meanwhile wait no longer than this.
FETCH_SECONDS = 60.0
RATE_SETTING = "line.rate"
BEGAN_SETTING = "sync.began_at"
FAILURES_SETTING = "sync.failures"
NEXT_TRY_SETTING = "sync.next_try"
TROUBLE_SETTING = "sync.trouble"
MISMATCH_SETTING = "sync.mismatch"
# Seconds until the next try after the first, second ... contact that broke off.
PATIENCE = (15, 60, 300, 1800, 7200)
# Nobody was reached, so nobody is spared by waiting: as soon as the line is there it is wanted.
_ON_THIS_SIDE = frozenset(
    {ProblemCode.NO_NETWORK, ProblemCode.FOREIGN_ANSWER, ProblemCode.LINE_NOT_COUNTY}
)
_LONGEST_ON_THIS_SIDE = 300
_CUT = frozenset({ProblemCode.ANSWER_CUT, ProblemCode.ANSWER_TOO_LATE})
# A line that was there a moment ago is often there again at once.
_GONE_A_MOMENT = _CUT | {ProblemCode.COUNTY_UNREACHABLE, ProblemCode.NO_NETWORK}
_GO_ON_TRIES = 10
_QUICK_TRIES = 6
# Words of an answer that another try at once would not change.
_LASTING = frozenset({"fault", "over_quota"})
_IDLE_ROUNDS = 2
_FAST_ENOUGH_TO_MEASURE = 4096
_FILES_COUNTED = 64


@dataclass(slots=True)
class _Contact:
    """What stays the same during one call, and what it has seen so far."""

    open_unit: OpenUnit
    line: CountyLine
    trust: Trust
    tell: TellProgress
    pause: Callable[[float], None]
    course: Course = field(default_factory=Course)
    result: ExchangeResult = field(default_factory=ExchangeResult)
    attention: set[int] = field(default_factory=set)
    sent_before: int = 0
    total: int = 0
    rate: int = 0
    spoken: bool = False


def latest_proven(uow: UnitOfWork) -> datetime | None:
    """The latest moment (UTC) that is known to have passed, by the county's own signed word; None
    before the first contact.
    """
    return certainly_passed(uow.settings.get("county.last_contact"))


def wait(seconds: float) -> None:
    """Lets a broken line come back."""
    threading.Event().wait(seconds)


def exchange_once(
    open_unit: OpenUnit,
    line: CountyLine,
    device: DeviceKey,
    check: SignatureCheck,
    *,
    tell: TellProgress = in_silence,
    pause: Callable[[float], None] = wait,
) -> ExchangeResult:
    """Sends what waits and brings what others wrote, until nothing is left or nothing moves.

    `tell` hears how far it is, on the calling thread. `pause` waits between two tries on a line
    that was cut, in seconds. Raises `Refused`: NOT_ENROLLED; NO_NETWORK, COUNTY_UNREACHABLE,
    LINE_NOT_COUNTY, COUNTY_BUSY, COUNTY_OLDER, FOREIGN_ANSWER, ANSWER_CUT, ANSWER_TOO_LATE,
    RECEIPT_NOT_GENUINE, DEVICE_REVOKED, COUNTY_REFUSED; DISK_FULL, STORE_READ_ONLY, STORE_BUSY.
    What earlier rounds stored stays; the store knows when to try again.
    """
    with open_unit() as uow:
        county_key = uow.settings.get("county.key")
        if not county_key:
            raise refuse(ProblemCode.NOT_ENROLLED)
        uow.settings.put(BEGAN_SETTING, uow.now().astimezone(UTC).isoformat())
        uow.commit()
    contact = _Contact(open_unit, line, Trust(device, check, county_key), tell, pause)
    try:
        more = _rounds(contact)
        if not more and _tell_lost(contact):
            more = _rounds(contact)
        fetched = _fetch(contact)
    except Refused as refusal:
        remember_failure(open_unit, refusal)
        raise
    _remember_success(open_unit)
    return replace(
        contact.result, attention=len(contact.attention), files_fetched=fetched, more=more
    )


def _tell_lost(contact: _Contact) -> bool:
    """Once a restored county's log was read to its end: whether there is something to tell it that
    this folder told before under another identity.
    """
    with contact.open_unit() as uow:
        if uow.settings.get(LOST_SETTING) is None:
            return False
        told = uow.journal.tell_lost()
        uow.settings.put(LOST_SETTING, None)
        uow.commit()
    return told > 0


def _fetch(contact: _Contact) -> int:
    """Files of others, for a while; the rest comes with the next contact."""
    end = time.monotonic() + FETCH_SECONDS
    contact.tell(Progress(ContactPhase.FETCHING, rate=contact.rate))
    return fetch_files(
        contact.open_unit, contact.line, contact.trust, lambda: time.monotonic() < end
    )


def _rounds(contact: _Contact) -> bool:
    """Returns whether more is left for the next time."""
    tries, idle = 0, 0
    for _ in range(MOST_ROUNDS):
        letter = _next_letter(contact)
        if letter is None:
            return False
        try:
            answer, stored = _one_round(contact, letter)
        except Refused as refusal:
            if not _may_go_on(contact, refusal, tries):
                raise
            tries += 1
            contact.pause(_breath(tries))
            continue
        tries, contact.spoken = 0, True
        moved = _note(contact, letter, answer, stored)
        idle = 0 if moved else idle + 1
        _check_trouble(answer, idle)
        if idle > _IDLE_ROUNDS:
            return True
    return True


def _check_trouble(answer: Answer, idle: int) -> None:
    """A signed answer may tell that the county could not read on: what it holds is stored by now,
    and the rest is no success. What a bad line did to one part is simply sent again.
    """
    if answer.trouble == "busy":
        raise refuse(ProblemCode.COUNTY_BUSY)
    lasting = answer.trouble in _LASTING or (idle > _IDLE_ROUNDS and answer.trouble)
    if lasting and answer.trouble != "too_many":
        raise Refused(Problem(ProblemCode.COUNTY_REFUSED, "", {"code": answer.trouble}))


def _next_letter(contact: _Contact) -> Letter | None:
    """What to say next; None when nothing is left to say."""
    course = contact.course
    with contact.open_unit() as uow:
        unsure = course.have is None and uow.settings.get(UNSURE_SETTING) == "1"
        letter = write_hello(uow, contact.trust.device, course, ask_only=unsure)
        status = uow.lists.status()
        there = sum(course.held.get(one.sha256, 0) for one in uow.files.waiting(_FILES_COUNTED))
    waiting = status.waiting_bytes + status.waiting_file_bytes
    contact.total = course.plain_sent + max(0, waiting - there)
    contact.rate = contact.rate or status.line_rate
    if course.have is None or course.missing or course.sums or course.more or course.pack_comes:
        return letter
    asks = bool(letter.hello.files) or _has_files_to_send(contact)
    return letter if letter.hello.first or asks else None


def _has_files_to_send(contact: _Contact) -> bool:
    course = contact.course
    with contact.open_unit() as uow:
        files = uow.files.waiting(16)
    return any(
        course.held.get(one.sha256, one.size) < one.size and one.sha256 not in course.given_up
        for one in files
    )


def _one_round(contact: _Contact, letter: Letter) -> tuple[Answer, Stored]:
    course, nonce = contact.course, new_nonce()
    contact.sent_before = course.bytes_sent
    began = time.monotonic()
    _keep(
        contact.open_unit, UNSURE_SETTING, "1" if letter.hello.first or letter.with_files else "0"
    )
    reply = stream_reply(
        contact.line,
        contact.trust.device,
        EXCHANGE2_PATH,
        nonce,
        letter.payload,
        _watched(contact, letter, began),
    )
    answer, log, pack = open_answer(contact.trust, reply)
    seconds = time.monotonic() - began
    stored = store_answer(
        contact.open_unit, contact.trust, answer, log, pack, asked_at=letter.written_at
    )
    _measure(contact, seconds)
    return answer, stored


def open_answer(trust: Trust, reply: Reply) -> tuple[Answer, tuple[LogLine, ...], PackPiece | None]:
    """A reply whose signature verifies, read. Raises `Refused` as `read_genuine`."""
    body = read_genuine_body(reply, trust.county_key, trust.check)
    try:
        return read_answer(body, WORDS)
    except BadPart:
        raise refuse(ProblemCode.FOREIGN_ANSWER) from None


def _watched(contact: _Contact, letter: Letter, began: float) -> Iterator[bytes]:
    """The stream, telling how far it is with each part that the line takes."""
    course = contact.course
    for one in stream(contact.open_unit, letter, course):
        yield one
        sent = course.bytes_sent - contact.sent_before
        phase = ContactPhase.ASKING
        if sent:
            phase = ContactPhase.FILES if letter.with_files else ContactPhase.TEXTS
        contact.tell(Progress(phase, course.plain_sent, contact.total, contact.rate))


def _note(contact: _Contact, letter: Letter, answer: Answer, stored: Stored) -> bool:
    """What an answer has taught; whether the contact has come further."""
    course, before = contact.course, contact.course.have
    course.have = answer.have
    course.more, course.pack_comes = answer.more, stored.pack_comes
    known = dict(course.held)
    course.held.update({one.sha256: one.have for one in answer.files})
    asked = {one.sha256 for one in letter.hello.files}
    for digest in asked - {one.sha256 for one in answer.files}:
        # Neither held in part nor refused: a county that says nothing of it holds nothing of it.
        course.held.setdefault(digest, 0)
    course.given_up |= {one.sha256 for one in answer.refused_files}
    _compare(contact, letter, answer)
    done = contact.result
    contact.attention |= stored.attention
    contact.result = replace(
        done,
        sent=done.sent + len(course.offered),
        received=done.received + stored.received,
        pulled=done.pulled + stored.pulled,
        doubted=done.doubted + stored.doubted,
        files_received=done.files_received + stored.files_received,
    )
    _remember_size(contact.open_unit, grow=True)
    further = before is None or answer.have > before or known != course.held
    return stored.moved or further or bool(course.missing or course.sums)


def _compare(contact: _Contact, letter: Letter, answer: Answer) -> None:
    """Whether this device holds all entries of others that it may see; what is missing is asked
    for by its hash. Once a contact; what cannot be mended is not asked again before it changes.
    """
    course = contact.course
    course.missing, hashes = (), answer.hashes
    sums, course.sums = course.sums, ""
    if sums and answer.trouble == "too_many":
        _keep(contact.open_unit, "county.cursor", "0")
        return
    if hashes:
        with contact.open_unit() as uow:
            course.missing = uow.journal.not_held(hashes)[:500]
        return
    if answer.more or answer.log_count is None or course.compared or letter.hello.missing:
        return
    course.compared = True
    with contact.open_unit() as uow:
        held = uow.journal.foreign_sum()
        told = f"{answer.log_count}:{answer.log_sum}"
        if f"{held[0]}:{held[1]}" == told:
            return
        mark = f"{held[0]}:{held[1]}/{told}"
        if uow.settings.get(MISMATCH_SETTING) == mark:
            return
        uow.settings.put(MISMATCH_SETTING, mark)
        course.sums = uow.journal.foreign_buckets()
        uow.commit()


def _may_go_on(contact: _Contact, refusal: Refused, tries: int) -> bool:
    """Whether a line that was cut within this contact is tried again before it is given up."""
    code, course = refusal.first.code, contact.course
    if _is_too_large(refusal) and _shrink_requests(contact):
        return True
    if code in _CUT and (tries or not contact.spoken):
        _remember_size(contact.open_unit, grow=False)
    if not contact.spoken or tries >= _GO_ON_TRIES or code not in _GONE_A_MOMENT:
        return False
    course.have = None
    course.held.clear()
    return True


def _is_too_large(refusal: Refused) -> bool:
    return refusal.first.facts.get("code") in ("too_large", "HTTP 413")


def _shrink_requests(contact: _Contact) -> bool:
    """A server in front of the county takes no body as large as the last one was: from now on they
    are at most half as large. False where they cannot be smaller.
    """
    sent = contact.course.bytes_sent - contact.sent_before
    if sent <= SMALLEST_REQUEST:
        return False
    _keep(contact.open_unit, REQUEST_SETTING, str(max(SMALLEST_REQUEST, sent // 2)))
    contact.course.have = None
    contact.course.held.clear()
    return True


def _breath(tries: int) -> float:
    """Seconds to wait after a cut before going on within the same contact."""
    return 0.25 * 2.0 ** max(0, tries - _QUICK_TRIES) * random.uniform(0.9, 1.1)


def _measure(contact: _Contact, seconds: float) -> None:
    """The line's rate as it was just now, for the forecast on the page *Waiting*."""
    sent = contact.course.bytes_sent - contact.sent_before
    if sent < _FAST_ENOUGH_TO_MEASURE or seconds <= 0:
        return
    now = round(sent / seconds)
    contact.rate = now if not contact.rate else round(0.5 * contact.rate + 0.5 * now)
    _keep(contact.open_unit, RATE_SETTING, str(contact.rate))


def _remember_size(open_unit: OpenUnit, *, grow: bool) -> None:
    """Parts and pages become half as large when a line breaks, and twice as large when it holds."""
    with open_unit() as uow:
        changed = False
        for key, usual, least in (
            (PART_SETTING, PLAIN_TARGET, SMALLEST_PART),
            (ROOM_SETTING, ROOM, 8192),
        ):
            text = uow.settings.get(key)
            now = int(text) if text else usual
            wanted = min(usual, now * 2) if grow else max(least, now // 2)
            if wanted != now:
                uow.settings.put(key, str(wanted))
                changed = True
        if changed:
            uow.commit()


def remember_failure(open_unit: OpenUnit, refusal: Refused) -> None:
    """Keeps in the store what went wrong with a contact, and when it is tried again."""
    problem = refusal.first
    with open_unit() as uow:
        failures = _count(uow) + 1
        wait = PATIENCE[min(failures, len(PATIENCE)) - 1] * random.uniform(0.8, 1.2)
        if problem.code in _ON_THIS_SIDE:
            wait = min(wait, _LONGEST_ON_THIS_SIDE)
        told = problem.facts.get("retry_after")
        if isinstance(told, int):
            wait = max(wait, float(told))
        uow.settings.put(FAILURES_SETTING, str(failures))
        uow.settings.put(NEXT_TRY_SETTING, _moment(uow.now() + timedelta(seconds=wait)))
        uow.settings.put(TROUBLE_SETTING, problem.code.value)
        uow.commit()


def _remember_success(open_unit: OpenUnit) -> None:
    with open_unit() as uow:
        for key in (FAILURES_SETTING, NEXT_TRY_SETTING, TROUBLE_SETTING):
            if uow.settings.get(key) is not None:
                uow.settings.put(key, None)
        uow.settings.put(UNSURE_SETTING, "0")
        uow.commit()


def _keep(open_unit: OpenUnit, key: str, value: str) -> None:
    with open_unit() as uow:
        if uow.settings.get(key) != value:
            uow.settings.put(key, value)
            uow.commit()


def _count(uow: UnitOfWork) -> int:
    text = uow.settings.get(FAILURES_SETTING) or "0"
    return int(text) if text.isdecimal() else 0


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
