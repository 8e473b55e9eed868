"""What the page *Waiting* is told by a real contact: progress that never claims more than went out,
and two hands that are shown and settled where people are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import new_id
from app.domain.problems import ProblemCode, refuse
from app.domain.settlements import Choice
from app.security.device import verify
from app.services.conflicts import to_settle
from app.services.contact_values import ContactPhase, Progress
from app.services.exchange import exchange_once
from app.services.lines import Delivery
from app.services.ports import CountyLine
from app.services.settling import settle
from app.ui.waiting.actions import Tail, read_tail
from tests.county.server import RunningCounty
from tests.county.two_hands import World, assign, begin, world
from tests.county.village import Answer, Village

SIZE = 700_000


@pytest.fixture
def village(county: RunningCounty, tmp_path: Path) -> Iterator[Village]:
    one = Village(tmp_path / "laptop", county.address)
    one.enrol(county.code(county.mediator(county.committee())))
    yield one
    one.close()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


def tail(village: Village) -> Tail:
    with village.store.unit() as unit:
        return read_tail(unit)


def to_settle_at(village: Village) -> int:
    with village.store.unit() as unit:
        return to_settle(unit)


def add_photo(village: Village) -> Attachment:
    case = village.new_case()
    data = b"\xff\xd8\xff" + random.Random(7).randbytes(SIZE - 3)
    photo = Attachment(
        id=new_id(),
        case_id=case.id,
        kind=AttachmentKind.PHOTO,
        sha256=sha256(data).hexdigest(),
        size=SIZE,
        media_type="image/jpeg",
        name="屋檐.jpg",
    )
    with village.store.unit() as unit:
        unit.files.keep(data)
        unit.records.put(photo)
        unit.commit(Act.ATTACHMENT_ADDED, case.id)
    return photo


def test_progress_ends_where_everything_has_gone_out(village: Village) -> None:
    village.sync()
    photo = add_photo(village)
    before = tail(village)
    assert [one.file for one in before.lines if one.file] == [photo.sha256]
    told: list[Progress] = []
    exchange_once(village.store.unit, village.line, village.device, verify, tell=told.append)
    moving = [one for one in told if one.phase is not ContactPhase.FETCHING]
    assert all(one.sent <= one.total for one in moving)
    sent = [one.sent for one in moving]
    assert sent == sorted(sent)
    files = [one for one in told if one.phase is ContactPhase.FILES]
    assert files[-1].sent == files[-1].total == before.status.waiting_bytes + SIZE
    assert told[-1].phase is ContactPhase.FETCHING
    after = tail(village)
    assert after.lines == ()
    assert after.status.waiting_files == 0


class CutOnce:
    """A line that breaks once, after so many bytes of one request."""

    def __init__(self, good: CountyLine, after: int) -> None:
        self._good, self._left = good, after

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self._good.post(path, body, headers)

    def stream(self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        return self._good.stream(path, self._until_cut(parts), headers)

    def _until_cut(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        for one in parts:
            yield one
            if self._left > 0:
                self._left -= len(one)
                if self._left <= 0:
                    raise refuse(ProblemCode.ANSWER_CUT)


def test_what_had_arrived_before_a_cut_is_not_counted_again(village: Village) -> None:
    village.sync()
    add_photo(village)
    village.line = CutOnce(village.line, SIZE // 2)
    told: list[Progress] = []
    exchange_once(
        village.store.unit,
        village.line,
        village.device,
        verify,
        tell=told.append,
        pause=lambda _seconds: None,
    )
    files = [one for one in told if one.phase is ContactPhase.FILES]
    assert files[-1].sent == files[-1].total
    assert files[-1].total < SIZE + SIZE // 2  # some pieces were on their way when the line broke
    assert tail(village).lines == ()


def test_two_hands_are_shown_and_settled_on_the_page(here: World) -> None:
    hands = begin(here)
    here.quiet()
    assign(here, hands.case, here.second)
    here.supervisor.sync()
    here.second.sync()
    hands.change(here.second, hands.case, facts="墙面脱落")
    here.second.sync()
    hands.change(here.first, hands.case, facts="墙面发霉")
    here.first.sync()
    here.quiet()
    seen = tail(here.second)
    ((digest, conflict),) = seen.conflicts.items()
    assert conflict.may_settle
    assert (to_settle_at(here.second), to_settle_at(here.first)) == (1, 0)
    (line,) = [one for one in seen.lines if one.hash == digest]
    assert (line.delivery, line.problem) == (Delivery.ATTENTION, "verdict_conflict")
    (field,) = conflict.lines
    assert {field.in_force.value, field.other.value} == {"墙面脱落", "墙面发霉"}
    with here.second.store.unit() as unit:
        settle(unit, digest, {field.key: Choice.OTHER})
    here.second.sync()
    here.quiet()
    assert tail(here.second).conflicts == {}
    assert to_settle_at(here.second) == 0
    assert tail(here.first).conflicts == {}
    assert replace(hands.now(here.first, hands.case), facts="") == replace(
        hands.now(here.second, hands.case), facts=""
    )
    assert hands.now(here.first, hands.case).facts == field.other.value
