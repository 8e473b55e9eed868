"""What a contact of the second protocol is answered: receipts, verdicts, cards, the log, sums, and
for supervisors how their laptops stand.

Reads only, in one view of the database, and tells a device nothing that `scope` does not open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from app.county.database import reading
from app.county.enrolment import paper_certificate
from app.county.exchange import County, check_active
from app.county.jurisdiction import viewer_of
from app.county.laptops import colleague_cards, laptops_in_sight
from app.county.log_pages import LogPage, read_log_page
from app.county.mirror_sums import differing_hashes, mirror_sum
from app.county.packs import next_piece, pack_mark
from app.county.pull import cards_of, own_verdicts
from app.county.settings import epoch
from app.county.spans import spans_after
from app.county.tables import Device
from app.wire.exchange import Block, SignedCard, SignedReceipt, Verdict
from app.wire.exchange2 import Answer, HeldFile, Hello, RefusedFile, colleagues_mark
from app.wire.journal import read_entry
from app.wire.parts import LogLine, PackPiece


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked what, and the word that stopped the contact before, "" for none.

    `accepted`: a person lets a parcel count whose device was struck off.
    """

    device_id: str
    hello: Hello
    trouble: str = ""
    accepted: bool = False


@dataclass(slots=True)
class Gathered:
    """What the end of a contact gave: words for whole files by SHA-256, bytes held of others,
    refusals, and numbers.
    """

    words: dict[str, SignedReceipt] = field(default_factory=dict)
    reached: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()


def whole_answer(
    county: County, asked: Asked, gathered: Gathered
) -> tuple[Answer, Sequence[LogLine], PackPiece | None]:
    """The answer with its log lines and its piece of the data pack. Raises `Troubled` for a device
    that is struck off.
    """
    hello = asked.hello
    with reading(county.engine) as session:
        device = session.get_one(Device, asked.device_id)
        if not asked.accepted:
            check_active(device)
        now_epoch = epoch(session)
        same = hello.epoch == now_epoch
        page = read_log_page(
            session,
            device,
            since=hello.cursor if same else 0,
            missing=hello.missing if same else (),
            room=hello.room,
        )
        hashes = _compared(session, device, hello, page) if same and hello.sums else ()
        # Sums are of the whole log: they go with the last page.
        sums = None if page.more else mirror_sum(session, viewer_of(device), device.id)
        colleagues = colleague_cards(session, device)
        mark = colleagues_mark(colleagues)
        certificate = paper_certificate(
            session, county.key, device, hello.paper_key, hello.paper_proof
        )
        told = pack_mark(session)
        answer = Answer(
            epoch=now_epoch,
            county_time=county.now(),
            have=device.head_seq,
            head_hash=device.head_hash,
            receipts=spans_after(session, device, now_epoch, hello.receipted if same else 0),
            verdicts=_verdicts(session, device, page),
            cards=_cards(session, page, colleagues if mark != hello.colleagues else ()),
            colleagues=mark,
            since=page.since,
            cursor=page.cursor,
            more=page.more,
            log_count=sums[0] if sums else None,
            log_sum=sums[1] if sums else "",
            hashes=hashes or (),
            files=tuple(
                HeldFile(sha256=name, have=have) for name, have in gathered.reached.items()
            ),
            file_receipts=tuple(gathered.words.values()),
            refused_files=tuple(
                RefusedFile(sha256=name, code=code) for name, code in gathered.refused.items()
            ),
            blocks=gathered.blocks,
            laptops=() if page.more else laptops_in_sight(session, device),
            paper_certificate=certificate,
            county_ca=county.key.papers.certificate if certificate else "",
            county_box_key=county.key.box.public_key,
            pack_mark=told,
            trouble=asked.trouble or ("too_many" if hashes is None else ""),
        )
        # Records first, both ways.
        waits = hello.receipted + hello.waiting.entries > device.head_seq
        pack = None
        if not (waits or page.more or asked.trouble):
            room = hello.room // 2 if page.lines else hello.room
            pack = next_piece(session, hello, told, room)
    return answer, page.lines, pack


def bare_answer(county: County, asked: Asked) -> Answer:
    """What is held and signed for, and nothing else: where more could not be told."""
    hello = asked.hello
    with reading(county.engine) as session:
        device = session.get_one(Device, asked.device_id)
        now_epoch = epoch(session)
        same = hello.epoch == now_epoch
        return Answer(
            epoch=now_epoch,
            county_time=county.now(),
            have=device.head_seq,
            head_hash=device.head_hash,
            receipts=spans_after(session, device, now_epoch, hello.receipted if same else 0),
            since=hello.cursor if same else 0,
            cursor=hello.cursor if same else 0,
            more=True,
            trouble=asked.trouble,
        )


def _compared(
    session: Session, device: Device, hello: Hello, page: LogPage
) -> tuple[str, ...] | None:
    """What the device may lack of what it has read, which is everything before this page."""
    return differing_hashes(session, viewer_of(device), device, page.since, hello.sums)


def _verdicts(session: Session, device: Device, page: LogPage) -> tuple[Verdict, ...]:
    """What was not applied of the device's own: on this stretch of the log, and behind it what it
    cannot have been told yet.
    """
    return own_verdicts(session, device, page.since, None)


def _cards(
    session: Session, page: LogPage, colleagues: Sequence[SignedCard]
) -> tuple[SignedCard, ...]:
    """The cards of those whose entries are on the page, and of colleagues where they changed."""
    writers = cards_of(session, {read_entry(one.sealed.raw).device for one in page.lines})
    return tuple({one.signature: one for one in (*writers, *colleagues)}.values())
